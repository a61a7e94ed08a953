# What a customer has been given: grants, files and meters; and who of a team sees what.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1001) -Name waiting
    Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1002) -Name jonas
    $script:jonas = Get-PolarCustomer -ExternalId crew-1002
    $script:nowhere = '00000000-0000-4000-8000-000000000000'

    function Get-Write { @(Get-HostRequest $testHost | Where-Object method -NE 'GET') }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarPortalBenefitGrant' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'lists what the customer has, without what the seller hides' {
        $seen = @(Get-PolarPortalBenefitGrant)
        $all = @(Get-PolarBenefitGrant -CustomerId $jonas.Id | Where-Object { -not $_.IsRevoked })
        $all.Benefit.Type | Should -Contain 'feature_flag'
        $seen.Id | Sort-Object | Should -Be @(($all | Where-Object { $_.Benefit.Type -ne 'feature_flag' }).Id | Sort-Object)
        $hidden = ($all | Where-Object { $_.Benefit.Type -eq 'feature_flag' }).Id
        (Get-TestError { Get-PolarPortalBenefitGrant $hidden })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'gets one, filters, and lists by <Name>' -ForEach @(
        @{ Name = 'a subscription'; Act = { Get-PolarPortalSubscription -First 1 | Get-PolarPortalBenefitGrant }; Query = '*subscription_id=*' }
        @{ Name = 'a benefit'; Act = { Get-PolarBenefit -Type downloadables | Get-PolarPortalBenefitGrant }; Query = '*benefit_id=*' }
        @{ Name = 'a type'; Act = { Get-PolarPortalBenefitGrant -Type license_keys }; Query = '*type=license_keys*' }
        @{ Name = 'a text'; Act = { Get-PolarPortalBenefitGrant -Query forecast }; Query = '*query=forecast*' }
        @{ Name = 'an order of them'; Act = { Get-PolarPortalBenefitGrant -Sort -GrantedAt }; Query = '*sorting=-granted_at*' }
    ) {
        $found = @(& $Act)
        $found.Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost)[-1].query | Should -BeLike $Query
        (Get-PolarPortalBenefitGrant $found[0]).Id | Should -Be $found[0].Id
    }
}

Describe 'Set-PolarPortalBenefitGrant' {
    BeforeAll { $script:discord = Get-PolarPortalBenefitGrant -Type discord -Connection waiting }
    BeforeEach { Clear-HostRequest $testHost }

    It 'sends the type of the benefit with the account, and the benefit is granted' {
        $discord.IsGranted | Should -BeFalse
        $granted = $discord | Set-PolarPortalBenefitGrant -AccountId 1187654321012345678 -Connection waiting
        $granted.IsGranted | Should -BeTrue
        $granted.Properties.AccountId | Should -Be '1187654321012345678'
        $body = (Get-Write).body | ConvertFrom-Json
        $body.benefit_type | Should -Be 'discord'
        $body.properties.account_id | Should -Be '1187654321012345678'
    }

    It 'takes it from the account with $null' {
        ($discord | Set-PolarPortalBenefitGrant -AccountId $null -Connection waiting).IsGranted | Should -BeFalse
        ((Get-Write).body | ConvertFrom-Json).properties.account_id | Should -BeNullOrEmpty
        (Get-Write).body | Should -Match '"account_id":null'
    }

    It 'shows with -WhatIf what would be sent, and sends nothing' {
        $said = $discord | Set-PolarPortalBenefitGrant -AccountId 42 -Connection waiting -WhatIf -Verbose 4>&1 6>$null | Out-String
        $said | Should -BeLike '*Would send PATCH*"benefit_type":"discord"*'
        Get-Write | Should -BeNullOrEmpty
    }

    It 'refuses what the type does not take, before it is sent' {
        $key = Get-PolarPortalBenefitGrant -Type license_keys
        foreach ($with in @{ AccountId = '42' }, @{ InvitedEmail = 'a@example.com' }) {
            $problem = (Get-TestError { $key | Set-PolarPortalBenefitGrant @with })[0]
            $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
            "$problem" | Should -BeLike '*this one is license_keys*'
        }
        (Get-TestError { $key | Set-PolarPortalBenefitGrant })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        Get-Write | Should -BeNullOrEmpty
    }
}

Describe 'Files of a customer' {
    BeforeAll { $script:files = @(Get-PolarPortalDownloadable) }
    BeforeEach { Clear-HostRequest $testHost }

    It 'are listed, each under an id of its own, without the address' {
        $files.Count | Should -Be 2
        $files.Id | Should -Not -Be $files.File.Id
        @($files.Id | Sort-Object -Unique).Count | Should -Be 2
        (Get-PolarPortalDownloadable).Id | Should -Be $files.Id
        (Get-PolarPortalBenefitGrant -Type downloadables | Get-PolarPortalDownloadable).Id | Should -Be $files.Id
        Get-PolarPortalDownloadable -BenefitId $nowhere | Should -BeNullOrEmpty
        $shown = ($files | Out-String -Width 200) + ($files[0] | Format-List * | Out-String -Width 400) + "$($files[0])"
        $shown | Should -BeLike '*atlas.pdf*'
        $shown | Should -Not -Match ([regex]::Escape(($files[0].File.Download.Url -split '\?')[1]))
    }

    It 'are saved byte for byte, and without a token' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'files')).FullName
        $saved = $files | Save-PolarPortalDownloadable -Path $folder -PassThru
        $saved.Name | Should -Be $files.File.Name
        foreach ($file in $files) {
            $path = Join-Path $folder $file.File.Name
            (Get-Item $path).Length | Should -Be $file.File.Size
            $hash = [Security.Cryptography.SHA256]::Create().ComputeHash([IO.File]::ReadAllBytes($path))
            [Convert]::ToBase64String($hash) | Should -Be $file.File.ChecksumSha256Base64
        }
        # The addresses were known: nothing was asked of Polar, and nobody's token went to the store.
        @(Get-HostRequest $testHost | Where-Object path -Like '/v1/*') | Should -BeNullOrEmpty
        @(Get-HostRequest $testHost).headers.Authorization | Where-Object { $_ } | Should -BeNullOrEmpty
    }

    It 'are looked up where only the id is known' {
        $text = $files[1].Id
        Disconnect-Polar jonas
        Connect-Polar -CustomerSession (New-PolarCustomerSession -ExternalCustomerId crew-1002) -Name jonas
        $path = Join-Path $TestDrive 'tides.csv'
        Clear-HostRequest $testHost
        Save-PolarPortalDownloadable $text $path
        (Get-Item $path).Length | Should -Be $files[1].File.Size
        @(Get-HostRequest $testHost | Where-Object path -EQ '/v1/customer-portal/downloadables/').Count | Should -Be 1
    }

    It 'are saved whole or not at all' {
        $path = Join-Path $TestDrive 'damaged.pdf'
        Set-Content $path 'the old one' -NoNewline
        Set-HostFault $testHost @{ path = '/_emulator/*'; status = 200; body = 'not the file' }
        $problem = (Get-TestError { Save-PolarPortalDownloadable $files[0] $path })[0]
        Set-HostFault $testHost
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarBadResponse,*'
        Get-Content $path -Raw | Should -Be 'the old one'
        @(Get-ChildItem $TestDrive -Filter 'damaged*').Count | Should -Be 1
    }

    It 'do not replace each other, or what is there with -NoClobber' {
        $path = Join-Path $TestDrive 'one'
        $problem = @(Get-TestError { $files | Save-PolarPortalDownloadable -Path $path })
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*each file keeps its name*'
        (Get-TestError { Save-PolarPortalDownloadable $files[0] $path -NoClobber })[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
    }

    It 'are not there for others, and not written with -WhatIf' {
        $problem = (Get-TestError { Save-PolarPortalDownloadable $files[0].Id (Join-Path $TestDrive 'x') -Connection waiting })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike 'Get-PolarPortalDownloadable*'
        $files[0] | Save-PolarPortalDownloadable -Path (Join-Path $TestDrive 'not') -WhatIf
        Join-Path $TestDrive 'not' | Should -Not -Exist
    }
}

Describe 'Get-PolarPortalMeter' {
    It 'says what was used and what is left' {
        $meter = Get-PolarPortalMeter
        $meter.CustomerId | Should -Be $jonas.Id
        $meter.Balance | Should -Be ($meter.CreditedUnits - $meter.ConsumedUnits)
        (Get-PolarPortalMeter $meter).Id | Should -Be $meter.Id
        (Get-PolarPortalMeter -MeterId $meter.MeterId).Id | Should -Be $meter.Id
        (Get-PolarPortalMeter -Query forecast -Sort -Balance).Id | Should -Be $meter.Id
        Get-PolarPortalMeter -Query 'no such meter' | Should -BeNullOrEmpty
        (Get-TestError { Get-PolarPortalMeter $meter.MeterId })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }
}

Describe 'What members of a team see' {
    BeforeAll {
        $team = Get-PolarCustomer -ExternalId fleet-7
        $null = New-PolarMember -CustomerId $team -Email deckhand@vindcharter.example
        $members = @(Get-PolarMember $team.Id)
        foreach ($role in 'owner', 'member') {
            Connect-Polar -CustomerSession (New-PolarCustomerSession -Member ($members | Where-Object Role -EQ $role | Select-Object -First 1)) -Name $role
        }
        $script:grants = @(Get-PolarBenefitGrant -CustomerId $team.Id | Where-Object { -not $_.IsRevoked -and $_.Benefit.Type -ne 'feature_flag' })
        $script:ids = @{}
        foreach ($member in $members) { $ids[$member.Role] += @($member.Id) }
    }

    It 'is what is theirs; the owner also sees what belongs to the team' {
        foreach ($role in 'owner', 'member') {
            $expected = @($grants | Where-Object { $_.MemberId -eq $ids[$role][0] -or ($role -eq 'owner' -and -not $_.MemberId) }).Id | Sort-Object
            @(Get-PolarPortalBenefitGrant -Connection $role).Id | Sort-Object | Should -Be $expected
        }
    }

    It 'is no order, for those who are neither owner nor billing manager' {
        @(Get-PolarPortalOrder -Connection owner).Count | Should -BeGreaterThan 0
        $problem = (Get-TestError { Get-PolarPortalOrder -Connection member })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
        { Get-PolarPortalSubscription -Connection member } | Should -Not -Throw
        (Get-TestError { Get-PolarPortalSubscription -First 1 -Connection member | Stop-PolarPortalSubscription -Connection member -Confirm:$false })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotPermitted,*'
    }
}
