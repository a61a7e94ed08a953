# See tests/Coverage.Tests.ps1.
@{
    Arrange = {
        $script:organization = Get-PolarOrganization -First 1
        $script:downloads = Get-PolarBenefit -Type downloadables -First 1
        $script:credits = Get-PolarBenefit -Type meter_credit -First 1
        $script:licenses = Get-PolarBenefit -Type license_keys -First 1
        $script:chat = Get-PolarBenefit -Type discord -First 1
        $script:repository = Get-PolarBenefit -Type github_repository -First 1
        $script:channel = Get-PolarBenefit -Type slack_shared_channel -First 1
        $script:custom = Get-PolarBenefit -Type custom -First 1
        $script:grant = Get-PolarBenefitGrant -First 1
        $script:key = Get-PolarLicenseKey -Status granted -First 1 | Set-PolarLicenseKey -LimitActivations 20
        $script:activation = New-PolarLicenseKeyActivation $key -Label 'Bridge' -Conditions @{ major = 4 }
        $script:some = @{ Metadata = @{ coverage = 1 } }
    }
    Calls   = @{
        'benefits:list'                = {
            Get-PolarBenefit -Type license_keys, custom -Query forecaster -Metadata @{ app = 'plotter' } -IncludeId $licenses, $custom -ExcludeId $chat `
                -OrganizationId $organization -Sort UserOrder -Skip 1 -First 2
        }
        'benefits:get'                 = { Get-PolarBenefit $custom }
        'benefits:create'              = {
            New-PolarBenefit 'Coverage note' -Note 'Ring us' -Visibility private @some
            New-PolarBenefit 'Coverage chat' -GuildId 1 -RoleId 2 -KickMember @some
            New-PolarBenefit 'Coverage source' -RepositoryOwner northwind -RepositoryName plotter -Permission pull
            New-PolarBenefit 'Coverage files' -File $downloads.Properties.Files -ArchivedFile $downloads.Properties.Files[0]
            New-PolarBenefit 'Coverage keys' -LicenseKey -Prefix COV -ExpiresAfter '1 year' -LimitUsage 5 -LimitActivations 3 -AllowCustomerDeactivation
            New-PolarBenefit 'Coverage credits' -MeterId $credits.Properties.MeterId -Units 50 -Rollover
            New-PolarBenefit 'Coverage flag' -FeatureFlag @some
            New-PolarBenefit 'Coverage channel' -SlackIntegrationId $channel.Properties.SlackIntegrationId -ChannelName 'cov-{customer_name}' -Private `
                -WelcomeMessage 'Welcome' -ArchiveOnRevoke -TeamInvitee U1
            New-PolarBenefit 'Coverage elsewhere' -OrganizationId $organization -ErrorAction Ignore
        }
        'benefits:update'              = {
            Set-PolarBenefit $custom -Note 'Ring twice' -Description 'Call us' -Visibility private @some
            Set-PolarBenefit $chat -RoleId 3
            Set-PolarBenefit $repository -Permission triage
            Set-PolarBenefit $downloads -ArchivedFile $downloads.Properties.Files[1]
            Set-PolarBenefit $licenses -LimitUsage 9
            Set-PolarBenefit $credits -Units 900
            Set-PolarBenefit $channel -WelcomeMessage 'Welcome aboard'
        }
        'benefits:delete'              = { New-PolarBenefit 'Coverage end' | Remove-PolarBenefit -Confirm:$false }
        'benefits:files'               = { Get-PolarBenefitFile $downloads -Skip 1 -First 1 }
        'benefits:grants'              = { Get-PolarBenefitGrant $grant.BenefitId -IsGranted -CustomerId $grant -MemberId ([guid]::NewGuid()) -Skip 1 -First 1 }
        'benefit-grants:list'          = {
            Get-PolarBenefitGrant -CustomerId $grant.CustomerId -ExternalCustomerId 'crew-1009' -IsGranted -OrganizationId $organization -Sort GrantedAt -Skip 1 -First 1
        }
        'license_keys:list'            = { Get-PolarLicenseKey -BenefitId $licenses -Status granted, disabled -OrganizationId $organization -Skip 1 -First 1 }
        'license_keys:get'             = { Get-PolarLicenseKey $key }
        'license_keys:update'          = {
            Set-PolarLicenseKey $key -Status granted -Usage 3 -LimitUsage 400 -LimitActivations 20 -ExpiresAt (Get-Date).AddYears(1)
        }
        'license_keys:validate'        = {
            Test-PolarLicenseKey $key -ActivationId $activation -Conditions @{ major = 4 } -BenefitId $key.BenefitId -CustomerId $key.CustomerId -IncrementUsage 1 `
                -OrganizationId $organization
        }
        'license_keys:activate'        = {
            New-PolarLicenseKeyActivation $key -Label 'Mast' -Conditions @{ major = 4 } -Metadata @{ os = 'linux' } -OrganizationId $organization
        }
        'license_keys:deactivate'      = {
            # Other calls change the benefit, and its keys with it.
            $null = Set-PolarLicenseKey $key -LimitActivations 20
            New-PolarLicenseKeyActivation $key -Label 'Keel' | Remove-PolarLicenseKeyActivation -Confirm:$false
        }
        'license_keys:get_activation'  = { Get-PolarLicenseKeyActivation -LicenseKeyId $key -ActivationId $activation }
        'license_keys:rotate'          = { $script:key = Reset-PolarLicenseKey $key -Confirm:$false }
    }
    Except  = @{}
}
