# A second kind in one pipeline is printed by its default display set: a few lines, in which nothing is secret.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    Disconnect-Polar -All
    Connect-Polar -Environment Emulator -Name mixed
    # What holds a token, a secret, a login link, or a license key.
    $script:secret = '^(Token|.*(?<!Pkce)Secret|.*Token|Key|UserProvidedKey|Password|Url|.*Url|.*Uri|InviteId|IdToken|Payload|Response|Headers|.*Verifier|RegistrationClientUri)$'
    $script:allowed = @{ 'PolarPS.PolarEmulatorInstance' = @('Url'); 'PolarPS.PolarBatchEntry' = @('Key') }

    function Get-OutputKind {
        # Every kind that cmdlets write, and what Select-Object -ExpandProperty gives of them, to the bottom.
        $seen = @{}
        $queue = [Collections.Generic.Queue[type]]::new()
        foreach ($type in (Get-Command -Module PolarPS).OutputType.Type) { if ($type -and $type.FullName -like 'PolarPS.*') { $queue.Enqueue($type) } }
        foreach ($type in [PolarPS.Client.Models.PolarObject].Assembly.GetExportedTypes()) { if ([PolarPS.Client.Models.PolarObject].IsAssignableFrom($type) -and -not $type.IsAbstract) { $queue.Enqueue($type) } }
        while ($queue.Count) {
            $type = $queue.Dequeue()
            if ($seen.ContainsKey($type.FullName)) { continue }
            $seen[$type.FullName] = $type
            $next = [Collections.Generic.Stack[type]]::new()
            foreach ($property in $type.GetProperties()) { $next.Push($property.PropertyType) }
            while ($next.Count) {
                $inner = $next.Pop()
                if ($inner.IsArray) { $next.Push($inner.GetElementType()) }
                elseif ($inner.IsGenericType) { foreach ($argument in $inner.GetGenericArguments()) { $next.Push($argument) } }
                elseif ($inner.FullName -like 'PolarPS.*' -and -not $inner.IsEnum) { $queue.Enqueue($inner) }
            }
        }
        # A dictionary is printed by PowerShell's own view; what is only sent is not printed unless a cmdlet writes it.
        $seen.Values | Where-Object { $_.Name -ne 'PolarMetadata' -and -not ($_.BaseType.Name -eq 'RequestBody' -and $_.Name -notin 'PriceInput', 'AddressInput') }
    }

    function Get-DisplaySet {
        param([type] $Type)
        $item = [Runtime.Serialization.FormatterServices]::GetUninitializedObject($Type)
        $set = ([psobject]$item).PSStandardMembers.DefaultDisplayPropertySet
        if ($set) { $set.ReferencedPropertyNames }
    }
}

AfterAll { Disconnect-Polar -All }

Describe 'Default display sets' {
    It 'are there for every kind, short, of properties that there are, without secrets' {
        $kinds = @(Get-OutputKind)
        $kinds.Count | Should -BeGreaterThan 100
        $problems = foreach ($kind in $kinds) {
            $names = @(Get-DisplaySet $kind)
            if ($names.Count -eq 0) { "$kind has none"; continue }
            if ($names.Count -gt 6 -and $kind.Name -ne 'OrganizationCustomerEmailSettings') { "$kind shows $($names.Count)" }
            $item = [psobject][Runtime.Serialization.FormatterServices]::GetUninitializedObject($kind)
            foreach ($name in $names) {
                $property = $item.PSObject.Members[$name]
                if (-not $property) { "$kind has no $name" }
                if ($name -match $secret -and $name -notin $allowed[$kind.FullName]) { "$kind shows $name" }
                # Text as it is may have control characters; Kind, Summary and Reference make them visible.
                if ($property -is [Management.Automation.PSProperty] -and $property.TypeNameOfValue -eq 'System.String' -and $kind.Namespace -ne 'PolarPS') { "$kind shows the text $name as it is" }
            }
        }
        $problems | Should -BeNullOrEmpty
    }

    It 'add nothing to what Select-Object, Export-Csv and ConvertTo-Json see' {
        $customer = Get-PolarCustomer -First 1
        foreach ($name in 'PolarText', 'Kind', 'Summary', 'Reference') {
            ($customer | Select-Object *).PSObject.Properties.Name | Should -Not -Contain $name
            ($customer | ConvertTo-Csv -NoTypeInformation)[0] | Should -Not -Match """$name"""
            (ConvertTo-Json $customer -Depth 2 -WarningAction Ignore) | Should -Not -Match """$name"""
            ($customer | Get-Member).Name | Should -Not -Contain $name
        }
    }
}

Describe 'A pipeline of several kinds' {
    It 'prints no token, no address with one, and no license key' {
        $customer = Get-PolarCustomer -Query crew-100 | Select-Object -First 1
        $session = New-PolarCustomerSession -CustomerId $customer.Id
        $key = Get-PolarLicenseKey -First 1
        $link = Get-PolarCheckoutLink -First 1
        $checkout = New-PolarCheckout -ProductId (Get-PolarProduct -First 20 | Where-Object { -not $_.IsArchived -and $_.Prices[0].AmountType -eq 'fixed' } | Select-Object -First 1).Id
        $order = Get-PolarOrder -First 1
        $others = $session, $key, $link, $checkout, $order, (Get-PolarProduct -First 1), (Get-PolarDiscount -First 1), (Get-PolarSubscription -First 1), (Get-PolarConnection)
        foreach ($first in $customer, $session, $key) {
            $text = & { $first; $others } | Out-String -Width 200
            foreach ($value in $session.Token, $session.CustomerPortalUrl, $key.Key, $link.ClientSecret, $checkout.ClientSecret, $checkout.Url) {
                $value | Should -Not -BeNullOrEmpty
                $text.Contains($value) | Should -BeFalse
            }
            @($text -split '\r?\n' | Where-Object { $_.Trim() }).Count | Should -BeLessThan (4 * ($others.Count + 2))
            $text | Should -Match $order.Id
        }
    }

    It 'prints a license key without a list of its own neither' {
        $key = Get-PolarLicenseKey -First 1
        (& { Get-PolarOrder -First 1; $key } | Format-List | Out-String).Contains($key.Key) | Should -BeFalse
    }

    It 'prints OAuth objects without their tokens' {
        $token = [PolarPS.Client.Models.OAuth2Token]@{ AccessToken = 'hidden-access'; RefreshToken = 'hidden-refresh'; IdToken = 'hidden-id'; ExpiresIn = 3600; TokenType = 'bearer'; Scope = 'openid' }
        $client = [PolarPS.Client.Models.OAuth2Client]@{ ClientId = 'id'; ClientSecret = 'hidden-secret'; RegistrationAccessToken = 'hidden-registration'; ClientName = 'App' }
        foreach ($text in ($token | Out-String), ($client | Out-String), ($token | Format-List | Out-String), ($client | Format-Table | Out-String), (& { Get-PolarConnection; $token; $client } | Out-String)) {
            $text | Should -Not -Match 'hidden-'
            $text.Trim() | Should -Not -BeNullOrEmpty
        }
        $token.AccessToken | Should -Be 'hidden-access'
    }
}
