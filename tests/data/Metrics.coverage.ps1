# Calls for tests/Coverage.Tests.ps1: metrics and dashboards.
@{
    Arrange = {
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Select-PolarConnection Default
        $script:organization = Get-PolarOrganization -First 1
        $script:product = Get-PolarProduct -First 1
        $script:buyer = Get-PolarCustomer -First 1
        $script:folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:dashboard = New-PolarMetricDashboard Coverage -Metric revenue
        $script:time = @{ From = '2026-11-01'; To = '2026-11-05'; Interval = 'day'; TimeZone = 'Europe/Paris' }
        $script:of = @{ OrganizationId = $organization; ProductId = $product; CustomerId = $buyer; BillingType = 'recurring' }
    }
    Calls   = @{
        'metrics:get'              = { Get-PolarMetric revenue, orders @time @of }
        'metrics:export'           = { Export-PolarMetric (Join-Path $folder 'metrics.csv') -Metric revenue, orders @time @of }
        'metrics:limits'           = { Get-PolarMetricLimit }
        'metrics:list_dashboards'  = { Get-PolarMetricDashboard -OrganizationId $organization }
        'metrics:get_dashboard'    = { Get-PolarMetricDashboard $dashboard.Id }
        'metrics:create_dashboard' = { New-PolarMetricDashboard -Name 'Coverage two' -Metric revenue, orders -OrganizationId $organization -Connection user }
        'metrics:update_dashboard' = { Set-PolarMetricDashboard $dashboard -Name 'Coverage three' -Metric orders }
        'metrics:delete_dashboard' = { New-PolarMetricDashboard 'Coverage gone' | Remove-PolarMetricDashboard -Confirm:$false }
    }
    Except  = @{}
}
