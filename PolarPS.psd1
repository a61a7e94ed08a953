@{
    RootModule             = 'PolarPS.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '6f0d6a4e-4d1c-4a7b-9c52-4b6c2a3f7e19'
    Author                 = 'PolarPS contributors'
    CompanyName            = 'PolarPS contributors'
    Copyright              = '(c) PolarPS contributors. MIT licence.'
    Description            = 'Cmdlets for Polar (polar.sh), the billing platform for developers: products, checkout links and organizations as rich objects, with retries, paging and safe writes. Includes a local emulator, so that runbooks can be tried and tested without an account.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @('PolarPS.format.ps1xml')
    CmdletsToExport        = @(
        'Connect-Polar'
        'Disconnect-Polar'
        'Get-PolarCheckoutLink'
        'Get-PolarConnection'
        'Get-PolarOrganization'
        'Get-PolarProduct'
        'Invoke-PolarRequest'
        'New-PolarCheckoutLink'
        'New-PolarOrganization'
        'New-PolarPrice'
        'New-PolarProduct'
        'Remove-PolarCheckoutLink'
        'Remove-PolarProduct'
        'Select-PolarConnection'
        'Set-PolarCheckoutLink'
        'Set-PolarOrganization'
        'Set-PolarProduct'
        'Set-PolarProductBenefit'
        'Test-PolarConnection'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @(
                'Polar', 'polar.sh', 'Billing', 'Payments', 'Subscriptions', 'Checkout', 'SaaS', 'REST', 'API'
                'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS'
            )
            LicenseUri   = 'https://opensource.org/licenses/MIT'
            ReleaseNotes = 'See CHANGELOG.md in the package.'
        }
    }
}
