namespace PolarPS.Commands;

/// <summary>Gets the connections that this session can use. No token is among what it shows.</summary>
[Cmdlet(VerbsCommon.Get, "PolarConnection")]
[OutputType(typeof(PolarConnection))]
public sealed class GetPolarConnectionCommand : ScreenCmdlet
{
    /// <summary>Names, with wildcards; without it all connections.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Name is null)
        {
            var visible = ConnectionStore.Visible;
            WriteObject(visible, enumerateCollection: true);
            if (FromVariables() is { } connection && !visible.Contains(connection))
            {
                WriteObject(connection);
            }

            return;
        }

        foreach (var name in Name)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            var found = ConnectionStore.Visible.Where(connection => pattern.IsMatch(connection.Name)).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(ErrorRecords.UnknownConnection(name));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }

    private PolarConnection? FromVariables()
    {
        try
        {
            return ConnectionStore.Resolve().Connection is { HasEnded: false } used ? used : null;
        }
        catch (ArgumentException exception)
        {
            WriteError(ErrorRecords.BadVariables(exception));
            return null;
        }
    }
}
