# Connect-Polar -Interactive: from the consent page back to PowerShell.
BeforeDiscovery {
    $chromium = @('chromium', 'chromium-browser', 'google-chrome', 'msedge') | ForEach-Object { Get-Command $_ -CommandType Application -ErrorAction SilentlyContinue } | Select-Object -First 1
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    Start-PolarEmulator -Name signin -Port 0 -NoConnect
    $script:url = "$((Get-PolarEmulator signin).Url)".TrimEnd('/')

    function Get-FreePort {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = ([Net.IPEndPoint]$listener.LocalEndpoint).Port
        $listener.Stop()
        $port
    }

    function New-TestClient {
        # A public client that the emulator knows, as a user registers one.
        param([int] $Port, [string] $Name = 'PolarPS', [string] $Scope = 'openid profile email organizations:read products:read')
        $body = ConvertTo-Json @{ client_name = $Name; redirect_uris = @("http://127.0.0.1:$Port/polarps/callback"); token_endpoint_auth_method = 'none'; scope = $Scope }
        (Invoke-RestMethod "$url/v1/oauth2/register" -Method Post -Body $body -ContentType application/json).client_id
    }

    function Invoke-SignIn {
        # Runs Connect-Polar -Interactive in a session of its own, hands the address that it shows to a script, the browser, and
        # gives what came of it.
        param([hashtable] $With, [scriptblock] $Browser, [object[]] $ArgumentList = @(), [string] $After = '', [int] $Seconds = 60, [switch] $Keep)
        $shell = [powershell]::Create()
        $flow = [Threading.ExecutionContext]::SuppressFlow()
        try {
            $shell.Runspace.SessionStateProxy.SetVariable('with', $With)
            $null = $shell.AddScript("Import-Module '$(Get-TestModulePath)'; try { Connect-Polar -Interactive -NoBrowser @with } catch { `$global:ended = `$_; return }; $After")
            $output = [Management.Automation.PSDataCollection[psobject]]::new()
            $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        }
        finally { $flow.Undo() }
        try {
            $end = [DateTime]::UtcNow.AddSeconds($Seconds)
            $address = $null
            while (-not $address -and -not $running.IsCompleted -and [DateTime]::UtcNow -lt $end) {
                $address = $shell.Streams.Information | ForEach-Object { if ("$_" -match 'https?://\S+/oauth2/authorize\S+') { $Matches[0] } } | Select-Object -First 1
                Start-Sleep -Milliseconds 20
            }
            $shown = if ($address -and $Browser) { & $Browser $address @ArgumentList }
            if (-not $running.AsyncWaitHandle.WaitOne([Math]::Max(1, [int]($end - [DateTime]::UtcNow).TotalMilliseconds))) { $null = $shell.BeginStop($null, $null) }
            [pscustomobject]@{
                Address = $address
                Shown   = $shown
                Output  = @($output)
                Error   = $shell.Runspace.SessionStateProxy.GetVariable('ended')
                Errors  = @($shell.Streams.Error)
                Connection = $(if ($Keep) { $shell.Runspace.SessionStateProxy.GetVariable('kept') })
                Text    = (@($shell.Streams.Information) + @($shell.Streams.Warning) + @($shell.Streams.Verbose) + @($shell.Streams.Error) + @($output) | Out-String)
            }
        }
        finally {
            $shell.Commands.Clear()
            # A connection that is kept ends with its runspace's owner, which then is nobody.
            if (-not $Keep) { $null = $shell.AddScript('Disconnect-Polar -All -WarningAction Ignore').Invoke() }
            $shell.Dispose()
        }
    }

    function Reset-TestEmulator { Set-PolarEmulator signin -Reset -Confirm:$false }

    # What a person does who allows it, without a browser.
    $script:allow = { param($address) (Invoke-WebRequest -UseBasicParsing $address -Method Post -Body @{ action = 'allow' }).Content }
    $script:deny = { param($address) (Invoke-WebRequest -UseBasicParsing $address -Method Post -Body @{ action = 'deny' }).Content }

    function Get-Answer {
        # Status of a request that may be refused.
        param([string] $Uri, [hashtable] $Headers = @{}, [string] $Method = 'GET')
        $request = [Net.Http.HttpRequestMessage]::new($Method, $Uri)
        foreach ($name in $Headers.Keys) { $null = $request.Headers.TryAddWithoutValidation($name, [string]$Headers[$name]) }
        $client = [Net.Http.HttpClient]::new()
        try { [int]$client.SendAsync($request).GetAwaiter().GetResult().StatusCode } finally { $client.Dispose() }
    }
}

AfterAll {
    Stop-PolarEmulator signin
    Disconnect-Polar -All -WarningAction Ignore
}

Describe 'Connect-Polar -Interactive' {
    BeforeEach {
        $script:port = Get-FreePort
        $script:client = New-TestClient $port
        $script:with = @{ ClientId = $client; Environment = $url; Port = $port }
    }

    It 'connects who allows it, with the scopes that were asked for' {
        $result = Invoke-SignIn ($with + @{ Scope = 'openid', 'organizations:read', 'products:read' }) $allow -After 'Get-PolarProduct -First 1; (Get-PolarConnection).TokenKind; (Get-PolarConnection).OrganizationId; Get-PolarOrder -First 1'
        $result.Error | Should -BeNullOrEmpty
        $result.Output[0].PSObject.BaseObject | Should -BeOfType PolarPS.Client.Models.Product
        $result.Output[1] | Should -Be 'OAuth access token of a user'
        $result.Output[2] | Should -Match '^[0-9a-f-]{36}$' -Because 'the only organization is the one that is meant'
        $result.Errors[0].FullyQualifiedErrorId | Should -BeLike 'PolarScopeMissing,*'
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -Match '-Interactive.*-Scope'
        $result.Shown | Should -Match '<h1>Done</h1>'
        $result.Address | Should -Match 'code_challenge_method=S256'
    }

    It 'shows no token and no code' {
        $result = Invoke-SignIn ($with + @{ Verbose = $true; PassThru = $true }) $allow -After 'Get-PolarConnection | Format-List | Out-String; Get-PolarConnection | ConvertTo-Json -Depth 3 -WarningAction Ignore'
        $result.Text | Should -Not -Match 'polar_(at|rt|ac)_'
    }

    It 'says that access was denied' {
        $result = Invoke-SignIn $with $deny
        $result.Error.FullyQualifiedErrorId | Should -BeLike 'PolarSignInFailed,*'
        $result.Error.Exception.Message | Should -Match 'denied'
        $result.Shown | Should -Match 'Not signed in'
    }

    It 'asks for little unless told otherwise' {
        $result = Invoke-SignIn $with $deny
        [uri]::UnescapeDataString($result.Address) | Should -Match 'scope=openid profile email organizations:read&'
    }

    It 'takes no answer but its own, and goes on waiting: <Name>' -ForEach @(
        @{ Name = 'another state'; Uri = '/polarps/callback?code=polar_ac_x&state=wrong'; Status = 400 }
        @{ Name = 'no state'; Uri = '/polarps/callback?code=polar_ac_x'; Status = 400 }
        @{ Name = 'another path'; Uri = '/?code=polar_ac_x'; Status = 404 }
        @{ Name = 'a longer path'; Uri = '/polarps/callback/x'; Status = 404 }
        @{ Name = 'another name of this computer'; Uri = '/polarps/callback'; Headers = @{ Host = 'localhost' }; Status = 404 }
        @{ Name = 'a name of the web'; Uri = '/polarps/callback'; Headers = @{ Host = 'evil.example' }; Status = 421 }
        @{ Name = 'another method'; Uri = '/polarps/callback'; Method = 'POST'; Status = 405 }
    ) {
        $browser = {
            param($address, $uri, $headers, $method, $port)
            Get-Answer "http://127.0.0.1:$port$uri" $headers $method
            $null = & $allow $address
        }
        $sent = if ($Headers) { $Headers } else { @{} }
        $result = Invoke-SignIn $with $browser -ArgumentList $Uri, $sent, $(if ($Method) { $Method } else { 'GET' }), $port -After '(Get-PolarConnection).IsDefault'
        $result.Shown | Should -Be $Status
        $result.Output | Should -Be $true
    }

    It 'takes its answer once, and frees the port' {
        $browser = {
            param($address, $port)
            $redirect = try { (Invoke-WebRequest -UseBasicParsing $address -Method Post -Body @{ action = 'allow' }).BaseResponse } catch { $_.Exception.Response }
            $null = $redirect
        }
        $result = Invoke-SignIn $with $browser -ArgumentList $port
        $result.Error | Should -BeNullOrEmpty
        { $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, $port); $listener.Start(); $listener.Stop() } | Should -Not -Throw
    }

    It 'tells before the browser opens what is wrong with the client: <Name>' -ForEach @(
        @{ Name = 'unknown client'; Change = @{ ClientId = 'polar_ci_unknown' } }
        @{ Name = 'port that is not registered'; Change = @{ Port = 18999 } }
        @{ Name = 'scope that is not registered'; Change = @{ Scope = 'orders:write' } }
    ) {
        $arguments = $with.Clone()
        foreach ($key in $Change.Keys) { $arguments[$key] = $Change[$key] }
        $result = Invoke-SignIn $arguments $null -Seconds 20
        $result.Address | Should -BeNullOrEmpty
        $result.Error.FullyQualifiedErrorId | Should -BeLike 'PolarSignInFailed,*'
        $result.Error.ErrorDetails.RecommendedAction | Should -Match 'redirect URIs'
    }

    It 'says that a port is taken' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, $port)
        $listener.ExclusiveAddressUse = $true
        $listener.Start()
        try { $result = Invoke-SignIn $with $null -Seconds 20 } finally { $listener.Stop() }
        $result.Error.FullyQualifiedErrorId | Should -BeLike 'PolarBadConnection,*'
        $result.Error.Exception.Message | Should -Match "Port $port"
    }

    It 'waits as long as it was told' {
        $result = Invoke-SignIn ($with + @{ SignInTimeoutSeconds = 1 }) $null -Seconds 30
        $result.Error.Exception.Message | Should -Match 'within 1 seconds'
    }

    It 'needs an emulator that a browser can reach' {
        (Get-TestError { Connect-Polar -Interactive -ClientId $client -Environment Emulator -NoBrowser }).Exception.Message | Should -Match 'Start-PolarEmulator -Port 0'
    }

    It 'takes no secret for the id of a client' {
        $secret = 'polar_cs_' + 'a' * 40
        $problem = Get-TestError { Connect-Polar -Interactive -ClientId $secret -Environment $url -NoBrowser }
        "$($problem.Exception.Message)" | Should -Match 'public id'
        "$($problem | Out-String)" | Should -Not -Match 'aaaaaaaa'
    }

    It 'names the organizations where there are several' {
        $second = Invoke-SignIn ($with + @{ Scope = 'openid', 'organizations:read' }) $allow
        $second.Error | Should -BeNullOrEmpty
        $emulator = Get-PolarEmulator signin
        Connect-Polar -AccessToken $emulator.AccessToken -Environment $url -Name owner
        # A user's token makes another; the emulator's own belongs to one organization.
        $port2 = Get-FreePort
        $maker = New-TestClient $port2 -Scope 'openid organizations:read organizations:write'
        $made = Invoke-SignIn @{ ClientId = $maker; Environment = $url; Port = $port2; Scope = 'openid', 'organizations:read', 'organizations:write' } $allow -After "New-PolarOrganization 'Second Shop' -Slug second-shop -Confirm:`$false"
        $made.Errors | Should -BeNullOrEmpty
        $result = Invoke-SignIn $with $allow
        $result.Error.FullyQualifiedErrorId | Should -BeLike 'PolarOrganizationAmbiguous,*'
        $result.Error.Exception.Message | Should -Match 'second-shop'
        $id = $made.Output[0].Id
        (Invoke-SignIn ($with + @{ OrganizationId = $id }) $allow -After '(Get-PolarConnection).OrganizationId').Output | Should -Be $id
    }

    It 'renews the tokens when they have ended, once for twenty runspaces' {
        Reset-TestEmulator
        $script:client = New-TestClient $port
        $with.ClientId = $client
        $result = Invoke-SignIn ($with + @{ Scope = 'openid', 'organizations:read', 'products:read' }) $allow -After '$global:kept = Get-PolarConnection Default' -Keep
        Set-PolarEmulator signin -Advance 11.00:00:00
        Set-PolarEmulator signin -ClearRequest
        $shells = foreach ($number in 1..20) {
            $one = [powershell]::Create()
            $null = $one.AddScript('param($module, $connection) Import-Module $module; @(Get-PolarProduct -First 1 -Connection $connection).Count').AddArgument((Get-TestModulePath)).AddArgument($result.Connection)
            @{ Shell = $one; Running = $one.BeginInvoke() }
        }
        $counts = foreach ($one in $shells) { $one.Shell.EndInvoke($one.Running); $one.Shell.Streams.Error; $one.Shell.Dispose() }
        $counts | Should -Be (@(1) * 20)
        @((Get-PolarEmulator signin).Requests | Where-Object Path -EQ '/v1/oauth2/token').Count | Should -Be 1
    }

    It 'says that the sign-in has ended' {
        Reset-TestEmulator
        $script:client = New-TestClient $port
        $with.ClientId = $client
        $result = Invoke-SignIn ($with + @{ Scope = 'openid', 'organizations:read', 'products:read' }) $allow -After '$global:kept = Get-PolarConnection Default' -Keep
        Set-PolarEmulator signin -Advance 40.00:00:00
        $problem = Get-TestError { 1, 2 | ForEach-Object { Get-PolarProduct -First 1 -Connection $result.Connection } }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarSignInEnded,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -Match 'Connect-Polar -Interactive'
        "$($problem | Out-String)" | Should -Not -Match 'polar_(at|rt)_'
    }
}

Describe 'Connect-Polar -Interactive -SaveTo' {
    # The module of the Gallery stands in for itself: a folder of the test is the vault, and says what it was asked.
    BeforeAll {
        $script:modules = Join-Path $TestDrive 'modules'
        $folder = New-Item -ItemType Directory (Join-Path $modules 'Microsoft.PowerShell.SecretManagement')
        $script:vault = (New-Item -ItemType Directory (Join-Path $TestDrive 'vault')).FullName
        Set-Content (Join-Path $folder 'Microsoft.PowerShell.SecretManagement.psm1') -Encoding utf8 -Value @"
function Get-SecretFile([string] `$Vault, [string] `$Name) {
    if (`$Vault -ne 'box') { throw "Vault `$Vault does not exist in registry." }
    if (Test-Path '$vault/locked') { throw 'The vault is locked.' }
    Join-Path '$vault' ([BitConverter]::ToString([Text.Encoding]::UTF8.GetBytes(`$Name)) + '.txt')
}
function Get-SecretInfo { [CmdletBinding()] param([string] `$Name, [string] `$Vault) if (Test-Path (Get-SecretFile `$Vault ([Management.Automation.WildcardPattern]::Unescape(`$Name)))) { [pscustomobject]@{ Name = `$Name } } }
function Get-Secret { [CmdletBinding()] param([string] `$Name, [string] `$Vault) Get-Content (Get-SecretFile `$Vault `$Name) -Raw | ConvertTo-SecureString -AsPlainText -Force }
function Set-Secret { [CmdletBinding()] param([string] `$Name, [string] `$Vault, [securestring] `$SecureStringSecret) [Net.NetworkCredential]::new('', `$SecureStringSecret).Password | Set-Content (Get-SecretFile `$Vault `$Name) -NoNewline }
"@
        New-ModuleManifest (Join-Path $folder 'Microsoft.PowerShell.SecretManagement.psd1') -RootModule Microsoft.PowerShell.SecretManagement.psm1 -FunctionsToExport Get-SecretInfo, Get-Secret, Set-Secret
        $script:path = $env:PSModulePath
        $env:PSModulePath = $modules + [IO.Path]::PathSeparator + $path
    }

    AfterAll { $env:PSModulePath = $path }

    BeforeEach {
        Set-PolarEmulator signin -Reset -Confirm:$false
        Remove-Item (Join-Path $vault '*')
        $script:port = Get-FreePort
        $script:client = New-TestClient $port
        $script:with = @{ ClientId = $client; Environment = $url; Port = $port; SaveTo = 'box'; Scope = 'openid', 'organizations:read', 'products:read' }
    }

    It 'needs no browser the next time, and keeps the token that followed' {
        (Invoke-SignIn $with $allow).Error | Should -BeNullOrEmpty
        $first = Get-Content (Join-Path $vault '*.txt') -Raw
        $first | Should -Match '^polar_rt_u_'
        $result = Invoke-SignIn $with $null -After '(Get-PolarProduct -First 1).GetType().Name' -Seconds 30
        $result.Address | Should -BeNullOrEmpty
        $result.Output | Should -Be 'Product'
        Get-Content (Join-Path $vault '*.txt') -Raw | Should -Not -Be $first
        $result.Text | Should -Not -Match 'polar_(at|rt)_'
    }

    It 'asks again when what was kept has ended, or has too few scopes' {
        (Invoke-SignIn $with $allow).Error | Should -BeNullOrEmpty
        $more = $with.Clone()
        $more.Scope = 'openid', 'organizations:read', 'products:read', 'profile'
        (Invoke-SignIn $more $allow).Address | Should -Not -BeNullOrEmpty
        Set-PolarEmulator signin -Advance 40.00:00:00
        (Invoke-SignIn $with $allow).Address | Should -Not -BeNullOrEmpty
    }

    It 'keeps the token that a renewal in the session gives' {
        $result = Invoke-SignIn $with $allow -After '$global:kept = Get-PolarConnection Default' -Keep
        $first = Get-Content (Join-Path $vault '*.txt') -Raw
        Set-PolarEmulator signin -Advance 11.00:00:00
        Get-PolarProduct -First 1 -Connection $result.Connection | Should -Not -BeNullOrEmpty
        Get-Content (Join-Path $vault '*.txt') -Raw | Should -Not -Be $first
    }

    It 'warns once where it could not keep it' {
        $result = Invoke-SignIn $with $allow -After '$global:kept = Get-PolarConnection Default' -Keep
        Set-PolarEmulator signin -Advance 11.00:00:00
        $null = New-Item (Join-Path $vault 'locked')
        $null = Get-PolarProduct -First 1 -Connection $result.Connection
        $null = Get-PolarProduct -First 1 -Connection $result.Connection -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Count | Should -Be 1
        "$warned" | Should -Match 'not kept.*locked'
        $null = Get-PolarProduct -First 1 -Connection $result.Connection -WarningVariable again
        $again | Should -BeNullOrEmpty
    }

    It 'says before anything else that there is no such vault' {
        $with.SaveTo = 'nowhere'
        $result = Invoke-SignIn $with $null -Seconds 30
        $result.Error.FullyQualifiedErrorId | Should -BeLike 'PolarBadConnection,*'
        $result.Error.Exception.Message | Should -Match "vault 'nowhere'"
        $result.Address | Should -BeNullOrEmpty
    }
}

Describe 'Connect-Polar -Interactive in a real browser' {
    It 'is allowed by a click on the page' -Skip:(-not $chromium) -ForEach @{ Program = "$(if ($chromium) { $chromium.Source })" } {
        # Chromium, told by its DevTools protocol what a person would do. Skipped where there is none.
        Set-PolarEmulator signin -Reset -Confirm:$false
        $port = Get-FreePort
        $client = New-TestClient $port -Name '<b onclick=alert(1)>PolarPS</b>'
        $browser = {
            param($address, $program, $folder)
            $profileFolder = Join-Path $folder 'profile'
            $arguments = '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', "--user-data-dir=$profileFolder", '--remote-debugging-port=0', 'about:blank'
            $process = Start-Process $program -ArgumentList $arguments -PassThru -RedirectStandardError (Join-Path $folder 'browser.log') -RedirectStandardOutput (Join-Path $folder 'browser.out')
            try {
                $file = Join-Path $profileFolder 'DevToolsActivePort'
                $end = [DateTime]::UtcNow.AddSeconds(60)
                while (-not (Test-Path $file) -and [DateTime]::UtcNow -lt $end) { Start-Sleep -Milliseconds 50 }
                $devTools = (Get-Content $file)[0]
                $page = (Invoke-RestMethod "http://127.0.0.1:$devTools/json") | Where-Object type -EQ page | Select-Object -First 1
                $socket = [Net.WebSockets.ClientWebSocket]::new()
                $none = [Threading.CancellationToken]::None
                $null = $socket.ConnectAsync($page.webSocketDebuggerUrl, $none).GetAwaiter().GetResult()
                $script:number = 0
                function Invoke-DevTools([string] $Method, [hashtable] $Params = @{}) {
                    $id = ++$script:number
                    $bytes = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json @{ id = $id; method = $Method; params = $Params } -Compress -Depth 5))
                    $null = $socket.SendAsync([ArraySegment[byte]]::new($bytes), 'Text', $true, $none).GetAwaiter().GetResult()
                    while ($true) {
                        $text = [Text.StringBuilder]::new()
                        do {
                            $buffer = [byte[]]::new(65536)
                            $part = $socket.ReceiveAsync([ArraySegment[byte]]::new($buffer), $none).GetAwaiter().GetResult()
                            $null = $text.Append([Text.Encoding]::UTF8.GetString($buffer, 0, $part.Count))
                        } until ($part.EndOfMessage)
                        $answer = ConvertFrom-Json "$text"
                        if ($answer.PSObject.Properties['id'] -and $answer.id -eq $id) { return $answer.result }
                    }
                }
                function Wait-Page([string] $Expression) {
                    $end = [DateTime]::UtcNow.AddSeconds(30)
                    do {
                        $value = (Invoke-DevTools 'Runtime.evaluate' @{ expression = $Expression; returnByValue = $true }).result
                        if ($value.PSObject.Properties['value'] -and $value.value) { return $value.value }
                        Start-Sleep -Milliseconds 50
                    } while ([DateTime]::UtcNow -lt $end)
                    throw "The page never came to: $Expression"
                }
                $null = Invoke-DevTools 'Page.enable'
                $null = Invoke-DevTools 'Page.navigate' @{ url = $address }
                Wait-Page 'document.readyState === "complete" && document.getElementById("allow") && document.querySelector("h1").textContent'
                $null = Invoke-DevTools 'Runtime.evaluate' @{ expression = 'document.getElementById("allow").click()' }
                Wait-Page 'location.pathname === "/polarps/callback" && document.readyState === "complete" && document.body.innerText'
                $socket.Dispose()
            }
            finally {
                $process.Kill()
                $process.WaitForExit()
            }
        }
        $result = Invoke-SignIn @{ ClientId = $client; Environment = $url; Port = $port; Scope = 'openid', 'organizations:read', 'products:read' } $browser -ArgumentList $Program, "$TestDrive" -After '(Get-PolarProduct -First 1).GetType().Name' -Seconds 120
        $result.Error | Should -BeNullOrEmpty
        $result.Output | Should -Be 'Product'
        $result.Shown[0] | Should -Be '<b onclick=alert(1)>PolarPS</b> asks for access'
        $result.Shown[1] | Should -Match '^Done\s+PowerShell continues'
    }
}
