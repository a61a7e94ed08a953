#Requires -Version 5.1
# Runs the Pester files in a process of its own; build.ps1 calls it. POLARPS_TEST_MODULE names the manifest to test.
param(
    [Parameter(Mandatory)] [string] $PesterPath,
    [Parameter(Mandatory)] [string] $Report,
    [string] $Filter = '*'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
foreach ($variable in 'POLAR_ACCESS_TOKEN', 'POLAR_ENVIRONMENT', 'POLAR_ORGANIZATION_ID') {
    # A developer's own token has no business in the tests.
    Remove-Item "Env:$variable" -ErrorAction SilentlyContinue
}

Import-Module $PesterPath
$files = @(Get-ChildItem $PSScriptRoot -Filter '*.Tests.ps1' | Where-Object BaseName -Like "$Filter.Tests" | ForEach-Object FullName)
if ($files.Count -eq 0) { throw "No test file matches '$Filter'." }

$configuration = New-PesterConfiguration
$configuration.Run.Path = $files
$configuration.Run.Exit = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputFormat = 'NUnitXml'
$configuration.TestResult.OutputPath = $Report
$configuration.TestResult.TestSuiteName = 'PolarPS'
# As in a user's session: errors that do not end a command do not end the test either.
$ErrorActionPreference = 'Continue'
Invoke-Pester -Configuration $configuration
