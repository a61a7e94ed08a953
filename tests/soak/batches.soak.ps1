#Requires -Version 5.1
# Ten thousand creates and a thousand refunds in batches, of whose answers one in ten is lost after the work was done, while the process
# is killed at seeded moments. The same command runs until it ends by itself. Then the shop is asked: each thing once, none twice, none
# missing, the money exact, and each key that is not done named.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Seed,
    [int] $Count,
    [int] $Kills = 20,
    [double] $Lost = 0.1
)

Import-Module "$PSScriptRoot/PolarPS.Soak.psm1" -Force
if ($Count -eq 0) { $Count = 10000 }
$soak = Start-Soak -Name 'batches' -ModulePath $ModulePath -Seed $Seed -Count $Count
$random = $soak.Random
$folder = Join-Path ([IO.Path]::GetTempPath()) ("polarps-soak-" + [guid]::NewGuid().ToString('N'))
$null = New-Item -ItemType Directory $folder

function Get-All {
    # All rows of a list, past the module: what is checked must not be the judge.
    param([string] $Path)
    for ($page = 1; ; $page++) {
        $answer = Invoke-RestMethod "$($testHost.url)$Path$(if ($Path.Contains('?')) { '&' } else { '?' })limit=100&page=$page" -Headers $headers
        $answer.items
        if ($page -ge $answer.pagination.max_page) { break }
    }
}

function Get-Length {
    # How many bytes a journal has.
    param([string] $Journal)
    $file = [IO.FileInfo]::new($Journal)
    if ($file.Exists) { $file.Length } else { 0 }
}

function Invoke-UntilDone {
    # Runs a batch in processes of its own: kills the first ones at seeded lengths of the journal, and lets the last ones end. Each key that a
    # run calls unknown is in its errors.
    param([string] $Name, [object[]] $Rows, [string] $Block, [int] $Kills, [int] $LineLength)
    $data = Join-Path $folder "$Name.csv"
    $journal = Join-Path $folder "$Name.jsonl"
    $script = Join-Path $folder "$Name.ps1"
    $errors = Join-Path $folder "$Name.errors.txt"
    $Rows | Export-Csv $data -NoTypeInformation -Encoding UTF8
    Set-Content $script -Encoding UTF8 -Value @"
`$ErrorActionPreference = 'Continue'
`$ProgressPreference = 'SilentlyContinue'
Import-Module '$($soak.Module)'
`$token = [securestring]::new(); foreach (`$letter in '$($testHost.accessToken)'.ToCharArray()) { `$token.AppendChar(`$letter) }
Connect-Polar -AccessToken `$token -Environment '$($testHost.url)'
try { `$null = Import-Csv '$data' | Invoke-PolarBatch '$journal' -Key { `$_.id } -Process { $Block } -SettleSeconds 3 -ErrorVariable found 2>`$null }
catch { [IO.File]::AppendAllText('$errors', "ended: `$_``n"); exit 3 }
[IO.File]::WriteAllLines('$errors', [string[]]@(`$found | Where-Object FullyQualifiedErrorId -like 'PolarBatchUnknown,*' | ForEach-Object { "`$(`$_.TargetObject)" }))
exit 0
"@
    $moments = @(1..($Kills + 1) | Select-Object -First $Kills | ForEach-Object { $random.NextDouble() } | Sort-Object | ForEach-Object { [long]($_ * $Rows.Count * $LineLength) })
    $program = Get-PowerShellProgram
    $result = @{ Journal = $journal; Runs = 0; Killed = 0; Named = 0; Problems = @() }
    for ($round = 0; $round -lt $Kills + 12; $round++) {
        $process = Start-Process $program.Program -ArgumentList (@($program.Arguments) + '-NoProfile', '-NonInteractive', '-File', $script) -PassThru
        $null = $process.Handle
        $result.Runs++
        if ($round -lt $Kills) {
            $start = Get-Length $journal
            # At the seeded length, or in the middle of the next requests where an earlier run has come that far already.
            $target = [Math]::Max($moments[$round], $start + $random.Next(0, 3 * $LineLength))
            while (-not $process.HasExited -and (Get-Length $journal) -lt $target) { Start-Sleep -Milliseconds 2 }
            Start-Sleep -Milliseconds $random.Next(0, 8)
            if (-not $process.HasExited) { $process.Kill(); $result.Killed++ }
            $process.WaitForExit()
            continue
        }
        $process.WaitForExit()
        if ($process.ExitCode -ne 0) { $result.Problems += "$Name ended with $($process.ExitCode): $(Get-Content $errors -Raw -ErrorAction SilentlyContinue)"; break }
        $open = @(Get-PolarBatch $journal | Where-Object State -NE 'Done' | ForEach-Object Key)
        $named = @(Get-Content $errors)
        $silent = @($open | Where-Object { $_ -notin $named })
        if ($silent) { $result.Problems += "$Name did not name $($silent.Count) keys: $($silent[0])" }
        $result.Named += $named.Count
        if (-not $open) { break }
    }
    $result
}

$testHost = Start-TestHost '--seed', "$($soak.Seed % 1000000)"
try {
    $headers = @{ Authorization = "Bearer $($testHost.accessToken)"; 'Polar-Version' = Get-ApiVersion }
    # What is disputed cannot be refunded.
    $disputed = @(Get-All '/v1/disputes/' | ForEach-Object order_id)
    $orders = @(Get-All '/v1/orders/' | Where-Object { $_.id -notin $disputed } | Where-Object { $_.status -in 'paid', 'partially_refunded' } | Where-Object { $_.net_amount - $_.refunded_amount -gt 100 })
    if ($orders.Count -eq 0) { throw 'The shop has no order to refund.' }
    $left = @{}
    foreach ($order in $orders) { $left[$order.id] = [int]($order.net_amount - $order.refunded_amount) - 1 }
    $refundsBefore = @(Get-All '/v1/refunds/' | ForEach-Object id)
    $paidBack = @{}
    foreach ($order in $orders) { $paidBack[$order.id] = $order.refunded_amount }

    $open = [Collections.Generic.List[string]]@($left.Keys | Sort-Object)
    $refunds = @(foreach ($number in 1..[Math]::Max(1, [int]($Count / 10))) {
            $id = $open[$random.Next($open.Count)]
            if (--$left[$id] -le 0) { $null = $open.Remove($id) }
            [pscustomobject]@{ id = "r$($soak.Seed)-$number"; order = $id }
        })
    $creates = @(foreach ($number in 1..$Count) { [pscustomobject]@{ id = "p$($soak.Seed)-$number" } })

    Set-HostFault $testHost @(
        @{ path = '/v1/products/'; method = 'POST'; dropAfterRead = $true; probability = $Lost; seed = $random.Next() }
        @{ path = '/v1/refunds/'; method = 'POST'; dropAfterRead = $true; probability = $Lost; seed = $random.Next() }
        @{ path = '/v1/products/'; method = 'POST'; dropBeforeRead = $true; probability = $Lost / 20; seed = $random.Next() }
        @{ path = '/v1/refunds/'; method = 'POST'; dropBeforeRead = $true; probability = $Lost / 20; seed = $random.Next() }
    )
    # What a journal gets for each key, about.
    $made = Invoke-UntilDone 'creates' $creates 'New-PolarProduct $_.id -Price (New-PolarPrice 500 usd)' $Kills 560
    $repaid = Invoke-UntilDone 'refunds' $refunds 'New-PolarRefund $_.order -Amount 1 -Reason other -Metadata @{ row = $_.id } -Confirm:$false' $Kills 560
    Set-HostFault $testHost

    $details = @($made.Problems) + @($repaid.Problems)
    $doubled = $missing = $wrong = 0
    $times = @{}
    foreach ($product in Get-All '/v1/products/') { $times[$product.name] = 1 + [int]$times[$product.name] }
    $states = @{}
    foreach ($key in @(Get-PolarBatch $made.Journal) + @(Get-PolarBatch $repaid.Journal)) { $states[$key.Key] = $key.State }
    foreach ($row in $creates) {
        $n = [int]$times[$row.id]
        if ($n -gt 1) { $doubled++; $details += "$($row.id) is there $n times" }
        elseif ($n -eq 0) { $missing++; $details += "$($row.id) is missing: $($states[$row.id])" }
    }

    $times = @{}
    $amounts = @{}
    foreach ($refund in Get-All '/v1/refunds/' | Where-Object { $_.id -notin $refundsBefore }) {
        $times[$refund.metadata.row] = 1 + [int]$times[$refund.metadata.row]
        $amounts[$refund.order_id] = $refund.amount + [int]$amounts[$refund.order_id]
    }
    foreach ($row in $refunds) {
        $n = [int]$times[$row.id]
        if ($n -gt 1) { $doubled++; $details += "$($row.id) is refunded $n times" }
        elseif ($n -eq 0) { $missing++; $details += "$($row.id) is not refunded: $($states[$row.id])" }
    }
    $wanted = @{}
    foreach ($row in $refunds) { $wanted[$row.order] = 1 + [int]$wanted[$row.order] }
    foreach ($order in Get-All '/v1/orders/') {
        if ($paidBack.ContainsKey($order.id) -and $order.refunded_amount - $paidBack[$order.id] -ne [int]$wanted[$order.id]) {
            $wrong += [Math]::Abs($order.refunded_amount - $paidBack[$order.id] - [int]$wanted[$order.id])
            $details += "The order $($order.id) has $($order.refunded_amount - $paidBack[$order.id]) refunded, wanted $([int]$wanted[$order.id])"
        }
    }
    $undone = @($states.Values | Where-Object { $_ -ne 'Done' }).Count
    Complete-Soak $soak -Detail $details -Bad ([ordered]@{ doubled = $doubled; lost = $missing; 'cents wrong' = $wrong; 'not done' = $undone; problems = @($made.Problems).Count + @($repaid.Problems).Count }) -Figures ([ordered]@{
            creates = $creates.Count; refunds = $refunds.Count; kills = $made.Killed + $repaid.Killed; runs = $made.Runs + $repaid.Runs; 'named unknown' = $made.Named + $repaid.Named
        })
}
finally {
    Stop-TestHost $testHost
    Remove-Item $folder -Recurse -Force -ErrorAction SilentlyContinue
}
