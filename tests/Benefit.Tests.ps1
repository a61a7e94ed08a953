BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    $script:benefits = @{}
    Get-PolarBenefit | ForEach-Object { $benefits[$_.Type] = $_ }

    function Get-Write { @(Get-HostRequest $testHost | Where-Object { $_.method -ne 'GET' }) }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarBenefit' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'streams the whole list with no arguments, of all kinds' {
        $all = Get-PolarBenefit
        $all | Should -BeOfType 'PolarPS.Client.Models.Benefit'
        ($all.Type | Sort-Object -Unique).Count | Should -Be 8
        @(Get-PolarBenefit -First 3).Id | Should -Be $all[0..2].Id
        @(Get-PolarBenefit -Skip 2 -First 1).Id | Should -Be $all[2].Id
    }

    It 'gets one by id, from the pipeline, by reference and from a copy' {
        $one = $benefits.custom
        (Get-PolarBenefit $one.Id).Description | Should -Be $one.Description
        ($one.Id, $one | Get-PolarBenefit).Id | Should -Be $one.Id, $one.Id
        ([pscustomobject]@{ BenefitId = $one.Id } | Get-PolarBenefit).Id | Should -Be $one.Id
        ($one | Select-Object Id | Get-PolarBenefit).Id | Should -Be $one.Id
        $grant = Get-PolarBenefitGrant -First 1
        ($grant | Get-PolarBenefit).Id | Should -Be $grant.BenefitId
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'Type'; Arguments = @{ Type = 'custom', 'discord' }; Query = 'type=custom&type=discord' }
        @{ Name = 'Query'; Arguments = @{ Query = 'plotter app' }; Query = 'query=plotter%20app' }
        @{ Name = 'Metadata'; Arguments = @{ Metadata = @{ app = 'plotter' } }; Query = 'metadata%5Bapp%5D=plotter' }
        @{ Name = 'ordered metadata'; Arguments = @{ Metadata = [ordered]@{ app = 'plotter' } }; Query = 'metadata%5Bapp%5D=plotter' }
        @{ Name = 'Sort'; Arguments = @{ Sort = 'Description', '-CreatedAt' }; Query = 'sorting=description&sorting=-created_at' }
    ) {
        $null = Get-PolarBenefit @Arguments
        (Get-HostRequest $testHost)[0].query | Should -BeLike "*$Query*"
    }

    It 'leaves out, and takes only, those that are given' {
        $two = $benefits.custom, $benefits.discord
        @(Get-PolarBenefit -IncludeId $two -Sort user_order).Id | Should -Be $two.Id
        @(Get-PolarBenefit -ExcludeId $two).Id | Should -Not -Contain $two[0].Id
        (Get-HostRequest $testHost)[0].query | Should -BeLike "*id=$($two[0].Id)&id=$($two[1].Id)*"
    }

    It 'goes on after one that is not there' {
        $problem = Get-TestError { $script:found = Get-PolarBenefit '00000000-0000-4000-8000-000000000000', $benefits.custom.Id }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $found.Id | Should -Be $benefits.custom.Id
    }

    It 'refuses a product, and sends nothing' {
        $product = Get-PolarProduct -First 1
        Clear-HostRequest $testHost
        (Get-TestError { $product | Get-PolarBenefit })[0].Exception.Message | Should -BeLike '*Expected a benefit, but this is a product*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'New-PolarBenefit' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'makes <Type>, and sends what its kind is made of' -ForEach @(
        @{ Type = 'custom'; Make = { New-PolarBenefit 'A test' -Note 'Call **us**' }; Sent = '{"note":"Call **us**"}' }
        @{ Type = 'custom'; Make = { New-PolarBenefit 'A test' }; Sent = '{}' }
        @{ Type = 'discord'; Make = { New-PolarBenefit 'A test' -GuildId 1 -RoleId 2 }; Sent = '{"guild_id":"1","role_id":"2","kick_member":false}' }
        @{ Type = 'discord'; Make = { New-PolarBenefit 'A test' -GuildId 1 -RoleId 2 -KickMember }; Sent = '{"guild_id":"1","role_id":"2","kick_member":true}' }
        @{ Type = 'github_repository'; Make = { New-PolarBenefit 'A test' -RepositoryOwner o -RepositoryName n -Permission pull }; Sent = '{"repository_owner":"o","repository_name":"n","permission":"pull"}' }
        @{ Type = 'license_keys'; Make = { New-PolarBenefit 'A test' -LicenseKey }; Sent = '{}' }
        @{ Type = 'license_keys'; Make = { New-PolarBenefit 'A test' -LicenseKey -Prefix P -ExpiresAfter '1 year' -LimitUsage 9 }; Sent = '{"prefix":"P","expires":{"ttl":1,"timeframe":"year"},"limit_usage":9}' }
        @{ Type = 'license_keys'; Make = { New-PolarBenefit 'A test' -LicenseKey -LimitActivations 3 }; Sent = '{"activations":{"limit":3,"enable_customer_admin":false}}' }
        @{ Type = 'license_keys'; Make = { New-PolarBenefit 'A test' -LicenseKey -LimitActivations 3 -AllowCustomerDeactivation }; Sent = '{"activations":{"limit":3,"enable_customer_admin":true}}' }
        @{ Type = 'feature_flag'; Make = { New-PolarBenefit 'A test' -FeatureFlag -Metadata @{ flag = 'x' } }; Sent = '{}' }
    ) {
        $made = & $Make
        $made.Type | Should -Be $Type
        $made.Description | Should -Be 'A test'
        $body = (Get-Write)[0].body
        $body | Should -BeLike ('*"properties":' + $Sent.Replace('*', '[*]') + '*')
        ($body | ConvertFrom-Json).type | Should -Be $Type
    }

    It 'takes files as ids or objects, and withholds some' {
        $files = Get-PolarBenefitFile $benefits.downloadables
        $made = New-PolarBenefit 'Files for all' -File $files -ArchivedFile $files[1].Id
        $made.Properties.Files | Should -Be $files.Id
        $made.Properties.Archived[$files[1].Id] | Should -BeTrue
        $made.Properties.Archived.Count | Should -Be 1
    }

    It 'takes a meter as id or as what a price has' {
        $meter = ((Get-PolarProduct).Prices | Where-Object Meter | Select-Object -First 1).Meter
        (New-PolarBenefit 'Credits' -MeterId $meter -Units 50).Properties.MeterId | Should -Be $meter.Id
        $made = New-PolarBenefit 'Credits' -MeterId $meter.Id -Units 50 -Rollover
        $made.Properties.Rollover | Should -BeTrue
    }

    It 'leaves to Polar what was not said of a Slack channel' {
        $made = New-PolarBenefit 'Channel' -SlackIntegrationId ([guid]::NewGuid()) -ChannelName 'x-{customer_name}' -Private:$false
        $made.Properties.Private | Should -BeFalse
        $made.Properties.ArchiveOnRevoke | Should -BeTrue
        (Get-Write)[0].body | Should -Not -BeLike '*archive_on_revoke*'
    }

    It 'understands <Text> as how long a key is good' -ForEach @(
        @{ Text = '30 days'; Ttl = 30; Timeframe = 'day' }
        @{ Text = ' 6Months '; Ttl = 6; Timeframe = 'month' }
        @{ Text = '1 year'; Ttl = 1; Timeframe = 'year' }
        @{ Text = [timespan]::FromDays(14); Ttl = 14; Timeframe = 'day' }
    ) {
        $made = New-PolarBenefit 'A test' -LicenseKey -ExpiresAfter $Text
        $made.Properties.Expires.Ttl | Should -Be $Ttl
        $made.Properties.Expires.Timeframe | Should -Be $Timeframe
    }

    It 'takes how long a key is good from another benefit' {
        $made = New-PolarBenefit 'A test' -LicenseKey -ExpiresAfter $benefits.license_keys.Properties.Expires
        $made.Properties.Expires.ToString() | Should -Be $benefits.license_keys.Properties.Expires.ToString()
    }

    It 'refuses <Name>, and sends nothing' -ForEach @(
        @{ Name = 'parts of two kinds'; Arguments = @{ Note = 'x'; GuildId = '1' }; ErrorId = 'AmbiguousParameterSet*' }
        @{ Name = 'a number without a unit'; Arguments = @{ LicenseKey = $true; ExpiresAfter = 30 }; ErrorId = 'ParameterArgumentTransformationError*' }
        @{ Name = 'half a day'; Arguments = @{ LicenseKey = $true; ExpiresAfter = [timespan]::FromHours(12) }; ErrorId = 'ParameterArgumentTransformationError*' }
        @{ Name = 'no time at all'; Arguments = @{ LicenseKey = $true; ExpiresAfter = '0 days' }; ErrorId = 'ParameterArgumentTransformationError*' }
        @{ Name = 'no units'; Arguments = @{ MeterId = [guid]::Empty; Units = 0 }; ErrorId = 'ParameterArgumentValidationError*' }
        @{ Name = 'metadata that is a list'; Arguments = @{ Metadata = @{ a = @(1) } }; ErrorId = 'PolarInvalidArgument,*' }
    ) {
        (Get-TestError { New-PolarBenefit 'A test' @Arguments })[0].FullyQualifiedErrorId | Should -BeLike $ErrorId
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'names the parameter that Polar refuses: <Parameter>' -ForEach @(
        @{ Parameter = 'ExpiresAfter'; Arguments = @{ LicenseKey = $true; ExpiresAfter = '3 weeks' } }
        @{ Parameter = 'SlackIntegrationId'; Arguments = @{ SlackIntegrationId = 'none'; ChannelName = 'x' } }
        @{ Parameter = 'Permission'; Arguments = @{ RepositoryOwner = 'o'; RepositoryName = 'n'; Permission = 'reign' } }
    ) {
        $problem = Get-TestError { New-PolarBenefit 'A test' @Arguments }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
        $problem[0].ErrorDetails.Message | Should -Match ": -$Parameter\b"
    }

    It 'sends nothing with -WhatIf, and shows what it would send with -Verbose' {
        $lines = New-PolarBenefit 'Preview' -GuildId 1 -RoleId 2 -WhatIf -Verbose 4>&1
        $lines | Should -BeLike '*POST /v1/benefits/*"kick_member":false*"type":"discord"*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Set-PolarBenefit' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'sends nothing but what was given, and the kind' {
        $changed = $benefits.discord | Set-PolarBenefit -Description 'The harbour chat'
        $changed.Description | Should -Be 'The harbour chat'
        (Get-Write)[0].body | Should -Be '{"description":"The harbour chat","type":"discord"}'
    }

    It 'asks for the kind of one that the session has not seen' {
        Connect-TestHost $testHost -With @{ Name = 'fresh' }
        $null = Set-PolarBenefit $benefits.discord.Id -Metadata @{ a = 1 } -Connection fresh
        Disconnect-Polar fresh
        Select-PolarConnection Default
        @(Get-HostRequest $testHost).method | Should -Be 'GET', 'PATCH'
        (Get-Write)[0].body | Should -BeLike '*"type":"discord"*'
    }

    It 'keeps the rest of what is special about the kind' {
        $benefit = New-PolarBenefit 'Keys to change' -LicenseKey -Prefix KEEP -ExpiresAfter '2 years' -LimitActivations 4 -AllowCustomerDeactivation
        $changed = $benefit | Set-PolarBenefit -LimitUsage 7
        $changed.Properties.Prefix | Should -Be 'KEEP'
        $changed.Properties.Expires.ToString() | Should -Be '2 year'
        $changed.Properties.Activations.Limit | Should -Be 4
        $changed.Properties.Activations.EnableCustomerAdmin | Should -BeTrue
        $changed.Properties.LimitUsage | Should -Be 7
        $changed = $benefit | Set-PolarBenefit -LimitActivations 5
        $changed.Properties.Activations.EnableCustomerAdmin | Should -BeTrue
        $changed.Properties.LimitUsage | Should -Be 7
        $changed = $benefit | Set-PolarBenefit -AllowCustomerDeactivation:$false
        $changed.Properties.Activations.Limit | Should -Be 5
        $changed.Properties.Activations.EnableCustomerAdmin | Should -BeFalse
    }

    It 'builds on what is there now, not on an object from before' {
        $benefit = New-PolarBenefit 'Keys of before' -LicenseKey -Prefix OLD
        $null = Invoke-PolarRequest -Method PATCH "/v1/benefits/$($benefit.Id)" -Body @{ type = 'license_keys'; properties = @{ prefix = 'NEW' } }
        ($benefit | Set-PolarBenefit -LimitUsage 3).Properties.Prefix | Should -Be 'NEW'
    }

    It 'sends back what Polar adds tomorrow' {
        $benefit = Invoke-PolarRequest "/v1/benefits/$($benefits.discord.Id)"
        $benefit.properties | Add-Member greeting 'Ahoy'
        Set-HostFault $testHost @{ method = 'GET'; path = "/v1/benefits/$($benefit.id)"; status = 200; body = ($benefit | ConvertTo-Json -Depth 8 -Compress) }
        $null = Set-PolarBenefit $benefit.id -RoleId 77
        Set-HostFault $testHost
        (Get-Write)[-1].body | Should -BeLike '*"greeting":"Ahoy"*'
    }

    It 'clears <Parameter> with $null' -ForEach @(
        @{ Parameter = 'Prefix'; Property = 'Prefix' }
        @{ Parameter = 'ExpiresAfter'; Property = 'Expires' }
        @{ Parameter = 'LimitUsage'; Property = 'LimitUsage' }
        @{ Parameter = 'LimitActivations'; Property = 'Activations' }
    ) {
        $benefit = New-PolarBenefit 'Keys to clear' -LicenseKey -Prefix X -ExpiresAfter '1 year' -LimitUsage 5 -LimitActivations 2
        $with = @{ $Parameter = $null }
        $changed = $benefit | Set-PolarBenefit @with
        $changed.Properties.$Property | Should -BeNullOrEmpty
        @('Prefix', 'Expires', 'LimitUsage', 'Activations' | Where-Object { $changed.Properties.$_ }).Count | Should -Be 3
    }

    It 'clears a note, a message and lists' {
        ($benefits.custom | Set-PolarBenefit -Note $null).Properties.Note | Should -BeNullOrEmpty
        (Get-Write)[0].body | Should -BeLike '*"note":null*'
        $channel = $benefits.slack_shared_channel | Set-PolarBenefit -WelcomeMessage $null -TeamInvitee @()
        $channel.Properties.WelcomeMessage | Should -BeNullOrEmpty
        $channel.Properties.TeamInvitees.Count | Should -Be 0
        $channel.Properties.ChannelNameTemplate | Should -Be $benefits.slack_shared_channel.Properties.ChannelNameTemplate
        ($benefits.custom | Set-PolarBenefit -Metadata @{}).Metadata.Count | Should -Be 0
    }

    It 'withholds files, and lets go of them again' {
        $file = $benefits.downloadables.Properties.Files[0]
        ($benefits.downloadables | Set-PolarBenefit -ArchivedFile $file).Properties.Archived[$file] | Should -BeTrue
        $changed = $benefits.downloadables | Set-PolarBenefit -ArchivedFile @()
        $changed.Properties.Archived.Count | Should -Be 0
        $changed.Properties.Files | Should -Be $benefits.downloadables.Properties.Files
    }

    It 'refuses <Name> before anything is changed' -ForEach @(
        @{ Name = 'what belongs to another kind'; Type = 'license_keys'; Arguments = @{ Note = 'x' }; Message = '*is a license_keys benefit*for a custom benefit*' }
        @{ Name = 'a visibility that Polar ignores'; Type = 'github_repository'; Arguments = @{ Visibility = 'private' }; Message = '*visibility*' }
    ) {
        $problem = Get-TestError { $benefits[$Type] | Set-PolarBenefit @Arguments }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problem[0].Exception.Message | Should -BeLike $Message
        $problem[0].TargetObject | Should -Be $benefits[$Type].Id
        (Get-Write).Count | Should -Be 0
    }

    It 'refuses deactivation by customers where nothing is activated' {
        $benefit = New-PolarBenefit 'No activation' -LicenseKey
        Clear-HostRequest $testHost
        (Get-TestError { $benefit | Set-PolarBenefit -AllowCustomerDeactivation })[0].Exception.Message | Should -BeLike '*-LimitActivations*'
        (Get-TestError { $benefit | Set-PolarBenefit -AllowCustomerDeactivation -LimitActivations $null })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        (Get-Write).Count | Should -Be 0
        ($benefit | Set-PolarBenefit -AllowCustomerDeactivation -LimitActivations 2).Properties.Activations.EnableCustomerAdmin | Should -BeTrue
    }

    It 'refuses a change of nothing, and sends nothing' {
        (Get-TestError { $benefits.custom | Set-PolarBenefit })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'changes nothing with -WhatIf, and shows the whole of what it would send' {
        $lines = $benefits.github_repository | Set-PolarBenefit -Permission push -WhatIf -Verbose 4>&1
        $lines -join "`n" | Should -BeLike '*PATCH /v1/benefits/*"repository_name":"plotter","permission":"push"*"type":"github_repository"*'
        (Get-Write).Count | Should -Be 0
    }

    It 'takes no null, no empty text and no other kind: <Name>' -ForEach @(
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an empty string'; Value = { '' } }
        @{ Name = 'a product'; Value = { Get-PolarProduct -First 1 } }
    ) {
        $piped = & $Value
        Clear-HostRequest $testHost
        (Get-TestError { , $piped | Set-PolarBenefit -Description 'Something' }).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Remove-PolarBenefit' {
    It 'deletes what is piped' {
        $benefit = New-PolarBenefit 'To delete'
        $benefit | Remove-PolarBenefit -Confirm:$false
        (Get-TestError { Get-PolarBenefit $benefit.Id })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'says whom it concerns before it does it' {
        $shown = Invoke-Fresh @"
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
`$id = (Get-PolarBenefit -Type license_keys).Id
Disconnect-Polar
Connect-Polar -Environment Emulator
Remove-PolarBenefit `$id -WhatIf
"@
        $shown -join "`n" | Should -BeLike "*Delete permanently, revoke it from every customer, and revoke their license keys*benefit 'Key for the plotter app'*Emulator*"
    }

    It 'says that Polar does not permit it' {
        $benefit = New-PolarBenefit 'Not to delete'
        $body = @{ error = 'NotPermitted'; detail = 'This benefit cannot be deleted.' } | ConvertTo-Json
        Set-HostFault $testHost @{ method = 'DELETE'; path = "/v1/benefits/$($benefit.Id)"; status = 403; body = $body }
        $problem = Get-TestError { $benefit | Remove-PolarBenefit -Confirm:$false }
        Set-HostFault $testHost
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
        $problem[0].TargetObject | Should -Be $benefit.Id
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'a product'; Value = { Get-PolarProduct -First 1 } }
        @{ Name = 'a grant, which only refers to a benefit'; Value = { Get-PolarBenefitGrant -First 1 } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an empty string'; Value = { '' } }
        @{ Name = 'an empty array'; Value = { , @() } }
        @{ Name = 'a number'; Value = { 42 } }
    ) {
        $value = & $Value
        Clear-HostRequest $testHost
        (Get-TestError { Remove-PolarBenefit -Id $value -Confirm:$false }).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Get-PolarBenefitFile' {
    It 'writes the files of benefits, with how often they were loaded' {
        $files = $benefits.downloadables | Get-PolarBenefitFile
        $files | Should -BeOfType 'PolarPS.Client.Models.PolarFile'
        $files.Id | Should -Be $benefits.downloadables.Properties.Files
        $files[0].Downloads | Should -Not -BeNullOrEmpty
        @(Get-PolarBenefitFile $benefits.downloadables.Id -Skip 1).Id | Should -Be $files[1].Id
    }

    It 'writes none for other kinds, and names a benefit that is not there' {
        @(Get-PolarBenefitFile $benefits.custom).Count | Should -Be 0
        $problem = Get-TestError { Get-PolarBenefitFile '00000000-0000-4000-8000-000000000000' }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem[0].ErrorDetails.Message | Should -BeLike 'Polar has no benefit with the id*'
    }
}

Describe 'Get-PolarBenefitGrant' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'writes all grants, or those of benefits' {
        $all = Get-PolarBenefitGrant
        $all | Should -BeOfType 'PolarPS.Client.Models.BenefitGrant'
        @(Get-HostRequest $testHost)[0].path | Should -Be '/v1/benefit-grants/'
        $some = $benefits.license_keys, $benefits.discord | Get-PolarBenefitGrant
        @($some).Count | Should -Be @($all | Where-Object { $_.Benefit.Type -in 'license_keys', 'discord' }).Count
        $some[0].BenefitId | Should -Be $benefits.license_keys.Id
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'IsGranted'; Arguments = @{ IsGranted = $true }; Query = 'is_granted=true' }
        @{ Name = 'IsGranted:$false'; Arguments = @{ IsGranted = $false }; Query = 'is_granted=false' }
        @{ Name = 'ExternalCustomerId'; Arguments = @{ ExternalCustomerId = 'crew-1009', 'crew & co' }; Query = 'external_customer_id=crew-1009&external_customer_id=crew%20%26%20co' }
        @{ Name = 'Sort'; Arguments = @{ Sort = '-GrantedAt' }; Query = 'sorting=-granted_at' }
    ) {
        $null = Get-PolarBenefitGrant @Arguments
        (Get-HostRequest $testHost)[0].query | Should -BeLike "*$Query*"
    }

    It 'takes customers as objects, with and without a benefit' {
        $grant = Get-PolarBenefitGrant -First 1
        $of = Get-PolarBenefitGrant -CustomerId $grant.Customer
        $of.CustomerId | Sort-Object -Unique | Should -Be $grant.CustomerId
        (Get-PolarBenefitGrant $grant.BenefitId -CustomerId $grant.Customer -IsGranted).Id | Should -Be $grant.Id
    }

    It 'shows each state as a word' {
        $states = @{}
        foreach ($grant in Get-PolarBenefitGrant) { $states[$grant.State] = $grant }
        $states.granted.IsGranted | Should -BeTrue
        $states.revoked.IsRevoked | Should -BeTrue
        $states.waiting.IsGranted | Should -BeFalse
        $states.waiting.IsRevoked | Should -BeFalse
        $states.waiting | Out-String -Width 100 | Should -Match 'waiting'
    }

    It 'does not take what belongs to one of the two lists with the other' {
        (Get-TestError { Get-PolarBenefitGrant -BenefitId $benefits.custom -Sort created_at })[0].FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Completion' {
    It 'offers <Value> for <Line>' -ForEach @(
        @{ Line = 'Get-PolarBenefit -Type lic'; Value = 'license_keys' }
        @{ Line = 'Get-PolarBenefit -Sort des'; Value = 'description' }
        @{ Line = 'New-PolarBenefit x -RepositoryOwner o -RepositoryName n -Permission tri'; Value = 'triage' }
        @{ Line = 'New-PolarBenefit x -LicenseKey -ExpiresAfter 1'; Value = "'1 year'" }
        @{ Line = 'Set-PolarBenefit -Visibility pri'; Value = 'private' }
        @{ Line = 'Get-PolarBenefitGrant -Sort gra'; Value = 'GrantedAt' }
    ) {
        (Get-Completion $Line).CompletionText.Trim("'") | Should -Contain $Value.Trim("'")
    }

    It 'finds a benefit by its description' {
        (Get-Completion 'Remove-PolarBenefit Satellite').CompletionText | Should -Be "'$($benefits.feature_flag.Description)'"
    }
}
