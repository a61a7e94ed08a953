# The recipes of about_PolarPS_Recipes run as they are in the module's help, each in a session, a folder and a shop of its own: they
# do what they say, with exactly the scopes that they name.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    # Runs after the recipe, in its session. Whatever it writes is a problem.
    $checks = @{
        'SELL TWO PLANS' = {
            $link = Get-PolarCheckoutLink $link
            if ("$($link.Products)" -ne 'Pro Monthly Pro Yearly') { "the link offers $($link.Products)" }
            foreach ($plan in $month, $year | Get-PolarProduct) {
                if ("$($plan.Benefits)" -ne 'Support by email') { "$plan has the benefits $($plan.Benefits)" }
            }
            if ($month.RecurringInterval -ne 'month' -or $year.RecurringInterval -ne 'year') { 'a plan has another interval' }
            if ($month.Prices[0].PriceAmount -ne 1900 -or $year.Prices[0].PriceAmount -ne 19000) { 'a plan has another price' }
            if ($output -notcontains $link.Url) { 'the address is not printed' }
        }
        'GIVE AWAY A LICENSE KEY' = {
            if ($output -notcontains $key.Key -or $key.Key -notlike 'APP-*') { "the key $($key.Key) is not printed" }
            if (-not (Test-PolarLicenseKey $key.Key)) { 'the key is not valid' }
            $order = @(Get-PolarOrder -CustomerId $key.CustomerId)
            if ($order.Count -ne 1 -or $order[0].TotalAmount -ne 0 -or "$($order[0].Product)" -ne 'Desktop app') { "the order is $order for $($order.TotalAmount)" }
            if ((Get-PolarCustomer $key.CustomerId).Email -ne 'kim@example.com') { 'another customer has the key' }
            if (-not (Get-TestError { New-PolarCheckout $app -Discount $gift })) { 'the discount can be used again' }
            $null = $key | Set-PolarLicenseKey -Status revoked
            if (Test-PolarLicenseKey $key.Key) { 'the key is not withdrawn' }
        }
        'REFUND PART OF MANY ORDERS' = {
            $rows = @(Import-Csv refunds.csv)
            if ($rows.Count -lt 2) { "only $($rows.Count) orders are on the list" }
            foreach ($row in $rows) {
                $refunds = @(Get-PolarRefund -OrderId $row.OrderId | Where-Object { $_.Metadata.batch })
                if ($refunds.Count -ne 1 -or $refunds[0].Amount -ne $row.Amount) { "order $($row.OrderId) was refunded $($refunds.Amount) instead of $($row.Amount)" }
            }
            if (@(Import-Csv refunded.csv).Result -ne 'Refunded') { "the results are $((Import-Csv refunded.csv).Result)" }
            # Again, after a row whose order does not exist.
            $before = @(Get-PolarRefund).Count
            Add-Content refunds.csv '"00000000-0000-4000-8000-000000000000","5"'
            & ([scriptblock]::Create($code.Substring($code.IndexOf('$batch =', [StringComparison]::Ordinal))))
            if (@(Get-PolarRefund).Count -ne $before) { 'the second run refunds again' }
            $results = @(Import-Csv refunded.csv).Result
            if ($results[-1] -ne 'PolarNotFound' -or $results[0..($rows.Count - 1)] -ne 'AlreadyRefunded') { "the results of the second run are $results" }
        }
        'REVENUE BY MONTH AND CURRENCY' = {
            if (@($output.Currency | Sort-Object -Unique).Count -lt 2) { 'the shop has one currency only' }
            foreach ($row in $output) {
                $own = @($sold | Where-Object { $_.Currency -eq $row.Currency -and $_.CreatedAt.Year -eq $row.Year -and $_.CreatedAt.Month -eq $row.Month })
                $sum = 0
                foreach ($order in $own) { $sum += $order.NetAmount - $order.RefundedAmount }
                if ($row.Currency -ne 'jpy') { $sum /= 100 }
                if ($row.Orders -ne $own.Count -or $row.Revenue -ne $sum -or $sum -lt 0) { "$($row.Year)-$($row.Month) $($row.Currency) is $($row.Revenue) and not $sum" }
            }
            if (($output | Measure-Object Orders -Sum).Sum -ne @($sold).Count) { 'orders are left out' }
            if (-not ($sold | Where-Object RefundedAmount -GT 0)) { 'the shop has no refund' }
        }
        'WHO IS OVERDUE' = {
            $rows = @(Import-Csv overdue.csv)
            $expected = @(Get-PolarSubscription -Status past_due)
            if ($expected.Count -lt 1 -or "$($rows.Email)" -ne "$($expected.Customer.Email)" -or "$($rows.Product)" -ne "$($expected.Product.Name)") { "overdue are $rows" }
            $ines = $rows | Where-Object Email -EQ 'ines.castro@alisio.example'
            $order = Get-PolarOrder -Status pending | Where-Object { $_.Customer.Email -eq $ines.Email }
            if ($order.DueAmount -lt 1 -or $ines.Due -ne $order.DueAmount -or $ines.Currency -ne $order.Currency) { "due are $($ines.Due) $($ines.Currency)" }
            if ($ines.Reason -ne 'insufficient_funds' -or -not $ines.Since -or -not $ines.NextAttempt) { "the row is $ines" }
        }
        'CUSTOMERS FROM ANOTHER SYSTEM' = {
            foreach ($row in Import-Csv people.csv) {
                $customer = Get-PolarCustomer -ExternalId $row.ExternalId
                if ($customer.Email -ne $row.Email -or $customer.Name -cne $row.Name) { "$($row.ExternalId) is $($customer.Name) <$($customer.Email)>" }
            }
            # Again: nobody is created twice.
            $count = @(Get-PolarCustomer).Count
            & ([scriptblock]::Create($code)) | Out-Null
            if (@(Get-PolarCustomer).Count -ne $count) { 'the second run creates customers' }
        }
        'FILES FOR THE ACCOUNTANT' = {
            $month = @(Get-PolarOrder -CreatedAfter $start -CreatedBefore $end)
            $rows = @(Import-Csv "$folder/orders.csv")
            if ($month.Count -lt 3 -or -not ($month.Status -eq 'pending') -or $rows.Count -ne $month.Count) { "the file has $($rows.Count) orders and not $($month.Count)" }
            $refunds = @(Get-PolarRefund | Where-Object { $_.CreatedAt -ge $start -and $_.CreatedAt -lt $end })
            if ($refunds.Amount -notcontains 7 -or @(Import-Csv "$folder/refunds.csv").Count -ne $refunds.Count) { "the file has other refunds than the $($refunds.Count) of the month" }
            $billed = @($month | Where-Object { $_.Paid -and $_.BillingName -and $_.BillingAddress.Line1 }).Count
            $saved = @(Get-ChildItem $folder -Filter *.pdf).Count
            if ($billed -lt 3 -or $saved -ne $billed) { "$saved invoices are saved, and not $billed" }
        }
    }
    # Runs before it, with the shop's clock in the middle of last month: there has to be a refund in it.
    $before = @{
        'FILES FOR THE ACCOUNTANT' = { $null = Get-PolarOrder | Where-Object RefundableAmount -GT 7 | Select-Object -First 1 | New-PolarRefund -Amount 7 -Reason other -Confirm:$false }
    }
    $sections = @(Get-TopicSection about_PolarPS_Recipes)
    $first = [array]::IndexOf($sections.Title, 'LONG DESCRIPTION') + 1
    $last = [array]::IndexOf($sections.Title, 'SEE ALSO') - 1
    $recipes = foreach ($section in $sections[$first..$last]) {
        $scopes = if ($section.Text -match 'Scopes: ([\w:, ]+)\.$') { @($Matches[1] -split ', ') } else { @() }
        @{
            Title  = $section.Title
            Code   = ($section.Blocks | ForEach-Object { $_ -join "`n" }) -join "`n"
            Files  = $section.Files
            Scopes = $scopes
            Before = "$($before[$section.Title])"
            Check  = "$($checks[$section.Title])"
        }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule

    function Invoke-Recipe {
        # In a session of its own: the problems, and the operations that the token was refused.
        param([string] $Code, $Files, [string[]] $Scope = @(), [string] $Before, [string] $Check)
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('N')))
        foreach ($name in $Files.Keys) { Set-Content (Join-Path $folder $name) $Files[$name] -Encoding utf8 }
        $shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $null = $shell.AddScript({
                    param($Module, $Tools, $Folder, $Scope, $Before, $Code, $Check)
                    $ErrorActionPreference = 'Stop'
                    $ProgressPreference = 'SilentlyContinue'
                    Import-Module $Module
                    Import-Module $Tools -Function Get-TestError
                    Set-Location $Folder
                    $with = @{}
                    if ($Scope) { $with.Scope = $Scope }
                    if ($Before) { $with.StartTime = (Get-Date -Day 15).AddMonths(-1) }
                    $emulator = Start-PolarEmulator @with
                    try {
                        . ([scriptblock]::Create($Before))
                        $output = @(. ([scriptblock]::Create($Code)))
                        # Formatted as at a prompt: a view that fails is a failure.
                        $null = $output | Out-String
                        if ($Check) { . ([scriptblock]::Create($Check)) | ForEach-Object { "PROBLEM $_" } }
                    }
                    catch { "PROBLEM $($_.FullyQualifiedErrorId): $_" }
                    $emulator.Requests | Where-Object StatusCode -EQ 403 | ForEach-Object { "REFUSED $($_.Method) $($_.Path)" }
                    Stop-PolarEmulator -Emulator $emulator
                }).AddArgument((Get-TestModulePath)).AddArgument((Get-Module PolarPS.TestTools).Path).AddArgument($folder.FullName).AddArgument($Scope).
                AddArgument($Before).AddArgument($Code).AddArgument($Check)
            @($shell.Invoke() | ForEach-Object { "$_" }) + @($shell.Streams.Error | ForEach-Object { "ERROR $_" })
        }
        finally { $shell.Dispose() }
    }
}

Describe 'about_PolarPS_Recipes' {
    It 'has recipes, each with its scopes and its check here' -ForEach @{ Recipes = $recipes } {
        $Recipes.Count | Should -BeGreaterOrEqual 7
        foreach ($recipe in $Recipes) {
            $recipe.Code | Should -Match '-Polar' -Because $recipe.Title
            $recipe.Scopes | Should -Not -BeNullOrEmpty -Because "$($recipe.Title) ends with its scopes"
            $recipe.Check | Should -Not -BeNullOrEmpty -Because "$($recipe.Title) needs a check in this file"
        }
    }
}

Describe '<Title>' -ForEach $recipes {
    It 'does what it says' {
        Invoke-Recipe -Code $Code -Files $Files -Before $Before -Check $Check | Should -BeNullOrEmpty
    }

    It 'needs the scopes that it names, and no others' {
        Invoke-Recipe -Code $Code -Files $Files -Scope $Scopes | Should -BeNullOrEmpty -Because "it has $Scopes"
        foreach ($scope in $Scopes) {
            # A token without any scope is one with all of them.
            $others = @($Scopes | Where-Object { $_ -ne $scope }) + 'openid'
            @(Invoke-Recipe -Code $Code -Files $Files -Scope $others) -match '^REFUSED' | Should -Not -BeNullOrEmpty -Because "it needs $scope"
        }
    }
}
