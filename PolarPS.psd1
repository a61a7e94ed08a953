@{
    RootModule             = 'PolarPS.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '6f0d6a4e-4d1c-4a7b-9c52-4b6c2a3f7e19'
    Author                 = 'PolarPS contributors'
    CompanyName            = 'PolarPS contributors'
    Copyright              = '(c) PolarPS contributors. MIT licence.'
    Description            = 'Cmdlets for Polar (polar.sh), the billing platform for developers: products, customers, subscriptions, orders, refunds, license keys and all else that a shop is made of, as rich objects, with retries, paging and safe writes. Includes a local emulator, so that runbooks can be tried and tested without an account.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    # Here, so that it is there before the types file names classes of it; through that file it loads PolarPS.Client and PolarPS.Shell.
    RequiredAssemblies     = 'PolarPS.dll'
    TypesToProcess         = @('PolarPS.types.ps1xml')
    FormatsToProcess       = @('PolarPS.format.ps1xml')
    # Commas, here and everywhere in this file: without them PowerShell runs each line as a statement, in every import.
    CmdletsToExport        = @(
        'Approve-PolarDispute',
        'Complete-PolarOrder',
        'Confirm-PolarCheckout',
        'Confirm-PolarSeatInvitation',
        'Connect-Polar',
        'Disconnect-Polar',
        'Export-PolarCustomer',
        'Export-PolarOrder',
        'Export-PolarSubscription',
        'Get-PolarBenefit',
        'Get-PolarBenefitFile',
        'Get-PolarBenefitGrant',
        'Get-PolarCheckout',
        'Get-PolarCheckoutLink',
        'Get-PolarConnection',
        'Get-PolarCustomField',
        'Get-PolarCustomer',
        'Get-PolarCustomerMeter',
        'Get-PolarCustomerState',
        'Get-PolarDiscount',
        'Get-PolarDispute',
        'Get-PolarEmulator',
        'Get-PolarEvent',
        'Get-PolarEventName',
        'Get-PolarEventType',
        'Get-PolarLicenseKey',
        'Get-PolarLicenseKeyActivation',
        'Get-PolarMember',
        'Get-PolarMeter',
        'Get-PolarMeterQuantity',
        'Get-PolarOrder',
        'Get-PolarOrderInvoice',
        'Get-PolarOrderReceipt',
        'Get-PolarOrganization',
        'Get-PolarPayment',
        'Get-PolarPaymentMethod',
        'Get-PolarProduct',
        'Get-PolarRefund',
        'Get-PolarSeat',
        'Get-PolarSeatInvitation',
        'Get-PolarSubscription',
        'Grant-PolarSeat',
        'Invoke-PolarRequest',
        'New-PolarAddress',
        'New-PolarBenefit',
        'New-PolarCheckout',
        'New-PolarCheckoutLink',
        'New-PolarCustomField',
        'New-PolarCustomer',
        'New-PolarCustomerSession',
        'New-PolarDiscount',
        'New-PolarLicenseKeyActivation',
        'New-PolarMember',
        'New-PolarMeter',
        'New-PolarMeterFilter',
        'New-PolarOrder',
        'New-PolarOrganization',
        'New-PolarPrice',
        'New-PolarProduct',
        'New-PolarRefund',
        'New-PolarSubscription',
        'Remove-PolarBenefit',
        'Remove-PolarCheckoutLink',
        'Remove-PolarCustomField',
        'Remove-PolarCustomer',
        'Remove-PolarDiscount',
        'Remove-PolarLicenseKeyActivation',
        'Remove-PolarMember',
        'Remove-PolarProduct',
        'Request-PolarOrderInvoice',
        'Reset-PolarLicenseKey',
        'Restore-PolarSubscription',
        'Resume-PolarSubscription',
        'Revoke-PolarSeat',
        'Save-PolarOrderInvoice',
        'Select-PolarConnection',
        'Send-PolarEvent',
        'Send-PolarSeatInvitation',
        'Set-PolarBenefit',
        'Set-PolarCheckout',
        'Set-PolarCheckoutLink',
        'Set-PolarCustomField',
        'Set-PolarCustomer',
        'Set-PolarDiscount',
        'Set-PolarEmulator',
        'Set-PolarEventType',
        'Set-PolarLicenseKey',
        'Set-PolarMember',
        'Set-PolarMeter',
        'Set-PolarOrder',
        'Set-PolarOrganization',
        'Set-PolarProduct',
        'Set-PolarProductBenefit',
        'Set-PolarSubscription',
        'Start-PolarEmulator',
        'Stop-PolarEmulator',
        'Stop-PolarSubscription',
        'Suspend-PolarSubscription',
        'Test-PolarConnection',
        'Test-PolarLicenseKey'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @(
                'Polar', 'polar.sh', 'Billing', 'Payments', 'Subscriptions', 'Checkout', 'SaaS', 'REST', 'API',
                'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS'
            )
            ProjectUri   = 'https://github.com/PolarPS/PolarPS'
            LicenseUri   = 'https://opensource.org/licenses/MIT'
            ReleaseNotes = 'See CHANGELOG.md in the package.'
            IconUri      = 'https://raw.githubusercontent.com/PolarPS/PolarPS/main/docs/icon.png'
        }
    }
}
