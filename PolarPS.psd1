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
        'Confirm-PolarPortalEmailUpdate',
        'Confirm-PolarPortalOrderPayment',
        'Confirm-PolarPortalPaymentMethod',
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
        'Get-PolarCustomerState',
        'Get-PolarDiscount',
        'Get-PolarDispute',
        'Get-PolarEmulator',
        'Get-PolarLicenseKey',
        'Get-PolarLicenseKeyActivation',
        'Get-PolarMember',
        'Get-PolarOrder',
        'Get-PolarOrderInvoice',
        'Get-PolarOrderReceipt',
        'Get-PolarOrganization',
        'Get-PolarPayment',
        'Get-PolarPaymentMethod',
        'Get-PolarPortalBenefitGrant',
        'Get-PolarPortalCustomer',
        'Get-PolarPortalDownloadable',
        'Get-PolarPortalLicenseKey',
        'Get-PolarPortalMember',
        'Get-PolarPortalMeter',
        'Get-PolarPortalOrder',
        'Get-PolarPortalOrderInvoice',
        'Get-PolarPortalOrderPaymentStatus',
        'Get-PolarPortalOrderReceipt',
        'Get-PolarPortalOrganization',
        'Get-PolarPortalPaymentMethod',
        'Get-PolarPortalSeat',
        'Get-PolarPortalSeatSubscription',
        'Get-PolarPortalSession',
        'Get-PolarPortalSubscription',
        'Get-PolarPortalUser',
        'Get-PolarPortalWallet',
        'Get-PolarProduct',
        'Get-PolarRefund',
        'Get-PolarSeat',
        'Get-PolarSeatInvitation',
        'Get-PolarSubscription',
        'Grant-PolarPortalSeat',
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
        'New-PolarOrder',
        'New-PolarOrganization',
        'New-PolarPortalLicenseKeyActivation',
        'New-PolarPortalMember',
        'New-PolarPortalPaymentMethod',
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
        'Remove-PolarPortalLicenseKeyActivation',
        'Remove-PolarPortalMember',
        'Remove-PolarPortalPaymentMethod',
        'Remove-PolarProduct',
        'Request-PolarOrderInvoice',
        'Request-PolarPortalEmailUpdate',
        'Request-PolarPortalOrderInvoice',
        'Reset-PolarLicenseKey',
        'Reset-PolarPortalLicenseKey',
        'Restore-PolarSubscription',
        'Resume-PolarSubscription',
        'Revoke-PolarPortalSeat',
        'Revoke-PolarSeat',
        'Save-PolarOrderInvoice',
        'Save-PolarPortalDownloadable',
        'Save-PolarPortalOrderInvoice',
        'Select-PolarConnection',
        'Send-PolarPortalSeatInvitation',
        'Send-PolarSeatInvitation',
        'Set-PolarBenefit',
        'Set-PolarCheckout',
        'Set-PolarCheckoutLink',
        'Set-PolarCustomField',
        'Set-PolarCustomer',
        'Set-PolarDiscount',
        'Set-PolarEmulator',
        'Set-PolarLicenseKey',
        'Set-PolarMember',
        'Set-PolarOrder',
        'Set-PolarOrganization',
        'Set-PolarPortalBenefitGrant',
        'Set-PolarPortalCustomer',
        'Set-PolarPortalMember',
        'Set-PolarPortalOrder',
        'Set-PolarPortalSubscription',
        'Set-PolarProduct',
        'Set-PolarProductBenefit',
        'Set-PolarSubscription',
        'Start-PolarEmulator',
        'Stop-PolarEmulator',
        'Stop-PolarPortalSubscription',
        'Stop-PolarSubscription',
        'Suspend-PolarSubscription',
        'Test-PolarConnection',
        'Test-PolarLicenseKey',
        'Test-PolarPortalEmailUpdate',
        'Test-PolarPortalLicenseKey'
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
