BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:shop = Start-PolarEmulator -Name shop -Seed 7
    New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar

    function Clear-Sent { $shop | Set-PolarEmulator -ClearRequest -Confirm:$false }

    function Get-Change { @($shop.Requests | Where-Object Method -NE 'GET') }

    function New-Card { param([string] $Token = 'ctoken_1') New-PolarPortalPaymentMethod $Token https://shop.example/ }
}

AfterAll {
    Stop-PolarEmulator -All
    Disconnect-Polar -All -WarningAction Ignore
}

Describe 'Get-PolarPortalPaymentMethod' {
    It 'lists the customer''s own, the newest first' {
        $old = Get-PolarPortalPaymentMethod
        "$old" | Should -Be 'mastercard 4444'
        $old.Expires | Should -Match '^\d\d/\d{4}$'
        $shop | Set-PolarEmulator -Advance 0:01:00
        $new = (New-Card).PaymentMethod
        (Get-PolarPortalPaymentMethod).Id | Should -Be $new.Id, $old.Id
        @(Get-PolarPortalPaymentMethod -First 1).Id | Should -Be $new.Id
        @(Get-PolarPortalPaymentMethod -Skip 1).Id | Should -Be $old.Id
        $new | Remove-PolarPortalPaymentMethod -Force
    }

    It 'takes no pipeline' {
        Clear-Sent
        (Get-TestError { Get-PolarCustomer -First 1 | Get-PolarPortalPaymentMethod }).Count | Should -BeGreaterThan 0
        $shop.Requests.Path | Should -Not -Contain '/v1/customer-portal/customers/me/payment-methods'
    }
}

Describe 'New- and Confirm-PolarPortalPaymentMethod' {
    BeforeEach { Clear-Sent }
    AfterEach { Get-PolarPortalPaymentMethod | Where-Object { "$_" -eq 'visa 4242' } | Remove-PolarPortalPaymentMethod -Force }

    It 'save one, and leave the default alone' {
        $before = (Get-PolarPortalCustomer).DefaultPaymentMethodId
        Clear-Sent
        $setup = New-Card
        $setup.Status | Should -Be 'succeeded'
        "$($setup.PaymentMethod)" | Should -Be 'visa 4242'
        $setup.ClientSecret | Should -BeNullOrEmpty
        $body = (Get-Change).Body | ConvertFrom-Json
        $body.return_url | Should -Be 'https://shop.example/'
        $body.set_default | Should -BeFalse
        @($body.PSObject.Properties).Count | Should -Be 3
        (Get-PolarPortalCustomer).DefaultPaymentMethodId | Should -Be $before
    }

    It 'make it the default' {
        $setup = New-PolarPortalPaymentMethod -ConfirmationTokenId ctoken_1 -ReturnUrl https://shop.example/ -SetDefault
        (Get-PolarPortalCustomer).DefaultPaymentMethodId | Should -Be $setup.PaymentMethod.Id
        Set-PolarPortalCustomer -DefaultPaymentMethodId (Get-PolarPortalPaymentMethod | Where-Object { "$_" -eq 'mastercard 4444' }) | Out-Null
    }

    It 'need two steps where the bank asks: <Name>' -ForEach @(
        @{ Name = 'with the object'; Confirm = { param($setup) Confirm-PolarPortalPaymentMethod $setup } }
        @{ Name = 'with a copy of the secret'; Confirm = { param($setup) Confirm-PolarPortalPaymentMethod $setup.ClientSecret } }
        @{ Name = 'with the id'; Confirm = { param($setup) Confirm-PolarPortalPaymentMethod -SetupIntentId ($setup.ClientSecret -split '_secret')[0] } }
    ) {
        $setup = New-Card ctoken_action
        $setup.Status | Should -Be 'requires_action'
        $setup.PaymentMethod | Should -BeNullOrEmpty
        Clear-Sent
        $confirmed = & $Confirm $setup
        $confirmed.Status | Should -Be 'succeeded'
        (Get-PolarPortalPaymentMethod).Id | Should -Contain $confirmed.PaymentMethod.Id
        $body = (Get-Change).Body | ConvertFrom-Json
        $body.setup_intent_id | Should -Not -Match '_secret' -Because 'only the id goes to Polar'
        $body.set_default | Should -BeFalse
    }

    It 'refuse <Name>, before anything is sent' -ForEach @(
        @{ Name = 'one that needs no confirmation'; Value = { New-Card }; Says = '*nothing left to confirm*' }
        @{ Name = 'a payment method'; Value = { (New-Card).PaymentMethod }; Says = '*Expected the id of a setup intent*' }
        @{ Name = 'only the secret part'; Value = { '_secret_x' }; Says = '*is empty*' }
    ) {
        $value = & $Value
        Clear-Sent
        (Get-TestError { Confirm-PolarPortalPaymentMethod $value })[0].Exception.Message | Should -BeLike $Says
        Get-Change | Should -BeNullOrEmpty
    }

    It 'say what Polar refuses: <Name>' -ForEach @(
        @{ Name = 'a declined card'; Script = { New-Card ctoken_fail }; Says = '*PaymentMethodSetupFailed*' }
        @{ Name = 'an unknown attempt'; Script = { Confirm-PolarPortalPaymentMethod seti_unknown }; Says = '*-SetupIntentId:*' }
    ) {
        $problem = (Get-TestError $Script)[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$problem" | Should -BeLike $Says
    }

    It 'are never sent twice' {
        $shop | Set-PolarEmulator -Fault @{ Method = 'POST'; Path = '/v1/customer-portal/customers/me/payment-methods'; Status = 502; Times = 1 }
        (Get-TestError { New-Card })[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
        @(Get-Change).Count | Should -Be 1
        $shop | Set-PolarEmulator -ClearFault
    }

    It 'show no secret, and say with -WhatIf what would happen' {
        $setup = New-Card ctoken_action
        $setup, ($setup | Format-List) | Out-String | Should -Not -Match ([regex]::Escape($setup.ClientSecret))
        "$setup" | Should -Be 'requires_action'
        # The parameter would ask before PowerShell 7.5.
        $DebugPreference = 'Continue'
        $said = @(New-PolarPortalPaymentMethod ctoken_hidden987 https://shop.example/ -SetDefault -WhatIf -Verbose *>&1; New-PolarPortalPaymentMethod ctoken_hidden987_action https://shop.example/ -Verbose *>&1) | Out-String -Width 4096
        $said | Should -Match 'Would send POST'
        $said | Should -Not -Match 'hidden987'
        $said | Should -Not -Match '_secret[^"*]'
    }
}

Describe 'Remove-PolarPortalPaymentMethod' {
    It 'deletes what is piped, given by id, or a copy: <Name>' -ForEach @(
        @{ Name = 'from the pipeline'; Script = { param($card) $card | Remove-PolarPortalPaymentMethod -Confirm:$false } }
        @{ Name = 'by id'; Script = { param($card) Remove-PolarPortalPaymentMethod $card.Id -Force } }
        @{ Name = 'a copy'; Script = { param($card) $card | Select-Object Id, Type | Remove-PolarPortalPaymentMethod -Force } }
    ) {
        $card = (New-Card).PaymentMethod
        Clear-Sent
        & $Script $card | Should -BeNullOrEmpty
        (Get-PolarPortalPaymentMethod).Id | Should -Not -Contain $card.Id
        "$((Get-Change).Method) $((Get-Change).Path)" | Should -Be "DELETE /v1/customer-portal/customers/me/payment-methods/$($card.Id)"
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'a customer'; Value = { Get-PolarPortalCustomer } }
        @{ Name = 'a name'; Value = { 'visa 4242' } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an empty string'; Value = { '' } }
    ) {
        $piped = & $Value
        Clear-Sent
        (Get-TestError { , $piped | Remove-PolarPortalPaymentMethod -Confirm:$false }).Count | Should -BeGreaterThan 0
        @($shop.Requests).Count | Should -Be 0
    }

    It 'names the card, also one that was not seen' {
        $said = (Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$id = (Get-PolarCustomer -ExternalId crew-1002 | Get-PolarPaymentMethod).Id
New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar
Remove-PolarPortalPaymentMethod $id -WhatIf
@(Get-PolarPortalPaymentMethod).Count
'@) -join ' ' -replace '\s+', ' '
        $said | Should -BeLike '*Delete permanently*payment method ''mastercard 4444'' (*in Portal (Emulator)*1'
    }

    It 'refuses what a subscription needs, and goes on' {
        New-PolarCustomerSession -ExternalCustomerId crew-1001 | Connect-Polar -Name astrid
        try {
            Get-PolarPortalPaymentMethod | Remove-PolarPortalPaymentMethod -Force -ErrorVariable problem -ErrorAction SilentlyContinue
            "$($problem[0])" | Should -BeLike '*PaymentMethodInUseByActiveSubscription*'
            Remove-PolarPortalPaymentMethod 8cabdca5-cf97-4f4e-851c-fddffa691a55 -Force -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        }
        finally { Select-PolarConnection Portal }
    }
}
