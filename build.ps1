#!/usr/bin/env pwsh
#Requires -Version 7.4
# Long because all tasks are in one file, so that a clone needs nothing but it.
<#
.SYNOPSIS
    Builds, tests and packs PolarPS, with all the set-up that a task needs.
.EXAMPLE
    ./build.ps1 -Task Demo
    Builds the module and demonstrates it against the emulator, without an account.
.EXAMPLE
    ./build.ps1 -Task Test
    Builds the package and runs every test suite against it.
.EXAMPLE
    ./build.ps1 -Task Soak -Filter writes -Seed 7
    Runs one of the long campaigns in tests/soak with the seed of an earlier run.
    dotnet tool exec -y powershell -- ./build.ps1 -Task Test
    The same where there is no PowerShell, only the .NET SDK.
.EXAMPLE
    ./build.ps1 -Task Test -Suite Pester -Filter Product -PesterVersion 5.9.1
    Runs one file of tests under the older Pester.
#>
[CmdletBinding()]
param(
    # The tasks, which run in the order given.
    [ValidateSet('Build', 'Test', 'Demo', 'Help', 'Analyze', 'Pack', 'Release', 'Bench', 'Soak', 'Clean')]
    [string[]] $Task = 'Build',

    # The PowerShell in which Pester runs: pwsh, powershell.exe or a pwsh.dll; by default the one that runs this script.
    [string] $PowerShell,

    # An existing package to test instead of building one.
    [string] $Package,

    # Only the Pester files, or the campaigns, whose name matches.
    [string] $Filter = '*',

    # The seed of the campaigns; 0 for a new one, which each prints in its line.
    [int] $Seed,

    # The number of iterations of each campaign; 0 for its default.
    [int] $Count,

    # How long a campaign may take.
    [ValidateRange(1, 240)]
    [int] $SoakMinutes = 30,

    # Which suites -Task Test runs.
    [ValidateSet('xunit', 'Pester')]
    [string[]] $Suite = @('xunit', 'Pester'),

    # A Pester version other than the one in Directory.Packages.props, also from NuGet.
    [string] $PesterVersion,

    # Takes Pester from the installed modules instead of NuGet: the newest one, or the one that -PesterVersion names.
    [switch] $InstalledPester,

    # Analyze fails if one of its tools is unavailable.
    [switch] $Complete,

    # The tag of the release: it must match the version, and the changelog must have its date.
    [string] $Tag
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
Set-StrictMode -Version 3
$ProgressPreference = 'SilentlyContinue'

$root = $PSScriptRoot
Import-Module (Join-Path $root 'tools/PowerShellProgram.psm1')
$out = Join-Path $root 'out'
$results = Join-Path $out 'test-results'
$manifest = Import-PowerShellDataFile (Join-Path $root 'PolarPS.psd1')
$version = $manifest.ModuleVersion
$module = Join-Path $out 'PolarPS' $version

function Invoke-Native {
    # Runs a program and fails if it fails. It has no parameters, so the program's cannot bind here.
    $program, $arguments = $args
    & $program @arguments
    if ($LASTEXITCODE -ne 0) { throw "$program $($arguments[0]) failed with exit code $LASTEXITCODE." }
}

function Get-PesterManifest {
    # The Pester to test with: from NuGet in the pinned version, unless an installed one is requested. Also tells the tests where
    # to find the versions that users' own tests have to work with.
    if ($InstalledPester) {
        $found = Get-Module -ListAvailable -Name Pester |
            Where-Object { -not $PesterVersion -or "$($_.Version)" -eq $PesterVersion } |
            Sort-Object Version -Descending | Select-Object -First 1
        if (-not $found) { throw "Pester $PesterVersion is not installed; without -InstalledPester it comes from NuGet." }
        $env:POLARPS_TEST_PESTER = $found.Path
        return $found.Path
    }
    $project = Join-Path $root 'tests/support/Pester/Pester.csproj'
    $property = @(if ($PesterVersion) { "-p:PesterVersion=$PesterVersion" })
    dotnet restore $project -nologo -v quiet @property | Out-Host
    $isRestored = $LASTEXITCODE -eq 0
    $known = (dotnet msbuild $project -nologo -getProperty:NuGetPackageRoot '-getProperty:PesterVersion,OldPesterVersion,NewPesterVersion' @property | ConvertFrom-Json).Properties
    if (-not $isRestored) {
        throw "Pester $($known.PesterVersion) could not be restored from NuGet, so its tests were not run. -InstalledPester uses an installed one."
    }
    $manifests = $known.PesterVersion, $known.OldPesterVersion, $known.NewPesterVersion |
        ForEach-Object { Join-Path $known.NuGetPackageRoot "pester/$_/tools/Pester.psd1" }
    $env:POLARPS_TEST_PESTER = ($manifests | Select-Object -Unique) -join [IO.Path]::PathSeparator
    $manifests[0]
}

function Use-Module {
    # An installed module, or else one from the Gallery in a folder of this project.
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
    if (-not $found) { throw "$Name $MinimumVersion or later is not available." }
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
    param([switch] $WithImages)
    Build-Solution
    if (Test-Path $module) { Remove-Item $module -Recurse -Force }
    Copy-Files $root $module 'PolarPS.psd1', 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md'
    Copy-Files (Join-Path $root 'src/PolarPS/bin/Release/netstandard2.0') $module 'PolarPS.dll', 'PolarPS.Shell.dll', 'PolarPS.Client.dll', 'PolarPS.Emulator.dll'
    # In a separate process, so that the module's files are not locked.
    Invoke-PowerShellFile (Join-Path $root 'tools/Export-View.ps1') @{ ModuleFolder = $module }
    if ($LASTEXITCODE -ne 0) { throw "tools/Export-View.ps1 failed with exit code $LASTEXITCODE." }
    foreach ($framework in 'net8.0', 'net472') {
        Copy-Files (Join-Path $root "src/PolarPS.Http/bin/Release/$framework") (Join-Path $module 'lib' $framework) '*.dll'
    }
    Copy-Files (Join-Path $root 'src/PolarPS.Loader/bin/Release/net8.0') (Join-Path $module 'lib/net8.0') 'PolarPS.Loader.dll'
    Build-Image -Required:$WithImages
    Build-Help
    Write-Host "Built $module"
}

function Get-ImageSystem {
    # The systems for which there are images.
    ([xml](Get-Content (Join-Path $root 'tools/images/Images.csproj') -Raw)).SelectSingleNode('//RuntimeIdentifiers').InnerText -split ';'
}

function Build-Image {
    # The images, lib/net10.0/<system>: the module's assemblies compiled ahead of time, which CompiledImages.cs loads where they fit.
    # Made of the very files that ship, or they would not fit. A machine without NuGet builds a module without them.
    param([switch] $Required)
    $project = Join-Path $root 'tools/images/Images.csproj'
    $tool = Join-Path $root 'tools/PolarPS.Images.psm1'
    $images = Join-Path $out 'images'
    $target = Join-Path $module 'lib/net10.0'
    $systems = Get-ImageSystem
    $parts = [ordered]@{
        Request  = @('PolarPS.Client.dll', 'PolarPS.Shell.dll' | ForEach-Object { Join-Path $module $_ }) + (Get-ChildItem (Join-Path $module 'lib/net8.0/*.dll') -Exclude 'Polly.*').FullName
        Emulator = @(Join-Path $module 'PolarPS.Emulator.dll')
    }
    # Compiling takes half a minute, and gives the same for the same files.
    $stamp = (dotnet --version) + "`n" + ((@($project, $tool) + $parts.Values | ForEach-Object { $_ } | Get-FileHash).Hash -join "`n")
    $stampFile = Join-Path $images 'stamp.txt'
    if (-not (Test-Path $stampFile) -or (Get-Content $stampFile -Raw) -ne $stamp) {
        $log = dotnet restore $project -nologo -v quiet
        if ($LASTEXITCODE -ne 0) {
            $reason = @(@($log) -match 'error ')[0] -replace '^.*?error ' -replace ' \[[^]]*\]$'
            if ($Required) { throw "The compiler for the images could not be restored from NuGet: $reason" }
            Write-Host "Build: WITHOUT the images compiled ahead of time, as their compiler could not be restored from NuGet: $reason"
            return
        }
        if (Test-Path $images) { Remove-Item $images -Recurse -Force }
        Import-Module $tool
        $source = Join-Path $images 'work/source'
        Copy-Files $module $source '*.dll'
        Copy-Files (Join-Path $module 'lib/net8.0') (Join-Path $source 'lib/net8.0') '*.dll'
        # The serializer's metadata: a quarter of the client's code, for bodies to send and for answers that the readers do not understand.
        Copy-ForImage (Join-Path $module 'PolarPS.Client.dll') (Join-Path $source 'PolarPS.Client.dll') -Without PolarJson
        foreach ($system in $systems) {
            foreach ($part in $parts.Keys) {
                $work = Join-Path $images "work/$system-$part"
                Invoke-Native dotnet publish $project --no-restore -c Release -nologo -v quiet -r $system -o $work "-p:ModuleFolder=$source" "-p:Part=$part"
                Copy-Files $work (Join-Path $images $system) (Split-Path -Leaf $parts[$part])
            }
            foreach ($image in Get-ChildItem (Join-Path $images $system) -Filter *.dll) { Complete-Image $image.FullName }
        }
        Remove-Item (Join-Path $images 'work'), (Join-Path $images 'bin') -Recurse -Force
        [IO.File]::WriteAllText($stampFile, $stamp)
    }
    foreach ($system in $systems) { Copy-Files (Join-Path $images $system) (Join-Path $target $system) '*.dll' }
}

function Build-Help {
    # The help that ships: the committed XML, and the topics as plain text. Does not need PlatyPS.
    $help = Join-Path $module 'en-US'
    Copy-Files (Join-Path $root 'src/PolarPS/en-US') $help 'PolarPS.dll-Help.xml'
    Import-Module (Join-Path $root 'tools/PolarPS.Help.psm1')
    foreach ($about in Get-ChildItem (Join-Path $root 'docs') -Filter 'about_*.md') {
        $text = ConvertTo-AboutText (Get-Content $about.FullName -Raw -Encoding utf8)
        [IO.File]::WriteAllText((Join-Path $help "$($about.BaseName).help.txt"), $text)
    }
}

function Update-HelpFile {
    # Updates the facts on the pages from the cmdlets, then generates the XML from the pages.
    $pages = Join-Path $root 'docs/PolarPS'
    # In a separate process, so that the module's files are not locked.
    Invoke-PowerShellFile (Join-Path $root 'tools/Update-HelpPage.ps1') @{ ModulePath = Join-Path $module 'PolarPS.psd1' } $PowerShell | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "tools/Update-HelpPage.ps1 failed with exit code $LASTEXITCODE." }
    Use-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0.0
    Import-Module (Join-Path $root 'tools/PolarPS.Help.psm1')
    $xml = Join-Path $root 'src/PolarPS/en-US/PolarPS.dll-Help.xml'
    Export-HelpXml -Docs $pages -Destination $xml -Scratch (Join-Path $out 'maml')
    Build-Help
    Write-Host "Generated $xml"
}

function Build-Package {
    # The .nupkg for a gallery, created from the built folder.
    $head = git -C $root rev-parse HEAD 2>$null
    $commit = if ($head) { " commit=`"$head`"" }
    $nuspec = Join-Path $out 'PolarPS.nuspec'
    $data = $manifest.PrivateData.PSData
    $escape = { param($text) [Security.SecurityElement]::Escape($text) }
    $tags = @('PSModule') + $data.Tags + 'PSIncludes_Cmdlet'
    # The Gallery finds commands by these tags. It accepts 4000 characters; today's clients search by PSCommand.
    foreach ($kind in 'PSCommand', 'PSCmdlet') {
        $more = $manifest.CmdletsToExport | ForEach-Object { "${kind}_$_" }
        if ("$tags $more".Length -le 4000) { $tags += $more }
    }
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
    <projectUrl>$($data.ProjectUri)</projectUrl>
    <iconUrl>$($data.IconUri)</iconUrl>
    <icon>icon.png</icon>
    <repository type="git" url="$($data.ProjectUri)"$commit />
    <description>$(& $escape $manifest.Description)</description>
    <releaseNotes>$(& $escape $data.ReleaseNotes)</releaseNotes>
    <copyright>$(& $escape $manifest.Copyright)</copyright>
    <tags>$($tags -join ' ')</tags>
  </metadata>
  <files>
    <file src="PolarPS/$version/**/*" target="" />
    <file src="../docs/icon.png" target="" />
  </files>
</package>
"@ | Set-Content $nuspec -Encoding utf8
    # NuGet packs only through a project; this one has no other purpose.
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
    <NoWarn>NU5048;NU5100;NU5110;NU5111;NU5128</NoWarn>
  </PropertyGroup>
</Project>
"@ | Set-Content $project -Encoding utf8
    Invoke-Native dotnet pack $project -nologo -v quiet -o $out
    Write-Host "Packed $(Join-Path $out "PolarPS.$version.nupkg")"
}

function Get-LibraryProject {
    # The libraries that are separate packages.
    Get-ChildItem (Join-Path $root 'src/*/*.csproj') | Where-Object { (Get-Content $_ -Raw) -match '<IsPackable>true<' }
}

function Build-LibraryPackage {
    # Built again in a separate folder: with symbols as files for the registry, while the module has them embedded.
    foreach ($project in Get-LibraryProject) {
        Invoke-Native dotnet pack $project.FullName -c Release -nologo -v quiet -o $out "-p:Version=$version" '-p:DebugType=portable' '-p:ContinuousIntegrationBuild=true' --artifacts-path (Join-Path $out 'pack')
        Write-Host "Packed $(Join-Path $out "$($project.BaseName).$version.nupkg")"
    }
}

function Invoke-Release {
    # Everything about a release except publishing: matching versions, contents of the packages, release notes.
    Import-Module (Join-Path $root 'tools/PolarPS.Release.psm1')
    $wrong = [Collections.Generic.List[string]]::new()
    $library = ([xml](Get-Content (Join-Path $root 'Directory.Build.props') -Raw)).SelectSingleNode('//Version').InnerText
    if ($library -ne $version) { $wrong.Add("Directory.Build.props has version $library, but PolarPS.psd1 has $version") }
    try {
        $notes = Get-ReleaseNotes (Join-Path $root 'CHANGELOG.md') $version
        Set-Content (Join-Path (New-Item -ItemType Directory -Force $out) 'release-notes.md') $notes.Text -NoNewline -Encoding utf8
        if ($Tag -and -not $notes.Date) { $wrong.Add("CHANGELOG.md does not say when $version was released") }
    }
    catch { $wrong.Add($_.Exception.Message) }
    if ($Tag -and $Tag -cne "v$version") { $wrong.Add("the tag is $Tag, not v$version") }

    Build-Module -WithImages
    Build-Package
    Build-LibraryPackage
    $data = $manifest.PrivateData.PSData
    foreach ($address in 'ProjectUri', 'LicenseUri', 'IconUri') {
        if ("$($data[$address])" -notmatch '^https://') { $wrong.Add("PolarPS.psd1 has no $address") }
    }
    $common = @{ Version = $version; Repository = $data.ProjectUri }
    $inside = 'PolarPS.psd1', 'PolarPS.dll', 'PolarPS.Shell.dll', 'PolarPS.Client.dll', 'PolarPS.Emulator.dll', 'lib/net8.0/PolarPS.Http.dll', 'lib/net8.0/PolarPS.Loader.dll', 'lib/net472/PolarPS.Http.dll',
        'en-US/PolarPS.dll-Help.xml', 'en-US/about_PolarPS.help.txt', 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md'
    $inside += 'PolarPS.format.ps1xml', 'PolarPS.types.ps1xml'
    foreach ($system in Get-ImageSystem) { $inside += "lib/net10.0/$system/PolarPS.Client.dll" }
    # The Gallery would take more, but all users have to download it.
    Test-ReleasePackage (Join-Path $out "PolarPS.$version.nupkg") PolarPS @common -Files $inside -Largest 15000000 | ForEach-Object { $wrong.Add($_) }
    # The client has to do without libraries that a program could have in another version.
    $needs = @{
        'PolarPS.Client'      = 'System.Text.Json', 'Microsoft.Bcl.AsyncInterfaces'
        'PolarPS.Client.Http' = 'PolarPS.Client', 'Microsoft.Extensions.Http', 'Polly.Core'
    }
    foreach ($project in Get-LibraryProject) {
        $name = $project.BaseName
        if (-not $needs[$name]) { $wrong.Add("build.ps1 does not say what $name may need") }
        $inside = "lib/*/$name.dll", "lib/*/$name.xml", 'README.md'
        Test-ReleasePackage (Join-Path $out "$name.$version.nupkg") $name @common -Files $inside -Dependencies $needs[$name] | ForEach-Object { $wrong.Add($_) }
        $symbols = Join-Path $out "$name.$version.snupkg"
        if (-not (Test-Path $symbols) -or -not ((Get-PackageContent $symbols).Files -like "lib/*/$name.pdb")) { $wrong.Add("$name has no symbol package") }
    }

    foreach ($one in $wrong) { Write-Host "Release: $one" }
    if ($wrong.Count -gt 0) { throw "$version cannot be released." }
    Write-Host "Release: $version is ready$(if (-not $notes.Date) { ', except for a date in CHANGELOG.md' }). Nothing was published. The notes are in $(Join-Path $out 'release-notes.md')"
}

function Expand-Package {
    # Expands a package as the Gallery's clients install it, for the tests to import.
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
    # The coverage of the client, without generated code.
    $report = Get-ChildItem $results -Recurse -Filter 'coverage.cobertura.xml' | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $report) { throw 'dotnet test wrote no coverage.' }
    $classes = ([xml](Get-Content $report -Raw)).SelectNodes("//package[@name='PolarPS.Client']/classes/class")
    # A line may belong to several classes: those of lambdas and of async methods.
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
    # Source paths are not folders of this machine; without this, the collector would exclude all of them.
    $collector = 'DataCollectionRunSettings.DataCollectors.DataCollector.Configuration'
    $coverage = "$collector.Include=[PolarPS.Client]*", "$collector.ExcludeAssembliesWithoutSources=None"
    dotnet test (Join-Path $root 'PolarPS.sln') -c Release --no-build -nologo --filter 'Category!=Reminder' --logger "trx;LogFileName=$trx" --collect 'XPlat Code Coverage' --results-directory $results -- @coverage | Out-Host
    $failed = $LASTEXITCODE
    if (-not (Test-Path $trx)) { throw "dotnet test failed with exit code $failed and wrote no results." }
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
    param([string] $ModulePath, [string] $Pester)
    $report = Join-Path $results 'pester.xml'
    $env:POLARPS_TEST_MODULE = Join-Path $ModulePath 'PolarPS.psd1'
    # A child process: this session does not interfere, and the module's files are not locked afterwards.
    Invoke-PowerShellFile (Join-Path $root 'tests/Invoke-Suite.ps1') @{ PesterPath = $Pester; Report = $report; Filter = $Filter } $PowerShell | Out-Host
    $code = $LASTEXITCODE
    if (-not (Test-Path $report)) { throw "Pester failed with exit code $code and wrote no results." }
    $run = ([xml](Get-Content $report -Raw)).'test-results'
    [pscustomobject]@{
        Suite   = 'Pester'
        Passed  = [int]$run.total - [int]$run.failures - [int]$run.errors - [int]$run.'not-run' - [int]$run.skipped - [int]$run.ignored - [int]$run.inconclusive - [int]$run.invalid
        Failed  = [Math]::Max([int]$run.failures + [int]$run.errors + [int]$run.invalid, [int]($code -ne 0))
        Skipped = [int]$run.skipped + [int]$run.ignored + [int]$run.'not-run' + [int]$run.inconclusive
    }
}

function Get-Shortfall {
    # How many tests fewer than tests/floor.txt requires the suites executed; nothing if there were enough.
    param([object[]] $Suites)
    Import-Module (Join-Path $root 'tools/TestFloor.psm1')
    Import-Module (Join-Path $root 'tools/ReferenceData.psm1')
    $with =
        if (Test-Path (Get-ReferencePath 'cmdlets.tsv')) { 'shared' }
        elseif ($env:POLARPS_API_DESCRIPTION) { 'description' }
        else { 'nothing' }
    # Some of the client's tests use programs that npm installs.
    $hasNpm = @(Get-Command node, npm -CommandType Application -ErrorAction Ignore | Group-Object { $_.Name -replace '\..*$' }).Count -eq 2
    foreach ($one in $Suites) {
        $also = @(if ($one.Suite -eq 'xunit' -and $hasNpm) { 'xunit+npm' })
        Get-TestShortfall (Join-Path $root 'tests/floor.txt') $one.Suite $with ($one.Passed + $one.Failed) -Also $also
    }
}

function Invoke-Test {
    $null = New-Item -ItemType Directory -Force $results
    Get-ChildItem $results | Remove-Item -Recurse -Force
    # First, so that a run without it fails before the build.
    $pester = if ($Suite -contains 'Pester') { Get-PesterManifest }
    $suites = @()
    if ($Package) {
        $installed = Expand-Package $Package
        Build-Solution
    }
    elseif ($Suite -contains 'Pester') {
        Build-Module
        Build-Package
        $installed = Expand-Package (Join-Path $out "PolarPS.$version.nupkg")
    }
    else { Build-Solution }
    if ($Suite -contains 'xunit' -and -not $Package -and $Filter -eq '*') { $suites += Invoke-DotnetTest }
    if ($Suite -contains 'Pester') { $suites += Invoke-PesterSuite $installed $pester }
    foreach ($one in $suites) { Write-Host ('{0}: {1} passed, {2} failed, {3} skipped' -f $one.Suite, $one.Passed, $one.Failed, $one.Skipped) }
    $short = @(if ($Filter -eq '*') { Get-Shortfall $suites })
    $short | Write-Host
    $sum = { param($name) ($suites | Measure-Object -Property $name -Sum).Sum }
    $failed = & $sum Failed
    Write-Host ('total: {0} passed, {1} failed, {2} skipped' -f (& $sum Passed), $failed, (& $sum Skipped))
    if ($failed -gt 0 -or $short.Count -gt 0) { exit 1 }
}

function Invoke-Analyze {
    # Warnings are errors in the build, so it is the first check. Unavailable tools are reported, and the other checks still run.
    Build-Module
    $wrong = [Collections.Generic.List[string]]::new()
    $absent = [Collections.Generic.List[string]]::new()

    # The tools of the manifest are found from the current folder.
    Push-Location $root
    try {
        dotnet tool restore *> $null
        dotnet tool run csharpier -- --version *> $null
        if ($LASTEXITCODE -ne 0) { $absent.Add('layout (CSharpier is not available from NuGet)') }
        else {
            dotnet tool run csharpier -- check src tests | Out-Host
            if ($LASTEXITCODE -ne 0) { $wrong.Add('layout: dotnet tool run csharpier -- format src tests') }
        }
    }
    finally { Pop-Location }

    try { Use-Module PSScriptAnalyzer -MinimumVersion 1.21.0 }
    catch { $absent.Add("scripts (PSScriptAnalyzer is not available from the PowerShell Gallery: $($_.Exception.Message -replace '(?s)\s+Request sent.*'))") }
    if (Get-Module PSScriptAnalyzer) {
        $settings = Join-Path $root 'PSScriptAnalyzerSettings.psd1'
        $scripts = @(Join-Path $root 'build.ps1'; Join-Path $module 'PolarPS.psd1'; (Get-ChildItem (Join-Path $root 'tests'), (Join-Path $root 'tools') -Recurse -Include '*.ps1', '*.psm1').FullName | Where-Object { $_ -notmatch '[\\/](bin|obj)[\\/]' })
        $findings = @($scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Settings $settings })
        $findings | Format-Table -AutoSize | Out-Host
        if ($findings.Count -gt 0) { $wrong.Add("scripts: PSScriptAnalyzer has $($findings.Count) findings") }
    }

    try { $null = Test-ModuleManifest (Join-Path $module 'PolarPS.psd1') -ErrorAction Stop } catch { $wrong.Add("manifest: $($_.Exception.Message)") }

    foreach ($one in $absent) { Write-Host "Analyze: NOT CHECKED: $one" }
    foreach ($one in $wrong) { Write-Host "Analyze: $one" }
    if ($wrong.Count -gt 0) { throw "Analyze found problems in $($wrong.Count) of its checks." }
    if ($absent.Count -gt 0 -and $Complete) { throw "Analyze is not complete: $($absent.Count) of its checks could not be run." }
    Write-Host $(if ($absent.Count -gt 0) { 'Analyze: the checks that could be run are clean' } else { 'Analyze: clean' })
}

function Invoke-Demo {
    Build-Module
    Invoke-PowerShellFile (Join-Path $root 'tests/Demo.ps1') @{ ModulePath = Join-Path $module 'PolarPS.psd1' } $PowerShell
    if ($LASTEXITCODE -ne 0) { throw "The demonstration failed with exit code $LASTEXITCODE." }
}

function Invoke-Bench {
    Build-Module
    Invoke-PowerShellFile (Join-Path $root 'tests/PolarPS.Benchmarks/Measure-PolarPS.ps1') @{ ModulePath = Join-Path $module 'PolarPS.psd1' } $PowerShell
    if ($LASTEXITCODE -ne 0) { throw "The measurement failed with exit code $LASTEXITCODE." }
}

function Invoke-Soak {
    # The campaigns: long, seeded, and not part of -Task Test. Each runs in its own process and prints one line of figures.
    Build-Module
    $campaigns = @(Get-ChildItem (Join-Path $root 'tests/soak') -Filter '*.soak.ps1' | Where-Object Name -Like "$Filter.soak.ps1")
    if ($campaigns.Count -eq 0) { throw "No campaign matches '$Filter'." }
    $failed = @(foreach ($campaign in $campaigns) {
            $shell = Get-PowerShellProgram $PowerShell
            $start = [Diagnostics.ProcessStartInfo]::new($shell.Program)
            $start.UseShellExecute = $false
            $given = $shell.Arguments + '-NoProfile', '-NonInteractive', '-File', $campaign.FullName, '-ModulePath', (Join-Path $module 'PolarPS.psd1'), '-Seed', $Seed, '-Count', $Count
            foreach ($argument in $given) { $start.ArgumentList.Add([string]$argument) }
            $process = [Diagnostics.Process]::Start($start)
            if (-not $process.WaitForExit($SoakMinutes * 60000)) {
                $process.Kill($true)
                Write-Host "soak $($campaign.BaseName): not done after $SoakMinutes min: FAILED"
                $campaign.BaseName
            }
            elseif ($process.ExitCode -ne 0) { $campaign.BaseName }
        })
    if ($failed.Count -gt 0) { throw "Failed: $($failed -join ', ')" }
}

foreach ($name in $Task) {
    switch ($name) {
        'Clean' {
            foreach ($folder in @($out) + (Get-ChildItem $root -Recurse -Directory -Include bin, obj -ErrorAction Ignore).FullName) {
                if ($folder -and (Test-Path $folder)) { Remove-Item $folder -Recurse -Force }
            }
        }
        'Build' { Build-Module }
        'Help' { Build-Module; Update-HelpFile }
        'Pack' { Build-Module -WithImages; Build-Package; Build-LibraryPackage }
        'Release' { Invoke-Release }
        'Test' { Invoke-Test }
        'Demo' { Invoke-Demo }
        'Analyze' { Invoke-Analyze }
        'Bench' { Invoke-Bench }
        'Soak' { Invoke-Soak }
    }
}
