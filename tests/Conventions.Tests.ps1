BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $commands = Get-Command -Module PolarPS | ForEach-Object { @{ Name = $_.Name; Command = $_ } }
    # Get and Test read; the others of these only describe, or concern this process alone.
    $local = 'New-PolarPrice', 'New-PolarAddress', 'New-PolarMeterFilter', 'Show-PolarMetric', 'Connect-Polar', 'Disconnect-Polar', 'Select-PolarConnection', 'Get-PolarConnection',
        'Start-PolarEmulator', 'Stop-PolarEmulator', 'Set-PolarEmulator', 'ConvertFrom-PolarWebhook', 'Receive-PolarWebhook'
    $writes = @($commands | Where-Object { $_.Name -notmatch '^(Get|Test)-' -and $_.Name -notin $local })
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    Import-TestView
    $script:manifestPath = Get-TestModulePath
    $script:manifest = Import-PowerShellDataFile $manifestPath

    $script:hidden = [Reflection.BindingFlags]'Instance, Static, Public, NonPublic'
    $script:client = [PolarPS.Client.PolarClient].Assembly
    $script:shell = [PolarPS.PolarConnection].Assembly

    function Get-KnownValue {
        # What the parameter's completer knows beforehand, in the order in which it offers it.
        param($Parameter)
        $completer = ($Parameter.Attributes | Where-Object { $_ -is [ArgumentCompleter] }).Type
        $base = $shell.GetType('PolarPS.Commands.KnownValuesCompleter')
        if (-not $completer -or -not $base.IsAssignableFrom($completer)) { return }
        [Activator]::CreateInstance($completer).CompleteArgument('', '', '', $null, @{}) | ForEach-Object { $_.CompletionText.Trim("'") }
    }

    function Get-ExpectedMessage {
        # For a parameter that takes ids: the keys that NameBinder accepts for it, read off the module itself.
        param($Command, $Parameter)
        $interface = $shell.GetType('PolarPS.Commands.INameTransformation')
        $ids = $Parameter.Attributes | Where-Object { $interface.IsAssignableFrom($_.GetType()) }
        if (-not $ids) {
            if (@($Parameter.Attributes.TypeId.Name) -contains 'ExternalIdAttribute') {
                $attribute = $Parameter.Attributes | Where-Object { $_.TypeId.Name -eq 'ExternalIdAttribute' }
                $kind = $attribute.GetType().GetFields($hidden) | Where-Object FieldType -EQ ([string])
                return "Your own id of a $($kind.GetValue($attribute))"
            }
            return
        }

        $of = { param($name) $interface.GetProperty($name).GetValue($ids) }
        $model = & $of 'Model'
        $use = $shell.GetType('PolarPS.Commands.CmdletTypes').GetMethod('NameUseOf', $hidden).Invoke($null, @($Command.ImplementingType))
        $keys = @(if (& $of 'TakesNames') {
                $kind = $client.GetType('PolarPS.Client.NamedKind')
                $kind.GetMethod('KeysFor').Invoke($kind.GetMethod('Find').Invoke($null, @($model)), @($use, (& $of 'Only'))).Words
            })
        if (-not (& $of 'Only')) { $keys = @('UUID') + $keys }
        $words = if ($keys.Count -gt 1) { "$($keys[0..($keys.Count - 2)] -join ', ') or $($keys[-1])" } else { $keys[0].Substring(0, 1).ToUpperInvariant() + $keys[0].Substring(1) }
        $one = $shell.GetType('PolarPS.Commands.Kinds').GetMethod('OneOf').Invoke($null, @($model))
        $wildcards = if ($Parameter.Attributes | Where-Object { $_ -is [SupportsWildcards] }) { '; wildcards are allowed' }
        "$words of $one$wildcards"
    }

    $script:common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
}

Describe 'The manifest' {
    It 'names what is exported, without wildcards' {
        $manifest.CmdletsToExport | Sort-Object | Should -Be (Get-Command -Module PolarPS).Name
        $manifest.CmdletsToExport -join '' | Should -Not -Match '[*?]'
        foreach ($list in 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') { @($manifest[$list]).Count | Should -Be 0 }
    }

    It 'has a literal RootModule and is valid' {
        $manifest.RootModule | Should -Be 'PolarPS.dll'
        (Test-ModuleManifest $manifestPath).Version | Should -Be $manifest.ModuleVersion
    }

    It 'is for both editions' {
        $manifest.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
        $manifest.PowerShellVersion | Should -Be '5.1'
    }

    It 'has the version of the assemblies and of the changelog' {
        (Get-Module PolarPS).ImplementingAssembly, [PolarPS.Client.PolarClient].Assembly | Where-Object { $_ } |
            ForEach-Object { $_.GetName().Version.ToString(3) | Should -Be $manifest.ModuleVersion }
        Get-Content (Join-Path (Split-Path $manifestPath) 'CHANGELOG.md') -Raw | Should -Match ('## ' + [regex]::Escape($manifest.ModuleVersion))
    }

    It 'comes with everything that it needs' {
        $folder = Split-Path $manifestPath
        foreach ($file in 'PolarPS.dll', 'PolarPS.Shell.dll', 'PolarPS.Client.dll', 'PolarPS.Emulator.dll', 'PolarPS.format.ps1xml', 'PolarPS.types.ps1xml', 'LICENSE',
            'lib/net8.0/PolarPS.Http.dll', 'lib/net8.0/PolarPS.Loader.dll', 'lib/net8.0/Polly.Core.dll', 'lib/net8.0/Microsoft.Extensions.Http.dll',
            'lib/net472/PolarPS.Http.dll', 'lib/net472/Polly.Core.dll', 'lib/net472/System.Text.Json.dll', 'lib/net472/Microsoft.Bcl.AsyncInterfaces.dll',
            'en-US/PolarPS.dll-Help.xml', 'en-US/about_PolarPS.help.txt') {
            Join-Path $folder $file | Should -Exist
        }
    }

    It 'brings nothing that the shared framework of PowerShell 7 has' {
        (Get-ChildItem (Join-Path (Split-Path $manifestPath) 'lib/net8.0')).Name | Where-Object { $_ -match '^(System\.|Microsoft\.Bcl\.|netstandard)' } | Should -BeNullOrEmpty
    }
}

Describe '<Name>' -ForEach $commands {
    It 'has an approved verb and a singular noun' {
        (Get-Verb).Verb | Should -Contain $Command.Verb
        $Command.Noun | Should -Match '^Polar'
        # A status is one.
        $Command.Noun | Should -Not -Match '[^su]s$'
    }

    It 'says what it writes' { $Command.OutputType.Count | Should -BeGreaterThan 0 }

    It 'takes -Connection where it talks to Polar' {
        $local = 'Connect-Polar', 'Get-PolarConnection', 'New-PolarPrice', 'New-PolarAddress', 'New-PolarMeterFilter', 'Start-PolarEmulator', 'Get-PolarEmulator', 'Show-PolarMetric',
            'Export-PolarMetricReport', 'ConvertFrom-PolarWebhook', 'Test-PolarWebhookSignature', 'Get-PolarBatch'
        $Command.Parameters.ContainsKey('Connection') | Should -Be ($Command.Name -notin $local)
    }

    It 'lists with paging, and only then' {
        # These get what there is one of, or what Polar gives in one answer.
        $single = 'PolarBatch', 'PolarConnection', 'PolarEmulator', 'PolarCustomerState', 'PolarOrderInvoice', 'PolarOrderReceipt', 'PolarSeat', 'PolarSeatInvitation', 'PolarLicenseKeyActivation', 'PolarMeterQuantity',
            'PolarMetric', 'PolarMetricLimit', 'PolarOAuthClient', 'PolarUserInfo', 'PolarPortalCustomer', 'PolarPortalOrderInvoice', 'PolarPortalOrderPaymentStatus', 'PolarPortalOrderReceipt',
            'PolarPortalOrganization', 'PolarPortalSeat', 'PolarPortalSession', 'PolarPortalUser'
        $lists = $Command.Verb -eq 'Get' -and $Command.Noun -notin $single
        # What receives comes to an end by -First, and is no list.
        $Command.Parameters.ContainsKey('First') | Should -Be ($lists -or $Command.Name -eq 'Receive-PolarWebhook')
        $Command.Parameters.ContainsKey('IncludeTotalCount') | Should -Be $lists
    }

    It 'takes from the pipeline only what is checked for its kind' {
        foreach ($parameter in $Command.Parameters.Values) {
            $piped = $parameter.Attributes | Where-Object { $_ -is [Parameter] -and $_.ValueFromPipeline }
            if (-not $piped -or $parameter.ParameterType -notin [string], [string[]] -or $Command.Noun -in 'PolarConnection', 'PolarEmulator') { continue }
            # Paths of this computer's files have a check of their own.
            @($parameter.Attributes.TypeId.Name | Where-Object { $_ -in 'PolarIdAttribute', 'FilePathAttribute' }).Count | Should -Be 1 -Because "-$($parameter.Name) would take any object as text"
        }
    }

    It 'takes keys and values in dictionaries of every kind' {
        # A hashtable would leave ordered ones out, and the order is what someone meant.
        foreach ($parameter in $Command.Parameters.Values) {
            $type = if ($parameter.ParameterType.IsArray) { $parameter.ParameterType.GetElementType() } else { $parameter.ParameterType }
            $known = @($type) + $type.GetInterfaces()
            if ($known -contains [Collections.IDictionary] -or @($known | Where-Object { $_.IsGenericType -and $_.GetGenericTypeDefinition().Name -like '*Dictionary`2' })) {
                $type | Should -Be ([Collections.IDictionary]) -Because "-$($parameter.Name)"
            }
        }
    }

    It 'completes where values are known' {
        $known = 'RecurringInterval', 'TrialInterval', 'MeterInterval', 'Visibility', 'TaxBehavior', 'DefaultTaxBehavior', 'Currency',
            'DefaultPresentmentCurrency', 'TierType', 'Sort', 'Environment', 'Method', 'Connection', 'Id', 'ProductId', 'Product', 'BenefitId', 'Discount',
            'DiscountId', 'Customer', 'CustomerId', 'OrderId', 'Order', 'SubscriptionId', 'Subscription', 'LicenseKeyId', 'CheckoutId', 'OrganizationId',
            'Status', 'Type', 'Duration', 'Role', 'Reason', 'ProrationBehavior', 'CancellationReason', 'BillingType', 'Country'
        # Members, seats, activations and payment methods are found only within others.
        $unlisted = 'PolarMember', 'PolarSeat', 'PolarSeatInvitation', 'PolarLicenseKeyActivation', 'PolarPaymentMethod',
            'PolarPortalSeat', 'PolarPortalSeatInvitation'
        foreach ($parameter in $Command.Parameters.Values | Where-Object { $_.Name -in $known -and -not ($_.Name -eq 'Id' -and $Command.Noun -in $unlisted) }) {
            $parameter.Attributes.TypeId.Name | Should -Contain 'ArgumentCompleterAttribute' -Because "-$($parameter.Name) has known values"
        }
    }

    It 'says at the prompt for a mandatory parameter what may be typed' {
        foreach ($parameter in $Command.Parameters.Values) {
            $mandatory = @($parameter.Attributes | Where-Object { $_ -is [Parameter] -and $_.Mandatory })
            if (-not $mandatory) { continue }
            $name = "-$($parameter.Name)"
            @($mandatory.HelpMessage | Sort-Object -Unique).Count | Should -Be 1 -Because "$name is the same in all parameter sets"
            $message = $mandatory[0].HelpMessage
            $message | Should -Not -BeNullOrEmpty -Because $name
            $message.Length | Should -BeLessOrEqual 80 -Because "$name is one line of a screen: $message"
            $message | Should -Not -Match '\.$' -Because $name
            $message | Should -Match '^\S.*\S$' -Because $name
            $plain = { param($text) ($text -replace '[^A-Za-z]').ToLowerInvariant() }
            & $plain $message | Should -Not -Be (& $plain $parameter.Name) -Because "$name would say nothing"

            $known = Get-KnownValue $parameter
            if ($known.Count -in 1..5) {
                foreach ($value in $known) { $message | Should -MatchExactly "\b$([regex]::Escape($value))\b" -Because "$name knows it" }
            }

            if ($expected = Get-ExpectedMessage $Command $parameter) { $message | Should -BeExactly $expected -Because $name }
        }
    }

    It 'has a help page' { Join-Path $PSScriptRoot "../docs/PolarPS/$Name.md" | Should -Exist }

    It 'has a view for what it writes' {
        foreach ($type in $Command.OutputType.Type | Where-Object { $_ -and $_.FullName -like 'PolarPS.*' }) {
            @(Get-FormatData -TypeName $type.FullName -PowerShellVersion $PSVersionTable.PSVersion).Count | Should -Be 1 -Because $type.FullName
        }
    }
}

Describe '<Name>, which changes something,' -ForEach $writes {
    It 'supports -WhatIf and -Confirm' {
        $Command.Parameters.ContainsKey('WhatIf') | Should -BeTrue
        $Command.Parameters.ContainsKey('Confirm') | Should -BeTrue
    }

    It 'asks by itself where it deletes, ends, or moves money' {
        $grave = $Command.Verb -in 'Remove', 'Stop', 'Revoke', 'Approve', 'Complete', 'Reset', 'Resume' -or $Command.Name -in 'New-PolarRefund', 'Confirm-PolarCheckout', 'Confirm-PolarPortalOrderPayment', 'Set-PolarPortalSubscription'
        $attribute = $Command.ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)[0]
        $attribute.ConfirmImpact | Should -Be $(if ($grave) { 'High' } else { 'Medium' })
    }
}
