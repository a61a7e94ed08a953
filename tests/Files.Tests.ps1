# Where exports and invoices may be written, and what happens to what is there: permissions, links, pipes, names.
BeforeDiscovery {
    $onWindows = $PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows
    $isRoot = -not $onWindows -and (id -u) -eq '0'
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:emulator = Start-PolarEmulator
    $script:requests = { $emulator.RequestCount }

    function Get-FileError {
        # The one error of an export that must not have asked for anything.
        param([string] $Path, [hashtable] $With = @{})
        $before = & $requests
        $problem = @(Get-TestError { Export-PolarCustomer $Path @With })
        & $requests | Should -Be $before -Because 'nothing is asked for when the file cannot be written'
        $problem | Should -HaveCount 1
        $problem[0]
    }
}

AfterAll {
    Stop-PolarEmulator
    Disconnect-Polar -All
}

Describe 'A file on Linux and macOS' -Skip:$onWindows {
    BeforeEach {
        $script:folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:file = Join-Path $folder 'customers.csv'
    }

    It 'keeps its permissions: <_>' -ForEach '600', '640', '444', '664', '755' {
        Set-Content $file 'old'
        chmod $_ $file
        Export-PolarCustomer $file -Force
        Get-Content $file -TotalCount 1 | Should -BeLike '*Email*'
        (Get-Item $file).UnixFileMode.value__ | Should -Be ([Convert]::ToInt32($_, 8))
    }

    It 'keeps its owner and group' -Skip:(-not $isRoot) {
        Set-Content $file 'old'
        chown 12345:54321 $file
        Export-PolarCustomer $file
        Get-Content $file -TotalCount 1 | Should -BeLike '*Email*'
        (Get-Item $file).UnixStat.UserId | Should -Be 12345
        (Get-Item $file).UnixStat.GroupId | Should -Be 54321
    }

    It 'is new with the permissions that the umask gives' {
        Set-Content (Join-Path $folder 'usual') 'x'
        Export-PolarCustomer $file
        (Get-Item $file).UnixFileMode | Should -Be (Get-Item (Join-Path $folder 'usual')).UnixFileMode
        (Get-ChildItem $folder -Force).Count | Should -Be 2
    }

    It 'stays a link, and what it leads to is replaced: <Name>' -ForEach @(
        @{ Name = 'a link'; Links = @{ 'link.csv' = 'real/customers.csv' } }
        @{ Name = 'a link to a link'; Links = @{ 'link.csv' = 'second.csv'; 'second.csv' = 'real/customers.csv' } }
    ) {
        $null = New-Item -ItemType Directory (Join-Path $folder 'real')
        Set-Content (Join-Path $folder 'real/customers.csv') 'old'
        foreach ($name in $Links.Keys) { ln -s $Links[$name] (Join-Path $folder $name) }
        Export-PolarCustomer (Join-Path $folder 'link.csv')
        (Get-Item (Join-Path $folder 'link.csv')).LinkType | Should -Be 'SymbolicLink'
        Get-Content (Join-Path $folder 'real/customers.csv') -TotalCount 1 | Should -BeLike '*Email*'
        (Get-ChildItem (Join-Path $folder 'real') -Force).Name | Should -Be 'customers.csv'
    }

    It 'says what a dangling link lacks: <Target>' -ForEach @(
        @{ Target = 'gone.csv'; Message = "*link to 'gone.csv', and that file does not exist*" }
        @{ Target = 'none/gone.csv'; Message = "*link to 'none/gone.csv', and there is no folder*none'*" }
    ) {
        ln -s $Target (Join-Path $folder 'dangling.csv')
        $problem = Get-FileError (Join-Path $folder 'dangling.csv')
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarFileFailed,*'
        "$problem" | Should -BeLike $Message
        (Get-ChildItem $folder -Force).Name | Should -Be 'dangling.csv'
    }

    It 'refuses links that go round in a circle' {
        ln -s b.csv (Join-Path $folder 'a.csv')
        ln -s a.csv (Join-Path $folder 'b.csv')
        (Get-FileError (Join-Path $folder 'a.csv')).FullyQualifiedErrorId | Should -BeLike 'PolarFileFailed,*'
    }

    It 'writes into a pipe' {
        $pipe = Join-Path $folder 'pipe'
        mkfifo $pipe
        $reader = Start-ThreadJob { param($path) [IO.File]::ReadAllText($path) } -ArgumentList $pipe
        Export-PolarCustomer $pipe
        $text = $reader | Wait-Job -Timeout 20 | Receive-Job
        $reader | Remove-Job -Force
        $text | Should -BeLike '*Email*'
        (Get-ChildItem $folder -Force).Name | Should -Be 'pipe'
        (Get-Item $pipe).UnixStat.ItemType | Should -Be 'NamedPipe'
    }

    It 'writes into a device' {
        Export-PolarCustomer '/dev/null'
        (Get-Item '/dev/null' -Force).UnixStat.ItemType | Should -Be 'CharacterDevice'
    }

    It 'writes to the standard output of a program' {
        $text = Invoke-Fresh "Import-Module '$(Get-TestModulePath)'; Connect-Polar -Environment Emulator; Export-PolarCustomer /dev/stdout"
        $text -join "`n" | Should -BeLike '*Email*'
    }

    It 'writes where the folder cannot be written, but the file can' -Skip:$isRoot {
        Set-Content $file 'old'
        chmod 555 $folder
        try { Export-PolarCustomer $file } finally { chmod 755 $folder }
        Get-Content $file -TotalCount 1 | Should -BeLike '*Email*'
    }

    It 'is readable by its owner only while it is incomplete' {
        Add-Type -Path "$PSScriptRoot/support/OddServer.cs" -IgnoreWarnings -WarningAction SilentlyContinue
        $server = [PolarPS.Tests.OddServer]::new('TrickleCsv')
        $job = Start-ThreadJob -ArgumentList (Get-TestModulePath), $server.Port, $file {
            param($module, $port, $file)
            Import-Module $module
            Connect-Polar -AccessToken (ConvertTo-SecureString 'polar_oat_x' -AsPlainText -Force) -Environment "http://127.0.0.1:$port" -Name trickle
            Export-PolarCustomer $file -Connection trickle
        }
        try {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            while (-not ($part = @(Get-ChildItem $folder -Force -Filter '*.part')[0]) -and $watch.Elapsed.TotalSeconds -lt 20) { Start-Sleep -Milliseconds 20 }
            $part.UnixFileMode.value__ | Should -Be 384 -Because 'that is 0600'
        }
        finally {
            $job | Stop-Job
            $job | Remove-Job -Force
            $server.Dispose()
            Get-PolarConnection -Name trickle -ErrorAction Ignore | Disconnect-Polar
            Select-PolarConnection $emulator.Name
        }
    }

    It 'may have every name that the system allows: <_>' -ForEach 'CON.csv', 'a:b.csv', 'what?.csv', 'trailing. ', ('n' * 255) {
        Export-PolarCustomer (Join-Path $folder $_)
        (Get-ChildItem $folder -Force).Name | Should -BeExactly $_
    }

    It 'has an error of ours for a name that is too long' {
        $problem = Get-FileError (Join-Path $folder ('ü' * 128))
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarFileFailed,*'
        "$problem" | Should -BeLike 'The file name is too long: 256 bytes*255*'
    }
}

Describe 'A file on Windows' -Skip:(-not $onWindows) {
    BeforeEach {
        $script:folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:file = Join-Path $folder 'customers.csv'
    }

    It 'is not replaced while another program has it open, and nothing is asked for: <_>' -ForEach 'None', 'Read', 'ReadWrite' {
        Set-Content $file 'old'
        $open = [IO.File]::Open($file, 'Open', 'Read', $_)
        try {
            $problem = Get-FileError $file
            $problem.FullyQualifiedErrorId | Should -BeLike 'PolarFileInUse,*'
            $problem.CategoryInfo.Category | Should -Be 'ResourceBusy'
            "$problem" | Should -BeLike "*$file*open in another program*"
            $problem.ErrorDetails.RecommendedAction | Should -BeLike 'Close the file*'
        }
        finally { $open.Dispose() }
        Get-Content $file | Should -Be 'old'
        Export-PolarCustomer $file
        Get-Content $file -TotalCount 1 | Should -BeLike '*Email*'
    }

    It 'keeps its read-only mark with -Force' {
        Set-Content $file 'old'
        Set-ItemProperty $file IsReadOnly $true
        Export-PolarCustomer $file -Force
        Get-Content $file -TotalCount 1 | Should -BeLike '*Email*'
        (Get-Item $file).IsReadOnly | Should -BeTrue
        Set-ItemProperty $file IsReadOnly $false
    }

    It 'has an error of ours for a name that Windows does not allow: <Name>' -ForEach @(
        @{ Name = 'CON'; Message = '*device name on Windows*' }
        @{ Name = 'nul'; Message = '*device name on Windows*' }
        @{ Name = 'aux.csv'; Message = '*device name on Windows*' }
        @{ Name = 'COM1'; Message = '*device name on Windows*' }
        @{ Name = 'lpt9.2026.csv'; Message = '*device name on Windows*' }
        @{ Name = 'a<b.csv'; Message = '*does not allow: <*' }
        @{ Name = 'a|b.csv'; Message = '*does not allow: |*' }
        @{ Name = 'a"b.csv'; Message = '*does not allow: "*' }
        @{ Name = 'a?b.csv'; Message = '*does not allow: `?*' }
        @{ Name = 'a*b.csv'; Message = '*does not allow: `**' }
        @{ Name = 'orders.csv.'; Message = '*ends with a space or a dot*' }
        @{ Name = 'orders.csv '; Message = '*ends with a space or a dot*' }
        @{ Name = 'nnn...'; Message = '*' }
        @{ Name = ('n' * 256); Message = '*too long*' }
    ) {
        $problem = Get-FileError "$folder\$Name"
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarFileFailed,*'
        "$problem" | Should -BeLike $Message
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }

    It 'may have a long name' {
        $name = 'n' * (250 - $folder.Length)
        Export-PolarCustomer "$folder\$name"
        (Get-ChildItem $folder -Force).Name | Should -Be $name
    }
}

Describe 'Names from data' {
    It 'stay inside the folder, and plain: <Name>' -ForEach @(
        @{ Number = '..\..\evil'; Name = 'evil.pdf' }
        @{ Number = '../../evil'; Name = 'evil.pdf' }
        @{ Number = '/etc/passwd'; Name = 'etc-passwd.pdf' }
        @{ Number = 'C:\Windows\evil'; Name = 'C--Windows-evil.pdf' }
        @{ Number = 'CON'; Name = '_CON.pdf' }
        @{ Number = "a`nb`e[31mc"; Name = 'a-b--31mc.pdf' }
        @{ Number = "x$([char]0x202E)fdp.exe"; Name = 'x-fdp.exe.pdf' }
        @{ Number = 'Rechnung Nr. 7'; Name = 'Rechnung Nr. 7.pdf' }
        @{ Number = '.hidden'; Name = 'hidden.pdf' }
        @{ Number = ('9' * 400); Name = ('9' * 120) + '.pdf' }
    ) {
        $names = [PolarPS.Client.PolarClient].Assembly.GetType('PolarPS.Client.FileNames')
        $names.GetMethod('From').Invoke($null, @($Number, 'fallback', '.pdf')) | Should -BeExactly $Name
    }
}

Describe 'Formulas in an export' {
    It 'stay as they are, unless -EscapeFormula is given' {
        $hostile = New-PolarCustomer -Email 'formula@example.com' -Name '=HYPERLINK("http://evil.example";"Click")'
        $file = Join-Path $TestDrive 'formulas.csv'
        Export-PolarCustomer $file
        (Import-Csv $file | Where-Object Email -EQ $hostile.Email).Name | Should -BeExactly $hostile.Name
        Export-PolarCustomer $file -EscapeFormula
        $rows = Import-Csv $file
        ($rows | Where-Object Email -EQ $hostile.Email).Name | Should -BeExactly "'=HYPERLINK(`"http://evil.example`";`"Click`")"
        @($rows).Count | Should -Be @(Get-PolarCustomer).Count
        @($rows | Where-Object Name -Like "'*").Count | Should -Be 1
    }
}
