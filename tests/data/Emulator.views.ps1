# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'emulators'; Script = { Start-PolarEmulator -Name 'A shop to be looked at' -NoConnect -Port 0 } }
    @{
        Name   = 'requests of an emulator'
        Script = {
            $emulator = Set-PolarEmulator -PassThru
            $null = Get-PolarProduct -First 1
            $null = Get-PolarProduct -Query 'something long enough to be cut off at the edge of a narrow window' -First 1
            $emulator.Requests | Select-Object -Last 2
        }
    }
    @{
        Name   = 'faults of an emulator'
        Script = {
            $emulator = Start-PolarEmulator -Name 'Faulty' -NoConnect -Fault @(
                @{ Operation = 'refunds:create'; Status = 503; RetryAfter = 2; Times = 1 }
                @{ Method = 'GET'; Path = '/v1/customers/*/state'; DropAfterRead = $true; TruncateBody = $true; DelayMilliseconds = 20 }
                @{ Status = 500; Probability = 0.1 }
            )
            $emulator.Faults
        }
    }
    @{
        Name   = 'letters of an emulator'
        Script = { (Set-PolarEmulator -Advance 1.00:00:00 -PassThru).Mails | Select-Object -First 1 }
    }
)
