BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Connecting' {
    BeforeEach { Disconnect-Polar -All }
    AfterEach {
        foreach ($name in 'POLAR_ACCESS_TOKEN', 'POLAR_ENVIRONMENT', 'POLAR_ORGANIZATION_ID') { Remove-Item "Env:$name" -ErrorAction Ignore }
    }

    It 'takes a SecureString' {
        Connect-Polar -AccessToken (ConvertTo-TestToken $testHost.accessToken) -Environment $testHost.url
        (Get-PolarProduct -First 1).Id | Should -Not -BeNullOrEmpty
    }

    It 'takes a PSCredential' {
        $credential = [pscredential]::new('polar', (ConvertTo-TestToken $testHost.accessToken))
        Connect-Polar -Credential $credential -Environment $testHost.url
        (Get-PolarProduct -First 1).Id | Should -Not -BeNullOrEmpty
    }

    It 'needs no call in a session that has never chosen when the environment variables are set, and follows them' {
        $env:POLAR_ACCESS_TOKEN = $testHost.accessToken
        $env:POLAR_ENVIRONMENT = $testHost.url
        $result = Invoke-NewSession "(Get-PolarProduct -First 1).Id; (Get-PolarConnection).Environment; `$env:POLAR_ACCESS_TOKEN = '$($testHost.expiredToken)'; Get-PolarProduct -First 1"
        $result.Output[0] | Should -Not -BeNullOrEmpty
        $result.Output[1] | Should -Be $testHost.url
        $result.Ended.FullyQualifiedErrorId | Should -BeLike 'PolarUnauthorized,*'
    }

    It 'is an emulator when POLAR_ENVIRONMENT says so, and uses no token there' {
        $env:POLAR_ENVIRONMENT = 'Emulator'
        $env:POLAR_ACCESS_TOKEN = 'polar_oat_real'
        $result = Invoke-NewSession '(Get-PolarProduct -First 1).Id; (Get-PolarConnection).IsDefault; (Get-PolarConnection).TokenKind'
        $result.Output[0] | Should -Not -BeNullOrEmpty
        $result.Output[1] | Should -BeTrue
        $result.Output[2] | Should -Be 'emulator token'
    }

    It 'does not go back to the environment variables by itself after <Name>' -ForEach @(
        @{ Name = 'Disconnect-Polar'; Act = { Connect-Polar -Environment Emulator; Disconnect-Polar -WarningAction Ignore } }
        @{ Name = 'Disconnect-Polar -All'; Act = { Disconnect-Polar -All } }
    ) {
        & $Act
        $env:POLAR_ACCESS_TOKEN = $testHost.accessToken
        $env:POLAR_ENVIRONMENT = $testHost.url
        (Get-TestError { Get-PolarProduct -First 1 })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotConnected,*'
        Connect-Polar
        (Get-PolarProduct -First 1).Id | Should -Not -BeNullOrEmpty
    }

    It 'prefers a connection to the environment variables' {
        $env:POLAR_ACCESS_TOKEN = $testHost.expiredToken
        $env:POLAR_ENVIRONMENT = $testHost.url
        Connect-Polar -Environment Emulator
        (Get-PolarProduct -First 1).Id | Should -Not -BeNullOrEmpty
        (Get-PolarConnection).Environment | Should -Be 'Emulator'
    }

    It 'writes nothing, and the connection with -PassThru' {
        Connect-Polar -Environment Emulator | Should -BeNullOrEmpty
        $connection = Connect-Polar -Environment Emulator -Name other -PassThru
        $connection.Name | Should -Be 'other'
        $connection.IsDefault | Should -BeTrue
    }

    It 'knows <Environment>' -ForEach @(
        @{ Environment = 'Production'; Address = 'https://api.polar.sh/' }
        @{ Environment = 'sandbox'; Address = 'https://sandbox-api.polar.sh/' }
        @{ Environment = 'https://polar.example.com'; Address = 'https://polar.example.com/' }
        @{ Environment = 'http://localhost:1234'; Address = 'http://localhost:1234/' }
    ) {
        (Connect-Polar -AccessToken (ConvertTo-TestToken 'polar_oat_x') -Environment $Environment -PassThru).BaseAddress | Should -Be $Address
    }

    It 'starts a fresh emulator each time' {
        Connect-Polar -Environment Emulator
        $null = New-PolarProduct -Name 'Only here' -Price (New-PolarPrice 100)
        $count = @(Get-PolarProduct).Count
        Connect-Polar -Environment Emulator
        @(Get-PolarProduct).Count | Should -Be ($count - 1)
    }
}

Describe 'A proxy' {
    It 'carries nothing that is for this computer: neither calls nor files' {
        # Nobody listens on the proxy's port. Windows PowerShell does not read these variables; there it is set by hand.
        $closed = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $closed.Start()
        $proxy = "http://127.0.0.1:$($closed.LocalEndpoint.Port)"
        $closed.Stop()
        $said = Invoke-Fresh -Environment @{
            MODULE = (Get-TestModulePath); POLAR_ACCESS_TOKEN = $testHost.accessToken; POLAR_ENVIRONMENT = $testHost.url
            http_proxy = $proxy; https_proxy = $proxy; all_proxy = $proxy; PROXY = $proxy; FILE = (Join-Path $TestDrive 'invoice.pdf')
        } -Script @'
$ErrorActionPreference = 'Stop'
if ($PSVersionTable.PSEdition -eq 'Desktop') { [Net.WebRequest]::DefaultWebProxy = [Net.WebProxy]::new($env:PROXY, $false) }
Import-Module $env:MODULE
$client = [Net.Http.HttpClient]::new()
try { $null = $client.GetAsync("$env:POLAR_ENVIRONMENT/v1/products/").GetAwaiter().GetResult(); 'others go directly' } catch { 'others meet the proxy' }
"product $((Get-PolarProduct -First 1).Id.Length)"
$order = @(Get-PolarOrder -Status paid | Where-Object { $_.BillingName -and $_.BillingAddress.Line1 })[0]
$null = Request-PolarOrderInvoice $order -Wait
"file $((Save-PolarOrderInvoice $order -Path $env:FILE -PassThru).Length -gt 100)"
'@
        $said | Should -Contain 'others meet the proxy'
        $said | Should -Contain 'product 36'
        $said | Should -Contain 'file True'
    }
}

Describe 'Several connections' {
    BeforeEach {
        Disconnect-Polar -All
        Connect-Polar -Environment Emulator -Name one
        Connect-Polar -Environment Emulator -Name two
    }

    It 'uses the one selected, or the one named' {
        $null = New-PolarProduct -Name 'In two' -Price (New-PolarPrice 100)
        Get-PolarProduct -Query 'In two' | Should -Not -BeNullOrEmpty
        Get-PolarProduct -Query 'In two' -Connection one | Should -BeNullOrEmpty
        Get-PolarProduct -Query 'In two' -Connection (Get-PolarConnection two) | Should -Not -BeNullOrEmpty
        Select-PolarConnection one
        Get-PolarProduct -Query 'In two' | Should -BeNullOrEmpty
        Get-PolarConnection two | Select-PolarConnection -PassThru | ForEach-Object Name | Should -Be 'two'
    }

    It 'does not guess which is meant after the selected one is gone' {
        Connect-Polar -Environment Emulator -Name three
        Disconnect-Polar three
        (Get-TestError { Get-PolarProduct })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotConnected,*'
        Disconnect-Polar two
        Select-PolarConnection one
        (Get-PolarProduct -First 1).Id | Should -Not -BeNullOrEmpty
    }

    It 'does not select one that was forgotten' {
        $one = Get-PolarConnection one
        Disconnect-Polar one
        (Get-TestError { Select-PolarConnection $one })[0].FullyQualifiedErrorId | Should -BeLike 'PolarConnectionNotFound,*'
        (Get-PolarConnection | Where-Object IsDefault).Name | Should -Be 'two'
    }

    It 'finds by wildcard, and reports a name that is not there' {
        (Get-PolarConnection t*).Name | Should -Be 'two'
        (Get-TestError { Get-PolarConnection four })[0].FullyQualifiedErrorId | Should -BeLike 'PolarConnectionNotFound,*'
        Get-TestError { Get-PolarProduct -Connection four } | Should -BeLike '*no connection named*four*'
    }

    It 'completes names' { (Get-Completion 'Get-PolarProduct -Connection t').CompletionText | Should -Be 'two' }
}

Describe 'Test-PolarConnection' {
    It 'says who and where' {
        Connect-TestHost $testHost
        $result = Test-PolarConnection
        $result.Works | Should -BeTrue
        $result.Organizations | Should -Contain 'Northwind'
        $result.TokenKind | Should -Be 'organization access token'
        $result.Problem | Should -BeNullOrEmpty
    }

    It 'says what is wrong: <Name>' -ForEach @(
        @{ Name = 'a refused token'; Token = 'expiredToken'; ErrorId = 'PolarUnauthorized'; Advice = '*create a new one*' }
    ) {
        Connect-TestHost $testHost -Token $testHost.$Token
        $result = Test-PolarConnection
        $result.Works | Should -BeFalse
        $result.ErrorId | Should -Be $ErrorId
        $result.Advice | Should -BeLike $Advice
        Test-PolarConnection -Quiet | Should -BeFalse
    }

    It 'tries each of those piped to it' {
        Disconnect-Polar -All
        Connect-TestHost $testHost -With @{ Name = 'good' }
        Connect-TestHost $testHost -Token $testHost.expiredToken -With @{ Name = 'bad' }
        $results = Get-PolarConnection | Test-PolarConnection
        $results.Connection | Should -Be 'good', 'bad'
        $results.Works | Should -Be $true, $false
    }

    It 'does not take a missing scope for a broken connection' {
        $token = $testHost.readOnlyToken
        Connect-TestHost $testHost -Token $token
        (Test-PolarConnection).Works | Should -BeTrue
    }
}

Describe 'Completion' {
    BeforeAll {
        Disconnect-Polar -All
        Connect-Polar -Environment Emulator
    }

    It 'offers names, with the id in the tooltip' {
        $harbor = Get-PolarProduct -Query 'Harbor Annual'
        $offered = Get-Completion 'Get-PolarProduct -Id Harbor'
        $offered.CompletionText | Should -Contain "'Harbor Annual'"
        ($offered | Where-Object ListItemText -EQ 'Harbor Annual').ToolTip | Should -Be "Harbor Annual $($harbor.Id)"
    }

    It 'looks at the server for what was not seen, unless told not to' {
        Disconnect-Polar -All
        Connect-Polar -Environment Emulator
        (Get-Completion 'Get-PolarCheckoutLink -Id Pricing').Count | Should -Be 1
        $env:POLARPS_LIVE_COMPLETION = '0'
        try {
            Connect-Polar -Environment Emulator -Name quiet
            @(Get-Completion 'Get-PolarCheckoutLink -Connection quiet -Id Pricing' | Where-Object ResultType -EQ 'ParameterValue').Count | Should -Be 0
        }
        finally { Remove-Item Env:POLARPS_LIVE_COMPLETION }
    }

    It 'offers <Expected> for <Line>' -ForEach @(
        @{ Line = 'New-PolarProduct -RecurringInterval m'; Expected = 'month' }
        @{ Line = 'Get-PolarProduct -Sort ''-n'; Expected = "'-Name'" }
        @{ Line = 'Get-PolarProduct -Sort pr'; Expected = 'PriceAmountType' }
        @{ Line = 'Connect-Polar -Environment S'; Expected = 'Sandbox' }
        @{ Line = 'New-PolarPrice 100 -Currency e'; Expected = 'eur' }
        @{ Line = 'Get-PolarProduct -Visibility d'; Expected = 'draft' }
    ) {
        (Get-Completion $Line).CompletionText | Should -Contain $Expected
    }
}
