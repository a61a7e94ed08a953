#Requires -Version 5.1
# A thousand commands that are stopped at any moment, as by Ctrl+C, over one connection and a network with faults. Each ends at
# once and without an error; none goes on behind the scenes; no write happens twice; and the connection works as before.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Seed,
    [int] $Count
)

Import-Module "$PSScriptRoot/PolarPS.Soak.psm1" -Force
if ($Count -eq 0) { $Count = 1000 }
$soak = Start-Soak -Name 'cancellations' -ModulePath $ModulePath -Seed $Seed -Count $Count
$random = $soak.Random
$workers = 8
Add-Type -Path "$PSScriptRoot/../support/ScreenHost.cs" -IgnoreWarnings -WarningAction SilentlyContinue

# What is stopped; {0} is the mark of a write.
$commands = @(
    'Get-PolarProduct'
    'Get-PolarProduct | ForEach-Object { $_.Name }'
    'Get-PolarCustomer -First 250'
    'Get-PolarProduct -Verbose -Debug 4>$null 5>$null'
    'Invoke-PolarRequest /v1/products/ -Paginate'
    'Export-PolarOrder -Path (Join-Path ([IO.Path]::GetTempPath()) "{0}.csv")'
    'New-PolarDiscount "{0}" -Percent 5 -Duration once'
    'New-PolarProduct "{0}" -Price (New-PolarPrice 500)'
    'Invoke-PolarRequest /v1/discounts/ -Method POST -Body @{{ name = "{0}"; type = "percentage"; duration = "once"; basis_points = 500 }} -Confirm:$false'
    'Get-PolarProduct -First 1 | Set-PolarProduct -Metadata @{{ mark = "{0}" }}'
    'Test-PolarConnection'
)
$faults = @(
    @{ delayMilliseconds = 30; probability = 0.5 }
    @{ delayMilliseconds = 5000; probability = 0.1 }
    @{ status = 429; retryAfter = '1'; probability = 0.01 }
    @{ status = 502; probability = 0.05 }
    @{ status = 502; perform = $true; probability = 0.03 }
    @{ dropAfterRead = $true; probability = 0.03 }
    @{ truncateBody = $true; probability = 0.03 }
)
for ($i = 0; $i -lt $faults.Count; $i++) { $faults[$i].seed = $random.Next(); $faults[$i].path = '/v1/' }

$testHost = Start-TestHost '--seed', "$($soak.Seed % 1000000)", '--products', '2000'
try {
    $headers = @{ Authorization = "Bearer $($testHost.accessToken)"; 'Polar-Version' = Get-ApiVersion }
    $connection = Connect-TestHost $testHost -With @{ PassThru = $true }
    $null = Get-PolarProduct -First 1
    Set-HostFault $testHost $faults
    $jobs = @(foreach ($number in 1..$Count) {
            $mark = "c$($soak.Seed)-$number"
            [pscustomobject]@{ Mark = $mark; Script = $commands[$random.Next($commands.Count)].Replace('{0}', $mark).Replace('{{', '{').Replace('}}', '}'); After = $random.Next(0, 400) }
        })

    $reports = @(Invoke-SoakWorker $soak -Workers $workers -ArgumentList $workers, $jobs, $connection, $soak.Module -Script @'
        param($worker, $workers, $jobs, $connection, $module)
        $ProgressPreference = 'SilentlyContinue'
        $screen = [PolarPS.TestSupport.ScreenHost]::new()
        $space = [runspacefactory]::CreateRunspace($screen)
        $space.Open()
        $shell = [powershell]::Create()
        $shell.Runspace = $space
        $null = $shell.AddScript('param($module, $connection) Import-Module $module; $ProgressPreference = "SilentlyContinue"; $PSDefaultParameterValues["*-Polar*:Connection"] = $connection').AddArgument($module).AddArgument($connection).Invoke()
        $shell.Dispose()
        $watch = [Diagnostics.Stopwatch]::StartNew()
        for ($index = $worker; $index -lt $jobs.Count; $index += $workers) {
            $job = $jobs[$index]
            $shell = [powershell]::Create()
            $shell.Runspace = $space
            $null = $screen.TakeWarnings()
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $running = $shell.AddScript($job.Script).BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]$null, $output)
            Start-Sleep -Milliseconds $job.After
            $wasDone = $running.IsCompleted
            $watch.Restart()
            $stopping = $shell.BeginStop($null, $null)
            $ended = $stopping.AsyncWaitHandle.WaitOne(30000)
            # It may have come to its end before the stop reached it: then its output is there.
            $wasDone = $wasDone -or $shell.InvocationStateInfo.State -eq 'Completed'
            $causes = @(foreach ($record in $shell.Streams.Error) {
                    for ($cause = $record.Exception; $cause; $cause = $cause.InnerException) {
                        $cause.GetType().Name
                        if ($cause -is [System.Net.Sockets.SocketException]) { "$($cause.SocketErrorCode)" }
                    }
                })
            [pscustomobject]@{
                Mark    = $job.Mark
                Script  = $job.Script
                Stopped = -not $wasDone
                Ended   = $ended
                Seconds = $watch.Elapsed.TotalSeconds
                # What befell it before the stop, such as a fault, is rightly reported; that it was stopped is no error.
                Error   = if ($wasDone -or $causes.Count -eq 0 -or -not ($causes -match 'Canceled|Disposed|OperationAborted|Stopped')) { $null } else { "$(@($shell.Streams.Error)[0])" }
                Told    = @($screen.TakeWarnings()).Count + $output.Count + $shell.Streams.Error.Count
                Outcome = if (-not $wasDone) { 'stopped' } elseif ($shell.Streams.Error.Count -eq 0) { 'done' } else { "$(@($shell.Streams.Error)[0].FullyQualifiedErrorId)" }
            }
            $shell.Dispose()
        }
        $space.Dispose()
'@)
    Set-HostFault $testHost

    # Nothing continues: a stopped pipeline sends nothing more.
    Start-Sleep -Seconds 2
    Clear-HostRequest $testHost
    Start-Sleep -Seconds 3
    $late = @(Get-HostRequest $testHost | Where-Object path -Like '/v1/*').Count

    # The connection is whole, with all its places: many requests at once are quick.
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $lists = @(Invoke-SoakWorker $soak -Workers 40 -ArgumentList $connection -Script 'param($worker, $connection) @(Get-PolarProduct -Connection $connection -First 150 -ErrorAction Stop).Count')
    $dead = 40 - @($lists | Where-Object { $_ -eq 150 }).Count

    $effects = @{}
    foreach ($path in '/v1/discounts/', '/v1/products/') {
        for ($page = 1; ; $page++) {
            $answer = Invoke-RestMethod "$($testHost.url)${path}?limit=100&page=$page" -Headers $headers
            foreach ($row in $answer.items) { if ($row.name -like "c$($soak.Seed)-*") { $effects[$row.name] = 1 + [int]$effects[$row.name] } }
            if ($page -ge $answer.pagination.max_page) { break }
        }
    }

    $creating = { param($report) $report.Script -match '^(New-|Invoke-PolarRequest /v1/discounts/)' }
    $slow = @($reports | Where-Object { -not $_.Ended -or $_.Seconds -gt 2 })
    $noisy = @($reports | Where-Object { $_.Error })
    $doubled = @($effects.Keys | Where-Object { $effects[$_] -gt 1 })
    $lost = @($reports | Where-Object { (& $creating $_) -and $_.Outcome -eq 'done' -and -not $effects[$_.Mark] })
    # What happened though it was stopped has to have been told.
    $untold = @($reports | Where-Object { (& $creating $_) -and $_.Stopped -and $effects[$_.Mark] -and $_.Told -eq 0 })
    Get-ChildItem ([IO.Path]::GetTempPath()) -Filter "c$($soak.Seed)-*" -ErrorAction Ignore | Remove-Item -Force
    Complete-Soak $soak -Detail @(
        $slow | ForEach-Object { "slow ($($_.Seconds) s): $($_.Script)" }
        $noisy | ForEach-Object { "error: $($_.Script): $($_.Error)" }
        $untold | ForEach-Object { "carried out, and not told of: $($_.Script)" }
    ) -Bad ([ordered]@{
            'slower than 2 s' = $slow.Count; 'with an error' = $noisy.Count; doubled = $doubled.Count; lost = $lost.Count
            'carried out untold' = $untold.Count; 'requests afterwards' = $late; 'lists failed afterwards' = $dead
        }) -Figures ([ordered]@{
            cancellations = $Count; 'in the middle' = @($reports | Where-Object Stopped).Count; 'of writes told' = @($reports | Where-Object { (& $creating $_) -and $_.Stopped -and $_.Told }).Count
            'ms for the slowest' = [int](1000 * ($reports | Measure-Object Seconds -Maximum).Maximum)
        })
}
finally {
    Stop-TestHost $testHost
}
