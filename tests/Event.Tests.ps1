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

Describe 'Get-PolarEvent' {
    BeforeAll {
        $script:customer = Get-PolarCustomer -ExternalId crew-1001
        1..5 | Send-PolarEvent -Name listed.call -ExternalCustomerId crew-1001 -Metadata { @{ n = $_; size = $(if ($_ -gt 3) { 'large' } else { 'small' }) } } | Out-Null
        Send-PolarEvent listed.job -ExternalCustomerId crew-1001 -ExternalId listed-job | Out-Null
        Send-PolarEvent listed.step -ExternalCustomerId crew-1001 -ParentId listed-job | Out-Null
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'name'; Filters = @{ Name = 'listed.call' }; Count = 5 }
        @{ Name = 'a filter'; Filters = @{ Filter = "name = 'listed.call' and (metadata.n < 2 or metadata.size contains 'arg')" }; Count = 3 }
        @{ Name = 'metadata'; Filters = @{ Name = 'listed.call'; Metadata = @{ size = 'small' } }; Count = 3 }
        @{ Name = 'a customer'; Filters = @{ Name = 'listed.call'; CustomerId = 'solveig@nordhavn.example', 'crew-1001' }; Count = 5 }
        @{ Name = 'a search, in the only organization'; Filters = @{ Query = 'listed.st' }; Count = 1 }
        @{ Name = 'pages without a count'; Filters = @{ Name = 'listed.call'; CursorPagination = $true }; Count = 5 }
        @{ Name = 'a time that has not come'; Filters = @{ Name = 'listed.call'; StartTimestamp = '2124-01-01' }; Count = 0 }
    ) {
        if ($Filters.CustomerId) { $Filters.CustomerId = $customer.Id }
        @(Get-PolarEvent @Filters).Count | Should -Be $Count
    }

    It 'lists parts of an event, and what customers and meters have' {
        $job = Get-PolarEvent -Name listed.job
        (Get-PolarEvent -ParentId $job).Name | Should -Be 'listed.step'
        @($customer | Get-PolarEvent -Name listed.call).Count | Should -Be 5
        $meter = New-PolarMeter 'Listed calls' "name = 'listed.call' and metadata.n >= 4" -Aggregation count
        @($meter | Get-PolarEvent).Count | Should -Be 2
        @(Get-PolarEvent -MeterId 'Listed calls').Count | Should -Be 2
    }

    It 'gets one by id, and its customer' {
        $one = Get-PolarEvent -Name listed.job
        (Get-PolarEvent $one.Id).Name | Should -Be 'listed.job'
        ($one | Get-PolarCustomer).Id | Should -Be $customer.Id
    }

    It 'says where a filter is wrong, and sends nothing' {
        Clear-HostRequest $testHost
        $problem = Get-TestError { Get-PolarEvent -Filter "name = 'a' and tokens > 1.5" }
        $problem[0].Exception.Message | Should -BeLike '*1.5*no whole number*(position 25)*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Get-PolarEvent -Follow' {
    It 'writes new events as they come, and ends after -First' {
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
Send-PolarEvent before -ExternalCustomerId u_1 | Out-Null
$send = [powershell]::Create().AddScript({
    param($Module)
    Import-Module $Module
    Start-Sleep -Seconds 2
    1..3 | ForEach-Object { Send-PolarEvent "new.$_" -ExternalCustomerId u_1 -Timestamp (Get-Date).AddSeconds(-$_) -Connection Default | Out-Null; Start-Sleep -Milliseconds 700 }
}).AddArgument($env:MODULE)
$running = $send.BeginInvoke()
Get-PolarEvent -Source user -Follow -PauseSeconds 1 -First 3 | ForEach-Object Name
$send.EndInvoke($running)
$send.Streams.Error | ForEach-Object { "ERROR $_" }
'@
        # In the order of their times where two come at once.
        $lines | Sort-Object | Should -Be 'new.1', 'new.2', 'new.3'
    }

    It 'begins with what there is from -StartTimestamp on' {
        Send-PolarEvent followed -ExternalCustomerId u_1 | Out-Null
        $found = Get-PolarEvent -Name followed -Follow -StartTimestamp (Get-Date).AddMinutes(-5) | Select-Object -First 1
        $found.Name | Should -Be 'followed'
    }

    It 'does not go with -<_>' -ForEach 'EndTimestamp', 'Sort', 'Skip', 'IncludeTotalCount' {
        $more = @{ EndTimestamp = @{ EndTimestamp = '2026-01-01' }; Sort = @{ Sort = 'timestamp' }; Skip = @{ Skip = 1 }; IncludeTotalCount = @{ IncludeTotalCount = $true } }[$_]
        $problem = Get-TestError { Get-PolarEvent -Follow @more }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problem[0].Exception.Message | Should -BeLike "*-$_*"
    }
}

Describe 'Get-PolarEventName and Get-PolarEventType' {
    It 'count the events of a name' {
        1..3 | Send-PolarEvent -Name named.call -ExternalCustomerId u_7 | Out-Null
        (Get-PolarEventName named.c).Occurrences | Should -Be 3
        (Get-PolarEventName named.c -Source system) | Should -BeNullOrEmpty
        (Get-PolarEventType named.call).Occurrences | Should -Be 3
    }

    It 'changes a label, and keeps it where only the selector changes' {
        1..2 | Send-PolarEvent -Name labelled.call -ExternalCustomerId u_7 -Metadata { @{ subject = "Subject $_" } } | Out-Null
        (Set-PolarEventType labelled.call -Label 'Labelled').Label | Should -Be 'Labelled'
        $type = Get-PolarEventType labelled.* | Set-PolarEventType -LabelPropertySelector subject
        $type.Label, $type.LabelPropertySelector | Should -Be 'Labelled', 'subject'
        (Get-PolarEvent -Name labelled.call).Label | Sort-Object | Should -Be 'Subject 1', 'Subject 2'
        (Set-PolarEventType labelled.call -LabelPropertySelector $null).LabelPropertySelector | Should -BeNullOrEmpty
    }

    It 'refuses what is Polar''s own, which has no id' {
        Clear-HostRequest $testHost
        $own = Get-PolarEventType -Source system -First 1
        Clear-HostRequest $testHost
        (Get-TestError { $own | Set-PolarEventType -Label 'Mine' }).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}
