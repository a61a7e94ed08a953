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
        $asked = Invoke-Removal $Make "`$made | $Command" $Find
        $asked.IsThere | Should -BeTrue
        $asked.Sent | Should -Be 0
        $asked.Said | Should -Not -BeNullOrEmpty
        $forced = Invoke-Removal $Make "`$made | $Command -Force" $Find
        $forced.Said | Should -BeNullOrEmpty
        $forced.Sent | Should -Be 1
        $forced.IsThere | Should -BeFalse
    }

    It 'asks all the same with -Confirm, and only shows with -WhatIf' {
        $asked = Invoke-Removal $Make "`$made | $Command -Force -Confirm" $Find
        $asked.Said | Should -Not -BeNullOrEmpty
        $asked.Sent | Should -Be 0
        $asked.IsThere | Should -BeTrue
        $shown = Invoke-Removal $Make "`$made | $Command -Force -WhatIf" $Find
        $shown.Sent | Should -Be 0
        $shown.IsThere | Should -BeTrue
    }

    It 'asks no less where it is turned off' {
        (Invoke-Removal $Make "`$made | $Command -Force:`$false" $Find).IsThere | Should -BeTrue
        (Invoke-Removal $Make "`$made | $Command -Force -Confirm:`$false" $Find).IsThere | Should -BeFalse
    }

    It 'says with -Verbose what it does' {
        (Invoke-Removal $Make "`$made | $Command -Force -Verbose" $Find).Said | Should -Match 'Performing the operation ".*" on target ".* in Default \(Emulator\)".*(DELETE|POST)' -Because 'ShouldProcess says it so' -ErrorAction Continue
    }

    It 'gets past no read-only connection' {
        $kept = Invoke-Removal $Make "`$env:POLAR_READ_ONLY = '1'; try { Connect-Polar -Environment Emulator -Name shut; `$made | $Command -Force -Connection shut } finally { `$env:POLAR_READ_ONLY = `$null; Select-PolarConnection Default }" $Find
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
