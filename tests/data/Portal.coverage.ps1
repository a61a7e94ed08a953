# Calls for tests/Coverage.Tests.ps1: the customer portal, by the owner of a team, who is selected, and by one person.
@{
    Arrange = {
        $fleet = Get-PolarSubscription -Status active | Where-Object Seats | Select-Object -First 1
        $anyId = '8cabdca5-cf97-4f4e-851c-fddffa691a55'
        $germany = New-PolarAddress DE -Line1 'Kai 1' -Line2 'Heck' -PostalCode 24103 -City Kiel -State SH
        $person = @{ Connection = 'person' }
        New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar -Name person
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
    }
    Except  = @{}
}
