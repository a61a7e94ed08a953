using System.Collections.Concurrent;
using System.Management.Automation.Internal;
using System.Reflection;

namespace PolarPS.Commands;

/// <summary>Which columns of a piped row a cmdlet answers for.</summary>
internal enum RowColumns
{
    /// <summary>Those that are declared: bound by property name, or marked with <see cref="FromRowAttribute"/>.</summary>
    Declared,

    /// <summary>Every one that has the name of a parameter.</summary>
    All,
}

/// <summary>
/// Ensures that a piped row is bound completely, or not at all. PowerShell passes over a column that it cannot convert, or that
/// no parameter takes from the pipeline, which could create a discount without an end, or refund a whole order. So each
/// column with the name of a parameter is read here again, after PowerShell has bound what it binds: what PowerShell left
/// out is bound, what cannot be read is reported, and the row is skipped.
/// </summary>
/// <remarks>
/// It also knows which parameters the present input gives. PowerShell's own list still holds what earlier inputs gave.
/// </remarks>
internal sealed class RowBinder
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<RowParameter>> Known = new();

    // No public member of PSCmdlet exposes it. PowerShell has had this one since 3.0, in 5.1 as in 7; a test asks for it.
    private static readonly Func<Cmdlet, PSObject?>? ReadInput = typeof(Cmdlet)
        .GetProperty("CurrentPipelineObject", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        ?.GetGetMethod(nonPublic: true)
        is { } getter
        ? (Func<Cmdlet, PSObject?>)Delegate.CreateDelegate(typeof(Func<Cmdlet, PSObject?>), getter)
        : null;

    private readonly PSCmdlet _cmdlet;
    private readonly HashSet<string> _commandLine;
    private readonly HashSet<string> _perInput;
    private readonly List<(PropertyInfo Property, object? Before)> _changed = [];
    private readonly HashSet<string> _replaced = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _withdrawn = new(StringComparer.OrdinalIgnoreCase);
    private HashSet<string>? _given;
    private bool _isLive;

    /// <summary>For one invocation, as it begins: what is bound by then was given on the command line.</summary>
    public RowBinder(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        var bound = cmdlet.MyInvocation.BoundParameters;
        _commandLine = new HashSet<string>(bound.Keys, StringComparer.OrdinalIgnoreCase);
        // A script block in place of a value is run for each input: -Amount { $_.Cents }.
        _perInput = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in bound)
        {
            if (pair.Value is ScriptBlock)
            {
                _perInput.Add(pair.Key);
            }
        }
    }

    /// <summary>Whether this PowerShell exposes the piped object.</summary>
    public static bool IsAble => ReadInput is not null;

    /// <summary>The row that is piped; null where none is, or something else.</summary>
    public PSObject? Row { get; private set; }

    /// <summary>Whether the present input is an object from the pipeline, a row or a live one.</summary>
    public bool HasInput => Row is not null || _isLive;

    /// <summary>Whether a parameter has one value for all inputs, given on the command line.</summary>
    public bool IsOnCommandLine(string parameter) => _commandLine.Contains(parameter) && !_perInput.Contains(parameter);

    /// <summary>Whether the command line or the present input gives a parameter, be it as $null.</summary>
    public bool Gives(string parameter)
    {
        if (_commandLine.Contains(parameter) || _replaced.Contains(parameter))
        {
            return true;
        }

        if (_withdrawn.Contains(parameter))
        {
            return false;
        }

        if (_given is not null)
        {
            return _given.Contains(parameter);
        }

        return IsFresh(parameter, Property(parameter)) && !(_isLive && Find(parameter)?.IsFromRow == true);
    }

    /// <summary>Binds the row that is piped, if one is.</summary>
    /// <param name="columns">Which columns count.</param>
    /// <param name="takes">Whether a parameter goes with what else is given.</param>
    /// <returns>What is wrong, column by column; empty where nothing is.</returns>
    public IReadOnlyList<string> Take(RowColumns columns, Predicate<string> takes)
    {
        Release();
        var input = ReadInput?.Invoke(_cmdlet);
        if (input is null || ReferenceEquals(input, AutomationNull.Value))
        {
            return [];
        }

        var bare = PSValue.ValueOnly(input);
        if (bare is PolarObject live)
        {
            _isLive = true;
            return OnlyForRows(live);
        }

        if (bare is string or ValueType or RequestBody or PolarConnection or IEnumerable)
        {
            return [];
        }

        Row = input;
        _given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var own = OwnColumns(input);
        var problems = new List<string>();
        foreach (var parameter in Parameters)
        {
            var problem = _commandLine.Contains(parameter.Name)
                ? Override(parameter, columns)
                : Bind(parameter, columns, own, takes);
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }

        return problems;
    }

    /// <summary>Gives a parameter that was given another value that means the same, for the present input only.</summary>
    public void Replace(PropertyInfo property, object? value)
    {
        if (Gives(property.Name))
        {
            _replaced.Add(property.Name);
        }

        _changed.Add((property, property.GetValue(_cmdlet)));
        property.SetValue(_cmdlet, value);
    }

    /// <summary>Undoes what the present input has given a parameter, because it was meant for another one.</summary>
    public void Withdraw(PropertyInfo property)
    {
        _withdrawn.Add(property.Name);
        _changed.Add((property, property.GetValue(_cmdlet)));
        property.SetValue(_cmdlet, null);
    }

    /// <summary>Gives a parameter what several inputs have given together; for the end, after the last input.</summary>
    public void Give(PropertyInfo property, object? value)
    {
        _replaced.Add(property.Name);
        _changed.Add((property, property.GetValue(_cmdlet)));
        property.SetValue(_cmdlet, value);
    }

    /// <summary>Puts back what was bound here, so that the next input begins as this did.</summary>
    public void Release()
    {
        for (var i = _changed.Count - 1; i >= 0; i--)
        {
            _changed[i].Property.SetValue(_cmdlet, _changed[i].Before);
        }

        _changed.Clear();
        _replaced.Clear();
        _withdrawn.Clear();
        _given = null;
        _isLive = false;
        Row = null;
    }

    /// <summary>Which parameter sets a parameter is in, of the cmdlet's present one.</summary>
    public bool IsInSet(string parameter) => Find(parameter)?.IsIn(_cmdlet.ParameterSetName) == true;

    /// <summary>What the row is called in errors.</summary>
    public static string NameOf(PSObject row)
    {
        foreach (
            var name in new[] { "Name", "Email", "Slug", "Label", "Code", "OrderId", "CustomerId", "SubscriptionId" }
        )
        {
            if (
                Value(row, name, out var value) is null
                && !ValueReader.IsEmpty(value)
                && ValueReader.Read(value, typeof(string), out var text) is null
            )
            {
                return $"row with {name} {ValueText.Given(text)}";
            }
        }

        return "row";
    }

    private IReadOnlyList<RowParameter> Parameters => ParametersOf(_cmdlet.GetType());

    private static IReadOnlyList<RowParameter> ParametersOf(Type cmdlet) =>
        Known.GetOrAdd(cmdlet, static type => [.. RowParameter.Of(type)]);

    private RowParameter? Find(string parameter) => Parameters.FirstOrDefault(known => known.Name == parameter);

    private PropertyInfo? Property(string parameter) => _cmdlet.GetType().GetProperty(parameter);

    // What PowerShell has bound from this input is in both places; what it has restored is in its list only.
    private bool IsFresh(string parameter, PropertyInfo? property) =>
        _cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out var bound)
        && (property is null || Equals(property.GetValue(_cmdlet), bound));

    // The command line wins over a column. A forgotten default value does not.
    private string? Override(RowParameter parameter, RowColumns columns)
    {
        if ((columns == RowColumns.Declared && !parameter.IsDeclared) || parameter.IsByValue || !HasDefault(parameter))
        {
            return null;
        }

        var column = parameter.Columns.FirstOrDefault(name =>
            Value(Row!, name, out var value) is null && !ValueReader.IsEmpty(value)
        );
        if (column is null)
        {
            return null;
        }

        _ = Value(Row!, column, out var given);
        return parameter.Read(given, out var read) is null && Equals(read, parameter.Property.GetValue(_cmdlet))
            ? null
            : $"{column} {ValueText.Given(given)}: $PSDefaultParameterValues sets -{parameter.Name}. Remove it there, or omit the column.";
    }

    private bool HasDefault(RowParameter parameter) => DefaultsOf(parameter.Columns).Any();

    /// <summary>Whether a parameter has the value that $PSDefaultParameterValues gives it.</summary>
    public bool HasDefaultValue(string parameter) =>
        _cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out var bound)
        && DefaultsOf([parameter])
            .Any(value =>
                value is ScriptBlock
                || LanguagePrimitives.Equals(
                    bound,
                    PSValue.ValueOrCustom(value),
                    ignoreCase: true,
                    CultureInfo.InvariantCulture
                )
            );

    private IEnumerable<object?> DefaultsOf(IReadOnlyList<string> names) =>
        _cmdlet.GetVariableValue("PSDefaultParameterValues") is IDictionary { Count: > 0 } defaults
        && !defaults.Contains("Disabled")
            ? PlainValues
                .Entries(defaults)
                .Select(entry => (Key: entry.Key.Split([':'], 2), entry.Value))
                .Where(entry =>
                    entry.Key.Length == 2
                    && Fits(entry.Key[0], _cmdlet.MyInvocation.MyCommand?.Name)
                    && names.Any(name => Fits(entry.Key[1], name))
                )
                .Select(entry => entry.Value)
            : [];

    private static bool Fits(string pattern, string? name) =>
        name is not null
        && new WildcardPattern(pattern.Trim().Trim('"', '\''), WildcardOptions.IgnoreCase).IsMatch(name);

    private string? Bind(RowParameter parameter, RowColumns columns, HashSet<string>? own, Predicate<string> takes)
    {
        if (parameter.IsByValue && IsFresh(parameter.Name, parameter.Property))
        {
            _given!.Add(parameter.Name);
            return null;
        }

        if (columns == RowColumns.Declared && !parameter.IsDeclared)
        {
            return null;
        }

        string? column = null;
        object? value = null;
        foreach (var name in parameter.Columns)
        {
            if (own?.Contains(name) == true)
            {
                continue;
            }

            if (Value(Row!, name, out var found) is { } failure)
            {
                return $"{name}: {failure}";
            }

            if (
                ValueReader.IsEmpty(found)
                || (parameter.IsBlankEmpty && found is string text && text.Trim().Length == 0)
            )
            {
                continue;
            }

            if (column is not null && !Equals(PSValue.ValueOrCustom(value), PSValue.ValueOrCustom(found)))
            {
                return $"{name} {ValueText.Given(found)}: {column} has a different value, and both set -{parameter.Name}.";
            }

            column = name;
            value = found;
        }

        if (column is null)
        {
            return null;
        }

        if (!takes(parameter.Name))
        {
            return $"{column} {ValueText.Given(value)}: -{parameter.Name} cannot be combined with the other parameters given.";
        }

        if (parameter.Read(value, out var read) is { } problem)
        {
            var given = ValueText.Given(value);
            return problem.Contains(given) ? $"{column}: {problem}" : $"{column} {given}: {problem}";
        }

        _given!.Add(parameter.Name);
        var before = parameter.Property.GetValue(_cmdlet);
        if (!Equals(before, read))
        {
            _changed.Add((parameter.Property, before));
            parameter.Property.SetValue(_cmdlet, read);
        }

        return null;
    }

    private List<string> OnlyForRows(PolarObject item) =>
        [
            .. Parameters
                .Where(parameter =>
                    parameter is { IsFromRow: true, IsMandatory: true }
                    && !_commandLine.Contains(parameter.Name)
                    && IsFresh(parameter.Name, parameter.Property)
                )
                .Select(parameter => $"-{parameter.Name} is read from rows, not from {Kinds.OneOf(item.GetType())}."),
        ];

    // A copy that Select-Object, Import-Clixml or a job has made of an object counts as the object itself:
    // what it is like is not what the cmdlet is told. Columns that were added to it are.
    private HashSet<string>? OwnColumns(PSObject row)
    {
        var kind = Kinds.NameOfCopied(row);
        var model = kind is null
            ? null
            : Parameters
                .Where(parameter => parameter.IsByValue)
                .Select(parameter => parameter.Model)
                .FirstOrDefault(model => model?.Name == kind);
        // With what views add to its properties.
        return model is null
            ? null
            : new HashSet<string>(
                PSObject.AsPSObject(Activator.CreateInstance(model)!).Properties.Select(known => known.Name),
                StringComparer.OrdinalIgnoreCase
            );
    }

    private static string? Value(PSObject row, string name, out object? value)
    {
        value = null;
        try
        {
            value = row.Properties[name]?.Value;
            return null;
        }
        catch (GetValueException exception)
        {
            return exception.Message;
        }
    }
}
