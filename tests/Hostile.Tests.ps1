# A stranger's text on a screen: control characters, escape sequences, line breaks and characters that hide or reorder others are
# visible in everything that is shown, and the data is what it was.
BeforeDiscovery {
    $views = @(Get-ChildItem (Join-Path $PSScriptRoot 'data') -Filter '*.views.ps1' | ForEach-Object { & $_.FullName })
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    Disconnect-Polar -All
    Connect-Polar -Environment Emulator -Name hostile
    if (Get-Variable PSStyle -ErrorAction Ignore) { $PSStyle.OutputRendering = 'Host' }

    # C0 without the line breaks and blanks that PowerShell's own layout makes, C1, bidi, zero-width, separators, tags, lone halves.
    $script:raw = '[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uDB40]|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])'
    $script:nasty = "Ev$([char]27)[31mil$([char]27)]0;t$([char]7)$([char]0x9B)2J`r`nPWNED ok$([char]8)$([char]0x202E)x$([char]0x2066)$([char]0x200B)$([char]0xFEFF)$([char]0x2028)$([char]::ConvertFromUtf32(0xE0041))"

    function Test-Shown {
        # What is wrong with a text that was shown; $null for nothing. A line of its own would mean that a break came through.
        param([string] $Text)
        if ($Text -match $raw) { return 'U+{0:X4} is raw in {1}' -f [int]$Matches[0][0], $Text }
        if ($Text -match '(?m)^\s*PWNED') { return "A line break is raw in $Text" }
    }

    function Get-Screen {
        # All that a script block shows, in every stream, as text.
        param([scriptblock] $Script)
        $shown = try { & $Script *>&1 | Out-String -Width 200 } catch { $_ | Out-String -Width 200 }
        $shown -join ''
    }
}

AfterAll { Disconnect-Polar -All }

Describe 'Objects with hostile texts' {
    BeforeAll {
        $script:product = New-PolarProduct -Name $nasty -Description $nasty -Price (New-PolarPrice 500 -Currency usd) -Metadata @{ note = $nasty }
        $script:customer = New-PolarCustomer "hostile$(Get-Random)@example.com" -Name $nasty -ExternalId "x-$nasty" -Metadata @{ note = $nasty } -BillingAddress (New-PolarAddress US -Line1 $nasty -City $nasty -State CA -PostalCode 12345)
        $script:discount = New-PolarDiscount -Name $nasty -Percent 10 -Duration once
        $script:benefit = New-PolarBenefit -Description $nasty.Substring(0, 24) -Note $nasty
        $script:link = New-PolarCheckoutLink -ProductId $product.Id -Label $nasty
        $script:field = New-PolarCustomField -Type text -Slug "hostile$(Get-Random)" -Name $nasty
        $script:checkout = New-PolarCheckout -ProductId $product.Id -CustomerName $nasty
        $script:all = @($product, $customer, $discount, $benefit, $link, $field, $checkout | Where-Object { $_ })
    }

    It 'are there' { $all.Count | Should -Be 7 }

    It 'keep their data' {
        $product.Name | Should -BeExactly $nasty
        (Get-PolarProduct $product.Id).Description | Should -BeExactly $nasty
        (Get-PolarCustomer $customer.Id).Name | Should -BeExactly $nasty
        $customer.ExternalId | Should -BeExactly "x-$nasty"
        $customer.Metadata['note'] | Should -BeExactly $nasty
        (Get-PolarDiscount $discount.Id).Name | Should -BeExactly $nasty
        ($product | Select-Object *).Name | Should -BeExactly $nasty
        ($product | ConvertTo-Json -Depth 3 | ConvertFrom-Json).Name | Should -BeExactly $nasty
        ($product | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv).Name | Should -BeExactly $nasty
        ($product | Select-Object *).PSObject.Properties.Name | Should -Not -Contain 'PolarText'
    }

    It 'are safe in tables, lists and texts' {
        foreach ($item in $all) {
            foreach ($shown in ($item | Out-String -Width 500), ($item | Format-Table | Out-String -Width 500), ($item | Format-List | Out-String -Width 500), "$item", $item.ToString()) {
                Test-Shown $shown | Should -BeNullOrEmpty -Because $item.GetType().Name
            }
            $item | Format-List | Out-String -Width 2000 | Should -Match ([char]0x241B)
        }
    }

    It 'are safe in what refuses them as arguments: <Name>' -ForEach @(
        @{ Name = 'a custom field'; Act = { New-PolarProduct -Name Safe -CustomField $nasty } }
        @{ Name = 'a validity period'; Act = { New-PolarBenefit -Description Safe -ExpiresAfter $nasty } }
        @{ Name = 'a currency'; Act = { New-PolarPrice 500 -Currency $nasty } }
        @{ Name = 'a duration'; Act = { Set-PolarEmulator -Advance $nasty.Replace(':', '') } }
    ) {
        $problem = Get-TestError $Act
        $problem.Count | Should -Be 1
        "$($problem[0])" | Should -BeLike '*PWNED*'
        Test-Shown "$($problem[0])" | Should -BeNullOrEmpty
    }

    It 'are safe side by side in one pipeline' { Test-Shown ((& { Get-PolarConnection; $all } | Out-String -Width 500) -join '') | Should -BeNullOrEmpty }

    It 'are safe in the objects within them' {
        foreach ($item in (Get-PolarProduct $product.Id), (Get-PolarCustomer $customer.Id), (Get-PolarCheckoutLink $link.Id), (Get-PolarCheckout $checkout.Id)) {
            foreach ($property in $item.PSObject.Properties | Where-Object { $_.TypeNameOfValue -match 'PolarPS' -and $_.TypeNameOfValue -notmatch 'PolarMetadata|Dictionary' }) {
                $inner = $item.($property.Name)
                Test-Shown ($inner | Out-String -Width 500) | Should -BeNullOrEmpty -Because $property.Name
                Test-Shown "$inner" | Should -BeNullOrEmpty -Because $property.Name
            }
        }
    }

    It 'are safe with -WhatIf, -Verbose and -Debug' {
        $screen = Get-Screen {
            Remove-PolarCustomer $customer -WhatIf -Verbose
            Remove-PolarDiscount $discount.Id -WhatIf
            Set-PolarProduct $product -Name "other $nasty" -WhatIf -Verbose
            Set-PolarCustomer $customer -Name $nasty -WhatIf
            New-PolarDiscount -Name $nasty -Percent 5 -Duration once -WhatIf -Verbose
            Remove-PolarBenefit $benefit -WhatIf
            Remove-PolarCheckoutLink $link -WhatIf
            Get-PolarCustomer -Query $nasty -Verbose
            & { $DebugPreference = 'Continue'; Get-PolarProduct $product.Id }
            Invoke-PolarRequest "/v1/products/$([uri]::EscapeDataString($nasty))" -Method POST -Body @{ name = $nasty } -WhatIf -Verbose
        }
        # -WhatIf goes to the host and not to a stream; the child process below looks at that.
        Test-Shown $screen | Should -BeNullOrEmpty
    }

    It 'are safe in errors' {
        foreach ($script in @(
                { Get-PolarProduct "x$([char]27)$([char]0x202E)y" }
                { Get-PolarCustomer -ExternalId $nasty }
                { New-PolarCustomer $nasty }
                { Set-PolarProduct $product -Visibility $nasty }
                { New-PolarCheckoutLink -ProductId $product.Id -SuccessUrl $nasty }
                { Select-PolarConnection $nasty }
                { Get-PolarConnection -Name "x$([char]27)$([char]0x202E)y" }
                { Get-PolarProduct -Connection $nasty }
                { Invoke-PolarRequest "/v1/$nasty" }
                { New-PolarDiscount -Name $nasty -Percent 5 -Duration $nasty }
            )) {
            $records = @(Get-TestError $script)
            $records.Count | Should -BeGreaterThan 0 -Because $script
            foreach ($record in $records | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) {
                # PowerShell quotes the script in some views; what is meant are the texts that the module makes.
                foreach ($text in $record.ToString(), $record.ErrorDetails.Message, $record.ErrorDetails.RecommendedAction, $record.CategoryInfo.ToString()) {
                    Test-Shown $text | Should -BeNullOrEmpty -Because "$script"
                    "$text" | Should -Not -Match '\n' -Because "$script"
                }
            }
        }
    }

    It 'are safe in questions, and in what -WhatIf writes to the console' {
        $child = Invoke-Fresh -Environment @{ POLARPS_TEST_MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:POLARPS_TEST_MODULE
if (Test-Path Variable:PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
Connect-Polar -Environment Emulator
$nasty = "Ev$([char]27)[31mil$([char]0x9B)2J`r`nPWNED ok$([char]8)$([char]0x202E)x"
$customer = New-PolarCustomer hostile@example.com -Type team -Name $nasty
$discount = New-PolarDiscount -Name $nasty -Percent 10 -Duration once
$product = New-PolarProduct -Name $nasty -Price (New-PolarPrice 500 -Currency usd)
Remove-PolarDiscount $discount -WhatIf
Set-PolarProduct $product -Name "$nasty again" -WhatIf
Remove-PolarCustomer $customer -WhatIf
# With no one to ask, PowerShell says what it would have asked.
try { Remove-PolarDiscount $discount } catch { $_.ToString() }
'@
        $text = $child -join "`n"
        $text | Should -BeLike "*What if:*$([char]0x241B)*"
        Test-Shown $text | Should -BeNullOrEmpty
    }
}

Describe 'What hostile servers say' {
    BeforeAll {
        $script:testHost = Start-TestHost
        Connect-TestHost $testHost -With @{ Name = 'hostileServer'; MaximumRetryCount = 0 }
        $script:escaped = ($nasty | ConvertTo-Json).Trim('"')
    }

    AfterAll { Stop-TestHost $testHost; Disconnect-Polar hostileServer; Select-PolarConnection hostile }

    It 'is safe as <Name>' -ForEach @(
        @{ Name = 'a 404'; Status = 404; Body = '{"error":"ResourceNotFound","detail":"NASTY"}' }
        @{ Name = 'a 400'; Status = 400; Body = '{"error":"BadRequest","detail":"NASTY"}' }
        @{ Name = 'a 403'; Status = 403; Body = '{"error":"NotPermitted","detail":"NASTY"}' }
        @{ Name = 'a 409'; Status = 409; Body = '{"error":"Conflict","detail":"NASTY"}' }
        @{ Name = 'a 422'; Status = 422; Body = '{"error":"RequestValidationError","detail":[{"loc":["body","NASTY"],"msg":"NASTY","type":"value_error","input":"NASTY"}]}' }
        @{ Name = 'a 500'; Status = 500; Body = '{"error":"NASTY","detail":"NASTY"}' }
        @{ Name = 'a 500 in plain text'; Status = 500; Body = 'NASTY'; Type = 'text/plain' }
        @{ Name = 'a page'; Status = 200; Body = '<html>NASTY</html>'; Type = 'text/html' }
        @{ Name = 'wrong types'; Status = 200; Body = '{"items":[{"id":"NASTY","name":["NASTY"],"is_archived":"NASTY","created_at":"NASTY","prices":"NASTY","visibility":"NASTY","NASTY":"NASTY","description":{"NASTY":"NASTY"}}],"pagination":{"total_count":1,"max_page":1}}' }
    ) {
        $type = if (Get-Variable Type -ErrorAction Ignore) { $Type } else { 'application/json' }
        Set-HostFault $testHost @{ path = '/v1/products/'; status = $Status; body = $Body.Replace('NASTY', $escaped); contentType = $type }
        $screen = Get-Screen { $VerbosePreference = 'Continue'; Get-PolarProduct -First 1; Get-PolarProduct -First 1 | Format-List }
        $screen.Length | Should -BeGreaterThan 50
        # The names of unknown fields and what they hold are data; only what is shown counts.
        Test-Shown $screen | Should -BeNullOrEmpty
    }
}

Describe 'Views of <Name>' -ForEach $views {
    It 'are safe when every text of the objects is hostile' {
        $items = @(& $Script | Select-Object -First 3)
        $items.Count | Should -BeGreaterThan 0
        $changed = 0
        foreach ($item in $items) {
            foreach ($thing in @($item) + @($item.PSObject.Properties.Value | Where-Object { $_ -is [PolarPS.Client.Models.PolarObject] })) {
                foreach ($property in $thing.PSObject.BaseObject.GetType().GetProperties() | Where-Object { $_.PropertyType -eq [string] -and $_.GetSetMethod() }) {
                    $property.SetValue($thing.PSObject.BaseObject, $nasty)
                    $changed++
                }
            }
        }
        foreach ($shown in ($items | Out-String -Width 3000), ($items | Format-List | Out-String -Width 3000), (& { Get-PolarConnection; $items } | Out-String -Width 3000)) {
            Test-Shown $shown | Should -BeNullOrEmpty
        }
        if ($changed) { $items | Format-List | Out-String -Width 3000 | Should -Match ([char]0x241B + '|\*\*\*') }
    }
}

Describe 'The format file' {
    It 'shows everything through the one property that makes text visible' {
        $file = Join-Path (Split-Path (Get-TestModulePath)) 'PolarPS.format.ps1xml'
        $nodes = ([xml](Get-Content $file -Raw)).SelectNodes('//TableColumnItem | //ListItem | //WideItem | //CustomItem | //GroupBy')
        $nodes.Count | Should -BeGreaterThan 500
        $problems = foreach ($node in $nodes) {
            # What decides whether an item is there is not shown.
            foreach ($shown in $node.SelectNodes('.//PropertyName[not(parent::ItemSelectionCondition)]')) {
                if ($shown.InnerText -cne 'PolarText') { "$($shown.InnerText) is shown as it is" }
                # Without a format PowerShell would show the object that has the texts.
                if ($shown.ParentNode.FormatString -cnotmatch '^[\w.|/]+$') { "$($node.OuterXml) has no text" }
            }
            foreach ($shown in $node.SelectNodes('.//ScriptBlock')) {
                # Rows whose columns follow from the object make their texts visible themselves; see the views of Metrics above.
                if ($shown.InnerText -cin '$_.RowHeading', '$_.RowText') { continue }
                if ($shown.InnerText -cnotmatch '^\$_\.PolarText\.(?:\w+|''[\w.|/]+'')$') { "$($shown.InnerText) shows something as it is" }
            }
        }
        $problems | Should -BeNullOrEmpty
    }
}

Describe 'Views' {
    It 'of every kind are safe with hostile texts everywhere' {
        # Every entry of every view that has one, of objects in which every text is hostile, to the bottom.
        function New-Hostile {
            param([type] $Type, [int] $Depth = 3)
            if ($Type -eq [string]) { return $nasty }
            $inner = [Nullable]::GetUnderlyingType($Type)
            if ($inner) { $Type = $inner }
            if ($Type -eq [bool]) { return $false }
            if ($Type -eq [DateTimeOffset]) { return [DateTimeOffset]::Now.AddDays(3) }
            if ($Type.IsValueType) { return 7 -as $Type }
            if ($Type -eq [PolarPS.Client.Models.PolarMetadata]) { $made = [PolarPS.Client.Models.PolarMetadata]::new(); $made[$nasty] = $nasty; return , $made }
            if ($Type.IsGenericType -and $Type.GetGenericArguments().Count -eq 1) {
                $element = $Type.GetGenericArguments()[0]
                $made = [Activator]::CreateInstance([PolarPS.Client.Models.PolarList[object]].GetGenericTypeDefinition().MakeGenericType($element))
                if ($Depth -gt 0) { $made.Add((New-Hostile $element ($Depth - 1))) }
                return , $made
            }
            if ($Type -eq [Collections.Generic.Dictionary[string, long]]) { $made = [Collections.Generic.Dictionary[string, long]]::new(); $made[$nasty] = 5; return , $made }
            if ($Type.IsGenericType -or $Type.IsInterface -or $Type.IsAbstract -or $Type -eq [object]) { return $null }
            $made = if ($Type.GetConstructor(@())) { [Activator]::CreateInstance($Type) } else { [Runtime.Serialization.FormatterServices]::GetUninitializedObject($Type) }
            foreach ($property in $Type.GetProperties() | Where-Object { $_.CanWrite -and $_.GetIndexParameters().Count -eq 0 }) {
                if ($Depth -le 0 -and $property.PropertyType -ne [string]) { continue }
                try { $property.SetValue($made, (New-Hostile $property.PropertyType ($Depth - 1))) } catch { Write-Verbose "$_" }
            }
            $made
        }
        Import-Module "$PSScriptRoot/../tools/PolarPS.Views.psm1"
        $tried = 0
        foreach ($view in Read-View "$PSScriptRoot/../src/PolarPS.Shell/Views/Views.txt" | Where-Object { $_.Type -like 'PolarPS.Client.Models.*' -and ($_.Table -or $_.List) }) {
            $item = New-Hostile ($view.Type -as [type])
            foreach ($entry in $view.Table + $view.List) {
                $shown = $item.PolarText.($entry.Key)
                Test-Shown "$shown" | Should -BeNullOrEmpty -Because "$($view.Name).$($entry.Key)"
                "$shown" | Should -Not -Match '[\r\n]' -Because "$($view.Name).$($entry.Key)"
                $tried++
            }
            Test-Shown ($item | Format-List | Out-String -Width 3000) | Should -BeNullOrEmpty -Because $view.Name
        }
        $tried | Should -BeGreaterThan 600
    }

    It 'show in ConstrainedLanguage what they show elsewhere: <Name>' -ForEach $views {
        $state = [initialsessionstate]::CreateDefault2()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        try {
            $null = $shell.AddScript("Import-Module '$(Get-TestModulePath)'; New-PolarAddress -Country NO").Invoke()
            $shell.Commands.Clear()
            $items = @(& $Script | Select-Object -First 2)
            foreach ($format in 'Format-Table', 'Format-List') {
                $null = $shell.AddCommand($format).AddCommand('Out-String').AddParameter('Width', 200)
                $text = $shell.Invoke($items) -join ''
                $shell.Commands.Clear()
                $shell.Streams.Error | Should -BeNullOrEmpty
                $text | Should -Be (($items | & $format | Out-String -Width 200) -join '')
            }
        }
        finally { $shell.Dispose() }
    }

    It 'work in ConstrainedLanguage, and properties too' {
        $state = [initialsessionstate]::CreateDefault2()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        try {
            $null = $shell.AddScript("Import-Module '$(Get-TestModulePath)'; Connect-Polar -Environment Emulator -Name clm; Get-PolarCustomer -First 1 | Format-List | Out-String; Get-PolarProduct | Sort-Object Price | Select-Object -Last 1 | ForEach-Object Price")
            $text = $shell.Invoke() -join ''
            $text | Should -Match 'Email +: \S+@\S+'
            $text | Should -Match '\d+$'
            Test-Shown $text | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
    }
}

Describe 'Every cmdlet' {
    It 'writes, asks and reports through the class that makes text visible' {
        foreach ($command in Get-Command -Module PolarPS) {
            $chain = for ($type = $command.ImplementingType; $type; $type = $type.BaseType) { $type.Name }
            $chain | Should -Contain 'ScreenCmdlet' -Because $command.Name
        }
    }

    It 'does not go past it' {
        $sources = 'PolarPS', 'PolarPS.Shell' | ForEach-Object { Join-Path $PSScriptRoot "../src/$_" }
        if (-not (Test-Path $sources[0])) { Set-ItResult -Skipped -Because 'the sources are not here'; return }
        $past = Get-ChildItem $sources -Recurse -Filter '*.cs' | Where-Object Name -NE 'ScreenCmdlet.cs' |
            Select-String -Pattern 'base\.(Write(Verbose|Debug|Warning|Progress|Error|Information)|Should(Process|Continue)|ThrowTerminatingError)\(|\.UI\.Write|WriteInformation\(|: PSCmdlet|CommandRuntime\.'
        "$past" | Should -BeNullOrEmpty
    }
}
