BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    $script:back = 'http://127.0.0.1:8400/'
    $script:client = New-PolarOAuthClient 'Harbor' $back -Scope openid, email, products:read
    $script:public = New-PolarOAuthClient 'Phone' $back -Scope openid -TokenEndpointAuthMethod none
    $script:credential = [pscredential]::new($client.ClientId, (ConvertTo-TestToken $client.ClientSecret))

    function New-TestToken { Request-PolarOAuthToken -Code (Get-HostConsent $testHost $client -Scope 'openid products:read') -RedirectUri $back -Client $client @args }
    function Get-Whole {
        # An error in every form, and what else was written.
        param($Thing)
        ($Thing | ForEach-Object { $_ | Format-List * -Force | Out-String -Width 4000; $_ | Out-String -Width 4000 }) -join "`n"
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Request-PolarOAuthToken' {
    It 'exchanges a code, with <Name>' -ForEach @(
        @{ Name = 'the client'; Act = { Request-PolarOAuthToken -Code $code -RedirectUri $back -Client $client } }
        @{ Name = 'a credential'; Act = { Request-PolarOAuthToken -Code $code -RedirectUri $back -Credential $credential } }
        @{ Name = 'the verifier'; Act = { Request-PolarOAuthToken -Code $code -RedirectUri $back -CodeVerifier (ConvertTo-TestToken $pkce.Verifier) -Client $client } }
        @{ Name = 'the pair of challenge and verifier'; Act = { Request-PolarOAuthToken -Code $code -RedirectUri $back -CodeVerifier $pkce -Client $client } }
    ) {
        $pkce = [PolarPS.Client.Models.OAuth2Pkce]::Create()
        $with = if ($Name -like '*verifier') { @{ Challenge = $pkce.Challenge } } else { @{} }
        $code = Get-HostConsent $testHost $client -Scope 'openid products:read' @with
        $token = & $Act
        $token | Should -BeOfType ([PolarPS.Client.Models.OAuth2Token])
        $token.AccessToken | Should -BeLike 'polar_at_u_*'
        $token.RefreshToken | Should -BeLike 'polar_rt_u_*'
        $token.Scope | Should -Be 'openid products:read'
        [Math]::Abs(($token.ExpiresAt - [DateTimeOffset]::Now).TotalSeconds - $token.ExpiresIn) | Should -BeLessThan 60
    }

    It 'gives a token that connects' {
        $token = New-TestToken
        $secure = $token.AccessToken | ConvertTo-SecureString -AsPlainText -Force
        Connect-Polar -AccessToken $secure -Environment $testHost.url -Name signed-in
        try {
            (Get-PolarProduct -First 1).Name | Should -Not -BeNullOrEmpty
            (Get-PolarConnection -Name signed-in).TokenKind | Should -Be 'OAuth access token of a user'
            (Get-PolarUserInfo).Email | Should -Be 'sailor@northwind.example'
        }
        finally { Disconnect-Polar signed-in; Select-PolarConnection Default }
    }

    It 'refreshes, once, by <Name>' -ForEach @(
        @{ Name = 'the tokens'; Act = { $token | Request-PolarOAuthToken -Client $client } }
        @{ Name = 'the refresh token alone'; Act = { Request-PolarOAuthToken -RefreshToken (ConvertTo-TestToken $token.RefreshToken) -Client $client } }
        @{ Name = 'a copy of the tokens'; Act = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($token)) | Request-PolarOAuthToken -Client $client } }
    ) {
        $token = New-TestToken
        $next = & $Act
        $next.RefreshToken | Should -BeLike 'polar_rt_u_*'
        $next.RefreshToken | Should -Not -Be $token.RefreshToken
        $problem = Get-TestError { & $Act }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidGrant,*'
        "$($problem[0])" | Should -Match 'refused the refresh token'
        $problem[0].ErrorDetails.RecommendedAction | Should -Match 'sign in again'
    }

    It 'works for a public client by its id, which needs no secret' {
        $pkce = [PolarPS.Client.Models.OAuth2Pkce]::Create()
        $code = Get-HostConsent $testHost $public -Challenge $pkce.Challenge
        Clear-HostRequest $testHost
        $token = Request-PolarOAuthToken -Code $code -RedirectUri $back -CodeVerifier $pkce -Client $public.ClientId
        $token.AccessToken | Should -BeLike 'polar_at_u_*'
        $request = Get-HostRequest $testHost
        $request.body | Should -Not -Match 'client_secret'
        $request.headerNames | Should -Not -Contain 'Authorization'
    }

    It 'tells <Name> as <Id>' -ForEach @(
        @{ Name = 'a code that was used'; Id = 'PolarInvalidGrant'; Act = { $code = Get-HostConsent $testHost $client; $null = Request-PolarOAuthToken -Code $code -RedirectUri $back -Client $client; Request-PolarOAuthToken -Code $code -RedirectUri $back -Client $client } }
        @{ Name = 'another address'; Id = 'PolarInvalidGrant'; Act = { Request-PolarOAuthToken -Code (Get-HostConsent $testHost $client) -RedirectUri http://127.0.0.1:8401/ -Client $client } }
        @{ Name = 'another verifier'; Id = 'PolarInvalidGrant'; Act = { Request-PolarOAuthToken -Code (Get-HostConsent $testHost $client -Challenge ([PolarPS.Client.Models.OAuth2Pkce]::Create().Challenge)) -RedirectUri $back -CodeVerifier ([PolarPS.Client.Models.OAuth2Pkce]::Create()) -Client $client } }
        @{ Name = 'another client'; Id = 'PolarInvalidGrant'; Act = { Request-PolarOAuthToken -Code (Get-HostConsent $testHost $client) -RedirectUri $back -Client $public } }
        @{ Name = 'a wrong secret'; Id = 'PolarInvalidClient'; Act = { Request-PolarOAuthToken -Code (Get-HostConsent $testHost $client) -RedirectUri $back -Client ([pscredential]::new($client.ClientId, (ConvertTo-TestToken 'polar_cs_wrong'))) } }
        @{ Name = 'a client without its secret'; Id = 'PolarInvalidClient'; Act = { Request-PolarOAuthToken -Code (Get-HostConsent $testHost $client) -RedirectUri $back -Client $client.ClientId } }
        @{ Name = 'a client that there is not'; Id = 'PolarInvalidClient'; Act = { Request-PolarOAuthToken -Code (Get-HostConsent $testHost $client) -RedirectUri $back -Client polar_ci_unknown } }
    ) {
        $problem = Get-TestError { & $Act }
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $problem[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
        $problem[0].TargetObject | Should -BeLike 'polar_ci_*'
        Get-Whole $problem | Should -Not -Match 'polar_ac_\w|polar_cs_\w'
    }

    It 'refuses <Name>, and sends nothing' -ForEach @(
        @{ Name = 'a code as plain text'; Says = '*code must be a SecureString*'; Act = { Request-PolarOAuthToken -Code "polar_ac_$plain" -RedirectUri $back -Client $client } }
        @{ Name = 'a verifier as plain text'; Says = '*code verifier must be a SecureString*'; Act = { Request-PolarOAuthToken -Code (ConvertTo-TestToken x) -CodeVerifier ('a' * 43) -RedirectUri $back -Client $client } }
        @{ Name = 'a refresh token as plain text'; Says = '*token must be a SecureString*'; Act = { Request-PolarOAuthToken -RefreshToken "polar_rt_u_$plain" -Client $client } }
        @{ Name = 'a verifier that is too short'; Says = '*43 to 128*'; Act = { Request-PolarOAuthToken -Code (ConvertTo-TestToken x) -CodeVerifier (ConvertTo-TestToken short) -RedirectUri $back -Client $client } }
        @{ Name = 'an access token for a refresh token'; Says = '*no refresh token*'; Act = { Request-PolarOAuthToken -RefreshToken (ConvertTo-TestToken "polar_at_u_$plain") -Client $client } }
        @{ Name = 'tokens without a refresh token'; Says = '*no refresh token*'; Act = { [PolarPS.Client.Models.OAuth2Token]@{ AccessToken = "polar_at_u_$plain" } | Request-PolarOAuthToken -Client $client } }
        @{ Name = 'a product for tokens'; Says = '*'; Act = { $product | Request-PolarOAuthToken -Client $client } }
        @{ Name = 'a client that proves itself otherwise'; Says = '*client_secret_basic*'; Act = { Request-PolarOAuthToken -Code (ConvertTo-TestToken x) -RedirectUri $back -Client ([PolarPS.Client.Models.OAuth2Client]@{ ClientId = 'polar_ci_x'; ClientSecret = 'polar_cs_x'; TokenEndpointAuthMethod = 'client_secret_basic' }) } }
    ) {
        # Not in the line itself, which an error shows.
        $plain = 'plain' + '0123456789'
        $product = Get-PolarProduct -First 1
        Clear-HostRequest $testHost
        $problem = Get-TestError { & $Act }
        $problem.Count | Should -BeGreaterThan 0
        "$($problem[0])" | Should -BeLike $Says
        Get-Whole $problem | Should -Not -Match $plain
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'shows nothing of a code, a secret or a token, with -WhatIf too' {
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$DebugPreference = $VerbosePreference = 'Continue'
$secret = [pscredential]::new('polar_ci_x', (ConvertTo-SecureString SECRETx0123456789 -AsPlainText -Force))
$code = ConvertTo-SecureString CODEx0123456789 -AsPlainText -Force
$verifier = ConvertTo-SecureString ('VERIFIERx0123456789' * 3) -AsPlainText -Force
$refresh = ConvertTo-SecureString REFRESHx0123456789 -AsPlainText -Force
Request-PolarOAuthToken -Code $code -CodeVerifier $verifier -RedirectUri http://127.0.0.1/ -Client $secret -WhatIf
Request-PolarOAuthToken -RefreshToken $refresh -Client $secret -WhatIf
Request-PolarOAuthToken -Code $code -CodeVerifier $verifier -RedirectUri http://127.0.0.1/ -Client $secret -Confirm:$false
Test-PolarOAuthToken $refresh $secret
Revoke-PolarOAuthToken $refresh $secret -WhatIf
Revoke-PolarOAuthToken $refresh $secret -Confirm:$false
'@
        $text = $lines -join "`n"
        $text | Should -Match 'Would send POST /v1/oauth2/token grant_type=authorization_code&'
        $text | Should -Match 'Would send POST /v1/oauth2/revoke'
        $text | Should -Match 'POST /v1/oauth2/introspect'
        $text | Should -Not -Match 'x0123456789'
    }

    It 'shows no token in tables, lists and text' {
        # The parameter would ask before PowerShell 7.5.
        $DebugPreference = 'Continue'
        $all = New-TestToken -Verbose *>&1
        $token = @($all | Where-Object { $_ -is [PolarPS.Client.Models.OAuth2Token] })[0]
        $text = ($all | Out-String -Width 400) + ($token | Format-List | Out-String -Width 400) + "$token" + (& { Get-PolarConnection; $token } | Out-String)
        $text | Should -Match 'polar_at_u_\*\*\*'
        foreach ($secret in $token.AccessToken, $token.RefreshToken, $client.ClientSecret) { $text.Contains($secret) | Should -BeFalse }
    }

    It 'works over a read-only connection only where it renews' {
        $token = New-TestToken
        $code = Get-HostConsent $testHost $client
        Connect-TestHost $testHost -With @{ Name = 'reading'; ReadOnly = $true }
        try {
            $problem = Get-TestError { Request-PolarOAuthToken -Code $code -RedirectUri $back -Client $client }
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarReadOnly,*'
            ($token | Request-PolarOAuthToken -Client $client).AccessToken | Should -BeLike 'polar_at_*'
            # It asks, and changes nothing.
            ($token | Test-PolarOAuthToken -Client $client).ClientId | Should -Be $client.ClientId
        }
        finally { Disconnect-Polar reading; Select-PolarConnection Default }
    }

    It 'says what to do where no answer comes' {
        $token = New-TestToken
        Set-HostFault $testHost @(@{ path = '/v1/oauth2/token'; dropAfterRead = $true })
        Connect-TestHost $testHost -With @{ Name = 'once'; MaximumRetryCount = 0 }
        try {
            $problem = Get-TestError { Request-PolarOAuthToken -Code (ConvertTo-TestToken polar_ac_lost) -RedirectUri $back -Client $client }
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
            $problem[0].ErrorDetails.RecommendedAction | Should -Match 'once more'
        }
        finally { Set-HostFault $testHost; Disconnect-Polar once; Select-PolarConnection Default }
    }
}

Describe 'Test-PolarOAuthToken' {
    It 'tells of an active token, with times as times' {
        $token = New-TestToken
        $state = $token | Test-PolarOAuthToken -Client $client
        $state | Should -BeOfType ([PolarPS.Client.Models.OAuth2TokenState])
        $state.Active | Should -BeTrue
        $state.Scope | Should -Be 'openid products:read'
        $state.ClientId | Should -Be $client.ClientId
        $state.SubType | Should -Be 'user'
        $state.ExpiresAt | Should -BeOfType ([DateTimeOffset])
        ($state.ExpiresAt - $state.IssuedAt).TotalDays | Should -Be 10
        $state | Format-List | Out-String | Should -Not -Match '(?m)^(Exp|Iat) '
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'a token and a credential'; Act = { Test-PolarOAuthToken (ConvertTo-TestToken $token.AccessToken) $credential }; Kind = 'access_token' }
        @{ Name = 'the refresh token of both'; Act = { $token | Test-PolarOAuthToken -Client $client -TokenTypeHint refresh_token }; Kind = 'refresh_token' }
        @{ Name = 'a refresh token alone'; Act = { Test-PolarOAuthToken (ConvertTo-TestToken $token.RefreshToken) $client }; Kind = 'refresh_token' }
        @{ Name = 'a copy'; Act = { $token | Select-Object * | Test-PolarOAuthToken -Credential $credential }; Kind = 'access_token' }
        @{ Name = 'the hint in any case'; Act = { $token | Test-PolarOAuthToken -Client $client -TokenTypeHint ACCESS_TOKEN }; Kind = 'access_token' }
    ) {
        $token = New-TestToken
        $state = & $Act
        $state.Active | Should -BeTrue
        $state.TokenType | Should -Be $Kind
    }

    It 'takes a token that is not active for an answer, and no error' {
        $states = (ConvertTo-TestToken 'polar_at_u_unknown'), (New-TestToken) | Test-PolarOAuthToken -Client $client -ErrorVariable problem
        $states.Active | Should -Be $false, $true
        $states[0].ExpiresAt | Should -BeNullOrEmpty
        $problem | Should -BeNullOrEmpty
        $states[0] | Out-String | Should -Match 'False'
    }

    It 'needs the secret: <Name>' -ForEach @(
        @{ Name = 'a public client'; Act = { ConvertTo-TestToken x | Test-PolarOAuthToken -Client $public }; Says = '*public client*' }
        @{ Name = 'an id'; Act = { ConvertTo-TestToken x | Test-PolarOAuthToken -Client $client.ClientId }; Says = '*secret*missing*' }
        @{ Name = 'an id, to revoke'; Act = { ConvertTo-TestToken x | Revoke-PolarOAuthToken -Client $client.ClientId -Confirm:$false }; Says = '*secret*missing*' }
    ) {
        Clear-HostRequest $testHost
        $problem = Get-TestError { & $Act }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        "$($problem[0])" | Should -BeLike $Says
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'asks no more after the client was refused' {
        $wrong = [pscredential]::new($client.ClientId, (ConvertTo-TestToken 'polar_cs_wrong'))
        Clear-HostRequest $testHost
        $problem = Get-TestError { 1..3 | ForEach-Object { ConvertTo-TestToken "polar_at_u_$_" } | Test-PolarOAuthToken -Client $wrong }
        @(Get-HostRequest $testHost).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidClient,*'
        "$($problem[0])" | Should -Match 'its secret is wrong'
    }
}

Describe 'Revoke-PolarOAuthToken' {
    It 'ends both tokens' {
        $token = New-TestToken
        $token | Revoke-PolarOAuthToken -Client $client -Confirm:$false | Should -BeNullOrEmpty
        ($token | Test-PolarOAuthToken -Client $client).Active | Should -BeFalse
        (Get-TestError { $token | Request-PolarOAuthToken -Client $client })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidGrant,*'
    }

    It 'ends the access token alone where the hint says so' {
        $token = New-TestToken
        $token | Revoke-PolarOAuthToken -Client $client -TokenTypeHint access_token -Confirm:$false
        ($token | Test-PolarOAuthToken -Client $client).Active | Should -BeFalse
        ($token | Request-PolarOAuthToken -Client $client).AccessToken | Should -BeLike 'polar_at_*'
    }

    It 'does no harm to one that there is not' {
        ConvertTo-TestToken 'polar_at_u_unknown' | Revoke-PolarOAuthToken -Client $client -Confirm:$false -ErrorVariable problem
        $problem | Should -BeNullOrEmpty
    }

    It 'says with -WhatIf what ends, and sends nothing' {
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$client = New-PolarOAuthClient Harbor http://127.0.0.1:8400/
$token = ConvertTo-SecureString polar_at_u_some -AsPlainText -Force
$token | Revoke-PolarOAuthToken -Client $client -WhatIf
$token | Revoke-PolarOAuthToken -Client $client -TokenTypeHint access_token -WhatIf
'@
        $text = $lines -join ' '
        $text | Should -Match "OAuth token of 'Harbor' \(polar_ci_"
        $text | Should -Match 'its refresh token \(cannot be undone\): the user has to sign in again'
        $text | Should -Match 'its refresh token stays'
        $token = New-TestToken
        Clear-HostRequest $testHost
        $token | Revoke-PolarOAuthToken -Client $client -WhatIf
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Without a connection' {
    It 'tokens are requested, tested and revoked where POLAR_ENVIRONMENT says, without a token' {
        $token = New-TestToken
        Clear-HostRequest $testHost
        $lines = Invoke-Fresh -Environment @{
            MODULE = (Get-TestModulePath); POLAR_ENVIRONMENT = $testHost.url; POLAR_ACCESS_TOKEN = $null
            ID = $client.ClientId; SECRET = $client.ClientSecret; TOKEN = $token.RefreshToken
        } -Script @'
Import-Module $env:MODULE
$client = [pscredential]::new($env:ID, (ConvertTo-SecureString $env:SECRET -AsPlainText -Force))
$token = Request-PolarOAuthToken -RefreshToken (ConvertTo-SecureString $env:TOKEN -AsPlainText -Force) -Client $client
"ACTIVE $(($token | Test-PolarOAuthToken -Client $client).Active)"
$token | Revoke-PolarOAuthToken -Client $client -Confirm:$false
"ACTIVE $(($token | Test-PolarOAuthToken -Client $client).Active)"
try { Get-PolarUserInfo } catch { "ID $($_.FullyQualifiedErrorId)" }
'@
        $text = $lines -join ' '
        $text | Should -Match 'ACTIVE True ACTIVE False'
        $text | Should -Match 'ID PolarNotConnected'
        foreach ($request in Get-HostRequest $testHost) { $request.headerNames | Should -Not -Contain 'Authorization' }
    }
}
