namespace PolarPS;

/// <summary>The API as all of this speaks it: client, transport and emulator.</summary>
internal static class PolarApi
{
    /// <summary>Its version. Nothing else in the sources names it.</summary>
    public const string Version = "2026-10";
}
