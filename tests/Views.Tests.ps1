# Tables and lists of everything that a user sees. tests/data/<area>.views.ps1 has what to show: hashtables with Name and Script.
BeforeDiscovery {
    $views = @(Get-ChildItem (Join-Path $PSScriptRoot 'data') -Filter '*.views.ps1' | ForEach-Object { & $_.FullName })
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    Disconnect-Polar -All
    Connect-Polar -Environment Emulator
    if (Get-Variable PSStyle -ErrorAction Ignore) { $PSStyle.OutputRendering = 'PlainText' }
}

AfterAll { Disconnect-Polar -All }

Describe 'The table of <Name>' -ForEach $views {
    It 'fits into 80, 100 and 120 columns, a line for each' {
        $items = @(& $Script)
        $items.Count | Should -BeGreaterThan 0
        foreach ($width in 80, 100, 120) {
            $lines = @(($items | Out-String -Width $width) -split '\r?\n' | Where-Object { $_.Trim() })
            $lines.Count | Should -Be ($items.Count + 2)
            foreach ($line in $lines) {
                $line.Length | Should -BeLessOrEqual $width
                # The beginning of an id, and no more of it.
                $line | Should -Not -Match '(?<![/\w])[0-9a-f]{8}-[0-9a-f-]*\u2026'
            }
        }
    }
}

Describe 'The list of <Name>' -ForEach $views {
    It 'shows no blank properties' {
        $text = & $Script | Select-Object -First 1 | Format-List | Out-String -Width 100
        $text | Should -Not -Match '(?m)^\w+ +: *\r?$' -Because 'what is not set is left out'
    }
}

Describe 'What is shown' {
    It 'shows money as money, in every currency' {
        $product = New-PolarProduct -Name 'Two currencies' -RecurringInterval month -Price (New-PolarPrice 4900 -Currency usd), (New-PolarPrice 4500 -Currency eur)
        $product | Out-String -Width 100 | Should -BeLike "*`$49.00, $([char]0x20AC)45.00/month*"
        $text = Get-PolarProduct | Out-String -Width 100
        $text | Should -Match '\$\d+\.\d\d/month'
        $text | Should -Match ([char]0xA5 + '\d')
        $text | Should -Match ([char]0x20AC + '\d+\.\d\d')
    }

    It 'marks what is archived' {
        $archived = Get-PolarProduct -IsArchived | Select-Object -First 1
        $archived | Out-String -Width 100 | Should -Match 'archived'
    }

    It 'shows times in the local zone' {
        $product = Get-PolarProduct -First 1
        $product | Format-List | Out-String | Should -BeLike ('*' + $product.CreatedAt.LocalDateTime.ToString('g') + '*')
    }

    It 'shows metadata and amounts as they are written' {
        $link = New-PolarCheckoutLink -ProductId (Get-PolarProduct -IsArchived:$false -Query Harbor -First 1).Id -Metadata @{ page = 'plans' }
        $link | Format-List | Out-String | Should -Match 'Metadata +: page=plans'
        Get-PolarDiscount -Query 'Fair winds' | Format-List | Out-String | Should -Match 'Amounts +: \$5\.00, '
    }

    It 'shows the address of a checkout link, and where those are that let in whoever has them' {
        $link = New-PolarCheckoutLink -ProductId (Get-PolarProduct -IsArchived:$false -Query Harbor -First 1).Id -Label 'Plans'
        $link | Out-String -Width 80 | Should -BeLike "*$($link.Url -replace '^https://')*"
        $checkout = New-PolarCheckout -ProductId (Get-PolarProduct -IsArchived:$false -Query Harbor -First 1).Id
        ($checkout | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ -match ' Url$' } | Should -HaveCount 1
        $session = Get-PolarCustomer -First 1 | New-PolarCustomerSession
        $session | Out-String -Width 80 | Should -Match 'CustomerPortalUrl'
        foreach ($secret in $checkout.ClientSecret, $session.Token) { $checkout, $session | Out-String | Should -Not -Match ([regex]::Escape($secret)) }
    }

    It 'shows a single object as a table too' {
        (Get-PolarProduct -First 1 | Out-String -Width 100) -split '\r?\n' | Where-Object { $_.Trim() } | Should -HaveCount 3
    }
}

Describe 'What Polar adds tomorrow' {
    BeforeAll {
        $script:testHost = Start-TestHost
        Connect-TestHost $testHost -With @{ Name = 'tomorrow' }
        $product = Get-PolarProduct -Query Offshore -Connection tomorrow | Select-Object -First 1
        $document = Invoke-PolarRequest "/v1/products/$($product.Id)" -Connection tomorrow
        $document | Add-Member new_field @{ inner_value = 7 }
        $document.prices[0].amount_type = 'auction'
        $document.prices[0] | Add-Member starting_bid 250
        $document.visibility = 'by_invitation'
        $document.is_archived = 'perhaps'
        Set-HostFault $testHost @{ method = 'GET'; path = "/v1/products/$($product.Id)"; status = 200; body = ($document | ConvertTo-Json -Depth 12 -Compress) }
        $script:read = Get-PolarProduct $product.Id -Connection tomorrow
    }

    AfterAll { Stop-TestHost $testHost; Disconnect-Polar tomorrow; Select-PolarConnection Default }

    It 'arrives as ordinary properties' {
        $read.NewField['inner_value'] | Should -Be 7
        $read.Prices[0].AmountType | Should -Be 'auction'
        $read.Prices[0].StartingBid | Should -Be 250
        $read.Visibility | Should -Be 'by_invitation'
        $read.IsArchived | Should -Be 'perhaps'
    }

    It 'is found by Select-Object, Where-Object and Get-Member' {
        ($read | Select-Object NewField).NewField | Should -Not -BeNullOrEmpty
        ($read.Prices | Where-Object StartingBid -GT 200).Id | Should -Be $read.Prices[0].Id
        ($read | Get-Member NewField).MemberType | Should -Be 'NoteProperty'
        @($read | Select-Object -ExpandProperty Prices)[0].StartingBid | Should -Be 250
    }

    It 'goes before what this version computes under its name' {
        $id = '8cabdca5-cf97-4f4e-851c-fddffa691a56'
        Set-HostFault $testHost @{ method = 'GET'; path = "/v1/products/$id"; status = 200; body = '{"id":"' + $id + '","name":"New","price":"dear","currency":"nok","state":"solid","prices":[]}' }
        $product = Get-PolarProduct $id -Connection tomorrow -ErrorAction Stop
        $product.Currency | Should -Be 'nok'
        $product.Price | Should -Be 'dear'
        ($product | Out-String) | Should -Not -BeNullOrEmpty
    }

    It 'is lost by no command, however deep it is' {
        $id = '8cabdca5-cf97-4f4e-851c-fddffa691a56'
        $body = '{"id":"' + $id + '","currency":"usd","shade":"blue","deep":{"a_b":{"c":[1,{"d":2}]}},"metadata":{},"customer":{"email":"a@example.com","mood":"good","billing_address":{"country":"NO","planet":"earth"}},"items":[{"label":"one","amount":5},{"label":"two","amount":5,"tone":"high"}]}'
        Set-HostFault $testHost @{ method = 'GET'; path = "/v1/orders/$id"; status = 200; body = $body }
        $order = Get-PolarOrder $id -Connection tomorrow
        $order | Should -BeOfType PolarPS.Client.Models.Order
        $order.Shade | Should -Be 'blue'
        $order.Deep.A_B.c[1].d | Should -Be 2
        $order.Customer.BillingAddress.Planet | Should -Be 'earth'
        ($order | Select-Object -ExpandProperty Customer).Mood | Should -Be 'good'
        ($order | Select-Object -ExpandProperty Customer | Select-Object -ExpandProperty BillingAddress).Planet | Should -Be 'earth'
        @($order | Select-Object -ExpandProperty Items).Tone | Should -Be 'high'
        $order.Items.ToString() | Should -Be 'one; two'
        $json = $order | ConvertTo-Json -Depth 8
        foreach ($value in '"blue"', '"good"', '"earth"', '"high"', '"d": *2') { $json | Should -Match $value }
        ($json | ConvertFrom-Json).'Customer.BillingAddress.Planet' | Should -Be 'earth'
        ($json | ConvertFrom-Json).'Items[1].Tone' | Should -Be 'high'
        $file = Join-Path $TestDrive 'tomorrow.xml'
        $order | Export-Clixml $file
        (Import-Clixml $file).Customer.BillingAddress.Planet | Should -Be 'earth'
        @((Import-Clixml $file).Items).Tone | Should -Be 'high'
    }

    It 'is shown without an error' { { $read, $read.Prices | Out-String -Width 100 } | Should -Not -Throw }
}
