#Requires -Version 7.4
<#
.SYNOPSIS
    Measures PolarPS beside what else there is, on one local server and in one run, and prints ratios.
.DESCRIPTION
    Every figure is the median over fresh processes. The competitors take turns (A B C, C B A, ...), so that whatever else the
    machine does meets them alike. Nothing here fails because something is slow; it fails when a competitor lists too little.
    docs/performance.md says how to read the tables.
.EXAMPLE
    ./build.ps1 -Task Bench
.EXAMPLE
    ./Measure-PolarPS.ps1 -ModulePath ../../out/PolarPS/0.1.0/PolarPS.psd1 -Quick
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,

    # How many processes a median is taken over.
    [ValidateRange(1, 100)] [int] $Repeat = 7,

    # How many products the shop has that is listed.
    [ValidateRange(100, 1000000)] [int] $Products = 10000,

    # A look in less than 90 seconds.
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
# What a section may take, in seconds; it then ends with the turn under way.
$budget = 40
if ($Quick) { $Repeat, $lists, $budget = [Math]::Min(3, $Repeat), 3, 12 }

$units = @{ Took = 'process, ms'; Cold = 'first, ms'; Warm = 'later, ms'; Peak = 'peak, MB' }
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
    # A whole PowerShell with one command in it.
    param([string] $Command, $TestHost)
    Invoke-Child $powerShell.Program ($powerShell.Arguments + @('-NoProfile', '-NonInteractive', '-Command', $Command)) -TestHost $TestHost
}

function Invoke-List {
    # One competitor's lists: the first of a process, the median of the later ones, the peak of the memory.
    param([string] $With, $TestHost, [int] $Count, [int] $Times = $lists)
    $child =
        if ($With -eq 'Sdk') { Invoke-Child $node 'list-sdk.mjs', $Times -TestHost $TestHost -In $sdk }
        else {
            Invoke-Child $powerShell.Program ($powerShell.Arguments + @(
                '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'List.ps1')
                '-With', $With, '-ModulePath', $ModulePath, '-Pages', [Math]::Ceiling($Count / 100), '-Times', $Times
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
    param([string] $What, [string] $Command, [Collections.Specialized.OrderedDictionary] $Competitors, [string[]] $Figures)
    Write-Host "Measuring: $What" -ForegroundColor DarkGray
    $names = @($Competitors.Keys)
    $results = @{}
    foreach ($name in $names) { $results[$name] = [Collections.Generic.List[object]]::new() }
    $clock = [Diagnostics.Stopwatch]::StartNew()
    for ($turn = 0; $turn -lt $Repeat -and $clock.Elapsed.TotalSeconds -lt $budget; $turn++) {
        foreach ($name in $names) {
            $parameters = $Competitors[$name]
            $results[$name].Add((& $Command @parameters))
        }
        [array]::Reverse($names)
    }
    foreach ($name in $Competitors.Keys) {
        foreach ($figure in $Figures) {
            $values = @($results[$name] | ForEach-Object { $_[$figure] } | Sort-Object)
            $raw.Add([pscustomobject]@{
                    What      = $What
                    Who       = $name
                    Figure    = $units[$figure]
                    Median    = '{0:N0}' -f (Get-Median $values)
                    Range     = ('{0:N0} to {1:N0}' -f $values[0], $values[-1])
                    Processes = $values.Count
                })
        }
    }
    $results
}

function Get-Ratio {
    # How many times the one figure is of the other: taken turn by turn, where both met the same machine; then the median.
    param($Of, $To, [string] $Figure)
    $each = for ($turn = 0; $turn -lt $Of.Count; $turn++) { $Of[$turn][$Figure] / $To[$turn][$Figure] }
    '{0:N2}x' -f (Get-Median $each)
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

try {
    # 1. Importing.
    $importing = Measure-Turns 'import' Invoke-PowerShell ([ordered]@{
            'empty pwsh' = @{ Command = 'exit' }
            'PolarPS'    = @{ Command = "Import-Module '$ModulePath'; exit" }
        }) 'Took'
    $added = for ($turn = 0; $turn -lt $importing['PolarPS'].Count; $turn++) { $importing['PolarPS'][$turn].Took - $importing['empty pwsh'][$turn].Took }
    Add-Ratio 'import: added to an empty pwsh' ('{0:N0} ms' -f (Get-Median $added)) '' '<= 40 ms'

    # 2. Importing and one call, a whole process each.
    $shop = Start-Shop '--products', $Products
    $request = 'Invoke-RestMethod "$env:POLAR_ENVIRONMENT/v1/products/?limit=1" -Headers @{ Authorization = "Bearer $env:POLAR_ACCESS_TOKEN" }'
    $calling = Measure-Turns 'import and first call' Invoke-PowerShell ([ordered]@{
            'RestMethod' = @{ Command = "`$null = $request"; TestHost = $shop }
            'PolarPS'    = @{ Command = "Import-Module '$ModulePath'; `$null = Get-PolarProduct -First 1"; TestHost = $shop }
        }) 'Took'
    Add-Ratio 'import and first call: PolarPS takes that many times as long as Invoke-RestMethod alone' (Get-Ratio $calling['PolarPS'] $calling['RestMethod'] Took) '' '<= 1x'

    # 3. Listing.
    Measure-Lists ('list of {0:N0}' -f $Products) $shop $Products $lists ([ordered]@{ RestMethod = '>= 8x'; Download = '<= 1.3x'; Sdk = '>= 1x' })

    # 4. Listing from far away.
    $far = Start-Shop '--products', $latentProducts, '--latency', $latency
    Measure-Lists ('list of {0:N0}, {1} ms a page' -f $latentProducts, $latency) $far $latentProducts 2 ([ordered]@{ RestMethod = ''; Download = '<= 1.3x'; Sdk = '>= 3x' })

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
}

$load = if (Test-Path /proc/loadavg) { ", load average $((Get-Content /proc/loadavg).Split(' ')[0..2] -join ' ') at the end" }
''
'{0:yyyy-MM-dd HH:mm}, {1}, {2} cores, pwsh {3} on {4}, node {5}, SDK {6}{7}; {8:N0} s' -f $started,
[Runtime.InteropServices.RuntimeInformation]::OSDescription, [Environment]::ProcessorCount, $PSVersionTable.PSVersion,
[Runtime.InteropServices.RuntimeInformation]::FrameworkDescription, ($sdk ? (& $node --version) : 'none'), ($sdk ? $sdkVersion : 'none'),
$load, $watch.Elapsed.TotalSeconds
''
Format-Markdown $ratios
''
Format-Markdown $raw
