# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'a session of the portal'; Script = { Get-PolarCustomer -Query crew-100 | New-PolarCustomerSession -ReturnUrl https://shop.example/a/rather/long/address/to/come/back/to | Select-Object -First 1 | Connect-Polar; Get-PolarPortalSession } }
    @{ Name = 'who is signed in'; Script = { New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; Get-PolarPortalUser } }
    @{ Name = 'the customer in the portal'; Script = { New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; Get-PolarPortalCustomer } }
    @{ Name = 'payment methods in the portal'; Script = { New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; Get-PolarPortalPaymentMethod } }
    @{ Name = 'a saved payment method'; Script = { New-PolarCustomerSession -ExternalCustomerId crew-1003 | Connect-Polar; New-PolarPortalPaymentMethod ctoken_1 https://shop.example/ } }
    @{ Name = 'a payment method to confirm'; Script = { New-PolarCustomerSession -ExternalCustomerId crew-1003 | Connect-Polar; New-PolarPortalPaymentMethod ctoken_action https://shop.example/ } }
    @{ Name = 'a confirmed email address'; Script = { [PolarPS.Client.Models.CustomerEmailUpdateVerification]@{ Token = 'polar_cst_' + 'a' * 43 } } }
    @{ Name = 'members in the portal'; Script = { New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner) | Connect-Polar; Get-PolarPortalMember } }
    @{ Name = 'seats in the portal'; Script = { $fleet = Get-PolarSubscription -Status active | Where-Object Seats; New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner) | Connect-Polar; $fleet | Get-PolarPortalSeat } }
    @{ Name = 'how many seats there are in the portal'; Script = { $fleet = Get-PolarSubscription -Status active | Where-Object Seats; New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner) | Connect-Polar; $fleet | Get-PolarPortalSeat -Summary } }
    @{ Name = 'subscriptions with a seat'; Script = { New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner) | Connect-Polar; Get-PolarPortalSeatSubscription } }
    @{ Name = 'wallets'; Script = { New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; Get-PolarPortalWallet } }
    @{ Name = 'sellers'; Script = { Get-PolarPortalOrganization northwind } }
    # This one connects; those below it are of the same customer.
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
