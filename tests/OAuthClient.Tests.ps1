BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    $script:back = 'http://127.0.0.1:8400/'
    function New-TestClient { New-PolarOAuthClient "Harbor $(Get-Random)" $back -Scope openid, 'email products:read' @args }
    function Get-Shown {
        # All that anyone sees of objects and of what happened on the way.
        param($Thing)
        foreach ($item in $Thing) {
            $item | Out-String -Width 400
            if ($item -is [PolarPS.Client.Models.PolarObject]) { $item | Format-List | Out-String -Width 400; "$item" }
        }
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'New-PolarOAuthClient' {
    It 'registers with what is given, without the connection''s token' {
        Clear-HostRequest $testHost
        $client = New-PolarOAuthClient 'Harbor' $back, https://harbor.example/back -Scope openid, 'email products:read' -TosUri https://harbor.example/terms
        $client | Should -BeOfType ([PolarPS.Client.Models.OAuth2Client])
        $client.ClientId | Should -BeLike 'polar_ci_*'
        $client.ClientSecret | Should -BeLike 'polar_cs_*'
        $client.RegistrationAccessToken | Should -BeLike 'polar_crt_*'
        $client.RedirectUris | Should -Be $back, 'https://harbor.example/back'
        $client.Scope | Should -Be 'openid email products:read'
        $client.TosUri | Should -Be 'https://harbor.example/terms'
        $client.TokenEndpointAuthMethod | Should -Be 'client_secret_post'
        $request = Get-HostRequest $testHost
        $request.path | Should -Be '/v1/oauth2/register'
        $request.headerNames | Should -Not -Contain 'Authorization'
        $body = $request.body | ConvertFrom-Json
        $body.PSObject.Properties.Name | Sort-Object | Should -Be 'client_name', 'redirect_uris', 'scope', 'tos_uri'
    }

    It 'registers a public client, which has no secret' {
        $client = New-TestClient -TokenEndpointAuthMethod NONE
        $client.TokenEndpointAuthMethod | Should -Be 'none'
        $client.ClientSecret | Should -BeNullOrEmpty
    }

    It 'shows no secret anywhere, and has them as properties' {
        # The parameter would ask before PowerShell 7.5.
        $DebugPreference = 'Continue'
        $all = New-TestClient -Verbose *>&1
        $client = @($all | Where-Object { $_ -is [PolarPS.Client.Models.OAuth2Client] })[0]
        $text = (Get-Shown $all) -join "`n"
        $text | Should -Match 'polar_cs_\*\*\*'
        foreach ($secret in $client.ClientSecret, $client.RegistrationAccessToken) {
            $secret.Length | Should -BeGreaterThan 20
            $text.Contains($secret) | Should -BeFalse
        }
    }

    It 'says when it was registered, and leaves out an end that there is not' {
        $client = New-TestClient
        $client.IssuedAt | Should -BeOfType ([DateTimeOffset])
        [Math]::Abs(($client.IssuedAt - [DateTimeOffset]::Now).TotalDays) | Should -BeLessThan 3650
        $client.SecretExpiresAt | Should -BeNullOrEmpty
        $client | Format-List | Out-String | Should -Not -Match 'SecretExpiresAt'
        ([PolarPS.Client.Models.OAuth2Client]@{ ClientSecretExpiresAt = 1796000000 }).SecretExpiresAt | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds(1796000000))
    }

    It 'sends nothing with -WhatIf' {
        Clear-HostRequest $testHost
        New-TestClient -WhatIf | Should -BeNullOrEmpty
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'names the parameter that Polar refuses' {
        $problem = Get-TestError { New-PolarOAuthClient 'Harbor' 'no address' }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$($problem[0])" | Should -Match '-RedirectUri'
    }

    It 'works without any connection, where POLAR_ENVIRONMENT says' {
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); POLAR_ENVIRONMENT = $testHost.url; POLAR_ACCESS_TOKEN = $null } -Script @'
Import-Module $env:MODULE
$client = New-PolarOAuthClient Harbor http://127.0.0.1:8400/
"$($client | Set-PolarOAuthClient -ClientName Jetty) $(@(Get-PolarConnection).Count)"
Get-PolarProduct -ErrorVariable problem -ErrorAction SilentlyContinue
'@
        $lines -join "`n" | Should -Match 'Jetty 0'
    }
}

Describe 'Get-PolarOAuthClient' {
    BeforeAll {
        $script:client = New-TestClient
        $script:token = ConvertTo-TestToken $client.RegistrationAccessToken
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'the client'; Act = { $client | Get-PolarOAuthClient } }
        @{ Name = 'the client by position'; Act = { Get-PolarOAuthClient $client } }
        @{ Name = 'its id and the token'; Act = { Get-PolarOAuthClient $client.ClientId -RegistrationToken $token } }
        @{ Name = 'its id and the token as a credential'; Act = { Get-PolarOAuthClient ([pscredential]::new($client.ClientId, $token)) } }
        @{ Name = 'a copy from a file'; Act = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($client)) | Get-PolarOAuthClient } }
        @{ Name = 'a copy with some properties'; Act = { $client | Select-Object ClientId, RegistrationAccessToken | Get-PolarOAuthClient } }
        @{ Name = 'a row with the token protected'; Act = { [pscustomobject]@{ ClientId = $client.ClientId; RegistrationAccessToken = $token } | Get-PolarOAuthClient } }
    ) {
        $found = & $Act
        $found.ClientName | Should -Be $client.ClientName
        $found.ClientSecret | Should -Be $client.ClientSecret
    }

    It 'sends the registration token, and the connection''s with no other request' {
        Clear-HostRequest $testHost
        $null = $client | Get-PolarOAuthClient
        (Get-HostRequest $testHost).path | Should -Be "/v1/oauth2/register/$($client.ClientId)"
    }

    It 'refuses <Name>, and sends nothing' -ForEach @(
        @{ Name = 'an id without a token'; Act = { Get-PolarOAuthClient $client.ClientId }; Id = 'PolarInvalidArgument*'; Says = '*registration token*missing*' }
        @{ Name = 'a token as plain text'; Act = { Get-PolarOAuthClient $client.ClientId -RegistrationToken $client.RegistrationAccessToken }; Id = 'ParameterArgumentTransformationError*'; Says = '*must be a SecureString*' }
        @{ Name = 'a secret for an id'; Act = { Get-PolarOAuthClient $client.ClientSecret -RegistrationToken $token }; Id = 'ParameterArgumentTransformationError*'; Says = '*a secret, and not the id*' }
        @{ Name = 'a product'; Act = { Get-PolarProduct -First 1 | ForEach-Object { Clear-HostRequest $testHost; $_ } | Get-PolarOAuthClient -RegistrationToken $token }; Id = 'ParameterArgumentTransformationError*'; Says = '*a product*' }
    ) {
        Clear-HostRequest $testHost
        $problem = Get-TestError { & $Act }
        $problem[0].FullyQualifiedErrorId | Should -BeLike $Id
        "$($problem[0])" | Should -BeLike $Says
        "$($problem[0] | Format-List * -Force | Out-String -Width 4000)" | Should -Not -Match ([regex]::Escape($client.RegistrationAccessToken))
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'tells a wrong token, and goes on with the next client' {
        $other = New-TestClient
        $wrong = [pscustomobject]@{ ClientId = $client.ClientId; RegistrationAccessToken = $other.RegistrationAccessToken }
        $found = $wrong, $other | Get-PolarOAuthClient -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.ClientId | Should -Be $other.ClientId
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidClient,*'
        $problem[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
        $problem[0].TargetObject | Should -Be $client.ClientId
        "$($problem[0])" | Should -Match 'registration token'
    }

    It 'answers with the first, and asks for no other where no other is wanted' {
        $clients = $client, (New-TestClient)
        Clear-HostRequest $testHost
        @($clients | Get-PolarOAuthClient | Select-Object -First 1).Count | Should -Be 1
        @(Get-HostRequest $testHost).Count | Should -Be 1
    }
}

Describe 'Set-PolarOAuthClient' {
    It 'changes what is given, and leaves everything else' {
        $client = New-TestClient -TokenEndpointAuthMethod client_secret_basic -GrantType authorization_code -ClientUri https://harbor.example/ -LogoUri https://harbor.example/logo.png -TosUri https://harbor.example/terms -PolicyUri https://harbor.example/privacy
        $changed = $client | Set-PolarOAuthClient -ClientName 'Jetty'
        $changed.ClientName | Should -Be 'Jetty'
        foreach ($name in 'ClientId', 'ClientSecret', 'RegistrationAccessToken', 'TokenEndpointAuthMethod', 'Scope', 'ClientUri', 'LogoUri', 'TosUri', 'PolicyUri') {
            $changed.$name | Should -Be $client.$name -Because $name
            $client.$name | Should -Not -BeNullOrEmpty -Because $name
        }
        $changed.GrantTypes | Should -Be 'authorization_code'
        $changed.RedirectUris | Should -Be $back
    }

    It 'replaces lists as a whole' {
        $client = New-TestClient
        $changed = Set-PolarOAuthClient $client -RedirectUri https://jetty.example/ -Scope openid -GrantType authorization_code
        $changed.RedirectUris | Should -Be 'https://jetty.example/'
        $changed.Scope | Should -Be 'openid'
        $changed.GrantTypes | Should -Be 'authorization_code'
    }

    It 'does not take for a change what the piped client is like' {
        $client = New-TestClient
        $null = $client | Set-PolarOAuthClient -ClientName 'Since then'
        # The object still has the name from before.
        ($client | Set-PolarOAuthClient -TosUri https://harbor.example/terms).ClientName | Should -Be 'Since then'
        $copy = $client | Select-Object *
        ($copy | Set-PolarOAuthClient -TosUri https://harbor.example/other).ClientName | Should -Be 'Since then'
    }

    It 'says with -WhatIf what goes, sends no change and shows no secret' {
        $client = New-TestClient
        Clear-HostRequest $testHost
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$client = New-PolarOAuthClient Harbor http://127.0.0.1:8400/ -Scope openid
$client | Set-PolarOAuthClient -RedirectUri https://jetty.example/ -WhatIf -Verbose
"SECRET $($client.ClientSecret) TOKEN $($client.RegistrationAccessToken)"
'@
        $text = $lines -join ' '
        $text | Should -Match 'removes ''http://127.0.0.1:8400/'''
        $text | Should -Match 'Would send PUT /v1/oauth2/register/polar_ci_'
        $secret = [regex]::Match($text, 'SECRET (\S+) TOKEN (\S+)')
        foreach ($number in 1, 2) {
            $secret.Groups[$number].Value.Length | Should -BeGreaterThan 20
            [regex]::Matches($text, $secret.Groups[$number].Value).Count | Should -Be 1
        }
    }

    It 'wants something to change' {
        $client = New-TestClient
        $problem = Get-TestError { $client | Set-PolarOAuthClient }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        $problem = Get-TestError { Set-PolarOAuthClient $client.ClientId -ClientName x }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
    }
}

Describe 'Remove-PolarOAuthClient' {
    It 'deletes, and Polar then knows the client no more' {
        $client = New-TestClient
        $client | Remove-PolarOAuthClient -Confirm:$false | Should -BeNullOrEmpty
        $problem = Get-TestError { $client | Get-PolarOAuthClient }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidClient,*'
    }

    It 'says before what ends, by the name as it is now' {
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$client = New-PolarOAuthClient Harbor http://127.0.0.1:8400/
$null = $client | Set-PolarOAuthClient -ClientName Jetty
$client | Remove-PolarOAuthClient -WhatIf
"STILL $($client | Get-PolarOAuthClient)"
'@
        $text = $lines -join ' '
        $text | Should -Match "OAuth client 'Jetty'"
        $text | Should -Match 'refresh tokens end'
        $text | Should -Match 'STILL Jetty'
    }

    It 'asks unless -Force answers' {
        $client = New-TestClient
        $client | Remove-PolarOAuthClient -Force
        (Get-TestError { $client | Get-PolarOAuthClient }).Count | Should -BeGreaterThan 0
    }
}
