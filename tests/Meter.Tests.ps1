BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'New-PolarMeterFilter' {
    It 'reads <Text>' -ForEach @(
        @{ Text = "name = 'api.call' and metadata.tokens > 100"; Is = "name = 'api.call' and metadata.tokens > 100" }
        @{ Text = 'name -eq "api.call" and tokens -ge 5'; Is = "name = 'api.call' and metadata.tokens >= 5" }
        @{ Text = "(name = 'a' or name = 'b') and not_there != true"; Is = "(name = 'a' or name = 'b') and metadata.not_there != true" }
        @{ Text = 'every event'; Is = 'every event' }
    ) {
        $filter = New-PolarMeterFilter $Text
        "$filter" | Should -Be $Is
        $filter.Text | Should -Be $Is
        "$(New-PolarMeterFilter $filter.Text)" | Should -Be $Is
    }

    It 'is built of clauses, and of filters' {
        $large = New-PolarMeterFilter -Property metadata.tokens -Operator gte -Value 1000
        "$large" | Should -Be 'metadata.tokens >= 1000'
        $paid = New-PolarMeterFilter -Any "name = 'a'", "name = 'b'"
        "$(New-PolarMeterFilter -All $paid, $large)" | Should -Be "(name = 'a' or name = 'b') and metadata.tokens >= 1000"
        "$(New-PolarMeterFilter -Property timestamp -Operator gt -Value ([datetimeoffset]'2026-10-01T00:00:00Z'))" | Should -Be 'timestamp > 2026-10-01T00:00:00Z'
        "$(New-PolarMeterFilter -Property paid -Value $true)" | Should -Be 'metadata.paid = true'
    }

    It 'refuses a number that Polar has not: <_>' -ForEach 1.5, 4294967296, '$null' {
        $value = if ($_ -is [string]) { $null } else { $_ }
        (Get-TestError { New-PolarMeterFilter -Property tokens -Value $value }).Count | Should -BeGreaterThan 0
    }

    It 'survives files and jobs' {
        $file = Join-Path $TestDrive filter.xml
        $filter = New-PolarMeterFilter "(name = 'a' or tokens > 5) and source = 'user'"
        $filter | Export-Clixml $file
        $made = New-PolarMeter 'From a file' (Import-Clixml $file) -Aggregation count
        "$($made.Filter)" | Should -Be "$filter"
        $json = $filter | ConvertTo-Json -Depth 9 | ConvertFrom-Json
        "$((New-PolarMeter 'From JSON' $json -Aggregation count).Filter)" | Should -Be "$filter"
    }
}

Describe 'Meters' {
    It 'are created with <Name>' -ForEach @(
        @{ Name = 'count'; With = @{ Aggregation = 'count' }; Is = 'count' }
        @{ Name = 'sum and a property'; With = @{ Aggregation = 'sum'; Property = 'metadata.tokens' }; Is = 'sum(tokens)' }
        @{ Name = 'a text'; With = @{ Aggregation = 'max(_llm.total_tokens)' }; Is = 'max(_llm.total_tokens)' }
        @{ Name = 'a hashtable'; With = @{ Aggregation = @{ Func = 'unique'; Property = 'session' } }; Is = 'unique(session)' }
    ) {
        $meter = New-PolarMeter "Made with $Name" "name = 'made'" @With
        "$($meter.Aggregation)" | Should -Be $Is
        $copy = New-PolarMeter "Copy of $Name" $meter.Filter -Aggregation $meter.Aggregation
        "$($copy.Aggregation)" | Should -Be $Is
    }

    It 'need a property for all but count, and have none for it' {
        Clear-HostRequest $testHost
        (Get-TestError { New-PolarMeter 'No property' 'every event' -Aggregation sum })[0].Exception.Message | Should -BeLike '*sum needs -Property*'
        (Get-TestError { New-PolarMeter 'Too much' 'every event' -Aggregation count -Property tokens })[0].Exception.Message | Should -BeLike '*count*no -Property*'
        (Get-TestError { Set-PolarMeter 'Chart tiles' -Property tokens })[0].Exception.Message | Should -BeLike '*-Property belongs to -Aggregation*'
        @(Get-HostRequest $testHost | Where-Object Method -NE GET).Count | Should -Be 0
    }

    It 'have a custom unit where they have a label, and lose it with another' {
        $meter = New-PolarMeter 'Storage' "name = 'stored'" -Aggregation sum -Property bytes -CustomLabel GB -CustomMultiplier 1000000000
        $meter.Unit, $meter.CustomLabel, $meter.CustomMultiplier | Should -Be 'custom', 'GB', 1000000000
        $meter = $meter | Set-PolarMeter -Unit scalar -CustomLabel $null -CustomMultiplier $null
        $meter.Unit | Should -Be 'scalar'
        $meter.CustomLabel | Should -BeNullOrEmpty
    }

    It 'are changed, archived and brought back' {
        $meter = New-PolarMeter 'Changing' "name = 'changing'" -Aggregation count -Metadata @{ a = 1; b = 2 }
        $meter = $meter | Set-PolarMeter -Name 'Changed' -AddMetadata @{ c = 3 } -RemoveMetadata b
        $meter.Name | Should -Be 'Changed'
        $meter.Metadata.Keys | Sort-Object | Should -Be 'a', 'c'
        ($meter | Set-PolarMeter -IsArchived).ArchivedAt | Should -Not -BeNullOrEmpty
        (Get-PolarMeter -IsArchived).Name | Should -Contain 'Changed'
        ($meter | Set-PolarMeter -IsArchived:$false).ArchivedAt | Should -BeNullOrEmpty
    }

    It 'say in the question what they would count' {
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
New-PolarMeter 'Asked' "name = 'asked'" -Aggregation sum -Property tokens -WhatIf
$meter = New-PolarMeter 'Asked' "name = 'asked'" -Aggregation sum -Property tokens
$meter | Set-PolarMeter -Filter "name = 'other' or tokens > 5" -WhatIf
'@
        $lines -join ' ' | Should -BeLike '*Aggregation sum(tokens)*'
        $lines -join ' ' | Should -BeLike "*Set Filter to 'name = 'other' or metadata.tokens > 5'*"
    }

    It 'refuse another filter once they have counted' {
        $meter = New-PolarMeter 'Counting' "name = 'counting'" -Aggregation count
        Send-PolarEvent counting -ExternalCustomerId u_1 | Out-Null
        $problem = Get-TestError { $meter | Set-PolarMeter -Filter 'every event' }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        $problem[0].ErrorDetails.Message | Should -BeLike '*-Filter*'
    }
}

Describe 'Get-PolarMeterQuantity' {
    BeforeAll {
        $script:meter = New-PolarMeter 'Quantities' "name = 'quantity'" -Aggregation sum -Property tokens
        1..4 | Send-PolarEvent -Name quantity -ExternalCustomerId { "u_$($_ % 2)" } -Timestamp { '2026-10-0{0}T10:00:00Z' -f $_ } -Metadata { @{ tokens = $_ * 10 } } | Out-Null
        $script:time = @{ StartTimestamp = '2026-10-01T00:00:00Z'; EndTimestamp = '2026-10-05T00:00:00Z' }
    }

    It 'gives one object a period, in order, with the meter' {
        $days = @($meter | Get-PolarMeterQuantity @time -Interval day)
        ($days.Quantity | Select-Object -First 4) | Should -Be 10, 20, 30, 40
        $days.MeterId | Sort-Object -Unique | Should -Be $meter.Id
        ($days | Get-PolarMeter | Select-Object -First 1).Name | Should -Be 'Quantities'
    }

    It 'gives the total, for some customers, put together by a function' {
        (Get-PolarMeterQuantity Quantities @time -Total).Quantity | Should -Be 100
        (Get-PolarMeterQuantity Quantities @time -Total -ExternalCustomerId u_1).Quantity | Should -Be 40
        (Get-PolarMeterQuantity Quantities @time -Total -CustomerAggregationFunction max).Quantity | Should -Be 60
    }

    It 'takes the last 30 days unless told otherwise' {
        Clear-HostRequest $testHost
        Get-PolarMeterQuantity $meter | Out-Null
        $asked = [uri]::UnescapeDataString(@(Get-HostRequest $testHost)[-1].Query)
        $start, $end = [regex]::Matches($asked, '_timestamp=([^&]+)').ForEach({ [datetimeoffset]$_.Groups[1].Value })
        ($end - $start).TotalDays | Should -Be 30
        $asked | Should -BeLike '*interval=day*'
    }
}

Describe 'Get-PolarCustomerMeter' {
    It 'lists by customer and by meter, and gets by id' {
        $all = @(Get-PolarCustomerMeter)
        $one = $all[0]
        (Get-PolarCustomerMeter $one.Id).Balance | Should -Be $one.Balance
        (Get-PolarCustomer $one.CustomerId | Get-PolarCustomerMeter).Id | Should -Contain $one.Id
        (Get-PolarMeter $one.MeterId | Get-PolarCustomerMeter).Id | Should -Contain $one.Id
        @(Get-PolarCustomerMeter -CustomerId $one.CustomerId -MeterId $one.Meter.Name).Id | Should -Be $one.Id
        $one.Balance | Should -Be ($one.CreditedUnits - $one.ConsumedUnits)
    }
}
