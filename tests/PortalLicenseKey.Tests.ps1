# A customer's own license keys, and what an application does with its key without any token.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:shop = Start-PolarEmulator -Name keys -Seed 7
    Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1002) -Name jonas
    $script:jonas = Get-PolarCustomer -ExternalId crew-1002
    $script:nowhere = '00000000-0000-4000-8000-000000000000'
    $script:key = Get-PolarPortalLicenseKey -First 1
    $null = Set-PolarLicenseKey $key -LimitActivations 50
    $script:seller = $key.OrganizationId

    function Clear-Request { Set-PolarEmulator keys -ClearRequest -Confirm:$false }
    function Get-Request { @($shop.Requests) }
    function Get-Write { @($shop.Requests | Where-Object Method -NE 'GET') }
}

AfterAll {
    Stop-PolarEmulator -All
    Disconnect-Polar -All
}

Describe 'Get-PolarPortalLicenseKey' {
    BeforeEach { Clear-Request }

    It 'lists the customer''s own, and filters by a benefit' {
        @(Get-PolarPortalLicenseKey).Id | Should -Be @(Get-PolarLicenseKey | Where-Object CustomerId -EQ $jonas.Id).Id
        (Get-PolarPortalLicenseKey -BenefitId $key.BenefitId).Id | Should -Contain $key.Id
        (Get-PolarBenefit $key.BenefitId | Get-PolarPortalLicenseKey).Id | Should -Contain $key.Id
        Get-PolarPortalLicenseKey -BenefitId $nowhere | Should -BeNullOrEmpty
        # Polar takes one.
        { Get-PolarPortalLicenseKey -BenefitId $nowhere, $key.BenefitId } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'gets one with its activations, and not that of another' {
        $null = $key | New-PolarLicenseKeyActivation -Label Seen
        (Get-PolarPortalLicenseKey $key.Id).Activations.Label | Should -Contain 'Seen'
        $foreign = (Get-PolarLicenseKey | Where-Object CustomerId -NE $jonas.Id | Select-Object -First 1).Id
        $problem = (Get-TestError { Get-PolarPortalLicenseKey $foreign })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem.TargetObject | Should -Be $foreign
    }

    It 'shows the end of a key only' {
        $shown = ($key | Out-String -Width 200) + ($key | Format-List | Out-String) + "$key"
        $shown | Should -BeLike "*$($key.DisplayKey)*"
        $shown | Should -Not -BeLike "*$($key.Key)*"
    }
}

Describe 'Reset-PolarPortalLicenseKey' {
    BeforeEach { Clear-Request }

    It 'replaces the text, which alone works from then on' {
        $key | Reset-PolarPortalLicenseKey -WhatIf
        Get-Write | Should -BeNullOrEmpty
        $old = $key.Key
        $new = $key | Reset-PolarPortalLicenseKey -Confirm:$false
        $new.Id | Should -Be $key.Id
        $new.Key | Should -Not -Be $old
        Test-PolarPortalLicenseKey $old -OrganizationId $seller | Should -BeFalse
        Test-PolarPortalLicenseKey $new -OrganizationId $seller | Should -BeTrue
        $script:key = $new
    }

    It 'says why a key cannot be rotated, with what customers have' {
        Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1006) -Name revoked
        try {
            $problem = (Get-TestError { Get-PolarPortalLicenseKey -Connection revoked | Reset-PolarPortalLicenseKey -Confirm:$false -Connection revoked })[0]
            $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike 'Get-PolarPortalLicenseKey -Id *'
        }
        finally { Disconnect-Polar revoked; Select-PolarConnection jonas }
    }
}

Describe 'Test-PolarPortalLicenseKey' {
    BeforeEach { Clear-Request }

    It 'says true of a good key, given as <Name>' -ForEach @(
        @{ Name = 'text'; Test = { Test-PolarPortalLicenseKey $key.Key -OrganizationId $seller } }
        @{ Name = 'a text from a vault'; Test = { ConvertTo-TestToken $key.Key | Test-PolarPortalLicenseKey -OrganizationId $seller } }
        @{ Name = 'an object, which knows its seller'; Test = { $key | Test-PolarPortalLicenseKey } }
        @{ Name = 'a row'; Test = { $key | Select-Object Key, OrganizationId | Test-PolarPortalLicenseKey } }
    ) {
        $answer = & $Test
        $answer | Should -BeOfType [bool]
        $answer | Should -BeTrue
        $request = @(Get-Request)[-1]
        $request.Path | Should -Be '/v1/customer-portal/license-keys/validate'
        $request.Headers.Keys | Should -Not -Contain 'Authorization'
    }

    It 'says false, with the reason, of <Name>' -ForEach @(
        @{ Name = 'a key that nobody has'; Arguments = { @{ Key = 'PLOT-0000'; OrganizationId = $seller } } }
        @{ Name = 'the key of another seller'; Arguments = { @{ Key = $key.Key; OrganizationId = $nowhere } } }
        @{ Name = 'the key of another benefit'; Arguments = { @{ Key = $key; BenefitId = $nowhere } } }
        @{ Name = 'the key of another customer'; Arguments = { @{ Key = $key; CustomerId = $nowhere } } }
        @{ Name = 'more than is left'; Arguments = { @{ Key = $key; IncrementUsage = 100000 } } }
    ) {
        $with = & $Arguments
        $said = Test-PolarPortalLicenseKey @with -Detailed
        $said.IsValid | Should -BeFalse
        $said.Reason | Should -Not -BeNullOrEmpty
    }

    It 'needs to know whose key it is' {
        $problem = (Get-TestError { Test-PolarPortalLicenseKey $key.Key })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        "$problem" | Should -BeLike '*-OrganizationId*'
        Get-Request | Should -BeNullOrEmpty
    }

    It 'asks before it uses something up' {
        Test-PolarPortalLicenseKey $key -IncrementUsage 5 -WhatIf | Should -BeNullOrEmpty
        Get-Request | Should -BeNullOrEmpty
        (Test-PolarPortalLicenseKey $key -IncrementUsage 5 -Detailed).LicenseKey.Usage | Should -Be ($key.Usage + 5)
    }

    It 'works where no connection was ever made' {
        $lines = Invoke-NewSession "
            `$env:POLAR_ENVIRONMENT = 'Emulator'
            Test-PolarPortalLicenseKey 'PLOT-0000' -OrganizationId $nowhere -Detailed | ForEach-Object { `"`$(`$_.IsValid) `$(`$_.Reason)`" }
            Remove-Item Env:POLAR_ENVIRONMENT"
        $lines.Ended | Should -BeNullOrEmpty
        $lines.Written | Should -BeNullOrEmpty
        "$($lines.Output)" | Should -BeLike 'False ?*'
    }

    It 'works over a seller''s connection, whose token it does not send' {
        Test-PolarPortalLicenseKey $key -Connection keys | Should -BeTrue
        @(Get-Request)[-1].Headers.Keys | Should -Not -Contain 'Authorization'
    }
}

Describe 'Activations without a token' {
    BeforeEach { Clear-Request }

    It 'activates, tests and deactivates' {
        $on = @{ Conditions = @{ major = 4 } }
        $device = $key | New-PolarPortalLicenseKeyActivation -Label Bridge -Metadata @{ berth = 14 } @on
        $device.Label | Should -Be 'Bridge'
        $device.Meta['berth'] | Should -Be 14
        Test-PolarPortalLicenseKey $key -ActivationId $device @on | Should -BeTrue
        Test-PolarPortalLicenseKey $key -ActivationId $device | Should -BeFalse
        $device | Remove-PolarPortalLicenseKeyActivation -Key $key -Force
        Test-PolarPortalLicenseKey $key -ActivationId $device @on | Should -BeFalse
        @(Get-Request).Headers | ForEach-Object { $_.Keys | Should -Not -Contain 'Authorization' }
    }

    It 'tells which limit is reached' {
        Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1003) -Name claire
        try {
            $other = Get-PolarPortalLicenseKey -First 1 -Connection claire
            $null = Set-PolarLicenseKey $other -LimitActivations 1
            $null = $other | New-PolarPortalLicenseKeyActivation -Label One -Connection claire
            $problem = (Get-TestError { $other | New-PolarPortalLicenseKeyActivation -Label Two -Connection claire })[0]
            $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
            "$problem" | Should -Not -BeLike "*$($other.Key)*"
        }
        finally { Disconnect-Polar claire; Select-PolarConnection jonas }
    }

    It 'deactivates the others when one is not there, and asks unless it is forced' {
        $device = $key | New-PolarPortalLicenseKeyActivation -Label Mast
        $device | Remove-PolarPortalLicenseKeyActivation -Key $key -Force -WhatIf
        $problem = @(Get-TestError { $nowhere, $device.Id | Remove-PolarPortalLicenseKeyActivation -Key $key.Key -OrganizationId $seller -Confirm:$false })
        $problem.Count | Should -Be 1
        $problem[0].TargetObject | Should -Be $nowhere
        (Get-PolarPortalLicenseKey $key).Activations.Id | Should -Not -Contain $device.Id
    }

    It 'shows a key nowhere' {
        $text = & {
            # The parameter would ask before PowerShell 7.5.
            $DebugPreference = 'Continue'
            $with = @{ Key = $key.Key; OrganizationId = $seller; Verbose = $true }
            $device = New-PolarPortalLicenseKeyActivation @with -Label Hidden
            $device
            Remove-PolarPortalLicenseKeyActivation $device.Id @with -WhatIf
            Test-PolarPortalLicenseKey @with -Detailed
        } *>&1 | Out-String -Width 400
        $text | Should -BeLike '*/v1/customer-portal/license-keys/activate*'
        $text | Should -Not -BeLike "*$($key.Key)*"
    }
}
