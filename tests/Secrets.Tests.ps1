# No token and no other secret is found anywhere: not in a stream, an error in any form, an object in any form, a transcript.
# A child PowerShell runs the commands and writes down all there is to see (support/SecretsProbe.ps1); here it is searched.
BeforeDiscovery {
    $commands = @(
        # What works.
        @{ Name = 'a list'; Script = 'Get-PolarProduct -First 3'; Shows = '*GET /v1/products/*', '*Authorization: Bearer [*][*][*]*' }
        @{ Name = 'one by id, with -Verbose'; Script = 'Get-PolarProduct $known -Verbose'; Shows = "*GET /v1/products/*200*" }
        @{ Name = 'a new product'; Script = 'New-PolarProduct -Name Probe -Price (New-PolarPrice 500 -Currency usd)'; Shows = '*POST /v1/products/*' }
        @{ Name = 'a change'; Script = 'Set-PolarProduct $known -Visibility public'; Shows = '*PATCH /v1/products/*' }
        @{ Name = '-WhatIf -Verbose'; Script = 'Set-PolarProduct $known -Name Other -WhatIf -Verbose; Remove-PolarProduct $known -WhatIf -Verbose'; Shows = '*Would send PATCH*' }
        @{ Name = 'Test-PolarConnection'; Script = 'Test-PolarConnection'; Shows = '*organization access token*' }
        @{ Name = 'Get-PolarConnection'; Script = 'Get-PolarConnection; Get-PolarConnection -Name Default'; Shows = '*organization access token*' }
        @{ Name = 'Connect-Polar -PassThru'; Script = 'Connect-Probe -And @{ PassThru = $true; Verbose = $true; Name = "Second" }'; Shows = '*Connected: Second*' }
        @{ Name = 'Connect-Polar -Credential'; Script = 'Connect-Polar -Credential ([pscredential]::new("polar", (ConvertTo-Secret $token.full))) -Environment $url -PassThru -Verbose; Get-PolarProduct -First 1'; Shows = '*200*' }
        @{ Name = 'Invoke-PolarRequest'; Script = 'Invoke-PolarRequest /v1/organizations/; Invoke-PolarRequest /v1/organizations/ -Raw; Invoke-PolarRequest /v1/organizations/ -Paginate'; Shows = '*GET /v1/organizations/*' }
        @{ Name = 'the emulator within'; Before = 'Connect-Polar -Environment Emulator'; Script = 'Get-PolarProduct -First 1'; Shows = '*200*' }
        @{ Name = 'the token from the environment'; Before = 'Set-Item Env:POLAR_ACCESS_TOKEN $token.full; Set-Item Env:POLAR_ENVIRONMENT $url'; Script = 'Get-PolarProduct -First 1; Test-PolarConnection; Get-PolarConnection'; Shows = '*GET /v1/products/*' }

        # What does not.
        @{ Name = '401'; Before = 'Connect-Probe $token.expired'; Script = 'Get-PolarProduct'; Shows = '*PolarUnauthorized*' }
        @{ Name = '401, Test-PolarConnection'; Before = 'Connect-Probe $token.expired'; Script = 'Test-PolarConnection'; Shows = '*PolarUnauthorized*' }
        @{ Name = '401, the token from the environment'; Before = 'Set-Item Env:POLAR_ACCESS_TOKEN $token.expired; Set-Item Env:POLAR_ENVIRONMENT $url'; Script = 'Get-PolarProduct'; Shows = '*PolarUnauthorized*' }
        @{ Name = '403'; Before = 'Connect-Probe $token.readOnly'; Script = 'New-PolarProduct -Name Probe -Price (New-PolarPrice 500 -Currency usd)'; Shows = '*PolarScopeMissing*' }
        @{ Name = '404'; Script = 'Get-PolarProduct 00000000-0000-4000-8000-000000000000'; Shows = '*PolarNotFound*' }
        @{ Name = 'a time-out'; Before = 'Connect-Probe -And @{ AttemptTimeoutSeconds = 1; MaximumRetryCount = 0 }'; Script = 'Invoke-PolarRequest /v1/leak/slow'; Shows = '*PolarTimeout*' }
        @{ Name = 'a dropped connection'; Before = 'Connect-Probe -And @{ MaximumRetryCount = 0 }'; Script = 'Invoke-PolarRequest /v1/leak/drop -Method POST -Body @{ a = 1 }'; Shows = '*PolarOutcomeUnknown*' }
        @{ Name = 'a refused connection'; Before = 'Connect-Probe -To "http://127.0.0.1:$closed" -And @{ MaximumRetryCount = 0 }'; Script = 'Get-PolarProduct; Test-PolarConnection'; Shows = '*PolarConnectionFailed*' }
        @{ Name = 'an unknown host'; Before = 'Connect-Probe -To "https://polar.invalid" -And @{ MaximumRetryCount = 0 }'; Script = 'Get-PolarProduct'; Shows = '*PolarConnectionFailed*' }
        @{ Name = 'TLS that fails'; Before = 'Connect-Probe -To $url.Replace("http:", "https:") -And @{ MaximumRetryCount = 0 }'; Script = 'Get-PolarProduct'; Shows = '*PolarConnectionFailed*' }
        @{ Name = 'a redirect'; Script = 'Invoke-PolarRequest /v1/leak/redirect'; Shows = '*PolarRedirect*' }

        # Tokens where they do not belong.
        @{ Name = 'a token as plain text'; Script = 'Connect-Polar -AccessToken $token.full -Environment $url'; Shows = '*must be a SecureString*' }
        @{ Name = 'a token as plain text by position'; Script = 'Connect-Polar $token.full'; Shows = '*must be a SecureString*' }
        @{ Name = 'a token as plain text in a list'; Script = 'Connect-Polar -AccessToken @($token.full, 1) -Environment $url'; Shows = '*must be a SecureString*' }
        @{ Name = 'a token in an object'; Script = 'Connect-Polar -AccessToken ([pscustomobject]@{ Token = $token.full }) -Environment $url'; Shows = '*must be a SecureString*' }
        @{ Name = 'a token with a blank'; Script = 'Connect-Probe $token.full.Insert(30, " ")'; Shows = '*PolarBadConnection*' }
        @{ Name = 'a token with a line break'; Script = 'Connect-Probe ($token.full + "`r`n")'; Shows = '*PolarBadConnection*' }
        @{ Name = 'a token with a line break, from the environment'; Before = 'Set-Item Env:POLAR_ACCESS_TOKEN ($token.full + "`n"); Set-Item Env:POLAR_ENVIRONMENT $url'; Script = 'Get-PolarProduct; Get-PolarConnection; Test-PolarConnection'; Shows = '*PolarBadEnvironmentVariables*' }
        @{ Name = 'a webhook secret for a token'; Script = 'Connect-Probe $hidden.webhook'; Shows = '*webhook*' }
        @{ Name = 'an address with a password'; Script = 'Connect-Probe -To "https://user:$($hidden.password)@polar.invalid"'; Shows = '*PolarBadConnection*' }
        @{ Name = 'an address with a password, by itself'; Script = 'Connect-Polar -AccessToken (ConvertTo-Secret $token.full) -Environment "https://user:$($hidden.password)@polar.invalid"'; Shows = '*PolarBadConnection*' }
        @{ Name = 'an address with a password, from the environment'; Before = 'Set-Item Env:POLAR_ACCESS_TOKEN $token.full; Set-Item Env:POLAR_ENVIRONMENT "https://user:$($hidden.password)@polar.invalid"'; Script = 'Get-PolarProduct; Get-PolarConnection; Connect-Polar'; Shows = '*PolarBad*' }
        @{ Name = 'an address with a token in the query'; Script = 'Connect-Probe -To "https://polar.invalid/?token=$($hidden.password)"'; Shows = '*PolarBadConnection*' }
        @{ Name = 'a token for an environment'; Script = 'Connect-Probe -To $token.full'; Shows = '*PolarBadConnection*' }
        @{ Name = 'a token for an organization'; Script = 'Connect-Probe -And @{ OrganizationId = $token.full }'; Shows = '*is not the id*' }
        @{ Name = 'a token for an organization, from the environment'; Before = 'Set-Item Env:POLAR_ACCESS_TOKEN $token.full; Set-Item Env:POLAR_ENVIRONMENT $url; Set-Item Env:POLAR_ORGANIZATION_ID $token.full'; Script = 'Get-PolarProduct; Connect-Polar'; Shows = '*is not the id*' }
        @{ Name = 'a token for an id'; Script = 'Get-PolarProduct -Id $token.full; $token.full | Remove-PolarProduct'; Shows = '*is not the id*' }
        @{ Name = 'a token for a connection'; Script = 'Get-PolarProduct -Connection $token.full'; Shows = '*no connection named*' }
        @{ Name = 'a token in a path'; Script = 'Invoke-PolarRequest "/v1/products/$($token.full)"; Invoke-PolarRequest "/v1/unknown/?customer_session_token=$($hidden.session)"'; Shows = '*GET /v1/products/*' }
        @{ Name = 'a token in a query'; Script = 'Invoke-PolarRequest /v1/leak/ok -Query @{ token = $hidden.session } -Raw | Out-Null; Invoke-PolarRequest /v1/unknown/ -Query @{ token = $hidden.session }'; Shows = '*GET /v1/leak/ok*' }
        @{ Name = 'a token in a value, -WhatIf'; Script = 'Set-PolarProduct $known -Description "use $($token.full)" -WhatIf -Verbose; Invoke-PolarRequest /v1/webhooks/endpoints -Method POST -Body @{ secret = $hidden.plain } -WhatIf -Verbose'; Shows = '*Would send PATCH*' }
        @{ Name = 'a token in a value, sent'; Script = '$null = Set-PolarProduct $known -Metadata @{ api_token = $hidden.plain; note = "use $($token.full)" }; $null = Set-PolarProduct $known -Metadata @{}'; Shows = '*PATCH /v1/products/*' }

        # Those of OAuth.
        @{ Name = 'a code and a secret that are refused'; Script = 'Request-PolarOAuthToken -Code (ConvertTo-Secret $hidden.plain) -RedirectUri http://127.0.0.1/ -CodeVerifier (ConvertTo-Secret ($hidden.nested * 2)) -Client ([pscredential]::new("polar_ci_probe", (ConvertTo-Secret $hidden.field)))'; Shows = '*POST /v1/oauth2/token*', '*PolarInvalidClient*' }
        @{ Name = 'a token and a secret that are refused'; Script = 'Test-PolarOAuthToken (ConvertTo-Secret $hidden.plain) ([pscredential]::new("polar_ci_probe", (ConvertTo-Secret $hidden.field)))'; Shows = '*POST /v1/oauth2/introspect*', '*PolarInvalidClient*' }
        @{ Name = 'a token and a secret that would be revoked'; Script = 'Revoke-PolarOAuthToken (ConvertTo-Secret $hidden.plain) ([pscredential]::new("polar_ci_probe", (ConvertTo-Secret $hidden.field))) -WhatIf -Verbose'; Shows = '*Would send POST /v1/oauth2/revoke*' }
        @{ Name = 'a code as plain text'; Script = 'Request-PolarOAuthToken -Code $hidden.plain -RedirectUri http://127.0.0.1/ -Client polar_ci_probe'; Shows = '*must be a SecureString*' }
        @{ Name = 'a refresh token as plain text'; Script = 'Request-PolarOAuthToken -RefreshToken $hidden.field -Client polar_ci_probe'; Shows = '*must be a SecureString*' }
        @{ Name = 'a registration token as plain text'; Script = 'Get-PolarOAuthClient polar_ci_probe -RegistrationToken $hidden.nested'; Shows = '*must be a SecureString*' }
        @{ Name = 'a secret in place of an id'; Script = 'Get-PolarOAuthClient ("polar_cs_" + $hidden.listed) -RegistrationToken (ConvertTo-Secret $hidden.nested)'; Shows = '*not the id of a client*' }

        # Secrets in what Polar answers.
        @{ Name = 'secrets in a crash'; Before = 'Connect-Probe -And @{ MaximumRetryCount = 0 }'; Script = 'Invoke-PolarRequest /v1/leak/text500'; Shows = '*PolarServerError*' }
        @{ Name = 'secrets in a detail'; Script = 'Invoke-PolarRequest /v1/leak/detail400'; Shows = '*PolarInvalidRequest*' }
        @{ Name = 'secrets in the fields of a 422'; Script = 'Invoke-PolarRequest /v1/leak/fields422'; Shows = '*PolarInvalidRequest*' }
        @{ Name = 'secrets in the fields of a 422 to a cmdlet'; Script = 'New-PolarCheckoutLink -ProductId $known -SuccessUrl "https://shop.example/?key=$($token.full)"'; Shows = '*PolarInvalidRequest*-SuccessUrl*' }
        @{ Name = 'secrets in a good answer'; Script = '$null = Invoke-PolarRequest /v1/leak/ok'; Shows = '*GET /v1/leak/ok*200*' }
        @{ Name = 'a new webhook endpoint, with its secret'; Script = 'New-PolarWebhookEndpoint https://hooks.example.com/ -EventType order.paid'; Shows = '*POST /v1/webhooks/endpoints*201*', '*SecureString*' }
        @{ Name = 'webhook endpoints, with their secrets'; Script = 'Get-PolarWebhookEndpoint; Get-PolarWebhookEndpoint -IncludeSecret'; Shows = '*GET /v1/webhooks/endpoints*200*', '*SecureString*' }
        @{ Name = 'a webhook secret as plain text'; Script = 'Test-PolarWebhookSignature -Body x -Header @{} -Secret $hidden.webhook'; Shows = '*must be a SecureString*' }
        @{ Name = 'a webhook secret as plain text, by position'; Script = 'ConvertFrom-PolarWebhook x @{} $hidden.webhook'; Shows = '*must be a SecureString*' }
        @{ Name = 'a delivery that is not valid'; Script = 'ConvertFrom-PolarWebhook x @{ "webhook-id" = "1"; "webhook-timestamp" = "1"; "webhook-signature" = "v1,x" } (ConvertTo-Secret $hidden.webhook)'; Shows = '*PolarWebhookSignatureInvalid*' }
        @{ Name = 'a secret cut in two'; Script = 'Invoke-PolarRequest /v1/leak/malformed'; Shows = '*GET /v1/leak/malformed*' }
        @{ Name = 'a token of no known kind that is echoed'; Before = 'Connect-Probe $hidden.odd'; Script = 'Invoke-PolarRequest /v1/leak/echo'; Shows = '*PolarInvalidRequest*' }
    )

    # Numbered, because the child names its files so.
    $commands = foreach ($number in 1..$commands.Count) { $commands[$number - 1] + @{ Number = $number } }
}

Describe 'Secrets' -ForEach @{ Commands = $commands } {
    BeforeAll {
        Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
        Import-TestModule
        Add-Type -Path "$PSScriptRoot/support/OddServer.cs" -IgnoreWarnings -WarningAction SilentlyContinue
        $script:testHost = Start-TestHost
        $script:otherHost = Start-TestHost
        $script:folder = Join-Path ([IO.Path]::GetTempPath()) ('polarps-secrets-' + [guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory $folder
        Connect-TestHost $testHost
        $known = (Get-PolarProduct -First 1).Id
        Disconnect-Polar -All

        # Random, so that no piece of them is anywhere by chance.
        function New-Letters { param([int] $Count) -join (1..$Count | ForEach-Object { 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'[(Get-Random 62)] }) }
        $hidden = @{
            webhook  = 'whsec_' + (New-Letters 43)
            password = New-Letters 20
            session  = 'polar_cst_' + (New-Letters 43)
            plain    = New-Letters 24
            odd      = New-Letters 40
            foreign  = 'polar_oat_' + (New-Letters 43)
            field    = New-Letters 24
            nested   = New-Letters 24
            listed   = New-Letters 24
            license  = New-Letters 24
            url      = New-Letters 24
        }
        $token = @{ full = $testHost.accessToken; expired = $testHost.expiredToken; readOnly = $testHost.readOnlyToken }

        $signed = "https://files.example/a.zip?X-Amz-Signature=$($hidden.url)&X-Amz-Date=1"
        $fields = ConvertTo-Json -Depth 9 @{
            error = 'RequestValidationError'
            detail = @(
                @{ type = 'value_error'; loc = @('body', 'success_url'); msg = "Value $($token.full) is not accepted"; input = "https://shop.example/?key=$($token.full)" }
                @{ type = 'value_error'; loc = @('body', 'secret'); msg = 'Too short'; input = $hidden.field }
                @{ type = 'value_error'; loc = @('body', 'metadata'); msg = 'Not accepted'; input = @{ password = $hidden.nested; other = $hidden.nested } }
                @{ type = 'value_error'; loc = @('body', 'secrets'); msg = 'Not accepted'; input = @($hidden.listed, $hidden.listed) }
            )
        }
        $good = ConvertTo-Json -Depth 9 @{
            id = $known; token = $hidden.session; secret = $hidden.field; client_secret = 'polar_c_' + $hidden.plain; key = $hidden.license
            customer_portal_url = "https://polar.invalid/portal?customer_session_token=$($hidden.session)"; invitation_token = $hidden.nested
            url = $signed; webhooks = @(@{ secret = $hidden.webhook }); note = "use $($hidden.foreign)"
        }
        $endpoint = @{
            id = $known; url = 'https://hooks.example.com/'; name = 'Hook'; enabled = $true; format = 'raw'; events = @('order.paid'); api_version = (Get-ApiVersion)
            secret = $hidden.webhook; uses_standard_webhook_signature = $true; organization_id = $known; created_at = '2026-11-29T12:00:00Z'; modified_at = $null
        }
        Set-HostFault $testHost @(
            @{ path = '/v1/webhooks/endpoints'; method = 'POST'; status = 201; body = (ConvertTo-Json $endpoint) }
            @{ path = '/v1/webhooks/endpoints'; method = 'GET'; status = 200; body = (ConvertTo-Json -Depth 5 @{ items = @($endpoint); pagination = @{ total_count = 1; max_page = 1 } }) }
            @{ path = '/v1/leak/slow'; delayMilliseconds = 20000 }
            @{ path = '/v1/leak/drop'; dropAfterRead = $true }
            @{ path = '/v1/leak/redirect'; redirectTo = "$($otherHost.url)/x?token=$($hidden.session)" }
            @{ path = '/v1/leak/text500'; status = 500; body = "Boom at $($hidden.foreign), $($hidden.webhook), Authorization: Bearer $($token.full), $signed" }
            @{ path = '/v1/leak/detail400'; status = 400; body = (ConvertTo-Json @{ error = 'Bad'; detail = "Your key $($hidden.foreign) and $($hidden.webhook) and token=$($hidden.session) are not good." }) }
            @{ path = '/v1/leak/fields422'; status = 422; body = $fields }
            @{ path = '/v1/checkout-links'; method = 'POST'; status = 422; body = $fields }
            @{ path = '/v1/leak/ok'; status = 200; body = $good }
            @{ path = '/v1/leak/malformed'; status = 200; contentType = 'application/json'; body = '{"secret": "' + $hidden.field + '", "note": "' + $hidden.foreign }
            @{ path = '/v1/leak/echo'; status = 400; body = (ConvertTo-Json @{ error = 'Bad'; detail = "The token $($hidden.odd) is not known." }) }
        )

        # What must not be found: of a token, every twelve letters of its random part.
        $pieces = foreach ($secret in @($token.Values) + @($hidden.Values)) {
            $random = $secret -replace '^(polar_[a-z]+|whsec)_', ''
            foreach ($start in 0..($random.Length - 12)) { $random.Substring($start, 12) }
        }
        $script:pattern = [regex]::new(($pieces -join '|'), 'Compiled')

        function Find-Secret {
            # Where a secret shows: the heading above it, and the line with the secret blotted out.
            param([string] $Text)
            if (-not $pattern.IsMatch($Text)) { return }
            $heading = ''
            $found = foreach ($line in $Text -split "`n") {
                if ($line.StartsWith('#', [StringComparison]::Ordinal)) { $heading = $line.Trim() }
                $match = $pattern.Match($line)
                if ($match.Success) {
                    $start = [Math]::Max(0, $match.Index - 60)
                    '{0} ...{1}[secret]' -f $heading, ($line.Substring($start, $match.Index - $start) -replace '[^\x20-\x7e]', '?')
                }
            }
            $found | Select-Object -Unique -First 8
        }

        function Get-Section {
            # What belongs to one command, of a text that begins each with a heading.
            param([string] $Text, [string] $Name)
            $begin = $Text.IndexOf("#### $Name ####", [StringComparison]::Ordinal)
            if ($begin -lt 0) { throw "'$Name' is not in the text." }
            $end = $Text.IndexOf('####', $begin + $Name.Length + 10, [StringComparison]::Ordinal)
            if ($end -lt 0) { $Text.Substring($begin) } else { $Text.Substring($begin, $end - $begin) }
        }

        $task = @{
            module = Get-TestModulePath; url = $testHost.url; other = $otherHost.url; closed = [PolarPS.Tests.OddServer]::ClosedPort()
            known = $known; token = $token; hidden = $hidden; commands = $Commands
        }
        $taskFile = Join-Path $folder 'task.json'
        Set-Content $taskFile (ConvertTo-Json $task -Depth 5) -Encoding UTF8
        $shown = Invoke-Fresh (Get-Content -Raw "$PSScriptRoot/support/SecretsProbe.ps1") -Environment @{ PROBE_TASK = $taskFile; PROBE_FOLDER = $folder }
        Set-Content (Join-Path $folder 'console.txt') $shown -Encoding UTF8
        $script:console = $shown -join "`n"
        $script:transcript = Get-Content -Raw (Join-Path $folder 'transcript.txt')
    }

    AfterAll {
        Disconnect-Polar -All
        Stop-TestHost $testHost
        Stop-TestHost $otherHost
        # For debugging: set this to keep it. There are secrets in it, if only of an emulator.
        if (-not $env:POLARPS_KEEP_PROBE) { Remove-Item $folder -Recurse -Force }
    }

    It 'are not shown by <Name>' -ForEach $Commands {
        $text = Get-Content -Raw (Join-Path $folder "$Number.txt")
        foreach ($shown in $Shows) { $text | Should -BeLike $shown -Because 'the command has to have done what it is there for' }
        (Find-Secret $text) -join "`n" | Should -BeNullOrEmpty
    }

    It 'are not on the console or in the transcript of <Name>' -ForEach $Commands {
        foreach ($whole in $console, $transcript) {
            $text = Get-Section $whole $Name
            $text.Length | Should -BeGreaterThan ($Name.Length + 20) -Because 'the command has to have shown something'
            (Find-Secret $text) -join "`n" | Should -BeNullOrEmpty
        }
    }

    It 'would be found' {
        Find-Secret "one`ntwo $($testHost.accessToken.Substring(20, 14)) three" | Should -BeLike '*two *secret*'
        Find-Secret 'polar_oat_*** and nothing else' | Should -BeNullOrEmpty
    }

    It 'do not go along with a redirect' {
        @(Get-HostRequest $otherHost).Count | Should -Be 0
    }

    It 'leave verbose and debug lines that are of use' {
        $console | Should -BeLike '*VERBOSE: GET /v1/products/*200*ms*'
        $transcript | Should -BeLike "*DEBUG: *Polar-Version: $(Get-ApiVersion)*"
    }
}
