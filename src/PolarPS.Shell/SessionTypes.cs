namespace PolarPS;

/// <summary>
/// Adds PolarPS.types.ps1xml to a session whose import left it out. The sessions of a pool share one list of files that are loaded,
/// although each has types of its own: where one session has imported the module, PowerShell takes its types for loaded in all others.
/// Those would find Price and other computed properties empty.
/// </summary>
internal static class SessionTypes
{
    /// <summary>Makes sure that the session that runs this has the types.</summary>
    public static void Ensure()
    {
        if (PSObject.AsPSObject(new OrganizationDisputeSettings()).Members["PolarText"] is null)
        {
            SessionCommand.TryRun("Update-TypeData", ("AppendPath", SessionCommand.PathOf("PolarPS.types.ps1xml")));
        }
    }
}
