using System.Management.Automation.Runspaces;

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

/// <summary>Adds <see cref="LocalTimeConverter"/> to a session, and removes it.</summary>
/// <remarks>
/// It is declared for System.DateTime, the target. Declared for System.DateTimeOffset, in a types file or in code, it would keep
/// every other module that does so from being imported; and a subtraction from a DateTime would stay ambiguous. Not in the
/// types file, where one module's import fails if another has declared the same type.
/// </remarks>
internal static class TimeConversion
{
    private const string Target = "System.DateTime";

    /// <summary>Adds it to the session that runs this, unless the session converts in a way of its own.</summary>
    public static void Add(Runspace session)
    {
        // The sessions of a pool share the list of what they load. One that opened when others had this has it.
        if (
            !TypesOf(session).Any(IsOurs)
            || !SessionCommand
                .Run("Get-TypeData", ("TypeName", Target))
                .Select(PSValue.ValueOnly)
                .OfType<TypeData>()
                .Any(data => data.TypeConverter == typeof(LocalTimeConverter))
        )
        {
            // Once in the list: one that opens later would otherwise report an error, and lose another type by it, as PowerShell takes the one that
            // it reads at that moment for wrong.
            Remove(session);
            SessionCommand.TryRun(
                "Update-TypeData",
                ("TypeName", Target),
                ("TypeConverter", typeof(LocalTimeConverter))
            );
        }
    }

    /// <summary>
    /// Removes it from what the session loads. PowerShell, which is about to remove the module's types, then builds all types again, without it.
    /// Remove-TypeData would only add to that list, whose entries PowerShell carries out in any order.
    /// </summary>
    public static void Remove(Runspace session)
    {
        var types = TypesOf(session);
        for (var i = types.Count - 1; i >= 0; i--)
        {
            if (IsOurs(types[i]))
            {
                types.RemoveItem(i);
            }
        }
    }

    private static bool IsOurs(SessionStateTypeEntry entry) =>
        entry.TypeData is { TypeName: Target } data && data.TypeConverter == typeof(LocalTimeConverter);

    // A host of Windows PowerShell may have made a session of something else than an initial state.
    private static InitialSessionStateEntryCollection<SessionStateTypeEntry> TypesOf(Runspace session) =>
        session.InitialSessionState?.Types ?? [];
}
