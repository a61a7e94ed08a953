# Long because it has a case for each thing that may arrive at a port.
# Receiving webhooks: a port of this computer, with whatever may arrive there, and Polar's list of deliveries; what is sent to a
# handler of one's own; and what is repaired at Polar. All over real sockets.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:modulePath = Get-TestModulePath
    $script:emulator = Start-PolarEmulator -Name receiver
    $script:plain = 'whsec_' + [Convert]::ToBase64String([byte[]](1..32))
    $script:secret = ConvertTo-TestToken $plain
    $script:other = ConvertTo-TestToken ('whsec_' + [Convert]::ToBase64String([byte[]](33..64)))
    $script:body = '{"type":"order.paid","timestamp":"2026-11-06T10:05:25Z","api_version":"' + (Get-ApiVersion) + '","data":{"id":"8cabdca5-cf97-4f4e-851c-fddffa691a55"}}'
    # One client for all that is sent by hand; nothing of the module's is in it.
    Add-Type -AssemblyName System.Net.Http
    $handler = [Net.Http.HttpClientHandler]::new()
    $handler.UseProxy = $false
    $script:http = [Net.Http.HttpClient]::new($handler)
    $http.Timeout = [TimeSpan]::FromSeconds(20)

    function Get-FreePort {
        $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $probe.LocalEndpoint.Port
        $probe.Stop()
    }

    function Start-Receiver {
        # Receive-PolarWebhook in a runspace of its own, so that this one can send. Stop-Receiver ends it, and gives what it wrote.
        param([string] $Script, [hashtable] $With = @{})
        $port = Get-FreePort
        $shell = [powershell]::Create()
        $null = $shell.AddCommand('Import-Module').AddParameter('Name', $modulePath).Invoke()
        $shell.Commands.Clear()
        $values = @{ port = $port; secret = $secret; other = $other; connection = $null; log = [Collections.Concurrent.ConcurrentQueue[string]]::new(); path = $null } + @{}
        foreach ($name in $With.Keys) { $values[$name] = $With[$name] }
        foreach ($name in $values.Keys) { $shell.Runspace.SessionStateProxy.SetVariable($name, $values[$name]) }
        $null = $shell.AddScript($Script)
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]$null, $output)
        $started = [pscustomobject]@{ Port = $port; Shell = $shell; Running = $running; Output = $output; Log = $values.log }
        if ($Script -like '*Receive-PolarWebhook $port*') { Wait-Port $started }
        $started
    }

    function Wait-Port {
        param($Receiver)
        $deadline = [DateTime]::UtcNow.AddSeconds(20)
        while ([DateTime]::UtcNow -lt $deadline) {
            $probe = [Net.Sockets.TcpClient]::new()
            try { $probe.Connect('127.0.0.1', $Receiver.Port); return } catch { Start-Sleep -Milliseconds 50 } finally { $probe.Dispose() }
            if ($Receiver.Running.IsCompleted) { throw "The receiver has ended: $($Receiver.Shell.Streams.Error)" }
        }
        throw 'Nothing listens.'
    }

    function Stop-Receiver {
        # Waits for its end where it has one; else stops it as Ctrl+C does. Returns what it wrote.
        param($Receiver, [switch] $Now, [int] $Seconds = 20)
        if (-not $Now -and -not $Receiver.Running.AsyncWaitHandle.WaitOne($Seconds * 1000)) { throw 'The receiver does not end.' }
        if ($Now) { $Receiver.Shell.Stop() }
        try { $Receiver.Shell.EndInvoke($Receiver.Running) } catch [Management.Automation.PipelineStoppedException] { $null = $_ }
        [pscustomobject]@{
            Output = @($Receiver.Output); Warning = @($Receiver.Shell.Streams.Warning | ForEach-Object { "$_" })
            Error = @($Receiver.Shell.Streams.Error); Log = @($Receiver.Log.ToArray())
        }
        $Receiver.Shell.Dispose()
    }

    function Get-Sign {
        param([string] $Id = 'msg_1', [string] $Text = $body, [string] $Key = $plain, [switch] $Legacy, [DateTimeOffset] $Time = [DateTimeOffset]::UtcNow)
        $bytes = if ($Legacy) { [Text.Encoding]::UTF8.GetBytes($Key) } else { [Convert]::FromBase64String($Key.Substring(6)) }
        $seconds = "$($Time.ToUnixTimeSeconds())"
        $hash = [Security.Cryptography.HMACSHA256]::new($bytes).ComputeHash([Text.Encoding]::UTF8.GetBytes("$Id.$seconds.$Text"))
        @{ 'webhook-id' = $Id; 'webhook-timestamp' = $seconds; 'webhook-signature' = "v1,$([Convert]::ToBase64String($hash))" }
    }

    function Send-Delivery {
        # Sends a delivery, and returns the status of its answer.
        param([int] $Port, [string] $Id = 'msg_1', [hashtable] $Header, [string] $Text = $body, [hashtable] $More = @{}, [string] $Method = 'POST')
        if (-not $Header) { $Header = Get-Sign -Id $Id -Text $Text }
        $request = [Net.Http.HttpRequestMessage]::new([Net.Http.HttpMethod]::new($Method), "http://127.0.0.1:$Port/")
        if ($Method -ne 'GET') { $request.Content = [Net.Http.StringContent]::new($Text, [Text.Encoding]::UTF8, 'application/json') }
        foreach ($set in $Header, $More) { foreach ($name in $set.Keys) { $null = $request.Headers.TryAddWithoutValidation($name, [string]$set[$name]) } }
        $response = $http.SendAsync($request).GetAwaiter().GetResult()
        [int]$response.StatusCode
        $response.Dispose()
    }

    function Send-Raw {
        # Sends bytes as they are and returns what comes back until the connection ends, with how long that took.
        param([int] $Port, [string[]] $Part, [int] $PauseMilliseconds = 0)
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $client = [Net.Sockets.TcpClient]::new('127.0.0.1', $Port)
        $text = ''
        try {
            $stream = $client.GetStream()
            $stream.ReadTimeout = 15000
            foreach ($one in $Part) {
                $bytes = [Text.Encoding]::ASCII.GetBytes($one)
                $stream.Write($bytes, 0, $bytes.Length)
                if ($PauseMilliseconds) { Start-Sleep -Milliseconds $PauseMilliseconds }
            }
            $text = [IO.StreamReader]::new($stream).ReadToEnd()
        }
        catch [IO.IOException] { $null = $_ }
        finally { $client.Dispose() }
        [pscustomobject]@{ Text = $text; Seconds = $watch.Elapsed.TotalSeconds }
    }
}

AfterAll {
    $http.Dispose()
    $emulator | Stop-PolarEmulator
    Disconnect-Polar -All
}

Describe 'A port at which deliveries arrive' {
    It 'writes what Polar delivers: verified, with its source and attempt' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -First 1' -With @{}
        Send-Delivery $receiver.Port | Should -Be 200
        $told = (Stop-Receiver $receiver).Output
        $told.Count | Should -Be 1
        $told[0].Type | Should -Be 'order.paid'
        $told[0].Id | Should -Be 'msg_1'
        $told[0].Verified | Should -BeTrue
        $told[0].Source | Should -Be 'Port'
        $told[0].Attempt | Should -Be 1
        $told[0].Data | Should -BeOfType PolarPS.Client.Models.Order
    }

    It 'refuses <Name> with <Status>, and the pipeline sees none' -ForEach @(
        @{ Name = 'a forged signature'; Status = 403; Send = { $header = Get-Sign; $header['webhook-signature'] = 'v1,' + [Convert]::ToBase64String([byte[]](1..32)); Send-Delivery $port -Header $header } }
        @{ Name = 'another body than was signed'; Status = 403; Send = { Send-Delivery $port -Header (Get-Sign) -Text $body.Replace('paid', 'void') } }
        @{ Name = 'the secret of another endpoint'; Status = 403; Send = { Send-Delivery $port -Header (Get-Sign -Key ('whsec_' + [Convert]::ToBase64String([byte[]](2..33)))) } }
        @{ Name = 'another id than was signed'; Status = 403; Send = { $header = Get-Sign; $header['webhook-id'] = 'msg_2'; Send-Delivery $port -Header $header } }
        @{ Name = 'a delivery that is replayed too late'; Status = 403; Send = { Send-Delivery $port -Header (Get-Sign -Time ([DateTimeOffset]::UtcNow.AddSeconds(-310))) } }
        @{ Name = 'a delivery from the future'; Status = 403; Send = { Send-Delivery $port -Header (Get-Sign -Time ([DateTimeOffset]::UtcNow.AddSeconds(310))) } }
        @{ Name = 'no signature'; Status = 400; Send = { $header = Get-Sign; $header.Remove('webhook-signature'); Send-Delivery $port -Header $header } }
        @{ Name = 'a time that is none'; Status = 400; Send = { $header = Get-Sign; $header['webhook-timestamp'] = 'soon'; Send-Delivery $port -Header $header } }
        @{ Name = 'an Origin'; Status = 403; Send = { Send-Delivery $port -More @{ Origin = 'https://evil.example' } } }
        @{ Name = 'an Origin of this computer'; Status = 403; Send = { Send-Delivery $port -More @{ Origin = 'http://localhost' } } }
        @{ Name = 'GET'; Status = 405; Send = { Send-Delivery $port -Method GET } }
        @{ Name = 'PUT'; Status = 405; Send = { Send-Delivery $port -Method PUT } }
        @{ Name = 'a foreign host'; Status = 421; Send = { Send-Delivery $port -More @{ Host = 'rebound.example' } } }
        @{ Name = 'a host that only looks like this computer'; Status = 421; Send = { Send-Delivery $port -More @{ Host = 'localhost.example.com' } } }
        @{ Name = 'a message for Discord'; Status = 422; Send = { Send-Delivery $port -Text '{"content":"order paid: NWND-0002"}' } }
        @{ Name = 'a message for Slack'; Status = 422; Send = { Send-Delivery $port -Text '{"text":"order paid: NWND-0002"}' } }
        @{ Name = 'a body of more than 1 MiB'; Status = 413; Send = { Send-Delivery $port -Text ('{"type":"order.paid","data":{"note":"' + ('x' * 1MB) + '"}}') } }
        @{ Name = 'a head of more than 16 KiB'; Status = 431; Send = { Send-Delivery $port -More @{ 'x-long' = 'x' * 17KB } } }
    ) {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -Timeout 30'
        $port = $receiver.Port
        try { & $Send | Should -Be $Status }
        finally { $ended = Stop-Receiver $receiver -Now }
        $ended.Output.Count | Should -Be 0
    }

    It 'takes bodies of nearly 1 MiB, and in chunks only up to there' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -First 1'
        $chunk = 'x' * 65536
        $sign = Get-Sign
        $head = "POST / HTTP/1.1`r`nHost: 127.0.0.1`r`nTransfer-Encoding: chunked`r`n" + (($sign.Keys | ForEach-Object { "$($_): $($sign[$_])" }) -join "`r`n") + "`r`n`r`n"
        $answer = Send-Raw $receiver.Port (@($head) + @(1..20 | ForEach-Object { "10000`r`n$chunk`r`n" }))
        $answer.Text | Should -BeLike 'HTTP/1.1 413*'
        $large = '{"type":"order.paid","timestamp":"2026-11-06T10:05:25Z","data":{"id":"8cabdca5-cf97-4f4e-851c-fddffa691a55","note":"' + ('x' * (1MB - 200)) + '"}}'
        Send-Delivery $receiver.Port -Text $large | Should -Be 200
        (Stop-Receiver $receiver).Output.Count | Should -Be 1
    }

    It 'drops clients that are slow with <Name>, and serves others meanwhile' -ForEach @(
        @{ Name = 'the head'; Part = @('POST / HTTP/1.1' + "`r`n") }
        @{ Name = 'the body'; Part = @("POST / HTTP/1.1`r`nHost: 127.0.0.1`r`nContent-Length: 100`r`nwebhook-id: a`r`nwebhook-timestamp: 1`r`nwebhook-signature: v1,x`r`n`r`n{") }
    ) {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -Timeout 60'
        $slow = [Net.Sockets.TcpClient]::new('127.0.0.1', $receiver.Port)
        try {
            $stream = $slow.GetStream()
            $bytes = [Text.Encoding]::ASCII.GetBytes($Part[0])
            $stream.Write($bytes, 0, $bytes.Length)
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Send-Delivery $receiver.Port | Should -Be 200
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 4
            $stream.ReadTimeout = 20000
            $end = try { $stream.ReadByte() } catch { -1 }
            $end | Should -Be -1
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 12
        }
        finally {
            $slow.Dispose()
            $ended = Stop-Receiver $receiver -Now
        }
        $ended.Output.Count | Should -Be 1
    }

    It 'takes one of several secrets, in both ways of signing' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $other, $secret -First 2'
        Send-Delivery $receiver.Port -Id a -Header (Get-Sign -Id a) | Should -Be 200
        Send-Delivery $receiver.Port -Id b -Header (Get-Sign -Id b -Legacy) | Should -Be 200
        (Stop-Receiver $receiver).Output.Id | Should -Be 'a', 'b'
    }

    It 'is reached by the names of -AllowedHost, and needs one with -Listen' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -AllowedHost hooks.example.com, *.tunnel.example -First 3'
        Send-Delivery $receiver.Port -Id a -More @{ Host = 'hooks.example.com' } | Should -Be 200
        Send-Delivery $receiver.Port -Id b -More @{ Host = 'HOOKS.example.com:8443' } | Should -Be 200
        Send-Delivery $receiver.Port -Id c -More @{ Host = 'x.hooks.example.com' } | Should -Be 421
        Send-Delivery $receiver.Port -Id c -More @{ Host = 'tunnel.example' } | Should -Be 421
        Send-Delivery $receiver.Port -Id c -More @{ Host = 'abc.tunnel.example' } | Should -Be 200
        (Stop-Receiver $receiver).Output.Id | Should -Be 'a', 'b', 'c'
        $problem = Get-TestError { Receive-PolarWebhook 0 $secret -Listen 0.0.0.0 -Timeout 1 }
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-AllowedHost*'
        (Get-TestError { Receive-PolarWebhook 0 $secret -Listen somewhere -Timeout 1 }).FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        { Receive-PolarWebhook 0 $secret -Listen 0.0.0.0 -AllowedHost hooks.example.com -Timeout 0.2 } | Should -Not -Throw
    }

    It 'needs no connection, and sends nothing' {
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        Receive-PolarWebhook 0 $secret -Timeout 0.2
        @($emulator.Requests).Count | Should -Be 0
    }

    It 'is an error where the port is taken, and where a secret is none' {
        $taken = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $taken.Start()
        try { (Get-TestError { Receive-PolarWebhook $taken.LocalEndpoint.Port $secret -Timeout 1 }).FullyQualifiedErrorId | Should -BeLike 'PolarPortUnavailable,*' }
        finally { $taken.Stop() }
        (Get-TestError { Receive-PolarWebhook 0 (ConvertTo-TestToken 'whsec_') -Timeout 1 }).FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
    }

    It 'warns of a wrong secret once, and after 8 failures in a row' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -Process { throw "no" } -Timeout 30'
        foreach ($number in 1..3) { Send-Delivery $receiver.Port -Header (Get-Sign -Key ('whsec_' + [Convert]::ToBase64String([byte[]](2..33)))) | Should -Be 403 }
        foreach ($number in 1..9) { Send-Delivery $receiver.Port -Id "fail$number" | Should -Be 500 }
        $ended = Stop-Receiver $receiver -Now
        @($ended.Warning -like '*no signature is valid*').Count | Should -Be 1
        @($ended.Warning -like '8 deliveries in a row*').Count | Should -Be 1
    }
}

Describe 'Each event' {
    It 'is written once, however often it is delivered' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -First 2'
        Send-Delivery $receiver.Port -Id once | Should -Be 200
        Send-Delivery $receiver.Port -Id once | Should -Be 200
        Send-Delivery $receiver.Port -Id once -Header (Get-Sign -Id once -Time ([DateTimeOffset]::UtcNow.AddSeconds(20))) | Should -Be 200
        Send-Delivery $receiver.Port -Id twice | Should -Be 200
        (Stop-Receiver $receiver).Output.Id | Should -Be 'once', 'twice'
    }

    It 'is accepted when a later command has enough, that one included' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret | Select-Object -First 1'
        Send-Delivery $receiver.Port | Should -Be 200
        (Stop-Receiver $receiver).Output.Count | Should -Be 1
    }

    It 'fails when a later command throws' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret | ForEach-Object { throw "downstream" }'
        Send-Delivery $receiver.Port | Should -Be 500
        { Stop-Receiver $receiver } | Should -Throw '*downstream*'
    }

    It 'is handled by -Process: 200 where that succeeds, 500 where it throws or writes an error, and the listener goes on' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -First 2 -Process { $log.Enqueue($_.Id); switch ($_.Id) { throws { throw "thrown" } errs { Write-Error "written"; "still here" } breaks { break } }; "handled $($_.Id)" }'
        Send-Delivery $receiver.Port -Id throws | Should -Be 500
        Send-Delivery $receiver.Port -Id errs | Should -Be 500
        Send-Delivery $receiver.Port -Id fine | Should -Be 200
        # What failed does not count as seen.
        Send-Delivery $receiver.Port -Id throws | Should -Be 500
        Send-Delivery $receiver.Port -Id fine | Should -Be 200
        Send-Delivery $receiver.Port -Id last | Should -Be 200
        $ended = Stop-Receiver $receiver
        $ended.Log | Should -Be 'throws', 'errs', 'fine', 'throws', 'last'
        $ended.Output | Should -Be 'still here', 'handled errs', 'handled fine', 'handled last'
        "$($ended.Error)" | Should -BeLike '*thrown*written*thrown*'
    }

    It 'does not fail where -Process deals with its errors itself' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -First 1 -Process { try { throw "inside" } catch { "caught" }; Get-Item /nowhere -ErrorAction SilentlyContinue }'
        Send-Delivery $receiver.Port | Should -Be 200
        $ended = Stop-Receiver $receiver
        $ended.Output | Should -Be 'caught'
    }

    It 'is answered by 503 where it takes too long, and the retry by the outcome: <Outcome>' -ForEach @(
        @{ Outcome = 'success'; Last = ''; Status = 200 }
        @{ Outcome = 'failure'; Last = '; throw "late"'; Status = 500 }
    ) {
        $receiver = Start-Receiver ('Receive-PolarWebhook $port $secret -ResponseTimeout 0.5 -Timeout 30 -Process { $log.Enqueue($_.Id); if ($log.Count -eq 1) { Start-Sleep -Milliseconds 2000' + $Last + ' } }')
        Send-Delivery $receiver.Port | Should -Be 503
        # While it is still at work.
        Send-Delivery $receiver.Port | Should -Be 503
        Start-Sleep -Milliseconds 2000
        Send-Delivery $receiver.Port | Should -Be $Status
        $receiver.Log.Count | Should -Be 1
        # A failure was told; the next attempt is a new one. What was handled stays so.
        Send-Delivery $receiver.Port | Should -Be 200
        $receiver.Log.Count | Should -Be $(if ($Status -eq 200) { 1 } else { 2 })
        $null = Stop-Receiver $receiver -Now
    }

    It 'that was handled is known after a restart with -StatePath; one that was not, is not' {
        $path = Join-Path $TestDrive 'seen.state'
        $script = 'Receive-PolarWebhook $port $secret -StatePath $path -Timeout 30 -Process { $log.Enqueue($_.Id); if ($_.Id -eq "bad") { throw "no" } }'
        $receiver = Start-Receiver $script -With @{ path = $path }
        Send-Delivery $receiver.Port -Id good | Should -Be 200
        Send-Delivery $receiver.Port -Id bad | Should -Be 500
        # The file belongs to one receiver.
        (Get-TestError { Receive-PolarWebhook 0 $secret -StatePath $path -Timeout 1 }).FullyQualifiedErrorId | Should -BeLike 'PolarWebhookStateUnavailable,*'
        (Stop-Receiver $receiver -Now).Log | Should -Be 'good', 'bad'
        if ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) { (Get-Item $path).UnixMode | Should -Be '-rw-------' }
        # As a crash in the middle leaves it: an event that was begun, and half a line.
        [IO.File]::AppendAllText($path, "B unsure`nH tor")
        $receiver = Start-Receiver $script -With @{ path = $path }
        Send-Delivery $receiver.Port -Id good | Should -Be 200
        Send-Delivery $receiver.Port -Id bad | Should -Be 500
        Send-Delivery $receiver.Port -Id unsure | Should -Be 200
        Send-Delivery $receiver.Port -Id tor | Should -Be 200
        $ended = Stop-Receiver $receiver -Now
        $ended.Log | Should -Be 'bad', 'unsure', 'tor'
        "$($ended.Warning)" | Should -BeLike '*was handling unsure.*'
        $text = Get-Content $path -Raw
        $text | Should -Not -BeLike '*order*'
    }

    It 'is remembered in no file of something else' {
        $path = Join-Path $TestDrive 'other.txt'
        Set-Content $path 'dear diary'
        (Get-TestError { Receive-PolarWebhook 0 $secret -StatePath $path -Timeout 1 }).FullyQualifiedErrorId | Should -BeLike 'PolarWebhookStateUnavailable,*'
        Get-Content $path | Should -Be 'dear diary'
        (Get-TestError { Receive-PolarWebhook 0 $secret -StatePath (Join-Path $TestDrive 'nowhere/seen') -Timeout 1 }).FullyQualifiedErrorId | Should -BeLike 'PolarWebhookStateUnavailable,*'
    }
}

Describe 'The receiver' {
    It 'ends after -Timeout without an error' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Receive-PolarWebhook 0 $secret -Timeout 0.5 | Should -BeNullOrEmpty
        $watch.Elapsed.TotalSeconds | Should -BeGreaterThan 0.4
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
    }

    It 'ends within a second of Ctrl+C and frees the port: <Name>' -ForEach @(
        @{ Name = 'while it waits'; Script = 'Receive-PolarWebhook $port $secret'; Sends = $false }
        @{ Name = 'in the middle of -Process'; Script = 'Receive-PolarWebhook $port $secret -Process { Start-Sleep 60 }'; Sends = $true }
        @{ Name = 'while a later command works'; Script = 'Receive-PolarWebhook $port $secret | ForEach-Object { Start-Sleep 60 }'; Sends = $true }
    ) {
        $receiver = Start-Receiver $Script
        if ($Sends) {
            $request = [Net.Http.HttpRequestMessage]::new('POST', "http://127.0.0.1:$($receiver.Port)/")
            $request.Content = [Net.Http.StringContent]::new($body)
            $header = Get-Sign
            foreach ($name in $header.Keys) { $null = $request.Headers.TryAddWithoutValidation($name, $header[$name]) }
            $sending = $http.SendAsync($request)
            Start-Sleep -Milliseconds 500
        }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Stop-Receiver $receiver -Now
        $watch.Elapsed.TotalMilliseconds | Should -BeLessThan 1000
        $again = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, $receiver.Port)
        { $again.Start() } | Should -Not -Throw
        $again.Stop()
        if ($Sends) {
            # It was not handled, and Polar hears nothing else.
            $status = try { [int]$sending.GetAwaiter().GetResult().StatusCode } catch { 0 }
            $status | Should -BeIn 0, 503
        }
    }

    It 'raises an event for Register-EngineEvent' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -SourceIdentifier polar2 -First 1 | ForEach-Object { $_.Id }
            (Get-Event -SourceIdentifier polar2).MessageData.Type'
        Send-Delivery $receiver.Port | Should -Be 200
        (Stop-Receiver $receiver).Output | Should -Be 'msg_1', 'order.paid'
    }

    It 'runs the action of Register-EngineEvent as the event comes' {
        $receiver = Start-Receiver '$job = Register-EngineEvent -SourceIdentifier polar -Action { "action $($event.MessageData.Id)" }
            $null = Receive-PolarWebhook $port $secret -SourceIdentifier polar -First 1
            Receive-Job $job'
        Send-Delivery $receiver.Port | Should -Be 200
        (Stop-Receiver $receiver).Output | Should -Be 'action msg_1'
    }

    It 'works in Start-ThreadJob' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
        $port = Get-FreePort
        $job = Start-ThreadJob { param($module, $port, $secret) Import-Module $module; Receive-PolarWebhook $port $secret -First 1 } -ArgumentList $modulePath, $port, $secret
        Wait-Port ([pscustomobject]@{ Port = $port; Running = @{ IsCompleted = $false } })
        Send-Delivery $port | Should -Be 200
        ($job | Wait-Job -Timeout 20 | Receive-Job).Type | Should -Be 'order.paid'
        $job | Remove-Job -Force
        # And is stopped with it.
        $job = Start-ThreadJob { param($module, $port, $secret) Import-Module $module; Receive-PolarWebhook $port $secret } -ArgumentList $modulePath, $port, $secret
        Wait-Port ([pscustomobject]@{ Port = $port; Running = @{ IsCompleted = $false } })
        $job | Stop-Job
        $job | Remove-Job -Force
        $again = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, $port)
        { $again.Start() } | Should -Not -Throw
        $again.Stop()
    }

    It 'takes what the emulator delivers, in order' {
        $emulator | Set-PolarEmulator -Reset -Confirm:$false
        $port = Get-FreePort
        $endpoint = New-PolarWebhookEndpoint "http://localhost:$port/" -EventType product.created -Name Live
        $receiver = Start-Receiver 'Receive-PolarWebhook $live $secret -First 3 -Timeout 30' -With @{ live = $port; secret = $endpoint.Secret }
        $receiver.Port = $port
        Wait-Port $receiver
        foreach ($name in 'First', 'Second', 'Third') { $null = New-PolarProduct -Name $name -Price (New-PolarPrice 500 -Currency usd) }
        (Stop-Receiver $receiver).Output.Data.Name | Should -Be 'First', 'Second', 'Third'
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        @(Get-PolarWebhookDelivery -Succeeded:$false).Count | Should -Be 0
        Remove-PolarWebhookEndpoint $endpoint -Confirm:$false
    }
}

Describe '-FromDelivery' {
    BeforeAll {
        $emulator | Set-PolarEmulator -Reset -Confirm:$false
        # Nothing listens there: Polar's attempts fail, and are listed all the same.
        $script:dead = New-PolarWebhookEndpoint http://localhost:9/ -EventType product.created -Name Dead
        foreach ($name in 'Early one', 'Early two') { $null = New-PolarProduct -Name $name -Price (New-PolarPrice 500 -Currency usd) }
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
    }

    It 'gives events without a port, each once, oldest first, and says that they are not signed' {
        $told = @(Receive-PolarWebhook -FromDelivery -EndpointId Dead -Since (Get-Date).AddHours(-1) -First 2 -Timeout 20)
        $told.Data.Name | Should -Be 'Early one', 'Early two'
        $told[0].Source | Should -Be 'Delivery'
        $told[0].Verified | Should -BeFalse
        $again = @(Receive-PolarWebhook -FromDelivery -Since (Get-Date).AddHours(-1) -Interval 0.2 -Timeout 2)
        $again.Count | Should -Be 2
    }

    It 'takes only what comes from now on without -Since' {
        $receiver = Start-Receiver '$null = Connect-Polar -Environment Emulator -Name x; Receive-PolarWebhook -FromDelivery -Connection $connection -Interval 0.2 -First 1 -Timeout 20' -With @{ connection = (Get-PolarConnection receiver) }
        Start-Sleep -Milliseconds 2500
        $null = New-PolarProduct -Name 'Late one' -Price (New-PolarPrice 500 -Currency usd)
        (Stop-Receiver $receiver -Seconds 30).Output.Data.Name | Should -Be 'Late one'
    }

    It 'goes on where it was with -StatePath, and tries again what failed' {
        $path = Join-Path $TestDrive 'polled.state'
        $script:calls = [Collections.Generic.List[string]]::new()
        Receive-PolarWebhook -FromDelivery -Since (Get-Date).AddHours(-1) -StatePath $path -Interval 0.2 -Timeout 3 -ErrorAction SilentlyContinue -Process {
            $calls.Add($_.Data.Name)
            if ($calls.Count -eq 1) { throw 'not yet' }
        }
        $calls[0] | Should -Be 'Early one'
        @($calls | Where-Object { $_ -eq 'Early one' }).Count | Should -Be 2
        @($calls | Where-Object { $_ -ne 'Early one' } | Group-Object | Where-Object Count -NE 1).Count | Should -Be 0
        $null = New-PolarProduct -Name 'Between' -Price (New-PolarPrice 500 -Currency usd)
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        (Receive-PolarWebhook -FromDelivery -StatePath $path -Interval 0.2 -First 1 -Timeout 10).Data.Name | Should -Be 'Between'
    }

    It 'sends each event on to -ForwardTo, signed with the secret of its endpoint' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -First 2 -Timeout 30' -With @{ secret = $dead.Secret }
        $told = @(Receive-PolarWebhook -FromDelivery -Since (Get-Date).AddHours(-1) -First 2 -Timeout 20 -ForwardTo "http://localhost:$($receiver.Port)/hook")
        (Stop-Receiver $receiver).Output.Id | Should -Be $told.Id
    }

    It 'reports what -ForwardTo does not accept, and does not count it as handled' {
        $problems = Get-TestError { Receive-PolarWebhook -FromDelivery -Since (Get-Date).AddHours(-1) -Interval 30 -Timeout 3 -ForwardTo "http://localhost:9/" -WarningAction SilentlyContinue }
        @($problems).Count | Should -BeGreaterThan 1
        @($problems)[0].FullyQualifiedErrorId | Should -BeLike 'PolarWebhookNotAccepted,*'
    }

    It 'refuses endpoints whose format is no event, and addresses that are not safe' {
        $null = New-PolarWebhookEndpoint https://hooks.example.com/discord -EventType product.created -Format discord -Name Chat
        (Get-TestError { Receive-PolarWebhook -FromDelivery -EndpointId Chat -Timeout 1 -WarningAction SilentlyContinue }).FullyQualifiedErrorId | Should -BeLike 'PolarWebhookNotAnEvent,*'
        foreach ($address in 'http://hooks.example.com/', 'ftp://localhost/', 'https://user:pass@hooks.example.com/', 'localhost:3000') {
            "$(Get-TestError { Receive-PolarWebhook -FromDelivery -ForwardTo $address -Timeout 1 })" | Should -BeLike '*no address for payloads*'
        }
        Remove-PolarWebhookEndpoint Chat -Confirm:$false -ErrorAction SilentlyContinue
        Get-PolarWebhookEndpoint Chat -ErrorAction SilentlyContinue | Remove-PolarWebhookEndpoint -Confirm:$false
    }
}

Describe 'Send-PolarWebhookPayload' {
    BeforeAll {
        $emulator | Set-PolarEmulator -Reset -Confirm:$false
        $script:failing = New-PolarWebhookEndpoint http://localhost:9/ -EventType product.created -Name Failing
        $null = New-PolarProduct -Name 'Sent again' -Price (New-PolarPrice 500 -Currency usd)
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false

        function Receive-Plain {
            # What arrives at a plain socket, answered with the status; the request runs meanwhile in the script.
            param([scriptblock] $Act, [string] $Answer = "HTTP/1.1 204 No Content`r`nConnection: close`r`n`r`n")
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            $shell = [powershell]::Create()
            $null = $shell.AddScript({
                    param($listener, $answer)
                    $client = $listener.AcceptTcpClient()
                    $stream = $client.GetStream()
                    $all = [IO.MemoryStream]::new()
                    $buffer = [byte[]]::new(65536)
                    $want = -1
                    while ($want -lt 0 -or $all.Length -lt $want) {
                        $read = $stream.Read($buffer, 0, $buffer.Length)
                        if ($read -eq 0) { break }
                        $all.Write($buffer, 0, $read)
                        $text = [Text.Encoding]::GetEncoding(28591).GetString($all.ToArray())
                        $end = $text.IndexOf("`r`n`r`n")
                        if ($want -lt 0 -and $end -ge 0) { $want = $end + 4 + [int]([regex]::Match($text, '(?i)content-length: *(\d+)').Groups[1].Value) }
                    }
                    $bytes = [Text.Encoding]::ASCII.GetBytes($answer)
                    $stream.Write($bytes, 0, $bytes.Length)
                    $client.Dispose()
                    , $all.ToArray()
                }).AddArgument($listener).AddArgument($Answer)
            $running = $shell.BeginInvoke()
            $port = $listener.LocalEndpoint.Port
            $result = & $Act "http://localhost:$port/hook"
            $listener.Server.Dispose()
            $null = $running.AsyncWaitHandle.WaitOne(5000)
            $bytes = [byte[]]$shell.EndInvoke($running)[0]
            $shell.Dispose()
            $text = [Text.Encoding]::GetEncoding(28591).GetString($bytes)
            $end = $text.IndexOf("`r`n`r`n")
            $headers = @{}
            foreach ($line in $text.Substring(0, $end) -split "`r`n" | Select-Object -Skip 1) { $name, $value = $line -split ': *', 2; $headers[$name.ToLowerInvariant()] = $value }
            [pscustomobject]@{ Result = $result; Headers = $headers; Body = [byte[]]$bytes[($end + 4)..($bytes.Length - 1)]; Line = ($text -split "`r`n")[0] }
        }
    }

    It 'sends a stored delivery, signed anew with the secret of its endpoint, and nothing of the token' {
        $delivery = Get-PolarWebhookDelivery -Succeeded:$false -First 1
        $got = Receive-Plain { param($address) $delivery | Send-PolarWebhookPayload -Uri $address }
        $got.Line | Should -Be 'POST /hook HTTP/1.1'
        $got.Headers['webhook-id'] | Should -Be $delivery.WebhookEventId
        $got.Headers.Keys | Should -Not -Contain 'authorization'
        "$($got.Headers.Values)" | Should -Not -Match 'polar_'
        [Text.Encoding]::UTF8.GetString($got.Body) | Should -BeExactly $delivery.WebhookEvent.Payload
        (ConvertFrom-PolarWebhook $got.Body $got.Headers $failing.Secret).Data.Name | Should -Be 'Sent again'
        $got.Result.Succeeded | Should -BeTrue
        $got.Result.HttpCode | Should -Be 204
        $got.Result.EventType | Should -Be 'product.created'
    }

    It 'sends an event once, however many deliveries there were, and copies of deliveries' {
        $emulator | Set-PolarEmulator -Advance 00:00:30 -Confirm:$false
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        $deliveries = @(Get-PolarWebhookDelivery)
        $deliveries.Count | Should -BeGreaterThan 1
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -Timeout 20 -Process { $log.Enqueue($_.Id) }'
        @($deliveries | Send-PolarWebhookPayload -Uri "http://localhost:$($receiver.Port)/" -Secret $secret).Count | Should -Be 1
        $copy = $deliveries[0] | ConvertTo-Json -Depth 1 | ConvertFrom-Json
        (Get-TestError { $copy | Send-PolarWebhookPayload -Uri "http://localhost:$($receiver.Port)/" -Secret $secret }) | Should -Not -BeNullOrEmpty
        (Stop-Receiver $receiver -Now).Log.Count | Should -Be 1
    }

    It 'does not follow a redirect' {
        $got = Receive-Plain { param($address) Send-PolarWebhookPayload $address -EventType order.paid -Secret $secret } -Answer "HTTP/1.1 307 Temporary Redirect`r`nLocation: http://localhost:9/`r`nContent-Length: 0`r`nConnection: close`r`n`r`n"
        $got.Result.HttpCode | Should -Be 307
        $got.Result.Succeeded | Should -BeFalse
    }

    It 'sends a sample of each type that this version knows, which verifies, reads, and is as the API describes it' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -First 42 -Timeout 60'
        $sent = @(Send-PolarWebhookPayload "http://localhost:$($receiver.Port)/" -EventType '*' -Secret $secret)
        $sent.Count | Should -Be ([PolarPS.Client.WebhookEvent]::Types.Count)
        @($sent | Where-Object { -not $_.Succeeded }).Count | Should -Be 0
        $told = (Stop-Receiver $receiver).Output
        ($told.Type | Sort-Object) | Should -Be ([PolarPS.Client.WebhookEvent]::Types | Sort-Object)
        foreach ($one in $told) {
            $one.Data | Should -BeOfType PolarPS.Client.Models.PolarObject -Because $one.Type
            $one.Data.Id | Should -Not -BeNullOrEmpty -Because $one.Type
        }
        @($told | Where-Object Type -EQ order.paid)[0].Data.Status | Should -Be 'paid'
        @($told | Where-Object Type -EQ subscription.past_due)[0].Data.Status | Should -Be 'past_due'
        @($told | Where-Object Type -EQ subscription.migrated)[0].Provider | Should -Not -BeNullOrEmpty
    }

    It 'tells what a handler answers, and that none is there' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -Timeout 20 -Process { throw "no" }'
        $result = Send-PolarWebhookPayload "http://localhost:$($receiver.Port)/" -EventType order.paid -Secret $secret
        $null = Stop-Receiver $receiver -Now
        $result.HttpCode | Should -Be 500
        $result.Succeeded | Should -BeFalse
        $none = Send-PolarWebhookPayload "http://localhost:9/" -EventType order.paid -Secret $secret
        $none.HttpCode | Should -BeNullOrEmpty
        $none.Response | Should -Not -BeNullOrEmpty
    }

    It 'sends nothing with -WhatIf, to http elsewhere, and of a type that it does not know' {
        $receiver = Start-Receiver 'Receive-PolarWebhook $port $secret -Timeout 20'
        Send-PolarWebhookPayload "http://localhost:$($receiver.Port)/" -EventType order.paid -Secret $secret -WhatIf | Should -BeNullOrEmpty
        "$(Get-TestError { Send-PolarWebhookPayload http://hooks.example.com/ -EventType order.paid -Secret $secret })" | Should -BeLike '*no address for payloads*'
        (Get-TestError { Send-PolarWebhookPayload "http://localhost:$($receiver.Port)/" -EventType moon.risen -Secret $secret }).FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        (Stop-Receiver $receiver -Now).Output.Count | Should -Be 0
    }
}

Describe 'Repair-PolarWebhook' {
    BeforeAll {
        function Get-Change { @($emulator.Requests | Where-Object Method -NE GET | ForEach-Object { "$($_.Method) $($_.Path)" }) }
    }

    BeforeEach {
        $emulator | Set-PolarEmulator -Reset -Confirm:$false
        $script:port = Get-FreePort
        $script:hook = New-PolarWebhookEndpoint "http://localhost:$port/" -EventType product.created, product.updated -Name Hook
    }

    It 'enables the endpoint and has delivered again, oldest first, what never got through' {
        foreach ($number in 1..12) { $null = New-PolarProduct -Name "Missed $number" -Price (New-PolarPrice 500 -Currency usd) }
        # All attempts of all: nobody is there.
        foreach ($round in 1..14) {
            $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
            $emulator | Set-PolarEmulator -Advance 00:20:00 -Confirm:$false
        }
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        (Get-PolarWebhookEndpoint $hook).Enabled | Should -BeFalse
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        $lines = Repair-PolarWebhook $hook -WhatIf -Verbose -WarningAction SilentlyContinue 4>&1
        Get-Change | Should -BeNullOrEmpty
        "$lines" | Should -BeLike '*Would send PATCH /v1/webhooks/endpoints/*redeliver*'

        $receiver = Start-Receiver 'Receive-PolarWebhook $live $secret -ToleranceSeconds 1000000 -Timeout 60 -Process { $log.Enqueue($_.Data.Name) }' -With @{ live = $port; secret = $hook.Secret }
        $receiver.Port = $port
        Wait-Port $receiver
        $done = @(Repair-PolarWebhook -EndpointId Hook -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue)
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        $ended = Stop-Receiver $receiver -Now
        (Get-Change)[0] | Should -Be "PATCH /v1/webhooks/endpoints/$($hook.Id)"
        $done.Count | Should -Be 12
        @($done | Where-Object IsRequested).Count | Should -Be 12
        $ended.Log | Should -Be @(1..12 | ForEach-Object { "Missed $_" })
        "$warnings" | Should -BeLike '*cannot be brought back*'
        (Get-PolarWebhookEndpoint $hook).Enabled | Should -BeTrue
        # And there is nothing left to do.
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        Repair-PolarWebhook $hook | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }

    It 'warns where a newer event of the same object got through, leaves what is being tried, and keeps to -Since' {
        $product = New-PolarProduct -Name 'Twice told' -Price (New-PolarPrice 500 -Currency usd)
        foreach ($round in 1..14) {
            $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
            $emulator | Set-PolarEmulator -Advance 00:20:00 -Confirm:$false
        }
        $listener = [Net.HttpListener]::new()
        $listener.Prefixes.Add("http://localhost:$port/")
        $listener.Start()
        try {
            $waiting = $listener.GetContextAsync()
            $null = Set-PolarProduct $product -Description 'Newer'
            $null = $waiting.Wait(20000)
            $waiting.Result.Response.StatusCode = 200
            $waiting.Result.Response.Close()
            $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        }
        finally { $listener.Close() }
        $null = Repair-PolarWebhook $hook -WarningVariable warnings -WarningAction SilentlyContinue -WhatIf
        "$warnings" | Should -BeLike '*product.created*is older than product.updated*got through already*'
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        Repair-PolarWebhook $hook -Since ($emulator.Now.AddMinutes(1)) | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
        $null = New-PolarProduct -Name 'In between' -Price (New-PolarPrice 500 -Currency usd)
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        $left = @(Repair-PolarWebhook $hook -WarningAction SilentlyContinue | Where-Object EventType -EQ product.created)
        @($left | Where-Object State -EQ Retrying).Count | Should -Be 1
        @($left | Where-Object State -EQ Retrying)[0].IsRequested | Should -BeFalse
    }

    It 'says what Polar no longer has' {
        $null = New-PolarProduct -Name 'Forgotten' -Price (New-PolarPrice 500 -Currency usd)
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        $emulator | Set-PolarEmulator -Advance 95.00:00:00 -Confirm:$false
        $emulator | Set-PolarEmulator -WaitForWebhook -ClearRequest -Confirm:$false
        $left = @(Repair-PolarWebhook $hook -Force -WarningVariable warnings -WarningAction SilentlyContinue)
        $left.State | Should -Be 'Archived'
        "$warnings" | Should -BeLike '*over 90 days old*product.created*'
        Get-Change | Where-Object { $_ -like '*redeliver' } | Should -BeNullOrEmpty
    }

    It 'asks where it would be many, and does nothing where nobody can be asked' {
        foreach ($number in 1..3) { $null = New-PolarProduct -Name "Many $number" -Price (New-PolarPrice 500 -Currency usd) }
        foreach ($round in 1..14) {
            $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
            $emulator | Set-PolarEmulator -Advance 00:20:00 -Confirm:$false
        }
        $emulator | Set-PolarEmulator -WaitForWebhook -ClearRequest -Confirm:$false
        # Tests run without a person: the question is an error.
        Get-TestError { Repair-PolarWebhook $hook -Max 2 } | Should -Not -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
        @(Repair-PolarWebhook $hook -Max 3).Count | Should -Be 3
        @(Repair-PolarWebhook $hook -Max 1 -Force | Where-Object IsRequested).Count | Should -BeIn 0, 3
    }

    It 'is refused for what is no endpoint' {
        (Get-TestError { Repair-PolarWebhook 8cabdca5-cf97-4f4e-851c-fddffa691a55 }).FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        "$(Get-TestError { Get-PolarProduct -First 1 | Repair-PolarWebhook })" | Should -BeLike '*Expected an endpoint*'
    }
}
