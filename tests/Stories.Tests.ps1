# What the module is for, in the lines that people type: each runs as it stands. And what must never happen: a cmdlet that
# deletes, ends or refunds, and takes the wrong object for the right one.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    # What each needs besides the object.
    $besides = @{
        'New-PolarRefund'       = @{ Reason = 'other' }
        'Confirm-PolarCheckout' = @{}
        'Stop-PolarSubscription' = @{ Immediate = $true }
        'Set-PolarPortalSubscription' = @{ Seats = 9 }
        'Confirm-PolarPortalOrderPayment' = @{ ConfirmationTokenId = 'ctoken_1' }
        'Remove-PolarPortalLicenseKeyActivation' = @{ Key = 'PLOT-0000'; OrganizationId = '00000000-0000-4000-8000-000000000000' }
        'Revoke-PolarOAuthToken' = @{ Client = [pscredential]::new('polar_ci_1', (ConvertTo-SecureString 'polar_cs_1' -AsPlainText -Force)) }
    }
    # What each acts on; of any other kind nothing may be accepted.
    $kinds = @{
        'Remove-PolarBenefit' = 'benefit'; 'Remove-PolarCheckoutLink' = 'checkout link'; 'Remove-PolarCustomField' = 'custom field'
        'Remove-PolarCustomer' = 'customer'; 'Remove-PolarDiscount' = 'discount'; 'Remove-PolarLicenseKeyActivation' = 'activation'
        'Remove-PolarMember' = 'member'; 'Remove-PolarProduct' = 'product'; 'Revoke-PolarSeat' = 'seat'; 'Stop-PolarSubscription' = 'subscription'
        'Resume-PolarSubscription' = 'subscription'; 'Approve-PolarDispute' = 'dispute'; 'Complete-PolarOrder' = 'order'; 'New-PolarRefund' = 'order'
        'Reset-PolarLicenseKey' = 'license key'; 'Confirm-PolarCheckout' = 'checkout'; 'Remove-PolarFile' = 'file'
        'Remove-PolarMetricDashboard' = 'dashboard'; 'Remove-PolarOAuthClient' = 'OAuth client'; 'Revoke-PolarOAuthToken' = 'token'
        'Remove-PolarWebhookEndpoint' = 'webhook endpoint'; 'Reset-PolarWebhookSecret' = 'webhook endpoint'
        'Confirm-PolarPortalOrderPayment' = 'order'; 'Remove-PolarPortalLicenseKeyActivation' = 'activation'; 'Remove-PolarPortalMember' = 'member'
        'Remove-PolarPortalPaymentMethod' = 'payment method'; 'Reset-PolarPortalLicenseKey' = 'license key'; 'Revoke-PolarPortalSeat' = 'seat'
        'Set-PolarPortalSubscription' = 'subscription'; 'Stop-PolarPortalSubscription' = 'subscription'
    }
    $grave = @(Get-Command -Module PolarPS | Where-Object {
            $attribute = $_.ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)[0]
            $attribute.ConfirmImpact -eq 'High'
        } | ForEach-Object { @{ Name = $_.Name; Command = $_; Kind = $kinds[$_.Name]; With = if ($besides[$_.Name]) { $besides[$_.Name] } else { @{} } } })
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    # What the shop has none of.
    $null = New-PolarMetricDashboard Stories -Metric orders
    $null = New-PolarWebhookEndpoint https://stories.example/hook -EventType order.paid
    # For those of the customer portal.
    $team = Get-PolarCustomer | Where-Object Type -EQ team | Select-Object -First 1
    Connect-Polar -CustomerSession (New-PolarCustomerSession -Member (Get-PolarMember $team.Id -Role owner))
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'At the prompt' {
    BeforeAll { Push-Location $TestDrive }
    AfterAll { Pop-Location }

    It 'goes from a link to its products and changes them' {
        $x = (Get-PolarCheckoutLink | Where-Object { $_.Products.Count -gt 1 } | Select-Object -First 1).Id
        Clear-HostRequest $testHost
        Get-PolarCheckoutLink -Id $x | Select-Object -Expand Products | Get-PolarProduct | Set-PolarProduct -Metadata @{ tier = 'pro' } -WhatIf
        $requests = @(Get-HostRequest $testHost)
        $requests.method | Sort-Object -Unique | Should -Be 'GET'
        $requests.Count | Should -BeGreaterThan 2
    }

    It 'writes down who is overdue' {
        # A subscription whose payments fail, so that there is one.
        Get-PolarSubscription -Status past_due | ForEach-Object { Get-PolarCustomer $_.CustomerId } | Sort-Object Email -Unique | Export-Csv overdue.csv
        $expected = @(Get-PolarSubscription -Status past_due | ForEach-Object { $_.Customer.Email } | Sort-Object -Unique)
        $expected.Count | Should -BeGreaterThan 0 -Because 'the shop has customers who are overdue'
        @(Import-Csv overdue.csv).Email | Should -Be $expected
    }

    It 'makes customers from a file, and names the bad row' {
        @'
Email,Name,ExternalId
ada@stories.example,Ada,s_1
not an address,Bad,s_2
grace@stories.example,Grace,s_3
'@ | Set-Content people.csv
        $problems = @()
        $made = Import-Csv people.csv | New-PolarCustomer -ErrorAction SilentlyContinue -ErrorVariable problems
        $made.Email | Should -Be 'ada@stories.example', 'grace@stories.example'
        $made.ExternalId | Should -Be 's_1', 's_3'
        $problems.Count | Should -Be 1
        $problems[0].TargetObject | Should -Be 'not an address'
        "$($problems[0])" | Should -BeLike '*-Email*'
    }

    It 'sums up the month by currency' {
        $sums = Get-PolarOrder -CreatedAfter (Get-Date).AddDays(-30) | Group-Object { $_.Currency } | Select-Object Name, @{ n = 'Net'; e = { ($_.Group | Measure-Object NetAmount -Sum).Sum } }
        $recent = @(Get-PolarOrder | Where-Object CreatedAt -GE (Get-Date).AddDays(-30))
        $recent.Count | Should -BeGreaterThan 0 -Because 'the shop has orders of this month'
        foreach ($sum in $sums) { $sum.Net | Should -Be ($recent | Where-Object Currency -EQ $sum.Name | Measure-Object NetAmount -Sum).Sum }
        @($sums).Count | Should -Be @($recent.Currency | Sort-Object -Unique).Count
    }

    It 'launches with a discount' {
        $null = New-PolarProduct -Name 'Pro' -Price (New-PolarPrice 4900) -RecurringInterval month
        $link = New-PolarDiscount -Name Launch -Code LAUNCH -Percent 20 -Duration once | New-PolarCheckoutLink -Product (Get-PolarProduct -Query Pro)
        $link.Discount.Code | Should -Be 'LAUNCH'
        $link.Discount.BasisPoints | Should -Be 2000
        $link.Products.Name | Should -Contain 'Pro'
    }

    It 'looks up what a customer has, by an external id' {
        $free = Get-PolarProduct -IsRecurring -IsArchived:$false | Where-Object { $_.Prices.Count -eq 1 -and $_.Prices[0].PriceAmount -eq 0 } | Select-Object -First 1
        $subscribed = New-PolarCustomer -Email u42@stories.example -ExternalId u_42 | ForEach-Object { New-PolarSubscription -Customer $_ -Product $free }
        $active = Get-PolarCustomer -ExternalId u_42 | Get-PolarCustomerState | Select-Object -Expand ActiveSubscriptions
        @($active).Id | Should -Contain $subscribed.Id
    }

    It 'refunds once, and not twice' {
        # The newest order has to be one that can be refunded: the shop's own is free.
        $payer = (Get-PolarPayment -Status succeeded -First 1 | Get-PolarOrder).CustomerId
        $chart = Get-PolarProduct -IsRecurring:$false -IsArchived:$false | Where-Object { $_.Prices[0].AmountType -eq 'fixed' } | Select-Object -First 1
        $null = New-PolarOrder $payer $chart | Complete-PolarOrder -Confirm:$false
        $order = Get-PolarOrder -First 1
        $order.RefundableAmount | Should -BeGreaterThan 0
        $refund = Get-PolarOrder -First 1 | New-PolarRefund -Reason customer_request -Confirm:$false
        $refund.Amount | Should -Be $order.RefundableAmount
        Clear-HostRequest $testHost
        $problem = Get-TestError { Get-PolarOrder -First 1 | New-PolarRefund -Reason customer_request -Confirm:$false }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotRefundable,*'
        # The one request is that of Get-PolarOrder.
        $requests = @(Get-HostRequest $testHost)
        $requests.Count | Should -Be 1
        $requests[0].path | Should -Be '/v1/orders/'
    }
}

Describe 'What -WhatIf says of money' {
    It 'is money: <Line>' -ForEach @(
        @{ Line = "New-PolarDiscount -Name L -Amount 1999 -Currency usd -Duration once -WhatIf" }
        @{ Line = "Get-PolarDiscount | Where-Object Type -EQ fixed | Select-Object -First 1 | Set-PolarDiscount -Amount 1999 -Currency usd -WhatIf" }
        @{ Line = "New-PolarProduct -Name Pro -Price (New-PolarPrice 1999 -Currency usd) -WhatIf" }
        @{ Line = "Get-PolarProduct -First 1 | Set-PolarProduct -Price (New-PolarPrice 1999 -Currency usd) -WhatIf" }
        @{ Line = "New-PolarOrder (Get-PolarCustomer -First 1) (Get-PolarProduct -Query Voyage) -Amount 1999 -Currency usd -WhatIf" }
        @{ Line = "New-PolarCheckout (Get-PolarProduct -Query Voyage) -Amount 1999 -Currency usd -WhatIf" }
        @{ Line = "Get-PolarOrder | Where-Object RefundableAmount -GT 1999 | Select-Object -First 1 | New-PolarRefund -Amount 1999 -Reason other -WhatIf" }
    ) {
        # Written by the host, so it is read off one.
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script "Import-Module `$env:MODULE; Connect-Polar -Environment Emulator; $Line"
        $lines -join ' ' | Should -BeLike '*What if:*$19.99*'
    }
}

Describe 'A pipeline of a hundred' {
    It 'does ninety-nine in order when the thirty-seventh fails' {
        $ids = @(1..100 | ForEach-Object { (New-PolarCustomer -Email "hundred$_@stories.example").Id })
        $ids[36] = '00000000-0000-4000-8000-000000000037'
        $problems = @()
        $done = $ids | Set-PolarCustomer -Name 'Done' -ErrorAction SilentlyContinue -ErrorVariable problems
        $done.Count | Should -Be 99
        $done.Id | Should -Be ($ids[0..35] + $ids[37..99])
        $problems.Count | Should -Be 1
        $problems[0].TargetObject | Should -Be $ids[36]
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }
}

Describe '<Name>, which cannot be undone,' -ForEach $grave {
    BeforeAll {
        # One thing of each kind, whatever they refer to.
        $script:things = @{
            'product' = Get-PolarProduct -First 1; 'checkout link' = Get-PolarCheckoutLink -First 1; 'customer' = Get-PolarCustomer -First 1
            'order' = Get-PolarOrder -First 1; 'subscription' = Get-PolarSubscription -First 1; 'discount' = Get-PolarDiscount -First 1
            'benefit' = Get-PolarBenefit -First 1; 'license key' = Get-PolarLicenseKey -First 1; 'custom field' = Get-PolarCustomField -First 1
            'payment' = Get-PolarPayment -First 1; 'organization' = Get-PolarOrganization -First 1; 'checkout' = Get-PolarCheckout -First 1
            'file' = Get-PolarFile -First 1; 'dashboard' = Get-PolarMetricDashboard -First 1; 'webhook endpoint' = Get-PolarWebhookEndpoint -First 1
            'event' = Get-PolarEvent -First 1; 'meter' = Get-PolarMeter -First 1
        }
    }

    It 'is known to this test' { $Kind | Should -Not -BeNullOrEmpty -Because 'what it acts on has to be said above' }

    It 'refuses things of every other kind, and sends nothing' {
        foreach ($other in $things.Keys | Where-Object { $_ -ne $Kind }) {
            $thing = $things[$other]
            $thing | Should -Not -BeNullOrEmpty -Because "the shop has a $other"
            Clear-HostRequest $testHost
            $problems = @(Get-TestError { $thing | & $Name -Confirm:$false @With })
            $problems.Count | Should -BeGreaterThan 0 -Because "a $other is no $Kind"
            @(Get-HostRequest $testHost).Count | Should -Be 0 -Because "a $other is no $Kind"
        }
    }

    It 'refuses <_>, and sends nothing' -ForEach '$null', "''", "'  '", '@($null)', '42', '@{}', '[pscustomobject]@{ Name = 1 }' {
        $value = [scriptblock]::Create($_)
        Clear-HostRequest $testHost
        $problems = @(Get-TestError { , (& $value) | & $Name -Confirm:$false @With })
        $problems.Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'does nothing for an empty pipeline' {
        Clear-HostRequest $testHost
        $problems = @(Get-TestError { @() | & $Name -Confirm:$false @With })
        $problems | Should -BeNullOrEmpty
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'refuses an empty array and an empty variable for its first parameter' {
        foreach ($value in @(), $null) {
            Clear-HostRequest $testHost
            $first = @($Command.Parameters.Values | Where-Object { $_.Attributes | Where-Object { $_ -is [Parameter] -and $_.Position -eq 0 } })[0]
            $arguments = $With.Clone()
            $arguments[$(if ($first) { $first.Name } else { 'ClientSecret' })] = $value
            $problems = @(Get-TestError { & $Name @arguments -Confirm:$false })
            $problems.Count | Should -BeGreaterThan 0
            @(Get-HostRequest $testHost).Count | Should -Be 0
        }
    }
}
