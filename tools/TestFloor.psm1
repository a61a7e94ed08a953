# The least number of tests that a run has to execute: tests/floor.txt says it, build.ps1 -Task Test holds its runs to it.
Set-StrictMode -Version 3

function Get-TestShortfall {
    <#
    .SYNOPSIS
        What a suite executed less than it has to, as a text; nothing when it executed enough.
    .PARAMETER Path
        The file with the numbers: suite, what lies beside the clone, least number of tests.
    .PARAMETER Also
        Further suites of the file whose numbers are added: what runs only where something is installed.
    .PARAMETER Executed
        How many tests passed or failed. Skipped tests were not executed.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Suite,
        [Parameter(Mandatory)] [string] $With,
        [Parameter(Mandatory)] [int] $Executed,
        [string[]] $Also = @()
    )
    $least = 0
    # An empty -Also arrives as one $null where the caller's expression gave nothing.
    foreach ($wanted in @($Suite) + $Also | Where-Object { $_ }) {
        $found = Get-Content -LiteralPath $Path -ErrorAction Stop | ForEach-Object {
            $name, $condition, $number = -split $_
            if ($name -eq $wanted -and $condition -eq $With) { [int]$number }
        }
        if (-not $found) { throw "$Path has no number for $wanted with $With." }
        $least += $found
    }
    if ($Executed -lt $least) { "${Suite}: only $Executed tests were executed, and $(Split-Path -Leaf $Path) asks for $least (with $With)" }
}

Export-ModuleMember -Function Get-TestShortfall
