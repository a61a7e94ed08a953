# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'files'; Script = { Get-PolarFile } }
    @{
        Name   = 'a file with everything'
        Script = {
            $path = Join-Path $TestDrive 'a very long name of a file that nobody can read at a glance.zip'
            Set-Content $path ('x' * 1000)
            Send-PolarFile $path -Version 2 | Set-PolarFile -Version 3
        }
    }
)
