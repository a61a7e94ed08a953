# What is loaded when, and that it gets along with other modules that brought the same libraries in other versions. Each test
# runs in a PowerShell of its own, as what is loaded once stays.
BeforeDiscovery {
    $core = $PSVersionTable.PSEdition -eq 'Core'
    $sdk = [bool](Get-Command dotnet -ErrorAction Ignore)
    $orders = @(
        @{ Which = 'Old'; Order = 'before' }
        @{ Which = 'Old'; Order = 'after' }
        @{ Which = 'New'; Order = 'before' }
        @{ Which = 'New'; Order = 'after' }
        @{ Which = 'Old'; Order = 'between' }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:manifest = Get-TestModulePath
    $script:root = Split-Path $manifest

    function Invoke-Child {
        # Runs a script in a new PowerShell, in which $manifest is there, and returns the object that it writes last, as JSON.
        param([string] $Script, [hashtable] $Environment = @{})
        $text = @(Invoke-Fresh ("`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; `$manifest = '$manifest'`n" + $Script) -Environment $Environment)
        if ($text.Count -eq 0) { throw 'The child wrote nothing.' }
        try { $text[-1] | ConvertFrom-Json } catch { throw "The child wrote no JSON at its end:`n$($text -join "`n")" }
        if ($text.Count -gt 1) { throw "The child wrote more than it should:`n$($text -join "`n")" }
    }

    # What the child is told for looking at its assemblies.
    $script:look = @'
function Get-Loaded { @([AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Sort-Object -Unique) }
function Get-Own {
    # Name, version and file of what PolarPS uses of the libraries.
    [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { -not $_.IsDynamic -and $_.Location.StartsWith((Join-Path (Split-Path $manifest) 'lib')) } |
        ForEach-Object { '{0} {1} {2}' -f $_.GetName().Name, $_.GetName().Version, [Diagnostics.FileVersionInfo]::GetVersionInfo($_.Location).FileVersion }
}
'@

    function Publish-Conflict {
        # Another module's libraries, in a folder outside of the repository, whose settings are none of theirs.
        param([string] $Name, [string[]] $Property = @())
        $target = Join-Path $script:work "out/$Name"
        $log = & dotnet publish (Join-Path $script:work $Name) -c Release -o $target -nologo -v quiet @Property 2>&1
        if ($LASTEXITCODE -ne 0) { throw "Publishing $Name failed:`n$($log -join "`n")" }
        $target
    }
}

Describe 'The manifest' {
    It 'is data' {
        $data = Import-PowerShellDataFile $manifest
        $data.RootModule | Should -Be 'PolarPS.dll'
        $data.CmdletsToExport | Should -Not -Contain '*'
    }

    It 'has no list whose items are statements of their own' {
        # Each would be run by itself when the module is imported.
        $ast = [Management.Automation.Language.Parser]::ParseFile($manifest, [ref]$null, [ref]$null)
        $lists = @($ast.FindAll({ $args[0] -is [Management.Automation.Language.ArrayExpressionAst] }, $true))
        $lists.Count | Should -BeGreaterThan 5
        foreach ($list in $lists) { $list.SubExpression.Statements.Count | Should -BeLessOrEqual 1 -Because $list.Extent.Text.Split("`n")[0] }
    }

    It 'is accepted' {
        $info = Test-ModuleManifest $manifest -ErrorAction Stop -WarningVariable warnings
        $info.Name | Should -Be 'PolarPS'
        $warnings | Should -BeNullOrEmpty
        $info.ExportedCmdlets.Count | Should -Be @((Import-PowerShellDataFile $manifest).CmdletsToExport).Count
    }
}

Describe 'Importing' {
    It 'is silent and exports what the manifest says' {
        $result = Invoke-Child @'
Import-Module $manifest -WarningVariable warnings -ErrorVariable errors 3>$null
ConvertTo-Json @{ Warnings = @($warnings | ForEach-Object { "$_" }); Errors = $errors.Count; Commands = @((Get-Command -Module PolarPS).Name) }
'@.Replace('ConvertTo-Json', 'ConvertTo-Json -Compress')
        $result.Warnings | Should -BeNullOrEmpty
        $result.Errors | Should -Be 0
        $result.Commands | Sort-Object | Should -Be @((Import-PowerShellDataFile $manifest).CmdletsToExport | Sort-Object)
    }

    It 'loads nothing that only a request needs' {
        # PowerShell 7.6 itself loads System.Text.Json on another thread, at about this time; 7.4 does not.
        $result = Invoke-Child ($look + @'

foreach ($turn in 1..30) { if ((Get-Loaded) -contains 'System.Text.Json') { break } else { Start-Sleep -Milliseconds 50 } }
$before = Get-Loaded
Import-Module $manifest
$import = @(Get-Loaded | Where-Object { $_ -notin $before })
$null = Get-Command -Module PolarPS
$null = Get-Command Get-PolarProduct -Syntax
$null = (Get-Command -Module PolarPS).Parameters
$commands = @(Get-Loaded | Where-Object { $_ -notin $before })
Connect-Polar -AccessToken (ConvertTo-SecureString 'polar_oat_x' -AsPlainText -Force) -Environment Sandbox
$null = Get-PolarConnection | Out-String
$connect = @(Get-Loaded | Where-Object { $_ -notin $before })
ConvertTo-Json -Compress @{ Import = $import; Commands = $commands; Connect = $connect; Own = @(Get-Own) }
'@)
        $result.Import | Should -Contain 'PolarPS'
        foreach ($loaded in $result.Import, $result.Commands, $result.Connect) {
            $loaded | Where-Object { $_ -match '^(PolarPS\.(Http|Loader|Emulator)|Polly\.|Microsoft\.Extensions\.|System\.Text\.(Json|Encodings\.Web)$)' } | Should -BeNullOrEmpty
        }
        $result.Own -notmatch '^PolarPS\.(Client|Shell) ' | Should -BeNullOrEmpty -Because 'nothing below lib/ is needed yet, except for the image of what the cmdlets name'
    }

    It 'is followed by the rest with the first request, and by the emulator when it is asked for' {
        $result = Invoke-Child ($look + @'

Import-Module $manifest
Connect-Polar -AccessToken (ConvertTo-SecureString 'polar_oat_x' -AsPlainText -Force) -Environment http://127.0.0.1:9 -MaximumRetryCount 1
try { Get-PolarProduct } catch { $first = $_.FullyQualifiedErrorId }
$request = Get-Loaded
Connect-Polar -Environment Emulator
$count = @(Get-PolarProduct).Count
ConvertTo-Json -Compress @{ First = $first; Request = $request; Emulator = Get-Loaded; Count = $count; Own = @(Get-Own) }
'@)
        $result.First | Should -BeLike 'PolarConnectionFailed,*'
        'PolarPS.Http', 'Polly.Core', 'Microsoft.Extensions.Http', 'Microsoft.Extensions.DependencyInjection' | ForEach-Object { $result.Request | Should -Contain $_ }
        $result.Request | Should -Not -Contain 'PolarPS.Emulator'
        $result.Emulator | Should -Contain 'PolarPS.Emulator'
        $result.Count | Should -BeGreaterThan 11
        $result.Own -match '^PolarPS\.Http ' | Should -Not -BeNullOrEmpty
    }

    It 'rehearses a first request with the first cmdlet that would send one, without a network' {
        # No connection, so nothing but the rehearsal loads anything. Then once more by itself, as a session is not told how it ends; no
        # server answers at its address. Windows PowerShell rehearses nothing, nor does a computer with one processor.
        $result = Invoke-Child ($look + @'

Import-Module $manifest
$null = New-PolarAddress -Country US
$before = Get-Loaded
try { Get-PolarProduct } catch { $problem = $_.FullyQualifiedErrorId }
$wait = [Diagnostics.Stopwatch]::StartNew()
while ('PolarPS.Loader' -notin (Get-Loaded) -and $wait.Elapsed.TotalSeconds -lt 5) { Start-Sleep -Milliseconds 50 }
$loaded = Get-Loaded
$end = if ('PolarPS.Loader' -in $loaded) {
    $rehearsal = [PolarPS.Loader.HttpRehearsal]::RunAsync()
    $null = $rehearsal.Wait(30000)
    "$($rehearsal.Status)"
}
ConvertTo-Json -Compress @{ Before = $before; Problem = $problem; Loaded = $loaded; End = $end }
'@)
        $result.Problem | Should -BeLike 'PolarNotConnected,*'
        $result.Before | Should -Not -Contain 'PolarPS.Loader'
        $result.Loaded -match '^(PolarPS\.Http$|Polly\.|Microsoft\.Extensions\.)' | Should -BeNullOrEmpty
        $isRehearsed = $PSVersionTable.PSEdition -eq 'Core' -and [Environment]::ProcessorCount -gt 1
        $result.End | Should -Be $(if ($isRehearsed) { 'RanToCompletion' })
    }

    It 'keeps what it brings out of the default context' -Skip:(-not $core) {
        $result = Invoke-Child ($look + @'

Import-Module $manifest
Connect-Polar -Environment Emulator
$null = Get-PolarProduct -First 1
$default = [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }
ConvertTo-Json -Compress @{ Default = @($default); Own = @(Get-Own) }
'@)
        $result.Own.Count | Should -BeGreaterThan 5
        $result.Default | Where-Object { $_ -match '^(PolarPS\.Http$|Polly\.|Microsoft\.Extensions\.(Http|DependencyInjection|Options|Logging|Primitives))' } | Should -BeNullOrEmpty
    }

    It 'happens by itself when the module is installed' {
        $path = (Split-Path (Split-Path $root)) + [IO.Path]::PathSeparator + $env:PSModulePath
        $result = Invoke-Child @'
Connect-Polar -Environment Emulator
ConvertTo-Json -Compress @{ Count = @(Get-PolarProduct).Count; From = (Get-Module PolarPS).ModuleBase }
'@ -Environment @{ PSModulePath = $path }
        $result.Count | Should -BeGreaterThan 11
        $result.From | Should -Be $root
    }

    It 'can be repeated: <Name>' -ForEach @(
        @{ Name = 'twice'; Again = 'Import-Module $manifest' }
        @{ Name = 'with -Force'; Again = 'Import-Module $manifest -Force' }
        @{ Name = 'after Remove-Module'; Again = 'Remove-Module PolarPS; Import-Module $manifest' }
        @{ Name = 'after Remove-Module, thrice'; Again = '1..3 | ForEach-Object { Remove-Module PolarPS; Import-Module $manifest }' }
    ) {
        $result = Invoke-Child (@'
Import-Module $manifest
Connect-Polar -Environment Emulator
$before = @(Get-PolarProduct).Count
{again}
$kept = @(Get-PolarConnection).Count
if ($kept -eq 0) { Connect-Polar -Environment Emulator }
$after = @(Get-PolarProduct).Count
$refused = try { Get-PolarProduct (Get-PolarDiscount -First 1) -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
ConvertTo-Json -Compress @{ Before = $before; After = $after; Kept = $kept; View = (Get-PolarProduct -First 1 | Out-String); Modules = @(Get-Module PolarPS).Count; Refused = $refused }
'@.Replace('{again}', $Again))
        $result.Before | Should -BeGreaterThan 11
        $result.After | Should -Be $result.Before
        $result.Kept | Should -Be 1 -Because 'connections outlive the module'
        $result.Modules | Should -Be 1
        $result.View | Should -Match 'Name'
        $result.Refused | Should -BeLike 'ParameterArgumentTransformationError,*'
    }

    It 'works where another runspace has imported already, and shares its connections' {
        $result = Invoke-Child @'
$other = [powershell]::Create()
$null = $other.AddScript("Import-Module '$manifest'; Connect-Polar -Environment Emulator -Name Shared; @(Get-PolarProduct).Count")
$there = $other.Invoke()[0]
Import-Module $manifest
$here = @(Get-PolarProduct).Count
$names = @((Get-PolarConnection).Name)
# And it outlives the runspace that made it.
$other.Dispose()
$after = @(Get-PolarProduct).Count
ConvertTo-Json -Compress @{ There = $there; Here = $here; After = $after; Names = $names; Errors = $other.Streams.Error.Count }
'@
        $result.There | Should -BeGreaterThan 11
        $result.Here | Should -Be $result.There
        $result.After | Should -Be $result.There
        $result.Names | Should -Be 'Shared'
        $result.Errors | Should -Be 0
    }

    It 'works in strict mode, with every preference set to stop' {
        $result = Invoke-Child @'
Set-StrictMode -Version Latest
$WarningPreference = $InformationPreference = 'Stop'
Import-Module $manifest
Connect-Polar -Environment Emulator
ConvertTo-Json -Compress @{ Count = @(Get-PolarProduct).Count }
'@
        $result.Count | Should -BeGreaterThan 11
    }
}

Describe 'Other versions of the same libraries' -Skip:(-not ($core -and $sdk)) {
    # Skipped without the .NET SDK, which makes the other modules, and on Windows PowerShell, which has no load contexts.
    BeforeAll {
        $script:work = Join-Path ([IO.Path]::GetTempPath()) ('polarps-conflict-' + [guid]::NewGuid().ToString('N'))
        Copy-Item "$PSScriptRoot/support/Conflict" $work -Recurse
        $net8 = [Environment]::Version.Major -lt 10
        $script:folders = @{
            Old  = Publish-Conflict Old
            New  = Publish-Conflict New $(if ($net8) { '-p:HttpVersion=7.0.0' })
            Json = Publish-Conflict Json
        }
        $script:use = @'
function Use-Other { [Reflection.Assembly]::LoadFrom('{folder}/Conflict.{which}.dll').GetType('Conflict.Probe').GetMethod('Use').Invoke($null, @()) }
function Use-Polar {
    Import-Module $manifest
    if (@(Get-PolarConnection).Count -eq 0) { Connect-Polar -Environment Emulator }
    @(Get-PolarProduct).Count
    # Over the network's handler, too.
    Connect-Polar -Name Nowhere -AccessToken (ConvertTo-SecureString 'polar_oat_x' -AsPlainText -Force) -Environment http://127.0.0.1:9 -MaximumRetryCount 1
    try { Get-PolarProduct } catch { $_.FullyQualifiedErrorId }
    Select-PolarConnection Default
    Disconnect-Polar Nowhere
}
'@
        # What a folder holds: of each library its own version.
        function Get-FolderVersion {
            param([string] $Folder)
            foreach ($name in 'Microsoft.Extensions.Http', 'Microsoft.Extensions.DependencyInjection', 'Microsoft.Extensions.DependencyInjection.Abstractions', 'Microsoft.Extensions.Options', 'Microsoft.Extensions.Primitives', 'Polly.Core') {
                $file = Join-Path $Folder "$name.dll"
                '{0} {1} {2}' -f $name, [Reflection.AssemblyName]::GetAssemblyName($file).Version, [Diagnostics.FileVersionInfo]::GetVersionInfo($file).FileVersion
            }
        }
    }

    AfterAll { Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue }

    It 'do not disturb and are not disturbed: <Which> loaded <Order> PolarPS' -ForEach $orders {
        $steps = @{
            before  = '$other = @(Use-Other); $polar = @(Use-Polar); $otherAgain = @(Use-Other); $polarAgain = @(Use-Polar)'
            after   = '$polar = @(Use-Polar); $other = @(Use-Other); $polarAgain = @(Use-Polar); $otherAgain = @(Use-Other)'
            # Imported, but without a request so far.
            between = 'Import-Module $manifest; $other = @(Use-Other); $polar = @(Use-Polar); $otherAgain = @(Use-Other); $polarAgain = @(Use-Polar)'
        }
        $result = Invoke-Child ($look + "`n" + $use.Replace('{folder}', $folders[$Which]).Replace('{which}', $Which) + "`n" + $steps[$Order] + @'

ConvertTo-Json -Compress @{ Other = $other; OtherAgain = $otherAgain; Polar = $polar; PolarAgain = $polarAgain; Own = @(Get-Own) }
'@)
        $theirs = Get-FolderVersion $folders[$Which]
        $ours = Get-FolderVersion (Join-Path $root 'lib/net8.0')
        @($theirs | Where-Object { $_ -in $ours }).Count | Should -BeLessOrEqual 1 -Because 'the versions have to differ for the test to mean something'
        $result.Other | Should -Be $theirs
        $result.OtherAgain | Should -Be $theirs
        foreach ($used in $result.Polar, $result.PolarAgain) {
            $used[0] | Should -BeGreaterThan 11
            $used[1] | Should -BeLike 'PolarConnectionFailed,*'
        }
        # Primitives is not among them: nothing that is done here needs it.
        foreach ($one in $ours -notmatch 'Primitives') { $result.Own | Should -Contain $one }
    }

    It 'do not disturb when two others are there in contexts of their own' {
        $result = Invoke-Child ($look + "`n" + $use.Replace('{folder}', $folders.Old).Replace('{which}', 'Old') + @'

$context = [Runtime.Loader.AssemblyLoadContext]::new('Another module')
Get-ChildItem '{new}/*.dll' | ForEach-Object { $null = $context.LoadFromAssemblyPath($_.FullName) }
$another = @($context.Assemblies | Where-Object { $_.GetName().Name -eq 'Conflict.New' })[0].GetType('Conflict.Probe').GetMethod('Use')
$use = { if ('{possible}' -eq 'True') { $another.Invoke($null, @()) } }
$new = @(& $use); $polar = @(Use-Polar); $old = @(Use-Other); $new = @(& $use); $polar = @(Use-Polar)
ConvertTo-Json -Compress @{ Old = $old; New = $new; Polar = $polar; Own = @(Get-Own) }
'@.Replace('{new}', $folders.New).Replace('{possible}', [string]([Environment]::Version.Major -lt 10)))
        $result.Polar[0] | Should -BeGreaterThan 11
        $result.Old | Should -Be (Get-FolderVersion $folders.Old)
        foreach ($one in (Get-FolderVersion (Join-Path $root 'lib/net8.0')) -notmatch 'Primitives') { $result.Own | Should -Contain $one }
        if ([Environment]::Version.Major -lt 10) { $result.New | Should -Be (Get-FolderVersion $folders.New) }
    }

    It 'do not disturb when it is System.Text.Json that was loaded <Order>' -ForEach @{ Order = 'before' }, @{ Order = 'after' } {
        $load = @'
foreach ($way in 'LoadFrom', 'LoadFile') {
    # PowerShell has one of its own, and may refuse another beside it; who loads it in spite of that gets what there is.
    try { $null = [Reflection.Assembly]::$way('{folder}/System.Text.Json.dll') } catch [IO.FileLoadException] { $null = $_ }
}
'@.Replace('{folder}', $folders.Json)
        $steps = if ($Order -eq 'before') { "$load`n`$polar = @(Use-Polar)" } else { "`$polar = @(Use-Polar)`n$load`n`$polar = @(Use-Polar)" }
        $result = Invoke-Child ($look + "`n" + $use + "`n" + $steps + @'

$json = @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'System.Text.Json' } | ForEach-Object { $_.Location })
ConvertTo-Json -Compress @{ Polar = $polar; Json = $json }
'@)
        $result.Polar[0] | Should -BeGreaterThan 11
        $result.Json | Should -Contain (Join-Path $folders.Json 'System.Text.Json.dll') -Because 'it has to have been loaded'
        $result.Json.Count | Should -Be 2
    }
}

Describe 'ForEach-Object -Parallel' -Skip:(-not $core) {
    # Windows PowerShell has no -Parallel.
    BeforeAll {
        $script:testHost = Start-TestHost '--products', '60'
        Connect-TestHost $testHost -With @{ Name = 'Shared' }
        $script:ids = @(Get-PolarProduct -First 50).Id
    }

    AfterAll {
        Disconnect-Polar -All
        Stop-TestHost $testHost
    }

    BeforeEach { Clear-HostRequest $testHost }
    AfterEach { Set-HostFault $testHost }

    It 'works over 50 ids on one connection' {
        $path = $manifest
        $connection = Get-PolarConnection
        $results = $ids | ForEach-Object -Parallel {
            Import-Module $using:path
            [pscustomobject]@{ Asked = $_; Got = Get-PolarProduct $_; Same = [object]::ReferenceEquals((Get-PolarConnection), $using:connection); Errors = $Error.Count }
        } -ThrottleLimit 10
        $results.Count | Should -Be 50
        foreach ($result in $results) { $result.Got.Id | Should -Be $result.Asked }
        $results.Got | Should -BeOfType 'PolarPS.Client.Models.Product'
        $results.Same | Should -Not -Contain $false
        ($results.Errors | Measure-Object -Sum).Sum | Should -Be 0
        @(Get-HostRequest $testHost).Count | Should -Be 50
        @(Get-PolarConnection).Count | Should -Be 1
    }

    It 'imports by itself when the module is installed, and takes -Connection' {
        $path = (Split-Path (Split-Path $root)) + [IO.Path]::PathSeparator + $env:PSModulePath
        $result = Invoke-Child @'
Connect-Polar -Environment Emulator -Name A
$connection = Connect-Polar -Environment Emulator -Name B -PassThru
$ids = (Get-PolarProduct -First 10).Id
$count = @($ids | ForEach-Object -Parallel { Get-PolarProduct $_ -Connection $using:connection } -ThrottleLimit 5).Count
$byName = @($ids | ForEach-Object -Parallel { Get-PolarProduct $_ -Connection B } -ThrottleLimit 5).Count
ConvertTo-Json -Compress @{ Count = $count; ByName = $byName; Errors = $Error.Count }
'@ -Environment @{ PSModulePath = $path }
        $result.Count | Should -Be 10
        $result.ByName | Should -Be 10
        $result.Errors | Should -Be 0
    }

    It 'waits as one when one is told to wait' {
        # Slow enough that without a gate the other requests would spread over more than a second.
        Set-HostFault $testHost @{ path = '/v1/products'; status = 429; retryAfter = '2'; times = 1 }, @{ path = '/v1/products'; delayMilliseconds = 100 }
        $path = $manifest
        $got = @($ids | ForEach-Object -Parallel { Import-Module $using:path; Get-PolarProduct $_ } -ThrottleLimit 4)
        $got.Count | Should -Be 50
        $requests = @(Get-HostRequest $testHost)
        $requests.Count | Should -Be 51
        $told = [DateTimeOffset]($requests | Where-Object status -EQ 429).time
        # Those under way at that moment get through; after that there is silence for the time that was asked for.
        $during = @($requests | Where-Object { ([DateTimeOffset]$_.time - $told).TotalSeconds -gt 0.4 -and ([DateTimeOffset]$_.time - $told).TotalSeconds -lt 1.9 })
        $during.Count | Should -Be 0
    }

    It 'writes an error of its own for each bad id' {
        $path = $manifest
        $mixed = $ids[0..4] + '00000000-0000-4000-8000-000000000000', '00000000-0000-4000-8000-000000000001'
        $results = @($mixed | ForEach-Object -Parallel { Import-Module $using:path; Get-PolarProduct $_ -ErrorAction Continue 2>&1 } -ThrottleLimit 4)
        $problems = @($results | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        @($results | Where-Object { $_ -is [PolarPS.Client.Models.Product] }).Count | Should -Be 5
        $problems.Count | Should -Be 2
        $problems.TargetObject | Sort-Object | Should -Be $mixed[5..6]
        $problems.FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }
}
