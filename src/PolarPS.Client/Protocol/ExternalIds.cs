namespace PolarPS.Client;

/// <summary>The ids that users give to customers and members themselves.</summary>
internal static class ExternalIds
{
    /// <summary>Refuses one by which Polar could not be asked, before anything else is asked about it.</summary>
    /// <exception cref="ArgumentException">It is empty, or has a slash in it.</exception>
    public static void Check(string? externalId) => ApiPath.CheckExternal(externalId);
}
