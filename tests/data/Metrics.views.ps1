# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'metrics'; Script = { Get-PolarMetric } }
    @{ Name = 'metrics that were chosen'; Script = { Get-PolarMetric churn_rate, costs, cashflow, ltv -Interval week } }
    @{ Name = 'hours'; Script = { Get-PolarMetric orders, revenue -Interval hour -TimeZone Europe/Oslo } }
    @{ Name = 'totals'; Script = { Get-PolarMetric revenue, orders -Total } }
    @{ Name = 'figures'; Script = { (Get-PolarMetric -Total).Figures } }
    @{ Name = 'limits'; Script = { Get-PolarMetricLimit } }
    @{ Name = 'limits of intervals'; Script = { (Get-PolarMetricLimit).Intervals } }
    @{ Name = 'dashboards'; Script = { $null = New-PolarMetricDashboard 'A view of growth' -Metric revenue, orders; Get-PolarMetricDashboard } }
)
