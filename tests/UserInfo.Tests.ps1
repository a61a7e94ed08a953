BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost -Token $testHost.userToken
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarUserInfo' {
    It 'tells who signed in' {
        $info = Get-PolarUserInfo
        $info | Should -BeOfType ([PolarPS.Client.Models.OAuth2UserInfo])
        $info.Sub | Should -Match '^[0-9a-f-]{36}$'
        $info.Email | Should -Be 'sailor@northwind.example'
        $info.EmailVerified | Should -BeTrue
        "$info" | Should -Be $info.Name
    }

    It 'says with an organization''s token what kind it needs' {
        Connect-TestHost $testHost -With @{ Name = 'shop' }
        try {
            $problem = Get-TestError { Get-PolarUserInfo }
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarUnauthorized,*'
            $problem[0].ErrorDetails.RecommendedAction | Should -Match 'organization access token'
        }
        finally { Disconnect-Polar shop; Select-PolarConnection Default }
    }
}
