# Lists that change while they are read, and lists at any path: complete, or an error that says so. What the client proves is
# tried by its own tests (PagingTests, PagingChangeTests, ListMoveTests, RawListTests); this is what comes of it at the prompt.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:emulator = Start-PolarEmulator -ProductCount 350
    function Get-RequestCount { @($emulator.Requests).Count }
    function Set-Answer {
        # What the emulator answers to the next requests for products.
        param([string] $Body, [string] $ContentType = 'application/json')
        Set-PolarEmulator -Fault @{ Path = '/v1/products'; Status = 200; ContentType = $ContentType; Body = $Body }
    }
}

AfterAll { Stop-PolarEmulator $emulator }

Describe 'Lists that the pipeline changes' {
    It 'handles every row that it renames, sorted by <Sort>' -ForEach @(
        @{ Sort = 'Name' }
        @{ Sort = '-Name' }
        @{ Sort = 'PriceAmount' }
    ) {
        $all = @(Get-PolarProduct).Id
        $random = [Random]::new(7)
        $done = Get-PolarProduct -Sort $Sort | ForEach-Object { Set-PolarProduct $_ -Name "n$($random.Next()) $_" }
        $done.Count | Should -Be $all.Count
        @(Compare-Object $all $done.Id).Count | Should -Be 0
        @(Get-PolarProduct -Query 'n').Count | Should -BeGreaterThan 300
    }

    It 'handles every row that leaves a filter' {
        $before = @(Get-PolarProduct -IsArchived:$false).Id
        $done = Get-PolarProduct -IsArchived:$false | Set-PolarProduct -IsArchived
        @(Compare-Object $before $done.Id).Count | Should -Be 0
        @(Get-PolarProduct -IsArchived:$false).Count | Should -Be 0
        $null = Get-PolarProduct | Set-PolarProduct -IsArchived:$false
    }

    It 'comes to an end where each row makes a new one' {
        $product = Get-PolarProduct -Visibility Public -First 1
        $null = 1..150 | ForEach-Object { New-PolarCheckoutLink $product -Label "l$_" }
        $before = @(Get-PolarCheckoutLink).Id
        $before.Count | Should -BeGreaterOrEqual 150
        $read = [Collections.Generic.List[string]]::new()
        $null = Get-PolarCheckoutLink | ForEach-Object { $read.Add($_.Id); New-PolarCheckoutLink $product -Label 'copy' }
        # New links come last in this list; the last page read may show some of them.
        $read | Select-Object -First $before.Count | Should -Be $before
        $read.Count | Should -BeLessThan ($before.Count + 100)
    }

    It 'reads no more than -First asks for, also where it sorts' {
        $emulator | Set-PolarEmulator -ClearRequest
        @(Get-PolarProduct -Sort Name -First 5).Count | Should -Be 5
        Get-RequestCount | Should -Be 1
        @(Get-PolarProduct -Sort Name -First 150).Count | Should -Be 150
        Get-RequestCount | Should -Be 3
    }

    It 'streams in the default order' {
        $emulator | Set-PolarEmulator -ClearRequest
        @(Get-PolarProduct | Select-Object -First 5).Count | Should -Be 5
        Get-RequestCount | Should -Be 1
    }

    It 'decides between equal rows, so that their order is the same on each page' {
        $emulator | Set-PolarEmulator -ClearRequest
        $null = Get-PolarProduct -Sort PriceAmountType -First 1
        @($emulator.Requests)[0].Query | Should -BeLike '*sorting=price_amount_type&sorting=-created_at&*'
        $null = Get-PolarSubscription -Sort Status -First 1
        @($emulator.Requests)[1].Query | Should -BeLike '*sorting=status&sorting=-started_at&*'
        $null = Get-PolarProduct -Sort CreatedAt -First 1
        @($emulator.Requests)[2].Query | Should -BeLike '*sorting=created_at&page*'
    }

    It 'accepts the order of <Name> with what decides between equal rows' -ForEach @(
        @{ Name = 'benefits'; Act = { Get-PolarBenefit -Sort Type } }
        @{ Name = 'checkouts'; Act = { Get-PolarCheckout -Sort Status } }
        @{ Name = 'checkout links'; Act = { Get-PolarCheckoutLink -Sort Label } }
        @{ Name = 'custom fields'; Act = { Get-PolarCustomField -Sort Name } }
        @{ Name = 'customers'; Act = { Get-PolarCustomer -Sort Email } }
        @{ Name = 'discounts'; Act = { Get-PolarDiscount -Sort EndsAt } }
        @{ Name = 'disputes'; Act = { Get-PolarDispute -Sort Amount } }
        @{ Name = 'orders'; Act = { Get-PolarOrder -Sort Status } }
        @{ Name = 'organizations'; Act = { Get-PolarOrganization -Sort Name } }
        @{ Name = 'payments'; Act = { Get-PolarPayment -Sort Amount } }
        @{ Name = 'products'; Act = { Get-PolarProduct -Sort Name } }
        @{ Name = 'refunds'; Act = { Get-PolarRefund -Sort Amount } }
        @{ Name = 'subscriptions'; Act = { Get-PolarSubscription -Sort Customer } }
    ) {
        Get-TestError $Act | Should -BeNullOrEmpty
    }
}

Describe 'Lists that stop before their end' {
    AfterEach { Set-PolarEmulator -ClearFault }

    It 'says so: <Pagination>' -ForEach @(
        @{ Pagination = '{"total_count":350,"max_page":1}' }
        @{ Pagination = '{"total_count":2,"max_page":1}' }
        @{ Pagination = '{"total_count":350,"max_page":4}' }
    ) {
        Set-Answer "{`"items`":[{`"id`":`"0978e1f8-6a69-48a6-af4f-072def32f627`",`"name`":`"One`"}],`"pagination`":$Pagination}"
        foreach ($act in { Get-PolarProduct }, { Get-PolarProduct -Sort Name }, { Invoke-PolarRequest /v1/products/ -Paginate }) {
            $found = Get-TestError $act
            $found.Count | Should -Be 1
            $found[0].FullyQualifiedErrorId | Should -BeLike 'PolarListIncomplete,*'
            $found[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }
    }

    It 'writes what there is' {
        Set-Answer '{"items":[{"id":"0978e1f8-6a69-48a6-af4f-072def32f627","name":"One"}],"pagination":{"total_count":350,"max_page":1}}'
        @(Get-PolarProduct -ErrorAction SilentlyContinue).Name | Should -Be 'One'
        @(Get-PolarProduct -Sort Name -ErrorAction SilentlyContinue).Name | Should -Be 'One'
    }
}

Describe 'Invoke-PolarRequest -Paginate' {
    BeforeEach { $emulator | Set-PolarEmulator -ClearRequest }
    AfterEach { Set-PolarEmulator -ClearFault }

    It 'refuses <Path> with <Query>, and sends nothing' -ForEach @(
        @{ Path = '/v1/products/?page=2' }
        @{ Path = '/v1/products/?Page=2' }
        @{ Path = '/v1/products/?%70age=2' }
        @{ Path = '/v1/products/?query=a&LIMIT=5' }
        @{ Path = '/v1/products/'; Query = @{ page = 1; limit = 100 } }
        @{ Path = '/v1/products/'; Query = @{ Limit = '5' } }
        @{ Path = '/v1/products/'; Query = [ordered]@{ ' PAGE' = $null } }
        @{ Path = '/v1/products/'; Query = @{ query = $null } }
        @{ Path = '/v1/products/'; Query = @{ query = '' } }
        @{ Path = '/v1/products/'; Query = @{ id = @() } }
        @{ Path = '/v1/products/'; Query = @{ id = 'a', $null } }
        @{ Path = '/v1/products/'; Query = @{ metadata = @{} } }
        @{ Path = '/v1/products/'; Query = @{ metadata = @{ a = @{ b = 1 } } } }
        @{ Path = '/v1/products/'; Query = @{ query = { 1 } } }
        @{ Path = '/v1/products/'; Query = @{ query = [version]'1.0' } }
    ) {
        $given = @{ Path = $Path }
        if ($Query) { $given.Query = $Query }
        $found = Get-TestError { Invoke-PolarRequest @given -Paginate }
        $found.Count | Should -Be 1
        $found[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        Get-RequestCount | Should -Be 0
    }

    It 'refuses an object where its id belongs' {
        $product = Get-PolarProduct -First 1
        $emulator | Set-PolarEmulator -ClearRequest
        foreach ($value in $product, @($product, $product)) {
            $found = Get-TestError { Invoke-PolarRequest /v1/products/ -Paginate -Query @{ id = $value } }
            $found[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        }
        Get-RequestCount | Should -Be 0
    }

    It 'sends a dictionary as Polar reads it' -ForEach @(
        @{ Value = @{ plan = 'nosuch' } }
        @{ Value = [ordered]@{ plan = 'nosuch' } }
        @{ Value = [pscustomobject]@{ plan = 'nosuch' } }
    ) {
        @(Invoke-PolarRequest /v1/subscriptions/ -Paginate -Query @{ metadata = $Value }).Count | Should -Be 0
        @($emulator.Requests)[0].Query | Should -BeLike '*metadata*5Bplan*5D=nosuch*'
        $null = Invoke-PolarRequest /v1/subscriptions/ -Query @{ metadata = $Value }
        @($emulator.Requests)[1].Query | Should -BeLike '*metadata*5Bplan*5D=nosuch*'
    }

    It 'still takes a page where it reads one' {
        (Invoke-PolarRequest /v1/products/ -Query @{ page = 2; limit = 7 }).items.Count | Should -Be 7
        (Invoke-PolarRequest '/v1/products/?page=2&limit=7').items.Count | Should -Be 7
    }

    It 'refuses the envelope <Body>' -ForEach @(
        @{ Body = '{"items":[{"id":"a"}],"pagination":{"total_count":3,"max_page":null}}' }
        @{ Body = '{"items":[{"id":"a"}],"pagination":{"total_count":"3","max_page":"1"}}' }
        @{ Body = '{"items":[{"id":"a"}],"pagination":{"total_count":1.5,"max_page":1}}' }
        @{ Body = '{"items":[{"id":"a"}],"pagination":{"total_count":3,"max_page":99999999999999999999}}' }
        @{ Body = '{"items":[{"id":"a"}],"pagination":{"total_count":300}}' }
        @{ Body = '{"items":[{"id":"a"}],"pagination":{"has_next_page":"yes"}}' }
        @{ Body = '{"items":[{"id":"a"}],"pagination":null}' }
        @{ Body = '{"items":[{"id":"a"}],"pages":{"total_count":1,"max_page":1}}' }
        @{ Body = '{"items":[{"id":"a"}]}' }
        @{ Body = '{"items":null,"pagination":{"total_count":0,"max_page":0}}' }
        @{ Body = '{"data":{"items":[],"pagination":{"total_count":0,"max_page":0}}}' }
        @{ Body = '[{"id":"a"}]' }
        @{ Body = 'null' }
        @{ Body = '"items"' }
    ) {
        Set-Answer $Body
        $found = Get-TestError { $script:written = @(Invoke-PolarRequest /v1/products/ -Paginate) }
        $found.Count | Should -Be 1
        $found[0].FullyQualifiedErrorId | Should -BeLike 'PolarBadResponse,*'
        $found[0].Exception.GetType().Namespace | Should -Be 'PolarPS.Client'
        $written.Count | Should -Be 0
    }

    It 'reads a list whose last page alone is told of' {
        Set-Answer '{"items":[{"id":"a"},{"id":"b"}],"pagination":{"has_next_page":false}}'
        @(Invoke-PolarRequest /v1/products/ -Paginate).id | Should -Be 'a', 'b'
    }

    It 'handles every row that it renames' {
        $all = @(Get-PolarProduct).Id
        $random = [Random]::new(8)
        $done = Invoke-PolarRequest '/v1/products/?sorting=name' -Paginate | ForEach-Object {
            Invoke-PolarRequest "/v1/products/$($_.id)" -Method PATCH -Body @{ name = "m$($random.Next()) " }
        }
        @(Compare-Object $all $done.id).Count | Should -Be 0
    }
}
