# Calls for tests/Coverage.Tests.ps1: customers, customer sessions, members and seats.
@{
    Arrange = {
        $organization = (Get-PolarOrganization -First 1).Id
        $admin = @{ Connection = 'user' }
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Select-PolarConnection Default
        $address = New-PolarAddress US -Line1 '1 Pier' -Line2 'Aft' -PostalCode 10001 -City 'New York' -State US-NY
        $germany = New-PolarAddress DE -Line1 'Kai 1' -Line2 'Heck' -PostalCode 24103 -City Kiel -State SH
        $team = New-PolarCustomer -Type team -Name 'Coverage' -ExternalId team-1 -OwnerEmail owner@coverage.example -OwnerExternalId m-0
        $person = New-PolarCustomer person@coverage.example -ExternalId person-1
        $one = New-PolarMember one@coverage.example -CustomerId $team -ExternalId m-1
        function New-Disposable { New-PolarCustomer "d$(Get-Random)@coverage.example" -ExternalId "d-$(Get-Random)" }
        $subscriptions = @(Get-PolarSubscription)
        $fleet = $subscriptions | Where-Object { $_.Seats -and $_.Status -eq 'active' } | Select-Object -First 1
        $harbor = $subscriptions | Where-Object { $_.Product.Name -eq 'Harbor' -and $_.Status -eq 'active' } | Select-Object -First 1

        function Get-Invitation {
            param([string] $To)
            Invoke-RestMethod "$($testHost.url)/__emulator/mails" | ForEach-Object { $_ } | Where-Object to -EQ $To | Select-Object -Last 1 -ExpandProperty token
        }
    }
    Calls   = @{
        'customers:list'                          = { Get-PolarCustomer -OrganizationId $organization -Email person@coverage.example -Query person -Active:$false -Metadata @{ a = 1 } -Sort email, -CreatedAt -First 5 }
        'customers:create'                        = {
            New-PolarCustomer full@coverage.example Full -ExternalId full-1 -Type team -OwnerEmail o@coverage.example -OwnerName Olga -OwnerExternalId o-1 -BillingAddress $germany -TaxId DE123456789 -Locale de -Metadata @{ a = 1 } -OrganizationId $organization @admin
        }
        'customers:get'                           = { Get-PolarCustomer $person }
        'customers:update'                        = { Set-PolarCustomer (New-PolarCustomer late@coverage.example) -Email later@coverage.example -Name Late -NewExternalId late-1 -Type team -BillingAddress $germany -TaxId DE123456789 -Locale de -Metadata @{ a = 1 } }
        'customers:delete'                        = { New-Disposable | Remove-PolarCustomer -Anonymize -Confirm:$false }
        'customers:get_external'                  = { Get-PolarCustomer -ExternalId person-1 }
        'customers:update_external'               = { Set-PolarCustomer -ExternalId person-1 -Email other@coverage.example -Name Other -BillingAddress $germany -TaxId DE123456789 -Locale de -Metadata @{ a = 1 } }
        'customers:delete_external'               = { Remove-PolarCustomer -ExternalId (New-Disposable).ExternalId -Anonymize -Confirm:$false }
        'customers:get_state'                     = { Get-PolarCustomerState $person }
        'customers:get_state_external'            = { Get-PolarCustomerState -ExternalId person-1 }
        'customers:list_payment_methods'          = { Get-PolarPaymentMethod $person -First 5 }
        'customers:list_payment_methods_external' = { Get-PolarPaymentMethod -ExternalCustomerId person-1 -First 5 }
        'customers:export'                        = { Export-PolarCustomer (Join-Path ([IO.Path]::GetTempPath()) "polarps-$PID.csv") -OrganizationId $organization; Remove-Item (Join-Path ([IO.Path]::GetTempPath()) "polarps-$PID.csv") }
        'customer-sessions:create'                = {
            New-PolarCustomerSession $team -MemberId $one -ReturnUrl https://coverage.example/
            New-PolarCustomerSession -ExternalCustomerId team-1 -ExternalMemberId m-1 -ReturnUrl https://coverage.example/
        }
        'customers:members:list'                  = { Get-PolarMember $team -Role member -Sort CreatedAt -First 5 }
        'customers:members:list_external'         = { Get-PolarMember -ExternalCustomerId team-1 -Role member -Sort CreatedAt -First 5 }
        'customers:members:get'                   = { Get-PolarMember $team $one }
        'customers:members:get_external'          = { Get-PolarMember -ExternalCustomerId team-1 -ExternalMemberId m-1 }
        'customers:members:create'                = { New-PolarMember two@coverage.example Two -CustomerId $team -ExternalId m-2 -Role billing_manager }
        'customers:members:create_external'       = { New-PolarMember three@coverage.example Three -ExternalCustomerId team-1 -ExternalId m-3 -Role billing_manager }
        'customers:members:update'                = { Set-PolarMember $one -Email uno@coverage.example -Name Uno -Role billing_manager }
        'customers:members:update_external'       = { Set-PolarMember -ExternalCustomerId team-1 -ExternalMemberId m-1 -Email eins@coverage.example -Name Eins -Role member }
        'customers:members:delete'                = { New-PolarMember four@coverage.example -CustomerId $team | Remove-PolarMember -Confirm:$false }
        'customers:members:delete_external'       = { $null = New-PolarMember five@coverage.example -CustomerId $team -ExternalId m-5; Remove-PolarMember -ExternalCustomerId team-1 -ExternalMemberId m-5 -Confirm:$false }
        'customer-seats:list_seats'               = {
            Get-PolarSeat -SubscriptionId $fleet
            Get-PolarSeat -OrderId '8cabdca5-cf97-4f4e-851c-fddffa691a55' -ErrorAction SilentlyContinue
        }
        'customer-seats:assign_seat'              = {
            Grant-PolarSeat $fleet -ExternalMemberId skipper-8 -Email eight@vindcharter.example -ImmediateClaim -Metadata @{ deck = 'fore' }
            Grant-PolarSeat -OrderId '8cabdca5-cf97-4f4e-851c-fddffa691a55' -CustomerId $harbor.Customer -ErrorAction SilentlyContinue
            Grant-PolarSeat $fleet -ExternalCustomerId nobody -ErrorAction SilentlyContinue
            Grant-PolarSeat $fleet -MemberId (Get-PolarSeat $fleet)[0].Member -ErrorAction SilentlyContinue
        }
        'customer-seats:revoke_seat'              = { Get-PolarSeat $fleet | Where-Object Email -EQ 'olle@vindcharter.example' | Revoke-PolarSeat -Confirm:$false }
        'customer-seats:resend_invitation'        = { Get-PolarSeat $fleet | Where-Object Status -EQ 'pending' | Send-PolarSeatInvitation }
        'customer-seats:get_claim_info'           = {
            # An old invitation has expired, and sending it again does not change that.
            $null = Get-PolarSeat $fleet | Where-Object Email -EQ 'sanna@vindcharter.example' | Revoke-PolarSeat -Confirm:$false
            $null = Grant-PolarSeat $fleet sanna@vindcharter.example
            Get-PolarSeatInvitation (Get-Invitation sanna@vindcharter.example)
        }
        'customer-seats:claim_seat'               = {
            $null = Get-PolarSeat $fleet | Where-Object Email -EQ 'nine@vindcharter.example' | Revoke-PolarSeat -Confirm:$false
            $null = Grant-PolarSeat $fleet nine@vindcharter.example
            Confirm-PolarSeatInvitation (Get-Invitation nine@vindcharter.example)
        }
    }
    Except  = @{}
}
