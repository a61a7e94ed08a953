using System.Management.Automation.Language;

namespace PolarPS.Commands;

/// <summary>Accepts an emulator's name, or a connection to it, for -Emulator.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PolarEmulatorTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value switch
        {
            string name => EmulatorStore.Find(name)
                ?? (ConnectionStore.Find(name) is { Count: 1 } named ? EmulatorStore.Behind(named[0]) : null)
                ?? throw new RefusedArgumentException(ErrorRecords.NoEmulatorNamed(name)),
            PolarConnection connection => EmulatorStore.Behind(connection)
                ?? throw new RefusedArgumentException(
                    $"The connection {connection} does not belong to an emulator in this process."
                ),
            _ => value,
        };
    }
}

/// <summary>Refuses a bare number as a duration, which PowerShell would read as ten-millionths of a second.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return
            PSValue.IsWholeNumber(value)
            || value is double or decimal or float
            || (value is string text && text.IndexOf(':') < 0)
            ? throw new RefusedArgumentException(
                FormattableString.Invariant(
                    $"{value} has no unit. Write '31.00:00:00' for 31 days, '01:30:00' for an hour and a half, or (New-TimeSpan -Days 31)."
                )
            )
            : value;
    }
}

/// <summary>Completes the names of emulators that are running.</summary>
public sealed class EmulatorCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates =>
        EmulatorStore.Names.Select(name => new Candidate(name, name, string.Empty));
}

/// <summary>Completes scopes of access tokens. They are the emulator's, which is loaded for it.</summary>
public sealed class ScopeCompleter : ListCompleter
{
    private protected override IEnumerable<Candidate> Candidates =>
        Emulator.EmulatorScopes.All.Select(scope => new Candidate(scope, scope, string.Empty));
}
