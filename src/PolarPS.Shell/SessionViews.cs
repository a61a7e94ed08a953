using System.Management.Automation.Runspaces;

namespace PolarPS;

/// <summary>
/// Adds PolarPS.format.ps1xml to a session, and removes it. PowerShell then builds all views of the session again, its own among them,
/// which takes longer than reading the file.
/// </summary>
internal static class SessionViews
{
    private const string Command = "Update-FormatData";

    private const string FileName = "PolarPS.format.ps1xml";

    /// <summary>Adds them to the session that runs this, after the views that it has.</summary>
    /// <returns>Whether the session has them; one may be closed to views.</returns>
    public static bool Add(Runspace session)
    {
        var formats = FormatsOf(session);
        // The sessions of a pool share the list of what they load. One that opened when others had this has it.
        if (
            formats.Any(IsOurs)
            && SessionCommand.Run("Get-FormatData", ("TypeName", "PolarPS.PolarConnection")).Length > 0
        )
        {
            return true;
        }

        SessionStateFormatEntry[] before = [.. formats];
        try
        {
            return SessionCommand.TryRun(Command, ("AppendPath", SessionCommand.PathOf(FileName)));
        }
        finally
        {
            if (formats.Count < before.Length)
            {
                // Where PowerShell cannot read the file of another module, it forgets those of all others as well.
                formats.Clear();
                formats.Add(before);
            }
        }
    }

    /// <summary>Removes them from the session that runs this.</summary>
    public static void Remove(Runspace session)
    {
        var formats = FormatsOf(session);
        for (var i = formats.Count - 1; i >= 0; i--)
        {
            if (IsOurs(formats[i]))
            {
                formats.RemoveItem(i);
            }
        }

        SessionCommand.TryRun(Command);
    }

    private static bool IsOurs(SessionStateFormatEntry entry) =>
        string.Equals(entry.FileName, Path.Combine(ModuleRoot.Folder, FileName), StringComparison.OrdinalIgnoreCase);

    // A host of Windows PowerShell may have made a session of something else than an initial state.
    private static InitialSessionStateEntryCollection<SessionStateFormatEntry> FormatsOf(Runspace session) =>
        session.InitialSessionState?.Formats ?? [];
}
