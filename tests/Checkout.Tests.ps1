BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    $script:chart = New-PolarProduct -Name 'Chart' -Price (New-PolarPrice 1900 -Currency usd -TaxBehavior exclusive)
    $script:plan = Get-PolarProduct -Query Harbor | Where-Object Name -EQ 'Harbor'
    $script:gift = New-PolarProduct -Name 'Gift' -Price (New-PolarPrice -Custom -MinimumAmount 100 -Currency usd)
    $script:address = New-PolarAddress NO -Line1 'Bryggen 14' -PostalCode 5003 -City Bergen
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarCheckout' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'streams the whole list, and asks for no more than -First' {
        $all = @(Get-PolarCheckout)
        $all.Count | Should -BeGreaterThan 2
        $all | Should -BeOfType 'PolarPS.Client.Models.Checkout'
        (Get-PolarCheckout -Skip 1 -First 2).Id | Should -Be $all[1..2].Id
    }

    It 'gets one by id, by position, from the pipeline, from a copy and from what came of it' {
        $first = Get-PolarCheckout -First 1
        (Get-PolarCheckout $first.Id).Id | Should -Be $first.Id
        ($first | Get-PolarCheckout).Id | Should -Be $first.Id
        ($first | Select-Object Id, Status | Get-PolarCheckout).Id | Should -Be $first.Id
        ([pscustomobject]@{ CheckoutId = $first.Id } | Get-PolarCheckout).Id | Should -Be $first.Id
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'Status'; Arguments = @{ Status = 'open', 'expired' }; Query = 'status=open&status=expired' }
        @{ Name = 'Query'; Arguments = @{ Query = 'haruka' }; Query = 'query=haruka' }
        @{ Name = 'ExternalCustomerId'; Arguments = @{ ExternalCustomerId = 'crew-1004' }; Query = 'external_customer_id=crew-1004' }
        @{ Name = 'Sort'; Arguments = @{ Sort = 'ExpiresAt', '-Status' }; Query = 'sorting=expires_at&sorting=-status' }
    ) {
        $null = Get-PolarCheckout @Arguments
        (Get-HostRequest $testHost)[0].query | Should -BeLike "*$Query*"
    }

    It 'filters by products and customers, given as objects or ids' {
        $open = Get-PolarCheckout -Query haruka
        (Get-PolarCheckout -ProductId $open.Product -CustomerId $open.CustomerId).Id | Should -Contain $open.Id
        @(Get-HostRequest $testHost)[-1].query | Should -BeLike "*product_id=$($open.ProductId)*customer_id=$($open.CustomerId)*"
    }

    It 'gets one as its customer sees it' {
        $open = Get-PolarCheckout -Status open -First 1
        $seen = Get-PolarCheckout -ClientSecret $open.ClientSecret
        $seen.Id | Should -Be $open.Id
        $seen.Organization.Name | Should -Be 'Northwind'
        @(Get-HostRequest $testHost)[-1].path | Should -BeLike '/v1/checkouts/client/*'
        (Get-PolarCheckout -ClientSecret $open).Id | Should -Be $open.Id
    }

    It 'does not show a wrong secret to anyone: <_>' -ForEach 'polar_c_MISTYPED123', 'MISTYPED123' {
        $output = @(Get-PolarCheckout -ClientSecret $_ -ErrorVariable problems -Verbose -Debug 2>&1 4>&1 5>&1)
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $text = ($output | ForEach-Object { "$_" } | Out-String) + ($problems | Format-List * -Force | Out-String) + "$($problems[0].TargetObject)"
        # The command line itself is what the user typed.
        $text -replace '(?m)^.*-ClientSecret.*$' | Should -Not -Match 'MISTYPED123'
        $text | Should -Match '\*\*\*'
    }

    It 'says that an expired one has expired' {
        $expired = Get-PolarCheckout -Status expired -First 1
        $problem = Get-TestError { Get-PolarCheckout -ClientSecret $expired.ClientSecret }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarConflict,*'
        "$($problem[0])" | Should -BeLike '*expired*'
    }

    It 'refuses <Name> for a secret, and sends nothing' -ForEach @(
        @{ Name = 'an id'; Value = '00000000-0000-4000-8000-000000000000' }
        @{ Name = 'nothing'; Value = $null }
        @{ Name = 'blanks'; Value = '  ' }
        @{ Name = 'a number'; Value = 42 }
    ) {
        (Get-TestError { Get-PolarCheckout -ClientSecret $Value }).Count | Should -Be 1
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'shows no secret' {
        $checkout = Get-PolarCheckout -Status open -First 1
        $secret = $checkout.ClientSecret
        $secret | Should -Match '^polar_c_\w{20,}'
        "$checkout" | Should -Not -Match $secret
        foreach ($text in ($checkout | Out-String -Width 200), ($checkout | Format-List | Out-String -Width 200), (Get-PolarCheckout | Format-Table | Out-String -Width 300)) {
            $text | Should -Not -Match $secret
        }
        $checkout | Format-List | Out-String -Width 200 | Should -Match 'ClientSecret +: polar_c_\*\*\*'
    }
}

Describe 'New-PolarCheckout' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'offers products, the first preselected' {
        $made = New-PolarCheckout -Product $plan, $chart -CustomerEmail ada@checkout.example -Metadata @{ page = 'plans' }
        $made.Products.Id | Should -Be $plan.Id, $chart.Id
        $made.ProductId | Should -Be $plan.Id
        $made.Status | Should -Be 'open'
        $made.Metadata.page | Should -Be 'plans'
    }

    It 'opens one for each product that is piped' {
        $made = $plan, $chart | New-PolarCheckout
        $made.ProductId | Should -Be $plan.Id, $chart.Id
    }

    It 'is for the customer that is piped' {
        $id = (Get-PolarCheckout -Query haruka)[0].CustomerId
        $customer = [PolarPS.Client.Models.Customer]::new()
        $customer.Id = $id
        $made = $customer | New-PolarCheckout -Product $chart
        $made.CustomerId | Should -Be $id
        $made.CustomerEmail | Should -BeLike 'haruka*'
        (New-PolarCheckout $chart -Customer $customer).CustomerId | Should -Be $id
        (New-PolarCheckout $chart -ExternalCustomerId crew-1004).CustomerId | Should -Be $id
    }

    It 'does not guess what an id alone is of' {
        $problem = Get-TestError { $chart.Id | New-PolarCheckout }
        "$($problem[0])" | Should -BeLike '*a product or a customer*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
        # With the other said, it is clear.
        $id = (Get-PolarCheckout -Query haruka)[0].CustomerId
        ($chart.Id | New-PolarCheckout -Customer $id).CustomerId | Should -Be $id
        ($id | New-PolarCheckout -Product $chart).ProductId | Should -Be $chart.Id
    }

    It 'takes prices of its own: <Name>' -ForEach @(
        @{ Name = 'for the only product'; Product = { $chart }; Price = { New-PolarPrice 500 -Currency usd }; Amount = 500 }
        @{ Name = 'several'; Product = { $chart }; Price = { (New-PolarPrice 500 -Currency usd), (New-PolarPrice 450 -Currency eur) }; Amount = 500 }
        @{ Name = 'by product id'; Product = { $chart, $plan }; Price = { @{ $chart.Id = New-PolarPrice 700 -Currency usd } }; Amount = 700 }
        @{ Name = 'by product'; Product = { $chart, $plan }; Price = { @{ $chart = New-PolarPrice 800 -Currency usd } }; Amount = 800 }
    ) {
        $made = New-PolarCheckout -Product (& $Product) -Price (& $Price)
        $made.Amount | Should -Be $Amount
        $made.Prices[$chart.Id][0].Source | Should -Be 'ad_hoc'
    }

    It 'lets the customer pay what they like' {
        (New-PolarCheckout $gift -Amount 1234).Amount | Should -Be 1234
    }

    It 'sends everything that it is given' {
        $discount = New-PolarDiscount -Name 'Checkout' -Percent 10 -Duration once
        # What the product does not ask for is not kept.
        (New-PolarCheckout $plan -CustomFieldData @{ vessel_name = 'Solveig' }).CustomFieldData.Count | Should -Be 0
        $asking = Get-PolarProduct -Query Offshore | Where-Object Name -EQ 'Offshore'
        $made = New-PolarCheckout $asking -Discount $discount -AllowDiscountCodes:$false -RequireBillingAddress -AllowTrial -TrialInterval week -TrialIntervalCount 2 -CustomerName 'Ada' -CustomerEmail ada@checkout.example -CustomerIpAddress 192.0.2.7 -CustomerBillingName 'Ada Ltd' -CustomerBillingAddress $address -IsBusinessCustomer -CustomerMetadata @{ vip = $true } -CustomFieldData @{ vessel_name = 'Solveig' } -Locale nb -SuccessUrl 'https://northwind.example/aboard?id={CHECKOUT_ID}' -ReturnUrl https://northwind.example/ -EmbedOrigin https://northwind.example
        $made.DiscountId | Should -Be $discount.Id
        $made.ActiveTrialIntervalCount | Should -Be 2
        $made.CustomerBillingAddress.City | Should -Be 'Bergen'
        $made.CustomFieldData['vessel_name'] | Should -Be 'Solveig'
        $made.CustomerMetadata['vip'] | Should -BeTrue
        $made.SuccessUrl | Should -Be "https://northwind.example/aboard?id=$($made.Id)"
        $made.AllowDiscountCodes | Should -BeFalse
        (New-PolarCheckout $plan -CustomerBillingAddress $made.CustomerBillingAddress).CustomerBillingAddress.City | Should -Be 'Bergen'
    }

    It 'refuses <Name>, and sends nothing' -ForEach @(
        @{ Name = 'a bare number for a price'; Arguments = @{ Price = 500 } }
        @{ Name = 'prices of nothing'; Arguments = @{ Price = @{} } }
        @{ Name = 'prices of what is no product'; Arguments = @{ Price = @{ chart = New-Object object } } }
        @{ Name = 'an amount with decimals'; Arguments = @{ Amount = 12.34 } }
        @{ Name = 'an address without such a part'; Arguments = @{ CustomerBillingAddress = @{ Town = 'Bergen' } } }
        @{ Name = 'metadata that Polar would refuse'; Arguments = @{ CustomerMetadata = @{ a = @(1) } } }
    ) {
        (Get-TestError { New-PolarCheckout $chart @Arguments }).Count | Should -Be 1
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'asks whose prices they are when there are several products' {
        $problem = Get-TestError { New-PolarCheckout $chart, $plan -Price (New-PolarPrice 500) }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'names the parameter that Polar refuses: <Parameter>' -ForEach @(
        @{ Parameter = 'CustomerEmail'; Arguments = @{ CustomerEmail = 'not an address' } }
        @{ Parameter = 'CustomerIpAddress'; Arguments = @{ CustomerIpAddress = 'here' } }
        @{ Parameter = 'MaxSeats'; Arguments = @{ MinSeats = 5; MaxSeats = 2 } }
    ) {
        $problem = Get-TestError { New-PolarCheckout $chart @Arguments }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$($problem[0])" | Should -BeLike "*-${Parameter}*"
    }

    It 'sends nothing with -WhatIf, and shows what it would send with -Verbose' {
        $lines = New-PolarCheckout $chart -Price (New-PolarPrice 500 -Currency usd) -WhatIf -Verbose 4>&1
        $lines | Should -BeLike "*POST /v1/checkouts/*`"prices`":{`"$($chart.Id)`":*"
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Set-PolarCheckout' {
    BeforeAll { $script:checkout = New-PolarCheckout $plan, $chart -CustomerName Ada -CustomerEmail ada@checkout.example -ReturnUrl https://northwind.example/ -Locale nb -CustomerBillingAddress $address }
    BeforeEach { Clear-HostRequest $testHost }

    It 'changes what is given, as the seller' {
        $changed = $checkout | Set-PolarCheckout -Product $chart -CustomerName 'Grace' -AllowDiscountCodes:$false
        $changed.ProductId | Should -Be $chart.Id
        $changed.CustomerName | Should -Be 'Grace'
        $request = @(Get-HostRequest $testHost)[-1]
        $request.path | Should -Be "/v1/checkouts/$($checkout.Id)"
        $request.body | ConvertFrom-Json | ForEach-Object { $_.PSObject.Properties.Name } | Sort-Object | Should -Be 'allow_discount_codes', 'customer_name', 'product_id'
    }

    It 'clears <Parameter> with $null' -ForEach @(
        @{ Parameter = 'CustomerName'; Field = 'customer_name' }
        @{ Parameter = 'ReturnUrl'; Field = 'return_url' }
        @{ Parameter = 'Discount'; Field = 'discount_id' }
        @{ Parameter = 'TrialInterval'; Field = 'trial_interval' }
    ) {
        $with = @{ $Parameter = $null }
        $changed = $checkout | Set-PolarCheckout @with
        @(Get-HostRequest $testHost)[-1].body | Should -Be "{`"$Field`":null}"
        $changed.$Parameter | Should -BeNullOrEmpty
    }

    It 'sends $null for <Parameter>, of which Polar keeps something' -ForEach @(
        @{ Parameter = 'CustomerBillingAddress'; Field = 'customer_billing_address'; Kept = { $_.CustomerBillingAddress.Country } }
        # Without localization in the organization's settings, it is always English.
        @{ Parameter = 'Locale'; Field = 'locale'; Kept = { $_.Locale } }
    ) {
        $with = @{ $Parameter = $null }
        $changed = $checkout | Set-PolarCheckout @with
        @(Get-HostRequest $testHost)[-1].body | Should -Be "{`"$Field`":null}"
        $changed | ForEach-Object $Kept | Should -Not -BeNullOrEmpty
    }

    It 'changes what is given, as the customer' {
        $null = $checkout | Set-PolarCheckout -AllowDiscountCodes
        $discount = New-PolarDiscount -Name 'By code' -Code BYCODE -Percent 50 -Duration once
        $changed = Set-PolarCheckout -ClientSecret $checkout.ClientSecret -DiscountCode BYCODE -Product $chart -CustomerName 'Edith'
        $changed.DiscountId | Should -Be $discount.Id
        $changed.NetAmount | Should -Be 950
        @(Get-HostRequest $testHost)[-1].method | Should -Be 'PATCH'
        @(Get-HostRequest $testHost)[-1].path | Should -BeLike '/v1/checkouts/client/*'
        (Set-PolarCheckout -ClientSecret $checkout.ClientSecret -DiscountCode $null).DiscountId | Should -BeNullOrEmpty
    }

    It 'keeps the two sides apart' {
        (Get-TestError { Set-PolarCheckout -ClientSecret $checkout.ClientSecret -Metadata @{ a = 1 } }).Count | Should -Be 1
        (Get-TestError { $checkout | Set-PolarCheckout -DiscountCode BYCODE }).Count | Should -Be 1
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'does not change one that is over' {
        $expired = Get-PolarCheckout -Status expired -First 1
        $problem = Get-TestError { $expired | Set-PolarCheckout -CustomerName 'Late' }
        $problem[0].TargetObject | Should -Be $expired.Id
        "$($problem[0])" | Should -BeLike '*no longer open*'
    }

    It 'refuses a change of nothing, on either side' {
        (Get-TestError { $checkout | Set-PolarCheckout -ErrorAction Stop })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        $problem = Get-TestError { Set-PolarCheckout -ClientSecret $checkout.ClientSecret -ErrorAction Stop }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        $problem[0].TargetObject | Should -Be 'polar_c_***'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'sends nothing with -WhatIf, and shows no secret' {
        $lines = Set-PolarCheckout -ClientSecret $checkout.ClientSecret -CustomerName 'Never' -WhatIf -Verbose 4>&1
        "$lines" | Should -BeLike '*PATCH /v1/checkouts/client/polar_c_*** *"customer_name":"Never"*'
        "$lines" | Should -Not -Match $checkout.ClientSecret
        $checkout | Set-PolarCheckout -CustomerName 'Never' -WhatIf
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'keeps its answers when one of several fails' {
        $other = New-PolarCheckout $chart
        $problems = @()
        $changed = $checkout.Id, '00000000-0000-4000-8000-000000000000', $other.Id | Set-PolarCheckout -Locale da -ErrorVariable problems -ErrorAction SilentlyContinue
        $changed.Id | Should -Be $checkout.Id, $other.Id
        $problems.Count | Should -Be 1
        $problems[0].TargetObject | Should -Be '00000000-0000-4000-8000-000000000000'
    }
}

Describe 'Confirm-PolarCheckout' {
    BeforeAll { function New-Ready { New-PolarCheckout $chart -CustomerEmail ('c' + [guid]::NewGuid().ToString('N') + '@checkout.example') -CustomerName Ada -CustomerBillingAddress $address } }
    BeforeEach { Clear-HostRequest $testHost }

    It 'pays the checkout that is piped' {
        $ready = New-Ready
        Clear-HostRequest $testHost
        $paid = $ready | Confirm-PolarCheckout -ConfirmationTokenId ctoken_ok -Confirm:$false
        $paid.Id | Should -Be $ready.Id
        $paid.Status | Should -BeIn 'confirmed', 'succeeded'
        $requests = @(Get-HostRequest $testHost)
        $requests.Count | Should -Be 1
        $requests[0].method | Should -Be 'POST'
        (Get-PolarCheckout $ready).Status | Should -Be 'succeeded'
    }

    It 'pays by client secret, and by an id that it has not seen' {
        $ready = New-Ready
        (Confirm-PolarCheckout -ClientSecret $ready.ClientSecret -ConfirmationTokenId ctoken_ok -Confirm:$false).Id | Should -Be $ready.Id
        $other = New-Ready
        Connect-TestHost $testHost -With @{ Name = 'fresh' }
        try { (Confirm-PolarCheckout $other.Id -ConfirmationTokenId ctoken_ok -Confirm:$false -Connection fresh).Id | Should -Be $other.Id }
        finally { Disconnect-Polar fresh; Select-PolarConnection Default }
    }

    It 'brings the last changes along' {
        $ready = New-Ready
        $null = $ready | Confirm-PolarCheckout -ConfirmationTokenId ctoken_ok -CustomerName 'Grace' -PaymentMethodType card -Confirm:$false
        (Get-PolarCheckout $ready).CustomerName | Should -Be 'Grace'
    }

    It 'does not pay twice' {
        $ready = New-Ready
        $null = $ready | Confirm-PolarCheckout -ConfirmationTokenId ctoken_ok -Confirm:$false
        $problem = Get-TestError { $ready | Confirm-PolarCheckout -ConfirmationTokenId ctoken_ok -Confirm:$false }
        $problem.Count | Should -Be 1
        $problem[0].TargetObject | Should -Be $ready.Id
    }

    It 'does not send again what may have arrived' {
        $ready = New-Ready
        Set-HostFault $testHost @{ method = 'POST'; path = '/v1/checkouts/client/*/confirm'; status = 502; body = 'Bad gateway' }
        try {
            Clear-HostRequest $testHost
            $problem = Get-TestError { $ready | Confirm-PolarCheckout -ConfirmationTokenId ctoken_ok -Confirm:$false }
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
            @(Get-HostRequest $testHost | Where-Object method -EQ 'POST').Count | Should -Be 1
        }
        finally { Set-HostFault $testHost }
    }

    It 'tells of a payment that fails' {
        $ready = New-Ready
        $problem = Get-TestError { $ready | Confirm-PolarCheckout -ConfirmationTokenId ctoken_fail -Confirm:$false }
        $problem.Count | Should -Be 1
        "$($problem[0])" | Should -BeLike '*payment was declined*'
        (Get-PolarCheckout $ready).Status | Should -Be 'open'
    }

    It 'asks with the amount, who pays and where, and shows no secret' {
        $shown = (Invoke-Fresh @"
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
`$atlas = Get-PolarProduct -Query 'Atlas of the North Sea'
`$checkout = New-PolarCheckout `$atlas -CustomerEmail ada@checkout.example
`$checkout | Confirm-PolarCheckout -ConfirmationTokenId ctoken_SECRET -WhatIf
`$checkout | Confirm-PolarCheckout -ConfirmationTokenId ctoken_SECRET -WhatIf -Verbose -CustomerBillingAddress @{ Country = 'NO' } 4>&1
Confirm-PolarCheckout -ClientSecret `$checkout.ClientSecret -WhatIf
"SECRET IS `$(`$checkout.ClientSecret.Substring(8))"
Get-PolarCheckout -Query haruka | Confirm-PolarCheckout -WhatIf
New-PolarCheckout (New-PolarProduct -Name 'Leaflet' -Price (New-PolarPrice 0 -Currency usd)) | Confirm-PolarCheckout -WhatIf
New-PolarCheckout `$atlas -WhatIf
"@) -join "`n"
        $shown | Should -Match 'Confirm, and charge ada@checkout\.example \$49\.00 and the tax.*checkout .Atlas of the North Sea.*Emulator'
        $shown | Should -Match 'Set .*CustomerBillingAddress.*Confirm, and charge.*or the amount after these changes'
        $shown | Should -Match 'Confirm, and charge haruka\S+ \$9\.00'
        $shown | Should -Match 'Confirm, and charge nothing now'
        $shown | Should -Match 'Create.*checkout .for Atlas'
        $secret = [regex]::Match($shown, 'SECRET IS (\w+)').Groups[1].Value
        $secret.Length | Should -BeGreaterThan 20
        [regex]::Matches($shown, $secret).Count | Should -Be 1
        # What pays is in no question either.
        ($shown -split "`n" | Where-Object { $_ -notmatch 'Would send' }) -join "`n" | Should -Not -Match 'ctoken_SECRET'
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'a product'; Value = { $chart } }
        @{ Name = 'an organization'; Value = { Get-PolarOrganization -First 1 } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an empty string'; Value = { '' } }
        @{ Name = 'a secret in the place of an id'; Value = { 'polar_c_abcdefghijklmnop' } }
    ) {
        $piped = & $Value
        Clear-HostRequest $testHost
        @(Get-TestError { , $piped | Confirm-PolarCheckout -Confirm:$false }).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Completion' {
    It 'offers states, orders and checkouts by what is bought' {
        (Get-Completion 'Get-PolarCheckout -Status ').ListItemText | Should -Contain 'succeeded'
        (Get-Completion 'Get-PolarCheckout -Sort ').ListItemText | Should -Contain '-ExpiresAt'
        $texts = (Get-Completion 'Get-PolarCheckout -Id Harb').ListItemText
        $texts | Should -Not -BeNullOrEmpty
        "$texts" | Should -Not -Match 'polar_c_'
    }
}
