#Requires -Version 7.4
<#
.SYNOPSIS
    Measures PolarPS beside what else there is, on one local server and in one run, and prints ratios.
.DESCRIPTION
    Every figure is the median over fresh processes, with the least and the greatest beside it. The competitors take turns (A B C,
    C B A, ...), so that whatever else the machine does meets them alike, and each has a cache of its own: PowerShell starts by
    compiling what the last process that used its cache has needed, which would be another competitor. A first turn fills the
    caches and is not counted. What is measured is the PowerShell that runs this, whose kind the heading names. Nothing here
    fails because something is slow; it fails when a competitor lists too little. docs/performance.md says how to read the tables.
.EXAMPLE
    ./build.ps1 -Task Bench
.EXAMPLE
    ./Measure-PolarPS.ps1 -ModulePath ../../out/PolarPS/0.1.0/PolarPS.psd1 -Quick
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,

    # How many processes a median is taken over; for the import, 15 at least.
    [ValidateRange(3, 100)] [int] $Repeat = 7,

    # How many products the shop has that is listed.
    [ValidateRange(100, 1000000)] [int] $Products = 10000,

    # A look in about two minutes: three processes, and for the import 15. Mind the spread that it prints.
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Set-StrictMode -Version 3
Import-Module (Join-Path $PSScriptRoot '../PolarPS.TestTools.psm1')
Import-Module (Join-Path $PSScriptRoot '../../tools/PowerShellProgram.psm1')

$ModulePath = (Resolve-Path -LiteralPath $ModulePath).ProviderPath
$powerShell = Get-PowerShellProgram
$sdkVersion = '1.0.1'
$latency = 80
$latentProducts = 2000
$memorySizes = 1000, 10000, 50000
$lists = 4
$importRepeat = [Math]::Max(15, $Repeat)
# What a section may take, in seconds; it then ends with the turn under way, but not before the third.
$budget = 40
if ($Quick) { $Repeat, $lists, $budget = [Math]::Min(3, $Repeat), 3, 12 }

$temporary = Join-Path ([IO.Path]::GetTempPath()) ('polarps-bench-' + [guid]::NewGuid().ToString('N'))
$units = @{ Took = 'process, ms'; Inside = 'in it, ms'; Cold = 'first, ms'; Warm = 'later, ms'; Peak = 'peak, MB' }
$raw = [Collections.Generic.List[object]]::new()
$ratios = [Collections.Generic.List[object]]::new()

function Invoke-Child {
    # Runs a program to its end; how long that took, and what it wrote.
    param([string] $Program, [string[]] $Arguments, $TestHost, [string] $In = $PWD.ProviderPath)
    $start = [Diagnostics.ProcessStartInfo]::new($Program)
    foreach ($argument in $Arguments) { $start.ArgumentList.Add($argument) }
    $start.WorkingDirectory = $In
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    foreach ($name in @($start.Environment.Keys) -like 'POLAR*') { $null = $start.Environment.Remove($name) }
    $start.Environment['XDG_CACHE_HOME'] = $cache
    if ($TestHost) {
        $start.Environment['POLAR_ENVIRONMENT'] = $TestHost.url
        $start.Environment['POLAR_ACCESS_TOKEN'] = $TestHost.accessToken
    }
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $process = [Diagnostics.Process]::Start($start)
    try {
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit(120000)) {
            $process.Kill($true)
            throw "$Program $Arguments did not end within two minutes."
        }
        $took = $watch.Elapsed.TotalMilliseconds
        if ($process.ExitCode -ne 0) { throw "$Program $Arguments ended with $($process.ExitCode). $($errors.Result)" }
        @{ Took = $took; Output = $output.Result }
    }
    finally { $process.Dispose() }
}

function Invoke-PowerShell {
    # A whole PowerShell with one command in it: how long the process took, and how long the command in it.
    param([string] $Command, $TestHost)
    $timed = "`$clock = [Diagnostics.Stopwatch]::StartNew(); $Command; `$clock.Stop(); [Console]::Out.Write(`$clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture))"
    $child = Invoke-Child $powerShell.Program ($powerShell.Arguments + @('-NoProfile', '-NonInteractive', '-Command', $timed)) -TestHost $TestHost
    @{ Took = $child.Took; Inside = [double]::Parse($child.Output, [cultureinfo]::InvariantCulture) }
}

function New-EmptyModule {
    # A module of one cmdlet that does nothing: what any import costs.
    $folder = Join-Path $temporary 'Empty'
    $null = New-Item -ItemType Directory -Force $folder
    Add-Type -OutputAssembly (Join-Path $folder 'Empty.dll') -TypeDefinition 'using System.Management.Automation; [Cmdlet("Get", "Nothing")] public class GetNothing : PSCmdlet { }'
    $manifest = Join-Path $folder 'Empty.psd1'
    Set-Content $manifest "@{ RootModule = 'Empty.dll'; ModuleVersion = '1.0'; CmdletsToExport = @('Get-Nothing'); FunctionsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }"
    $manifest
}

function Test-Image {
    # Whether an assembly was compiled ahead of time.
    param([string] $Path)
    $reader = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead($Path))
    try { $reader.PEHeaders.CorHeader.ManagedNativeHeaderDirectory.Size -gt 0 } finally { $reader.Dispose() }
}

function Invoke-List {
    # One competitor's lists: the first of a process, the median of the later ones, the peak of the memory.
    param([string] $With, $TestHost, [int] $Count, [int] $Times = $lists)
    $child =
        if ($With -eq 'Sdk') { Invoke-Child $node 'list-sdk.mjs', $Times, (Get-ApiVersion) -TestHost $TestHost -In $sdk }
        else {
            Invoke-Child $powerShell.Program ($powerShell.Arguments + @(
                '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'List.ps1')
                '-With', $With, '-ModulePath', $ModulePath, '-Pages', [Math]::Ceiling($Count / 100), '-ApiVersion', (Get-ApiVersion), '-Times', $Times
            )) -TestHost $TestHost
        }
    $result = $child.Output | ConvertFrom-Json
    if ($With -in 'PolarPS', 'RestMethod', 'Sdk' -and $result.count -ne $Count) { throw "$With listed $($result.count) of $Count products." }
    @{
        Cold = $result.took[0]
        Warm = if ($Times -gt 1) { Get-Median $result.took[1..($Times - 1)] }
        Peak = $result.peak / 1MB
    }
}

function Get-ListPeak {
    # The memory of a process that lists once and keeps nothing.
    param($TestHost, [int] $Count)
    @{ Peak = (Invoke-List ForEach $TestHost $Count -Times 1).Peak }
}

function Install-Sdk {
    # The SDK in a folder for temporary things, where it stays for the next run; nothing when it is not available.
    try {
        $script:node = (Get-Command node -CommandType Application | Select-Object -First 1).Source
        $folder = Join-Path ([IO.Path]::GetTempPath()) "polarps-bench-sdk-$sdkVersion"
        if (-not (Test-Path (Join-Path $folder 'node_modules/@polar-sh/sdk/package.json'))) {
            $npm = (Get-Command npm -CommandType Application | Select-Object -First 1).Source
            $null = New-Item -ItemType Directory -Force $folder
            Set-Content (Join-Path $folder 'package.json') '{"private":true}'
            Push-Location $folder
            try { $log = & $npm install "@polar-sh/sdk@$sdkVersion" --no-audit --no-fund 2>&1 }
            finally { Pop-Location }
            if ($LASTEXITCODE -ne 0) { throw "npm ended with ${LASTEXITCODE}: $log" }
        }
        Copy-Item (Join-Path $PSScriptRoot 'list-sdk.mjs') $folder -Force
        $folder
    }
    catch { Write-Host "Without the TypeScript SDK: $_" }
}

function Get-Median {
    param([double[]] $Values)
    $sorted = @($Values | Sort-Object)
    $middle = [Math]::Floor($sorted.Count / 2)
    if ($sorted.Count % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
}

function Measure-Turns {
    # Lets the competitors take turns at a command, each with its own parameters. What they measured, turn by turn, by name.
    param([string] $What, [string] $Command, [Collections.Specialized.OrderedDictionary] $Competitors, [string[]] $Figures, [int] $AtLeast = 3)
    Write-Host "Measuring: $What" -ForegroundColor DarkGray
    $names = @($Competitors.Keys)
    $results = @{}
    foreach ($name in $names) { $results[$name] = [Collections.Generic.List[object]]::new() }
    $clock = $null
    for ($turn = -1; $turn -lt [Math]::Max($Repeat, $AtLeast); $turn++) {
        if ($turn -ge $AtLeast -and $clock -and $clock.Elapsed.TotalSeconds -ge $budget) { break }
        foreach ($name in $names) {
            $parameters = $Competitors[$name].Clone()
            $script:cache = Join-Path $temporary "cache/$What/$name"
            # The turn that fills the cache need not list more than once.
            if ($turn -lt 0) { if ($parameters.Contains('Times')) { $parameters.Times = 1 } }
            $result = & $Command @parameters
            if ($turn -ge 0) { $results[$name].Add($result) }
        }
        [array]::Reverse($names)
        $clock ??= [Diagnostics.Stopwatch]::StartNew()
    }
    foreach ($name in $Competitors.Keys) {
        foreach ($figure in $Figures) {
            $values = @($results[$name] | ForEach-Object { $_[$figure] } | Sort-Object)
            $raw.Add([pscustomobject]@{
                    What      = $What
                    Who       = $name
                    Figure    = $units[$figure]
                    Least     = '{0:N0}' -f $values[0]
                    Median    = '{0:N0}' -f (Get-Median $values)
                    Greatest  = '{0:N0}' -f $values[-1]
                    Processes = $values.Count
                })
        }
    }
    $results
}

function Format-Spread {
    # The median, and between which values it lies.
    param([double[]] $Values, [string] $Format, [string] $Unit)
    $sorted = @($Values | Sort-Object)
    "{0:$Format}$Unit ({1:$Format} to {2:$Format})" -f (Get-Median $sorted), $sorted[0], $sorted[-1]
}

function Get-Ratio {
    # How many times the one figure is of the other: taken turn by turn, where both met the same machine.
    param($Of, $To, [string] $Figure)
    Format-Spread @(for ($turn = 0; $turn -lt $Of.Count; $turn++) { $Of[$turn][$Figure] / $To[$turn][$Figure] }) N2 x
}

function Get-Difference {
    # By how many milliseconds the one figure exceeds the other, turn by turn.
    param($Of, $To, [string] $Figure)
    Format-Spread @(for ($turn = 0; $turn -lt $Of.Count; $turn++) { $Of[$turn][$Figure] - $To[$turn][$Figure] }) N0 ' ms'
}

function Add-Ratio {
    param([string] $What, [string] $First, [string] $Later, [string] $Aim)
    $ratios.Add([pscustomobject]@{ What = $What; First = $First; Later = $Later; Aim = $Aim })
}

function Format-Markdown {
    # A table that reads well here and can be pasted into docs/performance.md.
    param([object[]] $Rows)
    $columns = @($Rows[0].PSObject.Properties.Name)
    $widths = @{}
    foreach ($column in $columns) { $widths[$column] = (@($column) + @($Rows.$column) | Measure-Object Length -Maximum).Maximum }
    '| ' + (($columns | ForEach-Object { $_.PadRight($widths[$_]) }) -join ' | ') + ' |'
    '| ' + (($columns | ForEach-Object { '-' * $widths[$_] }) -join ' | ') + ' |'
    foreach ($row in $Rows) { '| ' + (($columns | ForEach-Object { "$($row.$_)".PadRight($widths[$_]) }) -join ' | ') + ' |' }
}

function Measure-Lists {
    # Listing everything, by all who can; the ratios against PolarPS.
    param([string] $What, $TestHost, [int] $Count, [int] $Times, [Collections.Specialized.OrderedDictionary] $Aims)
    # So that the server is as warm for the first as for the last.
    $script:cache = Join-Path $temporary 'cache/warm'
    $null = Invoke-List Download $TestHost $Count -Times 3
    $competitors = [ordered]@{}
    foreach ($name in @($Aims.Keys) + 'PolarPS') {
        if ($name -eq 'Sdk' -and -not $sdk) { continue }
        # The loop is slow and steady; two lists of it tell enough.
        $competitors[$name] = @{ With = $name; TestHost = $TestHost; Count = $Count; Times = $name -eq 'RestMethod' ? 2 : $Times }
    }
    $measured = Measure-Turns $What Invoke-List $competitors 'Cold', 'Warm'
    $our = $measured['PolarPS']
    $sentences = [ordered]@{
        RestMethod = 'PolarPS is that many times as fast as an Invoke-RestMethod loop'
        Sdk        = 'PolarPS is that many times as fast as the TypeScript SDK'
        Download   = 'PolarPS takes that many times as long as only downloading the bytes'
    }
    foreach ($name in $sentences.Keys) {
        $first, $later = 'not measured', 'not measured'
        if ($measured.ContainsKey($name)) {
            $of, $to = $name -eq 'Download' ? ($our, $measured[$name]) : ($measured[$name], $our)
            $first, $later = (Get-Ratio $of $to Cold), (Get-Ratio $of $to Warm)
        }
        Add-Ratio "${What}: $($sentences[$name])" $first $later $Aims[$name]
    }
}

$started = Get-Date
$watch = [Diagnostics.Stopwatch]::StartNew()
$sdk = Install-Sdk
$hosts = [Collections.Generic.List[object]]::new()
function Start-Shop {
    param([string[]] $Options)
    $shop = Start-TestHost (@('--empty') + $Options)
    $hosts.Add($shop)
    $shop
}

# Which of the module's assemblies a process of this kind runs.
$cache = Join-Path $temporary 'cache/warm'
$client = (Invoke-Child $powerShell.Program ($powerShell.Arguments + @('-NoProfile', '-NonInteractive', '-Command', "Import-Module '$ModulePath'; [PolarPS.Client.Models.Product].Assembly.Location"))).Output.Trim()
$usesImages = Test-Image $client

try {
    # 1. Importing.
    $importing = Measure-Turns 'import' Invoke-PowerShell ([ordered]@{
            'no module'       = @{ Command = '' }
            'an empty module' = @{ Command = "Import-Module '$(New-EmptyModule)'" }
            'PolarPS'         = @{ Command = "Import-Module '$ModulePath'" }
        }) 'Took', 'Inside' -AtLeast $importRepeat
    Add-Ratio 'import, in the process: more than an empty module takes' (Get-Difference $importing['PolarPS'] $importing['an empty module'] Inside) '' '<= 30 ms'
    Add-Ratio 'import, whole processes: more than one with an empty module takes' (Get-Difference $importing['PolarPS'] $importing['an empty module'] Took) '' ''

    # 2. Importing and one call.
    $shop = Start-Shop '--products', $Products
    $request = 'Invoke-RestMethod "$env:POLAR_ENVIRONMENT/v1/products/?limit=1" -Headers @{ Authorization = "Bearer $env:POLAR_ACCESS_TOKEN" }'
    $calling = Measure-Turns 'import and first call' Invoke-PowerShell ([ordered]@{
            'RestMethod' = @{ Command = "`$null = $request"; TestHost = $shop }
            'PolarPS'    = @{ Command = "Import-Module '$ModulePath'; `$null = Get-PolarProduct -First 1"; TestHost = $shop }
        }) 'Took', 'Inside'
    Add-Ratio 'import and first call, whole processes: PolarPS takes that many times as long as Invoke-RestMethod alone' (Get-Ratio $calling['PolarPS'] $calling['RestMethod'] Took) '' '<= 0.95x'
    Add-Ratio 'import and first call, in the process: PolarPS takes that many times as long as Invoke-RestMethod alone' (Get-Ratio $calling['PolarPS'] $calling['RestMethod'] Inside) '' ''

    # 3. Listing.
    Measure-Lists ('list of {0:N0}' -f $Products) $shop $Products $lists ([ordered]@{ RestMethod = '>= 12x, 20x'; Download = ''; Sdk = '>= 1.4x, 2x' })

    # 4. Listing from far away.
    $far = Start-Shop '--products', $latentProducts, '--latency', $latency
    Measure-Lists ('list of {0:N0}, {1} ms a page' -f $latentProducts, $latency) $far $latentProducts 2 ([ordered]@{ RestMethod = ''; Download = ''; Sdk = '>= 4.5x' })

    # 5. Memory.
    $competitors = [ordered]@{}
    foreach ($size in $memorySizes) {
        $own = $size -eq $Products ? $shop : (Start-Shop '--products', $size)
        $competitors['{0:N0}' -f $size] = @{ TestHost = $own; Count = $size }
    }
    $memory = Measure-Turns 'memory of a streamed list' Get-ListPeak $competitors 'Peak'
    $names = @($competitors.Keys)
    foreach ($name in $names | Select-Object -Skip 1) {
        Add-Ratio "memory: peak of listing $name against $($names[0])" (Get-Ratio $memory[$name] $memory[$names[0]] Peak) '' 'flat'
    }

    # 6. What a pipeline costs for each object.
    $forms = [ordered]@{
        OutNull  = 'Get-PolarProduct into Out-Null'
        ForEach  = 'Get-PolarProduct into ForEach-Object { }'
        Pipeline = 'a variable into ForEach-Object { }, no PolarPS'
    }
    $competitors = [ordered]@{}
    foreach ($form in $forms.Keys) { $competitors[$forms[$form]] = @{ With = $form; TestHost = $shop; Count = $Products } }
    $piping = Measure-Turns 'pipeline' Invoke-List $competitors 'Cold', 'Warm'
    foreach ($form in $forms.Values) {
        $each = foreach ($figure in 'Cold', 'Warm') { '{0:N1} us' -f ((Get-Median ($piping[$form] | ForEach-Object { $_[$figure] })) * 1000 / $Products) }
        Add-Ratio "pipeline: one object of $form" $each[0] $each[1] ''
    }
}
finally {
    foreach ($one in $hosts) { Stop-TestHost $one }
    Remove-Item $temporary -Recurse -Force -ErrorAction Ignore
}

# What the engine's own assemblies are decides how much of a start is compiling; those of an official installation are compiled.
$engine = (Test-Image ([psobject].Assembly.Location)) ? 'compiled ahead of time' : 'IL, not compiled ahead of time'
$images = $usesImages ? 'with images' : 'as IL'
$load = if (Test-Path /proc/loadavg) { ", load average $((Get-Content /proc/loadavg).Split(' ')[0..2] -join ' ') at the end" }
''
'{0:yyyy-MM-dd HH:mm}, {1}, {2} cores{3}; {4:N0} s' -f $started, [Runtime.InteropServices.RuntimeInformation]::OSDescription, [Environment]::ProcessorCount, $load, $watch.Elapsed.TotalSeconds
'pwsh {0} ({1}) on {2}, PolarPS {3}, node {4}, SDK {5}' -f $PSVersionTable.PSVersion, $engine, [Runtime.InteropServices.RuntimeInformation]::FrameworkDescription, $images, ($sdk ? (& $node --version) : 'none'), ($sdk ? $sdkVersion : 'none')
if ($IsWindows) { 'On Windows all competitors share one cache of PowerShell''s, so starts are less comparable.' }
'A figure is the median of its processes; in parentheses, or beside it, the least and the greatest.'
if ($Quick) { "A quick look: $Repeat processes ($importRepeat for the import). Where the spread is wide, so is the truth." }
''
Format-Markdown $ratios
''
Format-Markdown $raw
