#Requires -Version 5.1
# Ten thousand writes against a shop whose network fails in every way, from several runspaces. Each write has a mark of its own, and
# at the end the shop is asked how often each was carried out: once where success was reported, never where a refusal was, at most
# once where the outcome was said to be unknown.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Seed,
    [int] $Count,
    [int] $Workers = 16
)

Import-Module "$PSScriptRoot/PolarPS.Soak.psm1" -Force
if ($Count -eq 0) { $Count = 10000 }
$soak = Start-Soak -Name 'writes' -ModulePath $ModulePath -Seed $Seed -Count $Count
$random = $soak.Random

function Get-All {
    # All rows of a list, past the module: what is checked must not be the judge.
    param([string] $Path)
    for ($page = 1; ; $page++) {
        $answer = Invoke-RestMethod "$($testHost.url)$Path$(if ($Path.Contains('?')) { '&' } else { '?' })limit=100&page=$page" -Headers $headers
        $answer.items
        if ($page -ge $answer.pagination.max_page) { break }
    }
}

# What may befall a request, and how likely. Those that carry the request out and say something else are the dangerous ones.
$html = '<html><body>Sign in to this network</body></html>'
$faults = @(
    @{ dropBeforeRead = $true; probability = 0.01 }
    @{ dropAfterRead = $true; probability = 0.015 }
    @{ truncateBody = $true; probability = 0.005 }
    @{ malformedJson = $true; probability = 0.005 }
    @{ delayMilliseconds = 1500; probability = 0.002 }
    foreach ($status in 408, 500, 502, 503, 504, 520, 524) {
        @{ status = $status; perform = $true; probability = 0.003 }
        @{ status = $status; probability = 0.003 }
    }
    @{ status = 503; retryAfter = '0'; probability = 0.004 }
    @{ status = 503; retryAfter = '0'; perform = $true; probability = 0.004 }
    @{ status = 429; retryAfter = '0'; probability = 0.01 }
    @{ status = 429; retryAfter = '0.2'; probability = 0.004 }
    @{ status = 429; retryAfter = '1'; probability = 0.0005 }
    @{ status = 429; probability = 0.002 }
    @{ status = 409; body = '{"error":"Conflict","detail":"Busy."}'; probability = 0.002 }
    @{ status = 403; body = $html; contentType = 'text/html'; probability = 0.002 }
    @{ status = 200; body = $html; contentType = 'text/html'; probability = 0.003 }
    @{ status = 200; body = $html; contentType = 'text/html'; perform = $true; probability = 0.003 }
    # An empty success is what Polar itself answers to a deletion, so one that is not Polar's cannot be told apart there; it can
    # where a document is due.
    foreach ($path in '/v1/refunds/', '/v1/products/', '/v1/customers/', '/v1/subscriptions/') { @{ path = $path; status = 204; probability = 0.002 } }
    @{ status = 302; redirectTo = 'https://elsewhere.example/'; probability = 0.001 }
)
for ($i = 0; $i -lt $faults.Count; $i++) { $faults[$i].seed = $random.Next(); if (-not $faults[$i].path) { $faults[$i].path = '/v1/' } }

$testHost = Start-TestHost '--seed', "$($soak.Seed % 1000000)"
try {
    $headers = @{ Authorization = "Bearer $($testHost.accessToken)"; 'Polar-Version' = Get-ApiVersion }
    $connection = Connect-TestHost $testHost -With @{ AttemptTimeoutSeconds = 1; TotalTimeoutSeconds = 60; PassThru = $true }

    # What there is to refund, a cent at a time, and what to change or delete.
    $orders = @(Get-All '/v1/orders/' | Where-Object { $_.status -in 'paid', 'partially_refunded' } | Where-Object { $_.net_amount - $_.refunded_amount -gt 100 })
    $left = @{}
    foreach ($order in $orders) { $left[$order.id] = [int]($order.net_amount - $order.refunded_amount) - 1 }
    $open = [Collections.Generic.List[string]]@($left.Keys | Sort-Object)
    if ($open.Count -eq 0) { throw 'The shop has no order to refund.' }
    $subscriptions = @(Get-All '/v1/subscriptions/?active=true' | Where-Object { -not $_.cancel_at_period_end })
    if ($subscriptions.Count -eq 0) { throw 'The shop has no subscription to discount.' }

    $client = [Net.Http.HttpClient]::new()
    $client.DefaultRequestHeaders.Add('Authorization', $headers.Authorization)
    $client.DefaultRequestHeaders.Add('Polar-Version', (Get-ApiVersion))
    function New-Row {
        param([string] $Path, [string] $Json)
        $content = [Net.Http.StringContent]::new($Json, [Text.Encoding]::UTF8, 'application/json')
        $answer = $client.PostAsync("$($testHost.url)$Path", $content).GetAwaiter().GetResult()
        $text = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        if (-not $answer.IsSuccessStatusCode) { throw "$Path was refused: $text" }
        if ($text -notmatch '"id":\s*"([0-9a-f-]{36})"') { throw "$Path gave no id." }
        $Matches[1]
    }

    $jobs = @(foreach ($number in 1..$Count) {
            $mark = "m$($soak.Seed)-$number"
            $roll = $random.NextDouble()
            $kind, $target = if ($roll -lt 0.4 -and $open.Count -gt 0) {
                $id = $open[$random.Next($open.Count)]
                if (--$left[$id] -le 0) { $null = $open.Remove($id) }
                'refund', $id
            }
            elseif ($roll -lt 0.6) { 'discount', $null }
            elseif ($roll -lt 0.7) { 'raw', $null }
            elseif ($roll -lt 0.8) { 'product', $null }
            elseif ($roll -lt 0.87) { 'customer', (New-Row '/v1/customers/' "{""email"":""$mark@example.com""}") }
            elseif ($roll -lt 0.94) {
                # A discount of its own for each: the shop counts how often it was applied, and refuses it a second time.
                $own = New-Row '/v1/discounts/' "{""name"":""$mark"",""type"":""percentage"",""duration"":""forever"",""basis_points"":100}"
                'subscription', @($subscriptions[$random.Next($subscriptions.Count)].id, $own)
            }
            else { 'deletion', (New-Row '/v1/discounts/' "{""name"":""$mark"",""type"":""percentage"",""duration"":""once"",""basis_points"":500}") }
            [pscustomobject]@{ Mark = $mark; Kind = $kind; Target = $target }
        })

    Set-HostFault $testHost $faults
    $reports = @(Invoke-SoakWorker $soak -Workers $Workers -ArgumentList $Workers, $jobs, $connection -Script @'
        param($worker, $workers, $jobs, $connection)
        $ProgressPreference = 'SilentlyContinue'
        for ($index = $worker; $index -lt $jobs.Count; $index += $workers) {
            $job = $jobs[$index]
            $common = @{ Connection = $connection; Confirm = $false; ErrorAction = 'SilentlyContinue'; ErrorVariable = 'found' }
            $found = $null
            try {
                $null = switch ($job.Kind) {
                    'refund' { New-PolarRefund $job.Target -Amount 1 -Reason other -Metadata @{ mark = $job.Mark } @common }
                    'discount' { New-PolarDiscount $job.Mark -Percent 5 -Duration once @common }
                    'raw' { Invoke-PolarRequest /v1/discounts/ -Method POST -Body @{ name = $job.Mark; type = 'percentage'; duration = 'once'; basis_points = 500 } @common }
                    'product' { New-PolarProduct $job.Mark -Price 500 @common }
                    'customer' { Set-PolarCustomer $job.Target -Name $job.Mark @common }
                    'subscription' { Set-PolarSubscription $job.Target[0] -Discount $job.Target[1] @common }
                    'deletion' { Remove-PolarDiscount $job.Target @common }
                }
            }
            catch { $found = @($_) }
            $record = @($found)[0]
            $failure = if ($record) { $record.Exception }
            [pscustomobject]@{
                Mark    = $job.Mark
                Outcome = if (-not $record) { 'done' } elseif ($failure.PSObject.Properties['OutcomeUnknown'] -and $failure.OutcomeUnknown) { 'unknown' } else { 'refused' }
                Message = "$(if ($record) { $record.FullyQualifiedErrorId }) $failure"
            }
        }
'@)
    Set-HostFault $testHost

    # How often each was carried out.
    $effects = @{}
    function Add-Effect { param($Mark) if ($Mark) { $effects[$Mark] = 1 + [int]$effects[$Mark] } }
    foreach ($refund in Get-All '/v1/refunds/') { if ($refund.metadata.PSObject.Properties['mark']) { Add-Effect $refund.metadata.mark } }
    $present = [Collections.Generic.HashSet[string]]::new()
    $kinds = @{}
    foreach ($job in $jobs) { $kinds[$job.Mark] = $job.Kind }
    foreach ($discount in Get-All '/v1/discounts/') {
        if ($kinds[$discount.name] -eq 'deletion') { $null = $present.Add($discount.id) }
        elseif ($kinds[$discount.name] -eq 'subscription') { for ($i = 0; $i -lt $discount.redemptions_count; $i++) { Add-Effect $discount.name } }
        else { Add-Effect $discount.name }
    }
    foreach ($product in Get-All '/v1/products/') { Add-Effect $product.name }
    foreach ($customer in Get-All '/v1/customers/') { if ($kinds["$($customer.name)"] -eq 'customer') { Add-Effect $customer.name } }
    foreach ($job in $jobs) { if ($job.Kind -eq 'deletion' -and -not $present.Contains($job.Target)) { Add-Effect $job.Mark } }

    $outcomes = @{ done = 0; refused = 0; unknown = 0 }
    $doubled = $lost = $wrong = 0
    $details = @(foreach ($report in $reports) {
            $outcomes[$report.Outcome]++
            $happened = [int]$effects[$report.Mark]
            $fault = if ($happened -gt 1) { $doubled++; 'doubled' }
            elseif ($report.Outcome -eq 'done' -and $happened -eq 0) { $lost++; 'lost' }
            elseif ($report.Outcome -eq 'refused' -and $happened -eq 1) { $wrong++; 'reported wrongly' }
            if ($fault) { "$fault ($happened): $($kinds[$report.Mark]) $($report.Mark) reported as $($report.Outcome): $($report.Message)" }
        })
    $lost += $Count - $reports.Count
    $performed = ($effects.GetEnumerator() | Where-Object { $kinds.ContainsKey($_.Key) } | Measure-Object -Property Value -Sum).Sum
    Complete-Soak $soak -Detail $details -Bad ([ordered]@{ doubled = $doubled; lost = $lost; 'reported wrongly' = $wrong }) -Figures ([ordered]@{
            writes = $Count; effects = [int]$performed; 'reported done' = $outcomes.done; refused = $outcomes.refused; unknown = $outcomes.unknown
        })
}
finally {
    Stop-TestHost $testHost
}
