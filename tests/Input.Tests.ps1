# What a user types never silently becomes something else: numbers, dates, rows and empty variables, for every cmdlet there is.
# Long because every way in which a value can be mistyped is a case here.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $cultures = 'en-US', 'de-DE', 'tr-TR', 'th-TH', 'ar-SA', 'fa-IR'
    $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
    # PowerShell's own: First and Skip are read by its paging support, before the module sees them.
    $foreign = $common + 'First', 'Skip', 'IncludeTotalCount', 'Connection'
    $parameters = @(foreach ($command in Get-Command -Module PolarPS) {
            foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $foreign) {
                $type = $parameter.ParameterType
                if ($type.IsArray) { $type = $type.GetElementType() }
                $plain = [Nullable]::GetUnderlyingType($type)
                if (-not $plain) { $plain = $type }
                @{ Name = "$($command.Name) -$($parameter.Name)"; Parameter = $parameter; Type = $plain; Command = $command }
            }
        })
    $readers = @{
        [int] = 'WholeNumberAttribute'; [long] = 'MinorUnitsAttribute'; [decimal] = 'DecimalNumberAttribute'
        [datetimeoffset] = 'InstantAttribute'; [datetime] = 'DayAttribute'
    }
    $numbers = @($parameters | Where-Object { $_.Type -in [int], [long], [decimal] } | ForEach-Object { $_ + @{ Reader = $readers[$_.Type] } })
    $dates = @($parameters | Where-Object { $_.Type -in [datetimeoffset], [datetime] } | ForEach-Object { $_ + @{ Reader = $readers[$_.Type] } })
    $otherNumbers = @($parameters | Where-Object { $_.Type -in [double], [float], [short], [byte], [uint32], [uint64], [sbyte], [uint16], [bigint] })
    $dictionaries = @($parameters | Where-Object { [Collections.IDictionary].IsAssignableFrom($_.Type) })
    $bound = @($parameters | Where-Object { $_.Parameter.Attributes | Where-Object { $_ -is [Parameter] -and $_.ValueFromPipelineByPropertyName } })
    $filters = @($parameters | Where-Object {
            $_.Command.Verb -in 'Get', 'Export' -and $_.Command.Noun -notin 'PolarConnection', 'PolarEmulator' -and $_.Type -ne [switch] -and
            $_.Parameter.Name -notin 'Path', 'InputObject', 'TimeoutSeconds', 'InvitationToken'
        })
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:emulator = Start-PolarEmulator -Name input -StartTime '2026-11-29T12:00:00Z' -FreezeClock
    $script:start = [Threading.Thread]::CurrentThread.CurrentCulture

    function Get-Sent { @($emulator.Requests | Where-Object Method -NE 'GET') }
    function Get-LastBody { (Get-Sent)[-1].Body }
    function Clear-Sent { $emulator | Set-PolarEmulator -ClearRequest -Confirm:$false }

    function Use-Culture {
        # Runs something as on a computer that is set up for another country.
        param([string] $Name, [scriptblock] $ScriptBlock)
        [Threading.Thread]::CurrentThread.CurrentCulture = [cultureinfo]$Name
        try { & $ScriptBlock } finally { [Threading.Thread]::CurrentThread.CurrentCulture = $start }
    }

    function Get-Reader {
        # The module's own transformation of a parameter.
        param($Parameter, [string] $Reader)
        @($Parameter.Attributes | Where-Object { $_.GetType().Name -eq $Reader })
    }

    function Get-Reading {
        # What a transformation makes of a value: the value, or 'refused'.
        param($Reader, $Value)
        try {
            $read = $Reader.Transform($null, $Value)
            if ($null -ne $read -and $read.GetType().Name -like 'Unread*') { 'refused' } else { , $read }
        }
        catch { 'refused' }
    }

    $nbsp = [string][char]0xA0
    # Text, and other values, that are no whole number without doubt.
    $script:noNumbers = '2,5', '1.000', '1.000.000', '1,000', "1'000", '1 000', "1$($nbsp)000", '1_000', '1e3', '1E3', '0x10', '1kb', '+5', '5-', '--5', '(5)',
        '5 %', '$5', '5d', '5L', 'five', 'NaN', 'Infinity', '', '   ', $nbsp, [string][char]0x0665, [string][char]0xFF15, [string][char]0x096B, '5,0', '5;0', '5.0.0', '-', '.', '1/2',
        $true, @{ a = 5 }, @(2, 5), @('5', '6'), [double]::NaN, [double]::PositiveInfinity, 1e30, [datetime]'2027-01-01', [pscustomobject]@{ Value = 5 }, [char]'5'
    # Only with decimals.
    $script:fractions = '2.5', '0.01', '.5', 2.5, [decimal]2.5, [single]2.5, (5 / 2)
    # Amounts are read more strictly: 5.00 was meant as five dollars, and not as five cents.
    $script:wholeFives = '5', ' 5 ', "5`t", "5$nbsp", '05', 5, [long]5, [byte]5, [uint64]5, [double]5, [single]5, [psobject]'5', [psobject]5
    $script:decimalFives = '5.0', '5.00', '5.', [decimal]::Parse('5.00', [cultureinfo]::InvariantCulture)
    $script:fives = '5', ' 5 ', "5`t", "5$nbsp", '5.0', '5.00', '05', 5, [long]5, [byte]5, [uint64]5, [decimal]5.0, [double]5, [single]5, [psobject]'5', [psobject]5
}

AfterAll { $emulator | Stop-PolarEmulator }

Describe 'A number' {
    It 'is read by the module and not by PowerShell: <Name>' -ForEach $numbers {
        $reader = Get-Reader $Parameter $Reader
        $reader.Count | Should -Be 1
        $declared = $Parameter.Attributes | Where-Object { $_ -is [Parameter] }
        $reader[0].OrNull | Should -Be ($Parameter.Attributes.TypeId.Name -contains 'AllowNullAttribute') -Because '$null means something only where it is allowed'
        $reader[0].Cell -ne 'None' | Should -Be ($declared.ValueFromPipelineByPropertyName -contains $true)
    }

    It 'has no other type' -ForEach @{ Others = $otherNumbers } { $Others.Name | Should -BeNullOrEmpty }

    It 'is refused unless it can be read without doubt: <Name>' -ForEach $numbers {
        $reader = (Get-Reader $Parameter $Reader)[0]
        $refused = $noNumbers
        if ($Type -ne [decimal]) { $refused += $fractions }
        if ($Type -eq [long]) { $refused += $decimalFives }
        foreach ($culture in 'en-US', 'de-DE', 'tr-TR', 'th-TH', 'ar-SA', 'fa-IR') {
            Use-Culture $culture {
                foreach ($value in $refused) { Get-Reading $reader $value | Should -Be 'refused' -Because "'$value' in $culture" }
                foreach ($value in $(if ($Type -eq [long]) { $wholeFives } else { $fives })) {
                    $read = Get-Reading $reader $value
                    $read | Should -Be 5 -Because "'$value' in $culture"
                    $read | Should -BeOfType $Type
                }
            }
        }
    }

    It 'may be negative in few places: <Name>' -ForEach $numbers {
        $reader = (Get-Reader $Parameter $Reader)[0]
        $expected = if ($Parameter.Name -in 'Minimum', 'Maximum', 'Seed') { -5 } else { 'refused' }
        Get-Reading $reader '-5' | Should -Be $expected
        Get-Reading $reader -5 | Should -Be $expected
    }

    It 'fits the parameter: <Name>' -ForEach @($numbers | Where-Object { $_.Type -eq [int] }) {
        $reader = (Get-Reader $Parameter $Reader)[0]
        Get-Reading $reader '2147483647' | Should -Be 2147483647
        foreach ($value in '2147483648', '99999999999', '99999999999999999999999999999', 3e9) { Get-Reading $reader $value | Should -Be 'refused' }
    }

    Context 'in <_>' -ForEach $cultures {
        BeforeAll {
            $script:culture = $_
            $meter = 'e745dd0b-0b45-4c4c-a02a-941eb8025882'
            $script:order = Get-PolarOrder -Status paid | Where-Object RefundableAmount -GT 2000 | Select-Object -First 1
            $script:fleet = Get-PolarSubscription | Where-Object Seats | Select-Object -First 1
            $script:product = Get-PolarProduct -First 1
            $script:whole = @{
                'New-PolarPrice -Amount'               = { param($n) New-PolarPrice -Amount $n }
                'New-PolarPrice by position'           = { param($n) New-PolarPrice $n }
                'New-PolarPrice -PresetAmount'         = { param($n) New-PolarPrice -Custom -PresetAmount $n }
                'New-PolarPrice -SeatTier, a number'   = { param($n) if ($n -is [array] -or $n -is [hashtable]) { throw "'$n'" }; New-PolarPrice -SeatTier $n }
                'New-PolarPrice -SeatTier PricePerSeat' = { param($n) New-PolarPrice -SeatTier @{ PricePerSeat = $n } }
                'New-PolarPrice -SeatTier MinSeats'    = { param($n) New-PolarPrice -SeatTier @{ MinSeats = $n; PricePerSeat = 1 } }
                'New-PolarPrice -UnitTier Bound'       = { param($n) New-PolarPrice -UnitTier @{ Bound = $n; UnitAmount = 1 }, 5 }
                'New-PolarDiscount -Amount'            = { param($n) New-PolarDiscount -Name X -Amount $n -Currency usd -Duration once }
                'New-PolarDiscount -Amounts'           = { param($n) New-PolarDiscount -Name X -Amounts @{ eur = $n } -Duration once }
                'New-PolarDiscount -MaxRedemptions'    = { param($n) New-PolarDiscount -Name X -Percent 5 -Duration once -MaxRedemptions $n }
                'Set-PolarDiscount -Amounts'           = { param($n) Set-PolarDiscount '8cabdca5-cf97-4f4e-851c-fddffa691a55' -Amounts @{ usd = $n } }
                'New-PolarRefund -Amount'              = { param($n) New-PolarRefund $order -Reason other -Amount $n -Confirm:$false }
                'Set-PolarSubscription -Seats'         = { param($n) Set-PolarSubscription $fleet -Seats $n }
                'New-PolarCheckout -MaxSeats'          = { param($n) New-PolarCheckout $product -MaxSeats $n }
                'New-PolarCheckoutLink -Seats'         = { param($n) New-PolarCheckoutLink $product -Seats $n }
                'Set-PolarEmulator fault'              = { param($n) Set-PolarEmulator -Emulator $emulator -AddFault @{ Status = 500; Times = $n } -ErrorAction Stop }
                'Get-PolarOrderReceipt'                = { param($n) Get-PolarOrderReceipt $order -TimeoutSeconds $n -Wait }
            }
            $script:broken = @{
                'New-PolarPrice -UnitAmount'           = { param($n) New-PolarPrice -MeterId $meter -UnitAmount $n }
                'New-PolarPrice -MeteredTier'          = { param($n) New-PolarPrice -MeterId $meter -MeteredTier @{ UnitAmount = $n } }
                'New-PolarDiscount -Percent'           = { param($n) New-PolarDiscount -Name X -Percent $n -Duration once }
                'Set-PolarDiscount -Percent'           = { param($n) Set-PolarDiscount '8cabdca5-cf97-4f4e-851c-fddffa691a55' -Percent $n }
            }
        }

        It 'sends nothing that can be read in two ways, or as nothing' {
            Clear-Sent
            foreach ($calls in @($whole, ($noNumbers + $fractions)), @($broken, $noNumbers)) {
                foreach ($name in $calls[0].Keys) {
                    foreach ($value in $calls[1]) {
                        $call = $calls[0][$name]
                        { Use-Culture $culture { & $call $value } } | Should -Throw -Because "$name '$value'"
                    }
                }
            }
            Get-Sent | Should -BeNullOrEmpty
        }

        It 'is what was written' {
            Use-Culture $culture {
                foreach ($five in $wholeFives) {
                    (New-PolarPrice $five).PriceAmount | Should -Be 5
                    (New-PolarPrice -SeatTier @{ MinSeats = $five; PricePerSeat = $five }).SeatTiers.Tiers[0].PricePerSeat | Should -Be 5
                }
                foreach ($five in $fives) {
                    (New-PolarPrice -MeterId $meter -UnitAmount $five).UnitAmount | Should -Be 5
                    (New-PolarPrice -UnitTier $five).Tiers.Tiers[0].UnitAmount | Should -Be 5
                }
                foreach ($rate in '0.02', 0.02, [decimal]0.02, ' 0.02 ', '.02', '0.020') { (New-PolarPrice -MeterId $meter -UnitAmount $rate).UnitAmount | Should -Be ([decimal]2 / 100) }
                (New-PolarDiscount -Name X -Percent '12.5' -Duration once -MaxRedemptions ' 7 ').BasisPoints | Should -Be 1250
                Get-LastBody | Should -BeLike '*"max_redemptions":7*'
                $null = New-PolarDiscount -Name X -Amounts @{ eur = '500'; usd = 600.0 } -Duration once
                Get-LastBody | Should -Match '"eur":500[,}]'
                Get-LastBody | Should -Match '"usd":600[,}]'
            }
        }
    }

    It 'is told how to be written: <Name>' -ForEach @(
        @{ Name = 'a comma'; Act = { New-PolarDiscount -Name X -Percent '2,5' -Duration once }; Says = "*'2,5'*Write 2.5, with a decimal point*" }
        @{ Name = 'a comma at the prompt'; Act = { New-PolarDiscount -Name X -Percent 2,5 -Duration once }; Says = '*2,5 is a list*comma separates values*' }
        @{ Name = 'a thousand, or one'; Act = { New-PolarCheckoutLink -Product '8cabdca5-cf97-4f4e-851c-fddffa691a55' -Seats '1.000' }; Says = "*'1.000' could mean 1 or 1000*digits only*" }
        @{ Name = 'a fraction of a seat'; Act = { Set-PolarSubscription '8cabdca5-cf97-4f4e-851c-fddffa691a55' -Seats (5 / 2) }; Says = '*2.5 is not a whole number*' }
        @{ Name = 'major units'; Act = { New-PolarPrice '9.99' }; Says = "*9.99*smallest unit, such as cents: write 999 for 9.99*" }
        @{ Name = 'an empty variable'; Act = { Set-PolarLicenseKey '8cabdca5-cf97-4f4e-851c-fddffa691a55' -Usage $null }; Says = '*$null is not a number*' }
        @{ Name = 'an empty text'; Act = { New-PolarDiscount -Name X -Percent 5 -Duration once -MaxRedemptions '' }; Says = '*The text is empty*' }
        @{ Name = 'an entry'; Act = { New-PolarDiscount -Name X -Amounts @{ eur = '5,5' } -Duration once }; Says = "*eur*'5,5'*" }
        @{ Name = 'a time-out'; Act = { Connect-Polar -Environment Emulator -TotalTimeoutSeconds '1,5' }; Says = "*TotalTimeoutSeconds*'1,5'*digits only*" }
        @{ Name = 'a duration'; Act = { Set-PolarEmulator -Emulator $emulator -Advance '30' -WhatIf }; Says = '*30 has no unit*' }
    ) {
        try { $problem = Get-TestError $Act }
        # A Connect-Polar that fails leaves no connection selected.
        finally { Select-PolarConnection $emulator.Name }
        $problem.Count | Should -BeGreaterThan 0
        "$($problem[0])" | Should -BeLike $Says
    }
}

Describe 'A date' {
    It 'is read by the module and not by PowerShell: <Name>' -ForEach $dates {
        $reader = Get-Reader $Parameter $Reader
        $reader.Count | Should -Be 1
        $reader[0].OrNull | Should -Be ($Parameter.Attributes.TypeId.Name -contains 'AllowNullAttribute')
        $declared = $Parameter.Attributes | Where-Object { $_ -is [Parameter] }
        $reader[0].Cell -ne 'None' | Should -Be ($declared.ValueFromPipelineByPropertyName -contains $true)
    }

    It 'is the same in every culture, or refused: <Name>' -ForEach $dates {
        $reader = (Get-Reader $Parameter $Reader)[0]
        $isDay = $Type -eq [datetime]
        $day = [datetime]::new(2028, 6, 30)
        $noon = [datetimeoffset]::new(2028, 6, 30, 12, 0, 0, [timespan]::Zero)
        $wrong = '', '   ', 'soon', 'today', '2028', '2028-06', '20280630', '2028-06-31', '2028-13-01', '2028-6-5', '2028-06-30T25:00', '2028-06-30T12:00+15:00', '31.12.27', '12/31/27',
            '05/06/2028', '05.06.2028', '5-6-2028', '1830253200', 2028, 20280630, 12.5, $true, @{ a = 1 }, @('2028-06-30', '2028-07-01'), ([string][char]0x0662 + '028-06-30')
        foreach ($culture in 'en-US', 'de-DE', 'tr-TR', 'th-TH', 'ar-SA', 'fa-IR') {
            Use-Culture $culture {
                $iso = Get-Reading $reader '2028-06-30'
                $iso | Should -BeOfType $Type
                if ($isDay) { $iso | Should -Be $day -Because $culture }
                else {
                    $iso.DateTime | Should -Be $day -Because $culture
                    $iso.Offset | Should -Be ([TimeZoneInfo]::Local.GetUtcOffset($day))
                    (Get-Reading $reader '2028-06-30T12:00').DateTime | Should -Be $day.AddHours(12)
                    foreach ($same in '2028-06-30T12:00:00Z', '2028-06-30T12:00Z', '2028-06-30 12:00:00.000Z', '2028-06-30T14:00:00+02:00', '2028-06-30 05:30:00 -0630', '2028-06-30T12:00:00.0000000000Z',
                        $noon, $noon.UtcDateTime, $noon.ToLocalTime(), $noon.LocalDateTime, [psobject]'2028-06-30T12:00:00Z') {
                        (Get-Reading $reader $same).UtcDateTime | Should -Be $noon.UtcDateTime -Because "'$same' in $culture"
                    }
                }
                foreach ($value in $wrong) { Get-Reading $reader $value | Should -Be 'refused' -Because "'$value' in $culture" }
            }
        }
    }

    It 'may have the form of the culture where that leaves no doubt: <Text> in <Culture>' -ForEach @(
        @{ Culture = 'de-DE'; Text = '31.12.2027'; Day = '2027-12-31' }
        @{ Culture = 'de-DE'; Text = '30. Juni 2028'; Day = '2028-06-30' }
        @{ Culture = 'de-DE'; Text = '05.05.2028'; Day = '2028-05-05' }
        @{ Culture = 'tr-TR'; Text = '31.12.2027'; Day = '2027-12-31' }
        @{ Culture = 'en-US'; Text = '12/31/2027'; Day = '2027-12-31' }
        @{ Culture = 'en-GB'; Text = '31/12/2027'; Day = '2027-12-31' }
        @{ Culture = 'de-DE'; Text = '06.05.2028' }
        @{ Culture = 'en-US'; Text = '5/6/2028' }
        @{ Culture = 'en-GB'; Text = '05/06/2028' }
        @{ Culture = 'en-US'; Text = '31.12.2027' }
        @{ Culture = 'en-US'; Text = '31/12/2027' }
        @{ Culture = 'de-DE'; Text = '12/31/2027' }
        @{ Culture = 'th-TH'; Text = '31/12/2570' }
        @{ Culture = 'th-TH'; Text = '31/12/2027' }
        @{ Culture = 'fa-IR'; Text = '1406/10/10' }
        @{ Culture = 'ar-SA'; Text = '10/07/1450' }
    ) {
        $reader = (Get-Reader (Get-Command Set-PolarLicenseKey).Parameters['ExpiresAt'] InstantAttribute)[0]
        Use-Culture $Culture {
            $read = Get-Reading $reader $Text
            if ($_.Day) { $read.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture) | Should -Be $_.Day } else { $read | Should -Be 'refused' }
        }
    }

    It 'finds the same orders and sets the same day in <_>' -ForEach $cultures {
        $expected = @(Get-PolarOrder | Where-Object { $_.CreatedAt -ge [datetimeoffset]::new([datetime]::new(2026, 11, 12)) }).Count
        $expected | Should -BeGreaterThan 0
        Use-Culture $_ {
            @(Get-PolarOrder -CreatedAfter '2026-11-12').Count | Should -Be $expected
            $key = Get-PolarLicenseKey -First 1 | Set-PolarLicenseKey -ExpiresAt '2028-06-30T12:00:00Z'
            $key.ExpiresAt.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture) | Should -Be '2028-06-30 12:00'
            Get-LastBody | Should -BeLike '*"expires_at":"2028-06-30T12:00:00Z"*'
            { Get-PolarLicenseKey -First 1 | Set-PolarLicenseKey -ExpiresAt '06/05/2028' -ErrorAction Stop } | Should -Throw '*Write it as yyyy-MM-dd*'
        }
    }

    It 'is shown with its offset before it is sent' {
        $text = (Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
[Threading.Thread]::CurrentThread.CurrentCulture = [cultureinfo]'th-TH'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
Get-PolarLicenseKey -First 1 | Set-PolarLicenseKey -ExpiresAt '2028-06-30T12:00:00+05:45' -WhatIf
Get-PolarSubscription -Status active -First 1 | Suspend-PolarSubscription -ResumesAt '2031-01-02T03:04:05Z' -WhatIf
$null = Get-PolarOrder -CreatedAfter '2026-11-12T00:00:00-08:00' -First 1 -Verbose
'@) -join ' ' -replace '\s+', ' '
        $text | Should -BeLike '*ExpiresAt to 2028-06-30 12:00:00 +05:45*'
        $text | Should -BeLike '*until 2031-01-02 03:04:05 +00:00*'
        $text | Should -BeLike '*-CreatedAfter is 2026-11-12 00:00:00 -08:00*'
    }
}

Describe 'A time in a zone that is not that of UTC' {
    It 'is sent as its instant, never as the local time alone' {
        # Windows has no such variable: its processes have the zone of the computer.
        if ($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) {
            Set-ItResult -Skipped -Because 'on Windows a process cannot choose its time zone'
            return
        }
        $said = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); TZ = 'Asia/Kolkata' } -Script @'
$ErrorActionPreference = 'Stop'
Import-Module $env:MODULE
$emulator = Start-PolarEmulator
"zone $([TimeZoneInfo]::Local.BaseUtcOffset)"
$clock = [datetime]::new(2026, 3, 1, 3, 30, 0)
foreach ($time in '2026-03-01T03:30', $clock, [datetime]::SpecifyKind($clock, 'Local'), $clock.ToUniversalTime(), [datetimeoffset]$clock, '2026-02-28T17:00:00-05:00') {
    $null = Get-PolarOrder -CreatedAfter $time -First 1
    "query $($emulator.Requests[-1].Query)"
    $null = Invoke-PolarRequest /v1/orders/ -Query @{ created_after = $(if ($time -is [string]) { [datetimeoffset]$time } else { $time }) }
    "raw $($emulator.Requests[-1].Query)"
    $null = New-PolarDiscount -Name Zone -Percent 5 -Duration once -EndsAt $(if ($time -is [string]) { $time.Replace('2026', '2036') } else { $time.AddYears(10) })
    "body $($emulator.Requests[-1].Body)"
}
# A day begins when it begins here.
$null = Get-PolarOrder -CreatedAfter '2026-03-01' -First 1
"day $($emulator.Requests[-1].Query)"
'@
        $said[0] | Should -Be 'zone 05:30:00'
        $queries = @($said -like 'query *')
        $queries.Count | Should -Be 6
        $queries | ForEach-Object { [uri]::UnescapeDataString($_) | Should -Match 'created_after=2026-02-28T22:00:00Z(&|$)' }
        $raw = @($said -like 'raw *')
        $raw.Count | Should -Be 6
        $raw | ForEach-Object { [uri]::UnescapeDataString($_) | Should -Match 'created_after=2026-02-28T22:00:00Z(&|$)' }
        $bodies = @($said -like 'body *')
        $bodies.Count | Should -Be 6
        # 2036 is a leap year.
        $bodies | ForEach-Object { $_ | Should -Match '"ends_at":"2036-02-2[89]T22:00:00Z"' }
        [uri]::UnescapeDataString(($said -like 'day *')) | Should -Match 'created_after=2026-02-28T18:30:00Z(&|$)'
    }
}

Describe 'An empty variable as a filter' {
    It 'is refused: <Name>' -ForEach $filters {
        $with = @{}
        # What the cmdlet needs besides.
        if ($Command.Parameters.ContainsKey('Path')) { $with.Path = Join-Path $TestDrive 'none.csv' }
        if ($Command.Name -eq 'Get-PolarMember' -and $Parameter.Name -notlike '*Customer*') { $with.CustomerId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }
        if ($Command.Name -in 'Get-PolarLicenseKeyActivation', 'Get-PolarPaymentMethod', 'Get-PolarCustomerState') { $with.WarningAction = 'SilentlyContinue' }
        $before = @($emulator.Requests).Count
        $empty = @($null, '')
        if ($Parameter.ParameterType.IsArray) { $empty += , @(); $empty += , @(''); $empty += , @($null) }
        if ([Collections.IDictionary].IsAssignableFrom($Type)) { $empty = $null, @{}, '', ([pscustomobject]@{}), @{ plan = $null }, @{ plan = '' }, @{ plan = @() } }
        foreach ($value in $empty) {
            $with[$Parameter.Name] = $value
            $problem = $null
            try { $null = & $Command @with -ErrorAction Stop } catch { $problem = $_ }
            $problem | Should -Not -BeNullOrEmpty -Because "$Name with <$value>"
            $problem.Exception.ParameterName | Should -Be $Parameter.Name -Because "$problem"
        }
        @($emulator.Requests).Count | Should -Be $before
    }

    It 'stays a value where something is made or changed' {
        $null = New-PolarDiscount -Name Empty -Percent 5 -Duration once -Metadata @{}
        Get-LastBody | Should -BeLike '*"metadata":{}*'
        $null = Get-PolarDiscount -Query Empty | Set-PolarDiscount -Metadata @{}
        Get-LastBody | Should -Be '{"metadata":{}}'
        $null = New-PolarProduct -Name Empty -Price (New-PolarPrice 500) -Description Full -Metadata @{ a = 1 } | Set-PolarProduct -Metadata $null -Description $null
        Get-LastBody | Should -BeLike '*"description":null*'
    }
}

Describe 'Keys and values' {
    It 'may be an object: <Name>' -ForEach $dictionaries {
        $known = 'EntriesAttribute', 'EntriesListAttribute', 'AmountsTransformationAttribute', 'SettingsTransformationAttribute', 'AddressTransformationAttribute', 'CheckoutPriceTransformationAttribute', 'MoneyLimitTransformationAttribute', 'WebhookHeaderAttribute'
        @($Parameter.Attributes | Where-Object { $_.GetType().Name -in $known }).Count | Should -Be 1
    }

    It 'arrive as they are: <Name>' -ForEach @(
        @{ Name = 'metadata'; Act = { New-PolarCustomer -Email "kv-$(Get-Random)@example.com" -Metadata ('{"plan":"pro","n":2}' | ConvertFrom-Json) }; Body = '*"metadata":{"plan":"pro","n":2}*' }
        @{ Name = 'an ordered hashtable'; Act = { New-PolarCustomer -Email "kv-$(Get-Random)@example.com" -Metadata ([ordered]@{ b = 1; a = 2 }) }; Body = '*"metadata":{"b":1,"a":2}*' }
        @{ Name = 'amounts'; Act = { New-PolarDiscount -Name A -Duration once -Amounts ([pscustomobject]@{ USD = 500 }) }; Body = '*"amounts":{"usd":500}*' }
        @{ Name = 'an address'; Act = { New-PolarCustomer -Email "kv-$(Get-Random)@example.com" -BillingAddress ([pscustomobject]@{ Country = 'DE'; City = 'Kiel' }) }; Body = '*"country":"DE"*' }
        @{ Name = 'answers'; Act = { New-PolarCheckout (Get-PolarProduct -First 1) -CustomFieldData ([pscustomobject]@{ Size = 'M' }) -ErrorAction SilentlyContinue }; Body = '*"custom_field_data":{"Size":"M"}*' }
        @{ Name = 'prices of a checkout'; Act = { $product = Get-PolarProduct -First 1; New-PolarCheckout $product -Price ([pscustomobject]@{ $product.Id = New-PolarPrice 500 }) }; Body = '*"prices":{"*":*500*' }
        @{ Name = 'a filter'; Act = { Get-PolarProduct -Metadata ([pscustomobject]@{ kind = 'book' }) }; Path = '*metadata*kind*book*' }
    ) {
        Clear-Sent
        $null = & $Act
        $request = @($emulator.Requests)[-1]
        if ($Body) { $request.Body | Should -BeLike $Body } else { "$($request.Path)?$($request.Query)" | Should -BeLike $Path }
    }

    It 'are refused as anything else, and nothing is sent' {
        foreach ($value in 'plan=pro', 5, @(1, 2), (Get-Date)) {
            Clear-Sent
            { New-PolarCustomer -Email kv@example.com -Metadata $value } | Should -Throw '*keys and values*'
            Get-Sent | Should -BeNullOrEmpty
        }
    }
}

Describe 'A value in a wrapper of PowerShell' {
    It 'that is a number stays as it was typed where it is text: <Name>' -ForEach @(
        @{ Name = 'a leading zero'; Act = { Get-PolarDiscount -First 1 | Set-PolarDiscount -Code 0100 }; Body = '{"code":"0100"}' }
        @{ Name = 'a decimal'; Act = { Get-PolarCustomer -First 1 | Set-PolarCustomer -Name 1.10 }; Body = '{"name":"1.10"}' }
        @{ Name = 'an option'; Act = { New-PolarCustomField -Slug "typed_$(Get-Random)" -Name Typed -Option 007 }; Body = '*"options":`[{"value":"007","label":"007"}`]*' }
    ) {
        Clear-Sent
        $null = & $Act
        Get-LastBody | Should -BeLike $Body
    }

    It 'is no text where it is an object' {
        { New-PolarPrice 500 -Currency ([pscustomobject]@{ a = 1 }) } | Should -Throw '*An object is not a currency*'
        { New-PolarPrice 500 -Currency @{ a = 1 } } | Should -Throw '*A hashtable is not a currency*'
        { New-PolarPrice 500 -Currency ([Collections.Generic.List[string]]@('usd', 'eur')) } | Should -Throw '*A list is not a currency*'
        Clear-Sent
        $problem = Get-TestError { [pscustomobject]@{ Key = [pscustomobject]@{ a = 1 }; Label = 'Row' } | New-PolarLicenseKeyActivation }
        "$($problem[0])" | Should -BeLike '*Expected the text of a license key*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'may be in any list: <Name>' -ForEach @(
        @{ Name = 'an array'; List = { , @([pscustomobject]@{ b = 1 }, @{ c = [pscustomobject]@{ d = 2 } }) } }
        @{ Name = 'an array of wrappers'; List = { , [psobject[]]@([pscustomobject]@{ b = 1 }, @{ c = [pscustomobject]@{ d = 2 } }) } }
        @{ Name = 'a list'; List = { , [Collections.Generic.List[object]]@([pscustomobject]@{ b = 1 }, @{ c = [pscustomobject]@{ d = 2 } }) } }
        @{ Name = 'a list of wrappers'; List = { , [Collections.ObjectModel.Collection[psobject]]@([pscustomobject]@{ b = 1 }, @{ c = [pscustomobject]@{ d = 2 } }) } }
        @{ Name = 'an ArrayList'; List = { , [Collections.ArrayList]@([pscustomobject]@{ b = 1 }, @{ c = [pscustomobject]@{ d = 2 } }) } }
    ) {
        Clear-Sent
        $null = Invoke-PolarRequest /v1/customers/ -Method POST -Confirm:$false -Body @{ email = "wrapped-$(Get-Random)@example.com"; x = & $List }
        Get-LastBody | Should -BeLike '*"x":`[{"b":1},{"c":{"d":2}}`]*'
    }

    It 'is one of several activations in a list of any kind' {
        $activations = @(Get-PolarLicenseKey | Get-PolarLicenseKeyActivation)
        if (-not $activations) {
            $key = Get-PolarLicenseKey -Status granted | Where-Object LimitActivations | Select-Object -First 1
            $activations = @(New-PolarLicenseKeyActivation $key -Label Wrapped)
        }
        Clear-Sent
        Remove-PolarLicenseKeyActivation ([Collections.ArrayList]$activations[0..0]) -Confirm:$false
        @(Get-Sent).Count | Should -Be 1
    }

    It 'differs from another one in a row, though both are custom objects' {
        Clear-Sent
        $some = @(Get-PolarDiscount -First 2)
        $row = [pscustomobject]@{ ProductId = (Get-PolarProduct -First 1).Id; DiscountId = ($some[0] | Select-Object *); Discount = ($some[1] | Select-Object *) }
        $problem = Get-TestError { $row | New-PolarCheckout }
        "$($problem[0])" | Should -BeLike '*DiscountId*Discount has a different value*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'that is no connection is called what it is' {
        { Get-PolarProduct -Connection (Get-PolarConnection | Select-Object Name) } | Should -Throw 'A Selected.PolarPS.PolarConnection is not a connection.'
    }

    It 'has its unit as a duration' {
        foreach ($number in 31, 31L, [uint32]31, [uint64]31, [sbyte]31, 31.5, '31') {
            { $emulator | Set-PolarEmulator -Advance $number -Confirm:$false } | Should -Throw '*has no unit*'
        }
    }
}

Describe 'A row' {
    BeforeAll {
        $disputed = (Get-PolarDispute).OrderId
        $script:orders = @(Get-PolarOrder -Status paid | Where-Object { $_.RefundableAmount -gt 1000 -and $_.Id -notin $disputed })
        $script:customers = @(Get-PolarCustomer -First 3)
        $script:free = Get-PolarProduct -Query Deckhand | Select-Object -First 1
        $script:someProduct = Get-PolarProduct -First 1
        $script:someFleet = Get-PolarSubscription -Status active | Where-Object Seats | Select-Object -First 1
        # What a row of each cmdlet has at least; the rest of its parameters are tried one by one.
        $script:rows = @{
            'New-PolarDiscount'             = { [ordered]@{ Name = 'Row'; Percent = '5'; Duration = 'once' } }
            'New-PolarCustomer'             = { [ordered]@{ Email = "row-$(Get-Random)@example.com" } }
            'New-PolarMember'               = { [ordered]@{ CustomerId = $customers[0].Id; Email = "row-$(Get-Random)@example.com" } }
            'New-PolarProduct'              = { [ordered]@{ Name = 'Row' } }
            'New-PolarCustomField'          = { [ordered]@{ Slug = "row_$(Get-Random)"; Name = 'Row'; Type = 'text' } }
            'New-PolarSubscription'         = { [ordered]@{ CustomerId = $customers[0].Id; ProductId = $free.Id } }
            'New-PolarOrder'                = { [ordered]@{ CustomerId = $customers[0].Id; ProductId = $someProduct.Id } }
            'New-PolarCheckout'             = { [ordered]@{ ProductId = $someProduct.Id } }
            'New-PolarCheckoutLink'         = { [ordered]@{ ProductId = $someProduct.Id } }
            'New-PolarCustomerSession'      = { [ordered]@{ CustomerId = $customers[0].Id } }
            'New-PolarLicenseKeyActivation' = { [ordered]@{ Key = (Get-PolarLicenseKey -First 1).Key; Label = 'Row' } }
            'New-PolarRefund'               = { [ordered]@{ OrderId = $orders[0].Id; Reason = 'other' } }
            'Grant-PolarSeat'               = { [ordered]@{ SubscriptionId = $someFleet.Id; Email = "row-$(Get-Random)@example.com" } }
            'Complete-PolarOrder'           = { [ordered]@{ OrderId = $orders[0].Id } }
            'Confirm-PolarCheckout'         = { [ordered]@{ CheckoutId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' } }
            'Set-PolarSubscription'         = { [ordered]@{ SubscriptionId = $someFleet.Id } }
            'Stop-PolarSubscription'        = { [ordered]@{ SubscriptionId = $someFleet.Id } }
            'Suspend-PolarSubscription'     = { [ordered]@{ SubscriptionId = $someFleet.Id } }
            'New-PolarMetricDashboard'      = { [ordered]@{ Name = 'Row'; Metric = 'orders' } }
            'New-PolarPortalMember'         = { [ordered]@{ Email = "row-$(Get-Random)@example.com" } }
            'New-PolarPortalLicenseKeyActivation' = { [ordered]@{ Key = (Get-PolarLicenseKey -First 1).Key; OrganizationId = $someProduct.OrganizationId; Label = 'Row' } }
            'Grant-PolarPortalSeat'         = { [ordered]@{ SubscriptionId = $someFleet.Id; Email = "row-$(Get-Random)@example.com" } }
            'Set-PolarPortalSubscription'   = { [ordered]@{ SubscriptionId = $someFleet.Id } }
            'Stop-PolarPortalSubscription'  = { [ordered]@{ SubscriptionId = $someFleet.Id } }
            'Confirm-PolarPortalOrderPayment' = { [ordered]@{ OrderId = $orders[0].Id } }
        }
        # Those of the customer portal have a customer's connection.
        $team = Get-PolarCustomer $someFleet.CustomerId
        Connect-Polar -CustomerSession (New-PolarCustomerSession -Member (Get-PolarMember $team.Id -Role owner))
        $script:more = @{
            'New-PolarProduct'      = @{ Price = New-PolarPrice 500 }
            'Complete-PolarOrder'   = @{ Confirm = $false }
            'New-PolarRefund'       = @{ Confirm = $false }
            'Set-PolarSubscription' = @{ ProrationBehavior = 'prorate' }
            'Stop-PolarSubscription' = @{ Confirm = $false }
            'Confirm-PolarCheckout' = @{ Confirm = $false; ConfirmationTokenId = 'ctoken_test_1' }
            'Confirm-PolarPortalOrderPayment' = @{ Confirm = $false; ConfirmationTokenId = 'ctoken_test_1' }
            'Set-PolarPortalSubscription' = @{ Confirm = $false; Seats = 9 }
            'Stop-PolarPortalSubscription' = @{ Confirm = $false }
        }

        function Get-WrongValue {
            # A value that no parameter of the kind can take.
            param($Parameter)
            $type = $Parameter.ParameterType
            $plain = [Nullable]::GetUnderlyingType($type)
            if (-not $plain) { $plain = $type }
            if ($plain -in [int], [long], [decimal]) { '1.000,5' }
            elseif ($plain -eq [datetimeoffset] -or $plain -eq [datetime]) { '31.02.2027 noon' }
            elseif ($plain -eq [switch]) { 'perhaps' }
            elseif ($plain -eq [string] -or ($Parameter.Attributes | Where-Object { $_ -is [PolarPS.Commands.NullableTextAttribute] })) { [pscustomobject]@{ nonsense = 1 } }
            else { 'nonsense' }
        }
    }

    It 'is known to PowerShell as what is piped' {
        # A member of PowerShell that is not public; without it no row could be checked.
        [PolarPS.PolarConnection].Assembly.GetType('PolarPS.Commands.RowBinder').GetProperty('IsAble').GetValue($null) | Should -BeTrue
    }

    It 'is read strictly wherever PowerShell binds a column: <Name>' -ForEach $bound {
        $attributes = $Parameter.Attributes
        $mine = @($attributes | Where-Object { $_ -is [Management.Automation.ArgumentTransformationAttribute] -and $_.GetType().Namespace -eq 'PolarPS.Commands' })
        # Optional text needs none: the cmdlet looks at each column itself.
        $isRequired = @($attributes | Where-Object { $_ -is [Parameter] -and $_.Mandatory }).Count -gt 0
        if ($Type -ne [string] -or $isRequired) { $mine.Count | Should -BeGreaterThan 0 }
    }

    It 'has a case here for every cmdlet that makes something or moves money' {
        $all = Get-Command -Module PolarPS | Where-Object {
            $type = $_.ImplementingType
            $columns = $type.GetProperty('Columns', [Reflection.BindingFlags]'Instance, NonPublic')
            $columns -and "$($columns.GetValue([Activator]::CreateInstance($type)))" -eq 'All' -and
            @($_.Parameters.Values.Attributes | Where-Object { $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) -and $_ }).Count -gt 0
        }
        # These take nothing but an id and what is in the table for others.
        $simple = 'Approve-PolarDispute', 'Restore-PolarSubscription', 'Resume-PolarSubscription', 'Revoke-PolarSeat', 'Send-PolarSeatInvitation', 'Reset-PolarLicenseKey', 'New-PolarBenefit', 'New-PolarOrganization',
            'Reset-PolarPortalLicenseKey', 'Reset-PolarWebhookSecret', 'Revoke-PolarPortalSeat', 'Send-PolarPortalSeatInvitation', 'Send-PolarWebhookEvent'
        $all.Name | Where-Object { $_ -notin $simple -and -not $rows.ContainsKey($_) } | Should -BeNullOrEmpty
    }

    It 'is bound whole, or an error that names the column: <_>' -ForEach @(
        'New-PolarDiscount', 'New-PolarCustomer', 'New-PolarMember', 'New-PolarProduct', 'New-PolarCustomField', 'New-PolarSubscription', 'New-PolarOrder', 'New-PolarCheckout', 'New-PolarCheckoutLink',
        'New-PolarCustomerSession', 'New-PolarLicenseKeyActivation', 'New-PolarRefund', 'Grant-PolarSeat', 'Complete-PolarOrder', 'Confirm-PolarCheckout', 'Set-PolarSubscription', 'Stop-PolarSubscription', 'Suspend-PolarSubscription',
        'New-PolarMetricDashboard', 'New-PolarPortalMember', 'New-PolarPortalLicenseKeyActivation', 'Grant-PolarPortalSeat', 'Set-PolarPortalSubscription', 'Stop-PolarPortalSubscription', 'Confirm-PolarPortalOrderPayment'
    ) {
        $command = Get-Command $_
        $with = if ($more.ContainsKey($_)) { $more[$_] } else { @{} }
        $base = & $rows[$_]
        $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters + 'Connection'
        # Any text is a key of metadata.
        foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Name -notin $common + 'RemoveMetadata' -and -not $with.ContainsKey($_.Name) }) {
            # Those that the row has already, under this name or another.
            if (@(@($parameter.Name) + $parameter.Aliases | Where-Object { $base.Contains($_) }).Count -gt 0) { continue }
            foreach ($column in @($parameter.Name) + $parameter.Aliases) {
                $row = & $rows[$_]
                $value = Get-WrongValue $parameter
                $row[$column] = $value
                Clear-Sent
                $problem = Get-TestError { [pscustomobject]$row | & $command @with }
                $problem.Count | Should -BeGreaterThan 0 -Because "$($command.Name) with a column $column"
                "$($problem[0])" | Should -Match "\b($column|$($parameter.Name))\b" -Because "$($command.Name) with a column $column"
                if ($value -is [string]) { "$($problem[0])" | Should -BeLike "*$value*" -Because "$($command.Name) with a column $column" }
                Get-Sent | Should -BeNullOrEmpty -Because "$($command.Name) with a column $column"
            }
        }
    }

    It 'goes on with the next, and says what was wrong with each: discounts' {
        Clear-Sent
        $problems = @()
        $made = @'
Name,Percent,Amount,Currency,Duration,DurationInMonths,StartsAt,EndsAt,MaxRedemptions,MaxRedemptionsPerCustomer,Code
Good one,5,,,once,,,,,,
Bad end,5,,,once,,,31.12.2027x,,,
Bad limit,5,,,once,,,,ten,,
Two bad,5,,,once,,soon,,,1.000,
Good two,,500,usd,repeating,3,2027-01-01,2027-12-31,40,1,GOODTWO
Bad percent,"2,5",,,once,,,,,,
Bad amount,,"12,5",usd,once,,,,,,
Both,5,500,usd,once,,,,,,
Neither,,,,once,,,,,,
No currency,,500,,once,,,,,,
Good three,12.5,,,forever,,,,,,
'@ | ConvertFrom-Csv | New-PolarDiscount -ErrorAction SilentlyContinue -ErrorVariable problems
        $made.Name | Should -Be 'Good one', 'Good two', 'Good three'
        @(Get-Sent).Count | Should -Be 3
        $problems.Count | Should -Be 8
        $told = @($problems | ForEach-Object { "$_" })
        $told[0] | Should -BeLike '*Bad end*EndsAt*31.12.2027x*yyyy-MM-dd*'
        $told[1] | Should -BeLike '*Bad limit*MaxRedemptions*ten*digits only*'
        $told[2] | Should -BeLike '*Two bad*StartsAt*soon*MaxRedemptionsPerCustomer*1.000*'
        $told[3] | Should -BeLike '*Bad percent*Percent*2,5*2.5*'
        $told[4] | Should -BeLike '*Bad amount*Amount*12,5*'
        $told[5] | Should -BeLike '*-Percent 5 and -Amount 500*only one*'
        $told[6] | Should -BeLike '*-Percent, or -Amount and -Currency, or -Amounts*'
        $told[7] | Should -BeLike '*-Amount 500 needs -Currency*'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problems[0].TargetObject.Name | Should -Be 'Bad end'
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*Nothing was sent*'
    }

    It 'leaves nothing behind for the next' {
        $made = @('[{"Name":"Full","Percent":5,"Duration":"once","Code":"FULLROW","MaxRedemptions":3,"EndsAt":"2099-12-31","Metadata":{"a":"b"}},{"Name":"Bare","Percent":6,"Duration":"once"}]' | ConvertFrom-Json) | ForEach-Object { $_ } | New-PolarDiscount
        $made.Count | Should -Be 2
        Get-LastBody | Should -Be '{"name":"Bare","basis_points":600,"duration":"once","type":"percentage"}'
    }

    It 'gives no part of it to what is bound by hand, which comes first' {
        Clear-Sent
        $null = [pscustomobject]@{ Name = 'Own'; Percent = 5; Duration = 'once'; MaxRedemptions = 9; EndsAt = 'never' } | New-PolarDiscount -MaxRedemptions 4 -EndsAt '2099-01-01T00:00:00Z'
        Get-LastBody | Should -BeLike '*"ends_at":"2099-01-01T00:00:00Z"*"max_redemptions":4*'
        # A script block is a value by hand, too, for each row.
        $null = [pscustomobject]@{ Titel = 'Block'; Name = 'Own'; Rabatt = '7.5'; Duration = 'once' } | New-PolarDiscount -Name { $_.Titel } -Percent { $_.Rabatt }
        Get-LastBody | Should -BeLike '*"name":"Block","basis_points":750*'
    }

    It 'is not overruled by a default value in silence' {
        Clear-Sent
        $PSDefaultParameterValues = @{ 'New-PolarDiscount:MaxRedemptions' = 4; 'New-Polar*:Duration' = 'once' }
        $problem = Get-TestError { [pscustomobject]@{ Name = 'Own'; Percent = 5; MaxRedemptions = 9 } | New-PolarDiscount }
        "$($problem[0])" | Should -BeLike '*MaxRedemptions 9*$PSDefaultParameterValues*'
        Get-Sent | Should -BeNullOrEmpty
        $null = [pscustomobject]@{ Name = 'Own'; Percent = 5; MaxRedemptions = '4'; Duration = 'once' } | New-PolarDiscount
        Get-LastBody | Should -BeLike '*"max_redemptions":4*'
    }

    It 'may be <Name>' -ForEach @(
        @{ Name = 'of a CSV file'; Make = { param($row) [pscustomobject]$row | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv } }
        @{ Name = 'of JSON'; Make = { param($row) [pscustomobject]$row | ConvertTo-Json | ConvertFrom-Json } }
        @{ Name = 'what another process has sent'; Make = { param($row) [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize([pscustomobject]$row)) } }
        @{ Name = 'what Select-Object has made'; Make = { param($row) [pscustomobject]$row | Select-Object * } }
    ) {
        Clear-Sent
        $row = & $Make ([ordered]@{ OrderId = $orders[1].Id; Amount = 7; Reason = 'other'; Comment = 'row'; RevokeBenefits = $false })
        $refund = $row | New-PolarRefund -Confirm:$false
        $refund.Amount | Should -Be 7
        Get-LastBody | Should -BeLike '*"amount":7,*"reason":"other"*"comment":"row"*"revoke_benefits":false*'
        $wrong = & $Make ([ordered]@{ OrderId = $orders[1].Id; Amount = '7,5'; Reason = 'other' })
        Clear-Sent
        "$((Get-TestError { $wrong | New-PolarRefund -Confirm:$false })[0])" | Should -BeLike "*Amount*'7,5'*"
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'of a list of refunds pays what it says' {
        Clear-Sent
        $problems = @()
        $refunds = @"
OrderId,Amount,Reason,Comment
$($orders[2].Id),500,duplicate,half
$($orders[3].Id),,other,
$($orders[4].Id),5.5,other,
$($orders[4].Id),all,other,
$($orders[4].Id),-5,other,
$($orders[4].Id),0,other,
$($orders[4].Id),100,,
"@ | ConvertFrom-Csv | New-PolarRefund -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems
        $refunds.Amount | Should -Be 500, $orders[3].RefundableAmount
        @(Get-Sent).Count | Should -Be 2
        $problems.Count | Should -Be 5
        "$($problems[0])" | Should -BeLike '*Amount*5.5*'
        "$($problems[4])" | Should -BeLike '*Reason*'
    }

    It 'that comes from elsewhere is not refunded: <Name>' -ForEach @(
        @{ Name = 'payments'; Row = { @{ OrderId = $orders[0].Id; Amount = 100; Currency = 'usd'; Method = 'card' } }; Says = '*export of payments*Method*excludes tax*' }
        @{ Name = 'payments, briefly'; Row = { @{ OrderId = $orders[0].Id; Amount = 100; Status = 'succeeded' } }; Says = '*export of*Status*' }
        @{ Name = 'payments without an amount'; Row = { @{ OrderId = $orders[0].Id; Processor = 'stripe' } }; Says = '*export of payments*Processor*' }
        @{ Name = 'payments, as the API names them'; Row = { @{ OrderId = $orders[0].Id; Amount = 100; decline_reason = '' } }; Says = '*export of payments*' }
        @{ Name = 'refunds'; Row = { @{ OrderId = $orders[0].Id; Amount = 100; Status = 'succeeded'; TaxAmount = 19; SubscriptionId = ''; CreatedAt = '' } }; Says = '*export of refunds*' }
        @{ Name = 'disputes'; Row = { @{ OrderId = $orders[0].Id; Amount = 100; CaseId = ''; EvidenceDueBy = ''; PaymentId = '' } }; Says = '*export of disputes*' }
        @{ Name = 'another currency'; Row = { @{ OrderId = $orders[0].Id; Amount = 100; Currency = 'jpy' } }; Says = "*Currency 'jpy'*order is in*" }
    ) {
        Clear-Sent
        $row = & $Row
        $problem = Get-TestError { [pscustomobject]$row | New-PolarRefund -Reason other -Confirm:$false }
        "$($problem[0])" | Should -BeLike $Says
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'beside -Order is refused at once' {
        Clear-Sent
        { [pscustomobject]@{ OrderId = $orders[0].Id; Amount = 100; Reason = 'other' } | New-PolarRefund -Order $orders[5] -Confirm:$false } | Should -Throw '*Rows are piped and -Order is used as well*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'of seats names who gets one: <Name>' -ForEach @(
        @{ Name = 'address'; Row = { @{ SubscriptionId = $someFleet.Id; Email = 'row1@new.example'; CustomerId = '' } }; Body = '{"subscription_id":"*","email":"row1@new.example"}' }
        @{ Name = 'customer'; Row = { @{ SubscriptionId = $someFleet.Id; Email = ''; CustomerId = $customers[0].Id } }; Body = '*"customer_id":"*' }
        @{ Name = 'member to be, with address'; Row = { @{ SubscriptionId = $someFleet.Id; Email = 'row2@new.example'; ExternalMemberId = 'm-2' } }; Body = '*"email":"row2@new.example","external_member_id":"m-2"*' }
        @{ Name = 'claimed at once, with data'; Row = { @{ SubscriptionId = $someFleet.Id; Email = 'row3@new.example'; ImmediateClaim = 'True'; Metadata = [pscustomobject]@{ deck = 1 } } }; Body = '*"immediate_claim":true*"metadata":{"deck":1}*' }
    ) {
        Clear-Sent
        $row = & $Row
        $null = [pscustomobject]$row | Grant-PolarSeat -ErrorAction SilentlyContinue
        Get-LastBody | Should -BeLike $Body
        # What is empty in the row is not sent. Columns of a hashtable have no order.
        $sent = (Get-LastBody | ConvertFrom-Json).PSObject.Properties.Name
        $sent | Should -Contain 'subscription_id'
        $sent.Count | Should -Be @($row.Values | Where-Object { $_ -ne '' }).Count
    }

    It 'of seats without a source is an error of its own' {
        $problems = @()
        Clear-Sent
        $null = [pscustomobject]@{ Email = 'row4@new.example' }, [pscustomobject]@{ Email = 'row5@new.example'; SubscriptionId = $someFleet.Id } | Grant-PolarSeat -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($problems[0])" | Should -BeLike '*-SubscriptionId or -OrderId*'
        @(Get-Sent).Count | Should -Be 1
    }

    It 'changes a customer or a product: <Name>' -ForEach @(
        @{ Name = 'a name'; Act = { [pscustomobject]@{ CustomerId = $customers[0].Id; Name = 'Row' } | Set-PolarCustomer }; Body = '{"name":"Row"}' }
        @{ Name = 'an empty cell changes nothing'; Act = { [pscustomobject]@{ CustomerId = $customers[0].Id; Name = ''; Locale = 'fr' } | Set-PolarCustomer }; Body = '{"locale":"fr"}' }
        @{ Name = 'metadata as an object'; Act = { [pscustomobject]@{ CustomerId = $customers[0].Id; Metadata = [pscustomobject]@{ a = 1 } } | Set-PolarCustomer }; Body = '{"metadata":{"a":1}}' }
        @{ Name = 'by hand comes first'; Act = { [pscustomobject]@{ CustomerId = $customers[0].Id; Name = 'Row' } | Set-PolarCustomer -Name Hand }; Body = '{"name":"Hand"}' }
        @{ Name = 'a product'; Act = { "ProductId,Name,IsArchived`n$($someProduct.Id),Renamed,False" | ConvertFrom-Csv | Set-PolarProduct }; Body = '{"name":"Renamed","is_archived":false}' }
        @{ Name = 'a live customer binds its id only'; Act = { $customers[0] | Set-PolarCustomer -Locale de }; Body = '{"locale":"de"}' }
        @{ Name = 'and so does a copy'; Act = { $customers[0] | Select-Object Id, Name, Email | Set-PolarCustomer -Locale en }; Body = '{"locale":"en"}' }
        @{ Name = 'a live product'; Act = { Get-PolarProduct $someProduct.Id | Set-PolarProduct -Visibility private }; Body = '{"visibility":"private"}' }
    ) {
        Clear-Sent
        $null = & $Act
        Get-LastBody | Should -Be $Body
    }

    It 'that says nothing is an error, and the next goes on' {
        Clear-Sent
        $problems = @()
        $null = [pscustomobject]@{ ProductId = $someProduct.Id; Name = '' }, [pscustomobject]@{ ProductId = $someProduct.Id; Name = 'ab' }, [pscustomobject]@{ ProductId = $someProduct.Id; IsArchived = 'maybe' },
        [pscustomobject]@{ ProductId = $someProduct.Id; Name = 'Last one' } | Set-PolarProduct -ErrorAction SilentlyContinue -ErrorVariable problems
        @($problems | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }) | Should -Be 'PolarNothingToChange', 'PolarInvalidArgument', 'PolarInvalidArgument'
        "$($problems[2])" | Should -BeLike '*IsArchived*maybe*'
        @(Get-Sent).Count | Should -Be 1
    }

    It 'of orders refunds the order and leaves its own data alone' {
        Clear-Sent
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($orders[5], 2))
        $null = $copy | New-PolarRefund -Amount 3 -Reason other -Confirm:$false
        Get-LastBody | Should -Not -BeLike '*metadata*'
        $null = $orders[5] | Select-Object Id, Status, Metadata, @{ n = 'Amount'; e = { 4 } } | New-PolarRefund -Reason other -Confirm:$false
        Get-LastBody | Should -BeLike '*"amount":4*'
        Get-LastBody | Should -Not -BeLike '*metadata*'
    }

    It 'of an address is whole, too' {
        $problem = Get-TestError { [pscustomobject]@{ Country = 'DE'; Line2 = 'a', 'b' } | New-PolarAddress }
        "$($problem[0])" | Should -BeLike '*Line2*list*'
        ([pscustomobject]@{ Country = 'DE'; PostalCode = 24103; City = '' } | New-PolarAddress).PostalCode | Should -Be '24103'
    }

    It 'ends the pipeline where -ErrorAction says so' {
        Clear-Sent
        { "Name,Percent,Duration,EndsAt`na,5,once,x`nb,5,once," | ConvertFrom-Csv | New-PolarDiscount -ErrorAction Stop } | Should -Throw '*EndsAt*'
        Get-Sent | Should -BeNullOrEmpty
    }
}

Describe 'The question of a refund' {
    It 'names net, tax and total: <Name>' -ForEach @(
        @{ Name = 'a part'; With = @{ Amount = 1000 } }
        @{ Name = 'all'; With = @{} }
    ) {
        $text = (Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script (@'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$order = @(Get-PolarOrder | Where-Object { $_.RefundableAmount -gt 2000 -and $_.RefundableTaxAmount -gt 0 -and $_.RefundedAmount -eq 0 })[0]
$net = AMOUNT
$tax = if ($net -eq $order.RefundableAmount) { $order.RefundableTaxAmount } else { [math]::Round([decimal]$order.TaxAmount * $net / $order.NetAmount) }
$with = if ($net -eq $order.RefundableAmount) { @{} } else { @{ Amount = $net } }
$order | New-PolarRefund -Reason other -WhatIf @with
'EXPECT ' + (($net, $tax, ($net + $tax) | ForEach-Object { [PolarPS.Client.Models.Money]::Format($_, $order.Currency) }) -join '|')
'@ -creplace 'AMOUNT', $(if ($With.Amount) { $With.Amount } else { '$order.RefundableAmount' }))) -join ' ' -replace '\s+', ' '
        $parts = ($text -replace '.*EXPECT ', '').Trim().Split('|')
        $text | Should -BeLike ("*{0} net + {1} tax = {2} in total*" -f ($parts | ForEach-Object { [Management.Automation.WildcardPattern]::Escape($_) }))
    }
}
