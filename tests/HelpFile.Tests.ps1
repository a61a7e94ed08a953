# Compares the committed XML of Get-Help with the pages and the cmdlets, without PlatyPS. This file has its own reader of pages,
# so that a mistake in tools/PolarPS.Help.psm1 cannot hide itself.
# Long because the making of the help file and the file itself are held against each other.

BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../PolarPS.psd1").CmdletsToExport
    $topics = @(Get-ChildItem "$PSScriptRoot/../docs" -Filter 'about_*.md' | ForEach-Object BaseName)
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-Module "$PSScriptRoot/../tools/PolarPS.Help.psm1" -Force
    Import-TestModule
    $script:root = (Resolve-Path "$PSScriptRoot/..").Path
    $script:file = Join-Path $root 'src/PolarPS/en-US/PolarPS.dll-Help.xml'
    $script:raw = [IO.File]::ReadAllText($file)
    $script:xml = [xml]$raw
    $script:space = [Xml.XmlNamespaceManager]::new($xml.NameTable)
    $space.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $space.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    $space.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')
    $script:manifest = Import-PowerShellDataFile (Join-Path $root 'PolarPS.psd1')
    $script:remedy = 'the committed help must match the pages and the cmdlets; run: pwsh ./build.ps1 -Task Help'
    $script:platyPS = Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS | Where-Object Version -GE ([version]'1.0.0') | Select-Object -First 1

    function Get-Node { param($From, [string] $Path) @($From.SelectNodes($Path, $space)) }

    function Get-NodeText { param($From, [string] $Path) $node = $From.SelectSingleNode($Path, $space); if ($node) { $node.InnerText } else { '' } }

    function Get-XmlCommand { param([string] $Name) Get-Node $xml.DocumentElement "command:command[command:details/command:name='$Name']" | Select-Object -First 1 }

    function Get-XmlUnit {
        # Returns the texts below an element: paragraphs, list items and lines of code.
        param($Element)
        if (-not $Element) { return }
        foreach ($para in Get-Node $Element './/maml:para') {
            $mark = if ($para.ParentNode.LocalName -eq 'listItem') { '- ' } else { '' }
            foreach ($line in $para.InnerText.Split("`n")) { if ($line.Trim()) { $mark + $line.Trim() } }
        }
    }

    function Get-PlainText {
        # Removes inline Markdown from a text of a page.
        param([string] $Text)
        $plain = [regex]::Replace($Text, '\[([^\]]+)\]\(([^)]+)\)', { param($m) if ($m.Groups[2].Value -like 'http*') { "$($m.Groups[1].Value) ($($m.Groups[2].Value))" } else { $m.Groups[1].Value } })
        ($plain -replace '`' -replace '\*\*(\w[^*]*)\*\*', '$1' -replace '\\([*_<>\[\]])', '$1' -replace '\s+', ' ').Trim()
    }

    function Get-PageUnit {
        # Returns the same from a text of a page.
        param([string] $Text)
        $isCode = $false
        $unit = $null
        foreach ($line in $Text.Split("`n") + '') {
            if ($line -match '^```') { $isCode = -not $isCode; if ($unit) { Get-PlainText $unit }; $unit = $null; continue }
            if ($isCode) { if ($line.Trim()) { $line.Trim() }; continue }
            if (-not $line.Trim() -or $line -match '^\s*- ') { if ($unit) { Get-PlainText $unit }; $unit = $null }
            if ($line.Trim()) { $unit = "$unit $($line.Trim())".Trim() }
        }
    }

    function Get-Section {
        # Splits a page at its headings of one level: title and text.
        param([string] $Text, [string] $Heading)
        foreach ($part in [regex]::Split($Text, "(?m)^$Heading (?=\S)") | Select-Object -Skip 1) {
            $title, $body = $part -split "`n", 2
            [pscustomobject]@{ Title = $title.Trim(); Text = "$body".Trim("`n") }
        }
    }

    function Get-ShortName { param([string] $Type) (($Type -replace '^System\.Nullable`1\[(.*)\]$', '$1') -split '\.')[-1] }

    function Get-YamlValue { param([string] $Yaml, [string] $Key) [regex]::Matches($Yaml, "(?m)^[-\s]*${Key}: (.*)$") | ForEach-Object { $_.Groups[1].Value.Trim() } }

    function Get-PipelineText {
        param([bool] $ByValue, [bool] $ByName)
        $ways = @(if ($ByValue) { 'ByValue' }; if ($ByName) { 'ByPropertyName' })
        if ($ways) { "true ($($ways -join ', '))" } else { 'false' }
    }

    function Get-Page {
        param([string] $Name)
        $text = ([IO.File]::ReadAllText((Join-Path $root "docs/PolarPS/$Name.md"))) -replace "`r"
        $page = @{ HelpUri = [regex]::Match($text, '(?m)^HelpUri: (.*)$').Groups[1].Value }
        foreach ($section in Get-Section $text '##') { $page[$section.Title] = $section.Text }
        $page
    }

    function Get-XmlParameterFact {
        # Describes a parameter of the XML in one line.
        param($Parameter)
        '-{0} <{1}> required {2}, position {3}, pipeline {4}, aliases {5}, wildcards {6}, default {7}' -f (Get-NodeText $Parameter 'maml:name'),
            (Get-NodeText $Parameter 'dev:type/maml:name'), $Parameter.required, $Parameter.position, $Parameter.pipelineInput, $Parameter.aliases,
            $Parameter.globbing, (Get-NodeText $Parameter 'dev:defaultValue')
    }

    function Get-XmlSyntax {
        # Returns a line of SYNTAX, as Get-Help prints it.
        param($Item)
        $words = @(foreach ($parameter in Get-Node $Item 'command:parameter') {
                $word = "-$(Get-NodeText $parameter 'maml:name')"
                if ($parameter.position -ne 'named') { $word = "[$word]" }
                $type = Get-NodeText $parameter 'command:parameterValue'
                if ($type) { $word += " <$type>" }
                if ($parameter.required -eq 'true') { $word } else { "[$word]" }
            })
        (@(Get-NodeText $Item 'maml:name') + $words + '[<CommonParameters>]') -join ' '
    }
}

Describe 'The help of <_>, as committed' -ForEach $cmdlets {
    BeforeAll {
        $cmdlet = $_
        $page = Get-Page $cmdlet
        $help = Get-XmlCommand $cmdlet
    }

    It 'has the synopsis, the description and the notes of the page' {
        $help | Should -Not -BeNullOrEmpty -Because $remedy
        Get-XmlUnit $help.SelectSingleNode('command:details/maml:description', $space) | Should -Be @(Get-PageUnit $page['SYNOPSIS']) -Because $remedy
        Get-XmlUnit $help.SelectSingleNode('maml:description', $space) | Should -Be @(Get-PageUnit $page['DESCRIPTION']) -Because $remedy
        $notes = @(Get-PageUnit $page['NOTES'])
        @(Get-XmlUnit $help.SelectSingleNode('maml:alertSet', $space)) -join "`n" | Should -Be ($notes -join "`n") -Because $remedy
    }

    It 'has the syntax of the page' {
        $expected = @(Get-Section $page['SYNTAX'] '###' | ForEach-Object { ($_.Text -replace '```' -replace '\s+', ' ').Trim() })
        Get-Node $help 'command:syntax/command:syntaxItem' | ForEach-Object { Get-XmlSyntax $_ } | Should -Be $expected -Because $remedy
    }

    It 'has the parameters of the page: descriptions and facts' {
        $sections = @(Get-Section $page['PARAMETERS'] '###' | Where-Object Title -NE 'CommonParameters')
        $parameters = Get-Node $help 'command:parameters/command:parameter'
        $parameters | ForEach-Object { "-$(Get-NodeText $_ 'maml:name')" } | Should -Be @($sections.Title) -Because $remedy
        foreach ($section in $sections) {
            $prose, $yaml = $section.Text -split '(?m)^```yaml$', 2
            $parameter = $parameters | Where-Object { "-$(Get-NodeText $_ 'maml:name')" -eq $section.Title }
            Get-XmlUnit $parameter.SelectSingleNode('maml:description', $space) | Should -Be @(Get-PageUnit $prose) -Because "$($section.Title): $remedy"
            $aliases = @([regex]::Matches([regex]::Match($yaml, '(?s)\nAliases:\n(.*?)\nParameterSets:').Groups[1].Value, '- (\S+)') | ForEach-Object { $_.Groups[1].Value })
            $type = Get-ShortName (Get-YamlValue $yaml 'Type')
            $expected = '{0} <{1}> required {2}, position {3}, pipeline {4}, aliases {5}, wildcards {6}, default {7}' -f $section.Title, $type,
                "$((Get-YamlValue $yaml 'IsRequired') -contains 'true')".ToLowerInvariant(), (Get-YamlValue $yaml 'Position' | Select-Object -First 1),
                (Get-PipelineText ((Get-YamlValue $yaml 'ValueFromPipeline') -contains 'true') ((Get-YamlValue $yaml 'ValueFromPipelineByPropertyName') -contains 'true')),
                $(if ($aliases) { $aliases -join ', ' } else { 'none' }), (Get-YamlValue $yaml 'SupportsWildcards'), ((Get-YamlValue $yaml 'DefaultValue') -replace "^''$")
            Get-XmlParameterFact $parameter | Should -Be $expected -Because $remedy
            # What Get-Help prints after the name; nothing for a switch.
            Get-NodeText $parameter 'command:parameterValue' | Should -Be $(if ($type -eq 'SwitchParameter') { '' } else { $type })
        }
    }

    It 'has the parameters of the cmdlet' {
        # Fails if the cmdlet has changed and its page has not.
        $command = Get-Command $cmdlet -Module PolarPS
        $common = [Management.Automation.PSCmdlet]::CommonParameters
        $own = @($command.Parameters.Values | Where-Object { $_.Name -notin $common })
        $parameters = Get-Node $help 'command:parameters/command:parameter'
        @($parameters | ForEach-Object { Get-NodeText $_ 'maml:name' } | Sort-Object) | Should -Be @($own.Name | Sort-Object) -Because $remedy
        foreach ($parameter in $own) {
            $sets = @($parameter.ParameterSets.Values)
            $real = '<{0}> required {1}, pipeline {2}, aliases {3}' -f (Get-ShortName $parameter.ParameterType.ToString()), "$($sets.IsMandatory -contains $true)".ToLowerInvariant(),
                (Get-PipelineText ($sets.ValueFromPipeline -contains $true) ($sets.ValueFromPipelineByPropertyName -contains $true)),
                $(if ($parameter.Aliases.Count) { $parameter.Aliases -join ', ' } else { 'none' })
            $node = $parameters | Where-Object { (Get-NodeText $_ 'maml:name') -eq $parameter.Name }
            $inXml = '<{0}> required {1}, pipeline {2}, aliases {3}' -f (Get-NodeText $node 'dev:type/maml:name'), $node.required, $node.pipelineInput, $node.aliases
            $inXml | Should -Be $real -Because "-$($parameter.Name): $remedy"
            @($sets | ForEach-Object { if ($_.Position -ge 0) { "$($_.Position)" } else { 'Named' } }) | Should -Contain $node.position -Because "-$($parameter.Name): $remedy"
        }
        $describe = {
            # One parameter set: which parameters are mandatory, which positional.
            param($names)
            @($names | Sort-Object) -join ' '
        }
        $inSets = @(foreach ($set in $command.ParameterSets) { & $describe @($set.Parameters | Where-Object { $_.Name -notin $common } | ForEach-Object { "$($_.Name):$($_.IsMandatory):$($_.Position -ge 0)" }) })
        $inSyntax = @(foreach ($item in Get-Node $help 'command:syntax/command:syntaxItem') {
                & $describe @(Get-Node $item 'command:parameter' | ForEach-Object { "$(Get-NodeText $_ 'maml:name'):$($_.required -eq 'true'):$($_.position -ne 'named')" })
            })
        $inSyntax | Sort-Object | Should -Be @($inSets | Sort-Object) -Because $remedy
    }

    It 'has the inputs and outputs of the page' {
        foreach ($pair in @('INPUTS', 'command:inputTypes/command:inputType'), @('OUTPUTS', 'command:returnValues/command:returnValue')) {
            $expected = @(Get-Section $page[$pair[0]] '###' | ForEach-Object { $_.Title; Get-PageUnit $_.Text })
            $expected.Count | Should -BeGreaterThan 1
            Get-Node $help $pair[1] | ForEach-Object { Get-NodeText $_ 'dev:type/maml:name'; Get-XmlUnit $_.SelectSingleNode('maml:description', $space) } |
                Should -Be $expected -Because $remedy
        }
    }

    It 'has the examples of the page: title, text, exact code, remarks' {
        $sections = @(Get-Section $page['EXAMPLES'] '###')
        $examples = Get-Node $help 'command:examples/command:example'
        $examples | ForEach-Object { (Get-NodeText $_ 'maml:title').Trim('-', ' ') } | Should -Be @($sections | ForEach-Object { Get-PlainText $_.Title }) -Because $remedy
        for ($i = 0; $i -lt $sections.Count; $i++) {
            $parts = [regex]::Match($sections[$i].Text, '(?s)^(?<before>.*?)^```\w*\n(?<code>.*?)\n^```\n?(?<after>.*)$', 'Multiline, Singleline')
            $parts.Success | Should -BeTrue
            Get-NodeText $examples[$i] 'dev:code' | Should -BeExactly $parts.Groups['code'].Value -Because "$($sections[$i].Title): $remedy"
            @(Get-XmlUnit $examples[$i].SelectSingleNode('maml:introduction', $space)) -join "`n" | Should -Be (@(Get-PageUnit $parts.Groups['before'].Value) -join "`n") -Because $remedy
            @(Get-XmlUnit $examples[$i].SelectSingleNode('dev:remarks', $space)) -join "`n" | Should -Be (@(Get-PageUnit $parts.Groups['after'].Value) -join "`n") -Because $remedy
        }
    }

    It 'has the links of the page, and -Online opens the page itself' {
        $own = "$($manifest.PrivateData.PSData.ProjectUri)/blob/main/docs/PolarPS/$cmdlet.md"
        $page.HelpUri | Should -Be $own -Because $remedy
        $expected = @("Online Version $own") + @([regex]::Matches($page['RELATED LINKS'], '(?m)^- \[(.+?)\]\((.+?)\)$') | ForEach-Object {
                # A page is shown by its name, a URL in full.
                "$($_.Groups[1].Value) $(if ($_.Groups[2].Value -like 'http*') { $_.Groups[2].Value })".Trim()
            })
        Get-Node $help 'command:relatedLinks/maml:navigationLink' | ForEach-Object { "$(Get-NodeText $_ 'maml:linkText') $(Get-NodeText $_ 'maml:uri')".Trim() } |
            Should -Be $expected -Because $remedy
        # -Online opens the first URL.
        @((Get-Help $cmdlet).relatedLinks.navigationLink.uri)[0] | Should -Be $own
    }
}

Describe 'The help of <_>, as Get-Help prints it' -ForEach $cmdlets {
    BeforeAll {
        $cmdlet = $_
        $page = Get-Page $cmdlet
        $own = "$($manifest.PrivateData.PSData.ProjectUri)/blob/main/docs/PolarPS/$cmdlet.md"
        # Too wide to be folded: a line that ends in the middle of a sentence does so in the file.
        $printed = @((Get-Help $cmdlet -Full | Out-String -Width 4096) -replace "`r" -split "`n" | ForEach-Object TrimEnd)
        $lines = @($printed | ForEach-Object { $_.Trim() -replace '^\* ', '- ' })
        $code = @([regex]::Matches($page['EXAMPLES'], '(?ms)^```\w*\n(.*?)\n^```') | ForEach-Object { $_.Groups[1].Value.Split("`n") } | ForEach-Object Trim)
        $prose = @($lines | Where-Object { $_ -and $_ -notin $code })
    }

    It 'has no Markdown, no file names and no type names that users do not know' {
        $prose -match '`|\]\(|\*\*\w' | Should -BeNullOrEmpty
        $prose -replace [regex]::Escape($own) -match '\.md\b' | Should -BeNullOrEmpty
        $lines -match '^(```|~~~)' | Should -BeNullOrEmpty
        $lines -match 'Nullable|`\d|\[\[\w' | Should -BeNullOrEmpty
        (Get-Help $cmdlet -Parameter * | Out-String -Width 4096) | Should -Not -Match 'Nullable|`\d|<System\.'
    }

    It 'has no characters that a console does not display' {
        # Control characters, private-use and zero-width characters, soft hyphens, non-breaking spaces.
        $lines -match '[\x00-\x08\x0B-\x1F\x7F-\xA0\xAD\u200B-\u200F\u2028-\u202F\u2060\uE000-\uF8FF\uFEFF\uFFFD]' | Should -BeNullOrEmpty
    }

    It 'has every paragraph of the page on one line' {
        $texts = @($page['SYNOPSIS'], $page['DESCRIPTION'], $page['NOTES']) +
            @(Get-Section $page['PARAMETERS'] '###' | Where-Object Title -NE 'CommonParameters' | ForEach-Object { ($_.Text -split '(?m)^```yaml$')[0] }) +
            @('INPUTS', 'OUTPUTS' | ForEach-Object { Get-Section $page[$_] '###' } | ForEach-Object Text) +
            @(Get-Section $page['EXAMPLES'] '###' | ForEach-Object Text)
        $units = @($texts | ForEach-Object { Get-PageUnit $_ })
        $units | Where-Object { $_ -notin $lines } | Should -BeNullOrEmpty
    }

    It 'has the exact code of the examples, separated from the text' {
        $all = $printed -join "`n"
        foreach ($example in (Get-Help $cmdlet).examples.example) {
            $block = @($example.code.Split("`n") | ForEach-Object { "    $_".TrimEnd() }) -join "`n"
            $all.Contains("`n$block`n`n") | Should -BeTrue -Because "these lines must be in the text, with an empty line below:`n$block"
            # Windows PowerShell trims the paragraph that makes the empty line above the code.
            if ($PSVersionTable.PSEdition -eq 'Core') { $all.Contains("`n`n$block`n") | Should -BeTrue -Because "an empty line must be above:`n$block" }
        }
        # The end of an example does not run into the next title.
        $titles = @(0..($printed.Count - 1) | Where-Object { $printed[$_] -match '^\s*-+ Example \d' })
        $titles.Count | Should -Be @((Get-Help $cmdlet).examples.example).Count
        $titles | Where-Object { $printed[$_ - 1].Trim() } | Should -BeNullOrEmpty
    }

    It 'has inputs and outputs' {
        $start = [array]::IndexOf($printed, 'INPUTS')
        $middle = [array]::IndexOf($printed, 'OUTPUTS')
        $end = [array]::IndexOf($printed, 'NOTES')
        if ($end -lt 0) { $end = [array]::IndexOf($printed, 'RELATED LINKS') }
        $start | Should -BeGreaterThan 0
        @($lines[($start + 1)..($middle - 1)] | Where-Object { $_ }).Count | Should -BeGreaterThan 1
        @($lines[($middle + 1)..($end - 1)] | Where-Object { $_ }).Count | Should -BeGreaterThan 1
    }
}

Describe 'PolarPS.dll-Help.xml' {
    It 'has all cmdlets and no others, sorted by name' {
        $names = Get-Node $xml.DocumentElement 'command:command/command:details/command:name' | ForEach-Object InnerText
        $expected = [string[]]$manifest.CmdletsToExport
        [array]::Sort($expected, [StringComparer]::OrdinalIgnoreCase)
        $names | Should -Be $expected -Because $remedy
    }

    It 'is the file of the module' {
        [IO.File]::ReadAllText((Join-Path (Split-Path (Get-TestModulePath)) 'en-US/PolarPS.dll-Help.xml')) | Should -BeExactly $raw
    }

    It 'has one element per line, and LF at the end of each line' {
        $raw.Contains("`r") | Should -BeFalse
        $raw[0] | Should -Be '<'
        $raw.EndsWith("</helpItems>`n", [StringComparison]::Ordinal) | Should -BeTrue
        $raw.Split("`n") -match '<\w[^>]*>.*<\w' | Should -BeNullOrEmpty
    }

    It 'omits from SYNTAX what Get-Help does not print' {
        # It made up a third of the file.
        Get-Node $xml.DocumentElement '//command:syntaxItem/command:parameter/*[not(self::maml:name or self::command:parameterValue)]' | Should -BeNullOrEmpty
        Get-Node $xml.DocumentElement '//command:syntaxItem/command:parameter/@*[not(name()="required" or name()="position")]' | Should -BeNullOrEmpty
        Get-Node $xml.DocumentElement '//@variableLength' | Should -BeNullOrEmpty
    }

    It 'is what PlatyPS makes of the pages, even with CRLF line ends' {
        if (-not $platyPS) { Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PlatyPS 1.0 is not installed; the other tests compare the file with the pages'; return }
        Import-Module $platyPS.Path
        $docs = New-Item -ItemType Directory (Join-Path $TestDrive 'docs')
        foreach ($one in Get-ChildItem (Join-Path $root 'docs/PolarPS') -Filter '*-*.md') {
            [IO.File]::WriteAllText((Join-Path $docs $one.Name), ([IO.File]::ReadAllText($one.FullName) -replace "`r?`n", "`r`n"))
        }
        $made = Join-Path $TestDrive 'made/PolarPS.dll-Help.xml'
        Export-HelpXml -Docs $docs -Destination $made -Scratch (Join-Path $TestDrive 'scratch')
        [IO.File]::ReadAllText($made) -ceq $raw | Should -BeTrue -Because $remedy
    }

    It 'supports what a page can contain and none does yet' {
        if (-not $platyPS) { Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PlatyPS 1.0 is not installed'; return }
        Import-Module $platyPS.Path
        $docs = New-Item -ItemType Directory (Join-Path $TestDrive 'odd')
        $page = [IO.File]::ReadAllText((Join-Path $root 'docs/PolarPS/Get-PolarOrder.md')) -replace "`r"
        $page = $page -replace '(?s)(\n## DESCRIPTION\n).*?(\n## EXAMPLES\n).*?(\n## PARAMETERS\n)', @'
$1
A text that
goes on, with `code` & <tags>, **weight** and [a link](https://polar.sh/docs).

```powershell
if ($true) {

    'code'
}
```

Before a list:

- one
- two, which
  goes on

After the list, and the last but one.

| Name | Value |
|---|---|
| `a` | 1 |
| longer | 2 |

The last.
$2
### Example 1: Empty lines in code

A text.

Another, before the code.

```powershell
function Get-It {

    'first'

    'second'
}
```

```output
Name   Value
----   -----
a      1
```

After it.

### Example 2: Code only

```powershell
Get-PolarOrder | Select-Object -First 1
```
$3
'@
        [IO.File]::WriteAllText((Join-Path $docs 'Get-PolarOrder.md'), $page)
        $made = Join-Path $TestDrive 'odd.xml'
        Export-HelpXml -Docs $docs -Destination $made -Scratch (Join-Path $TestDrive 'scratch')
        $module = Join-Path $TestDrive 'Odd/en-US'
        $null = New-Item -ItemType Directory $module
        Copy-Item $made (Join-Path $module 'PolarPS.dll-Help.xml')
        Copy-Item (Join-Path (Split-Path (Get-TestModulePath)) '*') (Split-Path $module) -Recurse -Exclude 'en-US'
        $printed = Invoke-Fresh -Environment @{ MODULE = (Join-Path (Split-Path $module) 'PolarPS.psd1') } -Script @'
Import-Module $env:MODULE
Get-Help Get-PolarOrder | Out-String -Width 200
'====='
Get-Help Get-PolarOrder -Examples | Out-String -Width 200
'@
        $description, $examples = (($printed -join "`n") -replace "`r" -replace '(?m)[ \t]+$') -split "=====`n"
        $description -replace '(?s)^.*\nDESCRIPTION\n(.*?)\n+RELATED LINKS\n.*$', '$1' | Should -Be (@'
    A text that goes on, with code & <tags>, weight and a link (https://polar.sh/docs).

        if ($true) {

            'code'
        }

    Before a list:

    * one
    * two, which goes on

    After the list, and the last but one.

    Name    Value
    a       1
    longer  2

    The last.
'@ -replace "`r")
        ($examples -replace '(?s)^.*?(?=    -+ Example 1)').Trim("`n") | Should -Be (@'
    --------- Example 1: Empty lines in code ---------

    A text.

    Another, before the code.

    function Get-It {

        'first'

        'second'
    }

    Name   Value
    ----   -----
    a      1

    After it.

    --------- Example 2: Code only ---------

    Get-PolarOrder | Select-Object -First 1
'@ -replace "`r")
    }
}

Describe 'The text of the help' {
    It 'is plain: <Markdown>' -ForEach @(
        @{ Markdown = 'no marks - at all: 2 * 3 < 4, x_y_z, $_.A'; Text = 'no marks - at all: 2 * 3 < 4, x_y_z, $_.A' }
        @{ Markdown = 'a `-Name` and ``a `tick` ``'; Text = 'a -Name and a `tick` ' }
        @{ Markdown = '**bold**, *slanted*, __bold__ and _slanted_'; Text = 'bold, slanted, bold and slanted' }
        @{ Markdown = '`*` and `_x_` stay, polar_cst_*** too'; Text = '* and _x_ stay, polar_cst_*** too' }
        @{ Markdown = '[Get-PolarOrder](Get-PolarOrder.md), [about_PolarPS](../about_PolarPS.md#errors)'; Text = 'Get-PolarOrder, about_PolarPS' }
        @{ Markdown = '[Polar](https://polar.sh/docs_a_b), [https://polar.sh](https://polar.sh), <https://polar.sh/_x_>'; Text = 'Polar (https://polar.sh/docs_a_b), https://polar.sh, https://polar.sh/_x_' }
        @{ Markdown = '[`Get-PolarOrder`](Get-PolarOrder.md "title")'; Text = 'Get-PolarOrder' }
        @{ Markdown = '\*not slanted\*, \`tick\`, C:\polar'; Text = '*not slanted*, `tick`, C:\polar' }
        @{ Markdown = 'List&lt;T&gt; &amp; more'; Text = 'List<T> & more' }
    ) {
        ConvertTo-PlainInline $Markdown | Should -BeExactly $Text
    }

    It 'has whole paragraphs, whatever a line starts with' {
        $blocks = @(Read-Markdown "By default`n20. Without it`n-First is`n4.`n`n- item`n  goes on`n* another")
        $blocks.Kind | Should -Be 'Text', 'List'
        $blocks[0].Text | Should -Be 'By default 20. Without it -First is 4.'
        $blocks[1].Items.Text | Should -Be 'item goes on', 'another'
    }

    It 'shortens <Name> to <Short>' -ForEach @(
        @{ Name = 'System.Nullable`1[System.DateTimeOffset]'; Short = 'DateTimeOffset' }
        @{ Name = 'System.Nullable`1[[System.Int64, System.Private.CoreLib, Version=8.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e]]'; Short = 'Int64' }
        @{ Name = 'System.String[]'; Short = 'String[]' }
        @{ Name = 'PolarPS.Client.Models.PriceInput[]'; Short = 'PriceInput[]' }
        @{ Name = 'System.Collections.Generic.Dictionary`2[System.String,System.Nullable`1[System.Int32]]'; Short = 'Dictionary[String,Int32]' }
        @{ Name = 'Some.Outer+Inner'; Short = 'Outer.Inner' }
    ) {
        Get-ShortTypeName $Name | Should -BeExactly $Short
    }

    It 'of topics comes from Markdown: headings, lists, code, links and tables' {
        $text = ConvertTo-AboutText (@'
# about_Example

## Short description

What it is, and {why}.

## Long description

A text with `code`, [a link](https://polar.sh/docs) and [Get-PolarOrder](PolarPS/Get-PolarOrder.md), long
enough to be folded where it has to be.

- one
- two, which is long enough to be folded as well, and goes on below its own beginning

```powershell
Get-PolarOrder |

    Select-Object Id
```

### Small heading

| | |
|---|---|
| what is sold | products, prices, checkout links, checkouts, discounts, benefits |
| `who` buys | customers |

| Name | Meaning |
|---|---|
| a | first |

| Error | Meaning |
|---|---|
| PolarConflict | Read it, then decide. |
| PolarNotFound | Check the id. |

| | |
|---|---|
| a term that leaves no room for columns | its text |
'@ -replace '\{', [char]0x201C -replace '\}', [char]0x201D)
        $text | Should -BeExactly (@'
TOPIC
    about_Example

SHORT DESCRIPTION
    What it is, and "why".

LONG DESCRIPTION
    A text with code, a link (https://polar.sh/docs) and Get-PolarOrder, long
    enough to be folded where it has to be.

    - one
    - two, which is long enough to be folded as well, and goes on below its
      own beginning

        Get-PolarOrder |

            Select-Object Id

  Small heading

        what is sold   products, prices, checkout links, checkouts, discounts,
                       benefits
        who buys       customers

        Name   Meaning
        ----   -------
        a      first

    PolarConflict
        Read it, then decide.

    PolarNotFound
        Check the id.

    a term that leaves no room for columns
        its text

'@ -replace "`r")
    }

    It 'of topics is ASCII, or the build fails' {
        { ConvertTo-AboutText "# about_X`n`n## Short description`n`nA snowman: $([char]0x2603)." } | Should -Throw '*U+2603*'
    }
}

Describe 'The topic <_>, as Get-Help prints it' -ForEach $topics {
    BeforeAll {
        $topic = $_
        $text = [IO.File]::ReadAllText((Join-Path (Split-Path (Get-TestModulePath)) "en-US/$topic.help.txt"))
        $lines = $text.Split("`n")
    }

    It 'comes from its page' {
        ConvertTo-AboutText ([IO.File]::ReadAllText((Join-Path $root "docs/$topic.md"))) | Should -BeExactly $text -Because 'the module must be rebuilt; run: pwsh ./build.ps1'
    }

    It 'is plain text that a console displays as it is' {
        # ASCII, because Windows PowerShell reads such files in the system's code page.
        $lines | Where-Object { $_.Length -gt 80 -or $_ -match '[^\x20-\x7E]' } | Should -BeNullOrEmpty
        $lines | Where-Object { $_ -match '^\s*(#+ [^#]*$|```|\||\* )|\]\(|\.md\b|\*\*\w' -and $_ -notmatch '^ {8}' } | Should -BeNullOrEmpty
    }

    It 'has the headings that PowerShell looks for' {
        foreach ($heading in 'TOPIC', 'SHORT DESCRIPTION', 'LONG DESCRIPTION') { $lines | Should -Contain $heading }
        $lines[1].Trim() | Should -Be $topic
    }

    It 'is found by Get-Help' {
        $shown = Get-Help $topic | Out-String
        ($shown -replace '\s+', ' ').Trim() | Should -Be ($text -replace '\s+', ' ').Trim()
        (Get-Help "$topic*" | Where-Object Name -EQ $topic).Synopsis | Should -Not -BeNullOrEmpty
    }
}
