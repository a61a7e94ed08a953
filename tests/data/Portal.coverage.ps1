# Calls for tests/Coverage.Tests.ps1: the customer portal, by the owner of a team, who is selected, and by one person.
@{
    Arrange = {
        $fleet = Get-PolarSubscription -Status active | Where-Object Seats | Select-Object -First 1
        $anyId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'
        $germany = New-PolarAddress DE -Line1 'Kai 1' -Line2 'Heck' -PostalCode 24103 -City Kiel -State SH
        $person = @{ Connection = 'person' }
        New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar -Name person
        foreach ($who in @{ Name = 'discord'; Id = 'crew-1001' }, @{ Name = 'overdue'; Id = 'crew-1006' }) {
            New-PolarCustomerSession -ExternalCustomerId $who.Id | Connect-Polar -Name $who.Name
        }
        $slack = Get-PolarBenefitGrant | Where-Object { $_.Benefit.Type -eq 'slack_shared_channel' -and $_.IsGranted } | Select-Object -First 1
        $member = Get-PolarMember $slack.CustomerId | Where-Object { $_.Id -eq $slack.MemberId -or (-not $slack.MemberId -and $_.Role -eq 'owner') }
        New-PolarCustomerSession -Member $member | Connect-Polar -Name slack
        $america = New-PolarAddress US -Line1 '1 Pier' -Line2 'Dock 2' -City Oakland -State CA -PostalCode 94607
        $script:key = Get-PolarPortalLicenseKey -First 1 @person
        $script:device = $key | New-PolarPortalLicenseKeyActivation @person -Label Arranged -Conditions @{ major = 4 }
        $script:order = Get-PolarPortalOrder -First 1 @person
        New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner) | Connect-Polar -Name team
        function Get-MailedToken {
            param([string] $To)
            Invoke-RestMethod "$($testHost.url)/__emulator/mails" | ForEach-Object { $_ } | Where-Object to -EQ $To | Select-Object -Last 1 -ExpandProperty token
        }
        function New-PortalCard { (New-PolarPortalPaymentMethod ctoken_1 https://coverage.example/ @person).PaymentMethod }
    }
    Calls   = @{
        'customer_portal:customer-session:introspect'             = { Get-PolarPortalSession }
        'customer_portal:customer-session:get_authenticated_user' = { Get-PolarPortalUser }
        'customer_portal:customers:get'                           = { Get-PolarPortalCustomer }
        'customer_portal:customers:update'                        = { Set-PolarPortalCustomer -BillingName Office -BillingAddress $germany -TaxId DE123456789 -DefaultPaymentMethodId (Get-PolarPortalPaymentMethod @person)[0] @person }
        'customer_portal:customers:request_email_update'          = { Request-PolarPortalEmailUpdate first@coverage.example @person }
        'customer_portal:customers:check_email_update'            = {
            Request-PolarPortalEmailUpdate second@coverage.example @person
            Test-PolarPortalEmailUpdate (Get-MailedToken second@coverage.example)
        }
        'customer_portal:customers:verify_email_update'           = {
            Request-PolarPortalEmailUpdate third@coverage.example @person
            Confirm-PolarPortalEmailUpdate (Get-MailedToken third@coverage.example)
        }
        'customer_portal:customers:list_payment_methods'          = { Get-PolarPortalPaymentMethod -First 5 }
        'customer_portal:customers:add_payment_method'            = { New-PolarPortalPaymentMethod ctoken_1 https://coverage.example/ -SetDefault @person }
        'customer_portal:customers:confirm_payment_method'        = {
            $setup = New-PolarPortalPaymentMethod ctoken_action https://coverage.example/ @person
            Confirm-PolarPortalPaymentMethod $setup -SetDefault @person
        }
        'customer_portal:customers:delete_payment_method'         = { New-PortalCard | Remove-PolarPortalPaymentMethod -Confirm:$false @person }
        'customer_portal:members:list_members'                    = { Get-PolarPortalMember -First 5 }
        'customer_portal:members:add_member'                      = { New-PolarPortalMember one@coverage.example One -Role billing_manager }
        'customer_portal:members:update_member'                   = { New-PolarPortalMember two@coverage.example | Set-PolarPortalMember -Name Two -Role billing_manager }
        'customer_portal:members:remove_member'                   = { New-PolarPortalMember three@coverage.example | Remove-PolarPortalMember -Confirm:$false }
        'customer_portal:seats:list_seats'                        = {
            Get-PolarPortalSeat $fleet
            Get-PolarPortalSeat -OrderId $anyId -ErrorAction SilentlyContinue
        }
        'customer_portal:seats:assign_seat'                       = {
            Grant-PolarPortalSeat $fleet -ExternalMemberId skipper-80 -Email eighty@vindcharter.example -ImmediateClaim -Metadata @{ deck = 'fore' }
            Grant-PolarPortalSeat -OrderId $anyId -CustomerId $anyId -ErrorAction SilentlyContinue
            Grant-PolarPortalSeat -CheckoutId $anyId -ExternalCustomerId none -ErrorAction SilentlyContinue
            Grant-PolarPortalSeat $fleet -MemberId $anyId -ErrorAction SilentlyContinue
        }
        'customer_portal:seats:revoke_seat'                       = { Get-PolarPortalSeat $fleet | Where-Object Email -EQ 'olle@vindcharter.example' | Revoke-PolarPortalSeat -Confirm:$false }
        'customer_portal:seats:resend_invitation'                 = { Get-PolarPortalSeat $fleet | Where-Object Status -EQ 'pending' | Send-PolarPortalSeatInvitation }
        'customer_portal:seats:list_claimed_subscriptions'        = { Get-PolarPortalSeatSubscription -First 5 }
        'customer_portal:organizations:get'                       = { Get-PolarPortalOrganization northwind }
        'customer_portal:wallets:list'                            = { Get-PolarPortalWallet -Sort -Balance -First 5 @person }
        'customer_portal:wallets:get'                             = { Get-PolarPortalWallet @person | Get-PolarPortalWallet @person }
        'customer_portal:benefit-grants:list'        = {
            Get-PolarPortalBenefitGrant @person -Query forecast -Type custom, license_keys -BenefitId $anyId -CheckoutId $anyId -OrderId $anyId -SubscriptionId $anyId -MemberId $anyId -Sort -GrantedAt
        }
        'customer_portal:benefit-grants:get'         = { Get-PolarPortalBenefitGrant @person (Get-PolarPortalBenefitGrant @person -First 1) }
        'customer_portal:benefit-grants:update'      = {
            Get-PolarPortalBenefitGrant -Type discord -Connection discord | Set-PolarPortalBenefitGrant -AccountId 1187654321012345678 -Connection discord
            Get-PolarPortalBenefitGrant -Type slack_shared_channel -Connection slack | Set-PolarPortalBenefitGrant -InvitedEmail bridge@vindcharter.example -Connection slack
        }
        'customer_portal:downloadables:list'         = { Get-PolarPortalDownloadable @person -BenefitId (Get-PolarPortalDownloadable @person -First 1) }
        'customer_portal:license_keys:list'          = { Get-PolarPortalLicenseKey @person -BenefitId $key }
        'customer_portal:license_keys:get'           = { Get-PolarPortalLicenseKey @person $key }
        'customer_portal:license_keys:rotate'        = { $script:key = Reset-PolarPortalLicenseKey @person $key -Confirm:$false }
        'customer_portal:license_keys:validate'      = {
            Test-PolarPortalLicenseKey @person $key -OrganizationId $key.OrganizationId -ActivationId $device -Conditions @{ major = 4 } -BenefitId $key.BenefitId -CustomerId $key.CustomerId -IncrementUsage 1
        }
        'customer_portal:license_keys:activate'      = {
            # The key allows two; each call leaves room for the others, whatever their order.
            $key | New-PolarPortalLicenseKeyActivation @person -Label Activated -Conditions @{ major = 4 } -Metadata @{ berth = 14 } | Remove-PolarPortalLicenseKeyActivation @person -Key $key -Force
        }
        'customer_portal:license_keys:deactivate'    = { $key | New-PolarPortalLicenseKeyActivation @person -Label Spare | Remove-PolarPortalLicenseKeyActivation @person -Key $key -Force }
        'customer_portal:customer_meters:list'       = { Get-PolarPortalMeter @person -MeterId $anyId -Query forecast -Sort Balance }
        'customer_portal:customer_meters:get'        = { Get-PolarPortalMeter @person (Get-PolarPortalMeter @person -First 1) }
        'customer_portal:orders:list'                = { Get-PolarPortalOrder @person -ProductId $anyId -SubscriptionId $anyId -BillingType recurring -Query Offshore -Sort -Amount }
        'customer_portal:orders:get'                 = { Get-PolarPortalOrder @person $order }
        'customer_portal:orders:update'              = {
            $order | Set-PolarPortalOrder @person -BillingName 'Brandt Charter'
            # The state belongs to other countries; what was sent is what counts here.
            $order | Set-PolarPortalOrder @person -BillingAddress $america -ErrorAction SilentlyContinue
        }
        'customer_portal:orders:generate_invoice'    = { Request-PolarPortalOrderInvoice @person $order }
        'customer_portal:orders:invoice'             = { $null = Request-PolarPortalOrderInvoice @person $order -Wait; Get-PolarPortalOrderInvoice @person $order }
        'customer_portal:orders:receipt'             = { Get-PolarPortalOrderReceipt @person $order -Wait }
        'customer_portal:orders:get_payment_status'  = { Get-PolarPortalOrderPaymentStatus @person $order }
        'customer_portal:orders:confirm_retry_payment' = {
            $due = Get-PolarPortalOrder -Connection overdue | Where-Object Status -EQ pending
            Confirm-PolarPortalOrderPayment $due -PaymentMethodId $anyId -Confirm:$false -Connection overdue -ErrorAction SilentlyContinue
            Confirm-PolarPortalOrderPayment $due -ConfirmationTokenId ctoken_fine -Confirm:$false -Connection overdue
        }
        'customer_portal:subscriptions:list'         = { Get-PolarPortalSubscription @person -ProductId $anyId -Active -Query Offshore -Sort StartedAt }
        'customer_portal:subscriptions:get'          = { Get-PolarPortalSubscription @person (Get-PolarPortalSubscription @person -First 1) }
        'customer_portal:subscriptions:cancel'       = { Get-PolarPortalSubscription -First 1 -Connection discord | Stop-PolarPortalSubscription -Confirm:$false -Connection discord }
        'customer_portal:subscriptions:update'       = {
            $mine = Get-PolarPortalSubscription @person -First 1
            $quiet = @{ Confirm = $false }
            Set-PolarPortalSubscription @person $mine -CancelAtPeriodEnd -CancellationReason unused -CancellationComment 'Sold the boat' -Confirm:$false
            Set-PolarPortalSubscription @person $mine -CancelAtPeriodEnd:$false -Confirm:$false
            # What the shop does not allow, or the product has no price for: refused, but sent.
            Set-PolarPortalSubscription @person $mine -Product $anyId @quiet -ErrorAction SilentlyContinue
            Set-PolarPortalSubscription @person $mine -Seats 3 @quiet -ErrorAction SilentlyContinue
            Set-PolarPortalSubscription @person $mine -Units 3 @quiet -ErrorAction SilentlyContinue
            Set-PolarPortalSubscription @person $mine -PauseAtPeriodEnd -ResumesAt (Get-Date).AddDays(90) @quiet -ErrorAction SilentlyContinue
            Set-PolarPortalSubscription @person $mine -Resume @quiet -ErrorAction SilentlyContinue
            Set-PolarPortalSubscription @person $mine -DiscardPendingUpdate @quiet -ErrorAction SilentlyContinue
        }
    }
    Except  = @{
        'customer_portal:orders:confirm_retry_payment payment_processor' = 'Polar has one only, which is its default'
    }
}
