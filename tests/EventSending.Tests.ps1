# Send-PolarEvent: what becomes of rows, what of batches, and that nothing is counted twice or lost.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-Module "$PSScriptRoot/../tools/PowerShellProgram.psm1"
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost

    function Stop-InTheMiddle {
        # Runs a script that sends events in a program of its own, and kills that once it has sent a few batches.
        param([string] $File)
        # Slower, so that it is killed in the middle.
        Set-HostFault $testHost @{ path = '/v1/events/ingest'; delayMilliseconds = 150 }
        $shell = Get-PowerShellProgram
        $first = Start-Process $shell.Program -ArgumentList (@($shell.Arguments | Where-Object { $_ } | ForEach-Object { "`"$_`"" }) + '-NoProfile', '-NonInteractive', '-File', "`"$File`"") -PassThru
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (@(Get-HostRequest $testHost | Where-Object Path -EQ '/v1/events/ingest').Count -lt 4 -and $watch.Elapsed.TotalSeconds -lt 60) { Start-Sleep -Milliseconds 50 }
        $first.HasExited | Should -BeFalse
        $first.Kill()
        $first.WaitForExit()
        Set-HostFault $testHost
        Start-Sleep -Milliseconds 500
    }

    function Get-Sent {
        # The events of each request that was sent.
        foreach ($request in Get-HostRequest $testHost | Where-Object Path -EQ '/v1/events/ingest') { , @(($request.Body | ConvertFrom-Json).events) }
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Send-PolarEvent' {
    BeforeEach { Clear-HostRequest $testHost }

    AfterEach { Set-HostFault $testHost }

    Context 'A CSV file' {
        BeforeAll {
            $script:file = Join-Path $TestDrive 'usage.csv'
            Set-Content $file @(
                'RequestId,Account,Tokens,Model,Zip'
                'req-1,u_1,120,large,01234'
                'req-2,u_1,80,large,01234'
                'req-3,u_2,2.5,small,'
            )
        }

        It 'is sent twice and counted once' {
            $send = { Import-Csv $file | Send-PolarEvent -Name api.call -ExternalCustomerId { $_.Account } -ExternalIdProperty RequestId }
            $first = & $send
            $first.Inserted, $first.Duplicates, $first.Refused | Should -Be 3, 0, 0
            $second = & $send
            $second.Inserted, $second.Duplicates, $second.Sent | Should -Be 0, 3, 3
            @(Get-PolarEvent -Name api.call).Count | Should -Be 3
            @(Get-PolarEvent -Name api.call -ExternalCustomerId u_1).Count | Should -Be 2
        }

        It 'gives numbers where they are asked for, and a meter sums them' {
            $meter = New-PolarMeter 'CSV tokens' "name = 'csv.numbers'" -Aggregation sum -Property Tokens
            Import-Csv $file | Send-PolarEvent -Name csv.numbers -ExternalCustomerId { $_.Account } -NumericProperty Tokens -MetadataProperty Model -TextProperty Zip -WarningVariable warned | Out-Null
            $warned | Should -BeNullOrEmpty
            (Get-PolarMeterQuantity $meter -Total -StartTimestamp (Get-Date).AddDays(-1) -EndTimestamp (Get-Date).AddDays(1)).Quantity | Should -Be 202.5
            $sent = @(Get-Sent)[0]
            $sent[0].metadata.Tokens | Should -BeOfType ([ValueType])
            $sent[0].metadata.Zip | Should -Be '01234'
            $sent[2].metadata.Tokens | Should -Be 2.5
            # An empty cell is no text that Polar would take.
            $sent[2].metadata.PSObject.Properties['Zip'] | Should -BeNullOrEmpty
        }

        It 'warns once of text that looks like a number: a meter would not sum it' {
            $rows = Import-Csv $file
            $rows | Send-PolarEvent -Name csv.text -ExternalCustomerId { $_.Account } -MetadataProperty Tokens -WarningVariable warned -WarningAction SilentlyContinue | Out-Null
            $warned.Count | Should -Be 1
            "$warned" | Should -BeLike "*Tokens*'120'*-NumericProperty Tokens*"
            @(Get-Sent)[0][0].metadata.Tokens | Should -BeOfType ([string])
            $rows | Send-PolarEvent -Name csv.text -ExternalCustomerId { $_.Account } -Metadata { @{ tokens = $_.Tokens } } -WarningVariable warned -WarningAction SilentlyContinue | Out-Null
            $warned.Count | Should -Be 1
            $rows | Send-PolarEvent -Name csv.text -ExternalCustomerId { $_.Account } -Metadata { @{ tokens = $_.Tokens } } -TextProperty tokens -WarningVariable warned | Out-Null
            $warned.Count | Should -Be 0
            $rows | Send-PolarEvent -Name csv.text -ExternalCustomerId { $_.Account } -Metadata { @{ tokens = $_.Tokens } } -NumericProperty tokens -WarningVariable warned | Out-Null
            $warned.Count | Should -Be 0
            @(Get-Sent)[-1][0].metadata.tokens | Should -Be 120
            @(Get-Sent)[-1][0].metadata.tokens | Should -BeOfType ([ValueType])
        }

        It 'is refused where a number is not one for everybody, in <_>' -ForEach 'de-DE', 'en-US', '' {
            $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); CULTURE = $_ } -Script @'
[Threading.Thread]::CurrentThread.CurrentCulture = [cultureinfo]::GetCultureInfo("$env:CULTURE")
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
$rows = '1,5', '1.000', '1.5', '', 'viel' | ForEach-Object { [pscustomobject]@{ Id = "n$_"; Menge = $_ } }
$problems = $null
$result = $rows | Send-PolarEvent -Name culture -ExternalCustomerId u_1 -NumericProperty Menge -ErrorVariable problems -ErrorAction SilentlyContinue
"$($result.Inserted) $($result.Refused)"
$problems | ForEach-Object { "$($_.FullyQualifiedErrorId): $($_.Exception.Message)" }
(Get-PolarEvent -Name culture).Metadata['Menge'].ToString([cultureinfo]::InvariantCulture)
'@
            $lines[0] | Should -Be '1 4'
            $lines | Where-Object { $_ -like "PolarInvalidArgument,*input 1,*'1,5'*Write 1.5*" } | Should -Not -BeNullOrEmpty
            $lines | Where-Object { $_ -like "PolarInvalidArgument,*input 2,*'1.000'*" } | Should -Not -BeNullOrEmpty
            $lines | Where-Object { $_ -like 'PolarInvalidArgument,*input 4,*Menge is empty*' } | Should -Not -BeNullOrEmpty
            $lines[-1] | Should -Be '1.5'
        }
    }

    Context 'A row' {
        It 'is refused by its number, and not sent: <Name>' -ForEach @(
            @{ Name = 'no customer'; Row = @{ Name = 'row'; ExternalCustomerId = '' }; Says = '*input 2*ExternalCustomerId is empty*' }
            @{ Name = 'blanks for a customer'; Row = @{ Name = 'row'; CustomerId = '  ' }; Says = '*input 2*CustomerId is empty*' }
            @{ Name = 'no time'; Row = @{ Name = 'row'; ExternalCustomerId = 'u_1'; Timestamp = '' }; Says = '*input 2*Timestamp is empty*' }
            @{ Name = 'half a date'; Row = @{ Name = 'row'; ExternalCustomerId = 'u_1'; Timestamp = '06/07/2026' }; Says = '*input 2*Timestamp*06/07/2026*' }
            @{ Name = 'no name'; Row = @{ ExternalCustomerId = 'u_1' }; Says = '*input 2*There is no Name*' }
            @{ Name = 'an empty external id'; Row = @{ Name = 'row'; ExternalCustomerId = 'u_1'; ExternalId = '' }; Says = '*input 2*ExternalId is empty*count it twice*' }
            @{ Name = 'a name in the place of an id'; Row = @{ Name = 'row'; CustomerId = 'Solveig' }; Says = "*input 2*CustomerId*'Solveig' is not the id of a customer*" }
            @{ Name = 'two customers'; Row = @{ Name = 'row'; ExternalCustomerId = 'u_1'; CustomerId = '8cabdca5-cf97-4f4e-851c-fddffa691a55' }; Says = '*input 2*both say whose*' }
            @{ Name = 'metadata that Polar would refuse'; Row = @{ Name = 'row'; ExternalCustomerId = 'u_1'; Metadata = @{ a = @(1, 2) } }; Says = "*input 2*'a'*text, numbers and booleans*" }
            @{ Name = 'nothing at all'; Row = $null; Says = '*input 2*$null*' }
        ) {
            $good = [pscustomobject]@{ Name = 'row.good'; ExternalCustomerId = 'u_1' }
            $bad = if ($null -ne $Row) { [pscustomobject]$Row } else { $null }
            $result = $good, $bad, $good | Send-PolarEvent -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument,*'
            $problems[0].Exception.Message | Should -BeLike $Says
            if ($null -ne $Row) { $problems[0].TargetObject | Should -Be $bad }
            $result.Inserted, $result.Refused | Should -Be 2, 1
            (@(Get-Sent)[0]).name | Sort-Object -Unique | Should -Be 'row.good'
        }

        It 'without the property that was named is refused' {
            $problem = Get-TestError { [pscustomobject]@{ A = 1 } | Send-PolarEvent -Name row -ExternalCustomerId u_1 -ExternalIdProperty RequestId }
            $problem[0].Exception.Message | Should -BeLike '*There is no property RequestId*'
            $problem = Get-TestError { [pscustomobject]@{ A = 1 } | Send-PolarEvent -Name row -ExternalCustomerId u_1 -MetadataProperty Tokens }
            $problem[0].Exception.Message | Should -BeLike '*There is no property Tokens*'
            @(Get-Sent).Count | Should -Be 0
        }

        It 'can be any object, or a hashtable; a script block says what of it counts' {
            $customer = Get-PolarCustomer -First 1
            1..2 | Send-PolarEvent -Name { "any.$_" } -CustomerId $customer -Timestamp { [datetimeoffset]'2026-10-01T00:00:00Z' } -Metadata { @{ n = $_; half = $_ / 2; even = $_ % 2 -eq 0 } } | Out-Null
            @{ Name = 'any.table'; ExternalCustomerId = 'u_1'; Tokens = 5 } | Send-PolarEvent -MetadataProperty * | Out-Null
            Get-Item $TestDrive | Send-PolarEvent -Name any.file -ExternalCustomerId u_1 -MetadataProperty FullName, PSIsContainer | Out-Null
            $sent = @(Get-Sent | ForEach-Object { $_ })
            $sent.name | Should -Be 'any.1', 'any.2', 'any.table', 'any.file'
            $sent[0].customer_id | Should -Be $customer.Id
            $sent[0].metadata.half | Should -Be 0.5
            $sent[1].metadata.even | Should -BeTrue
            @($sent[2].metadata.PSObject.Properties.Name) | Should -Be 'Tokens'
            $sent[3].metadata.PSIsContainer | Should -BeTrue
        }

        It 'is left out where its script block fails' {
            $problem = Get-TestError { 1 | Send-PolarEvent -Name failing -ExternalCustomerId { throw 'No account.' } }
            $problem[0].Exception.Message | Should -BeLike '*-ExternalCustomerId: the script block failed: No account.*'
        }
    }

    Context 'A batch' {
        It 'has 500 events at most, and 1 MiB' {
            $result = 1..1100 | Send-PolarEvent -Name batch.count -ExternalCustomerId u_1
            $result.Inserted, $result.Batches | Should -Be 1100, 3
            @(Get-Sent | ForEach-Object { $_.Count }) | Should -Be 500, 500, 100
            Clear-HostRequest $testHost
            $large = @{}
            foreach ($key in 1..45) { $large["k$key"] = 'x' * 490 }
            $result = 1..60 | Send-PolarEvent -Name batch.bytes -ExternalCustomerId u_1 -Metadata $large
            $result.Inserted | Should -Be 60
            $result.Batches | Should -BeGreaterThan 1
            foreach ($request in Get-HostRequest $testHost | Where-Object Path -EQ '/v1/events/ingest') { $request.Body.Length | Should -BeLessOrEqual 1MB }
        }

        It 'is sent after some seconds where nothing more comes' {
            $sent = & { 'first'; Start-Sleep -Seconds 7; @(Get-PolarEvent -Name 'batch.slow.first').Count } |
                ForEach-Object { if ($_ -eq 'first') { $_ } else { $script:arrived = $_ } } |
                Send-PolarEvent -Name { "batch.slow.$_" } -ExternalCustomerId u_1
            $arrived | Should -Be 1 -Because 'the second look was before the pipeline''s end'
            $sent.Inserted | Should -Be 1
        }

        It 'arrives without the events that Polar refuses, each an error that names its input' {
            $later = (Get-Date).AddDays(2)
            $result = 1..20 | Send-PolarEvent -Name batch.split -ExternalCustomerId u_1 -ExternalId { "split-$_" } -Timestamp { if ($_ -in 3, 17) { $later } else { (Get-Date).AddMinutes(-$_) } } -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Inserted, $result.Refused, $result.Unsent | Should -Be 18, 2, 0
            $problems.Count | Should -Be 2
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest,*'
            $problems[0].ErrorDetails.Message | Should -BeLike "*event 'input 3'*-Timestamp*future*"
            $problems.TargetObject | Should -Be 3, 17
            @(Get-Sent | ForEach-Object { $_.Count }) | Should -Be 20, 18
            @(Get-PolarEvent -Name batch.split).Count | Should -Be 18
        }

        It 'whose answer is lost is sent again by itself where every event has an external id' {
            Set-HostFault $testHost @{ path = '/v1/events/ingest'; dropAfterRead = $true; times = 1 }
            $result = 1..10 | Send-PolarEvent -Name batch.lost -ExternalCustomerId u_1 -ExternalId { "lost-$_" }
            $result.Sent, $result.OutcomeUnknown | Should -Be 10, 0
            @(Get-PolarEvent -Name batch.lost).Count | Should -Be 10
        }

        It 'whose answer is lost is never sent again without, and its outcome is unknown' {
            Set-HostFault $testHost @{ path = '/v1/events/ingest'; status = 502; perform = $true; times = 1 }
            $result = 1..600 | Send-PolarEvent -Name batch.unknown -ExternalCustomerId u_1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.OutcomeUnknown, $result.Inserted | Should -Be 500, 100
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolarOutcomeUnknown,*'
            $problems[0].TargetObject | Should -Be '500 events, from input 1 to input 500'
            @(Get-Sent).Count | Should -Be 2
            @(Get-PolarEvent -Name batch.unknown).Count | Should -Be 600
        }

        It 'that cannot be sent by anyone ends the pipeline, after the counts' {
            Set-HostFault $testHost @{ path = '/v1/events/ingest'; status = 401; body = '{"error":"invalid_token","error_description":"no"}' }
            $results = [Collections.Generic.List[object]]::new()
            $problem = Get-TestError { 1..1200 | Send-PolarEvent -Name batch.ended -ExternalCustomerId u_1 | ForEach-Object { $results.Add($_) } }
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarUnauthorized,*'
            @(Get-Sent).Count | Should -Be 1
        }
    }

    Context 'What is asked' {
        It 'sends nothing with -WhatIf, and says how many' {
            $lines = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath) } -Script @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
1..600 | Send-PolarEvent -Name asked -ExternalCustomerId u_1 -WhatIf
"LEFT $(@(Get-PolarEvent -Name asked).Count)"
'@
            @($lines | Where-Object { $_ -like 'What if:*Send*500 events (asked)*' }).Count | Should -Be 1
            @($lines | Where-Object { $_ -like 'What if:*Send*100 events (asked)*' }).Count | Should -Be 1
            $lines[-1] | Should -Be 'LEFT 0'
        }

        It 'takes a single event without a pipeline' {
            $result = Send-PolarEvent single -ExternalCustomerId u_1 -ExternalId single-1 -Metadata @{ _cost = @{ amount = '0.25'; currency = 'usd' }; tokens = 3 }
            $result.Inserted | Should -Be 1
            $event = Get-PolarEvent -Name single
            $event.Metadata['tokens'] | Should -Be 3
            $event.Metadata['_cost']['currency'] | Should -Be 'usd'
        }

        It 'sends nothing over a connection that only reads' {
            Connect-TestHost $testHost -With @{ ReadOnly = $true; Name = 'reading' }
            Clear-HostRequest $testHost
            $problem = Get-TestError { Send-PolarEvent single -ExternalCustomerId u_1 -Connection reading }
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarReadOnly,*'
            @(Get-Sent).Count | Should -Be 0
            Select-PolarConnection Default
        }
    }

    Context 'Thousands of events' {
        It 'killed in the middle and sent again, are there once each' {
            $module = Get-TestModulePath
            $script = @'
Import-Module $env:MODULE
$token = [securestring]::new(); foreach ($letter in $env:TOKEN.ToCharArray()) { $token.AppendChar($letter) }
Connect-Polar -AccessToken $token -Environment $env:ADDRESS
$result = 1..6000 | Send-PolarEvent -Name killed -ExternalCustomerId { "u_$($_ % 7)" } -ExternalId { "killed-$_" } -Metadata { @{ n = $_ } }
"DONE $($result.Inserted) $($result.Duplicates)"
'@
            $file = Join-Path $TestDrive 'killed.ps1'
            Set-Content $file $script
            $variables = @{ MODULE = $module; TOKEN = $testHost.accessToken; ADDRESS = $testHost.url }
            foreach ($name in $variables.Keys) { [Environment]::SetEnvironmentVariable($name, $variables[$name]) }
            try {
                Stop-InTheMiddle $file
                $there = Get-PolarEventName killed | ForEach-Object Occurrences
                $there | Should -BeGreaterThan 0
                $there | Should -BeLessThan 6000
                $again = @(Invoke-Fresh -Environment $variables -Script $script)
                $again[-1] | Should -Be "DONE $(6000 - $there) $there"
            }
            finally { foreach ($name in $variables.Keys) { Remove-Item "Env:$name" -ErrorAction SilentlyContinue } }
            (Get-PolarEventName killed).Occurrences | Should -Be 6000
            $numbers = Get-PolarEvent -Name killed -CursorPagination | ForEach-Object { $_.Metadata['n'] }
            @($numbers).Count | Should -Be 6000
            @($numbers | Sort-Object -Unique).Count | Should -Be 6000
        }
    }

    Context 'A spool' {
        BeforeEach { $script:spool = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl" }

        It 'is gone when all is sent' {
            $result = 1..3 | Send-PolarEvent spooled -ExternalCustomerId { "u_$_" } -Spool $spool
            $result.Inserted, $result.Unsent | Should -Be 3, 0
            $spool | Should -Not -Exist
        }

        It 'keeps what cannot be sent, and the next run sends it first: <Name>' -ForEach @(
            @{ Name = 'a rejected token'; Fault = @{ status = 401 }; Id = 'PolarUnauthorized' }
            @{ Name = 'no answer'; Fault = @{ status = 502 }; Id = 'PolarOutcomeUnknown' }
        ) {
            $name = "outage.$([guid]::NewGuid())"
            Set-HostFault $testHost ($Fault + @{ path = '/v1/events/ingest' })
            $problem = @(Get-TestError { 1..1200 | Send-PolarEvent $name -ExternalCustomerId u_1 -Metadata { @{ n = $_ } } -Spool $spool -WarningAction SilentlyContinue -WarningVariable script:warnings })
            $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
            "$warnings" | Should -BeLike "1200 events are still in '*'. Send-PolarEvent -Spool '*' sends them."
            $spool | Should -Exist
            if ($Id -eq 'PolarUnauthorized') {
                # All that is left over is counted, the last batch too.
                $script:counts = $null
                $null = Get-TestError { Send-PolarEvent -Spool $spool -WarningAction SilentlyContinue | ForEach-Object { $script:counts = $_ } }
                $counts.Unsent | Should -Be 1200
            }
            Set-HostFault $testHost
            Clear-HostRequest $testHost
            $result = 1201..1205 | Send-PolarEvent $name -ExternalCustomerId u_1 -Metadata { @{ n = $_ } } -Spool $spool
            $result.Inserted, $result.Unsent | Should -Be 1205, 0
            # The log keeps only the beginning of a large body.
            @(Get-HostRequest $testHost | Where-Object Path -EQ '/v1/events/ingest')[0].Body | Should -Match '^\{"events":\[\{[^}]*"metadata":\{"n":1\}'
            $spool | Should -Not -Exist
            @(Get-PolarEvent -Name $name -CursorPagination | ForEach-Object { $_.Metadata['n'] } | Sort-Object -Unique).Count | Should -Be 1205
        }

        It 'is sent by itself without input' {
            Set-HostFault $testHost @{ path = '/v1/events/ingest'; status = 401 }
            $null = Get-TestError { Send-PolarEvent alone -ExternalCustomerId u_1 -Spool $spool -WarningAction SilentlyContinue }
            Set-HostFault $testHost
            $result = Send-PolarEvent -Spool $spool
            $result.Inserted | Should -Be 1
            $spool | Should -Not -Exist
            Send-PolarEvent -Spool $spool | Should -BeNullOrEmpty
            @() | Send-PolarEvent -Spool $spool | Should -BeNullOrEmpty
        }

        It 'makes an error of what Polar rejects, which can be sent again once it is right' {
            Set-HostFault $testHost @{ path = '/v1/events/ingest'; status = 401 }
            $null = Get-TestError { 'good', 'bad' | Send-PolarEvent -Name { "spool.$_" } -ExternalCustomerId u_1 -Timestamp { if ($_ -eq 'bad') { (Get-Date).AddDays(2) } else { Get-Date } } -Spool $spool -WarningAction SilentlyContinue }
            Set-HostFault $testHost
            $problems = @()
            $result = Send-PolarEvent -Spool $spool -ErrorAction SilentlyContinue -ErrorVariable problems
            $result.Inserted, $result.Refused | Should -Be 1, 1
            "$($problems[0])" | Should -BeLike '*spooled event 2*'
            $problems[0].TargetObject.Name | Should -Be 'spool.bad'
            $spool | Should -Not -Exist
            $problems[0].TargetObject.Timestamp = Get-Date
            ($problems[0].TargetObject | Send-PolarEvent).Inserted | Should -Be 1
        }

        It 'is neither made nor changed by -WhatIf' {
            1..3 | Send-PolarEvent spooled -ExternalCustomerId u_1 -Spool $spool -WhatIf
            $spool | Should -Not -Exist
            Set-HostFault $testHost @{ path = '/v1/events/ingest'; status = 401 }
            $null = Get-TestError { Send-PolarEvent kept -ExternalCustomerId u_1 -Spool $spool -WarningAction SilentlyContinue }
            Set-HostFault $testHost
            $before = [IO.File]::ReadAllText($spool)
            Clear-HostRequest $testHost
            Send-PolarEvent -Spool $spool -WhatIf
            [IO.File]::ReadAllText($spool) | Should -BeExactly $before
            @(Get-Sent).Count | Should -Be 0
        }

        It 'is refused: <Name>' -ForEach @(
            @{ Name = 'another file'; Text = 'Dear diary'; Id = 'PolarSpoolInvalid' }
            @{ Name = 'the journal of a batch'; Text = "{`"polarps`":`"batch`",`"format`":1}`n"; Id = 'PolarSpoolInvalid' }
            @{ Name = 'of another organization'; Text = "{`"polarps`":`"events`",`"format`":1,`"environment`":`"{0}`",`"organization`":`"other`"}`n"; Id = 'PolarSpoolOtherShop' }
        ) {
            $text = $Text.Replace('{0}', (Get-PolarConnection | Where-Object IsSelected).Environment)
            [IO.File]::WriteAllText($spool, $text)
            $problem = @(Get-TestError { 1..3 | Send-PolarEvent spooled -ExternalCustomerId u_1 -Spool $spool })
            $problem.Count | Should -Be 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
            [IO.File]::ReadAllText($spool) | Should -BeExactly $text
            @(Get-Sent).Count | Should -Be 0
        }

        It 'has no folder, or is no file: <_>' -ForEach 'missing/folder/a.jsonl', 'env:spool' {
            $path = if ($_ -like '*:*') { $_ } else { Join-Path $TestDrive $_ }
            @(Get-TestError { 1..3 | Send-PolarEvent spooled -ExternalCustomerId u_1 -Spool $path }).Count | Should -Be 1
            @(Get-Sent).Count | Should -Be 0
        }

        It 'keeps the events of a program that is killed, without ids of their own' {
            $script = @'
Import-Module $env:MODULE
$token = [securestring]::new(); foreach ($letter in $env:TOKEN.ToCharArray()) { $token.AppendChar($letter) }
Connect-Polar -AccessToken $token -Environment $env:ADDRESS
$taken = [IO.StreamWriter]::new($env:TAKEN)
$taken.AutoFlush = $true
1..6000 | ForEach-Object { $_; $taken.WriteLine($_) } | Send-PolarEvent killed.spool -ExternalCustomerId u_1 -Metadata { @{ n = $_ } } -Spool $env:SPOOL
'@
            $file = Join-Path $TestDrive 'killed-spool.ps1'
            $taken = Join-Path $TestDrive 'taken.txt'
            Set-Content $file $script
            $variables = @{ MODULE = (Get-TestModulePath); TOKEN = $testHost.accessToken; ADDRESS = $testHost.url; SPOOL = $spool; TAKEN = $taken }
            foreach ($name in $variables.Keys) { [Environment]::SetEnvironmentVariable($name, $variables[$name]) }
            try {
                Stop-InTheMiddle $file
            }
            finally { foreach ($name in $variables.Keys) { Remove-Item "Env:$name" -ErrorAction SilentlyContinue } }
            $spool | Should -Exist
            # Each is in the spool before its line is here; the next one may be.
            $count = [regex]::Matches([IO.File]::ReadAllText($taken), '\n').Count
            $count | Should -BeGreaterThan 0
            $result = Send-PolarEvent -Spool $spool
            $result.Unsent, $result.Refused | Should -Be 0, 0
            $spool | Should -Not -Exist
            $numbers = @(Get-PolarEvent -Name killed.spool -CursorPagination | ForEach-Object { $_.Metadata['n'] } | Sort-Object)
            $numbers.Count | Should -BeIn $count, ($count + 1)
            $numbers | Should -Be (1..$numbers.Count)
        }
    }
}
