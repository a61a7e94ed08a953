# Success is what Polar says. Whatever a cmdlet asks for: a sign-in page or another thing that some network answers in Polar's
# place is an error, and of a change nobody knows then whether it was made. The calls are those of tests/Coverage.Tests.ps1.
BeforeDiscovery {
    $areas = @(Get-ChildItem (Join-Path $PSScriptRoot 'data') -Filter '*.coverage.ps1' | ForEach-Object { @{ Area = $_.Name -replace '\.coverage\.ps1$'; File = $_.FullName } })
    # What Connect-Polar asks before a sign-in is told in its own words, see SignIn.Tests.ps1.
    foreach ($area in $areas) { $area.Operations = @((& $area.File).Calls.Keys | Where-Object { $_ -ne 'oauth2:authorize' } | Sort-Object | ForEach-Object { @{ Operation = $_ } }) }
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:page = '<html><body>Sign in to this network.</body></html>'
}

Describe 'A page in the place of an answer to <Area>' -ForEach $areas {
    BeforeAll {
        $script:testHost = Start-TestHost
        Connect-TestHost $testHost
        $script:data = & $File
        # Another area may have had a variable of the same name.
        $before = @{}
        Get-Variable -Scope Script | ForEach-Object { $before[$_.Name] = $_.Value }
        . $data.Arrange
        $script:arranged = @{}
        Get-Variable -Scope Script | Where-Object { $_.Name -notin 'arranged', 'before' -and -not [object]::ReferenceEquals($before[$_.Name], $_.Value) } | ForEach-Object { $arranged[$_.Name] = $_.Value }
    }

    # A call that failed, as all do here, may have left nothing in a variable that the next one needs.
    BeforeEach { foreach ($name in $arranged.Keys) { Set-Variable -Name $name -Value $arranged[$name] -Scope Script } }

    AfterEach { Set-HostFault $testHost }

    AfterAll {
        Disconnect-Polar -All
        Stop-TestHost $testHost
    }

    It 'is an error: <Operation>' -ForEach $Operations {
        $call = $data.Calls[$Operation]
        Set-HostFault $testHost @{ operation = $Operation; status = 200; body = $page; contentType = 'text/html' }
        $errors = @(Get-TestError { . $call } | Where-Object { $_.Exception -is [PolarPS.Client.PolarResponseException] })
        $hits = (Invoke-RestMethod "$($testHost.url)/__emulator/faults" | ForEach-Object { $_ }).hits

        $hits | Should -BeGreaterThan 0 -Because 'the call has to reach the operation'
        if ("$call" -match '-ErrorAction (Ignore|SilentlyContinue)') { $errors.Count | Should -BeGreaterThan 0 }
        else { $errors.Count | Should -Be $hits -Because 'each of the answers is an error' }
        foreach ($found in $errors) {
            "$found" | Should -BeLike '*text/html*'
            $asks = $found.Exception.Method -eq 'GET'
            $found.Exception.OutcomeUnknown | Should -Be (-not $asks)
            $found.FullyQualifiedErrorId | Should -BeLike $(if ($asks) { 'PolarBadResponse,*' } else { 'PolarOutcomeUnknown,*' })
            if (-not $asks) { "$found" | Should -BeLike '*not known*' }
        }
    }
}

Describe 'Invoke-PolarRequest' {
    BeforeAll {
        $script:testHost = Start-TestHost
        Connect-TestHost $testHost
        $script:id = (Get-PolarProduct -First 1).Id
    }

    AfterEach { Set-HostFault $testHost }

    AfterAll {
        Disconnect-Polar -All
        Stop-TestHost $testHost
    }

    It 'takes <Name> in answer to <Method> for no success' -ForEach @(
        foreach ($method in 'GET', 'POST', 'PATCH', 'PUT', 'DELETE') {
            @{ Method = $method; Name = 'a page'; Fault = @{ status = 200; body = '<html></html>'; contentType = 'text/html' } }
            @{ Method = $method; Name = 'text'; Fault = @{ status = 200; body = 'OK'; contentType = 'text/plain' } }
            @{ Method = $method; Name = 'a part'; Fault = @{ status = 206; body = '{}'; contentType = 'application/json' } }
        }
    ) {
        Set-HostFault $testHost $Fault
        $body = if ($Method -in 'POST', 'PATCH', 'PUT') { @{ Body = @{ name = 'X' } } } else { @{} }
        foreach ($raw in @{}, @{ Raw = $true }) {
            $found = @(Get-TestError { Invoke-PolarRequest "/v1/products/$id" -Method $Method @body @raw -Confirm:$false })
            $found.Count | Should -Be 1
            $found[0].FullyQualifiedErrorId | Should -BeLike $(if ($Method -eq 'GET') { 'PolarBadResponse,*' } else { 'PolarOutcomeUnknown,*' })
            $found[0].Exception.OutcomeUnknown | Should -Be ($Method -ne 'GET')
        }
    }

    It 'takes an empty answer to DELETE for what it is' {
        Set-HostFault $testHost @{ status = 204 }
        Invoke-PolarRequest "/v1/products/$id" -Method DELETE -Confirm:$false -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'reads no page as a list' {
        Set-HostFault $testHost @{ status = 200; body = '<html></html>'; contentType = 'text/html' }
        @(Get-TestError { Invoke-PolarRequest /v1/products/ -Paginate })[0].FullyQualifiedErrorId | Should -BeLike 'PolarBadResponse,*'
    }
}
