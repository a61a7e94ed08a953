# What a release must be: build.ps1 -Task Release tests it, the publish workflow does it.
Set-StrictMode -Version 3
Add-Type -AssemblyName System.IO.Compression.FileSystem

function Get-ReleaseNotes {
    <#
    .SYNOPSIS
        The section of a version in the changelog: Text, and Date, which is empty until the version is released.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Version)
    $sections = (Get-Content $Path -Raw -Encoding utf8) -replace "`r" -split '(?m)^## '
    $newest = $sections | Select-Object -Skip 1 -First 1
    $title, $text = "$newest" -split "`n", 2
    if ($title -notmatch "^$([regex]::Escape($Version)) - (?<date>\d{4}-\d{2}-\d{2}|not yet released)$") {
        throw "The newest section of $(Split-Path -Leaf $Path) is '## $title', not '## $Version - ' with a date (yyyy-MM-dd) or 'not yet released'."
    }
    $date = if ($Matches.date -ne 'not yet released') { $Matches.date } else { '' }
    if (-not "$text".Trim()) { throw "$(Split-Path -Leaf $Path) says nothing of $Version." }
    [pscustomobject]@{ Version = $Version; Date = $date; Text = "$text".Trim() + "`n" }
}

function Get-PackageContent {
    <#
    .SYNOPSIS
        What is in a package: Files, and Metadata from its nuspec.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)
    $archive = [IO.Compression.ZipFile]::OpenRead($Path)
    try {
        $entry = @($archive.Entries | Where-Object FullName -Match '^[^/]+\.nuspec$')[0]
        $reader = [IO.StreamReader]::new($entry.Open())
        try { $nuspec = [xml]$reader.ReadToEnd() } finally { $reader.Dispose() }
        # NuGet URL-encodes some names.
        $files = @($archive.Entries | ForEach-Object { [uri]::UnescapeDataString($_.FullName) } | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]\.xml$)' })
    }
    finally { $archive.Dispose() }
    [pscustomobject]@{ Files = $files; Metadata = $nuspec.package.metadata }
}

function Test-ReleasePackage {
    <#
    .SYNOPSIS
        The problems of a package, one text each; nothing if there are none.
    .PARAMETER Files
        Patterns; each must match a file of the package.
    .PARAMETER Largest
        How many bytes the package may have; 0 for any number.
    .PARAMETER Dependencies
        The packages that it names, for each framework the same; in any order. Without it they are not looked at.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Id,
        [Parameter(Mandatory)] [string] $Version,
        [Parameter(Mandatory)] [string] $Repository,
        [Parameter(Mandatory)] [string[]] $Files,
        [long] $Largest,
        [string[]] $Dependencies
    )
    $name = Split-Path -Leaf $Path
    if (-not (Test-Path $Path)) { return "$name was not packed" }
    $size = (Get-Item $Path).Length
    if ($Largest -and $size -gt $Largest) { "${name}: has $size bytes, which are more than $Largest" }
    $package = Get-PackageContent $Path
    $text = { param($element) foreach ($node in $package.Metadata.SelectNodes("*[local-name()='$element']")) { $node.InnerText } }
    $expected = [ordered]@{ id = $Id; version = $Version; projectUrl = $Repository; license = 'MIT'; icon = 'icon.png' }
    foreach ($element in $expected.Keys) {
        $value = "$(& $text $element)"
        if ($value -ne $expected[$element]) { "${name}: $element is '$value', not '$($expected[$element])'" }
    }
    foreach ($element in 'authors', 'description', 'copyright', 'tags', 'releaseNotes') {
        if (-not (& $text $element)) { "${name}: there is no $element" }
    }
    if ("$(& $text 'tags')".Length -gt 4000) { "${name}: the tags exceed the Gallery's limit of 4000 characters" }
    $source = $package.Metadata.SelectSingleNode("*[local-name()='repository']")
    if (-not $source -or $source.url -ne $Repository -or $source.type -ne 'git') { "${name}: repository is not $Repository" }
    foreach ($pattern in @($Files) + 'icon.png') {
        if (@($package.Files -like $pattern).Count -eq 0) { "${name}: there is no $pattern" }
    }
    if ($Dependencies) {
        foreach ($group in $package.Metadata.SelectNodes("*[local-name()='dependencies']/*[local-name()='group']")) {
            $named = @($group.ChildNodes | ForEach-Object { $_.id } | Sort-Object)
            if ("$named" -ne "$($Dependencies | Sort-Object)") { "${name}: for $($group.targetFramework) it needs '$named', not '$($Dependencies | Sort-Object)'" }
        }
        # Both are released together: an older client may lack what the transport's package was compiled with.
        foreach ($own in $package.Metadata.SelectNodes("*[local-name()='dependencies']/*/*[starts-with(@id, 'PolarPS.')]")) {
            if ($own.version -ne $Version) { "${name}: it needs $($own.id) $($own.version), not $Version" }
        }
    }
    foreach ($stranger in $package.Files | Where-Object { $_ -match '\.(pdb|cs|csproj)$|(^|/)(tests?|obj|bin)/' }) { "${name}: $stranger does not belong there" }
}

Export-ModuleMember -Function Get-ReleaseNotes, Get-PackageContent, Test-ReleasePackage
