BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    # Five seats, three of them given: the last one waits for an answer.
    $script:fleet = Get-PolarSubscription -Status active | Where-Object Seats | Select-Object -First 1

    function Get-Change {
        # What was sent to change something.
        @(Get-HostRequest $testHost | Where-Object method -NE 'GET')
    }

    function Get-Invitation {
        # The token of the last invitation that went to an address.
        param([string] $To)
        Invoke-RestMethod "$($testHost.url)/__emulator/mails" | ForEach-Object { $_ } | Where-Object { $_.kind -eq 'seat_invitation' -and $_.to -eq $To } |
            Select-Object -Last 1 -ExpandProperty token
    }

    function Get-Everything {
        # All that a command writes to any stream, as text; its errors with all that they hold.
        param([scriptblock] $Script)
        $lines = try { & $Script *>&1 } catch { $_ }
        ($lines | ForEach-Object {
                if ($_ -is [Management.Automation.ErrorRecord]) { $_ | Format-List * -Force | Out-String -Width 4096; $_.Exception | Format-List * -Force | Out-String -Width 4096; "$($_.ErrorDetails)"; "$($_.TargetObject)" }
                else { $_ | Out-String -Width 4096; $_ | Format-List | Out-String -Width 4096; "$_" }
            }) -join "`n"
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarSeat' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'gets the seats of a subscription: <Name>' -ForEach @(
        @{ Name = 'by position'; Script = { Get-PolarSeat $fleet } }
        @{ Name = 'by id'; Script = { Get-PolarSeat -SubscriptionId $fleet.Id } }
        @{ Name = 'from the pipeline'; Script = { $fleet | Get-PolarSeat } }
        @{ Name = 'by a copy'; Script = { $fleet | Select-Object Id, Status | Get-PolarSeat } }
        @{ Name = 'by what names it'; Script = { [pscustomobject]@{ SubscriptionId = $fleet.Id } | Get-PolarSeat } }
    ) {
        $seats = & $Script
        $seats | Should -BeOfType 'PolarPS.Client.Models.CustomerSeat'
        $seats.Email | Should -Be 'maja@vindcharter.example', 'olle@vindcharter.example', 'sanna@vindcharter.example'
        $seats.Status | Should -Be 'claimed', 'claimed', 'pending'
        @(Get-HostRequest $testHost)[0].query.TrimStart('?') | Should -Be "subscription_id=$($fleet.Id)"
    }

    It 'asks for an order where it is one: <Name>' -ForEach @(
        @{ Name = 'by id'; Script = { Get-PolarSeat -OrderId '8cabdca5-cf97-4f4e-851c-fddffa691a55' } }
        @{ Name = 'by what names it'; Script = { [pscustomobject]@{ OrderId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' } | Get-PolarSeat } }
        @{ Name = 'by a copy'; Script = { [pscustomobject]@{ PSTypeName = 'Deserialized.PolarPS.Client.Models.Order'; Id = '8cabdca5-cf97-4f4e-851c-fddffa691a55' } | Get-PolarSeat } }
        @{ Name = 'from the pipeline'; Script = { $order = [PolarPS.Client.Models.Order]::new(); $order.Id = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; $order | Get-PolarSeat } }
    ) {
        $problem = Get-TestError $Script
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem[0].ErrorDetails.Message | Should -BeLike '*no order with the id*'
        @(Get-HostRequest $testHost)[0].query.TrimStart('?') | Should -Be 'order_id=8cabdca5-cf97-4f4e-851c-fddffa691a55'
    }

    It 'takes an order of a subscription for the subscription' {
        $order = [PolarPS.Client.Models.Order]::new()
        $order.Id = '8cabdca5-cf97-4f4e-851c-fddffa691a55'
        $order.SubscriptionId = $fleet.Id
        @($order | Get-PolarSeat).Count | Should -Be 3
    }

    It 'says how many there are' {
        $summary = $fleet | Get-PolarSeat -Summary
        $summary.TotalSeats | Should -Be 5
        $summary.AvailableSeats | Should -Be 2
        $summary.Seats.Count | Should -Be 3
        $fleet | Get-PolarSeat -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | ForEach-Object Message | Should -Contain "Seats of subscription $($fleet.Id): 2 of 5 available."
    }

    It 'asks nothing for <Name>' -ForEach @(
        @{ Name = 'a product'; Value = { Get-PolarProduct -First 1 }; Message = '*Expected a subscription or an order, but this is a product*' }
        @{ Name = 'an id of nobody knows what'; Value = { '8cabdca5-cf97-4f4e-851c-fddffa691a55' }; Message = '*use -SubscriptionId or -OrderId*' }
        @{ Name = '$null'; Value = { $null }; Message = '*' }
        @{ Name = 'a number'; Value = { 42 }; Message = '*Expected a subscription, an order, or an object with*Int32*' }
    ) {
        $piped = & $Value
        Clear-HostRequest $testHost
        $problem = Get-TestError { , $piped | Get-PolarSeat }
        $problem[0].Exception.Message | Should -BeLike $Message
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'gets the others when one is not there' {
        $seats = Get-PolarSeat '8cabdca5-cf97-4f4e-851c-fddffa691a55', $fleet.Id -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem[0].TargetObject | Should -Be '8cabdca5-cf97-4f4e-851c-fddffa691a55'
        $seats.Count | Should -Be 3
    }
}

Describe 'Grant-PolarSeat' {
    BeforeEach { Clear-HostRequest $testHost }
    AfterEach { $fleet | Get-PolarSeat | Where-Object { $_.Status -ne 'revoked' -and $_.Email -like '*@new.example' } | Revoke-PolarSeat -Confirm:$false | Out-Null }

    It 'invites an address, and stores metadata' {
        $seat = Grant-PolarSeat $fleet one@new.example -Metadata @{ deck = 'fore'; bunk = @{ number = 4 } }
        $seat.Status | Should -Be 'pending'
        $seat.Email | Should -Be 'one@new.example'
        $seat.InvitationTokenExpiresAt | Should -BeGreaterThan ([datetimeoffset]::Now)
        $seat.SeatMetadata.bunk['number'] | Should -Be 4
        Get-Invitation one@new.example | Should -Not -BeNullOrEmpty
    }

    It 'gives it at once with -ImmediateClaim' {
        $seat = Grant-PolarSeat -SubscriptionId $fleet.Id -Email two@new.example -ImmediateClaim
        $seat.Status | Should -Be 'claimed'
        Get-Invitation two@new.example | Should -BeNullOrEmpty -Because 'there is nothing to answer'
    }

    It 'sends <Name>' -ForEach @(
        @{ Name = 'a member'; With = @{ MemberId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }; Body = '"member_id":"8cabdca5-cf97-4f4e-851c-fddffa691a55"' }
        @{ Name = 'a member with an address, of which Polar knows one'; Refused = $true; With = @{ MemberId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; Email = 'a@new.example' }; Body = '"email":"a@new.example","member_id":"8cabdca5-cf97-4f4e-851c-fddffa691a55"' }
        @{ Name = 'your own id of a member'; With = @{ ExternalMemberId = 'skipper-9' }; Body = '"external_member_id":"skipper-9"' }
        @{ Name = 'a customer'; Refused = $true; With = @{ CustomerId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }; Body = '"customer_id":"8cabdca5-cf97-4f4e-851c-fddffa691a55"' }
        @{ Name = 'your own id of a customer'; Refused = $true; With = @{ ExternalCustomerId = 'nobody' }; Body = '"external_customer_id":"nobody"' }
    ) {
        $problem = Get-TestError { Grant-PolarSeat -SubscriptionId $fleet.Id @With }
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$(if ($Refused) { 'PolarInvalidRequest' } else { 'PolarNotFound' }),*"
        # In whatever order.
        $parts = { param($json) ($json.Trim('{', '}') -split ',(?=")' | Sort-Object) -join ',' }
        & $parts (Get-Change).body | Should -Be (& $parts "{`"subscription_id`":`"$($fleet.Id)`",$Body}")
    }

    It 'adds a member who is not there yet' {
        $seat = Grant-PolarSeat $fleet -ExternalMemberId skipper-9 -Email three@new.example -ImmediateClaim
        $seat.Member.ExternalId | Should -Be 'skipper-9'
        $seat.ToString() | Should -Be 'three@new.example (claimed)'
    }

    It 'reads addresses from a CSV file, and goes on after one that fails' {
        $file = Join-Path $TestDrive 'crew.csv'
        'four@new.example', 'maja@vindcharter.example', 'five@new.example' | ForEach-Object { [pscustomobject]@{ Email = $_ } } | Export-Csv $file -NoTypeInformation
        $seats = Import-Csv $file | Grant-PolarSeat -SubscriptionId $fleet -ErrorVariable problem -ErrorAction SilentlyContinue
        $seats.Email | Should -Be 'four@new.example', 'five@new.example'
        $problem[0].Exception.Message | Should -BeLike '*has a seat already*'
    }

    It 'takes exactly one source: <Name>' -ForEach @(
        @{ Name = 'none'; With = @{} }
        @{ Name = 'two'; With = @{ SubscriptionId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; OrderId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' } }
    ) {
        $problem = Get-TestError { Grant-PolarSeat -Email a@new.example @With }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problem[0].Exception.Message | Should -BeLike '*either -SubscriptionId or -OrderId*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'takes one way to say to whom: <Name>' -ForEach @(
        @{ Name = 'address and customer'; With = @{ Email = 'a@new.example'; CustomerId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' } }
        @{ Name = 'two members'; With = @{ MemberId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; ExternalMemberId = 'x' } }
        @{ Name = 'customer and member'; With = @{ ExternalCustomerId = 'x'; ExternalMemberId = 'x' } }
    ) {
        $problem = Get-TestError { Grant-PolarSeat -SubscriptionId $fleet @With }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'refuses metadata that Polar would refuse, before sending' {
        $much = @{}
        1..11 | ForEach-Object { $much["k$_"] = 1 }
        $problem = Get-TestError { Grant-PolarSeat $fleet a@new.example -Metadata $much }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'is never sent twice' {
        Set-HostFault $testHost @{ method = 'POST'; path = '/v1/customer-seats'; status = 502 }
        $problem = Get-TestError { Grant-PolarSeat $fleet a@new.example }
        Set-HostFault $testHost
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
        @(Get-Change).Count | Should -Be 1
    }

    It 'sends nothing with -WhatIf, and says what it would' {
        $lines = Grant-PolarSeat $fleet a@new.example -WhatIf -Verbose 4>&1
        $lines | Should -BeLike '*POST /v1/customer-seats {*"email":"a@new.example"}*'
        @(Get-Change).Count | Should -Be 0
    }

    It 'says that no seat is left' {
        $null = Grant-PolarSeat $fleet six@new.example
        $null = Grant-PolarSeat $fleet seven@new.example
        $problem = Get-TestError { Grant-PolarSeat $fleet eight@new.example }
        $problem[0].Exception.Message | Should -BeLike '*SeatNotAvailable*'
    }
}

Describe 'Revoke-PolarSeat' {
    It 'revokes a seat, which can be assigned again' {
        $seat = Grant-PolarSeat $fleet again@new.example -ImmediateClaim
        Clear-HostRequest $testHost
        $revoked = $seat | Revoke-PolarSeat -Confirm:$false
        $revoked.Status | Should -Be 'revoked'
        $revoked.RevokedAt | Should -Not -BeNullOrEmpty
        "$((Get-Change).method) $((Get-Change).path)" | Should -Be "DELETE /v1/customer-seats/$($seat.Id)"
        $again = Grant-PolarSeat $fleet again@new.example
        $again | Revoke-PolarSeat -Confirm:$false | ForEach-Object Status | Should -Be 'revoked'
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'a subscription'; Value = { $fleet } }
        @{ Name = 'a member'; Value = { (Get-PolarSeat $fleet)[0].Member } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an empty string'; Value = { '' } }
        @{ Name = 'an address'; Value = { 'maja@vindcharter.example' } }
    ) {
        $piped = & $Value
        Clear-HostRequest $testHost
        $problem = Get-TestError { , $piped | Revoke-PolarSeat -Confirm:$false }
        $problem.Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'names who sits there and not who pays, and sends nothing with -WhatIf' {
        $shown = (Invoke-Fresh @"
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
`$fleet = Get-PolarSubscription -Status active | Where-Object Seats
`$fleet | Get-PolarSeat | Revoke-PolarSeat -WhatIf
Grant-PolarSeat -SubscriptionId `$fleet -Email new@vindcharter.example -WhatIf
Grant-PolarSeat `$fleet new@vindcharter.example -ImmediateClaim -WhatIf
`$fleet | Get-PolarSeat | Where-Object Status -eq pending | Send-PolarSeatInvitation -WhatIf
(`$fleet | Get-PolarSeat).Status -join ' '
"@) -join "`n" -replace '\s+', ' '
        $shown | Should -BeLike '*Revoke the seat and its benefits*seat ''maja@vindcharter.example (claimed)''*'
        $shown | Should -BeLike '*Withdraw the invitation, and free the seat*seat ''sanna@vindcharter.example (pending)''*'
        $shown | Should -BeLike '*Assign a seat to new@vindcharter.example, with an invitation by email*subscription ''Fleet for office@vindcharter.example (active)''*Emulator*'
        $shown | Should -BeLike '*Assign a seat to new@vindcharter.example immediately, without an invitation*'
        $shown | Should -BeLike '*Send the invitation again, to sanna@vindcharter.example*'
        $shown | Should -BeLike '*claimed claimed pending'
    }
}

Describe 'Send-PolarSeatInvitation' {
    It 'sends it once more' {
        $pending = Get-PolarSeat $fleet | Where-Object Status -EQ 'pending'
        Clear-HostRequest $testHost
        $sent = $pending | Send-PolarSeatInvitation
        # It is the same invitation, for as long as before.
        $sent.InvitationTokenExpiresAt | Should -Be $pending.InvitationTokenExpiresAt
        "$((Get-Change).method) $((Get-Change).path)" | Should -Be "POST /v1/customer-seats/$($pending.Id)/resend"
    }

    It 'says that there is no longer an invitation, and sends the others' {
        $seats = Get-PolarSeat $fleet
        $sent = $seats | Send-PolarSeatInvitation -ErrorVariable problem -ErrorAction SilentlyContinue
        $sent.Email | Should -Be 'sanna@vindcharter.example'
        $problem.Exception.Message | Should -BeLike '*SeatNotPending*'
    }
}

Describe 'Get- and Confirm-PolarSeatInvitation' {
    BeforeAll {
        $script:seat = Grant-PolarSeat $fleet guest@new.example
        $script:token = Get-Invitation guest@new.example
    }

    BeforeEach { Clear-HostRequest $testHost }
    AfterAll { Get-PolarSeat $fleet | Where-Object Id -EQ $seat.Id | Revoke-PolarSeat -Confirm:$false | Out-Null }

    It 'say what it is to' {
        $invitation = Get-PolarSeatInvitation $token
        $invitation.ProductName | Should -Be 'Fleet'
        $invitation.CustomerEmail | Should -Be 'guest@new.example'
        $invitation.CanClaim | Should -BeTrue
        (Get-PolarSeatInvitation -InvitationToken (ConvertTo-TestToken $token)).ProductName | Should -Be 'Fleet'
    }

    It 'keep the token to themselves: <Name>' -ForEach @(
        @{ Name = 'a good one'; Script = { Get-PolarSeatInvitation $token -Verbose -Debug } }
        @{ Name = 'one in a question'; Script = { Confirm-PolarSeatInvitation $token -WhatIf -Verbose -Debug } }
        @{ Name = 'a refused one'; Script = { Set-HostFault $testHost @{ path = "/v1/customer-seats/claim/$token"; status = 422; body = "{`"error`":`"RequestValidationError`",`"detail`":[{`"type`":`"x`",`"loc`":[`"path`",`"invitation_token`"],`"msg`":`"Bad.`",`"input`":`"$token`"}]}" }; Get-PolarSeatInvitation $token -Verbose -Debug } }
        @{ Name = 'a lost answer'; Script = { Set-HostFault $testHost @{ method = 'POST'; path = '/v1/customer-seats/claim'; status = 502; body = "{`"error`":`"BadGateway`",`"detail`":`"Down.`",`"invitation_token`":`"$token`"}" }; Confirm-PolarSeatInvitation $token -Verbose -Debug -Confirm:$false } }
    ) {
        $text = Get-Everything $Script
        Set-HostFault $testHost
        $text | Should -Match 'customer-seats/claim' -Because 'the request was shown'
        $text | Should -Not -Match ([regex]::Escape($token))
    }

    It 'take the seat once, and show no token' {
        $claim = Confirm-PolarSeatInvitation $token
        $claim.Seat.Id | Should -Be $seat.Id
        $claim.Seat.Status | Should -Be 'claimed'
        $claim.CustomerSessionToken | Should -Match '^polar_(mst|cst)_'
        $shown = ($claim | Out-String -Width 4096) + ($claim | Format-List | Out-String -Width 4096) + "$claim"
        $shown | Should -Match 'guest@new.example'
        $shown | Should -Not -Match ([regex]::Escape($claim.CustomerSessionToken))
        (Get-TestError { Confirm-PolarSeatInvitation $token })[0].Exception.Message | Should -BeLike '*InvalidInvitationToken*'
        (Get-TestError { Get-PolarSeatInvitation $token })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'ask nothing for <Name>' -ForEach @(
        @{ Name = '$null'; Value = $null }
        @{ Name = 'an empty text'; Value = '' }
        @{ Name = 'a blank'; Value = ' ' }
        @{ Name = 'a number'; Value = 42 }
    ) {
        (Get-TestError { Get-PolarSeatInvitation $Value }).Count | Should -BeGreaterThan 0
        (Get-TestError { Confirm-PolarSeatInvitation $Value }).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}
