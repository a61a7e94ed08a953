# Turns the pages in docs/ into the help that ships: the XML that Get-Help reads, and the text of the about topics.
# The text functions also run in Windows PowerShell 5.1, for the tests; generating the XML needs PowerShell 7 and PlatyPS.
# Long because it reads and writes one format, MAML, from both sides.

Set-StrictMode -Version 3

# Placeholder for an empty line of code while PlatyPS has the text: PlatyPS splits texts at empty lines and trims the parts.
$script:emptyLine = [string][char]0xE000

#region Markdown

function ConvertTo-PlainInline {
    # Removes inline Markdown from a paragraph: `code`, **bold**, _italic_, [text](target), <https://...>, \*, &lt;.
    param([AllowEmptyString()] [string] $Text)
    if ($Text -notmatch '[`\\<\[*_&]') { return $Text }
    # Text that must not be processed further is set aside: code first, then what a backslash escapes.
    $kept = [Collections.Generic.List[string]]::new()
    $keep = { param($value) $kept.Add($value); "$([char]0xE001)$($kept.Count - 1)$([char]0xE002)" }
    $plain = $Text
    if ($plain.Contains('`')) {
        $plain = [regex]::Replace($plain, '(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)', {
                param($match)
                $code = $match.Groups[2].Value
                # Code that begins or ends with a backtick has a space on either side.
                if ($code -match '^ .*\S.* $') { $code = $code.Substring(1, $code.Length - 2) }
                & $keep $code
            })
    }
    if ($plain.Contains('\')) {
        $plain = [regex]::Replace($plain, '\\([!-/:-@\[-`{-~])', { param($match) & $keep $match.Groups[1].Value })
    }
    if ($plain.Contains('<')) {
        $plain = [regex]::Replace($plain, '<(https?://[^>\s]+|[^>\s@]+@[^>\s@]+)>', { param($match) & $keep $match.Groups[1].Value })
    }
    if ($plain.Contains('](')) {
        $plain = [regex]::Replace($plain, '!?\[([^\[\]]*)\]\((<[^>]*>|[^()\s]*(?:\([^()]*\))?[^()\s]*)(?:\s+"[^"]*")?\)', {
                param($match)
                $label = $match.Groups[1].Value
                $target = $match.Groups[2].Value.Trim('<', '>')
                # The name of a page is enough; only a URL is worth printing.
                if ($target -notmatch '^https?:' -or $target -eq $label) { $label } else { "$label ($(& $keep $target))" }
            })
    }
    $plain = $plain -replace '(?<![\w*])\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*(?![\w*])', '$1'
    $plain = $plain -replace '(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])', '$1'
    $plain = $plain -replace '(?<![\w_])__(?=[^\s_])(.+?)(?<=[^\s_])__(?![\w_])', '$1'
    $plain = $plain -replace '(?<![\w_])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?![\w_])', '$1'
    $plain = $plain -replace '&lt;', '<' -replace '&gt;', '>' -replace '&quot;', '"' -replace '&nbsp;', ' ' -replace '&amp;', '&'
    while ($plain -match "$([char]0xE001)(\d+)$([char]0xE002)") { $plain = $plain.Replace($Matches[0], $kept[[int]$Matches[1]]) }
    $plain
}

function Join-Line {
    # Joins the lines of a paragraph; two spaces or a backslash at the end of a line make a hard break.
    param([string[]] $Line)
    $joined = ''
    foreach ($part in $Line) {
        $end = if ($part -match '( {2,}|\\)$') { "`n" } else { ' ' }
        $joined += ($part -replace '( {2,}|\\)$').Trim() + $end
    }
    @(($joined.Trim() -replace '\s*<!--.*?-->').Split("`n") | ForEach-Object { ConvertTo-PlainInline $_.Trim() }) -join "`n"
}

function Read-Markdown {
    <#
    .SYNOPSIS
        Splits Markdown into blocks, in order: Text, List, Code, Table and Heading.
    .DESCRIPTION
        A Text has Text, as one line. A List has Items with Mark, Level and Text. A Code has Lines, as they are, and Language.
        A Table has Rows, each an array of cells; the first is the heading. A Heading has Level and Text.
    #>
    param([AllowEmptyString()] [string] $Text)
    $lines = @(($Text -replace "`r").Split("`n"))
    $fence = '^(\s*)(`{3,}|~{3,})\s*([\w-]*).*$'
    $heading = '^(#{1,6})\s+(.*?)\s*#*$'
    $rule = '^\s{0,3}([-*_])(\s*\1){2,}\s*$'
    $bullet = '^(\s*)([-*+])\s+(\S.*)$'
    $numbered = '^(\s*)(\d{1,9}[.)])\s+(\S.*)$'
    # Inside a paragraph, only 1. starts a list; a line may start with any other number by chance.
    $interrupts = '^\s*([-*+]|1[.)])\s+\S'
    for ($i = 0; $i -lt $lines.Count; $i++) {
        $line = $lines[$i]
        if (-not $line.Trim() -or $line -match $rule) { continue }
        if ($line -match '^\s*<!--') {
            while ($i -lt $lines.Count - 1 -and -not $lines[$i].Contains('-->')) { $i++ }
        }
        elseif ($line -match $fence) {
            $indent, $mark, $language = $Matches[1].Length, $Matches[2], $Matches[3]
            $code = @(for ($i++; $i -lt $lines.Count -and $lines[$i] -notmatch "^\s*$mark$($mark[0])*\s*$"; $i++) { ($lines[$i] -replace "^ {0,$indent}").TrimEnd() })
            [pscustomobject]@{ Kind = 'Code'; Language = $language; Lines = $code }
        }
        elseif ($line -match '^ {4,}\S') {
            $code = @(for (; $i -lt $lines.Count -and $lines[$i] -match '^( {4}|\s*$)'; $i++) { ($lines[$i] -replace '^ {4}').TrimEnd() })
            $i--
            while (-not $code[-1]) { $code = @($code | Select-Object -SkipLast 1) }
            [pscustomobject]@{ Kind = 'Code'; Language = ''; Lines = $code }
        }
        elseif ($line -match $heading) {
            [pscustomobject]@{ Kind = 'Heading'; Level = $Matches[1].Length; Text = ConvertTo-PlainInline $Matches[2] }
        }
        elseif ($line.Contains('|') -and $i + 1 -lt $lines.Count -and $lines[$i + 1] -match '^[\s|:-]*-[\s|:-]*$' -and $lines[$i + 1].Contains('|')) {
            $rows = @(for (; $i -lt $lines.Count -and $lines[$i].Contains('|'); $i++) {
                    if ($lines[$i] -match '^[\s|:-]*-[\s|:-]*$') { continue }
                    $cells = $lines[$i].Trim() -replace '^\|' -replace '(?<!\\)\|$'
                    , @([regex]::Split($cells, '(?<!\\)\|') | ForEach-Object { ConvertTo-PlainInline ($_.Trim() -replace '\\\|', '|') })
                })
            $i--
            [pscustomobject]@{ Kind = 'Table'; Rows = $rows }
        }
        elseif ($line -match $bullet -or $line -match $numbered) {
            $isNumbered = $line -match $numbered
            $items = [Collections.Generic.List[object]]::new()
            for (; $i -lt $lines.Count; $i++) {
                if ($lines[$i] -match $bullet -or ($lines[$i] -match $numbered -and ($isNumbered -or $lines[$i] -match $interrupts))) {
                    $item = @{ Mark = ($Matches[2] -replace '^[*+]$', '-'); Indent = $Matches[1].Length; Lines = @($Matches[3]) }
                    $items.Add([pscustomobject]$item)
                }
                elseif (-not $lines[$i].Trim()) {
                    # After an empty line, only another item or an indented text continues the list.
                    $next = if ($i + 1 -lt $lines.Count) { $lines[$i + 1] } else { '' }
                    if ($next -match $rule -or ($next -notmatch '^ {2,}\S' -and $next -notmatch $bullet -and -not ($isNumbered -and $next -match $numbered))) { break }
                }
                elseif ($lines[$i] -match $fence -or $lines[$i] -match $heading) { break }
                else { $items[$items.Count - 1].Lines += $lines[$i] }
            }
            $i--
            $indents = @($items | ForEach-Object Indent | Sort-Object -Unique)
            [pscustomobject]@{
                Kind  = 'List'
                Items = @($items | ForEach-Object { [pscustomobject]@{ Mark = $_.Mark; Level = [array]::IndexOf($indents, $_.Indent); Text = Join-Line $_.Lines } })
            }
        }
        else {
            # A paragraph or a quotation; [!NOTE] becomes "Note:".
            $part = @(for (; $i -lt $lines.Count -and $lines[$i].Trim() -and $lines[$i] -notmatch $fence -and $lines[$i] -notmatch $heading -and $lines[$i] -notmatch $interrupts; $i++) {
                    $text = $lines[$i] -replace '^\s*>\s?'
                    if ($text -match '^\[!([A-Z])([A-Z]+)\]\s*$') { $Matches[1] + $Matches[2].ToLowerInvariant() + ':' } else { $text }
                })
            $i--
            [pscustomobject]@{ Kind = 'Text'; Text = Join-Line $part }
        }
    }
}

function Format-TableLine {
    # Formats a table as lines with aligned columns.
    param([object[]] $Row)
    $widths = @(for ($column = 0; $column -lt $Row[0].Count; $column++) {
            ($Row | ForEach-Object { if ($column -lt $_.Count) { $_[$column].Length } else { 0 } } | Measure-Object -Maximum).Maximum
        })
    foreach ($cells in $Row) {
        (@(for ($column = 0; $column -lt [Math]::Min($cells.Count, $widths.Count); $column++) { $cells[$column].PadRight($widths[$column]) }) -join '  ').TrimEnd()
    }
}

#endregion

#region The XML of the cmdlets

function Get-ShortTypeName {
    <#
    .SYNOPSIS
        Returns the short name of a type, as users know it: DateTimeOffset, Int64, String[].
    .PARAMETER Name
        The full name: System.String[], System.Nullable`1[System.Int64], and with the assembly names that FullName has.
    #>
    param([Parameter(Mandatory)] [string] $Name)
    $short = $Name
    $qualified = '\[((?:[^\[\]]|\[[^\[\]]*\])+?),\s*[\w.]+,\s*Version=[^\]]*\]'
    while ($short -match $qualified) { $short = $short -replace $qualified, '$1' }
    # Nullable is an implementation detail: users neither see nor type it.
    $short = $short -replace '(?:System\.)?Nullable`1\[((?:[^\[\]]|\[[^\[\]]*\])*)\]', '$1'
    $short = $short -replace '`\d+' -replace '[\w.]+\.(?=\w)' -replace '\+', '.'
    $short
}

function ConvertTo-Paragraph {
    # Converts blocks to paragraphs: a text becomes one line, which the console folds; lists, tables and code keep their lines.
    param([object[]] $Block, [switch] $InExample)
    $paragraphs = [Collections.Generic.List[string]]::new()
    foreach ($one in $Block) {
        switch ($one.Kind) {
            'List' { $paragraphs.Add((@($one.Items | ForEach-Object { '  ' * $_.Level + $_.Mark + ' ' + $_.Text }) -join "`n")) }
            'Table' { $paragraphs.Add((@(Format-TableLine $one.Rows) -join "`n")) }
            'Code' {
                if ($InExample -or $paragraphs.Count -eq 0) { $paragraphs.Add(($one.Lines -join "`n")); continue }
                # Part of the previous paragraph: in one of its own, the first line would lose its indentation.
                $paragraphs[$paragraphs.Count - 1] += "`n`n" + (@($one.Lines | ForEach-Object { if ($_) { "    $_" } else { '' } }) -join "`n")
            }
            default { $paragraphs.Add($one.Text) }
        }
    }
    $paragraphs
}

function Protect-EmptyLine {
    # Replaces the empty lines of code with their placeholder.
    param([AllowEmptyString()] [string] $Text)
    $isCode = $false
    @(foreach ($line in ($Text -replace "`r").Split("`n")) {
            if ($line -match '^\s*(```|~~~)') { $isCode = -not $isCode }
            if ($isCode -and -not $line.Trim()) { $emptyLine } else { $line }
        }) -join "`n"
}

function Get-MamlText {
    # Returns the Markdown below an element of PlatyPS's XML.
    param($Element)
    $parts = @(if ($Element) {
            foreach ($node in $Element.ChildNodes) {
                # PlatyPS writes a control character for an empty line.
                if ($node.InnerText.Trim() -notin '', [string][char]0x80) { $node.InnerText }
            }
        })
    ($parts -join "`n`n").Replace($emptyLine, '')
}

class MamlWriter {
    # Writes MAML, one element per line.
    [Collections.Generic.List[string]] $Lines = [Collections.Generic.List[string]]::new()

    static [string] Escape([string] $text) {
        return $text.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;')
    }

    [void] Open([string] $name) { $this.Lines.Add("<$name>") }

    [void] Close([string] $name) { $this.Lines.Add("</$name>") }

    [void] Leaf([string] $name, [string] $text) { $this.Lines.Add("<$name>$([MamlWriter]::Escape($text))</$name>") }

    [void] TypeName([string] $type) {
        $this.Open('dev:type')
        $this.Leaf('maml:name', $type)
        $this.Close('dev:type')
    }

    [void] Paragraph([string] $text) {
        if ($text) { $this.Leaf('maml:para', $text) } else { $this.Lines.Add('<maml:para />') }
    }

    [void] Paragraphs([string] $name, [object[]] $texts) {
        if (-not $texts) { return }
        $this.Open($name)
        foreach ($text in $texts) { $this.Paragraph($text) }
        $this.Close($name)
    }

    # The description of a cmdlet or parameter, the only place where Get-Help supports lists and indents folded items.
    [void] Description([object[]] $blocks) {
        if (-not $blocks) { return }
        $parts = [Collections.Generic.List[object]]::new()
        $texts = [Collections.Generic.List[object]]::new()
        foreach ($block in $blocks) {
            if ($block.Kind -eq 'List' -and -not ($block.Items | Where-Object { $_.Level -or $_.Mark -ne '-' })) {
                foreach ($text in ConvertTo-Paragraph $texts) { $parts.Add($text) }
                $texts.Clear()
                $parts.Add($block)
            }
            else { $texts.Add($block) }
        }
        foreach ($text in ConvertTo-Paragraph $texts) { $parts.Add($text) }
        # Get-Help prints an empty line after every paragraph except number N, where N is the count of paragraphs with text:
        # normally the last. It prints none after a list. In both places, an empty paragraph makes the empty line.
        for ($i = $parts.Count - 2; $i -ge 0; $i--) { if ($parts[$i] -isnot [string]) { $parts.Insert($i + 1, '') } }
        $count = @($parts | Where-Object { $_ -is [string] -and $_ }).Count
        $number = 0
        for ($i = 0; $i -lt $parts.Count - 1; $i++) {
            if ($parts[$i] -isnot [string]) { continue }
            $number++
            if ($number -eq $count) {
                if ($parts[$i] -and $parts[$i + 1] -ne '') { $parts.Insert($i + 1, '') }
                break
            }
        }
        $this.Open('maml:description')
        foreach ($part in $parts) {
            if ($part -is [string]) { $this.Paragraph($part); continue }
            $this.Lines.Add('<maml:list class="unordered">')
            foreach ($item in $part.Items) { $this.Paragraphs('maml:listItem', @($item.Text)) }
            $this.Close('maml:list')
        }
        $this.Close('maml:description')
    }

    # An example: the text before the code, the code, and what follows it, such as output, more code or text.
    [void] Example([string] $title, [object[]] $blocks) {
        $this.Open('command:example')
        $this.Leaf('maml:title', $title)
        $first = 0
        while ($first -lt $blocks.Count -and $blocks[$first].Kind -ne 'Code') { $first++ }
        if ($first -eq $blocks.Count) { $first = -1 }
        if ($first -gt 0) {
            # Get-Help prints the code directly after the last paragraph of an introduction. With an empty paragraph in front,
            # it ends the text with a line break; a line break in a third paragraph makes the empty line.
            $this.Open('maml:introduction')
            $this.Paragraph('')
            $this.Paragraph((@(ConvertTo-Paragraph $blocks[0..($first - 1)]) -join "`n`n"))
            $this.Lines.Add('<maml:para xml:space="preserve">&#10;</maml:para>')
            $this.Close('maml:introduction')
        }
        if ($first -ge 0) { $this.Leaf('dev:code', ($blocks[$first].Lines -join "`n")) }
        if ($first + 1 -lt $blocks.Count) {
            # The empty paragraph separates the text from the title of the next example.
            $this.Paragraphs('dev:remarks', @(ConvertTo-Paragraph $blocks[($first + 1)..($blocks.Count - 1)] -InExample) + '')
        }
        $this.Close('command:example')
    }
}

function Format-Maml {
    <#
    .SYNOPSIS
        Converts PlatyPS's XML to the XML that ships: no Markdown, only what Get-Help prints, one element per line.
    .DESCRIPTION
        Cmdlets and parameters are sorted by name, in the same order in every culture. What no view of Get-Help prints is
        omitted: from a parameter in SYNTAX everything except name, position and type, and the variableLength attributes.
        The type in PARAMETERS stays, because scripts read it from help objects.
    .PARAMETER Path
        The XML file of Export-MamlCommandHelp.
    .PARAMETER CommandHelp
        What PlatyPS read from the pages; its XML lacks the default values.
    #>
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [object[]] $CommandHelp)
    $maml = [xml]::new()
    $maml.Load($Path)
    $space = [Xml.XmlNamespaceManager]::new($maml.NameTable)
    foreach ($attribute in $maml.DocumentElement.Attributes) { if ($attribute.Prefix -eq 'xmlns') { $space.AddNamespace($attribute.LocalName, $attribute.Value) } }
    $nodes = { param($from, $path) @($from.SelectNodes($path, $space)) }
    $text = { param($from, $path) $node = $from.SelectSingleNode($path, $space); if ($node) { $node.InnerText.Trim() } else { '' } }
    # Many parameters have the same text.
    $read = [Collections.Generic.Dictionary[string, object]]::new()
    $blocks = {
        param($from, $path)
        $markdown = Get-MamlText $from.SelectSingleNode($path, $space)
        if (-not $read.ContainsKey($markdown)) { $read[$markdown] = @(Read-Markdown $markdown) }
        $read[$markdown]
    }
    $sort = {
        param($items, $path)
        $sorted = [Collections.Generic.SortedDictionary[string, object]]::new([StringComparer]::OrdinalIgnoreCase)
        foreach ($item in $items) { $sorted[(& $text $item $path)] = $item }
        $sorted.Values
    }

    $out = [MamlWriter]::new()
    $out.Lines.Add('<?xml version="1.0" encoding="utf-8"?>')
    $out.Lines.Add('<!-- Generated from the pages in docs/PolarPS by ./build.ps1 -Task Help. Change the pages, not this file. -->')
    $out.Lines.Add('<helpItems xmlns:maml="http://schemas.microsoft.com/maml/2004/10" xmlns:command="http://schemas.microsoft.com/maml/dev/command/2004/10" xmlns:dev="http://schemas.microsoft.com/maml/dev/2004/10" schema="maml" xmlns="http://msh">')
    foreach ($command in & $sort (& $nodes $maml.DocumentElement 'command:command') 'command:details/command:name') {
        $name = & $text $command 'command:details/command:name'
        $defaults = @{}
        foreach ($parameter in $CommandHelp.Where({ $_.Title -eq $name }).Parameters) { $defaults[$parameter.Name] = $parameter.DefaultValue }
        $out.Open('command:command')

        $out.Open('command:details')
        $out.Leaf('command:name', $name)
        $out.Paragraphs('maml:description', @(ConvertTo-Paragraph (& $blocks $command 'command:details/maml:description')))
        $out.Leaf('command:verb', (& $text $command 'command:details/command:verb'))
        $out.Leaf('command:noun', (& $text $command 'command:details/command:noun'))
        $out.Close('command:details')
        $out.Description((& $blocks $command 'maml:description'))

        $out.Open('command:syntax')
        foreach ($item in & $nodes $command 'command:syntax/command:syntaxItem') {
            $out.Open('command:syntaxItem')
            $out.Leaf('maml:name', $name)
            foreach ($parameter in & $nodes $item 'command:parameter') {
                $out.Open("command:parameter required=`"$($parameter.required)`" position=`"$($parameter.position)`"")
                $out.Leaf('maml:name', (& $text $parameter 'maml:name'))
                # A switch takes no value.
                if ($parameter.SelectSingleNode('command:parameterValue', $space)) {
                    $out.Leaf('command:parameterValue', (Get-ShortTypeName (& $text $parameter 'dev:type/maml:name')))
                }
                $out.Close('command:parameter')
            }
            $out.Close('command:syntaxItem')
        }
        $out.Close('command:syntax')

        $out.Open('command:parameters')
        foreach ($parameter in & $sort (& $nodes $command 'command:parameters/command:parameter') 'maml:name') {
            $own = & $text $parameter 'maml:name'
            $type = Get-ShortTypeName (& $text $parameter 'dev:type/maml:name')
            $attributes = foreach ($attribute in 'required', 'globbing', 'pipelineInput', 'position', 'aliases') { "$attribute=`"$($parameter.GetAttribute($attribute))`"" }
            $out.Open("command:parameter $attributes")
            $out.Leaf('maml:name', $own)
            $out.Description((& $blocks $parameter 'maml:description'))
            if ($type -ne 'SwitchParameter') { $out.Lines.Add("<command:parameterValue required=`"true`">$([MamlWriter]::Escape($type))</command:parameterValue>") }
            $out.TypeName($type)
            if ($defaults[$own]) { $out.Leaf('dev:defaultValue', $defaults[$own]) }
            $out.Close('command:parameter')
        }
        $out.Close('command:parameters')

        foreach ($one in 'inputType', 'returnValue') {
            $out.Open("command:${one}s")
            foreach ($entry in & $nodes $command "command:${one}s/command:$one") {
                $out.Open("command:$one")
                $out.TypeName((& $text $entry 'dev:type/maml:name'))
                $out.Paragraphs('maml:description', @(ConvertTo-Paragraph (& $blocks $entry 'maml:description')))
                $out.Close("command:$one")
            }
            $out.Close("command:${one}s")
        }

        $notes = @(ConvertTo-Paragraph (& $blocks $command 'maml:alertSet/maml:alert'))
        if ($notes) {
            $out.Open('maml:alertSet')
            $out.Paragraphs('maml:alert', $notes)
            $out.Close('maml:alertSet')
        }

        $out.Open('command:examples')
        foreach ($example in & $nodes $command 'command:examples/command:example') {
            $out.Example((ConvertTo-PlainInline (& $text $example 'maml:title')), (& $blocks $example 'maml:introduction'))
        }
        $out.Close('command:examples')

        $out.Open('command:relatedLinks')
        foreach ($link in & $nodes $command 'command:relatedLinks/maml:navigationLink') {
            $uri = & $text $link 'maml:uri'
            $out.Open('maml:navigationLink')
            $out.Leaf('maml:linkText', (ConvertTo-PlainInline (& $text $link 'maml:linkText')))
            # -Online opens the first URL. Other pages of the module are known by their names.
            if ($uri -match '^https?:') { $out.Leaf('maml:uri', $uri) }
            $out.Close('maml:navigationLink')
        }
        $out.Close('command:relatedLinks')
        $out.Close('command:command')
    }
    $out.Close('helpItems')
    ($out.Lines -join "`n") + "`n"
}

function Export-HelpXml {
    <#
    .SYNOPSIS
        Makes the XML that Get-Help reads from the pages of the cmdlets. The same pages give the same bytes on every computer.
    .PARAMETER Docs
        The folder of the pages.
    .PARAMETER Destination
        The file to write.
    .PARAMETER Scratch
        A folder for temporary files. It is deleted first.
    #>
    param([Parameter(Mandatory)] [string] $Docs, [Parameter(Mandatory)] [string] $Destination, [Parameter(Mandatory)] [string] $Scratch)
    $pages = @(Get-ChildItem $Docs -Filter '*-*.md' | ForEach-Object FullName)
    if (Test-Path $Scratch) { Remove-Item $Scratch -Recurse -Force }
    $commands = @(Import-MarkdownCommandHelp -Path $pages)
    if ($commands.Count -ne $pages.Count) { throw "PlatyPS read $($commands.Count) of the $($pages.Count) pages in $Docs." }
    foreach ($command in $commands) {
        foreach ($example in $command.Examples) { $example.Remarks = Protect-EmptyLine $example.Remarks }
        foreach ($parameter in $command.Parameters) { $parameter.Description = Protect-EmptyLine $parameter.Description }
    }
    $null = $commands | Export-MamlCommandHelp -OutputFolder $Scratch -Force
    $made = @(Get-ChildItem $Scratch -Recurse -Filter '*.xml')
    if ($made.Count -ne 1) { throw "PlatyPS generated $($made.Count) files, not one: check that all pages name the same external help file." }
    $text = Format-Maml -Path $made[0].FullName -CommandHelp $commands
    $null = New-Item -ItemType Directory -Force (Split-Path $Destination)
    [IO.File]::WriteAllText($Destination, $text, [Text.UTF8Encoding]::new($false))
}

#endregion

#region The about topics

function Split-Text {
    # Folds a text at spaces; Hanging indents the lines after the first.
    param([AllowEmptyString()] [string] $Text, [int] $Indent, [int] $Hanging = 0, [int] $Width = 78)
    foreach ($part in $Text.Split("`n")) {
        $line = ' ' * $Indent
        $isEmpty = $true
        foreach ($word in $part.Split(' ', [StringSplitOptions]::RemoveEmptyEntries)) {
            if (-not $isEmpty -and $line.Length + 1 + $word.Length -gt $Width) {
                $line
                $line = ' ' * ($Indent + $Hanging)
                $isEmpty = $true
            }
            $line += $(if ($isEmpty) { '' } else { ' ' }) + $word
            $isEmpty = $false
        }
        $line.TrimEnd()
    }
}

function Format-AboutTable {
    # Formats a table in columns or, if its texts are sentences or the last column would be too narrow, as terms with text below.
    param([object[]] $Row, [int] $Indent)
    $hasHeading = @($Row[0] | Where-Object { $_ }).Count -gt 0
    $first = if ($hasHeading) { 0 } else { 1 }
    $last = $Row[0].Count - 1
    $widths = @(for ($column = 0; $column -lt $last; $column++) {
            (@(for ($i = $first; $i -lt $Row.Count; $i++) { $Row[$i][$column].Length }) | Measure-Object -Maximum).Maximum + 3
        })
    $margin = $Indent + 4 + ($widths | Measure-Object -Sum).Sum
    $hasSentences = $false
    for ($i = 1; $i -lt $Row.Count; $i++) { if ($hasHeading -and $Row[$i][$last] -match '\.$') { $hasSentences = $true } }
    if ($margin -gt 34 -or $hasSentences) {
        for ($i = 1; $i -lt $Row.Count; $i++) {
            if ($i -gt 1) { '' }
            Split-Text $Row[$i][0] -Indent $Indent
            for ($column = 1; $column -le $last; $column++) { if ($Row[$i][$column]) { Split-Text $Row[$i][$column] -Indent ($Indent + 4) } }
        }
        return
    }
    for ($i = $first; $i -lt $Row.Count; $i++) {
        $start = ' ' * ($Indent + 4)
        $line = ' ' * ($Indent + 4)
        for ($column = 0; $column -lt $last; $column++) {
            $start += $Row[$i][$column].PadRight($widths[$column])
            $line += ('-' * $Row[$i][$column].Length).PadRight($widths[$column])
        }
        # Folded separately: the spaces between columns are not spaces between words.
        $folded = @(Split-Text $Row[$i][$last] -Indent $margin)
        ($start + $folded[0].Trim()).TrimEnd()
        $folded | Select-Object -Skip 1
        if ($hasHeading -and $i -eq 0) { $line + '-' * $Row[0][$last].Length }
    }
}

function ConvertTo-AboutText {
    <#
    .SYNOPSIS
        Converts the page of an about topic to the text that Get-Help prints.
    .DESCRIPTION
        The level-1 heading becomes TOPIC; level-2 headings are set in capitals. Text is indented and folded at 78 columns;
        code is indented further and not folded. The result is ASCII, because Windows PowerShell reads these files in the
        system's code page. A page that starts with TOPIC is returned as it is.
    #>
    param([Parameter(Mandatory)] [string] $Markdown)
    $source = $Markdown -replace "`r"
    if ($source -match '\A\s*TOPIC\n') { return $source.Trim("`n") + "`n" }
    $lines = [Collections.Generic.List[string]]::new()
    foreach ($block in Read-Markdown ($source -replace '(?s)\A---\n.*?\n---\n')) {
        if ($lines.Count -and -not ($lines[$lines.Count - 1] -cmatch '^[A-Z]')) { $lines.Add('') }
        $new = @(switch ($block.Kind) {
                'Heading' {
                    switch ($block.Level) {
                        1 { 'TOPIC'; "    $($block.Text)" }
                        2 { $block.Text.ToUpperInvariant() }
                        default { "  $($block.Text)" }
                    }
                }
                'Text' { Split-Text $block.Text -Indent 4 }
                'List' { foreach ($item in $block.Items) { Split-Text "$($item.Mark) $($item.Text)" -Indent (4 + 2 * $item.Level) -Hanging ($item.Mark.Length + 1) } }
                'Code' { foreach ($line in $block.Lines) { if ($line) { "        $line" } else { '' } } }
                'Table' { Format-AboutTable $block.Rows -Indent 4 }
            })
        foreach ($line in $new) { $lines.Add($line) }
    }
    $text = ($lines -join "`n") + "`n"
    foreach ($pair in @(0x2018, "'"), @(0x2019, "'"), @(0x201C, '"'), @(0x201D, '"'), @(0x2013, '-'), @(0x2014, '-'), @(0x2026, '...'), @(0x2192, '->'), @(0x00D7, 'x'), @(0x00A0, ' ')) {
        $text = $text.Replace([string][char]$pair[0], $pair[1])
    }
    $foreign = [regex]::Match($text, '[^\n\x20-\x7E]')
    if ($foreign.Success) { throw "The topic contains the character '$($foreign.Value)' (U+$('{0:X4}' -f [int][char]$foreign.Value)), which Windows PowerShell may not display." }
    $text
}

#endregion

Export-ModuleMember -Function Read-Markdown, ConvertTo-PlainInline, ConvertTo-Paragraph, Get-ShortTypeName, Export-HelpXml, ConvertTo-AboutText
