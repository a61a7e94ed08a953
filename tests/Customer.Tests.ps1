# Long because it has all that the cmdlets of one noun promise.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost

    function Get-Write { @(Get-HostRequest $testHost | Where-Object method -NE 'GET') }

    function New-TestCustomer {
        # A customer of its own for each test, as email addresses are unique.
        param([hashtable] $With = @{})
        New-PolarCustomer "c$([guid]::NewGuid().ToString('N').Substring(0, 12))@example.com" @With
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarCustomer' {
    BeforeAll {
        $script:all = Get-PolarCustomer
        $script:astrid = Get-PolarCustomer -ExternalId crew-1001
    }
    BeforeEach { Clear-HostRequest $testHost }

    It 'streams the whole list with no arguments' {
        $all.Count | Should -BeGreaterThan 8
        $all | Should -BeOfType 'PolarPS.Client.Models.Customer'
        ($all.Id | Sort-Object -Unique).Count | Should -Be $all.Count
    }

    It 'gets one by id, by object, by what refers to it, and by a copy' {
        (Get-PolarCustomer $astrid.Id).Email | Should -Be $astrid.Email
        ($astrid | Get-PolarCustomer).Email | Should -Be $astrid.Email
        (Get-PolarCustomerState $astrid | Get-PolarCustomer).Email | Should -Be $astrid.Email
        ([pscustomobject]@{ CustomerId = $astrid.Id } | Get-PolarCustomer).Email | Should -Be $astrid.Email
        ([pscustomobject]@{ CustomerId = [guid]$astrid.Id } | Get-PolarCustomer).Email | Should -Be $astrid.Email
        ($astrid | Select-Object Id, Email | Get-PolarCustomer).Email | Should -Be $astrid.Email
        (Get-PolarPaymentMethod $astrid | Get-PolarCustomer).Email | Should -Be $astrid.Email
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'Email'; Arguments = @{ Email = 'astrid.lund@solveig.example' }; Query = 'email=astrid.lund%40solveig.example' }
        @{ Name = 'Query'; Arguments = @{ Query = 'Astrid & co' }; Query = 'query=Astrid%20%26%20co' }
        @{ Name = 'Active'; Arguments = @{ Active = $true }; Query = 'active=true' }
        @{ Name = 'Active:$false'; Arguments = @{ Active = $false }; Query = 'active=false' }
        @{ Name = 'Metadata'; Arguments = @{ Metadata = @{ plan = 'a', 'b' } }; Query = 'metadata%5Bplan%5D=a&metadata%5Bplan%5D=b' }
        @{ Name = 'Sort'; Arguments = @{ Sort = 'Name', '-CreatedAt' }; Query = 'sorting=name&sorting=-created_at' }
    ) {
        $null = Get-PolarCustomer @Arguments
        (Get-HostRequest $testHost)[0].query | Should -BeLike "*$Query*"
    }

    It 'sends no filter that was not given' {
        $null = Get-PolarCustomer -First 1
        (Get-HostRequest $testHost)[0].query | Should -Not -Match 'email|active|query|metadata'
    }

    It 'finds what the filters describe' {
        @(Get-PolarCustomer -Email $astrid.Email).Id | Should -Be $astrid.Id
        @(Get-PolarCustomer -Active).Count + @(Get-PolarCustomer -Active:$false).Count | Should -Be @(Get-PolarCustomer).Count
    }

    It 'gets several by ids of the user''s own, and names the one that is not there' {
        $problem = $null
        $found = Get-PolarCustomer -ExternalId crew-1001, nobody, crew-1002 -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.ExternalId | Should -Be 'crew-1001', 'crew-1002'
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem[0].TargetObject | Should -Be 'nobody'
        "$($problem[0])" | Should -BeLike "*no customer with the external id 'nobody'*"
    }

    It 'escapes an id of the user''s own: <_>' -ForEach 'a b', 'a?b=c#d', 'a%2Fb', '..a', 'a&b', '1+1' {
        $made = New-TestCustomer @{ ExternalId = "$_ $(Get-Random)" }
        (Get-PolarCustomer -ExternalId $made.ExternalId).Id | Should -Be $made.Id
    }

    It 'finds an id of the user''s own that no address can hold' {
        $id = "u/42/$(Get-Random)"
        $made = New-TestCustomer @{ ExternalId = $id }
        $near = New-TestCustomer @{ ExternalId = "$id/members" }
        (Get-PolarCustomer -ExternalId $id).Id | Should -Be $made.Id
        (Get-PolarCustomer -ExternalId "$id/members").Id | Should -Be $near.Id
        $problem = Get-TestError { Get-PolarCustomer -ExternalId 'u/' }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        "$($problem[0])" | Should -BeLike "*no customer with the external id 'u/'*"
    }

    It 'takes numbers as ids of the user''s own, and no objects' {
        $number = Get-Random
        $made = New-TestCustomer @{ ExternalId = $number }
        (Get-PolarCustomer -ExternalId $number).Id | Should -Be $made.Id
        Clear-HostRequest $testHost
        $problem = Get-TestError { Get-PolarCustomer -ExternalId $astrid }
        "$($problem[0])" | Should -BeLike '*this is a customer*mean its ExternalId property*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'does not silently ignore -First beside an id' {
        (Get-TestError { Get-PolarCustomer -ExternalId crew-1001 -First 1 })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        (Get-TestError { Get-PolarCustomer $astrid -Skip 1 })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'completes email addresses, the user''s own ids, and sort fields' {
        (Get-Completion 'Get-PolarCustomer -Id astrid').CompletionText | Should -Be $astrid.Email
        (Get-Completion "Get-PolarCustomer -Id $($astrid.Id.Substring(0, 9))").CompletionText | Should -Be $astrid.Id
        (Get-Completion 'Get-PolarCustomer -ExternalId crew-1001').CompletionText | Should -Be 'crew-1001'
        (Get-Completion 'Get-PolarCustomer -ExternalId astrid').CompletionText | Should -Be 'crew-1001'
        (Get-Completion 'Get-PolarCustomer -Sort em').CompletionText | Should -Be 'Email', "'-Email'"
    }
}

Describe 'New-PolarCustomer' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'sends exactly what is given' {
        $mail = "ada.$(Get-Random)@example.com"
        $made = New-PolarCustomer $mail 'Ada'
        (Get-Write)[0].body | Should -Be "{`"email`":`"$mail`",`"name`":`"Ada`"}"
        $made.Type | Should -Be 'individual'
        $made.Name | Should -Be 'Ada'
    }

    It 'makes a customer with address, tax number, language and metadata' {
        $made = New-TestCustomer @{ BillingAddress = New-PolarAddress DE -City Kiel -PostalCode 24103; TaxId = 'DE123456789'; Locale = 'de'; Metadata = @{ deck = 3; aft = $true } }
        $made.BillingAddress.City | Should -Be 'Kiel'
        $made.TaxId | Should -Be 'DE123456789', 'eu_vat'
        $made.Locale | Should -Be 'de'
        $made.Metadata.deck | Should -BeOfType [long]
        $made.Metadata.aft | Should -BeTrue
    }

    It 'takes the address as a hashtable, and another customer''s address and tax number' {
        $one = New-TestCustomer @{ BillingAddress = @{ Country = 'FR'; PostalCode = '75001' }; TaxId = 'FR61954506077' }
        $two = New-TestCustomer @{ BillingAddress = $one.BillingAddress; TaxId = $one.TaxId }
        $two.BillingAddress.PostalCode | Should -Be '75001'
        $two.TaxId | Should -Be $one.TaxId
        $problem = Get-TestError { New-PolarCustomer x@example.com -BillingAddress @{ Contry = 'FR' } }
        "$($problem[0])" | Should -BeLike "*no setting 'Contry'*Country*"
    }

    It 'makes a team with its owner, with or without an email address' {
        $team = New-PolarCustomer -Type team -Name 'Crew' -OwnerEmail 'owner@crew.example' -OwnerName 'Olga' -OwnerExternalId 'o-1'
        (Get-Write)[0].body | Should -Be '{"name":"Crew","type":"team","owner":{"email":"owner@crew.example","name":"Olga","external_id":"o-1"}}'
        $team.Email | Should -BeNullOrEmpty
        "$team" | Should -Be 'Crew'
        $owner = Get-PolarMember $team
        $owner.Role | Should -Be 'owner'
        $owner.ExternalId | Should -Be 'o-1'
    }

    It 'names the parameter of what is refused within the owner' {
        $problem = Get-TestError { New-PolarCustomer -Type team -Name 'Crew' -OwnerEmail 'nonsense' }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$($problem[0])" | Should -BeLike "*customer 'Crew': -OwnerEmail:*"
    }

    It 'sends nothing for a person without an email address: <Name>' -ForEach @(
        @{ Name = 'none'; Arguments = @{ Name = 'Ada' } }
        @{ Name = 'null'; Arguments = @{ Name = 'Ada'; Email = $null } }
        @{ Name = 'empty'; Arguments = @{ Name = 'Ada'; Email = ''; Type = 'individual' } }
    ) {
        $problem = Get-TestError { New-PolarCustomer @Arguments }
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problem[0].TargetObject | Should -Be 'Ada'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'makes customers of the rows of a CSV file, and says which row was bad' {
        Push-Location $TestDrive
        try {
            Set-Content people.csv @'
Email,Name,ExternalId,TaxId,Locale,Metadata,BillingAddress
ada@people.example,Ada,p_1,,,,
not-an-address,Bob,p_2,,,,
cy@people.example,,,,sv,,
astrid.lund@solveig.example,Astrid,p_4,,,,
dora@people.example,"Dora, the fourth",p_5,,,,
'@
            $problems = $null
            $made = Import-Csv people.csv | New-PolarCustomer -ErrorVariable problems -ErrorAction SilentlyContinue
        }
        finally { Pop-Location }
        $made.Email | Should -Be 'ada@people.example', 'cy@people.example', 'dora@people.example'
        $made[2].Name | Should -Be 'Dora, the fourth'
        $made.ExternalId | Where-Object { $_ } | Should -Be 'p_1', 'p_5'
        $problems.TargetObject | Should -Be 'not-an-address', 'astrid.lund@solveig.example'
        $problems | ForEach-Object { "$_" | Should -BeLike "*'$($_.TargetObject)'*-Email:*" }
        # An empty cell is not sent, neither as text nor as null; and a row has nothing of the row before.
        (Get-Write)[2].body | Should -Be '{"email":"cy@people.example","locale":"sv"}'
    }

    It 'copies customers as they are, but not their ids' {
        $one = New-TestCustomer @{ Name = 'Copy'; BillingAddress = @{ Country = 'FR' }; TaxId = 'FR61954506077'; Metadata = @{ a = 1 } }
        Clear-HostRequest $testHost
        $shown = $one | New-PolarCustomer -WhatIf -Verbose 4>&1
        $shown | Should -BeLike '*"name":"Copy"*"billing_address":{"country":"FR"}*"tax_id":"FR61954506077"*"metadata":{"a":1}*'
        $shown | Should -Not -Match $one.Id
        $shown | Should -Not -Match $one.OrganizationId
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'completes kinds, languages and countries' {
        (Get-Completion 'New-PolarCustomer -Type t').CompletionText | Should -Be 'team'
        (Get-Completion 'New-PolarCustomer -Locale pt-').CompletionText | Should -Be 'pt-BR'
        (Get-Completion 'New-PolarAddress -Country N').CompletionText | Should -Contain 'NL'
    }
}

Describe 'New-PolarAddress' {
    It 'describes an address, without what is empty' {
        Clear-HostRequest $testHost
        $address = New-PolarAddress us -Line1 '1 Pier' -Line2 '' -City 'Portland' -State $null
        $address.Country | Should -Be 'US'
        $address.Line1 | Should -Be '1 Pier'
        $address.FieldNames() | Sort-Object | Should -Be 'city', 'country', 'line1'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'takes the columns of a CSV file' {
        $addresses = "Country,City,PostalCode`nDE,Kiel,24103`nFR,,75001" -split "`n" | ConvertFrom-Csv | New-PolarAddress
        $addresses.City | Where-Object { $_ } | Should -Be 'Kiel'
        $addresses.PostalCode | Should -Be '24103', '75001'
        $addresses[1].FieldNames() | Should -Not -Contain 'city'
    }

    It 'refuses what is no code of a country: <_>' -ForEach 'Germany', 'D', '', 'D1' {
        { New-PolarAddress $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError*,*NewPolarAddressCommand'
    }
}

Describe 'Set-PolarCustomer' {
    BeforeAll { $script:customer = New-TestCustomer @{ ExternalId = 'set-1'; Name = 'Before'; BillingAddress = @{ Country = 'DE' }; TaxId = 'DE123456789'; Locale = 'de' } }
    BeforeEach { Clear-HostRequest $testHost }

    It 'changes what is given and nothing else, by <Name>' -ForEach @(
        @{ Name = 'id'; Set = { Set-PolarCustomer $customer.Id -Name 'After' }; Path = { "/v1/customers/$($customer.Id)" } }
        @{ Name = 'object'; Set = { $customer | Set-PolarCustomer -Name 'After' }; Path = { "/v1/customers/$($customer.Id)" } }
        @{ Name = 'external id'; Set = { Set-PolarCustomer -ExternalId set-1 -Name 'After' }; Path = { '/v1/customers/external/set-1' } }
    ) {
        (& $Set).Name | Should -Be 'After'
        $request = @(Get-HostRequest $testHost)[-1]
        $request.method | Should -Be 'PATCH'
        $request.path | Should -Be (& $Path)
        $request.body | Should -Be '{"name":"After"}'
    }

    It 'clears <Parameter> with $null' -ForEach @(
        @{ Parameter = 'TaxId'; Field = 'tax_id' }
        @{ Parameter = 'Name'; Field = 'name' }
        @{ Parameter = 'Locale'; Field = 'locale' }
    ) {
        $with = @{ $Parameter = $null }
        (Set-PolarCustomer $customer @with).$Parameter | Should -BeNullOrEmpty
        (Set-PolarCustomer -ExternalId set-1 @with).$Parameter | Should -BeNullOrEmpty
        (Get-Write).body | Should -Be @("{`"$Field`":null}", "{`"$Field`":null}")
    }

    It 'refuses to take away <Parameter>, which the server does not clear' -ForEach @(
        @{ Parameter = 'BillingAddress' }
        @{ Parameter = 'Email' }
    ) {
        $with = @{ $Parameter = $null }
        { Set-PolarCustomer $customer @with } | Should -Throw -ErrorId 'ParameterArgumentValidationError*,*SetPolarCustomerCommand'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'clears the metadata with an empty hashtable, or $null' {
        $null = Set-PolarCustomer $customer -Metadata @{ a = 1 }
        (Set-PolarCustomer $customer -Metadata @{}).Metadata.Count | Should -Be 0
        (Set-PolarCustomer $customer -Metadata $null).Metadata.Count | Should -Be 0
    }

    It 'gives an id of the user''s own to a customer that has none, and makes a team of a person' {
        $new = New-TestCustomer
        (Set-PolarCustomer $new -NewExternalId 'late-1' -Type team).Type | Should -Be 'team'
        (Get-Write)[-1].body | Should -Be '{"external_id":"late-1","type":"team"}'
        (Get-PolarCustomer -ExternalId late-1).Id | Should -Be $new.Id
    }

    It 'has no way to change <Name> by an id of the user''s own' -ForEach @(
        @{ Name = 'that id'; With = @{ NewExternalId = 'set-2' } }
        @{ Name = 'the kind'; With = @{ Type = 'team' } }
    ) {
        { Set-PolarCustomer -ExternalId set-1 @With } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'takes nothing from the pipeline beside -ExternalId: <Name>' -ForEach @(
        @{ Name = 'another customer'; Value = { Get-PolarCustomer -ExternalId crew-1002 } }
        @{ Name = '$null'; Value = { $null } }
    ) {
        $piped = & $Value
        Clear-HostRequest $testHost
        $problem = Get-TestError { $piped | Set-PolarCustomer -ExternalId set-1 -Name 'Wrong' }
        $problem.Count | Should -Be 1
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'refuses a change of nothing' {
        foreach ($act in { Set-PolarCustomer $customer }, { Set-PolarCustomer -ExternalId set-1 }) {
            (Get-TestError $act)[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        }
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    Context 'with -CreateIfMissing' {
        BeforeAll {
            # The requests, as method and path without what is in them.
            function Get-Call { @(Get-HostRequest $testHost | ForEach-Object { "$($_.method) $($_.path)" }) }
        }
        BeforeEach {
            $script:key = "sure-$([guid]::NewGuid().ToString('N').Substring(0, 12))"
            $script:with = @{ ExternalId = $key; CreateIfMissing = $true; Email = "$key@example.com"; Name = 'Sure'; Metadata = @{ tier = 'gold' } }
        }

        It 'creates a customer that is missing, changes one that differs, and sends nothing for one that is as it should be' {
            $made = Set-PolarCustomer @with
            Get-Call | Should -Be "GET /v1/customers/external/$key", 'POST /v1/customers/' -Because 'there is none yet'

            Clear-HostRequest $testHost
            $same = Set-PolarCustomer @with
            Get-Call | Should -Be "GET /v1/customers/external/$key" -Because 'nothing would change'
            $same.Id | Should -Be $made.Id -Because 'it is written as if it had been set'
            $same.ModifiedAt | Should -Be $made.ModifiedAt

            Clear-HostRequest $testHost
            (Set-PolarCustomer @with -Locale fr).Locale | Should -Be 'fr'
            Get-Call | Should -Be "GET /v1/customers/external/$key", "PATCH /v1/customers/$($made.Id)"
        }

        It 'counts metadata by keys: <Name>' -ForEach @(
            @{ Name = 'one that is there already'; Edit = @{ AddMetadata = @{ tier = 'gold' } }; Writes = 0; Left = 'tier' }
            @{ Name = 'one that is gone already'; Edit = @{ RemoveMetadata = 'plan' }; Writes = 0; Left = 'tier' }
            @{ Name = 'another value'; Edit = @{ AddMetadata = @{ tier = 'silver' } }; Writes = 1; Left = 'tier' }
            @{ Name = 'one more'; Edit = @{ AddMetadata = @{ plan = 'pro' } }; Writes = 1; Left = 'plan', 'tier' }
        ) {
            $null = Set-PolarCustomer @with
            $with.Remove('Metadata')
            Clear-HostRequest $testHost
            (Set-PolarCustomer @with @Edit).Metadata.Keys | Sort-Object | Should -Be $Left
            @(Get-HostRequest $testHost | Where-Object method -EQ 'GET').Count | Should -Be 1
            (Get-Write).Count | Should -Be $Writes
        }

        It 'says with -WhatIf that nothing would change, and writes nothing' {
            $null = Set-PolarCustomer @with
            Clear-HostRequest $testHost
            Set-PolarCustomer @with -WhatIf | Should -BeNullOrEmpty
            (Get-Write).Count | Should -Be 0
        }
    }

    It 'sends nothing with -WhatIf, and shows what it would send with -Verbose' {
        $lines = @(Set-PolarCustomer $customer -Name 'X' -WhatIf -Verbose 4>&1) + @(Set-PolarCustomer -ExternalId set-1 -Name 'X' -WhatIf -Verbose 4>&1)
        $lines[0] | Should -BeLike "*PATCH /v1/customers/$($customer.Id) {`"name`":`"X`"}"
        $lines[-1] | Should -BeLike '*PATCH /v1/customers/external/set-1 {"name":"X"}'
        # Who it is, for the question.
        @(Get-HostRequest $testHost) | ForEach-Object { "$($_.method) $($_.path)" } | Should -Be 'GET /v1/customers/external/set-1'
    }

    It 'sends nothing for an id of the user''s own that would be another address' {
        foreach ($act in { Set-PolarCustomer -ExternalId 'set-1/members/x' -Name 'X' }, { Set-PolarCustomer -ExternalId '..' -Name 'X' }) {
            $problem = Get-TestError $act
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        }
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'changes the others when one of several is not there' {
        $problem = $null
        $ids = $customer.Id, '00000000-0000-4000-8000-000000000000', (Get-PolarCustomer -ExternalId crew-1003).Id
        $changed = $ids | Set-PolarCustomer -Locale en -ErrorVariable problem -ErrorAction SilentlyContinue
        $changed.Id | Should -Be $ids[0], $ids[2]
        $problem.Count | Should -Be 1
        $problem[0].TargetObject | Should -Be $ids[1]
    }
}

Describe 'Remove-PolarCustomer' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'deletes by <Name>' -ForEach @(
        @{ Name = 'id'; Remove = { Remove-PolarCustomer $customer.Id -Confirm:$false } }
        @{ Name = 'object'; Remove = { $customer | Remove-PolarCustomer -Confirm:$false } }
        @{ Name = 'copy'; Remove = { $customer | Select-Object Id, Email | Remove-PolarCustomer -Confirm:$false } }
        @{ Name = 'external id'; Remove = { Remove-PolarCustomer -ExternalId $customer.ExternalId -Confirm:$false } }
    ) {
        $customer = New-TestCustomer @{ ExternalId = "gone-$(Get-Random)" }
        Clear-HostRequest $testHost
        & $Remove | Should -BeNullOrEmpty
        @(Get-HostRequest $testHost).method | Should -Be 'DELETE' -Because 'without a question nothing has to be read'
        (Get-Write)[0].query | Should -BeNullOrEmpty
        (Get-TestError { Get-PolarCustomer $customer.Id })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'anonymizes where it is told to' {
        $one = New-TestCustomer
        $two = New-TestCustomer @{ ExternalId = "anon-$(Get-Random)" }
        $one | Remove-PolarCustomer -Anonymize -Confirm:$false
        Remove-PolarCustomer -ExternalId $two.ExternalId -Anonymize -Confirm:$false
        (Get-Write | Where-Object method -EQ 'DELETE').query | ForEach-Object { $_ | Should -BeLike '*anonymize=true' }
        @(Get-Write | Where-Object method -EQ 'DELETE').Count | Should -Be 2
    }

    It 'names the customer and what will happen before it does: <Name>' -ForEach @(
        @{ Name = 'by id, unseen'; Line = 'Remove-PolarCustomer 77321816-a29b-4b67-967e-52a572a98e19 -WhatIf'; Text = "*Delete permanently; all subscriptions end and all benefits are revoked immediately*customer 'astrid.lund@solveig.example' (77321816-*Emulator*" }
        @{ Name = 'by external id'; Line = 'Remove-PolarCustomer -ExternalId crew-1001 -WhatIf'; Text = "*all subscriptions end*customer 'astrid.lund@solveig.example' (external id 'crew-1001'*Emulator*" }
        @{ Name = 'anonymizing'; Line = 'Get-PolarCustomer -ExternalId fleet-7 | Remove-PolarCustomer -Anonymize -WhatIf'; Text = "*Delete permanently and anonymize; all subscriptions end*customer 'office@vindcharter.example'*" }
        @{ Name = 'nobody to answer'; Line = 'Remove-PolarCustomer -ExternalId crew-1001; (Get-PolarCustomer -ExternalId crew-1001).Name'; Text = '*NonInteractive*', '*Astrid Lund*' }
        @{ Name = 'nobody with that external id'; Line = 'Remove-PolarCustomer -ExternalId nobody -WhatIf'; Text = "*no customer with the external id 'nobody'*" }
    ) {
        $shown = Invoke-Fresh @"
`$ProgressPreference = 'SilentlyContinue'
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
$Line
"@
        # What is written and what is an error come on streams of their own, in any order.
        foreach ($part in $Text) { ($shown -join ' ') -replace '\s+', ' ' | Should -BeLike $part }
    }

    It 'sends nothing that changes anything with -WhatIf' {
        $customer = New-TestCustomer @{ ExternalId = "stay-$(Get-Random)" }
        Clear-HostRequest $testHost
        $customer | Remove-PolarCustomer -WhatIf
        Remove-PolarCustomer -ExternalId $customer.ExternalId -WhatIf
        (Get-Write).Count | Should -Be 0
        (Get-PolarCustomer $customer.Id).Id | Should -Be $customer.Id
    }

    It 'sends nothing, and asks nothing, for <Name>' -ForEach @(
        @{ Name = 'an empty variable by position'; Act = { Remove-PolarCustomer $nothing } }
        @{ Name = '-Id $null'; Act = { Remove-PolarCustomer -Id $null } }
        @{ Name = '-Id @()'; Act = { Remove-PolarCustomer -Id @() } }
        @{ Name = "-Id ''"; Act = { Remove-PolarCustomer -Id '' } }
        @{ Name = '-Id with a null among good ones'; Act = { Remove-PolarCustomer -Id $good.Id, $null } }
        @{ Name = '-ExternalId $null'; Act = { Remove-PolarCustomer -ExternalId $null } }
        @{ Name = "-ExternalId ''"; Act = { Remove-PolarCustomer -ExternalId '' } }
        @{ Name = "-ExternalId ' '"; Act = { Remove-PolarCustomer -ExternalId ' ' } }
        @{ Name = '-ExternalId @()'; Act = { Remove-PolarCustomer -ExternalId @() } }
        @{ Name = '-ExternalId with a null among good ones'; Act = { Remove-PolarCustomer -ExternalId crew-1001, $null } }
        @{ Name = '-ExternalId with an empty text among good ones'; Act = { Remove-PolarCustomer -ExternalId crew-1001, '' } }
        @{ Name = '-ExternalId with a customer'; Act = { Remove-PolarCustomer -ExternalId $good } }
        @{ Name = '-ExternalId with a slash: a member of another'; Act = { Remove-PolarCustomer -ExternalId 'fleet-7/members/skipper-1' } }
        @{ Name = '-ExternalId ..'; Act = { Remove-PolarCustomer -ExternalId '..' } }
        @{ Name = 'both'; Act = { Remove-PolarCustomer -Id $good -ExternalId crew-1001 } }
        @{ Name = 'a customer piped beside -ExternalId'; Act = { $good | Remove-PolarCustomer -ExternalId crew-1001 } }
        @{ Name = '$null piped'; Act = { $null | Remove-PolarCustomer } }
        @{ Name = 'an empty text piped'; Act = { '' | Remove-PolarCustomer } }
        @{ Name = 'a state'; Act = { $state | Remove-PolarCustomer } }
        @{ Name = 'a state by parameter'; Act = { Remove-PolarCustomer -Id $state } }
        @{ Name = 'a copy of a state'; Act = { $state | Select-Object * | Remove-PolarCustomer } }
        @{ Name = 'an order'; Act = { $order | Remove-PolarCustomer } }
        @{ Name = 'a copy of an order'; Act = { $order | Select-Object * | Remove-PolarCustomer } }
        @{ Name = 'an order from a file'; Act = { Import-Clixml $orderFile | Remove-PolarCustomer } }
        @{ Name = 'a member'; Act = { $member | Remove-PolarCustomer } }
        @{ Name = 'a copy of a member'; Act = { $member | Select-Object * | Remove-PolarCustomer } }
        @{ Name = 'a payment method'; Act = { $method | Remove-PolarCustomer } }
        @{ Name = 'a session'; Act = { $session | Remove-PolarCustomer } }
    ) {
        # Run without a question, it would have lost customers.
        $nothing = $null
        $good = Get-PolarCustomer -ExternalId crew-1001
        $state = Get-PolarCustomerState $good
        $order = [PolarPS.Client.Models.Order]@{ Id = [guid]::NewGuid(); CustomerId = $good.Id }
        $orderFile = Join-Path $TestDrive 'order.xml'
        $order | Export-Clixml $orderFile
        $member = Get-PolarMember -ExternalCustomerId fleet-7 -First 1
        $method = Get-PolarPaymentMethod $good
        $session = New-PolarCustomerSession $good
        Clear-HostRequest $testHost
        $ConfirmPreference = 'None'
        $problems = Get-TestError $Act
        $problems.Count | Should -BeGreaterThan 0
        "$($problems[0].FullyQualifiedErrorId)" | Should -Match '^(ParameterArgument|PolarInvalidArgument|AmbiguousParameterSet|InputObjectNotBound)'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'does nothing for an empty pipeline' {
        Get-TestError { @() | Remove-PolarCustomer -Confirm:$false } | Should -BeNullOrEmpty
        Get-TestError { Get-PolarCustomer | Where-Object Name -EQ 'Nobody' | Remove-PolarCustomer -Confirm:$false } | Should -BeNullOrEmpty
        (Get-Write).Count | Should -Be 0
    }

    It 'deletes the others when one is not there' {
        $one = New-TestCustomer
        $two = New-TestCustomer
        $problem = Get-TestError { $one.Id, '00000000-0000-4000-8000-000000000000', $two.Id | Remove-PolarCustomer -Confirm:$false }
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        @(Get-TestError { $one, $two | Get-PolarCustomer }).Count | Should -Be 2
    }
}

Describe 'Get-PolarCustomerState' {
    BeforeAll {
        $free = New-PolarProduct -Name 'Free of charge' -RecurringInterval month -Price (New-PolarPrice 0 -Currency usd)
        $buyer = New-TestCustomer
        $null = Invoke-PolarRequest /v1/subscriptions/ -Method POST -Body @{ product_id = $free.Id; customer_id = $buyer.Id } -Confirm:$false
        $null = Set-PolarCustomer $buyer -NewExternalId u_42
    }

    It 'answers the line that the module is for' {
        $subscriptions = Get-PolarCustomer -ExternalId u_42 | Get-PolarCustomerState | Select-Object -Expand ActiveSubscriptions
        $subscriptions | Should -HaveCount 1
        $subscriptions | Should -BeOfType 'PolarPS.Client.Models.CustomerStateSubscription'
        $subscriptions.Status | Should -Be 'active'
    }

    It 'gets states by id, by object, by what refers to a customer, and by external id' {
        $id = (Get-PolarCustomer -ExternalId u_42).Id
        (Get-PolarCustomerState $id).Id | Should -Be $id
        (Get-PolarCustomerState -CustomerId (Get-PolarCustomer $id)).Id | Should -Be $id
        (Get-PolarCustomerState -ExternalId u_42).Id | Should -Be $id
        ([pscustomobject]@{ CustomerId = $id } | Get-PolarCustomerState).Id | Should -Be $id
        (Get-PolarCustomerState -ExternalId u_42 | Get-PolarCustomerState).Id | Should -Be $id
    }

    It 'says which customer is not there, and goes on' {
        $problem = $null
        $states = Get-PolarCustomerState -ExternalId crew-1001, nobody, u_42 -ErrorVariable problem -ErrorAction SilentlyContinue
        $states.ExternalId | Should -Be 'crew-1001', 'u_42'
        "$problem" | Should -BeLike "*no customer with the external id 'nobody'*"
    }

    It 'refuses what is no customer' {
        $product = Get-PolarProduct -First 1
        Clear-HostRequest $testHost
        "$((Get-TestError { $product | Get-PolarCustomerState })[0])" | Should -BeLike '*Expected a customer, but this is a product*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Get-PolarPaymentMethod' {
    It 'lists what customers pay with: <Name>' -ForEach @(
        @{ Name = 'id'; List = { Get-PolarPaymentMethod $customer.Id } }
        @{ Name = 'object'; List = { $customer | Get-PolarPaymentMethod } }
        @{ Name = 'external id'; List = { Get-PolarPaymentMethod -ExternalCustomerId crew-1001 } }
    ) {
        $customer = Get-PolarCustomer -ExternalId crew-1001
        $method = & $List
        $method | Should -BeOfType 'PolarPS.Client.Models.PaymentMethod'
        $method.CustomerId | Should -Be $customer.Id
        $method.Id | Should -Contain $customer.DefaultPaymentMethodId
    }

    It 'counts for each customer' {
        $result = @(Get-PolarPaymentMethod -ExternalCustomerId crew-1001, crew-1002 -First 0 -IncludeTotalCount)
        $result.Count | Should -Be 2
        [int]$result[0] | Should -BeGreaterThan 0
    }

    It 'says which customer is not there' {
        "$(Get-TestError { Get-PolarPaymentMethod -ExternalCustomerId nobody })" | Should -BeLike "*no customer with the external id 'nobody'*"
    }
}

Describe 'New-PolarCustomerSession' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'opens the portal by <Name>' -ForEach @(
        @{ Name = 'id'; Make = { New-PolarCustomerSession $customer.Id -ReturnUrl https://example.com/account } }
        @{ Name = 'object'; Make = { $customer | New-PolarCustomerSession -ReturnUrl https://example.com/account } }
        @{ Name = 'external id'; Make = { New-PolarCustomerSession -ExternalCustomerId crew-1001 -ReturnUrl https://example.com/account } }
    ) {
        $customer = Get-PolarCustomer -ExternalId crew-1001
        $session = & $Make
        $session.CustomerId | Should -Be $customer.Id
        $session.Token | Should -Match '^polar_[cm]st_'
        $session.CustomerPortalUrl | Should -BeLike "*$($session.Token)*"
        $session.ReturnUrl | Should -Be 'https://example.com/account'
        $session.ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::Now)
    }

    It 'never shows the token' {
        $customer = Get-PolarCustomer -ExternalId crew-1001
        # Before PowerShell 7.5 -Debug asks at every line.
        $DebugPreference = 'Continue'
        $all = New-PolarCustomerSession $customer -Verbose *>&1
        $DebugPreference = 'SilentlyContinue'
        @($all | Where-Object { $_ -is [Management.Automation.DebugRecord] }).Count | Should -BeGreaterThan 0
        $session = @($all | Where-Object { $_ -is [PolarPS.Client.Models.CustomerSession] })[0]
        $text = @($session | Out-String -Width 400) + @($session | Format-List | Out-String -Width 400) + "$session" + @($all | Where-Object { $_ -isnot [PolarPS.Client.Models.CustomerSession] } | Out-String -Width 4000)
        $text -join "`n" | Should -Not -Match ([regex]::Escape($session.Token.Substring(10)))
        $text[0] | Should -BeLike '*astrid.lund@solveig.example*https://*portal*'
        $text[1] | Should -Match 'polar_[cm]st_\*\*\*'
    }

    It 'opens it for a member of a team: <Name>' -ForEach @(
        @{ Name = 'by id'; Make = { New-PolarCustomerSession $team -MemberId $member.Id } }
        @{ Name = 'by object'; Make = { New-PolarCustomerSession $team -MemberId $member } }
        @{ Name = 'by external ids'; Make = { New-PolarCustomerSession -ExternalCustomerId fleet-7 -ExternalMemberId skipper-1 } }
        @{ Name = 'by the member alone'; Make = { New-PolarCustomerSession -Member $member } }
    ) {
        $team = Get-PolarCustomer -ExternalId fleet-7
        $member = Get-PolarMember $team -Role owner
        (& $Make).Token | Should -BeLike 'polar_mst_*'
    }

    It 'asks for the member of a team' {
        $problem = Get-TestError { New-PolarCustomerSession -ExternalCustomerId fleet-7 }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        "$($problem[0])" | Should -BeLike '*-MemberId*'
    }

    It 'sends nothing with -WhatIf' {
        $null = New-PolarCustomerSession -ExternalCustomerId crew-1001 -WhatIf
        @(Get-HostRequest $testHost | Where-Object method -NE 'GET').Count | Should -Be 0
    }

    It 'says which customer is not there' {
        $problem = Get-TestError { New-PolarCustomerSession -ExternalCustomerId nobody }
        "$($problem[0])" | Should -BeLike "*'nobody'*-ExternalCustomerId*"
    }
}
