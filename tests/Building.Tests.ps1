# What a clone promises to people who build it: that a PowerShell is found however it was started, and that the commands of the
# README are the ones that continuous integration runs.
BeforeDiscovery {
    $root = Split-Path $PSScriptRoot
    $scripts = @(
        Get-ChildItem $root -File -Filter '*.ps1'
        Get-ChildItem (Join-Path $root 'tests'), (Join-Path $root 'tools') -Recurse -File -Include '*.ps1', '*.psm1'
    ) | Where-Object { $_.FullName -notmatch '[\\/](bin|obj)[\\/]' } |
        ForEach-Object { @{ Name = $_.FullName.Substring($root.Length + 1) -replace '\\', '/'; Path = $_.FullName } }
    $conditions = foreach ($suite in 'xunit', 'xunit+npm', 'Pester') { foreach ($with in 'nothing', 'description', 'shared') { @{ Suite = $suite; With = $with } } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-Module "$PSScriptRoot/../tools/PowerShellProgram.psm1" -Force
    Import-Module "$PSScriptRoot/../tools/PolarPS.Release.psm1" -Force
    $script:root = Split-Path $PSScriptRoot
    $script:readme = Get-Content (Join-Path $root 'README.md') -Raw -Encoding utf8

    function Get-Started {
        # What a PowerShell says of itself.
        param($Shell)
        $leading = $Shell.Arguments
        & $Shell.Program @leading -NoProfile -NonInteractive -Command '"$($PSVersionTable.PSVersion) in $PSHOME"'
    }
}

Describe 'Get-PowerShellProgram' {
    It 'starts another one like the one that asks' {
        Get-Started (Get-PowerShellProgram) | Should -Be "$($PSVersionTable.PSVersion) in $PSHOME"
    }

    It 'takes the path of a program' {
        $own = Get-PowerShellProgram
        if ($own.Arguments.Count -gt 0) { Set-ItResult -Skipped -Because 'this PowerShell is a library that dotnet runs'; return }
        Get-Started (Get-PowerShellProgram $own.Program) | Should -Be "$($PSVersionTable.PSVersion) in $PSHOME"
    }

    It 'takes a library, which dotnet runs' {
        $library = Join-Path $PSHOME 'pwsh.dll'
        if (-not (Test-Path $library)) { Set-ItResult -Skipped -Because 'Windows PowerShell has none'; return }
        $shell = Get-PowerShellProgram $library
        (Split-Path -Leaf $shell.Program) -replace '\.exe$' | Should -Be 'dotnet'
        $shell.Arguments | Should -Be $library
    }

    It 'refuses what is not there' {
        { Get-PowerShellProgram (Join-Path $TestDrive 'pwsh') } | Should -Throw '*There is no PowerShell at*'
        { Get-PowerShellProgram (Join-Path $TestDrive 'pwsh.dll') } | Should -Throw '*pwsh.dll*'
    }

    It 'is the only place that knows: <Name>' -ForEach ($scripts | Where-Object Name -NotIn 'tools/PowerShellProgram.psm1', 'tests/Building.Tests.ps1') {
        # As a tool, the process is dotnet, and what is beside the library cannot be started.
        $text = Get-Content $Path -Raw -Encoding utf8
        $text | Should -Not -Match 'Get-Process\s+-Id\s+\$PID'
        $text | Should -Not -Match 'PSHOME.{0,20}pwsh'
        $text | Should -Not -Match '&\s*\$PowerShell\b'
        $text | Should -Not -Match 'ProcessStartInfo\]::new\(\$PowerShell\)'
        $text | Should -Not -Match '(?m)^\s*&?\s*(pwsh|powershell)(\.exe)?\s+-'
    }
}

Describe 'Invoke-PowerShellFile' {
    It 'hands over <_> as it stands' -ForEach '*', 'S*', '[ab]*', 'two words', '/', 'C:\a [b]' {
        $script = Join-Path $TestDrive 'say.ps1'
        [IO.File]::WriteAllText($script, 'param([string] $What, [string] $Other) "<$What> <$Other>"; exit 3')
        foreach ($name in 'S.txt', 'Sb.txt', 'a.txt') { [IO.File]::WriteAllText((Join-Path $TestDrive $name), '') }
        Push-Location $TestDrive
        try { Invoke-PowerShellFile $script @{ What = $_; Other = 'x' } | Should -Be "<$_> <x>" } finally { Pop-Location }
        $LASTEXITCODE | Should -Be 3
    }
}

Describe 'The commands of the README' {
    It 'work with the SDK alone, and stand on the first screen: -Task <_>' -ForEach 'Demo', 'Test' {
        $at = $readme.IndexOf("dotnet tool exec -y powershell -- ./build.ps1 -Task $_", [StringComparison]::Ordinal)
        $at | Should -BeGreaterThan 0
        ($readme.Substring(0, $at) -split "`n").Count | Should -BeLessThan 30
        $readme | Should -Match "pwsh \./build\.ps1 -Task $_"
    }

    It 'are what continuous integration runs' {
        $lines = Get-Content (Join-Path $root '.ci/run') | Where-Object { $_ -notmatch '^\s*(#|$)' }
        $lines[-1] | Should -Be 'exec dotnet tool exec -y powershell -- ./build.ps1 -Task Test'
        $lines.Count | Should -BeLessOrEqual 4
    }

    It 'find their tools in the manifest' {
        $tools = (Get-Content (Join-Path $root '.config/dotnet-tools.json') -Raw | ConvertFrom-Json).tools
        foreach ($tool in 'powershell', 'csharpier') {
            $tools.$tool.version | Should -Match '^\d+\.\d+\.\d+$'
            $tools.$tool.rollForward | Should -BeTrue
        }
    }
}

Describe 'tests/floor.txt' {
    It 'has one number for <Suite> with <With>' -ForEach $conditions {
        @(Get-Content (Join-Path $root 'tests/floor.txt') | Where-Object { $_ -match "^$([regex]::Escape($Suite)) +$With +\d+$" }).Count | Should -Be 1
    }
}

Describe 'Get-TestShortfall' {
    BeforeAll {
        $script:floor = Join-Path $TestDrive 'floor.txt'
        Set-Content $floor '# Pester shared 99', 'xunit   shared   100', 'Pester  nothing  10', 'Pester  shared   20', 'extra shared 10'
        Import-Module "$PSScriptRoot/../tools/TestFloor.psm1" -Force
    }

    It 'is content with <_> of 20' -ForEach 20, 21, 99 {
        Get-TestShortfall $floor Pester shared $_ | Should -BeNullOrEmpty
    }

    It 'is not with <_> of 20' -ForEach 0, 19 {
        Get-TestShortfall $floor Pester shared $_ | Should -Be "Pester: only $_ tests were executed, but floor.txt requires 20 (with shared)"
    }

    It 'adds what runs only where something is installed' {
        Get-TestShortfall $floor Pester shared 29 -Also extra | Should -Be 'Pester: only 29 tests were executed, but floor.txt requires 30 (with shared)'
        Get-TestShortfall $floor Pester shared 30 -Also extra | Should -BeNullOrEmpty
    }

    It 'adds nothing for <Case>' -ForEach @(
        @{ Case = '$null'; Also = { $null } }
        @{ Case = 'an empty array'; Also = { @() } }
        @{ Case = 'a condition that does not hold'; Also = { if ($false) { 'extra' } else { @() } } }
    ) {
        Get-TestShortfall $floor Pester shared 20 -Also (& $Also) | Should -BeNullOrEmpty
        Get-TestShortfall $floor Pester shared 19 -Also (& $Also) | Should -BeLike 'Pester: only 19 *'
    }

    It 'needs a number' {
        { Get-TestShortfall $floor xunit nothing 1000 } | Should -Throw '*no number for xunit with nothing*'
        { Get-TestShortfall (Join-Path $TestDrive 'none.txt') xunit shared 1000 } | Should -Throw
    }
}

Describe 'A release' {
    BeforeDiscovery {
        $faults = @(
            @{ Case = 'of another version'; Text = "# Changelog`n`n## 1.0.0 - 2027-01-31`n`n- All.`n"; Says = "*'## 1.0.0 - 2027-01-31'*'## 1.1.0 - '*" }
            @{ Case = 'with a date that is none'; Text = "## 1.1.0 - soon`n`n- All.`n"; Says = "*'## 1.1.0 - soon'*" }
            @{ Case = 'without a date'; Text = "## 1.1.0`n`n- All.`n"; Says = "*'## 1.1.0'*" }
            @{ Case = 'without a word'; Text = "## 1.1.0 - 2027-01-31`n`n## 1.0.0 - 2026-12-31`n`n- All.`n"; Says = '*says nothing of 1.1.0*' }
            @{ Case = 'that is not there'; Text = "# Changelog`n"; Says = '*The newest section*' }
        )
        $packages = @(
            @{ Case = 'as it should be'; Change = { }; Says = @() }
            @{ Case = 'of another version'; Change = { $script:nuspec = $nuspec -replace '<version>1.1.0', '<version>1.0.0' }; Says = @("*version is '1.0.0', not '1.1.0'") }
            @{ Case = 'without a repository'; Change = { $script:nuspec = $nuspec -replace '<repository[^>]*>' }; Says = @('*repository is not https://example.com/r') }
            @{ Case = 'without a project, a licence and an icon'; Change = { $script:nuspec = $nuspec -replace '<(projectUrl|license|icon)\b.*?</\1>' }; Says = @('*projectUrl is*', '*license is*', '*icon is*') }
            @{ Case = 'without a file'; Change = { $script:content = @($content) -ne 'lib/a/X.dll' }; Says = @('*there is no lib/`*/X.dll') }
            @{ Case = 'without its icon'; Change = { $script:content = @($content) -ne 'icon.png' }; Says = @('*there is no icon.png') }
            @{ Case = 'that needs something else'; Change = { $script:nuspec = $nuspec -replace 'id="B"', 'id="C"' }; Says = @("*for net8.0 it needs 'C PolarPS.A', not 'B PolarPS.A'") }
            @{ Case = 'for an older one of its own'; Change = { $script:nuspec = $nuspec -replace 'id="PolarPS.A" version="1.1.0"', 'id="PolarPS.A" version="1.0.0"' }; Says = @('*it needs PolarPS.A 1.0.0, not 1.1.0') }
            @{ Case = 'with what is not for users'; Change = { $script:content += 'tests/X.cs', 'X.pdb' }; Says = @('*tests/X.cs does not belong there', '*X.pdb does not belong there') }
            @{ Case = 'of too many bytes'; Change = { $script:largest = 100 }; Says = @('*has * bytes, which are more than 100') }
            @{ Case = 'of not too many bytes'; Change = { $script:largest = 100000 }; Says = @() }
        )
    }

    It 'has the notes of the changelog' {
        $file = Join-Path $TestDrive 'CHANGELOG.md'
        Set-Content $file "# Changelog`n`nNewest first.`n`n## 1.1.0 - 2027-01-31`n`nMore.`n`n### Added`n`n- This.`n`n## 1.0.0 - 2026-12-31`n`n- All.`n" -NoNewline
        $notes = Get-ReleaseNotes $file 1.1.0
        $notes.Date | Should -Be '2027-01-31'
        $notes.Text | Should -Be "More.`n`n### Added`n`n- This.`n"
        Set-Content $file "## 1.1.0 - not yet released`n`n- This.`n"
        (Get-ReleaseNotes $file 1.1.0).Date | Should -BeNullOrEmpty
    }

    It 'does not go on with a changelog <Case>' -ForEach $faults {
        $file = Join-Path $TestDrive 'CHANGELOG.md'
        Set-Content $file $Text -NoNewline
        { Get-ReleaseNotes $file 1.1.0 } | Should -Throw $Says
    }

    It 'looks into a package: one <Case>' -ForEach $packages {
        $script:nuspec = '<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>X</id><version>1.1.0</version><authors>A</authors><license type="expression">MIT</license>' +
        '<icon>icon.png</icon><projectUrl>https://example.com/r</projectUrl><description>D</description><releaseNotes>N</releaseNotes><copyright>C</copyright><tags>t</tags>' +
        '<repository type="git" url="https://example.com/r" /><dependencies><group targetFramework="net8.0"><dependency id="PolarPS.A" version="1.1.0" /><dependency id="B" version="7.0.0" /></group></dependencies></metadata></package>'
        $script:content = 'lib/a/X.dll', 'icon.png', 'README.md'
        $script:largest = 0
        . $Change
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).nupkg"
        Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
        $archive = [IO.Compression.ZipFile]::Open($file, [IO.Compression.ZipArchiveMode]::Create)
        foreach ($name in @($content) + 'X.nuspec') {
            $writer = [IO.StreamWriter]::new($archive.CreateEntry($name).Open())
            if ($name -eq 'X.nuspec') { $writer.Write($nuspec) }
            $writer.Dispose()
        }
        $archive.Dispose()
        $found = @(Test-ReleasePackage $file -Id X -Version 1.1.0 -Repository https://example.com/r -Files 'lib/*/X.dll', 'README.md' -Dependencies 'PolarPS.A', 'B' -Largest $largest)
        $found.Count | Should -Be $Says.Count -Because "it says: $($found -join '; ')"
        foreach ($text in $Says) { $found | Where-Object { $_ -like $text } | Should -Not -BeNullOrEmpty }
    }

    It 'has one version and one address' {
        $manifest = Import-PowerShellDataFile (Join-Path $root 'PolarPS.psd1')
        $props = [xml](Get-Content (Join-Path $root 'Directory.Build.props') -Raw)
        $props.SelectSingleNode('//Version').InnerText | Should -Be $manifest.ModuleVersion
        $props.SelectSingleNode('//RepositoryUrl').InnerText | Should -Be $manifest.PrivateData.PSData.ProjectUri
        { Get-ReleaseNotes (Join-Path $root 'CHANGELOG.md') $manifest.ModuleVersion } | Should -Not -Throw
    }
}
