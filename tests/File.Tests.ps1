# Files up and down: real bytes over real sockets, into a downloadable benefit and back, and what goes wrong on the way.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    Add-Type -AssemblyName System.Net.Http
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost

    function New-Content {
        # A file of random bytes.
        param([string] $Path, [int] $Size, [int] $Seed = 1)
        $bytes = [byte[]]::new($Size)
        [Random]::new($Seed).NextBytes($bytes)
        [IO.File]::WriteAllBytes($Path, $bytes)
    }

    function Get-Downloadable {
        # What a customer may download, in a session of theirs.
        param($Customer)
        $http = [Net.Http.HttpClient]::new()
        $http.BaseAddress = $testHost.url
        $session = $Customer | New-PolarCustomerSession
        $list = [PolarPS.Client.PolarClient]::new($http).PortalOf($session.Token).Downloadables.List().GetAsyncEnumerator([Threading.CancellationToken]::None)
        while ($list.MoveNextAsync().AsTask().GetAwaiter().GetResult()) { $list.Current }
    }

    function Get-Hash { param([string] $Path) (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Files' {
    BeforeAll {
        $script:folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'up')).FullName
        # Of two parts and of one; a name with signs that are wildcards, and letters that are no ASCII.
        $script:names = 'large.zip', "[1] l$([char]0xE4)rm.zip", 'small.zip'
        New-Content (Join-Path $folder $names[0]) 11534336
        New-Content (Join-Path $folder $names[1]) 70001 -Seed 2
        New-Content (Join-Path $folder $names[2]) 1 -Seed 3
        Set-Content (Join-Path $folder 'other.txt') 'not a zip file'
    }

    BeforeEach { Set-HostFault $testHost }

    It 'go through the pipeline into a benefit, and come back byte for byte' {
        $benefit = Get-ChildItem (Join-Path $folder '*.zip') | Send-PolarFile | New-PolarBenefit -Description 'The files'
        $benefit.Type | Should -Be 'downloadables'
        $benefit.Properties.Files.Count | Should -Be 3
        (Get-PolarBenefitFile $benefit).Name | Sort-Object | Should -Be ($names | Sort-Object)

        $product = New-PolarProduct -Name 'With files' -RecurringInterval month -Price (New-PolarPrice 0 -Currency usd)
        $null = $product | Set-PolarProductBenefit -BenefitId $benefit -Confirm:$false
        $customer = New-PolarCustomer "files.$(Get-Random)@example.com"
        $null = New-PolarSubscription $product -CustomerId $customer -Confirm:$false
        $offered = @(Get-Downloadable $customer)
        $offered.Count | Should -Be 3

        $down = (New-Item -ItemType Directory (Join-Path $TestDrive 'down')).FullName
        $saved = @($offered | Save-PolarFile -Path $down -PassThru -Verbose 4>&1)
        @($saved | Where-Object { "$_" -like "*checksum is Polar's*" }).Count | Should -Be 3
        @(Get-ChildItem $down -Force).Count | Should -Be 3
        $uploaded = Get-ChildItem $folder -Filter *.zip | ForEach-Object { Get-Hash $_.FullName } | Sort-Object
        Get-ChildItem $down | ForEach-Object { Get-Hash $_.FullName } | Sort-Object | Should -Be $uploaded
        (Get-Item (Join-Path $down 'large.zip')).Length | Should -Be 11534336
    }

    It 'are announced with the checksums of the whole and of each part' {
        Clear-HostRequest $testHost
        $sent = Send-PolarFile (Join-Path $folder 'large.zip') -Version 1.2 -Name renamed.bin -MimeType application/x-own
        $sent.Name | Should -Be 'renamed.bin'
        $sent.MimeType | Should -Be 'application/x-own'
        $sent.Version | Should -Be '1.2'
        $sent.ChecksumSha256Hex | Should -Be (Get-Hash (Join-Path $folder 'large.zip'))
        $requests = @(Get-HostRequest $testHost)
        $puts = @($requests | Where-Object method -EQ PUT)
        $puts.Count | Should -Be 2
        # Whoever stores the parts must not learn the token.
        $puts.headers | ForEach-Object { $_.PSObject.Properties.Name } | Should -Not -Contain 'Authorization'
        @($requests | Where-Object method -EQ POST).path | Should -Be '/v1/files/', "/v1/files/$($sent.Id)/uploaded"
    }

    It 'are cut into parts of the size that is asked for' {
        Clear-HostRequest $testHost
        $null = Send-PolarFile (Join-Path $folder 'large.zip') -PartSizeMiB 5 -ThrottleLimit 2
        @(Get-HostRequest $testHost | Where-Object method -EQ PUT).Count | Should -Be 3
    }

    It 'resume a part that failed, and no other' {
        Set-HostFault $testHost @{ method = 'PUT'; path = '/_emulator/upload/2/*'; status = 503; times = 2; retryAfter = '0' }
        Clear-HostRequest $testHost
        $sent = Send-PolarFile (Join-Path $folder 'large.zip')
        $sent.ChecksumSha256Hex | Should -Be (Get-Hash (Join-Path $folder 'large.zip'))
        $puts = @(Get-HostRequest $testHost | Where-Object method -EQ PUT)
        @($puts | Where-Object path -Like '/_emulator/upload/1/*').Count | Should -Be 1
        @($puts | Where-Object path -Like '/_emulator/upload/2/*').Count | Should -Be 3
        @(Get-HostRequest $testHost | Where-Object { $_.method -eq 'POST' -and $_.path -eq '/v1/files/' }).Count | Should -Be 1
    }

    It 'are not there when a part cannot be sent, and the others are' {
        Set-HostFault $testHost @{ method = 'PUT'; path = '/_emulator/upload/*'; status = 403; times = 1 }
        $before = @(Get-PolarFile).Count
        $sent = @(Get-ChildItem $folder -Filter s*.zip | ForEach-Object { $_, $_ } | Send-PolarFile -ErrorAction SilentlyContinue -ErrorVariable problems)
        $problems.Count | Should -Be 1
        "$problems" | Should -Not -BeLike '*signature=*'
        $sent.Count | Should -Be 1
        @(Get-PolarFile).Count | Should -Be ($before + 1)
    }

    It 'show their progress, with rate and time left' {
        # So slow that there is something to see.
        Set-HostFault $testHost @{ method = 'PUT'; path = '/_emulator/upload/*'; delayMilliseconds = 900 }
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript({
                    param($Module, $Url, $Token, $Path)
                    Import-Module $Module
                    $ProgressPreference = 'Continue'
                    Connect-Polar -AccessToken $Token -Environment $Url
                    Send-PolarFile $Path -PartSizeMiB 5 -ThrottleLimit 1
                }).AddArgument((Get-TestModulePath)).AddArgument($testHost.url).AddArgument((ConvertTo-TestToken $testHost.accessToken)).AddArgument((Join-Path $folder 'large.zip'))
            $shell.Invoke().Name | Should -Be 'large.zip'
            $records = @($shell.Streams.Progress)
            $bar = @($records | Where-Object Activity -EQ 'Uploading large.zip')
            $bar.StatusDescription -like 'Checksums: * of 11.0 MiB*' | Should -Not -BeNullOrEmpty
            $last = $bar | Where-Object { $_.RecordType -eq 'Processing' -and $_.SecondsRemaining -ge 0 } | Select-Object -Last 1
            $last.StatusDescription | Should -Match '^\d+\.\d MiB of 11\.0 MiB, \d+(\.\d)? [KM]iB/s, \d+ s left$'
            $last.PercentComplete | Should -BeGreaterThan 0
            $bar[-1].RecordType | Should -Be 'Completed'
        }
        finally { $shell.Dispose() }
    }

    It 'are described by -WhatIf, and not sent' {
        Clear-HostRequest $testHost
        $lines = Send-PolarFile (Join-Path $folder 'small.zip') -Service product_media -WhatIf -Verbose 4>&1
        "$lines" | Should -BeLike '*Would send POST /v1/files/*"service":"product_media"*"size":1*"chunk_end":1*'
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'are taken by path: <Name>' -ForEach @(
        @{ Name = 'wildcards'; Act = { Send-PolarFile (Join-Path $folder 's*.zip') -WhatIf }; Count = 1 }
        @{ Name = 'a literal path'; Act = { Send-PolarFile -LiteralPath (Join-Path $folder $names[1]) -WhatIf }; Count = 1 }
        @{ Name = 'text from the pipeline'; Act = { Join-Path $folder '*.zip' | Send-PolarFile -WhatIf }; Count = 3 }
        @{ Name = 'Get-Item as an argument'; Act = { Send-PolarFile (Get-Item -LiteralPath (Join-Path $folder $names[1])) -WhatIf }; Count = 1 }
        @{ Name = 'a copy of a file'; Act = { Get-Item -LiteralPath (Join-Path $folder $names[1]) | Select-Object FullName, Length | Send-PolarFile -WhatIf }; Count = 1 }
        @{ Name = 'a relative path'; Act = { Push-Location $folder; try { Send-PolarFile ./small.zip -WhatIf } finally { Pop-Location } }; Count = 1 }
    ) {
        $shell = & { $problems = @(); $null = & $Act; $problems }
        $lines = & { & $Act } *>&1 | Out-String
        $shell | Should -BeNullOrEmpty
        # -WhatIf writes to the host alone; what is taken is counted by what a real run would announce.
        $real = [scriptblock]::Create($Act.ToString().Replace('-WhatIf', ''))
        Clear-HostRequest $testHost
        $null = & $real
        @(Get-HostRequest $testHost | Where-Object { $_.method -eq 'POST' -and $_.path -eq '/v1/files/' }).Count | Should -Be $Count
        $lines | Should -Not -BeLike '*PolarFileUnreadable*'
    }

    It 'are an error each: <Name>' -ForEach @(
        @{ Name = 'what does not exist'; Act = { Send-PolarFile (Join-Path $folder 'none.zip') }; Id = 'PolarFileUnreadable' }
        @{ Name = 'a literal path that does not exist'; Act = { Send-PolarFile -LiteralPath (Join-Path $folder '*.zip') }; Id = 'PolarFileUnreadable' }
        @{ Name = 'a folder'; Act = { Get-Item $folder | Send-PolarFile }; Id = 'PolarFileUnreadable' }
        @{ Name = 'what is no file'; Act = { Send-PolarFile Env:PATH }; Id = 'PolarFileUnreadable' }
        @{ Name = 'an empty file'; Act = { $null = New-Item (Join-Path $TestDrive 'empty.zip') -Force; Send-PolarFile (Join-Path $TestDrive 'empty.zip') }; Id = 'PolarInvalidArgument' }
        @{ Name = 'one name for several'; Act = { Send-PolarFile (Join-Path $folder '*.zip') -Name one.zip -WhatIf }; Id = 'PolarInvalidArgument' }
        @{ Name = 'a product'; Act = { Get-PolarProduct -First 1 | Send-PolarFile }; Id = 'ParameterArgumentTransformationError' }
        @{ Name = 'a text as an image'; Act = { Send-PolarFile (Join-Path $folder 'other.txt') -Service product_media }; Id = 'PolarInvalidRequest' }
    ) {
        Clear-HostRequest $testHost
        $problems = @(Get-TestError $Act)
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        @(Get-HostRequest $testHost | Where-Object { $_.method -eq 'PUT' }).Count | Should -Be 0
    }
}

Describe 'Files in the pipeline' {
    BeforeAll {
        $script:images = foreach ($number in 1..2) {
            $path = Join-Path $TestDrive "image$number.png"
            New-Content $path 500 -Seed $number
            $path
        }
    }

    It 'become the media of a new product, of one product' {
        $before = @(Get-PolarProduct).Count
        $product = $images | Send-PolarFile -Service product_media | New-PolarProduct -Name 'Pictured' -Price (New-PolarPrice 500 -Currency usd)
        @($product).Count | Should -Be 1
        $product.Medias.Name | Should -Be 'image1.png', 'image2.png'
        @(Get-PolarProduct).Count | Should -Be ($before + 1)
    }

    It 'become the media of a product in place of those that it has' {
        $product = New-PolarProduct -Name 'Repictured' -Price (New-PolarPrice 500 -Currency usd)
        $changed = $images | Send-PolarFile -Service product_media | Set-PolarProduct $product
        @($changed).Count | Should -Be 1
        $changed.Medias.Count | Should -Be 2
        (Get-PolarFile 'image2*' | Where-Object Service -EQ product_media | Select-Object -First 1 | Set-PolarProduct $product).Medias.Name | Should -Be 'image2.png'
    }

    It 'become the files of a benefit in place of those that it has' {
        $benefit = $images[0] | Send-PolarFile | New-PolarBenefit 'First edition'
        $changed = $images | Send-PolarFile | Set-PolarBenefit $benefit
        @($changed).Count | Should -Be 1
        $changed.Properties.Files.Count | Should -Be 2
    }

    It 'create nothing where there are none, and nothing with -WhatIf' {
        Clear-HostRequest $testHost
        @() | Send-PolarFile | New-PolarBenefit 'Nothing in it'
        Get-PolarFile | New-PolarBenefit 'Not made' -WhatIf
        @(Get-HostRequest $testHost | Where-Object method -NE GET).Count | Should -Be 0
    }

    It 'are not what text in the pipeline means, unless the benefit or the product is given' {
        $other = New-PolarProduct -Name 'By its id' -Price (New-PolarPrice 500 -Currency usd)
        ($other.Id | Set-PolarProduct -Description 'By text').Description | Should -Be 'By text'
        ('By its id' | Set-PolarProduct -Description 'By name').Description | Should -Be 'By name'
        $custom = New-PolarBenefit 'Not for download' -Note 'A note'
        ($custom.Id | Set-PolarBenefit -Description 'By its id').Description | Should -Be 'By its id'
        $file = $images[1] | Send-PolarFile
        $benefit = $images[0] | Send-PolarFile | New-PolarBenefit 'Second edition'
        ($file.Id | Set-PolarBenefit $benefit).Properties.Files | Should -Be $file.Id
    }

    It 'are told from products and benefits in the same pipeline' {
        (Get-PolarProduct -First 1 | Set-PolarProduct -Description 'By the product').Description | Should -Be 'By the product'
        "$(Get-TestError { Get-PolarCustomer -First 1 | Set-PolarProduct -Description 'By a customer' })" | Should -BeLike '*Expected a product, but this is a customer*'
        "$(Get-TestError { Get-PolarCustomer -First 1 | Set-PolarBenefit -Description 'By a customer' })" | Should -BeLike '*Expected a benefit, but this is a customer*'
        "$(Get-TestError { Get-PolarCustomer -First 1 | New-PolarBenefit 'By a customer' })" | Should -BeLike '*Expected a file, but this is a customer*'
    }
}

Describe 'A file' {
    BeforeAll {
        $path = Join-Path $TestDrive 'single.zip'
        New-Content $path 300
        $script:file = Send-PolarFile $path
    }

    It 'is found by id, by name and by wildcards, and told from others' {
        (Get-PolarFile $file.Id).Name | Should -Be 'single.zip'
        (Get-PolarFile 'single.zip').Id | Should -Be $file.Id
        (Get-PolarFile 'sing*').Id | Should -Be $file.Id
        ($file | Get-PolarFile).Id | Should -Be $file.Id
        @(Get-PolarFile -First 2).Count | Should -Be 2
        $problem = Get-TestError { Get-PolarFile 8cabdca5-cf97-4f4e-851c-fddffa691a55 }
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarNotFound,*'
    }

    It 'is renamed, and its version is cleared with $null' {
        $changed = $file | Set-PolarFile -Name other.zip -Version 7
        $changed.Name | Should -Be 'other.zip'
        $changed.Version | Should -Be '7'
        (Set-PolarFile $file -Version $null).Version | Should -BeNullOrEmpty
        (Set-PolarFile $file -Name single.zip).Name | Should -Be 'single.zip'
        (Get-TestError { Set-PolarFile $file }).FullyQualifiedErrorId | Should -BeLike 'PolarNothingToChange,*'
    }

    It 'is deleted, and nothing else is' {
        $gone = Send-PolarFile (Join-Path $TestDrive 'single.zip') -Name gone.zip
        $gone | Remove-PolarFile -WhatIf
        (Get-PolarFile $gone.Id).Id | Should -Be $gone.Id
        $gone | Remove-PolarFile -Confirm:$false
        (Get-TestError { Get-PolarFile $gone.Id }).Count | Should -Be 1
        (Get-PolarFile $file.Id).Id | Should -Be $file.Id
        (Get-TestError { Get-PolarProduct -First 1 | Remove-PolarFile -Confirm:$false }).Count | Should -Be 1
    }

    It 'has no address where only customers download it' {
        foreach ($act in { $file | Save-PolarFile -Path $TestDrive }, { Save-PolarFile $file.Id -Path $TestDrive }) {
            $problem = Get-TestError $act
            $problem.FullyQualifiedErrorId | Should -BeLike 'PolarFileNotDownloadable,*'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Get-PolarPortalDownloadable*'
        }
    }
}

Describe 'A download' {
    BeforeAll {
        $path = Join-Path $TestDrive 'source.bin'
        New-Content $path 200000
        $benefit = Send-PolarFile $path -Name 'source.bin' | New-PolarBenefit 'To be downloaded'
        $product = New-PolarProduct -Name 'With a download' -RecurringInterval month -Price (New-PolarPrice 0 -Currency usd)
        $null = $product | Set-PolarProductBenefit -BenefitId $benefit -Confirm:$false
        $script:customer = New-PolarCustomer "download.$(Get-Random)@example.com"
        $null = New-PolarSubscription $product -CustomerId $customer -Confirm:$false
        $script:hash = Get-Hash $path
    }

    BeforeEach {
        Set-HostFault $testHost
        $script:target = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:offered = Get-Downloadable $customer
    }

    It 'is whole or not there: <Name>' -ForEach @(
        @{ Name = 'other bytes'; Fault = @{ body = 'x' * 200000; contentType = 'application/octet-stream'; status = 200 }; Says = '*SHA-256*' }
        @{ Name = 'too few'; Fault = @{ body = 'short'; contentType = 'application/octet-stream'; status = 200 }; Says = '*5 bytes*200000*' }
        @{ Name = 'a refusal'; Fault = @{ status = 403 }; Says = '*refused*' }
    ) {
        Set-HostFault $testHost (@{ method = 'GET'; path = '/_emulator/file/*' } + $Fault)
        Set-Content (Join-Path $target 'source.bin') 'what was there'
        $problem = Get-TestError { $offered | Save-PolarFile -Path $target }
        $problem.Count | Should -Be 1
        "$problem" | Should -BeLike $Says
        Get-Content (Join-Path $target 'source.bin') | Should -Be 'what was there'
        @(Get-ChildItem $target -Force).Count | Should -Be 1
    }

    It 'is tried again where the fault may pass' {
        Set-HostFault $testHost @{ method = 'GET'; path = '/_emulator/file/*'; status = 503; times = 2; retryAfter = '0' }
        $offered | Save-PolarFile -Path (Join-Path $target 'new name.bin')
        Get-Hash (Join-Path $target 'new name.bin') | Should -Be $hash
    }

    It 'replaces what is there, and not with -NoClobber or where it is read-only' {
        $file = Join-Path $target 'source.bin'
        Set-Content $file 'old'
        (Get-TestError { $offered | Save-PolarFile -Path $file -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
        Set-ItemProperty $file IsReadOnly $true
        (Get-TestError { $offered | Save-PolarFile -Path $file }).FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
        Get-Content $file | Should -Be 'old'
        $offered | Save-PolarFile -Path $file -Force
        Get-Hash $file | Should -Be $hash
    }

    It 'does not overwrite what it has just saved, and does nothing with -WhatIf' {
        $problem = Get-TestError { $offered, $offered | Save-PolarFile -Path $target }
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarFileExists,*'
        @(Get-ChildItem $target).Count | Should -Be 1
        $offered | Save-PolarFile -Path (Join-Path $target 'not.bin') -WhatIf
        Join-Path $target 'not.bin' | Should -Not -Exist
    }

    It 'does not leave the folder, whatever the file is called' {
        $file = $offered.File
        $file.Name = '../../escaped.bin'
        $file | Save-PolarFile -Path $target
        @(Get-ChildItem $target -Force).Count | Should -Be 1
        Join-Path $TestDrive 'escaped.bin' | Should -Not -Exist
    }
}
