# What goes when something is set, and what is not sent because nothing would change.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule

    # Everything that is replaced as a whole: what -WhatIf says of it. Act runs in a fresh PowerShell with an emulator; $product has
    # three prices, two images, a question, two benefits and metadata, and $customer an address and metadata.
    $replaced = @(
        @{ Parameter = 'Set-PolarBenefit -File'; Act = "Get-PolarBenefit -Type downloadables | ForEach-Object { Set-PolarBenefit `$_ -File `$_.Properties.Files[0] -WhatIf }"; Text = "*Set File to*(removes '*-*-*-*-*')*" }
        @{ Parameter = 'Set-PolarBenefit -TeamInvitee'; Act = "Get-PolarBenefit -Type slack_shared_channel | Set-PolarBenefit -TeamInvitee U1 -WhatIf"; Text = "*Set TeamInvitee to ?'U1'? (removes 'U0NORTH1')*" }
        @{ Parameter = 'Set-PolarBenefit -Metadata'; Act = "New-PolarBenefit -Description 'Marked' -Metadata @{ a = 1; b = 2 } | Set-PolarBenefit -Metadata @{ b = 3 } -WhatIf"; Text = "*Set Metadata to { b = 3 } (removes 'a')*" }
        @{ Parameter = 'Set-PolarCheckout -Metadata'; Act = "Get-PolarCheckout -Status open | Where-Object { `$_.Metadata.Count } | Select-Object -First 1 | Set-PolarCheckout -Metadata @{} -WhatIf"; Text = "*Set Metadata to *(removes 'page')*" }
        @{ Parameter = 'Set-PolarCheckout -CustomerMetadata'; Act = "New-PolarCheckout -Product `$product -CustomerMetadata @{ crm = 7 } | Set-PolarCheckout -CustomerMetadata @{ x = 1 } -WhatIf"; Text = "*(removes 'crm')*" }
        @{ Parameter = 'Set-PolarCheckout -CustomerBillingAddress'; Act = "Get-PolarCheckout -Status open | Where-Object CustomerBillingAddress | Select-Object -First 1 | Set-PolarCheckout -CustomerBillingAddress @{ Country = 'JP'; State = 'JP-37' } -WhatIf"; Text = "*(removes 'Line1', 'PostalCode', 'City')*" }
        @{ Parameter = 'Set-PolarCheckout -CustomFieldData'; Act = "New-PolarCheckout -Product `$product | Set-PolarCheckout -CustomFieldData @{ vessel = 'Solveig' } | Set-PolarCheckout -CustomFieldData @{} -WhatIf"; Text = "*(removes 'vessel')*" }
        @{ Parameter = 'Set-PolarCheckoutLink -Product'; Act = "Get-PolarCheckoutLink | Where-Object { `$_.Products.Count -gt 1 } | Select-Object -First 1 | Set-PolarCheckoutLink -Product `$product -WhatIf"; Text = "*Set Product to ?'Three currencies'? (removes 'Harbor', 'Harbor Annual', 'Offshore')*" }
        @{ Parameter = 'Set-PolarCheckoutLink -Metadata'; Act = "New-PolarCheckoutLink -Product `$product -Metadata @{ a = 1 } | Set-PolarCheckoutLink -Metadata @{} -WhatIf"; Text = "*(removes 'a')*" }
        @{ Parameter = 'Set-PolarCustomer -BillingAddress'; Act = "`$customer | Set-PolarCustomer -BillingAddress @{ Country = 'DE' } -WhatIf"; Text = "*Set BillingAddress to *(removes 'Line1'*'City')*" }
        @{ Parameter = 'Set-PolarCustomer -BillingAddress, by external id'; Act = "Set-PolarCustomer -ExternalId sets-1 -BillingAddress @{ Country = 'DE' } -WhatIf"; Text = "*Set BillingAddress to *(removes 'Line1'*'City')*" }
        @{ Parameter = 'Set-PolarCustomer -Metadata'; Act = "`$customer | Set-PolarCustomer -Metadata @{ Crm = 1 } -WhatIf"; Text = "*(removes 'crm')*" }
        @{ Parameter = 'Set-PolarCustomField -Option'; Act = "Get-PolarCustomField | Where-Object Type -EQ select | ForEach-Object { Set-PolarCustomField `$_ -Option `$_.Properties.Options[0].Value -WhatIf }"; Text = "*Set Option to *(removes '*', '*')*" }
        @{ Parameter = 'Set-PolarCustomField -Metadata'; Act = "Get-PolarCustomField | Where-Object Type -EQ select | Set-PolarCustomField -Metadata @{} -WhatIf"; Text = "*(removes 'report')*" }
        @{ Parameter = 'Set-PolarDiscount -Product'; Act = "Get-PolarDiscount | Where-Object Products | Select-Object -First 1 | Set-PolarDiscount -Product `$product -WhatIf"; Text = "*(removes 'Harbor', 'Harbor Annual', 'Offshore')*" }
        @{ Parameter = 'Set-PolarDiscount -Amounts'; Act = "Get-PolarDiscount | Where-Object { `$_.Amounts.Count -gt 1 } | Select-Object -First 1 | Set-PolarDiscount -Amounts @{ usd = 500 } -WhatIf"; Text = "*Set Amounts to *(removes 'eur', 'jpy')*" }
        @{ Parameter = 'Set-PolarDiscount -Metadata'; Act = "New-PolarDiscount -Name Marked -Percent 5 -Duration once -Metadata @{ a = 1 } | Set-PolarDiscount -Metadata @{ b = 1 } -WhatIf"; Text = "*(removes 'a')*" }
        @{ Parameter = 'Set-PolarOrder -BillingAddress'; Act = "Get-PolarOrder | Where-Object { `$_.BillingAddress.Line1 } | Select-Object -First 1 | ForEach-Object { Set-PolarOrder `$_ -BillingAddress @{ Country = `$_.BillingAddress.Country } -WhatIf }"; Text = "*(removes 'Line1'*)*" }
        @{ Parameter = 'Set-PolarOrganization -Socials'; Act = "Get-PolarOrganization | ForEach-Object { Set-PolarOrganization `$_ -Socials `$_.Socials[0] -WhatIf }"; Text = "*(removes 'https://youtube.com*')*" }
        @{ Parameter = 'Set-PolarOrganization -EmbedHosts'; Act = "Get-PolarOrganization | Set-PolarOrganization -EmbedHosts a.example, b.example | Set-PolarOrganization -EmbedHosts b.example -WhatIf"; Text = "*(removes 'a.example')*" }
        @{ Parameter = 'Set-PolarProduct -Price'; Act = "`$product | Set-PolarProduct -Price (New-PolarPrice 2199) -WhatIf"; Text = "*Add the price `$21.99; archive the prices `$19.99, ?18.00, 25.00 SEK*" }
        @{ Parameter = 'Set-PolarProduct -Price, one of which is there'; Act = "`$product | Set-PolarProduct -Price (New-PolarPrice 1999) -WhatIf -Verbose 4>&1"; Text = '*Archive the prices ?18.00, 25.00 SEK*{"prices":?{"id":"*"}?}*' }
        @{ Parameter = 'Set-PolarProduct -Price, free'; Act = "`$product | Set-PolarProduct -Price (New-PolarPrice 0 -Currency jpy) -Name 'For free' -WhatIf"; Text = "*Set Name to 'For free'; add the price free (JPY); archive the prices*" }
        @{ Parameter = 'Set-PolarProduct -AddPrice'; Act = "`$product | Set-PolarProduct -AddPrice (New-PolarPrice 3000 -Currency jpy), (New-PolarPrice 1700 -Currency gbp) -WhatIf"; Text = "*""Add the prices ?3,000, ?17.00""*" }
        @{ Parameter = 'Set-PolarProduct -RemovePrice'; Act = "`$product | Set-PolarProduct -RemovePrice `$product.Prices[2], `$product.Prices[1].Id -WhatIf"; Text = "*""Archive the prices ?18.00, 25.00 SEK""*" }
        @{ Parameter = 'Set-PolarProduct -Media'; Act = "`$product | Set-PolarProduct -Media @(`$product.Medias[0]) -WhatIf"; Text = "*Set Media to *(removes '*')*" }
        @{ Parameter = 'Set-PolarProduct -CustomField'; Act = "`$product | Set-PolarProduct -CustomField @() -WhatIf"; Text = "*Set CustomField to *(removes 'Vessel')*" }
        @{ Parameter = 'Set-PolarProduct -Metadata'; Act = "`$product | Set-PolarProduct -Metadata @{ plan = 'x' } -WhatIf"; Text = "*Set Metadata to { plan = 'x' } (removes 'Tier-Two')*" }
        @{ Parameter = 'Set-PolarProductBenefit -BenefitId'; Act = "`$product | Set-PolarProductBenefit -BenefitId `$benefits[1] -WhatIf"; Text = "*Set the benefits to '*' (removes '*')*" }
        @{ Parameter = 'Set-PolarProductBenefit -BenefitId, none'; Act = "`$product | Set-PolarProductBenefit -BenefitId @() -WhatIf"; Text = "*Remove all benefits: '*', '*'*" }
        @{ Parameter = 'Set-PolarSubscription -Metadata'; Act = "Get-PolarSubscription -Status active | Select-Object -First 1 | Set-PolarSubscription -Metadata @{ a = 1 } | Set-PolarSubscription -Metadata @{ b = 1 } -WhatIf"; Text = "*Set the metadata to *(removes 'a')*" }
        @{ Parameter = 'Set-PolarMeter -Metadata'; Act = "New-PolarMeter Marked `"name = 'marked'`" -Aggregation count -Metadata @{ a = 1 } | Set-PolarMeter -Metadata @{ b = 1 } -WhatIf"; Text = "*(removes 'a')*" }
        @{ Parameter = 'Set-PolarMetricDashboard -Metric'; Act = "New-PolarMetricDashboard Marked -Metric orders, revenue | Set-PolarMetricDashboard -Metric orders -WhatIf"; Text = "*(removes 'revenue')*" }
        @{ Parameter = 'Set-PolarOAuthClient -RedirectUri'; Act = "New-PolarOAuthClient Marked http://127.0.0.1:1/, http://127.0.0.1:2/ | Set-PolarOAuthClient -RedirectUri http://127.0.0.1:2/ -WhatIf"; Text = "*(removes 'http://127.0.0.1:1/')*" }
        @{ Parameter = 'Set-PolarOAuthClient -Scope'; Act = "New-PolarOAuthClient Marked http://127.0.0.1:1/ -Scope openid, email | Set-PolarOAuthClient -Scope openid -WhatIf"; Text = "*(removes 'email')*" }
        @{ Parameter = 'Set-PolarOAuthClient -GrantType'; Act = "New-PolarOAuthClient Marked http://127.0.0.1:1/ | Set-PolarOAuthClient -GrantType authorization_code -WhatIf"; Text = "*(removes 'refresh_token')*" }
        @{ Parameter = 'Set-PolarPortalCustomer -BillingAddress'; Act = "New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; Set-PolarPortalCustomer -BillingAddress @{ Country = 'DE' } -WhatIf"; Text = "*Set BillingAddress to { country = 'DE' } (removes *'city'*" }
        @{ Parameter = 'Set-PolarPortalOrder -BillingAddress'; Act = "New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; Get-PolarPortalOrder | Where-Object { `$_.BillingAddress.Line1 } | Select-Object -First 1 | ForEach-Object { Set-PolarPortalOrder `$_ -BillingAddress @{ Country = `$_.BillingAddress.Country } -WhatIf }"; Text = "*(removes 'Line1'*)*" }
        @{ Parameter = 'Set-PolarWebhookEndpoint -EventType'; Act = "New-PolarWebhookEndpoint https://hooks.example.com/ -EventType order.paid, order.refunded -Confirm:`$false | Set-PolarWebhookEndpoint -EventType order.paid -WhatIf"; Text = "*(removes 'order.refunded')*" }
        @{ Parameter = 'Set-PolarProduct -Price, by ids'; Act = "Set-PolarProduct `$product.Id -Price `$product.Prices[0].Id -WhatIf"; Text = "*Archive the prices ?18.00, 25.00 SEK*product 'Three currencies'*" }
    )
    # Nothing goes with these: they are merged with what is there, or Polar has nothing in their place.
    $merged = 'Set-PolarBenefit -ArchivedFile', 'Set-PolarOAuthClient -ResponseType', 'Set-PolarOrganization -Details', 'Set-PolarOrganization -FeatureSettings', 'Set-PolarOrganization -SubscriptionSettings',
        'Set-PolarOrganization -CustomerEmailSettings', 'Set-PolarOrganization -CustomerPortalSettings', 'Set-PolarOrganization -DisputeSettings'
    $known = @($replaced.Parameter -replace ',.*') + $merged
    $whole = foreach ($command in Get-Command -Module PolarPS -Verb Set) {
        foreach ($property in $command.ImplementingType.GetProperties()) {
            $isField = $property.GetCustomAttributes($true).TypeId.Name -contains 'FieldAttribute'
            # -AddMetadata and its like change a part: nothing goes with them.
            if ($isField -and $property.Name -notmatch '^(Add|Remove)[A-Z]' -and ($property.PropertyType.IsArray -or $property.PropertyType -eq [Collections.IDictionary])) {
                $name = "$($command.Name) -$($property.Name)"
                @{ Whole = $name; IsKnown = $name -in $known }
            }
        }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule

    function Invoke-Row {
        # Runs all rows in one fresh PowerShell, where -WhatIf and questions can be read; gives what each has shown, by its name.
        param([hashtable[]] $Row)
        $acts = foreach ($one in $Row) { "'### $($one.Parameter.Replace("'", "''"))'"; $one.Act }
        $shown = Invoke-Fresh @"
[Console]::OutputEncoding = [Text.Encoding]::UTF8
Import-Module '$(Get-TestModulePath)'
`$first = Start-PolarEmulator -Name first
`$null = New-PolarCustomField -Slug vessel -Name Vessel -Type text
`$benefits = Get-PolarBenefit -First 2
`$media = (Get-PolarProduct).Medias | Sort-Object Id -Unique
`$product = New-PolarProduct -Name 'Three currencies' -Price (New-PolarPrice 1999), (New-PolarPrice 1800 -Currency eur), (New-PolarPrice 2500 -Currency sek) -Media `$media -CustomField (Get-PolarCustomField | Where-Object Slug -EQ vessel) -Metadata @{ plan = 'pro'; 'Tier-Two' = 2 }
`$product = `$product | Set-PolarProductBenefit -BenefitId `$benefits
`$customer = New-PolarCustomer -Email sets@solveig.example -ExternalId sets-1 -BillingAddress (New-PolarAddress DE -Line1 'Am Kai 1' -PostalCode 20457 -City Hamburg) -Metadata @{ crm = 1 }
$($acts -join "`n")
"@
        $found = @{}
        $name = ''
        foreach ($line in $shown) {
            if ($line -like '### *') { $name = $line.Substring(4) } else { $found[$name] = "$($found[$name]) $line" -replace '\s+', ' ' }
        }
        $found
    }
}

Describe 'What goes when something is set' -ForEach @{ Rows = $replaced } {
    BeforeAll { $script:shown = Invoke-Row $Rows }

    It 'is told of <Whole>' -ForEach $whole {
        $IsKnown | Should -BeTrue -Because 'a parameter that replaces a whole list or dictionary needs a row in this table'
    }

    It 'is told of <Parameter>' -ForEach $replaced { $shown[$Parameter] | Should -BeLike $Text }
}

Describe 'A change that changes nothing' {
    BeforeAll {
        $script:testHost = Start-TestHost
        Connect-TestHost $testHost
        $script:benefits = @(Get-PolarBenefit -First 3)
        $script:product = New-PolarProduct -Name 'As it is' -Description 'Text' -RecurringInterval month -Price (New-PolarPrice 1999), (New-PolarPrice 1800 -Currency eur) -Metadata @{ 'Plan-Name' = 'pro'; rank = 2; ratio = 0.5; on = $true } |
            Set-PolarProductBenefit -BenefitId $benefits[0, 1]
        $script:keys = Get-PolarBenefit -Type license_keys | Select-Object -First 1

        function Get-Write { @(Get-HostRequest $testHost | Where-Object method -NE 'GET') }
    }

    AfterAll {
        Disconnect-Polar -All
        Stop-TestHost $testHost
    }

    BeforeEach { Clear-HostRequest $testHost }

    It 'is not sent, and writes the object: <Name>' -ForEach @(
        @{ Name = 'a name'; Act = { $product | Set-PolarProduct -Name 'As it is' } }
        @{ Name = 'several fields'; Act = { Set-PolarProduct $product.Id -Name 'As it is' -Description 'Text' -Visibility public -IsArchived:$false } }
        @{ Name = 'no trial'; Act = { $product | Set-PolarProduct -TrialInterval $null -TrialIntervalCount $null } }
        @{ Name = 'metadata from the object'; Act = { $product | Set-PolarProduct -Metadata $product.Metadata } }
        @{ Name = 'metadata in another order'; Act = { $product | Set-PolarProduct -Metadata @{ on = $true; ratio = 0.5; rank = 2; 'Plan-Name' = 'pro' } } }
        @{ Name = 'its prices'; Act = { $product | Set-PolarProduct -Price $product.Prices } }
        @{ Name = 'equal new prices'; Act = { $product | Set-PolarProduct -Price (New-PolarPrice 1800 -Currency EUR), (New-PolarPrice 1999 -Currency usd) } }
        @{ Name = 'a price that it has, added'; Act = { $product | Set-PolarProduct -AddPrice (New-PolarPrice 1999) } }
        @{ Name = 'no images'; Act = { $product | Set-PolarProduct -Media @() } }
        @{ Name = 'the same benefits'; Act = { $product | Set-PolarProductBenefit -BenefitId $benefits[0, 1] } }
        @{ Name = 'a benefit''s description'; Act = { Set-PolarBenefit $benefits[0].Id -Description $benefits[0].Description } }
        @{ Name = 'a benefit''s own fields'; Act = { $keys | Set-PolarBenefit -LimitActivations $keys.Properties.Activations.Limit -Prefix $keys.Properties.Prefix } }
        @{ Name = 'a benefit''s files'; Act = { Get-PolarBenefit -Type downloadables | ForEach-Object { $_ | Set-PolarBenefit -File $_.Properties.Files -ArchivedFile @() } } }
    ) {
        $written = @(& $Act)
        $written.Count | Should -Be 1
        $written[0].Id | Should -Not -BeNullOrEmpty
        Get-Write | Should -BeNullOrEmpty
        @(Get-HostRequest $testHost | Where-Object { $_.path -match '/[0-9a-f-]{36}$' }).Count | Should -BeGreaterThan 0 -Because 'it is compared with a fresh read'
        & { & $Act 4>&1 | Out-Null; Get-Write } | Should -BeNullOrEmpty
    }

    It 'is compared with what is there now, not with what was seen' {
        $other = New-PolarProduct -Name 'Seen before' -Price (New-PolarPrice 100)
        $null = Invoke-PolarRequest "/v1/products/$($other.Id)" -Method PATCH -Body @{ name = 'Changed elsewhere' } -Confirm:$false
        Clear-HostRequest $testHost
        ($other | Set-PolarProduct -Name 'Seen before').Name | Should -Be 'Seen before'
        (Get-Write).Count | Should -Be 1
    }

    It 'is sent where anything differs: <Name>' -ForEach @(
        @{ Name = 'a letter'; Act = { $product | Set-PolarProduct -Name 'As It is' }; Back = { $product | Set-PolarProduct -Name 'As it is' } }
        @{ Name = 'a number as text'; Act = { $product | Set-PolarProduct -Metadata @{ on = $true; ratio = 0.5; rank = '2'; 'Plan-Name' = 'pro' } }; Back = { $product | Set-PolarProduct -Metadata $product.Metadata } }
        @{ Name = 'a key in another case'; Act = { $product | Set-PolarProduct -Metadata @{ on = $true; ratio = 0.5; rank = 2; 'plan-name' = 'pro' } }; Back = { $product | Set-PolarProduct -Metadata $product.Metadata } }
        @{ Name = 'the tax of a price'; Act = { $product | Set-PolarProduct -Price (New-PolarPrice 1800 -Currency eur -TaxBehavior inclusive), (New-PolarPrice 1999) }; Back = { $product | Set-PolarProduct -Price (New-PolarPrice 1800 -Currency eur), (New-PolarPrice 1999) } }
        @{ Name = 'the order of benefits'; Act = { $product | Set-PolarProductBenefit -BenefitId $benefits[1, 0] }; Back = { $product | Set-PolarProductBenefit -BenefitId $benefits[0, 1] } }
        @{ Name = 'one field of several'; Act = { $product | Set-PolarProduct -Name 'As it is' -Description 'Other' }; Back = { $product | Set-PolarProduct -Description 'Text' } }
        @{ Name = 'nothing in place of a text'; Act = { $product | Set-PolarProduct -Description $null }; Back = { $product | Set-PolarProduct -Description 'Text' } }
    ) {
        $null = & $Act
        (Get-Write).Count | Should -Be 1
        $null = & $Back
        (Get-Write).Count | Should -Be 2
        $null = & $Back
        (Get-Write).Count | Should -Be 2
    }

    It 'changes its mind about nothing elsewhere: <Name>' -ForEach @(
        # Others than products and benefits are sent as they are given.
        @{ Name = 'a checkout link'; Act = { Get-PolarCheckoutLink -First 1 | ForEach-Object { Set-PolarCheckoutLink $_ -Label $_.Label } } }
        @{ Name = 'a customer'; Act = { Get-PolarCustomer -First 1 | ForEach-Object { Set-PolarCustomer $_ -Name $_.Name } } }
        @{ Name = 'a discount'; Act = { Get-PolarDiscount -First 1 | ForEach-Object { Set-PolarDiscount $_ -Name $_.Name } } }
    ) {
        $null = & $Act
        (Get-Write).Count | Should -Be 1
    }

    It 'asks nothing' {
        $written = $product | Set-PolarProduct -Name 'As it is' -Confirm
        $written.Id | Should -Be $product.Id
        Get-Write | Should -BeNullOrEmpty
    }

    It 'says so with -Verbose' {
        $lines = $product | Set-PolarProduct -Name 'As it is' -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        "$lines" | Should -BeLike "*product 'As it is'*nothing was sent*"
    }

    It 'is an error where nothing is given: <Name>' -ForEach @(
        @{ Name = 'Set-PolarProduct'; Act = { $product | Set-PolarProduct } }
        @{ Name = 'Set-PolarBenefit'; Act = { $benefits[0] | Set-PolarBenefit } }
        @{ Name = 'Set-PolarCustomer'; Act = { Get-PolarCustomer -First 1 | Set-PolarCustomer } }
    ) {
        (Get-TestError $Act)[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        Get-Write | Should -BeNullOrEmpty
    }
}

Describe 'Prices in parts' {
    BeforeAll {
        $script:testHost = Start-TestHost
        Connect-TestHost $testHost
        function Get-Change { @(Get-HostRequest $testHost | Where-Object method -EQ 'PATCH') }
    }

    AfterAll {
        Disconnect-Polar -All
        Stop-TestHost $testHost
    }

    BeforeEach {
        $script:product = New-PolarProduct -Name 'In parts' -RecurringInterval month -Price (New-PolarPrice 1999), (New-PolarPrice 1800 -Currency eur)
        Clear-HostRequest $testHost
    }

    It 'adds one and keeps the others' {
        $changed = $product | Set-PolarProduct -AddPrice (New-PolarPrice 3000 -Currency jpy)
        "$($changed.Prices)" | Should -BeLike '$19.99 ?18.00 ?3,000'
        $changed.Prices[0, 1].Id | Should -Be $product.Prices.Id
    }

    It 'takes one away and keeps the others' {
        "$(($product | Set-PolarProduct -RemovePrice $product.Prices[1]).Prices)" | Should -BeLike '$19.99'
    }

    It 'replaces one price by another, in one request' {
        $changed = $product | Set-PolarProduct -RemovePrice $product.Prices[0].Id -AddPrice (New-PolarPrice 2199)
        "$($changed.Prices)" | Should -BeLike '?18.00 $21.99'
        (Get-Change).Count | Should -Be 1
    }

    It 'counts what another has added meanwhile' {
        $null = Invoke-PolarRequest "/v1/products/$($product.Id)" -Method PATCH -Confirm:$false -Body @{
            prices = @(@{ id = $product.Prices[0].Id }, @{ id = $product.Prices[1].Id }, @{ amount_type = 'fixed'; price_amount = 1700; price_currency = 'gbp' })
        }
        "$(($product | Set-PolarProduct -AddPrice (New-PolarPrice 3000 -Currency jpy)).Prices)" | Should -BeLike '*?17.00*?3,000*'
    }

    It 'works for several products at once' {
        $other = New-PolarProduct -Name 'Another' -RecurringInterval month -Price (New-PolarPrice 500)
        $changed = $product, $other | Set-PolarProduct -AddPrice (New-PolarPrice 3000 -Currency jpy)
        $changed.Prices.Count | Should -Be 5
    }

    It 'refuses, and sends nothing: <Name>' -ForEach @(
        @{ Name = 'a price of another product'; Act = { $product | Set-PolarProduct -RemovePrice (Get-PolarProduct -Query Harbor)[0].Prices[0] }; Text = "*'In parts' has no active price*`$19.99*" }
        @{ Name = 'a product for a price'; Act = { $product | Set-PolarProduct -RemovePrice $product }; Text = '*product price*' }
        @{ Name = 'a number'; Act = { $product | Set-PolarProduct -AddPrice 2199 }; Text = '*New-PolarPrice 2199*' }
        @{ Name = 'a price to keep'; Act = { $product | Set-PolarProduct -AddPrice $product.Prices[0] }; Text = '*New-PolarPrice*' }
        @{ Name = 'an empty variable'; Act = { $product | Set-PolarProduct -RemovePrice $null }; Text = '*' }
        @{ Name = 'an empty list'; Act = { $product | Set-PolarProduct -AddPrice @() }; Text = '*' }
        @{ Name = 'the whole list beside a part of it'; Act = { $product | Set-PolarProduct -Price $product.Prices -AddPrice (New-PolarPrice 5 -Currency jpy) }; Text = '*' }
    ) {
        (Get-TestError $Act)[0].ToString() | Should -BeLike $Text
        Get-Change | Should -BeNullOrEmpty
    }

    It 'names the parameter when Polar refuses: <Name>' -ForEach @(
        @{ Name = 'the last price'; Act = { $product | Set-PolarProduct -RemovePrice $product.Prices }; Text = '*-RemovePrice: *' }
        @{ Name = 'a second price in a currency'; Act = { $product | Set-PolarProduct -AddPrice (New-PolarPrice 2199) }; Text = '*-AddPrice: *' }
    ) {
        (Get-TestError $Act)[0].ToString() | Should -BeLike $Text
    }

    It 'completes the prices of the product' {
        $found = @(Get-Completion "Set-PolarProduct $($product.Id) -RemovePrice ")
        $found.CompletionText | Should -Be $product.Prices.Id
        $found.ListItemText -join ' ' | Should -BeLike '$19.99 ?18.00'
    }
}
