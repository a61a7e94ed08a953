# Calls for tests/Coverage.Tests.ps1: subscriptions.
@{
    Arrange = {
        $subscriptions = @(Get-PolarSubscription)
        $fleet = $subscriptions | Where-Object { $_.Seats -and $_.Status -eq 'active' } | Select-Object -First 1
        $harbor = $subscriptions | Where-Object { $_.Product.Name -eq 'Harbor' -and $_.Status -eq 'active' } | Select-Object -First 1
        $trial = $subscriptions | Where-Object Status -EQ 'trialing' | Select-Object -First 1
        $paused = $subscriptions | Where-Object Status -EQ 'paused' | Select-Object -First 1
        $overdue = $subscriptions | Where-Object Status -EQ 'past_due' | Select-Object -First 1
        $organization = Get-PolarOrganization -First 1
        $offshore = Get-PolarProduct | Where-Object Name -EQ 'Offshore'
        $free = Get-PolarProduct | Where-Object Name -EQ 'Deckhand'
        $discount = (Get-PolarCheckoutLink).Discount | Where-Object Name -EQ 'Old salt'
        $later = [datetimeoffset]::new(2031, 5, 6, 0, 0, 0, [timespan]::Zero)
        # Times of any kind that PowerShell makes; the API insists on an offset.
        $since = @{ StartedAfter = (Get-Date).AddYears(-3); StartedBefore = Get-Date }
        $csv = Join-Path ([IO.Path]::GetTempPath()) "polarps-$([guid]::NewGuid()).csv"
    }
    Calls   = @{
        'subscriptions:list'   = {
            Get-PolarSubscription -OrganizationId $organization -ProductId $offshore -CustomerId $harbor.Customer -ExternalCustomerId crew-1001 -DiscountId $discount `
                -Status active, past_due -CancelAtPeriodEnd -CancellationReason unused -CanceledAfter (Get-Date).AddYears(-1) -CanceledBefore (Get-Date) @since `
                -Metadata @{ plan = 'x' } -Sort customer, -amount -Skip 10 -First 10
            Get-PolarSubscription -First 2
        }
        'subscriptions:get'    = { Get-PolarSubscription $fleet }
        'subscriptions:create' = {
            New-PolarSubscription $free -Customer $harbor.Customer -Metadata @{ by = 'coverage' }
            New-PolarSubscription $free -ExternalCustomerId crew-1002
        }
        'subscriptions:export' = {
            Export-PolarSubscription $csv -OrganizationId $organization -ProductId $offshore -Status active -CancelAtPeriodEnd:$false @since -TimeZone Europe/Oslo -Column email, seats
            Remove-Item $csv
        }
        'subscriptions:update' = {
            $null = $harbor | Set-PolarSubscription -Product $offshore -ProrationBehavior prorate -Discount $discount -Metadata @{ a = 1 }
            $null = $trial | Set-PolarSubscription -TrialEnd $later
            $null = $fleet | Set-PolarSubscription -Seats 6 -ProrationBehavior next_period
            $null = $fleet | Restore-PolarSubscription -PendingUpdate
            # Nothing in the shop is both recurring and sold by unit.
            $null = $fleet | Set-PolarSubscription -Units 3 -ErrorAction SilentlyContinue
            $null = $fleet | Set-PolarSubscription -CurrentBillingPeriodEnd $later
            $null = $fleet | Suspend-PolarSubscription -ResumesAt $later.AddYears(1)
            $null = $fleet | Restore-PolarSubscription -ScheduledPause
            $null = $paused | Resume-PolarSubscription -Confirm:$false
            $null = $fleet | Stop-PolarSubscription -Reason other -Comment 'Sold the boat.' -Confirm:$false
            $null = $fleet | Restore-PolarSubscription
            $null = $overdue | Stop-PolarSubscription -Immediate -Reason unused -Confirm:$false
        }
        'subscriptions:revoke' = { New-PolarSubscription $free -ExternalCustomerId crew-1003 | Stop-PolarSubscription -Immediate -Confirm:$false }
    }
    Except  = @{
        'subscriptions:list active' = 'deprecated by the API; -Status says which subscriptions are meant'
    }
}
