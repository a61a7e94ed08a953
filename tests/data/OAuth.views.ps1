# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'OAuth clients'; Script = { New-PolarOAuthClient "Dashboard with the longest name $(Get-Random)" http://127.0.0.1:8400/, https://dashboard.example/back -Scope openid, products:read -ClientUri https://dashboard.example/ -LogoUri https://dashboard.example/logo.png; New-PolarOAuthClient 'Public' http://127.0.0.1:8400/ -TokenEndpointAuthMethod none } }
    @{
        Name   = 'OAuth tokens'
        Script = {
            [PolarPS.Client.Models.OAuth2Token]@{ AccessToken = 'polar_at_u_' + 'a' * 43; RefreshToken = 'polar_rt_u_' + 'b' * 43; IdToken = 'c.d.e'; TokenType = 'Bearer'; ExpiresIn = 864000; Scope = 'openid products:read' }
        }
    }
    @{
        Name   = 'states of OAuth tokens'
        Script = {
            $client = New-PolarOAuthClient 'Dashboard' http://127.0.0.1:8400/
            ConvertTo-SecureString 'polar_at_u_unknown' -AsPlainText -Force | Test-PolarOAuthToken -Client $client
            [PolarPS.Client.Models.OAuth2TokenState]@{ Active = $true; ClientId = $client.ClientId; TokenType = 'access_token'; Scope = 'openid products:read'; SubType = 'user'; Sub = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; Iss = 'https://polar.sh'; Aud = $client.ClientId; Iat = 1796000000; Exp = 1796864000 }
        }
    }
    @{ Name = 'who signed in'; Script = { [PolarPS.Client.Models.OAuth2UserInfo]@{ Sub = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; Name = 'Sailor'; Email = 'sailor@northwind.example'; EmailVerified = $true }; [PolarPS.Client.Models.OAuth2UserInfo]@{ Sub = '8cabdca5-cf97-4f4e-851c-fddffa691a55'; Name = 'northwind' } } }
)
