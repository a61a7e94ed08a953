# The table of views, src/PolarPS.Shell/Views/Views.txt, against the classes that it is about.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/../tools/PolarPS.Views.psm1"
    $views = @(Read-View "$PSScriptRoot/../src/PolarPS.Shell/Views/Views.txt" | ForEach-Object { @{ Name = $_.Name; View = $_ } })
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-Module "$PSScriptRoot/../tools/PolarPS.Views.psm1"
    Import-TestModule
    Import-TestView
    $script:source = "$PSScriptRoot/../src/PolarPS.Shell/Views/Views.txt"
    $script:shown = [PolarPS.PolarConnection].Assembly.GetType('PolarPS.Views.Shown', $true)
    $script:forms = $shown.GetField('Forms', [Reflection.BindingFlags]'Static, NonPublic').GetValue($null).Keys
    # The width of a table, as PowerShell computes it: from the right, columns are cut and then left out.
    function Get-ColumnWidth {
        param([object[]] $Column, [int] $Width)
        $widths = @($Column | ForEach-Object { [Math]::Max(1, $_.Width) })
        $flexible = @(0..($Column.Count - 1) | Where-Object { -not $Column[$_].Width })
        $total = { $visible = @($widths | Where-Object { $_ -gt 0 }); ($visible | Measure-Object -Sum).Sum + $visible.Count - 1 }
        for ($i = 0; $flexible.Count -and (& $total) -lt $Width; $i++) { $widths[$flexible[$i % $flexible.Count]]++ }
        for ($last = $widths.Count - 1; $last -ge 0 -and (& $total) -gt $Width; $last--) {
            $left = $widths[$last] - ((& $total) - $Width)
            $widths[$last] = if ($left -lt 1) { -1 } else { $left }
        }
        $widths
    }

    function New-Bare {
        # One of a class without running its constructor; some have none for others.
        param([string] $Type)
        [psobject][Runtime.Serialization.FormatterServices]::GetUninitializedObject($Type -as [type])
    }
}

Describe 'The view of <Name>' -ForEach $views {
    It 'is of a class, and shows properties that it has' {
        $View.Type -as [type] | Should -Not -BeNullOrEmpty
        if (($View.Type -as [type]).IsAbstract) { return }
        $item = New-Bare $View.Type
        foreach ($entry in @($View.Table) + @($View.List)) {
            $item.PSObject.Properties[$entry.Heading] | Should -Not -BeNullOrEmpty -Because "a heading is a property, and $Name has no $($entry.Heading)"
            $path, $form = $entry.Key -split '/'
            foreach ($one in $path -split '\|') {
                $first = ($one -split '\.')[0]
                if ($first -ne 'ToString') { $item.PSObject.Properties[$first] | Should -Not -BeNullOrEmpty -Because "$Name has no $first" }
            }
            if ($form) { $forms | Should -Contain $form }
        }
        foreach ($name in @($View.Display) + @($View.Hidden) + @($View.Adds)) { $item.PSObject.Members[$name] | Should -Not -BeNullOrEmpty -Because "$Name has no $name" }
    }

    It 'shows each property in its list, except for those that it leaves out' {
        if (-not $View.List) { return }
        $made = Get-FormatData -TypeName $View.Type | ForEach-Object FormatViewDefinition | Where-Object { $_.Control -is [Management.Automation.ListControl] }
        $shown = @($made.Control.Entries.Items.Label)
        $missing = ($View.Type -as [type]).GetProperties().Name | Where-Object { $_ -notin $shown -and $_ -notin $View.Omits }
        $missing | Should -BeNullOrEmpty -Because 'nobody finds what is not shown'
        @($shown | Group-Object | Where-Object Count -GT 1).Name | Should -BeNullOrEmpty
        $View.Omits | Where-Object { $_ -in $View.List.Heading } | Should -BeNullOrEmpty -Because 'what is left out is not named'
    }

    It 'has money in its table in major units' {
        # Under the API's name it would be a number that is not the one in the column.
        $item = if (-not ($View.Type -as [type]).IsAbstract) { New-Bare $View.Type }
        foreach ($column in $View.Table) {
            $property = $item.PSObject.Properties[$column.Heading]
            if ($property.TypeNameOfValue -match 'Int64') { $column.Heading | Should -Not -Match 'Amount$|^PricePerSeat$' }
        }
    }

    It 'has headings in one line and ids whole at <_> columns' -ForEach 80, 90, 100, 110, 120, 160 {
        if (-not $View.Table) { return }
        $View.Table[0].Width | Should -BeGreaterThan 0 -Because 'without it PowerShell computes all widths from the rows of the first 300 ms'
        $widths = @(Get-ColumnWidth $View.Table $_)
        $edge = $_ -in 80, 100, 120
        for ($i = 0; $i -lt $widths.Count; $i++) {
            $column = $View.Table[$i]
            # An id's column has the width of one.
            if ($column.Width -eq 36) { $widths[$i] | Should -Be 36 -Because "$($column.Heading) is an id" }
            if ($edge -and $widths[$i] -gt 0) { $widths[$i] | Should -BeGreaterOrEqual $column.Heading.Length -Because "'$($column.Heading)' would be cut" }
        }
    }
}

Describe 'The table of views' {
    It 'leaves out nothing that is not there' {
        $views = @(Read-View $source | Where-Object List)
        foreach ($view in $views) { $view | Add-Member -NotePropertyName Known -NotePropertyValue ($view.Type -as [type]).GetProperties().Name }
        foreach ($name in $views.Omits | Sort-Object -Unique) { $views.Known | Should -Contain $name }
    }

    It 'shows a property that nobody named at the end of its list' {
        $few = Join-Path $TestDrive 'few.txt'
        [IO.File]::WriteAllText($few, "*  all`n  omits  Code`nDiscount  Catalogue`n  list   Name Id`n")
        Export-View $few $TestDrive { 'Id', 'Code', 'Campaign', 'Name', 'Reach' | ForEach-Object { [pscustomobject]@{ Name = $_; PropertyType = [string] } } }
        $xml = [xml][IO.File]::ReadAllText((Join-Path $TestDrive 'PolarPS.format.ps1xml'))
        @($xml.SelectNodes('//ListItem/Label') | ForEach-Object InnerText) | Should -Be 'Name', 'Id', 'Campaign', 'Reach'
    }

    It 'uses every computed property and every form' {
        $views = Read-View $source
        $methods = [PolarPS.Views.Columns].GetMethods([Reflection.BindingFlags]'Public, Static, DeclaredOnly').Name
        ($views.Adds | Sort-Object -Unique) | Should -Be ($methods | Sort-Object)
        $used = (@($views.Table) + @($views.List)).Key -match '/' -replace '^.*/'
        $forms | Where-Object { $_ -notin $used } | Should -BeNullOrEmpty
    }

    It 'is what the module has' {
        Export-View $source $TestDrive { param($Type) ($Type -as [type]).GetProperties() }
        foreach ($file in 'PolarPS.format.ps1xml', 'PolarPS.types.ps1xml') {
            [IO.File]::ReadAllText((Join-Path $TestDrive $file)) | Should -BeExactly ([IO.File]::ReadAllText((Join-Path (Split-Path (Get-TestModulePath)) $file)))
        }
    }

    It 'has the types file name classes of the root module only, or an import would search every assembly for them' {
        $xml = [xml][IO.File]::ReadAllText((Join-Path (Split-Path (Get-TestModulePath)) 'PolarPS.types.ps1xml'))
        $named = @($xml.SelectNodes('//TypeName|//NoteProperty[Name="TargetTypeForDeserialization"]/Value') | ForEach-Object InnerText | Sort-Object -Unique)
        $named.Count | Should -BeGreaterThan 4
        $root = [PolarPS.LibraryLoading].Assembly
        $named | Where-Object { -not $root.GetType($_) } | Should -BeNullOrEmpty
    }

    It 'is refused where it is wrong: <Name>' -ForEach @(
        @{ Name = 'no type'; Text = '  table  Id:36'; Says = '*line 1: no type stands above it*' }
        @{ Name = 'no area'; Text = 'Order'; Says = '*a type has a name and an area*' }
        @{ Name = 'a type twice'; Text = "Order orders`nOrder orders"; Says = '*line 2: Order is there twice*' }
        @{ Name = 'an unknown line'; Text = "Order orders`n  tabel  Id:36"; Says = '*tabel is none of*' }
        @{ Name = 'a line twice'; Text = "Order orders`n  list  Id`n  list  Id"; Says = '*Order has list twice*' }
        @{ Name = 'an entry'; Text = "Order orders`n  table  Id:wide"; Says = "*'Id:wide' is no entry of a view*" }
    ) {
        $file = Join-Path $TestDrive 'wrong.txt'
        [IO.File]::WriteAllText($file, $Text)
        { Read-View $file } | Should -Throw $Says
    }
}
