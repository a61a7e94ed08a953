# Errors that name the object, the parameter and the command that helps.
BeforeDiscovery {
    # What Polar answers, and what a user reads. Detail: entries of the 422 as type, loc, msg and, where it matters, ctx.
    $refusals = @(
        @{
            Name = 'custom fields, as Polar''s server names them'; Act = { $checkout | Set-PolarCheckout -CustomFieldData @{ x = 'y' } }
            Detail = '{"type":"missing","loc":["body","custom_field_data","company-name"],"msg":"Field required"}', '{"type":"missing","loc":["body","custom_field_data","vat_region"],"msg":"Field required"}', '{"type":"missing","loc":["body","custom_field_data","head-count"],"msg":"Field required"}'
            Text = '-CustomFieldData.company-name: Field required; -CustomFieldData.vat_region: Field required; -CustomFieldData.head-count: Field required.'
        }
        @{
            Name = 'keys with capitals, dots and digits'; Act = { $product | Set-PolarProduct -Metadata @{ a = 1 } }
            Detail = '{"type":"x","loc":["body","metadata","Plan-Name"],"msg":"No"}', '{"type":"x","loc":["body","metadata","v1.2"],"msg":"No"}', '{"type":"x","loc":["body","metadata","2024"],"msg":"No"}', '{"type":"x","loc":["body","metadata","ALLCAPS","constrained-str"],"msg":"No"}'
            Text = '-Metadata.Plan-Name: No; -Metadata.v1.2: No; -Metadata.2024: No; -Metadata.ALLCAPS: No.'
        }
        @{
            Name = 'a value that fits no kind of metadata'; Act = { $product | Set-PolarProduct -Metadata @{ a = 2 } }
            Detail = '{"type":"string_too_long","loc":["body","metadata","Note","constrained-str"],"msg":"String should have at most 500 characters"}', '{"type":"int_parsing","loc":["body","metadata","Note","int"],"msg":"Input should be a valid integer"}', '{"type":"float_parsing","loc":["body","metadata","Note","float"],"msg":"Input should be a valid number"}', '{"type":"bool_parsing","loc":["body","metadata","Note","bool"],"msg":"Input should be a valid boolean"}'
            Text = '-Metadata.Note: String should have at most 500 characters.'
        }
        @{
            Name = 'a price by element and member, with its limit as money'; Act = { New-PolarProduct -Name abcd -Price (New-PolarPrice 20), (New-PolarPrice 10 -Currency eur) }
            Detail = '{"type":"greater_than_equal","loc":["body","ProductCreateOneTime","prices",0,"fixed","price_amount"],"msg":"Input should be greater than or equal to 50","ctx":{"ge":50}}', '{"type":"greater_than_equal","loc":["body","ProductCreateOneTime","prices",1,"fixed","price_amount"],"msg":"Input should be greater than or equal to 50"}'
            Text = '-Price`[0`] Amount: at least 50 ($0.50); -Price`[1`] Amount: at least 50 (?0.50).'
        }
        @{
            Name = 'a price, in the words of Polar''s server'; Act = { New-PolarProduct -Name abcd -Price (New-PolarPrice 20) }
            Detail = , '{"type":"minimum_price","loc":["body","ProductCreateOneTime","prices",0,"fixed","price_amount"],"msg":"Amount must be at least $0.50 or 0 for free pricing"}'
            Text = '-Price`[0`] Amount: at least $0.50 or 0 for free pricing.'
        }
        @{
            Name = 'a price in whole units'; Act = { New-PolarProduct -Name abcd -Price (New-PolarPrice 20 -Currency jpy) }
            Detail = , '{"type":"greater_than_equal","loc":["body","ProductCreateOneTime","prices",0,"fixed","price_amount"],"msg":"x","ctx":{"ge":80}}'
            Text = '-Price`[0`] Amount: at least 80 (?80).'
        }
        @{
            Name = 'the steps of a price'; Act = { New-PolarProduct -Name abcd -RecurringInterval month -Price (New-PolarPrice -SeatTier 500) }
            Detail = '{"type":"x","loc":["body","ProductCreateRecurring","prices",0,"seat_based","seat_tiers","tiers",1,"max_seats"],"msg":"No"}', '{"type":"less_than_equal","loc":["body","ProductCreateRecurring","prices",0,"seat_based","seat_tiers","tiers",0,"price_per_seat"],"msg":"x","ctx":{"le":99999999}}', '{"type":"x","loc":["body","ProductCreateRecurring","prices",0,"seat_based","seat_tiers","seat_tier_type"],"msg":"No"}'
            Text = '-Price`[0`] SeatTier`[1`] MaxSeats: No; -Price`[0`] SeatTier`[0`] PricePerSeat: at most 99999999 ($999,999.99); -Price`[0`] TierType: No.'
        }
        @{
            Name = 'other members of a price'; Act = { New-PolarProduct -Name abcd -Price (New-PolarPrice -Custom) }
            Detail = '{"type":"greater_than_equal","loc":["body","ProductCreateOneTime","prices",0,"custom","minimum_amount"],"msg":"x","ctx":{"ge":50}}', '{"type":"x","loc":["body","ProductCreateOneTime","prices",0,"custom","price_currency"],"msg":"No"}', '{"type":"x","loc":["body","ProductCreateOneTime","prices",0,"metered_tiers","tiers","tiers",2,"bound"],"msg":"No"}', '{"type":"x","loc":["body","ProductCreateOneTime","prices",0,"unit_based","unit_label","pt-BR","=1"],"msg":"No"}'
            Text = '-Price`[0`] MinimumAmount: at least 50 ($0.50); -Price`[0`] Currency: No; -Price`[0`] MeteredTier`[2`] Bound: No; -Price`[0`] UnitLabel.pt-BR.=1: No.'
        }
        @{
            Name = 'a price that is added to others'; Act = { $product | Set-PolarProduct -AddPrice (New-PolarPrice 20 -Currency cad), (New-PolarPrice 20 -Currency gbp) }
            Detail = , '{"type":"greater_than_equal","loc":["body","prices",2,"fixed","price_amount"],"msg":"x","ctx":{"ge":30}}'
            Text = '-AddPrice`[1`] Amount: at least 30 (?0.30).'
        }
        @{
            Name = 'amounts by currency'; Act = { New-PolarDiscount -Name X -Amounts @{ usd = 5; jpy = 5 } -Duration once }
            Detail = '{"type":"greater_than_equal","loc":["body","DiscountFixedOnceForeverDurationCreate","amounts","usd"],"msg":"x","ctx":{"ge":100}}', '{"type":"greater_than_equal","loc":["body","DiscountFixedOnceForeverDurationCreate","amounts","jpy"],"msg":"x","ctx":{"ge":100}}'
            Text = '-Amounts.usd: at least 100 ($1.00); -Amounts.jpy: at least 100 (?100).'
        }
        @{
            Name = 'the price of a checkout'; Act = { New-PolarCheckout -Product $product -Price @{ $product.Id = New-PolarPrice 20 -Currency eur } }
            Detail = , '{"type":"greater_than_equal","loc":["body","prices","0978e1f8-6a69-48a6-af4f-072def32f627",0,"fixed","price_amount"],"msg":"x","ctx":{"ge":50}}'
            Text = '-Price.0978e1f8-6a69-48a6-af4f-072def32f627`[0`] Amount: at least 50 (?0.50).'
        }
        @{
            Name = 'parts of an address'; Act = { $customer | Set-PolarCustomer -BillingAddress @{ Country = 'DE' } }
            Detail = '{"type":"missing","loc":["body","billing_address","postal_code"],"msg":"Field required"}', '{"type":"missing","loc":["body","billing_address","city"],"msg":"Field required"}'
            Text = '-BillingAddress PostalCode: Field required; -BillingAddress City: Field required.'
        }
        @{
            Name = 'settings within settings'; Act = { Get-PolarOrganization | Set-PolarOrganization -CustomerPortalSettings @{ Usage = @{ Show = $true } } }
            Detail = , '{"type":"x","loc":["body","customer_portal_settings","usage","show"],"msg":"No"}'
            Text = '-CustomerPortalSettings Usage Show: No.'
        }
        @{
            Name = 'the branch of a union before a field'; Act = { New-PolarCustomer -Email a@solveig.example }
            Detail = '{"type":"x","loc":["body","individual","email"],"msg":"No"}', '{"type":"x","loc":["body","CustomerIndividualCreate","external_id"],"msg":"No"}'
            Text = '-Email: No; -ExternalId: No.'
        }
        @{
            Name = 'a field within the properties of a kind'; Act = { Get-PolarBenefit -Type license_keys | Set-PolarBenefit -LimitUsage 7 }
            Detail = '{"type":"x","loc":["body","license_keys","properties","limit_usage"],"msg":"No"}', '{"type":"x","loc":["body","license_keys","properties","activations","limit"],"msg":"Nor this"}'
            Text = '-LimitUsage: No; -LimitActivations: Nor this.'
        }
        @{
            Name = 'a list of a user''s own'; Act = { New-PolarProduct -Name abcd -Price (New-PolarPrice 100) -CustomField 'e745dd0b-0b45-4c4c-a02a-941eb8025882' }
            Detail = , '{"type":"x","loc":["body","attached_custom_fields",0,"custom_field_id"],"msg":"No"}'
            Text = '-CustomField`[0`] CustomFieldId: No.'
        }
        @{
            Name = 'a filter'; Act = { Get-PolarProduct -Sort nothing -First 1 }; Method = 'GET'
            Detail = '{"type":"enum","loc":["query","sorting",0],"msg":"No"}', '{"type":"x","loc":["query","metadata","Tier"],"msg":"No"}'
            Text = '-Sort`[0`]: No; -Metadata.Tier: No.'
        }
        @{
            Name = 'what no parameter stands for'; Act = { $product | Set-PolarProduct -Description 'x1' }
            Detail = , '{"type":"x","loc":["body","tomorrow","New-Key",3,"inner_name"],"msg":"No"}'
            Text = 'tomorrow.New-Key`[3`].inner_name: No.'
        }
        @{
            Name = 'a raw request'; Act = { Invoke-PolarRequest /v1/events/ingest -Method POST -Body @{ events = @() } -Confirm:$false }
            Detail = , '{"type":"x","loc":["body","events",17,"EventCreateExternalCustomer","metadata","Plan-Name"],"msg":"String should have at most 500 characters"}'
            Text = 'events`[17`].metadata.Plan-Name: String should have at most 500 characters.'
        }
        @{
            Name = 'a key that is too long'; Act = { $product | Set-PolarProduct -Description 'x2' }
            Detail = , '{"type":"string_too_long","loc":["body","metadata","My.Long-Key","[key]"],"msg":"Too long"}'
            Text = '-Metadata.My.Long-Key: The key: Too long.'
        }
    )

    # An object whose name is known, and something that goes wrong with it: what the error begins with, and which command it recommends.
    $named = @(
        @{ Name = 'a refused change'; Act = { $product | Set-PolarProduct -Description 'y1' }; Fault = @{ method = 'PATCH'; status = 422; body = '{"error":"E","detail":[{"type":"x","loc":["body","name"],"msg":"No"}]}' }; Begins = 'Errors, a product (product'; Advice = '*Get-Help Set-PolarProduct*' }
        @{ Name = 'one that another has deleted'; Act = { $product | Set-PolarProduct -Description 'y2' }; Fault = @{ status = 404; body = '{"error":"ResourceNotFound","detail":"Not found"}' }; Begins = 'Errors, a product (product'; Advice = '*Get-PolarConnection*' }
        @{ Name = 'one that is locked'; Act = { $subscription | Stop-PolarSubscription -Confirm:$false }; Fault = @{ status = 409; method = 'PATCH'; body = '{"error":"SubscriptionLocked","detail":"Something else is changing it."}' }; Begins = '*for *(subscription'; Advice = '*Get-PolarSubscription -Id *' }
        @{ Name = 'one that has ended'; Act = { $subscription | Stop-PolarSubscription -Confirm:$false }; Fault = @{ status = 403; method = 'PATCH'; body = '{"error":"AlreadyCanceledSubscription","detail":"It has ended."}' }; Begins = '*(subscription'; Advice = '*Restore-PolarSubscription -Id *' }
        @{ Name = 'a product in use'; Act = { $product | Remove-PolarProduct -Confirm:$false }; Fault = @{ status = 409; method = 'DELETE'; body = '{"error":"ProductNotDeletable","detail":"It is in use."}' }; Begins = 'Errors, a product (product'; Advice = '*Set-PolarProduct -Id * -IsArchived*' }
        @{ Name = 'a failed payment'; Act = { $order | Complete-PolarOrder -Confirm:$false }; Fault = @{ status = 402; method = 'POST'; body = '{"error":"PaymentFailed","detail":"Declined."}' }; Begins = '*(order'; Advice = '*Get-PolarPayment*' }
        @{ Name = 'a state that an unknown name tells'; Act = { $product | Set-PolarProduct -Description 'y3' }; Fault = @{ status = 409; method = 'PATCH'; body = '{"error":"OfTomorrow","detail":"Not now."}' }; Begins = 'Errors, a product (product'; Advice = '*Get-PolarProduct -Id *' }
        @{ Name = 'a server that fails'; Act = { $product | Set-PolarProduct -Description 'y4' }; Fault = @{ status = 501; method = 'PATCH'; body = 'no' }; Begins = 'Errors, a product (product' }
        @{ Name = 'a value that cannot be sent'; Act = { $product | Set-PolarProduct -RemovePrice ([guid]::NewGuid()) }; Begins = 'Errors, a product (product' }
        @{ Name = 'a copy of an object'; Act = { $product | Select-Object Id, Name | Set-PolarProduct -Description 'y5' }; Fault = @{ status = 404; body = '{"error":"ResourceNotFound","detail":"Not found"}' }; Begins = 'Errors, a product (product' }
        @{ Name = 'an object of an earlier connection'; Act = { Disconnect-Polar; Connect-TestHost $testHost; $product | Set-PolarProduct -Description 'y6' }; Fault = @{ status = 404; body = '{"error":"ResourceNotFound","detail":"Not found"}' }; Begins = 'Errors, a product (product' }
        @{ Name = 'an id that has been seen'; Act = { $product.Id | Set-PolarProduct -Description 'y7' }; Fault = @{ status = 404; body = '{"error":"ResourceNotFound","detail":"Not found"}' }; Begins = 'Errors, a product (product' }
        @{ Name = 'an order that is not ready for it'; Act = { $order | Request-PolarOrderInvoice }; Fault = @{ status = 422; method = 'POST'; body = '{"error":"MissingInvoiceBillingDetails","detail":"Billing details are missing."}' }; Begins = '*(order'; Advice = '*Set-PolarOrder -Id * -BillingName*New-PolarAddress*' }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    $script:product = New-PolarProduct -Name 'Errors, a product' -Price (New-PolarPrice 1999)
    $script:customer = Get-PolarCustomer -First 1
    $script:subscription = Get-PolarSubscription -Status active | Select-Object -First 1
    $script:order = Get-PolarOrder -Status paid | Select-Object -First 1
    $script:checkout = New-PolarCheckout -Product $product
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'What Polar refuses' {
    AfterEach { Set-HostFault $testHost }

    It 'is told in the user''s terms: <Name>' -ForEach $refusals {
        $fault = @{ path = '/v1/'; status = 422; body = '{"error":"RequestValidationError","detail":[' + ($Detail -join ',') + ']}' }
        # What is read before a change still can be.
        if ($Method -ne 'GET') { 'POST', 'PATCH' | ForEach-Object { $fault.Clone() + @{ method = $_ } } | Set-Variable faults } else { $faults = @($fault) }
        Set-HostFault $testHost $faults
        $problem = @(Get-TestError $Act)
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$($problem[0])" | Should -BeLike "*: $Text"
        $problem[0].Exception.Errors.Count | Should -Be $Detail.Count -Because 'the exception has all of them'
    }

    It 'names every custom field that is missing, as the emulator does' {
        $fields = 'company-name', 'head-count' | ForEach-Object { New-PolarCustomField -Slug $_ -Name $_ -Type text }
        $asking = New-PolarProduct -Name 'With questions' -Price (New-PolarPrice 1500) -CustomField ($fields | ForEach-Object { @{ CustomFieldId = $_.Id; Required = $true } })
        $open = New-PolarCheckout -Product $asking
        $problem = Get-TestError { $open | Confirm-PolarCheckout -CustomerEmail a@b.example -ConfirmationTokenId t -CustomerBillingAddress (New-PolarAddress DE) -Confirm:$false }
        "$($problem[0])" | Should -BeLike '*-CustomFieldData.company-name: *-CustomFieldData.head-count: *'
    }

    It 'gives limits of the emulator as money' {
        "$((Get-TestError { New-PolarProduct -Name abcd -Price (New-PolarPrice 20) })[0])" | Should -BeLike '*-Price`[0`] Amount: at least 50 ($0.50).'
    }
}

Describe 'An error about an object' {
    AfterEach { Set-HostFault $testHost }

    It 'begins with its name and recommends what helps: <Name>' -ForEach $named {
        if ($Fault) { Set-HostFault $testHost (@{ path = '/v1/' } + $Fault) }
        $problem = @(Get-TestError $Act)
        $problem.Count | Should -Be 1
        "$($problem[0])" | Should -BeLike "$Begins *"
        if ($Advice) { $problem[0].ErrorDetails.RecommendedAction | Should -BeLike $Advice }
    }

    It 'has no name where none is known' {
        $problem = Get-TestError { Get-PolarProduct 00000000-0000-4000-8000-000000000000 }
        "$($problem[0])" | Should -BeLike 'Polar has no product with the id *'
    }

    It 'recommends only commands and parameters that there are: <Name>' -ForEach @(
        @{ Name = 'to sellers'; For = { param($text) $text } }
        # Of these some have no counterpart in the portal, and nothing is said.
        @{ Name = 'to customers'; For = { param($text) $advice.GetMethod('ForCustomers', [Reflection.BindingFlags]'Static, NonPublic').Invoke($null, @($text)) } }
    ) {
        $advice = [PolarPS.PolarConnection].Assembly.GetType('PolarPS.Commands.Advice')
        $texts = @($advice.GetProperty('Texts', [Reflection.BindingFlags]'Static, NonPublic').GetValue($null) | ForEach-Object { & $For $_ } | Where-Object { $_ })
        $texts.Count | Should -BeGreaterThan 5
        foreach ($text in $texts) {
            if ($Name -eq 'to customers') { [regex]::Matches($text, '\b[A-Z]\w+-Polar(?!Portal|Address)\w+').Value | Should -BeNullOrEmpty }
            foreach ($mention in [regex]::Matches($text, '\b([A-Z]\w+-Polar\w+)((?: (?:-\w+(?::\$\w+)?|\{0\}|\u2026|\$null|\([^)]*\)))*)')) {
                $command = Get-Command $mention.Groups[1].Value -Module PolarPS -ErrorAction Ignore
                $command | Should -Not -BeNullOrEmpty -Because $text
                foreach ($parameter in [regex]::Matches($mention.Groups[2].Value, ' -(\w+)')) {
                    $command.Parameters.Keys | Should -Contain $parameter.Groups[1].Value -Because $text
                }
            }
        }
    }
}
