# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'orders'; Script = { Get-PolarOrder } }
    @{ Name = 'order items'; Script = { (Get-PolarOrder).Items } }
    @{ Name = 'refunds'; Script = { Get-PolarRefund } }
    @{ Name = 'disputes'; Script = { Get-PolarDispute } }
    @{ Name = 'payments'; Script = { Get-PolarPayment } }
    @{ Name = 'invoices'; Script = { $order = Get-PolarOrder -Status paid -First 1; $order | Set-PolarOrder -BillingName 'Northwind' -BillingAddress @{ Country = $order.BillingAddress.Country; State = $order.BillingAddress.State; Line1 = '1 Pier'; City = 'Oakland'; PostalCode = '94607' } | Request-PolarOrderInvoice -Wait } }
    @{ Name = 'receipts'; Script = { Get-PolarOrder -Status paid -First 1 | Get-PolarOrderReceipt -Wait } }
)
