#Requires -Version 5.1
# Two hundred runspaces at once over one connection, against a shop that allows so many requests a minute. Each creates something
# and reads. Nobody fails, nothing is created twice, and nothing is sent while the server has asked to wait.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Seed,
    # How many runspaces.
    [int] $Count,
    # How many requests a minute the shop allows; 0 for two thirds of what is asked.
    [int] $Limit
)

Import-Module "$PSScriptRoot/PolarPS.Soak.psm1" -Force
if ($Count -eq 0) { $Count = 200 }
if ($Limit -eq 0) { $Limit = [Math]::Max(10, 2 * $Count) }
$soak = Start-Soak -Name 'runspaces' -ModulePath $ModulePath -Seed $Seed -Count $Count

$testHost = Start-TestHost '--seed', "$($soak.Seed % 1000000)", '--rate-limit', "$Limit", '--latency', '20'
try {
    $connection = Connect-TestHost $testHost -With @{ TotalTimeoutSeconds = 600; PassThru = $true }
    Clear-HostRequest $testHost
    $reports = @(Invoke-SoakWorker $soak -Workers $Count -ArgumentList $connection, $soak.Seed -Script @'
        param($worker, $connection, $seed)
        $ProgressPreference = 'SilentlyContinue'
        $watch = [Diagnostics.Stopwatch]::StartNew()
        foreach ($call in 'New-PolarDiscount', 'Get-PolarProduct', 'Get-PolarCustomer') {
            $found = $null
            $common = @{ Connection = $connection; ErrorAction = 'SilentlyContinue'; ErrorVariable = 'found' }
            $watch.Restart()
            try {
                $null = switch ($call) {
                    'New-PolarDiscount' { New-PolarDiscount "r$seed-$worker" -Percent 5 -Duration once @common }
                    'Get-PolarProduct' { Get-PolarProduct -First 5 @common }
                    'Get-PolarCustomer' { Get-PolarCustomer -First 5 @common }
                }
            }
            catch { $found = @($_) }
            [pscustomobject]@{ Worker = $worker; Call = $call; Seconds = $watch.Elapsed.TotalSeconds; Error = if ($found) { "$(@($found)[0].FullyQualifiedErrorId): $(@($found)[0])" } }
        }
'@)

    # What the server saw, in windows of a minute from their first request on. Once it has refused one, whatever else comes within
    # the window was sent against its wish, but for those that were on their way: as many as there are connections.
    $places = 32
    $log = @(Get-HostRequest $testHost | Where-Object path -Like '/v1/*' | ForEach-Object { [pscustomobject]@{ At = ([datetimeoffset]$_.time).UtcTicks / 1e7; Status = $_.status } } | Sort-Object At)
    $during = $refused = $windows = 0
    for ($i = 0; $i -lt $log.Count; $i++) {
        if ($windows -eq 0 -or $log[$i].At - $start -ge 60) { $windows++; $start = $log[$i].At; $first = $null; $late = 0 }
        if ($log[$i].Status -eq 429) { $refused++; if ($null -eq $first) { $first = $log[$i].At } }
        # A second for the answer to arrive.
        if ($null -ne $first -and $log[$i].At -gt $first + 1) { $late++; if ($late -gt $places) { $during++ } }
    }

    $names = @{}
    Disconnect-Polar -All
    # The limit counts by token; another has its own.
    $headers = @{ Authorization = "Bearer $($testHost.readOnlyToken)"; 'Polar-Version' = Get-ApiVersion }
    for ($page = 1; ; $page++) {
        $answer = Invoke-RestMethod "$($testHost.url)/v1/discounts/?limit=100&page=$page" -Headers $headers
        foreach ($row in $answer.items) { $names[$row.name] = 1 + [int]$names[$row.name] }
        if ($page -ge $answer.pagination.max_page) { break }
    }
    $marks = 0..($Count - 1) | ForEach-Object { "r$($soak.Seed)-$_" }
    $failed = @($reports | Where-Object Error)
    $slowest = ($reports | Measure-Object Seconds -Maximum).Maximum
    Complete-Soak $soak -Detail @($failed | ForEach-Object { "worker $($_.Worker), $($_.Call), after $([int]$_.Seconds) s: $($_.Error)" }) -Bad ([ordered]@{
            failed                = $failed.Count
            lost                  = @($marks | Where-Object { -not $names[$_] }).Count
            doubled               = @($marks | Where-Object { $names[$_] -gt 1 }).Count
            'sent during a wait' = $during
        }) -Figures ([ordered]@{
            runspaces = $Count; calls = $reports.Count; "allowed a minute" = $Limit; 'sent back with 429' = $refused; 's for the slowest call' = [int]$slowest
        })
}
finally {
    Stop-TestHost $testHost
}
