#Requires -Version 7.4
<#
.SYNOPSIS
    Brings the facts of help pages up to date: address, syntax, and the table of each parameter.
.DESCRIPTION
    A page in docs/PolarPS is written by hand: synopsis, description, examples, a text for each parameter, notes, links. What
    can be read off the cmdlet is put there by this script, which may be run as often as one likes. For a new page write the
    sections with "### -Name" and a text for each parameter only; texts of the parameters that all cmdlets share (Connection,
    WhatIf, Confirm, First, Skip, IncludeTotalCount) may be left out; OUTPUTS may not.

    ./build.ps1 -Task Help updates all pages and then makes the XML that ships.
.EXAMPLE
    pwsh tools/Update-HelpPage.ps1 Get-PolarDiscount, New-PolarDiscount
#>
param(
    # The cmdlets whose pages to update; wildcards are allowed. By default all.
    [string[]] $Cmdlet = '*',

    # The built module.
    [string] $ModulePath = "$PSScriptRoot/../out/PolarPS/0.1.0/PolarPS.psd1",

    [string] $Docs = "$PSScriptRoot/../docs/PolarPS"
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
Import-Module $ModulePath
Import-Module "$PSScriptRoot/PolarPS.Help.psm1"

$repository = (Import-PowerShellDataFile "$PSScriptRoot/../PolarPS.psd1").PrivateData.PSData.ProjectUri.TrimEnd('/')
$common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
$nothing = @{
    Connection = @'
The connection to use: a connection's name, or an object from
Connect-Polar -PassThru or Get-PolarConnection.

By default, the connection that this session has selected is used. A
session that has never chosen one uses the environment variables
POLAR_ACCESS_TOKEN, POLAR_ENVIRONMENT and POLAR_ORGANIZATION_ID. A name
that no connection has, $null, or a connection that was disconnected stops
the cmdlet with the error PolarConnectionNotFound before anything is sent.
'@
    ConnectionPortal = @'
The customer's connection to use: a connection's name, or an object from
Connect-Polar -PassThru or Get-PolarConnection.

By default, the customer's connection that this session has selected is
used: the last one from Connect-Polar with a customer's session. A session
that has never chosen one uses the environment variables, if
POLAR_ACCESS_TOKEN has the token of a customer's session. A connection with
a seller's token is never used; given here, it stops the cmdlet with the
error PolarWrongTokenKind before anything is sent. A name that no
connection has, $null, or a connection that was disconnected stops it with
the error PolarConnectionNotFound.
'@
    ConnectionPublic = @'
The connection that tells in which environment to ask: a connection's name,
or an object from Connect-Polar -PassThru or Get-PolarConnection. Its token
is not sent, so it may be a seller's or a customer's.

By default, the customer's connection that this session has selected is
used, or the seller's. A session without any asks the environment that
POLAR_ENVIRONMENT names, or Production. A name that no connection has,
$null, or a connection that was disconnected stops the cmdlet with the
error PolarConnectionNotFound before anything is sent.
'@
    WhatIf = @'
Shows what would be done, without changing anything. With -Verbose, also
shows the request that would be sent, without secrets.
'@
    ConfirmHigh = @'
Prompts for confirmation before anything is done. This is the default,
because the action cannot be undone; use -Confirm:$false to suppress the
prompt.
'@
    ConfirmMedium = @'
Prompts for confirmation before anything is changed. By default, this
cmdlet prompts only if $ConfirmPreference is Medium or Low.
'@
    First = @'
Returns at most this many objects. Only the pages needed are requested, so
a small number is fast even for a long list. With 0 and
-IncludeTotalCount, only the count is returned.

Lists only; not with -Id.
'@
    Skip = @'
Skips this many objects at the start of the list.

Lists only; not with -Id.
'@
    IncludeTotalCount = @'
Returns the number of matching objects before the objects themselves. It
counts the whole list, regardless of -First and -Skip. It is displayed as
"Total count: 14" and converts to a number.

Lists only; not with -Id.
'@
}

function Get-SyntaxLine {
    # One parameter set, folded at 100 columns.
    param($Command, $Set)
    $own = @($Set.Parameters | Where-Object { $_.Name -notin $common -or $_.Name -in 'WhatIf', 'Confirm' })
    $positional = @($own | Where-Object { $_.Position -ge 0 } | Sort-Object Position)
    $named = @($own | Where-Object { $_.Position -lt 0 })
    $last = 'WhatIf', 'Confirm'
    $order = @($positional) + @($named | Where-Object IsMandatory) + @($named | Where-Object { -not $_.IsMandatory -and $_.Name -notin $last }) + @($named | Where-Object Name -In $last)
    $words = foreach ($parameter in $order) {
        $isSwitch = $parameter.ParameterType -eq [switch]
        $name = if ($parameter.Position -ge 0) { "[-$($parameter.Name)]" } else { "-$($parameter.Name)" }
        $text = if ($isSwitch) { "-$($parameter.Name)" } else { "$name <$(Get-ShortTypeName $parameter.ParameterType.ToString())>" }
        if ($parameter.IsMandatory) { $text } else { "[$text]" }
    }
    $lines = @()
    $line = $Command.Name
    foreach ($word in @($words) + '[<CommonParameters>]') {
        if (($line + ' ' + $word).Length -gt 100) { $lines += $line; $line = '' }
        $line = "$line $word"
    }
    ($lines + $line) -join "`n"
}

function Get-FactBlock {
    # The table of a parameter, as PlatyPS wants it.
    param($Command, [string] $Name, [string] $Default)
    $parameter = $Command.Parameters[$Name]
    $aliases = @($parameter.Aliases)
    $lines = @(
        '```yaml'
        "Type: $($parameter.ParameterType.ToString())"
        "DefaultValue: $(if ($Default) { $Default } else { "''" })"
        "SupportsWildcards: $("$(@($parameter.Attributes | Where-Object { $_ -is [SupportsWildcards] }).Count -gt 0)".ToLowerInvariant())"
    )
    $lines += if ($aliases.Count) { @('Aliases:') + @($aliases | ForEach-Object { "- $_" }) } else { 'Aliases: []' }
    $lines += 'ParameterSets:'
    [string[]]$sets = $parameter.ParameterSets.Keys
    [array]::Sort($sets, [StringComparer]::OrdinalIgnoreCase)
    foreach ($set in $sets) {
        $fact = $parameter.ParameterSets[$set]
        $lines += @(
            "- Name: $(if ($set -eq '__AllParameterSets') { '(All)' } else { $set })"
            "  Position: $(if ($fact.Position -ge 0) { $fact.Position } else { 'Named' })"
            "  IsRequired: $("$($fact.IsMandatory)".ToLowerInvariant())"
            "  ValueFromPipeline: $("$($fact.ValueFromPipeline)".ToLowerInvariant())"
            "  ValueFromPipelineByPropertyName: $("$($fact.ValueFromPipelineByPropertyName)".ToLowerInvariant())"
            "  ValueFromRemainingArguments: $("$($fact.ValueFromRemainingArguments)".ToLowerInvariant())"
        )
    }
    # What a prompt for the parameter says; the same in all parameter sets.
    $message = $parameter.Attributes | Where-Object { $_ -is [Parameter] -and $_.HelpMessage } | Select-Object -First 1 -ExpandProperty HelpMessage
    ($lines + @('DontShow: false', 'AcceptedValues: []', "HelpMessage: '$("$message".Replace("'", "''"))'", '```')) -join "`n"
}

foreach ($command in Get-Command -Name $Cmdlet -Module PolarPS) {
    $file = Join-Path $Docs "$($command.Name).md"
    if (-not (Test-Path $file)) { Write-Warning "There is no page $file."; continue }
    $text = (Get-Content $file -Raw -Encoding utf8) -replace "`r" -replace '(?s)\A---\n.*?\n---\n'
    $sections = @{}
    foreach ($part in [regex]::Split($text, '(?m)^## (?=[A-Z])') | Select-Object -Skip 1) {
        $title, $body = $part -split "`n", 2
        $sections[$title.Trim()] = "$body".Trim("`n")
    }
    foreach ($needed in 'SYNOPSIS', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'RELATED LINKS') {
        if (-not $sections.ContainsKey($needed)) { throw "$($command.Name): the page has no section $needed." }
    }
    $described = @{}
    $defaults = @{}
    foreach ($part in [regex]::Split($sections['PARAMETERS'], '(?m)^### ') | Select-Object -Skip 1) {
        $title, $body = $part -split "`n", 2
        $described[$title.Trim().TrimStart('-')] = ("$body" -split '(?m)^```yaml')[0].Trim("`n")
        # Defaults cannot be read from a cmdlet; the page's text is kept.
        if ("$body" -match '(?m)^DefaultValue: (.+)$') { $defaults[$title.Trim().TrimStart('-')] = $Matches[1] }
    }
    $impact = $command.ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)[0].ConfirmImpact
    $sides = @($command.ImplementingType.GetInterfaces() | ForEach-Object Name)
    $side = if ($sides -contains 'IPublicCmdlet') { 'Public' } elseif ($sides -contains 'IPortalCmdlet') { 'Portal' }
    [string[]]$names = $command.Parameters.Keys | Where-Object { $_ -notin $common -or $_ -in 'WhatIf', 'Confirm' }
    # The same order in every culture.
    [array]::Sort($names, [StringComparer]::OrdinalIgnoreCase)
    foreach ($unknown in $described.Keys | Where-Object { $_ -notin $names -and $_ -ne 'CommonParameters' }) { throw "$($command.Name) has no parameter -$unknown." }

    $sets = @($command.ParameterSets | Sort-Object { -not $_.IsDefault } )
    $syntax = foreach ($set in $sets) {
        $title = if ($set.IsDefault -and $set.Name -ne '__AllParameterSets') { "$($set.Name) (Default)" } else { $set.Name }
        "### $title`n`n``````" + "`n$(Get-SyntaxLine $command $set)`n``````"
    }
    $parameters = @(foreach ($name in $names) {
            $prose = if ($described[$name]) { $described[$name] }
            elseif ($name -eq 'Confirm') { $nothing["Confirm$impact"] }
            elseif ($name -eq 'Connection' -and $side) { $nothing["Connection$side"] }
            elseif ($nothing.ContainsKey($name)) { $nothing[$name] }
            else { throw "$($command.Name): -$name is not described." }
            "### -$name`n`n$(($prose -replace "`r").Trim())`n`n$(Get-FactBlock $command $name $defaults[$name])`n"
        })
    $outputs = if ($sections['OUTPUTS']) { $sections['OUTPUTS'] } else { throw "$($command.Name): the page has no section OUTPUTS." }
    $page = @"
---
document type: cmdlet
external help file: PolarPS.dll-Help.xml
HelpUri: $repository/blob/main/docs/PolarPS/$($command.Name).md
Locale: en-US
Module Name: PolarPS
ms.date: $(if ($text -and (Get-Content $file -Raw) -match '(?m)^ms\.date: (\S+)') { $Matches[1] } else { [datetime]::UtcNow.ToString('MM/dd/yyyy', [cultureinfo]::InvariantCulture) })
PlatyPS schema version: 2024-05-01
title: $($command.Name)
---

# $($command.Name)

## SYNOPSIS

$($sections['SYNOPSIS'])

## SYNTAX

$($syntax -join "`n`n")

## ALIASES

This cmdlet has no aliases.


## DESCRIPTION

$($sections['DESCRIPTION'])

## EXAMPLES

$($sections['EXAMPLES'])

## PARAMETERS

$($parameters -join "`n")
### CommonParameters

This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,
-InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,
-ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see
[about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).

## INPUTS

$(if ($sections['INPUTS']) { $sections['INPUTS'] } else { "### System.Object`n`nNone. You cannot pipe objects to this cmdlet." })

## OUTPUTS

$outputs

## NOTES

$($sections['NOTES'])

## RELATED LINKS

$($sections['RELATED LINKS'])
"@ -replace "`r"
    [IO.File]::WriteAllText((Resolve-Path $file), $page.TrimEnd("`n") + "`n", [Text.UTF8Encoding]::new($false))
    Write-Host "$($command.Name): $($names.Count) parameters"
}
