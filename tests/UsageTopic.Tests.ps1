# The examples of about_PolarPS_Usage, one after the other in one session, as a reader would type them.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $blocks = foreach ($section in Get-TopicSection about_PolarPS_Usage) {
        foreach ($lines in $section.Blocks) { @{ Section = $section.Title; Code = $lines -join "`n" } }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
    $null = $shell.AddScript({
            param($Module, $Folder)
            $ErrorActionPreference = 'Stop'
            $ProgressPreference = 'SilentlyContinue'
            Import-Module $Module
            Set-Location $Folder
            Connect-Polar -Environment Emulator
        }).AddArgument((Get-TestModulePath)).AddArgument("$TestDrive").Invoke()

    function Invoke-There {
        param([string] $Code)
        $shell.Commands.Clear()
        $shell.Streams.ClearStreams()
        $shell.AddScript($Code).Invoke()
    }
}

AfterAll { $shell.Dispose() }

Describe 'about_PolarPS_Usage' {
    It 'has examples' -ForEach @{ Blocks = $blocks } { $Blocks.Count | Should -Be 7 }

    It '<Section>' -ForEach $blocks {
        $output = Invoke-There ". { $Code } | Out-String"
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Streams.Warning | Should -BeNullOrEmpty
        ($output -join '').Trim() | Should -Not -BeNullOrEmpty
    }

    It 'has sent what it says' {
        (Invoke-There '(Get-PolarEvent -Name menge).Metadata["menge"]') | Should -Be 1.5
        (Invoke-There '@(Get-PolarEvent -Name api.call).Count') | Should -Be 3
        (Invoke-There '(Get-PolarMeter Large).Filter.Text') | Should -Be "name = 'api.call' and metadata.Model = 'large'"
        (Invoke-There '(Get-PolarMeterQuantity Large -Total -EndTimestamp (Get-Date).AddHours(1)).Quantity') | Should -Be 120
    }
}
