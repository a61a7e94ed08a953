# Runs commands in a PowerShell of its own and writes down everything that anyone could see of them: all streams, the
# console, a transcript, $Error in every form, the objects in every form. Secrets.Tests.ps1 looks through that afterwards.
# It is told by environment variables what to do, so that nothing secret is in a script's text or on a command line.
$ErrorActionPreference = 'Continue'
$ProgressPreference = 'SilentlyContinue'
$ConfirmPreference = 'None'
if (Test-Path Variable:PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
$task = Get-Content -Raw $env:PROBE_TASK | ConvertFrom-Json
Remove-Item $env:PROBE_TASK
$folder = $env:PROBE_FOLDER
$url = $task.url
$other = $task.other
$closed = $task.closed
$known = $task.known
$token = $task.token
$hidden = $task.hidden

function ConvertTo-Secret {
    param([string] $Text)
    $secure = [securestring]::new()
    foreach ($letter in $Text.ToCharArray()) { $secure.AppendChar($letter) }
    $secure
}

function Connect-Probe {
    # As a user with the token in hand; -Verbose and all.
    param([string] $With = $token.full, [string] $To = $url, [hashtable] $And = @{})
    Connect-Polar -AccessToken (ConvertTo-Secret $With) -Environment $To @And
}

function Add-Form {
    # One more form of something, under a heading that says which.
    param([Collections.Generic.List[string]] $Text, [string] $Form, [scriptblock] $Make)
    $made = try { & $Make | Out-String -Width 10000 } catch { "($Form cannot be made: $($_.Exception.GetType().Name))" }
    $Text.Add("### $Form`n$made")
}

function Get-ObjectForms {
    param([Collections.Generic.List[string]] $Text, $Value)
    Add-Form $Text 'ToString' { $Value.ToString() }
    Add-Form $Text 'interpolated' { "$Value" }
    Add-Form $Text 'default view' { $Value }
    Add-Form $Text 'Format-List * -Force' { $Value | Format-List * -Force }
    Add-Form $Text 'Format-Table * -Force' { $Value | Format-Table * -Force }
    Add-Form $Text 'Format-Custom' { $Value | Format-Custom -Property * -Depth 4 -Force }
    Add-Form $Text 'Select-Object *' { $Value | Select-Object -Property * }
    Add-Form $Text 'ConvertTo-Json' { ConvertTo-Json -InputObject $Value -Depth 4 -WarningAction Ignore }
    Add-Form $Text 'ConvertTo-Csv' { $Value | ConvertTo-Csv }
    Add-Form $Text 'Export-Clixml' { [Management.Automation.PSSerializer]::Serialize($Value, 4) }
    Add-Form $Text 'Get-Member' { foreach ($member in $Value | Get-Member -Force -MemberType Properties) { "$($member.Definition) = $($Value.($member.Name))" } }
}

function Get-ErrorForms {
    param([Collections.Generic.List[string]] $Text, $Record)
    Add-Form $Text 'error: default view' { $Record }
    Add-Form $Text 'error: ToString' { $Record.ToString() }
    Add-Form $Text 'error: Format-List * -Force' { $Record | Format-List * -Force }
    Add-Form $Text 'error: CategoryInfo' { $Record.CategoryInfo.ToString(); $Record.CategoryInfo.GetMessage(); $Record.CategoryInfo | Format-List * -Force }
    Add-Form $Text 'error: ErrorDetails' { $Record.ErrorDetails | Format-List * -Force }
    Add-Form $Text 'error: TargetObject' { $Record.TargetObject | Format-List * -Force; "$($Record.TargetObject)" }
    Add-Form $Text 'error: InvocationInfo' { $Record.InvocationInfo | Format-List * -Force; $Record.InvocationInfo.BoundParameters; $Record.InvocationInfo.UnboundArguments }
    Add-Form $Text 'error: ScriptStackTrace' { $Record.ScriptStackTrace }
    Add-Form $Text 'error: Select-Object *' { $Record | Select-Object -Property * }
    if (Get-Command Get-Error -ErrorAction Ignore) { Add-Form $Text 'error: Get-Error' { $Record | Get-Error } }
    Add-Form $Text 'error: ConvertTo-Json' { ConvertTo-Json -InputObject $Record -Depth 2 -WarningAction Ignore }
    Add-Form $Text 'error: Export-Clixml' { [Management.Automation.PSSerializer]::Serialize($Record, 3) }
    for ($exception = $Record.Exception; $exception; $exception = $exception.InnerException) {
        $one = $exception
        Add-Form $Text "exception $($one.GetType().Name): ToString" { $one.ToString() }
        Add-Form $Text "exception $($one.GetType().Name): Format-List * -Force" { $one | Format-List * -Force }
        Add-Form $Text "exception $($one.GetType().Name): Data" { foreach ($key in $one.Data.Keys) { "$key = $($one.Data[$key])" } }
    }
}

function Reset-Session {
    # As a session that has never chosen a connection, so that the environment variables serve it.
    Disconnect-Polar -All
    $session = [PolarPS.PolarConnection].Assembly.GetType('PolarPS.Session')
    $known = $session.GetField('Known', 'Static, NonPublic').GetValue($null)
    $null = $known.Remove([runspace]::DefaultRunspace.Events)
    $session.GetField('Flow', 'Static, NonPublic').GetValue($null).Value = $null
}

Import-Module $task.module
Start-Transcript -Path (Join-Path $folder 'transcript.txt') | Out-Null
$number = 0
foreach ($command in $task.commands) {
    $number++
    Reset-Session
    Remove-Item Env:POLAR_ACCESS_TOKEN, Env:POLAR_ENVIRONMENT, Env:POLAR_ORGANIZATION_ID -ErrorAction Ignore
    $block = [scriptblock]::Create($command.script)
    $before = if ($command.before) { [scriptblock]::Create($command.before) } else { { Connect-Probe } }
    $text = [Collections.Generic.List[string]]::new()
    $text.Add("# $($command.name)")

    "#### $($command.name) ####" | Out-Host

    # Once with everything caught ...
    . $before
    $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = 'Continue'
    $Error.Clear()
    $results = [Collections.Generic.List[object]]::new()
    try { . $block *>&1 | ForEach-Object { $results.Add($_) } } catch { $results.Add($_) }
    $errors = @($Error)
    $VerbosePreference = $DebugPreference = 'SilentlyContinue'
    foreach ($result in $results) {
        if ($null -eq $result) { continue }
        $kind = $result.GetType().Name
        if ($kind -like '*Record' -or $kind -like '*Exception') { Add-Form $text "stream: $kind" { $result } }
        else { Get-ObjectForms $text $result }
        if ($result -is [Management.Automation.InformationalRecord]) { Add-Form $text "stream: $kind, all of it" { $result | Format-List * -Force } }
    }
    foreach ($record in $errors) {
        if ($record -isnot [Management.Automation.ErrorRecord]) {
            if ($record.PSObject.Properties['ErrorRecord']) { Get-ObjectForms $text $record; $record = $record.ErrorRecord } else { Get-ObjectForms $text $record; continue }
        }
        Get-ErrorForms $text $record
    }
    foreach ($connection in Get-PolarConnection -ErrorAction Ignore) { Get-ObjectForms $text $connection }
    Set-Content -Path (Join-Path $folder "$number.txt") -Value ($text -join "`n") -Encoding UTF8

    # ... and once as it looks at the console, which the transcript sees too.
    if ($command.before -like 'Set-Item Env:*') { Reset-Session }
    $VerbosePreference = $DebugPreference = 'Continue'
    try { . $block | Out-Host } catch { $_ | Out-Host; $_ | Format-List * -Force | Out-Host }
    $VerbosePreference = $DebugPreference = 'SilentlyContinue'
}
Stop-Transcript | Out-Null
