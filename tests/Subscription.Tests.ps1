# Long because it has all that the cmdlets of one noun promise.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost

    function Get-SubscriptionOf {
        # A subscription of the furnished shop: by what is bought, or by where it stands.
        param([string] $Product, [string] $Status = 'active')
        Get-PolarSubscription -Status $Status | Where-Object { -not $Product -or $_.Product.Name -eq $Product } | Select-Object -First 1
    }

    function Get-Change {
        # What was sent to change something.
        @(Get-HostRequest $testHost | Where-Object method -NE 'GET')
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarSubscription' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'streams the whole list, with customers, products, prices and usage inside' {
        $subscriptions = Get-PolarSubscription
        $subscriptions.Count | Should -BeGreaterThan 8
        $subscriptions | Should -BeOfType 'PolarPS.Client.Models.Subscription'
        ($subscriptions.Id | Sort-Object -Unique).Count | Should -Be $subscriptions.Count
        $subscriptions.Customer.Email | Should -Contain 'jonas.brandt@kielwasser.example'
        $subscriptions.Product.Name | Should -Contain 'Fleet'
        ($subscriptions | Where-Object { $_.Meters.Count -gt 0 } | Select-Object -First 1).Meters[0].Meter.Name | Should -Be 'Forecast requests'
        @(Get-HostRequest $testHost)[0].query | Should -Not -BeLike '*active=*'
    }

    It 'answers the line that the module is for' {
        Push-Location $TestDrive
        try { Get-PolarSubscription -Status past_due | Export-Csv overdue.csv }
        finally { Pop-Location }
        $rows = @(Import-Csv (Join-Path $TestDrive 'overdue.csv'))
        $rows.Count | Should -BeGreaterThan 0
        $rows.Customer | Should -Contain 'ines.castro@alisio.example'
        $rows.Status | Sort-Object -Unique | Should -Be 'past_due'
    }

    It 'leads to the customers who have not paid, each once' {
        Push-Location $TestDrive
        try { Get-PolarSubscription -Status past_due | ForEach-Object { Get-PolarCustomer $_.CustomerId } | Sort-Object Email -Unique | Export-Csv overdue.csv }
        finally { Pop-Location }
        $rows = @(Import-Csv (Join-Path $TestDrive 'overdue.csv'))
        $rows.Email | Should -Be 'ines.castro@alisio.example'
    }

    It 'gets one by id, by position, from the pipeline, by what belongs to it, and by a copy' {
        $first = Get-PolarSubscription -First 1
        (Get-PolarSubscription $first.Id).ProductId | Should -Be $first.ProductId
        ($first.Id | Get-PolarSubscription).Id | Should -Be $first.Id
        ($first | Get-PolarSubscription).Id | Should -Be $first.Id
        ([pscustomobject]@{ SubscriptionId = $first.Id } | Get-PolarSubscription).Id | Should -Be $first.Id
        ($first | Select-Object Id, Status | Get-PolarSubscription).Id | Should -Be $first.Id
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'Status'; Arguments = @{ Status = 'past_due', 'paused' }; Query = 'status=past_due&status=paused' }
        @{ Name = 'CustomerId'; Arguments = @{ CustomerId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }; Query = 'customer_id=8cabdca5-cf97-4f4e-851c-fddffa691a55' }
        @{ Name = 'ExternalCustomerId'; Arguments = @{ ExternalCustomerId = 'crew-1001', 'a&b' }; Query = 'external_customer_id=crew-1001&external_customer_id=a%26b' }
        @{ Name = 'ProductId'; Arguments = @{ ProductId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }; Query = 'product_id=8cabdca5-cf97-4f4e-851c-fddffa691a55' }
        @{ Name = 'DiscountId'; Arguments = @{ DiscountId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }; Query = 'discount_id=8cabdca5-cf97-4f4e-851c-fddffa691a55' }
        @{ Name = 'CancelAtPeriodEnd'; Arguments = @{ CancelAtPeriodEnd = $true }; Query = 'cancel_at_period_end=true' }
        @{ Name = 'CancelAtPeriodEnd:$false'; Arguments = @{ CancelAtPeriodEnd = $false }; Query = 'cancel_at_period_end=false' }
        @{ Name = 'CancellationReason'; Arguments = @{ CancellationReason = 'unused', 'other' }; Query = 'customer_cancellation_reason=unused&customer_cancellation_reason=other' }
        @{ Name = 'CanceledAfter'; Arguments = @{ CanceledAfter = '2026-01-02T03:04:05Z' }; Query = 'canceled_at_after=2026-01-02T03%3A04%3A05Z' }
        @{ Name = 'CanceledBefore'; Arguments = @{ CanceledBefore = '2026-01-02T03:04:05Z' }; Query = 'canceled_at_before=2026-01-02T03%3A04%3A05Z' }
        @{ Name = 'StartedAfter'; Arguments = @{ StartedAfter = [datetime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc) }; Query = 'started_after=2026-01-02T03%3A04%3A05Z' }
        @{ Name = 'StartedBefore'; Arguments = @{ StartedBefore = [datetimeoffset]'2026-01-02T05:04:05+02:00' }; Query = 'started_before=2026-01-02T03%3A04%3A05Z' }
        @{ Name = 'Metadata'; Arguments = @{ Metadata = @{ plan = 'a', 'b' } }; Query = 'metadata%5Bplan%5D=a&metadata%5Bplan%5D=b' }
        @{ Name = 'Sort'; Arguments = @{ Sort = '-CurrentPeriodEnd', 'customer' }; Query = 'sorting=-current_period_end&sorting=customer' }
    ) {
        $null = Get-PolarSubscription @Arguments
        @(Get-HostRequest $testHost)[0].query | Should -BeLike "*$Query*"
        @(Get-HostRequest $testHost)[0].status | Should -Be 200
    }

    It 'takes customers, products and discounts as objects' {
        $with = Get-PolarSubscription | Where-Object Discount | Select-Object -First 1
        (Get-PolarSubscription -Discount $with.Discount).Id | Should -Contain $with.Id
        (Get-PolarSubscription -Product $with.Product -Customer $with.Customer).Id | Should -Be $with.Id
    }

    It 'refuses a benefit in the place of a subscription, and asks nothing' {
        $benefit = Get-PolarBenefit -First 1
        Clear-HostRequest $testHost
        (Get-TestError { $benefit | Get-PolarSubscription })[0].Exception.Message | Should -BeLike '*Expected a subscription, but this is a benefit*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'gets the others when one is not there' {
        $known = (Get-PolarSubscription -First 2).Id
        $found = Get-PolarSubscription $known[0], '8cabdca5-cf97-4f4e-851c-fddffa691a55', $known[1] -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Id | Should -Be $known
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem[0].TargetObject | Should -Be '8cabdca5-cf97-4f4e-851c-fddffa691a55'
    }

    It 'names the parameter that Polar refuses' {
        $problem = Get-TestError { Get-PolarSubscription -CancellationReason nonsense }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        $problem[0].ErrorDetails.Message | Should -BeLike '*-CancellationReason*'
    }

    It 'completes <Line>' -ForEach @(
        @{ Line = 'Get-PolarSubscription -Status past'; Value = 'past_due' }
        @{ Line = 'Get-PolarSubscription -CancellationReason too_e'; Value = 'too_expensive' }
        @{ Line = 'Get-PolarSubscription -Sort current_p'; Value = 'CurrentPeriodEnd' }
        @{ Line = 'Stop-PolarSubscription -Reason unu'; Value = 'unused' }
        @{ Line = 'Set-PolarSubscription -ProrationBehavior nex'; Value = 'next_period' }
        @{ Line = 'Export-PolarSubscription out.csv -Column ema'; Value = 'email' }
    ) { (Get-Completion $Line).CompletionText | Should -Contain $Value }

    It 'completes ids by product and customer' {
        $known = Get-SubscriptionOf 'Fleet'
        $found = Get-Completion 'Get-PolarSubscription -Id Fleet'
        $found.CompletionText | Should -Contain $known.Id
        $found.ListItemText | Should -Contain 'Fleet for office@vindcharter.example (active)'
    }
}

Describe 'Stop-PolarSubscription' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'lets it run to the end of the period, and says why' {
        $subscription = Get-SubscriptionOf 'Harbor'
        $stopped = $subscription | Stop-PolarSubscription -Reason too_expensive -Comment 'Only in summer.' -Confirm:$false
        $stopped.Status | Should -Be 'active'
        $stopped.CancelAtPeriodEnd | Should -BeTrue
        $stopped.EndsAt | Should -Be $subscription.CurrentPeriodEnd
        $stopped.CustomerCancellationReason | Should -Be 'too_expensive'
        $sent = Get-Change
        $sent.Count | Should -Be 1
        "$($sent[0].method) $($sent[0].path)" | Should -Be "PATCH /v1/subscriptions/$($subscription.Id)"
        $sent[0].body | Should -Be '{"cancel_at_period_end":true,"customer_cancellation_reason":"too_expensive","customer_cancellation_comment":"Only in summer."}'
        $stopped | Restore-PolarSubscription | ForEach-Object CancelAtPeriodEnd | Should -BeFalse
    }

    It 'revokes with -Immediate' {
        $subscription = Get-SubscriptionOf 'Harbor Annual'
        $stopped = Stop-PolarSubscription $subscription.Id -Immediate -Confirm:$false
        $stopped.Status | Should -Be 'canceled'
        $stopped.EndedAt | Should -Not -BeNullOrEmpty
        $sent = Get-Change
        "$($sent.method) $($sent.path) $($sent.body)".Trim() | Should -Be "DELETE /v1/subscriptions/$($subscription.Id)"
    }

    It 'revokes by the operation that takes the reason, where there is one' {
        $subscription = Get-SubscriptionOf 'Offshore' -Status past_due
        $stopped = $subscription | Stop-PolarSubscription -Immediate -Reason other -Confirm:$false
        $stopped.Status | Should -Be 'canceled'
        (Get-Change).body | Should -Be '{"revoke":true,"customer_cancellation_reason":"other"}'
    }

    It 'says that it has ended already, and stops the others' {
        $ended = Get-SubscriptionOf -Status canceled
        $running = Get-SubscriptionOf 'Offshore'
        $stopped = $ended, $running | Stop-PolarSubscription -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
        $problem[0].TargetObject | Should -Be $ended.Id
        $stopped.Id | Should -Be $running.Id
        $null = $stopped | Restore-PolarSubscription
    }

    It 'is never sent twice: <Name>' -ForEach @(
        @{ Name = 'the cancellation'; With = @{}; Method = 'PATCH' }
        @{ Name = 'the end'; With = @{ Immediate = $true }; Method = 'DELETE' }
    ) {
        $subscription = Get-SubscriptionOf 'Fleet'
        Set-HostFault $testHost @{ method = $Method; path = "/v1/subscriptions/$($subscription.Id)"; status = 502; times = 1 }
        Clear-HostRequest $testHost
        $problem = Get-TestError { $subscription | Stop-PolarSubscription @With -Confirm:$false }
        Set-HostFault $testHost
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
        @(Get-Change).Count | Should -Be 1
        (Get-PolarSubscription $subscription.Id).Status | Should -Be 'active'
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'a product'; Value = { Get-PolarProduct -First 1 } }
        @{ Name = 'a customer'; Value = { (Get-PolarSubscription -First 1).Customer } }
        @{ Name = 'a seat, which only belongs to a subscription'; Value = { Get-PolarSubscription -Status active | Where-Object Seats | Get-PolarSeat | Select-Object -First 1 } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an empty string'; Value = { '' } }
        @{ Name = 'a number'; Value = { 42 } }
    ) {
        $piped = & $Value
        Clear-HostRequest $testHost
        $problem = Get-TestError { , $piped | Stop-PolarSubscription -Immediate -Confirm:$false }
        $problem.Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'sends nothing for an empty list' {
        $problem = Get-TestError { Stop-PolarSubscription -Id @() -Immediate -Confirm:$false }
        $problem.Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'asks for nothing but what it shows with -WhatIf' {
        $id = (Get-SubscriptionOf 'Fleet').Id
        Clear-HostRequest $testHost
        $lines = Stop-PolarSubscription $id -Immediate -Reason unused -WhatIf -Verbose 4>&1
        $lines | Should -BeLike "*PATCH /v1/subscriptions/$id*`"revoke`":true*"
        @(Get-Change).Count | Should -Be 0
        (Get-PolarSubscription $id).Status | Should -Be 'active'
    }
}

Describe 'The questions' {
    BeforeAll {
        # In a shop of its own, with ids from one session in another: the object has to be read to be named.
        $script:shown = (Invoke-Fresh @"
`$ErrorActionPreference = 'Stop'
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
function Get-One { param(`$Product, `$Status = 'active') Get-PolarSubscription -Status `$Status | Where-Object { `$_.Product.Name -eq `$Product } | Select-Object -First 1 }
function Show { param(`$Name, `$Script) '<' + `$Name + '>'; & `$Script }
Show end { Get-One Harbor | Stop-PolarSubscription -WhatIf }
Show now { Get-One Harbor | Stop-PolarSubscription -Immediate -WhatIf }
Show trial { Get-One Offshore trialing | Stop-PolarSubscription -WhatIf }
Show free { Get-One Deckhand | Stop-PolarSubscription -Immediate -WhatIf }
Show restore { Get-PolarSubscription -CancelAtPeriodEnd | Where-Object { `$_.Product.Name -eq 'Harbor Annual' } | Restore-PolarSubscription -WhatIf }
Show resume { Get-One Harbor paused | Resume-PolarSubscription -WhatIf }
Show suspend { Get-One Harbor | Suspend-PolarSubscription -ResumesAt 2031-05-06 -WhatIf }
`$fleet = Get-One Fleet
Show seats { `$fleet | Set-PolarSubscription -Seats 8 -ProrationBehavior invoice -WhatIf }
Show default { `$fleet | Set-PolarSubscription -Seats 8 -WhatIf }
Show reset { `$fleet | Set-PolarSubscription -Seats 8 -ProrationBehavior reset -WhatIf }
Show product { Get-One Harbor | Set-PolarSubscription -Product (Get-PolarProduct | Where-Object Name -eq Offshore) -ProrationBehavior next_period -WhatIf }
Show discount { Get-One Offshore | Set-PolarSubscription -Discount `$null -WhatIf }
Show endtrial { Get-One Offshore trialing | Set-PolarSubscription -EndTrialNow -WhatIf }
`$null = Get-One Harbor | Set-PolarSubscription -Product (Get-PolarProduct | Where-Object Name -eq Offshore) -ProrationBehavior next_period
Show pending { Get-One Harbor | Restore-PolarSubscription -PendingUpdate -WhatIf }
Show anything { Get-One Harbor | Restore-PolarSubscription -WhatIf }
`$null = Get-One Harbor | Stop-PolarSubscription -Confirm:`$false
Show both { Get-One Harbor | Restore-PolarSubscription -WhatIf }
Show continue { Get-One Harbor | Resume-PolarSubscription -WhatIf }
`$null = Get-One Fleet | Suspend-PolarSubscription
Show unpause { Get-One Fleet | Resume-PolarSubscription -WhatIf }
Show nothing { Get-One Deckhand | Restore-PolarSubscription -WhatIf }
Show running { Get-One Deckhand | Resume-PolarSubscription -WhatIf }
`$id = (Get-One Harbor).Id
Disconnect-Polar -All
Connect-Polar -Environment Emulator -Name other
Show unseen { Stop-PolarSubscription `$id -WhatIf }
'<end>'
"@) -join "`n"

        function Get-Shown { param([string] $Name) ([regex]::Match(($shown -replace '\s+', ' '), "<$Name>(.*?)<").Groups[1].Value).Trim() }
    }

    It 'say <Name>: <Like>' -ForEach @(
        @{ Name = 'end'; Like = '*Cancel at the end of the current period, *; after that $9.00/month is no longer charged*subscription ''Harbor for astrid.lund@solveig.example (active)''*Emulator*' }
        @{ Name = 'now'; Like = '*End immediately (cannot be undone): the customer loses the benefits and the rest of the period up to * now; $9.00/month is no longer charged*astrid.lund@solveig.example*' }
        @{ Name = 'trial'; Like = '*Cancel at the end of the current trial, *; after that $29.00/month + usage is no longer charged*noor.haddad@mistral.example*' }
        @{ Name = 'free'; Like = '*loses the benefits and the rest of the period up to * now" on*haruka.mori@seto.example*' }
        @{ Name = 'restore'; Like = '*Undo the cancellation: the subscription renews on *, and $90.00/year is charged again*freya.sinclair@pentland.example*' }
        @{ Name = 'resume'; Like = '*Resume now: a new period starts, and $9.00/month (plus any tax) is charged*piet.devries@wad.example (paused)*' }
        @{ Name = 'suspend'; Like = '*Pause at the end of the current period, *, until *2031*, when $9.00/month is charged again*' }
        @{ Name = 'seats'; Like = '*Change the seats from 5 to 8; the difference is charged immediately*Fleet for office@vindcharter.example*' }
        @{ Name = 'default'; Like = '*Change the seats from 5 to 8; the organization''s settings decide*possibly immediately*' }
        @{ Name = 'reset'; Like = '*a new period starts, and its full price is charged immediately*' }
        @{ Name = 'product'; Like = '*Change the product from ''Harbor'' to ''Offshore''; it takes effect in the next period, *' }
        @{ Name = 'discount'; Like = '*Remove the discount from the next period on*jonas.brandt@kielwasser.example*' }
        @{ Name = 'endtrial'; Like = '*End the trial now and charge $29.00/month + usage (plus any tax)*' }
        @{ Name = 'pending'; Like = '*Discard the change scheduled for the next period: product Offshore, from *' }
        @{ Name = 'anything'; Like = '*Discard the change scheduled for the next period: product Offshore, from *' }
        @{ Name = 'both'; Like = '*Undo the cancellation: the subscription renews on *, and $9.00/month is charged again; still scheduled: product Offshore, from *' }
        @{ Name = 'continue'; Like = '*Undo the cancellation: the subscription renews on *, and $9.00/month is charged again*astrid.lund@solveig.example*' }
        @{ Name = 'unpause'; Like = '*Undo the scheduled pause: the subscription renews on *, and * is charged again*office@vindcharter.example*' }
        @{ Name = 'nothing'; Like = '*No change: Nothing is scheduled; it renews on *haruka.mori@seto.example*' }
        @{ Name = 'running'; Like = '*No change: It is active, not paused; it renews on *haruka.mori@seto.example*' }
        @{ Name = 'unseen'; Like = '*after that $9.00/month is no longer charged*''Harbor for astrid.lund@solveig.example (active)''*' }
    ) { Get-Shown $Name | Should -BeLike $Like -Because $shown }
}

Describe 'Suspend-, Resume- and Restore-PolarSubscription' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'pause at the end of the period, and undo that' {
        $subscription = Get-SubscriptionOf 'Harbor'
        $paused = $subscription | Suspend-PolarSubscription
        $paused.PauseAtPeriodEnd | Should -BeTrue
        $paused.ResumesAt | Should -BeNullOrEmpty
        (Get-Change)[-1].body | Should -Be '{"pause_at_period_end":true}'
        # What is about to pause already is not paused once more: Polar answers 409.
        (Get-TestError { $subscription | Suspend-PolarSubscription })[0].FullyQualifiedErrorId | Should -BeLike 'PolarConflict,*'
        $null = $subscription | Restore-PolarSubscription -ScheduledPause
        $until = [datetimeoffset]::new(2031, 5, 6, 0, 0, 0, [timespan]::Zero)
        ($subscription | Suspend-PolarSubscription -ResumesAt $until).ResumesAt | Should -Be $until
        (Get-Change)[-1].body | Should -Be '{"pause_at_period_end":true,"resumes_at":"2031-05-06T00:00:00Z"}'
        $null = $subscription | Restore-PolarSubscription -ScheduledPause
        ($subscription | Suspend-PolarSubscription -ResumesAt $null).ResumesAt | Should -BeNullOrEmpty
        (Get-Change)[-1].body | Should -Be '{"pause_at_period_end":true,"resumes_at":null}'
        ($subscription | Restore-PolarSubscription -ScheduledPause).PauseAtPeriodEnd | Should -BeFalse
        (Get-Change)[-1].body | Should -Be '{"pause_at_period_end":false}'
    }

    It 'resume what is paused, and charge for it' {
        $paused = Get-SubscriptionOf -Status paused
        $resumed = $paused | Resume-PolarSubscription -Confirm:$false
        $resumed.Status | Should -Be 'active'
        $resumed.CurrentPeriodEnd | Should -BeGreaterThan ([datetimeoffset]::Now)
        (Get-Change).body | Should -Be '{"resume":true}'
    }

    It 'drop a change that waits' {
        $subscription = Get-SubscriptionOf 'Fleet'
        $waiting = $subscription | Set-PolarSubscription -Seats 9 -ProrationBehavior next_period
        $waiting.Seats | Should -Be 5
        $waiting.PendingUpdate.Seats | Should -Be 9
        ($waiting | Restore-PolarSubscription -PendingUpdate).PendingUpdate | Should -BeNullOrEmpty
        (Get-Change)[-1].body | Should -Be '{"pending_update":null}'
    }

    It 'undo what is scheduled, and send nothing else: <Name>' -ForEach @(
        @{ Name = 'a cancellation'; Plan = { param($item) $item | Stop-PolarSubscription -Confirm:$false }; Undo = { param($item) $item | Restore-PolarSubscription }; Body = '{"cancel_at_period_end":false}' }
        @{ Name = 'a cancellation, by its switch'; Plan = { param($item) $item | Stop-PolarSubscription -Confirm:$false }; Undo = { param($item) $item | Restore-PolarSubscription -ScheduledCancellation }; Body = '{"cancel_at_period_end":false}' }
        @{ Name = 'a pause'; Plan = { param($item) $item | Suspend-PolarSubscription }; Undo = { param($item) $item | Restore-PolarSubscription }; Body = '{"pause_at_period_end":false}' }
        @{ Name = 'a change'; Plan = { param($item) $item | Set-PolarSubscription -Seats 9 -ProrationBehavior next_period }; Undo = { param($item) $item | Restore-PolarSubscription }; Body = '{"pending_update":null}' }
        @{ Name = 'a cancellation, with Resume-'; Plan = { param($item) $item | Stop-PolarSubscription -Confirm:$false }; Undo = { param($item) $item | Resume-PolarSubscription -Confirm:$false }; Body = '{"cancel_at_period_end":false}' }
        @{ Name = 'a pause, with Resume-'; Plan = { param($item) $item | Suspend-PolarSubscription }; Undo = { param($item) $item | Resume-PolarSubscription -Confirm:$false }; Body = '{"pause_at_period_end":false}' }
    ) {
        $subscription = Get-SubscriptionOf 'Fleet'
        $null = & $Plan $subscription
        Clear-HostRequest $testHost
        # The object is of before: what counts is how the subscription is now.
        $undone = & $Undo $subscription -WarningVariable warned
        (Get-Change).body | Should -Be $Body
        $undone.Status | Should -Be 'active'
        $undone.CancelAtPeriodEnd, $undone.PauseAtPeriodEnd, $undone.PendingUpdate | Should -Be $false, $false, $null
    }

    It 'undo one thing at a time, the cancellation first, and say what stays' {
        $subscription = Get-SubscriptionOf 'Fleet'
        $null = $subscription | Set-PolarSubscription -Seats 9 -ProrationBehavior next_period
        $null = $subscription | Stop-PolarSubscription -Confirm:$false
        $first = $subscription | Restore-PolarSubscription -WarningVariable warned -WarningAction SilentlyContinue
        $first.CancelAtPeriodEnd | Should -BeFalse
        $first.PendingUpdate.Seats | Should -Be 9
        "$warned" | Should -BeLike "subscription '*' ($($subscription.Id)) in Default (*): Still scheduled: 9 seats*Restore-PolarSubscription -PendingUpdate discards it."
        ($subscription | Restore-PolarSubscription -WarningVariable warned).PendingUpdate | Should -BeNullOrEmpty
        $warned | Should -BeNullOrEmpty
    }

    It 'send nothing where nothing is to be done, and say so: <Name>' -ForEach @(
        @{ Name = 'nothing is scheduled'; Script = { param($item) $item | Restore-PolarSubscription @With }; Says = '*: Nothing is scheduled; it renews on *. Nothing was sent.' }
        @{ Name = 'no cancellation'; Script = { param($item) $item | Restore-PolarSubscription -ScheduledCancellation @With }; Says = '*: No cancellation is scheduled; it renews on *. Nothing was sent.' }
        @{ Name = 'no pause'; Script = { param($item) $item | Restore-PolarSubscription -ScheduledPause @With }; Says = '*: No pause is scheduled; it renews on *. Nothing was sent.' }
        @{ Name = 'no change'; Script = { param($item) $item | Restore-PolarSubscription -PendingUpdate @With }; Says = '*: No change is scheduled; it renews on *. Nothing was sent.' }
        @{ Name = 'not paused'; Script = { param($item) $item | Resume-PolarSubscription -Confirm:$false @With }; Says = '*: It is active, not paused; it renews on *. Nothing was sent.' }
    ) {
        $subscription = Get-SubscriptionOf 'Fleet'
        $With = @{ WarningVariable = 'warned'; WarningAction = 'SilentlyContinue' }
        $same = . $Script $subscription
        $same.Id | Should -Be $subscription.Id
        "$warned" | Should -BeLike $Says
        "$warned" | Should -BeLike "subscription 'Fleet for *' ($($subscription.Id)) in *"
        @(Get-Change).Count | Should -Be 0
        $With = @{ WhatIf = $true; WarningVariable = 'warned' }
        . $Script $subscription | Should -BeNullOrEmpty
        $warned | Should -BeNullOrEmpty
    }

    It 'refuse what the state does not allow, and send nothing: <Name>' -ForEach @(
        @{ Name = 'one that has ended is not restored'; Status = 'canceled'; Script = { param($item) $item | Restore-PolarSubscription }; Id = 'PolarNotRestorable'; Says = '*: It ended on * and cannot be restored.' }
        @{ Name = 'one that has ended is not resumed'; Status = 'canceled'; Script = { param($item) $item | Resume-PolarSubscription -Confirm:$false }; Id = 'PolarNotResumable'; Says = '*: It ended on * and cannot be resumed.' }
        @{ Name = 'one that is overdue is not resumed'; Status = 'past_due'; Script = { param($item) $item | Resume-PolarSubscription -Confirm:$false }; Id = 'PolarNotResumable'; Says = '*: It is past_due, not paused*' }
    ) {
        $subscription = Get-SubscriptionOf -Status $Status
        if (-not $subscription) {
            Set-ItResult -Skipped -Because 'earlier tests have ended the only one'
            return
        }
        $running = Get-SubscriptionOf 'Fleet'
        $problem = Get-TestError { & $Script $subscription }
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $problem[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        $problem[0].TargetObject | Should -Be $subscription.Id
        $problem[0].ErrorDetails.Message | Should -BeLike $Says
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike "Nothing was sent. Get-PolarSubscription -Id $($subscription.Id)*"
        @(Get-Change).Count | Should -Be 0
        # The next one is not left out.
        $others = @(& $Script @($subscription, $running) -ErrorAction SilentlyContinue -WarningAction SilentlyContinue 2>$null 3>$null)
        $others.Id | Should -Contain $running.Id
    }

    It 'take only one thing back at a time' {
        $problem = Get-TestError { Restore-PolarSubscription (Get-SubscriptionOf 'Fleet') -ScheduledPause -PendingUpdate }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        (Get-TestError { Restore-PolarSubscription (Get-SubscriptionOf 'Fleet') -ScheduledCancellation -ScheduledPause })[0].FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        @(Get-Change).Count | Should -Be 0
    }

    It 'send nothing that changes anything with -WhatIf' {
        $subscription = Get-SubscriptionOf 'Fleet'
        $subscription | Suspend-PolarSubscription -WhatIf
        $subscription | Resume-PolarSubscription -WhatIf
        $subscription | Restore-PolarSubscription -WhatIf
        @(Get-Change).Count | Should -Be 0
    }

    It 'refuse a customer: <_>' -ForEach 'Suspend', 'Resume', 'Restore' {
        $customer = (Get-SubscriptionOf 'Fleet').Customer
        Clear-HostRequest $testHost
        $problem = Get-TestError { $customer | & "$_-PolarSubscription" -Confirm:$false }
        $problem[0].Exception.Message | Should -BeLike '*Expected a subscription, but this is a customer*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Set-PolarSubscription' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'sends <Name>' -ForEach @(
        @{ Name = 'no discount for $null'; With = @{ Discount = $null }; Body = '{"discount_id":null}' }
        @{ Name = 'metadata'; With = @{ Metadata = @{ wave = 2 } }; Body = '{"metadata":{"wave":2}}' }
        @{ Name = 'no metadata for $null'; With = @{ Metadata = $null }; Body = '{"metadata":{}}' }
        @{ Name = 'a later end of the period'; With = @{ CurrentBillingPeriodEnd = [datetimeoffset]'2031-05-06T00:00:00Z' }; Body = '{"current_billing_period_end":"2031-05-06T00:00:00Z"}' }
        @{ Name = 'seats'; With = @{ Seats = 6 }; Body = '{"seats":6}' }
        @{ Name = 'seats, and how to settle them'; With = @{ Seats = 7; ProrationBehavior = 'prorate' }; Body = '{"seats":7,"proration_behavior":"prorate"}' }
    ) {
        $subscription = Get-SubscriptionOf 'Fleet'
        $changed = $subscription | Set-PolarSubscription @With
        $changed.Id | Should -Be $subscription.Id
        (Get-Change).body | Should -Be $Body
    }

    It 'changes the product, and gives a discount' {
        $subscription = Get-SubscriptionOf 'Harbor'
        $product = Get-PolarProduct | Where-Object Name -EQ 'Offshore'
        $discount = (Get-PolarCheckoutLink).Discount | Where-Object Name -EQ 'Old salt'
        $changed = $subscription | Set-PolarSubscription -Product $product -Discount $discount -ProrationBehavior invoice
        $changed.Product.Name | Should -Be 'Offshore'
        $changed.Discount.Name | Should -Be 'Old salt'
        (Get-Change).body | ConvertFrom-Json | ForEach-Object { $_.PSObject.Properties.Name } | Sort-Object | Should -Be 'discount_id', 'product_id', 'proration_behavior'
    }

    It 'moves the end of a trial, and ends it' {
        $trial = Get-SubscriptionOf -Status trialing
        $later = [datetimeoffset]::new($trial.TrialEnd.UtcDateTime.AddDays(7))
        ($trial | Set-PolarSubscription -TrialEnd $later).TrialEnd | Should -Be $later
        $ended = $trial | Set-PolarSubscription -EndTrialNow
        $ended.Status | Should -Be 'active'
        (Get-Change)[-1].body | Should -Be '{"trial_end":"now"}'
    }

    It 'sends units' {
        $problem = Get-TestError { Set-PolarSubscription (Get-SubscriptionOf 'Fleet') -Units 3 -ProrationBehavior invoice }
        $problem[0].Exception.Message | Should -BeLike '*not priced by units*'
        (Get-Change).body | Should -Be '{"units":3,"proration_behavior":"invoice"}'
    }

    It 'takes one kind of change at a time: <Name>' -ForEach @(
        @{ Name = 'seats and units'; With = @{ Seats = 3; Units = 3 } }
        @{ Name = 'seats and metadata'; With = @{ Seats = 3; Metadata = @{ a = 1 } } }
        @{ Name = 'product and period'; With = @{ Product = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; CurrentBillingPeriodEnd = '2031-05-06' } }
        @{ Name = 'two ends of a trial'; With = @{ EndTrialNow = $true; TrialEnd = '2031-05-06' } }
        @{ Name = 'a period that is settled'; With = @{ CurrentBillingPeriodEnd = '2031-05-06'; ProrationBehavior = 'invoice' } }
    ) {
        $problem = Get-TestError { Set-PolarSubscription '8cabdca5-cf97-4f4e-851c-fddffa691a55' @With }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'refuses a change of nothing: <Name>' -ForEach @(
        @{ Name = 'no parameter'; With = @{} }
        @{ Name = 'how to settle, and not what'; With = @{ ProrationBehavior = 'invoice' } }
        @{ Name = 'a trial that is not to end'; With = @{ EndTrialNow = $false } }
    ) {
        $problem = Get-TestError { Set-PolarSubscription '8cabdca5-cf97-4f4e-851c-fddffa691a55' @With -ErrorAction Stop }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'refuses metadata that Polar would refuse, before sending' {
        $problem = Get-TestError { Set-PolarSubscription '8cabdca5-cf97-4f4e-851c-fddffa691a55' -Metadata @{ a = @(1, 2) } }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'tells what Polar refuses, and changes the others' {
        $fleet = Get-SubscriptionOf 'Fleet'
        $problem = Get-TestError { Set-PolarSubscription $fleet -Seats 1 }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        $problem[0].Exception.Message | Should -BeLike '*At least 3 seats are needed*'
        $changed = Set-PolarSubscription '8cabdca5-cf97-4f4e-851c-fddffa691a55', $fleet.Id -Metadata @{ a = 1 } -ErrorAction SilentlyContinue
        $changed.Id | Should -Be $fleet.Id
    }

    It 'says what is wrong with the change that was meant, and nothing of the others' {
        $problem = Get-TestError { Set-PolarSubscription (Get-SubscriptionOf 'Fleet') -Seats 6 -ProrationBehavior nonsense }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        $problem[0].ErrorDetails.Message | Should -BeLike '*-ProrationBehavior: *'
        $problem[0].ErrorDetails.Message | Should -Not -Match '-Seats|-Units|revoke|required'
    }

    It 'says that a payment was refused, and leaves the subscription as it is' {
        $fleet = Get-SubscriptionOf 'Fleet'
        Set-HostFault $testHost @{ method = 'PATCH'; path = "/v1/subscriptions/$($fleet.Id)"; status = 402; body = '{"error":"PaymentFailed","detail":"The card was declined."}' }
        $problem = Get-TestError { $fleet | Set-PolarSubscription -Seats 20 -ProrationBehavior invoice }
        Set-HostFault $testHost
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarPaymentFailed,*'
        @(Get-Change).Count | Should -Be 1
    }

    It 'sends nothing that changes anything with -WhatIf' {
        $lines = Get-SubscriptionOf 'Fleet' | Set-PolarSubscription -Seats 12 -ProrationBehavior reset -WhatIf -Verbose 4>&1
        $lines | Should -BeLike '*PATCH /v1/subscriptions/*{"seats":12,"proration_behavior":"reset"}*'
        @(Get-Change).Count | Should -Be 0
    }

    It 'asks no question before it finds out that the subscription is not there' {
        $problem = Get-TestError { Set-PolarSubscription '8cabdca5-cf97-4f4e-851c-fddffa691a55' -Seats 3 -WhatIf }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }
}

Describe 'New-PolarSubscription' {
    BeforeAll { $script:free = Get-PolarProduct | Where-Object Name -EQ 'Deckhand' }
    BeforeEach { Clear-HostRequest $testHost }

    It 'subscribes customers of the pipeline' {
        $customers = (Get-PolarSubscription -ExternalCustomerId crew-1001, crew-1002).Customer | Sort-Object Id -Unique
        $made = $customers | New-PolarSubscription -Product $free -Metadata @{ by = 'test' }
        $made.Count | Should -Be 2
        $made.CustomerId | Sort-Object | Should -Be ($customers.Id | Sort-Object)
        $made[0].Status | Should -Be 'active'
        $made[0].Metadata.by | Should -Be 'test'
    }

    It 'knows customers by your own id' {
        $made = New-PolarSubscription $free -ExternalCustomerId crew-1003
        $made.Customer.ExternalId | Should -Be 'crew-1003'
        (Get-Change).body | Should -Be "{`"product_id`":`"$($free.Id)`",`"external_customer_id`":`"crew-1003`"}"
    }

    It 'reads rows of a CSV file' {
        $customer = (Get-PolarSubscription -ExternalCustomerId crew-1004)[0].Customer
        $file = Join-Path $TestDrive 'rows.csv'
        [pscustomobject]@{ CustomerId = $customer.Id; ProductId = $free.Id } | Export-Csv $file -NoTypeInformation
        (Import-Csv $file | New-PolarSubscription).CustomerId | Should -Be $customer.Id
    }

    It 'says that only free products are taken' {
        $paid = Get-PolarProduct | Where-Object Name -EQ 'Harbor'
        $problem = Get-TestError { New-PolarSubscription $paid -ExternalCustomerId crew-1003 }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        $problem[0].ErrorDetails.Message | Should -BeLike '*-Product: *'
    }

    It 'is never sent twice' {
        Set-HostFault $testHost @{ method = 'POST'; path = '/v1/subscriptions/'; status = 502 }
        $problem = Get-TestError { New-PolarSubscription $free -ExternalCustomerId crew-1005 }
        Set-HostFault $testHost
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
        @(Get-Change).Count | Should -Be 1
    }

    It 'sends nothing with -WhatIf, and for another kind' {
        $lines = New-PolarSubscription $free -ExternalCustomerId crew-1005 -WhatIf -Verbose 4>&1
        $lines | Should -BeLike '*POST /v1/subscriptions/*"external_customer_id":"crew-1005"*'
        $problem = Get-TestError { $free | New-PolarSubscription -Product $free }
        $problem.Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Export-PolarSubscription' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'writes a CSV file with the columns that are asked for' {
        $file = Join-Path $TestDrive 'subscriptions.csv'
        $written = Export-PolarSubscription $file -Column email, status, amount -Status active, past_due, trialing -PassThru
        $written.FullName | Should -Be $file
        $rows = @(Import-Csv $file)
        $rows[0].PSObject.Properties.Name | Should -Be 'email', 'status', 'amount'
        $rows.Count | Should -Be @(Get-PolarSubscription -Status active, past_due, trialing).Count
    }

    It 'sends <Name>' -ForEach @(
        @{ Name = 'Status'; With = @{ Status = 'active', 'paused' }; Query = 'status=active&status=paused' }
        @{ Name = 'CancelAtPeriodEnd:$false'; With = @{ CancelAtPeriodEnd = $false }; Query = 'cancel_at_period_end=false' }
        @{ Name = 'StartedAfter'; With = @{ StartedAfter = '2026-01-02T03:04:05Z' }; Query = 'started_after=2026-01-02T03%3A04%3A05Z' }
        @{ Name = 'StartedBefore'; With = @{ StartedBefore = '2026-01-02T03:04:05Z' }; Query = 'started_before=2026-01-02T03%3A04%3A05Z' }
        @{ Name = 'TimeZone'; With = @{ TimeZone = 'Europe/Paris' }; Query = 'timezone=Europe%2FParis' }
        @{ Name = 'Column'; With = @{ Column = 'email', 'seats' }; Query = 'columns=email&columns=seats' }
    ) {
        Export-PolarSubscription (Join-Path $TestDrive 'out.csv') @With
        @(Get-HostRequest $testHost)[0].query | Should -BeLike "*$Query*"
    }

    It 'leaves the file that was there when Polar refuses' {
        $file = Join-Path $TestDrive 'kept.csv'
        Set-Content $file 'before'
        $problem = Get-TestError { Export-PolarSubscription $file -Column nonsense }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        $problem[0].ErrorDetails.Message | Should -BeLike '*-Column*'
        Get-Content $file | Should -Be 'before'
        @(Get-ChildItem $TestDrive -Force -Filter '*.part').Count | Should -Be 0
    }

    It 'writes nothing with -WhatIf' {
        $file = Join-Path $TestDrive 'none.csv'
        Export-PolarSubscription $file -WhatIf
        $file | Should -Not -Exist
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}
