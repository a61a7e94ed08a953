namespace PolarPS;

/// <summary>The environment variables used in place of Connect-Polar.</summary>
internal static class EnvironmentVariables
{
    public const string AccessToken = "POLAR_ACCESS_TOKEN";
    public const string Environment = "POLAR_ENVIRONMENT";
    public const string OrganizationId = "POLAR_ORGANIZATION_ID";

    /// <summary>Set to 0, it keeps completers from asking the server.</summary>
    public const string LiveCompletion = "POLARPS_LIVE_COMPLETION";

    /// <summary>The name of their connection.</summary>
    public const string ConnectionName = "(environment variables)";

    /// <summary>Makes connections read-only.</summary>
    public const string ReadOnly = "POLAR_READ_ONLY";

    /// <summary>Whether POLAR_READ_ONLY is set to anything but nothing, 0 or false.</summary>
    public static bool IsReadOnly =>
        Get(ReadOnly) is { } value && value != "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>A variable's value; null where it is not set. A pipeline that has no value for a variable sets it to nothing.</summary>
    public static string? Get(string name) =>
        System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Whether they are sufficient for a connection.</summary>
    public static bool MakeConnection =>
        Get(AccessToken) is not null
        || ConnectionFactory.Emulator.Equals(Get(Environment), StringComparison.OrdinalIgnoreCase);
}
