# Where the API's description and what lies beside it are: cmdlets.tsv, operations.tsv, examples. They are no part of the project.
# DescriptionFile.cs in tests/PolarPS.OpenApi is the same for C#.

function Get-ReferencePath {
    # A file beside the description: where POLARPS_API_DESCRIPTION says, which names the description or its folder, or else in
    # ../shared/api beside the clone. It need not be there.
    param([Parameter(Mandatory)] [string] $Name)
    $folder =
        if (-not $env:POLARPS_API_DESCRIPTION) { Join-Path $PSScriptRoot '../../shared/api' }
        elseif (Test-Path -LiteralPath $env:POLARPS_API_DESCRIPTION -PathType Container) { $env:POLARPS_API_DESCRIPTION }
        else { Split-Path $env:POLARPS_API_DESCRIPTION }
    if ($folder) { Join-Path $folder $Name } else { $Name }
}

Export-ModuleMember -Function *
