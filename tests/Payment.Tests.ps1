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

Describe 'Get-PolarPayment' {
    It 'streams, filters and gets by id' {
        $all = @(Get-PolarPayment)
        $all.Count | Should -BeGreaterThan 3
        (Get-PolarPayment $all[0].Id).Id | Should -Be $all[0].Id
        ($all[0..1] | Get-PolarPayment).Id | Should -Be $all[0..1].Id
        (Get-PolarPayment -Status failed).Status | Sort-Object -Unique | Should -Be 'failed'
        $order = Get-PolarOrder $all[0].OrderId
        (Get-PolarPayment -Order $order).OrderId | Sort-Object -Unique | Should -Be $order.Id
    }

    It 'finds the payment of a dispute' {
        $dispute = Get-PolarDispute -First 1
        ($dispute | Get-PolarPayment).Id | Should -Be $dispute.PaymentId
    }

    It 'says why a payment was declined' {
        $declined = Get-PolarPayment -Status failed -First 1
        $declined.DeclineReason | Should -Not -BeNullOrEmpty
        $declined | Format-List | Out-String | Should -Match 'DeclineMessage'
    }

    It 'refuses an object of another kind' {
        $product = Get-PolarProduct -First 1
        Clear-HostRequest $testHost
        (Get-TestError { $product | Get-PolarPayment })[0].Exception.Message | Should -BeLike '*Expected a payment, but this is a product*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}
