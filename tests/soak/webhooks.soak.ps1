#Requires -Version 5.1
# Five thousand deliveries while everything goes wrong: receivers are killed at any moment, handlers fail at random, the endpoint is
# disabled by its failures and by hand, and enabled and repaired. Afterwards every event that Polar can still give was handled
# exactly once; or it is named: by the receiver that found it begun, or by Repair-PolarWebhook as one that no list has.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Seed,
    [int] $Count
)

Import-Module "$PSScriptRoot/PolarPS.Soak.psm1" -Force
if ($Count -eq 0) { $Count = 5000 }
$soak = Start-Soak -Name 'webhooks' -ModulePath $ModulePath -Seed $Seed -Count $Count
$random = $soak.Random
$folder = Join-Path ([IO.Path]::GetTempPath()) "soak-webhooks-$($soak.Seed)"
$null = New-Item -ItemType Directory $folder -Force
$state = Join-Path $folder 'seen.state'
$handled = Join-Path $folder 'handled.log'
$named = Join-Path $folder 'named.log'
$probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
$probe.Start()
$port = $probe.LocalEndpoint.Port
$probe.Stop()

# A process of its own, because it is killed. What is handled is on the disk before the handler returns: a line is an effect.
$receiverScript = Join-Path $folder 'receiver.ps1'
@'
param($module, $port, $state, $handled, $named, $seed)
$ProgressPreference = 'SilentlyContinue'
Import-Module $module
$secret = ConvertTo-SecureString $env:SOAK_SECRET -AsPlainText -Force
$random = [Random]::new($seed)
$log = [IO.FileStream]::new($handled, 'Append', 'Write', 'ReadWrite')
$options = @{ Port = $port; Secret = $secret; StatePath = $state; ToleranceSeconds = 100000000; ResponseTimeout = 0.5 }
Receive-PolarWebhook @options -WarningVariable +told -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -Process {
    # The warning about what was begun comes before the first event.
    if ($told) { [IO.File]::AppendAllText($named, "$told`n"); $told.Clear() }
    $dice = $random.NextDouble()
    if ($dice -lt 0.10) { throw 'before the effect' }
    if ($dice -lt 0.13) { Write-Error 'before the effect'; return }
    if ($dice -lt 0.131) { Start-Sleep -Milliseconds 700 }
    $bytes = [Text.Encoding]::ASCII.GetBytes("$($_.Id) $($_.Data.Id)`n")
    $log.Write($bytes, 0, $bytes.Length)
    $log.Flush($true)
}
'@ | Set-Content $receiverScript -Encoding utf8

# From NuGet, PowerShell is a library that dotnet runs.
$shell = Get-PowerShellProgram
$leading = ($shell.Arguments | ForEach-Object { "`"$_`" " }) -join ''
function Start-SoakReceiver {
    $start = [Diagnostics.ProcessStartInfo]::new($shell.Program, "$leading-NoProfile -NonInteractive -File `"$receiverScript`" `"$($soak.Module)`" $port `"$state`" `"$handled`" `"$named`" $($random.Next())")
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    $process.BeginOutputReadLine()
    $process.BeginErrorReadLine()
    $deadline = [DateTime]::UtcNow.AddSeconds(60)
    while ([DateTime]::UtcNow -lt $deadline -and -not $process.HasExited) {
        $client = [Net.Sockets.TcpClient]::new()
        try { $client.Connect('127.0.0.1', $port); return $process } catch { Start-Sleep -Milliseconds 50 } finally { $client.Dispose() }
    }
    throw 'The receiver does not start.'
}

$emulator = Start-PolarEmulator -Name soak
$receiver = $null
try {
    $endpoint = New-PolarWebhookEndpoint "http://localhost:$port/" -EventType product.created -Name Soak
    $env:SOAK_SECRET = [Net.NetworkCredential]::new('', $endpoint.Secret).Password
    $kills = $disabled = $repaired = $switched = 0
    $created = [Collections.Generic.List[string]]::new()
    $price = New-PolarPrice 500 -Currency usd
    $told = [Collections.Generic.List[string]]::new()
    $receiver = Start-SoakReceiver
    $batch = [Math]::Max(10, [int]($Count / 50))
    while ($created.Count -lt $Count) {
        $size = [Math]::Min($batch, $Count - $created.Count)
        $killAt = if ($random.Next(2) -eq 0) { $random.Next($size) } else { -1 }
        # By hand, at times: what happens meanwhile is in no list, and has to be told as lost.
        $off = $random.Next(8) -eq 0
        if ($off) { $switched++; $null = Set-PolarWebhookEndpoint $endpoint -Enabled:$false }
        foreach ($i in 0..($size - 1)) {
            $product = New-PolarProduct "Soak $($created.Count)" -Price $price
            $created.Add($product.Id)
            if ($i -eq $killAt) { $receiver.Kill(); $receiver.WaitForExit(); $kills++ }
        }
        if ($off) { $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false; $null = Repair-PolarWebhook $endpoint -Force -WarningVariable warnings -WarningAction SilentlyContinue; $told.AddRange([string[]]@($warnings | ForEach-Object { "$_" })) }
        # Retries are due while nobody is there; after ten events in a row the endpoint is off.
        if ($killAt -ge 0) {
            foreach ($round in 1..$random.Next(1, 13)) {
                $emulator | Set-PolarEmulator -Advance 00:20:00 -Confirm:$false
                $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
            }
            $receiver = Start-SoakReceiver
        }
        $emulator | Set-PolarEmulator -Advance 00:05:00 -Confirm:$false
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        if (-not (Get-PolarWebhookEndpoint $endpoint).Enabled) {
            $disabled++
            $null = Repair-PolarWebhook $endpoint -Force -WarningVariable warnings -WarningAction SilentlyContinue
            $told.AddRange([string[]]@($warnings | ForEach-Object { "$_" }))
            $repaired++
        }
    }

    # To the end: what still fails is tried again, and what is given up is repaired.
    foreach ($round in 1..60) {
        $emulator | Set-PolarEmulator -Advance 00:20:00 -Confirm:$false
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        $left = @(Repair-PolarWebhook $endpoint -Force -WarningVariable warnings -WarningAction SilentlyContinue)
        $told.AddRange([string[]]@($warnings | ForEach-Object { "$_" }))
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        if ($left.Count -eq 0) { break }
    }
    $left = @(Repair-PolarWebhook $endpoint -Force -WarningAction SilentlyContinue).Count
    $receiver.Kill()
    $receiver.WaitForExit()

    $effects = @{}
    $ids = @{}
    foreach ($line in [IO.File]::ReadAllLines($handled)) {
        $event, $id = $line -split ' '
        $effects[$id] = 1 + [int]$effects[$id]
        $ids[$id] = $event
    }
    $named = if (Test-Path $named) { [IO.File]::ReadAllText($named) } else { '' }
    # Every event that has a delivery is one that Polar can still give.
    $given = @{}
    foreach ($delivery in Get-PolarWebhookDelivery -EndpointId $endpoint) { $given[([PolarPS.Client.WebhookEvent]::Parse($delivery.WebhookEvent.Payload)).Data.Id] = $delivery.WebhookEventId }
    $lost = @($given.Keys | Where-Object { -not $effects[$_] })
    $doubled = @($effects.Keys | Where-Object { $effects[$_] -gt 1 })
    $unnamed = @($doubled | Where-Object { -not $named.Contains($ids[$_]) })
    $never = @($created | Where-Object { -not $given[$_] })
    $untold = if ($never.Count -gt 0 -and -not ($told -like '*cannot be brought back*')) { $never.Count } else { 0 }
    Complete-Soak $soak -Detail @(
        $lost | Select-Object -First 5 | ForEach-Object { "not handled: $_ ($($given[$_]))" }
        $unnamed | Select-Object -First 5 | ForEach-Object { "handled $($effects[$_]) times, and not named: $_ ($($ids[$_]))" }
    ) -Bad ([ordered]@{ lost = $lost.Count; 'doubled and not named' = $unnamed.Count; 'left to repair' = $left; 'never listed and not told' = $untold }) -Figures ([ordered]@{
            events = $created.Count; 'handled' = $effects.Count; 'named and handled again' = $doubled.Count; 'never listed (made while the endpoint was off)' = $never.Count
            kills = $kills; 'times disabled by failures' = $disabled; 'times switched off' = $switched
        })
}
finally {
    if ($receiver -and -not $receiver.HasExited) { $receiver.Kill() }
    Remove-Item Env:SOAK_SECRET -ErrorAction Ignore
    $emulator | Stop-PolarEmulator
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}
