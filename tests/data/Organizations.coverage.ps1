# Calls for tests/Coverage.Tests.ps1: organizations.
@{
    Arrange = {
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Select-PolarConnection Default
        $script:organization = Get-PolarOrganization -First 1
        $script:settings = @{
            LegalEntity            = @{ Type = 'company'; RegisteredName = 'Coverage Ltd' }
            Details                = @{
                About = 'Charts'; ProductDescription = 'Charts'; IntendedUse = 'Sales'; SellingCategories = @('software'); PricingModels = @('subscription')
                CustomerAcquisition = @('website'); FutureAnnualRevenue = 1; Switching = $true; SwitchingFrom = 'stripe'; PreviousAnnualRevenue = 1
            }
            FeatureSettings        = @{ CheckoutLocalizationEnabled = $true; MemberModelEnabled = $true; OverviewMetrics = @('orders') }
            SubscriptionSettings   = @{ AllowMultipleSubscriptions = $true; AllowCustomerUpdates = $true; ProrationBehavior = 'prorate'; BenefitRevocationGracePeriod = 2; PreventTrialAbuse = $true }
            CustomerEmailSettings  = @{
                OrderConfirmation = $true; SubscriptionCancellation = $true; SubscriptionConfirmation = $true; SubscriptionCycled = $true; SubscriptionCycledAfterTrial = $true
                SubscriptionPastDue = $true; SubscriptionPaused = $true; SubscriptionRenewalReminder = $true; SubscriptionResumed = $true; SubscriptionRevoked = $true
                SubscriptionTrialConversionReminder = $true; SubscriptionUncanceled = $true; SubscriptionUpdated = $true; PaymentMethodExpirationReminder = $true
            }
            CustomerPortalSettings = @{ Usage = @{ Show = $true }; Subscription = @{ UpdateSeats = $true; UpdatePlan = $true; UpdateUnits = $true; Pause = $true }; Customer = @{ AllowEmailChange = $true } }
        }
    }
    Calls   = @{
        'organizations:list'   = { Get-PolarOrganization -Slug northwind -Sort Name }
        'organizations:get'    = { Get-PolarOrganization $organization }
        'organizations:create' = {
            New-PolarOrganization -Name 'Coverage' -Slug 'coverage' -Email a@coverage.example -Website https://coverage.example/ -AvatarUrl https://coverage.example/a.png -Country NO -DefaultPresentmentCurrency usd -DefaultTaxBehavior exclusive -Socials @{ Platform = 'github'; Url = 'https://github.com/coverage' } -Connection user @settings
        }
        'organizations:update' = {
            $given = $settings.Clone()
            $given.Remove('LegalEntity')
            Set-PolarOrganization $organization -Name 'Northwind' -Email a@coverage.example -Website https://coverage.example/ -AvatarUrl https://coverage.example/a.png -Country NO -DefaultPresentmentCurrency usd -DefaultTaxBehavior exclusive -Socials @{ Platform = 'github'; Url = 'https://github.com/coverage' } -DisputeSettings @{ AutoAcceptBelowAmount = 500 } -EmbedHosts northwind.example -SsoEnforced:$false @given -ErrorAction SilentlyContinue
            # Conceding disputes by itself is not enabled here; without it the change is made.
            Set-PolarOrganization $organization -Name 'Northwind'
        }
    }
    Except  = @{}
}
