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

Describe 'Get-PolarDispute' {
    It 'streams, filters and gets by id' {
        $all = @(Get-PolarDispute)
        $all.Count | Should -BeGreaterThan 0
        (Get-PolarDispute $all[0].Id).OrderId | Should -Be $all[0].OrderId
        (Get-PolarDispute -Status needs_response).Status | Sort-Object -Unique | Should -Be 'needs_response'
        (Get-PolarOrder $all[0].OrderId | ForEach-Object { Get-PolarDispute -Order $_ }).Id | Should -Contain $all[0].Id
    }
}

Describe 'Approve-PolarDispute' {
    It 'says with -WhatIf who keeps how much, and sends nothing' {
        $dispute = Get-PolarDispute -Status needs_response -First 1
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$dispute = Get-PolarDispute -Status needs_response -First 1
Approve-PolarDispute $dispute.Id -WhatIf
'EXPECT ' + $dispute.Customer.Email + ' keeps ' + [PolarPS.Client.Models.Money]::Format($dispute.Amount + $dispute.TaxAmount, $dispute.Currency)
(Get-PolarDispute $dispute).Status
'@
        $expected = ($lines | Where-Object { $_ -like 'EXPECT *' }).Substring(7)
        $lines -join ' ' | Should -Match ([regex]::Escape($expected))
        $lines[-1] | Should -Be 'needs_response'
        $dispute | Should -Not -BeNullOrEmpty
    }

    It 'gives in, once' {
        $dispute = Get-PolarDispute -Status needs_response -First 1
        ($dispute | Approve-PolarDispute -Confirm:$false).Status | Should -Be 'lost'
        $problem = Get-TestError { $dispute | Approve-PolarDispute -Confirm:$false }
        $problem[0].TargetObject | Should -Be $dispute.Id
    }

    It 'refuses an order, which is only what it is about' {
        $order = Get-PolarOrder -First 1
        Clear-HostRequest $testHost
        (Get-TestError { $order | Approve-PolarDispute -Confirm:$false }).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}
