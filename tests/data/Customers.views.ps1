# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'customers'; Script = { Get-PolarCustomer } }
    @{ Name = 'a team without an email address'; Script = { New-PolarCustomer -Type team -Name "Crew of the ship with the longest name $(Get-Random)" -OwnerEmail "captain.$(Get-Random)@example.com" } }
    @{ Name = 'customers with everything'; Script = { New-PolarCustomer "somebody.with.a.very.long.name.$(Get-Random)@example.com" -BillingAddress (New-PolarAddress DE -City Kiel) -TaxId DE123456789 -Metadata @{ a = 1 } } }
    @{ Name = 'states of customers'; Script = { Get-PolarCustomer | Get-PolarCustomerState } }
    @{ Name = 'subscriptions in states'; Script = { (Get-PolarCustomer -Active | Get-PolarCustomerState).ActiveSubscriptions } }
    @{ Name = 'meters in subscriptions in states'; Script = { (Get-PolarCustomer -Active | Get-PolarCustomerState).ActiveSubscriptions.Meters } }
    @{ Name = 'meters in states'; Script = { (Get-PolarCustomer | Get-PolarCustomerState).ActiveMeters } }
    @{ Name = 'addresses'; Script = { (Get-PolarCustomer).BillingAddress | Where-Object { $_ } } }
    @{ Name = 'addresses to be sent'; Script = { New-PolarAddress US -Line1 'The longest street name of the whole of America 1234' -Line2 'At the very back of the yard' -City 'Llanfairpwllgwyngyllgogery' -State US-NY -PostalCode 10001-1234; New-PolarAddress DE } }
    @{ Name = 'payment methods'; Script = { Get-PolarCustomer | Get-PolarPaymentMethod } }
    @{ Name = 'cards'; Script = { (Get-PolarCustomer | Get-PolarPaymentMethod).MethodMetadata } }
    @{ Name = 'customer sessions'; Script = { Get-PolarCustomer -Query crew-100 | New-PolarCustomerSession } }
    @{ Name = 'members'; Script = { Get-PolarCustomer | Get-PolarMember } }
    @{ Name = 'seats'; Script = { Get-PolarSubscription -Status active | Where-Object Seats | Get-PolarSeat } }
    @{ Name = 'how many seats there are'; Script = { Get-PolarSubscription -Status active | Where-Object Seats | Get-PolarSeat -Summary } }
    @{
        Name   = 'seats taken'
        Script = {
            $claim = [PolarPS.Client.Models.CustomerSeatClaim]::new()
            $claim.Seat = Get-PolarSubscription -Status active | Where-Object Seats | Get-PolarSeat | Select-Object -First 1
            $claim.CustomerSessionToken = 'polar_mst_' + 'a' * 43
            $claim
        }
    }
    @{
        Name   = 'invitations'
        Script = {
            $invitation = [PolarPS.Client.Models.CustomerSeatClaimInfo]::new()
            $invitation.ProductName = 'Fleet'
            $invitation.OrganizationName = 'Northwind'
            $invitation.CustomerEmail = 'somebody.with.a.long.name@vindcharter.example'
            $invitation.CanClaim = $true
            $invitation
        }
    }
)
