#Requires -Version 7.4
<#
.SYNOPSIS
    Downloads Polar's description of its API, in the version that tests/PolarPS.OpenApi/amendments.json pins, and writes its path.
.DESCRIPTION
    The description is Polar's and not part of this repository. With POLARPS_API_DESCRIPTION set to the path, the tests compare client
    and cmdlets with it. A file with a different hash is rejected, even one that was downloaded earlier.
.EXAMPLE
    $env:POLARPS_API_DESCRIPTION = ./tools/Get-ApiDescription.ps1
#>
[CmdletBinding()]
[OutputType([string])]
param([string] $Path)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$pinned = (Get-Content "$PSScriptRoot/../tests/PolarPS.OpenApi/amendments.json" -Raw | ConvertFrom-Json).pinned
if (-not $Path) { $Path = Join-Path $PSScriptRoot "../out/api/$(Split-Path $pinned.path -Leaf)" }
$full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
if (-not (Test-Path $full)) {
    $null = New-Item -ItemType Directory -Force (Split-Path $full)
    $address = "https://raw.githubusercontent.com/$($pinned.repository)/$($pinned.commit)/$($pinned.path)"
    Invoke-WebRequest $address -OutFile $full -MaximumRetryCount 3 -RetryIntervalSec 5
}
$hash = (Get-FileHash $full -Algorithm SHA256).Hash.ToLowerInvariant()
if ($hash -ne $pinned.sha256) {
    Remove-Item $full
    throw "The description of $($pinned.commit) has the hash $hash, not the expected $($pinned.sha256)."
}
$full
