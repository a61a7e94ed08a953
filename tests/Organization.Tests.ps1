BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    $script:organization = Get-PolarOrganization -First 1
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarOrganization' {
    It 'finds one by slug, and by what belongs to it' {
        (Get-PolarOrganization -Slug $organization.Slug).Id | Should -Be $organization.Id
        Get-PolarOrganization -Slug 'no-such-shop' | Should -BeNullOrEmpty
        (Get-PolarProduct -First 1 | Get-PolarOrganization).Id | Should -Be $organization.Id
    }
}

Describe 'Set-PolarOrganization' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'changes a setting and leaves its neighbours alone' {
        $before = (Get-PolarOrganization $organization.Id).CustomerEmailSettings
        $after = ($organization | Set-PolarOrganization -CustomerEmailSettings @{ SubscriptionCycled = -not $before.SubscriptionCycled }).CustomerEmailSettings
        $after.SubscriptionCycled | Should -Be (-not $before.SubscriptionCycled)
        foreach ($property in $before.PSObject.Properties | Where-Object Name -NE 'SubscriptionCycled') {
            $after.$($property.Name) | Should -Be $property.Value -Because $property.Name
        }
    }

    It 'changes a setting within a setting' {
        $before = (Get-PolarOrganization $organization.Id).CustomerPortalSettings
        $after = ($organization | Set-PolarOrganization -CustomerPortalSettings @{ Subscription = @{ UpdatePlan = -not $before.Subscription.UpdatePlan } }).CustomerPortalSettings
        $after.Subscription.UpdatePlan | Should -Be (-not $before.Subscription.UpdatePlan)
        $after.Subscription.UpdateSeats | Should -Be $before.Subscription.UpdateSeats
        $after.Usage.Show | Should -Be $before.Usage.Show
    }

    It 'takes an edited object back' {
        $settings = (Get-PolarOrganization $organization.Id).SubscriptionSettings
        $settings.PreventTrialAbuse = -not $settings.PreventTrialAbuse
        ($organization | Set-PolarOrganization -SubscriptionSettings $settings).SubscriptionSettings.PreventTrialAbuse | Should -Be $settings.PreventTrialAbuse
    }

    It 'sends $null for $null within a setting' {
        $null = $organization | Set-PolarOrganization -DisputeSettings @{ AutoAcceptBelowAmount = $null } -WhatIf:$false
        @(Get-HostRequest $testHost)[-1].body | Should -Be '{"dispute_settings":{"auto_accept_below_amount":null}}'
    }

    It 'names the settings there are when one is misspelt' {
        Get-TestError { $organization | Set-PolarOrganization -SubscriptionSettings @{ Nonsense = 1 } } |
            Should -BeLike '*no setting ''Nonsense''*PreventTrialAbuse*'
        Get-TestError { $organization | Set-PolarOrganization -SubscriptionSettings @{ PreventTrialAbuse = 'perhaps' } } |
            Should -BeLike '*is not valid for PreventTrialAbuse*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'sends nothing at all with -WhatIf, not even to read' {
        $organization | Set-PolarOrganization -SubscriptionSettings @{ PreventTrialAbuse = $true } -Website $null -WhatIf
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'does not take a product for its organization' {
        $product = Get-PolarProduct -First 1
        Clear-HostRequest $testHost
        $problem = Get-TestError { $product | Set-PolarOrganization -Name 'Other' }
        $problem[0].Exception.Message | Should -BeLike '*Expected an organization, but this is a product*' -Because 'a change of the shop must not come from a product'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'New-PolarOrganization' {
    It 'makes one with a user''s token' {
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        try {
            $made = New-PolarOrganization -Name 'Second shop' -Slug 'second-shop' -LegalEntity @{ Type = 'company'; RegisteredName = 'Second Ltd' } -Connection user
            $made.Slug | Should -Be 'second-shop'
            (Get-PolarOrganization -Connection user).Slug | Should -Contain 'second-shop'
        }
        finally { Disconnect-Polar -Connection user; Select-PolarConnection Default }
    }

    It 'says that an organization''s token cannot' {
        $problem = Get-TestError { New-PolarOrganization -Name 'Third shop' -Slug 'third-shop' -Connection Default }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarUnauthorized,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*another kind of token*'
    }
}
