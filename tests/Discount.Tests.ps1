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

Describe 'Get-PolarDiscount' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'streams the whole list, and asks for no more than -First' {
        $all = @(Get-PolarDiscount)
        $all.Count | Should -BeGreaterThan 4
        $all | Should -BeOfType 'PolarPS.Client.Models.Discount'
        (Get-PolarDiscount -First 2).Id | Should -Be $all[0..1].Id
        (Get-PolarDiscount -Skip 1 -First 2).Id | Should -Be $all[1..2].Id
        $counted = @(Get-PolarDiscount -First 1 -IncludeTotalCount)
        [uint64]$counted[0] | Should -Be $all.Count
    }

    It 'gets one by id, by position, from the pipeline, from a copy and from what has it' {
        $first = Get-PolarDiscount -First 1
        (Get-PolarDiscount $first.Id).Name | Should -Be $first.Name
        ($first.Id | Get-PolarDiscount).Name | Should -Be $first.Name
        ($first | Get-PolarDiscount).Name | Should -Be $first.Name
        ($first | Select-Object Id, Name | Get-PolarDiscount).Name | Should -Be $first.Name
        $link = Get-PolarCheckoutLink | Where-Object DiscountId | Select-Object -First 1
        ($link | Get-PolarDiscount).Id | Should -Be $link.DiscountId
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'Query'; Arguments = @{ Query = 'tide & more' }; Query = 'query=tide%20%26%20more' }
        @{ Name = 'Sort'; Arguments = @{ Sort = '-RedemptionsCount', 'EndsAt' }; Query = 'sorting=-redemptions_count&sorting=ends_at' }
    ) {
        $null = Get-PolarDiscount @Arguments
        (Get-HostRequest $testHost)[0].query | Should -BeLike "*$Query*"
    }

    It 'filters by organization, given as an object' {
        $organization = Get-PolarOrganization -First 1
        $null = Get-PolarDiscount -OrganizationId $organization
        @(Get-HostRequest $testHost)[-1].query | Should -BeLike "*organization_id=$($organization.Id)*"
    }

    It 'says which of several is missing, and gets the others' {
        $known = Get-PolarDiscount -First 2
        $problems = @()
        $got = $known[0].Id, '00000000-0000-4000-8000-000000000000', $known[1].Id | Get-PolarDiscount -ErrorVariable problems -ErrorAction SilentlyContinue
        $got.Id | Should -Be $known.Id
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problems[0].TargetObject | Should -Be '00000000-0000-4000-8000-000000000000'
    }
}

Describe 'New-PolarDiscount' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'goes into a link as it is made' {
        $null = New-PolarProduct -Name 'Pro' -Price (New-PolarPrice 4900 -Currency usd) -RecurringInterval month
        $link = New-PolarDiscount -Name Launch -Code LAUNCH -Percent 20 -Duration once | New-PolarCheckoutLink -Product (Get-PolarProduct -Query Pro)
        $link.Discount.Code | Should -Be 'LAUNCH'
        $link.Discount.BasisPoints | Should -Be 2000
        $link.Products.Name | Should -Be 'Pro'
    }

    It 'sends <Sent> for <Name>' -ForEach @(
        @{ Name = 'a percentage'; Arguments = @{ Percent = 20 }; Sent = '{"name":"A","basis_points":2000,"duration":"once","type":"percentage"}' }
        @{ Name = 'a percentage with decimals'; Arguments = @{ Percent = 0.01 }; Sent = '{"name":"A","basis_points":1,"duration":"once","type":"percentage"}' }
        @{ Name = 'a percentage as text'; Arguments = @{ Percent = '12.5' }; Sent = '{"name":"A","basis_points":1250,"duration":"once","type":"percentage"}' }
        @{ Name = 'all of it'; Arguments = @{ Percent = 100 }; Sent = '{"name":"A","basis_points":10000,"duration":"once","type":"percentage"}' }
        @{ Name = 'an amount'; Arguments = @{ Amount = 1000; Currency = 'USD' }; Sent = '{"name":"A","duration":"once","type":"fixed","amounts":{"usd":1000}}' }
        @{ Name = 'amounts'; Arguments = @{ Amounts = [ordered]@{ usd = 1000; EUR = '900' } }; Sent = '{"name":"A","amounts":{"usd":1000,"eur":900},"duration":"once","type":"fixed"}' }
    ) {
        $made = New-PolarDiscount -Name A -Duration once @Arguments
        @(Get-HostRequest $testHost)[-1].body | Should -Be $Sent
        $made.Name | Should -Be 'A'
    }

    It 'sends everything that it is given' {
        $product = Get-PolarProduct -First 1
        $made = New-PolarDiscount 'Autumn' -Code AUTUMN30 -Percent 30 -Duration repeating -DurationInMonths 3 -StartsAt '2026-09-01T00:00:00Z' -EndsAt ([datetime]::new(2099, 12, 1, 0, 0, 0, [DateTimeKind]::Utc)) -MaxRedemptions 50 -MaxRedemptionsPerCustomer 1 -Product $product -Metadata @{ season = 'autumn' }
        $body = @(Get-HostRequest $testHost)[-1].body | ConvertFrom-Json
        $body.duration_in_months | Should -Be 3
        @($body.products) | Should -Be $product.Id
        $made.StartsAt | Should -Be ([DateTimeOffset]'2026-09-01T00:00:00Z')
        $made.EndsAt | Should -Be ([DateTimeOffset]'2099-12-01T00:00:00Z')
        $made.MaxRedemptions | Should -Be 50
        $made.MaxRedemptionsPerCustomer | Should -Be 1
        $made.Products.Id | Should -Be $product.Id
        $made.Metadata.season | Should -Be 'autumn'
        $made.ToString() | Should -Be 'Autumn (30% for 3 months)'
    }

    It 'takes the rows of a file, empty columns included' {
        $rows = 'Name,Code,Percent,Duration,DurationInMonths,EndsAt,MaxRedemptions', 'One,FILEONE,25,once,,,', 'Two,FILETWO,10,repeating,6,2099-12-31,40' | ConvertFrom-Csv
        $made = $rows | New-PolarDiscount
        $made.Code | Should -Be 'FILEONE', 'FILETWO'
        $made[0].MaxRedemptions | Should -BeNullOrEmpty
        $made[0].EndsAt | Should -BeNullOrEmpty
        $made[1].DurationInMonths | Should -Be 6
        $made[1].MaxRedemptions | Should -Be 40
    }

    It 'refuses <Name>, and sends nothing' -ForEach @(
        @{ Name = 'a percentage of nothing'; Arguments = @{ Percent = 0 } }
        @{ Name = 'more than everything'; Arguments = @{ Percent = 100.01 } }
        @{ Name = 'thousandths of a percent'; Arguments = @{ Percent = 12.345 } }
        @{ Name = 'an amount with decimals, which is not in minor units'; Arguments = @{ Amount = 9.99; Currency = 'usd' } }
        @{ Name = 'such an amount as text'; Arguments = @{ Amount = '9.99'; Currency = 'usd' } }
        @{ Name = 'such an amount in a currency'; Arguments = @{ Amounts = @{ usd = 9.99 } } }
        @{ Name = 'amounts that are none'; Arguments = @{ Amounts = @{ usd = 'ten' } } }
        @{ Name = 'no amounts'; Arguments = @{ Amounts = @{} } }
        @{ Name = 'a negative amount'; Arguments = @{ Amount = -1; Currency = 'usd' } }
        @{ Name = 'an amount without a currency'; Arguments = @{ Amount = 1000; Currency = '' } }
        @{ Name = 'two kinds at once'; Arguments = @{ Percent = 10; Amount = 1000; Currency = 'usd' } }
        @{ Name = 'products of which none was found'; Arguments = @{ Percent = 10; Product = $null } }
        @{ Name = 'something that is no product'; Arguments = @{ Percent = 10; Product = 42 } }
        @{ Name = 'metadata that Polar would refuse'; Arguments = @{ Percent = 10; Metadata = @{ a = @(1) } } }
    ) {
        $problems = @(Get-TestError { New-PolarDiscount -Name A -Duration once @Arguments })
        $problems.Count | Should -Be 1
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'names the parameter that Polar refuses: <Parameter>' -ForEach @(
        @{ Parameter = 'Code'; Arguments = @{ Percent = 10; Code = 'with blank' } }
        @{ Parameter = 'MaxRedemptions'; Arguments = @{ Percent = 10; MaxRedemptions = 0 } }
    ) {
        $problem = Get-TestError { New-PolarDiscount -Name A -Duration once @Arguments }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$($problem[0])" | Should -BeLike "*-${Parameter}: *"
    }

    It 'tells what Polar says of several parameters together: <Name>' -ForEach @(
        @{ Name = 'months'; Arguments = @{ Percent = 10; DurationInMonths = 3 }; Like = '*Only a repeating discount has*' }
        @{ Name = 'an end before the start'; Arguments = @{ Percent = 10; StartsAt = '2026-02-01'; EndsAt = '2026-01-01' }; Like = '*must be before*' }
    ) {
        $problem = Get-TestError { New-PolarDiscount -Name A -Duration once @Arguments }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$($problem[0])" | Should -BeLike $Like
    }

    It 'shows with -WhatIf -Verbose what it would send' {
        $lines = New-PolarDiscount -Name A -Amount 500 -Currency eur -Duration forever -WhatIf -Verbose 4>&1
        $lines | Should -BeLike '*POST /v1/discounts/*"amounts":{"eur":500}*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Set-PolarDiscount' {
    BeforeAll { $script:discount = New-PolarDiscount -Name 'To change' -Code TOCHANGE -Percent 10 -Duration once -StartsAt '2026-01-01' -EndsAt '2099-01-01' -MaxRedemptions 5 -MaxRedemptionsPerCustomer 1 -Product (Get-PolarProduct -First 1) }
    BeforeEach { Clear-HostRequest $testHost }

    It 'clears <Parameter> with $null' -ForEach @(
        @{ Parameter = 'Code'; Field = 'code' }
        @{ Parameter = 'StartsAt'; Field = 'starts_at' }
        @{ Parameter = 'EndsAt'; Field = 'ends_at' }
        @{ Parameter = 'MaxRedemptions'; Field = 'max_redemptions' }
        @{ Parameter = 'MaxRedemptionsPerCustomer'; Field = 'max_redemptions_per_customer' }
        @{ Parameter = 'DurationInMonths'; Field = 'duration_in_months' }
    ) {
        $with = @{ $Parameter = $null }
        $changed = $discount | Set-PolarDiscount @with
        @(Get-HostRequest $testHost)[-1].body | Should -Be "{`"$Field`":null}"
        $changed.$Parameter | Should -BeNullOrEmpty
    }

    It 'gives it back to all products with $null, for which an empty list is sent' {
        $changed = $discount | Set-PolarDiscount -Product (Get-PolarProduct -First 1)
        $changed.Products.Count | Should -Be 1
        $changed = $discount | Set-PolarDiscount -Product $null
        @(Get-HostRequest $testHost)[-1].body | Should -Be '{"products":[]}'
        $changed.Products.Count | Should -Be 0
    }

    It 'changes a percentage, and says which kind it is for' {
        ($discount | Set-PolarDiscount -Percent 12.5).BasisPoints | Should -Be 1250
        @(Get-HostRequest $testHost)[-1].body | Should -Be '{"basis_points":1250,"type":"percentage"}'
    }

    It 'changes amounts, one or all' {
        $fixed = New-PolarDiscount -Name 'Fixed' -Amount 1000 -Currency usd -Duration once
        ($fixed | Set-PolarDiscount -Amounts @{ usd = 800; eur = 700 }).Amounts.eur | Should -Be 700
        $changed = $fixed | Set-PolarDiscount -Amount 600 -Currency gbp
        $changed.Amounts.Keys | Should -Be 'gbp'
        $changed.Amounts.gbp | Should -Be 600
    }

    It 'does not make a percentage of an amount in silence' {
        $problem = Get-TestError { $discount | Set-PolarDiscount -Amount 500 -Currency usd }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        (Get-PolarDiscount $discount).BasisPoints | Should -Not -BeNullOrEmpty
    }

    It 'clears the metadata with an empty hashtable' {
        $null = $discount | Set-PolarDiscount -Metadata @{ a = 1 }
        ($discount | Set-PolarDiscount -Metadata @{}).Metadata.Count | Should -Be 0
    }

    It 'refuses a change of nothing' {
        $problem = Get-TestError { $discount | Set-PolarDiscount -ErrorAction Stop }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'says what would change in people''s terms, and sends nothing' {
        $shown = (Invoke-Fresh @"
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
Get-PolarDiscount -Query 'Fair winds' | Set-PolarDiscount -Amount 1250 -Currency usd -WhatIf
Get-PolarDiscount -Query 'Spring' | Set-PolarDiscount -Percent 7.5 -Product (Get-PolarProduct -Query 'Night Watch') -WhatIf
"@) -join "`n"
        $shown | Should -Match 'Set Amount to \$12\.50.*discount .Fair winds'
        $shown | Should -Match "Set Percent to 7\.5%, Product to \['Night Watch'\]"
        $discount | Set-PolarDiscount -Percent 5 -WhatIf
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Remove-PolarDiscount' {
    It 'deletes what is piped, after naming it' {
        $discount = New-PolarDiscount -Name 'To delete' -Percent 10 -Duration once
        $shown = Invoke-Fresh @"
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
Remove-PolarDiscount (Get-PolarCheckoutLink | Where-Object DiscountId | Select-Object -First 1).DiscountId -WhatIf
"@
        $shown -join "`n" | Should -Match 'Delete permanently.*discount .[^''"]+.*Emulator'
        $discount | Remove-PolarDiscount -Confirm:$false
        (Get-TestError { Get-PolarDiscount $discount.Id })[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'a product'; Value = { Get-PolarProduct -First 1 } }
        @{ Name = 'a checkout link, which only has one'; Value = { Get-PolarCheckoutLink | Where-Object DiscountId | Select-Object -First 1 } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an empty string'; Value = { '' } }
    ) {
        $piped = & $Value
        Clear-HostRequest $testHost
        $problem = Get-TestError { , $piped | Remove-PolarDiscount -Confirm:$false }
        $problem.Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'refuses an empty array' {
        Clear-HostRequest $testHost
        (Get-TestError { Remove-PolarDiscount -Id @() -Confirm:$false }).Count | Should -Be 1
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Completion' {
    It 'offers <Expected> for <Line>' -ForEach @(
        @{ Line = 'New-PolarDiscount -Duration '; Expected = 'repeating' }
        @{ Line = 'New-PolarDiscount -Currency '; Expected = 'eur' }
        @{ Line = 'Get-PolarDiscount -Sort '; Expected = '-RedemptionsCount' }
    ) {
        (Get-Completion $Line).ListItemText | Should -Contain $Expected
    }

    It 'offers discounts by name' {
        (Get-Completion 'Remove-PolarDiscount -Id Spring').ListItemText | Should -BeLike 'Spring tide*'
    }
}
