BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:shop = Start-PolarEmulator -Name shop -Seed 7
    # Five seats, three of them given: the last one waits for an answer.
    $script:fleet = Get-PolarSubscription -Status active | Where-Object Seats | Select-Object -First 1
    New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner) | Connect-Polar
    $script:anyId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'

    function Clear-Sent { $shop | Set-PolarEmulator -ClearRequest -Confirm:$false }

    function Get-Change { @($shop.Requests | Where-Object Method -NE 'GET') }
}

AfterAll {
    Stop-PolarEmulator -All
    Disconnect-Polar -All -WarningAction Ignore
}

Describe 'Get-PolarPortalSeat' {
    BeforeEach { Clear-Sent }

    It 'gets the seats of a subscription: <Name>' -ForEach @(
        @{ Name = 'by position'; Script = { Get-PolarPortalSeat $fleet } }
        @{ Name = 'by id'; Script = { Get-PolarPortalSeat -SubscriptionId $fleet.Id } }
        @{ Name = 'from the pipeline'; Script = { $fleet | Get-PolarPortalSeat } }
        @{ Name = 'by a copy'; Script = { $fleet | Select-Object Id, Status | Get-PolarPortalSeat } }
    ) {
        $seats = & $Script
        $seats.Email | Should -Be 'maja@vindcharter.example', 'olle@vindcharter.example', 'sanna@vindcharter.example'
        $request = @($shop.Requests)[0]
        "$($request.Path)?$($request.Query)" | Should -Be "/v1/customer-portal/seats?subscription_id=$($fleet.Id)"
    }

    It 'says how many there are' {
        $summary = $fleet | Get-PolarPortalSeat -Summary
        ($summary.TotalSeats, $summary.AvailableSeats) | Should -Be 5, 2
    }

    It 'asks for an order where it is one, and goes on after one that is another''s' {
        $seats = $(Get-PolarPortalSeat -OrderId $anyId -ErrorVariable problem -ErrorAction SilentlyContinue; Get-PolarPortalSeat $fleet)
        $seats.Count | Should -Be 3
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        @($shop.Requests)[0].Query | Should -Be "order_id=$anyId"
        New-PolarCustomerSession -ExternalCustomerId crew-1001 | Connect-Polar -Name astrid
        try { (Get-TestError { $fleet | Get-PolarPortalSeat })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*' } finally { Select-PolarConnection Portal }
    }

    It 'asks nothing for <Name>' -ForEach @(
        @{ Name = 'a product'; Value = { Get-PolarProduct -First 1 } }
        @{ Name = 'an id of no known kind'; Value = { $anyId } }
    ) {
        $piped = & $Value
        Clear-Sent
        (Get-TestError { , $piped | Get-PolarPortalSeat }).Count | Should -BeGreaterThan 0
        @($shop.Requests).Count | Should -Be 0
    }
}

Describe 'Grant-, Revoke-PolarPortalSeat and Send-PolarPortalSeatInvitation' {
    BeforeEach { Clear-Sent }
    AfterEach { $fleet | Get-PolarPortalSeat | Where-Object { $_.Status -ne 'revoked' -and $_.Email -like '*@new.example' } | Revoke-PolarPortalSeat -Confirm:$false | Out-Null }

    It 'invite a person, remind, and free the seat again' {
        $seat = Grant-PolarPortalSeat $fleet one@new.example -Metadata @{ deck = 'fore' }
        ($seat.Status, $seat.Email, $seat.SeatMetadata.deck) | Should -Be 'pending', 'one@new.example', 'fore'
        "$((Get-Change).Method) $((Get-Change).Path)" | Should -Be 'POST /v1/customer-portal/seats'
        $shop.Mails[-1].To | Should -Be 'one@new.example'
        ($seat | Send-PolarPortalSeatInvitation).Id | Should -Be $seat.Id
        @(Get-Change)[-1].Path | Should -Be "/v1/customer-portal/seats/$($seat.Id)/resend"
        ($seat | Revoke-PolarPortalSeat -Confirm:$false).Status | Should -Be 'revoked'
        "$(@(Get-Change)[-1].Method) $(@(Get-Change)[-1].Path)" | Should -Be "DELETE /v1/customer-portal/seats/$($seat.Id)"
    }

    It 'give a seat to a member at once' {
        $member = New-PolarPortalMember two@new.example
        $seat = Grant-PolarPortalSeat $fleet -MemberId $member -ImmediateClaim
        $seat.Status | Should -Be 'claimed'
        $seat.MemberId | Should -Be $member.Id
        New-PolarCustomerSession (Get-PolarCustomer -ExternalId fleet-7).Id -MemberId $member.Id | Connect-Polar -Name two
        try { (Get-PolarPortalSeatSubscription).Id | Should -Be $fleet.Id } finally { Select-PolarConnection Portal }
        $member | Remove-PolarPortalMember -Force
    }

    It 'send <Name>' -ForEach @(
        @{ Name = 'a checkout'; With = @{ CheckoutId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; Email = 'a@new.example' }; Body = '{"checkout_id":"8cabdca5-cf97-4f4e-851c-fddffa691a55","email":"a@new.example"}' }
        @{ Name = 'an order'; With = @{ OrderId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; Email = 'a@new.example' }; Body = '{"order_id":"8cabdca5-cf97-4f4e-851c-fddffa691a55","email":"a@new.example"}' }
    ) {
        (Get-TestError { Grant-PolarPortalSeat @With })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $sent = (Get-Change).Body | ConvertFrom-Json
        $expected = $Body | ConvertFrom-Json
        foreach ($name in $expected.PSObject.Properties.Name) { $sent.$name | Should -Be $expected.$name }
        @($sent.PSObject.Properties).Count | Should -Be 2
    }

    It 'take exactly one source: <Name>' -ForEach @(
        @{ Name = 'none'; With = @{} }
        @{ Name = 'two'; With = @{ SubscriptionId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; CheckoutId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' } }
    ) {
        $problem = (Get-TestError { Grant-PolarPortalSeat -Email a@new.example @With })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problem.Exception.Message | Should -BeLike '*either -SubscriptionId, -OrderId or -CheckoutId*'
        @($shop.Requests).Count | Should -Be 0
    }

    It 'read addresses from rows, and go on after one that fails' {
        $seats = 'three@new.example', 'maja@vindcharter.example', 'four@new.example' | ForEach-Object { [pscustomobject]@{ Email = $_ } } |
            Grant-PolarPortalSeat -SubscriptionId $fleet -ErrorVariable problem -ErrorAction SilentlyContinue
        $seats.Email | Should -Be 'three@new.example', 'four@new.example'
        $problem[0].Exception.Message | Should -BeLike '*has a seat already*'
        $full = (Get-TestError { Grant-PolarPortalSeat $fleet five@new.example })[0]
        "$full" | Should -BeLike '*SeatNotAvailable*'
        "$($full.ErrorDetails.RecommendedAction)" | Should -Not -Match 'Get-PolarSeat' -Because 'that is for sellers'
    }

    It 'say that there is no longer an invitation' {
        $claimed = Get-PolarPortalSeat $fleet | Where-Object Status -EQ claimed | Select-Object -First 1
        $problem = (Get-TestError { $claimed | Send-PolarPortalSeatInvitation })[0]
        "$problem" | Should -BeLike '*SeatNotPending*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike 'Get-PolarPortalSeat shows*'
    }

    It 'are for those who manage the billing' {
        $member = New-PolarPortalMember plain@new.example
        New-PolarCustomerSession (Get-PolarCustomer -ExternalId fleet-7).Id -MemberId $member.Id | Connect-Polar -Name plain
        try {
            @($fleet | Get-PolarPortalSeat).Count | Should -BeGreaterThan 2 -Because 'everyone may look'
            $pending = $fleet | Get-PolarPortalSeat | Where-Object Status -EQ pending | Select-Object -First 1
            foreach ($act in { Grant-PolarPortalSeat $fleet never@new.example }, { $pending | Send-PolarPortalSeatInvitation }, { $pending | Revoke-PolarPortalSeat -Confirm:$false }) {
                (Get-TestError $act)[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
            }
        }
        finally { Select-PolarConnection Portal; $member | Remove-PolarPortalMember -Force }
    }

    It 'send nothing for <Name>' -ForEach @(
        @{ Name = 'a subscription'; Value = { $fleet } }
        @{ Name = 'a member'; Value = { Get-PolarPortalMember | Select-Object -First 1 } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an address'; Value = { 'maja@vindcharter.example' } }
    ) {
        $piped = & $Value
        Clear-Sent
        (Get-TestError { , $piped | Revoke-PolarPortalSeat -Confirm:$false }).Count | Should -BeGreaterThan 0
        (Get-TestError { , $piped | Send-PolarPortalSeatInvitation }).Count | Should -BeGreaterThan 0
        @($shop.Requests).Count | Should -Be 0
    }

    It 'say who sits there, and send nothing with -WhatIf' {
        $said = (Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$fleet = Get-PolarSubscription -Status active | Where-Object Seats
New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner) | Connect-Polar
$fleet | Get-PolarPortalSeat | Revoke-PolarPortalSeat -WhatIf
Grant-PolarPortalSeat $fleet new@vindcharter.example -WhatIf
$fleet | Get-PolarPortalSeat | Where-Object Status -eq pending | Send-PolarPortalSeatInvitation -WhatIf
($fleet | Get-PolarPortalSeat).Status -join ' '
'@) -join "`n" -replace '\s+', ' '
        $said | Should -BeLike '*Revoke the seat and its benefits*seat ''maja@vindcharter.example (claimed)''*in Portal (Emulator)*'
        $said | Should -BeLike '*Withdraw the invitation*seat ''sanna@vindcharter.example (pending)''*'
        $said | Should -BeLike '*Assign a seat to new@vindcharter.example, with an invitation by email*'
        $said | Should -BeLike '*Send the invitation again, to sanna@vindcharter.example*'
        $said | Should -BeLike '*claimed claimed pending'
    }
}

Describe 'Get-PolarPortalSeatSubscription' {
    It 'lists where the person has a seat' {
        $subscription = Get-PolarPortalSeatSubscription
        $subscription.Id | Should -Be $fleet.Id
        $subscription | Should -BeOfType 'PolarPS.Client.Models.Subscription'
        @(Get-PolarPortalSeatSubscription -First 0 -IncludeTotalCount)[0] | Should -Be 1
        New-PolarCustomerSession -ExternalCustomerId crew-1001 | Connect-Polar -Name astrid
        try { Get-PolarPortalSeatSubscription | Should -BeNullOrEmpty } finally { Select-PolarConnection Portal }
    }
}
