# Calls for tests/Coverage.Tests.ps1: OAuth.
@{
    Arrange = {
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Select-PolarConnection Default
        $script:client = New-PolarOAuthClient 'Coverage' http://127.0.0.1:8400/ -Scope openid, products:read
        $script:everything = @{
            TokenEndpointAuthMethod = 'client_secret_post'
            Scope                   = 'openid', 'products:read'
            GrantType               = 'authorization_code', 'refresh_token'
            ResponseType            = 'code'
            DefaultSubType          = 'user'
            ClientUri               = 'https://coverage.example/'
            LogoUri                 = 'https://coverage.example/logo.png'
            TosUri                  = 'https://coverage.example/terms'
            PolicyUri               = 'https://coverage.example/privacy'
        }
        $script:code = { Get-HostConsent $testHost $client }
    }
    Calls   = @{
        # Nobody answers, but Polar has been asked whether the client may ask.
        'oauth2:authorize'                    = {
            $signIn = New-PolarOAuthClient 'Sign-in' http://127.0.0.1:18917/polarps/callback -TokenEndpointAuthMethod none -Scope openid, profile, email, organizations:read
            try { Connect-Polar -Interactive -ClientId $signIn.ClientId -Environment $testHost.url -NoBrowser -SignInTimeoutSeconds 1 6> $null } catch { $null = $_ }
            finally { Select-PolarConnection Default }
        }
        'oauth2:clients:oauth2:create_client' = { New-PolarOAuthClient 'Covered' https://coverage.example/back @everything }
        'oauth2:clients:oauth2:get_client'    = { $client | Get-PolarOAuthClient }
        'oauth2:clients:oauth2:update_client' = { $client | Set-PolarOAuthClient -ClientName 'Covered' -RedirectUri http://127.0.0.1:8400/ @everything }
        'oauth2:clients:oauth2:delete_client' = { New-PolarOAuthClient 'Gone' http://127.0.0.1:8400/ | Remove-PolarOAuthClient -Force }
        # Beside Connect-Polar, which the map names.
        'oauth2:request_token'                = {
            $tokens = Request-PolarOAuthToken -Code (& $code) -RedirectUri http://127.0.0.1:8400/ -Client $client # as Connect-Polar does
            $tokens | Request-PolarOAuthToken -Client $client
        }
        'oauth2:introspect_token'             = { Request-PolarOAuthToken -Code (& $code) -RedirectUri http://127.0.0.1:8400/ -Client $client | Test-PolarOAuthToken -Client $client -TokenTypeHint access_token }
        'oauth2:revoke_token'                 = { Request-PolarOAuthToken -Code (& $code) -RedirectUri http://127.0.0.1:8400/ -Client $client | Revoke-PolarOAuthToken -Client $client -TokenTypeHint refresh_token -Confirm:$false }
        'oauth2:userinfo'                     = { Get-PolarUserInfo -Connection user }
    }
    # Polar's own pages exchange the session of a browser, which nobody else has.
    Except  = @{
        'oauth2:request_token session_token' = 'the grant web, for Polar''s own pages alone'
        'oauth2:request_token sub_type'      = 'the grant web, for Polar''s own pages alone'
        'oauth2:request_token sub'           = 'the grant web, for Polar''s own pages alone'
        'oauth2:request_token scope'         = 'the grant web, for Polar''s own pages alone'
    }
}
