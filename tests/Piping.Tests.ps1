# Every kind of object into every cmdlet that takes objects: what binds stands in data/Piping.tsv, whatever does not stand there
# is refused and sends nothing. POLARPS_ACCEPT_PIPING=1 writes the table anew.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    # What these take from the pipeline are sessions, connections, emulators and bodies; Send-PolarEvent, New-PolarMeterFilter and Invoke-PolarBatch take any object.
    $other = 'Connect-Polar', 'Disconnect-Polar', 'Get-PolarConnection', 'Select-PolarConnection', 'Test-PolarConnection', 'Invoke-PolarRequest', 'New-PolarAddress',
        'Send-PolarEvent', 'New-PolarMeterFilter', 'Invoke-PolarBatch', 'Get-PolarEmulator', 'Set-PolarEmulator', 'Stop-PolarEmulator', 'ConvertFrom-PolarWebhook', 'Test-PolarWebhookSignature'
    $takers = @(Get-Command -Module PolarPS | Where-Object {
            $_.Name -notin $other -and ($_.Parameters.Values.Attributes | Where-Object { $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) })
        } | ForEach-Object { @{ Name = $_.Name; Command = $_ } })
    # From parents to their children, each by the list's own filter.
    $families = @(
        foreach ($family in @(
                'Customer: Order Subscription Refund Payment Checkout BenefitGrant Event EventType CustomerMeter', 'Meter: Event CustomerMeter', 'Product: CheckoutLink Subscription Order Checkout', 'Subscription: Order Refund',
                'Order: Refund Payment Dispute', 'Discount: Order Subscription', 'Checkout: Order Payment', 'Benefit: LicenseKey Product',
                'Organization: Benefit BenefitGrant Checkout CheckoutLink CustomField Customer CustomerMeter Discount Dispute Event EventType File LicenseKey Meter Order Payment Product Refund Subscription WebhookEndpoint',
                'Endpoint: WebhookDelivery')) {
            $parent, $children = $family -split '[: ]+'
            foreach ($child in $children) { @{ Parent = $parent; Child = $child } }
        })
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:table = Join-Path $PSScriptRoot 'data/Piping.tsv'
    $script:emulator = Start-PolarEmulator -Name piping -Seed 7 -StartTime '2026-11-29T12:00:00Z' -FreezeClock
    $team = Get-PolarCustomer | Where-Object Type -EQ team | Select-Object -First 1
    $key = Get-PolarLicenseKey -First 1
    $activation = $key | New-PolarLicenseKeyActivation -Label Piped
    # What customers' cmdlets use; the owner of the team may do everything there.
    New-PolarCustomerSession -Member (Get-PolarMember $team.Id -Role owner) | Connect-Polar
    # The customer's connection has seen the key, before it is piped as well as later.
    $null = $key | Test-PolarPortalLicenseKey -OrganizationId $key.OrganizationId
    $script:kinds = [ordered]@{
        Benefit         = Get-PolarBenefit -Type license_keys -First 1
        BenefitGrant    = Get-PolarBenefitGrant -First 1
        Checkout        = Get-PolarCheckout -First 1
        CheckoutLink    = Get-PolarCheckoutLink | Where-Object DiscountId | Select-Object -First 1
        CustomField     = Get-PolarCustomField -First 1
        Customer        = Get-PolarCustomer -ExternalId crew-1001
        CustomerState   = Get-PolarCustomerState -ExternalId crew-1001
        Discount        = Get-PolarDiscount -First 1
        CustomerMeter   = Get-PolarCustomerMeter -First 1
        Dispute         = Get-PolarDispute -First 1
        Endpoint        = New-PolarWebhookEndpoint http://localhost:9/piped -EventType discount.updated -Name Piped
        File            = Get-PolarFile | Where-Object Service -EQ downloadable | Select-Object -First 1
        Event           = Get-PolarEvent -Source user -First 1
        EventType       = Get-PolarEventType -Source user -First 1
        LicenseKey      = $key
        Activation      = $activation
        Meter           = Get-PolarMeter -IsArchived:$false -First 1
        Member          = Get-PolarMember $team.Id -First 1
        OAuthClient     = New-PolarOAuthClient Piped http://127.0.0.1:8400/ -Scope openid
        OAuthToken      = [PolarPS.Client.Models.OAuth2Token]@{ AccessToken = 'polar_at_u_piped'; RefreshToken = 'polar_rt_u_piped'; TokenType = 'Bearer'; ExpiresIn = 60; Scope = 'openid' }
        MetricDashboard = New-PolarMetricDashboard Piped -Metric orders
        Order           = Get-PolarOrder -Status paid | Where-Object { $_.SubscriptionId -and $_.RefundableAmount -gt 0 } | Select-Object -First 1
        OneTimeOrder    = Get-PolarOrder -Status paid | Where-Object { -not $_.SubscriptionId -and $_.RefundableAmount -gt 0 } | Select-Object -First 1
        Organization    = Get-PolarOrganization -First 1
        Payment         = Get-PolarPayment -Status succeeded -First 1
        PaymentMethod   = Get-PolarPaymentMethod -ExternalCustomerId crew-1001 -First 1
        Product         = Get-PolarProduct -IsRecurring -IsArchived:$false -First 1
        Refund          = Get-PolarRefund -First 1
        Seat            = Get-PolarSubscription | Where-Object Seats | Get-PolarSeat | Select-Object -First 1
        Subscription    = Get-PolarSubscription -Status active -First 1
        Delivery        = $null
        Wallet          = [PolarPS.Client.Models.Wallet]@{ Id = '3acd4967-98cb-4e52-918a-380901093d00'; CustomerId = $team.Id; Balance = 5000; Currency = 'usd' }
        RowWithCustomer = [pscustomobject]@{ CustomerId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }
        RowWithOrder    = [pscustomobject]@{ OrderId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }
        Text            = '8cabdca5-cf97-4f4e-851c-fddffa691a55'
    }
    # The port is closed, so the delivery fails, and is listed nevertheless.
    $null = Set-PolarDiscount $kinds.Discount -Metadata @{ piped = 1 }
    $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
    $kinds.Delivery = $kinds.Endpoint | Get-PolarWebhookDelivery -First 1
    # What a cmdlet needs besides what is piped.
    $script:besides = @{
        'New-PolarBenefit' = @{ Description = 'Piped' }
        'Confirm-PolarCheckout' = @{ ConfirmationTokenId = 'ctoken_test_1' }
        'Export-PolarMetricReport' = @{ Path = (Join-Path ([IO.Path]::GetTempPath()) "$([guid]::NewGuid()).html") }
        'Get-PolarMetric' = @{ From = '2026-11-01'; To = '2026-11-02'; Interval = 'day' }
        'Get-PolarMeterQuantity' = @{ StartTimestamp = '2026-10-01T00:00:00Z'; EndTimestamp = '2026-10-02T00:00:00Z' }
        'Grant-PolarSeat' = @{ SubscriptionId = $kinds.Subscription.Id }
        'Grant-PolarPortalSeat' = @{ SubscriptionId = $kinds.Subscription.Id }
        'Set-PolarPortalMember' = @{ Name = 'Piped' }
        'Send-PolarWebhookPayload' = @{ Uri = 'http://127.0.0.1:9/piped' }
        'Set-PolarPortalSubscription' = @{ CancelAtPeriodEnd = $true }
        'Confirm-PolarPortalOrderPayment' = @{ ConfirmationTokenId = 'ctoken_test_1' }
        'Remove-PolarPortalLicenseKeyActivation' = @{ Key = $key }
        'Save-PolarPortalDownloadable' = @{ Path = (Join-Path ([IO.Path]::GetTempPath()) 'piped.dat') }
        'Save-PolarPortalOrderInvoice' = @{ Path = (Join-Path ([IO.Path]::GetTempPath()) 'piped-own.pdf'); Generate = $true }
        'New-PolarCustomField' = @{ Type = 'text'; Slug = 'piped' }
        'New-PolarDiscount' = @{ Name = 'Piped'; Percent = 5; Duration = 'once' }
        'New-PolarCustomer' = @{ Email = 'piped@example.com' }
        'New-PolarLicenseKeyActivation' = @{ Label = 'Piped' }
        'New-PolarMember' = @{ CustomerId = $team.Id }
        'New-PolarOrder' = @{ Product = 'Seto Inland Sea Pilot' }
        'New-PolarProduct' = @{ Name = 'Piped'; Price = New-PolarPrice 500 }
        'New-PolarRefund' = @{ Reason = 'other' }
        'New-PolarSubscription' = @{ Product = 'Deckhand' }
        'Save-PolarFile' = @{ Path = (Join-Path ([IO.Path]::GetTempPath()) 'piped.zip') }
        'Request-PolarOAuthToken' = @{ Client = $kinds.OAuthClient }
        'Revoke-PolarOAuthToken' = @{ Client = $kinds.OAuthClient }
        'Save-PolarOrderInvoice' = @{ Path = (Join-Path ([IO.Path]::GetTempPath()) 'piped.pdf'); Generate = $true }
        'Set-PolarBenefit' = @{ Description = 'Piped' }
        'Set-PolarCheckout' = @{ CustomerName = 'Piped' }
        'Set-PolarCheckoutLink' = @{ Label = 'Piped' }
        'Set-PolarCustomField' = @{ Name = 'Piped' }
        'Set-PolarCustomer' = @{ Name = 'Piped' }
        'Set-PolarDiscount' = @{ Name = 'Piped' }
        'Set-PolarEventType' = @{ Label = 'Piped' }
        'Set-PolarFile' = @{ Name = 'Piped' }
        'Set-PolarLicenseKey' = @{ Usage = 1 }
        'Set-PolarMember' = @{ Name = 'Piped' }
        'Set-PolarMeter' = @{ Name = 'Piped' }
        'Set-PolarMetricDashboard' = @{ Name = 'Piped' }
        'Set-PolarOAuthClient' = @{ ClientName = 'Piped' }
        'Set-PolarOrder' = @{ BillingName = 'Piped' }
        'Set-PolarOrganization' = @{ Name = 'Piped' }
        'Set-PolarProduct' = @{ Description = 'Piped' }
        'Set-PolarProductBenefit' = @{ BenefitId = $kinds.Benefit.Id }
        'Set-PolarSubscription' = @{ Metadata = @{ a = 1 } }
        'Set-PolarWebhookEndpoint' = @{ Enabled = $true }
        'Stop-PolarSubscription' = @{ Immediate = $true }
        'Test-PolarOAuthToken' = @{ Client = $kinds.OAuthClient }
    }

    function Get-Bound {
        # What a cmdlet makes of an object: the request, with the object's properties in the place of their values; $null where
        # it is refused.
        param([string] $Name, $Thing)
        $command = Get-Command $Name
        $with = if ($besides[$Name]) { $besides[$Name].Clone() } else { @{} }
        $writes = $command.Parameters.ContainsKey('WhatIf') -and $command.Verb -notin 'Save', 'Test'
        if ($command.Parameters.ContainsKey('WhatIf')) { $with.WhatIf = $true }
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        $problems = @()
        $lines = @()
        try { $lines = @($Thing | & $Name @with -Verbose -ErrorAction SilentlyContinue -ErrorVariable problems 4>&1 6>$null | ForEach-Object { "$_" }) }
        catch { $problems = @($_) }
        $requests = @($emulator.Requests | ForEach-Object { "$($_.Method) $($_.Path)$(if ($_.Query) { "?$($_.Query)" })" })
        $sent = @($lines -like 'Would send *' | ForEach-Object { $_ -replace '^Would send ' })
        $isRead = $sent.Count -eq 0
        if ($isRead) { $sent = $requests }
        if ($sent.Count -eq 0) {
            # Refused: an error, and not a request.
            if ($problems.Count -eq 0) { return 'nothing at all' }
            return
        }
        $line = "$($sent[-1])$(if ($isRead -and $writes) { ', and no more: an error' })" -replace '[?&](page|limit)=\d+', '' -replace '/\?$', '/' -replace '/&', '/?'
        # The id of an OAuth client is none like the others.
        $line = $line -replace 'polar_ci_\w+', '<ClientId>'
        # Metadata has no order.
        $line = [regex]::Replace($line, '(?<="metadata":\{)[^{}]+(?=\})', { param($match) ($match.Value -split ',(?=")' | Sort-Object) -join ',' })
        $properties = @{}
        foreach ($property in $(if ($Thing -is [string]) { @([pscustomobject]@{ Name = 'Text'; Value = $Thing }) } else { @($Thing.PSObject.Properties | Sort-Object { $_.Name -ne 'Id' }, Name) })) {
            $value = "$($property.Value)"
            if (($value -as [guid]) -and -not $properties.ContainsKey($value)) { $properties[$value] = $property.Name }
            if ($property.Name -eq 'Key' -and $Thing.DisplayKey) { $line = $line.Replace($value, '<Key>') }
        }
        foreach ($product in @($Thing.Products)) { if ($product.Id -and -not $properties.ContainsKey($product.Id)) { $properties[$product.Id] = 'Products' } }
        [regex]::Replace($line, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', { param($match) if ($properties[$match.Value]) { "<$($properties[$match.Value])>" } else { '<given>' } })
    }

    $other = 'Connect-Polar', 'Disconnect-Polar', 'Get-PolarConnection', 'Select-PolarConnection', 'Test-PolarConnection', 'Invoke-PolarRequest', 'New-PolarAddress',
        'Send-PolarEvent', 'New-PolarMeterFilter', 'Invoke-PolarBatch', 'Get-PolarEmulator', 'Set-PolarEmulator', 'Stop-PolarEmulator', 'ConvertFrom-PolarWebhook', 'Test-PolarWebhookSignature'
    $script:takers = @(Get-Command -Module PolarPS | Where-Object {
            $_.Name -notin $other -and ($_.Parameters.Values.Attributes | Where-Object { $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) })
        })
    $script:actual = [ordered]@{}
    foreach ($command in $takers) {
        foreach ($kind in $kinds.Keys) {
            $bound = Get-Bound $command.Name $kinds[$kind]
            if ($bound) { $actual["$($command.Name)`t$kind"] = $bound }
        }
    }
    if ($env:POLARPS_ACCEPT_PIPING) { "cmdlet`tobject`trequest", @($actual.Keys | ForEach-Object { "$_`t$($actual[$_])" }) | ForEach-Object { $_ } | Set-Content $table -Encoding utf8 }
}

AfterAll {
    $emulator | Stop-PolarEmulator
    Disconnect-Polar -All
}

Describe 'What is piped' {
    It 'is there: one of each kind' { foreach ($kind in $kinds.Keys) { @($kinds[$kind]).Count | Should -Be 1 -Because $kind; $kinds[$kind] | Should -Not -BeNullOrEmpty -Because $kind } }

    It 'binds as the table says, and not otherwise' {
        $expected = Get-Content $table | Select-Object -Skip 1
        $found = @($actual.Keys | ForEach-Object { "$_`t$($actual[$_])" })
        Compare-Object $expected $found | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
        $found.Count | Should -BeGreaterThan 200
    }

    It 'is never something that nobody answers for' { $actual.Values | Should -Not -Contain 'nothing at all' }

    It 'lists the <Child>s of a <Parent>' -ForEach $families {
        $actual["Get-Polar$Child`t$Parent"] | Should -Match "^GET /v1/[a-z/-]+\?$($Parent.ToLowerInvariant())_id=<Id>$"
    }

    It 'lists the license keys of a customer, for which Polar has no filter, by the grants' {
        $actual["Get-PolarLicenseKey`tCustomer"] | Should -Match '^GET /v1/benefit-grants/\?customer_id=<Id>$'
        $holder = Get-PolarLicenseKey -First 1
        (Get-PolarCustomer $holder.CustomerId | Get-PolarLicenseKey).Id | Should -Be @(Get-PolarLicenseKey | Where-Object CustomerId -EQ $holder.CustomerId).Id
        Get-PolarCustomer $holder.CustomerId | Get-PolarLicenseKey -Status revoked | Should -BeNullOrEmpty
        @(Get-PolarCustomer $holder.CustomerId | Get-PolarLicenseKey -Status GRANTED).Count | Should -BeGreaterThan 0
        Get-PolarCustomer $holder.CustomerId | Get-PolarLicenseKey -Skip 100 | Should -BeNullOrEmpty
    }

    It 'binds as a copy does that comes from a job or a file: <Name>' -ForEach $takers {
        foreach ($kind in $kinds.Keys | Where-Object { $_ -ne 'Text' -and $_ -notlike 'Row*' }) {
            $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($kinds[$kind], 2))
            $bound = Get-Bound $Name $copy
            $bound | Should -Be $actual["$Name`t$kind"] -Because $kind
        }
    }

    It 'is nothing: an empty pipeline sends nothing to <Name>' -ForEach $takers {
        $with = if ($besides[$Name]) { $besides[$Name] } else { @{} }
        if ($Command.Parameters.ContainsKey('Confirm')) { $with = $with + @{ Confirm = $false } }
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        @(Get-TestError { @() | & $Name @with }) | Should -BeNullOrEmpty
        @($emulator.Requests).Count | Should -Be 0
    }

    It 'is refused with the way to what may be meant: <Name>' -ForEach @(
        @{ Name = 'a benefit into orders'; Act = { $kinds.Benefit | Get-PolarOrder }; Says = '*this is a benefit*use -OrganizationId $_.OrganizationId*' }
        @{ Name = 'a grant into refunds'; Act = { $kinds.BenefitGrant | Get-PolarRefund }; Says = '*this is a benefit grant*use -OrderId $_.OrderId or -CustomerId $_.CustomerId*' }
        @{ Name = 'a row into orders'; Act = { $kinds.RowWithCustomer | Get-PolarOrder }; Says = '*use -CustomerId $_.CustomerId*' }
        @{ Name = 'a customer beside the filter'; Act = { $kinds.Customer | Get-PolarOrder -CustomerId $kinds.Customer.Id }; Says = '*The pipeline has customers, and -CustomerId is given too*' }
    ) {
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        "$(Get-TestError $Act)" | Should -BeLike $Says
        @($emulator.Requests).Count | Should -Be 0
    }

    It 'goes with the other filters, and each parent by itself' {
        $found = $kinds.Customer, (Get-PolarCustomer -ExternalId crew-1002) | Get-PolarOrder -Status paid
        $found.CustomerId | Sort-Object -Unique | Should -Be @(($kinds.Customer.Id, (Get-PolarCustomer -ExternalId crew-1002).Id) | Sort-Object)
        $found.Status | Sort-Object -Unique | Should -Be 'paid'
        (Get-PolarOrder -InputObject $kinds.Customer, $kinds.Subscription).Count | Should -BeGreaterThan 0
    }
}
