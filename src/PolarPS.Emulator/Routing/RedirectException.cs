namespace PolarPS.Emulator;

/// <summary>The path exists with the other spelling of its last slash.</summary>
internal sealed class RedirectException : Exception
{
    public RedirectException(string path)
        : base("The path is spelled differently.") => Path = path;

    public string Path { get; }
}
