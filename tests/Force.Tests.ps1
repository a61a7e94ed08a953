# -Force of the cmdlets that delete: it answers the question, and does nothing else.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $removals = @(
        @{ Command = 'Remove-PolarBenefit'; Make = "New-PolarBenefit 'Short-lived'"; Find = 'Get-PolarBenefit $id' }
        @{ Command = 'Remove-PolarCheckoutLink'; Make = 'New-PolarCheckoutLink (Get-PolarProduct -Visibility public -IsArchived:$false -First 1)'; Find = 'Get-PolarCheckoutLink $id' }
        @{ Command = 'Remove-PolarCustomField'; Make = "New-PolarCustomField -Slug short -Name Short -Type text"; Find = 'Get-PolarCustomField $id' }
        @{ Command = 'Remove-PolarCustomer'; Make = 'New-PolarCustomer short@example.com'; Find = 'Get-PolarCustomer $id' }
        @{ Command = 'Remove-PolarDiscount'; Make = "New-PolarDiscount 'Short-lived' -Percent 5 -Duration once"; Find = 'Get-PolarDiscount $id' }
        @{ Command = 'Remove-PolarLicenseKeyActivation'; Make = '(Get-PolarLicenseKey -Status granted | Where-Object LimitActivations -NE 0)[0] | New-PolarLicenseKeyActivation -Label Short'; Find = 'Get-PolarLicenseKeyActivation $id -LicenseKeyId $made.LicenseKeyId' }
        @{ Command = 'Remove-PolarMember'; Make = "New-PolarMember short@example.com -CustomerId (Get-PolarCustomer | Where-Object Type -EQ team | Select-Object -First 1)"; Find = 'Get-PolarMember -CustomerId $made.CustomerId | Where-Object Id -EQ $id' }
        @{ Command = 'Remove-PolarFile'; Make = 'Get-PolarFile | Where-Object Service -EQ downloadable | Select-Object -First 1'; Find = 'Get-PolarFile $id' }
        @{ Command = 'Remove-PolarMetricDashboard'; Make = "New-PolarMetricDashboard 'Short-lived' -Metric orders"; Find = 'Get-PolarMetricDashboard $id' }
        @{ Command = 'Remove-PolarOAuthClient'; Make = "New-PolarOAuthClient 'Short-lived' http://127.0.0.1:8400/"; Find = '$made | Get-PolarOAuthClient' }
        @{ Command = 'Remove-PolarPortalLicenseKeyActivation'; Make = "`$(New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; Get-PolarPortalLicenseKey -First 1 | New-PolarPortalLicenseKeyActivation -Label Short)"; With = '-Key (Get-PolarPortalLicenseKey -First 1)'; Find = '(Get-PolarPortalLicenseKey (Get-PolarPortalLicenseKey -First 1)).Activations | Where-Object Id -EQ $id' }
        @{ Command = 'Remove-PolarPortalMember'; Make = "`$(New-PolarCustomerSession -Member (Get-PolarMember -ExternalCustomerId fleet-7 -Role owner) | Connect-Polar; New-PolarPortalMember short@example.com)"; Find = 'Get-PolarPortalMember | Where-Object Id -EQ $id' }
        @{ Command = 'Remove-PolarPortalPaymentMethod'; Make = "`$(New-PolarCustomerSession -ExternalCustomerId crew-1002 | Connect-Polar; (New-PolarPortalPaymentMethod ctoken_1 https://shop.example/).PaymentMethod)"; Find = 'Get-PolarPortalPaymentMethod | Where-Object Id -EQ $id' }
        @{ Command = 'Remove-PolarWebhookEndpoint'; Make = 'New-PolarWebhookEndpoint https://hooks.example.com/ -EventType order.paid'; Find = 'Get-PolarWebhookEndpoint $id' }
        @{ Command = 'Remove-PolarProduct'; Make = "New-PolarProduct 'Short-lived' -Price (New-PolarPrice 500)"; Find = 'Get-PolarProduct $id' }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule

    function Invoke-Removal {
        # In a session whose host cannot ask: a question is an error there. Says what came of it.
        param([string] $Make, [string] $Remove, [string] $Find)
        $result = Invoke-NewSession @"
`$ErrorActionPreference = 'Stop'
Connect-Polar -Environment Emulator
`$made = $Make
`$id = `$made.Id
Set-PolarEmulator -ClearRequest
`$said = try { $Remove 4>&1 6>&1 } catch { `$_.FullyQualifiedErrorId }
`$sent = @((Set-PolarEmulator -PassThru).Requests | Where-Object { `$_.Method -in 'DELETE', 'POST' }).Count
`$found = try { $Find } catch { }
[pscustomobject]@{ Said = "`$said"; Sent = `$sent; IsThere = `$null -ne `$found }
"@
        if ($result.Ended) { throw $result.Ended }
        $result.Output[-1]
    }
}

Describe 'The cmdlets with -Force' {
    It 'are all that delete' -ForEach @{ Removals = $removals.Command } {
        (Get-Command -Module PolarPS -Verb Remove).Name | Sort-Object | Should -Be ($Removals | Sort-Object)
    }
}

Describe '<Command> -Force' -ForEach $removals {
    It 'deletes, where without it nobody could answer the question' {
        $asked = Invoke-Removal $Make "`$made | $Command $With" $Find
        $asked.IsThere | Should -BeTrue
        $asked.Sent | Should -Be 0
        $asked.Said | Should -Not -BeNullOrEmpty
        $forced = Invoke-Removal $Make "`$made | $Command $With -Force" $Find
        $forced.Said | Should -BeNullOrEmpty
        $forced.Sent | Should -Be 1
        $forced.IsThere | Should -BeFalse
    }

    It 'asks all the same with -Confirm, and only shows with -WhatIf' {
        $asked = Invoke-Removal $Make "`$made | $Command $With -Force -Confirm" $Find
        $asked.Said | Should -Not -BeNullOrEmpty
        $asked.Sent | Should -Be 0
        $asked.IsThere | Should -BeTrue
        $shown = Invoke-Removal $Make "`$made | $Command $With -Force -WhatIf" $Find
        $shown.Sent | Should -Be 0
        $shown.IsThere | Should -BeTrue
    }

    It 'asks no less where it is turned off' {
        (Invoke-Removal $Make "`$made | $Command $With -Force:`$false" $Find).IsThere | Should -BeTrue
        (Invoke-Removal $Make "`$made | $Command $With -Force -Confirm:`$false" $Find).IsThere | Should -BeFalse
    }

    It 'says with -Verbose what it does' {
        (Invoke-Removal $Make "`$made | $Command $With -Force -Verbose" $Find).Said | Should -Match 'Performing the operation ".*" on target ".* in (Default|Portal) \(Emulator\)".*(DELETE|POST)' -Because 'ShouldProcess says it so' -ErrorAction Continue
    }

    It 'gets past no read-only connection' {
        $kept = Invoke-Removal $Make "`$env:POLAR_READ_ONLY = '1'; try { Connect-Polar -Environment Emulator -Name shut; `$made | $Command $With -Force -Connection shut } finally { `$env:POLAR_READ_ONLY = `$null; Select-PolarConnection Default }" $Find
        $kept.Said | Should -BeLike 'Polar*'
        $kept.IsThere | Should -BeTrue
    }
}

Describe 'Other -Force' {
    It 'is not used up by a row of a file' {
        $asked = Invoke-Removal "New-PolarDiscount 'Short-lived' -Percent 5 -Duration once" '[pscustomobject]@{ DiscountId = $id; Force = $true } | Remove-PolarDiscount' 'Get-PolarDiscount $id'
        $asked.IsThere | Should -BeTrue
    }
}
