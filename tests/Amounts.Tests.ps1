# Amounts: what is refused, and that what the refusal suggests is taken, and means what it says.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $null = Start-PolarEmulator -Name amounts
    function Get-Message { param([scriptblock] $Act) $found = @(Get-TestError $Act); if ($found.Count) { if ($found[0].ErrorDetails) { $found[0].ErrorDetails.Message } else { $found[0].Exception.Message } } }
    function Get-Text { param([long] $Amount, [string] $Currency = 'usd') [PolarPS.Client.Models.Money]::Format($Amount, $Currency) }
}

AfterAll { Stop-PolarEmulator -All; Disconnect-Polar -All }

Describe 'An amount that is refused' {
    It 'is told how to be written: <Given>' -ForEach @(
        @{ Given = '9.99'; Value = { 9.99 }; Write = '999 for 9.99' }
        @{ Given = "'9.99'"; Value = { '9.99' }; Write = '999 for 9.99' }
        @{ Given = "'9,99'"; Value = { '9,99' }; Write = '999 for 9.99' }
        @{ Given = '9,99'; Value = { , (9, 99) }; Write = '999 for 9.99' }
        @{ Given = "'`$9.99'"; Value = { '$9.99' }; Write = '999 for 9.99' }
        @{ Given = '9.99usd'; Value = { '9.99usd' }; Write = '999 for 9.99' }
        @{ Given = "'EUR 12,5'"; Value = { 'EUR 12,5' }; Write = '1250 for 12.50' }
        @{ Given = "'12,50 €'"; Value = { "12,50 $([char]0x20AC)" }; Write = '1250 for 12.50' }
        @{ Given = "'US`$ 5'"; Value = { 'US$ 5' }; Write = '500 for 5.00' }
        @{ Given = "'1.999,00'"; Value = { '1.999,00' }; Write = '199900 for 1999.00' }
        @{ Given = "'1,234,567.8'"; Value = { '1,234,567.8' }; Write = '123456780 for 1234567.80' }
        @{ Given = "'9.00'"; Value = { '9.00' }; Write = '900 for 9.00' }
        @{ Given = "'500.0'"; Value = { '500.0' }; Write = '50000 for 500.00' }
        @{ Given = '9.00 as a decimal'; Value = { [decimal]::Parse('9.00', [cultureinfo]::InvariantCulture) }; Write = '900 for 9.00' }
        @{ Given = '5 / 2'; Value = { 5 / 2 }; Write = '250 for 2.50' }
        # Where nobody can tell what was meant there is an example.
        @{ Given = '9,5, which is 9,05 too'; Value = { , (9, 5) }; Write = '999 for 9.99' }
        @{ Given = "'1,999'"; Value = { '1,999' }; Write = '999 for 9.99' }
        @{ Given = "'1.000'"; Value = { '1.000' }; Write = '999 for 9.99' }
        @{ Given = '9.999'; Value = { 9.999 }; Write = '999 for 9.99' }
        @{ Given = 'nine'; Value = { 'nine' }; Write = '999 for 9.99' }
        @{ Given = "'5 %'"; Value = { '5 %' }; Write = '999 for 9.99' }
        @{ Given = '$null'; Value = { $null }; Write = '999 for 9.99' }
    ) {
        $value = & $Value
        $message = Get-Message { New-PolarPrice -Amount $value }
        $message | Should -Match "write $([regex]::Escape($Write))\.$"
        $number, $money = $Write -split ' for '
        (& ([scriptblock]::Create("New-PolarPrice $number"))).PriceAmount | Should -Be ([long]$number)
        Get-Text ([long]$number) | Should -Be ('$' + ([decimal]::Parse($money, [cultureinfo]::InvariantCulture)).ToString('N2', [cultureinfo]::InvariantCulture))
        # The same words wherever amounts are read.
        $others = @{
            'a discount'     = { New-PolarDiscount -Name A -Duration once -Amounts @{ usd = $value } }
            'a money limit'  = { Connect-Polar -Environment Emulator -Name never -MoneyLimit @{ usd = $value } }
            'a seat'         = { New-PolarPrice -SeatTier @{ PricePerSeat = $value } }
            'a draft order'  = { New-PolarOrder -Customer '8cabdca5-cf97-4f4e-851c-fddffa691a55' -Product '8cabdca5-cf97-4f4e-851c-fddffa691a55' -Amount $value }
        }
        foreach ($name in $others.Keys) {
            if ($null -eq $value -and $name -eq 'a seat') { continue }
            Get-Message $others[$name] | Should -Match "write $([regex]::Escape($Write))\." -Because $name
        }

        Select-PolarConnection amounts
    }

    It 'is taken as it is written where it is whole: <_>' -ForEach '900', 900, 900.0, ' 900 ' { (New-PolarPrice $_).PriceAmount | Should -Be 900 }
}

Describe 'A number in the place of a price' {
    It 'is told which price it could be: <Given>' -ForEach @(
        @{ Given = '9.99'; Value = { 9.99 }; Prices = '999' }
        @{ Given = "'9.99'"; Value = { '9.99' }; Prices = '999' }
        @{ Given = "'`$9.99'"; Value = { '$9.99' }; Prices = '999' }
        @{ Given = '9,99'; Value = { 9, 99 }; Prices = '999' }
        @{ Given = '9'; Value = { 9 }; Prices = '900' }
        @{ Given = '50'; Value = { 50 }; Prices = '5000' }
        @{ Given = '1999'; Value = { 1999 }; Prices = '1999', '199900' }
        @{ Given = "'1999'"; Value = { '1999' }; Prices = '1999', '199900' }
        @{ Given = '0'; Value = { 0 }; Prices = '0' }
        @{ Given = 'text'; Value = { 'monthly' }; Prices = '999' }
        @{ Given = '9.999'; Value = { 9.999 }; Prices = '999' }
    ) {
        $value = & $Value
        foreach ($act in { New-PolarProduct -Name 'Never' -Price $value }, { Set-PolarProduct '8cabdca5-cf97-4f4e-851c-fddffa691a55' -AddPrice $value }, { New-PolarCheckout '8cabdca5-cf97-4f4e-851c-fddffa691a55' -Price $value }) {
            $message = Get-Message $act
            $found = [regex]::Matches($message, '\((New-PolarPrice (\d+) usd)\) for (\$[\d,.]*\d)')
            @($found | ForEach-Object { $_.Groups[2].Value }) | Should -Be $Prices -Because $message
            foreach ($suggestion in $found) {
                $price = & ([scriptblock]::Create($suggestion.Groups[1].Value))
                Get-Text $price.PriceAmount $price.PriceCurrency | Should -Be $suggestion.Groups[3].Value
                (New-PolarProduct -Name 'As suggested' -Price $price).Prices[0].PriceAmount | Should -Be $price.PriceAmount -Because 'Polar takes it'
            }
        }
    }
}

Describe 'A limit' {
    It 'is told as the number that the parameter takes: <Name>' -ForEach @(
        @{ Name = 'too little'; Act = { New-PolarProduct -Name Low -Price (New-PolarPrice 9) }; Says = '*-Price`[0] Amount: at least 50 ($0.50)*'; Then = { New-PolarProduct -Name Low -Price (New-PolarPrice 50) } }
        @{ Name = 'too little yen'; Act = { New-PolarProduct -Name Low -Price (New-PolarPrice 100), (New-PolarPrice 9 jpy) }; Says = "*-Price``[1] Amount: at least 80 ($([char]0xA5)80)*"; Then = { New-PolarProduct -Name Low -Price (New-PolarPrice 100), (New-PolarPrice 80 jpy) } }
        @{ Name = 'too much'; Act = { New-PolarProduct -Name High -Price (New-PolarPrice 99999999999) }; Says = '*at most 99999999 ($999,999.99)*'; Then = { New-PolarProduct -Name High -Price (New-PolarPrice 99999999) } }
        @{ Name = 'a minimum'; Act = { New-PolarProduct -Name Own -Price (New-PolarPrice -Custom -MinimumAmount 20) }; Says = '*MinimumAmount: at least 50 ($0.50)*'; Then = { New-PolarProduct -Name Own -Price (New-PolarPrice -Custom -MinimumAmount 50) } }
        @{ Name = 'a discount'; Act = { New-PolarDiscount -Name Big -Duration once -Amount 99999999999999 -Currency usd }; Says = '*-Amounts.usd: at most 999999999999 ($9,999,999,999.99)*'; Then = { New-PolarDiscount -Name Big -Duration once -Amount 999999999999 -Currency usd } }
    ) {
        Get-Message $Act | Should -BeLike $Says
        { & $Then } | Should -Not -Throw
    }

    It 'is told for a refund' {
        $order = Get-PolarOrder -Status paid | Where-Object RefundableAmount -GT 100 | Select-Object -First 1
        $message = Get-Message { $order | New-PolarRefund -Amount ($order.RefundableAmount + 1) -Reason other -Confirm:$false }
        $message | Should -BeLike "*Only $(Get-Text $order.RefundableAmount $order.Currency) can be refunded*: -Amount $($order.RefundableAmount) at most."
        ($order | New-PolarRefund -Amount $order.RefundableAmount -Reason other -Confirm:$false).Amount | Should -Be $order.RefundableAmount
    }
}

Describe 'New-PolarPrice by position' {
    It 'takes the amount and the currency: <Line>' -ForEach @(
        @{ Line = 'New-PolarPrice 999 usd'; Amount = 999; Currency = 'usd' }
        @{ Line = 'New-PolarPrice 999 EUR'; Amount = 999; Currency = 'eur' }
        @{ Line = 'New-PolarPrice 999'; Amount = 999; Currency = $null }
        @{ Line = 'New-PolarPrice -Currency gbp 999'; Amount = 999; Currency = 'gbp' }
        @{ Line = 'New-PolarPrice gbp -Amount 999'; Amount = 999; Currency = 'gbp' }
        @{ Line = 'New-PolarPrice -Custom eur'; Amount = $null; Currency = 'eur' }
        @{ Line = 'New-PolarPrice -SeatTier 500 eur'; Amount = $null; Currency = 'eur' }
    ) {
        $price = & ([scriptblock]::Create($Line))
        $price.PriceAmount | Should -Be $Amount
        $price.PriceCurrency | Should -Be $Currency
    }

    It 'takes no second number for a currency: <Line>' -ForEach @(
        @{ Line = 'New-PolarPrice 9 99'; Says = '*99 is not a currency. An amount is one number, 999 for 9.99*' }
        @{ Line = "New-PolarPrice 9 '99'"; Says = "*'99' is not a currency. An amount is one number, 999 for 9.99*" }
        @{ Line = 'New-PolarPrice 9 9,99'; Says = '*A list is not a currency. An amount is one number, 999 for 9.99*' }
        @{ Line = 'New-PolarPrice 999 euro'; Says = "*'euro' is not a currency: use three letters, such as usd." }
        @{ Line = 'New-PolarPrice 999 $'; Says = "*'$' is not a currency: use three letters, such as usd." }
        @{ Line = 'New-PolarPrice 9.99 usd'; Says = '*write 999 for 9.99.' }
    ) { Get-Message ([scriptblock]::Create($Line)) | Should -BeLike $Says }

    It 'completes the currency there' { (Get-Completion 'New-PolarPrice 999 eu').CompletionText | Should -Contain 'eur' }
}

Describe 'A currency' {
    BeforeDiscovery {
        Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
        Import-TestModule
        $currencies = @(Get-Command -Module PolarPS | ForEach-Object {
                foreach ($parameter in $_.Parameters.Values | Where-Object { $_.Name -like '*Currency' }) { @{ Name = "$($_.Name) -$($parameter.Name)"; Parameter = $parameter } }
            })
    }

    It 'is read in the same way everywhere: <Name>' -ForEach $currencies {
        $reader = $Parameter.Attributes | Where-Object { $_.GetType().Name -eq 'CurrencyCodeAttribute' }
        $reader | Should -Not -BeNullOrEmpty
        $reader.Transform($null, ' USD ') | Should -Be 'usd'
        { $reader.Transform($null, 'dollar') } | Should -Throw '*not a currency*'
    }

    It 'is read so as the key of amounts' {
        Get-Message { New-PolarDiscount -Name A -Duration once -Amounts @{ euro = 500 } } | Should -BeLike "*'euro' is not a currency*"
        (New-PolarDiscount -Name A -Duration once -Amounts @{ EUR = 500 }).Amounts['eur'] | Should -Be 500
    }
}
