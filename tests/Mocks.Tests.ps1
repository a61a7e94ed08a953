# Users mock the module's cmdlets in their own tests, and call them through proxies. Either is a function with the parameters'
# types, but without their attributes: what a cmdlet reads, its types have to read.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:id = '8cabdca5-cf97-4f4e-851c-fddffa691a56'

    function New-Model {
        param([string] $Kind)
        $item = New-Object "PolarPS.Client.Models.$Kind"
        $item.Id = $id
        $item
    }
}

Describe 'A mock' {
    BeforeDiscovery {
        $script:calls = @(
            @{ Command = 'New-PolarRefund'; Case = 'an id by name'; Call = { New-PolarRefund -Order $id -Reason other -Amount 100 } }
            @{ Command = 'New-PolarRefund'; Case = 'an id by position'; Call = { New-PolarRefund $id -Reason other } }
            @{ Command = 'New-PolarRefund'; Case = 'an order from the pipeline'; Call = { New-Model Order | New-PolarRefund -Reason other } }
            @{ Command = 'New-PolarRefund'; Case = 'several orders'; Call = { New-PolarRefund (New-Model Order), $id -Reason other } }
            @{ Command = 'Get-PolarProduct'; Case = 'the name of a connection that there is not'; Call = { Get-PolarProduct -Connection main } }
            @{ Command = 'Get-PolarProduct'; Case = 'an id'; Call = { Get-PolarProduct $id } }
            @{ Command = 'Set-PolarProduct'; Case = 'an object'; Call = { Set-PolarProduct (New-Model Product) -Name abcd } }
            @{ Command = 'Set-PolarProduct'; Case = 'an object from the pipeline'; Call = { New-Model Product | Set-PolarProduct -Name abcd } }
            @{ Command = 'New-PolarProduct'; Case = 'a price'; Call = { New-PolarProduct -Name abcd -Price (New-PolarPrice -Amount 100) } }
            @{ Command = 'New-PolarProduct'; Case = 'several prices'; Call = { New-PolarProduct -Name abcd -Price (New-PolarPrice -Amount 100), (New-PolarPrice -Amount 90 -Currency eur) } }
            @{ Command = 'Set-PolarProduct'; Case = 'prices to keep'; Call = { Set-PolarProduct $id -Price (New-Model ProductPrice), $id } }
            @{ Command = 'New-PolarPrice'; Case = 'tiers'; Call = { New-PolarPrice -SeatTier 500, @{ MinSeats = 11; PricePerSeat = 400 } } }
            @{ Command = 'New-PolarProduct'; Case = 'custom fields'; Call = { New-PolarProduct -Name abcd -Price (New-PolarPrice -Amount 100) -CustomField $id, @{ CustomFieldId = $id; Required = $true } } }
            @{ Command = 'New-PolarCustomField'; Case = 'options'; Call = { New-PolarCustomField -Slug a -Name b -Option 'one', @{ Value = 'two'; Label = 'Two' } } }
            @{ Command = 'New-PolarBenefit'; Case = 'an expiration'; Call = { New-PolarBenefit -LicenseKey -Description abc -ExpiresAfter '1 year' } }
            @{ Command = 'Stop-PolarSubscription'; Case = 'a confirmation'; Call = { Stop-PolarSubscription $id -Confirm:$false } }
            @{ Command = 'Set-PolarCustomer'; Case = 'metadata'; Call = { Set-PolarCustomer $id -Metadata @{ a = 1 } } }
            @{ Command = 'Get-PolarSeat'; Case = 'a subscription'; Call = { New-Model Subscription | Get-PolarSeat } }
            @{ Command = 'Test-PolarLicenseKey'; Case = 'the text of a key'; Call = { Test-PolarLicenseKey 'POLAR-1234-5678-9ABC-DEF0' } }
            @{ Command = 'Get-PolarLicenseKeyActivation'; Case = 'an activation'; Call = { New-Model LicenseKeyActivation | Get-PolarLicenseKeyActivation } }
            @{ Command = 'Get-PolarOrder'; Case = 'a time as text'; Call = { Get-PolarOrder -CreatedAfter '2027-01-31' } }
            @{ Command = 'Get-PolarOAuthClient'; Case = 'an id'; Call = { Get-PolarOAuthClient polar_ci_x } }
            @{ Command = 'Request-PolarOAuthToken'; Case = 'tokens from the pipeline'; Call = { [PolarPS.Client.Models.OAuth2Token]@{ RefreshToken = 'polar_rt_u_x' } | Request-PolarOAuthToken -Client polar_ci_x } }
            @{ Command = 'Test-PolarOAuthToken'; Case = 'a token and a credential'; Call = { Test-PolarOAuthToken (ConvertTo-TestToken polar_at_u_x) ([pscredential]::new('polar_ci_x', (ConvertTo-TestToken x))) } }
            @{ Command = 'Set-PolarEmulator'; Case = 'a duration'; Call = { Set-PolarEmulator -Advance '1.00:00:00' } }
        )
    }

    It 'of <Command> takes <Case>' -ForEach $calls {
        Mock $Command { 'ok' }
        & $Call | Should -Be 'ok'
        Should -Invoke $Command -Times 1 -Exactly
    }

    It 'refuses what the cmdlet refuses: a payment for an order' {
        Mock New-PolarRefund { 'ok' }
        { New-PolarRefund (New-Model Payment) -Reason other } | Should -Throw
    }

    It 'sees $null where $null clears' {
        Mock Set-PolarProduct { "$($null -eq $Description) $Name" }
        Set-PolarProduct $id -Description $null -Name abcd | Should -Be 'True abcd'
        Set-PolarProduct $id -Description 'text' | Should -Be 'False '
        Should -Invoke Set-PolarProduct -ParameterFilter { $Description -eq 'text' } -Times 1 -Exactly
    }
}

Describe 'Every cmdlet' {
    It 'can be mocked' {
        $problems = foreach ($command in Get-Command -Module PolarPS) {
            try {
                Mock $command.Name { 'ok' }
                $data = [Management.Automation.CommandMetadata]::new($command)
                $null = [scriptblock]::Create([Management.Automation.ProxyCommand]::Create($data))
            }
            catch { "${command}: $_" }
        }
        $problems | Should -BeNullOrEmpty
    }

    It 'has types that convert by themselves' {
        $own = @(Get-Command -Module PolarPS | ForEach-Object { $_.Parameters.Values.ParameterType } | ForEach-Object { if ($_.IsArray) { $_.GetElementType() } else { $_ } } |
                Where-Object { $_.FullName -like 'PolarPS.*' } | Sort-Object FullName -Unique)
        $own.Count | Should -BeGreaterThan 8
        # A value is read that a parameter of the type is given in examples; what has no text form is an object of a kind.
        $bare = @($own | Where-Object {
                $converter = (Get-TypeData $_.FullName).TypeConverter
                $attribute = $_.GetCustomAttributes([ComponentModel.TypeConverterAttribute], $false)
                -not $converter -and -not $attribute
            } | ForEach-Object Name)
        # A social link is a hashtable of its two properties, which PowerShell converts.
        $bare | Should -Be 'OrganizationSocialLink'
    }

    It 'that clears text with $null has it as an object, because a function makes $null an empty string' {
        $problems = foreach ($command in Get-Command -Module PolarPS -Verb Set) {
            foreach ($parameter in $command.Parameters.Values) {
                $null -ne ($parameter.Attributes | Where-Object { $_ -is [Management.Automation.AllowNullAttribute] }) -and $parameter.ParameterType -eq [string] |
                    Where-Object { $_ } | ForEach-Object { "$command -$($parameter.Name)" }
            }
        }
        $problems | Should -BeNullOrEmpty
    }
}

Describe 'A proxy' {
    It 'passes on what the cmdlet takes' {
        Disconnect-Polar -All
        $null = Start-PolarEmulator -Name proxied
        try {
            foreach ($name in 'New-PolarRefund', 'Set-PolarProduct', 'Get-PolarProduct') {
                $data = [Management.Automation.CommandMetadata]::new((Get-Command $name -Module PolarPS))
                Set-Item "function:script:Proxy-$name" ([scriptblock]::Create([Management.Automation.ProxyCommand]::Create($data)))
            }
            $product = New-PolarProduct -Name 'Behind a proxy' -Description 'text' -Price (New-PolarPrice -Amount 100)
            (& Proxy-Set-PolarProduct $product.Id -Description $null).Description | Should -BeNullOrEmpty
            (Proxy-Get-PolarProduct $product.Id -Connection proxied).Id | Should -Be $product.Id
            { Proxy-Get-PolarProduct -Connection misspelt -ErrorAction Stop } | Should -Throw -ErrorId 'PolarConnectionNotFound*'
            $order = Get-PolarOrder -Status paid | Where-Object RefundableAmount -GT 0 | Select-Object -First 1
            ($order | Proxy-New-PolarRefund -Amount 1 -Reason other -Confirm:$false).Amount | Should -Be 1
        }
        finally { Stop-PolarEmulator -Emulator proxied }
    }
}
