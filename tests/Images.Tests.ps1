# The assemblies compiled ahead of time, lib/net10.0/<system>: which of them a process loads, and that whatever is wrong with them,
# the ordinary ones do the same. Each test runs in a PowerShell of its own, as what is loaded once stays.
BeforeDiscovery {
    $core = $PSVersionTable.PSEdition -eq 'Core'
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $lib = Join-Path (Split-Path (Get-TestModulePath)) 'lib'
    $systems = 'win-x64', 'linux-x64', 'osx-arm64'
    # A machine without NuGet builds a module without them, which is the only reason for which they may be missing.
    $has = Test-Path (Join-Path $lib 'net10.0')
    $images = @(foreach ($system in $systems) { @{ System = $system; Machine = @{ 'win-x64' = 0x8664; 'linux-x64' = 0x8664 -bxor 0x7B79; 'osx-arm64' = 0xAA64 -bxor 0x4644 }[$system] } })

    $net = '.NET 10.0.1'
    $runtimes = @(
        @{ What = 'Windows'; Runtime = 'win-x64'; System = 'win'; Processor = 'X64'; Expected = 'net10.0/win-x64' }
        @{ What = 'Windows on Arm'; Runtime = 'win-arm64'; System = 'win'; Processor = 'Arm64'; Expected = $null }
        @{ What = 'an x64 process on Windows on Arm'; Runtime = 'win-x64'; System = 'win'; Processor = 'X64'; Expected = 'net10.0/win-x64' }
        @{ What = '32-bit Windows'; Runtime = 'win-x86'; System = 'win'; Processor = 'X86'; Expected = $null }
        @{ What = 'Linux'; Runtime = 'linux-x64'; System = 'linux'; Processor = 'X64'; Expected = 'net10.0/linux-x64' }
        @{ What = "a distribution's own .NET"; Runtime = 'ubuntu.24.04-x64'; System = 'linux'; Processor = 'X64'; Expected = 'net10.0/linux-x64' }
        @{ What = 'Linux on Arm'; Runtime = 'linux-arm64'; System = 'linux'; Processor = 'Arm64'; Expected = $null }
        @{ What = 'musl'; Runtime = 'linux-musl-x64'; System = 'linux'; Processor = 'X64'; Expected = $null }
        @{ What = "Alpine's own .NET"; Runtime = 'alpine.3.22-x64'; System = 'linux'; Processor = 'X64'; Expected = $null }
        @{ What = 'a Linux that says not which'; Runtime = $null; System = 'linux'; Processor = 'X64'; Expected = $null }
        @{ What = 'a Mac'; Runtime = 'osx-arm64'; System = 'osx'; Processor = 'Arm64'; Expected = 'net10.0/osx-arm64' }
        @{ What = 'an Intel Mac, or Rosetta'; Runtime = 'osx-x64'; System = 'osx'; Processor = 'X64'; Expected = $null }
        @{ What = 'FreeBSD'; Runtime = 'freebsd-x64'; System = ''; Processor = 'X64'; Expected = $null }
        @{ What = '.NET 8'; Framework = '.NET 8.0.28'; Major = 8; Runtime = 'linux-x64'; System = 'linux'; Processor = 'X64'; Expected = 'net8.0/linux-x64' }
        @{ What = '.NET 9'; Framework = '.NET 9.0.17'; Major = 9; Runtime = 'win-x64'; System = 'win'; Processor = 'X64'; Expected = 'net9.0/win-x64' }
        @{ What = '.NET 11'; Framework = '.NET 11.0.0'; Major = 11; Runtime = 'linux-x64'; System = 'linux'; Processor = 'X64'; Expected = 'net11.0/linux-x64' }
        @{ What = 'Windows PowerShell'; Framework = '.NET Framework 4.8.9310.0'; Major = 4; Runtime = $null; System = 'win'; Processor = 'X64'; Expected = $null }
    ) | ForEach-Object { if (-not $_.ContainsKey('Framework')) { $_.Framework = $net; $_.Major = 10 }; $_ }

    $wrongs = @('empty', 'cut off in its headers', 'no assembly', 'of another processor', 'another assembly', 'not compiled' | ForEach-Object { @{ File = 'PolarPS.Client.dll'; Wrong = $_ } }
        foreach ($file in 'PolarPS.Client.dll', 'PolarPS.Shell.dll', 'PolarPS.Http.dll', 'PolarPS.Emulator.dll') {
            foreach ($wrong in 'missing', 'cut off', 'spoiled', 'of another system', 'of another build') { @{ File = $file; Wrong = $wrong } }
        })
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:manifest = Get-TestModulePath
    $script:root = Split-Path $manifest
    $script:loading = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'PolarPS' } | ForEach-Object { $_.GetType('PolarPS.CompiledImages') }
    $script:hidden = [Reflection.BindingFlags]'Static, NonPublic'

    # The folder of this process: null on a system for which there are none, and below a version of .NET that has none.
    $script:own = $loading.GetField('Folder', $hidden).GetValue($null)
    $script:expected = if ($own -and (Test-Path $own)) { $own.Replace('\', '/') -replace '^.*/lib/', 'lib/' }

    function Invoke-Work {
        # Uses the module in a new process: what was written, where its assemblies come from, how much had to be compiled.
        param([string] $Manifest, [string] $First = '', [hashtable] $Environment = @{})
        $text = @(Invoke-Fresh @"
`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'
`$manifest = '$Manifest'
$First
Import-Module `$manifest
`$counts = [Environment]::Version.Major -ge 6
`$before = if (`$counts) { [Runtime.JitInfo]::GetCompiledMethodCount(`$false) } else { 0 }
Connect-Polar -Environment Emulator
`$product = Get-PolarProduct -First 1
`$compiled = if (`$counts) { [Runtime.JitInfo]::GetCompiledMethodCount(`$false) - `$before } else { 0 }
`$from = @{}
foreach (`$one in [AppDomain]::CurrentDomain.GetAssemblies()) { if (-not `$one.IsDynamic -and `$one.GetName().Name -match '^(PolarPS|Microsoft\.Extensions\.Http$)') { `$from[`$one.GetName().Name] = @(`$from[`$one.GetName().Name]) + `$one.Location -ne `$null } }
ConvertTo-Json -Compress -Depth 4 @{
    IsProduct = `$product -is [PolarPS.Client.Models.Product]; Count = @(Get-PolarProduct).Count; View = (`$product | Out-String)
    Same = [object]::ReferenceEquals(`$product.GetType(), [PolarPS.Client.Models.Product]); Errors = `$Error.Count; Compiled = `$compiled; From = `$from
}
"@ -Environment $Environment)
        if ($text.Count -ne 1) { throw "The child should have written one line:`n$($text -join "`n")" }
        $text[0] | ConvertFrom-Json
    }

    function Copy-TestModule {
        # The module, elsewhere, for a test to spoil.
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory -Force $folder
        Copy-Item (Join-Path $root '*') $folder -Recurse
        Join-Path $folder 'PolarPS.psd1'
    }

    function Test-From {
        # Whether an assembly was loaded from a module's folder. By its last part, as temporary folders have several names.
        param([object] $Location, [string] $Base, [string] $File)
        @($Location).Replace('\', '/') | Should -BeLike "*/$(Split-Path -Leaf $Base)/$File"
    }

    function Get-Header {
        # What a PE file says of itself.
        param([string] $Path)
        $reader = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead($Path))
        try {
            $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($reader)
            @{
                Mvid    = $metadata.GetGuid($metadata.GetModuleDefinition().Mvid)
                Machine = [int]$reader.PEHeaders.CoffHeader.Machine
                Native  = $reader.PEHeaders.CorHeader.ManagedNativeHeaderDirectory.Size
                Symbols = @($reader.ReadDebugDirectory() | Where-Object Type -EQ EmbeddedPortablePdb).Count
                # What .NET is told of how to compile methods.
                Flags   = ($metadata.MethodDefinitions | ForEach-Object { [int]$metadata.GetMethodDefinition($_).ImplAttributes }) -join ' '
            }
        }
        finally { $reader.Dispose() }
    }
}

Describe 'The folder of images for <What>' -ForEach $runtimes {
    It 'is <Expected>' {
        $arguments = @($Framework, $Major, $Runtime, $System, [Runtime.InteropServices.Architecture]$Processor)
        # A list of PowerShell's holds '' for a null that a string parameter takes.
        $typed = [object[]]::new(5); for ($i = 0; $i -lt 5; $i++) { $typed[$i] = $arguments[$i] }
        $loading.GetMethod('FolderName', $hidden).Invoke($null, $typed) | Should -Be $Expected
        if ($Major -ne 10 -and $Expected) { Join-Path $root "lib/$Expected" | Should -Not -Exist -Because 'only .NET 10 has images' }
    }
}

Describe 'The images for <System>' -ForEach $images -Skip:(-not ($has -and $core)) {
    BeforeAll { $script:folder = Join-Path $root "lib/net10.0/$System" }

    It 'are of every assembly that a request or the emulator needs, and of nothing else' {
        # Polly is needed after a failure only.
        $wanted = @('PolarPS.Client.dll', 'PolarPS.Shell.dll', 'PolarPS.Emulator.dll') + (Get-ChildItem (Join-Path $root 'lib/net8.0') -Exclude 'Polly.*').Name
        (Get-ChildItem $folder).Name | Sort-Object | Should -Be ($wanted | Sort-Object)
    }

    It 'were compiled of the files that ship, for that system' {
        foreach ($image in Get-ChildItem $folder) {
            $assembly = @((Join-Path $root $image.Name), (Join-Path $root "lib/net8.0/$($image.Name)")) | Where-Object { Test-Path $_ }
            $header = Get-Header $image.FullName
            $shipped = Get-Header $assembly
            $header.Mvid | Should -Be $shipped.Mvid -Because $image.Name
            $header.Flags | Should -Be $shipped.Flags -Because $image.Name
            $header.Symbols | Should -Be 0 -Because 'the assembly has them, and four times would be too large'
            if ($image.Name -like 'PolarPS.*') { $shipped.Symbols | Should -Be 1 -Because $image.Name }
            $header.Machine | Should -Be $Machine -Because $image.Name
            $header.Native | Should -BeGreaterThan 0 -Because "$($image.Name) has to hold compiled code"
        }
    }
}

Describe 'The systems that have images' -Skip:(-not $has) {
    It 'are these' -ForEach @{ Systems = $systems } {
        (Get-ChildItem (Join-Path $root 'lib/net10.0')).Name | Sort-Object | Should -Be ($Systems | Sort-Object)
    }
}

Describe 'The package' -Skip:(-not $has) {
    It 'is under 15 MB with them' {
        # As packages are compressed, file by file.
        $size = foreach ($file in Get-ChildItem $root -Recurse -File) {
            $memory = [IO.MemoryStream]::new()
            $packer = [IO.Compression.DeflateStream]::new($memory, [IO.Compression.CompressionLevel]::Optimal, $true)
            $bytes = [IO.File]::ReadAllBytes($file.FullName)
            $packer.Write($bytes, 0, $bytes.Length)
            $packer.Dispose()
            $memory.Length
        }
        ($size | Measure-Object -Sum).Sum | Should -BeLessThan 15e6
    }
}

Describe 'A process' {
    It 'loads the images for it, and nothing else twice' {
        $done = Invoke-Work $manifest
        $done.IsProduct | Should -BeTrue
        $done.Same | Should -BeTrue
        $done.Errors | Should -Be 0
        Test-From $done.From.PolarPS $root 'PolarPS.dll'
        $libraries = if ($PSVersionTable.PSEdition -eq 'Core') { 'lib/net8.0/' } else { 'lib/net472/' }
        foreach ($name in 'PolarPS.Client', 'PolarPS.Shell', 'PolarPS.Emulator', 'PolarPS.Http', 'Microsoft.Extensions.Http') {
            $otherwise = if ($name -in 'PolarPS.Client', 'PolarPS.Shell', 'PolarPS.Emulator') { '' } else { $libraries }
            Test-From $done.From.$name $root ($(if ($expected) { "$expected/" } else { $otherwise }) + "$name.dll")
        }
    }

    It 'has less to compile with them' -Skip:(-not $has) {
        if (-not $expected) { Set-ItResult -Skipped -Because 'there are none for this process'; return }
        $copy = Copy-TestModule
        Remove-Item (Join-Path (Split-Path $copy) 'lib/net10.0') -Recurse
        $without = Invoke-Work $copy
        $with = Invoke-Work $manifest
        Test-From $without.From.'PolarPS.Client' (Split-Path $copy) 'PolarPS.Client.dll'
        $with.Compiled | Should -BeLessThan ($without.Compiled / 2)
        $with.Count | Should -Be $without.Count
    }

    It 'compiles nothing for the async methods that its first request comes through' {
        if ($PSVersionTable.PSEdition -eq 'Desktop') { Set-ItResult -Skipped -Because '.NET Framework does not tell a program what it compiles'; return }
        $compiled = @(Invoke-Fresh @"
`$ErrorActionPreference = 'Stop'
Add-Type -TypeDefinition @'
using System;
using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
public sealed class Compiled : EventListener {
    public static readonly ConcurrentQueue<string> Names = new();
    protected override void OnEventSourceCreated(EventSource source) {
        if (source.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(source, EventLevel.Verbose, (EventKeywords)0x10);
    }
    protected override void OnEventWritten(EventWrittenEventArgs told) {
        if (told.EventName.StartsWith("MethodLoadVerbose")) Names.Enqueue(told.Payload[6] + "." + told.Payload[7]);
    }
}
'@
`$listener = [Compiled]::new()
Import-Module '$manifest'
Connect-Polar -Environment Emulator
`$null = Get-PolarProduct
Start-Sleep -Milliseconds 300
[Compiled]::Names.ToArray()
"@)
        # It is listening.
        $compiled | Should -Contain 'PolarPS.Commands.GetPolarProductCommand.List'
        $compiled | Where-Object { $_ -match 'Async\w*MethodBuilder|AsyncStateMachineBox' -and $_ -match 'PolarPS\.(?:Client|Http|BodyReader)' } | Should -BeNullOrEmpty
        # Without an image it is compiled as everything else is.
        if ($expected) { $compiled -match 'ImageTaskMethodBuilder' | Should -BeNullOrEmpty }
        else { @($compiled -match 'ImageTaskMethodBuilder').Count | Should -BeGreaterThan 0 }
    }

    It 'does without where the client was loaded before' {
        $done = Invoke-Work $manifest -First '$null = [Reflection.Assembly]::LoadFrom((Join-Path (Split-Path $manifest) ''PolarPS.Client.dll''))'
        $done.IsProduct | Should -BeTrue
        $done.Same | Should -BeTrue
        $done.Errors | Should -Be 0
        Test-From $done.From.'PolarPS.Client' $root 'PolarPS.Client.dll'
    }

    It 'has one of each where a copy of the module was imported before' {
        $copy = Copy-TestModule
        $done = Invoke-Work $manifest -First "Import-Module '$copy'; Connect-Polar -Environment Emulator; `$null = Get-PolarProduct -First 1; Remove-Module PolarPS"
        $done.IsProduct | Should -BeTrue
        $done.Same | Should -BeTrue
        $done.Errors | Should -Be 0
        foreach ($name in 'PolarPS', 'PolarPS.Client', 'PolarPS.Emulator', 'PolarPS.Http') { @($done.From.$name).Count | Should -Be 1 -Because $name }
    }

    It 'imports them in several runspaces at once' -Skip:(-not $core) {
        $done = Invoke-Work $manifest -First '$null = 1..8 | ForEach-Object -Parallel { Import-Module $using:manifest } -ThrottleLimit 8 2>&1; $Error.Clear()'
        $done.IsProduct | Should -BeTrue
        $done.Same | Should -BeTrue
        @($done.From.'PolarPS.Client').Count | Should -Be 1
    }
}

Describe 'An image of <File> that is <Wrong>' -ForEach $wrongs -Skip:(-not $has) {
    It 'is left alone, and the ordinary assembly does the same' {
        if (-not $expected) { Set-ItResult -Skipped -Because 'there are none for this process'; return }
        $copy = Copy-TestModule
        $base = Split-Path $copy
        $image = Join-Path $base "$expected/$File"
        $ordinary = if ($File -eq 'PolarPS.Http.dll') { "lib/net8.0/$File" } else { $File }
        $system = Split-Path -Leaf $expected
        $bytes = [IO.File]::ReadAllBytes($image)
        switch ($Wrong) {
            'missing' { Remove-Item $image }
            'empty' { [IO.File]::WriteAllBytes($image, [byte[]]::new(0)) }
            'cut off' { [IO.File]::WriteAllBytes($image, $bytes[0..[int]($bytes.Length / 2)]) }
            'cut off in its headers' { [IO.File]::WriteAllBytes($image, $bytes[0..300]) }
            'spoiled' {
                # Its headers are in order, but the runtime refuses it: the signature of the metadata, BSJB, is gone.
                $text = [Text.Encoding]::GetEncoding('iso-8859-1').GetString($bytes)
                $bytes[$text.IndexOf('BSJB', [StringComparison]::Ordinal)] = 0
                [IO.File]::WriteAllBytes($image, $bytes)
            }
            'no assembly' { Set-Content $image ('no assembly ' * 1000) }
            'of another system' { Copy-Item (Join-Path $base "lib/net10.0/$(@('win-x64', 'linux-x64') -ne $system | Select-Object -First 1)/$File") $image -Force }
            'of another processor' { Copy-Item (Join-Path $base "lib/net10.0/$(if ($system -eq 'osx-arm64') { 'linux-x64' } else { 'osx-arm64' })/$File") $image -Force }
            'of another build' {
                # The same in everything but the MVID.
                $mvid = (Get-Header $image).Mvid.ToByteArray()
                $at = -1
                do { $at = [Array]::IndexOf($bytes, $mvid[0], $at + 1) } until ($at -lt 0 -or [Convert]::ToBase64String($bytes, $at, 16) -eq [Convert]::ToBase64String($mvid))
                $at | Should -BeGreaterThan 0
                $bytes[$at] = $bytes[$at] -bxor 1
                [IO.File]::WriteAllBytes($image, $bytes)
            }
            'another assembly' { Copy-Item (Join-Path (Split-Path $image) 'Microsoft.Extensions.Options.dll') $image -Force }
            'not compiled' { Copy-Item (Join-Path $base $ordinary) $image -Force }
        }
        $done = Invoke-Work $copy
        $done.Errors | Should -Be 0
        $done.IsProduct | Should -BeTrue
        $done.Same | Should -BeTrue
        $done.Count | Should -BeGreaterThan 11
        $done.View | Should -Match 'Name'
        Test-From $done.From.([IO.Path]::GetFileNameWithoutExtension($File)) $base $ordinary
        # The others are not concerned.
        Test-From $done.From.'Microsoft.Extensions.Http' $base "$expected/Microsoft.Extensions.Http.dll"
    }
}
