namespace PolarPS;

/// <summary>
/// Loads PolarPS.Client and PolarPS.Shell: their images where there are some. PowerShell reads PolarPS.types.ps1xml before it calls
/// <see cref="ModuleLoading"/>, and what that file names is built on both. Its first entry therefore has this class as a converter,
/// which PowerShell creates before it reads the next entry. It converts nothing.
/// </summary>
public sealed class LibraryLoading : PSTypeConverter
{
    private static bool _isLoaded;

    /// <summary>Called by PowerShell as it reads the types file.</summary>
    /// <exception cref="IOException">One of the files is missing.</exception>
    public LibraryLoading()
    {
        if (!_isLoaded)
        {
            CompiledImages.Load(Path.Combine(CompiledImages.ModuleFolder, "PolarPS.Client.dll"));
            CompiledImages.Load(Path.Combine(CompiledImages.ModuleFolder, "PolarPS.Shell.dll"));
            _isLoaded = true;
            if (Environment.Version.Major > 4)
            {
                // PowerShell 7 needs them all when it comes to the cmdlets; another thread can have them loaded until then.
                _ = Task.Run(typeof(LibraryLoading).Assembly.GetExportedTypes);
            }
        }
    }

    /// <summary>
    /// A property of the second entry, of which nothing but the signature is ever used: a PowerShell that reads the whole file before
    /// it creates converters looks at it, and so loads the client, without its image.
    /// </summary>
    /// <param name="item">Not used.</param>
    /// <returns>Nothing.</returns>
    public static PolarObject? Client(PSObject? item) => null;

    /// <summary>The same for PolarPS.Shell.</summary>
    /// <param name="item">Not used.</param>
    /// <returns>Nothing.</returns>
    public static PolarConnection? Shell(PSObject? item) => null;

    /// <inheritdoc/>
    public override bool CanConvertFrom(object? sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override bool CanConvertTo(object? sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertFrom(
        object? sourceValue,
        Type destinationType,
        IFormatProvider? formatProvider,
        bool ignoreCase
    ) => throw new PSInvalidCastException();

    /// <inheritdoc/>
    public override object ConvertTo(
        object? sourceValue,
        Type destinationType,
        IFormatProvider? formatProvider,
        bool ignoreCase
    ) => throw new PSInvalidCastException();
}
