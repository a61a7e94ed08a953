BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    $script:fleet = Get-PolarCustomer -ExternalId fleet-7
    $script:skipper = Get-PolarMember $fleet -Role owner

    function Get-Write { @(Get-HostRequest $testHost | Where-Object method -NE 'GET') }

    function New-TestTeam {
        # A team with an owner, and two members who are not.
        $number = Get-Random
        $team = New-PolarCustomer -Type team -Name "Team $number" -ExternalId "team-$number" -OwnerEmail "o$number@example.com" -OwnerExternalId 'm-0'
        $null = New-PolarMember "a$number@example.com" -CustomerId $team -ExternalId 'm-1'
        $null = New-PolarMember "b$number@example.com" -CustomerId $team -ExternalId 'm-2'
        $team
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarMember' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'lists the members of customers: <Name>' -ForEach @(
        @{ Name = 'by id'; List = { Get-PolarMember $fleet.Id } }
        @{ Name = 'by object'; List = { $fleet | Get-PolarMember } }
        @{ Name = 'by external id'; List = { Get-PolarMember -ExternalCustomerId fleet-7 } }
        @{ Name = 'of two'; List = { Get-PolarMember $fleet, (Get-PolarCustomer -ExternalId crew-1001) | Where-Object CustomerId -EQ $fleet.Id } }
    ) {
        $members = & $List
        $members.Count | Should -BeGreaterThan 2
        $members | Should -BeOfType 'PolarPS.Client.Models.Member'
        $members.CustomerId | Sort-Object -Unique | Should -Be $fleet.Id
    }

    It 'filters by role, sorts, and counts' {
        @(Get-PolarMember $fleet -Role owner).Email | Should -Be 'maja@vindcharter.example'
        $up = Get-PolarMember -ExternalCustomerId fleet-7 -Sort CreatedAt
        $down = Get-PolarMember -ExternalCustomerId fleet-7 -Sort '-created_at'
        $up.CreatedAt | Should -Be ($up.CreatedAt | Sort-Object)
        $down.CreatedAt | Should -Be ($up.CreatedAt | Sort-Object -Descending)
        [int](Get-PolarMember $fleet -First 0 -IncludeTotalCount) | Should -Be $up.Count
        @(Get-PolarMember $fleet -First 1).Count | Should -Be 1
        (Get-HostRequest $testHost)[0].query | Should -BeLike '*role=owner*'
    }

    It 'gets single members: <Name>' -ForEach @(
        @{ Name = 'by id'; Get = { Get-PolarMember -CustomerId $fleet -MemberId $skipper.Id } }
        @{ Name = 'by object'; Get = { Get-PolarMember $fleet $skipper } }
        @{ Name = 'by external ids'; Get = { Get-PolarMember -ExternalCustomerId fleet-7 -ExternalMemberId skipper-1 } }
    ) {
        (& $Get).Email | Should -Be 'maja@vindcharter.example'
        @(Get-HostRequest $testHost).Count | Should -Be 1
    }

    It 'says what is not there: <Name>' -ForEach @(
        @{ Name = 'customer'; Get = { Get-PolarMember -ExternalCustomerId nobody }; Message = "*no customer with the external id 'nobody'*" }
        @{ Name = 'member'; Get = { Get-PolarMember -ExternalCustomerId fleet-7 -ExternalMemberId nobody }; Message = "*no member with the external id 'nobody'*" }
        @{ Name = 'member of another customer'; Get = { Get-PolarMember (Get-PolarCustomer -ExternalId crew-1001) $skipper }; Message = '*no member with the id*' }
    ) {
        $problem = Get-TestError $Get
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        "$($problem[0])" | Should -BeLike $Message
    }

    It 'does not silently ignore -First beside a member' {
        (Get-TestError { Get-PolarMember $fleet $skipper -First 1 })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'completes roles' {
        (Get-Completion 'Get-PolarMember -Role o').CompletionText | Should -Be 'owner'
        (Get-Completion 'New-PolarMember -Role ').CompletionText | Should -Be 'member', 'billing_manager'
    }
}

Describe 'New-PolarMember' {
    BeforeAll { $script:team = New-TestTeam }
    BeforeEach { Clear-HostRequest $testHost }

    It 'adds a member by <Name>' -ForEach @(
        @{ Name = 'id'; Add = { New-PolarMember $mail 'Mo' -CustomerId $team.Id -ExternalId $mail -Role billing_manager }; Path = { "/v1/customers/$($team.Id)/members" } }
        @{ Name = 'external id'; Add = { New-PolarMember $mail 'Mo' -ExternalCustomerId $team.ExternalId -ExternalId $mail -Role billing_manager }; Path = { "/v1/customers/external/$($team.ExternalId)/members" } }
    ) {
        $mail = "mo$(Get-Random)@example.com"
        $member = & $Add
        $request = (Get-Write)[0]
        $request.path | Should -Be (& $Path)
        $request.body | Should -Be "{`"external_id`":`"$mail`",`"email`":`"$mail`",`"name`":`"Mo`",`"role`":`"billing_manager`"}"
        $member.CustomerId | Should -Be $team.Id
        $member.Role | Should -Be 'billing_manager'
    }

    It 'adds the rows of a CSV file, and says which was bad' {
        $problems = $null
        $csv = "Email,Name,ExternalId,Role`nr1@crew.example,Ra,,`nnonsense,Re,,`nr3@crew.example,,r-3,billing_manager"
        $made = $csv -split "`n" | ConvertFrom-Csv | New-PolarMember -CustomerId $team -ErrorVariable problems -ErrorAction SilentlyContinue
        $made.Email | Should -Be 'r1@crew.example', 'r3@crew.example'
        $problems.TargetObject | Should -Be 'nonsense'
        "$problems" | Should -BeLike "*'nonsense'*-Email:*"
        (Get-Write)[0].body | Should -Be '{"email":"r1@crew.example","name":"Ra"}'
    }

    It 'adds rows that say whose members they are' {
        $csv = "ExternalCustomerId,Email`n$($team.ExternalId),s1$(Get-Random)@crew.example"
        ($csv -split "`n" | ConvertFrom-Csv | New-PolarMember).CustomerId | Should -Be $team.Id
    }

    It 'says that only a team has members' {
        $problem = Get-TestError { New-PolarMember x@example.com -ExternalCustomerId crew-1001 }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
        $problem[0].TargetObject | Should -Be 'x@example.com'
    }

    It 'does not take a customer''s own name for the member''s' {
        $problem = Get-TestError { Get-PolarCustomer -ExternalId crew-1001 | New-PolarMember -ErrorAction Stop }
        $problem.Count | Should -BeGreaterThan 0
        (Get-Write).Count | Should -Be 0
    }

    It 'sends nothing with -WhatIf' {
        $null = New-PolarMember x@example.com -CustomerId $team -WhatIf
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Set-PolarMember' {
    BeforeEach {
        $script:team = New-TestTeam
        Clear-HostRequest $testHost
    }

    It 'changes what is given and nothing else, by <Name>' -ForEach @(
        @{ Name = 'pipeline'; Set = { Get-PolarMember $team | Where-Object ExternalId -EQ 'm-1' | Set-PolarMember -Name 'New' } }
        @{ Name = 'position'; Set = { Set-PolarMember (Get-PolarMember $team -Role member | Where-Object ExternalId -EQ 'm-1') -Name 'New' } }
        @{ Name = 'copy'; Set = { Get-PolarMember $team | Where-Object ExternalId -EQ 'm-1' | Select-Object Id, CustomerId | Set-PolarMember -Name 'New' } }
        @{ Name = 'ids'; Set = { Set-PolarMember -CustomerId $team -MemberId (Get-PolarMember $team | Where-Object ExternalId -EQ 'm-1').Id -Name 'New' } }
        @{ Name = 'external ids'; Set = { Set-PolarMember -ExternalCustomerId $team.ExternalId -ExternalMemberId 'm-1' -Name 'New' } }
    ) {
        $changed = & $Set
        $changed.Name | Should -Be 'New'
        $changed.ExternalId | Should -Be 'm-1'
        (Get-Write).Count | Should -Be 1
        (Get-Write)[0].body | Should -Be '{"name":"New"}'
    }

    It 'refuses to clear the name, which Polar would keep' {
        (Get-TestError { Set-PolarMember -ExternalCustomerId $team.ExternalId -ExternalMemberId 'm-1' -Name $null })[0].FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        Get-Write | Should -BeNullOrEmpty
    }

    It 'changes several, and says which could not be' {
        $problem = $null
        $changed = Get-PolarMember $team | Set-PolarMember -Role billing_manager -ErrorVariable problem -ErrorAction SilentlyContinue
        $changed.Count | Should -Be 2
        $problem.Count | Should -Be 1
        "$problem" | Should -BeLike '*-Role: A customer must have an owner*'
        $problem[0].TargetObject | Should -Be (Get-PolarMember $team -Role owner).Id
    }

    It 'makes another the owner' {
        (Get-PolarMember $team -Role member | Select-Object -First 1 | Set-PolarMember -Role owner).Role | Should -Be 'owner'
    }

    It 'refuses a change of nothing' {
        (Get-TestError { Set-PolarMember -ExternalCustomerId fleet-7 -ExternalMemberId skipper-1 })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'sends nothing with -WhatIf, and shows what it would send with -Verbose' {
        $member = Get-PolarMember $team -Role owner
        Clear-HostRequest $testHost
        $lines = @($member | Set-PolarMember -Name 'X' -WhatIf -Verbose 4>&1)
        $lines[0] | Should -BeLike "*PATCH /v1/customers/$($team.Id)/members/$($member.Id) {`"name`":`"X`"}"
        @(Get-HostRequest $testHost | Where-Object method -NE 'GET').Count | Should -Be 0
    }
}

Describe 'Remove-PolarMember' {
    BeforeEach {
        $script:team = New-TestTeam
        $script:member = Get-PolarMember $team | Where-Object ExternalId -EQ 'm-1'
        Clear-HostRequest $testHost
    }

    It 'removes by <Name>' -ForEach @(
        @{ Name = 'pipeline'; Remove = { $member | Remove-PolarMember -Confirm:$false } }
        @{ Name = 'copy'; Remove = { $member | Select-Object Id, CustomerId | Remove-PolarMember -Confirm:$false } }
        @{ Name = 'ids'; Remove = { Remove-PolarMember -CustomerId $team.Id -MemberId $member.Id -Confirm:$false } }
        @{ Name = 'external ids'; Remove = { Remove-PolarMember -ExternalCustomerId $team.ExternalId -ExternalMemberId 'm-1' -Confirm:$false } }
    ) {
        & $Remove | Should -BeNullOrEmpty
        @(Get-HostRequest $testHost).method | Should -Be 'DELETE'
        (Get-PolarMember $team).ExternalId | Sort-Object | Should -Be 'm-0', 'm-2'
    }

    It 'removes all but the owner' {
        $problem = Get-TestError { Get-PolarMember -CustomerId $team | Remove-PolarMember -Confirm:$false }
        $problem.Count | Should -Be 1
        (Get-PolarMember $team).Role | Should -Be 'owner'
    }

    It 'names the member before it goes: <Name>' -ForEach @(
        @{ Name = 'piped'; Line = 'Get-PolarMember -ExternalCustomerId fleet-7 -Role owner | Remove-PolarMember -WhatIf' }
        @{ Name = 'by external ids'; Line = 'Remove-PolarMember -ExternalCustomerId fleet-7 -ExternalMemberId skipper-1 -WhatIf' }
        @{ Name = 'by ids, unseen'; Line = 'Remove-PolarMember -CustomerId d63ebd4b-69b6-408c-b789-3969e95e1719 -MemberId f1c303e3-f706-47da-b81d-dcd9b102e64a -WhatIf' }
    ) {
        $shown = Invoke-Fresh @"
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
$Line
"@
        $shown -join ' ' | Should -BeLike "*Remove from the customer*member 'maja@vindcharter.example'*of the customer*Emulator*"
    }

    It 'sends nothing, and asks nothing, for <Name>' -ForEach @(
        @{ Name = 'an empty variable'; Act = { Remove-PolarMember $nothing } }
        @{ Name = '@()'; Act = { Remove-PolarMember @() } }
        @{ Name = '$null piped'; Act = { $null | Remove-PolarMember } }
        @{ Name = 'the team itself'; Act = { $team | Remove-PolarMember } }
        @{ Name = 'the id of a member alone'; Act = { $member.Id | Remove-PolarMember } }
        @{ Name = 'an object with the same properties'; Act = { [pscustomobject]@{ Id = $member.Id; CustomerId = $team.Id } | Remove-PolarMember } }
        @{ Name = 'a payment method, which has both properties'; Act = { $method | Remove-PolarMember } }
        @{ Name = 'a copy of a payment method'; Act = { $method | Select-Object * | Remove-PolarMember } }
        @{ Name = 'a copy that lacks the customer'; Act = { $member | Select-Object Id | Remove-PolarMember } }
        @{ Name = '-MemberId $null'; Act = { Remove-PolarMember -CustomerId $team -MemberId $null } }
        @{ Name = '-CustomerId $null'; Act = { Remove-PolarMember -CustomerId $null -MemberId $member } }
        @{ Name = '-CustomerId with a member'; Act = { Remove-PolarMember -CustomerId $member -MemberId $member } }
        @{ Name = '-MemberId with a customer'; Act = { Remove-PolarMember -CustomerId $team -MemberId $team } }
        @{ Name = '-ExternalMemberId with a slash'; Act = { Remove-PolarMember -ExternalCustomerId $team.ExternalId -ExternalMemberId 'm/1' } }
        @{ Name = '-ExternalCustomerId with a slash'; Act = { Remove-PolarMember -ExternalCustomerId 'a/members' -ExternalMemberId 'm-1' } }
        @{ Name = 'an empty -ExternalMemberId, which would leave the list'; Act = { Remove-PolarMember -ExternalCustomerId $team.ExternalId -ExternalMemberId '' } }
        @{ Name = 'ids of both kinds'; Act = { Remove-PolarMember -CustomerId $team -ExternalMemberId 'm-1' } }
    ) {
        $nothing = $null
        $method = Get-PolarPaymentMethod -ExternalCustomerId crew-1001
        Clear-HostRequest $testHost
        $ConfirmPreference = 'None'
        $problems = Get-TestError $Act
        $problems.Count | Should -BeGreaterThan 0
        "$($problems[0].FullyQualifiedErrorId)" | Should -Match '^(ParameterArgument|PolarInvalidArgument|AmbiguousParameterSet)'
        @(Get-HostRequest $testHost).Count | Should -Be 0
        (Get-PolarMember $team).Count | Should -Be 3
    }

    It 'sends nothing that changes anything with -WhatIf' {
        Get-PolarMember $team | Remove-PolarMember -WhatIf
        Remove-PolarMember -ExternalCustomerId $team.ExternalId -ExternalMemberId 'm-1' -WhatIf
        (Get-Write).Count | Should -Be 0
    }
}
