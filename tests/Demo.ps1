# Shows the module at work against a local Polar inside this process: no account, no network. build.ps1 -Task Demo runs it.
param([Parameter(Mandatory)] [string] $ModulePath)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $ModulePath

function Show {
    param([string] $Line)
    Write-Host "`nPS> $Line" -ForegroundColor Cyan
    & ([scriptblock]::Create($Line)) | Out-String -Width 100 | ForEach-Object { $_.Trim("`r", "`n") } | Write-Host
}

Show 'Connect-Polar -Environment Emulator'
Show 'Get-PolarCheckoutLink'
$link = Get-PolarCheckoutLink -First 1
Show "Get-PolarCheckoutLink -Id $($link.Id) | Select-Object -ExpandProperty Products"
Show 'Get-PolarProduct | Where-Object IsRecurring | Format-Table'
Show 'Get-PolarSubscription -Status past_due | Select-Object Customer, Product, Status'
Show 'Get-PolarOrder -First 5'
Show 'Get-PolarOrder | Where-Object RefundableAmount -GT 0 | Select-Object -First 1 | New-PolarRefund -Reason customer_request -WhatIf'
Show "Set-PolarProduct -Id $($link.Products[0].Id) -Price (New-PolarPrice 1900 -Currency usd) -WhatIf -Verbose 4>&1"
Write-Host "`nThe same lines work against your own shop:" -ForegroundColor Cyan
Write-Host "    Import-Module $ModulePath"
Write-Host "    Connect-Polar -AccessToken (Read-Host -AsSecureString)`n"
