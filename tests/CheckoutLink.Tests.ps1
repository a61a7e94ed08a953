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

Describe 'Get-PolarCheckoutLink' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'answers the line that the module is for' {
        $id = (Get-PolarCheckoutLink | Where-Object { $_.Products.Count -gt 1 } | Select-Object -First 1).Id
        $products = Get-PolarCheckoutLink -Id $id | Select-Object -ExpandProperty Products
        $products.Count | Should -BeGreaterThan 1
        $products | Should -BeOfType 'PolarPS.Client.Models.Product'
        $products[0].Prices[0].Id | Should -Not -BeNullOrEmpty
        $products | Get-PolarProduct | ForEach-Object Id | Should -Be $products.Id
    }

    It 'shows the discount of a link' {
        $link = Get-PolarCheckoutLink | Where-Object DiscountId | Select-Object -First 1
        $link.Discount.Id | Should -Be $link.DiscountId
        $link.Discount.DescribeReduction() | Should -Not -BeNullOrEmpty
    }

    It 'filters by products, given as objects or ids' {
        $product = (Get-PolarCheckoutLink -First 1).Products[0]
        $links = Get-PolarCheckoutLink -ProductId $product
        $links | ForEach-Object { $_.Products.Id | Should -Contain $product.Id }
        (Get-PolarCheckoutLink -ProductId $product.Id).Id | Should -Be $links.Id
        @(Get-HostRequest $testHost)[-1].query | Should -BeLike "*product_id=$($product.Id)*"
    }

    It 'is fit for ConvertTo-Json and Export-Csv' {
        $link = Get-PolarCheckoutLink -First 1
        $back = $link | ConvertTo-Json -Depth 8 | ConvertFrom-Json
        $back.Products[0].Prices[0].Id | Should -Be $link.Products[0].Prices[0].Id
        $file = Join-Path $TestDrive 'links.csv'
        Get-PolarCheckoutLink | Export-Csv $file -NoTypeInformation
        $rows = Import-Csv $file
        $rows.Count | Should -Be @(Get-PolarCheckoutLink).Count
        $rows[0].Products | Should -Be $link.Products.ToString()
        Get-Content $file -Raw | Should -Not -Match 'System\.Collections|PolarPS\.'
    }
}

Describe 'From a link to its products' {
    It 'answers the line of the issue, and changes nothing with -WhatIf' {
        $x = (Get-PolarCheckoutLink | Where-Object { $_.Products.Count -gt 1 } | Select-Object -First 1).Id
        Clear-HostRequest $testHost
        Get-PolarCheckoutLink -Id $x | Select-Object -Expand Products | Get-PolarProduct | Set-PolarProduct -Metadata @{ tier = 'pro' } -WhatIf
        $requests = @(Get-HostRequest $testHost)
        $requests.method | Sort-Object -Unique | Should -Be 'GET'
        $requests.Count | Should -BeGreaterThan 2
    }
}

Describe 'New-PolarCheckoutLink' {
    It 'makes a link for several products with a discount' {
        $used = Get-PolarCheckoutLink | Where-Object { $_.Discount -and $_.Products.Count -gt 1 } | Select-Object -First 1
        $products = $used.Products
        $discount = $used.Discount
        $link = $discount | New-PolarCheckoutLink -Product $products -Label 'Launch' -AllowDiscountCodes:$false -SuccessUrl 'https://northwind.example/thanks?id={CHECKOUT_ID}' -Metadata @{ campaign = 'launch'; wave = 2 }
        $link.Products.Id | Should -Be $products.Id
        $link.DiscountId | Should -Be $discount.Id
        $link.AllowDiscountCodes | Should -BeFalse
        $link.Metadata.wave | Should -Be 2
        $link.Metadata.wave | Should -BeOfType [long]
        $link.Url | Should -Match '^https://'
    }

    It 'makes a link for each product that is piped' {
        $products = Get-PolarProduct -Query Harbor
        $links = $products | New-PolarCheckoutLink -Label 'Each'
        $links.Count | Should -Be $products.Count
        $links | ForEach-Object { $_.Products.Id } | Should -Be $products.Id
        $links | ForEach-Object { $_.DiscountId | Should -BeNullOrEmpty }
        $discount = Get-PolarDiscount -First 1
        ($products[0] | New-PolarCheckoutLink -Discount $discount).DiscountId | Should -Be $discount.Id
    }

    It 'makes a link for each discount that is piped' {
        $discounts = Get-PolarDiscount -First 2
        $product = Get-PolarProduct -Query Offshore | Select-Object -First 1
        $links = $discounts | New-PolarCheckoutLink -Product $product
        $links.DiscountId | Should -Be $discounts.Id
        $links | ForEach-Object { $_.Products.Id | Should -Be $product.Id }
    }

    It 'tells piped products and discounts apart' {
        $product = Get-PolarProduct -IsArchived:$false -Visibility public -First 1
        $discount = Get-PolarDiscount -First 1
        Clear-HostRequest $testHost
        # A discount alone lacks the product; its neighbours are not affected, and none of them gets the discount.
        $problems = @()
        $links = $product, $discount, $product | New-PolarCheckoutLink -ErrorVariable problems -ErrorAction SilentlyContinue
        $links.Count | Should -Be 2
        $links | ForEach-Object { $_.DiscountId | Should -BeNullOrEmpty }
        "$($problems[0])" | Should -BeLike '*mandatory*Product*'
        @(Get-HostRequest $testHost).Count | Should -Be 2
    }

    It 'does not guess what an id alone is of' {
        $product = Get-PolarProduct -IsArchived:$false -Visibility public -First 1
        $discount = Get-PolarDiscount -First 1
        Clear-HostRequest $testHost
        "$(Get-TestError { $product.Id | New-PolarCheckoutLink })" | Should -BeLike '*a product or a discount*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
        # With the other said, it is clear.
        ($discount.Id | New-PolarCheckoutLink -Product $product).DiscountId | Should -Be $discount.Id
        ($product.Id | New-PolarCheckoutLink -Discount $discount).Products.Id | Should -Be $product.Id
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'an organization'; Value = { Get-PolarOrganization -First 1 } }
        @{ Name = 'a custom field'; Value = { Get-PolarCustomField -First 1 } }
        @{ Name = 'a number'; Value = { 42 } }
    ) {
        $piped = & $Value
        $product = Get-PolarProduct -IsArchived:$false -Visibility public -First 1
        Clear-HostRequest $testHost
        (Get-TestError { , $piped | New-PolarCheckoutLink }).Count | Should -Be 1
        (Get-TestError { , $piped | New-PolarCheckoutLink -Product $product }).Count | Should -Be 1
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'sends nothing with -WhatIf, and shows what it would send with -Verbose' {
        $product = Get-PolarProduct -IsArchived:$false -Visibility public -First 1
        Clear-HostRequest $testHost
        $lines = New-PolarCheckoutLink -Product $product -Label 'Preview' -WhatIf -Verbose 4>&1
        $lines | Should -BeLike '*POST /v1/checkout-links/*"label":"Preview"*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Set-PolarCheckoutLink' {
    BeforeAll { $script:link = New-PolarCheckoutLink -Product (Get-PolarProduct | Where-Object { $_.Prices[0].SeatTiers } | Select-Object -First 1) -Label 'To change' -Seats 3 -ReturnUrl 'https://northwind.example/' }
    BeforeEach { Clear-HostRequest $testHost }

    It 'clears <Parameter> with $null' -ForEach @(
        @{ Parameter = 'Label'; Field = 'label' }
        @{ Parameter = 'Seats'; Field = 'seats' }
        @{ Parameter = 'ReturnUrl'; Field = 'return_url' }
        @{ Parameter = 'Discount'; Field = 'discount_id' }
        @{ Parameter = 'TrialIntervalCount'; Field = 'trial_interval_count' }
    ) {
        $with = @{ $Parameter = $null }
        $changed = Set-PolarCheckoutLink $link @with
        @(Get-HostRequest $testHost)[-1].body | Should -Be "{`"$Field`":null}"
        $changed.$Parameter | Should -BeNullOrEmpty
    }

    It 'clears the metadata with an empty hashtable' {
        $null = Set-PolarCheckoutLink $link -Metadata @{ a = 1 }
        (Set-PolarCheckoutLink $link -Metadata @{}).Metadata.Count | Should -Be 0
    }

    It 'refuses metadata that Polar would refuse, before sending: <Name>' -ForEach @(
        @{ Name = 'a list'; Metadata = @{ a = @(1, 2) }; Message = "*'a' is a*" }
        @{ Name = 'null'; Metadata = @{ a = $null }; Message = "*'a' is null*" }
        @{ Name = 'a long key'; Metadata = @{ ('k' * 41) = 1 }; Message = '*41 characters*' }
        @{ Name = 'a long value'; Metadata = @{ a = 'v' * 501 }; Message = '*501 characters*' }
    ) {
        $problem = Get-TestError { Set-PolarCheckoutLink $link -Metadata $Metadata }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problem[0].Exception.Message | Should -BeLike $Message
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Remove-PolarCheckoutLink' {
    It 'deletes what is piped, after naming it' {
        $link = New-PolarCheckoutLink -Product (Get-PolarProduct -IsArchived:$false -Visibility public -First 1) -Label 'To delete'
        $shown = Invoke-Fresh @"
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
Get-PolarCheckoutLink -First 1 | Remove-PolarCheckoutLink -WhatIf
"@
        $shown -join "`n" | Should -BeLike '*Delete permanently*checkout link ''Pricing page''*Emulator*'
        $link | Remove-PolarCheckoutLink -Confirm:$false
        (Get-TestError { Get-PolarCheckoutLink $link.Id })[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'refuses products, and sends nothing' {
        $products = Get-PolarProduct
        Clear-HostRequest $testHost
        $problems = Get-TestError { $products | Remove-PolarCheckoutLink -WhatIf }
        $problems.Count | Should -Be $products.Count
        $problems[0].Exception.Message | Should -BeLike '*Expected a checkout link, but this is a product*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}
