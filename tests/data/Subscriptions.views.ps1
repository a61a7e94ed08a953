# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
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
)
