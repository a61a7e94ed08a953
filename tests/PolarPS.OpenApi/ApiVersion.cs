namespace PolarPS.OpenApi;

/// <summary>The version of the API that the tests expect.</summary>
public static class ApiVersion
{
    /// <summary>
    /// The tests' only place for it, those in PowerShell included (Get-ApiVersion reads this line). Not taken from the sources, which
    /// would be right whatever they say.
    /// </summary>
    public const string Tested = "2026-10";
}
