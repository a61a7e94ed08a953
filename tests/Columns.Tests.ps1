# The properties that objects have beyond Polar's own: what tables call Price, Total, State ... They are properties like any other
# for PowerShell's own commands, and no column of an export that a cmdlet would take for something else.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/../tools/PolarPS.Views.psm1"
    $kinds = @(Read-View "$PSScriptRoot/../src/PolarPS.Shell/Views/Views.txt" | Where-Object Adds | ForEach-Object { @{ Name = $_.Name; Type = $_.Type; Adds = $_.Adds } })
    $samples = @(
        @{ Name = 'Product'; Script = { Get-PolarProduct } }
        @{ Name = 'ProductPrice'; Script = { (Get-PolarProduct).Prices; [PolarPS.Client.Models.ProductPrice]@{ Id = 'old'; IsArchived = $true } } }
        @{ Name = 'PriceTier'; Script = { (Get-PolarProduct).Prices.Tiers.Tiers | Where-Object { $_ } } }
        @{ Name = 'SeatTier'; Script = { (Get-PolarProduct).Prices.SeatTiers.Tiers | Where-Object { $_ } } }
        @{ Name = 'PriceInput'; Script = { New-PolarPrice 1999 -Currency usd; New-PolarPrice 800 -Currency jpy } }
        @{ Name = 'Checkout'; Script = { Get-PolarCheckout } }
        @{ Name = 'Discount'; Script = { Get-PolarDiscount } }
        @{ Name = 'AttachedCustomField'; Script = { (Get-PolarProduct).AttachedCustomFields } }
        @{ Name = 'CustomerStateSubscription'; Script = { (Get-PolarCustomer -Active | Get-PolarCustomerState).ActiveSubscriptions } }
        @{ Name = 'CustomerStateSubscriptionMeter'; Script = { (Get-PolarCustomer -Active | Get-PolarCustomerState).ActiveSubscriptions.Meters } }
        @{ Name = 'PaymentMethod'; Script = { Get-PolarCustomer | Get-PolarPaymentMethod } }
        @{ Name = 'PaymentMethodMetadata'; Script = { (Get-PolarCustomer | Get-PolarPaymentMethod).MethodMetadata } }
        @{ Name = 'Subscription'; Script = { Get-PolarSubscription } }
        @{ Name = 'SubscriptionMeter'; Script = { (Get-PolarSubscription).Meters | Where-Object { $_ } } }
        @{ Name = 'CustomerSeat'; Script = { Get-PolarSubscription -Status active | Where-Object Seats | Get-PolarSeat } }
        @{ Name = 'CustomerSeatClaim'; Script = { [PolarPS.Client.Models.CustomerSeatClaim]@{ Seat = Get-PolarSubscription -Status active | Where-Object Seats | Get-PolarSeat | Select-Object -First 1 } } }
        @{ Name = 'Order'; Script = { Get-PolarOrder } }
        @{ Name = 'OrderItem'; Script = { (Get-PolarOrder).Items } }
        @{ Name = 'Refund'; Script = { Get-PolarRefund } }
        @{ Name = 'Dispute'; Script = { Get-PolarDispute } }
        @{ Name = 'Payment'; Script = { Get-PolarPayment } }
        @{ Name = 'Benefit'; Script = { Get-PolarBenefit } }
        @{ Name = 'BenefitGrant'; Script = { Get-PolarBenefitGrant } }
        @{
            Name   = 'WebhookDelivery'
            Script = {
                if (-not (Get-PolarWebhookEndpoint)) {
                    $null = New-PolarWebhookEndpoint https://hooks.example.com/ -EventType discount.updated
                    $null = Get-PolarDiscount -First 1 | Set-PolarDiscount -Metadata @{ columns = 1 }
                }
                Get-PolarWebhookDelivery
            }
        }
        @{ Name = 'MetricPeriod'; Script = { Get-PolarMetric revenue, orders } }
        @{ Name = 'MetricsTotals'; Script = { Get-PolarMetric revenue, orders -Total } }
        @{ Name = 'OAuth2Client'; Script = { New-PolarOAuthClient Columns http://127.0.0.1:8400/; [PolarPS.Client.Models.OAuth2Client]@{ ClientId = 'polar_ci_x'; ClientSecretExpiresAt = 1796864000 } } }
        @{
            Name   = 'OAuth2Token'
            Script = {
                $token = [PolarPS.Client.Models.OAuth2Token]@{ AccessToken = 'polar_at_u_x'; ExpiresIn = 864000 }
                # As Request-PolarOAuthToken does; a code comes from a browser only.
                $null = [PolarPS.PolarConnection].Assembly.GetType('PolarPS.TokenTimes').GetMethod('Note').Invoke($null, @($token))
                $token
            }
        }
        @{ Name = 'OAuth2TokenState'; Script = { [PolarPS.Client.Models.OAuth2TokenState]@{ Active = $true; Iat = 1796000000; Exp = 1796864000 } } }
        @{ Name = 'Downloadable'; Script = { New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; Get-PolarPortalDownloadable } }
        @{ Name = 'Wallet'; Script = { New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; Get-PolarPortalWallet } }
        @{ Name = 'MeterFilter'; Script = { (Get-PolarMeter).Filter; New-PolarMeterFilter "name = 'a' and metadata.tokens > 5" } }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-Module "$PSScriptRoot/../tools/PolarPS.Views.psm1"
    Import-TestModule
    Disconnect-Polar -All
    Connect-Polar -Environment Emulator -Name columns
    $script:adds = @{}
    foreach ($view in Read-View "$PSScriptRoot/../src/PolarPS.Shell/Views/Views.txt") { $adds[$view.Name] = $view.Adds }
    $script:minor = @{ usd = 100; eur = 100; jpy = 1 }
}

AfterAll { Disconnect-Polar -All }

Describe 'A <Name>' -ForEach $kinds {
    It 'has no property by the name of one of Polar''s fields' {
        ($Type -as [type]).GetProperties().Name | Where-Object { $_ -in $Adds } | Should -BeNullOrEmpty
    }

    It 'has its properties at the prompt, and says their type' {
        $item = [psobject][Runtime.Serialization.FormatterServices]::GetUninitializedObject($Type -as [type])
        foreach ($name in $Adds) {
            $item.PSObject.Properties[$name].MemberType | Should -Be 'CodeProperty'
            $item.PSObject.Properties[$name].TypeNameOfValue | Should -Not -Be 'System.Object'
        }
        ($item | Get-Member -MemberType CodeProperty).Name | Sort-Object | Should -Be ($Adds | Sort-Object)
    }

    It 'is in one currency if it has money' {
        $item = [psobject][Runtime.Serialization.FormatterServices]::GetUninitializedObject($Type -as [type])
        $money = $Adds | Where-Object { $_ -ne 'Percent' -and $item.PSObject.Properties[$_].TypeNameOfValue -match 'Decimal' }
        if ($money) { $item.PSObject.Properties['Currency'], $item.PSObject.Properties['PriceCurrency'] | Where-Object { $_ } | Should -Not -BeNullOrEmpty -Because 'sums never mix currencies' }
    }

    It 'is among the samples' { $Name | Should -BeIn @('Product', 'ProductPrice', 'PriceTier', 'SeatTier', 'PriceInput', 'Checkout', 'Discount', 'AttachedCustomField', 'CustomerStateSubscription', 'CustomerStateSubscriptionMeter', 'PaymentMethod', 'PaymentMethodMetadata', 'Subscription', 'SubscriptionMeter', 'CustomerSeat', 'CustomerSeatClaim', 'Order', 'OrderItem', 'Refund', 'Dispute', 'Payment', 'Benefit', 'BenefitGrant', 'MeterFilter', 'WebhookDelivery', 'MetricPeriod', 'MetricsTotals', 'OAuth2Client', 'OAuth2Token', 'OAuth2TokenState', 'Wallet', 'Downloadable') }
}

Describe 'Properties of <Name>' -ForEach $samples {
    It 'have values' {
        $items = @(& $Script)
        $items.Count | Should -BeGreaterThan 0
        foreach ($property in $adds[$Name]) {
            @($items.$property | Where-Object { $null -ne $_ }).Count | Should -BeGreaterThan 0 -Because "$Name has $property"
        }
    }

    It 'are columns for Export-Csv and properties for Select-Object, Sort-Object and Group-Object' {
        $items = @(& $Script)
        $head = @($items | ConvertTo-Csv -NoTypeInformation)[0]
        foreach ($property in $adds[$Name]) {
            $head | Should -Match """$property"""
            @($items | Sort-Object $property).Count | Should -Be $items.Count
            ($items | Group-Object $property | Measure-Object Count -Sum).Sum | Should -Be $items.Count
            ($items[0] | Select-Object *).$property | Should -Be $items[0].$property
        }
    }

    It 'mean nothing to a cmdlet that takes rows' {
        # Each row twice, with these columns and without them, into every cmdlet that changes something: what would be sent, or
        # that nothing would be, is the same.
        $allowed = @{
            'Discount New-PolarDiscount'             = 'Percent means there what it means here'
            'WebhookDelivery Send-PolarWebhookEvent' = 'A row of a delivery means its event, and that is the column for it'
        }
        $item = @(& $Script)[0]
        $own = $item.PSObject.BaseObject.GetType().GetProperties().Name | Where-Object { $item.PSObject.Properties[$_] }
        $without = $item | Select-Object $own | ConvertTo-Csv -NoTypeInformation
        $with = $item | ConvertTo-Csv -NoTypeInformation
        $with[0] | Should -Not -Be $without[0]
        # A host without anybody: what is mandatory is not asked for.
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $null = $shell.AddScript(@'
param($Module, $Connection, $With, $Without)
Import-Module $Module
$null = Select-PolarConnection $Connection
$more = @{
    'New-PolarProduct' = @{ Price = New-PolarPrice 500 -Currency usd }
    'New-PolarRefund'  = @{ Reason = 'other' }
}
foreach ($command in Get-Command -Module PolarPS | Where-Object { $_.Name -eq 'New-PolarAddress' -or $_.Parameters.ContainsKey('WhatIf') }) {
    $given = if ($more.ContainsKey($command.Name)) { $more[$command.Name] } else { @{} }
    if ($command.Parameters.ContainsKey('WhatIf')) { $given.WhatIf = $true; $given.Verbose = $true }
    if (-not @($command.Parameters.Values.Attributes | Where-Object { $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) })) { continue }
    $said = foreach ($rows in $With, $Without) {
        $output = @(try { $rows | ConvertFrom-Csv | & $command @given -ErrorAction Continue *>&1 } catch { $_ })
        $sent = @($output -match '^Would send ')
        if ($sent) { $sent -join '|' } elseif ($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) { 'refused' } else { ($output -join '|') -replace ' in \d+ ms(?=\||$)', ' in a moment' }
    }
    [pscustomobject]@{ Name = $command.Name; With = $said[0]; Without = $said[1] }
}
'@).AddArgument((Get-TestModulePath)).AddArgument('columns').AddArgument($with).AddArgument($without)
            $results = $shell.Invoke()
            $results.Count | Should -BeGreaterThan 30
            $results.Without | Should -Not -Contain ''
            foreach ($result in $results) {
                if ($allowed["$Name $($result.Name)"]) { continue }
                $result.With | Should -Be $result.Without -Because "$Name piped to $($result.Name)"
            }
        }
        finally { $shell.Dispose() }
    }
}

Describe 'Money in major units' {
    It 'has the currency''s decimals: <Currency>' -ForEach @(
        @{ Currency = 'usd'; Minor = 1999; Text = '19.99' }
        @{ Currency = 'usd'; Minor = 4900; Text = '49.00' }
        @{ Currency = 'jpy'; Minor = 1999; Text = '1999' }
        @{ Currency = 'JPY'; Minor = 1999; Text = '1999' }
        # Polar counts in hundredths whatever ISO 4217 says.
        @{ Currency = 'bhd'; Minor = 1999; Text = '19.99' }
        @{ Currency = $null; Minor = -5; Text = '-0.05' }
    ) {
        $payment = [PolarPS.Client.Models.Payment]@{ Amount = $Minor; Currency = $Currency }
        $payment.Total | Should -BeOfType decimal
        $payment.Total.ToString([cultureinfo]::InvariantCulture) | Should -Be $Text
    }

    It 'is the amount that Polar has' {
        foreach ($order in Get-PolarOrder) {
            $order.Total * $minor[$order.Currency] | Should -Be $order.TotalAmount
            $order.Net * $minor[$order.Currency] | Should -Be $order.NetAmount
            $order.Tax * $minor[$order.Currency] | Should -Be $order.TaxAmount
            $order.Refunded * $minor[$order.Currency] | Should -Be ($order.RefundedAmount + $order.RefundedTaxAmount)
            foreach ($item in $order.Items) {
                $item.Currency | Should -Be $order.Currency
                $item.Price * $minor[$order.Currency] | Should -Be $item.Amount
            }
        }
        foreach ($refund in Get-PolarRefund) { $refund.Total | Should -Be ($refund.Net + $refund.Tax) }
        foreach ($subscription in Get-PolarSubscription) { $subscription.Price * $minor[$subscription.Currency] | Should -Be $subscription.Amount }
    }

    It 'is null where Polar does not say' {
        [PolarPS.Client.Models.Order]::new().Total | Should -BeNullOrEmpty
        [PolarPS.Client.Models.Refund]::new().Total | Should -BeNullOrEmpty
        [PolarPS.Client.Models.Product]::new().Price | Should -BeNullOrEmpty
        [PolarPS.Client.Models.OrderItem]::new().Currency | Should -BeNullOrEmpty
    }

    It 'is summed, filtered and sorted by the names in the table' {
        $orders = Get-PolarOrder
        @($orders | Group-Object Currency).Count | Should -BeGreaterThan 1
        foreach ($group in $orders | Group-Object Currency) {
            [decimal]($group.Group | Measure-Object Total -Sum).Sum | Should -Be ([decimal]($group.Group | Measure-Object TotalAmount -Sum).Sum / $minor[$group.Name])
        }
        @($orders | Where-Object Total -GT 20).Count | Should -Be @($orders | Where-Object { $_.TotalAmount / $minor[$_.Currency] -gt 20 }).Count
        ($orders | Sort-Object Total | Select-Object -Last 1).Total | Should -Be ($orders | Measure-Object Total -Maximum).Maximum
    }

    It 'of a price is the least that it costs: <Name>' -ForEach @(
        @{ Name = 'fixed'; Price = { New-PolarPrice 1999 -Currency usd }; Is = 19.99 }
        @{ Name = 'yen'; Price = { New-PolarPrice 1999 -Currency jpy }; Is = 1999 }
        @{ Name = 'free'; Price = { New-PolarPrice 0 -Currency usd }; Is = 0 }
        @{ Name = 'as you like'; Price = { New-PolarPrice -Custom -MinimumAmount 300 -Currency eur }; Is = 3 }
        @{ Name = 'seats'; Price = { New-PolarPrice -SeatTier 900, @{ MinSeats = 5; PricePerSeat = 700 } -Currency usd }; Is = 7 }
        @{ Name = 'usage'; Price = { New-PolarPrice -MeterId 68d80e6e-e688-44c3-a3ef-ddbe53543c88 -UnitAmount 0.0125 -Currency usd }; Is = 0.000125 }
    ) {
        (& $Price).ListPrice | Should -Be $Is
    }
}

Describe 'States' {
    It 'of subscriptions are words, with the day in the table' {
        $subscriptions = Get-PolarSubscription
        foreach ($subscription in $subscriptions) {
            $running = $subscription.Status -in 'active', 'trialing', 'past_due'
            $expected = if ($running -and $subscription.CancelAtPeriodEnd) { 'ends' } elseif ($running -and $subscription.PauseAtPeriodEnd) { 'pauses' } else { $subscription.Status }
            $subscription.State | Should -Be $expected
            if ($running -and $expected -notin 'ends', 'pauses') { $subscription.Renews | Should -Be $subscription.CurrentPeriodEnd } else { $subscription.Renews | Should -BeNullOrEmpty }
        }
        ($subscriptions | Where-Object State -EQ 'ends' | Out-String -Width 120) | Should -Match 'ends \w'
    }

    It 'of products and benefits say what sets them apart' {
        (Get-PolarProduct -IsArchived -First 1).State | Should -Be 'archived'
        (Get-PolarProduct -IsArchived:$false | Where-Object Visibility -EQ 'public' | Select-Object -First 1).State | Should -Be 'public'
        (Get-PolarBenefit | Where-Object Visibility -EQ 'private' | Select-Object -First 1).State | Should -Be 'private'
    }
}

Describe 'A copy' {
    It 'of an object stands for it, with these columns too' {
        $product = Get-PolarProduct -IsArchived:$false -First 1
        $text = $product | Select-Object * | Set-PolarProduct -Name 'Copied name' -WhatIf -Verbose 4>&1 | Out-String
        $text | Should -Match 'Would send PATCH .*\{"name":"Copied name"\}'
    }

    It 'in XML has them, and what is within' {
        $file = Join-Path $TestDrive 'copy.xml'
        $order = Get-PolarOrder | Where-Object { $_.Total -gt 0 } | Select-Object -First 1
        $product = Get-PolarProduct | Where-Object { $_.Prices[0].SeatTiers -and $_.Benefits } | Select-Object -First 1
        $order, $product | Export-Clixml $file
        $copies = Import-Clixml $file
        $copies[0].Total | Should -Be $order.Total
        $copies[0].Items[0].Price | Should -Be $order.Items[0].Price
        $copies[0].Customer.Email | Should -Be $order.Customer.Email
        $copies[1].Prices[0].SeatTiers.Tiers[0].PricePerSeat | Should -Be $product.Prices[0].SeatTiers.Tiers[0].PricePerSeat
        $copies[1].Benefits[0].Description | Should -Be $product.Benefits[0].Description
    }

    It 'from a job has them, and what is within' {
        $copy = Start-Job { Import-Module $args[0]; Connect-Polar -Environment Emulator; Get-PolarOrder | Where-Object { $_.Total -gt 0 } | Select-Object -First 1 } -ArgumentList (Get-TestModulePath) | Receive-Job -Wait -AutoRemoveJob
        $copy.Total | Should -BeGreaterThan 0
        $copy.Items[0].Price | Should -BeGreaterThan 0
        $copy.Customer.BillingAddress | Should -Not -BeOfType string
    }
}

Describe 'Times' {
    It 'are in one zone in properties, tables and lists' {
        $text = Invoke-Fresh -Environment @{ POLARPS_TEST_MODULE = (Get-TestModulePath); TZ = 'Asia/Kolkata' } -Script @'
Import-Module $env:POLARPS_TEST_MODULE
if (Test-Path Variable:PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
$null = Start-PolarEmulator -StartTime '2026-11-29T20:00:00Z' -FreezeClock
$customer = New-PolarCustomer zone@example.com
"zone $([TimeZoneInfo]::Local.GetUtcOffset($customer.CreatedAt) -eq $customer.CreatedAt.Offset)"
"property $($customer.CreatedAt.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture))"
"list $(($customer | Format-List | Out-String) -match [regex]::Escape($customer.CreatedAt.ToString('g')))"
"table $(($customer | Out-String -Width 120) -match [regex]::Escape($customer.CreatedAt.ToString('g')))"
"same $($customer.CreatedAt -eq [datetimeoffset]'2026-11-29T20:00:00Z')"
"within $((Get-PolarOrder -First 1).Items[0].CreatedAt.Offset -eq $customer.CreatedAt.Offset)"
'@
        $text = $text -join "`n"
        foreach ($what in 'zone', 'list', 'table', 'same', 'within') { $text | Should -Match "$what True" }
        # Windows takes its zone from elsewhere.
        if (-not (Get-Variable IsWindows -ErrorAction Ignore) -or -not $IsWindows) { $text | Should -Match 'property 2026-11-30 01:30' }
    }
}
