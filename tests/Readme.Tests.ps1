# The README is true: its examples run and print what stands below them, its table has every cmdlet once, in its area, with the scopes
# that the emulator asks for, and its error ids exist.
#
# After an intended change of a view, POLARPS_ACCEPT_README=1 writes what the examples print now into the README.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $readme = (Get-Content "$PSScriptRoot/../README.md" -Raw -Encoding utf8) -replace "`r"
    # A text in a block of its own, below an example, is its output.
    $examples = foreach ($block in [regex]::Matches($readme, '(?ms)^```powershell\n(?<code>.*?)\n```\n(?:\n```text\n(?<output>.*?)\n```\n)?')) {
        $code = $block.Groups['code'].Value
        @{
            Title  = $code.Split("`n")[0]
            Code   = $code
            Output = if ($block.Groups['output'].Success) { $block.Groups['output'].Value }
            # It needs a person, a vault or an account.
            IsRun  = $code -notmatch 'Read-Host|Get-Secret|POLAR_ACCESS_TOKEN'
        }
    }
    # An area stands in the first of its rows.
    $area = ''
    $rows = foreach ($row in [regex]::Matches($readme, '(?m)^\| (?<area>\w*) ?\| (?<objects>[\w ]+) \| (?<cmdlets>`Polar\w* ?`.*?) \| ?(?<read>.*?) ?\| ?(?<change>.*?) ?\|$')) {
        if ($row.Groups['area'].Value) { $area = $row.Groups['area'].Value }
        @{
            Area    = $area
            Objects = $row.Groups['objects'].Value
            Cmdlets = @(foreach ($noun in [regex]::Matches($row.Groups['cmdlets'].Value, '`(Polar\w*)` \(([\w, ]+)\)')) {
                    $noun.Groups[2].Value -split ', ' | ForEach-Object { "$_-$($noun.Groups[1].Value)" }
                })
            Scopes  = @([regex]::Matches("$($row.Groups['read'].Value) $($row.Groups['change'].Value)", '`([\w:]+)`') | ForEach-Object { $_.Groups[1].Value })
            Read    = @([regex]::Matches($row.Groups['read'].Value, '`([\w:]+)`') | ForEach-Object { $_.Groups[1].Value })
            Change  = @([regex]::Matches($row.Groups['change'].Value, '`([\w:]+)`') | ForEach-Object { $_.Groups[1].Value })
        }
    }
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../PolarPS.psd1").CmdletsToExport
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:readmePath = (Resolve-Path "$PSScriptRoot/../README.md").Path
    $script:readme = (Get-Content $readmePath -Raw -Encoding utf8) -replace "`r"

    # What each operation asks of a token, as the emulator has it: any one of the scopes is enough.
    $script:operations = @{}
    $null = Start-PolarEmulator -Name readme
    $member = {
        param($Of, $Name)
        $flags = [Reflection.BindingFlags]'Instance, Public, NonPublic'
        $field = $Of.GetType().GetField($Name, $flags)
        if ($field) { $field.GetValue($Of) } else { $Of.GetType().GetProperty($Name, $flags).GetValue($Of) }
    }
    $node = [PolarPS.Emulator.PolarEmulator]::new()
    foreach ($name in '_shop', 'Pipeline', 'Table') { $node = & $member $node $name }
    foreach ($operation in & $member $node 'Operations') { $operations[(& $member $operation 'Id')] = @(& $member $operation 'Scopes') }
    $script:scopes = @([PolarPS.Emulator.EmulatorScopes]::All)
    Stop-PolarEmulator -Emulator readme

    # Which area a group of operations belongs to, in the order of the areas.
    $script:areaOf = [ordered]@{}
    Import-Csv "$PSScriptRoot/data/Areas.tsv" -Delimiter "`t" | ForEach-Object { $areaOf[$_.tag] = $_.area }

    function Get-PageFact {
        # The operations and the scopes that the description of a cmdlet names.
        param([string] $Cmdlet)
        $page = (Get-Content "$PSScriptRoot/../docs/PolarPS/$Cmdlet.md" -Raw -Encoding utf8) -replace "`r"
        $words = @([regex]::Matches(($page -split '(?m)^## ' -match '^DESCRIPTION')[0], '\b[\w-]+(:[\w-]+)+') | ForEach-Object Value | Sort-Object -Unique)
        # The scopes of OAuth that are mere words count where the page says that the token needs them.
        $words += @([regex]::Matches($page, '(?s)\bneeds the\s+scope\s+(openid)\b') | ForEach-Object { $_.Groups[1].Value })
        @{ Operations = @($words | Where-Object { $operations.ContainsKey($_) }); Scopes = @($words | Where-Object { $_ -in $scopes }) }
    }
}

Describe 'The examples of the README' {
    BeforeAll {
        # One after the other in one session, as a reader would type them: statement by statement, at 80 columns.
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'readme')
        $list = Join-Path $folder 'examples.json'
        ConvertTo-Json -InputObject @([regex]::Matches($readme, '(?ms)^```powershell\n(.*?)\n```') | ForEach-Object { $_.Groups[1].Value } |
                Where-Object { $_ -notmatch 'Read-Host|Get-Secret|POLAR_ACCESS_TOKEN' }) | Set-Content $list -Encoding utf8
        $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); LIST = $list; POLAR_ACCESS_TOKEN = '' } -Script @'
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Questions are answered with yes.
$ConfirmPreference = 'None'
[Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)
if ($PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
Import-Module $env:MODULE
Set-Location (Split-Path $env:LIST)
foreach ($code in Get-Content $env:LIST -Raw -Encoding utf8 | ConvertFrom-Json | ForEach-Object { $_ }) {
    "BEGIN $($code.Split("`n")[0])"
    try {
        foreach ($statement in [Management.Automation.Language.Parser]::ParseInput($code, [ref]$null, [ref]$null).EndBlock.Statements) {
            . ([scriptblock]::Create($statement.Extent.Text)) | Out-String -Width 80 | ForEach-Object { $_.Trim("`r", "`n") }
        }
    }
    catch { "FAILED $($_.FullyQualifiedErrorId): $_" }
}
'@
        $script:printed = @{}
        $title = $null
        foreach ($line in $lines | ForEach-Object { $_ -split '\r?\n' }) {
            if ($line -like 'BEGIN *') { $title = $line.Substring(6); $printed[$title] = @() }
            elseif ($title) { $printed[$title] += $line.TrimEnd() }
        }
    }

    It 'run: <Title>' -ForEach ($examples | Where-Object IsRun) {
        $printed.Keys | Should -Contain $Title
        $printed[$Title] -match '^FAILED' | Should -BeNullOrEmpty
    }

    It 'print what stands below: <Title>' -ForEach ($examples | Where-Object Output) {
        if ($PSVersionTable.PSEdition -ne 'Core') { Set-ItResult -Skipped -Because 'Windows PowerShell cuts texts with three dots'; return }
        $now = ($printed[$Title] -join "`n").Trim("`n")
        if ($env:POLARPS_ACCEPT_README -and $now -cne $Output) {
            [IO.File]::WriteAllText($readmePath, [IO.File]::ReadAllText($readmePath).Replace("``````text`n$Output`n``````", "``````text`n$now`n``````"))
        }
        else { $now | Should -BeExactly $Output -Because 'POLARPS_ACCEPT_README=1 accepts an intended change' }
    }

    It 'show an output' -ForEach @{ Examples = $examples } {
        @($Examples | Where-Object Output).Count | Should -BeGreaterOrEqual 1
        # A short first hour, and nothing that a console would fold.
        $hour = @($Examples | Where-Object Code -Match 'about_PolarPS_Recipes')
        $hour[0].Code.Split("`n").Count | Should -Be 10
        $Examples.Output | Where-Object { $_ } | ForEach-Object { $_ -split "`n" } | Where-Object { $_.Length -gt 80 -and $_ -notlike 'What if: *' } | Should -BeNullOrEmpty
    }
}

Describe 'The cmdlets of the README' {
    It 'are all there, each in one row' -ForEach @{ Rows = $rows; Cmdlets = $cmdlets } {
        $Rows.Count | Should -BeGreaterThan 15
        $named = $Rows.Cmdlets
        ($named | Group-Object | Where-Object Count -GT 1).Name | Should -BeNullOrEmpty -Because 'a cmdlet belongs to one area'
        $named | Where-Object { $_ -notin $Cmdlets } | Should -BeNullOrEmpty -Because 'these are not exported'
        $Cmdlets | Where-Object { $_ -notin $named } | Should -BeNullOrEmpty -Because 'the table in README.md needs a place for these'
    }

    It 'are in the areas of tests/data/Areas.tsv, and in their order' -ForEach @{ Rows = $rows } {
        $known = @($areaOf.Values | Select-Object -Unique) + 'Batches', 'Connections', 'Emulator'
        $named = @($Rows.Area | Get-Unique)
        $named | Should -Be @($known | Where-Object { $_ -in $named })
    }

    It 'are where their operations belong: <Objects>' -ForEach ($rows | Where-Object Area -NotIn 'Batches', 'Connections', 'Emulator') {
        foreach ($cmdlet in $Cmdlets) {
            # An address is made without Polar; its page names where it goes.
            if ($cmdlet -eq 'New-PolarAddress') { continue }
            foreach ($operation in (Get-PageFact $cmdlet).Operations) { $areaOf[$operation -replace ':\w+$'] | Should -Be $Area -Because "$cmdlet is for $operation" }
        }
    }

    It 'have the scopes that their pages name: <Objects>' -ForEach $rows {
        $named = @($Cmdlets | ForEach-Object { (Get-PageFact $_).Scopes } | Sort-Object -Unique)
        $Scopes | Sort-Object | Should -Be $named
        $Read | Where-Object { $_ -notlike '*:read' -and $_ -ne 'openid' } | Should -BeNullOrEmpty
        $Change | Where-Object { $_ -notlike '*:write' -and $_ -notin @('orders:read') } | Should -BeNullOrEmpty
    }

    It 'read with a scope that writes, but not where it says otherwise' -ForEach @{ Rows = $rows } {
        $readme | Should -Match ([regex]::Escape('A scope that writes also reads, except for orders, seats and dashboards.'))
        $others = foreach ($row in $Rows | Where-Object { $_.Read -and $_.Change }) {
            $named = @($row.Cmdlets | ForEach-Object { (Get-PageFact $_).Operations } | Where-Object { $operations[$_] -contains $row.Read[0] })
            if ($named | Where-Object { $operations[$_] -notcontains $row.Change[0] }) { $row.Objects }
        }
        $others | Sort-Object | Should -Be 'dashboards', 'orders', 'seats'
    }
}

Describe 'The scopes on the page of <_>' -ForEach $cmdlets {
    It 'are those that its operations ask for' {
        $facts = Get-PageFact $_
        # An address is made without Polar; its page names where it goes.
        if ($_ -eq 'New-PolarAddress') { $facts.Scopes | Should -BeNullOrEmpty; return }
        # Read with an operation that the page does not name.
        $also = @{ 'Complete-PolarOrder' = 'orders:get'; 'New-PolarRefund' = 'orders:get' }[$_]
        foreach ($operation in $facts.Operations) {
            if ($operations[$operation]) {
                $operations[$operation] | Where-Object { $_ -in $facts.Scopes } | Should -Not -BeNullOrEmpty -Because "$operation needs one of $($operations[$operation])"
            }
        }
        $asked = @($facts.Operations) + $also | Where-Object { $_ } | ForEach-Object { $operations[$_] }
        $facts.Scopes | Where-Object { $_ -notin $asked } | Should -BeNullOrEmpty -Because 'no operation on the page asks for these'
    }
}

Describe 'The scopes of the emulator' {
    It 'are those of Polar' {
        $table = Get-ReferencePath 'operations.tsv'
        if (-not (Test-Path $table)) { Set-ItResult -Skipped -Because 'the table of operations is no part of the project'; return }
        $rows = @(Import-Csv $table -Delimiter "`t")
        $rows.Count | Should -Be $operations.Count
        # Who signs in asks for openid; no access token of an organization has it, and the table has theirs.
        foreach ($row in $rows | Where-Object operationId -NE 'oauth2:userinfo') {
            "$($row.operationId): $(@($operations[$row.operationId]) | Sort-Object)" | Should -Be "$($row.operationId): $(-split $row.scopes | Sort-Object)"
        }
    }
}

Describe 'The error ids of the README' {
    It 'exist, and are explained in about_PolarPS' {
        $named = @([regex]::Matches(($readme -split '(?m)^## ' -match '^Troubleshooting')[0], '`(Polar[A-Z]\w+)`') | ForEach-Object { $_.Groups[1].Value })
        $named.Count | Should -BeGreaterThan 15
        $explained = @(Get-Content (Join-Path (Split-Path (Get-TestModulePath)) 'en-US/about_PolarPS.help.txt') | ForEach-Object Trim)
        $named | Where-Object { $_ -notin $explained } | Should -BeNullOrEmpty
    }
}

Describe 'The links of the README' {
    It 'lead to files that are there' {
        $files = @([regex]::Matches($readme, '\]\(((?!https?:)[^)#]+)') | ForEach-Object { $_.Groups[1].Value })
        $files.Count | Should -BeGreaterThan 5
        $files | Where-Object { -not (Test-Path (Join-Path (Split-Path $readmePath) $_)) } | Should -BeNullOrEmpty
    }
}
