# The customer's connection: which one portal cmdlets use, and that nothing else does. The two sides of a session never mix.
# Long because each way in which a connection is chosen, lost or handed down is a case of its own.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:core = $PSVersionTable.PSEdition -eq 'Core'
    $script:shop = Start-PolarEmulator -Name shop -Seed 7 -Port 0

    function New-Session { param([string] $Customer = 'crew-1001') New-PolarCustomerSession -ExternalCustomerId $Customer -Connection shop }

    function Clear-Sent { $shop | Set-PolarEmulator -ClearRequest -Confirm:$false }

    function Get-Sent { @($shop.Requests | ForEach-Object { "$($_.Method) $($_.Path)" }) }

    function Get-Who {
        # Who the portal cmdlets act for now, or the id of the error.
        param([hashtable] $With = @{})
        try { (Get-PolarPortalUser -ErrorAction Stop @With).Email } catch { ($_.FullyQualifiedErrorId -split ',')[0] }
    }

    function Get-Shop {
        # Whether sellers' cmdlets reach the shop, or the id of the error.
        try { if (Get-PolarProduct -First 1 -ErrorAction Stop) { 'the shop' } } catch { ($_.FullyQualifiedErrorId -split ',')[0] }
    }

    function Reset-Session {
        # As it is after Start-PolarEmulator: the seller's connection and no customer's.
        foreach ($connection in Get-PolarConnection | Where-Object { $_.TokenKind -like '* session' }) { Disconnect-Polar $connection }
        Select-PolarConnection shop
    }

    $script:astrid = 'astrid.lund@solveig.example'
    $script:jonas = 'jonas.brandt@kielwasser.example'
}

AfterAll {
    Stop-PolarEmulator -All
    Disconnect-Polar -All -WarningAction Ignore
}

Describe 'Connect-Polar -CustomerSession' {
    BeforeEach { Reset-Session }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'the session'; Script = { Connect-Polar -CustomerSession (New-Session) } }
        @{ Name = 'the session from the pipeline'; Script = { New-Session | Connect-Polar } }
        @{ Name = 'a copy of the session'; Script = { New-Session | Select-Object Token, ExpiresAt | Connect-Polar } }
        @{ Name = 'the token as a SecureString'; Script = { Connect-Polar -CustomerSession (ConvertTo-TestToken (New-Session).Token) } }
        @{ Name = 'a credential'; Script = { Connect-Polar -CustomerSession ([pscredential]::new('astrid', (ConvertTo-TestToken (New-Session).Token))) } }
        @{ Name = 'the token as an access token'; Script = { Connect-Polar -AccessToken (ConvertTo-TestToken (New-Session).Token) -Environment $shop.Url } }
        @{ Name = 'the token as the password of a credential'; Script = { Connect-Polar -Credential ([pscredential]::new('astrid', (ConvertTo-TestToken (New-Session).Token))) -Environment $shop.Url } }
        @{ Name = 'the token, and where it is from'; Script = { Connect-Polar -CustomerSession (ConvertTo-TestToken (New-Session).Token) -Environment $shop.Url } }
    ) {
        & $Script
        Get-Who | Should -Be $astrid
        Get-Shop | Should -Be 'the shop'
        $portal = Get-PolarConnection Portal
        $portal.TokenKind | Should -Be 'member session'
        $portal.IsDefault | Should -BeTrue
        (Get-PolarConnection shop).IsDefault | Should -BeTrue -Because 'each side has its own'
    }

    It 'takes the token that comes with <Name>' -ForEach @(
        @{
            Name   = 'a seat'
            Script = {
                $fleet = Get-PolarSubscription -Status active | Where-Object Seats
                $null = Grant-PolarSeat $fleet "seat$(Get-Random)@vindcharter.example"
                Confirm-PolarSeatInvitation $shop.Mails[-1].Token
            }
            Who    = 'seat*@vindcharter.example'
        }
        @{
            Name   = 'a confirmed email address'
            Script = {
                New-Session crew-1005 | Connect-Polar
                Request-PolarPortalEmailUpdate "tom$(Get-Random)@new.example"
                Confirm-PolarPortalEmailUpdate $shop.Mails[-1].Token
            }
            Who    = 'tom*@new.example'
        }
    ) {
        & $Script | Connect-Polar -Name Again
        Get-Who | Should -BeLike $Who
        (Get-PolarConnection Again).IsDefault | Should -BeTrue
    }

    It 'leaves the seller''s connection to what creates the session: <Name>' -ForEach @(
        @{ Name = 'with a name'; With = @{ Name = 'named' } }
        @{ Name = 'with time-outs'; With = @{ AttemptTimeoutSeconds = 9; MaximumRetryCount = 0 } }
        @{ Name = 'with -Environment'; With = @{ Environment = 'Emulator' } }
    ) {
        Get-PolarCustomer -ExternalId crew-1001 | New-PolarCustomerSession | Connect-Polar @With
        Get-Who | Should -Be $astrid
        Get-Shop | Should -Be 'the shop'
    }

    It 'selects nobody where no session comes: <Name>' -ForEach @(
        @{ Name = 'one that cannot be created'; Script = { New-PolarCustomerSession 8cabdca5-cf97-4f4e-851c-fddffa691a55 -ErrorAction SilentlyContinue | Connect-Polar -Name next } }
        @{ Name = 'one that ends the pipeline'; Script = { try { Get-PolarCustomer -Connection nowhere | New-PolarCustomerSession | Connect-Polar } catch { } } }
        @{ Name = '-WhatIf'; Script = { New-PolarCustomerSession -ExternalCustomerId crew-1001 -WhatIf | Connect-Polar } }
        @{ Name = 'an empty pipeline'; Script = { @() | Connect-Polar } }
    ) {
        New-Session crew-1002 | Connect-Polar
        & $Script
        Get-Who | Should -Be 'PolarNotConnected' -Because 'what follows must not act for the customer before'
        Get-Shop | Should -Be 'the shop'
    }

    It 'leaves the seller''s connection selected where it fails: <Name>' -ForEach @(
        @{ Name = 'after other parameters'; Script = { Connect-Polar -Name next -Environment $shop.Url -CustomerSession 'plain' } }
        @{ Name = 'before other parameters'; Script = { Connect-Polar -CustomerSession (New-Session) -Name next -AttemptTimeoutSeconds 'soon' } }
        @{ Name = 'with another environment'; Script = { Connect-Polar -CustomerSession (New-Session) -Environment 'ftp://shop.example' } }
    ) {
        New-Session crew-1002 | Connect-Polar
        $Script | Should -Throw
        Get-Who | Should -Be 'PolarNotConnected'
        Get-Shop | Should -Be 'the shop'
    }

    It 'is called Portal, or what -Name says, and is written with -PassThru' {
        (New-Session | Connect-Polar -PassThru).Name | Should -Be 'Portal'
        $named = New-Session | Connect-Polar -Name astrid -PassThru
        $named.Name | Should -Be 'astrid'
        "$named" | Should -BeLike 'astrid (*'
        New-Session | Connect-Polar | Should -BeNullOrEmpty
    }

    It 'goes where the session was created, whatever is selected' {
        $other = Start-PolarEmulator -Name other -Seed 7
        try {
            Select-PolarConnection other
            New-Session | Connect-Polar
            Clear-Sent
            Get-Who | Should -Be $astrid
            Get-Sent | Should -Be 'GET /v1/customer-portal/customer-session/user'
            # A token alone does not say where it is from: it is taken to where the session works.
            Connect-Polar -CustomerSession (ConvertTo-TestToken (New-Session).Token)
            Get-Who | Should -Be 'PolarUnauthorized'
        }
        finally { $other | Stop-PolarEmulator; Select-PolarConnection shop }
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a token in plain text'; Value = { (New-Session).Token }; Says = '*must be a SecureString*' }
        @{ Name = '$null'; Value = { $null }; Says = '*-CustomerSession is $null*' }
        @{ Name = 'a product'; Value = { Get-PolarProduct -First 1 }; Says = '*is no customer''s session*' }
        @{ Name = 'a number'; Value = { 42 }; Says = '*is no customer''s session*' }
        @{ Name = 'a checkout without a token'; Value = { Get-PolarCheckout -First 1 }; Says = '*holds no token of a customer''s session*' }
        @{ Name = 'a seller''s token'; Value = { $shop.AccessToken }; Says = '*is of another kind: organization access token*' }
        @{ Name = 'a session that has ended'; Value = { $old = New-Session; $old.ExpiresAt = [datetimeoffset]::Now.AddMinutes(-1); $old }; Says = '*ended at*New-PolarCustomerSession*' }
    ) {
        New-Session crew-1002 | Connect-Polar
        $value = & $Value
        Clear-Sent
        $problem = (Get-TestError { Connect-Polar -CustomerSession $value })[0]
        $problem.Exception.Message | Should -BeLike $Says
        Get-Sent | Should -BeNullOrEmpty
        # What follows must not act for the customer before, and the seller's side is as it was.
        Get-Who | Should -Be 'PolarNotConnected'
        Get-Shop | Should -Be 'the shop'
    }

    It 'refuses an organization: a session belongs to one' {
        $token = ConvertTo-TestToken (New-Session).Token
        (Get-TestError { Connect-Polar -AccessToken $token -Environment $shop.Url -OrganizationId $shop.OrganizationId })[0].Exception.Message | Should -BeLike '*leave out -OrganizationId*'
        Get-Shop | Should -Be 'PolarNotConnected' -Because 'whose token it was, nobody could know yet'
    }

    It 'goes by the clock of the emulator' {
        $past = Start-PolarEmulator -Name past -StartTime '2025-10-01T12:00:00Z' -FreezeClock
        try {
            $session = New-PolarCustomerSession -ExternalCustomerId crew-1001 -Connection past
            $session | Connect-Polar
            Get-Who | Should -Be $astrid
            $past | Set-PolarEmulator -Advance 2:00:00
            (Get-TestError { Connect-Polar -CustomerSession $session })[0].Exception.Message | Should -BeLike '*ended at*'
        }
        finally { $past | Stop-PolarEmulator; Select-PolarConnection shop }
    }

    It 'repeats a token nowhere' {
        $session = New-Session
        # The parameter would ask before PowerShell 7.5.
        $DebugPreference = 'Continue'
        $said = @(Connect-Polar -CustomerSession $session -Verbose *>&1; Get-PolarPortalUser -Verbose *>&1; Get-PolarConnection Portal | Format-List * -Force)
        ($said | Out-String) + ($said -join '') | Should -Not -Match $session.Token.Substring(12)
        "$((Get-TestError { Connect-Polar -CustomerSession $session.Token })[0] | Format-List * -Force | Out-String)" | Should -Not -Match $session.Token.Substring(12)
    }

    It 'is tested with -Test, and not made where it does not work' {
        $result = New-Session | Connect-Polar -Test
        $result.Works | Should -BeTrue
        $result.Customer | Should -Be $astrid
        $result.Organizations | Should -BeNullOrEmpty
        $token = ConvertTo-TestToken ('polar_mst_' + 'a' * 43)
        $problem = (Get-TestError { Connect-Polar -CustomerSession $token -Name never -Test })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarUnauthorized*'
        (Get-PolarConnection).Name | Should -Not -Contain 'never'
        Get-Who | Should -Be 'PolarNotConnected'
        Get-Shop | Should -Be 'the shop'
    }

    It 'has guard rails of its own' {
        New-Session | Connect-Polar -ReadOnly
        (Get-TestError { Set-PolarPortalCustomer -BillingName Never })[0].FullyQualifiedErrorId | Should -BeLike 'PolarReadOnly,*'
        Get-Who | Should -Be $astrid
        (Get-PolarConnection shop).ReadOnly | Should -BeFalse
        New-Session | Connect-Polar -MoneyCount 0 -MoneyLimit @{ usd = 0 }
        $card = (New-PolarPortalPaymentMethod ctoken_1 https://shop.example/).PaymentMethod
        Clear-Sent
        (Get-TestError { Set-PolarPortalCustomer -DefaultPaymentMethodId $card })[0].FullyQualifiedErrorId | Should -BeLike 'PolarMoneyLimit,*'
        (Get-TestError { New-PolarPortalPaymentMethod ctoken_1 https://shop.example/ -SetDefault })[0].FullyQualifiedErrorId | Should -BeLike 'PolarMoneyLimit,*'
        Get-Sent | Should -BeNullOrEmpty
        $card | Remove-PolarPortalPaymentMethod -Confirm:$false
    }
}

Describe 'A portal cmdlet' {
    BeforeEach { Reset-Session }

    It 'uses no connection but a customer''s: <Name>' -ForEach @(
        @{ Name = 'none was ever made'; Script = { }; Says = '*use no other*' }
        @{ Name = 'it was disconnected'; Script = { New-Session | Connect-Polar; Disconnect-Polar Portal }; Says = '*' }
        @{ Name = 'another has been disconnected'; Script = { New-Session | Connect-Polar -Name one; New-Session | Connect-Polar -Name two; Disconnect-Polar two }; Says = '*' }
    ) {
        & $Script
        Clear-Sent
        $problem = (Get-TestError { Get-PolarPortalUser })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotConnected,*'
        $problem.Exception.Message | Should -BeLike $Says
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*New-PolarCustomerSession <customer> | Connect-Polar*'
        Get-Sent | Should -BeNullOrEmpty
        Get-Shop | Should -Be 'the shop'
    }

    It 'refuses a seller''s connection, and says what to use: <Name>' -ForEach @(
        @{ Name = 'by name'; Value = { 'shop' } }
        @{ Name = 'as an object'; Value = { Get-PolarConnection shop } }
    ) {
        New-Session | Connect-Polar
        $value = & $Value
        Clear-Sent
        foreach ($act in { Get-PolarPortalUser -Connection $value }, { Set-PolarPortalCustomer -BillingName Never -Connection $value }, { Get-PolarPortalOrder -Connection $value }) {
            $problem = (Get-TestError $act)[0]
            $problem.FullyQualifiedErrorId | Should -BeLike 'PolarWrongTokenKind,*'
            $problem.Exception.Message | Should -BeLike '*is for customers; the connection ''shop'' has a seller''s token (*'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike 'Nothing was sent.*New-PolarCustomerSession*'
            $problem.CategoryInfo.Category | Should -Be 'ConnectionError'
        }
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'is refused by a seller''s connection that is another''s default' {
        $PSDefaultParameterValues['*-Polar*:Connection'] = 'shop'
        try { Get-Who | Should -Be 'PolarWrongTokenKind' } finally { $PSDefaultParameterValues.Remove('*-Polar*:Connection') }
    }

    It 'for members refuses the session of a customer as such' {
        New-Session crew-1007 | Connect-Polar
        Request-PolarPortalEmailUpdate "piet$(Get-Random)@new.example"
        Confirm-PolarPortalEmailUpdate $shop.Mails[-1].Token | Connect-Polar -Name own
        (Get-PolarConnection own).TokenKind | Should -Be 'customer session'
        Clear-Sent
        foreach ($act in { Get-PolarPortalMember }, { New-PolarPortalMember never@new.example }) {
            $problem = (Get-TestError $act)[0]
            $problem.FullyQualifiedErrorId | Should -BeLike 'PolarWrongTokenKind,*'
            $problem.Exception.Message | Should -BeLike '*is for members of a team; the connection ''own'' has a customer session*'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*New-PolarCustomerSession -Member*'
        }
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'says what to do when the session has ended' {
        New-Session | Connect-Polar
        $other = Start-PolarEmulator -Name ending -Seed 7
        try {
            New-PolarCustomerSession -ExternalCustomerId crew-1001 -Connection ending | Connect-Polar -Name late
            $other | Set-PolarEmulator -Advance 1:01:00
            $problem = (Get-TestError { Get-PolarPortalUser })[0]
            $problem.FullyQualifiedErrorId | Should -BeLike 'PolarUnauthorized,*'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*lasts an hour*New-PolarCustomerSession*'
        }
        finally { $other | Stop-PolarEmulator; Select-PolarConnection shop }
    }

    It 'completes with what the customer has' {
        New-Session crew-1002 | Connect-Polar
        $wallet = Get-PolarPortalWallet
        (Get-Completion 'Get-PolarPortalWallet -Id ').CompletionText | Should -Be $wallet.Id
        $orders = @(Get-PolarPortalOrder).Id
        (Get-Completion 'Get-PolarPortalOrder -Id ').CompletionText | Where-Object { $_ -notin $orders } | Should -BeNullOrEmpty -Because 'the seller''s orders are not theirs'
        (Get-Completion 'Get-PolarPortalUser -Connection P').CompletionText | Should -Contain 'Portal'
    }
}

Describe 'A seller''s cmdlet' {
    BeforeEach { Reset-Session; New-Session | Connect-Polar }

    It 'refuses a customer''s connection, and says what to use: <_>' -ForEach 'Get-PolarOrder', 'Get-PolarCustomer', 'Get-PolarProduct' {
        Clear-Sent
        $problem = (Get-TestError { & $_ -Connection Portal })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarWrongTokenKind,*'
        $problem.Exception.Message | Should -BeLike "$_ needs a seller's token; the connection 'Portal' has a member session."
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*PolarPortal in it*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'never uses one, not even the only one' {
        $said = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); TOKEN = (New-Session).Token; URL = $shop.Url } -Script @'
Import-Module $env:MODULE
Connect-Polar -CustomerSession (ConvertTo-SecureString $env:TOKEN -AsPlainText -Force) -Environment $env:URL
(Get-PolarPortalUser).Email
try { Get-PolarProduct -First 1 } catch { $_.FullyQualifiedErrorId }
'@
        $said | Should -Be $astrid, 'PolarNotConnected,PolarPS.Commands.GetPolarProductCommand'
    }
}

Describe 'Cmdlets of either side' {
    BeforeEach { Reset-Session; New-Session | Connect-Polar }

    It 'test a customer''s connection: Test-PolarConnection' {
        $result = Test-PolarConnection Portal
        $result.Works | Should -BeTrue
        $result.Customer | Should -Be $astrid
        $result.TokenKind | Should -Be 'member session'
        Test-PolarConnection Portal -Quiet | Should -BeTrue
        (Get-PolarConnection | Test-PolarConnection).Connection | Should -Be 'shop', 'Portal'
        (Test-PolarConnection).Connection | Should -Be 'shop' -Because 'without one it is the seller''s'
    }

    It 'say what is wrong with it' {
        Connect-Polar -CustomerSession (ConvertTo-TestToken ('polar_cst_' + 'b' * 43)) -Name bad
        $result = Test-PolarConnection bad
        $result.Works | Should -BeFalse
        $result.ErrorId | Should -Be 'PolarUnauthorized'
        $result.Advice | Should -BeLike '*New-PolarCustomerSession*'
    }

    It 'reach every operation: Invoke-PolarRequest' {
        (Invoke-PolarRequest /v1/customer-portal/customers/me -Connection Portal).email | Should -Be $astrid
        (Invoke-PolarRequest /v1/products/).items.Count | Should -BeGreaterThan 0
    }
}

Describe 'A cmdlet that needs no token' {
    BeforeEach { Reset-Session }

    It 'works over a connection of either side, and sends no token: <Name>' -ForEach @(
        @{ Name = 'the seller''s, by itself'; Script = { }; With = @{} }
        @{ Name = 'the seller''s, given'; Script = { }; With = @{ Connection = 'shop' } }
        @{ Name = 'the customer''s, by itself'; Script = { New-Session | Connect-Polar }; With = @{} }
        @{ Name = 'the customer''s, given'; Script = { New-Session | Connect-Polar }; With = @{ Connection = 'Portal' } }
    ) {
        & $Script
        Clear-Sent
        (Get-PolarPortalOrganization northwind @With).Organization.Slug | Should -Be 'northwind'
        Test-PolarPortalEmailUpdate nonsense @With | Should -BeFalse
        $shop.Requests.Count | Should -Be 2
        foreach ($request in $shop.Requests) { @($request.Headers.Keys) | Should -Not -Contain 'Authorization' }
    }

    It 'is sent nowhere after a Connect-Polar that failed' {
        New-Session | Connect-Polar
        { Connect-Polar -CustomerSession 'plain' } | Should -Throw
        (Get-TestError { Get-PolarPortalOrganization northwind })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotConnected,*' -Because 'it may have been meant for another environment'
    }

    It 'works with no connection at all, where POLAR_ENVIRONMENT says' {
        $env:POLAR_ENVIRONMENT = $shop.Url
        try {
            $result = Invoke-NewSession "Disconnect-Polar -All; (Get-PolarPortalOrganization northwind).Organization.Slug"
            $result.Ended.FullyQualifiedErrorId | Should -BeLike 'PolarNotConnected,*' -Because 'who disconnects means it'
            $fresh = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); POLAR_ACCESS_TOKEN = ''; POLAR_ENVIRONMENT = $shop.Url } -Script @'
Import-Module $env:MODULE
(Get-PolarPortalOrganization northwind).Organization.Slug
Test-PolarPortalEmailUpdate nonsense
@(Get-PolarConnection).Count
try { Get-PolarPortalUser } catch { $_.FullyQualifiedErrorId }
'@
            $fresh | Should -Be 'northwind', 'False', '0', 'PolarNotConnected,PolarPS.Commands.GetPolarPortalUserCommand'
        }
        finally { Remove-Item Env:POLAR_ENVIRONMENT }
    }

    It 'asks Production where nothing says otherwise' {
        $said = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); POLAR_ACCESS_TOKEN = ''; POLAR_ENVIRONMENT = '' } -Script @'
Import-Module $env:MODULE
Confirm-PolarPortalEmailUpdate nonsense -WhatIf
'@
        "$said" | Should -BeLike '*Production*'
    }
}

Describe 'The choice of a customer' {
    BeforeEach { Reset-Session }

    It 'is the last one connected, or the one selected, and leaves the seller''s alone' {
        New-Session crew-1001 | Connect-Polar -Name astrid
        New-Session crew-1002 | Connect-Polar -Name jonas
        Get-Who | Should -Be $jonas
        Get-Who @{ Connection = 'astrid' } | Should -Be $astrid
        Select-PolarConnection astrid
        Get-Who | Should -Be $astrid
        Get-Shop | Should -Be 'the shop'
        @(Get-PolarConnection | Where-Object IsDefault).Name | Sort-Object | Should -Be 'astrid', 'shop'
    }

    It 'outlives Disconnect-Polar, which ends the seller''s; -All ends both' {
        $free = Get-PolarConnection shop
        New-Session | Connect-Polar
        Disconnect-Polar -WarningAction Ignore
        Get-Shop | Should -Be 'PolarNotConnected'
        Get-Who | Should -Be $astrid
        Connect-Polar -AccessToken $shop.AccessToken -Environment $shop.Url -Name shop
        Get-Who | Should -Be $astrid
        Disconnect-Polar -All
        Get-Who | Should -Be 'PolarNotConnected'
        Get-Shop | Should -Be 'PolarNotConnected'
        Connect-Polar -AccessToken $shop.AccessToken -Environment $shop.Url -Name shop
        Get-Who | Should -Be 'PolarNotConnected' -Because 'a new connection brings nobody back'
        $free | Should -Not -BeNullOrEmpty
    }

    It 'is not touched by a failed Connect-Polar for a seller, which does not bring back an earlier seller either' {
        New-Session | Connect-Polar
        { Connect-Polar -AccessToken 'plain' -Environment $shop.Url } | Should -Throw
        Get-Who | Should -Be $astrid
        Get-Shop | Should -Be 'PolarNotConnected'
        # Nor does a customer's connection, made or failed, after that.
        New-Session crew-1002 | Connect-Polar
        Get-Shop | Should -Be 'PolarNotConnected'
        { Connect-Polar -CustomerSession 'plain' } | Should -Throw
        Get-Shop | Should -Be 'PolarNotConnected'
        Get-Who | Should -Be 'PolarNotConnected'
        Select-PolarConnection shop
        Get-Shop | Should -Be 'the shop'
    }

    It 'goes with an emulator that is stopped' {
        $other = Start-PolarEmulator -Name brief -Seed 7
        try { New-PolarCustomerSession -ExternalCustomerId crew-1001 -Connection brief | Connect-Polar }
        finally { $other | Stop-PolarEmulator; Select-PolarConnection shop }
        Get-Who | Should -Be 'PolarEmulatorStopped'
        Get-Shop | Should -Be 'the shop'
    }
}

Describe 'What a session starts' {
    BeforeEach { Reset-Session; New-Session | Connect-Polar }

    It 'has its customer too: ForEach-Object -Parallel' {
        if (-not $core) { Set-ItResult -Skipped -Because 'Windows PowerShell has no ForEach-Object -Parallel'; return }
        $path = Get-TestModulePath
        $who = 1..4 | ForEach-Object -Parallel { Import-Module $using:path; (Get-PolarPortalUser).Email; @(Get-PolarProduct -First 1).Count }
        @($who | Where-Object { $_ -eq $astrid }).Count | Should -Be 4
        @($who | Where-Object { $_ -eq 1 }).Count | Should -Be 4
    }

    It 'has its customer too: a thread job' {
        if (-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'there is no Start-ThreadJob'; return }
        $path = Get-TestModulePath
        Start-ThreadJob { Import-Module $using:path; (Get-PolarPortalUser).Email } | Receive-Job -Wait -AutoRemoveJob | Should -Be $astrid
    }

    It 'keeps what it chooses to itself' {
        $path = Get-TestModulePath
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($path, $id) Import-Module $path; (Get-PolarPortalUser).Email; New-PolarCustomerSession -ExternalCustomerId $id | Connect-Polar; (Get-PolarPortalUser).Email; @(Get-PolarProduct -First 1).Count').AddArgument($path).AddArgument('crew-1002')
            $shell.Invoke() | Should -Be $astrid, $jonas, 1
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
        Get-Who | Should -Be $astrid
    }

    It 'gives nobody to a session that it did not start' {
        $result = Invoke-NewSession 'Get-PolarPortalUser'
        $result.Ended.FullyQualifiedErrorId | Should -BeLike 'PolarNotConnected,*'
    }
}

Describe 'The environment variables with a customer''s token' {
    BeforeEach { Reset-Session; $env:POLAR_ACCESS_TOKEN = (New-Session).Token; $env:POLAR_ENVIRONMENT = $shop.Url }
    AfterEach { Remove-Item Env:POLAR_ACCESS_TOKEN, Env:POLAR_ENVIRONMENT -ErrorAction Ignore }

    It 'are the customer''s connection, and no seller''s' {
        $said = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
(Get-PolarPortalUser).Email
try { Get-PolarProduct -First 1 } catch { $_.FullyQualifiedErrorId }
(Test-PolarConnection).Customer
(Get-PolarConnection).TokenKind
'@
        $said | Should -Be $astrid, 'PolarWrongTokenKind,PolarPS.Commands.GetPolarProductCommand', $astrid, 'member session'
    }

    It 'are read by Connect-Polar, beside nothing that was selected' {
        Connect-Polar
        (Get-PolarConnection Portal).TokenKind | Should -Be 'member session'
        Get-Who | Should -Be $astrid
        Get-Shop | Should -Be 'the shop'
    }

    It 'no longer choose once a customer was chosen' {
        $said = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); OTHER = (New-Session crew-1002).Token } -Script @'
Import-Module $env:MODULE
Connect-Polar -CustomerSession (ConvertTo-SecureString $env:OTHER -AsPlainText -Force)
(Get-PolarPortalUser).Email
Disconnect-Polar Portal
try { Get-PolarPortalUser } catch { $_.FullyQualifiedErrorId }
'@
        $said | Should -Be $jonas, 'PolarNotConnected,PolarPS.Commands.GetPolarPortalUserCommand'
    }
}
