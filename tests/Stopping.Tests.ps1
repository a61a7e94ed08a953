# Stopping: a user who stops also ends the requests, immediately, whether by Select-Object -First, Ctrl+C or an error. And
# what is streamed comes in order, whole and once.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    Add-Type -Path "$PSScriptRoot/support/OddServer.cs" -IgnoreWarnings -WarningAction SilentlyContinue
    $script:testHost = Start-TestHost '--products', '10000'
    $script:modulePath = Get-TestModulePath

    function Start-Pipeline {
        # A pipeline in a runspace of its own, which finds the connections of this one. With the module imported beforehand.
        param([string] $Script)
        $shell = [powershell]::Create()
        $null = $shell.AddCommand('Import-Module').AddParameter('Name', $modulePath).Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript($Script)
        [pscustomobject]@{ Shell = $shell; Running = $shell.BeginInvoke() }
    }

    function Stop-Pipeline {
        # What Ctrl+C does; gives the seconds that it took.
        param($Pipeline)
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $stopping = $Pipeline.Shell.BeginStop($null, $null)
        $ended = $stopping.AsyncWaitHandle.WaitOne(10000)
        $watch.Stop()
        $ended | Should -BeTrue -Because 'the pipeline must stop at all'
        $Pipeline.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $Pipeline.Shell.Streams.Error | Should -BeNullOrEmpty -Because 'being stopped is not an error'
        $Pipeline.Shell.Dispose()
        $watch.Elapsed.TotalSeconds
    }

    function Wait-Until {
        param([scriptblock] $Condition)
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition)) {
            if ($watch.Elapsed.TotalSeconds -gt 10) { throw "It did not come to that: $Condition" }
            Start-Sleep -Milliseconds 20
        }
    }

    function Get-RequestCount { @(Get-HostRequest $testHost).Count }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'A consumer that has had enough' {
    BeforeAll { Connect-TestHost $testHost }
    BeforeEach { Clear-HostRequest $testHost }
    AfterEach { Set-HostFault $testHost }

    It 'has caused one request after Select-Object -First <_>' -ForEach 1, 5, 100 {
        $some = @(Get-PolarProduct | Select-Object -First $_)
        $some.Count | Should -Be $_
        Start-Sleep -Milliseconds 200
        Get-RequestCount | Should -Be 1
    }

    It 'has caused a few more at most when page 2 is begun' {
        @(Get-PolarProduct | Select-Object -First 101).Count | Should -Be 101
        Start-Sleep -Milliseconds 200
        Get-RequestCount | Should -BeGreaterOrEqual 2
        # Eight at first at most, and another for the one that was taken.
        Get-RequestCount | Should -BeLessOrEqual 10
    }

    It 'does not wait for what was read ahead' {
        # Pages 1 to 9 are quick, in whatever order they are asked for.
        Set-HostFault $testHost @{ path = '/v1/products'; after = 9; delayMilliseconds = 20000 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        @(Get-PolarProduct | Select-Object -First 150).Count | Should -Be 150
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 2
        # Nor does the next command meet anything of it.
        Set-HostFault $testHost
        @(Get-PolarProduct -First 1).Count | Should -Be 1
    }

    It 'ends the list with break as well' {
        foreach ($number in 1) { Get-PolarProduct | ForEach-Object { break } }
        Get-RequestCount | Should -Be 1
        @(Get-PolarProduct -First 1).Count | Should -Be 1
    }

    It 'ends Invoke-PolarRequest -Paginate likewise' {
        @(Invoke-PolarRequest /v1/products/ -Paginate | Select-Object -First 5).Count | Should -Be 5
        Start-Sleep -Milliseconds 200
        Get-RequestCount | Should -Be 1
    }

    It 'gets the first object before the second page is asked for' {
        $counts = Get-PolarProduct | Select-Object -First 3 | ForEach-Object { Get-RequestCount }
        $counts | Should -Be 1, 1, 1
    }

    It 'gets the objects of page 1 while page 2 is still on its way' {
        Set-HostFault $testHost @{ path = '/v1/products'; after = 1; delayMilliseconds = 3000 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $times = @(Get-PolarProduct -First 101 | ForEach-Object { $watch.Elapsed.TotalSeconds })
        $times.Count | Should -Be 101
        $times[99] | Should -BeLessThan 2
        $times[100] | Should -BeGreaterOrEqual 2.9
    }

    It 'ends with -ErrorAction Stop at the first error' {
        $ids = @(Get-PolarProduct -First 2).Id
        Clear-HostRequest $testHost
        $got = [Collections.Generic.List[object]]::new()
        { $ids[0], '00000000-0000-4000-8000-000000000000', $ids[1] | Get-PolarProduct -ErrorAction Stop | ForEach-Object { $got.Add($_) } } |
            Should -Throw -ErrorId 'PolarNotFound,*'
        $got.Id | Should -Be $ids[0]
        Get-RequestCount | Should -Be 2
    }

    It 'ends with -ErrorAction Stop in the middle of a list, keeping what had come' {
        Set-HostFault $testHost @{ path = '/v1/products'; after = 1; status = 409; body = '{"error":"Busy","detail":"Busy."}' }
        $got = [Collections.Generic.List[object]]::new()
        { Get-PolarProduct -ErrorAction Stop | ForEach-Object { $got.Add($_) } } | Should -Throw -ErrorId 'PolarConflict,*'
        $got.Count | Should -Be 100
        $before = Get-RequestCount
        Start-Sleep -Milliseconds 300
        Get-RequestCount | Should -Be $before
    }

    It 'ends when what is piped into fails' {
        { Get-PolarProduct | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        Start-Sleep -Milliseconds 200
        Get-RequestCount | Should -Be 1
    }
}

Describe 'Ctrl+C' {
    BeforeAll {
        $script:trickleServer = [PolarPS.Tests.OddServer]::new('Trickle')
    }

    BeforeEach {
        Connect-TestHost $testHost
        $script:product = (Get-PolarProduct -First 1).Id
        Clear-HostRequest $testHost
    }

    AfterEach {
        Set-HostFault $testHost
        Disconnect-Polar -All
    }

    AfterAll { $trickleServer.Dispose() }

    It 'ends <Name> within a second' -ForEach @(
        @{ Name = 'a slow list'; Script = 'Get-PolarProduct'; Requests = 1; Fault = @{ delayMilliseconds = 20000 } }
        @{ Name = 'a slow answer by id'; Script = 'Get-PolarProduct {id}'; Requests = 1; Fault = @{ delayMilliseconds = 20000 } }
        @{ Name = 'a slow write'; Script = 'Set-PolarProduct {id} -Visibility public'; Requests = 1; Fault = @{ delayMilliseconds = 20000 } }
        @{ Name = 'a slow Invoke-PolarRequest'; Script = 'Invoke-PolarRequest /v1/products/'; Requests = 1; Fault = @{ delayMilliseconds = 20000 } }
        @{ Name = 'a slow Test-PolarConnection'; Script = 'Test-PolarConnection'; Requests = 1; Fault = @{ delayMilliseconds = 20000 } }
        @{ Name = 'a wait that the server asked for'; Script = 'Get-PolarProduct'; Requests = 1; Fault = @{ status = 429; retryAfter = '5' } }
        @{ Name = 'a wait that the server asked for, writing'; Script = 'Set-PolarProduct {id} -Visibility public'; Requests = 1; Fault = @{ status = 429; retryAfter = '5' } }
        @{ Name = 'a wait between retries'; Script = 'Get-PolarProduct'; Requests = 4; Fault = @{ status = 500 } }
        @{ Name = 'paging with pages read ahead'; Script = 'Get-PolarProduct'; Requests = 5; Fault = @{ after = 4; delayMilliseconds = 20000 } }
        @{ Name = 'paging at full speed'; Script = 'Get-PolarProduct | ForEach-Object { $_ }'; Requests = 10; Fault = @{ after = 2; delayMilliseconds = 50 } }
        @{ Name = 'paging of Invoke-PolarRequest'; Script = 'Invoke-PolarRequest /v1/products/ -Paginate'; Requests = 4; Fault = @{ after = 3; delayMilliseconds = 20000 } }
        @{ Name = 'a list whose consumer is slow'; Script = 'Get-PolarProduct | ForEach-Object { Start-Sleep 30 }'; Requests = 1; Fault = @{ delayMilliseconds = 1 } }
        @{ Name = 'a list with -Verbose and -Debug'; Script = 'Get-PolarProduct -Verbose -Debug'; Requests = 5; Fault = @{ after = 4; delayMilliseconds = 20000 } }
    ) {
        Set-HostFault $testHost ($Fault + @{ path = '/v1/' })
        $pipeline = Start-Pipeline $Script.Replace('{id}', $product)
        Wait-Until { (Get-RequestCount) -ge $Requests }
        # The host has seen it a moment before the answer is there.
        Start-Sleep -Milliseconds 150
        Stop-Pipeline $pipeline | Should -BeLessThan 1

        $after = Get-RequestCount
        Start-Sleep -Milliseconds 400
        Get-RequestCount | Should -BeLessOrEqual ($after + 1) -Because 'nothing goes on behind the scenes'
        Set-HostFault $testHost
        @(Get-PolarProduct -First 1).Count | Should -Be 1 -Because 'the connection works as before'
    }

    It 'ends an answer that trickles in within a second' {
        Connect-Polar -AccessToken (ConvertTo-TestToken $testHost.accessToken) -Environment "http://127.0.0.1:$($trickleServer.Port)"
        $pipeline = Start-Pipeline 'Get-PolarProduct'
        Wait-Until { $trickleServer.Heard.Count -gt 0 }
        Start-Sleep -Milliseconds 200
        Stop-Pipeline $pipeline | Should -BeLessThan 1
    }

    It 'ends a wait at the gate that another pipeline closed, and leaves that one alone' {
        Set-HostFault $testHost @{ path = '/v1/'; status = 429; retryAfter = '3'; times = 1 }
        $first = Start-Pipeline '@(Get-PolarProduct -First 7).Count'
        Wait-Until { (Get-RequestCount) -ge 1 }
        Start-Sleep -Milliseconds 150
        $second = Start-Pipeline 'Get-PolarProduct -First 8'
        Start-Sleep -Milliseconds 500
        Get-RequestCount | Should -Be 1 -Because 'the second waits with the first'
        Stop-Pipeline $second | Should -BeLessThan 1
        $first.Shell.EndInvoke($first.Running) | Should -Be 7
        $first.Shell.Dispose()
        @(Get-HostRequest $testHost | Where-Object query -Like '*limit=8*').Count | Should -Be 0
    }

    It 'does not disturb others, however often it comes' {
        Set-HostFault $testHost @{ path = '/v1/'; delayMilliseconds = 20 }
        foreach ($round in 1..15) {
            $pipeline = Start-Pipeline 'Get-PolarProduct'
            Start-Sleep -Milliseconds ($round * 13)
            Stop-Pipeline $pipeline | Should -BeLessThan 1
        }
        @(Get-PolarProduct -First 250).Count | Should -Be 250
    }
}

Describe 'Lists' {
    BeforeAll {
        Connect-TestHost $testHost
        $script:all = @(Get-PolarProduct).Id
    }

    BeforeEach {
        Clear-HostRequest $testHost
    }

    AfterEach { Set-HostFault $testHost }

    It 'is whole, in the order of the server, and nothing comes twice' {
        $headers = @{ Authorization = "Bearer $($testHost.accessToken)" }
        $expected = foreach ($page in 1..5) { (Invoke-RestMethod "$($testHost.url)/v1/products/?page=$page&limit=100" -Headers $headers).items.id }
        $all[0..499] | Should -Be $expected
        $all.Count | Should -BeGreaterThan 10000
        [Collections.Generic.HashSet[string]]::new([string[]]$all).Count | Should -Be $all.Count
    }

    It 'keeps the order when later pages arrive first' {
        Set-HostFault $testHost @{ path = '/v1/products'; probability = 0.5; seed = 3; delayMilliseconds = 150 }
        (Get-PolarProduct -First 1500).Id | Should -Be $all[0..1499]
    }

    It 'gives <Count> of <Name> with <Requests> request(s)' -ForEach @(
        @{ Name = '-First 5'; Arguments = @{ First = 5 }; From = 0; Count = 5; Requests = 1 }
        @{ Name = '-First 100'; Arguments = @{ First = 100 }; From = 0; Count = 100; Requests = 1 }
        @{ Name = '-First 150'; Arguments = @{ First = 150 }; From = 0; Count = 150; Requests = 2 }
        @{ Name = '-First 500'; Arguments = @{ First = 500 }; From = 0; Count = 500; Requests = 6 }
        @{ Name = '-Skip 250 -First 100'; Arguments = @{ Skip = 250; First = 100 }; From = 250; Count = 100; Requests = 2 }
        @{ Name = '-Skip 300 -First 100'; Arguments = @{ Skip = 300; First = 100 }; From = 300; Count = 100; Requests = 1 }
        @{ Name = '-Skip 20 -First 10'; Arguments = @{ Skip = 20; First = 10 }; From = 20; Count = 10; Requests = 1 }
        @{ Name = '-Skip 95 -First 10'; Arguments = @{ Skip = 95; First = 10 }; From = 95; Count = 10; Requests = 2 }
        @{ Name = '-Skip 1000000'; Arguments = @{ Skip = 1000000 }; From = 0; Count = 0; Requests = 1 }
        @{ Name = '-First 0'; Arguments = @{ First = 0 }; From = 0; Count = 0; Requests = 1 }
    ) {
        $found = @(Get-PolarProduct @Arguments)
        $found.Count | Should -Be $Count
        if ($Count -gt 0) { $found.Id | Should -Be $all[$From..($From + $Count - 1)] }
        Get-RequestCount | Should -BeLessOrEqual $Requests
    }

    It 'gives the rest with -Skip alone' {
        $rest = @(Get-PolarProduct -Skip ($all.Count - 10))
        $rest.Id | Should -Be $all[-10..-1]
        Get-RequestCount | Should -BeLessOrEqual 2
    }

    It 'says how many there are, also of none' {
        [uint64](Get-PolarProduct -First 0 -IncludeTotalCount) | Should -Be $all.Count
    }
}

Describe 'A list that others change meanwhile' {
    BeforeEach {
        # A shop of its own for each, as it is changed.
        $script:small = Start-TestHost '--products', '700'
        Connect-TestHost $small
        $script:before = @(Get-PolarProduct).Id
    }

    AfterEach {
        Disconnect-Polar -All
        Stop-TestHost $small
    }

    It 'loses and repeats nothing: <Name>' -ForEach @(
        @{ Name = 'one inserted'; Fault = @{ insertBetweenPages = 1; times = 1 } }
        @{ Name = 'five inserted'; Fault = @{ insertBetweenPages = 5; times = 1 } }
        @{ Name = 'more than a page inserted'; Fault = @{ insertBetweenPages = 150; times = 1 } }
        @{ Name = 'some inserted later'; Fault = @{ insertBetweenPages = 3; after = 3; times = 1 } }
        @{ Name = 'some inserted three times'; Fault = @{ insertBetweenPages = 3; times = 3 } }
        @{ Name = 'some inserted with every request'; Fault = @{ insertBetweenPages = 2 } }
        @{ Name = 'one removed'; Fault = @{ removeBetweenPages = 1; times = 1 } }
        @{ Name = 'five removed'; Fault = @{ removeBetweenPages = 5; times = 1 } }
        @{ Name = 'most of a page removed'; Fault = @{ removeBetweenPages = 90; times = 1 } }
        @{ Name = 'more than a page removed'; Fault = @{ removeBetweenPages = 150; after = 3; times = 1 } }
        @{ Name = 'some removed later'; Fault = @{ removeBetweenPages = 3; after = 3; times = 1 } }
        @{ Name = 'some removed before the last page'; Fault = @{ removeBetweenPages = 3; after = 6; times = 1 } }
        @{ Name = 'some removed three times'; Fault = @{ removeBetweenPages = 3; times = 3 } }
        @{ Name = 'some removed with each of ten requests'; Fault = @{ removeBetweenPages = 2; times = 10 } }
    ) {
        Set-HostFault $small ($Fault + @{ path = '/v1/products' })
        $read = @(Get-PolarProduct -ErrorAction Stop).Id
        Set-HostFault $small
        $after = [Collections.Generic.HashSet[string]]::new([string[]]@(Get-PolarProduct).Id)

        $once = [Collections.Generic.HashSet[string]]::new([string[]]$read)
        $once.Count | Should -Be $read.Count -Because 'nothing comes twice'
        # What was there from beginning to end has to have come.
        @($before | Where-Object { $after.Contains($_) -and -not $once.Contains($_) }).Count | Should -Be 0 -Because 'nothing is lost'
        $after.Count | Should -Not -Be $before.Count -Because 'the list has to have changed'
    }
}

Describe 'Writes in bulk' {
    It 'sends nothing for a thousand objects with -WhatIf' {
        Connect-TestHost $testHost
        # In a runspace whose host shows nothing: a thousand lines are of no use to anyone.
        $pipeline = Start-Pipeline '$products = @(Get-PolarProduct -First 1000); $products.Count; @($products | Set-PolarProduct -Description "changed" -WhatIf).Count'
        Clear-HostRequest $testHost
        $pipeline.Shell.EndInvoke($pipeline.Running) | Should -Be 1000, 0
        $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
        $pipeline.Shell.Dispose()
        @(Get-HostRequest $testHost | Where-Object method -NE 'GET').Count | Should -Be 0
    }
}
