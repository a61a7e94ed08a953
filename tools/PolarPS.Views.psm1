# Makes the files by which PowerShell shows PolarPS's objects from src/PolarPS.Shell/Views/Views.txt, whose head says what stands there.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Read-View {
    # The types of Views.txt: Name, Type, Area, and by the name of each line its entries. Table and list are read into Heading, Key, Width
    # and IsRight.
    param([Parameter(Mandatory)] [string] $Path)
    $known = 'rows', 'table', 'list', 'omits', 'adds', 'display', 'hidden', 'depth', 'reads', 'becomes'
    $types = [Collections.Generic.List[object]]::new()
    $type = $null
    $part = $null
    $number = 0
    foreach ($line in [IO.File]::ReadAllLines($Path)) {
        $number++
        $where = "$(Split-Path $Path -Leaf), line ${number}: "
        $words = @($line -split '\s+' -ne '')
        if ($words.Count -eq 0 -or $line[0] -eq '#') { continue }
        if ($line[0] -ne ' ') {
            if ($words.Count -ne 2) { throw "${where}a type has a name and an area." }
            if (@($types | ForEach-Object Name) -contains $words[0]) { throw "${where}$($words[0]) is there twice." }
            $type = [pscustomobject]@{ Name = $words[0]; Area = $words[1]; Line = $number; Parts = @{} }
            $types.Add($type)
            $part = $null
            continue
        }
        if (-not $type) { throw "${where}no type stands above it." }
        # What is indented further goes on with the line above.
        if ($line -match '^ {2}\S') {
            $part = $words[0]
            if ($part -cnotin $known) { throw "${where}$part is none of $($known -join ', ')." }
            if ($type.Parts.ContainsKey($part)) { throw "${where}$($type.Name) has $part twice." }
            $type.Parts[$part] = [Collections.Generic.List[string]]::new()
            $words = @($words | Select-Object -Skip 1)
        }
        elseif (-not $part) { throw "${where}no line stands above it that it could go on with." }
        foreach ($word in $words) { $type.Parts[$part].Add($word) }
    }
    $everywhere = @($types | Where-Object Name -EQ '*' | ForEach-Object { Get-Part $_ 'omits' })
    foreach ($one in $types | Where-Object Name -NE '*') {
        [pscustomobject]@{
            Name    = $one.Name -replace '^.*\.'
            Type    = if ($one.Name.Contains('.')) { $one.Name } else { "PolarPS.Client.Models.$($one.Name)" }
            Area    = $one.Area
            Line    = $one.Line
            Rows    = @(Get-Part $one 'rows')
            Table   = @(Get-Part $one 'table' | ForEach-Object { ConvertTo-Entry $_ })
            List    = @(Get-Part $one 'list' | ForEach-Object { ConvertTo-Entry $_ })
            Omits   = @(Get-Part $one 'omits') + $everywhere
            Adds    = @(Get-Part $one 'adds')
            Display = @(Get-Part $one 'display')
            Hidden  = @(Get-Part $one 'hidden')
            Depth   = [int](@(Get-Part $one 'depth') + 0)[0]
            Reads   = @(Get-Part $one 'reads')
            Becomes = @(Get-Part $one 'becomes')
        }
    }
}

function Get-Part {
    param([object] $Type, [string] $Name)
    if ($Type.Parts.ContainsKey($Name)) { $Type.Parts[$Name] }
}

function ConvertTo-Entry {
    # HEADING=PROPERTY/FORM:WIDTH>
    param([string] $Text)
    if ($Text -cnotmatch '^(?<heading>\w+)(?:=(?<property>[\w.|]+))?(?<form>/[A-Za-z]+)?(?::(?<width>\d+))?(?<right>>)?$') { throw "'$Text' is no entry of a view." }
    [pscustomobject]@{
        Heading = $Matches.heading
        Key     = $(if ($Matches['property']) { $Matches.property } else { $Matches.heading }) + $Matches['form']
        Width   = [int]$Matches['width']
        IsRight = [bool]$Matches['right']
    }
}

function Get-Expression {
    # What is shown: always through PolarText, which makes control characters visible. As a format of it where that gives a text, because
    # PowerShell parses every script when it reads the file. Lists are its to write, as $FormatEnumerationLimit has it.
    param([string] $Key, [hashtable] $Kind)
    $type = $Kind[$Key]
    $isText = $Key.Contains('/') -or ($type -and $type -ne [object] -and ($type -eq [string] -or -not [Collections.IEnumerable].IsAssignableFrom($type)))
    if ($isText) { "<PropertyName>PolarText</PropertyName><FormatString>$Key</FormatString>" } else { Get-TextScript $Key }
}

function Get-Condition {
    # Whether there is something to show. A text or a time says that itself; false and 0 are something.
    param([string] $Key, [hashtable] $Kind)
    if ($Kind[$Key] -in [string], [DateTimeOffset]) { "<PropertyName>$Key</PropertyName>" } else { Get-TextScript $Key }
}

function Get-TextScript {
    param([string] $Key)
    $name = if ($Key -match '\W') { "'$Key'" } else { $Key }
    "<ScriptBlock>`$_.PolarText.$name</ScriptBlock>"
}

function Get-FormatXml {
    # Rows, a table and a list for each type that has them; the first is what PowerShell shows by itself.
    param([Parameter(Mandatory)] [object[]] $View)
    $xml = [Text.StringBuilder]::new('<?xml version="1.0" encoding="utf-8"?><Configuration><ViewDefinitions>')
    foreach ($type in $View) {
        $kind = $type.Kind
        $head = "<ViewSelectedBy><TypeName>$($type.Type)</TypeName></ViewSelectedBy>"
        if ($type.Rows) {
            $heading, $row = $type.Rows | ForEach-Object { "<CustomControl><CustomEntries><CustomEntry><CustomItem><ExpressionBinding><ScriptBlock>`$_.$_</ScriptBlock></ExpressionBinding></CustomItem></CustomEntry></CustomEntries></CustomControl>" }
            $null = $xml.Append("`n<View><Name>$($type.Name)Rows</Name>$head<GroupBy><ScriptBlock>`$_.$($type.Rows[0])</ScriptBlock>$heading</GroupBy>$row</View>")
        }
        if ($type.Table) {
            $null = $xml.Append("`n<View><Name>$($type.Name)</Name>$head<TableControl><TableHeaders>")
            foreach ($column in $type.Table) {
                $width = if ($column.Width) { "<Width>$($column.Width)</Width>" }
                $alignment = if ($column.IsRight) { '<Alignment>Right</Alignment>' }
                $null = $xml.Append("<TableColumnHeader><Label>$($column.Heading)</Label>$width$alignment</TableColumnHeader>")
            }
            $null = $xml.Append('</TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems>')
            foreach ($column in $type.Table) { $null = $xml.Append("<TableColumnItem>$(Get-Expression $column.Key $kind)</TableColumnItem>") }
            $null = $xml.Append('</TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View>')
        }
        if ($type.List) {
            $null = $xml.Append("`n<View><Name>$($type.Name)List</Name>$head<ListControl><ListEntries><ListEntry><ListItems>")
            foreach ($item in $type.List) {
                # What has nothing to show is left out.
                $null = $xml.Append("<ListItem><ItemSelectionCondition>$(Get-Condition $item.Key $kind)</ItemSelectionCondition><Label>$($item.Heading)</Label>$(Get-Expression $item.Key $kind)</ListItem>")
            }
            $null = $xml.Append('</ListItems></ListEntry></ListEntries></ListControl></View>')
        }
    }
    "$($xml.Append("`n</ViewDefinitions></Configuration>`n"))"
}

function Get-TypesXml {
    # The properties that types have besides their own, hidden ones among them, and their short lists. The first two entries have
    # PolarPS.Client and PolarPS.Shell loaded before anything names a class of them; LibraryLoading.cs says how.
    param([Parameter(Mandatory)] [object[]] $View)
    $xml = [Text.StringBuilder]::new('<?xml version="1.0" encoding="utf-8"?><Types>')
    $null = $xml.Append("`n<Type><Name>PolarPS.LibraryLoading</Name><TypeConverter><TypeName>PolarPS.LibraryLoading</TypeName></TypeConverter></Type>")
    $null = $xml.Append("`n<Type><Name>PolarPS.LibraryLoading</Name><Members>$(Get-PropertyXml 'Client' 'PolarPS.LibraryLoading')$(Get-PropertyXml 'Shell' 'PolarPS.LibraryLoading')</Members></Type>")
    foreach ($type in $View | Where-Object { $_.Adds -or $_.Hidden -or $_.Display -or $_.Reads }) {
        $null = $xml.Append("`n<Type><Name>$($type.Type)</Name>")
        if ($type.Adds -or $type.Hidden -or $type.Display -or $type.Depth) { $null = $xml.Append("<Members>$(Get-MembersXml $type)</Members>") }
        foreach ($name in $type.Reads) { $null = $xml.Append("<TypeConverter><TypeName>PolarPS.$name</TypeName></TypeConverter>") }
        $null = $xml.Append('</Type>')
        foreach ($name in $type.Becomes) {
            $null = $xml.Append("`n<Type><Name>Deserialized.$($type.Type)</Name><Members><MemberSet><Name>PSStandardMembers</Name><Members>")
            $null = $xml.Append("<NoteProperty><Name>TargetTypeForDeserialization</Name><Value>PolarPS.$name</Value></NoteProperty></Members></MemberSet></Members></Type>")
        }
    }
    "$($xml.Append("`n</Types>`n"))"
}

function Get-MembersXml {
    param([Parameter(Mandatory)] [object] $Type)
    $xml = [Text.StringBuilder]::new()
    foreach ($name in $Type.Hidden) { $null = $xml.Append((Get-PropertyXml $name 'PolarPS.Views.ShownProperties' ' IsHidden="true"')) }
    foreach ($name in $Type.Adds) { $null = $xml.Append((Get-PropertyXml $name 'PolarPS.Views.Columns')) }
    if ($Type.Display -or $Type.Depth) {
        $null = $xml.Append('<MemberSet><Name>PSStandardMembers</Name><Members>')
        if ($Type.Depth) { $null = $xml.Append("<NoteProperty><Name>SerializationDepth</Name><Value>$($Type.Depth)</Value></NoteProperty>") }
        if ($Type.Display) {
            $null = $xml.Append('<PropertySet><Name>DefaultDisplayPropertySet</Name><ReferencedProperties>')
            foreach ($name in $Type.Display) { $null = $xml.Append("<Name>$name</Name>") }
            $null = $xml.Append('</ReferencedProperties></PropertySet>')
        }
        $null = $xml.Append('</Members></MemberSet>')
    }
    "$xml"
}

function Get-PropertyXml {
    param([string] $Name, [string] $Class, [string] $Attribute)
    "<CodeProperty$Attribute><Name>$Name</Name><GetCodeReference><TypeName>$Class</TypeName><MethodName>$Name</MethodName></GetCodeReference></CodeProperty>"
}

function Add-Rest {
    # Adds to the lists what they neither name nor leave out, so that a new property of a class is shown without a line in Views.txt; and to
    # each type, by their names, what its properties hold.
    param([Parameter(Mandatory)] [object[]] $View, [Parameter(Mandatory)] [scriptblock] $Property)
    foreach ($type in $View) {
        $properties = @(& $Property $type.Type)
        $kind = @{}
        foreach ($one in $properties) {
            $inner = [Nullable]::GetUnderlyingType($one.PropertyType)
            $kind[$one.Name] = if ($inner) { $inner } else { $one.PropertyType }
        }
        $type | Add-Member -NotePropertyName Kind -NotePropertyValue $kind
        if ($type.List) {
            $rest = $properties.Name | Where-Object { $_ -notin $type.List.Heading -and $_ -notin $type.Omits }
            $type.List = @($type.List) + @($rest | ForEach-Object { ConvertTo-Entry $_ })
        }
    }
}

function Export-View {
    # Writes PolarPS.format.ps1xml and PolarPS.types.ps1xml into a folder. $Property gives the properties of a class, with Name and
    # PropertyType.
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Destination, [Parameter(Mandatory)] [scriptblock] $Property)
    $view = @(Read-View $Path)
    Add-Rest $view $Property
    [IO.File]::WriteAllText((Join-Path $Destination 'PolarPS.format.ps1xml'), (Get-FormatXml $view))
    [IO.File]::WriteAllText((Join-Path $Destination 'PolarPS.types.ps1xml'), (Get-TypesXml $view))
}

Export-ModuleMember -Function Read-View, Export-View
