# Calls of the operations of orders, refunds, payments and disputes; see tests/Coverage.Tests.ps1.
@{
    Arrange = {
        $script:anyId = '3f0c1c64-1a5e-4e1e-9a55-0d6a3f1c2b7d'
        $script:organization = (Get-PolarOrganization -First 1).Id
        $script:order = Get-PolarOrder -Status paid | Where-Object { $_.RefundableAmount -gt 100 -and -not $_.SubscriptionId } | Select-Object -First 1
        $script:editable = Get-PolarOrder -Status paid | Where-Object { $_.Id -ne $order.Id } | Select-Object -First 1
        $script:payer = @(Invoke-PolarRequest /v1/customers/ -Paginate | Where-Object default_payment_method_id)[0]
        $products = Get-PolarProduct -IsRecurring:$false -IsArchived:$false
        $script:oneTime = $products | Where-Object { $_.Prices[0].AmountType -eq 'fixed' } | Select-Object -First 1
        $script:address = New-PolarAddress US -Line1 '1 Pier' -Line2 'Dock 2' -City Oakland -State CA -PostalCode 94607
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Select-PolarConnection Default
    }
    Calls   = @{
        'orders:list'             = {
            Get-PolarOrder -Status paid, refunded -CustomerId $payer.id -ExternalCustomerId u_1 -ProductId $oneTime -BillingType one_time -SubscriptionId $anyId -DiscountId $anyId -CheckoutId $anyId -CreatedAfter (Get-Date).AddDays(-1) -CreatedBefore (Get-Date) -Metadata @{ a = 'b' } -OrganizationId $organization -Sort NetAmount
        }
        'orders:get'              = { Get-PolarOrder $order }
        'orders:create'           = {
            New-PolarOrder $payer.id $oneTime -Amount 1200 -Description 'Extra chart' -CustomFieldData @{} -Metadata @{ a = 1 } -Currency ($oneTime.Prices[0].PriceCurrency)
            # Only what renews is priced by unit, and of that there are no drafts: refused, but sent.
            New-PolarOrder $payer.id $oneTime -Units 3 -OrganizationId $organization -Connection user -ErrorAction SilentlyContinue
        }
        'orders:update'           = {
            $editable | Set-PolarOrder -BillingName 'Harbor Office'
            # The state belongs to other countries; what was sent is what counts here.
            $editable | Set-PolarOrder -BillingAddress $address -ErrorAction SilentlyContinue
        }
        'orders:finalize'         = {
            $draft = New-PolarOrder $payer.id $oneTime
            Complete-PolarOrder $draft -PaymentMethodId $payer.default_payment_method_id -Confirm:$false
        }
        'orders:generate_invoice' = { Request-PolarOrderInvoice $order }
        'orders:invoice'          = { Request-PolarOrderInvoice $order; Get-PolarOrderInvoice $order }
        'orders:receipt'          = { Get-PolarOrderReceipt $order -Wait }
        'orders:export'           = {
            Export-PolarOrder (Join-Path $TestDrive 'orders.csv') -ProductId $oneTime -Status paid -CreatedAfter (Get-Date).AddDays(-9) -CreatedBefore (Get-Date) -TimeZone Europe/Oslo -Column email, net_amount -OrganizationId $organization
        }
        'refunds:list'            = {
            Get-PolarRefund -OrderId $order -SubscriptionId $anyId -CustomerId $payer.id -ExternalCustomerId u_1 -Succeeded -OrganizationId $organization -Sort '-Amount'
            Get-PolarRefund (Get-PolarRefund -First 1)
        }
        'refunds:create'          = {
            New-PolarRefund $order -Amount 50 -Reason customer_request -Comment 'Asked by mail' -RevokeBenefits -Metadata @{ ticket = 7 } -Confirm:$false
        }
        'payments:list'           = {
            Get-PolarPayment -OrderId $order -CheckoutId $anyId -CustomerId $payer.id -CustomerEmail a@b.example -Status succeeded -Method card -OrganizationId $organization -Sort Amount
        }
        'payments:get'            = { Get-PolarPayment (Get-PolarPayment -First 1) }
        'disputes:list'           = { Get-PolarDispute -OrderId $order -Status needs_response -OrganizationId $organization -Sort CreatedAt }
        'disputes:get'            = { Get-PolarDispute (Get-PolarDispute -First 1) }
        'disputes:accept'         = { Get-PolarDispute -Status needs_response -First 1 | Approve-PolarDispute -Confirm:$false }
    }
    Except  = @{}
}
