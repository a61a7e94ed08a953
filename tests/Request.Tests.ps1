BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost -ArgumentList '--products', '250'
    Connect-TestHost $testHost
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Invoke-PolarRequest' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'reads' {
        $answer = Invoke-PolarRequest /v1/products/ -Query @{ limit = 2; is_recurring = $true; visibility = 'public', 'draft' }
        $answer.items.Count | Should -Be 2
        $answer.pagination.total_count | Should -BeGreaterThan 2
        $query = @(Get-HostRequest $testHost)[0].query
        foreach ($part in 'limit=2', 'is_recurring=true', 'visibility=public&visibility=draft') { $query | Should -BeLike "*$part*" }
    }

    It 'reads all pages of a list, once each' {
        $items = Invoke-PolarRequest /v1/products/ -Paginate
        $items.Count | Should -BeGreaterThan 250
        ($items.id | Sort-Object -Unique).Count | Should -Be $items.Count
    }

    It 'stops with the pipeline' {
        @(Invoke-PolarRequest /v1/products/ -Paginate | Select-Object -First 5).Count | Should -Be 5
        @(Get-HostRequest $testHost).Count | Should -Be 1
    }

    It 'sends a body from <Name>' -ForEach @(
        @{ Name = 'JSON'; Body = '{"name":"By hand","prices":[{"amount_type":"fixed","price_amount":100}]}' }
        @{ Name = 'a hashtable'; Body = [ordered]@{ name = 'By hand'; prices = @(@{ amount_type = 'fixed'; price_amount = 100 }) } }
        @{ Name = 'an object'; Body = [pscustomobject]@{ name = 'By hand'; prices = @([pscustomobject]@{ amount_type = 'fixed'; price_amount = 100 }) } }
    ) {
        (Invoke-PolarRequest /v1/products/ -Method POST -Body $Body).name | Should -Be 'By hand'
    }

    It 'writes text with -Raw' {
        Invoke-PolarRequest /v1/products/ -Query @{ limit = 1 } -Raw | Should -BeLike '{"items":*'
    }

    It 'asks before it changes anything, and sends nothing with -WhatIf' {
        Invoke-PolarRequest /v1/products/ -Method POST -Body @{ name = 'No' } -WhatIf
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'reports <Name>' -ForEach @(
        @{ Name = 'an unknown path'; Arguments = @{ Path = '/v1/nothing' }; ErrorId = 'PolarRouteNotFound' }
        @{ Name = 'a path of another host'; Arguments = @{ Path = 'https://example.com/v1/products/' }; ErrorId = 'PolarInvalidArgument' }
        @{ Name = 'a path with two slashes'; Arguments = @{ Path = '//example.com/v1/products/' }; ErrorId = 'PolarInvalidArgument' }
        @{ Name = 'text that is not JSON'; Arguments = @{ Path = '/v1/products/'; Method = 'POST'; Body = '{' }; ErrorId = 'PolarInvalidArgument' }
        @{ Name = 'an unknown id'; Arguments = @{ Path = '/v1/products/00000000-0000-4000-8000-000000000000' }; ErrorId = 'PolarNotFound' }
        @{ Name = 'pages of what is no list'; Arguments = @{ Path = '/v1/organizations/{0}'; Paginate = $true }; ErrorId = 'PolarBadResponse' }
    ) {
        if ($Arguments.Path -like '*{0}*') { $Arguments.Path = $Arguments.Path -f $testHost.organizationId }
        (Get-TestError { Invoke-PolarRequest @Arguments })[0].FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
    }
}
