# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'connections'; Script = { Get-PolarConnection } }
)
