# Names stand for ids, wherever an id is taken: what reads takes every name, with wildcards; what changes, gives or deletes
# something takes unique keys and the seller's own names.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $kinds = 'Product', 'Discount', 'Benefit', 'CustomField', 'CheckoutLink', 'Customer', 'Order', 'Organization', 'PolarFile', 'Meter'
    # Without a connection there is nothing to look a name up with.
    $unconnected = 'Connect-Polar', 'New-PolarPrice'
    # Customers see no lists to look a name up in.
    $portal = @(foreach ($command in Get-Command -Module PolarPS -Noun PolarPortal*) {
            foreach ($parameter in $command.Parameters.Values) {
                if ($parameter.Attributes.TypeId.Name -contains 'PolarIdAttribute') { @{ Name = "$($command.Name) -$($parameter.Name)"; Command = $command; Parameter = $parameter } }
            }
        })
    $parameters = @(foreach ($command in Get-Command -Module PolarPS | Where-Object { $_.Name -notin $unconnected -and $_.Noun -notlike 'PolarPortal*' }) {
            foreach ($parameter in $command.Parameters.Values) {
                $attribute = $parameter.Attributes | Where-Object { $_.GetType().Name -in 'PolarIdAttribute', 'OrderReferenceTransformationAttribute' } | Select-Object -First 1
                if (-not $attribute) { continue }
                $flags = [Reflection.BindingFlags]'Instance, NonPublic'
                $field = $attribute.GetType().GetField('_model', $flags)
                $model = if ($field) { $field.GetValue($attribute).Name } else { 'Order' }
                if ($model -in $kinds) { @{ Name = "$($command.Name) -$($parameter.Name)"; Command = $command; Parameter = $parameter; Kind = $model } }
            }
        })
    $external = @(Get-Command -Module PolarPS | Where-Object { $_.Parameters.Keys -match '^(ExternalCustomerId|CustomerExternalId|ExternalMemberId|MemberExternalId)$' } | ForEach-Object { @{ Name = $_.Name; Command = $_ } })
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:emulator = Start-PolarEmulator -Name names -Seed 7 -StartTime '2026-11-29T12:00:00Z' -FreezeClock

    function Clear-Sent { $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false }
    function Get-Sent { @($emulator.Requests | ForEach-Object { "$($_.Method) $($_.Path)$(if ($_.Query) { "?$($_.Query)" })" }) }

    $script:ada = New-PolarCustomer -Email ada@names.example -Name 'Ada Names' -ExternalId names-1
    $null = New-PolarCustomer -Email sam1@names.example -Name 'Sam Twin'
    $null = New-PolarCustomer -Email sam2@names.example -Name 'Sam Twin'
    $script:product = Get-PolarProduct | Where-Object Name -EQ 'Harbor'
    $script:free = Get-PolarProduct | Where-Object Name -EQ 'Deckhand'
    $script:discount = Get-PolarDiscount | Where-Object { $_.Code -and $_.Type -eq 'percentage' } | Select-Object -First 1
    $script:benefit = Get-PolarBenefit -Type license_keys -First 1
    $script:field = Get-PolarCustomField -First 1
    $script:link = New-PolarCheckoutLink -Product $product -Label 'Names only'
    $script:order = Get-PolarOrder -Status paid | Where-Object { $_.RefundableAmount -gt 0 -and $_.InvoiceNumber } | Select-Object -First 1
    $null = Request-PolarOrderInvoice $order -Wait
    $script:organization = Get-PolarOrganization -First 1
    $files = Invoke-PolarRequest /v1/files/ -Query @{ limit = 100 }
    $script:file = $files.items | Where-Object service -EQ 'downloadable' | Select-Object -First 1
    $script:meter = (Invoke-PolarRequest /v1/meters/).items[0]
    # An id of each kind, and a text that means the same.
    $script:keys = @{
        Product      = @($product.Id, 'HARBOR')
        Discount     = @($discount.Id, $discount.Code.ToLowerInvariant())
        Benefit      = @($benefit.Id, $benefit.Description)
        CustomField  = @($field.Id, $field.Slug)
        CheckoutLink = @($link.Id, 'names only')
        Customer     = @($ada.Id, 'ADA@names.example')
        Order        = @($order.Id, $order.InvoiceNumber.ToLowerInvariant())
        Organization = @($organization.Id, $organization.Slug)
        PolarFile    = @($file.id, $file.name)
        Meter        = @($meter.id, $meter.name)
    }
    # What a call needs besides the parameter in hand.
    $somewhere = Join-Path ([IO.Path]::GetTempPath()) 'names.csv'
    $script:besides = @{
        'Export-PolarCustomer' = @{ Path = $somewhere }
        'Export-PolarOrder' = @{ Path = $somewhere }
        'Export-PolarMetric' = @{ Path = $somewhere }
        'New-PolarMetricDashboard' = @{ Name = 'Named'; Metric = 'orders' }
        'New-PolarWebhookEndpoint' = @{ Url = 'https://hooks.example.com/'; EventType = 'order.paid' }
        'Send-PolarFile' = @{ Path = $PSCommandPath }
        'Set-PolarFile' = @{ Name = 'other.csv' }
        'Export-PolarSubscription' = @{ Path = $somewhere }
        'Complete-PolarOrder' = @{}
        'Get-PolarOrderReceipt' = @{ Wait = $true }
        'Get-PolarMeterQuantity' = @{ MeterId = $meter.id; StartTimestamp = '2026-10-01T00:00:00Z'; EndTimestamp = '2026-10-02T00:00:00Z' }
        'Grant-PolarSeat' = @{ SubscriptionId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; Email = 'x@names.example' }
        'New-PolarBenefit' = @{ Description = 'Named' }
        'New-PolarBenefit -MeterId' = @{ Units = 5 }
        'New-PolarCheckout' = @{ Product = $product.Id }
        'New-PolarCheckoutLink' = @{ Product = $product.Id }
        'New-PolarCustomField' = @{ Type = 'text'; Slug = 'named'; Name = 'Named' }
        'New-PolarCustomer' = @{ Email = 'named@names.example' }
        'New-PolarDiscount' = @{ Name = 'Named'; Percent = 5; Duration = 'once' }
        'New-PolarLicenseKeyActivation' = @{ Key = 'NAMES-KEY'; Label = 'Named' }
        'New-PolarMember' = @{ Email = 'm@names.example' }
        'New-PolarMeter' = @{ Name = 'Named'; Filter = 'every event'; Aggregation = 'count' }
        'New-PolarOrder' = @{ Customer = $ada.Id; Product = $product.Id }
        'New-PolarProduct' = @{ Name = 'Named'; Price = New-PolarPrice 500 }
        'New-PolarRefund' = @{ Reason = 'other' }
        'New-PolarSubscription' = @{ Customer = $ada.Id; Product = $free.Id }
        'Remove-PolarLicenseKeyActivation' = @{ ActivationId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; Key = 'NAMES-KEY' }
        'Remove-PolarMember' = @{ MemberId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }
        'Save-PolarOrderInvoice' = @{ Path = $somewhere; Generate = $true }
        'Send-PolarEvent' = @{ Name = 'named'; ExternalCustomerId = 'u_1' }
        'Set-PolarBenefit' = @{ Id = $benefit.Id; Description = 'Named' }
        'Set-PolarBenefit -File' = @{ Id = (Get-PolarBenefit -Type downloadables -First 1).Id }
        'Set-PolarBenefit -ArchivedFile' = @{ Id = (Get-PolarBenefit -Type downloadables -First 1).Id }
        'Set-PolarBenefit -MeterId' = @{ Id = (Get-PolarBenefit -Type meter_credit -First 1).Id }
        'Set-PolarCheckout' = @{ Id = (Get-PolarCheckout -Status open -First 1).Id }
        'Confirm-PolarCheckout' = @{ Id = (Get-PolarCheckout -Status open -First 1).Id; ConfirmationTokenId = 'ctoken_test_1' }
        'Set-PolarCheckoutLink' = @{ Id = $link.Id; Label = 'Other' }
        'Set-PolarCustomField' = @{ Id = $field.Id; Name = 'Other' }
        'Set-PolarCustomer' = @{ Id = $ada.Id; Name = 'Other' }
        'Set-PolarDiscount' = @{ Id = $discount.Id; Name = 'Other' }
        'Set-PolarMember' = @{ MemberId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; Name = 'Other' }
        'Set-PolarMeter' = @{ Name = 'Other' }
        'Set-PolarOrder' = @{ BillingName = 'Other' }
        'Set-PolarOrganization' = @{ Name = 'Other' }
        'Set-PolarProduct' = @{ Id = $product.Id; Description = 'Other' }
        'Set-PolarProductBenefit' = @{ ProductId = $product.Id; BenefitId = $benefit.Id }
        'Set-PolarSubscription' = @{ Id = (Get-PolarSubscription -Status active -First 1).Id }
        'Test-PolarLicenseKey' = @{ Key = 'NAMES-KEY' }
    }

    function Get-Call {
        # What a call sends, or gives, with this value for the parameter.
        param($Command, $Parameter, $Value)
        $with = @{}
        $more = $besides["$($Command.Name) -$($Parameter.Name)"]
        foreach ($set in $besides[$Command.Name], $more) { if ($set) { foreach ($key in $set.Keys) { $with[$key] = $set[$key] } } }
        if ($Command.Name -eq 'New-PolarBenefit' -and $Parameter.Name -like '*File') { $with.File = $keys.PolarFile[0] }
        if ($Command.Name -eq 'Grant-PolarSeat') { if ($Parameter.Name -eq 'OrderId') { $with.Remove('SubscriptionId') } elseif ($Parameter.Name -eq 'CustomerId') { $with.Remove('Email') } }
        $with[$Parameter.Name] = $Value
        if ($Command.Parameters.ContainsKey('WhatIf') -and $Command.Verb -ne 'Export') { $with.WhatIf = $true }
        $problems = @()
        $out = @(try { & $Command @with -Verbose -ErrorAction SilentlyContinue -ErrorVariable problems 4>&1 6>$null } catch { $problems = @($_) })
        $notFound = @($problems | Where-Object { $_.FullyQualifiedErrorId -like 'PolarNotFound,*' -and "$_" -like '*with the id*' })
        if (@($problems).Count -gt @($notFound).Count) { return "error: $($problems[0])" }
        $texts = @($out | ForEach-Object { "$_" })
        $sent = @($texts -like 'Would send *')
        if ($sent) { return $sent -join '; ' }
        $objects = @($out | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] })
        "gives $(@($objects.Id) -join ', '); last: $(@(Get-Sent)[-1] -replace '&?(page|limit)=\d+')"
    }
}

AfterAll {
    Stop-PolarEmulator -All
    Disconnect-Polar -All
}

Describe 'A name in the place of an id' {
    It 'means the same: <Name>' -ForEach $parameters {
        $id, $text = $keys[$Kind]
        $byId = Get-Call $Command $Parameter $id
        $byName = Get-Call $Command $Parameter $text
        $byId | Should -Not -BeLike 'error*'
        # What was found by its name need not be read again.
        if ($byId -like 'gives*' -and ($byId -like "*last: GET /v1/*/$id" -or $byId -like "*last: GET /v1/*ids=$id*")) { ($byName -split ';')[0] | Should -Be ($byId -split ';')[0] }
        else { $byName | Should -Be $byId }
    }

    It 'is no id in the customer portal: <Name>' -ForEach $portal {
        Clear-Sent
        $with = @{ $Parameter.Name = 'Harbor' }
        (Get-TestError { & $Command @with })[0].Exception.Message | Should -BeLike "*'Harbor' is not the id of *"
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'is in the table for every kind and most cmdlets' -ForEach @{ All = $parameters } {
        $All.Count | Should -BeGreaterThan 110
        @($All.Kind | Sort-Object -Unique).Count | Should -Be 10
    }

    It 'is not that of a customer where something is changed, given or deleted: <Name>' -ForEach @($parameters | Where-Object { $_.Kind -eq 'Customer' -and $_.Command.Parameters.ContainsKey('WhatIf') }) {
        Clear-Sent
        $outcome = Get-Call $Command $Parameter 'Ada Names'
        if ($Command.Verb -in 'Export') { return }
        $outcome | Should -BeLike '*no customer with the external id or email address ''Ada Names''*'
        @(Get-Sent) -notmatch '^GET /v1/customers/\?query=Ada%20Names' | Should -BeNullOrEmpty
    }

    It 'is found once for a whole pipeline' {
        Clear-Sent
        @(1..5 | ForEach-Object { [pscustomobject]@{ CustomerId = 'ada@names.example'; ProductId = 'Deckhand' } } | New-PolarSubscription -ErrorAction SilentlyContinue).Count | Should -BeGreaterThan 0
        $sent = @(Get-Sent)
        @($sent -like 'GET*').Count | Should -Be 2
        @($sent -like 'POST*').Count | Should -Be 5
        Clear-Sent
        ('Harbor', 'harbor', 'Harbor', 'nobody', 'nobody' | Get-PolarProduct -ErrorAction SilentlyContinue).Name | Should -Be 'Harbor', 'Harbor', 'Harbor'
        @(Get-Sent).Count | Should -Be 3
    }

    It 'is looked up by the connection that is used' {
        $null = Start-PolarEmulator -Name elsewhere -Empty
        $there = Get-PolarConnection elsewhere
        try {
            $null = New-PolarCustomer -Email ada@names.example -Name Other -Connection $there
            (Get-PolarCustomer ada@names.example -Connection $there).Name | Should -Be 'Other'
            Select-PolarConnection names
            (Get-PolarCustomer ada@names.example).Name | Should -Be 'Ada Names'
            (Get-TestError { Get-PolarProduct Harbor -Connection $there })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        }
        finally { Stop-PolarEmulator elsewhere -Confirm:$false; Select-PolarConnection names }
    }

    It 'that is not there is an error, and the others go on' {
        $problems = @()
        $found = Get-PolarProduct 'Nowhere', 'Harbor' -ErrorAction SilentlyContinue -ErrorVariable problems
        $found.Name | Should -Be 'Harbor'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be 'Nowhere'
        "$($problems[0])" | Should -BeLike "*no product with the name 'Nowhere' in names*"
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-PolarProduct takes wildcards*'
    }

    It 'that fits two is refused with both' {
        $problem = Get-TestError { Get-PolarCustomer 'Sam Twin' }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarAmbiguousName,*'
        $problem[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        "$($problem[0])" | Should -Match "fits 2 customers: 'sam\d@names.example' \([0-9a-f-]{36}\), 'sam\d@names.example' \([0-9a-f-]{36}\)"
        $problem[0].Exception.Candidates.Count | Should -Be 2
        (Get-PolarCustomer 'Sam*').Count | Should -Be 2
    }

    It 'that nothing has filters nothing: no list is read' {
        Clear-Sent
        foreach ($act in { Get-PolarOrder -ProductId Nowhere }, { Get-PolarOrder -ProductId Harbor, Nowhere }, { Get-PolarOrder -CustomerEmail nobody@names.example }) {
            $problem = Get-TestError $act
            $problem.Count | Should -Be 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
            "$($problem[0])" | Should -Match '^-(ProductId|CustomerEmail): '
        }
        Get-PolarOrder -ProductId 'Nowhere*' | Should -BeNullOrEmpty
        @(Get-Sent) -like '*/v1/orders*' | Should -BeNullOrEmpty
    }

    It 'may come from a row, and names its column where it is wrong' {
        $problem = Get-TestError { [pscustomobject]@{ CustomerId = 'ada@names.example'; ProductId = 'Nowhere' } | New-PolarOrder }
        "$($problem[0])" | Should -BeLike "-Product: *'Nowhere'*"
    }

    It 'is never a secret, nor looked up where it looks like an id' {
        Clear-Sent
        { Get-PolarProduct "polar_oat_$('a' * 43)" } | Should -Throw '*not the id of a product*'
        Get-Sent | Should -BeNullOrEmpty
        (Get-TestError { Get-PolarProduct '00000000-0000-4000-8000-000000000001' })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        Get-Sent | Should -Be 'GET /v1/products/00000000-0000-4000-8000-000000000001'
    }

    It 'is as it was typed: 007 is not 7' {
        $null = New-PolarCustomer -Email seven@names.example -ExternalId 7
        $null = New-PolarCustomer -Email bond@names.example -ExternalId '007'
        (Get-PolarCustomer 007).Email | Should -Be 'bond@names.example'
        (Get-PolarCustomer 7).Email | Should -Be 'seven@names.example'
        (Get-PolarCustomer -ExternalId 007).Email | Should -Be 'bond@names.example'
    }

    It 'does not tell a product from a discount' {
        Clear-Sent
        "$(Get-TestError { 'Harbor' | New-PolarCheckoutLink })" | Should -BeLike '*Text alone does not tell whether it is a product or a discount*-Product or -Discount*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'names a member of one customer' {
        $team = New-PolarCustomer -Type team -Name 'Names team' -Email team@names.example -OwnerEmail owner@names.example
        $null = New-PolarMember -CustomerId team@names.example -Email crew@names.example -Name Crew -ExternalId crew-names
        foreach ($text in 'CREW@names.example', 'crew-names', 'Crew', 'cr*') { (Get-PolarMember -CustomerId $team -MemberId $text).Email | Should -Be 'crew@names.example' }
        (Set-PolarMember -CustomerId team@names.example -MemberId crew@names.example -Name Changed).Name | Should -Be 'Changed'
        (Get-TestError { Remove-PolarMember -CustomerId $team -MemberId Changed -Confirm:$false })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        Remove-PolarMember -CustomerId $team -MemberId crew-names -Confirm:$false
        (Get-PolarMember $team).Email | Should -Not -Contain 'crew@names.example'
    }
}

Describe 'A question' {
    BeforeAll {
        function Get-Question {
            param([string] $Line)
            (Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script "Import-Module `$env:MODULE; Connect-Polar -Environment Emulator; $Line -WhatIf") -join ' ' -replace '\s+', ' '
        }
    }

    It 'shows the name and the id of what was found: <Line>' -ForEach @(
        @{ Line = "Remove-PolarProduct harbor"; Says = "product 'Harbor' \({0}\)" }
        @{ Line = "Set-PolarDiscount fairwinds -Name X"; Says = "discount 'Fair winds[^']*' \({0}\)" }
        @{ Line = "Remove-PolarCustomer ASTRID.LUND@solveig.example"; Says = "customer 'astrid.lund@solveig.example' \({0}\)" }
        @{ Line = "New-PolarOrder astrid.lund@solveig.example Fleet"; Says = "Customer 'astrid.lund@solveig.example' \({0}\); Product 'Fleet' \({0}\)|Product 'Fleet' \({0}\); Customer 'astrid.lund@solveig.example' \({0}\)" }
        @{ Line = "New-PolarCheckoutLink Harbor -Discount FAIRWINDS"; Says = "Product 'Harbor' \({0}\).*Discount 'Fair winds[^']*' \({0}\)" }
        @{ Line = "Set-PolarProductBenefit Harbor -BenefitId (Get-PolarBenefit -First 1).Description"; Says = "product 'Harbor' \({0}\).*\({0}\)|BenefitId .* \({0}\).*product 'Harbor' \({0}\)" }
        @{ Line = "New-PolarCustomerSession crew-1001"; Says = "customer session for 'astrid.lund@solveig.example' \({0}\)" }
        @{ Line = "New-PolarCustomerSession -ExternalCustomerId crew-1001"; Says = "'astrid.lund@solveig.example'.*{0}" }
        @{ Line = "Set-PolarCustomer -ExternalId crew-1001 -Name X"; Says = "customer 'astrid.lund@solveig.example' \(external id 'crew-1001', {0}\)" }
        @{ Line = "New-PolarRefund (Get-PolarOrder -Status paid | Where-Object RefundableAmount -GT 0 | Select-Object -First 1).InvoiceNumber -Reason other"; Says = 'order NWND-\w+-\d+ of \S+ \({0}\)' }
        @{ Line = "Save-PolarOrderInvoice (Get-PolarOrder -First 1).InvoiceNumber -Path x.pdf -Generate"; Says = "order 'NWND-[^']*' \({0}\)" }
    ) {
        Get-Question $Line | Should -Match ($Says -replace '\{0\}', '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
    }
}

Describe 'Wildcards' {
    It 'find what they find in PowerShell' {
        $type = [PolarPS.Client.PolarClient].Assembly.GetType('PolarPS.Client.NamePattern')
        $random = [Random]::new(11)
        $letters = 'aAbB1 *?[]`-x.'.ToCharArray()
        $matching = 0
        # PowerShell compares a pattern without wildcards by the culture, and in Thai '-' counts for nothing: 'B' would find '-B'.
        $culture = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
        try {
            foreach ($round in 1..4000) {
                $text = -join (1..$random.Next(1, 7) | ForEach-Object { $letters[$random.Next($letters.Count)] })
                $name = -join (1..$random.Next(1, 6) | ForEach-Object { $letters[$random.Next($letters.Count)] })
                # PowerShell has no reading for a bracket that is not closed, an empty set, a range within nothing or a last backtick.
                try { $expected = [WildcardPattern]::new($text, 'IgnoreCase').IsMatch($name) } catch { continue }
                if ($text -match '\[[^\]]*$|\[\]|`$|\[-|-\]|^[^\[]*\]|`' ) { continue }
                $pattern = [Activator]::CreateInstance($type, @($text, $true))
                $pattern.Matches($name) | Should -Be $expected -Because "'$text' and '$name'"
                if ($expected) { $matching++ }
            }
        } finally { [cultureinfo]::CurrentCulture = $culture }
        $matching | Should -BeGreaterThan 50
    }

    It 'take no letter for nothing, in no culture' {
        $type = [PolarPS.Client.PolarClient].Assembly.GetType('PolarPS.Client.NamePattern')
        foreach ($pattern in 'B', 'B*', '*B', 'b') { [Activator]::CreateInstance($type, @($pattern, $true)).Matches('-.B') | Should -Be ($pattern -eq '*B') }
    }

    It 'that find nothing are no error' {
        @(Get-TestError { Get-PolarProduct 'zzz*' }) | Should -BeNullOrEmpty
        Get-PolarCustomer '*@nowhere.example' | Should -BeNullOrEmpty
    }

    It 'give way to a name that has them' {
        $null = New-PolarProduct -Name 'Star*' -Price (New-PolarPrice 500)
        $null = New-PolarProduct -Name 'Starfish' -Price (New-PolarPrice 500)
        (Get-PolarProduct 'Star*').Name | Should -Be 'Star*'
        (Get-PolarProduct 'Sta*').Name | Sort-Object | Should -Be 'Star*', 'Starfish'
        (Get-PolarProduct 'Star`*').Name | Should -Be 'Star*'
    }

    It 'widen a filter, and are for reading' {
        (Get-PolarOrder -CustomerEmail '*@solveig.example').CustomerId | Sort-Object -Unique | Should -Be (Get-PolarCustomer -ExternalId crew-1001).Id
        $problem = Get-TestError { Remove-PolarProduct 'Star?ish' -Confirm:$false }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*Wildcards are for what reads: pipe what Get-PolarProduct finds*'
        (Get-PolarProduct 'Starfish').Name | Should -Be 'Starfish'
    }

    It 'do not make an address without end' {
        1..101 | ForEach-Object { $null = New-PolarCustomer -Email "many$_@names.example" }
        Clear-Sent
        "$(Get-TestError { Get-PolarOrder -CustomerEmail 'many*' })" | Should -BeLike '*-CustomerEmail matches 101 customers*at most 100*'
        @(Get-Sent) -like '*/v1/orders*' | Should -BeNullOrEmpty
    }
}

Describe 'Get-PolarDiscount -Code' {
    It 'finds a code, in any case, with wildcards, and no name' {
        (Get-PolarDiscount -Code fairwinds).Name | Should -Be 'Fair winds'
        (Get-PolarDiscount -Code FAIR*, SPRINGTIDE).Code | Sort-Object | Should -Be 'FAIRWINDS', 'SPRINGTIDE'
        (Get-TestError { Get-PolarDiscount -Code 'Fair winds' })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        Get-PolarDiscount -Code 'ZZZ*' | Should -BeNullOrEmpty
    }
}

Describe '-CustomerEmail' {
    It 'is a filter of <Name>' -ForEach 'Get-PolarOrder', 'Get-PolarSubscription', 'Get-PolarRefund', 'Get-PolarCheckout' {
        $customer = Get-PolarCustomer -ExternalId crew-1001
        $byId = & $_ -CustomerId $customer.Id
        (& $_ -CustomerEmail $customer.Email.ToUpperInvariant()).Id | Should -Be $byId.Id
        "$(Get-TestError { & $_ -CustomerEmail $customer.Email -CustomerId $customer.Id })" | Should -BeLike '*-CustomerEmail and the ids say twice*'
    }
}

Describe 'An external id' {
    It 'has one spelling, and the other works: <Name>' -ForEach $external {
        foreach ($pair in @('ExternalCustomerId', 'CustomerExternalId'), @('ExternalMemberId', 'MemberExternalId')) {
            $Command.Parameters.ContainsKey($pair[1]) | Should -BeFalse
            if ($Command.Parameters.ContainsKey($pair[0])) { $Command.Parameters[$pair[0]].Aliases | Should -Contain $pair[1] }
        }
    }

    It 'is known to what takes a customer''s own: <_>' -ForEach 'Get-PolarCustomer', 'Get-PolarCustomerState', 'Set-PolarCustomer', 'Remove-PolarCustomer' {
        (Get-Command $_).Parameters['ExternalId'].Aliases | Should -Be 'ExternalCustomerId', 'CustomerExternalId'
    }
}

Describe 'Completion by name' {
    BeforeAll { $null = Get-PolarProduct; $null = Get-PolarCustomer; $null = Get-PolarDiscount; $null = Get-PolarOrder; $null = Get-PolarBenefit }

    It 'inserts what reads best: <Line>' -ForEach @(
        @{ Line = 'Get-PolarProduct Harb'; Inserts = 'Harbor', "'Harbor Annual'" }
        @{ Line = 'Get-PolarProduct *nnual'; Inserts = "'Harbor Annual'", "'Offshore Annual'" }
        @{ Line = 'Remove-PolarProduct Harb'; Inserts = 'Harbor', "'Harbor Annual'" }
        @{ Line = 'Get-PolarCustomer ada@n'; Inserts = 'ada@names.example' }
        @{ Line = 'New-PolarOrder -Customer ada@n'; Inserts = 'ada@names.example' }
        @{ Line = 'Get-PolarDiscount FAIR'; Inserts = 'FAIRWINDS' }
        @{ Line = 'Get-PolarDiscount -Code fai'; Inserts = 'FAIRWINDS' }
        @{ Line = 'Get-PolarSubscription -CustomerEmail ADA@'; Inserts = 'ada@names.example' }
        @{ Line = 'Get-PolarProduct -Sort CreatedA'; Inserts = 'CreatedAt', "'-CreatedAt'" }
        @{ Line = 'Get-PolarProduct -Sort created_'; Inserts = 'CreatedAt' }
        @{ Line = 'Get-PolarOrder -Status *refund*'; Inserts = 'partially_refunded', 'refunded' }
        @{ Line = 'Get-PolarOrder -Status PAI'; Inserts = 'paid' }
    ) {
        (Get-Completion $Line).CompletionText | Sort-Object | Should -Be ($Inserts | Sort-Object)
    }

    It 'inserts the id where the name means two, or the id was typed' {
        $twin = New-PolarProduct -Name 'Completed twice' -Price (New-PolarPrice 500)
        $other = New-PolarProduct -Name 'Completed TWICE' -Price (New-PolarPrice 500)
        $null = Get-PolarProduct
        (Get-Completion 'Get-PolarProduct Completed').CompletionText | Sort-Object | Should -Be ($twin.Id, $other.Id | Sort-Object)
        (Get-Completion "Get-PolarProduct $($product.Id.Substring(0, 9))").CompletionText | Should -Be $product.Id
        (Get-Completion "Connect-Polar -OrganizationId $($organization.Name.Substring(0, 3))").CompletionText | Should -Not -Contain $organization.Slug
    }

    It 'says what a value means: <_>' -ForEach @(
        'Get-PolarOrder -Status ', 'Get-PolarSubscription -Status ', 'New-PolarRefund -Reason ', 'Get-PolarProduct -Sort ', 'New-PolarDiscount -Duration ', 'New-PolarPrice -Currency ',
        'Get-PolarBenefit -Type ', 'New-PolarAddress ', 'Connect-Polar -Environment ', 'Get-PolarDispute -Status ', 'Set-PolarSubscription -ProrationBehavior '
    ) {
        $found = @(Get-Completion $_)
        $found.Count | Should -BeGreaterThan 2
        foreach ($match in $found) { $match.ToolTip | Should -Not -Be $match.CompletionText; $match.ToolTip.Length | Should -BeGreaterThan 2 }
    }
}

Describe 'A known value' {
    It 'may be given in any case: <Name>' -ForEach @(
        @{ Name = 'a status'; Act = { Get-PolarOrder -Status PAID }; Sends = '*status=paid*' }
        @{ Name = 'several'; Act = { Get-PolarOrder -Status Paid, REFUNDED }; Sends = '*status=paid&status=refunded*' }
        @{ Name = 'an order'; Act = { Get-PolarProduct -Sort NAME, -CREATEDAT }; Sends = '*sorting=name&sorting=-created_at*' }
        @{ Name = 'an order as the API spells it'; Act = { Get-PolarProduct -Sort Created_At }; Sends = '*sorting=created_at*' }
        @{ Name = 'a kind'; Act = { Get-PolarBenefit -Type License_Keys }; Sends = '*type=license_keys*' }
    ) {
        Clear-Sent
        $null = & $Act
        @(Get-Sent)[-1] | Should -BeLike $Sends
    }

    It 'may be given in any case where something is made' {
        $made = New-PolarProduct -Name 'Cased' -RecurringInterval Month -Visibility PRIVATE -Price (New-PolarPrice 500 -Currency USD -TaxBehavior Inclusive)
        $made.RecurringInterval | Should -Be 'month'
        $made.Visibility | Should -Be 'private'
        $made.Prices[0].TaxBehavior | Should -Be 'inclusive'
        (New-PolarDiscount -Name Cased -Percent 5 -Duration ONCE).Duration | Should -Be 'once'
        ([pscustomobject]@{ Name = 'Cased row'; Percent = 5; Duration = 'Forever' } | New-PolarDiscount).Duration | Should -Be 'forever'
    }

    It 'may be one that nobody knows yet' {
        Clear-Sent
        $null = Get-TestError { Get-PolarOrder -Status Tomorrow }
        @(Get-Sent)[-1] | Should -BeLike '*status=Tomorrow*'
    }
}

Describe '-First as a default' {
    It 'does no harm to what is got by id or by name' {
        $PSDefaultParameterValues['Get-Polar*:First'] = 2
        try {
            @(Get-PolarProduct).Count | Should -Be 2
            ($product.Id, 'Harbor Annual', 'Fleet' | Get-PolarProduct).Name | Should -Be 'Harbor', 'Harbor Annual', 'Fleet'
            { Get-PolarProduct Harbor -First 1 } | Should -Throw '*are for lists*'
        }
        finally { $PSDefaultParameterValues.Remove('Get-Polar*:First') }
    }
}
