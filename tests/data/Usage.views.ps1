# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'events'; Script = { Get-PolarEvent -First 20 } }
    @{ Name = 'names of events'; Script = { Get-PolarEventName } }
    @{ Name = 'event types'; Script = { Get-PolarEventType } }
    @{ Name = 'sent events'; Script = { Send-PolarEvent shown -ExternalCustomerId u_1 } }
    @{ Name = 'meters'; Script = { Get-PolarMeter } }
    @{ Name = 'filters'; Script = { (Get-PolarMeter).Filter } }
    @{ Name = 'clauses of filters'; Script = { (Get-PolarMeter).Filter.Clauses } }
    @{ Name = 'aggregations'; Script = { (Get-PolarMeter).Aggregation } }
    @{ Name = 'quantities'; Script = { Get-PolarMeter -First 1 | Get-PolarMeterQuantity -Interval week } }
    @{ Name = 'customer meters'; Script = { Get-PolarCustomerMeter } }
)
