# Objects from Polar among PowerShell's own commands: sorting and comparing, dictionaries, times, copies from jobs and files.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    Disconnect-Polar -All
    $null = Start-PolarEmulator -Name objects -StartTime '2027-02-20T12:00:00Z' -FreezeClock

    function New-Model {
        param([string] $Kind, [hashtable] $Properties = @{})
        $item = New-Object "PolarPS.Client.Models.$Kind"
        foreach ($entry in $Properties.GetEnumerator()) { $item.($entry.Key) = $entry.Value }
        $item
    }

    # Everything that the seeded shop lists, by kind.
    function Get-ShopObject {
        param([string] $Kind)
        switch ($Kind) {
            Member { Get-PolarCustomer | Get-PolarMember }
            CustomerState { Get-PolarCustomer -First 3 | Get-PolarCustomerState }
            LicenseKeyActivation { Get-PolarLicenseKey | Get-PolarLicenseKeyActivation }
            default { & "Get-Polar$Kind" }
        }
    }

    function Invoke-OwnSession {
        # A session with type data of its own: what a script of it writes, with the errors that it left in $Error.
        param([Parameter(Mandatory)] [string] $Script, [object[]] $ArgumentList = @())
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$(Get-TestModulePath)'").AddStatement().AddScript($Script)
            foreach ($argument in $ArgumentList) { $null = $shell.AddArgument($argument) }
            @($shell.Invoke()) + @($shell.Streams.Error | ForEach-Object { "written: $_" })
        }
        finally { $shell.Dispose() }
    }

    # Sorted keys, because a copied dictionary has no order.
    function ConvertTo-Comparable {
        param($Value)
        if ($Value -is [Collections.IDictionary]) {
            $sorted = [ordered]@{}
            foreach ($key in @($Value.Keys) | Sort-Object -CaseSensitive) { $sorted["$key"] = ConvertTo-Comparable $Value[$key] }
            return $sorted
        }
        if ($Value -is [PolarPS.Client.Models.PolarObject]) {
            $sorted = [ordered]@{ '#' = $Value.GetType().Name }
            foreach ($property in $Value.PSObject.Properties | Where-Object { $_.MemberType -in 'Property', 'NoteProperty' } | Sort-Object Name) { $sorted[$property.Name] = ConvertTo-Comparable $property.Value }
            return $sorted
        }
        if ($Value -is [Collections.IEnumerable] -and $Value -isnot [string]) { return , @($Value | ForEach-Object { ConvertTo-Comparable $_ }) }
        if ($Value -is [DateTimeOffset]) { return $Value.ToString('o') }
        $Value
    }
}

AfterAll { Stop-PolarEmulator -Emulator objects }

Describe 'Sorting and comparing' {
    BeforeDiscovery { $script:kinds = 'Product', 'Customer', 'CustomerState', 'Member', 'Order', 'Subscription', 'Payment', 'Refund', 'Discount', 'Benefit', 'BenefitGrant', 'CheckoutLink', 'LicenseKey', 'CustomField', 'Dispute' }

    It 'keeps every <_> apart with -Unique' -ForEach $kinds {
        $all = @(Get-ShopObject $_)
        $ids = @($all | ForEach-Object Id | Sort-Object -Unique).Count
        $ids | Should -BeGreaterThan 0
        @($all | Select-Object -Unique).Count | Should -Be $ids
        @($all | Sort-Object -Unique).Count | Should -Be $ids
        @($all + $all | Sort-Object -Unique).Count | Should -Be $ids
        @(Compare-Object $all $all).Count | Should -Be 0
    }

    It 'finds two products of one name different, and the same product read twice the same' {
        $a = New-PolarProduct -Name 'Same name' -Price (New-PolarPrice -Amount 100)
        $b = New-PolarProduct -Name 'Same name' -Price (New-PolarPrice -Amount 100)
        @(Compare-Object $a $b).Count | Should -Be 2
        @(Compare-Object $a (Get-PolarProduct -Id $a.Id)).Count | Should -Be 0
    }

    It 'sorts by the text that a reader sees, in any case' {
        $sorted = 'b', 'C', 'a', 'B' | ForEach-Object { New-Model Product @{ Name = $_; Id = [guid]::NewGuid().ToString() } } | Sort-Object
        $sorted.Name.ToLowerInvariant() | Should -Be 'a', 'b', 'b', 'c'
    }

    It 'compares what has no id by its content' {
        $one = New-Model Address @{ Line1 = 'Quay 1'; City = 'Bergen'; Country = 'NO' }
        $same = New-Model Address @{ Line1 = 'Quay 1'; City = 'Bergen'; Country = 'NO' }
        $other = New-Model Address @{ Line1 = 'Quay 2'; City = 'Bergen'; Country = 'NO' }
        @($one, $same, $other | Sort-Object -Unique).Count | Should -Be 2
    }

    It 'sorts beside null, text and objects of other kinds without an error' {
        { $null, 'text', (New-Model Product @{ Name = 'p' }), (New-Model Customer @{ Email = 'c@example.com' }), 5 | Sort-Object -ErrorAction Stop } | Should -Not -Throw
    }

    It 'leaves equality to the object itself' {
        $a = New-Model Product @{ Name = 'x'; Id = 'i' }
        $b = New-Model Product @{ Name = 'x'; Id = 'i' }
        ($a -eq $a) | Should -BeTrue
        ($a -eq $b) | Should -BeFalse
    }
}

Describe 'Dictionaries' {
    BeforeAll {
        $script:p = New-PolarProduct -Name 'Keys' -Metadata @{ plan = 'pro'; Seats = 5 } -Price (New-PolarPrice -Amount 100)
        $script:d = New-PolarDiscount -Name 'Ten off' -Amounts @{ USD = 1000; EUR = 900 } -Duration once
    }

    It 'find <_> in any case' -ForEach 'plan', 'Plan', 'PLAN' {
        $p.Metadata.$_ | Should -Be 'pro'
        $p.Metadata[$_] | Should -Be 'pro'
        $p.Metadata.ContainsKey($_) | Should -BeTrue
        ([Collections.IDictionary]$p.Metadata).Contains($_) | Should -BeTrue
    }

    It 'find amounts by currency in any case' {
        $d.Amounts.USD | Should -Be 1000
        $d.Amounts.usd | Should -Be 1000
        $d.Amounts['Eur'] | Should -Be 900
        @(Get-PolarProduct | Where-Object { $_.Metadata.PLAN -eq 'pro' }).Count | Should -BeGreaterThan 0
    }

    It 'give nothing for a key that is not there' {
        $p.Metadata.nothing | Should -BeNullOrEmpty
        $p.Metadata['nothing'] | Should -BeNullOrEmpty
        $p.Metadata.ContainsKey('nothing') | Should -BeFalse
    }

    It 'prefer the exact key of several, and keep all of them' {
        $q = New-PolarProduct -Name 'Cases' -Metadata ([Collections.Specialized.OrderedDictionary]::new([StringComparer]::Ordinal) | ForEach-Object { $_['tier'] = 'low'; $_['Tier'] = 'high'; $_ }) -Price (New-PolarPrice -Amount 100)
        $q.Metadata.Count | Should -Be 2
        $q.Metadata['tier'] | Should -Be 'low'
        $q.Metadata['Tier'] | Should -Be 'high'
        $q.Metadata['TIER'] | Should -BeIn 'low', 'high'
    }

    It 'replace a value in any case, by <Case>' -ForEach @(
        @{ Case = 'member'; Set = { param($m) $m.PLAN = 'max' } }
        @{ Case = 'index'; Set = { param($m) $m['PLAN'] = 'max' } }
    ) {
        $metadata = (Get-PolarProduct -Id $p.Id).Metadata
        & $Set $metadata
        $metadata.Count | Should -Be 2
        $metadata.plan | Should -Be 'max'
        @($metadata.Keys) | Should -Contain 'plan'
    }

    It 'read as key=value where only text fits' {
        "$($d.Amounts)" | Should -Match '^(eur=900; usd=1000|usd=1000; eur=900)$'
        ($p | Select-Object Metadata | ConvertTo-Csv -NoTypeInformation)[1] | Should -Match 'plan=pro'
    }

    It 'go back into a cmdlet as they came' {
        (Set-PolarProduct -Id $p.Id -Metadata $p.Metadata).Metadata.Seats | Should -Be 5
    }
}

Describe 'Times' {
    BeforeAll {
        $script:o = Get-PolarOrder -First 1
        $script:local = $o.CreatedAt.LocalDateTime
    }

    It 'are instants with an offset' { $o.CreatedAt | Should -BeOfType DateTimeOffset }

    It 'convert by a cast' {
        [datetime] $o.CreatedAt | Should -Be $local
        ([datetime] $o.CreatedAt).Kind | Should -Be Local
    }

    It 'go to Get-Date, New-TimeSpan and any parameter of type DateTime' {
        Get-Date $o.CreatedAt | Should -Be $local
        (New-TimeSpan -Start $o.CreatedAt -End $o.CreatedAt.AddHours(2)).TotalHours | Should -Be 2
        (New-TimeSpan $local $o.CreatedAt).Ticks | Should -Be 0
        & { param([datetime] $When) $When } -When $o.CreatedAt | Should -Be $local
    }

    It 'compare with a DateTime on either side' {
        ($local.AddMinutes(1) -gt $o.CreatedAt) | Should -BeTrue
        ($local.AddMinutes(-1) -gt $o.CreatedAt) | Should -BeFalse
        ($o.CreatedAt -lt $local.AddMinutes(1)) | Should -BeTrue
        ($local -eq $o.CreatedAt) | Should -BeTrue
        @(Get-PolarOrder | Where-Object CreatedAt -GE ([datetime]'2027-01-01')).Count | Should -BeGreaterThan 0
    }

    It 'subtract from a DateTime' { ($local.AddHours(3) - $o.CreatedAt).TotalHours | Should -Be 3 }

    It 'leave other conversions to DateTime as they are' {
        [datetime]'2027-05-06' | Should -Be ([DateTime]::new(2027, 5, 6))
        [datetime]5 | Should -Be ([DateTime]::new(5))
        { [datetime]$null } | Should -Throw
        { [datetime]'no date' } | Should -Throw
        ('no date' -as [datetime]) | Should -BeNullOrEmpty
        (Get-Date '2027-05-06').DateTime | Should -Not -BeNullOrEmpty
    }

    It 'do so after the first cmdlet of a session, and no longer without the module' {
        # In a process of its own: PowerShell remembers conversions for all sessions of one.
        $said = Invoke-Fresh -Environment @{ POLARPS_TEST_MODULE = (Get-TestModulePath) } -Script {
            Import-Module $env:POLARPS_TEST_MODULE
            $time = [DateTimeOffset]::Now
            $null = New-PolarAddress -Country NO
            "with: $([datetime] $time -eq $time.LocalDateTime)"
            Remove-Module PolarPS
            try { $null = [datetime] $time; 'without: converted' } catch { 'without: refused' }
            "own member: $([bool](Get-Date).DateTime)"
            "errors: $(@($Error | Where-Object { $_.FullyQualifiedErrorId -notlike '*Cast*' }).Count)"
        }
        $said | Should -Be 'with: True', 'without: refused', 'own member: True', 'errors: 0'
    }

    It 'say nothing about it, whatever the preferences are' {
        $said = Invoke-OwnSession {
            $WhatIfPreference = $true
            $ConfirmPreference = 'Low'
            $VerbosePreference = 'Continue'
            $null = New-PolarAddress -Country NO -Verbose:$false 4>&1
            "$([datetime][DateTimeOffset]::Now)".Length -gt 5
        }
        $said | Should -Be $true
    }

    Context 'beside a module that declares types for DateTimeOffset' {
        BeforeAll {
            $script:other = (New-Item -ItemType Directory (Join-Path $TestDrive 'Other')).FullName
            Set-Content (Join-Path $other 'Other.psd1') "@{ ModuleVersion = '1.0'; TypesToProcess = 'Other.types.ps1xml'; RootModule = 'Other.psm1' }"
            Set-Content (Join-Path $other 'Other.psm1') 'function Get-Other { 1 }'
            Set-Content (Join-Path $other 'Other.types.ps1xml') @'
<Types>
  <Type>
    <Name>System.DateTimeOffset</Name>
    <Members>
      <MemberSet>
        <Name>PSStandardMembers</Name>
        <Members><NoteProperty><Name>SerializationDepth</Name><Value>2</Value></NoteProperty></Members>
      </MemberSet>
    </Members>
    <TypeConverter><TypeName>System.ComponentModel.DateTimeOffsetConverter</TypeName></TypeConverter>
  </Type>
  <Type>
    <Name>Deserialized.System.DateTimeOffset</Name>
    <Members>
      <MemberSet>
        <Name>PSStandardMembers</Name>
        <Members><NoteProperty><Name>TargetTypeForDeserialization</Name><Value>System.DateTimeOffset</Value></NoteProperty></Members>
      </MemberSet>
    </Members>
  </Type>
</Types>
'@
        }

        It 'works when PolarPS comes <_>' -ForEach 'first', 'last' {
            $said = Invoke-OwnSession {
                param($other, $order)
                $use = { $null = New-PolarAddress -Country NO }
                if ($order -eq 'first') { & $use }
                Import-Module (Join-Path $other 'Other.psd1') -ErrorAction Stop
                & $use
                $time = [DateTimeOffset]::Now
                "$(Get-Other) $([datetime] $time -eq $time.LocalDateTime) $($Error.Count)"
                Remove-Module PolarPS
                "$(Get-Other) $($Error.Count)"
            } -ArgumentList $other, $_
            $said | Should -Be '1 True 0', '1 0'
        }

        It 'gives way to a converter of the session''s own' {
            $said = Invoke-OwnSession {
                Add-Type 'public class Own : System.Management.Automation.PSTypeConverter {
                    public override bool CanConvertFrom(object s, System.Type t) { return s is System.DateTimeOffset; }
                    public override object ConvertFrom(object s, System.Type t, System.IFormatProvider p, bool i) { return new System.DateTime(1999, 1, 1); }
                    public override bool CanConvertTo(object s, System.Type t) { return false; }
                    public override object ConvertTo(object s, System.Type t, System.IFormatProvider p, bool i) { return null; } }'
                Update-TypeData -TypeName System.DateTime -TypeConverter Own
                $null = New-PolarAddress -Country NO
                "$(([datetime][DateTimeOffset]::Now).Year) $($Error.Count)"
                Remove-Module PolarPS
                "$(([datetime][DateTimeOffset]::Now).Year) $($Error.Count)"
            }
            $said | Should -Be '1999 0', '1999 0'
        }
    }
}

Describe 'Copies' {
    BeforeDiscovery { $script:kinds = 'Product', 'Customer', 'CustomerState', 'Member', 'Order', 'Subscription', 'Payment', 'Refund', 'Discount', 'Benefit', 'BenefitGrant', 'CheckoutLink', 'Checkout', 'LicenseKey', 'CustomField', 'Dispute', 'Organization' }

    It 'of <_> from a file are what they were' -ForEach $kinds {
        $live = @(Get-ShopObject $_)
        $file = Join-Path $TestDrive "$_.xml"
        $live | Export-Clixml $file
        $back = @(Import-Clixml $file)
        $back.Count | Should -Be $live.Count
        $back[0].GetType() | Should -Be $live[0].GetType()
        (ConvertTo-Comparable $back | ConvertTo-Json -Depth 20) | Should -Be (ConvertTo-Comparable $live | ConvertTo-Json -Depth 20)
        # Views and computed properties work on them as on the originals.
        ($back | Out-String -Width 120) | Should -Be ($live | Out-String -Width 120)
    }

    It 'from a job sort, filter and convert by their times, and keep their views' {
        $live = @(Get-PolarOrder)
        $path = Get-TestModulePath
        $jobs = @(Start-Job { Import-Module $using:path; $null = Start-PolarEmulator -StartTime '2027-02-20T12:00:00Z' -FreezeClock; Get-PolarOrder } | Receive-Job -Wait -AutoRemoveJob)
        $jobs.Count | Should -Be $live.Count
        $jobs[0].CreatedAt | Should -BeOfType DateTimeOffset
        ($jobs | Sort-Object CreatedAt, Id).Id | Should -Be ($live | Sort-Object CreatedAt, Id).Id
        $since = [datetime]'2027-01-01'
        @($jobs | Where-Object CreatedAt -GT $since).Count | Should -Be @($live | Where-Object CreatedAt -GT $since).Count
        New-TimeSpan $jobs[0].CreatedAt $live[0].CreatedAt | Should -BeOfType timespan
        ($jobs | Format-Table | Out-String -Width 120) | Should -Be ($live | Format-Table | Out-String -Width 120)
    }

    It 'serve cmdlets as the originals do' {
        $file = Join-Path $TestDrive 'one.xml'
        Get-PolarProduct -First 1 | Export-Clixml $file
        $product = Import-Clixml $file
        ($product | Get-PolarProduct).Id | Should -Be $product.Id
        { $product | Remove-PolarDiscount -ErrorAction Stop } | Should -Throw
    }

    It 'keep fields that this version does not know' {
        $file = Join-Path $TestDrive 'unknown.xml'
        $product = [PolarPS.Client.Models.Product]::new()
        $product.Name = 'New field'
        Add-Member -InputObject $product -NotePropertyName Shade -NotePropertyValue 'blue'
        $product | Export-Clixml $file
        $back = Import-Clixml $file
        $back.Shade | Should -Be 'blue'
        $back.Name | Should -Be 'New field'
    }

    It 'read texts and DateTimes as times, whoever wrote them' -ForEach @(
        @{ Case = 'text'; Time = '02/19/2027 14:24:00 +00:00' }
        @{ Case = 'a DateTime'; Time = [DateTime]::new(2027, 2, 19, 14, 24, 0, [DateTimeKind]::Utc) }
    ) {
        $copy = [pscustomobject]@{ Id = 'x'; CreatedAt = $Time; Gone = 1 }
        $copy.PSObject.TypeNames.Insert(0, 'Deserialized.PolarPS.Client.Models.Order')
        $order = [PolarPS.Client.Models.PolarObject] $copy
        $order | Should -BeOfType PolarPS.Client.Models.Order
        $order.CreatedAt.UtcDateTime | Should -Be ([DateTime]::new(2027, 2, 19, 14, 24, 0, [DateTimeKind]::Utc))
        $order.Gone | Should -Be 1
    }
}
