using System;
using System.Linq;
using System.Management.Automation;

namespace PolarPS.Commands;

/// <summary>Gets the connections of this process. No token is among what it shows.</summary>
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
            WriteObject(ConnectionStore.All, enumerateCollection: true);
            if (ConnectionStore.All.Count == 0 && FromVariables() is PolarConnection connection)
            {
                WriteObject(connection);
            }

            return;
        }

        foreach (var name in Name)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            var found = ConnectionStore.All.Where(connection => pattern.IsMatch(connection.Name)).ToList();
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
            return ConnectionStore.Resolve();
        }
        catch (ArgumentException exception)
        {
            WriteError(ErrorRecords.BadVariables(exception));
            return null;
        }
    }
}
