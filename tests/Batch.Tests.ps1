# Batches: what a journal says is done, what is looked for, and what is not repeated.
# Long because each way in which a run may end is a case, and each has to be resumed.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    $script:modulePath = Get-TestModulePath
    $script:connection = Connect-TestHost $testHost -With @{ PassThru = $true; MaximumRetryCount = 0 }
    $script:folder = Join-Path ([IO.Path]::GetTempPath()) ("polarps-" + [guid]::NewGuid().ToString('N'))
    $null = New-Item -ItemType Directory $folder
    $script:order = Get-PolarOrder -Status paid | Where-Object RefundableAmount -GT 1000 | Select-Object -First 1
    $script:product = Get-PolarProduct -Visibility public -IsArchived:$false -First 1
    $script:create = { New-PolarCustomer -Email $_.mail -ExternalId $_.id }

    function New-Row {
        # Rows of a CRM, new in the shop.
        param([int] $Count = 1)
        $tag = [guid]::NewGuid().ToString('N').Substring(0, 10)
        foreach ($number in 1..$Count) { [pscustomobject]@{ id = "$tag-$number"; mail = "$tag.$number@example.com" } }
    }

    function New-JournalPath { Join-Path $folder ([guid]::NewGuid().ToString('N') + '.jsonl') }

    function Invoke-Batch {
        # A run, with what came out and which errors.
        param($Rows, [string] $Journal, [scriptblock] $Process = $create, [hashtable] $With = @{})
        $found = $null
        $output = @($Rows | Invoke-PolarBatch $Journal -Key { $_.id } -Process $Process -SettleSeconds 0 @With -ErrorAction SilentlyContinue -ErrorVariable found)
        [pscustomobject]@{ Output = $output; Ids = @($found | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }); Errors = @($found) }
    }

    function Get-EndingId {
        # The id of the error that ends a run.
        param([scriptblock] $Script)
        try { $null = & $Script } catch { return ($_.FullyQualifiedErrorId -split ',')[0] }
        'none'
    }

    function Get-Post { param([string] $Path = '/v1/customers/') @(Get-HostRequest $testHost | Where-Object { $_.method -eq 'POST' -and $_.path -eq $Path }) }

    function Get-Line { param([string] $Journal) Get-Content $Journal | ForEach-Object { $_ | ConvertFrom-Json } }

    function Set-Line { param([string] $Journal, [string[]] $Lines) [IO.File]::WriteAllText($Journal, ($Lines -join "`n") + "`n") }

    function Undo-Line {
        # The journal as a crash would have left it that came before these lines were written.
        param([string] $Journal, [string[]] $Event)
        Set-Line $Journal @(Get-Content $Journal | Where-Object { ($_ | ConvertFrom-Json).PSObject.Properties['event'].Value -notin $Event })
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
    Remove-Item $folder -Recurse -Force -ErrorAction SilentlyContinue
}

Describe 'A batch' {
    BeforeEach { Set-HostFault $testHost; Clear-HostRequest $testHost }
    AfterEach { Set-HostFault $testHost }

    It 'runs the block for each input, and writes what it writes' {
        $rows = New-Row 3
        $run = Invoke-Batch $rows (New-JournalPath)
        $run.Errors | Should -BeNullOrEmpty
        $run.Output.Email | Should -Be $rows.mail
        $run.Output[0] | Should -BeOfType 'PolarPS.Client.Models.Customer'
    }

    It 'does nothing again of what is done' {
        $rows = New-Row 3
        $journal = New-JournalPath
        $null = Invoke-Batch $rows $journal
        $again = Invoke-Batch $rows $journal
        $again.Output | Should -BeNullOrEmpty
        $again.Errors | Should -BeNullOrEmpty
        (Get-Post).Count | Should -Be 3
    }

    It 'goes on with inputs that were added' {
        $rows = New-Row 3
        $journal = New-JournalPath
        $null = Invoke-Batch $rows[0..1] $journal
        (Invoke-Batch $rows $journal).Output.ExternalId | Should -Be $rows[2].id
    }

    It 'has a journal of keys, hashes and ids, and of nothing else' {
        $rows = New-Row 1
        $journal = New-JournalPath
        $run = Invoke-Batch $rows $journal
        $lines = @(Get-Line $journal)
        $lines[0].polarps | Should -Be 'batch'
        $lines[0].format | Should -Be 1
        $lines[0].organization | Should -Be $run.Output.OrganizationId
        @($lines | Select-Object -Skip 1).event | Should -Be 'key', 'sending', 'done', 'end'
        $lines[2].operation | Should -Be 'POST /v1/customers/'
        $lines[3].id | Should -Be $run.Output.Id
        $text = Get-Content $journal -Raw
        $text | Should -Not -Match 'example\.com|polar_oat_|http://[^1]'
    }

    It 'never names a value of a path, be it like a word' {
        $journal = New-JournalPath
        $rows = New-Row 1
        $customer = New-PolarCustomer -Email $rows.mail -ExternalId 'members'
        try {
            $null = Invoke-Batch $rows $journal { Set-PolarCustomer -ExternalId members -Name X }
            (Get-Line $journal | Where-Object { $_.PSObject.Properties['operation'] }).operation | Should -BeLike 'PATCH /v1/customers/*{}'
        }
        finally { Remove-PolarCustomer $customer -Confirm:$false }
    }

    It 'is readable by its owner only' -Skip:($PSVersionTable.PSEdition -ne 'Core' -or $IsWindows) {
        $journal = New-JournalPath
        $null = Invoke-Batch (New-Row 1) $journal
        (Get-Item $journal).UnixMode | Should -Be '-rw-------'
    }

    It 'marks what it makes, unless it is told not to' {
        $customer = (Invoke-Batch (New-Row 1) (New-JournalPath)).Output[0]
        $customer.Metadata.polarps_batch | Should -Match '^[0-9a-f]{32}$'
        (Invoke-Batch (New-Row 1) (New-JournalPath) -With @{ MarkerName = 'import' }).Output[0].Metadata.import | Should -Match '^[0-9a-f]{32}$'
        (Invoke-Batch (New-Row 1) (New-JournalPath) -With @{ NoMarker = $true }).Output[0].Metadata.Count | Should -Be 0
    }

    It 'leaves metadata alone that has no room for a mark' {
        $block = [scriptblock]::Create('$mail = $_.mail; $m = @{}; foreach ($n in 1..50) { $m["k$n"] = $n }; New-PolarCustomer -Email $mail -Metadata $m')
        (Invoke-Batch (New-Row 1) (New-JournalPath) $block).Output[0].Metadata.Count | Should -Be 50
    }

    It 'sees Invoke-PolarRequest, too' {
        $journal = New-JournalPath
        $rows = New-Row 1
        $null = Invoke-Batch $rows $journal { Invoke-PolarRequest /v1/customers/ -Method POST -Body @{ email = $_.mail } }
        @(Get-Line $journal).event | Should -Contain 'sending'
        (Get-Post)[0].body | Should -Match 'polarps_batch'
    }

    It 'sees no reading' {
        $journal = New-JournalPath
        $null = Invoke-Batch (New-Row 1) $journal { Get-PolarProduct -First 1 }
        @(Get-Line $journal).event | Should -Not -Contain 'sending'
        (Get-PolarBatch $journal).State | Should -Be 'Done'
    }

    It 'writes a refused input as Failed, and tries it again' {
        $rows = New-Row 2
        $null = New-PolarCustomer -Email $rows[0].mail
        $journal = New-JournalPath
        $run = Invoke-Batch $rows $journal
        $run.Ids | Should -Be 'PolarAlreadyExists'
        $run.Errors[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        (Get-PolarBatch $journal).State | Should -Be 'Failed', 'Done'
        (Get-PolarBatch $journal)[0].Error | Should -Be 'PolarAlreadyExists'
        Get-PolarCustomer -Email $rows[0].mail | Remove-PolarCustomer -Confirm:$false
        (Invoke-Batch $rows $journal).Errors | Should -BeNullOrEmpty
        (Get-PolarBatch $journal).State | Should -Be 'Done', 'Done'
    }

    It 'ends where the token is refused, and leaves the rest' {
        $rows = New-Row 3
        $journal = New-JournalPath
        Set-HostFault $testHost @{ path = '/v1/customers/'; status = 401; body = '{"error":"invalid_token","error_description":"No."}' }
        Get-EndingId { $rows | Invoke-PolarBatch $journal -Key { $_.id } -Process $create } | Should -Be 'PolarUnauthorized'
        @(Get-PolarBatch $journal).Count | Should -Be 1
        (Get-Post).Count | Should -Be 1
    }

    It 'sends nothing and writes no file with -WhatIf' {
        $journal = New-JournalPath
        $rows = New-Row 2
        $rows | Invoke-PolarBatch $journal -Key { $_.id } -Process $create -WhatIf
        Test-Path $journal | Should -BeFalse
        (Get-Post).Count | Should -Be 0
    }

    It 'sends nothing of a block that only shows, and calls nothing done that was not' {
        $journal = New-JournalPath
        $null = Invoke-Batch (New-Row 1) $journal { New-PolarCustomer -Email $_.mail -WhatIf }
        (Get-Post).Count | Should -Be 0
        @(Get-Line $journal).event | Should -Not -Contain 'sending'
    }

    It 'needs a key: <Name>' -ForEach @(
        @{ Name = 'none'; Key = { $null } }
        @{ Name = 'empty'; Key = { ' ' } }
        @{ Name = 'two'; Key = { 1, 2 } }
        @{ Name = 'an object'; Key = { $_ } }
        @{ Name = 'an error'; Key = { throw 'no' } }
    ) {
        $found = $null
        New-Row 1 | Invoke-PolarBatch (New-JournalPath) -Key $Key -Process $create -ErrorAction SilentlyContinue -ErrorVariable found
        @($found)[-1].FullyQualifiedErrorId | Should -BeLike 'PolarBatchNoKey,*'
        (Get-Post).Count | Should -Be 0
    }
}

Describe 'A journal that is not for this' {
    BeforeEach { Set-HostFault $testHost; Clear-HostRequest $testHost }

    It 'refuses another input under the same key' {
        $rows = New-Row 1
        $journal = New-JournalPath
        $null = Invoke-Batch $rows $journal
        $rows[0].mail = 'other.' + $rows[0].mail
        (Invoke-Batch $rows $journal).Ids | Should -Be 'PolarBatchOtherInput'
        (Get-Post).Count | Should -Be 1
    }

    It 'refuses it within one run' {
        $rows = @(New-Row 1) + @(New-Row 1)
        $rows[1].id = $rows[0].id
        (Invoke-Batch $rows (New-JournalPath)).Ids | Should -Be 'PolarBatchOtherInput'
        (Get-Post).Count | Should -Be 1
    }

    It 'takes a mended input of which nothing was done' {
        $rows = New-Row 1
        $mail = $rows[0].mail
        $rows[0].mail = 'no address'
        $journal = New-JournalPath
        (Invoke-Batch $rows $journal).Errors.Count | Should -Be 1
        $rows[0].mail = $mail
        (Invoke-Batch $rows $journal).Output.Email | Should -Be $mail
    }

    It 'takes an object of Polar''s by its id, whatever has become of it' {
        $journal = New-JournalPath
        $customer = New-PolarCustomer -Email (New-Row 1).mail
        $customer | Invoke-PolarBatch $journal -Key { $_.Id } -Process { Set-PolarCustomer $_ -Name One }
        Get-PolarCustomer $customer.Id | Invoke-PolarBatch $journal -Key { $_.Id } -Process { Set-PolarCustomer $_ -Name One } -ErrorVariable found
        $found | Should -BeNullOrEmpty
    }

    It 'asks for -Force where the block is another' {
        $rows = New-Row 2
        $journal = New-JournalPath
        $null = Invoke-Batch $rows[0] $journal
        $other = { New-PolarCustomer -Email $_.mail -ExternalId $_.id -Name New }
        Get-EndingId { $rows | Invoke-PolarBatch $journal -Key { $_.id } -Process $other } | Should -Be 'PolarBatchOtherBlock'
        Get-EndingId { $rows | Invoke-PolarBatch $journal -Key { "$($_.id)" } -Process $create } | Should -Be 'PolarBatchOtherBlock'
        (Get-Post).Count | Should -Be 1
        $run = Invoke-Batch $rows $journal $other -With @{ Force = $true }
        $run.Output.Name | Should -Be 'New'
        # From now on it is the block of this journal.
        (Invoke-Batch $rows $journal $other).Errors | Should -BeNullOrEmpty
    }

    It 'takes the same block with other line ends' {
        $rows = New-Row 1
        $journal = New-JournalPath
        $null = Invoke-Batch $rows $journal ([scriptblock]::Create("`n`$_.id`n# x`n"))
        (Invoke-Batch $rows $journal ([scriptblock]::Create("`r`n`$_.id`r`n# x`r`n"))).Errors | Should -BeNullOrEmpty
    }

    It 'refuses another <Name>' -ForEach @(
        @{ Name = 'organization'; Field = 'organization'; Value = '00000000-0000-4000-8000-000000000000' }
        @{ Name = 'environment'; Field = 'environment'; Value = 'Production' }
    ) {
        $rows = New-Row 1
        $journal = New-JournalPath
        $null = Invoke-Batch $rows $journal
        $lines = @(Get-Content $journal)
        $header = $lines[0] | ConvertFrom-Json
        $header.$Field = $Value
        $lines[0] = $header | ConvertTo-Json -Compress
        Set-Line $journal $lines
        Get-EndingId { $rows | Invoke-PolarBatch $journal -Key { $_.id } -Process $create -Force } | Should -Be 'PolarBatchOtherShop'
        (Get-Post).Count | Should -Be 1
    }

    It 'refuses what is no journal: <Name>' -ForEach @(
        @{ Name = 'text'; Text = "Dear diary`n"; Id = 'PolarBatchJournalInvalid' }
        @{ Name = 'text without a line break'; Text = 'Dear diary'; Id = 'PolarBatchJournalInvalid' }
        @{ Name = 'text whose last line has no line break'; Text = "Dear diary`nToday"; Id = 'PolarBatchJournalInvalid' }
        @{ Name = 'an input by mistake'; Text = '{"id":1}'; Id = 'PolarBatchJournalInvalid' }
        @{ Name = 'another JSON'; Text = "{`"a`":1}`n"; Id = 'PolarBatchJournalInvalid' }
        @{ Name = 'a newer format'; Text = "{`"polarps`":`"batch`",`"format`":2,`"id`":`"a`",`"environment`":`"b`",`"organization`":`"c`",`"block`":`"d`"}`n"; Id = 'PolarBatchJournalInvalid' }
    ) {
        $journal = New-JournalPath
        [IO.File]::WriteAllText($journal, $Text)
        Get-EndingId { New-Row 1 | Invoke-PolarBatch $journal -Key { $_.id } -Process $create } | Should -Be $Id
        [IO.File]::ReadAllText($journal) | Should -Be $Text
        (Get-TestError { Get-PolarBatch $journal })[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        (Get-Post).Count | Should -Be 0
    }

    It 'refuses a line in the middle that cannot be read' {
        $rows = New-Row 2
        $journal = New-JournalPath
        $null = Invoke-Batch $rows $journal
        $lines = @(Get-Content $journal)
        $lines[2] = $lines[2].Substring(0, 20)
        Set-Line $journal $lines
        Get-EndingId { $rows | Invoke-PolarBatch $journal -Key { $_.id } -Process $create } | Should -Be 'PolarBatchJournalInvalid'
    }

    It 'refuses a second run at the same time, and lets others read' {
        $rows = New-Row 1
        $journal = New-JournalPath
        $shell = [powershell]::Create()
        $null = $shell.AddScript("param(`$m, `$c, `$j) Import-Module `$m; 1 | Invoke-PolarBatch `$j -Key { `$_ } -Process { Start-Sleep 30 } -Connection `$c").AddArgument($modulePath).AddArgument($connection).AddArgument($journal)
        $handle = $shell.BeginInvoke()
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (-not ((Test-Path $journal) -and @(Get-PolarBatch $journal -ErrorAction Ignore)) -and $watch.Elapsed.TotalSeconds -lt 60) { Start-Sleep -Milliseconds 50 }
        (Get-PolarBatch $journal).State | Should -Be 'Pending'
        Get-EndingId { $rows | Invoke-PolarBatch $journal -Key { $_.id } -Process $create } | Should -Be 'PolarBatchInUse'
        $shell.Stop()
        $shell.Dispose()
        (Get-PolarBatch $journal).State | Should -Be 'Pending'
        (Get-Post).Count | Should -Be 0
    }

    It 'says what is wrong with the path: <Name>' -ForEach @(
        @{ Name = 'no folder'; Path = 'missing/there/import.jsonl'; Id = 'PolarBatchJournalFailed' }
        @{ Name = 'no file'; Path = 'Env:\PATH'; Id = 'PolarFileFailed' }
    ) {
        Get-EndingId { New-Row 1 | Invoke-PolarBatch $Path -Key { $_.id } -Process $create } | Should -Be $Id
        (Get-Post).Count | Should -Be 0
    }
}

Describe 'A run that broke off' {
    BeforeEach { Set-HostFault $testHost; Clear-HostRequest $testHost }
    AfterEach { Set-HostFault $testHost }

    It 'goes on with what was done, without doing it again: between <Name>' -ForEach @(
        @{ Name = 'answer and end'; Lost = @('end') }
        @{ Name = 'request and answer'; Lost = @('end', 'done') }
    ) {
        $rows = New-Row 2
        $journal = New-JournalPath
        $first = Invoke-Batch $rows $journal
        Undo-Line $journal $Lost
        Clear-HostRequest $testHost
        (Get-PolarBatch $journal).State | Sort-Object -Unique | Should -Be $(if ('done' -in $Lost) { 'Unknown' } else { 'Pending' })
        $again = Invoke-Batch $rows $journal
        $again.Errors | Should -BeNullOrEmpty
        $again.Output.Id | Should -Be $first.Output.Id -Because 'the block goes on with the same objects'
        (Get-Post).Count | Should -Be 0
        (Get-PolarBatch $journal).State | Should -Be 'Done', 'Done'
    }

    It 'sends what never left' {
        $rows = New-Row 1
        $journal = New-JournalPath
        $null = Invoke-Batch $rows $journal
        Get-PolarCustomer -Email $rows.mail | Remove-PolarCustomer -Confirm:$false
        Undo-Line $journal 'end', 'done'
        (Invoke-Batch $rows $journal).Output.Email | Should -Be $rows.mail
        (Get-Post).Count | Should -Be 2
    }

    It 'tolerates a torn last line' {
        $rows = New-Row 2
        $journal = New-JournalPath
        $null = Invoke-Batch $rows $journal
        [IO.File]::AppendAllText($journal, '{"event":"key","key":"to')
        @(Get-PolarBatch $journal).Count | Should -Be 2
        $run = Invoke-Batch (@($rows) + @(New-Row 1)) $journal
        $run.Errors | Should -BeNullOrEmpty
        (Get-PolarBatch $journal).State | Should -Be 'Done', 'Done', 'Done'
    }

    It 'looks first, wherever it can: <Name>' -ForEach @(
        @{ Name = 'customers'; Block = { New-PolarCustomer -Email $_.mail }; Path = '/v1/customers/' }
        @{ Name = 'customers by address'; Block = { New-PolarCustomer -Email $_.mail }; Path = '/v1/customers/'; With = @{ NoMarker = $true } }
        @{ Name = 'products'; Block = { New-PolarProduct $_.id -Price (New-PolarPrice 500 usd) }; Path = '/v1/products/' }
        @{ Name = 'benefits'; Block = { New-PolarBenefit $_.id }; Path = '/v1/benefits/' }
        @{ Name = 'discounts'; Block = { New-PolarDiscount $_.id -Percent 5 -Duration once }; Path = '/v1/discounts/' }
        @{ Name = 'discounts by code'; Block = { New-PolarDiscount $_.id -Percent 5 -Duration once -Code $_.id.Replace('-', '') }; Path = '/v1/discounts/'; With = @{ NoMarker = $true } }
        @{ Name = 'checkout links'; Block = { New-PolarCheckoutLink $product.Id -Label $_.id }; Path = '/v1/checkout-links/' }
        @{ Name = 'custom fields'; Block = { New-PolarCustomField $_.id -Slug $_.id -Type text }; Path = '/v1/custom-fields/' }
        @{ Name = 'refunds'; Block = { New-PolarRefund $order.Id -Amount 1 -Reason other -Confirm:$false }; Path = '/v1/refunds/' }
        @{ Name = 'any request'; Block = { Invoke-PolarRequest /v1/discounts -Method POST -Body @{ name = $_.id; type = 'percentage'; duration = 'once'; basis_points = 500 } -Confirm:$false }; Path = '/v1/discounts/' }
    ) {
        $rows = New-Row 1
        $journal = New-JournalPath
        $options = if ($With) { $With } else { @{} }
        $first = Invoke-Batch $rows $journal $Block -With $options
        $first.Errors | Should -BeNullOrEmpty
        Undo-Line $journal 'end', 'done'
        $again = Invoke-Batch $rows $journal $Block -With $options
        $again.Errors | Should -BeNullOrEmpty
        $again.Output[0].id | Should -Be $first.Output[0].id
        (Get-Post $Path).Count | Should -Be 1
        (Get-PolarBatch $journal).State | Should -Be 'Done'
    }

    It 'refunds exactly once what was refunded when it broke off' {
        $before = (Get-PolarOrder $order.Id).RefundedAmount
        $rows = New-Row 3
        $journal = New-JournalPath
        $block = { New-PolarRefund $order.Id -Amount 1 -Reason other -Confirm:$false }
        $null = Invoke-Batch $rows $journal $block
        Undo-Line $journal 'end', 'done'
        $null = Invoke-Batch $rows $journal $block
        (Get-PolarOrder $order.Id).RefundedAmount | Should -Be ($before + 3)
    }

    It 'names what it cannot find out, and does not repeat it' {
        $rows = New-Row 1
        $journal = New-JournalPath
        $customer = New-PolarCustomer -Email $rows.mail
        $block = { New-PolarCustomerSession $customer.Id }
        $customerId = $customer.Id
        $null = Invoke-Batch $rows $journal $block
        Undo-Line $journal 'end', 'done'
        $again = Invoke-Batch $rows $journal $block
        $again.Ids | Should -Contain 'PolarBatchUnknown'
        "$($again.Errors)" | Should -Match ([regex]::Escape($rows[0].id))
        (Get-PolarBatch $journal).State | Should -Be 'Unknown'
        (Get-PolarBatch $journal).Unanswered | Should -Be 'POST /v1/customer-sessions/'
        (Get-Post '/v1/customer-sessions/').Count | Should -Be 1
    }

    It 'does not repeat what it did and can no longer read' {
        $rows = New-Row 1
        $journal = New-JournalPath
        $null = Invoke-Batch $rows $journal
        Get-PolarCustomer -Email $rows.mail | Remove-PolarCustomer -Confirm:$false
        Undo-Line $journal 'end'
        $again = Invoke-Batch $rows $journal
        $again.Ids | Should -Be 'PolarBatchRefused', 'PolarBatchUnknown'
        (Get-Post).Count | Should -Be 1
    }

    It 'sends again what may be repeated' {
        $rows = New-Row 1
        $customer = New-PolarCustomer -Email $rows.mail
        $customerId = $customer.Id
        $block = { Set-PolarCustomer $customerId -Name Again; Remove-PolarCustomer $customerId -Confirm:$false }
        $journal = New-JournalPath
        (Invoke-Batch $rows $journal $block).Errors | Should -BeNullOrEmpty
        # The deletion was carried out and its answer was lost.
        $lines = @(Get-Content $journal)
        Set-Line $journal $lines[0..4]
        $null = New-PolarCustomer -Email ('n.' + $rows.mail)
        $again = Invoke-Batch $rows $journal { }  -With @{ Force = $true }
        $again.Ids | Should -Contain 'PolarBatchUnknown' -Because 'the block does not come to what was sent'
    }

    It 'is Unknown where the block sends in another order' {
        $rows = New-Row 1
        $journal = New-JournalPath
        $null = New-Variable turn -Scope Script -Value 0 -Force
        $block = {
            $names = "a-$($_.id)", "b-$($_.id)"
            if ($script:turn++) { [array]::Reverse($names) }
            foreach ($name in $names) { New-PolarDiscount $name -Percent 5 -Duration once }
        }
        (Invoke-Batch $rows $journal $block).Output.Count | Should -Be 2
        Undo-Line $journal 'end'
        $again = Invoke-Batch $rows $journal $block
        $again.Ids | Should -Contain 'PolarBatchUnknown'
        (Get-Post '/v1/discounts/').Count | Should -Be 2
        (Get-PolarBatch $journal).State | Should -Be 'Unknown'
    }

    It 'is Unknown where the block no longer comes to what it did' {
        $rows = New-Row 1
        $journal = New-JournalPath
        $null = Invoke-Batch $rows $journal
        Undo-Line $journal 'end'
        (Invoke-Batch $rows $journal { } -With @{ Force = $true }).Ids | Should -Be 'PolarBatchUnknown'
    }

    It 'goes the way it went after a refusal' {
        $rows = New-Row 1
        $taken = New-PolarCustomer -Email $rows.mail
        $journal = New-JournalPath
        $block = [scriptblock]::Create('$mail = $_.mail; try { New-PolarCustomer -Email $mail -ErrorAction Stop } catch { New-PolarCustomer -Email "second.$mail" }')
        $first = Invoke-Batch $rows $journal $block
        $first.Output.Email | Should -Be "second.$($rows.mail)"
        $taken | Remove-PolarCustomer -Confirm:$false
        Undo-Line $journal 'end'
        $again = Invoke-Batch $rows $journal $block
        $again.Output.Id | Should -Be $first.Output.Id
        (Get-PolarCustomer -Email $rows.mail) | Should -BeNullOrEmpty
    }
}

Describe 'Lost answers' {
    BeforeEach { Set-HostFault $testHost; Clear-HostRequest $testHost }
    AfterEach { Set-HostFault $testHost }

    It 'finds at once what was carried out: <Name>' -ForEach @(
        @{ Name = 'the connection broke'; Fault = @{ dropAfterRead = $true } }
        @{ Name = 'half an answer'; Fault = @{ truncateBody = $true } }
        @{ Name = 'no JSON'; Fault = @{ malformedJson = $true } }
        @{ Name = 'a gateway'; Fault = @{ status = 504; perform = $true } }
        @{ Name = 'a sign-in page'; Fault = @{ status = 200; perform = $true; body = '<html>'; contentType = 'text/html' } }
    ) {
        $rows = New-Row 2
        $journal = New-JournalPath
        Set-HostFault $testHost ($Fault + @{ path = '/v1/customers/'; method = 'POST'; times = 1 })
        $run = Invoke-Batch $rows $journal
        $run.Errors | Should -BeNullOrEmpty
        $run.Output.Email | Should -Be $rows.mail
        (Get-Post).Count | Should -Be 2
        (Get-PolarBatch $journal).State | Should -Be 'Done', 'Done'
    }

    It 'does not repeat at once what is not there, and sends it in the next run' {
        $rows = New-Row 2
        $journal = New-JournalPath
        Set-HostFault $testHost @{ path = '/v1/customers/'; method = 'POST'; times = 1; dropBeforeRead = $true }
        $run = Invoke-Batch $rows $journal
        $run.Ids | Should -Be 'PolarOutcomeUnknown', 'PolarBatchUnknown'
        $run.Output.Email | Should -Be $rows[1].mail
        (Get-PolarBatch $journal).State | Should -Be 'Unknown', 'Done'
        $again = Invoke-Batch $rows $journal
        $again.Output.Email | Should -Be $rows[0].mail
        (Get-PolarBatch $journal).State | Should -Be 'Done', 'Done'
    }

    It 'waits until what is on its way would be there' {
        $rows = New-Row 1
        $journal = New-JournalPath
        Set-HostFault $testHost @{ path = '/v1/customers/'; method = 'POST'; times = 1; dropBeforeRead = $true }
        $null = Invoke-Batch $rows $journal
        $sent = [DateTimeOffset](@(Get-Line $journal | Where-Object { $_.PSObject.Properties['event'] -and $_.event -eq 'sending' })[0].time)
        (Invoke-Batch $rows $journal -With @{ }).Errors | Should -BeNullOrEmpty
        $null = Undo-Line $journal 'end', 'done', 'failed'
        Get-PolarCustomer -Email $rows.mail | Remove-PolarCustomer -Confirm:$false
        $null = $rows | Invoke-PolarBatch $journal -Key { $_.id } -Process $create -SettleSeconds 8
        $last = @(Get-Line $journal | Where-Object { $_.PSObject.Properties['event'] -and $_.event -eq 'sending' })
        ([DateTimeOffset]$last[-1].time - [DateTimeOffset]$last[-2].time).TotalSeconds | Should -BeGreaterThan 7.9
    }

    It 'sends nothing more for a key whose request got no answer' {
        $rows = New-Row 1
        $journal = New-JournalPath
        Set-HostFault $testHost @{ path = '/v1/customers/'; method = 'POST'; dropBeforeRead = $true }
        $run = Invoke-Batch $rows $journal ([scriptblock]::Create('$mail = $_.mail; foreach ($try in 1..3) { New-PolarCustomer -Email $mail }'))
        $run.Ids | Should -Be 'PolarOutcomeUnknown', 'PolarBatchRefused', 'PolarBatchRefused', 'PolarBatchUnknown'
        (Get-Post).Count | Should -Be 1
    }

    It 'leaves it Unknown where Polar cannot be asked either' {
        $rows = New-Row 1
        $journal = New-JournalPath
        $null = Invoke-Batch $rows $journal
        Undo-Line $journal 'end', 'done'
        Set-HostFault $testHost @{ path = '/v1/customers/'; method = 'GET'; status = 500 }
        (Invoke-Batch $rows $journal).Ids | Should -Contain 'PolarBatchUnknown'
        (Get-Post).Count | Should -Be 1
        Set-HostFault $testHost
        (Invoke-Batch $rows $journal).Errors | Should -BeNullOrEmpty
        (Get-Post).Count | Should -Be 1
    }
}

Describe 'What a batch does not see' {
    BeforeEach { Set-HostFault $testHost; Clear-HostRequest $testHost }

    It 'is not changed from its block over another connection' {
        $other = Connect-TestHost $testHost -With @{ PassThru = $true; Name = 'Other' }
        Select-PolarConnection $connection
        try {
            $run = Invoke-Batch (New-Row 1) (New-JournalPath) { New-PolarCustomer -Email $_.mail -Connection Other }
            $run.Ids | Should -Be 'PolarBatchRefused'
            (Get-Post).Count | Should -Be 0
        }
        finally { $other | Disconnect-Polar -ErrorAction Ignore -WarningAction Ignore; Select-PolarConnection $connection }
    }

    It 'uses its own connection in its block' {
        $mine = Connect-TestHost $testHost -With @{ PassThru = $true; Name = 'Mine' }
        Select-PolarConnection $connection
        try {
            $journal = New-JournalPath
            (Invoke-Batch (New-Row 1) $journal -With @{ Connection = $mine }).Errors | Should -BeNullOrEmpty
            @(Get-Line $journal).event | Should -Contain 'sending'
        }
        finally { Disconnect-Polar -Name Mine -ErrorAction Ignore -WarningAction Ignore; Select-PolarConnection $connection }
    }

    It 'is not changed from a runspace that its block starts' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $block = { $path = $modulePath; $_ | ForEach-Object -Parallel { Import-Module $using:path; New-PolarCustomer -Email $_.mail } }
        (Invoke-Batch (New-Row 1) (New-JournalPath) $block).Ids | Should -Contain 'PolarBatchRefused'
        (Get-Post).Count | Should -Be 0
    }

    It 'is changed freely by other runspaces, and after the batch' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("param(`$m) Import-Module `$m").AddArgument($modulePath).Invoke()
        $shell.Commands.Clear()
        $journal = New-JournalPath
        $null = Invoke-Batch (New-Row 1) $journal
        $lines = @(Get-Line $journal).Count
        $null = New-PolarCustomer -Email (New-Row 1).mail
        $null = $shell.AddScript('param($c, $mail) New-PolarCustomer -Email $mail -Connection $c').AddArgument($connection).AddArgument((New-Row 1).mail).Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
        @(Get-Line $journal).Count | Should -Be $lines
        (Get-Post).Count | Should -Be 3
    }

    It 'does not run within another' {
        $inner = New-JournalPath
        $run = Invoke-Batch (New-Row 1) (New-JournalPath) { 1 | Invoke-PolarBatch $inner -Key { $_ } -Process { $_ } }
        $run.Ids | Should -Be 'PolarBatchNested'
    }
}

Describe 'A run that is stopped' {
    It 'goes on after Ctrl+C' {
        Set-HostFault $testHost @{ path = '/v1/customers/'; method = 'POST'; delayMilliseconds = 15000; after = 1 }
        Clear-HostRequest $testHost
        $rows = New-Row 3
        $journal = New-JournalPath
        $shell = [powershell]::Create()
        $null = $shell.AddScript("param(`$m, `$c, `$j, `$rows) Import-Module `$m; `$rows | Invoke-PolarBatch `$j -Key { `$_.id } -Process { New-PolarCustomer -Email `$_.mail -ExternalId `$_.id } -Connection `$c").
            AddArgument($modulePath).AddArgument($connection).AddArgument($journal).AddArgument($rows)
        $null = $shell.BeginInvoke()
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while ((Get-Post).Count -lt 2 -and $watch.Elapsed.TotalSeconds -lt 60) { Start-Sleep -Milliseconds 50 }
        $shell.Stop()
        $shell.Dispose()
        Set-HostFault $testHost
        (Get-PolarBatch $journal).State | Should -Be 'Done', 'Unknown'
        $run = Invoke-Batch $rows $journal
        $run.Errors | Should -BeNullOrEmpty
        foreach ($row in $rows) { @(Get-PolarCustomer -Email $row.mail).Count | Should -Be 1 }
    }

    It 'goes on after the process was killed' {
        Set-HostFault $testHost @{ path = '/v1/customers/'; method = 'POST'; delayMilliseconds = 200 }
        Clear-HostRequest $testHost
        $rows = New-Row 20
        $journal = New-JournalPath
        $file = Join-Path $folder 'run.ps1'
        $data = Join-Path $folder 'rows.csv'
        $rows | Export-Csv $data -NoTypeInformation
        Set-Content $file -Encoding UTF8 -Value @"
Import-Module '$modulePath'
`$token = [securestring]::new(); foreach (`$letter in '$($testHost.accessToken)'.ToCharArray()) { `$token.AppendChar(`$letter) }
Connect-Polar -AccessToken `$token -Environment '$($testHost.url)'
Import-Csv '$data' | Invoke-PolarBatch '$journal' -Key { `$_.id } -Process $("{$create}") -SettleSeconds 0
"@
        $program = Get-PowerShellProgram
        $process = Start-Process $program.Program -ArgumentList (@($program.Arguments) + '-NoProfile', '-NonInteractive', '-File', $file) -PassThru -RedirectStandardOutput (Join-Path $folder 'out.txt')
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while ((Get-Post).Count -lt 5 -and $watch.Elapsed.TotalSeconds -lt 120) { Start-Sleep -Milliseconds 20 }
        $process.Kill()
        $process.WaitForExit()
        Set-HostFault $testHost
        $run = Invoke-Batch $rows $journal
        $run.Errors | Should -BeNullOrEmpty
        (Get-PolarBatch $journal | Where-Object State -NE Done) | Should -BeNullOrEmpty
        foreach ($row in $rows) { @(Get-PolarCustomer -Email $row.mail).Count | Should -Be 1 }
    }
}

Describe 'Get-PolarBatch' {
    It 'reads several journals, by name and from the pipeline' {
        $one = New-JournalPath
        $two = New-JournalPath
        $null = Invoke-Batch (New-Row 1) $one
        $null = Invoke-Batch (New-Row 2) $two
        @(Get-PolarBatch $one, $two).Count | Should -Be 3
        @(Get-Item $one, $two | Get-PolarBatch).Count | Should -Be 3
        (Get-PolarBatch $one).Journal | Should -Be $one
        (Get-PolarBatch $one).Id | Should -Match '^[0-9a-f-]{36}$'
    }

    It 'says that there is none' {
        (Get-TestError { Get-PolarBatch (Join-Path $folder 'missing.jsonl') })[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileUnreadable,*'
    }

    It 'needs no connection' {
        $journal = New-JournalPath
        $null = Invoke-Batch (New-Row 1) $journal
        (Invoke-NewSession "(Get-PolarBatch '$journal').State").Output | Should -Be 'Done'
    }
}
