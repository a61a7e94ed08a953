BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost -With @{ MaximumRetryCount = 0 }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Metric dashboards' {
    BeforeEach {
        Set-HostFault $testHost
        Get-PolarMetricDashboard | Remove-PolarMetricDashboard -Confirm:$false
        Clear-HostRequest $testHost
    }

    It 'are created, changed and deleted' {
        $made = New-PolarMetricDashboard -Name Growth -Metric revenue, Orders, MonthlyRecurringRevenue
        $made.Metrics | Should -Be 'revenue', 'orders', 'monthly_recurring_revenue'
        ($made | Set-PolarMetricDashboard -Name Bridge).Metrics | Should -Be $made.Metrics
        (Set-PolarMetricDashboard $made.Id -Metric churn_rate).Metrics | Should -Be 'churn_rate'
        (Set-PolarMetricDashboard Bridge -Metric $null).Metrics | Should -BeNullOrEmpty
        $made | Remove-PolarMetricDashboard -Confirm:$false | Should -BeNullOrEmpty
        (Get-TestError { Get-PolarMetricDashboard $made.Id })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound*'
    }

    It 'are created from rows' {
        $made = @('Name', 'One', 'Two' | ConvertFrom-Csv | New-PolarMetricDashboard)
        $made.Name | Should -Be 'One', 'Two'
    }

    It 'are found by name and wildcard, and listed in parts' {
        $null = 'Growth', 'Grain', 'Other' | ForEach-Object { New-PolarMetricDashboard $_ -Metric orders }
        (Get-PolarMetricDashboard growth).Name | Should -Be 'Growth'
        (Get-PolarMetricDashboard gr*).Name | Sort-Object | Should -Be 'Grain', 'Growth'
        @(Get-PolarMetricDashboard -First 2).Count | Should -Be 2
        @(Get-PolarMetricDashboard -Skip 2).Count | Should -Be 1
        [int](Get-PolarMetricDashboard -IncludeTotalCount -First 0) | Should -Be 3
        Clear-HostRequest $testHost
        (Get-PolarMetricDashboard | Select-Object -First 1).Name | Should -Not -BeNullOrEmpty
        @(Get-HostRequest $testHost).Count | Should -Be 1
        (Get-PolarOrganization -First 1 | Get-PolarMetricDashboard).Count | Should -Be 3
        @(Get-Completion 'Get-PolarMetricDashboard -Id Gr').CompletionText | Sort-Object | Should -Be 'Grain', 'Growth'
    }

    It 'are refused where Polar refuses them, by the name of the parameter' {
        $problem = (Get-TestError { New-PolarMetricDashboard Bad -Metric luck })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest*'
        "$problem" | Should -Match 'Metric'
        $eleven = @(Get-Completion 'Get-PolarMetric -Metric ').CompletionText[0..10]
        "$((Get-TestError { New-PolarMetricDashboard Bad -Metric $eleven })[0])" | Should -Match 'Metric'
        @(Get-PolarMetricDashboard).Count | Should -Be 0
    }

    It 'are not deleted by what only names them, nor with -WhatIf' {
        $made = New-PolarMetricDashboard Growth
        (Get-TestError { Get-PolarProduct -First 1 | Remove-PolarMetricDashboard -Confirm:$false }).Count | Should -BeGreaterThan 0
        $made | Remove-PolarMetricDashboard -WhatIf
        Set-PolarMetricDashboard $made -Name Other -WhatIf
        New-PolarMetricDashboard Third -WhatIf
        (Get-PolarMetricDashboard).Name | Should -Be 'Growth'
    }

    It 'are shown with their control characters visible' {
        $null = New-PolarMetricDashboard "Gr`e[31m$([char]0x202E)owth" -Metric orders
        $text = Get-PolarMetricDashboard | Out-String -Width 80
        $text | Should -Not -Match "[\x1B$([char]0x202E)]"
        $text | Should -Match 'U\+202E'
    }
}
