# The minimum number of tests that a run must execute: tests/floor.txt has the numbers, build.ps1 -Task Test enforces them.
Set-StrictMode -Version 3

function Get-TestShortfall {
    <#
    .SYNOPSIS
        How far a suite is below its minimum, as a text; nothing if it executed enough tests.
    .PARAMETER Path
        The file with the numbers: suite, what is available beside the clone, minimum number of tests.
    .PARAMETER Also
        Further suites of the file whose numbers are added: tests that run only where something is installed.
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
    if ($Executed -lt $least) { "${Suite}: only $Executed tests were executed, but $(Split-Path -Leaf $Path) requires $least (with $With)" }
}

Export-ModuleMember -Function Get-TestShortfall
