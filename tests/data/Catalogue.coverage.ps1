# Calls for tests/Coverage.Tests.ps1: products, discounts and custom fields.
@{
    Arrange = {
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Select-PolarConnection Default
        $script:organization = Get-PolarOrganization -First 1
        $script:harbor = Get-PolarProduct -Query Harbor | Where-Object Name -EQ 'Harbor'
        $script:gift = New-PolarProduct -Name 'Gift' -Price (New-PolarPrice -Custom -MinimumAmount 100 -Currency usd)
        $script:benefit = @((Get-PolarProduct).Benefits)[0]
        $script:media = @((Get-PolarProduct).Medias)[0]
        $script:meter = @((Get-PolarProduct).Prices | Where-Object Meter)[0].Meter
        $script:question = Get-PolarCustomField -First 1
        $script:discount = New-PolarDiscount -Name 'Coverage' -Code COVERAGE -Percent 10 -Duration once
        # Of every kind of price one.
        $script:prices = @(
            New-PolarPrice 1999 -Currency usd -TaxBehavior exclusive
            New-PolarPrice -MeterId $meter -UnitAmount 0.5 -CapAmount 5000 -Currency usd -TaxBehavior exclusive
        )
    }
    Calls   = @{
        'products:list'            = {
            Get-PolarProduct -Query Harbor -IsRecurring -IsArchived:$false -Visibility public -BenefitId $benefit -Metadata @{ plan = 'harbor' } -OrganizationId $organization -Sort Name -First 1
        }
        'products:get'             = { Get-PolarProduct $harbor }
        'products:create'          = {
            $common = @{ Description = 'All'; Visibility = 'public'; Media = $media; CustomField = @{ CustomFieldId = $question.Id; Required = $true }; Metadata = @{ a = 1 } }
            New-PolarProduct -Name 'Coverage one' -Price $prices -RecurringInterval month -RecurringIntervalCount 2 -TrialInterval week -TrialIntervalCount 2 -MeterInterval month -MeterIntervalCount 1 -OrganizationId $organization -Connection user @common
            New-PolarProduct -Name 'Coverage two' -Price (New-PolarPrice -Custom -MinimumAmount 100 -MaximumAmount 5000 -PresetAmount 500 -Currency usd)
            New-PolarProduct -Name 'Coverage three' -RecurringInterval month -Price (New-PolarPrice -SeatTier 500 -TierType graduated -Currency usd)
            New-PolarProduct -Name 'Coverage four' -RecurringInterval month -Price (New-PolarPrice -UnitTier 500 -MinimumUnits 2 -UnitLabel @{ en = @{ '=1' = 'pack'; other = 'packs' } } -Currency usd)
            New-PolarProduct -Name 'Coverage five' -RecurringInterval month -Price (New-PolarPrice -MeterId $meter -MeteredTier @{ Bound = 10; UnitAmount = 5 }, @{ UnitAmount = 3 } -Currency usd)
        }
        'products:update'          = {
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
        'products:update_benefits' = { Set-PolarProductBenefit $gift -BenefitId $benefit }
        'products:delete'          = { New-PolarProduct -Name 'Coverage seven' -Price $prices[0] | Remove-PolarProduct -Confirm:$false }

        'discounts:list'           = { Get-PolarDiscount -Query tide -OrganizationId $organization -Sort Name }
        'discounts:get'            = { Get-PolarDiscount $discount }
        'discounts:create'         = {
            New-PolarDiscount -Name 'Percentage' -Code COVERONE -Percent 20 -Duration repeating -DurationInMonths 3 -StartsAt (Get-Date) -EndsAt (Get-Date).AddDays(9) -MaxRedemptions 5 -MaxRedemptionsPerCustomer 1 -Product $harbor -Metadata @{ a = 1 }
            New-PolarDiscount -Name 'Fixed' -Amounts @{ usd = 1000; eur = 900 } -Duration once -OrganizationId $organization -Connection user
        }
        'discounts:update'         = {
            Set-PolarDiscount $discount -Name 'Percentage' -Code COVERTWO -Percent 25 -StartsAt (Get-Date) -EndsAt (Get-Date).AddDays(9) -MaxRedemptions 5 -MaxRedemptionsPerCustomer 1 -Product $harbor -Metadata @{ a = 1 }
            New-PolarDiscount -Name 'Fixed' -Amount 1000 -Currency usd -Duration once | Set-PolarDiscount -Amounts @{ usd = 500 }
            # The duration stays as it is: refused, but sent.
            Set-PolarDiscount $discount -Duration repeating -DurationInMonths 3 -ErrorAction SilentlyContinue
            # As it was: for all products, at any time.
            Set-PolarDiscount $discount -Product @() -StartsAt $null -EndsAt $null
        }
        'discounts:delete'         = { New-PolarDiscount -Name 'Gone' -Percent 1 -Duration once | Remove-PolarDiscount -Confirm:$false }

        'custom-fields:list'       = { Get-PolarCustomField -Query vessel -Type text -OrganizationId $organization -Sort Name }
        'custom-fields:get'        = { Get-PolarCustomField $question }
        'custom-fields:create'     = {
            New-PolarCustomField -Slug cover-text -Name 'Text' -FormLabel 'Label' -FormHelpText 'Help' -FormPlaceholder 'Here' -Textarea -MinLength 1 -MaxLength 9 -Metadata @{ a = 1 } -OrganizationId $organization -Connection user
            New-PolarCustomField -Slug cover-number -Name 'Number' -Minimum 1 -Maximum 9
            New-PolarCustomField -Slug cover-select -Name 'Select' -Option @{ Value = 's'; Label = 'Small' }, 'Large'
        }
        'custom-fields:update'     = {
            $made = New-PolarCustomField -Slug cover-a -Name 'A' -Type text
            Set-PolarCustomField $made -Name 'B' -Slug cover-b -FormLabel 'Label' -FormHelpText 'Help' -FormPlaceholder 'Here' -Textarea -MinLength 1 -MaxLength 9 -Metadata @{ a = 1 }
            New-PolarCustomField -Slug cover-c -Name 'C' -Type date | Set-PolarCustomField -EarliestDate 2026-01-01 -LatestDate 2026-12-31
            New-PolarCustomField -Slug cover-d -Name 'D' -Option 'One' | Set-PolarCustomField -Option @{ Value = '2'; Label = 'Two' }
        }
        'custom-fields:delete'     = { New-PolarCustomField -Slug cover-gone -Name 'Gone' -Type checkbox | Remove-PolarCustomField -Confirm:$false }
    }
    Except  = @{
        'products:list id'          = '-Id gets each by itself, and says which of them is missing'
        'discounts:create amount'   = 'older way; -Amount sends amounts'
        'discounts:create currency' = 'older way; -Currency is sent within amounts'
        'discounts:update amount'   = 'older way; -Amount sends amounts'
        'discounts:update currency' = 'older way; -Currency is sent within amounts'
    }
}
