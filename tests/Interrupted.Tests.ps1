# Ctrl+C during a write: the request may have arrived, and the user who stops has to be told, though PowerShell shows no error of a
# pipeline that is being stopped.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    $script:modulePath = Get-TestModulePath
    Connect-TestHost $testHost
    $script:product = Get-PolarProduct -First 1
    $script:order = Get-PolarOrder -Status paid | Where-Object RefundableAmount -GT 100 | Select-Object -First 1

    function Invoke-Stopped {
        # Runs a script until the host has got a request of a method, and then stops it as Ctrl+C does. What was shown comes back.
        param([string] $Script, [string] $Method, [switch] $AtOnce)
        $shell = [powershell]::Create()
        $null = $shell.AddCommand('Import-Module').AddParameter('Name', $modulePath).Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript("param(`$connection, `$product, `$order) `$PSDefaultParameterValues['*-Polar*:Connection'] = `$connection; $Script").
            AddArgument($connection).AddArgument($product).AddArgument($order)
        $null = $shell.BeginInvoke()
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (-not @(Get-HostRequest $testHost | Where-Object method -EQ $Method)) {
            if ($watch.Elapsed.TotalSeconds -gt 15) { throw "No $Method came: $($shell.Streams.Error)" }
            Start-Sleep -Milliseconds 20
        }
        Start-Sleep -Milliseconds 150
        $watch.Restart()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
        $shell.Streams.Error | Should -BeNullOrEmpty -Because 'being stopped is not an error'
        @($shell.Streams.Warning | ForEach-Object { "$_" })
        $shell.Dispose()
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'A write that is stopped' {
    BeforeEach {
        # A connection of its own for each: what one was asked to wait is not the next one's.
        $script:connection = Connect-TestHost $testHost -With @{ PassThru = $true; Name = 'Stopped' }
        Clear-HostRequest $testHost
    }

    AfterEach { Set-HostFault $testHost }

    It 'says that its outcome is unknown: <Name>' -ForEach @(
        @{ Name = 'POST'; Script = 'New-PolarDiscount Stopped -Percent 5 -Duration once'; Method = 'POST'; Like = '*POST /v1/discounts/*not known*Check what exists*' }
        @{ Name = 'PATCH'; Script = 'Set-PolarProduct $product.Id -Description Stopped'; Method = 'PATCH'; Like = '*PATCH /v1/products/*not known*Check the product*' }
        @{ Name = 'DELETE'; Script = 'Remove-PolarProduct $product.Id -Confirm:$false'; Method = 'DELETE'; Like = '*DELETE /v1/products/*not known*Check the product*' }
        @{ Name = 'a refund'; Script = 'New-PolarRefund $order -Amount 1 -Reason other -Confirm:$false'; Method = 'POST'; Like = '*POST /v1/refunds/*not known*Get-PolarRefund -OrderId*' }
        @{ Name = 'any request'; Script = 'Invoke-PolarRequest /v1/discounts/ -Method POST -Body @{ name = "x" } -Confirm:$false'; Method = 'POST'; Like = '*POST /v1/discounts/*not known*' }
        @{ Name = 'one of many'; Script = '1..5 | ForEach-Object { New-PolarDiscount "Stopped $_" -Percent 5 -Duration once }'; Method = 'POST'; Like = '*POST /v1/discounts/*not known*' }
    ) {
        Set-HostFault $testHost @{ path = '/v1/'; method = $Method; delayMilliseconds = 20000 }
        # What goes to the host reaches the streams of a shell without a console only if they are still open.
        for ($try = 1; -not $shown -and $try -le 4; $try++) {
            Clear-HostRequest $testHost
            $shown = @(Invoke-Stopped $Script $Method)
        }
        $shown.Count | Should -Be 1
        $shown[0] | Should -BeLike $Like
        $shown[0] | Should -Not -BeLike '*polar_oat_*'
    }

    It 'says so too where the first attempt had been lost' {
        Set-HostFault $testHost @{ path = '/v1/'; method = 'PATCH'; status = 502; perform = $true }
        @(Invoke-Stopped 'Set-PolarProduct $product.Id -Description Stopped' 'PATCH') | Should -BeLike '*not known*'
    }

    It 'says nothing where nothing is unknown: <Name>' -ForEach @(
        @{ Name = 'a list'; Script = 'Get-PolarProduct'; Method = 'GET'; Fault = @{ delayMilliseconds = 20000 } }
        @{ Name = 'reading before a refund'; Script = 'New-PolarRefund $order -Amount 1 -Reason other -Confirm:$false'; Method = 'GET'; Fault = @{ method = 'GET'; delayMilliseconds = 20000 } }
        @{ Name = 'a wait that the server asked for'; Script = 'New-PolarDiscount Stopped -Percent 5 -Duration once'; Method = 'POST'; Fault = @{ status = 429; retryAfter = '20' } }
        @{ Name = 'a read after a write'; Script = 'New-PolarDiscount "Before $([guid]::NewGuid())" -Percent 5 -Duration once; Get-PolarProduct'; Method = 'GET'; Fault = @{ method = 'GET'; delayMilliseconds = 20000 } }
        @{ Name = 'with -WarningAction'; Script = 'New-PolarDiscount Stopped -Percent 5 -Duration once -WarningAction SilentlyContinue'; Method = 'POST'; Fault = @{ delayMilliseconds = 20000 } }
        @{ Name = 'with $WarningPreference'; Script = '$WarningPreference = "Ignore"; New-PolarDiscount Stopped -Percent 5 -Duration once'; Method = 'POST'; Fault = @{ delayMilliseconds = 20000 } }
    ) {
        Set-HostFault $testHost ($Fault + @{ path = '/v1/' })
        @(Invoke-Stopped $Script $Method) | Should -BeNullOrEmpty
    }
}
