# Webhooks from end to end: an emulator delivers over real HTTP to a plain listener, and what arrives there is verified and read.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:emulator = Start-PolarEmulator -Name webhooks
    $script:listener = [Net.HttpListener]::new()
    # Any port that is free.
    foreach ($attempt in 1..20) {
        $script:address = "http://localhost:$(Get-Random -Minimum 20000 -Maximum 60000)/"
        try {
            $listener.Prefixes.Add($address)
            $listener.Start()
            break
        }
        catch {
            $listener.Close()
            $script:listener = [Net.HttpListener]::new()
        }
    }

    function Receive-Delivery {
        # The next request that arrives: its raw bytes and its headers. It is answered with the status.
        param([int] $Status = 200)
        $waiting = $listener.GetContextAsync()
        if (-not $waiting.Wait(20000)) { throw 'Nothing arrived.' }
        $context = $waiting.Result
        $buffer = [IO.MemoryStream]::new()
        $context.Request.InputStream.CopyTo($buffer)
        $context.Response.StatusCode = $Status
        $context.Response.Close()
        [pscustomobject]@{ Bytes = $buffer.ToArray(); Text = [Text.Encoding]::UTF8.GetString($buffer.ToArray()); Headers = $context.Request.Headers }
    }

    function Get-Copy {
        # The three headers of a delivery as a hashtable, with some of them changed.
        param($Headers, [hashtable] $With = @{})
        $copy = @{}
        foreach ($name in 'webhook-id', 'webhook-timestamp', 'webhook-signature') { $copy[$name] = $Headers[$name] }
        foreach ($name in $With.Keys) { if ($null -eq $With[$name]) { $copy.Remove($name) } else { $copy[$name] = $With[$name] } }
        $copy
    }

    function Get-Sign {
        # A delivery that is signed here: the way of Standard Webhooks, or Polar's older one.
        param([string] $Secret, [string] $Body, [switch] $Legacy, [DateTimeOffset] $Time = [DateTimeOffset]::UtcNow)
        $key = if ($Legacy) { [Text.Encoding]::UTF8.GetBytes($Secret) } else { [Convert]::FromBase64String($Secret.Substring(6)) }
        $seconds = "$($Time.ToUnixTimeSeconds())"
        $hash = [Security.Cryptography.HMACSHA256]::new($key).ComputeHash([Text.Encoding]::UTF8.GetBytes("msg_1.$seconds.$Body"))
        @{ 'webhook-id' = 'msg_1'; 'webhook-timestamp' = $seconds; 'webhook-signature' = "v1,$([Convert]::ToBase64String($hash))" }
    }

    $script:endpoint = New-PolarWebhookEndpoint $address -EventType product.created -Name Listener
    # With letters that are no ASCII, which a careless receiver would break.
    $script:product = New-PolarProduct -Name "Ka$([char]0xEF)ro" -Price (New-PolarPrice 500 -Currency usd)
    $script:delivery = Receive-Delivery
    $script:other = ConvertTo-TestToken ('whsec_' + [Convert]::ToBase64String([byte[]](1..32)))
}

AfterAll {
    $listener.Close()
    $emulator | Stop-PolarEmulator
    Disconnect-Polar -All
}

Describe 'A delivery that a plain listener has caught' {
    It 'becomes a typed event' {
        $told = ConvertFrom-PolarWebhook -Body $delivery.Bytes -Header $delivery.Headers -Secret $endpoint.Secret
        $told | Should -BeOfType PolarPS.Client.WebhookEvent
        $told.Type | Should -Be 'product.created'
        $told.Id | Should -Be $delivery.Headers['webhook-id']
        $told.Data | Should -BeOfType PolarPS.Client.Models.Product
        $told.Data.Id | Should -Be $product.Id
        $told.Data.Name | Should -BeExactly $product.Name
    }

    It 'needs no connection' {
        Connect-Polar -Environment Emulator -Name unused
        Disconnect-Polar -Name unused
        { ConvertFrom-PolarWebhook $delivery.Text $delivery.Headers $endpoint.Secret } | Should -Not -Throw
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        $null = ConvertFrom-PolarWebhook $delivery.Text $delivery.Headers $endpoint.Secret
        @($emulator.Requests).Count | Should -Be 0
        # That was the connection to the emulator which this file uses.
        Select-PolarConnection webhooks
    }

    It 'is taken as text, as bytes, and as bytes that a function has made a list of' {
        foreach ($body in @{ It = $delivery.Text }, @{ It = $delivery.Bytes }, @{ It = [object[]]$delivery.Bytes }) {
            Test-PolarWebhookSignature -Body $body.It -Header $delivery.Headers -Secret $endpoint.Secret | Should -BeTrue
        }
        $delivery.Text | Test-PolarWebhookSignature -Header $delivery.Headers -Secret $endpoint.Secret | Should -BeTrue
        , $delivery.Bytes | Test-PolarWebhookSignature -Header $delivery.Headers -Secret $endpoint.Secret | Should -BeTrue
    }

    It 'is taken with headers as <Name>' -ForEach @(
        @{ Name = 'a hashtable'; Make = { Get-Copy $delivery.Headers } }
        @{ Name = 'a hashtable in other case'; Make = { $it = Get-Copy $delivery.Headers; $upper = @{}; foreach ($name in $it.Keys) { $upper[$name.ToUpperInvariant()] = $it[$name] }; $upper } }
        @{ Name = 'a hashtable of lists'; Make = { $it = Get-Copy $delivery.Headers; $lists = @{}; foreach ($name in $it.Keys) { $lists[$name] = [string[]]@($it[$name]) }; $lists } }
        @{ Name = 'a generic dictionary'; Make = { $it = [Collections.Generic.Dictionary[string, string]]::new(); (Get-Copy $delivery.Headers).GetEnumerator() | ForEach-Object { $it[$_.Key] = $_.Value }; , $it } }
        @{ Name = 'an object'; Make = { [pscustomobject](Get-Copy $delivery.Headers) } }
        @{ Name = 'JSON that was read'; Make = { Get-Copy $delivery.Headers | ConvertTo-Json | ConvertFrom-Json } }
        @{ Name = 'those of HttpClient'; Make = { $it = [Net.Http.HttpRequestMessage]::new(); (Get-Copy $delivery.Headers).GetEnumerator() | ForEach-Object { $null = $it.Headers.TryAddWithoutValidation($_.Key, [string]$_.Value) }; , $it.Headers } }
    ) {
        Test-PolarWebhookSignature $delivery.Bytes (& $Make) $endpoint.Secret | Should -BeTrue
    }

    It 'is taken with one right secret of several' {
        (ConvertFrom-PolarWebhook $delivery.Bytes $delivery.Headers $other, $endpoint.Secret).Type | Should -Be 'product.created'
        Test-PolarWebhookSignature $delivery.Bytes $delivery.Headers $other | Should -BeFalse
        $credential = [pscredential]::new('polar', $endpoint.Secret)
        Test-PolarWebhookSignature $delivery.Bytes $delivery.Headers $credential | Should -BeTrue
    }

    It 'is not taken when it was parsed and written again' {
        $again = $delivery.Text | ConvertFrom-Json | ConvertTo-Json -Depth 20
        Test-PolarWebhookSignature $again $delivery.Headers $endpoint.Secret | Should -BeFalse
        foreach ($parsed in ($delivery.Text | ConvertFrom-Json), @{ type = 'order.paid' }) {
            $problem = Get-TestError { ConvertFrom-PolarWebhook -Body $parsed -Header $delivery.Headers -Secret $endpoint.Secret }
            "$problem" | Should -BeLike '*is not the raw body*RawBody*'
        }
    }

    It 'is an error that ends the cmdlet: <Id>' -ForEach @(
        @{ Id = 'PolarWebhookHeaderMissing'; With = @{ 'webhook-id' = $null } }
        @{ Id = 'PolarWebhookHeaderMissing'; With = @{ 'webhook-signature' = $null } }
        @{ Id = 'PolarWebhookHeaderMissing'; With = @{ 'webhook-timestamp' = '' } }
        @{ Id = 'PolarWebhookHeaderRepeated'; With = @{ 'webhook-id' = @('a', 'b') } }
        @{ Id = 'PolarWebhookHeaderRepeated'; With = @{ 'webhook-timestamp' = @('1', '2') } }
        @{ Id = 'PolarWebhookTimestampInvalid'; With = @{ 'webhook-timestamp' = 'yesterday' } }
        @{ Id = 'PolarWebhookSignatureInvalid'; With = @{ 'webhook-timestamp' = '1' } }
        @{ Id = 'PolarWebhookSignatureInvalid'; With = @{ 'webhook-signature' = 'v1,AAAA' } }
    ) {
        $headers = Get-Copy $delivery.Headers $With
        $caught = $null
        # Without -ErrorAction: a handler must not go on with nothing.
        try { $read = ConvertFrom-PolarWebhook $delivery.Bytes $headers $endpoint.Secret } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -Be "$Id,PolarPS.Commands.ConvertFromPolarWebhookCommand"
        $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-Variable read -ValueOnly -ErrorAction Ignore | Should -BeNullOrEmpty
        Test-PolarWebhookSignature $delivery.Bytes $headers $endpoint.Secret | Should -BeFalse
        $reason = Test-PolarWebhookSignature $delivery.Bytes $headers $endpoint.Secret -Verbose 4>&1 | Where-Object { $_ -isnot [bool] }
        "$reason" | Should -BeLike "*($Id)*"
    }

    It 'has an error where a dictionary has a header in two spellings' {
        $headers = [Collections.Hashtable]::new([StringComparer]::Ordinal)
        (Get-Copy $delivery.Headers).GetEnumerator() | ForEach-Object { $headers[$_.Key] = $_.Value }
        $headers['Webhook-Id'] = 'other'
        (Get-TestError { ConvertFrom-PolarWebhook $delivery.Bytes $headers $endpoint.Secret }).FullyQualifiedErrorId | Should -BeLike 'PolarWebhookHeaderRepeated,*'
    }
}

Describe 'A delivery that was signed at another time, in another way, or is something else' {
    BeforeAll {
        $script:body = '{"type":"order.paid","timestamp":"2026-11-06T10:05:25Z","api_version":"' + (Get-ApiVersion) + '","data":{"id":"1","status":"paid","from_the_future":7}}'
        $script:plain = 'whsec_' + [Convert]::ToBase64String([byte[]](7..38))
        $script:secret = ConvertTo-TestToken $plain
    }

    It 'is read in both key modes' {
        foreach ($legacy in $false, $true) {
            $told = ConvertFrom-PolarWebhook $body (Get-Sign $plain $body -Legacy:$legacy) $secret
            $told.Data | Should -BeOfType PolarPS.Client.Models.Order
            $told.Data.Status | Should -Be 'paid'
        }
        $old = 'polar_whs_abcdefghijklmnop'
        Test-PolarWebhookSignature $body (Get-Sign $old $body -Legacy) (ConvertTo-TestToken $old) | Should -BeTrue
    }

    It 'has fields that this version does not know as properties' {
        (ConvertFrom-PolarWebhook $body (Get-Sign $plain $body) $secret).Data.FromTheFuture | Should -Be 7
    }

    It 'is refused when it is stale, or from the future, by the tolerance' {
        foreach ($minutes in -6, 6) {
            $headers = Get-Sign $plain $body -Time ([DateTimeOffset]::UtcNow.AddMinutes($minutes))
            (Get-TestError { ConvertFrom-PolarWebhook $body $headers $secret }).FullyQualifiedErrorId | Should -BeLike 'PolarWebhookTimestampOutsideTolerance,*'
            Test-PolarWebhookSignature $body $headers $secret | Should -BeFalse
            Test-PolarWebhookSignature $body $headers $secret -ToleranceSeconds 600 | Should -BeTrue
        }
        $headers = Get-Sign $plain $body -Time ([DateTimeOffset]::UtcNow.AddSeconds(-30))
        Test-PolarWebhookSignature $body $headers $secret -ToleranceSeconds 10 | Should -BeFalse
    }

    It 'is refused when it is signed and no event' {
        foreach ($text in '{"content":"a message for Discord"}', 'no JSON', '') {
            $headers = Get-Sign $plain $text
            (Get-TestError { ConvertFrom-PolarWebhook $text $headers $secret }).FullyQualifiedErrorId | Should -BeLike 'PolarWebhookNotAnEvent,*'
            Test-PolarWebhookSignature $text $headers $secret | Should -BeTrue
        }
    }

    It 'has plain values where the type of the event is not known' {
        $text = '{"type":"moon.risen","timestamp":"2026-11-06T10:05:25Z","data":{"phase":"full"}}'
        $told = ConvertFrom-PolarWebhook $text (Get-Sign $plain $text) $secret
        $told.Type | Should -Be 'moon.risen'
        $told.Data['phase'] | Should -Be 'full'
    }

    It 'is not verified with <Name>' -ForEach @(
        @{ Name = 'a secret in plain text'; Secret = { $plain }; Says = '*must be a SecureString*Get-Secret*' }
        @{ Name = 'a plain secret in a list'; Secret = { @($secret, $plain) }; Says = '*must be a SecureString*' }
        @{ Name = 'no secret'; Secret = { $null }; Says = '*is null*' }
        @{ Name = 'an empty secret'; Secret = { [securestring]::new() }; Says = '*anyone could sign*' }
        @{ Name = 'nothing but a prefix'; Secret = { ConvertTo-TestToken 'whsec_' }; Says = '*anyone could sign*' }
        @{ Name = 'something else'; Secret = { 7 }; Says = '*must be a SecureString or a PSCredential*' }
    ) {
        $headers = Get-Sign $plain $body
        $given = & $Secret
        foreach ($act in { Test-PolarWebhookSignature -Body $body -Header $headers -Secret $given }, { ConvertFrom-PolarWebhook -Body $body -Header $headers -Secret $given }) {
            $problem = @(Get-TestError $act)
            $problem.Count | Should -Be 1
            "$($problem[0])" | Should -BeLike $Says
            "$($problem[0] | Format-List -Force | Out-String -Width 5000)" | Should -Not -BeLike "*$($plain.Substring(6))*"
        }
    }

    It 'is not read with headers that are none' {
        foreach ($headers in 'webhook-id: 1', 7, @(1, 2)) {
            "$(Get-TestError { Test-PolarWebhookSignature -Body $body -Header $headers -Secret $secret })" | Should -BeLike '*has no headers*'
        }
    }
}

Describe 'An endpoint' {
    It 'is created, found by name and by wildcards, changed and deleted' {
        $made = New-PolarWebhookEndpoint -Uri https://hooks.example.com/polar -EventType 'refund.*', order.paid, REFUND.CREATED -Name 'Back office'
        $made.Events | Should -Be 'refund.created', 'refund.updated', 'order.paid'
        $made.Format | Should -Be 'raw'
        $made.ApiVersion | Should -Be (Get-ApiVersion)
        (Get-PolarWebhookEndpoint 'Back office').Id | Should -Be $made.Id
        (Get-PolarWebhookEndpoint 'back*').Id | Should -Be $made.Id
        ($made | Get-PolarWebhookEndpoint).Url | Should -Be 'https://hooks.example.com/polar'
        $changed = $made | Set-PolarWebhookEndpoint -Enabled:$false -EventType 'order.*' -Name 'Front office'
        $changed.Enabled | Should -BeFalse
        $changed.Events | Should -Be 'order.created', 'order.paid', 'order.refunded', 'order.updated'
        (Set-PolarWebhookEndpoint 'Front office' -Enabled).Enabled | Should -BeTrue
        Remove-PolarWebhookEndpoint $made -Confirm:$false
        (Get-TestError { Get-PolarWebhookEndpoint $made.Id }).FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'takes every type that this version knows' {
        $made = New-PolarWebhookEndpoint https://hooks.example.com/all -EventType '*'
        $made.Events.Count | Should -Be ([PolarPS.Client.WebhookEvent]::Types.Count)
        Remove-PolarWebhookEndpoint $made -Force
    }

    It 'is refused, and nothing is sent, with <Name>' -ForEach @(
        @{ Name = 'plain http'; Act = { New-PolarWebhookEndpoint http://hooks.example.com/ -EventType order.paid }; Says = '*must begin with https://*' }
        @{ Name = 'no address'; Act = { New-PolarWebhookEndpoint hooks.example.com -EventType order.paid }; Says = '*must begin with https://*' }
        @{ Name = 'a file'; Act = { Set-PolarWebhookEndpoint $endpoint -Url file:///etc/passwd }; Says = '*must begin with https://*' }
        @{ Name = 'a pattern that fits nothing'; Act = { New-PolarWebhookEndpoint https://hooks.example.com/ -EventType 'ordr.*' }; Says = '*No type of event*' }
        @{ Name = 'a product'; Act = { $product | Remove-PolarWebhookEndpoint -Confirm:$false }; Says = '*Expected an endpoint*' }
        @{ Name = 'nothing to change'; Act = { Set-PolarWebhookEndpoint $endpoint }; Says = '*Nothing to change*' }
    ) {
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        "$(Get-TestError $Act)" | Should -BeLike $Says
        @($emulator.Requests).Count | Should -Be 0
    }

    It 'is refused by Polar with a private address' {
        $problem = Get-TestError { New-PolarWebhookEndpoint https://10.1.2.3/ -EventType order.paid }
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$problem" | Should -BeLike '*-Url*'
    }

    It 'is shown by -WhatIf with what would be sent, and nothing is' {
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        $lines = New-PolarWebhookEndpoint https://hooks.example.com/ -EventType 'refund.*' -WhatIf -Verbose 4>&1
        "$lines" | Should -BeLike '*Would send POST /v1/webhooks/endpoints*"events":*"refund.created","refund.updated"*'
        Remove-PolarWebhookEndpoint $endpoint -WhatIf
        Reset-PolarWebhookSecret $endpoint -WhatIf
        @($emulator.Requests | Where-Object Method -NE GET).Count | Should -Be 0
        (Get-PolarWebhookEndpoint $endpoint).Id | Should -Be $endpoint.Id
    }
}

Describe 'The secret of an endpoint' {
    BeforeAll {
        function Get-Plain { param([securestring] $Secret) [Net.NetworkCredential]::new('', $Secret).Password }
        $script:made = New-PolarWebhookEndpoint https://hooks.example.com/secret -EventType order.paid -Name Secretive
        $script:text = Get-Plain $made.Secret
    }

    It 'is a SecureString where it is new, and where it is asked for; else it is not there' {
        $text | Should -BeLike 'whsec_*'
        $made.Secret | Should -BeOfType securestring
        (Get-PolarWebhookEndpoint $made).Secret | Should -BeNullOrEmpty
        (Get-PolarWebhookEndpoint Secretive).Secret | Should -BeNullOrEmpty
        (Get-PolarWebhookEndpoint).Secret | Where-Object { $_ } | Should -BeNullOrEmpty
        (Set-PolarWebhookEndpoint $made -Enabled).Secret | Should -BeNullOrEmpty
        Get-Plain (Get-PolarWebhookEndpoint $made -IncludeSecret).Secret | Should -BeExactly $text
        Get-Plain (Get-PolarWebhookEndpoint Secretive -IncludeSecret).Secret | Should -BeExactly $text
        Get-Plain (Get-PolarWebhookEndpoint -IncludeSecret | Where-Object Name -EQ Secretive).Secret | Should -BeExactly $text
    }

    It 'is in no form of an endpoint' {
        $shown = @(
            foreach ($item in $made, (Get-PolarWebhookEndpoint $made), (Get-PolarWebhookEndpoint $made -IncludeSecret)) {
                $item | Out-String -Width 500
                $item | Format-List * -Force | Out-String -Width 500
                $item | Format-Custom -Depth 4 | Out-String -Width 500
                $item | ConvertTo-Json -Depth 5
                $item | ConvertTo-Csv
                $item | Select-Object * | ConvertTo-Json -Depth 5
                $item | ConvertTo-Html
                "$item"
                [Management.Automation.PSSerializer]::Serialize(($item | Select-Object -ExcludeProperty Secret))
            }
        ) -join "`n"
        $shown | Should -BeLike '*Secretive*'
        $shown | Should -Not -BeLike "*$($text.Substring(6, 16))*"
        $made | Format-List | Out-String | Should -Match 'Secret +: \*\*\*'
    }

    It 'is in no stream' {
        $all = & {
            # The parameter would ask before PowerShell 7.5.
            $DebugPreference = 'Continue'
            $fresh = New-PolarWebhookEndpoint https://hooks.example.com/streams -EventType order.paid -Verbose
            Get-PolarWebhookEndpoint $fresh -Verbose
            Reset-PolarWebhookSecret $fresh -Confirm:$false -Verbose
        } *>&1
        "$($all | Out-String -Width 2000)" | Should -BeLike '*/v1/webhooks/endpoints*"secret":*'
        "$($all | Out-String -Width 2000)" | Should -Not -Match 'whsec_[A-Za-z0-9+/]{8}'
    }

    It 'is another one after a reset, with which deliveries are signed' {
        $new = $made | Reset-PolarWebhookSecret -Confirm:$false
        $new.Secret | Should -BeOfType securestring
        Get-Plain $new.Secret | Should -Not -Be $text
        $script:fresh = Reset-PolarWebhookSecret $endpoint -Confirm:$false
        $null = New-PolarProduct -Name 'After the reset' -Price (New-PolarPrice 500 -Currency usd)
        $next = Receive-Delivery
        Test-PolarWebhookSignature $next.Bytes $next.Headers $endpoint.Secret | Should -BeFalse
        (ConvertFrom-PolarWebhook $next.Bytes $next.Headers $endpoint.Secret, $fresh.Secret).Data.Name | Should -Be 'After the reset'
    }
}

Describe 'Deliveries' {
    BeforeAll {
        $emulator | Set-PolarEmulator -Reset -Confirm:$false
        $script:hook = New-PolarWebhookEndpoint $address -EventType product.created, product.updated -Name Hook
        $script:made = New-PolarProduct -Name 'Delivered' -Price (New-PolarPrice 500 -Currency usd)
        $script:first = Receive-Delivery -Status 500
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
    }

    It 'are listed by endpoint, event, success, time and status' {
        $failed = @($hook | Get-PolarWebhookDelivery -Succeeded:$false)
        $failed.Count | Should -Be 1
        $failed[0].EventType | Should -Be 'product.created'
        $failed[0].WebhookEventId | Should -Be $first.Headers['webhook-id']
        $failed[0].HttpCode | Should -Be 500
        foreach ($filter in @{ EndpointId = 'Hook' }, @{ EventType = 'product.*' }, @{ EventType = 'PRODUCT.CREATED' }, @{ HttpCodeClass = '5xx' }, @{ CreatedAfter = (Get-Date).AddMinutes(-5) }, @{ Query = $failed[0].WebhookEventId }) {
            @(Get-PolarWebhookDelivery @filter).Count | Should -Be 1 -Because "$($filter.Keys)"
        }
        foreach ($filter in @{ Succeeded = $true }, @{ EventType = 'order.*' }, @{ HttpCodeClass = '2xx' }, @{ CreatedBefore = (Get-Date).AddMinutes(-5) }) {
            @(Get-PolarWebhookDelivery @filter).Count | Should -Be 0 -Because "$($filter.Keys)"
        }
    }

    It 'are repeated: each event once, and signed anew' {
        # Another attempt, so that the event has two deliveries that failed.
        $emulator | Set-PolarEmulator -Advance 00:00:30 -Confirm:$false
        $null = Receive-Delivery -Status 503
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        @(Get-PolarWebhookDelivery -Succeeded:$false).Count | Should -Be 2
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        Get-PolarWebhookDelivery -Succeeded:$false | Send-PolarWebhookEvent -WarningVariable warnings
        @($emulator.Requests | Where-Object Path -Like '*/redeliver').Count | Should -Be 1
        $warnings | Should -BeNullOrEmpty
        $again = Receive-Delivery
        $again.Headers['webhook-id'] | Should -Be $first.Headers['webhook-id']
        (ConvertFrom-PolarWebhook $again.Bytes $again.Headers $hook.Secret).Data.Id | Should -Be $made.Id
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        (Get-PolarWebhookDelivery -Succeeded).WebhookEventId | Should -Be $first.Headers['webhook-id']
    }

    It 'are repeated by the event that arrived, by its id, and by a copy' {
        $told = ConvertFrom-PolarWebhook $first.Bytes $first.Headers $hook.Secret
        foreach ($given in $told, $told.Id, (Get-PolarWebhookDelivery -First 1 | Select-Object *), (Get-PolarWebhookDelivery -First 1).WebhookEvent) {
            $given | Send-PolarWebhookEvent
            (Receive-Delivery).Headers['webhook-id'] | Should -Be $told.Id
        }
    }

    It 'come with a warning where the endpoint is disabled: Polar accepts, and delivers nothing' {
        $null = Set-PolarWebhookEndpoint $hook -Enabled:$false
        $emulator | Set-PolarEmulator -WaitForWebhook -ClearRequest -Confirm:$false
        $before = @(Get-PolarWebhookDelivery).Count
        Send-PolarWebhookEvent $first.Headers['webhook-id'] -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*'Hook' is disabled*delivers nothing*Set-PolarWebhookEndpoint $($hook.Id) -Enabled*"
        @($emulator.Requests | Where-Object { $_.Path -like '*/redeliver' -and $_.StatusCode -eq 202 }).Count | Should -Be 1
        $emulator | Set-PolarEmulator -WaitForWebhook -Confirm:$false
        @(Get-PolarWebhookDelivery).Count | Should -Be $before
        # Another endpoint that is disabled does not concern the event.
        $null = Set-PolarWebhookEndpoint $hook -Enabled
        $null = New-PolarWebhookEndpoint https://hooks.example.com/off -EventType order.paid | Set-PolarWebhookEndpoint -Enabled:$false
        Send-PolarWebhookEvent $first.Headers['webhook-id'] -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $null = Receive-Delivery
    }

    It 'are not sent with -WhatIf, and refused for an event that does not exist' {
        $emulator | Set-PolarEmulator -WaitForWebhook -ClearRequest -Confirm:$false
        Get-PolarWebhookDelivery | Send-PolarWebhookEvent -WhatIf
        @($emulator.Requests | Where-Object Method -NE GET).Count | Should -Be 0
        (Get-TestError { Send-PolarWebhookEvent 8cabdca5-cf97-4f4e-851c-fddffa691a55 }).FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        "$(Get-TestError { $made | Send-PolarWebhookEvent })" | Should -BeLike '*this is a product*'
    }

    It 'are an error once Polar has archived the event' {
        $emulator | Set-PolarEmulator -Advance 95.00:00:00 -Confirm:$false
        $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false
        $problem = Get-TestError { Send-PolarWebhookEvent $first.Headers['webhook-id'] }
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarWebhookEventArchived,*'
        @($emulator.Requests | Where-Object Method -NE GET).Count | Should -Be 0
    }
}
