# The report of metrics as an HTML file: what is written of it, and what a real browser makes of it. The browser is Chromium, by the
# variable POLARPS_TEST_BROWSER or one of its usual names; without it those tests are skipped, and say so.

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:testHost = Start-TestHost
    Connect-TestHost $testHost -With @{ MaximumRetryCount = 0 }
    $names = @($env:POLARPS_TEST_BROWSER, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge') | Where-Object { $_ }
    $script:browser = @(Get-Command $names -CommandType Application -ErrorAction Ignore)[0].Source
    $script:absence = 'there is no Chromium: install it, or set POLARPS_TEST_BROWSER to its path'
    $script:periods = @(Get-PolarMetric orders, revenue, churn_rate, cashflow)

    function New-Report {
        # A report of periods in a file of its own: its path.
        param([object[]] $Period = $periods, [hashtable] $With = @{})
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).html"
        $Period | Export-PolarMetricReport $file @With
        $file
    }

    function New-HostilePeriod {
        # Two periods of a metric with a name of the given kind.
        param([string] $Name)
        $body = ConvertTo-Json -Depth 5 -Compress -InputObject @{
            periods = @(@{ timestamp = '2026-01-01T00:00:00Z'; revenue = 500 }, @{ timestamp = '2026-02-01T00:00:00Z'; revenue = -100 })
            totals = @{}
            metrics = @{ revenue = @{ slug = 'revenue'; display_name = $Name; type = 'currency' } }
        }
        Set-HostFault $testHost @{ method = 'GET'; path = '/v1/metrics/'; status = 200; body = $body }
        Get-PolarMetric revenue
        Set-HostFault $testHost
    }

    function Invoke-Browser {
        # Opens a file without a window: Dom is the page as it was rendered, Log what the console says of it.
        param([string] $Path, [string[]] $More = '--dump-dom')
        $profileFolder = Join-Path $TestDrive ([guid]::NewGuid())
        $log = "$profileFolder.log"
        $options = @('--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
            "--user-data-dir=$profileFolder", '--enable-logging=stderr') + $More + [UriBuilder]::new('file', '', -1, $Path).Uri.AbsoluteUri
        $dom = & $browser @options 2> $log
        [pscustomobject]@{ Dom = $dom -join "`n"; Log = @(Get-Content $log | Where-Object { $_ -match 'CONSOLE' }) }
    }
}

AfterAll {
    Disconnect-Polar -All
    Stop-TestHost $testHost
}

Describe 'Export-PolarMetricReport' {
    It 'writes one file, with a chart and a table for each metric' {
        $text = [IO.File]::ReadAllText((New-Report))
        ([regex]::Matches($text, '<svg ')).Count | Should -Be 4
        ([regex]::Matches($text, '<table>')).Count | Should -Be 4
        ([regex]::Matches($text, '<tr><th>\d{4}-\d\d</th>')).Count | Should -Be 48
        foreach ($period in $periods) { foreach ($figure in $period.Figures) { $text | Should -Match ([regex]::Escape("<tr><th>$($period.Period.Substring(0, 7))</th><td>$($figure.Text)</td></tr>")) } }
        $text | Should -Not -Match '<\w[^>]*\son\w+='
    }

    It 'has no script, no address, and a policy of its own styles only' {
        $bytes = [IO.File]::ReadAllBytes((New-Report))
        $bytes[0..14] | Should -Be ([Text.Encoding]::ASCII.GetBytes('<!DOCTYPE html>'))
        $text = [Text.Encoding]::UTF8.GetString($bytes)
        $text | Should -Not -Match '(?i)<script|<link|<img|<iframe|<object|<base|\bsrc=|href|url\(|@import|https?:|//|style='
        $text -match "content=""default-src 'none'; style-src 'sha256-([^']+)'; base-uri 'none'; form-action 'none'""" | Should -BeTrue
        $hash = $Matches[1]
        $style = [regex]::Match($text, '(?s)<style>(.*?)</style>').Groups[1].Value
        [Convert]::ToBase64String([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($style))) | Should -Be $hash
        $style | Should -Not -Match "`r"
    }

    It 'replaces a file only with -Force, and says so before anything is read' {
        $file = New-Report
        $before = [IO.File]::ReadAllText($file)
        $problem = (Get-TestError { $periods | Export-PolarMetricReport $file -Title Other })[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'PolarFileExists*'
        $problem.ErrorDetails.RecommendedAction | Should -Match '-Force'
        [IO.File]::ReadAllText($file) | Should -BeExactly $before
        ($periods | Export-PolarMetricReport $file -Title Other -Force -PassThru).FullName | Should -Be $file
        [IO.File]::ReadAllText($file) | Should -Match '<h1>Other</h1>'
        Clear-HostRequest $testHost
        $null = Get-TestError { Get-PolarMetric | Export-PolarMetricReport $file }
        @(Get-HostRequest $testHost).Count | Should -Be 0
    }

    It 'writes nothing with -WhatIf, into no folder, and leaves nothing beside the file' {
        $file = Join-Path $TestDrive 'never.html'
        $periods | Export-PolarMetricReport $file -WhatIf
        $file | Should -Not -Exist
        (Get-TestError { $periods | Export-PolarMetricReport (Join-Path $TestDrive 'none/r.html') })[0].FullyQualifiedErrorId | Should -BeLike 'PolarFileFailed*'
        (Get-TestError { $periods | Export-PolarMetricReport env:x })[0].FullyQualifiedErrorId | Should -Not -BeNullOrEmpty
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'alone')).FullName
        $periods | Export-PolarMetricReport (Join-Path $folder 'r.html')
        (Get-ChildItem $folder -Force).Name | Should -Be 'r.html'
        (Get-TestError { [PolarPS.Client.Models.MetricPeriod]::new() | Export-PolarMetricReport $file })[0].FullyQualifiedErrorId | Should -BeLike 'PolarInvalidArgument*'
        $file | Should -Not -Exist
    }

    It 'encodes every name: <_>' -ForEach '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onload='x", '</title></style><b>', '&lt;b&gt; & co' {
        # Both are names of the apostrophe.
        $text = [IO.File]::ReadAllText((New-Report (New-HostilePeriod $_) @{ Title = $_ })).Replace('&apos;', '&#39;')
        $encoded = [Net.WebUtility]::HtmlEncode($_)
        # The title of the page and on it; the chart, its heading and its table.
        ([regex]::Matches($text, [regex]::Escape($encoded))).Count | Should -Be 5
        $text.Contains($_) | Should -BeFalse
    }

    It 'makes characters that hide or reorder text visible' {
        $text = [IO.File]::ReadAllText((New-Report (New-HostilePeriod "Net`e[2J$([char]0x202E)money$([char]0x200B)`0")))
        $text | Should -Not -Match "[\x00\x1B$([char]0x202E)$([char]0x200B)]"
        $text | Should -Match '&lt;U\+202E&gt;'
    }
}

Describe 'The report in a browser' {
    It 'is rendered as it was written, and the console has nothing to say' {
        if (-not $browser) { Set-ItResult -Skipped -Because $absence; return }
        $page = Invoke-Browser (New-Report)
        $page.Log | Should -BeNullOrEmpty
        ([regex]::Matches($page.Dom, '<svg ')).Count | Should -Be 4
        $drawn = @($periods.Figures | Where-Object { $null -ne $_.Value }).Count
        ([regex]::Matches($page.Dom, '<rect class="bar')).Count | Should -Be $drawn
        foreach ($figure in $periods[-1].Figures) { $page.Dom | Should -Match ([regex]::Escape("latest $($figure.Text)</p>")) }
    }

    It 'has the styles of its policy: others are refused' {
        if (-not $browser) { Set-ItResult -Skipped -Because $absence; return }
        $file = New-Report
        $text = [IO.File]::ReadAllText($file)
        [IO.File]::WriteAllText($file, $text.Replace('margin: 2rem', 'margin: 3rem'))
        (Invoke-Browser $file).Log | Should -Match 'inline style violates'
    }

    It 'makes text of a name that would be a script' {
        if (-not $browser) { Set-ItResult -Skipped -Because $absence; return }
        $name = '<script>document.title = "taken"</script><img src=x onerror="document.title = 1">'
        $page = Invoke-Browser (New-Report (New-HostilePeriod $name) @{ Title = $name })
        $page.Log | Should -BeNullOrEmpty
        $page.Dom | Should -Not -Match '<script|<img'
        # The browser writes what it has as text with entities again.
        $page.Dom | Should -Match ([regex]::Escape('<h2>&lt;script&gt;document.title = "taken"&lt;/script&gt;&lt;img src=x onerror="document.title = 1"&gt;</h2>'))
        $page.Dom | Should -Match ([regex]::Escape('<title>&lt;script&gt;document.title = "taken"'))
    }

    It 'asks nobody for anything, even where something was put into it' {
        if (-not $browser) { Set-ItResult -Skipped -Because $absence; return }
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            $file = New-Report
            $text = [IO.File]::ReadAllText($file)
            $image = "<img src=""http://127.0.0.1:$($listener.LocalEndpoint.Port)/x.png""><script>document.title = 'taken'</script></body>"
            [IO.File]::WriteAllText($file, $text.Replace('</body>', $image))
            $page = Invoke-Browser $file
            $page.Log -join "`n" | Should -Match 'image .* violates'
            $page.Log -join "`n" | Should -Match 'script violates'
            $page.Dom | Should -Match '<title>Polar metrics</title>'
            $listener.Pending() | Should -BeFalse
            # Without the policy it would: so the look at the connections can find one.
            [IO.File]::WriteAllText($file, ($text -replace '<meta http-equiv[^>]+>').Replace('</body>', $image))
            (Invoke-Browser $file '--dump-dom', '--timeout=3000').Dom | Should -Match '<title>taken</title>'
            $listener.Pending() | Should -BeTrue
        }
        finally { $listener.Stop() }
    }

    It 'is drawn: a picture with charts is larger than one of an empty page' {
        if (-not $browser) { Set-ItResult -Skipped -Because $absence; return }
        $file = New-Report
        $size = foreach ($page in $file, "$file.empty.html") {
            if ($page -ne $file) { [IO.File]::WriteAllText($page, ([IO.File]::ReadAllText($file) -replace '(?s)<svg.*?</svg>')) }
            $null = Invoke-Browser $page "--screenshot=$page.png", '--window-size=900,1600', '--hide-scrollbars'
            (Get-Item "$page.png").Length
        }
        $size[0] | Should -BeGreaterThan ($size[1] + 2000)
    }
}
