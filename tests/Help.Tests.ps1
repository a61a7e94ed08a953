BeforeDiscovery {
    # A block that begins so needs a person, a vault or an account. Everything else runs.
    $notRun = '# not run by the tests: '
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../PolarPS.psd1").CmdletsToExport
    $topics = @(Get-ChildItem "$PSScriptRoot/../docs" -Filter 'about_*.md' | ForEach-Object BaseName)
    $examples = foreach ($cmdlet in $cmdlets) {
        $page = "$PSScriptRoot/../docs/PolarPS/$cmdlet.md"
        if (-not (Test-Path $page)) { continue }
        $number = 0
        foreach ($section in (Get-Content $page -Raw -Encoding utf8) -split '(?m)^### Example ' | Select-Object -Skip 1) {
            $number++
            foreach ($block in [regex]::Matches(($section -split '(?m)^## ')[0], '(?ms)^```powershell\r?\n(.*?)\r?\n```')) {
                $code = $block.Groups[1].Value -replace "`r"
                @{
                    Cmdlet = $cmdlet
                    Key    = "$cmdlet $number at $($block.Index)"
                    Title  = ($section -split '\r?\n')[0]
                    Code   = $code
                    IsRun  = -not $code.StartsWith($notRun)
                    # Windows PowerShell has no ForEach-Object -Parallel.
                    IsCore = $code -match '-Parallel\b'
                }
            }
        }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-Module "$PSScriptRoot/../tools/PolarPS.Help.psm1" -Force
    Import-TestModule
    $script:docs = (Resolve-Path "$PSScriptRoot/../docs").Path
    $script:modulePath = Get-TestModulePath
    $script:platyPS = Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS | Where-Object Version -GE ([version]'1.0.0') | Select-Object -First 1
    if ($platyPS) { Import-Module $platyPS.Path }

    function Get-PagePath { param([string] $Cmdlet) Join-Path $docs "PolarPS/$Cmdlet.md" }

    function Get-PageText { param([string] $Cmdlet) (Get-Content (Get-PagePath $Cmdlet) -Raw -Encoding utf8) -replace "`r" }

    function Get-OwnParameter {
        # The names of a cmdlet's parameters, without those that PowerShell gives to every cmdlet.
        param([string] $Cmdlet)
        $common = [Management.Automation.PSCmdlet]::CommonParameters
        (Get-Command $Cmdlet -Module PolarPS).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
    }

    function Get-Plain {
        # Help as one text.
        param($Help)
        (($Help | Out-String -Width 4096) -replace "`r") -replace '(?m)[ \t]+$'
    }

    function Join-Trimmed {
        # A text without its indentation and empty lines, which help adds and leaves out as it likes.
        param([string] $Text)
        ($Text -split "`n" | ForEach-Object Trim | Where-Object { $_ }) -join "`n"
    }

    function Skip-WithoutPlatyPS {
        if (-not $platyPS) { Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PlatyPS 1.0 is not installed' }
    }
}

Describe 'The help of <_>' -ForEach $cmdlets {
    BeforeAll {
        $cmdlet = $_
        # In full view there is everything; the module's own XML, and not what PowerShell makes up where there is none.
        $help = Get-Help $cmdlet -Full
    }

    It 'has a page' {
        Get-PagePath $cmdlet | Should -Exist
    }

    It 'has a page of the form that PlatyPS wants' {
        Skip-WithoutPlatyPS
        # With -LiteralPath PlatyPS 1.0 says nothing at all.
        Test-MarkdownCommandHelp -Path (Get-PagePath $cmdlet) | Should -BeTrue
    }

    It 'has a page without anything left to fill in' {
        Get-PageText $cmdlet | Should -Not -Match '\{\{|Fill in|\bTODO\b'
    }

    It 'has a page with exactly the parameters of the cmdlet' {
        $onPage = [regex]::Matches((Get-PageText $cmdlet), '(?m)^### -(\w+)$') | ForEach-Object { $_.Groups[1].Value } | Sort-Object
        "$onPage" | Should -Be "$(Get-OwnParameter $cmdlet)"
    }

    It 'has a page whose facts about the parameters are those of the cmdlet' {
        Skip-WithoutPlatyPS
        $describe = {
            param($Parameter)
            $sets = $Parameter.ParameterSets | Sort-Object Name | ForEach-Object {
                "$($_.Name): $($_.Position) $($_.IsRequired) $($_.ValueFromPipeline) $($_.ValueFromPipelineByPropertyName)"
            }
            "$($Parameter.Name) $($Parameter.Type) [$($Parameter.Aliases -join ' ')] $($sets -join '; ')"
        }
        $page = Import-MarkdownCommandHelp -Path (Get-PagePath $cmdlet)
        $real = New-CommandHelp -CommandInfo (Get-Command $cmdlet -Module PolarPS)
        $expected = $real.Parameters | ForEach-Object { & $describe $_ } | Sort-Object
        $page.Parameters | ForEach-Object { & $describe $_ } | Sort-Object | Should -Be $expected
    }

    It 'leads to pages that are there' {
        $links = [regex]::Matches((Get-PageText $cmdlet), '\]\(([\w-]+)\.md\)') | ForEach-Object { $_.Groups[1].Value }
        $links | Should -Not -BeNullOrEmpty
        foreach ($link in $links) { Get-PagePath $link | Should -Exist }
    }

    It 'arrives in the module with synopsis and description' {
        $help.Synopsis | Should -Match '\w+.*\.$'
        $help.Synopsis | Should -Not -Match '\[<CommonParameters>\]'
        (Get-Plain $help.description).Trim().Length | Should -BeGreaterThan 100
    }

    It 'names the operation or says that there is none, and the scope' {
        $text = Get-Plain $help.description
        $map = Get-ReferencePath 'cmdlets.tsv'
        $served = @(if (Test-Path $map) { Import-Csv $map -Delimiter "`t" | Where-Object cmdlet -EQ $cmdlet | ForEach-Object operationId })
        # Of those that serve none the page says that they send nothing, or which operations they are part of.
        if ($served.Count -eq 0 -or $cmdlet -eq 'Connect-Polar') { $served = @('operation') }
        foreach ($operation in $served) { ($text -replace '\s+', ' ') | Should -Match ([regex]::Escape($operation)) }
        $text | Should -Match '\bscope\b'
    }

    It 'describes every parameter' {
        foreach ($name in Get-OwnParameter $cmdlet) {
            $parameter = $help.parameters.parameter | Where-Object name -EQ $name
            $parameter | Should -Not -BeNullOrEmpty -Because "-$name is a parameter"
            (Get-Plain $parameter.description).Trim() | Should -Match '\w.{15,}' -Because "-$name is to be described"
        }
    }

    It 'has at least two examples, one of them with a pipe' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        # In code, not in a table or a sentence.
        $help.examples.example.code -match '\|' | Should -Not -BeNullOrEmpty
    }
}

Describe 'The examples' -ForEach @{ All = $examples } {
    BeforeAll {
        # All in one process, one after the other; each in a runspace of its own, with a shop of its own. A name that is not
        # a whole path is below a folder of its own too.
        $script:inModule = @{}
        $script:results = @{}
        $script:noise = ''
        $file = Join-Path $TestDrive 'examples.json'
        $running = @($All | Where-Object { $_.IsRun -and ($PSVersionTable.PSEdition -eq 'Core' -or -not $_.IsCore) })
        ConvertTo-Json -InputObject @($running | ForEach-Object { [pscustomobject]@{ Key = $_.Key; Code = $_.Code } }) |
            Set-Content $file -Encoding utf8
        $modules = Split-Path (Split-Path (Split-Path $modulePath))
        $lines = Invoke-Fresh -Environment @{ EXAMPLES = $file; MODULES = $modules; MANIFEST = $modulePath } -Script @'
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Where installed modules are found, so that new runspaces load it by themselves.
$env:PSModulePath = $env:MODULES + [IO.Path]::PathSeparator + $env:PSModulePath
Import-Module $env:MANIFEST
$temporary = Split-Path $env:EXAMPLES
$number = 0
foreach ($example in Get-Content $env:EXAMPLES -Raw -Encoding utf8 | ConvertFrom-Json | ForEach-Object { $_ }) {
    Disconnect-Polar -All
    Remove-Item Env:POLAR_ACCESS_TOKEN, Env:POLAR_ENVIRONMENT, Env:POLAR_ORGANIZATION_ID -ErrorAction Ignore
    $number++
    $folder = New-Item -ItemType Directory (Join-Path $temporary "run$number")
    $shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
    $problems = @()
    try {
        $null = $shell.AddScript('param($folder) Set-Location $folder; Connect-Polar -Environment Emulator').AddArgument($folder.FullName).Invoke()
        $shell.Commands.Clear()
        # Formatted as at a prompt: a view that fails is a failure.
        $null = $shell.AddScript($example.Code).AddCommand('Out-String').Invoke()
    }
    catch { $problems += "$_" }
    $problems += $shell.Streams.Error | ForEach-Object { "$($_.FullyQualifiedErrorId): $_" }
    $shell.Dispose()
    'RESULT ' + (ConvertTo-Json -Compress -InputObject @{ Key = $example.Key; Problem = ($problems -join '; ') })
}
'@
        foreach ($line in $lines) {
            if ($line -notlike 'RESULT *') { $script:noise += "$line`n"; continue }
            $result = $line.Substring(7) | ConvertFrom-Json
            $script:results[$result.Key] = $result.Problem
        }
    }

    It '<Cmdlet>: <Title>' -ForEach $examples {
        if (-not $IsRun) {
            Set-ItResult -Skipped -Because $Code.Split("`n")[0].TrimStart('# ')
        }
        elseif ($IsCore -and $PSVersionTable.PSEdition -ne 'Core') {
            Set-ItResult -Skipped -Because 'Windows PowerShell has no ForEach-Object -Parallel'
        }
        else {
            $results.Keys | Should -Contain $Key -Because "it has to end; the process said: $noise"
            $results[$Key] | Should -BeNullOrEmpty
        }
    }

    It '<Cmdlet>: <Title>, as in the module' -ForEach $examples {
        # Copied from Get-Help, it has the same lines.
        if (-not $inModule.ContainsKey($Cmdlet)) { $inModule[$Cmdlet] = Join-Trimmed (Get-Plain (Get-Help $Cmdlet -Full).examples) }
        $inModule[$Cmdlet].Contains((Join-Trimmed $Code)) | Should -BeTrue -Because "the code is in the text:`n$($inModule[$Cmdlet])"
    }

    It 'are written so that a console leaves them whole' {
        # Help is indented by four.
        $lines = $All | ForEach-Object { foreach ($line in $_.Code -split "`n") { "$($_.Cmdlet): $line" } }
        $lines | Where-Object { $_ -match '^[\w-]+: .{76,}$' } | Should -BeNullOrEmpty
    }

    It 'are run but for a few' {
        $skipped = @($All | Where-Object { -not $_.IsRun }).Count
        $skipped | Should -BeLessOrEqual ($All.Count / 4)
    }
}

Describe 'The topic <_>' -ForEach $topics {
    BeforeAll {
        $topic = $_
        $lines = Get-Content (Join-Path $docs "$topic.md") -Encoding utf8
    }

    It 'names only cmdlets that are there' {
        $names = [regex]::Matches($lines -join "`n", '\b[A-Z][a-z]+-Polar\w*') | ForEach-Object Value | Sort-Object -Unique
        $exported = (Get-Module PolarPS).ExportedCmdlets.Keys
        $names | Where-Object { $_ -notin $exported } | Should -BeNullOrEmpty
    }
}

Describe 'The examples of about_PolarPS' {
    BeforeDiscovery {
        Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
        Import-TestModule
        # Blocks that call a cmdlet are examples; the others are tables. One needs a person.
        $blocks = foreach ($section in Get-TopicSection about_PolarPS) {
            $number = 0
            foreach ($lines in $section.Blocks) {
                $code = $lines -join "`n"
                $number++
                if ($code -match '(?m)(^ *|[|(=] *)[A-Z][a-z]+-Polar' -and $code -notmatch 'Read-Host') { @{ Section = $section.Title; Number = $number; Code = $code } }
            }
        }
    }

    It 'are found' -ForEach @{ Blocks = $blocks } {
        foreach ($section in 'OBJECTS', 'MONEY', 'METADATA', 'TIMES', 'JOBS, REMOTING AND CLIXML', 'PIPELINES AND IDS', 'CHANGES', 'FILES', 'ERRORS') { $Blocks.Section | Should -Contain $section }
    }

    It '<Section>, block <Number>' -ForEach $blocks {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('N')))
        $shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $null = $shell.AddScript({
                    param($Module, $Folder, $Code)
                    $ErrorActionPreference = 'Stop'
                    $ProgressPreference = 'SilentlyContinue'
                    Import-Module $Module
                    Set-Location $Folder
                    Connect-Polar -Environment Emulator
                    # What the text speaks of.
                    $product = Get-PolarProduct -Query 'Atlas of the North Sea'
                    $id = $product.Id
                    $order = Get-PolarOrder -Status paid | Where-Object RefundableAmount -GT 500 | Select-Object -First 1
                    $price = New-PolarPrice 900 -Currency usd
                    . ([scriptblock]::Create($Code)) | Out-String
                }).AddArgument((Get-TestModulePath)).AddArgument($folder.FullName).AddArgument($Code)
            $output = $shell.Invoke() -join ''
            $shell.Streams.Error | Should -BeNullOrEmpty
            if ($Section -eq 'TIMES') { $output.Trim() | Should -Not -BeNullOrEmpty }
        }
        finally { $shell.Dispose() }
    }
}

Describe 'about_PolarPS' {
    It 'explains every error id of the module, and no others' {
        $source = (Get-ChildItem "$PSScriptRoot/../src/PolarPS.Shell/Binding/ErrorRecords*.cs", "$PSScriptRoot/../src/PolarPS.Client/Batches/BatchRun.cs" | Get-Content -Raw) -join "`n"
        $inSource = [regex]::Matches($source, '"(Polar[A-Z]\w+)"') | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique
        # As it ships: each id is a line of its own, with its text below.
        $text = (ConvertTo-AboutText (Get-Content "$docs/about_PolarPS.md" -Raw -Encoding utf8)) -split "`n"
        $explained = $text | Where-Object { $_ -match '^    Polar[A-Z]\w+$' } | ForEach-Object Trim | Sort-Object -Unique
        $explained | Should -Be $inSource
    }
}
