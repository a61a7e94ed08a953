# Metrics: what is asked of Polar, what comes of it, and what is drawn of it in the terminal.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost -With @{ MaximumRetryCount = 0 }
    $script:block = [char]0x2588
    $script:axis = [char]0x2502

    function Set-Answer {
        # What the host answers to a request for metrics: rows of a date and figures by slug, and what it says of the metrics.
        param([object[]] $Row, [hashtable] $Metric = @{})
        $periods = @($Row | ForEach-Object { $period = [ordered]@{ timestamp = $_[0] }; foreach ($slug in $_[1].Keys) { $period[$slug] = $_[1][$slug] }; $period })
        $body = ConvertTo-Json -Depth 5 -Compress -InputObject @{ periods = $periods; totals = @{}; metrics = $Metric }
        Set-HostFault $testHost @{ method = 'GET'; path = '/v1/metrics/'; status = 200; body = $body }
    }

    function New-Period {
        param([string] $Time, [hashtable] $Figure = @{})
        $period = [PolarPS.Client.Models.MetricPeriod]::new()
        $period.Timestamp = [DateTimeOffset]::Parse($Time, [cultureinfo]::InvariantCulture)
        foreach ($name in $Figure.Keys) { $period.$name = $Figure[$name] }
        $period
    }

    function Get-Query {
        # What was asked of Polar for metrics, each as a hashtable.
        @(Get-HostRequest $testHost | Where-Object path -EQ '/v1/metrics/' | ForEach-Object {
                $query = @{}
                foreach ($pair in "$($_.query)" -split '&') { $name, $value = $pair -split '='; $query[$name] = @(@($query[$name]) + [uri]::UnescapeDataString($value) | Where-Object { $_ }) }
                $query
            })
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Get-PolarMetric' {
    BeforeEach {
        Set-HostFault $testHost
        Clear-HostRequest $testHost
    }

    It 'gets the last twelve months by month, with all metrics, in one request' {
        $periods = @(Get-PolarMetric)
        $periods.Count | Should -Be 12
        $today = [DateTime]::UtcNow
        $periods[-1].Period | Should -Be ([DateTime]::new($today.Year, $today.Month, 1).ToString('yyyy-MM-dd'))
        $periods[0].Period | Should -Be ([DateTime]::new($today.Year, $today.Month, 1).AddMonths(-11).ToString('yyyy-MM-dd'))
        @(Get-HostRequest $testHost).Count | Should -Be 1
        $query = @(Get-Query)[0]
        $query.interval | Should -Be 'month'
        $query.ContainsKey('metrics') | Should -BeFalse
        $query.end_date | Should -Be $today.ToString('yyyy-MM-dd')
        @($periods[0].Figures).Count | Should -Be 55
    }

    It 'gets by default, by the <Interval>, <Count> periods' -ForEach @(
        @{ Interval = 'hour'; Count = 48 }
        @{ Interval = 'day'; Count = 30 }
        @{ Interval = 'week'; Count = 12 }
        @{ Interval = 'month'; Count = 12 }
    ) {
        @(Get-PolarMetric orders -Interval $Interval).Count | Should -Be $Count
    }

    It 'gets years back to the first that there are figures of' {
        $years = @(Get-PolarMetric orders -Interval year)
        $years.Count | Should -Be ([Math]::Min(5, [DateTime]::UtcNow.Year - 2022))
        $years[0].Period | Should -Be "$([Math]::Max(2023, [DateTime]::UtcNow.Year - 4))-01-01"
    }

    It 'chooses an interval that fits <From> to <To>: <Interval>' -ForEach @(
        @{ From = '2026-11-01'; To = '2026-11-02'; Interval = 'hour' }
        @{ From = '2026-11-01'; To = '2026-11-03'; Interval = 'day' }
        @{ From = '2026-09-01'; To = '2026-11-01'; Interval = 'day' }
        @{ From = '2026-08-01'; To = '2026-11-01'; Interval = 'month' }
        @{ From = '2023-01-01'; To = '2027-01-31'; Interval = 'year' }
    ) {
        $null = Get-PolarMetric orders -From $From -To $To
        $query = @(Get-Query)[0]
        $query.interval, $query.start_date, $query.end_date | Should -Be $Interval, $From, $To
    }

    It 'sends metrics in the order that was given, by slug or by property, and with wildcards' {
        $period = Get-PolarMetric Orders, NetRevenue, 'churn*' | Select-Object -First 1
        @(Get-Query)[0].metrics | Should -Be 'orders', 'net_revenue', 'churned_subscriptions', 'churn_rate', 'churned_seat_customers'
        $period.Figures.Slug | Should -Be 'orders', 'net_revenue', 'churned_subscriptions', 'churn_rate', 'churned_seat_customers'
        $period.Revenue | Should -Be $null
        (Get-TestError { Get-PolarMetric 'fortune*' })[0].Exception.Message | Should -BeLike "*'fortune*"
        $unknown = (Get-TestError { Get-PolarMetric luck })[0]
        $unknown.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidRequest*'
        "$unknown" | Should -Match 'Metric'
    }

    It 'has money in cents as Polar gives it, and in dollars among the figures' {
        Set-Answer @(, @('2026-11-01T00:00:00Z', @{ revenue = 123456; costs = 0.123456; churn_rate = 0.0525; orders = 1234; cashflow = -50; brand_new = 7 })) @{ brand_new = @{ slug = 'brand_new'; display_name = 'Brand New'; type = 'percentage' } }
        $period = Get-PolarMetric
        $period.Revenue | Should -Be 123456
        $figures = @{}
        foreach ($figure in $period.Figures) { $figures[$figure.Slug] = $figure }
        $figures.revenue.Value | Should -Be 1234.56
        $figures.revenue.Text | Should -Be '$1,234.56'
        $figures.revenue.Currency | Should -Be 'usd'
        $figures.revenue.Name | Should -Be 'Revenue'
        $figures.costs.Text | Should -Be '$0.00123456'
        $figures.churn_rate.Text | Should -Be '5.25%'
        $figures.churn_rate.Currency | Should -BeNullOrEmpty
        $figures.orders.Text | Should -Be '1,234'
        $figures.cashflow.Text | Should -Be '-$0.50'
        $figures.brand_new.Text | Should -Be '700%'
        $text = $period | Out-String -Width 80
        $text | Should -Match 'Revenue'
        $text | Should -Match ([regex]::Escape('$1,234.56'))
        $period | Format-List | Out-String | Should -Match 'ChurnRate +: 5\.25%'
    }

    It 'keeps the clock of the time zone, where the clocks go back too' {
        $days = @(Get-PolarMetric orders -From 2026-10-24 -To 2026-10-26 -Interval day -TimeZone Europe/Oslo)
        $days.Period | Should -Be '2026-10-24', '2026-10-25', '2026-10-26'
        $days.Timestamp.Offset.TotalHours | Should -Be 2, 2, 1
        $hours = @(Get-PolarMetric orders -From 2026-10-25 -To 2026-10-25 -Interval hour -TimeZone Europe/Oslo)
        $hours.Count | Should -Be 25
        ($hours.Period | Sort-Object -Unique).Count | Should -Be 25
        $problem = (Get-TestError { Get-PolarMetric orders -TimeZone Europe/Atlantis })[0]
        "$problem" | Should -Match 'TimeZone'
    }

    It 'reads dates strictly: <_> is refused, and nothing is sent' -ForEach '01/02/2026', 'yesterday', '2026-02-30', '' {
        (Get-TestError { Get-PolarMetric orders -From $_ }).Count | Should -BeGreaterThan 0
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'reads a time that is too long for one request in parts, each period once' {
        $hours = @(Get-PolarMetric orders -Interval hour -From 2026-09-01 -To 2026-10-31)
        $hours.Count | Should -Be (61 * 24)
        ($hours.Period | Sort-Object -Unique).Count | Should -Be (61 * 24)
        @(Get-HostRequest $testHost | Where-Object path -EQ '/v1/metrics/limits').Count | Should -Be 1
        foreach ($query in Get-Query) { ([DateTime]$query.end_date[0] - [DateTime]$query.start_date[0]).TotalDays | Should -BeLessOrEqual 7 }
        # Parts begin with a period.
        Clear-HostRequest $testHost
        $weeks = @(Get-PolarMetric orders -Interval week -From 2024-01-10 -To 2026-11-01)
        ($weeks.Period | Sort-Object -Unique).Count | Should -Be $weeks.Count
        $weeks.Timestamp.DayOfWeek | Sort-Object -Unique | Should -Be 'Monday'
        $begins = @(Get-Query | ForEach-Object { [DateTime]$_.start_date[0] })
        $begins.Count | Should -BeGreaterThan 1
        ($begins | Select-Object -Skip 1).DayOfWeek | Sort-Object -Unique | Should -Be 'Monday'
    }

    It 'explains a time that it does not read: <Name>' -ForEach @(
        @{ Name = 'too early'; With = @{ From = '2022-12-31' }; Says = '*2022-12-31*from 2023-01-01 on*' }
        @{ Name = 'too many parts'; With = @{ From = '2024-01-01'; To = '2026-01-01'; Interval = 'hour' }; Says = '*more than 60 requests of 7 days*longer interval*' }
        @{ Name = 'totals of parts'; With = @{ From = '2026-10-01'; To = '2026-10-20'; Interval = 'hour'; Total = $true }; Says = '*19 days*at most 7*' }
        @{ Name = 'the wrong way round'; With = @{ From = '2026-10-02'; To = '2026-10-01' }; Says = '*begins on 2026-10-02*ends on 2026-10-01*' }
    ) {
        $problem = (Get-TestError { Get-PolarMetric orders @With })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument*'
        $problem.Exception.Message | Should -BeLike $Says
        @(Get-Query).Count | Should -Be 0
    }

    It 'returns Polar''s own totals' {
        $total = Get-PolarMetric orders, revenue -Total
        $total | Should -BeOfType PolarPS.Client.Models.MetricsTotals
        $path = '/v1/metrics/?interval=month&metrics=orders&metrics=revenue&start_date={0}&end_date={1}' -f @(Get-Query)[0].start_date[0], @(Get-Query)[0].end_date[0]
        $total.Revenue | Should -Be (Invoke-PolarRequest $path).totals.revenue
    }

    It 'takes products, customers and organizations from the pipeline, and names' {
        $product = Get-PolarProduct -First 1
        $customer = Get-PolarCustomer -First 1
        Clear-HostRequest $testHost
        $null = $product | Get-PolarMetric orders
        $null = $customer | Get-PolarMetric orders
        $null = Get-PolarMetric orders -ProductId $product.Name -CustomerId $customer.Email -BillingType one_time
        $queries = @(Get-Query)
        $queries[0].product_id | Should -Be $product.Id
        $queries[1].customer_id | Should -Be $customer.Id
        $queries[2].product_id, $queries[2].customer_id, $queries[2].billing_type | Should -Be $product.Id, $customer.Id, 'one_time'
        (Get-TestError { Get-PolarOrder -First 1 | Get-PolarMetric orders }).Count | Should -BeGreaterThan 0
    }

    It 'gets the metrics of a dashboard, and nothing for an empty one' {
        $dashboard = New-PolarMetricDashboard 'Piped' -Metric churn_rate, orders
        ($dashboard | Get-PolarMetric)[0].Figures.Slug | Should -Be 'churn_rate', 'orders'
        (Get-PolarMetric -Dashboard Piped)[0].Figures.Slug | Should -Be 'churn_rate', 'orders'
        (Get-TestError { $dashboard | Get-PolarMetric revenue })[0].Exception.Message | Should -BeLike '*twice*'
        $empty = New-PolarMetricDashboard 'Empty'
        Clear-HostRequest $testHost
        $empty | Get-PolarMetric -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -BeLike '*no metrics*'
        @(Get-Query).Count | Should -Be 0
    }

    It 'completes metrics with their names, and intervals' {
        $texts = @(Get-Completion 'Get-PolarMetric -Metric churn')
        $texts.CompletionText | Should -Contain 'churn_rate'
        ($texts | Where-Object CompletionText -EQ churn_rate).ToolTip | Should -Be 'Churn Rate'
        @(Get-Completion 'Get-PolarMetric -Interval ').CompletionText | Should -Be 'year', 'month', 'week', 'day', 'hour'
    }

    It 'shows the columns of the metrics that were asked for, in 80 columns, whatever their names are' {
        $name = "Money`e[31m$([char]0x202E)<script>" + ('x' * 200)
        Set-Answer @(, @('2026-11-01T00:00:00Z', @{ revenue = 5 })) @{ revenue = @{ slug = 'revenue'; display_name = $name; type = 'currency' } }
        $text = Get-PolarMetric revenue | Out-String -Width 80
        $text | Should -Not -Match ([char]0x1B)
        $text | Should -Not -Match ([char]0x202E)
        $text | Should -Match 'U\+202E'
        foreach ($line in $text -split '\r?\n') { $line.Length | Should -BeLessOrEqual 80 }
    }
}

Describe 'Export-PolarMetric' {
    BeforeEach { Set-HostFault $testHost }

    It 'writes what Polar sends' {
        $file = Join-Path $TestDrive 'metrics.csv'
        Export-PolarMetric $file -Metric orders, revenue -From 2026-11-01 -To 2026-11-05 -Interval day | Should -BeNullOrEmpty
        $rows = @(Import-Csv $file)
        $rows.Count | Should -Be 5
        $rows[0].PSObject.Properties.Name | Should -Be 'timestamp', 'orders', 'revenue'
    }

    It 'explains a time that is too long, and keeps the file' {
        $file = Join-Path $TestDrive 'kept.csv'
        Set-Content $file 'kept'
        (Get-TestError { Export-PolarMetric $file -From 2026-01-01 -To 2026-11-01 -Interval hour })[0].Exception.Message | Should -BeLike '*at most 7 days*'
        Get-Content $file | Should -Be 'kept'
    }
}

Describe 'Show-PolarMetric' {
    BeforeEach { Set-HostFault $testHost }

    It 'draws one metric: a line for each period, with the figure' {
        $lines = @(Get-PolarMetric -Metric monthly_recurring_revenue | Show-PolarMetric -Ascii:$false)
        $lines.Count | Should -Be 13
        $lines[0] | Should -Be 'Monthly Recurring Revenue'
        $lines | Should -BeOfType [string]
        $lines[1..12] | Should -Match '^\d{4}-\d\d  +\$[\d,]+\.\d\d'
        ($lines -join '').Contains($block) | Should -BeTrue
        foreach ($line in $lines) { $line.Length | Should -BeLessOrEqual 80 }
    }

    It 'draws what is Polar''s: the longest bar is the highest figure' {
        Set-Answer @(@('2026-07-01T00:00:00Z', @{ revenue = 2500 }), @('2026-08-01T00:00:00Z', @{ revenue = 10000 }), @('2026-09-01T00:00:00Z', @{ revenue = 5000 }))
        $lines = @(Get-PolarMetric revenue | Show-PolarMetric -Ascii -Width 60)
        $bars = @($lines[1..3] | ForEach-Object { ($_ -replace '[^#]').Length })
        $bars | Should -Be 10, 42, 21
        $lines[2] | Should -Be ('2026-08  $100.00  ' + '#' * 42)
    }

    It 'tells nothing, zero and less than zero apart, without colour' {
        $lines = @((New-Period 2026-01-01 @{ Cashflow = -5000 }), (New-Period 2026-02-01 @{ Cashflow = 10000 }), (New-Period 2026-03-01), (New-Period 2026-04-01 @{ Cashflow = 0 }), (New-Period 2026-05-01 @{ Cashflow = -1 }) |
                Show-PolarMetric -Ascii -Width 60)
        $lines[1] | Should -Match '^2026-01  -\$50\.00  -+\|$'
        $lines[2] | Should -Match '^2026-02  \$100\.00 +\|#+$'
        $lines[3] | Should -Match '^2026-03 +-$'
        $lines[4] | Should -Match '^2026-04 +\$0\.00 +\|$'
        $lines[5] | Should -Match '^2026-05 +-\$0\.01 +-\|$'
        # The axis is in one place, and what is negative is as long as it is.
        ($lines[1, 2, 4, 5] | ForEach-Object { $_.IndexOf('|') } | Sort-Object -Unique).Count | Should -Be 1
        $lines -join '' | Should -Not -Match ([char]0x1B)
        foreach ($line in $lines) { $line.Length | Should -BeLessOrEqual 60 }
    }

    It 'draws only zeros, nothing at all, and one period' {
        @((New-Period 2026-01-01 @{ Orders = 0 }), (New-Period 2026-02-01 @{ Orders = 0 }) | Show-PolarMetric -Ascii) | Should -Be 'Orders', '2026-01  0', '2026-02  0'
        @(New-Period 2026-01-01 @{ Orders = 3 } | Show-PolarMetric -Ascii -Width 40) | Should -Be 'Orders', ('2026-01-01  3  ' + '#' * 25)
        Set-Answer @(, @('2026-01-01T00:00:00Z', @{ orders = $null })) @{ orders = @{ slug = 'orders'; display_name = 'Orders'; type = 'scalar' } }
        @(Get-PolarMetric orders | Show-PolarMetric -Ascii) | Should -Be 'Orders', '2026-01-01  -'
        @(Get-PolarMetric orders | Show-PolarMetric -Style Sparkline -Ascii)[-1] | Should -Match 'Orders +- +- +-$'
        (Get-TestError { New-Period 2026-01-01 | Show-PolarMetric })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument*'
    }

    It 'draws several metrics as lines, with the latest, lowest and highest' {
        $lines = @(Get-PolarMetric orders, revenue, churn_rate, cashflow | Show-PolarMetric -Ascii:$false)
        $lines.Count | Should -Be 6
        $lines[0] | Should -Match '^\d{4}-\d\d to \d{4}-\d\d$'
        $lines[1] | Should -Match 'Latest +Lowest +Highest$'
        $lines[2] | Should -Match "^Orders +[$([char]0x2581)-$([char]0x2588)]{12} "
        foreach ($line in $lines) { $line.Length | Should -BeLessOrEqual 80 }
        @(Get-PolarMetric orders, revenue | Show-PolarMetric -Style Sparkline).Count | Should -Be 4
        @(Get-PolarMetric orders, revenue | Show-PolarMetric -Metric rev* -Ascii)[0] | Should -Be 'Revenue'
        @(Get-PolarMetric | Show-PolarMetric -Width 80).Count | Should -Be 57
    }

    It 'folds 400 periods into the width as <Style>, and says so' -ForEach @{ Style = 'Bar' }, @{ Style = 'Sparkline' } {
        $begin = [DateTimeOffset]::new(2025, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
        $periods = @(0..399 | ForEach-Object { New-Period $begin.AddDays($_).ToString('o') @{ Orders = $(if ($_ -eq 123) { 777 } else { $_ % 5 }) } })
        $lines = @($periods | Show-PolarMetric -Style $Style -Ascii -Width 80)
        $lines.Count | Should -BeLessOrEqual 70
        foreach ($line in $lines) { $line.Length | Should -BeLessOrEqual 80 }
        $lines[1] | Should -Match '^400 periods in \d+ (lines|columns): of every \d+ the one furthest from zero\.$'
        # What stands out is not lost in the fold.
        $lines -join "`n" | Should -Match '777'
        if ($Style -eq 'Bar') { @($lines -like '2025-05-04  777*').Count | Should -Be 1 }
    }

    It 'begins anew where the time does not go on' {
        $both = @((New-Period 2026-01-01 @{ Orders = 1 }), (New-Period 2026-02-01 @{ Orders = 2 }), (New-Period 2026-01-01 @{ Orders = 3 }), (New-Period 2026-02-01 @{ Orders = 4 }))
        $lines = @($both | Show-PolarMetric -Ascii)
        @($lines -eq 'Orders').Count | Should -Be 2
        $lines[3] | Should -Be ''
    }

    It 'shows a name that would do something as the text that it is' {
        $name = "Money`e]0;x`a`r`n$([char]0x202E)$([char]0x200B)" + ('y' * 300)
        Set-Answer @(@('2026-01-01T00:00:00Z', @{ revenue = 5 }), @('2026-02-01T00:00:00Z', @{ revenue = 5 })) @{ revenue = @{ slug = 'revenue'; display_name = $name; type = 'currency' } }
        foreach ($style in 'Bar', 'Sparkline') {
            foreach ($ascii in $true, $false) {
                $lines = @(Get-PolarMetric revenue | Show-PolarMetric -Style $style -Ascii:$ascii)
                foreach ($line in $lines) { $line.Length | Should -BeLessOrEqual 80 }
                $lines -join '' | Should -Not -Match "[\x00-\x1F$([char]0x202E)$([char]0x200B)]"
                if ($ascii) { $lines -join '' | Should -Not -Match '[^\x20-\x7E]' }
            }
        }
    }

    It 'draws figures beyond all measure' {
        $lines = @((New-Period 2026-01-01 @{ Revenue = [decimal]::MaxValue }), (New-Period 2026-02-01 @{ Revenue = [decimal]::MinValue }), (New-Period 2026-03-01 @{ Revenue = 1 }) | Show-PolarMetric -Ascii)
        foreach ($line in $lines) { $line.Length | Should -BeLessOrEqual 80 }
        $lines[1] | Should -Match 'E\+28'
        @(New-Period 2026-01-01 @{ ChurnRate = [decimal]::MaxValue } | Show-PolarMetric -Ascii).Count | Should -Be 2
    }

    It 'draws copies from a file or a job' {
        $file = Join-Path $TestDrive 'periods.xml'
        Get-PolarMetric orders, revenue | Export-Clixml $file
        $again = @(Import-Clixml $file | Show-PolarMetric -Ascii -Metric revenue)
        $again | Should -Be @(Get-PolarMetric revenue | Show-PolarMetric -Ascii)
    }

    It 'refuses what is no period' {
        foreach ($other in 'text', 5, (Get-PolarProduct -First 1), (Get-PolarMetric orders -Total)) {
            (Get-TestError { $other | Show-PolarMetric }).Count | Should -BeGreaterThan 0
        }
    }

    It 'needs no console, and takes ASCII where the console has no UTF-8' {
        $script = @'
Import-Module $env:MODULE
Connect-Polar -Environment Emulator
[Console]::OutputEncoding = [Text.Encoding]::GetEncoding($env:ENCODING)
$lines = @(Get-PolarMetric monthly_recurring_revenue | Show-PolarMetric)
$text = $lines -join ''
"LINES $($lines.Count) LONGEST $(($lines | Measure-Object Length -Maximum).Maximum) ASCII $($text -notmatch '[^ -~]') BARS $($text -match '##')"
'@
        $ascii = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); ENCODING = 'us-ascii' } -Script $script
        $ascii -join "`n" | Should -Match 'LINES 13 LONGEST \d\d ASCII True BARS True'
        $unicode = Invoke-Fresh -Environment @{ MODULE = (Get-TestModulePath); ENCODING = 'utf-8' } -Script $script
        $unicode -join "`n" | Should -Match 'LINES 13 LONGEST \d\d ASCII False BARS False'
    }
}

Describe 'about_PolarPS_Metrics' {
    BeforeAll {
        Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
        $script:sections = @(Get-TopicSection about_PolarPS_Metrics)
        Push-Location (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $before = @(Get-PolarConnection | Where-Object IsSelected | ForEach-Object Name)
    }

    AfterAll {
        Pop-Location
        if ($before) { Select-PolarConnection $before[0] }
    }

    It 'has examples that run, each with a result' {
        $blocks = @($sections | ForEach-Object { $_.Blocks | ForEach-Object { $_ -join "`n" } })
        $blocks.Count | Should -BeGreaterThan 10
        foreach ($block in $blocks) {
            $output = @(& ([scriptblock]::Create($block)))
            if ($block -notmatch '^Connect-Polar|Export-PolarMetricReport') { $output.Count | Should -BeGreaterThan 0 -Because $block }
        }
        'metrics.html', 'metrics.csv' | ForEach-Object { $_ | Should -Exist }
    }

    It 'names every metric''s cmdlet' {
        $text = $sections.Text + ($sections.Blocks | ForEach-Object { $_ -join ' ' }) -join ' '
        foreach ($name in (Get-Command -Module PolarPS -Noun PolarMetric*).Name -notmatch '^(Set|Remove)') { $text | Should -Match $name }
    }

    It 'says how many metrics the table shows, and which times are chosen' {
        $text = $sections.Text -join ' '
        $text | Should -Match 'shows four of them'
        (Get-PolarMetric | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ -match '^Period' } | ForEach-Object { ($_ -split ' {1,}(?=\w+ *)').Count | Should -BeGreaterThan 4 }
    }
}
