#!/usr/bin/env pwsh
#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests and packs PolarPS. Does all set-up that a task needs.
.EXAMPLE
    ./build.ps1 -Task Demo
    Builds the module and shows it at work against a local Polar, without an account.
.EXAMPLE
    ./build.ps1 -Task Test
    Builds the package and runs every test suite against it.
#>
[CmdletBinding()]
param(
    # What to do; several are done in the order given.
    [ValidateSet('Build', 'Test', 'Demo', 'Help', 'Analyze', 'Pack', 'Bench', 'Clean')]
    [string[]] $Task = 'Build',

    # The pwsh (or powershell.exe) in which Pester runs; by default the one that runs this script.
    [string] $PowerShell = (Get-Process -Id $PID).Path,

    # A package made earlier, to be tested as it is instead of building one.
    [string] $Package,

    # Only the Pester files whose name matches; for working on one thing.
    [string] $Filter = '*'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
Set-StrictMode -Version 3
$ProgressPreference = 'SilentlyContinue'

$root = $PSScriptRoot
$out = Join-Path $root 'out'
$results = Join-Path $out 'test-results'
$manifest = Import-PowerShellDataFile (Join-Path $root 'PolarPS.psd1')
$version = $manifest.ModuleVersion
$module = Join-Path $out 'PolarPS' $version
$csharpierVersion = '1.3.0'

function Invoke-Native {
    # Runs a program and fails when it fails. No parameters of its own: the program's must not bind here.
    $program, $arguments = $args
    & $program @arguments
    if ($LASTEXITCODE -ne 0) { throw "$program $($arguments[0]) ended with $LASTEXITCODE." }
}

function Use-Module {
    # A module that is installed, or else one from the Gallery in a folder of this project's own.
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string] $MinimumVersion, [string] $MaximumVersion = '99.0')
    $own = Join-Path $out 'modules'
    if ($env:PSModulePath -notlike "*$own*") { $env:PSModulePath = $own + [IO.Path]::PathSeparator + $env:PSModulePath }
    $find = {
        Get-Module -ListAvailable -Name $Name |
            Where-Object { $_.Version -ge [version]$MinimumVersion -and $_.Version -le [version]$MaximumVersion } |
            Sort-Object Version -Descending | Select-Object -First 1
    }
    $found = & $find
    if (-not $found) {
        Write-Host "Installing $Name from the PowerShell Gallery into out/modules ..."
        $null = New-Item -ItemType Directory -Force $own
        Save-PSResource -Name $Name -Version "[$MinimumVersion, $MaximumVersion]" -Path $own -TrustRepository
        $found = & $find
    }
    if (-not $found) { throw "$Name $MinimumVersion or later could not be had." }
    Import-Module $found.Path -Force
}

function Build-Solution {
    Invoke-Native dotnet build (Join-Path $root 'PolarPS.sln') -c Release -nologo -v quiet "-p:Version=$version"
}

function Copy-Files {
    param([string] $From, [string] $To, [string[]] $Include)
    $null = New-Item -ItemType Directory -Force $To
    foreach ($name in $Include) { Copy-Item (Join-Path $From $name) $To -Force }
}

function Build-Module {
    Build-Solution
    if (Test-Path $module) { Remove-Item $module -Recurse -Force }
    Copy-Files $root $module 'PolarPS.psd1', 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md'
    Copy-Files (Join-Path $root 'src/PolarPS') $module '*.format.ps1xml', '*.types.ps1xml'
    Copy-Files (Join-Path $root 'src/PolarPS/bin/Release/netstandard2.0') $module 'PolarPS.dll', 'PolarPS.Client.dll', 'PolarPS.Emulator.dll'
    foreach ($framework in 'net8.0', 'net472') {
        Copy-Files (Join-Path $root "src/PolarPS.Http/bin/Release/$framework") (Join-Path $module 'lib' $framework) '*.dll'
    }
    Copy-Files (Join-Path $root 'src/PolarPS.Loader/bin/Release/net8.0') (Join-Path $module 'lib/net8.0') 'PolarPS.Loader.dll'
    Build-Help
    Write-Host "Built $module"
}

function Build-Help {
    $docs = Join-Path $root 'docs'
    $help = Join-Path $module 'en-US'
    $null = New-Item -ItemType Directory -Force $help
    foreach ($about in Get-ChildItem $docs -Filter 'about_*.md') {
        Copy-Item $about.FullName (Join-Path $help "$($about.BaseName).help.txt") -Force
    }
    $pages = @(Get-ChildItem (Join-Path $docs 'PolarPS') -Filter '*-*.md')
    if ($pages.Count -eq 0) { return }
    Use-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0.0
    $maml = Join-Path $out 'maml'
    if (Test-Path $maml) { Remove-Item $maml -Recurse -Force }
    $commands = Import-MarkdownCommandHelp -Path $pages.FullName
    $null = $commands | Export-MamlCommandHelp -OutputFolder $maml -Force
    Get-ChildItem $maml -Recurse -Filter '*.xml' | Copy-Item -Destination (Join-Path $help 'PolarPS.dll-Help.xml') -Force
}

function Build-Package {
    # The .nupkg that a gallery takes, made from the built folder.
    $nuspec = Join-Path $out 'PolarPS.nuspec'
    $data = $manifest.PrivateData.PSData
    $escape = { param($text) [Security.SecurityElement]::Escape($text) }
    $tags = @('PSModule') + $data.Tags + ($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" }) + 'PSIncludes_Cmdlet'
    @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>PolarPS</id>
    <version>$version</version>
    <authors>$(& $escape $manifest.Author)</authors>
    <owners>$(& $escape $manifest.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <license type="expression">MIT</license>
    <description>$(& $escape $manifest.Description)</description>
    <releaseNotes>$(& $escape $data.ReleaseNotes)</releaseNotes>
    <copyright>$(& $escape $manifest.Copyright)</copyright>
    <tags>$($tags -join ' ')</tags>
  </metadata>
  <files>
    <file src="PolarPS/$version/**/*" target="" />
  </files>
</package>
"@ | Set-Content $nuspec -Encoding utf8
    # NuGet packs only through a project; this one exists for nothing else.
    $project = Join-Path $out 'pack.csproj'
    @"
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netstandard2.0</TargetFramework>
    <NuspecFile>PolarPS.nuspec</NuspecFile>
    <NuspecBasePath>.</NuspecBasePath>
    <IncludeBuildOutput>false</IncludeBuildOutput>
    <NoBuild>true</NoBuild>
    <IsPackable>true</IsPackable>
    <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
    <NoWarn>NU5100;NU5110;NU5111;NU5128</NoWarn>
  </PropertyGroup>
</Project>
"@ | Set-Content $project -Encoding utf8
    Invoke-Native dotnet pack $project -nologo -v quiet -o $out
    Write-Host "Packed $(Join-Path $out "PolarPS.$version.nupkg")"
}

function Expand-Package {
    # Lays a package out as the Gallery's clients install it, for the tests to import.
    param([string] $Path)
    $folder = Join-Path $out 'installed'
    if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
    $target = Join-Path $folder 'PolarPS' $version
    Expand-Archive -Path $Path -DestinationPath $target
    foreach ($nuget in '_rels', 'package', '[Content_Types].xml', 'PolarPS.nuspec') {
        Remove-Item -LiteralPath (Join-Path $target $nuget) -Recurse -Force -ErrorAction Ignore
    }
    $target
}

function Write-Coverage {
    # How much of the client the tests ran, without what the compiler's generators wrote.
    $report = Get-ChildItem $results -Recurse -Filter 'coverage.cobertura.xml' | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $report) { throw 'dotnet test left no coverage.' }
    $classes = ([xml](Get-Content $report -Raw)).SelectNodes("//package[@name='PolarPS.Client']/classes/class")
    # A line may stand in several classes: those of lambdas and of async methods.
    $lines = @{}
    foreach ($class in $classes | Where-Object filename -NotLike '*.g.cs') {
        foreach ($line in $class.SelectNodes('lines/line')) {
            $key = "$($class.filename):$($line.number)"
            $lines[$key] = $lines[$key] -or [int]$line.hits -gt 0
        }
    }
    $run = @($lines.Values -eq $true).Count
    Write-Host ([string]::Format([cultureinfo]::InvariantCulture, 'coverage: {0:N1} % of the client''s lines (PolarPS.Client)', 100 * $run / $lines.Count))
}

function Invoke-DotnetTest {
    $trx = Join-Path $results 'xunit.trx'
    # The sources are known by paths that are no folders of this machine; the collector would leave all out for that.
    $collector = 'DataCollectionRunSettings.DataCollectors.DataCollector.Configuration'
    $coverage = "$collector.Include=[PolarPS.Client]*", "$collector.ExcludeAssembliesWithoutSources=None"
    dotnet test (Join-Path $root 'PolarPS.sln') -c Release --no-build -nologo --filter 'Category!=Reminder' --logger "trx;LogFileName=$trx" --collect 'XPlat Code Coverage' --results-directory $results -- @coverage | Out-Host
    $failed = $LASTEXITCODE
    if (-not (Test-Path $trx)) { throw "dotnet test ended with $failed and left no results." }
    Write-Coverage
    $counters = ([xml](Get-Content $trx -Raw)).TestRun.ResultSummary.Counters
    [pscustomobject]@{
        Suite   = 'xunit'
        Passed  = [int]$counters.passed
        Failed  = [Math]::Max([int]$counters.failed, [int]($failed -ne 0))
        Skipped = [int]$counters.total - [int]$counters.executed
    }
}

function Invoke-PesterSuite {
    param([string] $ModulePath)
    Use-Module Pester -MinimumVersion 5.5.0 -MaximumVersion 5.99.0
    $pester = (Get-Module Pester).Path
    $report = Join-Path $results 'pester.xml'
    $env:POLARPS_TEST_MODULE = Join-Path $ModulePath 'PolarPS.psd1'
    # A bare * would be expanded to the names of files on the way.
    $only = if ($Filter -eq '*') { @() } else { @('-Filter', $Filter) }
    # A child process: nothing of this session is in the way, and the module's files are free again afterwards.
    & $PowerShell -NoProfile -NonInteractive -File (Join-Path $root 'tests/Invoke-Suite.ps1') -PesterPath $pester -Report $report @only | Out-Host
    $code = $LASTEXITCODE
    if (-not (Test-Path $report)) { throw "Pester ended with $code and left no results." }
    $run = ([xml](Get-Content $report -Raw)).'test-results'
    [pscustomobject]@{
        Suite   = 'pester'
        Passed  = [int]$run.total - [int]$run.failures - [int]$run.errors - [int]$run.'not-run' - [int]$run.skipped - [int]$run.ignored - [int]$run.inconclusive - [int]$run.invalid
        Failed  = [Math]::Max([int]$run.failures + [int]$run.errors + [int]$run.invalid, [int]($code -ne 0))
        Skipped = [int]$run.skipped + [int]$run.ignored + [int]$run.'not-run' + [int]$run.inconclusive
    }
}

function Invoke-Test {
    $null = New-Item -ItemType Directory -Force $results
    Get-ChildItem $results | Remove-Item -Recurse -Force
    $suites = @()
    if ($Package) {
        $installed = Expand-Package $Package
        Build-Solution
    }
    else {
        Build-Module
        Build-Package
        $installed = Expand-Package (Join-Path $out "PolarPS.$version.nupkg")
        if ($Filter -eq '*') { $suites += Invoke-DotnetTest }
    }
    $suites += Invoke-PesterSuite $installed
    foreach ($suite in $suites) { Write-Host ('{0}: {1} passed, {2} failed, {3} skipped' -f $suite.Suite, $suite.Passed, $suite.Failed, $suite.Skipped) }
    $sum = { param($name) ($suites | Measure-Object -Property $name -Sum).Sum }
    $failed = & $sum Failed
    Write-Host ('total: {0} passed, {1} failed, {2} skipped' -f (& $sum Passed), $failed, (& $sum Skipped))
    if ($failed -gt 0) { exit 1 }
}

function Invoke-Analyze {
    Build-Module
    $tools = Join-Path $out 'tools'
    $csharpier = Join-Path $tools ($IsWindows ? 'csharpier.exe' : 'csharpier')
    if (-not (Test-Path $csharpier)) { Invoke-Native dotnet tool install csharpier --version $csharpierVersion --tool-path $tools }
    Invoke-Native $csharpier check (Join-Path $root 'src') (Join-Path $root 'tests')
    Use-Module PSScriptAnalyzer -MinimumVersion 1.21.0
    $settings = Join-Path $root 'PSScriptAnalyzerSettings.psd1'
    $scripts = @(Join-Path $root 'build.ps1'; Join-Path $module 'PolarPS.psd1'; (Get-ChildItem (Join-Path $root 'tests') -Recurse -Include '*.ps1', '*.psm1').FullName | Where-Object { $_ -notmatch '[\\/](bin|obj)[\\/]' })
    $findings = @($scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Settings $settings })
    $findings | Format-Table -AutoSize | Out-Host
    if ($findings.Count -gt 0) { throw "PSScriptAnalyzer found $($findings.Count) things." }
    $null = Test-ModuleManifest (Join-Path $module 'PolarPS.psd1')
    Write-Host 'Analyze: clean'
}

function Invoke-Demo {
    Build-Module
    & $PowerShell -NoProfile -File (Join-Path $root 'tests/Demo.ps1') -ModulePath (Join-Path $module 'PolarPS.psd1')
    if ($LASTEXITCODE -ne 0) { throw "The demonstration ended with $LASTEXITCODE." }
}

function Invoke-Bench {
    Build-Module
    Invoke-Native $PowerShell -NoProfile -File (Join-Path $root 'tests/PolarPS.Benchmarks/Measure-PolarPS.ps1') -ModulePath (Join-Path $module 'PolarPS.psd1')
}

foreach ($name in $Task) {
    switch ($name) {
        'Clean' {
            foreach ($folder in @($out) + (Get-ChildItem $root -Recurse -Directory -Include bin, obj -ErrorAction Ignore).FullName) {
                if ($folder -and (Test-Path $folder)) { Remove-Item $folder -Recurse -Force }
            }
        }
        'Build' { Build-Module }
        'Help' { Build-Module }
        'Pack' { Build-Module; Build-Package }
        'Test' { Invoke-Test }
        'Demo' { Invoke-Demo }
        'Analyze' { Invoke-Analyze }
        'Bench' { Invoke-Bench }
    }
}
