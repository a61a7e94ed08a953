#Requires -Version 5.1
# Hostile texts through cmdlets, views and completion, and hostile answers from a server that means no good: what is shown never has
# a raw control character, what is completed is one constant, data arrives as it was, and every failure is an error of the module.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Seed,
    # Half of them texts, half answers.
    [int] $Count
)

Import-Module "$PSScriptRoot/PolarPS.Soak.psm1" -Force
if ($Count -eq 0) { $Count = 5000 }
$soak = Start-Soak -Name 'text' -ModulePath $ModulePath -Seed $Seed -Count $Count
$random = $soak.Random
$ErrorActionPreference = 'Continue'
Add-Type -Path "$PSScriptRoot/../support/HostileServer.cs" -IgnoreWarnings -WarningAction SilentlyContinue
Add-Type -Path "$PSScriptRoot/../support/CompletionFuzz.cs" -IgnoreWarnings -WarningAction SilentlyContinue
if (Test-Path Variable:PSStyle) { $PSStyle.OutputRendering = 'Host' }

# A half of a character may be left where PowerShell cuts a column.
$raw = [regex]::new('[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uDB40]')
$pieces = @("`e[31m".Replace('`e', [string][char]27), "$([char]27)]0;title$([char]7)", "$([char]0x9B)2J", "`r`n", "`n", "`r", "`t", "$([char]8)", "$([char]0)", "$([char]0x7F)", "$([char]0x85)",
    "$([char]0x202E)", "$([char]0x2066)", "$([char]0x2069)", "$([char]0x200B)", "$([char]0x200F)", "$([char]0xFEFF)", "$([char]0x2028)", "$([char]0x2029)", [char]::ConvertFromUtf32(0xE0041),
    "$([char]0x2019); Write-Host PWNED; $([char]0x2018)", "'", '"', "$([char]0x201C)", '$(Write-Host PWNED)', '`', ';', '|', '&', '{', '}', '--%', '#', '<', '>', '@', 'Ada', 'Grace', 'plain', ' ', '0',
    [char]::ConvertFromUtf32(0x1F469) + [char]0x200D + [char]::ConvertFromUtf32(0x1F4BB), "$([char]0x0645)$([char]0x06CC)$([char]0x200C)$([char]0x062E)", "$([char]0x05E9)$([char]0x05DC)", "$([char]0x65E5)$([char]0x672C)")

function New-Text {
    param([int] $Most = 8)
    -join $(for ($i = $random.Next(1, $Most); $i -gt 0; $i--) { $pieces[$random.Next($pieces.Count)] })
}

$figures = [ordered]@{ texts = 0; completions = 0; answers = 0; errors = 0 }
$bad = [ordered]@{ 'raw characters' = 0; 'changed data' = 0; 'run as code' = 0; 'framework exceptions' = 0 }
$details = [Collections.Generic.List[string]]::new()

function Add-Bad {
    param([string] $Kind, [string] $Text)
    $bad[$Kind]++
    $details.Add("${Kind}: " + ($Text -replace '[^\x20-\x7E]', '?').Substring(0, [Math]::Min(300, $Text.Length)))
}

function Test-Screen {
    # Everything that a script block shows, in all streams; its errors have to be the module's.
    param([string] $What, [scriptblock] $Script)
    $output = @(try { & $Script *>&1 } catch { $_ })
    foreach ($record in $output | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) {
        $figures.errors++
        if ($record.FullyQualifiedErrorId -notmatch '^Polar|^ParameterArgument(Transformation|Validation)Error') { Add-Bad 'framework exceptions' "$What $($record.FullyQualifiedErrorId) $($record.Exception.GetType().FullName): $($record.Exception.Message)" }
        foreach ($text in $record.ToString(), $record.ErrorDetails.RecommendedAction, $record.CategoryInfo.ToString()) {
            if ($raw.IsMatch("$text")) { Add-Bad 'raw characters' "$What error: $text" }
        }
    }
    foreach ($object in $output | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] }) {
        foreach ($text in ($object | Out-String -Width 300), $(if ($object -isnot [string] -and "$($object.GetType())" -like 'PolarPS.*') { $object | Format-List | Out-String -Width 300 })) {
            if ($raw.IsMatch("$text")) { Add-Bad 'raw characters' "$What output of $($object.GetType().Name): $text" }
        }
    }
}

# Texts: what a buyer or a seller may call things, in a shop inside the process.
Connect-Polar -Environment Emulator -Name texts
$customer = New-PolarCustomer soak@example.com -Name start
$discount = New-PolarDiscount -Name start -Percent 5 -Duration once
$env:POLARPS_LIVE_COMPLETION = '0'
for ($number = 0; $number -lt $Count / 2; $number++) {
    $text = New-Text
    $figures.texts++
    $made = $null
    try { $made = Set-PolarCustomer $customer.Id -Name $text -Metadata @{ note = $text } -ErrorAction Stop } catch { Test-Screen 'customer' { throw $_ } }
    if ($made) {
        if ($made.Name -cne $text -or $made.Metadata['note'] -cne $text) { Add-Bad 'changed data' $text }
        Test-Screen 'customer' { $made; Get-PolarCustomer -Query $text -First 1 -Verbose; Set-PolarDiscount $discount.Id -Name $text -ErrorAction Continue; Get-PolarProduct "$text" }
    }
    if ($number % 10 -eq 0) {
        # Only ids that are seen are offered: another customer for each.
        $other = New-PolarCustomer "soak$number@example.com" -Name $text -ExternalId $text -ErrorAction SilentlyContinue
        $figures.completions++
        foreach ($typed in '', "'", '"', [string][char]0x201C) {
            $line = "Get-PolarCustomer -ExternalId $typed"
            $result = [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
            foreach ($match in $result.CompletionMatches) {
                $problem = [PolarPS.Tests.CompletionFuzz]::Check($line.Remove($result.ReplacementIndex, $result.ReplacementLength).Insert($result.ReplacementIndex, $match.CompletionText), [NullString]::Value)
                if ($problem) { Add-Bad 'run as code' $problem }
                if ($raw.IsMatch($match.ListItemText + $match.ToolTip) -or "$($match.ListItemText)$($match.ToolTip)" -match '[\r\n]') { Add-Bad 'raw characters' "completion $($match.ListItemText)" }
            }
        }
        if ($other) { $null = Remove-PolarCustomer $other -Confirm:$false }
    }
}

# Answers: whatever a proxy, a broken server or an attacker may say.
function ConvertTo-Hostile {
    # A value of JSON that is nothing like what belongs there.
    param([int] $Depth = 2)
    switch ($random.Next(10)) {
        0 { 'null' } 1 { 'true' } 2 { '1e400' } 3 { '-99999999999999999999999' } 4 { '0.5' }
        5 { '[' + (ConvertTo-Hostile 0) + ']' }
        6 { if ($Depth -gt 0) { '{"id":' + (ConvertTo-Hostile ($Depth - 1)) + ',"' + (ConvertTo-Json (New-Text 3)).Trim('"') + '":' + (ConvertTo-Hostile ($Depth - 1)) + '}' } else { '{}' } }
        default { ConvertTo-Json (New-Text) }
    }
}
$fields = 'id', 'name', 'email', 'status', 'description', 'prices', 'created_at', 'amount', 'currency', 'customer', 'product', 'metadata', 'is_archived', 'type', 'label', 'items', 'total_amount', 'net_amount', 'url', 'organization_id'
function New-Item1 { '{' + (@(foreach ($field in $fields | Where-Object { $random.Next(3) }) { """$field"":$(ConvertTo-Hostile)" }) -join ',') + '}' }
$server = [PolarPS.Tests.HostileServer]::new()
$id = '3f2c8a52-6a0b-4f57-8d7c-0c6d1f0f9a11'
$calls = @(
    { Get-PolarProduct -First 2 }, { Get-PolarProduct $id }, { Get-PolarCustomer -First 2 }, { Get-PolarOrder -First 2 }, { Get-PolarSubscription -First 1 }, { Get-PolarDiscount $id }, { Get-PolarCheckoutLink -First 1 },
    { Get-PolarLicenseKey -First 1 }, { Get-PolarBenefit $id }, { Get-PolarPayment -First 1 }, { Get-PolarRefund -First 1 }, { Get-PolarOrganization }, { Get-PolarCheckout $id }, { Get-PolarCustomerState $id },
    { New-PolarDiscount -Name x -Percent 5 -Duration once }, { Set-PolarCustomer $id -Name x }, { Remove-PolarDiscount $id -Confirm:$false }, { Invoke-PolarRequest /v1/products/ | Out-Null }, { Invoke-PolarRequest /v1/products/ -Raw | Out-Null }, { Test-PolarConnection }
)
try {
    Connect-Polar -AccessToken (ConvertTo-TestToken 'polar_oat_soakSoakSoakSoakSoakSoakSoak12') -Environment "http://127.0.0.1:$($server.Port)" -Name answers -MaximumRetryCount 0 -AttemptTimeoutSeconds 20 -TotalTimeoutSeconds 30
    for ($number = 0; $number -lt $Count / 2; $number++) {
        $figures.answers++
        $missing = 0
        $type = ('application/json', 'application/json', 'application/json', 'application/json; charset=utf-8', 'text/html', 'text/plain', 'application/problem+json', 'image/png')[$random.Next(8)]
        $status = ('200 OK', '200 OK', '200 OK', '200 OK', '201 Created', '400 Bad', '403 Forbidden', '404 Not Found', '409 Conflict', '422 Unprocessable', '500 Oops', '502 Bad Gateway')[$random.Next(12)]
        $list = '{"items":[' + (New-Item1) + ',' + (New-Item1) + '],"pagination":{"total_count":2,"max_page":1}}'
        $kind = $random.Next(16)
        $body = switch ($kind) {
            0 { '[' * 5000 + ']' * 5000 }
            1 { '{"items":[{"id":"' + $id + '","name":' + '{"a":' * 300 + '1' + '}' * 300 + '}],"pagination":{"total_count":1,"max_page":1}}' }
            2 { '{"id":"' + $id + '","name":"' + ('x' * 300000) + '"}' }
            3 { '<html><body>' + (New-Text) + '</body></html>' }
            4 { $list.Substring(0, $random.Next($list.Length)) }
            5 { $missing = $random.Next(1, 500); $list }
            6 { '{"id":"a","id":"' + $id + '","name":1,"name":"b","items":[],"items":[' + (New-Item1) + '],"pagination":{"total_count":1,"max_page":1,"max_page":1}}' }
            7 { '{"error":' + (ConvertTo-Hostile) + ',"detail":' + (ConvertTo-Hostile) + '}' }
            8 { '{"error":"RequestValidationError","detail":[{"loc":' + (ConvertTo-Hostile) + ',"msg":' + (ConvertTo-Hostile) + ',"type":' + (ConvertTo-Hostile) + '},' + (ConvertTo-Hostile) + ']}' }
            9 { ConvertTo-Hostile }
            10 { '' }
            11 { '{"items":' + (ConvertTo-Hostile) + ',"pagination":' + (ConvertTo-Hostile) + '}' }
            12 { New-Item1 }
            13 { [string][char]0 + $list }
            default { $list }
        }
        $bytes = [Text.Encoding]::UTF8.GetBytes($body)
        # Bytes that are no UTF-8.
        if ($random.Next(8) -eq 0) { for ($i = 0; $i -lt 3 -and $bytes.Length -gt 0; $i++) { $bytes[$random.Next($bytes.Length)] = [byte]$random.Next(128, 256) } }
        $server.Answer($status, $type, $bytes, $missing)
        $call = $calls[$random.Next($calls.Count)]
        Test-Screen "answer $kind to$call" $call
    }
}
finally {
    $server.Dispose()
}
Complete-Soak $soak -Figures $figures -Bad $bad -Detail $details
