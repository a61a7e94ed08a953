BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:shop = Start-PolarEmulator -Name shop -Seed 7
    $script:owner = Get-PolarMember -ExternalCustomerId fleet-7 -Role owner
    New-PolarCustomerSession -Member $owner | Connect-Polar

    function Clear-Sent { $shop | Set-PolarEmulator -ClearRequest -Confirm:$false }

    function Get-Change { @($shop.Requests | Where-Object Method -NE 'GET') }

    function New-Somebody { param([string] $Role = 'member') New-PolarPortalMember "m$(Get-Random)@vindcharter.example" -Role $Role }

    function Connect-As {
        param($Member)
        New-PolarCustomerSession (Get-PolarCustomer -ExternalId fleet-7).Id -MemberId $Member.Id | Connect-Polar -Name other
    }
}

AfterAll {
    Stop-PolarEmulator -All
    Disconnect-Polar -All -WarningAction Ignore
}

Describe 'Get-PolarPortalMember' {
    It 'lists the team' {
        $members = Get-PolarPortalMember
        ($members.Email | Sort-Object) | Should -Be (@(Get-PolarMember -ExternalCustomerId fleet-7).Email | Sort-Object)
        $members | Should -BeOfType 'PolarPS.Client.Models.Member'
        @(Get-PolarPortalMember -First 1).Count | Should -Be 1
        @(Get-PolarPortalMember -IncludeTotalCount)[0] | Should -Be $members.Count
    }

    It 'is for a team''s managers: <Name>' -ForEach @(
        @{ Name = 'a mere member'; Who = { New-PolarCustomerSession (Get-PolarCustomer -ExternalId fleet-7).Id -MemberId (New-Somebody).Id } }
        @{ Name = 'an individual'; Who = { New-PolarCustomerSession -ExternalCustomerId crew-1001 } }
    ) {
        & $Who | Connect-Polar -Name other
        try {
            foreach ($act in { Get-PolarPortalMember }, { New-PolarPortalMember never@new.example }, { Set-PolarPortalMember $owner.Id -Name Never }, { Remove-PolarPortalMember $owner.Id -Force }) {
                (Get-TestError $act)[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
            }
        }
        finally { Select-PolarConnection Portal }
    }
}

Describe 'New-PolarPortalMember' {
    BeforeEach { Clear-Sent }

    It 'adds a member' {
        $member = New-PolarPortalMember lea@vindcharter.example Lea -Role billing_manager
        ($member.Email, $member.Name, $member.Role) | Should -Be 'lea@vindcharter.example', 'Lea', 'billing_manager'
        (Get-Change).Body | Should -Be '{"email":"lea@vindcharter.example","name":"Lea","role":"billing_manager"}'
        (New-PolarPortalMember bo@vindcharter.example).Role | Should -Be 'member'
        @(Get-Change)[1].Body | Should -Be '{"email":"bo@vindcharter.example"}'
    }

    It 'reads a CSV file, and goes on after a row that fails' {
        $file = Join-Path $TestDrive 'crew.csv'
        Set-Content $file @'
Email,Name,Role
one@vindcharter.example,One,
nobody,,
two@vindcharter.example,,billing_manager
three@vindcharter.example,,owner
'@
        $added = Import-Csv $file | New-PolarPortalMember -ErrorVariable problem -ErrorAction SilentlyContinue
        $added.Email | Should -Be 'one@vindcharter.example', 'two@vindcharter.example'
        $added.Role | Should -Be 'member', 'billing_manager'
        @($problem.TargetObject) | Should -Be 'nobody', 'three@vindcharter.example'
        "$($problem[1])" | Should -BeLike '*-Role:*one owner*'
    }

    It 'leaves a member that there is as it is' {
        $member = New-PolarPortalMember again@vindcharter.example Again
        (New-PolarPortalMember AGAIN@vindcharter.example Other).Id | Should -Be $member.Id
        @(Get-PolarPortalMember | Where-Object Id -EQ $member.Id).Name | Should -Be 'Again'
    }

    It 'offers the roles of new members' { (Get-Completion 'New-PolarPortalMember a@b.example -Role ').CompletionText | Sort-Object | Should -Be 'billing_manager', 'member' }

    It 'is never sent twice, and not with -WhatIf' {
        New-PolarPortalMember never@vindcharter.example -WhatIf
        Get-Change | Should -BeNullOrEmpty
        $shop | Set-PolarEmulator -Fault @{ Method = 'POST'; Path = '/v1/customer-portal/members'; Status = 502; Times = 1 }
        (Get-TestError { New-PolarPortalMember once@vindcharter.example })[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
        @(Get-Change).Count | Should -Be 1
        $shop | Set-PolarEmulator -ClearFault
    }
}

Describe 'Set-PolarPortalMember' {
    It 'changes what is given, and nothing else' {
        $member = New-Somebody
        Clear-Sent
        ($member | Set-PolarPortalMember -Name Named).Name | Should -Be 'Named'
        (Get-Change).Body | Should -Be '{"name":"Named"}'
        "$((Get-Change).Method) $((Get-Change).Path)" | Should -Be "PATCH /v1/customer-portal/members/$($member.Id)"
        $changed = Set-PolarPortalMember $member.Id -Role BILLING_manager
        ($changed.Name, $changed.Role) | Should -Be 'Named', 'billing_manager'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'no change'; Script = { New-Somebody | Set-PolarPortalMember }; Id = 'PolarNothingToChange' }
        @{ Name = 'one''s own role'; Script = { Set-PolarPortalMember $owner.Id -Role member }; Id = 'PolarInvalidRequest' }
        @{ Name = 'a member that is not there'; Script = { Set-PolarPortalMember 8cabdca5-cf97-4f4e-851c-fddffa691a55 -Name X }; Id = 'PolarNotFound' }
        @{ Name = 'the owner''s place, to a billing manager'; Script = { Connect-As (New-Somebody billing_manager); $one = New-Somebody; $one | Set-PolarPortalMember -Role owner }; Id = 'PolarInvalidRequest' }
    ) {
        try { (Get-TestError $Script)[0].FullyQualifiedErrorId | Should -BeLike "$Id,*" } finally { Select-PolarConnection Portal }
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'a customer'; Value = { Get-PolarPortalCustomer } }
        @{ Name = 'a name'; Value = { 'maja@vindcharter.example' } }
        @{ Name = '$null'; Value = { $null } }
    ) {
        $piped = & $Value
        Clear-Sent
        (Get-TestError { , $piped | Set-PolarPortalMember -Name X }).Count | Should -BeGreaterThan 0
        @($shop.Requests).Count | Should -Be 0
    }

    It 'hands the team over, and says so before' {
        $other = Start-PolarEmulator -Name over -Seed 7
        try {
            New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner -Connection over) -Connection over | Connect-Polar -Name over2
            $heir = Get-PolarPortalMember | Where-Object Role -EQ member | Select-Object -First 1
            ($heir | Set-PolarPortalMember -Role owner).Role | Should -Be 'owner'
            (Get-PolarPortalUser).Role | Should -Be 'billing_manager'
        }
        finally { $other | Stop-PolarEmulator; Select-PolarConnection shop; Select-PolarConnection Portal }
        $said = (Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner) | Connect-Polar
Get-PolarPortalMember | Where-Object Email -Like olle* | Set-PolarPortalMember -Role owner -Name Olle -WhatIf
Get-PolarPortalMember | Where-Object Email -Like olle* | Remove-PolarPortalMember -WhatIf
'@) -join ' ' -replace '\s+', ' '
        $said | Should -BeLike '*Set Name to ''Olle''; Make this member the owner of the team, and the present owner a billing manager*member ''olle@vindcharter.example'' (*in Portal (Emulator)*Remove from the team, with seats and benefits*member ''olle@*'
    }
}

Describe 'Remove-PolarPortalMember' {
    It 'removes members: <Name>' -ForEach @(
        @{ Name = 'from the pipeline'; Script = { param($member) $member | Remove-PolarPortalMember -Confirm:$false } }
        @{ Name = 'by id'; Script = { param($member) Remove-PolarPortalMember $member.Id -Force } }
        @{ Name = 'a copy'; Script = { param($member) $member | Select-Object Id, Email | Remove-PolarPortalMember -Force } }
        @{ Name = 'as a billing manager'; Script = { param($member) Connect-As (New-Somebody billing_manager); $member | Remove-PolarPortalMember -Force } }
    ) {
        $member = New-Somebody
        try {
            & $Script $member | Should -BeNullOrEmpty
            (Get-PolarPortalMember).Id | Should -Not -Contain $member.Id
        }
        finally { Select-PolarConnection Portal }
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'oneself'; Script = { Remove-PolarPortalMember $owner.Id -Force }; Id = 'PolarInvalidRequest' }
        @{ Name = 'the owner'; Script = { Connect-As (New-Somebody billing_manager); Remove-PolarPortalMember $owner.Id -Force }; Id = 'PolarInvalidRequest' }
        @{ Name = 'a member that is not there'; Script = { Remove-PolarPortalMember 8cabdca5-cf97-4f4e-851c-fddffa691a55 -Force }; Id = 'PolarNotFound' }
    ) {
        try { (Get-TestError $Script)[0].FullyQualifiedErrorId | Should -BeLike "$Id,*" } finally { Select-PolarConnection Portal }
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'a seat of the member'; Value = { Get-PolarSubscription -Status active | Where-Object Seats | Get-PolarSeat | Select-Object -First 1 } }
        @{ Name = 'an email address'; Value = { 'maja@vindcharter.example' } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an empty string'; Value = { '' } }
    ) {
        $piped = & $Value
        Clear-Sent
        (Get-TestError { , $piped | Remove-PolarPortalMember -Confirm:$false }).Count | Should -BeGreaterThan 0
        @($shop.Requests).Count | Should -Be 0
    }
}
