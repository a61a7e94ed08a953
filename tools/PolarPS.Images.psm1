# What an image, an assembly compiled ahead of time, is spared of its size, so that three systems' images fit into the package. The
# compiler has no options for that; both are changes of single fields in a file whose format is documented (ECMA-335, II.22.26 and II.25;
# the debug directory in the PE format of Microsoft).
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

# MethodImplAttributes.AggressiveOptimization, of which the compiler ahead of time knows that it may not compile the method.
$leftOut = 0x200

function Open-Assembly {
    # The bytes of an assembly, and where its methods are described: each in a row with its flags from the fifth byte on.
    param([Parameter(Mandatory)] [string] $Path)
    $bytes = [IO.File]::ReadAllBytes($Path)
    $portable = [Reflection.PortableExecutable.PEReader]::new([IO.MemoryStream]::new($bytes))
    $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($portable)
    $table = [Reflection.Metadata.Ecma335.TableIndex]::MethodDef
    $extensions = [Reflection.Metadata.Ecma335.MetadataReaderExtensions]
    [pscustomobject]@{
        Bytes    = $bytes
        Portable = $portable
        Metadata = $metadata
        Rows     = $extensions::GetTableRowCount($metadata, $table)
        First    = $portable.PEHeaders.MetadataStartOffset + $extensions::GetTableMetadataOffset($metadata, $table)
        RowSize  = $extensions::GetTableRowSize($metadata, $table)
    }
}

function Copy-ForImage {
    # Copies an assembly, so that the compiler leaves out the methods of one class and of the classes within it.
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Destination, [Parameter(Mandatory)] [string] $Without)
    $assembly = Open-Assembly $Path
    $metadata = $assembly.Metadata
    $count = 0
    foreach ($handle in $metadata.TypeDefinitions) {
        $type = $metadata.GetTypeDefinition($handle)
        $outer = $type
        while (-not $outer.GetDeclaringType().IsNil) { $outer = $metadata.GetTypeDefinition($outer.GetDeclaringType()) }
        if ($metadata.GetString($outer.Name) -cne $Without) { continue }
        foreach ($method in $type.GetMethods()) {
            $place = $assembly.First + $assembly.RowSize * ([Reflection.Metadata.Ecma335.MetadataTokens]::GetRowNumber($method) - 1) + 5
            $assembly.Bytes[$place] = $assembly.Bytes[$place] -bor ($leftOut -shr 8)
            $count++
        }
    }
    if ($count -eq 0) { throw "$Path has no class $Without." }
    [IO.File]::WriteAllBytes($Destination, $assembly.Bytes)
}

function Complete-Image {
    # Makes an image's methods again what they are in the assembly, and empties its copy of the symbols, which the assembly keeps.
    param([Parameter(Mandatory)] [string] $Path)
    $assembly = Open-Assembly $Path
    for ($row = 0; $row -lt $assembly.Rows; $row++) {
        $place = $assembly.First + $assembly.RowSize * $row + 5
        $assembly.Bytes[$place] = $assembly.Bytes[$place] -band (-bnot ($leftOut -shr 8))
    }
    $headers = $assembly.Portable.PEHeaders
    $entry = 0
    if ($headers.TryGetDirectoryOffset($headers.PEHeader.DebugTableDirectory, [ref] $entry)) {
        foreach ($one in $assembly.Portable.ReadDebugDirectory()) {
            if ($one.Type -eq 'EmbeddedPortablePdb') {
                [Array]::Clear($assembly.Bytes, $one.DataPointer, $one.DataSize)
                # Its kind, size and places: an unknown one, of nothing.
                [Array]::Clear($assembly.Bytes, $entry + 12, 16)
            }
            $entry += 28
        }
    }
    [IO.File]::WriteAllBytes($Path, $assembly.Bytes)
}

Export-ModuleMember -Function Copy-ForImage, Complete-Image
