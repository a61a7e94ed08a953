using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PolarPS;

/// <summary>
/// Lets the times of Polar's objects stand where PowerShell wants a DateTime: New-TimeSpan, a cast, Get-Date, a comparison or
/// subtraction with a DateTime. The instant stays the same; the DateTime is in local time.
/// </summary>
public sealed class LocalTimeConverter : ReadOnlyConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object? sourceValue, Type destinationType) =>
        destinationType == typeof(DateTime) && PSValue.ValueOrCustom(sourceValue) is DateTimeOffset;

    /// <inheritdoc/>
    public override object ConvertFrom(
        object? sourceValue,
        Type destinationType,
        IFormatProvider? formatProvider,
        bool ignoreCase
    ) =>
        PSValue.ValueOrCustom(sourceValue) is DateTimeOffset time
            ? time.LocalDateTime
            : throw new PSInvalidCastException("Only a DateTimeOffset is read as a DateTime here.");
}

/// <summary>
/// Adds <see cref="LocalTimeConverter"/> to a session, and removes it with the module.
/// </summary>
/// <remarks>
/// It is declared for System.DateTime, the target. Declared for System.DateTimeOffset, in a types file or in code, it would keep
/// every other module that does so from being imported; and a subtraction from a DateTime would stay ambiguous. Not in the
/// types file, where one module's import fails if another has declared the same type; and not during the import, which it
/// would delay: the first cmdlet of a session adds it.
/// </remarks>
internal static class TimeConversion
{
    private const string Target = "System.DateTime";
    private const string Utility = "Microsoft.PowerShell.Utility\\";

    // Each session has types of its own.
    private static readonly ConditionalWeakTable<Runspace, object> Done = new();

    /// <summary>Adds it to the session that runs this, once, unless the session converts in a way of its own.</summary>
    public static void Ensure()
    {
        if (Runspace.DefaultRunspace is not { } session || Done.TryGetValue(session, out _))
        {
            return;
        }

        var isAdded = TryRun("Update-TypeData", ("TypeName", Target), ("TypeConverter", typeof(LocalTimeConverter)));
        Done.GetValue(session, _ => isAdded);
    }

    /// <summary>Removes what was added to the session that runs this.</summary>
    public static void Remove()
    {
        if (Runspace.DefaultRunspace is not { } session || !Done.TryGetValue(session, out var isAdded))
        {
            return;
        }

        Done.Remove(session);
        if (isAdded is not true)
        {
            return;
        }

        // PowerShell removes a type's data as a whole; what others gave it is put back.
        var data = Run("Get-TypeData", ("TypeName", Target))
            .Select(PSValue.ValueOnly)
            .OfType<TypeData>()
            .FirstOrDefault();
        if (data?.TypeConverter == typeof(LocalTimeConverter) && TryRun("Remove-TypeData", ("TypeName", Target)))
        {
            data.TypeConverter = null;
            TryRun("Update-TypeData", ("TypeData", data), ("Force", true));
        }
    }

    private static bool TryRun(string command, params (string Name, object Value)[] parameters)
    {
        try
        {
            using var shell = Create(command, parameters);
            // Whatever a session's preferences are, this asks and says nothing.
            shell.AddParameter("WhatIf", false).AddParameter("Confirm", false).Invoke();
            return !shell.HadErrors;
        }
        catch (RuntimeException)
        {
            // A session that may not do this goes without.
            return false;
        }
    }

    private static PSObject[] Run(string command, params (string Name, object Value)[] parameters)
    {
        try
        {
            using var shell = Create(command, parameters);
            return [.. shell.Invoke()];
        }
        catch (RuntimeException)
        {
            return [];
        }
    }

    private static PowerShell Create(string command, (string Name, object Value)[] parameters)
    {
        var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        _ = Find(command) is { } cmdlet ? shell.AddCommand(cmdlet) : shell.AddCommand(Utility + command);
        shell.AddParameter("ErrorAction", ActionPreference.Ignore);
        foreach (var (name, value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        return shell;
    }

    // The cmdlet by its class: by its name it would make PowerShell look for its module and import it, which takes the first cmdlet of a
    // session as long as its whole call. Null where the class is not as it is known; then the name has to do.
    private static CmdletInfo? Find(string command)
    {
        try
        {
            var classes = Assembly.Load(new AssemblyName("Microsoft.PowerShell.Commands.Utility"));
            return
                classes.GetType($"Microsoft.PowerShell.Commands.{command.Replace("-", string.Empty)}Command")
                    is { } type
                ? new CmdletInfo(command, type)
                : null;
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            return null;
        }
    }
}
