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

Describe 'Get-PolarCustomField' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'streams the whole list, and asks for no more than -First' {
        $all = @(Get-PolarCustomField)
        $all.Count | Should -BeGreaterThan 4
        $all | Should -BeOfType 'PolarPS.Client.Models.CustomField'
        (Get-PolarCustomField -Skip 1 -First 2).Id | Should -Be $all[1..2].Id
    }

    It 'gets one by id, by position, from the pipeline, from a copy and from what asks it' {
        $first = Get-PolarCustomField -First 1
        (Get-PolarCustomField $first.Id).Name | Should -Be $first.Name
        ($first | Get-PolarCustomField).Name | Should -Be $first.Name
        ($first | Select-Object Id | Get-PolarCustomField).Name | Should -Be $first.Name
        $attached = (Get-PolarProduct).AttachedCustomFields | Select-Object -First 1
        ($attached | Get-PolarCustomField).Id | Should -Be $attached.CustomFieldId
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'Query'; Arguments = @{ Query = 'vessel' }; Query = 'query=vessel' }
        @{ Name = 'Type'; Arguments = @{ Type = 'text', 'select' }; Query = 'type=text&type=select' }
        @{ Name = 'Sort'; Arguments = @{ Sort = '-Slug', 'CreatedAt' }; Query = 'sorting=-slug&sorting=created_at' }
    ) {
        $null = Get-PolarCustomField @Arguments
        (Get-HostRequest $testHost)[0].query | Should -BeLike "*$Query*"
    }

    It 'says that there is none' {
        (Get-TestError { Get-PolarCustomField 00000000-0000-4000-8000-000000000000 })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }
}

Describe 'New-PolarCustomField' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'sends <Sent> for <Name>' -ForEach @(
        @{ Name = 'a checkbox'; Arguments = @{ Type = 'checkbox' }; Sent = '{"slug":"@","name":"A","type":"checkbox","properties":{}}' }
        @{ Name = 'a text with limits'; Arguments = @{ MinLength = 2; MaxLength = 9 }; Sent = '{"slug":"@","name":"A","properties":{"min_length":2,"max_length":9},"type":"text"}' }
        @{ Name = 'a text of several lines'; Arguments = @{ Type = 'text'; Textarea = $true }; Sent = '{"slug":"@","name":"A","type":"text","properties":{"textarea":true}}' }
        @{ Name = 'a number'; Arguments = @{ Minimum = -3; Maximum = 12 }; Sent = '{"slug":"@","name":"A","properties":{"ge":-3,"le":12},"type":"number"}' }
        @{ Name = 'a day, wherever the computer stands'; Arguments = @{ EarliestDate = '2026-12-01'; LatestDate = [datetime]::new(2026, 12, 31, 23, 59, 0) }; Sent = '{"slug":"@","name":"A","properties":{"ge":1796083200,"le":1798675200},"type":"date"}' }
        @{ Name = 'texts to choose from'; Arguments = @{ Option = 'Small', 'Large' }; Sent = '{"slug":"@","name":"A","properties":{"options":[{"value":"Small","label":"Small"},{"value":"Large","label":"Large"}]},"type":"select"}' }
        @{ Name = 'values to choose from'; Arguments = @{ Option = @{ Value = 's'; Label = 'Small' } }; Sent = '{"slug":"@","name":"A","properties":{"options":[{"value":"s","label":"Small"}]},"type":"select"}' }
        @{ Name = 'labels'; Arguments = @{ Type = 'text'; FormLabel = 'L'; FormHelpText = 'H'; FormPlaceholder = 'P' }; Sent = '{"slug":"@","name":"A","type":"text","properties":{"form_label":"L","form_help_text":"H","form_placeholder":"P"}}' }
    ) {
        $slug = 'f' + [guid]::NewGuid().ToString('N')
        $made = New-PolarCustomField -Slug $slug -Name A @Arguments
        $body = @(Get-HostRequest $testHost)[-1].body
        # The order of fields says nothing.
        ($body | ConvertFrom-Json | ForEach-Object { $_.slug, $_.name, $_.type, ($_.properties | ConvertTo-Json -Depth 5 -Compress) }) |
            Should -Be ($Sent.Replace('@', $slug) | ConvertFrom-Json | ForEach-Object { $_.slug, $_.name, $_.type, ($_.properties | ConvertTo-Json -Depth 5 -Compress) })
        $made.Slug | Should -Be $slug
    }

    It 'takes the options of another field, and the rows of a file' {
        $other = Get-PolarCustomField -Type select | Select-Object -First 1
        (New-PolarCustomField copied 'Copied' -Option $other.Properties.Options).Properties.Options.Value | Should -Be $other.Properties.Options.Value
        $made = 'Slug,Name,Type,FormLabel', 'row_one,One,text,', 'row_two,Two,checkbox,Tick it' | ConvertFrom-Csv | New-PolarCustomField
        $made.Type | Should -Be 'text', 'checkbox'
        $made[0].Properties.FormLabel | Should -BeNullOrEmpty
        $made[1].Properties.FormLabel | Should -Be 'Tick it'
    }

    It 'is asked by a product' {
        $field = New-PolarCustomField -Slug asked -Name 'Asked' -Type text
        $product = New-PolarProduct -Name 'Asking' -Price (New-PolarPrice 100 -Currency usd) -CustomField $field
        $product.AttachedCustomFields.CustomFieldId | Should -Be $field.Id
    }

    It 'refuses <Name>, and sends nothing' -ForEach @(
        @{ Name = 'limits of two kinds'; Arguments = @{ MinLength = 1; Minimum = 1 } }
        @{ Name = 'limits of another kind'; Arguments = @{ Type = 'number'; MaxLength = 3 } }
        @{ Name = 'options of a checkbox'; Arguments = @{ Type = 'checkbox'; Option = 'a' } }
        @{ Name = 'a choice of nothing'; Arguments = @{ Type = 'select' } }
        @{ Name = 'an empty option'; Arguments = @{ Option = 'a', '' } }
        @{ Name = 'an option without a value'; Arguments = @{ Option = @{ Color = 'red' } } }
        @{ Name = 'no kind'; Arguments = @{ Type = '' } }
        @{ Name = 'a slug with capitals'; Arguments = @{ Type = 'text'; Slug = 'Big' } }
        @{ Name = 'a day that Polar cannot store'; Arguments = @{ LatestDate = '2040-01-01' } }
    ) {
        $with = @{ Name = 'A' } + $Arguments
        if (-not $with.ContainsKey('Slug')) { $with.Slug = 'refused' }
        $problems = @(Get-TestError { New-PolarCustomField @with })
        $problems.Count | Should -Be 1
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'sends kinds that it does not know' {
        $problem = Get-TestError { New-PolarCustomField -Slug rating -Name 'Rating' -Type rating }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        @(Get-HostRequest $testHost)[-1].body | Should -BeLike '*"type":"rating"*'
    }

    It 'names the parameter that Polar refuses' {
        $known = Get-PolarCustomField -First 1
        "$(Get-TestError { New-PolarCustomField -Slug $known.Slug -Name A -Type text })" | Should -BeLike '*-Slug: *'
    }

    It 'sends nothing with -WhatIf, and shows what it would send with -Verbose' {
        $lines = New-PolarCustomField -Slug preview -Name A -Minimum 1 -WhatIf -Verbose 4>&1
        $lines | Should -BeLike '*POST /v1/custom-fields/*"ge":1*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Set-PolarCustomField' {
    BeforeAll { $script:field = New-PolarCustomField -Slug to-change -Name 'To change' -FormLabel 'Label' -FormHelpText 'Help' -MinLength 2 -MaxLength 9 }
    BeforeEach { Clear-HostRequest $testHost }

    It 'sends the kind that is known, and nothing that was not given' {
        ($field | Set-PolarCustomField -Name 'Changed').Name | Should -Be 'Changed'
        $requests = @(Get-HostRequest $testHost)
        $requests.Count | Should -Be 1
        $requests[0].body | Should -Be '{"name":"Changed","type":"text"}'
    }

    It 'asks for the kind that is not known' {
        Connect-TestHost $testHost -With @{ Name = 'fresh' }
        try {
            $null = Set-PolarCustomField $field.Id -Name 'Again' -Connection fresh
            $requests = @(Get-HostRequest $testHost)
            $requests.method | Should -Be 'GET', 'PATCH'
            $requests[1].body | Should -Be '{"name":"Again","type":"text"}'
        }
        finally { Disconnect-Polar fresh; Select-PolarConnection Default }
    }

    It 'changes a property and leaves its neighbours alone' {
        $changed = $field | Set-PolarCustomField -MaxLength 20
        $changed.Properties.MaxLength | Should -Be 20
        $changed.Properties.MinLength | Should -Be 2
        $changed.Properties.FormLabel | Should -Be 'Label'
    }

    It 'keeps what another client has changed meanwhile' {
        $null = Invoke-PolarRequest "/v1/custom-fields/$($field.Id)" -Method PATCH -Body @{ type = 'text'; properties = @{ form_label = 'Elsewhere'; min_length = 3 } } -Confirm:$false
        $changed = $field | Set-PolarCustomField -FormPlaceholder 'Here'
        $changed.Properties.FormLabel | Should -Be 'Elsewhere'
        $changed.Properties.MinLength | Should -Be 3
        $null = $field | Set-PolarCustomField -FormLabel 'Label' -FormHelpText 'Help' -FormPlaceholder $null -MinLength 2 -MaxLength 9
    }

    It 'clears <Parameter> with $null' -ForEach @{ Parameter = 'FormLabel' }, @{ Parameter = 'FormHelpText' }, @{ Parameter = 'MinLength' }, @{ Parameter = 'MaxLength' } {
        $with = @{ $Parameter = $null }
        ($field | Set-PolarCustomField @with).Properties.$Parameter | Should -BeNullOrEmpty
        @(Get-HostRequest $testHost)[-1].body | Should -Not -Match 'null' -Because 'Polar takes no null there'
    }

    It 'refuses limits of another kind before it changes anything' {
        $problem = Get-TestError { $field | Set-PolarCustomField -Minimum 3 }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        "$($problem[0])" | Should -BeLike '*number field*text field*'
        @(Get-HostRequest $testHost).method | Should -Be 'GET'
    }

    It 'replaces the options' {
        $choice = New-PolarCustomField -Slug choice -Name 'Choice' -Option 'a', 'b' -FormLabel 'Pick'
        $changed = $choice | Set-PolarCustomField -Option @{ Value = 'c'; Label = 'See' }
        $changed.Properties.Options.Label | Should -Be 'See'
        $changed.Properties.FormLabel | Should -Be 'Pick'
    }

    It 'moves and lifts the limits of a date' {
        $day = New-PolarCustomField -Slug a-day -Name 'Day' -EarliestDate 2026-01-01 -LatestDate 2026-12-31
        $changed = $day | Set-PolarCustomField -EarliestDate 2026-06-01 -LatestDate $null
        $changed.Properties.Ge | Should -Be ([DateTimeOffset]'2026-06-01T00:00:00Z').ToUnixTimeSeconds()
        $changed.Properties.Le | Should -BeNullOrEmpty
    }

    It 'refuses a change of nothing, and sends nothing with -WhatIf' {
        (Get-TestError { $field | Set-PolarCustomField -ErrorAction Stop })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        $field | Set-PolarCustomField -Name 'Never' -FormLabel $null -WhatIf
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Remove-PolarCustomField' {
    It 'deletes what is piped, after naming it' {
        $field = New-PolarCustomField -Slug to-delete -Name 'To delete' -Type checkbox
        $shown = Invoke-Fresh @"
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
Get-PolarCustomField -Query vessel | Remove-PolarCustomField -WhatIf
"@
        $shown -join "`n" | Should -BeLike '*Delete permanently*custom field ''Vessel name''*Emulator*'
        $field | Remove-PolarCustomField -Confirm:$false
        (Get-TestError { Get-PolarCustomField $field.Id })[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'what a product has attached'; Value = { (Get-PolarProduct).AttachedCustomFields | Select-Object -First 1 } }
        @{ Name = 'a product'; Value = { Get-PolarProduct -First 1 } }
        @{ Name = '$null'; Value = { $null } }
    ) {
        $piped = & $Value
        Clear-HostRequest $testHost
        (Get-TestError { , $piped | Remove-PolarCustomField -Confirm:$false }).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Completion' {
    It 'offers kinds, orders and fields by name' {
        (Get-Completion 'New-PolarCustomField -Type ').ListItemText | Should -Be 'text', 'number', 'date', 'checkbox', 'select'
        (Get-Completion 'Get-PolarCustomField -Sort ').ListItemText | Should -Contain '-slug'
        (Get-Completion 'Set-PolarCustomField -Id Vess').ListItemText | Should -Be 'Vessel name'
    }
}
