# Every operation of the map is reached by its cmdlet: calls are made against a local Polar, and what it was asked is held
# against the API's description. tests/data/<area>.coverage.ps1 has the calls: a hashtable with
#   Arrange  makes what the calls need, in script variables; $testHost is there
#   Calls    by operation, one script; what its parameters cannot give by themselves has to appear in it at least once: a field
#            that is missing and has a parameter of a plain type is tried in further calls, the script's own with that parameter
#   Except   fields that no parameter sends, as 'operation field' = 'why'
BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    $areas = @(Get-ChildItem (Join-Path $PSScriptRoot 'data') -Filter '*.coverage.ps1' | ForEach-Object { @{ Area = $_.Name -replace '\.coverage\.ps1$'; File = $_.FullName } })
    foreach ($area in $areas) { $area.Operations = @((& $area.File).Calls.Keys | Sort-Object | ForEach-Object { @{ Operation = $_ } }) }
    $called = @($areas | ForEach-Object { $_.Operations.Operation })
    # What the map says, or the description where there is no map; neither is a part of the project.
    $map = Get-ReferencePath 'cmdlets.tsv'
    $rows = @(
        if (Test-Path $map) { Import-Csv $map -Delimiter "`t" | ForEach-Object { @{ Cmdlet = $_.cmdlet; Operation = $_.operationId } } }
        elseif ($described = Get-ApiDescription) {
            $described.paths.PSObject.Properties.Value | ForEach-Object { $_.PSObject.Properties.Value } |
                Where-Object { $_.PSObject.Properties['operationId'] } | ForEach-Object { @{ Cmdlet = ''; Operation = $_.operationId } }
        }
    )
    foreach ($row in $rows) { $row.IsCalled = $row.Operation -in $called }
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    $script:table = [System.Collections.Generic.List[object]]::new()
    $script:api = Get-ApiDescription
    $script:absence = 'there is no API description: neither POLARPS_API_DESCRIPTION nor ../shared/api has one'
    $script:described = @{}
    if ($api) {
        foreach ($path in $api.paths.PSObject.Properties) {
            foreach ($method in $path.Value.PSObject.Properties | Where-Object { $_.Value.PSObject.Properties['operationId'] }) {
                $described[$method.Value.operationId] = [pscustomobject]@{ Method = $method.Name.ToUpperInvariant(); Path = $path.Name; Text = $method.Value }
            }
        }
    }

    function Get-Value {
        # A property that may not be there.
        param($Item, [string] $Name)
        if ($null -ne $Item -and $Item.PSObject.Properties[$Name]) { $Item.$Name }
    }

    function Resolve-Schema {
        param($Schema)
        while ($reference = Get-Value $Schema '$ref') { $Schema = Get-Value $api.components.schemas ($reference -split "/")[-1] }
        $Schema
    }

    function Get-FieldPath {
        # The fields of a body: 'name', 'prices[].price_amount'; of all branches together.
        param($Schema, [string] $Prefix = '', [int] $Depth = 0)
        $resolved = Resolve-Schema $Schema
        if ($Depth -gt 6 -or $null -eq $resolved) { return }
        foreach ($union in 'anyOf', 'oneOf', 'allOf') {
            foreach ($branch in @(Get-Value $resolved $union)) { if ($branch) { Get-FieldPath $branch $Prefix ($Depth + 1) } }
        }
        $properties = Get-Value $resolved 'properties'
        if ($properties) {
            foreach ($property in $properties.PSObject.Properties) {
                $path = $Prefix + $property.Name
                $path
                Get-FieldPath $property.Value "$path." ($Depth + 1)
            }
        }
        $items = Get-Value $resolved 'items'
        if ($items) { Get-FieldPath $items ($Prefix.TrimEnd('.') + '[].') ($Depth + 1) }
    }

    function Get-Sample {
        # A value for a parameter of a plain type, as the text of an argument; nothing for others.
        param([Management.Automation.ParameterMetadata] $Parameter)
        $type = $Parameter.ParameterType
        if ($type.IsArray) { $type = $type.GetElementType() }
        $type = if ($inner = [Nullable]::GetUnderlyingType($type)) { $inner } else { $type }
        $completer = @($Parameter.Attributes | Where-Object { $_ -is [ArgumentCompleter] } | ForEach-Object Type)[0]
        $range = @($Parameter.Attributes | Where-Object { $_ -is [ValidateRange] })[0]
        switch ($type) {
            ([switch]) { ':$true'; return }
            ([bool]) { ' $true'; return }
            ([DateTimeOffset]) { ' (Get-Date).AddDays(2)'; return }
            ([Collections.IDictionary]) { " @{ a = 'b' }"; return }
            { $_ -in [int], [long], [decimal], [double] } { " $(if ($range -and $range.MinRange -gt 1) { $range.MinRange } else { 1 })"; return }
            { $_ -in [string], [object] } {
                if ($completer -and $completer.IsGenericType) { " '11111111-2222-4333-8444-555555555555'" }
                elseif ($completer -and $completer.GetProperty('Values')) { " '$(@([Activator]::CreateInstance($completer).Values)[0])'" }
                else { " 'coverage'" }
            }
        }
    }

    function Get-DerivedCall {
        # For a field that the calls did not send: the first of them that is of the cmdlet, with the field's parameter. Nothing where the
        # cmdlet has none, or none of a plain type.
        param([scriptblock] $Call, [string] $Cmdlet, [string] $Field)
        # The map of cmdlets does not have the operation, or is not there.
        if (-not $Cmdlet) { return }
        $command = Get-Command $Cmdlet -Module PolarPS
        $map = [PolarPS.PolarConnection].Assembly.GetType('PolarPS.Commands.FieldMap').GetMethod('ParametersOf', [type[]]@([type])).Invoke($null, @($command.ImplementingType))
        if (-not $map.ContainsKey($Field)) { return }
        $parameter = $command.Parameters[$map[$Field]]
        if (-not $parameter -or -not ($sample = Get-Sample $parameter)) { return }
        $line = $Call.Ast.Find({ param($ast) $ast -is [Management.Automation.Language.CommandAst] -and $ast.GetCommandName() -eq $Cmdlet }, $true)
        if ($line) { [scriptblock]::Create("$($line.Extent.Text) -$($parameter.Name)$sample -ErrorAction SilentlyContinue") }
    }

    function ConvertFrom-SentBody {
        # JSON, or a form, which OAuth's own operations take.
        param([string] $Body)
        if ($Body.TrimStart() -match '^[\[{]') { return $Body | ConvertFrom-Json }
        $form = @{}
        foreach ($pair in $Body -split '&') {
            $name, $value = $pair -split '=', 2
            $form[[uri]::UnescapeDataString($name)] = [uri]::UnescapeDataString("$value")
        }
        [pscustomobject]$form
    }

    function Get-SeenPath {
        # The same for a body that was sent.
        param($Value, [string] $Prefix = '')
        if ($Value -is [array]) { foreach ($item in $Value) { Get-SeenPath $item ($Prefix.TrimEnd('.') + '[].') } }
        elseif ($Value -is [Management.Automation.PSCustomObject]) {
            foreach ($property in $Value.PSObject.Properties) {
                $Prefix + $property.Name
                Get-SeenPath $property.Value "$Prefix$($property.Name)."
            }
        }
    }
}

AfterAll {
    if ($table.Count -gt 0) {
        $text = $table | Sort-Object Operation | Format-Table Operation, Cmdlet, Requests, Query, Body, Missing -AutoSize | Out-String -Width 160
        Write-Host "Operations reached by cmdlets, with the query parameters and body fields that were seen on the way:`n$text"
    }
}

Describe 'The map of cmdlets' {
    It 'is there' {
        if (-not $api) { Set-ItResult -Skipped -Because $absence }
        $described.Count | Should -BeGreaterThan 100
    }

    # Without the map the test above says so.
    if ($rows) {
        It 'has <Cmdlet> for <Operation>, and calls of it' -ForEach $rows {
            if ($Cmdlet) { Get-Command $Cmdlet -Module PolarPS -ErrorAction Ignore | Should -Not -BeNullOrEmpty }
            $IsCalled | Should -BeTrue -Because 'tests/data has no call'
        }
    }
}

Describe 'The calls of <Area>' -ForEach $areas {
    BeforeAll {
        $script:testHost = Start-TestHost
        Connect-TestHost $testHost
        $script:data = & $File
        . $data.Arrange
        $script:cmdlets = @{}
        $mapFile = Get-ReferencePath 'cmdlets.tsv'
        if (Test-Path $mapFile) { Import-Csv $mapFile -Delimiter "`t" | ForEach-Object { $cmdlets[$_.operationId] = $_.cmdlet } }
    }

    AfterAll {
        Disconnect-Polar -All
        Stop-TestHost $testHost
    }

    It 'are of operations of this area' {
        $tags = @(Import-Csv "$PSScriptRoot/data/Areas.tsv" -Delimiter "`t" | Where-Object area -CEQ $Area | ForEach-Object tag)
        @($Operations.Operation) -replace ':\w+$' | Where-Object { $_ -notin $tags } | Should -BeNullOrEmpty -Because 'they belong to another area of tests/data/Areas.tsv'
    }

    It 'reach <Operation> with all that it takes' -ForEach $Operations {
        if (-not $api) { Set-ItResult -Skipped -Because $absence; return }
        $known = $described[$Operation]
        $known | Should -Not -BeNullOrEmpty -Because 'the operation is in the description'
        "$($data.Calls[$Operation])" | Should -Match ([regex]::Escape("$($cmdlets[$Operation])")) -Because 'the map says which cmdlet serves it'

        Clear-HostRequest $testHost
        $null = . $data.Calls[$Operation]
        $pattern = '^' + ([regex]::Replace($known.Path, '\{\w+\}', '[^/]+')) + '$'
        # A path with a parameter also fits its neighbour without one: /v1/customers/{id} and /v1/customers/export.
        $literal = @($described.Values | Where-Object { $_.Method -eq $known.Method -and $_.Path -notmatch '\{' } | ForEach-Object Path)
        $wantedQueries = @(Get-Value $known.Text 'parameters' | Where-Object { $_ } | ForEach-Object { Resolve-Schema $_ } |
                Where-Object { $_.in -eq 'query' } | ForEach-Object { $_.name -replace '\[.*$' } | Sort-Object -Unique)
        $body = Get-Value (Get-Value $known.Text 'requestBody') 'content'
        $wantedFields = @()
        if ($body) { $wantedFields = @(Get-FieldPath @($body.PSObject.Properties)[0].Value.schema | Sort-Object -Unique) }
        $look = {
            $requests = @(Get-HostRequest $testHost | Where-Object { $_.method -eq $known.Method -and $_.path -match $pattern })
            if ($known.Path -match '\{') { $requests = @($requests | Where-Object { $_.path -notin $literal }) }
            $queries = @($requests | ForEach-Object { "$($_.query)" -split '&' } | Where-Object { $_ } |
                    ForEach-Object { [uri]::UnescapeDataString(($_ -split '=')[0]) -replace '\[.*$' } | Sort-Object -Unique)
            $sent = @($requests | Where-Object { $_.body } | ForEach-Object { Get-SeenPath (ConvertFrom-SentBody $_.body) } | Sort-Object -Unique)
            $missing = @(@($wantedQueries | Where-Object { $_ -notin $queries }) + @($wantedFields | Where-Object { $_ -notin $sent }))
        }
        . $look

        $excepted = @("$($data.Except.Keys -join "`n")" -split "`n" | Where-Object { $_.StartsWith("$Operation ", [StringComparison]::Ordinal) } | ForEach-Object { $_.Substring($Operation.Length + 1) })
        foreach ($field in $missing | Where-Object { $_ -notin $excepted -and $_ -notmatch '[.\[]' }) {
            $derived = Get-DerivedCall $data.Calls[$Operation] $cmdlets[$Operation] $field
            if ($derived) { $null = . $derived }
        }
        . $look
        $gaps = @($missing | Where-Object { $_ -notin $excepted })
        $table.Add([pscustomobject]@{
                Operation = $Operation
                Cmdlet    = $cmdlets[$Operation]
                Requests  = $requests.Count
                Query     = "$(@($wantedQueries | Where-Object { $_ -in $queries }).Count)/$($wantedQueries.Count)"
                Body      = "$(@($wantedFields | Where-Object { $_ -in $sent }).Count)/$($wantedFields.Count)"
                Missing   = $gaps -join ', '
            })

        @($requests | Where-Object { $_.status -ge 200 -and $_.status -lt 300 }).Count | Should -BeGreaterThan 0 -Because 'a call has to succeed'
        $gaps | Should -BeNullOrEmpty -Because 'every query parameter and body field has to be reachable'
        $excepted | Where-Object { $_ -notin $missing } | Should -BeNullOrEmpty -Because 'what is reached needs no exception'
    }
}
