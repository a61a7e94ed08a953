# Calls for tests/Coverage.Tests.ps1: subscriptions and seats.
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

        function Get-Invitation {
            param([string] $To)
            Invoke-RestMethod "$($testHost.url)/__emulator/mails" | ForEach-Object { $_ } | Where-Object to -EQ $To | Select-Object -Last 1 -ExpandProperty token
        }
    }

    Calls   = @{
        'subscriptions:list'               = {
            Get-PolarSubscription -OrganizationId $organization -ProductId $offshore -CustomerId $harbor.Customer -ExternalCustomerId crew-1001 -DiscountId $discount `
                -Status active, past_due -CancelAtPeriodEnd -CancellationReason unused -CanceledAfter (Get-Date).AddYears(-1) -CanceledBefore (Get-Date) @since `
                -Metadata @{ plan = 'x' } -Sort customer, -amount -Skip 10 -First 10
            Get-PolarSubscription -First 2
        }
        'subscriptions:get'                = { Get-PolarSubscription $fleet }
        'subscriptions:create'             = {
            New-PolarSubscription $free -Customer $harbor.Customer -Metadata @{ by = 'coverage' }
            New-PolarSubscription $free -ExternalCustomerId crew-1002
        }
        'subscriptions:export'             = {
            Export-PolarSubscription $csv -OrganizationId $organization -ProductId $offshore -Status active -CancelAtPeriodEnd:$false @since -TimeZone Europe/Oslo -Column email, seats
            Remove-Item $csv
        }
        'subscriptions:update'             = {
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
        'subscriptions:revoke'             = { New-PolarSubscription $free -ExternalCustomerId crew-1003 | Stop-PolarSubscription -Immediate -Confirm:$false }
        'customer-seats:list_seats'        = {
            Get-PolarSeat -SubscriptionId $fleet
            Get-PolarSeat -OrderId '8cabdca5-cf97-4f4e-851c-fddffa691a55' -ErrorAction SilentlyContinue
        }
        'customer-seats:assign_seat'       = {
            Grant-PolarSeat $fleet -ExternalMemberId skipper-8 -Email eight@vindcharter.example -ImmediateClaim -Metadata @{ deck = 'fore' }
            Grant-PolarSeat -OrderId '8cabdca5-cf97-4f4e-851c-fddffa691a55' -CustomerId $harbor.Customer -ErrorAction SilentlyContinue
            Grant-PolarSeat $fleet -ExternalCustomerId nobody -ErrorAction SilentlyContinue
            Grant-PolarSeat $fleet -MemberId (Get-PolarSeat $fleet)[0].Member -ErrorAction SilentlyContinue
        }
        'customer-seats:revoke_seat'       = { Get-PolarSeat $fleet | Where-Object Email -EQ 'olle@vindcharter.example' | Revoke-PolarSeat -Confirm:$false }
        'customer-seats:resend_invitation' = { Get-PolarSeat $fleet | Where-Object Status -EQ 'pending' | Send-PolarSeatInvitation }
        'customer-seats:get_claim_info'    = {
            # An old invitation has expired, and sending it again does not change that.
            $null = Get-PolarSeat $fleet | Where-Object Email -EQ 'sanna@vindcharter.example' | Revoke-PolarSeat -Confirm:$false
            $null = Grant-PolarSeat $fleet sanna@vindcharter.example
            Get-PolarSeatInvitation (Get-Invitation sanna@vindcharter.example)
        }
        'customer-seats:claim_seat'        = {
            $null = Get-PolarSeat $fleet | Where-Object Email -EQ 'nine@vindcharter.example' | Revoke-PolarSeat -Confirm:$false
            $null = Grant-PolarSeat $fleet nine@vindcharter.example
            Confirm-PolarSeatInvitation (Get-Invitation nine@vindcharter.example)
        }
    }

    Except  = @{
        'subscriptions:list active' = 'deprecated by the API; -Status says which subscriptions are meant'
    }
}
