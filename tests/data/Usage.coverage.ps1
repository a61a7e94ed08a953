# Calls of the operations of events, event types, meters and customer meters; see tests/Coverage.Tests.ps1.
@{
    Arrange = {
        $script:anyId = '3f0c1c64-1a5e-4e1e-9a55-0d6a3f1c2b7d'
        $script:organization = (Get-PolarOrganization -First 1).Id
        $script:meter = Get-PolarMeter -IsArchived:$false -First 1
        $script:crew = Get-PolarCustomer -First 1
        $script:member = '5d0e7c5b-8a0f-4f35-9a40-4f3f1b7f6a11'
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Select-PolarConnection Default
    }
    Calls   = @{
        'events:list'          = {
            Get-PolarEvent -Name api.call -CustomerId $crew -ExternalCustomerId u_1 -StartTimestamp (Get-Date).AddDays(-1) -EndTimestamp (Get-Date) -Filter "name = 'api.call'" -MeterId $meter -Source user -Query abc -Metadata @{ a = 'b' } -ParentId $anyId -Depth 1 -OrganizationId $organization -Sort Timestamp -CursorPagination
        }
        'events:get'           = { Get-PolarEvent (Get-PolarEvent -First 1) }
        'events:list_names'    = { Get-PolarEventName forecast -Source user -CustomerId $crew -ExternalCustomerId u_1 -OrganizationId $organization -Sort Occurrences }
        'events:ingest'        = {
            $more = @{ ExternalId = 'coverage-1'; Timestamp = (Get-Date).AddMinutes(-1); ParentId = 'coverage-0'; Metadata = @{ tokens = 5 } }
            Send-PolarEvent coverage -ExternalCustomerId u_1 -ExternalMemberId m_1 @more
            $llm = @{ vendor = 'acme'; model = 'm1'; prompt = 'Wind?'; response = 'Fair.'; input_tokens = 5; cached_input_tokens = 1; output_tokens = 3; total_tokens = 8 }
            Send-PolarEvent coverage -ExternalCustomerId u_1 -Metadata @{ _cost = @{ amount = 1.5; currency = 'usd' }; _llm = $llm }
            # There is no such member; what was sent is what counts here.
            Send-PolarEvent coverage -CustomerId $crew -MemberId $member -OrganizationId $organization -Connection user -ErrorAction SilentlyContinue
        }
        'event-types:list'     = {
            Get-PolarEventType -Query forecast -Source user -RootEvents -ParentId $anyId -CustomerId $crew -ExternalCustomerId u_1 -OrganizationId $organization -Sort Label
        }
        'event-types:update'   = { Get-PolarEventType -Source user -First 1 | Set-PolarEventType -Label 'Covered' -LabelPropertySelector subject }
        'meters:list'          = { Get-PolarMeter -Query routing -IsArchived:$false -Metadata @{ a = 'b' } -OrganizationId $organization -Sort CreatedAt }
        'meters:get'           = { Get-PolarMeter $meter }
        'meters:create'        = {
            $how = @{ Filter = "name = 'coverage.made' and (metadata.tokens > 5 or metadata.pages > 1)"; Aggregation = 'sum'; Property = 'tokens' }
            New-PolarMeter 'Coverage' @how -Unit custom -CustomLabel kilo -CustomMultiplier 1000 -Metadata @{ a = 1 }
            New-PolarMeter 'Coverage, nested' @how -OrganizationId $organization -Connection user
        }
        'meters:update'        = {
            $made = New-PolarMeter 'Coverage, changed' "name = 'coverage.none'" -Aggregation count
            $made | Set-PolarMeter -Name 'Coverage, after' -Filter "name = 'coverage.other' and (metadata.tokens > 5 or metadata.pages > 1)" -Aggregation sum -Property tokens -Unit custom -CustomLabel kilo -CustomMultiplier 10 -Metadata @{ a = 1 } -IsArchived
        }
        'meters:quantities'    = {
            Get-PolarMeterQuantity $meter -StartTimestamp (Get-Date).AddDays(-9) -EndTimestamp (Get-Date) -Interval day -TimeZone Europe/Oslo -CustomerId $crew -ExternalCustomerId u_1 -CustomerAggregationFunction max -Metadata @{ a = 'b' }
        }
        'customer_meters:list' = { Get-PolarCustomerMeter -CustomerId $crew -ExternalCustomerId u_1 -MeterId $meter -OrganizationId $organization -Sort Balance }
        'customer_meters:get'  = { Get-PolarCustomerMeter (Get-PolarCustomerMeter -First 1) }
    }
    Except  = @{}
}
