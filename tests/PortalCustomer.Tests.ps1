# What customers see and change of themselves: data, session, email address, wallets; and what anyone may know of sellers.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:shop = Start-PolarEmulator -Name shop -Seed 7
    New-PolarCustomerSession -ExternalCustomerId crew-1002 -ReturnUrl https://shop.example/ | Connect-Polar
    $script:member = Get-PolarPortalUser

    function Clear-Sent { $shop | Set-PolarEmulator -ClearRequest -Confirm:$false }

    function Get-Sent { @($shop.Requests | ForEach-Object { "$($_.Method) $($_.Path)$(if ($_.Body) { " $($_.Body)" })" }) }

    function Get-Change { @($shop.Requests | Where-Object Method -NE 'GET') }

    function Connect-Member {
        # As a member of the team with a role.
        param([string] $Role)
        $who = New-PolarMember "$Role$(Get-Random)@vindcharter.example" -ExternalCustomerId fleet-7 -Role $Role
        New-PolarCustomerSession -Member $who | Connect-Polar -Name $Role
    }
}

AfterAll {
    Stop-PolarEmulator -All
    Disconnect-Polar -All -WarningAction Ignore
}

Describe 'Get-PolarPortalSession and Get-PolarPortalUser' {
    It 'say how long it lasts, whose it is, and not the token' {
        $session = Get-PolarPortalSession
        $session.ExpiresAt | Should -BeGreaterThan $shop.Now
        $session.ExpiresAt | Should -BeLessOrEqual $shop.Now.AddHours(1)
        $session.ReturnUrl | Should -Be 'https://shop.example/'
        $session.PSObject.Properties.Name | Should -Not -Contain 'Token'
        $member.Email | Should -Be 'jonas.brandt@kielwasser.example'
        $member.Type | Should -Be 'member'
        $member.Role | Should -Be 'owner'
        $member.CustomerId | Should -Be (Get-PolarCustomer -ExternalId crew-1002).Id
        "$member" | Should -Be $member.Email
    }

    It 'tell a team''s members apart' {
        foreach ($role in 'member', 'billing_manager') {
            Connect-Member $role
            $user = Get-PolarPortalUser -Connection $role
            $user.Role | Should -Be $role
            $user.CustomerId | Should -Be (Get-PolarCustomer -ExternalId fleet-7).Id
            (Get-PolarPortalCustomer -Connection $role).Type | Should -Be 'team'
        }
        Select-PolarConnection Portal
    }
}

Describe 'Get-PolarPortalCustomer' {
    It 'gets the customer as the customer sees it' {
        $me = Get-PolarPortalCustomer
        $seen = Get-PolarCustomer $me.Id
        $me.Email | Should -Be $seen.Email
        "$($me.BillingAddress)" | Should -Be "$($seen.BillingAddress)"
        $me.DefaultPaymentMethodId | Should -Be $seen.DefaultPaymentMethodId
        $me.ExternalId | Should -BeNullOrEmpty -Because 'that is the seller''s'
        $me.Metadata | Should -BeNullOrEmpty
    }

    It 'is a customer for sellers'' cmdlets, and has a name in completion' {
        @(Get-PolarPortalCustomer | Get-PolarOrder).Count | Should -BeGreaterThan 0
        (Get-PolarPortalCustomer | Get-PolarCustomer).ExternalId | Should -Be 'crew-1002'
    }
}

Describe 'Set-PolarPortalCustomer' {
    BeforeEach { Clear-Sent }

    It 'sends <Name>, and nothing else' -ForEach @(
        @{ Name = 'the billing name'; With = @{ BillingName = 'Brandt & Co' }; Body = '{"billing_name":"Brandt & Co"}' }
        @{ Name = 'the tax number'; With = @{ TaxId = 'DE123456789' }; Body = '{"tax_id":"DE123456789"}' }
        @{ Name = 'no tax number'; With = @{ TaxId = $null }; Body = '{"tax_id":null}' }
        @{ Name = 'the tax number of a customer'; With = @{ TaxId = @('DE123456789', 'eu_vat') }; Body = '{"tax_id":"DE123456789"}' }
        @{ Name = 'an address'; With = @{ BillingAddress = [ordered]@{ City = 'Kiel'; Country = 'DE' } }; Body = '{"billing_address":{"city":"Kiel","country":"DE"}}' }
    ) {
        $me = Set-PolarPortalCustomer @With
        $me | Should -BeOfType 'PolarPS.Client.Models.Customer'
        $change = Get-Change
        "$($change.Method) $($change.Path)" | Should -Be 'PATCH /v1/customer-portal/customers/me'
        $change.Body | Should -Be $Body
        Get-Sent | Should -HaveCount 1 -Because 'nothing is read where nobody is asked'
    }

    It 'sends no null for <_>, which cannot be removed' -ForEach 'BillingName', 'BillingAddress', 'DefaultPaymentMethodId' {
        $with = @{ $_ = $null }
        { Set-PolarPortalCustomer @with } | Should -Throw
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'changes nothing without a change' {
        (Get-TestError { Set-PolarPortalCustomer })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'charges another payment method from now on, and says so' {
        $card = (New-PolarPortalPaymentMethod ctoken_1 https://shop.example/).PaymentMethod
        (Set-PolarPortalCustomer -DefaultPaymentMethodId $card).DefaultPaymentMethodId | Should -Be $card.Id
        (Get-PolarCustomer -ExternalId crew-1002 | Get-PolarPaymentMethod | Where-Object IsDefault).Id | Should -Be $card.Id
        $said = (Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar
Set-PolarPortalCustomer -DefaultPaymentMethodId (Get-PolarPortalPaymentMethod) -BillingName X -WhatIf
'@) -join ' ' -replace '\s+', ' '
        $said | Should -BeLike '*Set BillingName to ''X''; Charge ''mastercard 4444'' from now on, and what is overdue at once*customer ''jonas.brandt@kielwasser.example'' (*in Portal (Emulator)*'
    }

    It 'pays at once what is overdue' {
        New-PolarCustomerSession -ExternalCustomerId crew-1006 | Connect-Polar -Name late
        try {
            $subscription = Get-PolarCustomer -ExternalId crew-1006 | Get-PolarSubscription -Status past_due
            $subscription | Should -Not -BeNullOrEmpty
            $card = (New-PolarPortalPaymentMethod ctoken_good https://shop.example/).PaymentMethod
            $null = Set-PolarPortalCustomer -DefaultPaymentMethodId $card
            (Get-PolarSubscription $subscription.Id).Status | Should -Be 'active'
        }
        finally { Select-PolarConnection Portal }
    }

    It 'takes no payment method of others, and no other object: <Name>' -ForEach @(
        @{ Name = 'a customer'; Value = { Get-PolarCustomer -First 1 }; Says = '*Expected a payment method*' }
        @{ Name = 'a name'; Value = { 'visa 4242' }; Says = '*is not the id of a payment method*' }
    ) {
        $value = & $Value
        Clear-Sent
        (Get-TestError { Set-PolarPortalCustomer -DefaultPaymentMethodId $value })[0].Exception.Message | Should -BeLike $Says
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'names the parameter that Polar refuses: <Name>' -ForEach @(
        @{ Name = 'a tax number'; With = @{ TaxId = 'nonsense' }; Says = '*-TaxId:*' }
        @{ Name = 'a card of another customer'; With = @{ DefaultPaymentMethodId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }; Says = '*-DefaultPaymentMethodId:*' }
    ) {
        $problem = (Get-TestError { Set-PolarPortalCustomer @With })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$problem" | Should -BeLike $Says
    }

    It 'sends nothing with -WhatIf' {
        Set-PolarPortalCustomer -BillingName Never -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is not sent twice where it may charge' {
        $card = Get-PolarPortalPaymentMethod -First 1
        $shop | Set-PolarEmulator -Fault @{ Method = 'PATCH'; Path = '/v1/customer-portal/customers/me'; Status = 502; Times = 1 }
        Clear-Sent
        (Get-TestError { Set-PolarPortalCustomer -DefaultPaymentMethodId $card })[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
        @(Get-Change).Count | Should -Be 1
        $shop | Set-PolarEmulator -ClearFault
    }

    It 'is for those who manage the billing of a team' {
        Connect-Member member
        try {
            $problem = (Get-TestError { Set-PolarPortalCustomer -BillingName Never })[0]
            $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
            Connect-Member billing_manager
            (Set-PolarPortalCustomer -BillingName 'Vind AB').BillingName | Should -Be 'Vind AB'
        }
        finally { Select-PolarConnection Portal }
    }
}

Describe 'An email update' {
    BeforeAll {
        New-PolarCustomerSession -ExternalCustomerId crew-1005 | Connect-Polar -Name tom
        function Request-Update {
            param([string] $Email)
            Request-PolarPortalEmailUpdate $Email
            $shop.Mails[-1].Token
        }
    }
    BeforeEach { Select-PolarConnection tom; Clear-Sent }
    AfterAll { Select-PolarConnection Portal }

    It 'is asked for, confirmed, and goes on with a new session' {
        Request-PolarPortalEmailUpdate first@new.example | Should -BeNullOrEmpty
        ($shop.Mails[-1].To, $shop.Mails[-1].Kind) | Should -Be 'first@new.example', 'email_update'
        Get-Sent | Should -Be 'POST /v1/customer-portal/customers/me/email-update/request {"email":"first@new.example"}'
        (Get-PolarPortalCustomer).Email | Should -Not -Be 'first@new.example' -Because 'it is not confirmed yet'
        $token = $shop.Mails[-1].Token
        Test-PolarPortalEmailUpdate $token | Should -BeTrue
        $confirmed = Confirm-PolarPortalEmailUpdate (ConvertTo-TestToken $token)
        $confirmed.Token | Should -BeLike 'polar_cst_*'
        $confirmed | Connect-Polar -Name again
        (Get-PolarPortalCustomer -Connection again).Email | Should -Be 'first@new.example'
        (Get-PolarCustomer -ExternalId crew-1005).Email | Should -Be 'first@new.example'
        Test-PolarPortalEmailUpdate $token | Should -BeFalse -Because 'it works once'
    }

    It 'has one token at a time, for 30 minutes' {
        $old = Request-Update second@new.example
        $new = Request-Update third@new.example
        Test-PolarPortalEmailUpdate $old | Should -BeFalse
        Test-PolarPortalEmailUpdate $new | Should -BeTrue
        $shop | Set-PolarEmulator -Advance 0:31:00
        Test-PolarPortalEmailUpdate $new | Should -BeFalse
        (Get-TestError { Confirm-PolarPortalEmailUpdate $new })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
    }

    It 'is refused with an unknown token, and says how to get another' {
        $problem = (Get-TestError { Confirm-PolarPortalEmailUpdate 'polar_cev_nonsense12345' })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$problem" | Should -BeLike '*unknown, expired or was already used*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike 'Request-PolarPortalEmailUpdate sends another*'
        "$($problem | Format-List * -Force | Out-String)" | Should -Not -Match 'nonsense12345'
    }

    It 'is refused for <Name>' -ForEach @(
        @{ Name = 'the present address'; Email = { (Get-PolarPortalCustomer).Email }; Id = 'PolarAlreadyExists' }
        @{ Name = 'no address'; Email = { 'nobody' }; Id = 'PolarInvalidRequest' }
    ) {
        $email = & $Email
        $problem = (Get-TestError { Request-PolarPortalEmailUpdate $email })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$problem" | Should -BeLike '*-Email:*'
    }

    It 'tells of another customer with the address only who can read its mails' {
        $taken = Request-Update astrid.lund@solveig.example
        $problem = (Get-TestError { Confirm-PolarPortalEmailUpdate $taken })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$problem" | Should -BeLike '*-Token: Another customer has this address*'
    }

    It 'is refused for a team, and where the shop does not want it' {
        New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner) | Connect-Polar -Name team
        (Get-TestError { Request-PolarPortalEmailUpdate other@vindcharter.example })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        Select-PolarConnection tom
        $null = Get-PolarOrganization | Set-PolarOrganization -CustomerPortalSettings @{ Customer = @{ AllowEmailChange = $false } }
        try { (Get-TestError { Request-PolarPortalEmailUpdate fourth@new.example })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*' }
        finally { $null = Get-PolarOrganization | Set-PolarOrganization -CustomerPortalSettings @{ Customer = @{ AllowEmailChange = $true } } }
    }

    It 'is asked for, and sent once' {
        Request-PolarPortalEmailUpdate never@new.example -WhatIf
        Confirm-PolarPortalEmailUpdate never -WhatIf
        Get-Change | Should -BeNullOrEmpty
        $shop | Set-PolarEmulator -Fault @{ Method = 'POST'; Path = '/v1/customer-portal/customers/me/email-update/request'; Status = 502; Times = 1 }
        (Get-TestError { Request-PolarPortalEmailUpdate once@new.example })[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
        @(Get-Change).Count | Should -Be 1
        $shop | Set-PolarEmulator -ClearFault
    }

    It 'keeps its tokens to itself' {
        $token = Request-Update secret@new.example
        $piece = $token.Substring(14)
        # The parameter would ask before PowerShell 7.5.
        $DebugPreference = 'Continue'
        $said = @(Test-PolarPortalEmailUpdate $token -Verbose *>&1; Confirm-PolarPortalEmailUpdate $token -WhatIf -Verbose *>&1; ($confirmed = Confirm-PolarPortalEmailUpdate $token -Verbose) *>&1) | Out-String -Width 4096
        $said | Should -Match 'email-update/check'
        $said | Should -Not -Match $piece
        $said | Should -Not -Match $confirmed.Token.Substring(14)
        $confirmed, ($confirmed | Format-List) | Out-String | Should -Not -Match $confirmed.Token.Substring(14)
        "$confirmed" | Should -Not -Match $confirmed.Token.Substring(14)
        (Get-Command Confirm-PolarPortalEmailUpdate).Parameters['Token'].ParameterType | Should -Be ([securestring])
    }
}

Describe 'Get-PolarPortalWallet' {
    It 'lists them and gets one, with money in major units' {
        $wallet = Get-PolarPortalWallet
        $wallet.Balance | Should -Be 5000
        $wallet.Total | Should -Be 50
        "$wallet" | Should -Be '$50.00'
        ($wallet | Get-PolarPortalWallet).Id | Should -Be $wallet.Id
        (Get-PolarPortalWallet $wallet.Id).Id | Should -Be $wallet.Id
        Clear-Sent
        $null = Get-PolarPortalWallet -Sort -Balance -First 1
        @($shop.Requests)[0].Query | Should -BeLike '*sorting=-balance*'
        @(Get-PolarPortalWallet -IncludeTotalCount)[0] | Should -Be 1
    }

    It 'gets no one else''s, and goes on' {
        $wallet = Get-PolarPortalWallet
        $found = Get-PolarPortalWallet 8cabdca5-cf97-4f4e-851c-fddffa691a55, $wallet.Id -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Id | Should -Be $wallet.Id
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'is not for members without a role' {
        Connect-Member member
        try { (Get-TestError { Get-PolarPortalWallet })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*' } finally { Select-PolarConnection Portal }
    }
}

Describe 'Get-PolarPortalOrganization' {
    It 'shows sellers with what they sell' {
        $data = Get-PolarPortalOrganization northwind
        $data.Organization.Name | Should -Be 'Northwind'
        $data.Organization.CustomerPortalSettings.Customer.AllowEmailChange | Should -BeTrue
        $data.Products.Count | Should -BeGreaterThan 3
        $data.Products | Should -BeOfType 'PolarPS.Client.Models.Product'
        $data.Products.Name | Should -Not -Contain (Get-PolarProduct -IsArchived -First 1).Name
        (Get-PolarOrganization | Get-PolarPortalOrganization).Organization.Slug | Should -Be 'northwind'
    }

    It 'goes on after one that is not there' {
        $found = Get-PolarPortalOrganization nobody, northwind -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Organization.Slug | Should -Be 'northwind'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        "$($problem[0])" | Should -BeLike '*no organization with the slug ''nobody''*'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike 'Check the slug*'
    }

    It 'makes no other address of a slug' {
        Clear-Sent
        $null = Get-TestError { Get-PolarPortalOrganization 'a/../../products', 'a?b=c' }
        $shop.Requests.Path | Should -Not -Contain '/v1/customer-portal/products'
        foreach ($path in $shop.Requests.Path) { $path | Should -BeLike '/v1/customer-portal/organizations/*' }
    }
}
