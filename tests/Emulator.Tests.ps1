# The local Polar as its users have it: faults, clock, limits and port, by the public cmdlets alone.
# Long because it walks through everything that the emulator cmdlets promise, in one started emulator.
BeforeDiscovery {
    # build.ps1 names the versions of Pester that users' own tests have to work with; else it is the one that runs this.
    $pesters = @(
        foreach ($path in $(if ($env:POLARPS_TEST_PESTER) { $env:POLARPS_TEST_PESTER -split [IO.Path]::PathSeparator } else { Join-Path (Split-Path (Get-Module Pester).Path) 'Pester.psd1' })) {
            @{ Version = (Import-PowerShellDataFile $path).ModuleVersion; Pester = $path }
        }
    )
    # What goes wrong, and what a cmdlet makes of it. Get reads a list, New makes a product; neither tries again.
    $effects = @(
        @{ Fault = @{ Status = 500 }; Get = 'PolarServerError'; New = 'PolarOutcomeUnknown'; Made = 0 }
        @{ Fault = @{ Status = 502; Perform = $true }; Get = 'PolarServerError'; New = 'PolarOutcomeUnknown'; Made = 1 }
        @{ Fault = @{ Status = 503; Body = 'away' }; Get = 'PolarServerError'; New = 'PolarOutcomeUnknown'; Made = 0 }
        @{ Fault = @{ Status = 401; Body = @{ error = 'invalid_token'; error_description = 'No.' } }; Get = 'PolarUnauthorized'; New = 'PolarUnauthorized'; Made = 0 }
        @{ Fault = @{ Status = 403; Body = '{"error":"NotPermitted","detail":"No."}' }; Get = 'PolarNotPermitted'; New = 'PolarNotPermitted'; Made = 0 }
        @{ Fault = @{ Status = 404; Body = @{ detail = 'Not Found' } }; Get = 'PolarRouteNotFound'; New = 'PolarRouteNotFound'; Made = 0 }
        @{ Fault = @{ Status = 409; Body = @{ error = 'Busy'; detail = 'Later.' } }; Get = 'PolarConflict'; New = 'PolarConflict'; Made = 0 }
        @{ Fault = @{ Status = 429; RetryAfter = 600 }; Get = 'PolarRateLimited'; New = 'PolarRateLimited'; Made = 0 }
        @{ Fault = @{ Status = 429; Body = @{ error = 'ManualRetryLimitExceeded'; detail = 'Too often.' } }; Get = 'PolarRateLimited'; New = 'PolarRateLimited'; Made = 0 }
        @{ Fault = @{ Status = 200; Body = '<html>'; ContentType = 'text/html' }; Get = 'PolarBadResponse'; New = 'PolarOutcomeUnknown'; Made = 0 }
        @{ Fault = @{ DropBeforeRead = $true }; Get = 'PolarConnectionFailed'; New = 'PolarOutcomeUnknown'; Made = 0 }
        @{ Fault = @{ DropAfterRead = $true }; Get = 'PolarConnectionFailed'; New = 'PolarOutcomeUnknown'; Made = 1 }
        @{ Fault = @{ TruncateBody = $true }; Get = 'PolarConnectionFailed'; New = 'PolarOutcomeUnknown'; Made = 1 }
        @{ Fault = @{ MalformedJson = $true }; Get = 'PolarBadResponse'; New = 'PolarOutcomeUnknown'; Made = 1 }
        @{ Fault = @{ RedirectTo = 'https://elsewhere.example/' }; Get = 'PolarRedirect'; New = 'PolarRedirect'; Made = 0 }
    )
    foreach ($effect in $effects) { $effect.Name = ($effect.Fault.Keys | Sort-Object | ForEach-Object { "$_ $($effect.Fault[$_])" }) -join ', ' }

    # Rules that cannot be meant, and a part of what is said.
    $refusals = @(
        @{ Name = 'an unknown name'; Fault = @{ Status = 500; Stauts = 500 }; Says = "*no 'Stauts'; its properties are Operation, Method, Path,*" }
        @{ Name = 'nothing that goes wrong'; Fault = @{ Method = 'GET' }; Says = '*at least one fault*' }
        @{ Name = 'an operation that there is not'; Fault = @{ Operation = 'refunds:remove'; Status = 500 }; Says = '*the operations of refunds are refunds:create, refunds:list*' }
        @{ Name = 'text as status'; Fault = @{ Status = 'bad' }; Says = "*'bad' is not valid for Status*whole number*" }
        @{ Name = 'a fraction as count'; Fault = @{ Status = 500; Times = 1.5 }; Says = "*'1.5' is not valid for Times*" }
        @{ Name = 'text as switch'; Fault = @{ DropAfterRead = 'false' }; Says = "*'false' is not valid for DropAfterRead*`$true or `$false*" }
        @{ Name = 'a status out of range'; Fault = @{ Status = 700 }; Says = '*from 200 to 599*700*' }
        @{ Name = 'no times at all'; Fault = @{ Status = 500; Times = 0 }; Says = '*Times must be 1 or more*' }
        @{ Name = 'a chance above one'; Fault = @{ Status = 500; Probability = 2 }; Says = '*Probability must be from 0 to 1*' }
        @{ Name = 'a path that begins with nothing'; Fault = @{ Status = 500; Path = 'v1/products' }; Says = '*Path must begin with a slash*' }
        @{ Name = 'a body without a status'; Fault = @{ TruncateBody = $true; Body = 'x' }; Says = '*need a Status*' }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:manifest = Get-TestModulePath
    Disconnect-Polar -All

    function New-TestProduct { New-PolarProduct -Name 'Foghorn' -Price (New-PolarPrice 500 -Currency usd) }

    function Get-ErrorId {
        param([scriptblock] $Script)
        $found = @(Get-TestError $Script)
        if ($found.Count) { ($found[0].FullyQualifiedErrorId -split ',')[0] }
    }

    function Get-Plain { param([securestring] $Token) [Net.NetworkCredential]::new('', $Token).Password }

    function New-Purchase {
        # Buys a product as a customer would in a browser.
        param([string] $Product, [string] $Email, [string] $Card = 'ok', [hashtable] $Answers)
        $found = Get-PolarProduct -Query $Product | Where-Object Name -EQ $Product
        $checkout = Invoke-PolarRequest /v1/checkouts/ -Method POST -Body @{ products = @($found.Id) } -Confirm:$false
        $body = @{ customer_email = $Email; customer_name = 'Ada'; customer_billing_address = @{ country = 'NO' }; confirmation_token_id = $Card }
        if ($Answers) { $body.custom_field_data = $Answers }
        $null = Invoke-PolarRequest "/v1/checkouts/client/$($checkout.client_secret)/confirm" -Method POST -Body $body -Confirm:$false
        Invoke-PolarRequest "/v1/checkouts/$($checkout.id)"
    }

    function Get-Subscription {
        # That of a customer, as it is now.
        param([string] $Email)
        $customer = (Invoke-PolarRequest /v1/customers/ -Query @{ email = $Email }).items[0]
        (Invoke-PolarRequest /v1/subscriptions/ -Query @{ customer_id = $customer.id }).items[0]
    }

    function Get-OrderCount { param([string] $SubscriptionId) (Invoke-PolarRequest /v1/orders/ -Query @{ subscription_id = $SubscriptionId }).pagination.total_count }
}

AfterAll {
    Stop-PolarEmulator -All
    Disconnect-Polar -All
}

Describe 'Start-PolarEmulator' {
    AfterEach { Stop-PolarEmulator -All }

    It 'starts one, connects to it, and says what it is' {
        $emulator = Start-PolarEmulator
        $emulator | Should -BeOfType 'PolarPS.PolarEmulatorInstance'
        $emulator.IsRunning | Should -BeTrue
        $emulator.Url | Should -BeNullOrEmpty
        $emulator.RequestCount | Should -Be 0
        $connection = Get-PolarConnection Emulator
        $connection.IsDefault | Should -BeTrue
        $connection.Environment | Should -Be 'Emulator'
        @(Get-PolarProduct).Count | Should -BeGreaterThan 11
        $emulator.RequestCount | Should -Be 1
        $emulator.Requests[0].Method | Should -Be 'GET'
        $emulator.Requests[0].Path | Should -Be '/v1/products/'
        $emulator.Requests[0].StatusCode | Should -Be 200
        (Get-PolarOrganization).Id | Should -Be $emulator.OrganizationId
        [Math]::Abs(([DateTimeOffset]::Now - $emulator.Now).TotalSeconds) | Should -BeLessThan 60
    }

    It 'shows its token nowhere' {
        $emulator = Start-PolarEmulator -Verbose 4>&1
        $emulator.AccessToken | Should -BeOfType 'securestring'
        $token = Get-Plain $emulator.AccessToken
        $token | Should -BeLike 'polar_oat_*'
        $null = Get-PolarProduct -First 1
        $shown = $emulator | Format-List * | Out-String -Width 500
        $shown += $emulator, $emulator.Requests | Out-String -Width 500
        $shown += $emulator | ConvertTo-Json -Depth 2 -WarningAction SilentlyContinue
        $shown | Should -Not -Match 'polar_oat_'
    }

    It 'gives the same shop for the same seed, and another for another' {
        $look = {
            param($Seed)
            $emulator = Start-PolarEmulator -Seed $Seed
            (Get-PolarProduct).Id -join ' '
            Get-Plain $emulator.AccessToken
            (Invoke-PolarRequest /v1/orders/ -Paginate).id -join ' '
        }
        $first = & $look 7
        & $look 7 | Should -Be $first
        & $look 8 | ForEach-Object { $_ | Should -Not -BeIn $first }
    }

    It 'starts empty, and long' {
        $null = Start-PolarEmulator -Empty -ProductCount 150
        @(Get-PolarProduct).Count | Should -Be 150
        (Invoke-PolarRequest /v1/customers/).pagination.total_count | Should -Be 0
    }

    It 'starts at a time and stands still' {
        $emulator = Start-PolarEmulator -StartTime '2026-02-01T10:00:00Z' -FreezeClock
        $emulator.IsClockFrozen | Should -BeTrue
        $null = New-TestProduct
        (Get-PolarProduct -Query Foghorn).CreatedAt.Date | Should -Be ([datetime]'2026-02-01')
        $emulator.Now | Should -Be ([DateTimeOffset]'2026-02-01T10:00:00Z')
        # The orders that were there are older.
        (Invoke-PolarRequest /v1/orders/ -Paginate).created_at | ForEach-Object { [DateTimeOffset]$_ | Should -BeLessThan $emulator.Now }
    }

    It 'makes a token that may do only so much' {
        $null = Start-PolarEmulator -Scope products:read
        Get-PolarProduct -First 1 | Should -Not -BeNullOrEmpty
        Get-ErrorId { New-TestProduct } | Should -Be 'PolarScopeMissing'
        (Get-Completion 'Start-PolarEmulator -Scope refun').CompletionText | Should -Be 'refunds:read', 'refunds:write'
    }

    It 'need not connect' {
        $emulator = Start-PolarEmulator -Name apart -NoConnect
        Get-PolarConnection | Where-Object Name -EQ apart | Should -BeNullOrEmpty
        $emulator.IsRunning | Should -BeTrue
    }

    It 'takes the place of one of the same name' {
        $first = Start-PolarEmulator -Port 0
        $port = $first.Url.Port
        # The port is free for the second.
        $second = Start-PolarEmulator -Port $port
        $first.IsRunning | Should -BeFalse
        $second.IsRunning | Should -BeTrue
        @(Get-PolarConnection).Count | Should -Be 1
        @(Get-PolarProduct).Count | Should -BeGreaterThan 11
        $first.RequestCount | Should -Be 0
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a time before its shop was there'; Arguments = @{ StartTime = '2025-01-01' }; Says = '*2025-08-01*' }
        @{ Name = 'a scope that there is not'; Arguments = @{ Scope = 'fish:read' }; Says = "*no scope 'fish:read'*" }
        @{ Name = 'a fault that there is not'; Arguments = @{ Fault = @{ Nonsense = 1 } }; Says = "*no 'Nonsense'*" }
    ) {
        $earlier = Start-PolarEmulator -Name wrong -NoConnect
        $problem = @(Get-TestError { Start-PolarEmulator -Name wrong @Arguments })
        $earlier.IsRunning | Should -BeTrue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problem[0].Exception.Message | Should -BeLike $Says
        Get-PolarConnection | Where-Object Name -EQ wrong | Should -BeNullOrEmpty
    }

    It 'refuses a port that is taken' {
        $other = Start-PolarEmulator -Name other -Port 0
        $problem = @(Get-TestError { Start-PolarEmulator -Port $other.Url.Port })
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problem[0].Exception.Message | Should -BeLike "Port $($other.Url.Port) cannot be used*"
    }

    It 'does nothing with -WhatIf' {
        Start-PolarEmulator -Name unreal -WhatIf | Should -BeNullOrEmpty
        Get-PolarConnection | Where-Object Name -EQ unreal | Should -BeNullOrEmpty
    }
}

Describe 'A fault: <Name>' -ForEach $effects {
    BeforeAll {
        $script:emulator = Start-PolarEmulator -MaximumRetryCount 0
        $script:before = @(Get-PolarProduct).Count
    }

    AfterAll { $emulator | Stop-PolarEmulator }

    It 'is what a reading cmdlet tells' {
        $emulator | Set-PolarEmulator -Fault ($Fault + @{ Operation = 'products:list' })
        Get-ErrorId { Get-PolarProduct } | Should -Be $Get
        $emulator.Faults[0].Hits | Should -Be 1
    }

    It 'is what a writing cmdlet tells, and it is done or not' {
        $emulator | Set-PolarEmulator -Fault ($Fault + @{ Method = 'POST'; Path = '/v1/products' })
        Get-ErrorId { New-TestProduct } | Should -Be $New
        $emulator | Set-PolarEmulator -ClearFault
        @(Get-PolarProduct).Count | Should -Be ($before + $Made)
    }
}

Describe 'Fault rules' {
    BeforeAll { $script:emulator = Start-PolarEmulator }
    BeforeEach { $emulator | Set-PolarEmulator -Reset }
    AfterAll { $emulator | Stop-PolarEmulator }

    It 'strike as often as told, and the cmdlet gets over it' {
        $emulator | Set-PolarEmulator -Fault @{ Operation = 'products:list'; Status = 503; RetryAfter = [timespan]'00:00:01'; Times = 1 }
        @(Get-PolarProduct).Count | Should -BeGreaterThan 11
        ($emulator.Requests | Where-Object Path -EQ '/v1/products/').StatusCode[0, 1] | Should -Be 503, 200
        $emulator.Faults[0].Effect | Should -Be '503, Retry-After 1'
    }

    It 'let some pass first' {
        $emulator | Set-PolarEmulator -Fault @{ Path = '/v1/organizations*'; Status = 403; After = 2; Times = 1 }
        1..4 | ForEach-Object { [bool](Get-ErrorId { Get-PolarOrganization }) } | Should -Be $false, $false, $true, $false
    }

    It 'strike by a chance that is the same every time' {
        $run = {
            param($Seed)
            $emulator | Set-PolarEmulator -Fault @{ Operation = 'organizations:list'; Status = 403; Probability = 0.4; Seed = $Seed }
            (1..30 | ForEach-Object { [int][bool](Get-ErrorId { Get-PolarOrganization }) }) -join ''
        }
        $first = & $run 3
        $first | Should -Match '^[01]*01[01]*$'
        & $run 3 | Should -Be $first
        & $run 4 | Should -Not -Be $first
    }

    It 'are replaced, added and cleared' {
        $emulator | Set-PolarEmulator -Fault @{ Status = 500; Path = '/a' }, @{ Status = 500; Path = '/b' }
        $emulator | Set-PolarEmulator -AddFault ([ordered]@{ Status = 500; Path = '/c' })
        $emulator.Faults.Path | Should -Be '/a', '/b', '/c'
        $emulator | Set-PolarEmulator -Fault @{ Status = 500; Path = '/d' }
        $emulator.Faults.Path | Should -Be '/d'
        $emulator | Set-PolarEmulator -Fault @()
        @($emulator.Faults).Count | Should -Be 0
        $emulator | Set-PolarEmulator -Fault @{ Status = 500; Path = '/e' } -PassThru | Set-PolarEmulator -ClearFault
        @($emulator.Faults).Count | Should -Be 0
    }

    It 'are late' {
        $emulator | Set-PolarEmulator -Fault @{ DelayMilliseconds = 150; Times = 1 }
        (Measure-Command { Get-PolarOrganization }).TotalMilliseconds | Should -BeGreaterThan 145
    }

    It 'mix up lists, which is noticed or made good' {
        $emulator | Stop-PolarEmulator
        $script:emulator = Start-PolarEmulator -ProductCount 250 -MaximumRetryCount 0
        $emulator | Set-PolarEmulator -Fault @{ Operation = 'products:list'; InsertBetweenPages = 2; Times = 1 }
        $items = Get-PolarProduct
        ($items.Id | Sort-Object -Unique).Count | Should -Be $items.Count
        $emulator | Set-PolarEmulator -Fault @{ Operation = 'products:list'; RepeatPage = 1; ClaimedMaxPage = 50 }
        Get-ErrorId { Get-PolarProduct } | Should -Be 'PolarListIncomplete'
    }

    It 'are refused with <Name>, and nothing is changed' -ForEach $refusals {
        $emulator | Set-PolarEmulator -Fault @{ Status = 500; Path = '/kept' }
        foreach ($parameter in 'Fault', 'AddFault') {
            $arguments = @{ $parameter = @(@{ Status = 500 }, $Fault) }
            $problem = @(Get-TestError { $emulator | Set-PolarEmulator @arguments })
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
            $problem[0].Exception.Message | Should -BeLike $Says
            $emulator.Faults.Path | Should -Be '/kept'
        }
    }
}

Describe 'The clock' {
    BeforeAll { $script:emulator = Start-PolarEmulator }
    BeforeEach { $emulator | Set-PolarEmulator -Reset }
    AfterAll { $emulator | Stop-PolarEmulator }

    It 'renews a subscription when a month passes' {
        $null = New-Purchase 'Harbor' 'ada@example.com'
        $subscription = Get-Subscription 'ada@example.com'
        $subscription.status | Should -Be 'active'
        Get-OrderCount $subscription.id | Should -Be 1
        Set-PolarEmulator -Advance 31.00:00:00
        Get-OrderCount $subscription.id | Should -Be 2
        # Its months are those of UTC; elsewhere the last days of one may be the next one's already.
        $emulator | Set-PolarEmulator -Now $emulator.Now.ToUniversalTime().AddMonths(2)
        Get-OrderCount $subscription.id | Should -Be 4
        $now = Get-Subscription 'ada@example.com'
        $now.status | Should -Be 'active'
        [DateTimeOffset]$now.current_period_end | Should -BeGreaterThan $emulator.Now
        (Invoke-PolarRequest /v1/orders/ -Query @{ subscription_id = $subscription.id }).items.billing_reason | Sort-Object -Unique |
            Should -Be 'subscription_create', 'subscription_cycle'
    }

    It 'lets a card fail later: past_due, and lost in the end' {
        (New-Purchase 'Harbor' 'ben@example.com' -Card 'decline_later').status | Should -Be 'succeeded'
        (Get-Subscription 'ben@example.com').status | Should -Be 'active'
        Set-PolarEmulator -Advance 31.00:00:00
        $late = Get-Subscription 'ben@example.com'
        $late.status | Should -Be 'past_due'
        $orders = (Invoke-PolarRequest /v1/orders/ -Query @{ subscription_id = $late.id }).items
        $orders.status | Sort-Object | Should -Be 'paid', 'pending'
        Set-PolarEmulator -Advance 30.00:00:00
        (Get-Subscription 'ben@example.com').status | Should -Be 'canceled'
    }

    It 'refuses a bad card at once' {
        Get-ErrorId { New-Purchase 'Harbor' 'cy@example.com' -Card 'ctoken_fail' } | Should -Not -BeNullOrEmpty
        (Invoke-PolarRequest /v1/customers/ -Query @{ email = 'cy@example.com' }).pagination.total_count | Should -Be 0
    }

    It 'ends a trial, and charges then' {
        $null = New-Purchase 'Offshore' 'dee@example.com' -Answers @{ vessel_name = 'Nautilus' }
        $trial = Get-Subscription 'dee@example.com'
        $trial.status | Should -Be 'trialing'
        # A trial begins with an order of nothing.
        (Invoke-PolarRequest /v1/orders/ -Query @{ subscription_id = $trial.id }).items.total_amount | Should -Be 0
        Set-PolarEmulator -Advance 15.00:00:00
        (Get-Subscription 'dee@example.com').status | Should -Be 'active'
        Get-OrderCount $trial.id | Should -Be 2
    }

    It 'lets a checkout expire' {
        $product = Get-PolarProduct -Query Harbor | Select-Object -First 1
        $checkout = Invoke-PolarRequest /v1/checkouts/ -Method POST -Body @{ products = @($product.Id) }
        Set-PolarEmulator -Advance 25:00:00
        (Invoke-PolarRequest "/v1/checkouts/$($checkout.id)").status | Should -Be 'expired'
    }

    It 'does not run backwards, and wants a unit: <Name>' -ForEach @(
        @{ Name = 'a time before'; Arguments = @{ Now = '2020-01-01' }; Id = 'PolarInvalidArgument' }
        @{ Name = 'a negative duration'; Arguments = @{ Advance = '-1.00:00:00' }; Id = 'PolarInvalidArgument' }
        @{ Name = 'too far'; Arguments = @{ Advance = '40000.00:00:00' }; Id = 'PolarInvalidArgument' }
        @{ Name = 'a bare number'; Arguments = @{ Advance = 31 }; Id = 'ParameterArgumentTransformationError' }
        @{ Name = 'both'; Arguments = @{ Advance = '1.00:00:00'; Now = '2030-01-01' }; Id = 'PolarInvalidArgument' }
    ) {
        $emulator | Set-PolarEmulator -FreezeClock
        $before = $emulator.Now
        Get-ErrorId { Set-PolarEmulator @Arguments } | Should -Be $Id
        $emulator.Now | Should -Be $before
    }

    It 'stands still, and goes on' {
        $emulator | Set-PolarEmulator -FreezeClock
        $before = $emulator.Now
        Start-Sleep -Milliseconds 20
        $emulator.Now | Should -Be $before
        $emulator | Set-PolarEmulator -Advance 01:00:00
        $emulator.Now | Should -Be $before.AddHours(1)
        $emulator | Set-PolarEmulator -FreezeClock:$false
        Start-Sleep -Milliseconds 20
        $emulator.Now | Should -BeGreaterThan $before.AddHours(1)
    }

    It 'moves behind the connection of Connect-Polar too' {
        Connect-Polar -Environment Emulator -Name quick
        $before = (Set-PolarEmulator -Connection quick -PassThru).Now
        (Set-PolarEmulator -Connection quick -Advance 10.00:00:00 -PassThru).Now | Should -BeGreaterThan $before.AddDays(9)
        [Math]::Abs(($emulator.Now - $before).TotalHours) | Should -BeLessThan 1
        Set-PolarEmulator quick -Fault @{ Status = 403 }
        Get-ErrorId { Get-PolarProduct -Connection quick } | Should -Be 'PolarNotPermitted'
        Get-PolarConnection quick | Stop-PolarEmulator
        Select-PolarConnection Emulator
    }
}

Describe 'The rules of the API' {
    BeforeAll {
        $script:emulator = Start-PolarEmulator -Port 0 -MaximumRetryCount 0
        $script:headers = @{ Authorization = "Bearer $(Get-Plain $emulator.AccessToken)" }

        function Get-RawAnswer {
            # An answer as it is on the wire, also where it is a refusal.
            param([string] $Method, [string] $Path, [hashtable] $Headers = $headers, [byte[]] $Body, [switch] $NoLength)
            Add-Type -AssemblyName System.Net.Http
            $client = [Net.Http.HttpClient]::new()
            try {
                $request = [Net.Http.HttpRequestMessage]::new($Method, [uri]::new($emulator.Url, $Path))
                foreach ($name in $Headers.Keys) { $null = $request.Headers.TryAddWithoutValidation($name, $Headers[$name]) }
                if ($Body) {
                    $request.Content = [Net.Http.ByteArrayContent]::new($Body)
                    $request.Content.Headers.ContentType = 'application/json'
                    if ($NoLength) { $request.Headers.TransferEncodingChunked = $true }
                }
                $answer = $client.SendAsync($request).GetAwaiter().GetResult()
                [pscustomobject]@{
                    Status     = [int]$answer.StatusCode
                    Text       = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
                    Type       = "$($answer.Content.Headers.ContentType)"
                    RetryAfter = "$($answer.Headers.RetryAfter)"
                    Version    = $answer.Headers.Contains('Polar-Version')
                }
            }
            finally { $client.Dispose() }
        }
    }

    BeforeEach { $emulator | Set-PolarEmulator -Reset }
    AfterAll { $emulator | Stop-PolarEmulator }

    It 'wants to know the length of a body' {
        $body = [Text.Encoding]::UTF8.GetBytes('{"name":"Foghorn"}')
        $refused = Get-RawAnswer POST '/v1/products/' -Body $body -NoLength
        $refused.Status | Should -Be 411
        ($refused.Text | ConvertFrom-Json).error | Should -Be 'LengthRequired'
        (Get-RawAnswer POST '/v1/products/' -Body $body).Status | Should -Be 422
    }

    It 'tells an unknown version and an unknown path from an unknown thing' {
        $version = Get-RawAnswer GET '/v1/products/' -Headers ($headers + @{ 'Polar-Version' = '2020-01' })
        $version.Status | Should -Be 404
        $version.Text | Should -Be '{"detail":"Not Found"}'
        $version.Version | Should -BeFalse
        $path = Get-RawAnswer GET '/v1/nothing'
        $path.Status | Should -Be 404
        $path.Text | Should -Be '{"detail":"Not Found"}'
        $thing = Get-RawAnswer GET '/v1/products/00000000-0000-4000-8000-000000000000'
        $thing.Status | Should -Be 404
        ($thing.Text | ConvertFrom-Json).error | Should -Be 'ResourceNotFound'
    }

    It 'says where a body is wrong, and with what' {
        $refused = Get-RawAnswer POST '/v1/products/' -Body ([Text.Encoding]::UTF8.GetBytes('{"name":"x","prices":[{"amount_type":"fixed","price_amount":1}]}'))
        $refused.Status | Should -Be 422
        $first = ($refused.Text | ConvertFrom-Json).detail[0]
        $first.loc[0] | Should -Be 'body'
        foreach ($name in 'type', 'msg', 'input') { $first.PSObject.Properties.Name | Should -Contain $name }
    }

    It 'accepts a version 4 UUID only' {
        (Get-RawAnswer GET '/v1/products/00000000-0000-1000-8000-000000000000').Status | Should -Be 422
    }

    It 'throttles with an empty answer that names a time' {
        $emulator | Set-PolarEmulator -RateLimitPerMinute 2 -FreezeClock
        1..2 | ForEach-Object { (Get-RawAnswer GET '/v1/products/?limit=1').Status | Should -Be 200 }
        $refused = Get-RawAnswer GET '/v1/products/?limit=1'
        $refused.Status | Should -Be 429
        $refused.Text | Should -Be ''
        $refused.Type | Should -Be ''
        $refused.RetryAfter | Should -Be '60'
        # The emulator's minute is over when its clock says so.
        $emulator | Set-PolarEmulator -Advance 00:01:00
        (Get-RawAnswer GET '/v1/products/?limit=1').Status | Should -Be 200
        $emulator | Set-PolarEmulator -RateLimitPerMinute $null
        1..5 | ForEach-Object { (Get-RawAnswer GET '/v1/products/?limit=1').Status | Should -Be 200 }
        Get-ErrorId { Set-PolarEmulator -RateLimitPerMinute 0 } | Should -Be 'PolarInvalidArgument'
    }

    It 'limits what cannot help to be tried again, with an answer that names no time' {
        $null = New-Purchase 'Harbor' 'eve@example.com' -Card 'decline'
        $emulator | Set-PolarEmulator -Advance 31.00:00:00
        $customer = (Invoke-PolarRequest /v1/customers/ -Query @{ email = 'eve@example.com' }).items[0]
        $session = Invoke-PolarRequest /v1/customer-sessions/ -Method POST -Body @{ customer_id = $customer.id }
        # A second connection to the same emulator, over its port, as the customer.
        Connect-Polar -Environment $emulator.Url -AccessToken (ConvertTo-TestToken $session.token) -Name eve -MaximumRetryCount 0
        Select-PolarConnection Emulator
        $order = (Invoke-PolarRequest /v1/customer-portal/orders/ -Connection eve).items | Where-Object status -EQ 'pending'
        $ids = 1..12 | ForEach-Object {
            $problem = @(Get-TestError { Invoke-PolarRequest "/v1/customer-portal/orders/$($order.id)/confirm-payment" -Method POST -Body @{ confirmation_token_id = 'ctoken_fail' } -Connection eve })
            if ($problem) { $problem[0] }
        }
        $ids[0].FullyQualifiedErrorId | Should -BeLike 'PolarRateLimited,*'
        $ids[0].Exception.ErrorName | Should -Be 'ManualRetryLimitExceeded'
        $ids[0].Exception.RetryAfter | Should -BeNullOrEmpty
        Disconnect-Polar eve
    }

    It 'takes as long as told' {
        $emulator | Set-PolarEmulator -LatencyMilliseconds 120
        $emulator.LatencyMilliseconds | Should -Be 120
        (Measure-Command { Get-PolarOrganization }).TotalMilliseconds | Should -BeGreaterThan 115
    }
}

Describe 'The port' {
    BeforeAll {
        $script:emulator = Start-PolarEmulator -Port 0 -MaximumRetryCount 0
        $script:headers = @{ Authorization = "Bearer $(Get-Plain $emulator.AccessToken)" }
    }

    BeforeEach { $emulator | Set-PolarEmulator -Reset }
    AfterAll { $emulator | Stop-PolarEmulator }

    It 'is of this computer, and serves whatever speaks HTTP' {
        $emulator.Url | Should -Match '^http://127\.0\.0\.1:\d+/$'
        $made = Invoke-RestMethod "$($emulator.Url)v1/products/" -Method Post -Headers $headers -ContentType 'application/json' -Body '{"name":"By hand","prices":[{"amount_type":"fixed","price_amount":500}]}'
        $made.name | Should -Be 'By hand'
        # The connection of the process sees the same shop.
        (Get-PolarProduct $made.id).Name | Should -Be 'By hand'
        $null = Invoke-RestMethod "$($emulator.Url)v1/products/$($made.id)" -Method Delete -Headers $headers
        Get-ErrorId { Get-PolarProduct $made.id } | Should -Be 'PolarNotFound'
    }

    It 'is where addresses in answers point to' {
        $order = (Invoke-PolarRequest /v1/orders/ -Query @{ status = 'paid' }).items | Where-Object total_amount -GT 0 | Select-Object -First 1
        $null = Invoke-PolarRequest "/v1/orders/$($order.id)" -Method PATCH -Body @{ billing_name = 'Ada'; billing_address = @{ country = $order.billing_address.country; state = $order.billing_address.state } }
        $null = Invoke-PolarRequest "/v1/orders/$($order.id)/invoice" -Method POST
        $emulator | Set-PolarEmulator -Advance 01:00:00
        $invoice = Invoke-PolarRequest "/v1/orders/$($order.id)/invoice"
        $invoice.url | Should -BeLike "$($emulator.Url)*"
        $file = Join-Path $TestDrive 'invoice.pdf'
        Invoke-WebRequest $invoice.url -OutFile $file -UseBasicParsing
        Get-Content $file -TotalCount 1 | Should -Be '%PDF-1.4'
    }

    It 'serves other processes, faults and all' {
        $emulator | Set-PolarEmulator -Fault @{ Operation = 'organizations:list'; DropAfterRead = $true }
        $text = Invoke-Fresh -Environment @{ POLAR_ENVIRONMENT = "$($emulator.Url)".TrimEnd('/'); POLAR_ACCESS_TOKEN = (Get-Plain $emulator.AccessToken) } -Script @"
Import-Module '$manifest'
@(Get-PolarProduct).Count
Connect-Polar -MaximumRetryCount 0
try { Get-PolarOrganization -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }
"@
        [int]$text[0] | Should -Be @(Get-PolarProduct).Count
        $text[1] | Should -BeLike 'PolarConnectionFailed,*'
        $emulator.Faults[0].Hits | Should -Be 1
    }

    It 'delivers webhooks to this computer, and says when it has' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            $null = Invoke-PolarRequest /v1/webhooks/endpoints -Method POST -Body @{
                url = "http://127.0.0.1:$($listener.LocalEndpoint.Port)/hook"; format = 'raw'; events = @('product.created')
            }
            $null = New-TestProduct
            $accept = $listener.AcceptTcpClientAsync()
            $accept.Wait(10000) | Should -BeTrue
            $client = $accept.Result
            $stream = $client.GetStream()
            $buffer = [byte[]]::new(65536)
            $got = ''
            while ($got -notmatch '"Foghorn"') { $got += [Text.Encoding]::UTF8.GetString($buffer, 0, $stream.Read($buffer, 0, $buffer.Length)) }
            $answer = [Text.Encoding]::ASCII.GetBytes("HTTP/1.1 200 OK`r`nContent-Length: 0`r`nConnection: close`r`n`r`n")
            $stream.Write($answer, 0, $answer.Length)
            $client.Dispose()
            $got | Should -Match '(?i)webhook-signature: v1,'
            $emulator | Set-PolarEmulator -WaitForWebhook
            (Invoke-PolarRequest /v1/webhooks/deliveries).items[0].succeeded | Should -BeTrue
        }
        finally { $listener.Stop() }
    }

    It 'is closed by Stop-PolarEmulator, with all connections to it' {
        $other = Start-PolarEmulator -Name other -Port 0
        $address = $other.Url
        Connect-Polar -Environment $address -AccessToken $other.AccessToken -Name wire
        @(Get-PolarProduct -Connection wire).Count | Should -BeGreaterThan 11
        Stop-PolarEmulator other
        { Invoke-RestMethod "$($address)v1/products/" -TimeoutSec 5 } | Should -Throw
        Get-PolarConnection | ForEach-Object Name | Should -Be 'Emulator'
        Select-PolarConnection Emulator
    }
}

Describe 'Set-PolarEmulator' {
    BeforeAll { $script:emulator = Start-PolarEmulator -Seed 3 -StartTime '2026-05-01' -FreezeClock -RateLimitPerMinute 500 -Fault @{ Operation = 'meters:list'; Status = 403; Times = 1 } }
    AfterAll { $emulator | Stop-PolarEmulator }

    It 'puts everything back as it was at the start' {
        $look = {
            # The rule from the start strikes once, and once again after a reset.
            1..2 | ForEach-Object { [bool](Get-ErrorId { Invoke-PolarRequest /v1/meters/ }) }
            foreach ($list in 'products', 'orders', 'events') { (Invoke-PolarRequest "/v1/$list/" -Query @{ limit = 100 } -Raw).GetHashCode() }
            "$($emulator.Now.ToString('o')) $($emulator.IsClockFrozen) $($emulator.LatencyMilliseconds) $($emulator.RateLimitPerMinute) $(Get-Plain $emulator.AccessToken)"
        }
        $before = & $look
        $null = New-TestProduct
        $emulator | Set-PolarEmulator -Advance 60.00:00:00 -FreezeClock:$false -LatencyMilliseconds 2 -RateLimitPerMinute 400 -Fault @{ Operation = 'files:list'; Status = 500 }
        & $look | Should -Not -Be $before
        $emulator | Set-PolarEmulator -Reset
        $emulator.RequestCount | Should -Be 0
        & $look | Should -Be $before
    }

    It 'resets first, whatever else is said' {
        $after = $emulator | Set-PolarEmulator -Advance 1.00:00:00 -Fault @{ Status = 500; Path = '/x' } -Reset -PassThru
        $after.Now | Should -Be ([DateTimeOffset]'2026-05-02')
        $after.Faults.Path | Should -Be '/x'
        $emulator | Set-PolarEmulator -Reset
    }

    It 'forgets what names and states were like' {
        $product = Get-PolarProduct | Where-Object IsDeletable -EQ $false | Select-Object -First 1
        $product | Set-PolarProduct -Name 'Renamed' | Out-Null
        $emulator | Set-PolarEmulator -Reset
        (Get-PolarProduct $product.Id).Name | Should -Be $product.Name
    }

    It 'forgets the requests' {
        $null = Get-PolarOrganization
        ($emulator | Set-PolarEmulator -ClearRequest -PassThru).RequestCount | Should -Be 0
    }

    It 'says so when there is nothing to do' {
        Get-ErrorId { $emulator | Set-PolarEmulator } | Should -Be 'PolarNothingToChange'
    }

    It 'says what it would do, and does not' {
        $text = Invoke-Fresh "Import-Module '$manifest'; Start-PolarEmulator | Set-PolarEmulator -Advance 1.00:00:00 -Fault @{ Status = 500 } -Reset -WhatIf; (Set-PolarEmulator -PassThru).Faults.Count; Stop-PolarEmulator -WhatIf; (Set-PolarEmulator -PassThru).IsRunning"
        $text -join "`n" | Should -BeLike "*`"Reset; Replace all faults with 1; Advance the clock by 1.00:00:00`" on target `"emulator 'Emulator'`".*0*`"Stop`" on target `"emulator 'Emulator'`".*True"
    }

    It 'refuses -Fault beside <_>' -ForEach 'AddFault', 'ClearFault' {
        $arguments = @{ $_ = if ($_ -eq 'AddFault') { @{ Status = 500 } } else { $true } }
        Get-ErrorId { $emulator | Set-PolarEmulator -Fault @{ Status = 500 } @arguments } | Should -Be 'PolarInvalidArgument'
    }

    It 'is for emulators only: <Name>' -ForEach @(
        @{ Name = 'a number'; Script = { 42 | Set-PolarEmulator -Reset } }
        @{ Name = '$null'; Script = { $null | Set-PolarEmulator -Reset } }
        @{ Name = 'a name that there is not'; Script = { 'nobody' | Set-PolarEmulator -Reset } }
        @{ Name = 'a product'; Script = { Get-PolarProduct -First 1 | Set-PolarEmulator -Reset } }
        @{ Name = 'a connection to somewhere else'; Script = { Set-PolarEmulator -Connection elsewhere -Reset } }
        @{ Name = 'a connection to somewhere else in the pipeline'; Script = { Get-PolarConnection elsewhere | Stop-PolarEmulator } }
    ) {
        Connect-Polar -Environment http://127.0.0.1:9 -AccessToken (ConvertTo-TestToken 'polar_oat_x') -Name elsewhere
        Select-PolarConnection Emulator
        @(Get-TestError $Script).Count | Should -BeGreaterThan 0
        Disconnect-Polar elsewhere
    }
}

Describe 'Two emulators' {
    BeforeAll {
        $script:one = Start-PolarEmulator -Name one
        $script:two = Start-PolarEmulator -Name two
    }

    AfterAll { $one, $two | Stop-PolarEmulator }

    It 'share nothing: <_>' -ForEach 'things', 'faults', 'clock', 'limits', 'requests', 'reset' {
        $one, $two | Set-PolarEmulator -Reset
        $count = @(Get-PolarProduct -Connection two).Count
        switch ($_) {
            'things' { $null = New-PolarProduct -Name 'Foghorn' -Price (New-PolarPrice 0) -Connection one }
            'faults' { $one | Set-PolarEmulator -Fault @{ Status = 403 } }
            'clock' { $one | Set-PolarEmulator -Advance 90.00:00:00 -FreezeClock }
            'limits' { $one | Set-PolarEmulator -RateLimitPerMinute 1 -LatencyMilliseconds 600000 }
            'requests' { $null = Get-PolarProduct -Connection one }
            'reset' { $null = New-PolarProduct -Name 'Foghorn' -Price (New-PolarPrice 0) -Connection two; $one | Set-PolarEmulator -Reset; $count++ }
        }
        @(Get-PolarProduct -Connection two).Count | Should -Be $count
        @(Get-PolarProduct -Connection two).Count | Should -Be $count
        @($two.Faults).Count | Should -Be 0
        $two.RateLimitPerMinute | Should -BeNullOrEmpty
        $two.IsClockFrozen | Should -BeFalse
        [Math]::Abs(([DateTimeOffset]::Now - $two.Now).TotalMinutes) | Should -BeLessThan 5
        $two.RequestCount | Should -BeIn 3, 4
    }

    It 'are found by name, and completed' {
        (Get-Completion 'Set-PolarEmulator -Emulator t').CompletionText | Should -Be 'two'
        (Set-PolarEmulator one -PassThru).Name | Should -Be 'one'
        ('one', 'two' | Set-PolarEmulator -PassThru).Name | Should -Be 'one', 'two'
    }
}

Describe 'Get-PolarEmulator' {
    BeforeAll {
        Disconnect-Polar -All
        Stop-PolarEmulator -All
        $script:north = Start-PolarEmulator -Name north
        $script:south = Start-PolarEmulator -Name south -NoConnect
    }

    AfterAll { Stop-PolarEmulator -All; Disconnect-Polar -All }

    It 'finds <Name>' -ForEach @(
        @{ Name = 'all'; Script = { Get-PolarEmulator }; Expected = 'north', 'south' }
        @{ Name = 'one by name, in any case'; Script = { Get-PolarEmulator NORTH }; Expected = 'north' }
        @{ Name = 'several by name'; Script = { Get-PolarEmulator -Name south, north }; Expected = 'south', 'north' }
        @{ Name = 'names from the pipeline'; Script = { 'north', 's*' | Get-PolarEmulator }; Expected = 'north', 'south' }
        @{ Name = 'by a wildcard'; Script = { Get-PolarEmulator '?o*th' }; Expected = 'north', 'south' }
        @{ Name = 'nothing for a wildcard that nothing matches'; Script = { Get-PolarEmulator 'east*' }; Expected = @() }
    ) {
        $found = @(& $Script)
        $found.Name | Should -Be $Expected
        $found | ForEach-Object { $_ | Should -BeOfType 'PolarPS.PolarEmulatorInstance' }
    }

    It 'gives the emulator itself, to pipe into the others' {
        [object]::ReferenceEquals((Get-PolarEmulator south), $south) | Should -BeTrue
        Get-PolarEmulator south | Set-PolarEmulator -LatencyMilliseconds 1
        $south.LatencyMilliseconds | Should -Be 1
    }

    It 'names those that are running where there is none of a name' {
        $problem = (Get-TestError { Get-PolarEmulator west })[0]
        $problem.FullyQualifiedErrorId | Should -Be 'PolarEmulatorNotFound,PolarPS.Commands.GetPolarEmulatorCommand'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem.TargetObject | Should -Be 'west'
        $problem.ErrorDetails.Message | Should -Be "No emulator named 'west' is running. Running: 'north', 'south'."
        # The same words where another cmdlet takes the name.
        (Get-TestError { Set-PolarEmulator -Emulator west -Reset })[0].Exception.Message | Should -BeLike "*$($problem.ErrorDetails.Message)"
    }

    It 'takes a name literally before it is a pattern' {
        $odd = Start-PolarEmulator -Name 's*h' -NoConnect
        (Get-PolarEmulator 's*h').Name | Should -Be 's*h'
        (Get-PolarEmulator 's?*h').Name | Should -Be 'south', 's*h'
        $odd | Stop-PolarEmulator
        (Get-PolarEmulator 's*h').Name | Should -Be 'south'
    }

    It 'finds what Connect-Polar has started, used or not, and the one of the variables' {
        Connect-Polar -Environment Emulator -Name quick
        (Get-PolarEmulator).Name | Should -Be 'north', 'south', 'quick'
        (Get-PolarEmulator quick).RequestCount | Should -Be 0
        $null = Get-PolarProduct -First 1
        (Get-PolarEmulator quick).RequestCount | Should -Be 1
        Disconnect-Polar quick -WarningAction Ignore
        (Get-PolarEmulator).Name | Should -Be 'north', 'south'
        Select-PolarConnection north
        $said = Invoke-Fresh "Import-Module '$(Get-TestModulePath)'; `$null = Get-PolarProduct -First 1; (Get-PolarEmulator).RequestCount" -Environment @{ POLAR_ENVIRONMENT = 'Emulator'; POLAR_ACCESS_TOKEN = $null }
        $said | Should -Be 1
    }

    It 'sees what connections are seen: <Name>' -ForEach @(
        # A session that has chosen nothing, and none above it, sees what the process has.
        @{ Name = 'another session'; Script = '(Get-PolarEmulator).Name'; Expected = 'north', 'south' }
        @{ Name = 'another session with a connection of its own'; Script = "`$null = Start-PolarEmulator -Name own; (Get-PolarEmulator).Name"; Expected = @('own') }
        @{ Name = 'that session, by name'; Script = "`$null = Start-PolarEmulator -Name own; try { Set-PolarEmulator -Emulator north -Reset } catch { 'refused' }"; Expected = @('refused') }
    ) { (Invoke-NewSession $Script).Output | Should -Be $Expected }

    It 'lists none that has been stopped' {
        $short = Start-PolarEmulator -Name short -NoConnect
        $short | Stop-PolarEmulator
        (Get-PolarEmulator).Name | Should -Not -Contain 'short'
        Get-ErrorId { Get-PolarEmulator short } | Should -Be 'PolarEmulatorNotFound'
    }

    It 'completes the names' {
        (Get-Completion 'Get-PolarEmulator so').CompletionText | Should -Be 'south'
        (Get-Completion 'Set-PolarEmulator no').CompletionText | Should -Be 'north'
    }
}

Describe 'Stop-PolarEmulator' {
    AfterEach {
        Remove-Item Env:POLAR_ACCESS_TOKEN -ErrorAction Ignore
        Stop-PolarEmulator -All
        Disconnect-Polar -All
    }

    It 'ends the one that is given: <Name>' -ForEach @(
        @{ Name = 'in the pipeline'; Script = { $args[0] | Stop-PolarEmulator } }
        @{ Name = 'by name'; Script = { Stop-PolarEmulator second } }
        @{ Name = 'by connection'; Script = { Stop-PolarEmulator -Connection second } }
        @{ Name = 'by connection in the pipeline'; Script = { Get-PolarConnection second | Stop-PolarEmulator } }
        @{ Name = 'as the one selected'; Script = { Stop-PolarEmulator } }
    ) {
        $first = Start-PolarEmulator -Name first
        $second = Start-PolarEmulator -Name second
        & $Script $second
        $second.IsRunning | Should -BeFalse
        $first.IsRunning | Should -BeTrue
        (Get-PolarConnection).Name | Should -Be 'first'
    }

    It 'ends all' {
        $both = Start-PolarEmulator -Name first
        $both = $both, (Start-PolarEmulator -Name second -NoConnect)
        Stop-PolarEmulator -All
        $both.IsRunning | Should -Be $false, $false
        @(Get-PolarConnection).Count | Should -Be 0
    }

    It 'makes the cmdlets that follow fail, and not fall back to a real shop' {
        # Nothing listens there; a request to it would end in PolarConnectionFailed.
        Connect-Polar -Environment http://127.0.0.1:9 -AccessToken (ConvertTo-TestToken 'polar_oat_x') -Name real -MaximumRetryCount 0
        $env:POLAR_ACCESS_TOKEN = 'polar_oat_x'
        $null = Start-PolarEmulator
        $connection = Get-PolarConnection Emulator
        Stop-PolarEmulator
        Get-ErrorId { Get-PolarProduct } | Should -Be 'PolarEmulatorStopped'
        Get-ErrorId { Get-PolarProduct -Connection $connection } | Should -Be 'PolarEmulatorStopped'
        Get-ErrorId { New-TestProduct } | Should -Be 'PolarEmulatorStopped'
        (Get-TestError { Get-PolarProduct })[0].ErrorDetails.RecommendedAction | Should -BeLike '*Select-PolarConnection*'
        # Until the user chooses.
        Select-PolarConnection real
        Get-ErrorId { Get-PolarProduct } | Should -Be 'PolarConnectionFailed'
    }

    It 'does not let the variables step in either, nor after Disconnect-Polar, until Connect-Polar reads them' {
        $env:POLAR_ACCESS_TOKEN = 'polar_oat_x'
        $null = Start-PolarEmulator
        Stop-PolarEmulator
        Get-ErrorId { Get-PolarProduct } | Should -Be 'PolarEmulatorStopped'
        @(Get-PolarConnection).Count | Should -Be 0
        Disconnect-Polar -All
        Get-ErrorId { Get-PolarProduct } | Should -Be 'PolarNotConnected'
        @(Get-PolarConnection).Count | Should -Be 0
        Connect-Polar
        (Get-PolarConnection).Environment | Should -Be 'Production'
    }

    It 'leaves the selection alone when another is stopped' {
        $other = Start-PolarEmulator -Name other
        $null = Start-PolarEmulator
        $other | Stop-PolarEmulator
        @(Get-PolarProduct).Count | Should -BeGreaterThan 11
    }

    It 'may be repeated, and then there is nothing to change' {
        $emulator = Start-PolarEmulator
        $emulator | Stop-PolarEmulator
        @(Get-TestError { $emulator | Stop-PolarEmulator }).Count | Should -Be 0
        Get-ErrorId { $emulator | Set-PolarEmulator -Reset } | Should -Be 'PolarEmulatorStopped'
        # What it has seen is there still.
        $emulator.RequestCount | Should -Be 0
    }

    It 'ends a request that waits, at once' {
        $null = Start-PolarEmulator -LatencyMilliseconds 600000 -MaximumRetryCount 0 -AttemptTimeoutSeconds 120 -TotalTimeoutSeconds 120
        $shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
        $null = $shell.AddScript("Import-Module '$manifest'; Get-PolarProduct")
        $running = $shell.BeginInvoke()
        $emulator = Set-PolarEmulator -PassThru
        foreach ($turn in 1..200) { if ($emulator.RequestCount) { break } else { Start-Sleep -Milliseconds 50 } }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Stop-PolarEmulator
        try { $shell.EndInvoke($running) } catch { $null = $_ }
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
        $shell.Streams.Error.Count + [int]($shell.InvocationStateInfo.State -eq 'Failed') | Should -BeGreaterThan 0
        $shell.Dispose()
    }
}

Describe 'The emulator''s assembly' {
    It 'is not loaded by looking at the cmdlets and their classes, only by starting one' {
        $text = Invoke-Fresh @"
`$ErrorActionPreference = 'Stop'
`$ProgressPreference = 'SilentlyContinue'
Import-Module '$manifest'
function Test-Loaded { [bool]([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'PolarPS.Emulator' }) }
`$null = (Get-Command -Module PolarPS).Parameters
`$null = (Get-Command -Module PolarPS).OutputType
foreach (`$name in 'Start', 'Set', 'Stop') {
    `$null = Get-Help "`$name-PolarEmulator" -Full | Out-String
    `$null = Get-Command "`$name-PolarEmulator" -Syntax
}
foreach (`$type in [PolarPS.PolarEmulatorInstance], [PolarPS.PolarEmulatorRequest], [PolarPS.PolarEmulatorFault], [PolarPS.PolarEmulatorMail]) {
    `$null = `$type.GetMembers()
    `$null = `$type | Get-Member -Static
    `$null = Get-FormatData `$type.FullName
}
`$null = [Management.Automation.CommandCompletion]::CompleteInput('(Start-PolarEmulator).', 22, `$null)
Connect-Polar -AccessToken (ConvertTo-SecureString 'polar_oat_x' -AsPlainText -Force) -Environment Sandbox
`$null = Get-PolarConnection | Format-List * | Out-String
Connect-Polar -AccessToken (ConvertTo-SecureString 'polar_oat_x' -AsPlainText -Force) -Environment http://127.0.0.1:9 -MaximumRetryCount 0
try { Get-PolarProduct } catch { `$_.FullyQualifiedErrorId }
Test-Loaded
Connect-Polar -Environment Emulator
`$null = Get-PolarConnection | Format-List * | Out-String
Test-Loaded
`$null = Start-PolarEmulator
Test-Loaded
"@
        $text[0] | Should -BeLike 'PolarConnectionFailed,*'
        $text[1..3] | Should -Be 'False', 'False', 'True'
    }
}

Describe 'about_PolarPS_Testing, with Pester <Version>' -ForEach $pesters {
    It 'has an example that runs as it stands there' {
        # As Get-Help prints it: files whose names stand alone on a line; what belongs to them is indented by eight.
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive "example$Version")
        $names = foreach ($section in Get-TopicSection about_PolarPS_Testing) {
            foreach ($name in $section.Files.Keys) {
                Set-Content (Join-Path $folder $name) $section.Files[$name]
                $name
            }
        }
        $names | Sort-Object | Should -Be 'Send-Refund.Mock.Tests.ps1', 'Send-Refund.ps1', 'Send-Refund.Tests.ps1'
        $text = Invoke-Fresh @"
`$ProgressPreference = 'SilentlyContinue'
Import-Module '$Pester'
Import-Module '$manifest'
`$result = Invoke-Pester '$folder' -PassThru -Output None
"Pester `$((Get-Module Pester).Version)"
foreach (`$test in `$result.Tests) { "`$(`$test.Result): `$(`$test.Name) `$(`$test.ErrorRecord)" }
"@
        $text[0] | Should -Be "Pester $Version"
        $text | Select-Object -Skip 1 | Where-Object { $_ -notlike 'Passed:*' } | Should -BeNullOrEmpty
        @($text).Count | Should -Be 7
        # A test that cannot fail is none: without its fault the fate of the refund is known.
        $tests = Join-Path $folder 'Send-Refund.Tests.ps1'
        (Get-Content $tests) -replace 'DropAfterRead = \$true', 'DelayMilliseconds = 1' | Set-Content $tests
        $text = Invoke-Fresh @"
`$ProgressPreference = 'SilentlyContinue'
Import-Module '$Pester'
Import-Module '$manifest'
(Invoke-Pester '$tests' -PassThru -Output None).FailedCount
"@
        $text[-1] | Should -Be '1'
    }
}
