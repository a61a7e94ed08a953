# A customer's whole day, through the cmdlets of the customer portal: one after the other, over what the shop does meanwhile.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:shop = Start-PolarEmulator -Name day -Seed 7
    $script:seller = (Get-PolarOrganization).Id
    # What customers may do themselves is the seller's decision.
    $allowed = @{ customer_portal_settings = @{ usage = @{ show = $true }; customer = @{ allow_email_change = $true }; subscription = @{ update_seats = $true; update_plan = $true; update_units = $true; pause = $true } } }
    $null = Invoke-PolarRequest "/v1/organizations/$seller" -Method PATCH -Body $allowed -Confirm:$false
    $script:products = Get-PolarProduct -IsArchived:$false
    $script:buyer = 'ada@day.example'

    function New-Purchase {
        # Goes through a checkout as a buyer does, and gives it back, with the buyer's session in it.
        param([string] $Name, [string] $Token = 'ctoken_fine', [hashtable] $With = @{})
        $product = $products | Where-Object Name -EQ $Name
        $address = New-PolarAddress DE -Line1 'Am Hafen 4' -City Kiel -PostalCode 24103
        New-PolarCheckout -ProductId $product -CustomerEmail $buyer -CustomerName Ada -CustomerBillingAddress $address |
            Confirm-PolarCheckout -ConfirmationTokenId $Token @With -Confirm:$false
    }
    function Connect-Buyer { Connect-Polar -CustomerSession (New-PolarCustomerSession (Get-PolarCustomer $buyer)) }
}

AfterAll {
    Stop-PolarEmulator -All
    Disconnect-Polar -All
}

Describe 'A day of a customer' {
    It 'begins with a purchase, whose checkout lets the buyer in' {
        $checkout = New-Purchase Offshore -Token ctoken_decline_later -With @{ CustomFieldData = @{ vessel_name = 'Analytical' } }
        $checkout.Status | Should -BeIn 'confirmed', 'succeeded'
        $checkout | Connect-Polar
        (Get-PolarPortalUser).Email | Should -Be $buyer
        (Get-PolarPortalSession).ExpiresAt | Should -BeGreaterThan (Get-Date)
        $subscription = Get-PolarPortalSubscription
        $subscription.Product.Name | Should -Be 'Offshore'
        $order = Get-PolarPortalOrder
        # A trial begins with an order of nothing.
        @($order).Count | Should -Be 1
        $script:subscription = $subscription
    }

    It 'buys once more, while being connected' {
        $null = New-Purchase 'Atlas of the North Sea'
        @(Get-PolarPortalOrder).Count | Should -Be 2
        $script:atlas = Get-PolarPortalOrder -BillingType one_time
        $atlas.Status | Should -Be 'paid'
        ($atlas | Get-PolarPortalOrderPaymentStatus).Status | Should -Be 'succeeded'
    }

    It 'gets invoice and receipt' {
        $atlas | Set-PolarPortalOrder -BillingName 'Ada Lovelace' -Verbose:$false | Should -Not -BeNullOrEmpty
        $invoice = $atlas | Save-PolarPortalOrderInvoice -Path (Join-Path $TestDrive 'invoice.pdf') -Generate -PassThru
        [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes($invoice.FullName), 0, 5) | Should -Be '%PDF-'
        ($atlas | Get-PolarPortalOrderReceipt -Wait).Url | Should -Match '^http'
    }

    It 'downloads what was bought, byte for byte' {
        $files = @(Get-PolarPortalDownloadable)
        $files.Count | Should -BeGreaterThan 0
        $files | Save-PolarPortalDownloadable -Path $TestDrive
        foreach ($file in $files) {
            $path = Join-Path $TestDrive $file.File.Name
            [Convert]::ToBase64String([Security.Cryptography.SHA256]::Create().ComputeHash([IO.File]::ReadAllBytes($path))) | Should -Be $file.File.ChecksumSha256Base64
        }
    }

    It 'uses a license key on a device, without any token' {
        $key = Get-PolarPortalLicenseKey
        $key.Status | Should -Be 'granted'
        $secret = ConvertTo-TestToken $key.Key
        $device = $secret | New-PolarPortalLicenseKeyActivation -Label Bridge -OrganizationId $seller
        Test-PolarPortalLicenseKey $secret -ActivationId $device -OrganizationId $seller | Should -BeTrue
        (Get-PolarPortalLicenseKey $key.Id).Activations.Label | Should -Be 'Bridge'
        $new = $key | Reset-PolarPortalLicenseKey -Confirm:$false
        Test-PolarPortalLicenseKey $secret -OrganizationId $seller | Should -BeFalse
        $device | Remove-PolarPortalLicenseKeyActivation -Key $new -Force
        (Get-PolarPortalLicenseKey $key.Id).Activations | Should -BeNullOrEmpty
    }

    It 'sees the benefits, and what is left of them' {
        (Get-PolarPortalBenefitGrant).Benefit.Type | Should -Contain 'license_keys'
        (Get-PolarPortalMeter).Balance | Should -BeGreaterThan 0
    }

    It 'pays a renewal that failed' {
        # The trial ends, and the card that was fine turns out not to be.
        $subscription.Status | Should -Be 'trialing'
        Set-PolarEmulator day -Advance ($subscription.TrialEnd - [datetimeoffset]::UtcNow).Add([timespan]::FromHours(2))
        Connect-Buyer
        $due = @(Get-PolarPortalOrder | Where-Object Status -EQ pending)[0]
        $due | Should -Not -BeNullOrEmpty
        ($due | Get-PolarPortalOrderPaymentStatus).Status | Should -Be 'failed'
        (Get-PolarPortalSubscription $subscription).Status | Should -Be 'past_due'
        $problem = @()
        ($due | Confirm-PolarPortalOrderPayment -ConfirmationTokenId ctoken_fail -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue).Status | Should -Be 'failed'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarPaymentFailed,*'
        ($due | Confirm-PolarPortalOrderPayment -ConfirmationTokenId ctoken_fine -Confirm:$false).Status | Should -Be 'succeeded'
        (Get-PolarPortalOrder $due).Status | Should -Be 'paid'
        (Get-PolarPortalSubscription $subscription).Status | Should -Be 'active'
    }

    It 'saves another payment method, and removes the old one' {
        $old = @(Get-PolarPortalPaymentMethod)
        $new = (New-PolarPortalPaymentMethod -ConfirmationTokenId ctoken_new -ReturnUrl https://shop.example/ -SetDefault).PaymentMethod
        (Get-PolarPortalPaymentMethod).Id | Should -Contain $new.Id
        (Get-PolarPortalCustomer).DefaultPaymentMethodId | Should -Be $new.Id
        $old | Where-Object Id -NE $new.Id | Remove-PolarPortalPaymentMethod -Confirm:$false -ErrorAction SilentlyContinue
        (Get-PolarPortalPaymentMethod).Id | Should -Contain $new.Id
    }

    It 'changes the email address, by a mail to the new one' {
        Request-PolarPortalEmailUpdate ada.new@day.example -Confirm:$false
        $mail = @((Get-PolarEmulator day).Mails | Where-Object To -EQ 'ada.new@day.example')[-1]
        $token = ConvertTo-TestToken $mail.Token
        Test-PolarPortalEmailUpdate $token | Should -BeTrue
        Confirm-PolarPortalEmailUpdate $token -Confirm:$false | Connect-Polar
        (Get-PolarPortalCustomer).Email | Should -Be 'ada.new@day.example'
        Test-PolarPortalEmailUpdate $token | Should -BeFalse
        $script:buyer = 'ada.new@day.example'
        (Get-PolarCustomer $buyer).Email | Should -Be $buyer
    }

    It 'pauses, thinks better of it, and cancels' {
        $mine = Get-PolarPortalSubscription $subscription
        ($mine | Set-PolarPortalSubscription -PauseAtPeriodEnd -Confirm:$false).PauseAtPeriodEnd | Should -BeTrue
        ($mine | Set-PolarPortalSubscription -PauseAtPeriodEnd:$false -Confirm:$false).PauseAtPeriodEnd | Should -BeFalse
        $ended = $mine | Stop-PolarPortalSubscription -Reason unused -Comment 'Sold the boat' -Confirm:$false
        $ended.CancelAtPeriodEnd | Should -BeTrue
        (Get-PolarSubscription $mine.Id).CustomerCancellationReason | Should -Be 'unused'
        Set-PolarEmulator day -Advance '40.00:00:00'
        Connect-Buyer
        (Get-PolarPortalSubscription $mine).Status | Should -Be 'canceled'
        Get-PolarPortalSubscription -Active | Should -BeNullOrEmpty
        (Get-PolarPortalBenefitGrant).Benefit.Type | Should -Not -Contain 'license_keys'
        @(Get-PolarPortalDownloadable).Count | Should -BeGreaterThan 0 -Because 'the atlas was bought, and not rented'
    }
}

Describe 'A day of a team' {
    BeforeAll {
        $script:team = Get-PolarCustomer -ExternalId fleet-7
        $owner = Get-PolarMember $team.Id -Role owner
        Connect-Polar -CustomerSession (New-PolarCustomerSession -Member $owner)
        $script:fleet = Get-PolarPortalSubscription -Active | Where-Object Seats
    }

    It 'begins with more seats' {
        $fleet | Should -Not -BeNullOrEmpty
        $changed = $fleet | Set-PolarPortalSubscription -Seats ($fleet.Seats + 2) -Confirm:$false
        ($changed.Seats, $changed.PendingUpdate.Seats) | Should -Contain ($fleet.Seats + 2)
    }

    It 'invites somebody, who takes the seat, and revokes it' {
        $seat = Grant-PolarPortalSeat -SubscriptionId $fleet -Email mate@day.example
        $seat.Status | Should -Be 'pending'
        $null = $seat | Send-PolarPortalSeatInvitation
        $mail = @((Get-PolarEmulator day).Mails | Where-Object To -EQ 'mate@day.example')[-1]
        $claim = Confirm-PolarSeatInvitation $mail.Token -Confirm:$false
        # The invitation lets the holder of the seat in.
        Connect-Polar -CustomerSession $claim -Name mate
        (Get-PolarPortalUser -Connection mate).Email | Should -Be 'mate@day.example'
        (Get-PolarPortalSeatSubscription -Connection mate).Id | Should -Be $fleet.Id
        Disconnect-Polar mate
        Connect-Polar -CustomerSession (New-PolarCustomerSession -Member (Get-PolarMember $team.Id -Role owner))
        ($seat | Revoke-PolarPortalSeat -Confirm:$false).Status | Should -Be 'revoked'
    }

    It 'has a member more, with a role, for a while' {
        $member = New-PolarPortalMember clerk@day.example -Name Clerk
        $member.Role | Should -Be 'member'
        ($member | Set-PolarPortalMember -Role billing_manager).Role | Should -Be 'billing_manager'
        (Get-PolarPortalMember).Email | Should -Contain 'clerk@day.example'
        $member | Remove-PolarPortalMember -Confirm:$false
        (Get-PolarPortalMember).Email | Should -Not -Contain 'clerk@day.example'
    }
}
