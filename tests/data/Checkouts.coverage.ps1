# Calls for tests/Coverage.Tests.ps1: checkouts and checkout links.
@{
    Arrange = {
        $script:organization = Get-PolarOrganization -First 1
        $script:harbor = Get-PolarProduct -Query Harbor | Where-Object Name -EQ 'Harbor'
        $script:fleet = Get-PolarProduct -Query Fleet | Where-Object Name -EQ 'Fleet'
        $script:gift = New-PolarProduct -Name 'Gift' -Price (New-PolarPrice -Custom -MinimumAmount 100 -Currency usd)
        $script:packs = New-PolarProduct -Name 'Packs' -Price (New-PolarPrice -UnitTier 300 -Currency usd) -RecurringInterval month
        $script:discount = New-PolarDiscount -Name 'Coverage' -Code COVERAGE -Percent 10 -Duration once
        $script:customer = @((Get-PolarCheckout -Query haruka).CustomerId)[0]
        $script:address = New-PolarAddress US -Line1 '8 Pier Rd' -Line2 'Hut 2' -PostalCode 02110 -City Boston -State MA
        $script:answers = @{ vessel_name = 'Solveig' }
    }
    Calls   = @{
        'checkouts:list'           = { Get-PolarCheckout -Status open, expired -Query haruka -ProductId $harbor -CustomerId $customer -ExternalCustomerId crew-1004 -OrganizationId $organization -Sort -CreatedAt }
        'checkouts:get'            = { Get-PolarCheckout (Get-PolarCheckout -First 1) }
        'checkouts:client_get'     = { Get-PolarCheckout -ClientSecret (Get-PolarCheckout -Status open -First 1).ClientSecret }
        'checkouts:create'         = {
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
        'checkouts:update'         = {
            $made = New-PolarCheckout $harbor
            Set-PolarCheckout $made -Product $harbor -Currency usd -Discount $discount -AllowDiscountCodes:$false -RequireBillingAddress -AllowTrial -TrialInterval week -TrialIntervalCount 2 -IsBusinessCustomer -CustomerName 'Ada' -CustomerEmail ada@coverage.example -CustomerIpAddress 192.0.2.1 -CustomerBillingName 'Ada Ltd' -CustomerBillingAddress $address -CustomerTaxId 123456789 -CustomerMetadata @{ a = 1 } -CustomFieldData $answers -Locale en -SuccessUrl https://northwind.example/a -ReturnUrl https://northwind.example/b -EmbedOrigin https://northwind.example -Metadata @{ a = 1 } -Amount $null -Seats $null -Units $null
        }
        'checkouts:client_update'  = {
            $made = New-PolarCheckout $harbor
            Set-PolarCheckout -ClientSecret $made.ClientSecret -Product $harbor -DiscountCode COVERAGE -PaymentMethodType card -AllowTrial:$false -IsBusinessCustomer -CustomerName 'Ada' -CustomerEmail ada@coverage.example -CustomerBillingName 'Ada Ltd' -CustomerBillingAddress $address -CustomerTaxId 123456789 -CustomFieldData $answers -Locale en -Amount $null -Seats $null -Units $null
        }
        'checkouts:client_confirm' = {
            $made = New-PolarCheckout $harbor
            Confirm-PolarCheckout -ClientSecret $made.ClientSecret -ConfirmationTokenId ctoken_1 -Product $harbor -DiscountCode COVERAGE -PaymentMethodType card -AllowTrial:$false -IsBusinessCustomer -CustomerName 'Ada' -CustomerEmail ada.confirm@coverage.example -CustomerBillingName 'Ada Ltd' -CustomerBillingAddress $address -CustomerTaxId 123456789 -CustomFieldData $answers -Locale en -Amount $null -Seats $null -Units $null -Confirm:$false
        }

        'checkout-links:list'      = { Get-PolarCheckoutLink -ProductId $harbor -OrganizationId $organization -Sort -CreatedAt }
        'checkout-links:get'       = { Get-PolarCheckoutLink (Get-PolarCheckoutLink -First 1) }
        'checkout-links:create'    = {
            New-PolarCheckoutLink -Product $harbor -Label 'Coverage' -Discount $discount -AllowDiscountCodes:$false -RequireBillingAddress -SuccessUrl https://northwind.example/a -ReturnUrl https://northwind.example/b -TrialInterval week -TrialIntervalCount 2 -Metadata @{ a = 1 }
            New-PolarCheckoutLink -Product $fleet -Seats 4
            New-PolarCheckoutLink -Product $packs -Units 4
        }
        'checkout-links:update'    = {
            $link = New-PolarCheckoutLink -Product $harbor
            Set-PolarCheckoutLink $link -Product $harbor -Label 'Coverage' -Discount $discount -AllowDiscountCodes:$false -RequireBillingAddress -SuccessUrl https://northwind.example/a -ReturnUrl https://northwind.example/b -TrialInterval week -TrialIntervalCount 2 -Metadata @{ a = 1 } -Seats $null -Units $null
        }
        'checkout-links:delete'    = { New-PolarCheckoutLink -Product $harbor | Remove-PolarCheckoutLink -Confirm:$false }
    }
    Except  = @{
        'checkout-links:create product_id'          = 'older way; -Product sends products'
        'checkout-links:create product_price_id'    = 'older way; -Product sends products'
        'checkouts:update product_price_id'         = 'older way; -Product sends product_id'
        'checkouts:client_update product_price_id'  = 'older way; -Product sends product_id'
        'checkouts:client_confirm product_price_id' = 'older way; -Product sends product_id'
    }
}
