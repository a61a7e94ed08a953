# What a connection can be told not to do: the transport holds it, so that every cmdlet meets it, and Invoke-PolarRequest too.
BeforeDiscovery {
    $order = '00000000-0000-4000-8000-000000000000'
    # Each writes, in its own way; none may reach the shop.
    $writes = @(
        @{ Name = 'New-'; Act = { New-PolarProduct -Name 'Never' -Price (New-PolarPrice -Amount 100) } }
        @{ Name = 'Set-'; Act = { Set-PolarProduct $product -Description 'Never' } }
        @{ Name = 'Remove-'; Act = { Remove-PolarCustomer $customer -Confirm:$false } }
        @{ Name = 'New-PolarRefund'; Act = { New-PolarRefund $paid.Id -Reason customer_request -Confirm:$false } }
        @{ Name = 'New-PolarCustomerSession'; Act = { New-PolarCustomerSession $customer } }
        @{ Name = 'Set-PolarSubscription'; Act = { Set-PolarSubscription $subscription.Id -Metadata @{ a = 'b' } } }
        @{ Name = 'Invoke-PolarRequest POST'; Act = { Invoke-PolarRequest /v1/customers/ -Method POST -Body @{ email = 'never@example.com' } -Confirm:$false } }
        @{ Name = 'Invoke-PolarRequest DELETE'; Act = { Invoke-PolarRequest "/v1/customers/$customer" -Method DELETE -Confirm:$false } }
        @{ Name = 'Invoke-PolarRequest of a path that nobody knows'; Act = { Invoke-PolarRequest /v1/tomorrow/ -Method POST -Body '{}' -Confirm:$false } }
    )
    $reads = @(
        @{ Name = 'Get-'; Act = { Get-PolarProduct -First 1 } }
        @{ Name = 'Export-'; Act = { Export-PolarCustomer (Join-Path $TestDrive 'customers.csv') } }
        @{ Name = 'Test-PolarConnection'; Act = { Test-PolarConnection } }
        @{ Name = 'Test-PolarLicenseKey'; Act = { Test-PolarLicenseKey $key } }
        @{ Name = 'Invoke-PolarRequest GET'; Act = { Invoke-PolarRequest /v1/products/ } }
        @{ Name = 'Invoke-PolarRequest of a validation'; Act = { Invoke-PolarRequest /v1/license-keys/validate -Method POST -Body @{ key = $key.Key; organization_id = $shop.OrganizationId } -Confirm:$false } }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:shop = Start-PolarEmulator -Name shop -Seed 7 -Port 0
    $script:free = Get-PolarConnection shop
    $script:product = (Get-PolarProduct -First 1).Id
    $script:customer = (Get-PolarCustomer -First 1).Id
    $script:subscription = Get-PolarSubscription -Status active -First 1
    $script:key = Get-PolarLicenseKey -Status granted -First 1
    $script:organization = Get-PolarOrganization

    function Connect-Shop {
        param([hashtable] $With = @{}, $Address = $shop.Url, $Token = $shop.AccessToken)
        Connect-Polar -AccessToken $Token -Environment $Address -MaximumRetryCount 0 -Name limited @With
    }

    function Get-ErrorId {
        param([scriptblock] $Act)
        $found = @(Get-TestError $Act)
        if ($found.Count -gt 0) { ($found[0].FullyQualifiedErrorId -split ',')[0] }
    }

    function Get-Write { @($shop.Requests | Where-Object Method -NE 'GET').Count }
}

AfterAll {
    Stop-PolarEmulator -All
    Disconnect-Polar -All
}

Describe 'Connect-Polar -ReadOnly' {
    BeforeAll { Set-PolarEmulator shop -Reset; $script:paid = Get-PolarOrder -Connection $free | Where-Object { $_.RefundableAmount -gt 1000 } | Select-Object -First 1; Connect-Shop @{ ReadOnly = $true } }

    It 'refuses <Name>' -ForEach $writes {
        $before = Get-Write
        $problem = @(Get-TestError $Act)[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarReadOnly,*'
        $problem.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-ReadOnly*POLAR_READ_ONLY*'
        Get-Write | Should -Be $before
    }

    It 'lets <Name> pass' -ForEach $reads { Get-ErrorId $Act | Should -BeNullOrEmpty }

    It 'is shown' {
        (Get-PolarConnection limited).ReadOnly | Should -BeTrue
        (Get-PolarConnection shop).ReadOnly | Should -BeFalse
        Get-PolarConnection limited | Format-List | Out-String | Should -Match 'ReadOnly\s*:\s*True'
    }

    It 'is for its own connection only' { { Set-PolarProduct $product -Description 'Changed' -Connection shop } | Should -Not -Throw }
}

Describe 'POLAR_READ_ONLY' {
    AfterEach { Remove-Item Env:POLAR_READ_ONLY, Env:POLAR_ACCESS_TOKEN, Env:POLAR_ENVIRONMENT -ErrorAction Ignore }

    It "'<Value>' means <Expected>" -ForEach @(
        @{ Value = '1'; Expected = $true }, @{ Value = 'true'; Expected = $true }, @{ Value = 'yes'; Expected = $true }, @{ Value = 'no'; Expected = $true }
        @{ Value = '0'; Expected = $false }, @{ Value = 'false'; Expected = $false }, @{ Value = 'False'; Expected = $false }, @{ Value = ''; Expected = $false }
    ) {
        [Environment]::SetEnvironmentVariable('POLAR_READ_ONLY', $Value)
        Connect-Shop
        (Get-PolarConnection limited).ReadOnly | Should -Be $Expected
        Connect-Shop @{ ReadOnly = $false }
        (Get-PolarConnection limited).ReadOnly | Should -Be $Expected
    }

    It 'holds for a connection from the variables' {
        $env:POLAR_READ_ONLY = '1'
        $env:POLAR_ENVIRONMENT = 'Emulator'
        Stop-PolarEmulator -All; Disconnect-Polar -All
        try {
            $result = Invoke-NewSession "New-PolarProduct -Name 'Never' -Price (New-PolarPrice -Amount 100)"
            $result.Ended.FullyQualifiedErrorId | Should -BeLike 'PolarReadOnly,*'
        }
        finally {
            Remove-Item Env:POLAR_READ_ONLY
            $script:shop = Start-PolarEmulator -Name shop -Seed 7 -Port 0
            $script:free = Get-PolarConnection shop
        }
    }
}

Describe 'Connect-Polar -ExpectOrganization' {
    It 'takes the <Name>' -ForEach @(
        @{ Name = 'slug'; Value = { $organization.Slug } }
        @{ Name = 'slug in capitals'; Value = { $organization.Slug.ToUpperInvariant() } }
        @{ Name = 'id'; Value = { $organization.Id } }
    ) {
        Connect-Shop @{ ExpectOrganization = (& $Value) }
        (Get-PolarProduct -First 1).Id | Should -Not -BeNullOrEmpty
        $null = Get-PolarProduct -First 1
        @($shop.Requests | Select-Object -Last 3 | Where-Object Path -Like '/v1/organizations*').Count | Should -Be 1 -Because 'it is asked once'
    }

    It 'refuses everything where it is another: <Name>' -ForEach @(
        @{ Name = 'a list'; Act = { Get-PolarProduct } }
        @{ Name = 'a write'; Act = { New-PolarProduct -Name 'Never' -Price (New-PolarPrice -Amount 100) } }
        @{ Name = 'any request'; Act = { Invoke-PolarRequest /v1/products/ } }
    ) {
        Connect-Shop @{ ExpectOrganization = 'another-shop' }
        $before = Get-Write
        $problem = @(Get-TestError $Act)[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarOrganizationMismatch,*'
        "$problem" | Should -BeLike "*$($organization.Slug)*another-shop*"
        Get-Write | Should -Be $before
        @($shop.Requests | Select-Object -Last 1).Path | Should -BeLike '/v1/organizations*'
    }

    It 'needs a connection that is narrowed where the token reaches several' {
        $pat = $shop.AccessToken
        Connect-Shop @{ ExpectOrganization = $organization.Id; OrganizationId = $organization.Id } -Token $pat
        (Get-PolarProduct -First 1).Id | Should -Not -BeNullOrEmpty
        Connect-Shop @{ ExpectOrganization = $organization.Slug; OrganizationId = '00000000-0000-4000-8000-000000000000' } -Token $pat
        Get-ErrorId { Get-PolarProduct } | Should -Be 'PolarOrganizationMismatch'
    }
}

Describe 'Connect-Polar -MoneyLimit and -MoneyCount' {
    BeforeEach {
        Set-PolarEmulator shop -Reset
        Select-PolarConnection $free
        $script:paid = @(Get-PolarOrder -Status paid | Where-Object { $_.RefundableAmount -gt 1000 -and $_.Currency -eq 'usd' } | Select-Object -First 3)
    }

    It 'adds up what is refunded, with its tax' {
        $gross = $paid[0].RefundableAmount + $paid[0].RefundableTaxAmount
        Connect-Shop @{ MoneyLimit = @{ usd = $gross + 10 } }
        (New-PolarRefund $paid[0].Id -Reason customer_request -Confirm:$false).Id | Should -Not -BeNullOrEmpty
        (Get-PolarConnection limited).MoneyUsed['usd'] | Should -Be $gross
        Get-PolarConnection limited | Format-List | Out-String | Should -Match 'MoneyLimit\s*:.*of.*used'
        $before = Get-Write
        $problem = @(Get-TestError { New-PolarRefund $paid[1].Id -Reason customer_request -Confirm:$false })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarMoneyLimit,*'
        $problem.CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $money = { param($cents) '$' + ($cents / 100).ToString('N2', [cultureinfo]::InvariantCulture) }
        "$problem" | Should -BeLike "*moves $(& $money ($paid[1].RefundableAmount + $paid[1].RefundableTaxAmount)) (including tax), and `$0.10 of*limit of $(& $money ($gross + 10)) is left*"
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Get-PolarConnection*'
        Get-Write | Should -Be $before
    }

    It 'refuses another currency, and what is not known beforehand: <Name>' -ForEach @(
        @{ Name = 'another currency'; Limit = @{ eur = 1000000 }; Act = { New-PolarRefund $paid[0].Id -Reason customer_request -Confirm:$false } }
        @{ Name = 'Invoke-PolarRequest'; Limit = @{ usd = 1000000 }; Act = { Invoke-PolarRequest "/v1/products/$product" -Method PATCH -Body @{ description = 'x' } -Confirm:$false } }
        @{ Name = 'a refund by Invoke-PolarRequest'; Limit = @{ usd = 1000000 }; Act = { Invoke-PolarRequest /v1/refunds/ -Method POST -Body @{ order_id = $paid[0].Id; amount = 1; reason = 'other' } -Confirm:$false } }
        @{ Name = 'a change of seats that is billed at once'; Limit = @{ usd = 1000000 }; Act = { Set-PolarSubscription $subscription.Id -Seats 3 -Confirm:$false } }
        @{ Name = 'a change of product'; Limit = @{ usd = 1000000 }; Act = { Set-PolarSubscription $subscription.Id -Product $product -Confirm:$false } }
        @{ Name = 'a pause that ends'; Limit = @{ usd = 1000000 }; Act = { Get-PolarSubscription -Status paused -First 1 | Resume-PolarSubscription -Confirm:$false } }
        @{ Name = 'a trial that ends'; Limit = @{ usd = 1000000 }; Act = { Set-PolarSubscription $subscription.Id -TrialEnd (Get-Date).AddDays(3) -Confirm:$false } }
        @{ Name = 'a subscription that ends now, with its usage'; Limit = @{ usd = 1000000 }; Act = { Stop-PolarSubscription $subscription.Id -Immediate -Confirm:$false } }
        @{ Name = 'a customer who is deleted, with subscriptions'; Limit = @{ usd = 1000000 }; Act = { Remove-PolarCustomer $customer -Confirm:$false } }
    ) {
        Connect-Shop @{ MoneyLimit = $Limit }
        $before = Get-Write
        Get-ErrorId $Act | Should -Be 'PolarMoneyLimit'
        Get-Write | Should -Be $before
    }

    It 'lets other writes pass' {
        Connect-Shop @{ MoneyLimit = @{ usd = 0 }; MoneyCount = 0 }
        Get-ErrorId { Set-PolarProduct $product -Description 'Changed' } | Should -BeNullOrEmpty
        Get-ErrorId { New-PolarRefund $paid[0].Id -Reason customer_request -Confirm:$false } | Should -Be 'PolarMoneyLimit'
    }

    It 'counts' {
        Connect-Shop @{ MoneyCount = 2 }
        $ids = 0..2 | ForEach-Object { $order = $paid[$_].Id; Get-ErrorId { New-PolarRefund $order -Amount 100 -Reason customer_request -Confirm:$false } }
        @($ids) | Should -Be @('PolarMoneyLimit')
        (Get-PolarConnection limited).MoneyCountUsed | Should -Be 2
        @($shop.Requests | Where-Object { $_.Method -eq 'POST' -and $_.Path -like '/v1/refunds*' }).Count | Should -Be 2
    }

    It 'counts an outcome that is not known, and not a refusal' {
        Connect-Shop @{ MoneyCount = 5; MoneyLimit = @{ usd = 100000 } }
        $shop | Set-PolarEmulator -Fault @{ Method = 'POST'; Path = '/v1/refunds'; Status = 502; Times = 1 }
        Get-ErrorId { New-PolarRefund $paid[0].Id -Amount 100 -Reason customer_request -Confirm:$false } | Should -Be 'PolarOutcomeUnknown'
        (Get-PolarConnection limited).MoneyCountUsed | Should -Be 1
        $used = (Get-PolarConnection limited).MoneyUsed['usd']
        $used | Should -BeGreaterOrEqual 100
        $shop | Set-PolarEmulator -Fault @{ Method = 'POST'; Path = '/v1/refunds'; Status = 403; Body = @{ error = 'RefundedAlready'; detail = 'x' }; Times = 1 }
        Get-ErrorId { New-PolarRefund $paid[1].Id -Amount 100 -Reason customer_request -Confirm:$false } | Should -Be 'PolarNotPermitted'
        (Get-PolarConnection limited).MoneyCountUsed | Should -Be 1
        (Get-PolarConnection limited).MoneyUsed['usd'] | Should -Be $used
    }

    It 'counts nothing for -WhatIf' {
        Connect-Shop @{ MoneyCount = 1; MoneyLimit = @{ usd = 1 } }
        New-PolarRefund $paid[0].Id -Reason customer_request -WhatIf
        (Get-PolarConnection limited).MoneyCountUsed | Should -Be 0
    }

    It 'refuses a limit that is not plain: <Name>' -ForEach @(
        @{ Name = 'a comma'; With = @{ MoneyLimit = @{ usd = '5,00' } } }
        @{ Name = 'a fraction'; With = @{ MoneyLimit = @{ usd = 5.5 } } }
        @{ Name = 'an exponent'; With = @{ MoneyLimit = @{ usd = '1e3' } } }
        @{ Name = 'a sign'; With = @{ MoneyLimit = @{ usd = -1 } } }
        @{ Name = 'nothing'; With = @{ MoneyLimit = @{ usd = $null } } }
        @{ Name = 'no currency'; With = @{ MoneyLimit = @{ dollars = 1 } } }
        @{ Name = 'two spellings of one'; With = @{ MoneyLimit = $(& { $twice = [Collections.Hashtable]::new([StringComparer]::Ordinal); $twice['usd'] = 1; $twice[' usd'] = 2; $twice }) } }
        @{ Name = 'an empty table'; With = @{ MoneyLimit = @{} } }
        @{ Name = '$null'; With = @{ MoneyLimit = $null } }
        @{ Name = 'a number alone'; With = @{ MoneyLimit = 500 } }
        @{ Name = 'a count with a comma'; With = @{ MoneyCount = '2,5' } }
        @{ Name = 'a count with a fraction'; With = @{ MoneyCount = 2.5 } }
        @{ Name = 'a count of $null'; With = @{ MoneyCount = $null } }
        @{ Name = 'a count below 0'; With = @{ MoneyCount = -1 } }
    ) {
        { Connect-Shop $With } | Should -Throw
        Get-ErrorId { Get-PolarProduct } | Should -Be 'PolarNotConnected'
    }

    It 'takes text and numbers that are plain' {
        Connect-Shop @{ MoneyLimit = @{ USD = ' 50000 '; eur = 5.0 }; MoneyCount = '20' }
        $connection = Get-PolarConnection limited
        $connection.MoneyLimit['usd'] | Should -Be 50000
        $connection.MoneyLimit['eur'] | Should -Be 5
        $connection.MoneyCount | Should -Be 20
    }
}

Describe 'Connect-Polar -Test' {
    It 'says which organization and environment it is' {
        $result = Connect-Shop @{ Test = $true; PassThru = $true }
        $result[0].Works | Should -BeTrue
        $result[0].Organizations | Should -Contain 'Northwind'
        $result[0].Environment | Should -Be "$($shop.Url)".TrimEnd('/')
        $result[1].Name | Should -Be 'limited'
    }

    It 'makes no connection where it does not work: <Name>' -ForEach @(
        @{ Name = 'a token that is refused'; With = @{ Test = $true }; Token = 'polar_oat_wrong'; Id = 'PolarUnauthorized' }
        @{ Name = 'another organization'; With = @{ Test = $true; ExpectOrganization = 'another' }; Id = 'PolarOrganizationMismatch' }
        @{ Name = 'nobody there'; With = @{ Test = $true }; Address = 'http://127.0.0.1:9'; Id = 'PolarConnectionFailed' }
    ) {
        $where = @{ With = $With }
        if ($_['Address']) { $where.Address = $Address }
        if ($_['Token']) { $where.Token = ConvertTo-TestToken $Token }
        Disconnect-Polar limited -ErrorAction Ignore
        Get-ErrorId { Connect-Shop @where } | Should -Be $Id
        Get-PolarConnection limited -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-ErrorId { Get-PolarProduct } | Should -Be 'PolarNotConnected'
    }
}
