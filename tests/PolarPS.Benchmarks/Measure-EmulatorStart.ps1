<#
.SYNOPSIS
What the emulator adds to the first call of a session.

.DESCRIPTION
Each turn is a new process that loads the module, connects, and makes one call; what is told is the time from before
Connect-Polar to after the call. The emulator in the process is compared with the same shop in a process of its own that has
been warmed up: the difference is what it takes to make the emulator ready and to let it answer for the first time, less what
the socket takes. The catalogue is ready at once; the shop's history is told when something asks for it.

.EXAMPLE
pwsh tests/PolarPS.Benchmarks/Measure-EmulatorStart.ps1 -ModulePath out/PolarPS/0.1.0/PolarPS.psd1
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [ValidateRange(1, 1000)] [int] $Repeat = 15
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
Import-Module (Join-Path $PSScriptRoot '../PolarPS.TestTools.psm1')
Import-Module (Join-Path $PSScriptRoot '../../tools/PowerShellProgram.psm1')
$ModulePath = (Resolve-Path -LiteralPath $ModulePath).ProviderPath
$powerShell = Get-PowerShellProgram

$script = @'
Import-Module $env:MEASURE_MODULE
$clock = [Diagnostics.Stopwatch]::StartNew()
if ($env:MEASURE_URL) {
    $token = [securestring]::new()
    $env:MEASURE_TOKEN.ToCharArray() | ForEach-Object { $token.AppendChar($_) }
    $clock.Restart()
    Connect-Polar -Environment $env:MEASURE_URL -AccessToken $token
} else {
    Connect-Polar -Environment Emulator
}
$null = Invoke-PolarRequest -Path $env:MEASURE_PATH
$clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
'@

function Measure-Turn {
    param([string] $Path, $TestHost)
    $start = [Diagnostics.ProcessStartInfo]::new($powerShell.Program)
    $powerShell.Arguments + @('-NoProfile', '-NonInteractive', '-Command', $script) | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardOutput = $true
    foreach ($name in @($start.Environment.Keys) -like 'POLAR*') { $null = $start.Environment.Remove($name) }
    $start.Environment['MEASURE_MODULE'] = $ModulePath
    $start.Environment['MEASURE_PATH'] = $Path
    $start.Environment['MEASURE_URL'] = if ($TestHost) { $TestHost.url } else { '' }
    $start.Environment['MEASURE_TOKEN'] = if ($TestHost) { $TestHost.accessToken } else { '' }
    $process = [Diagnostics.Process]::Start($start)
    $text = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { throw "The turn ended with $($process.ExitCode)." }
    [double]::Parse($text.Trim(), [cultureinfo]::InvariantCulture)
}

function Get-Median {
    param([double[]] $Values)
    $sorted = @($Values | Sort-Object)
    $sorted[[Math]::Floor($sorted.Count / 2)]
}

$testHost = Start-TestHost
try {
    foreach ($path in '/v1/products/?limit=1', '/v1/customers/?limit=1') {
        $null = Measure-Turn $path $testHost
        $inside = [Collections.Generic.List[double]]::new()
        $outside = [Collections.Generic.List[double]]::new()
        foreach ($turn in 1..$Repeat) {
            $inside.Add((Measure-Turn $path))
            $outside.Add((Measure-Turn $path $testHost))
        }
        [pscustomobject]@{
            Call                = $path
            'In process, ms'    = [Math]::Round((Get-Median $inside))
            'Other process, ms' = [Math]::Round((Get-Median $outside))
            'Added, ms'         = [Math]::Round((Get-Median $inside) - (Get-Median $outside))
            'Least, ms'         = [Math]::Round(($inside | Measure-Object -Minimum).Minimum - ($outside | Measure-Object -Minimum).Minimum)
        }
    }
} finally {
    Stop-TestHost $testHost
}
