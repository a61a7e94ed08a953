# Long because it has all that the cmdlets of one noun promise.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost
    $script:nowhere = '00000000-0000-4000-8000-000000000000'
    # Of its own for each part, so that none depends on what another has used up.
    $null = Get-PolarLicenseKey -Status revoked | Set-PolarLicenseKey -Status granted
    $script:keys = @(Get-PolarLicenseKey -Status granted)

    function Get-Write { @(Get-HostRequest $testHost | Where-Object { $_.method -ne 'GET' -and $_.path -notlike '*/validate' }) }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarLicenseKey' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'streams the whole list, and filters' {
        $keys.Count | Should -BeGreaterThan 3
        $keys | Should -BeOfType 'PolarPS.Client.Models.LicenseKey'
        $keys[0].Activations | Should -BeNullOrEmpty
        $null = Get-PolarLicenseKey -BenefitId $keys[0].BenefitId -Status granted, disabled
        (Get-HostRequest $testHost)[0].query | Should -BeLike "*benefit_id=$($keys[0].BenefitId)&status=granted&status=disabled*"
    }

    It 'gets one by id, from the pipeline and by reference' {
        (Get-PolarLicenseKey $keys[0].Id).DisplayKey | Should -Be $keys[0].DisplayKey
        ($keys[0] | Get-PolarLicenseKey).DisplayKey | Should -Be $keys[0].DisplayKey
        ([pscustomobject]@{ LicenseKeyId = $keys[0].Id } | Get-PolarLicenseKey).Id | Should -Be $keys[0].Id
        (Get-TestError { Get-PolarLicenseKey $nowhere })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'shows the end of a key only' {
        $shown = ($keys | Out-String -Width 200) + ($keys[0] | Format-List | Out-String) + ($keys -join ' ')
        $shown | Should -BeLike "*$($keys[0].DisplayKey)*"
        foreach ($key in $keys) { $shown | Should -Not -BeLike "*$($key.Key)*" }
    }
}

Describe 'Set-PolarLicenseKey' {
    BeforeAll { $script:key = $keys[0] }
    BeforeEach { Clear-HostRequest $testHost }

    It 'sends what was given, and nothing else: <Name>' -ForEach @(
        @{ Name = 'Status'; Arguments = @{ Status = 'disabled' }; Body = '{"status":"disabled"}' }
        @{ Name = 'Status again'; Arguments = @{ Status = 'granted' }; Body = '{"status":"granted"}' }
        @{ Name = 'Usage'; Arguments = @{ Usage = 0 }; Body = '{"usage":0}' }
        @{ Name = 'LimitUsage'; Arguments = @{ LimitUsage = 5 }; Body = '{"limit_usage":5}' }
        @{ Name = 'no LimitUsage'; Arguments = @{ LimitUsage = $null }; Body = '{"limit_usage":null}' }
        @{ Name = 'LimitActivations'; Arguments = @{ LimitActivations = 7 }; Body = '{"limit_activations":7}' }
        @{ Name = 'no LimitActivations'; Arguments = @{ LimitActivations = $null }; Body = '{"limit_activations":null}' }
        @{ Name = 'no ExpiresAt'; Arguments = @{ ExpiresAt = $null }; Body = '{"expires_at":null}' }
    ) {
        $changed = $key | Set-PolarLicenseKey @Arguments
        (Get-Write)[0].body | Should -Be $Body
        $name = @($Arguments.Keys)[0]
        "$($changed.$name)" | Should -Be "$($Arguments[$name])"
    }

    It 'sends a time with its zone' {
        $until = [datetimeoffset]::new(2031, 5, 6, 7, 8, 9, [timespan]::FromHours(2))
        ($key | Set-PolarLicenseKey -ExpiresAt $until).ExpiresAt | Should -Be $until
        ($key | Set-PolarLicenseKey -ExpiresAt $until.LocalDateTime).ExpiresAt | Should -Be $until
    }

    It 'refuses a change of nothing, and sends nothing with -WhatIf' {
        (Get-TestError { $key | Set-PolarLicenseKey })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
        $key | Set-PolarLicenseKey -Status revoked -WhatIf
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'changes the others when one is not there' {
        $problem = Get-TestError { $nowhere, $key.Id | Set-PolarLicenseKey -Usage 0 }
        $problem.Count | Should -Be 1
        $problem[0].TargetObject | Should -Be $nowhere
        (Get-Write).Count | Should -Be 2
    }
}

Describe 'Test-PolarLicenseKey' {
    BeforeAll { $script:key = $keys[1] }
    BeforeEach { Clear-HostRequest $testHost }

    It 'says true of a good key, given as <Name>' -ForEach @(
        @{ Name = 'text'; Test = { Test-PolarLicenseKey $key.Key } }
        @{ Name = 'text with blanks around it'; Test = { Test-PolarLicenseKey "  $($key.Key)`n" } }
        @{ Name = 'piped text'; Test = { $key.Key | Test-PolarLicenseKey } }
        @{ Name = 'an object'; Test = { $key | Test-PolarLicenseKey } }
        @{ Name = 'a copy of an object'; Test = { $key | Select-Object Key, OrganizationId | Test-PolarLicenseKey } }
        @{ Name = 'a row of a CSV file'; Test = { $key | Select-Object Key | ConvertTo-Csv | ConvertFrom-Csv | Test-PolarLicenseKey } }
        @{ Name = 'a text from a vault'; Test = { ConvertTo-TestToken $key.Key | Test-PolarLicenseKey } }
        @{ Name = 'a hashtable'; Test = { @{ key = $key.Key } | Test-PolarLicenseKey } }
    ) {
        $answer = & $Test
        $answer | Should -BeOfType [bool]
        $answer | Should -BeTrue
    }

    It 'says false, without an error, of <Name>' -ForEach @(
        @{ Name = 'a key that nobody has'; Arguments = { @{ Key = 'PLOT-00000000-0000-0000-0000-000000000000' } }; Reason = '*' }
        @{ Name = 'a word'; Arguments = { @{ Key = 'x' } }; Reason = '*' }
        @{ Name = 'the key of another benefit'; Arguments = { @{ Key = $key; BenefitId = $nowhere } }; Reason = '*benefit*' }
        @{ Name = 'the key of another customer'; Arguments = { @{ Key = $key; CustomerId = $keys[2].Customer } }; Reason = '*customer*' }
        @{ Name = 'an activation that is not there'; Arguments = { @{ Key = $key; ActivationId = $nowhere } }; Reason = '*' }
        @{ Name = 'a key of which there is not enough left'; Arguments = { @{ Key = $key; IncrementUsage = 1000000 } }; Reason = '*usage limit*' }
        @{ Name = 'a key that is disabled'; Before = { $null = $key | Set-PolarLicenseKey -Status disabled }; Arguments = { @{ Key = $key } }; Reason = '*not valid*' }
        @{ Name = 'a key that has expired'; Before = { $null = $key | Set-PolarLicenseKey -Status granted -ExpiresAt 2020-01-01 }; Arguments = { @{ Key = $key } }; Reason = '*expired*' }
    ) {
        if ($Before) { & $Before }
        $with = & $Arguments
        $problem = Get-TestError { $script:answer = Test-PolarLicenseKey @with }
        $problem | Should -BeNullOrEmpty
        $answer | Should -BeOfType [bool]
        $answer | Should -BeFalse
        $detailed = Test-PolarLicenseKey @with -Detailed
        $detailed.IsValid | Should -BeFalse
        $detailed.Reason | Should -BeLike $Reason
        $detailed.Reason | Should -Not -BeNullOrEmpty
        $detailed.LicenseKey | Should -BeNullOrEmpty
        $null = $key | Set-PolarLicenseKey -Status granted -ExpiresAt $null
    }

    It 'writes an error, and neither true nor false, when <Name>' -ForEach @(
        @{ Name = 'the token may not'; Fault = @{ status = 403; body = '{"error":"insufficient_scope","error_description":"no"}' }; ErrorId = 'PolarScopeMissing,*' }
        @{ Name = 'Polar fails'; Fault = @{ status = 500; body = 'Internal Server Error' }; ErrorId = 'PolarServerError,*' }
        @{ Name = 'the address is not known'; Fault = @{ status = 404; body = '{"detail":"Not Found"}' }; ErrorId = 'PolarRouteNotFound,*' }
        @{ Name = 'a proxy has no such page'; Fault = @{ status = 404; contentType = 'text/html'; body = '<html><h1>404 Not Found</h1></html>' }; ErrorId = 'PolarRouteNotFound,*' }
        @{ Name = 'a proxy has no such page, in JSON'; Fault = @{ status = 404; body = '{"error":"not_found","message":"no route"}' }; ErrorId = 'PolarRouteNotFound,*' }
        @{ Name = 'a proxy calls it so, without Polar''s detail'; Fault = @{ status = 404; body = '{"error":"ResourceNotFound"}' }; ErrorId = 'PolarNotFound,*' }
        @{ Name = 'another thing is missing'; Fault = @{ status = 404; body = '{"error":"OrganizationDoesNotExist","detail":"No such organization."}' }; ErrorId = 'PolarNotFound,*' }
        @{ Name = 'a proxy refuses the request'; Fault = @{ status = 400; contentType = 'text/html'; body = '<html>400 Bad Request</html>' }; ErrorId = 'PolarInvalidRequest,*' }
        @{ Name = 'a proxy refuses the request, in JSON'; Fault = @{ status = 400; body = '{"error":"bad_request","message":"header too large"}' }; ErrorId = 'PolarInvalidRequest,*' }
        @{ Name = 'a proxy refuses the request, in words'; Fault = @{ status = 400; contentType = 'text/plain'; body = 'Bad Request' }; ErrorId = 'PolarInvalidRequest,*' }
        @{ Name = 'a proxy refuses the request, with nothing'; Fault = @{ status = 400; body = '' }; ErrorId = 'PolarInvalidRequest,*' }
        @{ Name = 'Polar refuses something else'; Fault = @{ status = 400; body = '{"error":"RotateNotPermitted","detail":"No."}' }; ErrorId = 'PolarInvalidRequest,*' }
        @{ Name = 'a login page answers'; Fault = @{ status = 200; contentType = 'text/html'; body = '<html>Sign in</html>' }; ErrorId = 'PolarBadResponse,*' }
        @{ Name = 'the answer is empty'; Fault = @{ status = 200; body = '{}' }; ErrorId = 'PolarBadResponse,*' }
        @{ Name = 'the answer has no status'; Fault = @{ status = 200; body = '{"id":"a2fe683d-e55b-4b0d-9452-350fa52c0255","key":"KEY"}' }; ErrorId = 'PolarBadResponse,*' }
        @{ Name = 'the answer has no key'; Fault = @{ status = 200; body = '{"status":"granted"}' }; ErrorId = 'PolarBadResponse,*' }
        @{ Name = 'the answer is about another key'; Fault = @{ status = 200; body = '{"id":"a2fe683d-e55b-4b0d-9452-350fa52c0255","key":"NWND-OTHER","status":"granted"}' }; ErrorId = 'PolarBadResponse,*' }
        @{ Name = 'the answer is about another organization'; Fault = @{ status = 200; body = '{"key":"KEY","status":"granted","organization_id":"a2fe683d-e55b-4b0d-9452-350fa52c0255"}' }; ErrorId = 'PolarBadResponse,*' }
        @{ Name = 'the status is no text'; Fault = @{ status = 200; body = '{"key":"KEY","status":true}' }; ErrorId = 'PolarBadResponse,*' }
        @{ Name = 'a field is refused'; Fault = @{ status = 422; body = '{"error":"RequestValidationError","detail":[{"loc":["body","key"],"msg":"no","type":"x","input":"SECRET"}]}' }; ErrorId = 'PolarInvalidRequest,*' }
    ) {
        $Fault.body = "$($Fault.body)".Replace('"KEY"', "`"$($key.Key)`"")
        Set-HostFault $testHost (@{ method = 'POST'; path = '/v1/license-keys/validate' } + $Fault)
        Connect-TestHost $testHost -With @{ Name = 'impatient'; MaximumRetryCount = 0 }
        $problem = @()
        $answer = @(try { Test-PolarLicenseKey $key -Connection impatient -ErrorVariable problem -ErrorAction SilentlyContinue } catch { $problem = @($_) })
        Set-HostFault $testHost
        Disconnect-Polar impatient
        Select-PolarConnection Default
        $answer.Count | Should -Be 0
        $problem[0].FullyQualifiedErrorId | Should -BeLike $ErrorId
        "$($problem[0]) $($problem[0].ErrorDetails) $($problem[0].TargetObject) $($problem[0].Exception)" | Should -Not -Match ([regex]::Escape($key.Key) + '|SECRET')
    }

    It 'says false of a key that the answer itself calls <Status>' -ForEach @(
        @{ Status = 'revoked' }, @{ Status = 'disabled' }, @{ Status = 'Granted' }, @{ Status = 'of_tomorrow' }, @{ Status = '' }
    ) {
        Set-HostFault $testHost @{ method = 'POST'; path = '/v1/license-keys/validate'; status = 200; body = "{`"key`":`"$($key.Key)`",`"status`":`"$Status`"}" }
        $problem = Get-TestError { $script:answer = @(Test-PolarLicenseKey $key -OrganizationId $key.OrganizationId) }
        $detailed = Test-PolarLicenseKey $key -OrganizationId $key.OrganizationId -Detailed
        Set-HostFault $testHost
        $problem | Should -BeNullOrEmpty
        $answer | Should -Be $false
        $detailed.IsValid | Should -BeFalse
        $detailed.Reason | Should -BeLike "*is $Status."
    }

    It 'does not know what was used up where the answer says nothing' {
        Set-HostFault $testHost @{ method = 'POST'; path = '/v1/license-keys/validate'; status = 200; body = '{}' }
        $problem = Get-TestError { Test-PolarLicenseKey $key -IncrementUsage 1 }
        Set-HostFault $testHost
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
    }

    It 'adds the increment to the usage, once' {
        $before = ($key | Get-PolarLicenseKey).Usage
        Test-PolarLicenseKey $key -IncrementUsage 2 | Should -BeTrue
        ($key | Get-PolarLicenseKey).Usage | Should -Be ($before + 2)
        Test-PolarLicenseKey $key -IncrementUsage 0 | Should -BeTrue
        ($key | Get-PolarLicenseKey).Usage | Should -Be ($before + 2)
    }

    It 'does not add to the usage twice when the response was lost' {
        $before = ($key | Get-PolarLicenseKey).Usage
        Set-HostFault $testHost @{ method = 'POST'; path = '/v1/license-keys/validate'; dropAfterRead = $true; times = 1 }
        $problem = Get-TestError { Test-PolarLicenseKey $key -IncrementUsage 2 }
        Set-HostFault $testHost
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
        ($key | Get-PolarLicenseKey).Usage | Should -BeLessOrEqual ($before + 2)
    }

    It 'adds nothing with -WhatIf, but reads without -IncrementUsage' {
        $before = ($key | Get-PolarLicenseKey).Usage
        Clear-HostRequest $testHost
        Test-PolarLicenseKey $key -IncrementUsage 2 -WhatIf | Should -BeNullOrEmpty
        @(Get-HostRequest $testHost).Count | Should -Be 0
        Test-PolarLicenseKey $key -WhatIf | Should -BeTrue
        ($key | Get-PolarLicenseKey).Usage | Should -Be $before
    }

    It 'writes the key with -Detailed' {
        $detailed = Test-PolarLicenseKey $key.Key -Detailed
        $detailed | Should -BeOfType 'PolarPS.PolarLicenseKeyTest'
        $detailed.IsValid | Should -BeTrue
        $detailed.Reason | Should -BeNullOrEmpty
        $detailed.LicenseKey.Id | Should -Be $key.Id
        "$detailed" | Should -Be "$($key.DisplayKey): valid"
    }

    It 'refuses <Name>, and sends nothing' -ForEach @(
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'an empty text'; Value = { '' } }
        @{ Name = 'blanks'; Value = { '   ' } }
        @{ Name = 'a product'; Value = { Get-PolarProduct -First 1 } }
        @{ Name = 'a number'; Value = { 42 } }
        @{ Name = 'two keys at once'; Value = { , @('one', 'two') } }
        @{ Name = 'a row without a key'; Value = { [pscustomobject]@{ Name = 'x' } } }
    ) {
        $value = & $Value
        Clear-HostRequest $testHost
        (Get-TestError { Test-PolarLicenseKey -Key $value }).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'refuses conditions that Polar would refuse' {
        (Get-TestError { Test-PolarLicenseKey $key -Conditions @{ a = @(1) } })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'The organization of a key' {
    BeforeEach { Clear-HostRequest $testHost }

    It 'is that of the object, and nothing is asked' {
        $null = Test-PolarLicenseKey $keys[2]
        @(Get-HostRequest $testHost).path | Should -Be '/v1/license-keys/validate'
    }

    It 'is found out once a connection, with what a token for license keys may do' {
        Connect-TestHost $testHost -With @{ Name = 'other' }
        1..3 | ForEach-Object { Test-PolarLicenseKey $keys[2].Key -Connection other } | Should -Be $true, $true, $true
        Disconnect-Polar other
        Select-PolarConnection Default
        @(Get-HostRequest $testHost).path | Should -Be (@('/v1/license-keys/') + @('/v1/license-keys/validate') * 3)
    }

    It 'is the only one of a user, and has to be said where there are several' {
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Test-PolarLicenseKey $keys[2].Key -Connection user | Should -BeTrue
        @(Get-HostRequest $testHost).path | Should -Be '/v1/organizations/', '/v1/license-keys/validate'
        $null = New-PolarOrganization -Name 'Second shop' -Slug 'second-shop' -Connection user
        Disconnect-Polar user
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Clear-HostRequest $testHost
        $problem = Get-TestError { Test-PolarLicenseKey $keys[2].Key -Connection user }
        @(Get-HostRequest $testHost).path | Should -Be '/v1/organizations/'
        Test-PolarLicenseKey $keys[2].Key -OrganizationId $keys[2].OrganizationId -Connection user | Should -BeTrue
        Disconnect-Polar user
        Select-PolarConnection Default
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        $problem[0].Exception.Message | Should -BeLike '*-OrganizationId*'
    }

    It 'is the one that is given, before all others' {
        Test-PolarLicenseKey $keys[2] -OrganizationId $nowhere | Should -BeFalse
        (@(Get-HostRequest $testHost)[-1].body | ConvertFrom-Json).organization_id | Should -Be $nowhere
    }

    It 'is that of the connection' {
        $id = $keys[2].OrganizationId
        Connect-TestHost $testHost -With @{ Name = 'narrow'; OrganizationId = $id }
        Test-PolarLicenseKey $keys[2].Key -Connection narrow | Should -BeTrue
        Disconnect-Polar narrow
        Select-PolarConnection Default
        @(Get-HostRequest $testHost).path | Should -Be '/v1/license-keys/validate'
    }
}

Describe 'Reset-PolarLicenseKey' {
    It 'gives a new text and ends the old one' {
        $old = $keys[3].Key
        $new = $keys[3] | Reset-PolarLicenseKey -Confirm:$false
        $new.Id | Should -Be $keys[3].Id
        $new.Key | Should -Not -Be $old
        Test-PolarLicenseKey $old | Should -BeFalse
        Test-PolarLicenseKey $new | Should -BeTrue
        $keys[3] = $new
    }

    It 'says what Polar says of a revoked key' {
        $null = $keys[3] | Set-PolarLicenseKey -Status revoked
        $problem = Get-TestError { $keys[3] | Reset-PolarLicenseKey -Confirm:$false }
        $problem[0].Exception.Message | Should -BeLike '*RotateNotPermitted*'
        $problem[0].TargetObject | Should -Be $keys[3].Id
        $null = $keys[3] | Set-PolarLicenseKey -Status granted
    }

    It 'asks before it does it, and names whose key it is' {
        $shown = Invoke-Fresh @"
Import-Module '$(Get-TestModulePath)'
Connect-Polar -Environment Emulator
`$key = Get-PolarLicenseKey -First 1
`$key | Reset-PolarLicenseKey -WhatIf
`$key.Customer.Email
"@
        $shown[0] | Should -BeLike "*Replace the key of * with a new one; the old key stops working immediately*license key '$('[*]' * 4)-*Emulator*"
        $shown[0] | Should -BeLike "*$($shown[-1])*"
    }

    It 'sends nothing for <Name>' -ForEach @(
        @{ Name = 'an activation, which only refers to a key'; Value = { $a = New-PolarLicenseKeyActivation $keys[3] -Label x; $a } }
        @{ Name = 'a benefit'; Value = { Get-PolarBenefit -First 1 } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = 'the text of a key'; Value = { $keys[3].Key } }
        @{ Name = 'an empty array'; Value = { , @() } }
    ) {
        $value = & $Value
        Clear-HostRequest $testHost
        $problem = Get-TestError { Reset-PolarLicenseKey -Id $value -Confirm:$false }
        $problem.Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }
}

Describe 'Activations' {
    BeforeAll { $script:key = $keys[2] | Set-PolarLicenseKey -LimitActivations 50 }
    BeforeEach { Clear-HostRequest $testHost }

    It 'are made with conditions and metadata, of a key or its text' {
        $one = New-PolarLicenseKeyActivation $key -Label 'Bridge' -Conditions @{ major = 4 } -Metadata @{ os = 'linux' }
        $one | Should -BeOfType 'PolarPS.Client.Models.LicenseKeyActivation'
        $one.Label | Should -Be 'Bridge'
        $one.Meta.os | Should -Be 'linux'
        $one.LicenseKey.Id | Should -Be $key.Id
        Test-PolarLicenseKey $key -ActivationId $one | Should -BeFalse
        Test-PolarLicenseKey $key -ActivationId $one -Conditions @{ major = 4 } | Should -BeTrue
        Test-PolarLicenseKey $key -ActivationId $one -Conditions @{ major = 4; more = 1 } | Should -BeFalse
        (New-PolarLicenseKeyActivation $key.Key -Label 'Mast').LicenseKeyId | Should -Be $key.Id
        $row = [pscustomobject]@{ Key = $key.Key; Label = 'Keel' }
        ($row | New-PolarLicenseKeyActivation).Label | Should -Be 'Keel'
    }

    It 'are got: one, several, all of a key, read again' {
        $made = 1..3 | ForEach-Object { New-PolarLicenseKeyActivation $key -Label "Got $_" }
        (Get-PolarLicenseKeyActivation -LicenseKeyId $key -ActivationId $made[0].Id).Label | Should -Be 'Got 1'
        (Get-PolarLicenseKeyActivation $key.Id $made[0..1]).Label | Should -Be 'Got 1', 'Got 2'
        ($made | Get-PolarLicenseKeyActivation).Label | Should -Be $made.Label
        ($made[2] | Select-Object Id, LicenseKeyId | Get-PolarLicenseKeyActivation).Label | Should -Be 'Got 3'
        $all = Get-PolarLicenseKeyActivation $key
        $all.Id | Should -Contain $made[1].Id
        ($key | Get-PolarLicenseKeyActivation).Id | Should -Be $all.Id
        ($key | Get-PolarLicenseKey).Activations.Count | Should -Be @($all).Count
    }

    It 'are got from copies of keys and of activations' {
        $one = New-PolarLicenseKeyActivation $key -Label 'Copied'
        ($key | Select-Object Id, Status | Get-PolarLicenseKeyActivation).Id | Should -Contain $one.Id
        $back = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($one, 2))
        ($back | Get-PolarLicenseKeyActivation).Label | Should -Be 'Copied'
        ([pscustomobject]@{ ActivationId = $one.Id; LicenseKeyId = $key.Id } | Get-PolarLicenseKeyActivation).Label | Should -Be 'Copied'
    }

    It 'are not got by their id alone, nor are things of other kinds' {
        $one = New-PolarLicenseKeyActivation $key -Label 'Alone'
        Clear-HostRequest $testHost
        (Get-TestError { $one.Id | Get-PolarLicenseKeyActivation })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        (Get-TestError { $key.Customer | Get-PolarLicenseKeyActivation })[0].Exception.Message | Should -BeLike '*Expected an activation, but this is a customer*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
        (Get-TestError { Get-PolarLicenseKeyActivation $key $nowhere })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        (Get-TestError { Get-PolarLicenseKeyActivation $nowhere })[0].ErrorDetails.Message | Should -BeLike 'Polar has no license key*'
    }

    It 'are not made with -WhatIf, and the key is not shown' {
        $lines = New-PolarLicenseKeyActivation $key.Key -Label 'Preview' -WhatIf -Verbose 4>&1
        $lines -join "`n" | Should -BeLike '*POST /v1/license-keys/activate*"label":"Preview"*"key":"[*][*][*]"*'
        (Get-Write).Count | Should -Be 0
    }

    It 'are refused by Polar: <Name>' -ForEach @(
        @{ Name = 'as many as there may be'; Limit = 1; Made = { $key }; ErrorId = 'PolarNotPermitted,*' }
        @{ Name = 'a key without activation'; Limit = $null; Made = { $key }; ErrorId = 'PolarNotPermitted,*' }
        @{ Name = 'a key that nobody has'; Limit = 50; Made = { 'PLOT-AAAABBBBCCCCDDDD' }; ErrorId = 'PolarNotFound,*' }
    ) {
        $null = $key | Set-PolarLicenseKey -LimitActivations $Limit
        $made = & $Made
        $problem = Get-TestError { New-PolarLicenseKeyActivation $made -Label 'One more' }
        $null = $key | Set-PolarLicenseKey -LimitActivations 50
        $problem[0].FullyQualifiedErrorId | Should -BeLike $ErrorId
        $problem[0].TargetObject | Should -BeLike '[*][*][*][*]-*'
        "$($problem[0].ErrorDetails) $($problem[0].Exception)" | Should -Not -Match ($key.Key + '|AAAABBBB')
    }

    It 'end: <Name>' -ForEach @(
        @{ Name = 'an object from New-'; End = { $one | Remove-PolarLicenseKeyActivation -Confirm:$false } }
        @{ Name = 'an object within a key'; End = { ($key | Get-PolarLicenseKey).Activations | Where-Object Id -EQ $one.Id | Remove-PolarLicenseKeyActivation -Confirm:$false } }
        @{ Name = 'a copy'; End = { $one | Select-Object Id, LicenseKeyId | Remove-PolarLicenseKeyActivation -Confirm:$false } }
        @{ Name = 'an id with the id of the key'; End = { Remove-PolarLicenseKeyActivation $one.Id -LicenseKeyId $key.Id -Confirm:$false } }
        @{ Name = 'an id with the key'; End = { Remove-PolarLicenseKeyActivation $one.Id -Key $key -Confirm:$false } }
        @{ Name = 'an id with the text of the key'; End = { Remove-PolarLicenseKeyActivation $one.Id -Key $key.Key -Confirm:$false } }
    ) {
        $one = New-PolarLicenseKeyActivation $key -Label 'To end'
        $others = @(Get-PolarLicenseKeyActivation $key | Where-Object Id -NE $one.Id)
        Get-TestError { & $End } | Should -BeNullOrEmpty
        @(Get-PolarLicenseKeyActivation $key).Id | Should -Be $others.Id
    }

    It 'end after the key was given a new text too' {
        $one = New-PolarLicenseKeyActivation $key -Label 'From before'
        $script:key = $key | Reset-PolarLicenseKey -Confirm:$false
        $one | Remove-PolarLicenseKeyActivation -Confirm:$false
        @(Get-PolarLicenseKeyActivation $key).Id | Should -Not -Contain $one.Id
    }

    It 'do not end with -WhatIf, which says what would' {
        $one = New-PolarLicenseKeyActivation $key -Label 'Stays'
        Clear-HostRequest $testHost
        $lines = $one | Remove-PolarLicenseKeyActivation -WhatIf -Verbose 4>&1
        $lines -join "`n" | Should -BeLike '*POST /v1/license-keys/deactivate*"key":"[*][*][*]"*'
        (Get-Write).Count | Should -Be 0
        @(Get-PolarLicenseKeyActivation $key).Id | Should -Contain $one.Id
    }

    It 'do not end, and nothing is sent, for <Name>' -ForEach @(
        @{ Name = 'an id alone'; Value = { $one.Id } }
        @{ Name = 'the license key'; Value = { $key } }
        @{ Name = 'an object that refers to one'; Value = { Get-PolarBenefitGrant -First 1 } }
        @{ Name = '$null'; Value = { $null } }
        @{ Name = '$null among others'; Value = { , @($one, $null) } }
        @{ Name = 'an empty array'; Value = { , @() } }
        @{ Name = 'an empty text'; Value = { '' } }
    ) {
        $one = New-PolarLicenseKeyActivation $key -Label 'Stays too'
        $value = & $Value
        Clear-HostRequest $testHost
        (Get-TestError { Remove-PolarLicenseKeyActivation -ActivationId $value -Confirm:$false }).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'do not end when the key is another one' {
        $one = New-PolarLicenseKeyActivation $key -Label 'Of this key'
        Clear-HostRequest $testHost
        (Get-TestError { $one | Remove-PolarLicenseKeyActivation -LicenseKeyId $keys[0] -Confirm:$false })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
        (Get-TestError { Remove-PolarLicenseKeyActivation $one.Id -LicenseKeyId $keys[0] -Confirm:$false })[0].FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
        (Get-Write).Count | Should -Be 0
    }

    It 'end, though another one is not there' {
        $one = New-PolarLicenseKeyActivation $key -Label 'There'
        $problem = Get-TestError { Remove-PolarLicenseKeyActivation $nowhere, $one.Id -LicenseKeyId $key -Confirm:$false }
        $problem.Count | Should -Be 1
        $problem[0].TargetObject | Should -Be $nowhere
        @(Get-PolarLicenseKeyActivation $key).Id | Should -Not -Contain $one.Id
    }
}

Describe 'The text of a key' {
    It 'is in no stream, error, prompt or bound parameter' {
        $text = 'PLOT-' + [guid]::NewGuid().ToString().ToUpperInvariant()
        $all = & {
            $VerbosePreference = $DebugPreference = 'Continue'
            Test-PolarLicenseKey -Key $text -Detailed
            New-PolarLicenseKeyActivation -Key $text -Label 'x'
            New-PolarLicenseKeyActivation -Key $text -Label 'x' -WhatIf
            Remove-PolarLicenseKeyActivation -ActivationId $nowhere -Key $text -Confirm:$false
            Test-PolarLicenseKey -Key $text -IncrementUsage 1 -WhatIf
            Set-PolarLicenseKey -Id $keys[0].Id -Usage 0
            Get-PolarLicenseKey $keys[0].Id
        } *>&1
        $shown = foreach ($item in $all) {
            $item | Out-String -Width 500
            if ($item -is [Management.Automation.ErrorRecord]) {
                $item | Format-List * -Force | Out-String -Width 500
                $item.InvocationInfo.BoundParameters.Values | Out-String
                $item.Exception.ToString()
            }
        }
        ($shown -join "`n") -match [regex]::Escape($text) | Should -BeFalse
        ($shown -join "`n") -match [regex]::Escape($keys[0].Key) | Should -BeFalse
        $shown -join "`n" | Should -Match ([regex]::Escape("****-$($text.Substring($text.Length - 6))"))
    }
}

Describe 'Completion' {
    It 'offers <Value> for <Line>' -ForEach @(
        @{ Line = 'Get-PolarLicenseKey -Status dis'; Value = 'disabled' }
        @{ Line = 'Set-PolarLicenseKey -Status rev'; Value = 'revoked' }
    ) {
        (Get-Completion $Line).CompletionText | Should -Contain $Value
    }

    It 'finds a key by its end' {
        $end = $keys[0].DisplayKey.Substring($keys[0].DisplayKey.Length - 6)
        (Get-Completion "Get-PolarLicenseKey $end").CompletionText | Should -Be $keys[0].Id
        (Get-Completion "Get-PolarLicenseKeyActivation $end").CompletionText | Should -Be $keys[0].Id
    }
}
