# How to start a PowerShell. For build.ps1, the tests and the benchmarks, on Windows PowerShell too.
Set-StrictMode -Version 3

function Get-PowerShellProgram {
    <#
    .SYNOPSIS
        What starts a PowerShell: the program, and the arguments that come before PowerShell's own.
    .DESCRIPTION
        An installed PowerShell is a program of its own. As a .NET tool that was started by `dotnet tool exec` or `dotnet tool run` it
        is a library, and the program is the `dotnet` that runs it. Do not use the `pwsh` beside that library: it is not
        executable, and looks for its own .NET.
    .PARAMETER Path
        The PowerShell to start: a program, by path or by name on the PATH, or a pwsh.dll. Without it, the one that runs this.
    .OUTPUTS
        An object with Program, a string, and Arguments, an array that may be empty.
    .EXAMPLE
        $shell = Get-PowerShellProgram
        $leading = $shell.Arguments
        & $shell.Program @leading -NoProfile -Command '$PSVersionTable'
    #>
    [CmdletBinding()]
    param([string] $Path)
    $running = (Get-Process -Id $PID).Path
    $name = [IO.Path]::GetFileNameWithoutExtension($running)
    if (-not $Path) {
        $Path =
            if ($name -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }
            elseif ($name -match '^(pwsh|powershell)(-|$)') { $running }
            # An editor's or a service's own host.
            elseif ($PSVersionTable.PSEdition -eq 'Desktop') { Join-Path $PSHOME 'powershell.exe' }
            else { Join-Path $PSHOME 'pwsh' }
    }
    if ([IO.Path]::GetExtension($Path) -eq '.dll') {
        $library = (Resolve-Path -LiteralPath $Path -ErrorAction Stop).ProviderPath
        return [pscustomobject]@{ Program = $(if ($name -eq 'dotnet') { $running } else { 'dotnet' }); Arguments = @($library) }
    }
    $found = Get-Command -Name $Path -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    if (-not $found) { throw "There is no PowerShell at '$Path'." }
    [pscustomobject]@{ Program = $found.Path; Arguments = @() }
}

function Invoke-PowerShellFile {
    <#
    .SYNOPSIS
        Runs a script in a PowerShell of its own, and gives what it writes. $LASTEXITCODE says how it ended.
    .PARAMETER File
        The script.
    .PARAMETER With
        Its parameters, by name: text that is not empty.
    .PARAMETER Path
        The PowerShell, as Get-PowerShellProgram takes it.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $File,
        [Collections.IDictionary] $With = @{},
        [string] $Path
    )
    $shell = Get-PowerShellProgram $Path
    $leading = $shell.Arguments
    # In one word with its name: PowerShell on Linux and macOS hands a program the names of files in the place of a word that is a pattern of
    # some, be it a variable.
    $parameters = @($With.Keys | ForEach-Object { "-${_}:$($With[$_])" })
    & $shell.Program @leading -NoProfile -NonInteractive -File $File @parameters
}

Export-ModuleMember -Function Get-PowerShellProgram, Invoke-PowerShellFile
