# A customer's own subscriptions, and what the seller lets them change.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1002) -Name jonas
    Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1007) -Name paused
    Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1005) -Name gone
    Select-PolarConnection jonas
    $script:jonas = Get-PolarCustomer -ExternalId crew-1002
    $script:nowhere = '00000000-0000-4000-8000-000000000000'
    $script:mine = Get-PolarPortalSubscription -First 1

    function Get-Write { @(Get-HostRequest $testHost | Where-Object method -NE 'GET') }

    function Set-Portal {
        # What customers may change, in the seller's settings.
        param([bool] $Allowed)
        $shop = (Get-PolarOrganization).Id
        $settings = @{ customer_portal_settings = @{ usage = @{ show = $true }; customer = @{ allow_email_change = $true }; subscription = @{ update_seats = $Allowed; update_plan = $Allowed; update_units = $Allowed; pause = $Allowed } } }
        $null = Invoke-PolarRequest "/v1/organizations/$shop" -Method PATCH -Body $settings -Confirm:$false -Connection Default
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarPortalSubscription' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'lists the customer''s own, gets one by id, and not that of another' {
        @(Get-PolarPortalSubscription).Id | Should -Be @(Get-PolarSubscription -CustomerId $jonas.Id).Id
        (Get-PolarPortalSubscription $mine.Id).Id | Should -Be $mine.Id
        (Get-PolarPortalOrder -BillingType recurring -First 1 | Get-PolarPortalSubscription).Id | Should -Be $mine.Id
        $foreign = (Get-PolarSubscription | Where-Object CustomerId -NE $jonas.Id | Select-Object -First 1).Id
        (Get-TestError { Get-PolarPortalSubscription $foreign })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'tells what is in force from what has ended' {
        @(Get-PolarPortalSubscription -Active).Count | Should -Be 1
        Get-PolarPortalSubscription -Active:$false | Should -BeNullOrEmpty
        Get-PolarPortalSubscription -Active -Connection gone | Should -BeNullOrEmpty
        @(Get-PolarPortalSubscription -Active:$false -Connection gone).Status | Should -Be 'canceled'
        Get-PolarPortalSubscription -Active:$false -Connection paused | Should -BeNullOrEmpty -Because 'what is paused has not ended'
        @(Get-HostRequest $testHost | Where-Object query -Like '*active=false*').Count | Should -Be 3
    }
}

Describe 'Set-PolarPortalSubscription' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'sends one kind of change: <Name>' -ForEach @(
        @{ Name = 'product'; Arguments = { @{ Product = $nowhere } }; Body = '{"product_id":"00000000-0000-4000-8000-000000000000"}' }
        @{ Name = 'seats'; Arguments = { @{ Seats = 3 } }; Body = '{"seats":3}' }
        @{ Name = 'units'; Arguments = { @{ Units = 3 } }; Body = '{"units":3}' }
        @{ Name = 'a pause'; Arguments = { @{ PauseAtPeriodEnd = $true; ResumesAt = [datetimeoffset]'2031-05-06T07:08:09Z' } }; Body = '{"pause_at_period_end":true,"resumes_at":"2031-05-06T07:08:09+00:00"}' }
        @{ Name = 'a pause without an end'; Arguments = { @{ PauseAtPeriodEnd = $true; ResumesAt = $null } }; Body = '{"pause_at_period_end":true,"resumes_at":null}' }
        @{ Name = 'no pause'; Arguments = { @{ PauseAtPeriodEnd = $false } }; Body = '{"pause_at_period_end":false}' }
        @{ Name = 'a resumption'; Arguments = { @{ Resume = $true } }; Body = '{"resume":true}' }
        @{ Name = 'nothing pending'; Arguments = { @{ DiscardPendingUpdate = $true } }; Body = '{"pending_update":null}' }
        @{ Name = 'a cancellation'; Arguments = { @{ CancelAtPeriodEnd = $true; CancellationReason = 'unused'; CancellationComment = $null } }; Body = '{"cancel_at_period_end":true,"cancellation_reason":"unused","cancellation_comment":null}' }
    ) {
        $with = & $Arguments
        $said = @($mine | Set-PolarPortalSubscription @with -WhatIf -Verbose 4>&1 | ForEach-Object { "$_" } | Where-Object { $_ -like 'Would send*' })
        Get-Write | Should -BeNullOrEmpty
        $said.Count | Should -Be 1
        $method, $body = $said[0] -replace '^Would send ' -split ' (?=\{)'
        $method | Should -Be "PATCH /v1/customer-portal/subscriptions/$($mine.Id)"
        $sent = $body | ConvertFrom-Json
        $wanted = $Body | ConvertFrom-Json
        ($sent.PSObject.Properties.Name | Sort-Object) | Should -Be ($wanted.PSObject.Properties.Name | Sort-Object)
        foreach ($name in $wanted.PSObject.Properties.Name) { "$($sent.$name)" | Should -Be "$($wanted.$name)" }
    }

    It 'refuses two kinds at once, and switches that say nothing' {
        { $mine | Set-PolarPortalSubscription -Seats 2 -Units 2 -Confirm:$false } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { $mine | Set-PolarPortalSubscription -Confirm:$false -Seats 0 } | Should -Throw
        (Get-TestError { $mine | Set-PolarPortalSubscription -Resume:$false -Confirm:$false })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        (Get-TestError { $mine | Set-PolarPortalSubscription -DiscardPendingUpdate:$false -Confirm:$false })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        $order = Get-PolarPortalOrder -First 1
        Clear-HostRequest $testHost
        (Get-TestError { $order | Set-PolarPortalSubscription -Seats 2 -Confirm:$false }).Count | Should -Be 1
        Get-Write | Should -BeNullOrEmpty
    }

    It 'is refused what the seller does not allow, and told whom to ask: <Name>' -ForEach @(
        @{ Name = 'another product'; Act = { $mine | Set-PolarPortalSubscription -Product $nowhere -Confirm:$false } }
        @{ Name = 'seats'; Act = { $mine | Set-PolarPortalSubscription -Seats 3 -Confirm:$false } }
        @{ Name = 'units'; Act = { $mine | Set-PolarPortalSubscription -Units 3 -Confirm:$false } }
        @{ Name = 'a pause'; Act = { $mine | Set-PolarPortalSubscription -PauseAtPeriodEnd -Confirm:$false } }
    ) {
        Set-Portal $false
        $problem = (Get-TestError $Act)[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*ask the seller*'
    }

    Context 'where the seller allows it' {
        BeforeAll { Set-Portal $true }

        It 'pauses, and undoes that' {
            $changed = $mine | Set-PolarPortalSubscription -PauseAtPeriodEnd -Confirm:$false
            $changed.PauseAtPeriodEnd | Should -BeTrue
            ($mine | Set-PolarPortalSubscription -PauseAtPeriodEnd:$false -Confirm:$false).PauseAtPeriodEnd | Should -BeFalse
            $problem = (Get-TestError { $mine | Set-PolarPortalSubscription -PauseAtPeriodEnd:$false -Confirm:$false })[0]
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Get-PolarPortalSubscription -Id*'
        }

        It 'resumes, and charges' {
            $still = Get-PolarPortalSubscription -Connection paused
            $still.Status | Should -Be 'paused'
            ($still | Set-PolarPortalSubscription -Resume -Connection paused -Confirm:$false).Status | Should -Be 'active'
        }

        It 'changes the product, and names both in the question' {
            $products = Get-PolarProduct -Connection Default
            $other = $products | Where-Object { $_.IsRecurring -and -not $_.IsArchived -and $_.Visibility -eq 'public' -and $_.Name -eq 'Harbor' }
            $mine = Get-PolarPortalSubscription $mine
            $said = $mine | Set-PolarPortalSubscription -Product $other -Confirm:$false -Verbose 4>&1 | Where-Object { "$_" -like 'Performing the operation*' }
            "$said" | Should -BeLike "*from 'Offshore' to 'Harbor'*"
            (Get-PolarPortalSubscription $mine).Product.Name | Should -Not -BeNullOrEmpty
            @(Get-Write).Count | Should -Be 1
        }

        It 'is limited by -MoneyLimit where the sum cannot be foretold' {
            Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1002) -Name limited -MoneyLimit @{ usd = 1 }
            try {
                (Get-TestError { $mine | Set-PolarPortalSubscription -Seats 3 -Connection limited -Confirm:$false })[0].FullyQualifiedErrorId | Should -BeLike 'PolarMoneyLimit,*'
                Get-Write | Where-Object method -EQ PATCH | Should -BeNullOrEmpty
            }
            finally { Disconnect-Polar limited; Select-PolarConnection jonas }
        }
    }
}

Describe 'Stop-PolarPortalSubscription' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'asks, and says until when it goes on' {
        $said = $mine | Stop-PolarPortalSubscription -Confirm:$false -Verbose 4>&1 | Where-Object { "$_" -like 'Performing the operation*' }
        "$said" | Should -BeLike '*Cancel at the end of the current period*no longer charged*'
        (Get-Write).method | Should -Be 'DELETE'
        (Get-PolarPortalSubscription $mine).CancelAtPeriodEnd | Should -BeTrue
    }

    It 'says how to undo what was canceled already, and does so' {
        $problem = (Get-TestError { $mine | Stop-PolarPortalSubscription -Confirm:$false })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Set-PolarPortalSubscription*-CancelAtPeriodEnd:$false*'
        ($mine | Set-PolarPortalSubscription -CancelAtPeriodEnd:$false -Confirm:$false).CancelAtPeriodEnd | Should -BeFalse
    }

    It 'says why, with the operation that takes it' {
        $ended = $mine | Stop-PolarPortalSubscription -Reason too_expensive -Comment 'Sold the boat' -Confirm:$false
        $ended.CustomerCancellationReason | Should -Be 'too_expensive'
        (Get-Write).body | Should -Be '{"cancel_at_period_end":true,"cancellation_reason":"too_expensive","cancellation_comment":"Sold the boat"}'
        (Get-PolarSubscription $mine.Id -Connection Default).CustomerCancellationComment | Should -Be 'Sold the boat'
    }

    It 'stops the others when one is not there, and sends nothing with -WhatIf' {
        $mine | Stop-PolarPortalSubscription -WhatIf
        Get-Write | Should -BeNullOrEmpty
        $problem = @(Get-TestError { $nowhere | Stop-PolarPortalSubscription -Confirm:$false })
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem[0].TargetObject | Should -Be $nowhere
    }
}
