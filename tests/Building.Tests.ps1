# What a clone promises to whoever builds it: that a PowerShell is found however it was started, and that the commands of the
# README are the ones that continuous integration runs.
BeforeDiscovery {
    $root = Split-Path $PSScriptRoot
    $scripts = @(
        Get-ChildItem $root -File -Filter '*.ps1'
        Get-ChildItem (Join-Path $root 'tests'), (Join-Path $root 'tools') -Recurse -File -Include '*.ps1', '*.psm1'
    ) | Where-Object { $_.FullName -notmatch '[\\/](bin|obj)[\\/]' } |
        ForEach-Object { @{ Name = $_.FullName.Substring($root.Length + 1) -replace '\\', '/'; Path = $_.FullName } }
    $conditions = foreach ($suite in 'xunit', 'Pester') { foreach ($with in 'nothing', 'description', 'shared') { @{ Suite = $suite; With = $with } } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-Module "$PSScriptRoot/../tools/PowerShellProgram.psm1" -Force
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
        $text | Should -Not -Match '(?m)^\s*&?\s*(pwsh|powershell)(\.exe)?\s+-'
    }
}

Describe 'The commands of the README' {
    It 'work with the SDK alone, and stand on the first screen: -Task <_>' -ForEach 'Demo', 'Test' {
        $at = $readme.IndexOf("dotnet tool exec -y powershell -- ./build.ps1 -Task $_")
        $at | Should -BeGreaterThan 0
        ($readme.Substring(0, $at) -split "`n").Count | Should -BeLessThan 30
        $readme | Should -Match "pwsh \./build\.ps1 -Task $_"
    }

    It 'are what continuous integration runs' {
        $lines = Get-Content (Join-Path $root '.ci/run') | Where-Object { $_ -notmatch '^\s*(#|$)' }
        $lines[-1] | Should -Be 'exec dotnet tool exec -y powershell -- ./build.ps1 -Task Test'
        $lines.Count | Should -BeLessOrEqual 3
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
        @(Get-Content (Join-Path $root 'tests/floor.txt') | Where-Object { $_ -match "^$Suite +$With +\d{2,}$" }).Count | Should -Be 1
    }
}
