#Requires -Version 7.4
# Five thousand lists that change between any two pages, and within one answer between its count and its rows, in each of the ways
# that a list can: rows are removed, come in, come back and are renamed, at the same count and at another, by others and by the
# pipeline itself, and so that no answer tells of it. A row that was there from the first request to
# the last has to come once, or the list has to end with PolarListIncomplete. The lists are read over the module's own client.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [int] $Seed,
    [int] $Count
)

Import-Module "$PSScriptRoot/PolarPS.Soak.psm1" -Force
if ($Count -eq 0) { $Count = 5000 }
$soak = Start-Soak -Name 'lists' -ModulePath $ModulePath -Seed $Seed -Count $Count

$null = Get-PolarConnection
$client = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'PolarPS.Client' }
if (-not $client) { $client = [Reflection.Assembly]::LoadFrom((Join-Path (Split-Path $ModulePath) 'PolarPS.Client.dll')) }
$references = @($client.Location, "$PSHOME/Microsoft.Bcl.AsyncInterfaces.dll") + @(
    'netstandard', 'System.Runtime', 'System.Collections', 'System.Linq', 'System.Net.Http', 'System.Net.Primitives', 'System.Threading', 'System.Threading.Tasks.Extensions'
)
Add-Type -Path "$PSScriptRoot/../support/MovingList.cs" -ReferencedAssemblies $references -CompilerOptions '-nullable:enable' -IgnoreWarnings

$lives = [PolarPS.TestSupport.ListLife].GetEnumValues()
$each = [int][Math]::Ceiling($Count / $lives.Count)
$figures = [ordered]@{ lists = 0; rows = 0; requests = 0; 'at least needed' = 0; incomplete = 0; 'of them without loss' = 0 }
$bad = [ordered]@{ lost = 0; twice = 0; 'false alarms where nothing can get lost' = 0; 'requests too many in quiet lists' = 0; 'of the impossible lost too many' = 0 }
$detail = [Collections.Generic.List[string]]::new()
foreach ($life in $lives) {
    $outcome = [PolarPS.TestSupport.MovingList]::Run($life, $each, $soak.Random.Next(1, 1000000000))
    $figures.lists += $outcome.Lists
    $figures.rows += $outcome.Rows
    $figures.requests += $outcome.Requests
    $figures['at least needed'] += $outcome.LeastRequests
    $figures.incomplete += $outcome.Incomplete
    $figures['of them without loss'] += $outcome.FalseAlarms
    $bad.twice += $outcome.Twice
    if ($life -eq 'Impossible') {
        # Moves that the order of such a list rules out: they are found all the same, but for the gap that the help names.
        $figures['lost where it is impossible'] = $outcome.LostInSilence
        $bad['of the impossible lost too many'] = [int]($outcome.LostInSilence -gt [Math]::Max(1, $outcome.Rows / 20000))
    }
    else { $bad.lost += $outcome.LostInSilence }
    if ($life -ne 'Impossible') { $bad['false alarms where nothing can get lost'] += $outcome.Incomplete }
    if ($life -in 'Quiet', 'QuietByName') { $bad['requests too many in quiet lists'] += [int][Math]::Max(0, $outcome.Requests - [Math]::Ceiling($outcome.LeastRequests * 1.06)) }
    # Of those, lists that are said to be incomplete are no fault.
    if ($life -ne 'Impossible') { foreach ($line in $outcome.Details) { $detail.Add($line) } }
}

Complete-Soak -Soak $soak -Figures $figures -Bad $bad -Detail $detail
