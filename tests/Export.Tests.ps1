# Exports, which write a file: whole, or not at all. What had its name before stays until the new one is there.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    Add-Type -Path "$PSScriptRoot/support/OddServer.cs" -IgnoreWarnings -WarningAction SilentlyContinue
    $script:testHost = Start-TestHost
    $script:trickleServer = [PolarPS.Tests.OddServer]::new('TrickleCsv')
    $script:modulePath = Get-TestModulePath

    function Get-Entry {
        # Everything in the folder, hidden names included.
        (Get-ChildItem $folder -Force | Sort-Object Name).Name
    }

    function Start-Export {
        # In a runspace of its own, which finds the connections of this one.
        param([string] $Script)
        $shell = [powershell]::Create()
        $null = $shell.AddCommand('Import-Module').AddParameter('Name', $modulePath).Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript($Script)
        [pscustomobject]@{ Shell = $shell; Running = $shell.BeginInvoke() }
    }

    function Wait-Until {
        param([scriptblock] $Condition)
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition)) {
            if ($watch.Elapsed.TotalSeconds -gt 10) { throw "It did not come to that: $Condition" }
            Start-Sleep -Milliseconds 20
        }
    }
}

AfterAll {
    Disconnect-Polar -All
    $trickleServer.Dispose()
    Stop-TestHost $testHost
}

Describe 'An export' {
    BeforeEach {
        Set-HostFault $testHost
        Connect-TestHost $testHost -With @{ MaximumRetryCount = 0 }
        Clear-HostRequest $testHost
        $script:folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:file = Join-Path $folder 'customers.csv'
    }

    It 'writes every customer, and nothing to the pipeline' {
        Export-PolarCustomer $file | Should -BeNullOrEmpty
        $rows = Import-Csv $file
        $rows.Email | Sort-Object | Should -Be ((Get-PolarCustomer).Email | Sort-Object)
        Get-Entry | Should -Be 'customers.csv'
    }

    It 'writes exactly the bytes that Polar sends' {
        $null = Export-PolarCustomer $file
        $sent = (Invoke-WebRequest "$($testHost.url)/v1/customers/export" -Headers @{ Authorization = "Bearer $($testHost.accessToken)" } -UseBasicParsing).RawContentStream.ToArray()
        [Convert]::ToBase64String([IO.File]::ReadAllBytes($file)) | Should -Be ([Convert]::ToBase64String($sent))
    }

    It 'gives the file with -PassThru' {
        $given = Export-PolarCustomer -Path $file -PassThru
        $given | Should -BeOfType 'System.IO.FileInfo'
        $given.FullName | Should -Be $file
        $given.Length | Should -BeGreaterThan 100
    }

    It 'takes paths as PowerShell does: <Name>' -ForEach @(
        @{ Name = 'relative'; Path = { 'a.csv' }; Entry = 'a.csv' }
        @{ Name = 'with a dot'; Path = { './b.csv' }; Entry = 'b.csv' }
        @{ Name = 'of a drive'; Path = { 'Here:/c.csv' }; Entry = 'c.csv' }
        @{ Name = 'with brackets, which are no wildcards'; Path = { Join-Path $folder 'd[1].csv' }; Entry = 'd[1].csv' }
        @{ Name = 'with a provider'; Path = { "FileSystem::$folder/e.csv" }; Entry = 'e.csv' }
    ) {
        $null = New-PSDrive -Name Here -PSProvider FileSystem -Root $folder
        Push-Location $folder
        try { (Export-PolarCustomer (& $Path) -PassThru).Name | Should -Be $Entry }
        finally { Pop-Location; Remove-PSDrive Here }
        Get-Entry | Should -Be $Entry
    }

    It 'replaces a file that is there, shorter or longer' {
        foreach ($old in 'old', ('old ' * 20000)) {
            Set-Content $file $old
            Export-PolarCustomer $file
            Get-Content $file -TotalCount 1 | Should -BeLike '*Email*'
            Get-Content $file -Raw | Should -Not -Match 'old old'
        }
        Get-Entry | Should -Be 'customers.csv'
    }

    It 'leaves a file that is there alone, and asks for nothing: <Name>' -ForEach @(
        @{ Name = '-NoClobber'; With = @{ NoClobber = $true }; ReadOnly = $false }
        @{ Name = '-NoOverwrite, as Export-Csv calls it too'; With = @{ NoOverwrite = $true }; ReadOnly = $false }
        @{ Name = '-NoClobber and -Force'; With = @{ NoClobber = $true; Force = $true }; ReadOnly = $false }
        @{ Name = 'a read-only file'; With = @{}; ReadOnly = $true }
    ) {
        Set-Content $file 'old'
        Set-ItemProperty $file IsReadOnly $ReadOnly
        $problem = Get-TestError { Export-PolarCustomer $file @With }
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
        $problem[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $problem[0].TargetObject | Should -Be $file
        Get-Content $file | Should -Be 'old'
        @(Get-HostRequest $testHost).Count | Should -Be 0
        Set-ItemProperty $file IsReadOnly $false
    }

    It 'replaces a read-only file with -Force' {
        Set-Content $file 'old'
        Set-ItemProperty $file IsReadOnly $true
        Export-PolarCustomer $file -Force
        Get-Content $file -TotalCount 1 | Should -BeLike '*Email*'
    }

    It 'does not replace a file that comes in the meantime, with -NoClobber' {
        Set-HostFault $testHost @{ path = '/v1/customers/export'; delayMilliseconds = 1500 }
        $export = Start-Export "Export-PolarCustomer '$file' -NoClobber"
        Wait-Until { @(Get-HostRequest $testHost).Count -gt 0 }
        Set-Content $file 'came first'
        $export.Shell.EndInvoke($export.Running)
        $export.Shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
        $export.Shell.Dispose()
        Get-Content $file | Should -Be 'came first'
        Get-Entry | Should -Be 'customers.csv'
    }

    It 'refuses a path before anything is asked for: <Name>' -ForEach @(
        @{ Name = 'a folder'; Path = { $folder }; Message = '*is a folder*' }
        @{ Name = 'a folder that is not there'; Path = { Join-Path $folder 'none/customers.csv' }; Message = '*no folder*none*' }
        @{ Name = 'a name that ends like a folder'; Path = { Join-Path $folder 'none/' }; Message = '*no folder*' }
        @{ Name = 'the environment'; Path = { 'Env:/customers.csv' }; Message = '*not the path of a file*' }
        @{ Name = 'a function'; Path = { 'Function:/customers' }; Message = '*not the path of a file*' }
        @{ Name = 'a drive that is not there'; Path = { 'Nowhere:/customers.csv' }; Message = '*not the path of a file*' }
    ) {
        $path = & $Path
        foreach ($with in @{}, @{ WhatIf = $true }) {
            $problem = Get-TestError { Export-PolarCustomer $path @with }
            $problem.Count | Should -Be 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileFailed,*'
            "$($problem[0])" | Should -BeLike $Message
        }
        @(Get-HostRequest $testHost).Count | Should -Be 0
        Get-Entry | Should -BeNullOrEmpty
    }

    It 'needs a path: <_>' -ForEach '$null', "''" {
        $problem = Get-TestError ([scriptblock]::Create("Export-PolarCustomer $_"))
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError*,*'
    }

    It 'writes nothing with -WhatIf' {
        Set-Content $file 'old'
        Export-PolarCustomer $file -WhatIf
        Export-PolarCustomer (Join-Path $folder 'other.csv') -PassThru -WhatIf | Should -BeNullOrEmpty
        Get-Content $file | Should -Be 'old'
        Get-Entry | Should -Be 'customers.csv'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'leaves the old file as it was, and nothing beside it, after <Name>' -ForEach @(
        @{ Name = 'a transfer that breaks off'; Fault = @{ truncateBody = $true }; Id = 'PolarConnectionFailed'; Message = '*was cut off and is incomplete*' }
        @{ Name = 'a dropped connection'; Fault = @{ dropAfterRead = $true }; Id = 'PolarConnectionFailed'; Message = '*broke*' }
        @{ Name = 'an error of Polar''s'; Fault = @{ status = 500 }; Id = 'PolarServerError'; Message = '*500*' }
        @{ Name = 'a refusal'; Fault = @{ status = 403; body = '{"error":"NotPermitted","detail":"Only an admin may."}' }; Id = 'PolarNotPermitted'; Message = '*Only an admin may*' }
        @{ Name = 'a web page'; Fault = @{ status = 200; body = '<html>Sign in to the hotel network</html>'; contentType = 'text/html' }; Id = 'PolarBadResponse'; Message = '*text/html, not CSV*' }
        @{ Name = 'nothing at all'; Fault = @{ status = 200 }; Id = 'PolarBadResponse'; Message = '*not CSV*' }
    ) {
        Set-Content $file 'old'
        Set-HostFault $testHost ($Fault + @{ path = '/v1/customers/export' })
        $problem = Get-TestError { Export-PolarCustomer $file -PassThru }
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$($problem[0])" | Should -BeLike $Message
        Get-Content $file | Should -Be 'old'
        Get-Entry | Should -Be 'customers.csv'
    }

    It 'leaves no file where there was none, after a transfer that breaks off' {
        Set-HostFault $testHost @{ path = '/v1/customers/export'; truncateBody = $true }
        Get-TestError { Export-PolarCustomer $file } | Should -HaveCount 1
        Get-Entry | Should -BeNullOrEmpty
    }

    It 'tries again what did not begin' {
        Connect-TestHost $testHost -With @{ MaximumRetryCount = 1 }
        Set-HostFault $testHost @{ path = '/v1/customers/export'; status = 503; retryAfter = '0'; times = 1 }
        (Export-PolarCustomer $file -PassThru).Length | Should -BeGreaterThan 100
    }

    It 'ends at once with Ctrl+C in the middle, shows how far it got, and leaves everything as it was' {
        Set-Content $file 'old'
        Connect-Polar -AccessToken (ConvertTo-TestToken $testHost.accessToken) -Environment "http://127.0.0.1:$($trickleServer.Port)"
        $export = Start-Export "Export-PolarCustomer '$file'"
        Wait-Until { @(Get-Entry | Where-Object { $_ -like '*.part' }).Count -eq 1 }
        Wait-Until { $export.Shell.Streams.Progress.Count -gt 0 }
        $export.Shell.Streams.Progress[0].Activity | Should -Be 'Exporting customers'
        Get-Content $file | Should -Be 'old'

        $watch = [Diagnostics.Stopwatch]::StartNew()
        $export.Shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne(10000) | Should -BeTrue
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
        $export.Shell.Streams.Error | Should -BeNullOrEmpty
        $export.Shell.Dispose()
        Wait-Until { (Get-Entry) -eq 'customers.csv' }
        Get-Content $file | Should -Be 'old'
    }
}
