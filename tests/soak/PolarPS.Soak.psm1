# What the campaigns (*.soak.ps1) share. Each campaign is a script with the parameters ModulePath, Seed and Count that prints one
# line of figures and ends with 0 when nothing was wrong, 1 when something was, 2 when it could not be run.
Set-StrictMode -Version 3

function Start-Soak {
    # Imports the module and chooses the seed. What it returns goes to Complete-Soak.
    param(
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [string] $ModulePath,
        # 0 for a new one, which the line of figures names.
        [int] $Seed,
        [int] $Count
    )
    # Caught nowhere: a campaign that cannot be run is a failed one.
    $global:ErrorActionPreference = 'Stop'
    $global:ProgressPreference = 'SilentlyContinue'
    foreach ($variable in 'POLAR_ACCESS_TOKEN', 'POLAR_ENVIRONMENT', 'POLAR_ORGANIZATION_ID') {
        Remove-Item "Env:$variable" -ErrorAction SilentlyContinue
    }
    Import-Module (Join-Path $PSScriptRoot '../PolarPS.TestTools.psm1') -Global
    Import-Module $ModulePath -Global
    if ($Seed -eq 0) { $Seed = [Random]::new().Next(1, [int]::MaxValue) }
    [pscustomobject]@{
        Name   = $Name
        Module = $ModulePath
        Seed   = $Seed
        Count  = $Count
        Random = [Random]::new($Seed)
        Watch  = [Diagnostics.Stopwatch]::StartNew()
    }
}

function Invoke-SoakWorker {
    # Runs a script in several runspaces at a time, each with the module imported, and returns what all of them wrote. Worker n
    # gets its number, from 0, and the arguments. An error that ends a worker ends the campaign.
    param(
        [Parameter(Mandatory)] $Soak,
        [Parameter(Mandatory)] [int] $Workers,
        [Parameter(Mandatory)] [string] $Script,
        [object[]] $ArgumentList = @(),
        [int] $LimitSeconds = 1200
    )
    $running = @(foreach ($number in 0..($Workers - 1)) {
            $shell = [powershell]::Create()
            $null = $shell.AddCommand('Import-Module').AddParameter('Name', $Soak.Module).Invoke()
            $shell.Commands.Clear()
            $null = $shell.AddScript($Script).AddArgument($number)
            foreach ($argument in $ArgumentList) { $null = $shell.AddArgument($argument) }
            [pscustomobject]@{ Shell = $shell; Handle = $null }
        })
    foreach ($worker in $running) { $worker.Handle = $worker.Shell.BeginInvoke() }
    $deadline = [DateTime]::UtcNow.AddSeconds($LimitSeconds)
    foreach ($worker in $running) {
        $left = $deadline - [DateTime]::UtcNow
        if ($left -le [TimeSpan]::Zero -or -not $worker.Handle.AsyncWaitHandle.WaitOne($left)) {
            throw "A worker was not done after $LimitSeconds s."
        }
        $worker.Shell.EndInvoke($worker.Handle)
        $worker.Shell.Dispose()
    }
}

function Complete-Soak {
    # Prints the line and ends the script. Of the figures in Bad each has to be 0.
    param(
        [Parameter(Mandatory)] $Soak,
        [Parameter(Mandatory)] [Collections.IDictionary] $Figures,
        [Parameter(Mandatory)] [Collections.IDictionary] $Bad,
        # What to look at where there was something; the first ones go to the error stream.
        [string[]] $Detail = @()
    )
    $say = { param($pairs) @($pairs.GetEnumerator() | ForEach-Object { '{0} {1}' -f $_.Value, $_.Key }) -join ', ' }
    $wrong = @($Bad.Values | Where-Object { $_ -ne 0 }).Count -gt 0
    $seconds = $Soak.Watch.Elapsed.TotalSeconds.ToString('F0', [cultureinfo]::InvariantCulture)
    Write-Host ("soak {0}: {1}; {2}; seed {3}, {4} s: {5}" -f $Soak.Name, (& $say $Figures), (& $say $Bad), $Soak.Seed, $seconds, $(if ($wrong) { 'FAILED' } else { 'passed' }))
    foreach ($line in $Detail | Select-Object -First 20) { [Console]::Error.WriteLine('  ' + $line) }
    exit ([int]$wrong)
}

Export-ModuleMember -Function *
