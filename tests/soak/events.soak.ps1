#Requires -Version 5.1
# A hundred thousand events from a pipeline, by a process that is killed in the middle, and by another one that sends all of them
# again. They have external ids, so that in the end each is there once: none is lost, and none is doubled. Meanwhile the network
# loses answers, and the process's memory is watched: it must not grow with the number of events.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Seed,
    [int] $Count
)

Import-Module "$PSScriptRoot/PolarPS.Soak.psm1" -Force
Import-Module "$PSScriptRoot/../../tools/PowerShellProgram.psm1"
if ($Count -eq 0) { $Count = 100000 }
$soak = Start-Soak -Name 'events' -ModulePath $ModulePath -Seed $Seed -Count $Count
$random = $soak.Random

$worker = @'
param([string] $ModulePath, [string] $Address, [string] $Token, [int] $Count, [string] $ReportPath)
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath
$secure = [securestring]::new()
foreach ($letter in $Token.ToCharArray()) { $secure.AppendChar($letter) }
Connect-Polar -AccessToken $secure -Environment $Address -AttemptTimeoutSeconds 2 -TotalTimeoutSeconds 120
# What is alive after a tenth, and at most later.
$script:early = 0; $script:late = 0
$step = [Math]::Max(1, [int]($Count / 20))
# One after the other, as a file would be read.
$result = & {
    for ($i = 1; $i -le $Count; $i++) {
        if ($i % $step -eq 0) {
            $alive = [GC]::GetTotalMemory($true)
            if ($i -le $Count / 10) { $script:early = [Math]::Max($script:early, $alive) } else { $script:late = [Math]::Max($script:late, $alive) }
        }
        [pscustomobject]@{ Request = "soak-$i"; Account = "u_$($i % 50)"; Tokens = "$($i % 10)" }
    }
} | Send-PolarEvent -Name soak.call -ExternalCustomerId { $_.Account } -ExternalIdProperty Request -NumericProperty Tokens
[pscustomobject]@{ Result = $result; Early = $script:early; Late = $script:late } | ConvertTo-Json | Set-Content $ReportPath
'@

$folder = Join-Path ([IO.Path]::GetTempPath()) "polarps-soak-events-$($soak.Seed)-$PID"
$null = New-Item $folder -ItemType Directory
$file = Join-Path $folder 'worker.ps1'
$report = Join-Path $folder 'report.json'
Set-Content $file $worker -Encoding UTF8

function Start-Worker {
    $shell = Get-PowerShellProgram
    $leading = @($shell.Arguments | Where-Object { $_ } | ForEach-Object { "`"$_`"" })
    $rest = '-NoProfile', '-NonInteractive', '-File', "`"$file`"", "`"$($soak.Module)`"", $testHost.url, $testHost.accessToken, $Count, "`"$report`""
    Start-Process $shell.Program -ArgumentList ($leading + $rest) -PassThru
}

function Get-Arrived { (Get-PolarEventName soak.call -Source user | Measure-Object Occurrences -Sum).Sum }

$testHost = Start-TestHost '--seed', "$($soak.Seed % 1000000)"
try {
    $null = Connect-TestHost $testHost -With @{ AttemptTimeoutSeconds = 30; TotalTimeoutSeconds = 120 }
    $meter = New-PolarMeter 'Soak tokens' "name = 'soak.call'" -Aggregation sum -Property Tokens
    Set-HostFault $testHost @(
        @{ path = '/v1/events/ingest'; dropBeforeRead = $true; probability = 0.02; seed = $random.Next() }
        @{ path = '/v1/events/ingest'; dropAfterRead = $true; probability = 0.03; seed = $random.Next() }
        @{ path = '/v1/events/ingest'; status = 502; perform = $true; probability = 0.03; seed = $random.Next() }
        @{ path = '/v1/events/ingest'; status = 429; retryAfter = '0'; probability = 0.02; seed = $random.Next() }
    )

    # Killed somewhere between a fifth and four fifths.
    $mark = $random.Next([int]($Count / 5), [int]($Count * 4 / 5))
    $first = Start-Worker
    while (-not $first.HasExited -and (Get-Arrived) -lt $mark) { Start-Sleep -Milliseconds 200 }
    if ($first.HasExited) { throw "The first run ended by itself with $($first.ExitCode): see $folder." }
    $first.Kill()
    $first.WaitForExit()
    Start-Sleep -Seconds 1
    $before = Get-Arrived

    $second = Start-Worker
    if (-not $second.WaitForExit(1500000)) { $second.Kill(); throw 'The second run was not done.' }
    if (-not (Test-Path $report)) { throw "The second run ended with $($second.ExitCode), and reported nothing." }
    $told = Get-Content $report -Raw | ConvertFrom-Json
    Set-HostFault $testHost

    $arrived = Get-Arrived
    $span = @{ StartTimestamp = [DateTimeOffset]::UtcNow.AddDays(-1); EndTimestamp = [DateTimeOffset]::UtcNow.AddDays(1) }
    $sum = ($meter | Get-PolarMeterQuantity -Total @span).Quantity
    $due = 0
    for ($i = 1; $i -le $Count; $i++) { $due += $i % 10 }
    $growth = [Math]::Round(($told.Late - $told.Early) / 1MB, 1)
    Complete-Soak $soak -Figures ([ordered]@{
            'events'                = $Count
            'there after the kill'  = $before
            'duplicates then'       = $told.Result.Duplicates
            'requests'              = $told.Result.Batches
            'MiB more alive at the end' = $growth
        }) -Bad ([ordered]@{
            'lost'                  = [Math]::Max(0, $Count - $arrived)
            'doubled'               = [Math]::Max(0, $arrived - $Count)
            'wrongly summed'        = [int]($sum -ne $due)
            'not reported'          = $Count - $told.Result.Sent
            'unknown or unsent'     = $told.Result.OutcomeUnknown + $told.Result.Unsent + $told.Result.Refused
            'memory grown'          = [int]($growth -gt 20)
        })
}
finally {
    Disconnect-Polar -All
    Stop-TestHost $testHost
    Remove-Item $folder -Recurse -Force -ErrorAction SilentlyContinue
}
