BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    $script:payer = @(Invoke-PolarRequest /v1/customers/ -Paginate | Where-Object { $_.default_payment_method_id -and $_.billing_address -and $_.billing_address.country -notin 'US', 'CA', 'JP' })[0]
    $script:product = Get-PolarProduct -IsRecurring:$false -IsArchived:$false | Where-Object { $_.Prices[0].AmountType -eq 'fixed' } | Select-Object -First 1

    function New-PaidOrder {
        # Of a customer who has a card, with what an invoice needs.
        $order = New-PolarOrder $payer.id $product | Complete-PolarOrder -Confirm:$false
        $order | Set-PolarOrder -BillingName 'Harbor Office' -BillingAddress @{ Country = $order.BillingAddress.Country; Line1 = '1 Pier'; City = 'Oslo'; PostalCode = '0150' }
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarOrder' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'streams the list, and gets by id, object and what belongs to one' {
        $all = @(Get-PolarOrder)
        $all.Count | Should -BeGreaterThan 10
        (Get-PolarOrder $all[0].Id).InvoiceNumber | Should -Be $all[0].InvoiceNumber
        ($all[0..2] | Get-PolarOrder).Id | Should -Be $all[0..2].Id
        (Get-PolarRefund -First 1 | Get-PolarOrder).Id | Should -Be (Get-PolarRefund -First 1).OrderId
        ($all[0] | Select-Object Id | Get-PolarOrder).Id | Should -Be $all[0].Id
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'Status'; Arguments = @{ Status = 'paid', 'refunded' }; Query = 'status=paid&status=refunded' }
        @{ Name = 'BillingType'; Arguments = @{ BillingType = 'recurring' }; Query = 'product_billing_type=recurring' }
        @{ Name = 'ExternalCustomerId'; Arguments = @{ ExternalCustomerId = 'u/1' }; Query = 'external_customer_id=u%2F1' }
        @{ Name = 'Metadata'; Arguments = @{ Metadata = @{ a = 'b' } }; Query = 'metadata%5Ba%5D=b' }
        @{ Name = 'Sort'; Arguments = @{ Sort = '-NetAmount', 'CreatedAt' }; Query = 'sorting=-net_amount&sorting=created_at' }
    ) {
        $null = Get-PolarOrder @Arguments
        (Get-HostRequest $testHost)[0].query | Should -BeLike "*$Query*"
    }

    It 'sends a local time with its offset' {
        $time = [datetime]::new(2026, 11, 3, 14, 30, 0, [DateTimeKind]::Local)
        $null = Get-PolarOrder -CreatedAfter $time
        $sent = [regex]::Match((Get-HostRequest $testHost)[0].query, 'created_after=([^&]+)').Groups[1].Value
        [datetimeoffset]::Parse([uri]::UnescapeDataString($sent), [cultureinfo]::InvariantCulture).UtcDateTime | Should -Be $time.ToUniversalTime()
        $sent | Should -Match '(Z|%2B\d\d%3A\d\d|-\d\d%3A\d\d)$'
    }

    It 'takes customers and products for filters' {
        $some = Get-PolarOrder -First 1
        (Get-PolarOrder -Customer $some.Customer).CustomerId | Sort-Object -Unique | Should -Be $some.CustomerId
        (Get-PolarOrder -Product $some.Product).ProductId | Sort-Object -Unique | Should -Be $some.ProductId
    }
}

Describe 'New-PolarOrder and Complete-PolarOrder' {
    It 'draft, and charge once' {
        $draft = New-PolarOrder $payer.id $product -Amount 1500 -Description 'Chart' -Metadata @{ a = 1 }
        $draft.Status | Should -Be 'draft'
        # The price may include the tax or not.
        $draft.SubtotalAmount, ($draft.SubtotalAmount + $draft.TaxAmount) | Should -Contain 1500
        $paid = $draft | Complete-PolarOrder -Confirm:$false
        $paid.Status | Should -Be 'paid'
        $problem = Get-TestError { $draft | Complete-PolarOrder -Confirm:$false }
        $problem[0].TargetObject | Should -Be $draft.Id
        "$($problem[0])" | Should -BeLike '*draft*'
    }

    It 'says before it charges what and whom' {
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$payer = @(Invoke-PolarRequest /v1/customers/ -Paginate | Where-Object { $_.default_payment_method_id -and $_.billing_address.country -ne 'JP' })[0]
$product = Get-PolarProduct -IsRecurring:$false -IsArchived:$false | Where-Object { $_.Prices[0].AmountType -eq 'fixed' } | Select-Object -First 1
$draft = New-PolarOrder $payer.id $product
Complete-PolarOrder $draft.Id -WhatIf
'EXPECT Charge ' + [PolarPS.Client.Models.Money]::Format($draft.DueAmount, $draft.Currency) + ' to ' + $payer.email + ' now'
'@
        $expected = ($lines | Where-Object { $_ -like 'EXPECT *' }).Substring(7)
        $lines -join ' ' | Should -Match ([regex]::Escape($expected))
        $lines -join ' ' | Should -BeLike '*in Default (Emulator)*'
    }

    It 'reads a draft that it has not seen before it asks, and names what is not there' {
        Clear-HostRequest $testHost
        $problem = Get-TestError { Complete-PolarOrder '00000000-0000-4000-8000-000000000000' -WhatIf }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        (Get-HostRequest $testHost).method | Should -Be 'GET'
    }
}

Describe 'Set-PolarOrder' {
    It 'takes an address from New-PolarAddress, a hashtable, and another order' {
        $order = New-PaidOrder
        $country = $order.BillingAddress.Country
        (Set-PolarOrder $order -BillingAddress (New-PolarAddress $country -Line1 'A' -City B -PostalCode 1)).BillingAddress.Line1 | Should -Be 'A'
        (Set-PolarOrder $order -BillingAddress @{ country = $country; line1 = 'C'; city = 'B'; postal_code = '1' }).BillingAddress.Line1 | Should -Be 'C'
        (Set-PolarOrder $order -BillingAddress $order.BillingAddress).BillingAddress.Line1 | Should -Be $order.BillingAddress.Line1
        $problem = Get-TestError { Set-PolarOrder $order -BillingAddress @{ Street = 'X' } }
        $problem[0].Exception.Message | Should -BeLike "*There is no setting 'Street'*Line1*"
    }
}

Describe 'Invoices and receipts' {
    BeforeAll { $script:order = New-PaidOrder }
    BeforeEach { Set-HostFault $testHost; Clear-HostRequest $testHost }

    It 'say that an invoice has not been made, and how to have it' {
        $problem = Get-TestError { Get-PolarOrderInvoice $order }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*Request-PolarOrderInvoice*'
    }

    It 'are waited for' {
        Set-HostFault $testHost @{ method = 'GET'; path = "/v1/orders/$($order.Id)/invoice"; status = 404; times = 2; body = '{"error":"InvoiceDoesNotExist","detail":"Not yet."}' }
        $invoice = Request-PolarOrderInvoice $order -Wait
        $invoice.Url | Should -Match '^http'
        @(Get-HostRequest $testHost | Where-Object { $_.method -eq 'GET' -and $_.path -like '*/invoice' }).Count | Should -Be 3
    }

    It 'give up waiting in time' {
        Set-HostFault $testHost @{ method = 'GET'; path = "/v1/orders/$($order.Id)/invoice"; status = 404; body = '{"error":"InvoiceDoesNotExist","detail":"Not yet."}' }
        $problem = Get-TestError { Request-PolarOrderInvoice $order -Wait -TimeoutSeconds 1 }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotReady,*'
        $problem[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
    }

    It 'show no signed address in a table, a list or verbose lines' {
        $text = & { Request-PolarOrderInvoice $order -Wait -Verbose; Get-PolarOrderInvoice $order | Format-List; Get-PolarOrderReceipt $order -Wait -Verbose } 4>&1 | Out-String
        $text | Should -Not -Match 'signature=\w'
        $text | Should -Match 'GET /v1/orders/'
    }

    It 'say that a receipt is being made, or wait for it' {
        $fresh = New-PaidOrder
        (Get-TestError { Get-PolarOrderReceipt $fresh })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotReady,*'
        (Get-PolarOrderReceipt $fresh -Wait).Url | Should -Match '^http'
    }

    It 'have none of an order that was not paid' {
        $pending = Get-PolarOrder -Status pending -First 1
        $problem = Get-TestError { Get-PolarOrderReceipt $pending -Wait -TimeoutSeconds 2 }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*paid*'
    }
}

Describe 'Save-PolarOrderInvoice' {
    BeforeAll {
        $script:order = New-PaidOrder
        $null = Request-PolarOrderInvoice $order -Wait
        $script:folder = Join-Path $TestDrive 'invoices'
        $null = New-Item -ItemType Directory $folder
        $script:isPdf = { param($file) [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes($file), 0, 5) | Should -Be '%PDF-' }
    }
    BeforeEach { Set-HostFault $testHost }

    It 'names the file after the invoice in a folder' {
        $file = $order | Save-PolarOrderInvoice -Path $folder -PassThru
        $file.Name | Should -Be "$($order.InvoiceNumber).pdf"
        & $isPdf $file.FullName
    }

    It 'works inside the process, too' {
        $lines = @(Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); FOLDER = $folder } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$order = @(Get-PolarOrder -Status paid | Where-Object { $_.BillingName -and $_.BillingAddress.Line1 })[0]
$null = $order | Request-PolarOrderInvoice -Wait
($order | Save-PolarOrderInvoice -Path (Join-Path $env:FOLDER 'inside.pdf') -PassThru).Length
'@)
        [int]$lines[-1] | Should -BeGreaterThan 100
        & $isPdf (Join-Path $folder 'inside.pdf')
    }

    It 'sends the token to Polar only' {
        Clear-HostRequest $testHost
        Save-PolarOrderInvoice $order -Path (Join-Path $folder 'token.pdf')
        $requests = @(Get-HostRequest $testHost)
        $download = @($requests | Where-Object { $_.path -like '/_emulator/*' })
        $download.Count | Should -Be 1
        $download[0].headerNames | Should -Not -Contain 'Authorization'
    }

    It 'replaces a file, refuses with -NoClobber, and a read-only one without -Force' {
        $path = Join-Path $folder 'again.pdf'
        Set-Content $path 'old'
        (Get-TestError { Save-PolarOrderInvoice $order -Path $path -NoClobber })[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
        Get-Content $path | Should -Be 'old'
        Set-ItemProperty $path IsReadOnly $true
        (Get-TestError { Save-PolarOrderInvoice $order -Path $path })[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
        Get-Content $path | Should -Be 'old'
        Save-PolarOrderInvoice $order -Path $path -Force
        & $isPdf $path
    }

    It 'does not write two invoices into one file' {
        $path = Join-Path $folder 'one.pdf'
        $problems = Get-TestError { Save-PolarOrderInvoice $order, $order -Path $path }
        $problems.Count | Should -Be 1
        & $isPdf $path
    }

    It 'leaves the old file and nothing else when the transfer fails' {
        $path = Join-Path $folder 'torn.pdf'
        Set-Content $path 'old'
        Set-HostFault $testHost @{ method = 'GET'; path = '/_emulator/*'; status = 403; body = '<Error/>' }
        $problem = Get-TestError { Save-PolarOrderInvoice $order -Path $path }
        $problem.Count | Should -Be 1
        "$($problem[0])" | Should -Not -Match 'signature'
        Get-Content $path | Should -Be 'old'
        @(Get-ChildItem $folder -Force -Filter '*.part').Count | Should -Be 0
    }

    It 'says that the folder is missing' {
        (Get-TestError { Save-PolarOrderInvoice $order -Path (Join-Path $folder 'no/where.pdf') })[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileFailed,*'
    }

    It 'writes nothing with -WhatIf' {
        $path = Join-Path $folder 'whatif.pdf'
        Save-PolarOrderInvoice $order -Path $path -WhatIf
        $path | Should -Not -Exist
    }
}

Describe 'Export-PolarOrder' {
    It 'writes the columns that are asked for, in order' {
        $path = Join-Path $TestDrive 'orders.csv'
        Export-PolarOrder $path -Status paid -Column net_amount, email
        (Get-Content $path)[0] | Should -Be 'Net Amount,Email'
        @(Import-Csv $path).Count | Should -Be @(Get-PolarOrder -Status paid).Count
    }
}
