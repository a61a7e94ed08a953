# A customer's own orders: what they see, their invoices and receipts, and paying what is due.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    foreach ($who in @{ Name = 'jonas'; Id = 'crew-1002' }, @{ Name = 'overdue'; Id = 'crew-1006' }) {
        Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId $who.Id) -Name $who.Name
    }
    $script:jonas = Get-PolarCustomer -ExternalId crew-1002
    Select-PolarConnection jonas
    $script:nowhere = '00000000-0000-4000-8000-000000000000'
    $script:orders = @(Get-PolarPortalOrder)
    $script:foreign = @(Get-PolarOrder | Where-Object CustomerId -NE $jonas.Id)[0]

    function Get-Write { @(Get-HostRequest $testHost | Where-Object method -NE 'GET') }
    function Get-Due { Get-PolarPortalOrder -Connection overdue | Where-Object Status -EQ pending }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarPortalOrder' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'lists what the customer bought, and nobody else' {
        $orders.Id | Sort-Object | Should -Be @((Get-PolarOrder -CustomerId $jonas.Id).Id | Sort-Object)
        $orders[0] | Should -BeOfType 'PolarPS.Client.Models.Order'
    }

    It 'gets one by id and from the pipeline, and not that of another' {
        (Get-PolarPortalOrder $orders[0].Id).Id | Should -Be $orders[0].Id
        ($orders[0] | Get-PolarPortalOrder).Id | Should -Be $orders[0].Id
        $problem = (Get-TestError { Get-PolarPortalOrder $foreign.Id })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem.TargetObject | Should -Be $foreign.Id
    }

    It 'takes ids only: a name would be looked up in the seller''s list' {
        { Get-PolarPortalOrder $orders[0].InvoiceNumber } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        (Get-HostRequest $testHost) | Should -BeNullOrEmpty
    }

    It 'filters and sorts: <Name>' -ForEach @(
        @{ Name = 'a subscription from the pipeline'; Act = { Get-PolarPortalSubscription -First 1 | Get-PolarPortalOrder }; Query = '*subscription_id=*' }
        @{ Name = 'a product'; Act = { Get-PolarPortalOrder -ProductId $orders[0].ProductId }; Query = '*product_id=*' }
        @{ Name = 'a billing type'; Act = { Get-PolarPortalOrder -BillingType recurring }; Query = '*product_billing_type=recurring*' }
        @{ Name = 'a text'; Act = { Get-PolarPortalOrder -Query Offshore }; Query = '*query=Offshore*' }
        @{ Name = 'an order'; Act = { Get-PolarPortalOrder -Sort -NetAmount }; Query = '*sorting=-net_amount*' }
    ) {
        @(& $Act).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost)[-1].path | Should -Be '/v1/customer-portal/orders/'
        @(Get-HostRequest $testHost)[-1].query | Should -BeLike $Query
    }

    It 'finds nothing that is not there' { Get-PolarPortalOrder -Query 'no product is called so' | Should -BeNullOrEmpty }

    It 'reads no more than is wanted' {
        @(Get-PolarPortalOrder -First 2).Count | Should -Be 2
        @(Get-PolarPortalOrder | Select-Object -First 1).Count | Should -Be 1
        [int](Get-PolarPortalOrder -First 0 -IncludeTotalCount) | Should -Be $orders.Count
    }
}

Describe 'Set-PolarPortalOrder' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'sends what was given, and nothing else' {
        ($orders[0] | Set-PolarPortalOrder -BillingName 'Brandt Charter').BillingName | Should -Be 'Brandt Charter'
        $write = Get-Write
        $write.method | Should -Be 'PATCH'
        $write.path | Should -Be "/v1/customer-portal/orders/$($orders[0].Id)"
        $write.body | Should -Be '{"billing_name":"Brandt Charter"}'
    }

    It 'tells what Polar refuses by its parameter' {
        $problem = (Get-TestError { $orders[0] | Set-PolarPortalOrder -BillingAddress (New-PolarAddress NO -City Bergen) })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$problem" | Should -BeLike '*-BillingAddress*'
    }

    It 'sends nothing where there is nothing to change, and nothing with -WhatIf' {
        (Get-TestError { $orders[0] | Set-PolarPortalOrder })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        $orders[0] | Set-PolarPortalOrder -BillingName X -WhatIf
        Get-Write | Should -BeNullOrEmpty
    }
}

Describe 'Invoices and receipts of the portal' {
    BeforeAll {
        $script:order = $orders[0]
        $script:bare = $orders[1]
        $null = $order | Set-PolarPortalOrder -BillingName 'Jonas Brandt' -BillingAddress @{ Country = $order.BillingAddress.Country; State = $order.BillingAddress.State; Line1 = 'Am Hafen 4'; City = 'Kiel'; PostalCode = '24103' }
    }
    BeforeEach { Clear-HostRequest $testHost }

    It 'says how to get an invoice that does not exist yet' {
        $problem = (Get-TestError { Get-PolarPortalOrderInvoice $bare })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Request-PolarPortalOrderInvoice*'
    }

    It 'requests an invoice, waits for it, and saves it' {
        $order | Request-PolarPortalOrderInvoice -WhatIf
        Get-Write | Should -BeNullOrEmpty
        $order | Request-PolarPortalOrderInvoice | Should -BeNullOrEmpty
        ($order | Request-PolarPortalOrderInvoice -Wait).Url | Should -Match '^http'
        @(Get-Write).path | Sort-Object -Unique | Should -Be "/v1/customer-portal/orders/$($order.Id)/invoice"
        $file = Save-PolarPortalOrderInvoice $order (Join-Path $TestDrive 'one.pdf') -PassThru
        $file.Length | Should -BeGreaterThan 100
        [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes($file.FullName), 0, 5) | Should -Be '%PDF-'
        # Nobody's token goes to the store.
        @(Get-HostRequest $testHost | Where-Object path -Like '*_emulator*').headers.Authorization | Where-Object { $_ } | Should -BeNullOrEmpty
    }

    It 'saves into a folder by the number, and generates what is missing' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'invoices')).FullName
        $null = $bare | Set-PolarPortalOrder -BillingName 'Jonas Brandt' -BillingAddress @{ Country = $bare.BillingAddress.Country; State = $bare.BillingAddress.State; Line1 = 'Am Hafen 4'; City = 'Kiel'; PostalCode = '24103' }
        $bare | Save-PolarPortalOrderInvoice -Path $folder -Generate
        (Get-ChildItem $folder).Name | Should -Be "$($bare.InvoiceNumber).pdf"
        (Get-TestError { $bare | Save-PolarPortalOrderInvoice -Path $folder -NoClobber })[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
        $file = Join-Path $TestDrive 'both.pdf'
        $problem = @(Get-TestError { $order, $bare | Save-PolarPortalOrderInvoice -Path $file })
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*named after its number*'
    }

    It 'gets receipts, of paid orders only' {
        ($order | Get-PolarPortalOrderReceipt -Wait).Url | Should -Match '^http'
        $problem = (Get-TestError { Get-Due | Get-PolarPortalOrderReceipt -Wait -Connection overdue })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'shows no signature of an address' {
        $shown = $order | Get-PolarPortalOrderReceipt -Wait | Format-List | Out-String
        $shown | Should -Match '\?\*\*\*'
    }
}

Describe 'Get-PolarPortalOrderPaymentStatus' {
    It 'says how the latest payment went, and of which order' {
        $status = $orders[0] | Get-PolarPortalOrderPaymentStatus
        $status.Status | Should -Be 'succeeded'
        $status.OrderId | Should -Be $orders[0].Id
        $failed = Get-Due | Get-PolarPortalOrderPaymentStatus -Connection overdue
        $failed.Status | Should -Be 'failed'
        $failed.Error | Should -Not -BeNullOrEmpty
        $failed | Out-String | Should -Match $failed.OrderId
    }
}

Describe 'Confirm-PolarPortalOrderPayment' {
    BeforeAll { $script:due = Get-Due; $script:secret = 'ctoken_secret_of_the_form' }
    BeforeEach { Clear-HostRequest $testHost }

    It 'says what will be paid, without the token, and sends nothing with -WhatIf' {
        $said = $due | Confirm-PolarPortalOrderPayment -ConfirmationTokenId $secret -WhatIf -Verbose -Connection overdue 4>&1 6>&1 | Out-String
        "$said" | Should -Not -Match $secret
        Get-Write | Should -BeNullOrEmpty
    }

    It 'takes one way to pay, and an order itself only' {
        { $due | Confirm-PolarPortalOrderPayment -ConfirmationTokenId a -PaymentMethodId $nowhere -Connection overdue -Confirm:$false } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        $row = [pscustomobject]@{ Id = $nowhere; OrderId = $due.Id }
        (Get-TestError { $row | Confirm-PolarPortalOrderPayment -ConfirmationTokenId a -Connection overdue -Confirm:$false }).Count | Should -Be 1
        Get-Write | Should -BeNullOrEmpty
    }

    It 'is an error where the payment method is of another' {
        $problem = (Get-TestError { $due | Confirm-PolarPortalOrderPayment -PaymentMethodId $nowhere -Connection overdue -Confirm:$false })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Get-PolarPortalPaymentMethod*'
    }

    It 'writes a payment that failed, and an error, once' {
        $problem = @()
        $status = $due | Confirm-PolarPortalOrderPayment -ConfirmationTokenId ctoken_fail -Connection overdue -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
        $status.Status | Should -Be 'failed'
        $status.OrderId | Should -Be $due.Id
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarPaymentFailed,*'
        $problem[0].TargetObject | Should -Be $due.Id
        @(Get-Write).Count | Should -Be 1
    }

    It 'counts against the limit of a connection what is due now' {
        Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1006) -Name limited -MoneyLimit @{ usd = 1 }
        try {
            $problem = (Get-TestError { $due | Confirm-PolarPortalOrderPayment -ConfirmationTokenId ctoken_fine -Connection limited -Confirm:$false })[0]
            $problem.FullyQualifiedErrorId | Should -BeLike 'PolarMoneyLimit,*'
            Get-Write | Where-Object path -Like '*confirm-payment' | Should -BeNullOrEmpty
        }
        finally { Disconnect-Polar limited; Select-PolarConnection jonas }
    }

    It 'pays' {
        ($due | Confirm-PolarPortalOrderPayment -ConfirmationTokenId ctoken_fine -Connection overdue -Confirm:$false).Status | Should -Be 'succeeded'
        (Get-PolarPortalOrder $due -Connection overdue).Status | Should -Be 'paid'
        $problem = (Get-TestError { $due | Confirm-PolarPortalOrderPayment -ConfirmationTokenId ctoken_fine -Connection overdue -Confirm:$false })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Get-PolarPortalOrder -Id*'
    }

    It 'warns where the bank asks the customer, and shows no secret' {
        Set-HostFault $testHost @{ method = 'POST'; path = "/v1/customer-portal/orders/$($due.Id)/confirm-payment"; status = 200; body = '{"status":"requires_action","client_secret":"pi_1_secret_2","error":null}' }
        $status = $due | Confirm-PolarPortalOrderPayment -ConfirmationTokenId ctoken_fine -Connection overdue -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        Set-HostFault $testHost
        "$warned" | Should -BeLike '*not paid yet*'
        $status.ClientSecret | Should -Be 'pi_1_secret_2'
        "$($status | Out-String)$($status | Format-List | Out-String)$status$warned" | Should -Not -Match 'pi_1_secret_2'
    }
}
