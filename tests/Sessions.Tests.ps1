# Which shop a cmdlet reaches, whatever else goes on in the process. Each row is a process of its own with two shops, A and B,
# and says which of them its steps reached, or which error they met.
# Long because each way in which PowerShell makes runspaces is a case.
BeforeDiscovery {
    $core = $PSVersionTable.PSEdition -eq 'Core'
    $rows = @(
        @{ Name = 'nobody has connected'; Script = { Reach }; Expected = 'PolarNotConnected' }
        @{ Name = 'one that connected'; Script = { Enter A; Reach }; Expected = 'A' }
        @{ Name = 'the last one that connected'; Script = { Enter A one; Enter B two; Reach; Select-PolarConnection one; Reach }; Expected = 'B', 'A' }

        # Sessions of their own.
        @{ Name = 'runspaces under way at the same time'; Expected = 'A', 'B', 'A', 'B'; Script = {
                $one = New-Session; $two = New-Session
                Run $one { Enter A }; Run $two { Enter B }
                Run $one { Reach }; Run $two { Reach }; Run $one { Reach }; Run $two { Reach }
            }
        }
        @{ Name = 'the same name in two runspaces'; Expected = 'A', 'B', 'shop', 'shop'; Script = {
                $one = New-Session; $two = New-Session
                Run $one { Enter A shop }; Run $two { Enter B shop }
                Run $one { Reach -Connection shop }; Run $two { Reach -Connection shop }
                Run $one { (Get-PolarConnection).Name }; Run $two { (Get-PolarConnection).Name }
            }
        }
        @{ Name = 'a name that only a sibling has'; Expected = 'PolarConnectionNotFound', 'A'; Script = {
                $one = New-Session; $two = New-Session
                Run $one { Enter B test }; Run $two { Enter A main }
                Run $two { Reach -Connection test }; Run $two { Reach }
            }
        }
        @{ Name = 'a name that a sibling has, after this one disconnected it'; Expected = 'PolarConnectionNotFound', 'PolarNotConnected'; Script = {
                $one = New-Session; $two = New-Session
                Run $one { Enter B test }; Run $two { Enter A test; Disconnect-Polar test }
                Run $two { Reach -Connection test }; Run $two { Reach }
            }
        }
        @{ Name = 'a child that selects leaves its parent alone'; Expected = 'B', 'A'; Script = {
                Enter B two; Enter A one
                $child = New-Session
                Run $child { Select-PolarConnection two; Reach }; Reach
            }
        }
        @{ Name = 'a child within its parent''s pipeline leaves it alone, and what that starts'; Expected = 'B', 'A', 'A'; Script = {
                Enter A
                $child = New-Session
                Run $child { Enter B; Reach }
                Reach
                $next = New-Session; Run $next { Reach }
            }
        }
        @{ Name = 'on the same thread'; Expected = 'B', 'A', 'A', 'B'; Script = {
                Enter A
                $child = New-Session -SameThread
                Run $child { Enter B; Reach }
                $next = New-Session; Run $next { Reach }
                Reach
                Run $child { Reach }
            }
        }
        @{ Name = 'one after the other on the same thread'; Expected = 'A', 'PolarConnectionAmbiguous'; Script = {
                # Nobody starts the second: it is a stranger on a thread that the first has used.
                $one = New-Session -SameThread; Run $one { Enter A; Reach }
                $more = New-Session; Run $more { Enter B }
                $two = New-Session -SameThread; Run $two { Reach }
            }
        }
        @{ Name = 'a pipeline later, on another thread'; Expected = 'A', 'A'; Script = {
                $one = New-Session; $two = New-Session
                Run $one { Enter A }; Run $two { Enter B }
                Run $one { Reach }
                # What it starts inherits from it, although nothing was chosen in this pipeline.
                Run $one { $inner = New-Session; Run $inner { Reach } }
            }
        }

        # What is handed down.
        @{ Name = 'a child inherits'; Expected = 'A'; Script = { Enter B other; Enter A; $child = New-Session; Run $child { Reach } } }
        @{ Name = 'a grandchild inherits'; Expected = 'A', 'B'; Script = {
                Enter B other; Enter A
                $child = New-Session
                Run $child { $inner = New-Session; Run $inner { Reach }; Select-PolarConnection other; $inner = New-Session; Run $inner { Reach } }
            }
        }
        @{ Name = 'a child finds its parent''s connections by name'; Expected = 'A', 'B', 'main other'; Script = {
                Enter A main; Enter B other
                $child = New-Session
                Run $child { Reach -Connection main; Reach -Connection other; (Get-PolarConnection).Name -join ' ' }
            }
        }
        @{ Name = 'what the parent chooses later is not for a child that is under way'; Expected = 'A', 'B'; Script = {
                Enter A one
                $child = New-Session
                $running = Launch $child { Start-Sleep -Milliseconds 1500; Reach }
                Enter B two
                Collect $running
                Reach
            }
        }
        @{ Name = 'what the parent disconnects is gone for its child'; Expected = 'PolarNotConnected'; Script = {
                Enter B other; Enter A
                $child = New-Session
                $running = Launch $child { Start-Sleep -Milliseconds 1500; Reach }
                Disconnect-Polar -WarningAction Ignore
                Collect $running
            }
        }

        # Reach nothing is handed down.
        @{ Name = 'nothing handed down, one connection in the process'; Expected = 'A'; Script = { Enter A; Run (New-Session) { Reach } -Alone } }
        @{ Name = 'nothing handed down, several connections in the process'; Expected = 'PolarConnectionAmbiguous', 'PolarConnectionAmbiguous', 'B'; Script = {
                Enter A one; Enter B two
                $stranger = New-Session
                Run $stranger { Reach } -Alone; Run $stranger { Add } -Alone
                Run $stranger { Select-PolarConnection two; Reach } -Alone
            }
        }
        @{ Name = 'nothing handed down, two connections of one name'; Expected = 'PolarConnectionAmbiguous'; Script = {
                Run (New-Session) { Enter A shop } -Alone; Run (New-Session) { Enter B shop } -Alone
                Run (New-Session) { Reach -Connection shop } -Alone
            }
        }
        @{ Name = 'nothing handed down, and the variables lead elsewhere'; Expected = 'PolarConnectionAmbiguous'; Script = {
                Enter A; Vary B; Run (New-Session) { Reach } -Alone
            }
        }
        @{ Name = 'nothing handed down, and the variables lead to the same'; Expected = 'A'; Script = { Enter A; Vary A; Run (New-Session) { Reach } -Alone } }

        # Pools.
        @{ Name = 'a runspace that is reset has chosen nothing'; Expected = 'B', 'A', 'A'; Script = {
                Enter A
                $pooled = New-Session
                Run $pooled { Enter B; Reach }
                $pooled.Runspace.ResetRunspaceState()
                Run $pooled { Reach }; Run $pooled { Reach }
            }
        }
        @{ Name = 'a runspace that is reset on a thread that it keeps'; Expected = 'B', 'A'; Script = {
                Enter A
                $pooled = New-Session -KeepThread
                Run $pooled { Enter B; Reach }
                $pooled.Runspace.ResetRunspaceState()
                Run $pooled { Reach }
            }
        }
        @{ Name = 'the variables serve again after a reset'; Expected = 'B', 'A'; Script = {
                Vary A
                $pooled = New-Session
                Run $pooled { Enter B; Reach }
                $pooled.Runspace.ResetRunspaceState()
                Run $pooled { Reach }
            }
        }
        @{ Name = 'a choice outlives all variables'; Expected = 'A', 'A'; Script = {
                Enter B other; Enter A
                Vary B
                Get-Variable -Scope Global | Remove-Variable -Scope Global -Force -ErrorAction Ignore
                Remove-Variable * -Scope Global -Force -ErrorAction Ignore
                (Get-PolarConnection | Where-Object IsDefault).Name -replace 'Default', 'A'
                $id = (Get-PolarOrganization).Id
                if ($id -eq [Environment]::GetEnvironmentVariable('SHOP_A')) { 'A' } else { $id }
            }
        }
        @{ Name = 'a choice is no variable'; Expected = '0'; Script = {
                $before = @(Get-Variable -Scope Global).Name
                Enter A
                "$(@(Get-Variable -Scope Global | Where-Object { $_.Name -notin $before -and $_.Name -ne 'before' }).Count)"
            }
        }

        # The environment variables.
        @{ Name = 'the variables, where nobody has chosen'; Expected = 'A', 'A'; Script = { Vary A; Reach; Run (New-Session) { Reach } } }
        @{ Name = 'the variables and a choice elsewhere'; Expected = 'B', 'A', 'A'; Script = {
                Vary A
                $other = New-Session
                Run $other { Enter B; Reach }
                Reach
                Run (New-Session) { Reach }
            }
        }
        @{ Name = 'the variables after Connect-'; Expected = 'A'; Script = { Vary B; Enter A; Reach } }
        @{ Name = 'the variables after Connect- and Disconnect-'; Expected = 'PolarNotConnected', 'PolarNotConnected'; Script = {
                Vary B; Enter A; Disconnect-Polar -WarningAction Ignore; Reach; Run (New-Session) { Reach }
            }
        }
        @{ Name = 'the variables after Disconnect- alone'; Expected = 'A', 'PolarNotConnected', 'PolarNotConnected'; Script = {
                Vary A; Reach; Disconnect-Polar -WarningAction Ignore; Reach; Add
            }
        }
        @{ Name = 'the variables after Disconnect- of what comes from them'; Expected = 'PolarNotConnected'; Script = {
                Vary A; Get-PolarConnection | Disconnect-Polar -WarningAction Ignore; Reach
            }
        }
        @{ Name = 'the variables after Disconnect- -All'; Expected = 'PolarNotConnected'; Script = { Vary A; Disconnect-Polar -All; Reach } }
        @{ Name = 'the variables after Disconnect- of nothing'; Expected = 'PolarNotConnected'; Script = { Disconnect-Polar -ErrorAction Ignore; Vary A; Reach } }
        @{ Name = 'the variables after Disconnect- of a name that there is not'; Expected = 'PolarNotConnected'; Script = { Disconnect-Polar nobody -ErrorAction Ignore; Vary A; Reach } }
        @{ Name = 'the variables after Select-'; Expected = 'B', 'PolarNotConnected'; Script = {
                $other = New-Session
                Run $other { Enter B other }
                Vary A
                Select-PolarConnection other; Reach
                Run $other { Disconnect-Polar -WarningAction Ignore }
                Reach
            }
        }
        @{ Name = 'the variables of a name in them'; Expected = 'PolarConnectionNotFound'; Script = { Vary A; Reach -Connection Production } }
        @{ Name = 'a connection from the variables that is disconnected and held'; Expected = 'PolarConnectionNotFound'; Script = {
                Vary A; $held = Get-PolarConnection; Disconnect-Polar -WarningAction Ignore; Reach -Connection $held
            }
        }

        # Connecting fails.
        @{ Name = 'after a connection that failed: $null'; Expected = 'PolarTokenMissing', 'PolarNotConnected'; Script = {
                Enter A; Code { Connect-Polar -AccessToken $null -Environment $env:URL_B -Name other }; Add
            }
        }
        @{ Name = 'after a connection that failed: $null, and the variables'; Expected = 'PolarTokenMissing', 'PolarNotConnected'; Script = {
                Vary A; Code { Connect-Polar $null -Environment $env:URL_B }; Add
            }
        }
        @{ Name = 'after a connection that failed: an empty credential'; Expected = 'PolarTokenMissing', 'PolarNotConnected'; Script = {
                Vary A; Code { Connect-Polar -Credential ([pscredential]::Empty) -Environment $env:URL_B }; Add
            }
        }
        @{ Name = 'after a connection that failed: a default that is $null'; Expected = 'PolarTokenMissing', 'PolarNotConnected'; Script = {
                Vary A; $PSDefaultParameterValues['Connect-Polar:AccessToken'] = $null; Code { Connect-Polar }; Add
            }
        }
        @{ Name = 'after a connection that failed: an environment that is not'; Expected = 'PolarBadConnection', 'PolarNotConnected'; Script = {
                Enter A; Code { Connect-Polar -AccessToken (Get-Token B) -Environment Sandbocks }; Add
            }
        }
        @{ Name = 'after a connection that failed: an empty environment'; Expected = 'ParameterArgumentValidationError', 'PolarNotConnected'; Script = {
                Enter A; Code { Connect-Polar -AccessToken (Get-Token B) -Environment '' }; Add
            }
        }
        @{ Name = 'after a connection that failed: a blank environment'; Expected = 'PolarBadConnection', 'PolarNotConnected'; Script = {
                Enter A; Code { Connect-Polar -AccessToken (Get-Token B) -Environment ' ' }; Add
            }
        }
        @{ Name = 'after a connection that failed: a token as text'; Expected = 'ParameterArgumentTransformationError', 'PolarNotConnected'; Script = {
                Enter A; Code { Connect-Polar -AccessToken 'polar_oat_x' -Environment $env:URL_B }; Add
            }
        }
        @{ Name = 'after one that failed, the next'; Expected = 'PolarTokenMissing', 'B'; Script = { Enter A; Code { Connect-Polar $null }; Enter B; Reach } }

        # Clearing up.
        @{ Name = 'the selected one is disconnected, and another is left'; Expected = 'PolarNotConnected', 'A'; Script = {
                Enter A one; Enter B two; Disconnect-Polar -WarningAction Ignore; Reach; Reach -Connection one
            }
        }
        @{ Name = 'another one is disconnected'; Expected = 'B', 'PolarConnectionNotFound'; Script = { Enter A one; Enter B two; Disconnect-Polar one; Reach; Reach -Connection one } }
        @{ Name = 'a child starts an emulator of its parent''s name'; Expected = 'A', 'True'; Script = {
                Enter A
                $child = New-Session
                Run $child { $null = Start-PolarEmulator -Name shopA; Stop-PolarEmulator shopA; Stop-PolarEmulator -All }
                Reach; "$($shopA.IsRunning)"
            }
        }
        @{ Name = 'a sibling that clears up'; Expected = 'A', 'A'; Script = {
                $one = New-Session; $two = New-Session
                Run $one { Enter A shop }; Run $two { Enter B shop }
                Run $two { Disconnect-Polar -All }; Run $one { Reach }
                Run $two { Disconnect-Polar shop -ErrorAction Ignore; Stop-PolarEmulator -All }; Run $one { Reach }
            }
        }
        @{ Name = 'what an ended child has left is cleared up with the rest'; Expected = '1', '0'; Script = {
                $child = New-Session
                Run $child { Enter A }
                $child.Dispose()
                "$(@(Get-PolarConnection).Count)"; Disconnect-Polar -All; "$(@(Get-PolarConnection).Count)"
            }
        }
        @{ Name = 'an emulator is stopped'; Expected = 'A', 'PolarEmulatorStopped', 'PolarEmulatorStopped', 'PolarEmulatorStopped', 'PolarConnectionNotFound'; Script = {
                Enter B other; Enter A; Vary B
                Reach
                $held = Get-PolarConnection Default
                Stop-PolarEmulator
                Reach; Reach -Connection $held; Run (New-Session) { Reach }; Reach -Connection Default
            }
        }

        # What PowerShell itself starts.
        @{ Name = 'ForEach-Object -Parallel inherits, and each choice is its own'; IsCore = $true; Expected = 'A A A', 'A B A B A B', 'A'; Script = {
                Enter A; $text = $prelude
                (1..3 | ForEach-Object -Parallel { . ([scriptblock]::Create($using:text)); Reach }) -join ' '
                # One runspace for all, reset in between.
                (1..3 | ForEach-Object -Parallel { . ([scriptblock]::Create($using:text)); Reach; Enter B; Reach } -ThrottleLimit 1) -join ' '
                Reach
            }
        }
        @{ Name = 'ForEach-Object -Parallel within itself'; IsCore = $true; Expected = 'B B'; Script = {
                Enter A; $text = $prelude
                (1 | ForEach-Object -Parallel {
                    . ([scriptblock]::Create($using:text)); Enter B; $again = $using:text
                    1..2 | ForEach-Object -Parallel { . ([scriptblock]::Create($using:again)); Reach }
                }) -join ' '
            }
        }
        @{ Name = 'ForEach-Object -Parallel with the variables'; IsCore = $true; Expected = 'A A B'; Script = {
                Vary A; $text = $prelude
                (1..2 | ForEach-Object -Parallel { . ([scriptblock]::Create($using:text)); Reach; if ($_ -eq 2) { Enter B; Reach } } -ThrottleLimit 1) -join ' '
            }
        }
        @{ Name = 'thread jobs inherit, and each choice is its own'; IsCore = $true; Expected = 'A', 'A A', 'B B', 'A'; Script = {
                Enter A; $text = $prelude
                Start-ThreadJob { . ([scriptblock]::Create($using:text)); Reach } | Receive-Job -Wait -AutoRemoveJob
                $jobs = 'A', 'B' | ForEach-Object {
                    Start-ThreadJob { . ([scriptblock]::Create($using:text)); Enter $args[0]; $first = Reach; Start-Sleep 1; "$first $(Reach)" } -ArgumentList $_
                }
                $jobs | Receive-Job -Wait -AutoRemoveJob | Sort-Object
                Reach
            }
        }
        @{ Name = 'thread jobs, one of which uses the variables'; IsCore = $true; Expected = 'A', 'B'; Script = {
                Vary A; $text = $prelude
                $jobs = @(
                    Start-ThreadJob { . ([scriptblock]::Create($using:text)); Enter B; Start-Sleep 2; Reach }
                    Start-ThreadJob { Start-Sleep 1; . ([scriptblock]::Create($using:text)); Reach }
                )
                $jobs | Receive-Job -Wait -AutoRemoveJob | Sort-Object
            }
        }
        @{ Name = 'a runspace pool'; Expected = 'A A A', 'B', 'A'; Script = {
                Enter B two; Enter A
                $pool = [runspacefactory]::CreateRunspacePool(3, 3); $pool.Open()
                # All runspaces before, and one import at a time: the runspaces of a pool share PowerShell's list of formats, which an import goes through and adds to, and a new runspace goes through.
                $import = "[Threading.Monitor]::Enter([powershell]); try { . ([scriptblock]::Create(`$env:PRELUDE)) } finally { [Threading.Monitor]::Exit([powershell]) }"
                $all = 1..3 | ForEach-Object { $shell = [powershell]::Create(); $shell.RunspacePool = $pool; @{ Shell = $shell; Result = $shell.AddScript("$import`nReach").BeginInvoke() } }
                ($all | ForEach-Object { $_.Shell.EndInvoke($_.Result); $_.Shell.Streams.Error | ForEach-Object { "error: $_" } }) -join ' '
                $shell = [powershell]::Create(); $shell.RunspacePool = $pool
                $shell.AddScript("$prelude`nSelect-PolarConnection two; Reach").Invoke()
                Reach
            }
        }
        @{ Name = 'an event''s action'; Expected = 'A'; Script = {
                Enter B other; Enter A
                $timer = [Timers.Timer]::new(50); $timer.AutoReset = $false
                $null = Register-ObjectEvent $timer Elapsed -SourceIdentifier tick -Action { $global:heard = Reach }
                $timer.Start()
                foreach ($turn in 1..100) { if (Test-Path Variable:global:heard) { break }; Start-Sleep -Milliseconds 50 }
                $global:heard
            }
        }
    )
    $rows = @($rows | Where-Object { $core -or -not $_['IsCore'] })
    foreach ($row in $rows) { $row.Script = "$($row.Script)" }

    # What a child does that clears up, and what it reaches then.
    $clearings = @(
        @{ Clear = 'Disconnect-Polar'; Then = 'PolarNotConnected' }
        @{ Clear = 'Disconnect-Polar -All'; Then = 'PolarNotConnected' }
        @{ Clear = 'Disconnect-Polar Default'; Then = 'PolarNotConnected' }
        @{ Clear = 'Get-PolarConnection | Disconnect-Polar'; Then = 'PolarNotConnected' }
        @{ Clear = 'Stop-PolarEmulator'; Then = 'PolarNotConnected' }
        @{ Clear = 'Stop-PolarEmulator shopA'; Then = 'PolarNotConnected' }
        @{ Clear = 'Stop-PolarEmulator -Connection Default'; Then = 'PolarNotConnected' }
        @{ Clear = 'Get-PolarConnection | Stop-PolarEmulator'; Then = 'PolarNotConnected' }
        @{ Clear = 'Stop-PolarEmulator -All'; Then = 'A' }
    )

    # What is no connection. As a parameter and as a default, where PowerShell drops what it cannot convert.
    $strays = @(
        '$null', "''", "' '", "'typo'", "'main '", '42', '@()', "@('main', 'other')", '@{ Name = ''main'' }', '{ ''typo'' }'
        '([pscustomobject]@{ Name = ''main'' })', '(Get-PolarProduct -First 1 -Connection main)', '$gone', '$stopped'
        '([Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($main)))'
    )
    $strays = foreach ($stray in $strays) { @{ Stray = $stray; Id = $(if ($stray -eq '$stopped') { 'PolarEmulatorStopped' } else { 'PolarConnectionNotFound' }) } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule

    # What each runspace needs; the shops are known by the environment, which all of them see.
    $script:prelude = @'
$ProgressPreference = 'SilentlyContinue'
Import-Module $env:MODULE
function Get-Token { param($Shop) ConvertTo-SecureString (Get-Item "Env:TOKEN_$Shop").Value -AsPlainText -Force }
function Enter { param($Shop, $Name = 'Default') Connect-Polar -AccessToken (Get-Token $Shop) -Environment (Get-Item "Env:URL_$Shop").Value -Name $Name }
function Vary { param($Shop) $env:POLAR_ACCESS_TOKEN = (Get-Item "Env:TOKEN_$Shop").Value; $env:POLAR_ENVIRONMENT = (Get-Item "Env:URL_$Shop").Value }
function Code { param([scriptblock] $Script) try { & $Script } catch { ($_.FullyQualifiedErrorId -split ',')[0] } }
function Reach { $with = $args; Code { $id = (Get-PolarOrganization @with).Id; if ($id -eq $env:SHOP_A) { 'A' } elseif ($id -eq $env:SHOP_B) { 'B' } else { "somewhere: $id" } } }
function Add { Code { (New-PolarProduct -Name 'Written' -Price (New-PolarPrice -Amount 100)).Name } }
function New-Session {
    param([switch] $SameThread, [switch] $KeepThread)
    $runspace = [runspacefactory]::CreateRunspace()
    if ($SameThread) { $runspace.ThreadOptions = 'UseCurrentThread' } elseif ($KeepThread) { $runspace.ThreadOptions = 'ReuseThread' }
    $runspace.Open()
    $shell = [powershell]::Create(); $shell.Runspace = $runspace
    $shell
}
function Launch { param($Shell, [scriptblock] $Script) $Shell.Commands.Clear(); $null = $Shell.AddScript($prelude).AddStatement().AddScript("$Script"); $Shell.Runspace.SessionStateProxy.SetVariable('prelude', $prelude); @{ Shell = $Shell; Result = $Shell.BeginInvoke() } }
function Collect { param($Running) $Running.Shell.EndInvoke($Running.Result); $Running.Shell.Streams.Error | ForEach-Object { "error: $_" } }
function Run {
    param($Shell, [scriptblock] $Script, [switch] $Alone)
    $Shell.Commands.Clear(); $null = $Shell.AddScript($prelude).AddStatement().AddScript("$Script")
    $Shell.Runspace.SessionStateProxy.SetVariable('prelude', $prelude)
    if ($Alone) { $flow = [Threading.ExecutionContext]::SuppressFlow() }
    try { $Shell.Invoke() } finally { if ($Alone) { $flow.Undo() } }
    $Shell.Streams.Error | ForEach-Object { "error: $_" }
    $Shell.Streams.ClearStreams()
}
'@
    $script:start = @'
$prelude = $env:PRELUDE
. ([scriptblock]::Create($prelude))
$shopA = Start-PolarEmulator -Name shopA -Seed 7 -Port 0 -NoConnect
$shopB = Start-PolarEmulator -Name shopB -Seed 8 -Port 0 -NoConnect
foreach ($shop in $shopA, $shopB) {
    $letter = $shop.Name.Substring(4)
    Set-Item "Env:URL_$letter" "$($shop.Url)"
    Set-Item "Env:SHOP_$letter" $shop.OrganizationId
    Set-Item "Env:TOKEN_$letter" ([Net.NetworkCredential]::new('', $shop.AccessToken).Password)
}
'@
    $script:environment = @{ MODULE = (Get-TestModulePath); PRELUDE = $prelude; POLAR_ACCESS_TOKEN = $null; POLAR_ENVIRONMENT = $null; POLAR_ORGANIZATION_ID = $null }
}


Describe 'Which shop' {
    It '<Name>' -ForEach $rows {
        $lines = @(Invoke-Fresh "$start`n$Script" -Environment $environment)
        $lines -join ' | ' | Should -Be (@($Expected) -join ' | ')
    }
}

Describe 'A child that clears up' -ForEach @{ Clearings = $clearings } {
    BeforeAll {
        $script:lines = @(Invoke-Fresh -Environment $environment @"
$start
Enter A
$($Clearings | ForEach-Object { "`$child = New-Session; `"`$(Run `$child { $($_.Clear) -WarningAction Ignore; Reach }) `$(Reach)`"`n" })
"@)
        $script:outcome = @{}
        for ($number = 0; $number -lt $Clearings.Count; $number++) { $outcome[$Clearings[$number].Clear] = $lines[$number] }
    }

    It 'ends nothing of its parent: <Clear>' -ForEach $clearings { $outcome[$Clear] | Should -Be "$Then A" }
}

Describe '-Connection' -ForEach @{ Strays = $strays } {
    BeforeAll {
        # Of each: a list and a write by parameter, the same by default, how many requests arrived, and what is selected still.
        $script:lines = @(Invoke-Fresh -Environment $environment @"
$start
`$null = Start-PolarEmulator -Name stopped; `$stopped = Get-PolarConnection stopped; Stop-PolarEmulator stopped
Enter B gone; `$gone = Get-PolarConnection gone; Disconnect-Polar gone -WarningAction Ignore; Enter B other; Enter A main
`$main = Get-PolarConnection main
foreach (`$get in @(
$($Strays | ForEach-Object { "{ $($_.Stray) }`n" })
)) {
    `$what = & `$get
    `$count = `$shopA.RequestCount + `$shopB.RequestCount
    `$ids = @(
        Code { Get-PolarProduct -Connection `$what }
        Code { New-PolarProduct -Name 'Stray' -Price (New-PolarPrice -Amount 100) -Connection `$what }
        Code { '00000000-0000-4000-8000-000000000000' | Remove-PolarDiscount -Confirm:`$false -Connection `$what }
        `$PSDefaultParameterValues['*-Polar*:Connection'] = if (`$what -is [scriptblock]) { `$what } else { `$what }
        Code { Get-PolarProduct }
        Code { New-PolarProduct -Name 'Stray' -Price (New-PolarPrice -Amount 100) }
        Code { '00000000-0000-4000-8000-000000000000' | Remove-PolarDiscount -Confirm:`$false }
        Code { Export-PolarCustomer never.csv }
        Code { Invoke-PolarRequest /v1/products/ -Method POST -Body '{}' }
        `$PSDefaultParameterValues.Clear()
    )
    "`$(`$ids | Select-Object -Unique) `$(`$ids.Count) `$(`$shopA.RequestCount + `$shopB.RequestCount - `$count) `$(Reach)"
}
"@)
        $script:outcome = @{}
        for ($number = 0; $number -lt $Strays.Count; $number++) { $outcome[$Strays[$number].Stray] = $lines[$number] }
    }

    It 'that is none ends every cmdlet before anything is sent: <Stray>' -ForEach $strays { $outcome[$Stray] | Should -Be "$Id 8 0 A" }
}

Describe 'Clean-up cmdlets' {
    It 'obey -ErrorAction where there is no connection, and with one that there is not: <_>' -ForEach @(
        'Disconnect-Polar', 'Disconnect-Polar nobody', 'Disconnect-Polar -Connection $null', 'Stop-PolarEmulator', 'Stop-PolarEmulator -Connection nobody', 'Stop-PolarEmulator -All'
        'Select-PolarConnection nobody', 'Get-PolarConnection nobody', 'Test-PolarConnection', 'Test-PolarConnection nobody'
        '$id | Remove-PolarBenefit', '$id | Remove-PolarCheckoutLink', '$id | Remove-PolarCustomField', '$id | Remove-PolarCustomer', 'Remove-PolarCustomer -ExternalId x', '$id | Remove-PolarDiscount'
        '$id | Remove-PolarProduct', 'Remove-PolarMember -CustomerId $id -MemberId $id', 'Remove-PolarLicenseKeyActivation -ActivationId $id', '$id | Revoke-PolarSeat', '$id | Stop-PolarSubscription'
    ) {
        $id = '00000000-0000-4000-8000-000000000000'
        Disconnect-Polar -All
        foreach ($action in 'SilentlyContinue', 'Ignore') {
            $with = if ($_ -match '^\$id \||Remove-') { "-Confirm:`$false -ErrorAction $action" } else { "-ErrorAction $action" }
            & ([scriptblock]::Create("param(`$id) $_ $with")) $id | Should -BeNullOrEmpty
            if ($_ -match 'Remove-|Revoke-|Stop-PolarSub') {
                & ([scriptblock]::Create("param(`$id) $_ -Connection nobody $with")) $id | Should -BeNullOrEmpty
            }
        }
    }

    It 'write one error, and say nothing more, where one is asked for quietly: -ErrorVariable' {
        Disconnect-Polar -All
        $ids = 1..3 | ForEach-Object { [guid]::NewGuid().ToString() }
        $ids | Remove-PolarDiscount -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable found
        @($found).Count | Should -Be 1
        $found[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotConnected,*'
    }

    It 'Test-PolarConnection -Quiet answers $false: <Name>' -ForEach @(
        @{ Name = 'no connection'; Act = { Test-PolarConnection -Quiet } }
        @{ Name = 'a name that there is not'; Act = { Test-PolarConnection nobody -Quiet } }
        @{ Name = '$null'; Act = { Test-PolarConnection -Connection $null -Quiet } }
        @{ Name = 'a connection that was disconnected'; Act = { $gone = Connect-Polar -Environment Emulator -PassThru; Disconnect-Polar; Test-PolarConnection $gone -Quiet } }
        @{ Name = 'an emulator that was stopped'; Act = { $null = Start-PolarEmulator; Stop-PolarEmulator; Test-PolarConnection -Quiet } }
        @{ Name = 'nobody there'; Act = { Connect-Polar -AccessToken (ConvertTo-TestToken 'polar_oat_x') -Environment http://127.0.0.1:9 -MaximumRetryCount 0; Test-PolarConnection -Quiet } }
    ) {
        Disconnect-Polar -All
        $answer = @(& $Act)
        $answer | Should -HaveCount 1
        $answer[0] | Should -BeFalse
        $answer[0] | Should -BeOfType bool
    }

    It 'Test-PolarConnection -Quiet answers $false for variables that are wrong' {
        $env:POLAR_ACCESS_TOKEN = "polar_oat_x`ny"
        try { (Invoke-NewSession 'Test-PolarConnection -Quiet').Output | Should -Be @($false) } finally { Remove-Item Env:POLAR_ACCESS_TOKEN }
    }

    It 'Disconnect-Polar says that none is selected where another is left' {
        Disconnect-Polar -All
        Connect-Polar -Environment Emulator -Name one
        Connect-Polar -Environment Emulator -Name two
        Disconnect-Polar two -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*No connection is selected*'
        Disconnect-Polar one -WarningVariable warned
        @($warned).Count | Should -Be 0
    }
}

Describe 'What stays behind' {
    It 'no way leads to the token after Disconnect-Polar: <Name>' -ForEach @(
        @{ Name = 'unused'; Use = '' }
        @{ Name = 'after a request'; Use = '$null = Get-PolarProduct -First 1' }
        @{ Name = 'after a completion'; Use = '$null = [Management.Automation.CommandCompletion]::CompleteInput("Get-PolarProduct -Id H", 22, $null); $null = [Management.Automation.CommandCompletion]::CompleteInput("Get-PolarCustomer -ExternalId c", 31, $null)' }
        @{ Name = 'in a child'; Use = 'Run (New-Session) { $null = Get-PolarProduct -First 1 }' }
    ) {
        $lines = @(Invoke-Fresh -Environment $environment @"
$start
`$flags = [Reflection.BindingFlags]'Instance, NonPublic'
function Watch {
    # What holds the token: the client, and the closure that makes it.
    Enter A
    $Use
    `$connection = Get-PolarConnection Default
    `$clients = [PolarPS.PolarConnection].GetField('_clients', `$flags).GetValue(`$connection)
    [WeakReference]::new(`$clients); [WeakReference]::new([PolarPS.PolarConnection].GetProperty('Http', `$flags).GetValue(`$connection))
    Disconnect-Polar
}
`$watched = @(Watch)
foreach (`$turn in 1..20) { [GC]::Collect(); [GC]::WaitForPendingFinalizers(); if (-not (`$watched.IsAlive -eq `$true)) { break }; Start-Sleep -Milliseconds 50 }
"`$(`$watched.Count) `$(@(`$watched | Where-Object IsAlive).Count)"
"@)
        $lines[-1] | Should -Be '2 0'
    }

    It 'a connection that is held can send nothing' {
        Disconnect-Polar -All
        $held = Connect-Polar -Environment Emulator -PassThru
        Disconnect-Polar
        (Get-TestError { Get-PolarProduct -Connection $held })[0].FullyQualifiedErrorId | Should -BeLike 'PolarConnectionNotFound,*'
        (Get-TestError { Select-PolarConnection $held })[0].FullyQualifiedErrorId | Should -BeLike 'PolarConnectionNotFound,*'
    }
}

Describe 'Completion' {
    BeforeAll {
        Disconnect-Polar -All
        Connect-Polar -Environment Emulator -Name other
        $script:only = (New-PolarProduct -Name 'Foghorn' -Price (New-PolarPrice -Amount 100)).Id
        Connect-Polar -Environment Emulator -Name main
    }

    AfterEach { $global:PSDefaultParameterValues.Remove('*-Polar*:Connection') }

    It 'looks where the command will: <Name>' -ForEach @(
        @{ Name = 'the selected one'; Line = 'Get-PolarProduct -Id Fogh'; Count = 0 }
        @{ Name = '-Connection'; Line = 'Get-PolarProduct -Connection other -Id Fogh'; Count = 1 }
        @{ Name = 'a default'; Default = 'other'; Line = 'Get-PolarProduct -Id Fogh'; Count = 1 }
        @{ Name = 'a default and -Connection'; Default = 'other'; Line = 'Get-PolarProduct -Connection main -Id Fogh'; Count = 0 }
        @{ Name = 'a default that names none'; Default = 'nobody'; Line = 'Get-PolarProduct -Id Har'; Count = 0 }
        @{ Name = 'a name that there is not'; Line = 'Get-PolarProduct -Connection nobody -Id Har'; Count = 0 }
    ) {
        if ($_['Default']) { $global:PSDefaultParameterValues['*-Polar*:Connection'] = $Default }
        # Not from the tools' module, which has defaults of its own.
        @([Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches | Where-Object ResultType -EQ 'ParameterValue' | Where-Object { $_.ToolTip -match ' [0-9a-f-]{36}$' }).Count | Should -Be $Count
    }
}

Describe 'The address of an environment' {
    BeforeEach { Disconnect-Polar -All }

    It 'is refused: <_>' -ForEach @(
        'https://polar.example.com/#fragment', 'https://polar.example.com#x', 'https://polar.example.com/?q', 'https://polar.example.com/?', 'https://polar.example.com/#', 'https://polar.example.com/v1'
        'https://user@polar.example.com', 'https://api.polar.sh@evil.example', 'https://api.polar.sh\@evil.example', 'https:\\polar.example.com', 'http://polar.example.com', 'http://localhost.example.com'
        'ftp://localhost', 'file:///tmp', '/v1', 'polar.example.com', 'https://', 'https://polar example.com', "https://polar.example.com`n", 'https://polar%2Eexample.com', 'Prod', 'Pr\u043Eduction', ' ', 'https://polar.example.com:0'
    ) {
        $address = [regex]::Unescape($_.Replace('\\', '\\\\').Replace('\@', '\\@'))
        if ($_ -eq "https://polar.example.com`n") { $address = "https://polar.exa`nmple.com" }
        $problem = @(Get-TestError { Connect-Polar -AccessToken (ConvertTo-TestToken 'polar_oat_x') -Environment $address })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarBadConnection,*'
        @(Get-PolarConnection).Count | Should -Be 0
    }

    It 'is shown as what it is: <Address>' -ForEach @(
        @{ Address = 'https://api.p\u043Elar.sh'; Label = 'https://api.xn--plar-55d.sh' }
        @{ Address = 'https://\u0430pi.polar.sh'; Label = 'https://xn--pi-6kc.polar.sh' }
        @{ Address = 'https://API.polar.sh'; Label = 'Production' }
        @{ Address = 'https://api.polar.sh:443/'; Label = 'Production' }
        @{ Address = 'https://api.polar.sh.'; Label = 'Production' }
        @{ Address = 'https://sandbox-api.polar.sh'; Label = 'Sandbox' }
        @{ Address = ' https://polar.example.com '; Label = 'https://polar.example.com' }
        @{ Address = 'https://polar.example.com:8443/'; Label = 'https://polar.example.com:8443' }
        @{ Address = 'http://[::1]:5000'; Label = 'http://[::1]:5000' }
        @{ Address = 'http://127.0.0.1:5000/'; Label = 'http://127.0.0.1:5000' }
        @{ Address = ' sandbox '; Label = 'Sandbox' }
    ) {
        $connection = Connect-Polar -AccessToken (ConvertTo-TestToken 'polar_oat_x') -Environment ([regex]::Unescape($Address)) -PassThru
        $connection.Environment | Should -Be $Label
        "$($connection.BaseAddress)" | Should -Match '^[ -~]+$'
        "$connection" | Should -Match '^[ -~]+$'
    }
}
