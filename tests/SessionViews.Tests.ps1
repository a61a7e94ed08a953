# When a session has the module's views: from its first cmdlet on, and not from the import, which they would double.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:manifest = Get-TestModulePath
    $script:core = $PSVersionTable.PSEdition -eq 'Core'
    # A view of somebody else, for an object of ours.
    $script:foreign = Join-Path $TestDrive 'foreign.format.ps1xml'
    [IO.File]::WriteAllText($foreign, '<Configuration><ViewDefinitions><View><Name>Foreign</Name><ViewSelectedBy><TypeName>PolarPS.Client.Models.AddressInput</TypeName></ViewSelectedBy><TableControl><TableHeaders><TableColumnHeader><Label>Foreign</Label></TableColumnHeader></TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems><TableColumnItem><PropertyName>Country</PropertyName></TableColumnItem></TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>')

    function Invoke-Session {
        # Runs a script in a PowerShell that has done nothing but import the module, and returns what it writes.
        param([Parameter(Mandatory)] [string] $Script, [string] $Module = $manifest)
        $head = @(
            "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'"
            "`$manifest = '$Module'; `$foreign = '$foreign'; `$drive = '$TestDrive'"
            "if (Get-Variable PSStyle -ErrorAction Ignore) { `$PSStyle.OutputRendering = 'PlainText' }"
            "function Get-ViewCount { @(Get-FormatData -TypeName PolarPS.* -PowerShellVersion `$PSVersionTable.PSVersion).Count }"
            'Import-Module $manifest'
        ) -join "`n"
        @(Invoke-Fresh "$head`n$Script")
    }
}

Describe 'The views' {
    It 'are not there after the import' {
        Invoke-Session "Get-ViewCount; @((Get-Module PolarPS).ExportedFormatFiles).Count" | Should -Be '0', '0'
    }

    It 'are there when the first object is: <Name>' -ForEach @(
        @{ Name = 'from Polar'; Get = 'Get-PolarProduct -First 1'; Shows = 'Price +Id' }
        @{ Name = 'that nobody was asked for'; Get = "New-PolarAddress NO -Line1 'Bryggen 14'"; Shows = 'Bryggen 14' }
        @{ Name = 'a connection'; Get = 'Get-PolarConnection'; Shows = 'Environment' }
        @{ Name = 'in a variable'; Get = '$some = Get-PolarProduct -First 1; $some'; Shows = 'Price +Id' }
        @{ Name = 'as a list'; Get = 'Get-PolarProduct -First 1 | Format-List'; Shows = 'RecurringInterval|Prices +:' }
        @{ Name = 'as a table with columns of its own'; Get = 'Get-PolarProduct -First 1 | Format-Table Id, Name'; Shows = 'Id +Name' }
        @{ Name = 'from a file'; Get = 'Import-Clixml $file'; Shows = 'Price +Id' }
        @{ Name = 'from a file, inside of another object'; Get = '(Import-Clixml $box).Thing'; Shows = 'Price +Id' }
        @{ Name = 'after an error'; Get = 'try { Get-PolarProduct (New-Guid).ToString() } catch { $_.FullyQualifiedErrorId -split '','' | Select-Object -First 1 }; Get-PolarProduct -First 1'; Shows = 'Price +Id' }
        @{ Name = 'after -WhatIf'; Get = '$null = Set-PolarProduct (Get-PolarProduct -First 1).Id -Name Other -WhatIf 6>&1; Get-PolarProduct -First 1'; Shows = 'Price +Id' }
    ) {
        $file = Join-Path $TestDrive 'product.xml'
        if (-not (Test-Path $file)) {
            Connect-Polar -Environment Emulator -Name files -WarningAction Ignore
            $product = Get-PolarProduct -First 1 -Connection files
            $product | Export-Clixml $file
            [pscustomobject]@{ Thing = $product } | Export-Clixml (Join-Path $TestDrive 'box.xml') -Depth 5
            Disconnect-Polar files -WarningAction Ignore
        }
        $said = Invoke-Session @"
`$file = Join-Path `$drive 'product.xml'; `$box = Join-Path `$drive 'box.xml'
Connect-Polar -Environment Emulator
"before: `$(Get-ViewCount)"
`$first = & { $Get } | Out-String -Width 100
`$again = & { $Get } | Out-String -Width 100
"same: `$(`$first -ceq `$again)"
`$first
"@
        $said[0] | Should -Be 'before: 0'
        $said | Should -Contain 'same: True'
        $said -join "`n" | Should -Match $Shows
    }

    It 'come without a word, whatever the preferences are' {
        $said = Invoke-Session @'
$WhatIfPreference = $true; $ConfirmPreference = 'Low'; $VerbosePreference = 'Continue'; $InformationPreference = 'Continue'; $WarningPreference = 'Continue'
Set-StrictMode -Version Latest
$PSDefaultParameterValues = @{ 'Update-*:Verbose' = $true; 'Update-*:WhatIf' = $true }
$all = @(New-PolarAddress NO *>&1)
$VerbosePreference = 'SilentlyContinue'
"$($all.Count) $($all[0].Country) $($Error.Count) $((Get-ViewCount) -gt 90)"
'@
        $said | Should -Be '1 NO 0 True'
    }

    It 'come wherever the session is: <_>' -ForEach 'Env:', 'Variable:', 'Function:', 'Alias:', '$drive' {
        Invoke-Session "Set-Location $_; `$null = New-PolarAddress NO; (Get-ViewCount) -gt 90; `$Error.Count" | Should -Be 'True', '0'
    }

    It 'come from a folder with characters of a pattern in its name' {
        $folder = Join-Path $TestDrive 'a [b] c'
        $null = [IO.Directory]::CreateDirectory($folder)
        foreach ($one in Get-ChildItem (Split-Path $manifest)) { Copy-Item -LiteralPath $one.FullName -Destination $folder -Recurse }
        $copy = Join-Path $folder 'PolarPS.psd1'
        Invoke-Session 'Remove-Module PolarPS -ErrorAction Ignore; Import-Module ([WildcardPattern]::Escape($manifest)); $null = New-PolarAddress NO; (Get-ViewCount) -gt 90; $Error.Count' -Module $copy | Select-Object -Last 2 | Should -Be 'True', '0'
    }

    It 'come once, and after those that somebody put in front' {
        $said = Invoke-Session @'
Update-FormatData -PrependPath $foreign
$null = New-PolarAddress NO; $null = New-PolarAddress NO
(New-PolarAddress NO | Out-String).Trim() -replace '\s+', ' '
@([runspace]::DefaultRunspace.InitialSessionState.Formats | Where-Object FileName -Like '*PolarPS.format.ps1xml').Count
'@
        $said | Should -Be 'Foreign ------- NO', '1'
    }

    It 'go with the module, and those of others stay' {
        $said = Invoke-Session @'
Update-FormatData -AppendPath $foreign
$address = New-PolarAddress NO
"$((Get-ViewCount) -gt 90)"
Remove-Module PolarPS
"$(Get-ViewCount) $(@(Get-FormatData System.Diagnostics.Process).Count)"
Import-Module $manifest
"$(Get-ViewCount)"
$null = New-PolarAddress NO
"$((Get-ViewCount) -gt 90)"
Import-Module $manifest -Force
"$(Get-ViewCount)"
$null = New-PolarAddress NO
"$((Get-ViewCount) -gt 90) $($Error.Count)"
'@
        # The foreign one is for a type of ours.
        $said | Should -Be 'True', '1 1', '1', 'True', '1', 'True 0'
    }

    It 'never cost anybody theirs, where a file of somebody else cannot be read any more' {
        $said = Invoke-Session @'
$gone = Join-Path $drive 'gone.format.ps1xml'
Copy-Item $foreign $gone
Update-FormatData -AppendPath $gone
$before = [runspace]::DefaultRunspace.InitialSessionState.Formats.Count
Remove-Item $gone
$address = New-PolarAddress NO
"$($address.Country) $($Error.Count) $([runspace]::DefaultRunspace.InitialSessionState.Formats.Count -ge $before)"
Remove-Module PolarPS
"$($Error.Count) $([runspace]::DefaultRunspace.InitialSessionState.Formats.Count -ge $before)"
'@
        $said | Should -Be 'NO 0 True', '0 True'
    }

    It 'are not asked for by a session that is closed to them, whose cmdlets work' {
        $state = [initialsessionstate]::CreateDefault2()
        $state.DisableFormatUpdates = $true
        $shell = [powershell]::Create($state)
        try {
            $got = $shell.AddScript("Import-Module '$manifest'; Connect-Polar -Environment Emulator -Name closed; Get-PolarProduct -First 2 -Connection closed; Disconnect-Polar closed -WarningAction Ignore").Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $got.Count | Should -Be 2
        }
        finally { $shell.Dispose() }
    }

    It 'and computed properties are in each session of a pool, which import <Name>' -ForEach @(
        @{ Name = 'at the same time'; Before = ''; After = '' }
        # PowerShell then takes the types file for loaded in all but the first: they share a list.
        @{ Name = 'one after the other, all open'; Before = 'while ($gate.Next -lt $number) { Start-Sleep -Milliseconds 20 }'; After = '$gate.Next++; while ($gate.Next -le 6) { Start-Sleep -Milliseconds 20 }' }
    ) {
        $said = Invoke-Session @"
`$pool = [runspacefactory]::CreateRunspacePool(6, 6); `$pool.Open()
`$gate = [hashtable]::Synchronized(@{ Next = 1 })
`$work = foreach (`$number in 1..6) {
    `$shell = [powershell]::Create(); `$shell.RunspacePool = `$pool
    `$null = `$shell.AddScript({
        param(`$manifest, `$gate, `$number)
        $Before
        # PowerShell's own import can fail where another one changes the list that they share.
        while (-not (Get-Module PolarPS)) { try { Import-Module `$manifest -ErrorAction Stop } catch { Start-Sleep -Milliseconds 10 } }
        Connect-Polar -Environment Emulator -Name "of `$number"
        `$product = Get-PolarProduct -First 1 -Connection "of `$number"
        "`$(`$product.Price) `$(`$product | Out-String) `$([datetime] `$product.CreatedAt)"
        $After
    }).AddArgument(`$manifest).AddArgument(`$gate).AddArgument(`$number)
    @{ Shell = `$shell; Running = `$shell.BeginInvoke() }
}
`$texts = foreach (`$one in `$work) { `$one.Shell.EndInvoke(`$one.Running); `$one.Shell.Streams.Error | ForEach-Object { "error: `$_" } }
"`$(@(`$texts).Count) `$(@(`$texts | Sort-Object -Unique).Count)"
`$texts[0]
"@
        $said[0] | Should -Be '6 1'
        $said -join ' ' | Should -Match '^6 1 \d+(\.\d+)? .*Name +State +Price +Id.*\d{4}'
    }

    It 'and computed properties are in a session of a pool that opens when others have them' {
        $said = Invoke-Session @'
$pool = [runspacefactory]::CreateRunspacePool(2, 6, $Host); $pool.Open()
foreach ($count in 2, 6) {
    $work = foreach ($number in 1..$count) {
        $shell = [powershell]::Create(); $shell.RunspacePool = $pool
        $null = $shell.AddScript({
            param($manifest)
            while (-not (Get-Module PolarPS)) { try { Import-Module $manifest -ErrorAction Stop } catch { Start-Sleep -Milliseconds 10 } }
            $shown = New-PolarAddress NO | Out-String
            Start-Sleep -Milliseconds 700
            $own = [runspace]::DefaultRunspace.InitialSessionState
            "$($shown.Trim() -replace '\s+', ' ') $(@(Get-TypeData PolarPS.*).Count) $([datetime][DateTimeOffset]::new(2027, 5, 6, 0, 0, 0, 0)) $(@($own.Formats | Where-Object FileName -Like '*PolarPS.format.ps1xml').Count) $(@($own.Types | Where-Object { $_.TypeData.TypeName -eq 'System.DateTime' }).Count)"
        }).AddArgument($manifest)
        @{ Shell = $shell; Running = $shell.BeginInvoke() }
    }
    foreach ($one in $work) { $one.Shell.EndInvoke($one.Running); $one.Shell.Streams.Error | ForEach-Object { "error: $_" } }
}
'@
        # Nor is an error on the screen.
        $said.Count | Should -Be 8 -Because ($said -join "`n")
        @($said | Sort-Object -Unique).Count | Should -Be 1 -Because ($said -join "`n")
        $said[0] | Should -Match ' NO \d+ .* 1 1$'
    }

    It 'come to a session that got its first objects from another one, once it has shown one' {
        $said = Invoke-Session @'
$other = [powershell]::Create()
$made = $other.AddScript("Import-Module '$manifest'; Connect-Polar -Environment Emulator; Get-PolarProduct -First 1").Invoke()
"$(Get-ViewCount)"
$first = $made | Out-String
$second = $made | Out-String
# Plain, but readable.
"$($first -match 'Kind +Summary' -and $first -match $made[0].Id) $($second -match 'Kind +Summary') $((Get-ViewCount) -gt 90)"
'@
        $said | Should -Be '0', 'True False True'
    }
}
