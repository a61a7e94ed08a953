# What tests/Views.Tests.ps1 shows of subscriptions and seats.
@(
    @{ Name = 'subscriptions'; Script = { Get-PolarSubscription } }
    @{ Name = 'usage of subscriptions'; Script = { (Get-PolarSubscription).Meters | Where-Object { $_ } } }
    @{
        Name   = 'changes of subscriptions that wait'
        Script = {
            $fleet = Get-PolarSubscription -Status active | Where-Object Seats | Select-Object -First 1
            ($fleet | Set-PolarSubscription -Seats 9 -ProrationBehavior next_period).PendingUpdate
            $null = $fleet | Restore-PolarSubscription -PendingUpdate
        }
    }
    @{ Name = 'cancelled subscriptions'; Script = { Get-PolarSubscription -CancelAtPeriodEnd; Get-PolarSubscription -Status canceled } }
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
