using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace PolarPS.Commands;

/// <summary>
/// Accepts a connection's name for -Connection. Anything else becomes a connection that cannot be used, which ends the cmdlet:
/// PowerShell drops a default value whose transformation fails, and the cmdlet would run against the selected connection.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PolarConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSValue.ValueOrCustom(inputData) switch
        {
            PolarConnection connection => connection,
            string name when !string.IsNullOrWhiteSpace(name) => ByName(name),
            null or string => PolarConnection.Unusable(string.Empty, ErrorRecords.NoConnectionGiven),
            var other => PolarConnection.Unusable(string.Empty, () => ErrorRecords.NotAConnection(other)),
        };

    internal static PolarConnection ByName(string name) =>
        ConnectionStore.Find(name) switch
        {
            { Count: 1 } found => found[0],
            { Count: 0 } => PolarConnection.Unusable(name, () => ErrorRecords.UnknownConnection(name)),
            var several => PolarConnection.Unusable(name, () => ErrorRecords.SeveralConnections(several, name)),
        };
}

/// <summary>Which connection a command line would use while it is being typed: the one that the command then uses.</summary>
internal static class TypedConnection
{
    private const string Parameter = "Connection";

    /// <summary>Finds it; null if there is none, or if finding it would run code.</summary>
    /// <param name="commandName">The cmdlet.</param>
    /// <param name="command">The line.</param>
    /// <param name="bound">What PowerShell has read from the line.</param>
    public static PolarConnection? Find(string commandName, CommandAst? command, IDictionary bound)
    {
        try
        {
            var isTyped =
                command
                    ?.CommandElements.OfType<CommandParameterAst>()
                    .Any(typed => Parameter.StartsWith(typed.ParameterName, StringComparison.OrdinalIgnoreCase))
                == true;
            if (isTyped && !bound.Contains(Parameter))
            {
                return null;
            }

            var connection =
                bound.Contains(Parameter) ? Read(bound[Parameter])
                : TryFindDefault(commandName, out var value) ? Read(value)
                : ConnectionStore.Resolve(Sides.Of(CmdletTypes.Find(commandName))).Connection;
            return connection is { Problem: null } ? connection : null;
        }
        catch (ArgumentException)
        {
            // Bad environment variables: the command will say so.
            return null;
        }
    }

    private static PolarConnection? Read(object? value) =>
        PSValue.ValueOrCustom(value) switch
        {
            PolarConnection connection => connection,
            string name => PolarConnectionTransformationAttribute.ByName(name),
            _ => null,
        };

    // $PSDefaultParameterValues, which PowerShell does not hand to completers.
    private static bool TryFindDefault(string commandName, out object? value)
    {
        value = null;
        if (Defaults() is not { } defaults || LanguagePrimitives.IsTrue(defaults["Disabled"]))
        {
            return false;
        }

        foreach (DictionaryEntry entry in defaults)
        {
            var key = entry.Key as string;
            var colon = key?.LastIndexOf(':') ?? -1;
            if (
                colon > 0
                && IsLike(key!.Substring(0, colon), commandName)
                && IsLike(key.Substring(colon + 1), Parameter)
            )
            {
                value = entry.Value;
                return true;
            }
        }

        return false;
    }

    private static IDictionary? Defaults()
    {
        if (Runspace.DefaultRunspace is null)
        {
            return null;
        }

        try
        {
            using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            var found = shell
                .AddCommand("Microsoft.PowerShell.Utility\\Get-Variable")
                .AddParameter("Name", "PSDefaultParameterValues")
                .AddParameter("ValueOnly")
                .AddParameter("ErrorAction", ActionPreference.Ignore)
                .Invoke();
            return PSValue.ValueOnly(found.FirstOrDefault()) as IDictionary;
        }
        catch (RuntimeException)
        {
            // A session that may not even read variables.
            return null;
        }
    }

    private static bool IsLike(string pattern, string text) =>
        new WildcardPattern(pattern.Trim(), WildcardOptions.IgnoreCase).IsMatch(text);
}

/// <summary>Completes the names of connections.</summary>
public sealed class ConnectionCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates =>
        ConnectionStore.Visible.Select(connection => new Candidate(
            connection.Name,
            connection.Name,
            connection.ToString()
        ));
}
