# Calls for tests/Coverage.Tests.ps1: products, checkout links, organizations, discounts, custom fields and checkouts.
@{
    Arrange = {
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Select-PolarConnection Default
        $script:organization = Get-PolarOrganization -First 1
        $script:harbor = Get-PolarProduct -Query Harbor | Where-Object Name -EQ 'Harbor'
        $script:fleet = Get-PolarProduct -Query Fleet | Where-Object Name -EQ 'Fleet'
        $script:gift = New-PolarProduct -Name 'Gift' -Price (New-PolarPrice -Custom -MinimumAmount 100 -Currency usd)
        $script:packs = New-PolarProduct -Name 'Packs' -Price (New-PolarPrice -UnitTier 300 -Currency usd) -RecurringInterval month
        $script:benefit = @((Get-PolarProduct).Benefits)[0]
        $script:media = @((Get-PolarProduct).Medias)[0]
        $script:meter = @((Get-PolarProduct).Prices | Where-Object Meter)[0].Meter
        $script:question = Get-PolarCustomField -First 1
        $script:discount = New-PolarDiscount -Name 'Coverage' -Code COVERAGE -Percent 10 -Duration once
        $script:customer = @((Get-PolarCheckout -Query haruka).CustomerId)[0]
        $script:address = New-PolarAddress US -Line1 '8 Pier Rd' -Line2 'Hut 2' -PostalCode 02110 -City Boston -State MA
        # Of every kind of price one.
        $script:prices = @(
            New-PolarPrice 1999 -Currency usd -TaxBehavior exclusive
            New-PolarPrice -MeterId $meter -UnitAmount 0.5 -CapAmount 5000 -Currency usd -TaxBehavior exclusive
        )
        $script:answers = @{ vessel_name = 'Solveig' }
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
        'products:list'              = {
            Get-PolarProduct -Query Harbor -IsRecurring -IsArchived:$false -Visibility public -BenefitId $benefit -Metadata @{ plan = 'harbor' } -OrganizationId $organization -Sort Name -First 1
        }
        'products:get'               = { Get-PolarProduct $harbor }
        'products:create'            = {
            $common = @{ Description = 'All'; Visibility = 'public'; Media = $media; CustomField = @{ CustomFieldId = $question.Id; Required = $true }; Metadata = @{ a = 1 } }
            New-PolarProduct -Name 'Coverage one' -Price $prices -RecurringInterval month -RecurringIntervalCount 2 -TrialInterval week -TrialIntervalCount 2 -MeterInterval month -MeterIntervalCount 1 -OrganizationId $organization -Connection user @common
            New-PolarProduct -Name 'Coverage two' -Price (New-PolarPrice -Custom -MinimumAmount 100 -MaximumAmount 5000 -PresetAmount 500 -Currency usd)
            New-PolarProduct -Name 'Coverage three' -RecurringInterval month -Price (New-PolarPrice -SeatTier 500 -TierType graduated -Currency usd)
            New-PolarProduct -Name 'Coverage four' -RecurringInterval month -Price (New-PolarPrice -UnitTier 500 -MinimumUnits 2 -UnitLabel @{ en = @{ '=1' = 'pack'; other = 'packs' } } -Currency usd)
            New-PolarProduct -Name 'Coverage five' -RecurringInterval month -Price (New-PolarPrice -MeterId $meter -MeteredTier @{ Bound = 10; UnitAmount = 5 }, @{ UnitAmount = 3 } -Currency usd)
        }
        'products:update'            = {
            # Each currency has the same kinds of prices.
            $euros = (New-PolarPrice 1800 -Currency eur -TaxBehavior inclusive), (New-PolarPrice -MeterId $meter -UnitAmount 0.4 -Currency eur -TaxBehavior inclusive)
            $made = New-PolarProduct -Name 'Coverage six' -Price $prices[0] -RecurringInterval month
            Set-PolarProduct $made -Name 'Coverage 6' -Description 'All' -IsArchived:$false -Visibility private -Price (@($made.Prices) + $prices[1] + $euros) -TrialInterval week -TrialIntervalCount 2 -Media $media -CustomField @{ CustomFieldId = $question.Id; Required = $true } -Metadata @{ a = 1 }
            # What only products from before 2025 have, or other kinds of price: refused here, but sent.
            Set-PolarProduct $made -RecurringInterval year -RecurringIntervalCount 1 -ErrorAction SilentlyContinue
            foreach ($price in @(
                    New-PolarPrice -Custom -MinimumAmount 100 -MaximumAmount 5000 -PresetAmount 500 -Currency usd
                    New-PolarPrice -SeatTier 500 -TierType graduated -Currency usd
                    New-PolarPrice -UnitTier 500 -MinimumUnits 2 -UnitLabel @{ en = @{ other = 'packs' } } -Currency usd
                    New-PolarPrice -MeterId $meter -MeteredTier @{ Bound = 10; UnitAmount = 5 }, @{ UnitAmount = 3 } -Currency usd)) {
                Set-PolarProduct $made -Price $price -ErrorAction SilentlyContinue
            }
        }
        'products:update_benefits'   = { Set-PolarProductBenefit $gift -BenefitId $benefit }
        'products:delete'            = { New-PolarProduct -Name 'Coverage seven' -Price $prices[0] | Remove-PolarProduct -Confirm:$false }

        'checkout-links:list'        = { Get-PolarCheckoutLink -ProductId $harbor -OrganizationId $organization -Sort -CreatedAt }
        'checkout-links:get'         = { Get-PolarCheckoutLink (Get-PolarCheckoutLink -First 1) }
        'checkout-links:create'      = {
            New-PolarCheckoutLink -Product $harbor -Label 'Coverage' -Discount $discount -AllowDiscountCodes:$false -RequireBillingAddress -SuccessUrl https://northwind.example/a -ReturnUrl https://northwind.example/b -TrialInterval week -TrialIntervalCount 2 -Metadata @{ a = 1 }
            New-PolarCheckoutLink -Product $fleet -Seats 4
            New-PolarCheckoutLink -Product $packs -Units 4
        }
        'checkout-links:update'      = {
            $link = New-PolarCheckoutLink -Product $harbor
            Set-PolarCheckoutLink $link -Product $harbor -Label 'Coverage' -Discount $discount -AllowDiscountCodes:$false -RequireBillingAddress -SuccessUrl https://northwind.example/a -ReturnUrl https://northwind.example/b -TrialInterval week -TrialIntervalCount 2 -Metadata @{ a = 1 } -Seats $null -Units $null
        }
        'checkout-links:delete'      = { New-PolarCheckoutLink -Product $harbor | Remove-PolarCheckoutLink -Confirm:$false }

        'organizations:list'         = { Get-PolarOrganization -Slug northwind -Sort Name }
        'organizations:get'          = { Get-PolarOrganization $organization }
        'organizations:create'       = {
            New-PolarOrganization -Name 'Coverage' -Slug 'coverage' -Email a@coverage.example -Website https://coverage.example/ -AvatarUrl https://coverage.example/a.png -Country NO -DefaultPresentmentCurrency usd -DefaultTaxBehavior exclusive -Socials @{ Platform = 'github'; Url = 'https://github.com/coverage' } -Connection user @settings
        }
        'organizations:update'       = {
            $given = $settings.Clone()
            $given.Remove('LegalEntity')
            Set-PolarOrganization $organization -Name 'Northwind' -Email a@coverage.example -Website https://coverage.example/ -AvatarUrl https://coverage.example/a.png -Country NO -DefaultPresentmentCurrency usd -DefaultTaxBehavior exclusive -Socials @{ Platform = 'github'; Url = 'https://github.com/coverage' } -DisputeSettings @{ AutoAcceptBelowAmount = 500 } -EmbedHosts northwind.example -SsoEnforced:$false @given -ErrorAction SilentlyContinue
            # Conceding disputes by itself is not enabled here; without it the change is made.
            Set-PolarOrganization $organization -Name 'Northwind'
        }

        'discounts:list'             = { Get-PolarDiscount -Query tide -OrganizationId $organization -Sort Name }
        'discounts:get'              = { Get-PolarDiscount $discount }
        'discounts:create'           = {
            New-PolarDiscount -Name 'Percentage' -Code COVERONE -Percent 20 -Duration repeating -DurationInMonths 3 -StartsAt (Get-Date) -EndsAt (Get-Date).AddDays(9) -MaxRedemptions 5 -MaxRedemptionsPerCustomer 1 -Product $harbor -Metadata @{ a = 1 }
            New-PolarDiscount -Name 'Fixed' -Amounts @{ usd = 1000; eur = 900 } -Duration once -OrganizationId $organization -Connection user
        }
        'discounts:update'           = {
            Set-PolarDiscount $discount -Name 'Percentage' -Code COVERTWO -Percent 25 -StartsAt (Get-Date) -EndsAt (Get-Date).AddDays(9) -MaxRedemptions 5 -MaxRedemptionsPerCustomer 1 -Product $harbor -Metadata @{ a = 1 }
            New-PolarDiscount -Name 'Fixed' -Amount 1000 -Currency usd -Duration once | Set-PolarDiscount -Amounts @{ usd = 500 }
            # The duration stays as it is: refused, but sent.
            Set-PolarDiscount $discount -Duration repeating -DurationInMonths 3 -ErrorAction SilentlyContinue
            # The links of the other calls offer it for whatever they have.
            Set-PolarDiscount $discount -Product @() -StartsAt $null -EndsAt $null
        }
        'discounts:delete'           = { New-PolarDiscount -Name 'Gone' -Percent 1 -Duration once | Remove-PolarDiscount -Confirm:$false }

        'custom-fields:list'         = { Get-PolarCustomField -Query vessel -Type text -OrganizationId $organization -Sort Name }
        'custom-fields:get'          = { Get-PolarCustomField $question }
        'custom-fields:create'       = {
            New-PolarCustomField -Slug cover-text -Name 'Text' -FormLabel 'Label' -FormHelpText 'Help' -FormPlaceholder 'Here' -Textarea -MinLength 1 -MaxLength 9 -Metadata @{ a = 1 } -OrganizationId $organization -Connection user
            New-PolarCustomField -Slug cover-number -Name 'Number' -Minimum 1 -Maximum 9
            New-PolarCustomField -Slug cover-select -Name 'Select' -Option @{ Value = 's'; Label = 'Small' }, 'Large'
        }
        'custom-fields:update'       = {
            $made = New-PolarCustomField -Slug cover-a -Name 'A' -Type text
            Set-PolarCustomField $made -Name 'B' -Slug cover-b -FormLabel 'Label' -FormHelpText 'Help' -FormPlaceholder 'Here' -Textarea -MinLength 1 -MaxLength 9 -Metadata @{ a = 1 }
            New-PolarCustomField -Slug cover-c -Name 'C' -Type date | Set-PolarCustomField -EarliestDate 2026-01-01 -LatestDate 2026-12-31
            New-PolarCustomField -Slug cover-d -Name 'D' -Option 'One' | Set-PolarCustomField -Option @{ Value = '2'; Label = 'Two' }
        }
        'custom-fields:delete'       = { New-PolarCustomField -Slug cover-gone -Name 'Gone' -Type checkbox | Remove-PolarCustomField -Confirm:$false }

        'checkouts:list'             = { Get-PolarCheckout -Status open, expired -Query haruka -ProductId $harbor -CustomerId $customer -ExternalCustomerId crew-1004 -OrganizationId $organization -Sort -CreatedAt }
        'checkouts:get'              = { Get-PolarCheckout (Get-PolarCheckout -First 1) }
        'checkouts:client_get'       = { Get-PolarCheckout -ClientSecret (Get-PolarCheckout -Status open -First 1).ClientSecret }
        'checkouts:create'           = {
            $for = @{
                CustomerName = 'Ada'; CustomerEmail = 'ada@coverage.example'; CustomerIpAddress = '192.0.2.1'; CustomerBillingName = 'Ada Ltd'; CustomerBillingAddress = $address
                CustomerTaxId = '123456789'; CustomerMetadata = @{ a = 1 }; IsBusinessCustomer = $true; Locale = 'en'; CustomFieldData = $answers
            }
            $how = @{
                Discount = $discount; AllowDiscountCodes = $false; RequireBillingAddress = $true; AllowTrial = $true; TrialInterval = 'week'; TrialIntervalCount = 2
                SuccessUrl = 'https://northwind.example/a'; ReturnUrl = 'https://northwind.example/b'; EmbedOrigin = 'https://northwind.example'; Metadata = @{ a = 1 }
            }
            New-PolarCheckout $harbor -Price (New-PolarPrice 500 -Currency usd) -Currency usd @for @how
            New-PolarCheckout $gift -Amount 500 -ExternalCustomerId coverage-1
            New-PolarCheckout $fleet -Seats 4 -MinSeats 3 -MaxSeats 9 -Customer $customer
            New-PolarCheckout $packs -Units 4 -MinUnits 3 -MaxUnits 9
            # There is no free subscription to upgrade: refused, but sent.
            New-PolarCheckout $harbor -Subscription 00000000-0000-4000-8000-000000000001 -ErrorAction SilentlyContinue
        }
        'checkouts:update'           = {
            $made = New-PolarCheckout $harbor
            Set-PolarCheckout $made -Product $harbor -Currency usd -Discount $discount -AllowDiscountCodes:$false -RequireBillingAddress -AllowTrial -TrialInterval week -TrialIntervalCount 2 -IsBusinessCustomer -CustomerName 'Ada' -CustomerEmail ada@coverage.example -CustomerIpAddress 192.0.2.1 -CustomerBillingName 'Ada Ltd' -CustomerBillingAddress $address -CustomerTaxId 123456789 -CustomerMetadata @{ a = 1 } -CustomFieldData $answers -Locale en -SuccessUrl https://northwind.example/a -ReturnUrl https://northwind.example/b -EmbedOrigin https://northwind.example -Metadata @{ a = 1 } -Amount $null -Seats $null -Units $null
        }
        'checkouts:client_update'    = {
            $made = New-PolarCheckout $harbor
            Set-PolarCheckout -ClientSecret $made.ClientSecret -Product $harbor -DiscountCode COVERAGE -PaymentMethodType card -AllowTrial:$false -IsBusinessCustomer -CustomerName 'Ada' -CustomerEmail ada@coverage.example -CustomerBillingName 'Ada Ltd' -CustomerBillingAddress $address -CustomerTaxId 123456789 -CustomFieldData $answers -Locale en -Amount $null -Seats $null -Units $null
        }
        'checkouts:client_confirm'   = {
            $made = New-PolarCheckout $harbor
            Confirm-PolarCheckout -ClientSecret $made.ClientSecret -ConfirmationTokenId ctoken_1 -Product $harbor -DiscountCode COVERAGE -PaymentMethodType card -AllowTrial:$false -IsBusinessCustomer -CustomerName 'Ada' -CustomerEmail ada.confirm@coverage.example -CustomerBillingName 'Ada Ltd' -CustomerBillingAddress $address -CustomerTaxId 123456789 -CustomFieldData $answers -Locale en -Amount $null -Seats $null -Units $null -Confirm:$false
        }
    }
    Except  = @{
        'products:list id'                          = '-Id gets each by itself, and says which of them is missing'
        'checkout-links:create product_id'          = 'older way; -Product sends products'
        'checkout-links:create product_price_id'    = 'older way; -Product sends products'
        'discounts:create amount'                   = 'older way; -Amount sends amounts'
        'discounts:create currency'                 = 'older way; -Currency is sent within amounts'
        'discounts:update amount'                   = 'older way; -Amount sends amounts'
        'discounts:update currency'                 = 'older way; -Currency is sent within amounts'
        'checkouts:update product_price_id'         = 'older way; -Product sends product_id'
        'checkouts:client_update product_price_id'  = 'older way; -Product sends product_id'
        'checkouts:client_confirm product_price_id' = 'older way; -Product sends product_id'
    }
}
