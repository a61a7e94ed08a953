# One competitor of the benchmark, in a process of its own: lists the products of a shop several times and tells how long each
# list took, as one line of JSON. The shop and its token are in the environment variables of PolarPS. Measure-PolarPS.ps1 runs it.
param(
    # PolarPS: the cmdlet, into a variable. RestMethod: the loop that a script has without it. Download: the bytes, not read.
    # OutNull, ForEach: the cmdlet into a pipeline. Pipeline: the same pipeline fed from a variable, which is PowerShell's own part.
    [Parameter(Mandatory)]
    [ValidateSet('PolarPS', 'RestMethod', 'Download', 'OutNull', 'ForEach', 'Pipeline')]
    [string] $With,
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [int] $Pages,
    # For what names it itself.
    [Parameter(Mandatory)] [string] $ApiVersion,
    [int] $Times = 1
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$address = "$env:POLAR_ENVIRONMENT/v1/products/"
$client = $null
$products = $null

# Each returns what it has read: objects, or bytes.
$lists = @{
    PolarPS    = { $products = Get-PolarProduct; $products.Count }
    RestMethod = {
        $headers = @{ Authorization = "Bearer $env:POLAR_ACCESS_TOKEN"; 'Polar-Version' = $ApiVersion }
        $products = foreach ($page in 1..$Pages) { (Invoke-RestMethod "${address}?page=$page&limit=100" -Headers $headers).items }
        $products.Count
    }
    Download   = {
        if (-not $client) {
            $client = [Net.Http.HttpClient]::new()
            $client.DefaultRequestHeaders.Add('Authorization', "Bearer $env:POLAR_ACCESS_TOKEN")
            $client.DefaultRequestHeaders.Add('Polar-Version', $ApiVersion)
        }
        $bytes = 0
        foreach ($page in 1..$Pages) {
            $bytes += $client.GetByteArrayAsync("${address}?page=$page&limit=100").GetAwaiter().GetResult().Length
        }
        $bytes
    }
    OutNull    = { Get-PolarProduct | Out-Null }
    ForEach    = { Get-PolarProduct | ForEach-Object { } }
    Pipeline   = { $products | ForEach-Object { } }
}

if ($With -notin 'RestMethod', 'Download') { Import-Module $ModulePath }
if ($With -eq 'Pipeline') { $products = Get-PolarProduct }
$list = $lists[$With]
$watch = [Diagnostics.Stopwatch]::new()
$took = for ($i = 0; $i -lt $Times; $i++) {
    $watch.Restart()
    # In this scope: one client for all lists, as the cmdlets and the SDK have.
    $count = . $list
    $watch.Elapsed.TotalMilliseconds.ToString('F3', [cultureinfo]::InvariantCulture)
}

$peak = [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
# By hand: ConvertTo-Json would load its assembly, which a user of the cmdlets need not have.
"{""count"":$([int]$count),""peak"":$peak,""took"":[$($took -join ',')]}"
