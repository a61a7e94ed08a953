# What the Pester files share. Each file imports it in BeforeAll.
Set-StrictMode -Version 3
Import-Module (Join-Path $PSScriptRoot '../tools/PowerShellProgram.psm1')
Import-Module (Join-Path $PSScriptRoot '../tools/ReferenceData.psm1')

function Import-TestModule {
    # The module under test: the installed package that build.ps1 names, or what was built last.
    $manifest = $env:POLARPS_TEST_MODULE
    if (-not $manifest) {
        $manifest = Get-ChildItem (Join-Path $PSScriptRoot '../out/PolarPS/*/PolarPS.psd1') | Select-Object -Last 1 -ExpandProperty FullName
    }
    if (-not $manifest) { throw 'There is no module to test: run ./build.ps1 first.' }
    Import-Module $manifest -Global
}

function Import-TestView {
    # The views of the module under test, which come with the first cmdlet of a session.
    $null = New-PolarAddress -Country NO
}

function Get-TestModulePath { (Get-Module PolarPS).Path | Split-Path | Join-Path -ChildPath 'PolarPS.psd1' }

function ConvertTo-TestToken {
    # A token as Connect-Polar takes it.
    param([Parameter(Mandatory)] [string] $Token)
    $secure = [securestring]::new()
    foreach ($letter in $Token.ToCharArray()) { $secure.AppendChar($letter) }
    $secure
}

function Start-TestHost {
    # A local Polar behind a real socket, with whatever faults a test wants. Stop-TestHost ends it.
    param([string[]] $ArgumentList = @())
    $dll = Join-Path $PSScriptRoot 'PolarPS.Emulator.Host/bin/Release/net10.0/PolarPS.Emulator.Host.dll'
    if (-not (Test-Path $dll)) { throw "The emulator's host is not built: $dll" }
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $quoted = @($dll, '--port', '0', '--wait-stdin') + $ArgumentList | ForEach-Object { '"' + $_.Replace('\', '\\').Replace('"', '\"') + '"' }
    $start.Arguments = $quoted -join ' '
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if (-not $line) { throw 'The emulator host ended before it was ready.' }
    $ready = $line | ConvertFrom-Json
    $ready | Add-Member -NotePropertyName Process -NotePropertyValue $process
    $ready
}

function Stop-TestHost {
    param([Parameter(Mandatory)] $TestHost)
    $TestHost.Process.StandardInput.Close()
    if (-not $TestHost.Process.WaitForExit(5000)) { $TestHost.Process.Kill() }
    $TestHost.Process.Dispose()
}

function Connect-TestHost {
    # Connects to a test host; quick limits unless a test says otherwise.
    param([Parameter(Mandatory)] $TestHost, [string] $Token = $TestHost.accessToken, [hashtable] $With = @{})
    Connect-Polar -AccessToken (ConvertTo-TestToken $Token) -Environment $TestHost.url @With
}

function Get-HostRequest {
    # What the host was asked since the last Clear-HostRequest: Method, Path, Query, Body ...
    param([Parameter(Mandatory)] $TestHost)
    Invoke-RestMethod "$($TestHost.url)/__emulator/requests" | ForEach-Object { $_ }
}

function Clear-HostRequest {
    param([Parameter(Mandatory)] $TestHost)
    $null = Invoke-RestMethod "$($TestHost.url)/__emulator/requests" -Method Delete
}

function Set-HostFault {
    # Replaces the host's faults; each is a hashtable as the host's --fault takes it.
    param([Parameter(Mandatory)] $TestHost, [hashtable[]] $Fault = @())
    $null = Invoke-RestMethod "$($TestHost.url)/__emulator/faults" -Method Delete
    if ($Fault.Count -gt 0) {
        $body = ConvertTo-Json -InputObject @($Fault) -Depth 8
        $null = Invoke-RestMethod "$($TestHost.url)/__emulator/faults" -Method Post -Body $body -ContentType 'application/json'
    }
}

function Get-HostConsent {
    # The code that a user's browser comes back with to an OAuth client, as a SecureString.
    param([Parameter(Mandatory)] $TestHost, [Parameter(Mandatory)] $Client, [string] $Scope = 'openid', [string] $Challenge)
    $query = @("client_id=$($Client.ClientId)", "redirect_uri=$([uri]::EscapeDataString($Client.RedirectUris[0]))", "scope=$([uri]::EscapeDataString($Scope))")
    if ($Challenge) { $query += "code_challenge=$Challenge" }
    ConvertTo-TestToken (Invoke-RestMethod "$($TestHost.url)/__emulator/consent?$($query -join '&')" -Method Post).code
}

function Invoke-Fresh {
    # Runs a script in a new PowerShell of the same kind and returns what it writes, as text. The module is not imported there.
    param([Parameter(Mandatory)] [string] $Script, [hashtable] $Environment = @{})
    $file = Join-Path ([IO.Path]::GetTempPath()) ("polarps-" + [guid]::NewGuid().ToString('N') + '.ps1')
    Set-Content -Path $file -Value $Script -Encoding UTF8
    $before = @{}
    try {
        foreach ($name in $Environment.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $Environment[$name])
        }
        $shell = Get-PowerShellProgram
        $leading = $shell.Arguments
        & $shell.Program @leading -NoProfile -NonInteractive -File $file 2>&1 | ForEach-Object { [string]$_ }
    }
    finally {
        foreach ($name in $before.Keys) {
            # Set to $null, a variable would stay behind, empty.
            if ($null -eq $before[$name]) { Remove-Item "Env:$name" -ErrorAction SilentlyContinue }
            else { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
        }
        Remove-Item $file -ErrorAction SilentlyContinue
    }
}

function Get-ApiDescription {
    # The API's description, in the one form that the tests read: from POLARPS_API_DESCRIPTION, or the shared folder beside the
    # clone. Nothing where there is none; a file that the variable names and that is not there is an error.
    $dll = Join-Path $PSScriptRoot 'PolarPS.OpenApi/bin/Release/net10.0/PolarPS.OpenApi.dll'
    $file = Join-Path ([IO.Path]::GetTempPath()) ("polarps-" + [guid]::NewGuid().ToString('N') + '.json')
    try {
        $said = & dotnet $dll $file 2>&1
        if ($LASTEXITCODE -eq 2) { return }
        if ($LASTEXITCODE -ne 0) { throw "$said" }
        Get-Content $file -Raw -Encoding utf8 | ConvertFrom-Json
    }
    finally { Remove-Item $file -ErrorAction SilentlyContinue }
}

function Get-ApiVersion {
    # The version of the API that the tests expect, from its only place.
    $file = Join-Path $PSScriptRoot 'PolarPS.OpenApi/ApiVersion.cs'
    if ((Get-Content $file -Raw -Encoding utf8) -notmatch 'const string Tested = "([^"]+)";') { throw "No version in $file." }
    $Matches[1]
}

function Invoke-NewSession {
    # Runs a script as a session would that nobody here has started: in a new runspace that inherits no connection. Gives what
    # comes out, what is written as errors, and what ends it.
    param([Parameter(Mandatory)] [string] $Script)
    $shell = [powershell]::Create()
    $flow = [Threading.ExecutionContext]::SuppressFlow()
    try {
        $null = $shell.AddScript("Import-Module '$(Get-TestModulePath)'").AddStatement().AddScript("try { & { $Script } } catch { `$global:ended = `$_ }")
        @{
            Output  = @($shell.Invoke())
            Written = @($shell.Streams.Error)
            Ended   = $shell.Runspace.SessionStateProxy.GetVariable('ended')
        }
    }
    finally {
        # Its connections would outlive it, and be others' in the tests that follow.
        $shell.Commands.Clear()
        $null = $shell.AddScript('Stop-PolarEmulator -All; Disconnect-Polar -All -WarningAction Ignore').Invoke()
        $flow.Undo()
        $shell.Dispose()
    }
}

function Get-Completion {
    # What the tab key would offer at the end of a line.
    param([Parameter(Mandatory)] [string] $Line)
    [Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches
}

function Get-TestError {
    # The error records of a script block, terminating or not, without ending the test.
    param([Parameter(Mandatory)] [scriptblock] $ScriptBlock)
    $found = @()
    try { $null = & $ScriptBlock -ErrorVariable found 2>&1 | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { $found += $_ } } }
    catch { $found += $_ }
    $found
}

function Get-TopicSection {
    # The sections of an about topic as it ships: title, text, blocks of code, and the files that it shows. Code is indented by
    # eight, below an empty line; without that line, it is the text of a term. Below a name that stands alone, it is that file.
    param([Parameter(Mandatory)] [string] $Topic)
    $section = $null
    $target = $null
    $isTerm = $false
    foreach ($line in Get-Content (Join-Path (Split-Path (Get-TestModulePath)) "en-US/$Topic.help.txt")) {
        if ($line -eq '' -and $null -eq $target) { $isTerm = $false; continue }
        if ($line -cmatch '^[A-Z]') {
            if ($section) { $section }
            $section = [pscustomobject]@{ Title = $line; Text = ''; Blocks = [Collections.Generic.List[object]]::new(); Files = [ordered]@{} }
            $target = $null
        }
        elseif ($isTerm -and $line.StartsWith(' ' * 8, [StringComparison]::Ordinal)) { $section.Text += ' ' + $line.Trim() }
        elseif ($line -match '^ {8}(.*)$' -or $line -eq '') {
            $code = if ($line) { $Matches[1] } else { '' }
            if ($null -eq $target) {
                $target = [Collections.Generic.List[string]]::new()
                $section.Blocks.Add($target)
            }
            # Not the empty line between the name of a file and its first line.
            if ($code -or $target.Count) { $target.Add($code) }
        }
        elseif ($line -match '^    ([\w.-]+\.\w+)$') {
            $target = [Collections.Generic.List[string]]::new()
            $section.Files[$Matches[1]] = $target
        }
        else {
            $target = $null
            $isTerm = $true
            $section.Text += ' ' + $line.Trim()
        }
    }
    if ($section) { $section }
}

Export-ModuleMember -Function *
