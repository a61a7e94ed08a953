# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'checkouts'; Script = { Get-PolarCheckout } }
    @{ Name = 'billing address fields of checkouts'; Script = { (Get-PolarCheckout).BillingAddressFields } }
    @{ Name = 'a checkout with everything'; Script = {
            $product = Get-PolarProduct -Query Harbor | Where-Object Name -EQ 'Harbor'
            New-PolarCheckout $product -CustomerEmail ada@northwind.example -CustomerName Ada -Discount (Get-PolarDiscount -Query 'Spring tide') -TrialInterval week -TrialIntervalCount 2 -CustomerBillingAddress (New-PolarAddress NO -City Bergen -Line1 'Bryggen 14' -PostalCode 5003) -ReturnUrl https://northwind.example -Locale nb -Metadata @{ page = 'plans' }
        }
    }
    @{ Name = 'checkout links'; Script = { Get-PolarCheckoutLink } }
    @{ Name = 'discounts of links'; Script = { (Get-PolarCheckoutLink).Discount | Where-Object { $_ } } }
)
