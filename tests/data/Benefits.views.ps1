# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'benefits'; Script = { Get-PolarBenefit } }
    @{ Name = 'files of benefits'; Script = { Get-PolarBenefit -Type downloadables | Get-PolarBenefitFile } }
    @{ Name = 'benefit grants'; Script = { Get-PolarBenefitGrant } }
    @{ Name = 'license keys'; Script = { Get-PolarLicenseKey } }
    @{ Name = 'activations'; Script = { Get-PolarLicenseKey -First 1 | Set-PolarLicenseKey -LimitActivations 9 | New-PolarLicenseKeyActivation -Label 'Bridge' } }
    @{ Name = 'expirations of license keys'; Script = { (Get-PolarBenefit -Type license_keys).Properties.Expires } }
    @{ Name = 'activation limits of license keys'; Script = { (Get-PolarBenefit -Type license_keys).Properties.Activations } }
    @{ Name = 'tests of license keys'; Script = { Get-PolarLicenseKey | Test-PolarLicenseKey -Detailed } }
)
