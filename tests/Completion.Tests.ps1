# Completion never runs anything: whatever a buyer wrote, what the tab key inserts is one argument, a constant, with that value.
BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $null = Start-PolarEmulator -Name completion
    Connect-Polar -Environment Emulator -Name completion

    Add-Type -Path "$PSScriptRoot/support/CompletionFuzz.cs" -IgnoreWarnings -WarningAction SilentlyContinue

    function Test-OneConstant {
        # What PowerShell's parser makes of a line: $null where it is one command whose last argument is this constant, else why not.
        param([string] $Line, [string] $Value, [switch] $AnyValue)
        [PolarPS.Tests.CompletionFuzz]::Check($Line, $(if ($AnyValue) { [NullString]::Value } else { $Value }))
    }

    function Get-CompletedLine {
        # A line as it stands after each of the completions that are offered.
        param([string] $Line)
        $result = [Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null)
        foreach ($match in $result.CompletionMatches) {
            $Line.Remove($result.ReplacementIndex, $result.ReplacementLength).Insert($result.ReplacementIndex, $match.CompletionText)
        }
    }

    $script:assembly = [PolarPS.PolarConnection].Assembly
    $script:argument = $assembly.GetType('PolarPS.Commands.Completions').GetMethod('Argument', [Reflection.BindingFlags]'Static, NonPublic, Public')
    $script:hiddenLetter = '[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F\uFEFF]'
    $script:hostile = @(
        "x$([char]0x2019); Write-Host PWNED; $([char]0x2018)y", "a'b", "it''s", 'a"b', "a$([char]0x201C)b$([char]0x201D)c$([char]0x201E)", "$([char]0x201A)low$([char]0x201B)",
        '$(Write-Host PWNED)', '$env:PATH', '`n', 'a;b', 'a|b', 'a&b', 'a && b', '@splat', '@(1)', '{1}', '(1)', '#no', '<# no #>', '--%', '-Confirm:$false', '-', '--', '>x', '2>&1', '1..5',
        '1', '007', '1kb', '0x10', '1e3', '1.5', '$null', 'true', '*', '?', '[a]', '~', '%', "line`nbreak", "line`r`nbreak; Write-Host PWNED", "tab`there", "'@", "@'", '"@', '@"', 'a b',
        '...', '/', '\', 'C:\x', 'a,b', ',', '!', '^', '=', ':', '::', '.x', '. x', '& x', 'ünï', "$([char]0x2013)dash", "$([char]0x2014)dash", "$([char]0x2015)dash", "x$([char]0x00A0)y", "x$([char]0x2003)y", "x$([char]0x3000)y"
    )
}

AfterAll { Disconnect-Polar -All; Stop-PolarEmulator completion -Confirm:$false -ErrorAction SilentlyContinue }

Describe 'A completed value' {
    It 'is one constant argument, whatever it is and whichever quote was typed' {
        foreach ($value in $hostile) {
            foreach ($quote in [char]0, [char]"'", [char]'"') {
                $text = $argument.Invoke($null, @($value, $quote))
                $text | Should -Not -BeNullOrEmpty -Because "'$value' can be written"
                Test-OneConstant "Get-X -Id $text" $value | Should -BeNullOrEmpty
            }
        }
    }

    It 'is one constant argument for 20,000 texts' {
        $offered = 0
        $function = [Delegate]::CreateDelegate([Func[string, char, string]], $argument)
        $problems = [PolarPS.Tests.CompletionFuzz]::Run($function, 14, 20000, [ref] $offered)
        $problems | Select-Object -First 5 | Should -BeNullOrEmpty
        $offered | Should -BeGreaterThan 7000
    }

    It 'stays without quotes where it is plain' {
        foreach ($value in '3f2c8a52-6a0b-4f57-8d7c-0c6d1f0f9a11', 'ada@example.com', 'usd', 'GET', 'created_at', 'v1.2', 'en-US') { $argument.Invoke($null, @($value, [char]0)) | Should -Be $value }
    }
}

Describe 'Completion at the prompt' {
    BeforeAll {
        $script:customers = @{}
        $number = 0
        foreach ($value in $hostile) {
            $number++
            # Polar refuses some of these; what it takes has to be completed well.
            $customer = New-PolarCustomer "completion$number@example.com" -ExternalId $value -Name "Buyer $number $value" -ErrorAction SilentlyContinue
            if ($customer) { $customers[$value] = $customer }
        }
        $null = Get-PolarCustomer
        Remove-Item Env:POLARPS_LIVE_COMPLETION -ErrorAction SilentlyContinue
    }

    It 'offers external ids that a buyer can choose as constants, after <Typed>' -ForEach @(
        @{ Typed = 'nothing'; Word = '' }
        @{ Typed = 'a single quote'; Word = "'" }
        @{ Typed = 'a double quote'; Word = '"' }
        @{ Typed = 'a typographic single quote'; Word = [string][char]0x2018 }
        @{ Typed = 'a typographic double quote'; Word = [string][char]0x201C }
    ) {
        $customers.Count | Should -BeGreaterThan 30
        $lines = @(Get-CompletedLine "Get-PolarCustomer -ExternalId $Word")
        $lines.Count | Should -BeGreaterThan 30
        foreach ($line in $lines) { Test-OneConstant $line -AnyValue | Should -BeNullOrEmpty }
        $values = foreach ($line in $lines) {
            [Management.Automation.Language.Parser]::ParseInput($line, [ref] $null, [ref] $null).EndBlock.Statements[0].PipelineElements[0].CommandElements[2].Value
        }
        foreach ($value in $customers.Keys) { $values | Should -Contain $value }
    }

    It 'goes on from what was typed within quotes' {
        $name = "o'neill $(Get-Random)"
        $null = New-PolarCustomer "oneill$(Get-Random)@example.com" -ExternalId $name | Get-PolarCustomer
        foreach ($typed in "'o''nei", '"o''nei', "$([char]0x2018)o''nei", "$([char]0x201C)o'nei", "'o$([char]0x2019)'nei") {
            $lines = @(Get-CompletedLine "Get-PolarCustomer -ExternalId $typed")
            $lines | Should -HaveCount 1 -Because $typed
            Test-OneConstant $lines[0] $name | Should -BeNullOrEmpty
        }
    }

    It 'shows list texts and tips with their control characters visible' {
        $escape = "Nasty $([char]27)[2J`r`n$([char]0x202E)name"
        $customer = New-PolarCustomer "nasty$(Get-Random)@example.com" -ExternalId "nasty$(Get-Random)"
        $customer = Set-PolarCustomer $customer -Name $escape
        $null = New-PolarDiscount -Name $escape -Percent 5 -Duration once
        $null = New-PolarProduct -Name $escape -Price (New-PolarPrice 500 -Currency usd)
        $null = Get-PolarCustomer; $null = Get-PolarDiscount; $null = Get-PolarProduct
        $matched = foreach ($line in 'Get-PolarCustomer -Id ', 'Get-PolarCustomer -ExternalId ', 'Get-PolarDiscount -Id ', 'Get-PolarProduct -Id ') { Get-Completion $line }
        @($matched | Where-Object ListItemText -Like "*$([char]0x241B)*").Count | Should -BeGreaterOrEqual 2
        foreach ($match in $matched) { $match.ListItemText + $match.ToolTip | Should -Not -Match ($hiddenLetter + '|[\r\n]') }
    }
}

Describe 'Every completer' {
    It 'gives constants only, also among hostile names' {
        $problems = [Collections.Generic.List[string]]::new()
        $checked = 0
        $completers = @(foreach ($command in Get-Command -Module PolarPS) {
                foreach ($parameter in $command.Parameters.Values) {
                    foreach ($attribute in $parameter.Attributes | Where-Object { $_ -is [ArgumentCompleter] }) { [pscustomobject]@{ Type = $attribute.Type; Command = $command.Name; Parameter = $parameter.Name } }
                }
            })
        $completers.Count | Should -BeGreaterThan 150
        $completers.Type | Should -Not -Contain $null -Because 'script blocks as completers are not checked here'
        foreach ($completer in $completers | Sort-Object { "$($_.Type) $($_.Parameter)" } -Unique) {
            foreach ($word in '', "'", '"', [string][char]0x201E) {
                foreach ($result in [Activator]::CreateInstance($completer.Type).CompleteArgument($completer.Command, $completer.Parameter, $word, $null, @{})) {
                    $checked++
                    $problem = Test-OneConstant "$($completer.Command) -$($completer.Parameter) $($result.CompletionText)" -AnyValue
                    if ($problem) { $problems.Add("$($completer.Type.Name): $problem") }
                    if ($result.ListItemText + $result.ToolTip -match ($hiddenLetter + '|[\r\n]')) { $problems.Add("$($completer.Type.Name): $($result.ListItemText) has hidden characters.") }
                }
            }
        }
        $problems | Select-Object -First 5 | Should -BeNullOrEmpty
        $checked | Should -BeGreaterThan 500
    }

    It 'makes its results in one place' {
        $sources = 'PolarPS', 'PolarPS.Shell' | ForEach-Object { Join-Path $PSScriptRoot "../src/$_" }
        if (-not (Test-Path $sources[0])) { Set-ItResult -Skipped -Because 'the sources are not here'; return }
        (Get-ChildItem $sources -Recurse -Filter '*.cs' | Select-String -Pattern 'new CompletionResult\(' -List).Filename | Should -Be 'Completers.cs'
    }
}
