BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarProduct' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'streams the whole list with no arguments' {
        $products = Get-PolarProduct
        $products.Count | Should -BeGreaterThan 11
        $products | Should -BeOfType 'PolarPS.Client.Models.Product'
        ($products.Id | Sort-Object -Unique).Count | Should -Be $products.Count
    }

    It 'gets one by id, by position and from the pipeline' {
        $first = Get-PolarProduct -First 1
        (Get-PolarProduct $first.Id).Name | Should -Be $first.Name
        ($first.Id | Get-PolarProduct).Name | Should -Be $first.Name
        ($first | Get-PolarProduct).Name | Should -Be $first.Name
        ([pscustomobject]@{ ProductId = $first.Id } | Get-PolarProduct).Name | Should -Be $first.Name
        ($first | Select-Object Id, Name | Get-PolarProduct).Name | Should -Be $first.Name
    }

    It 'asks for no more than -First, and says how many there are' {
        $result = @(Get-PolarProduct -First 3 -IncludeTotalCount)
        $result.Count | Should -Be 4
        [uint64]$result[0] | Should -Be (Get-PolarProduct).Count
        (Get-HostRequest $testHost)[0].query | Should -BeLike '*limit=3*'
    }

    It 'leaves out -Skip' {
        $all = Get-PolarProduct
        (Get-PolarProduct -Skip 5 -First 2).Id | Should -Be $all[5..6].Id
        (Get-PolarProduct -Skip 3).Id | Should -Be $all[3..($all.Count - 1)].Id
    }

    It 'does not silently ignore -First beside -Id' {
        $problem = Get-TestError { Get-PolarProduct (Get-PolarProduct -First 2) -First 1 }
        $problem[0].Exception.Message | Should -BeLike '*-First*are for lists*'
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'IsRecurring'; Arguments = @{ IsRecurring = $true }; Query = 'is_recurring=true' }
        @{ Name = 'IsRecurring:$false'; Arguments = @{ IsRecurring = $false }; Query = 'is_recurring=false' }
        @{ Name = 'IsArchived'; Arguments = @{ IsArchived = $true }; Query = 'is_archived=true' }
        @{ Name = 'Query'; Arguments = @{ Query = 'Harbor & more' }; Query = 'query=Harbor%20%26%20more' }
        @{ Name = 'Visibility'; Arguments = @{ Visibility = 'draft', 'private' }; Query = 'visibility=draft&visibility=private' }
        @{ Name = 'Metadata'; Arguments = @{ Metadata = @{ plan = 'harbor' } }; Query = 'metadata%5Bplan%5D=harbor' }
        @{ Name = 'Sort'; Arguments = @{ Sort = 'Name', '-CreatedAt' }; Query = 'sorting=name&sorting=-created_at' }
    ) {
        $null = Get-PolarProduct @Arguments
        (Get-HostRequest $testHost)[0].query | Should -BeLike "*$Query*"
    }
}

Describe 'New-PolarProduct' {
    It 'makes a product of each kind of price: <Kind>' -ForEach @(
        @{ Kind = 'fixed'; Price = { New-PolarPrice 1999 -Currency usd }; Text = '$19.99' }
        @{ Kind = 'custom'; Price = { New-PolarPrice -Custom -MinimumAmount 300 -MaximumAmount 10000 -PresetAmount 500 -Currency usd }; Text = '$3.00 to $100.00*' }
        @{ Kind = 'seat_based'; Price = { New-PolarPrice -SeatTier @{ MinSeats = 1; MaxSeats = 9; PricePerSeat = 1500 }, @{ MinSeats = 10; PricePerSeat = 1200 } -Currency usd }; Text = 'from $12.00/seat' }
        @{ Kind = 'unit_based'; Price = { New-PolarPrice -UnitTier @{ Bound = 50; UnitAmount = 300 }, @{ UnitAmount = 250 } -MinimumUnits 5 -Currency usd }; Text = 'from $2.50/unit' }
    ) {
        $price = & $Price
        $price.AmountType | Should -Be $Kind
        $price.ToString() | Should -BeLike $Text
        $product = New-PolarProduct -Name "Test $Kind" -Price $price -RecurringInterval month
        $product.Prices[0].AmountType | Should -Be $Kind
        $product.Prices[0].ToString() | Should -BeLike $Text
    }

    It 'does not round an amount that is not in minor units: <Name>' -ForEach @(
        @{ Name = 'a price'; Arguments = @{ Amount = 19.99 } }
        @{ Name = 'as text'; Arguments = @{ Amount = '19.99' } }
        @{ Name = 'a minimum'; Arguments = @{ Custom = $true; MinimumAmount = 0.5 } }
        @{ Name = 'a maximum'; Arguments = @{ Custom = $true; MaximumAmount = 99.5 } }
    ) {
        Get-TestError { New-PolarPrice @Arguments } | Should -BeLike '*smallest unit*'
    }

    It 'takes whole amounts however they are written' {
        (New-PolarPrice 1999.0).PriceAmount | Should -Be 1999
        (New-PolarPrice '1999').PriceAmount | Should -Be 1999
    }

    It 'keeps every digit of a metered price' {
        $metered = (Get-PolarProduct).Prices | Where-Object Meter | Select-Object -First 1
        $meter = $metered.Meter
        (New-PolarPrice -MeterId $metered -UnitAmount 1).MeterId | Should -Be $meter.Id
        $product = New-PolarProduct -Name 'Test metered' -RecurringInterval month -Price (New-PolarPrice -MeterId $meter -UnitAmount 0.000000000125 -Currency usd)
        $product.Prices[0].UnitAmount | Should -Be 0.000000000125d
        $product.Prices[0].UnitAmount | Should -BeOfType [decimal]
    }
}

Describe 'Set-PolarProduct' {
    BeforeAll { $script:product = New-PolarProduct -Name 'To change' -Price (New-PolarPrice 500) -Description 'before' }
    BeforeEach { Clear-HostRequest $testHost }

    It 'sends $null for $null, and nothing that was not given' {
        $changed = $product | Set-PolarProduct -Description $null
        $changed.Description | Should -BeNullOrEmpty
        $request = @(Get-HostRequest $testHost)[-1]
        $request.method | Should -Be 'PATCH'
        $request.body | Should -Be '{"description":null}'
    }

    It 'sends nothing with -WhatIf' {
        $product | Set-PolarProduct -Name 'Other name' -WhatIf
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'refuses a change of nothing' {
        $problem = Get-TestError { $product | Set-PolarProduct -ErrorAction Stop }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'keeps the prices that are given and adds the new one' {
        $kept = $product.Prices[0].Id
        $changed = Set-PolarProduct $product -Price ($product.Prices + (New-PolarPrice 450 -Currency eur))
        $changed.Prices.Id | Should -Contain $kept
        $changed.Prices.Count | Should -Be 2
    }
}

Describe 'Set-PolarProductBenefit' {
    It 'replaces the benefits, and takes all off with an empty list' {
        $product = New-PolarProduct -Name 'Benefits' -Price (New-PolarPrice 0)
        $benefits = (Get-PolarProduct).Benefits | Where-Object Selectable | Sort-Object Id -Unique | Select-Object -First 2
        (Set-PolarProductBenefit $product -BenefitId $benefits).Benefits.Id | Should -Be $benefits.Id
        (Set-PolarProductBenefit $product -BenefitId @()).Benefits.Count | Should -Be 0
    }
}

Describe 'Remove-PolarProduct' {
    It 'deletes one that nothing refers to' {
        $product = New-PolarProduct -Name 'To delete' -Price (New-PolarPrice 100)
        $product | Remove-PolarProduct -Confirm:$false
        (Get-TestError { Get-PolarProduct $product.Id })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'says why it cannot delete one that is in use' {
        $used = Get-PolarProduct | Where-Object { -not $_.IsDeletable } | Select-Object -First 1
        $problem = Get-TestError { $used | Remove-PolarProduct -Confirm:$false }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarConflict,*'
        $problem[0].TargetObject | Should -Be $used.Id
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'a checkout link'; Value = { Get-PolarCheckoutLink -First 1 } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an empty string'; Value = { '' } }
        @{ Name = 'a number'; Value = { 42 } }
        @{ Name = 'a price, which only belongs to a product'; Value = { (Get-PolarProduct -First 1).Prices[0] } }
    ) {
        $piped = & $Value
        Clear-HostRequest $testHost
        $problem = Get-TestError { , $piped | Remove-PolarProduct -Confirm:$false }
        $problem.Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}
