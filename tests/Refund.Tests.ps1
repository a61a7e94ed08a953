BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    $script:writes = { @(Get-HostRequest $testHost | Where-Object method -NE 'GET') }

    function Get-Refundable {
        # An order of which something is left, with tax; a different one each time.
        $script:refundable = @(Get-PolarOrder | Where-Object { $_.RefundableAmount -gt 100 -and $_.RefundableTaxAmount -gt 0 })[-1]
        $script:refundable | Should -Not -BeNullOrEmpty -Because 'the shop has orders that can be refunded'
        $script:refundable
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'New-PolarRefund' {
    BeforeEach { Set-HostFault $testHost }

    It 'refunds all that is left, by default' {
        $order = Get-Refundable
        $refund = $order | New-PolarRefund -Reason customer_request -Confirm:$false
        $refund | Should -BeOfType 'PolarPS.Client.Models.Refund'
        $refund.Amount | Should -Be $order.RefundableAmount
        $refund.TaxAmount | Should -Be $order.RefundableTaxAmount
        (Get-PolarOrder $order).Status | Should -Be 'refunded'
    }

    It 'refunds a part, and then the rest' {
        $order = Get-Refundable
        $first = New-PolarRefund -Order $order -Amount 30 -Reason other -Comment 'A part' -Metadata @{ ticket = 7 } -Confirm:$false
        $first.Amount | Should -Be 30
        $first.Metadata.ticket | Should -Be 7
        # The object is from before; what is left is read again.
        $second = New-PolarRefund -Order $order -Reason other -Confirm:$false
        $second.Amount | Should -Be ($order.RefundableAmount - 30)
        (Get-PolarRefund -OrderId $order).Amount | Sort-Object | Should -Be (@(30, $second.Amount) | Sort-Object)
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'an id'; Of = { param($order) $order.Id } }
        @{ Name = 'a copy by Select-Object'; Of = { param($order) $order | Select-Object Id, InvoiceNumber } }
        @{ Name = 'an object with an OrderId'; Of = { param($order) [pscustomobject]@{ OrderId = $order.Id } } }
    ) {
        $order = Get-Refundable
        $refund = & $Of $order | New-PolarRefund -Amount 10 -Reason other -Confirm:$false
        $refund.OrderId | Should -Be $order.Id
    }

    It 'refuses a second time, whatever the object says: <Name>' -ForEach @(
        @{ Name = 'the object from before'; Again = { param($order) $order }; Reads = 1 }
        @{ Name = 'the object from before, after another look'; Again = { param($order) $null = Get-PolarOrder $order; $order }; Reads = 0 }
        @{ Name = 'the id'; Again = { param($order) $order.Id }; Reads = 1 }
        @{ Name = 'the object read again'; Again = { param($order) Get-PolarOrder $order }; Reads = 0 }
    ) {
        $order = Get-Refundable
        $null = $order | New-PolarRefund -Reason other -Confirm:$false
        $given = & $Again $order
        Clear-HostRequest $testHost
        $problem = Get-TestError { $given | New-PolarRefund -Reason other -Confirm:$false }
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotRefundable,*'
        $problem[0].TargetObject | Should -Be $order.Id
        "$($problem[0])" | Should -BeLike '*is already refunded, and nothing is left*'
        $requests = @(Get-HostRequest $testHost)
        $requests.Count | Should -Be $Reads
        @($requests | Where-Object method -NE 'GET').Count | Should -Be 0
    }

    It 'refunds once when the same order comes twice' {
        $order = Get-Refundable
        Clear-HostRequest $testHost
        $problems = @()
        $refunds = @($order, $order.Id | New-PolarRefund -Reason duplicate -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems)
        $refunds.Count | Should -Be 1
        $problems.Count | Should -Be 1
        @(& $writes).Count | Should -Be 1
    }

    It 'refuses more than is left, as money' {
        $order = Get-Refundable
        Clear-HostRequest $testHost
        $problem = Get-TestError { $order | New-PolarRefund -Amount ($order.RefundableAmount + 1) -Reason other -Confirm:$false }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotRefundable,*'
        "$($problem[0])" | Should -Match ([regex]::Escape([PolarPS.Client.Models.Money]::Format($order.RefundableAmount, $order.Currency)))
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'refuses an order that has not been paid' {
        $pending = Get-PolarOrder -Status pending -First 1
        Clear-HostRequest $testHost
        $problem = Get-TestError { $pending | New-PolarRefund -Reason other -Confirm:$false }
        "$($problem[0])" | Should -BeLike '*is not paid (pending)*'
        # It might have been paid since the object was read, so that is looked up.
        (Get-HostRequest $testHost).method | Should -Be 'GET'
    }

    It 'refuses <Name>, and sends nothing' -ForEach @(
        @{ Name = 'a payment of an order'; Value = { Get-PolarPayment -First 1 } }
        @{ Name = 'a refund'; Value = { Get-PolarRefund -First 1 } }
        @{ Name = 'a dispute'; Value = { Get-PolarDispute -First 1 } }
        @{ Name = 'a copy of a payment'; Value = { Get-PolarPayment -First 1 | Select-Object * } }
        @{ Name = 'a row of a table of payments'; Value = { Get-PolarPayment -First 1 | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv } }
        @{ Name = '$null'; Value = { $null } }
        # It could be an invoice number, so that is looked for.
        @{ Name = 'a word'; Value = { 'all' }; Requests = 1 }
    ) {
        $value = & $Value
        Clear-HostRequest $testHost
        $problems = Get-TestError { , $value | New-PolarRefund -Reason other -Confirm:$false }
        $problems.Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be ([int] $_['Requests'])
        @(Get-HostRequest $testHost | Where-Object method -NE 'GET').Count | Should -Be 0
    }

    It 'refuses -Amount <_>' -ForEach 0, -5, 5.5, 'all' {
        $order = Get-Refundable
        Clear-HostRequest $testHost
        { New-PolarRefund $order -Amount $_ -Reason other -Confirm:$false } | Should -Throw
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'goes on after an order that does not exist' {
        $order = Get-Refundable
        $problems = @()
        $refunds = @('00000000-0000-4000-8000-000000000000', $order | New-PolarRefund -Amount 1 -Reason other -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems)
        $refunds.OrderId | Should -Be $order.Id
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'says with -WhatIf what would be refunded, to whom and for what, and pays nothing' {
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$order = @(Get-PolarOrder | Where-Object { $_.RefundableAmount -gt 100 -and $_.RefundableTaxAmount -gt 0 })[0]
$order | New-PolarRefund -Reason other -WhatIf
New-PolarRefund $order.Id -Amount 50 -Reason other -RevokeBenefits -WhatIf
'EXPECT ' + $order.InvoiceNumber + ' of ' + $order.Customer.Email + ' (' + $order.Id + ') in Default (Emulator)'
$net, $tax, $total = $order.RefundableAmount, $order.RefundableTaxAmount, ($order.RefundableAmount + $order.RefundableTaxAmount) | ForEach-Object { [PolarPS.Client.Models.Money]::Format($_, $order.Currency) }
"MONEY $net net + $tax tax = $total in total"
(Get-PolarRefund -OrderId $order | Measure-Object).Count
'@
        $text = $lines -join ' '
        $expected = ($lines | Where-Object { $_ -like 'EXPECT *' }).Substring(7)
        $money = ($lines | Where-Object { $_ -like 'MONEY *' }).Substring(6)
        $text | Should -Match ([regex]::Escape("`"Refund the full remaining amount: $money`" on target `"order $expected`""))
        $text | Should -BeLike '*Refund $0.50 net + $* tax = $* in total, of the refundable $* net + $* tax, and revoke its benefits*'
        $lines[-1] | Should -Be '0'
    }

    It 'asks by default, and refunds nothing when no one answers' {
        $order = Get-Refundable
        Clear-HostRequest $testHost
        # The tests run without a console: the question cannot be answered.
        { $order | New-PolarRefund -Reason other -ErrorAction Stop } | Should -Throw
        @(& $writes).Count | Should -Be 0
    }

    It 'is never sent twice, and says how to find out what became of it: <Name>' -ForEach @(
        @{ Name = 'the connection breaks'; Fault = @{ method = 'POST'; path = '/v1/refunds/'; dropAfterRead = $true } }
        @{ Name = 'the server fails'; Fault = @{ method = 'POST'; path = '/v1/refunds/'; status = 502; body = 'Bad gateway' } }
    ) {
        $order = Get-Refundable
        Set-HostFault $testHost $Fault
        Clear-HostRequest $testHost
        $problem = Get-TestError { $order | New-PolarRefund -Amount 20 -Reason other -Confirm:$false }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike "*Get-PolarRefund -OrderId $($order.Id)*"
        @(& $writes).Count | Should -Be 1
    }

    It 'offers reasons' { (Get-Completion 'New-PolarRefund -Reason cust').CompletionText | Should -Be 'customer_request' }
}

Describe 'Get-PolarRefund' {
    It 'streams, filters and gets by id' {
        $all = @(Get-PolarRefund)
        $all.Count | Should -BeGreaterThan 1
        $one = $all[0]
        (Get-PolarRefund $one.Id).Amount | Should -Be $one.Amount
        ($one | Get-PolarRefund).Id | Should -Be $one.Id
        (Get-PolarRefund -OrderId $one.OrderId).OrderId | Sort-Object -Unique | Should -Be $one.OrderId
        (Get-PolarOrder $one.OrderId | ForEach-Object { Get-PolarRefund -OrderId $_ }).Id | Should -Contain $one.Id
    }

    It 'says what is not there' {
        $problem = Get-TestError { Get-PolarRefund '00000000-0000-4000-8000-000000000000' }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}
