using System.Collections.Generic;

namespace PolarPS.Emulator;

/// <summary>The versions of the API that exist: the one before, the current one and the one to come.</summary>
internal static class ApiVersions
{
    public const string Current = "2026-10";

    private static readonly HashSet<string> Known = ["2026-04", Current, "2027-01"];

    /// <summary>The version that a request is for; null when there is no such version.</summary>
    public static string? Choose(string? header)
    {
        var wanted = header?.Trim();
        if (string.IsNullOrEmpty(wanted))
        {
            return Current;
        }

        return Known.Contains(wanted!) ? wanted : null;
    }
}
