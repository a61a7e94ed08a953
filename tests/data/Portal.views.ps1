# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    # Connects a customer; the scripts below are theirs, and the session ends with the file.
    @{ Name = 'orders of a customer'; Script = { New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; Get-PolarPortalOrder } }
    @{ Name = 'invoices of a customer'; Script = { $order = Get-PolarPortalOrder -First 1; $address = @{ Country = $order.BillingAddress.Country; State = $order.BillingAddress.State; Line1 = '1 Pier'; City = 'Kiel'; PostalCode = '24103' }; $order | Set-PolarPortalOrder -BillingName 'Brandt' -BillingAddress $address | Request-PolarPortalOrderInvoice -Wait } }
    @{ Name = 'receipts of a customer'; Script = { Get-PolarPortalOrder -First 1 | Get-PolarPortalOrderReceipt -Wait } }
    @{ Name = 'states of payments'; Script = { Get-PolarPortalOrder -First 2 | Get-PolarPortalOrderPaymentStatus } }
    @{ Name = 'benefit grants of a customer'; Script = { Get-PolarPortalBenefitGrant } }
    @{ Name = 'files of a customer'; Script = { Get-PolarPortalDownloadable } }
    @{ Name = 'license keys of a customer'; Script = { Get-PolarPortalLicenseKey } }
    @{ Name = 'meters of a customer'; Script = { Get-PolarPortalMeter } }
    @{ Name = 'subscriptions of a customer'; Script = { Get-PolarPortalSubscription } }
)
