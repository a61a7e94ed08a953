#Requires -Version 7.4
<#
.SYNOPSIS
    Makes the module's format and types files from Views.txt and the classes of the built module.
#>
param([Parameter(Mandatory)] [string] $ModuleFolder)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
Import-Module "$PSScriptRoot/PolarPS.Views.psm1"
foreach ($name in 'PolarPS.Client', 'PolarPS.Shell', 'PolarPS') { $null = [Reflection.Assembly]::LoadFrom((Join-Path $ModuleFolder "$name.dll")) }
Export-View "$PSScriptRoot/../src/PolarPS.Shell/Views/Views.txt" $ModuleFolder { param($Type) ($Type -as [type]).GetProperties() }
