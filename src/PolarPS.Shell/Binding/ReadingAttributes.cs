using System.Reflection;

namespace PolarPS.Commands;

/// <summary>How a parameter relates to columns of piped rows.</summary>
public enum RowCell
{
    /// <summary>PowerShell binds no column to it.</summary>
    None,

    /// <summary>PowerShell binds a column to it, and the row can omit it.</summary>
    Optional,

    /// <summary>PowerShell binds a column to it, and the row needs it, at least in one parameter set.</summary>
    Required,
}

/// <summary>Reads the values of a parameter in the module's own, strict way, instead of PowerShell's.</summary>
public abstract class ReadingAttribute : ArgumentTransformationAttribute
{
    private protected ReadingAttribute() { }

    /// <summary>Whether $null says something, such as clearing a field. Otherwise it is an error.</summary>
    public bool OrNull { get; set; }

    /// <summary>
    /// Whether columns of rows are bound. A cell that is empty is passed over then; a number or a time that cannot be read is
    /// so, too, where the row could do without, and the cmdlet reports it.
    /// </summary>
    public RowCell Cell { get; set; }

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        if (value is null && OrNull)
        {
            return null;
        }

        if (Read(value, out var result) is not { } problem)
        {
            return result;
        }

        var isEmpty = value is null or DBNull || (value is string text && string.IsNullOrWhiteSpace(text));
        return Cell switch
        {
            RowCell.Optional when IsScalar => new Unread(value as string ?? ValueText.Given(value), problem),
            RowCell.Optional when isEmpty && OrNull => null,
            RowCell.Optional or RowCell.Required when isEmpty => new Unread(IsScalar ? string.Empty : problem, problem),
            _ => throw new RefusedArgumentException(problem),
        };
    }

    /// <summary>
    /// Whether PowerShell's error for an <see cref="Unread"/> value has the reason in it, as for numbers and times.
    /// </summary>
    private protected virtual bool IsScalar => true;

    private protected abstract string? Read(object? value, out object? result);
}

/// <summary>For counts, seconds and the like: whole numbers that an int holds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WholeNumberAttribute : ReadingAttribute
{
    /// <summary>Whether the number may be negative, as no count is.</summary>
    public bool CanBeNegative { get; set; }

    private protected override string? Read(object? value, out object? result)
    {
        var problem = NumberReader.Whole(value, CanBeNegative ? int.MinValue : 0, int.MaxValue, out var number);
        result = (int)number;
        return problem;
    }
}

/// <summary>For amounts in minor units, a long: 9.99 is refused, and neither rounded to ten cents nor read as ten dollars.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MinorUnitsAttribute : ReadingAttribute
{
    private protected override string? Read(object? value, out object? result)
    {
        var problem = NumberReader.Amount(value, out var number);
        result = number;
        return problem;
    }
}

/// <summary>For currencies: three letters in any case, which become the API's lower case.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CurrencyCodeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        // PowerShell would make text of a number, such as that in "9 99", of a list and of an object.
        return ValueReader.IsEmpty(value) || value is UnreadText ? inputData
            : Read(value!, out var currency) is { } problem ? throw new RefusedArgumentException(problem)
            : currency;
    }

    /// <summary>Reads a currency.</summary>
    /// <returns>What is wrong, as a sentence; null where nothing is.</returns>
    internal static string? Read(object value, out string currency)
    {
        currency = (value as string)?.Trim().ToLowerInvariant() ?? string.Empty;
        if (currency.Length == 3 && currency.All(letter => letter is >= 'a' and <= 'z'))
        {
            return null;
        }

        var isNumber =
            value is not (PSObject or IDictionary)
            && (value is IFormattable || currency.All(letter => letter is >= '0' and <= '9'));
        return ValueText.Given(value)
            + (
                isNumber
                    ? " is not a currency. An amount is one number, 999 for 9.99, and a currency has three letters, such as usd."
                    : " is not a currency: use three letters, such as usd."
            );
    }
}

/// <summary>For percentages and rates: numbers with decimals that are not negative, a decimal.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DecimalNumberAttribute : ReadingAttribute
{
    private protected override string? Read(object? value, out object? result)
    {
        var problem = NumberReader.Positive(value, out var number);
        result = number;
        return problem;
    }
}

/// <summary>For instants, a DateTimeOffset: ISO 8601 in every culture.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InstantAttribute : ReadingAttribute
{
    private protected override string? Read(object? value, out object? result)
    {
        var problem = DateReader.Instant(value, out var instant);
        result = instant;
        return problem;
    }
}

/// <summary>For days without a time, a DateTime.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DayAttribute : ReadingAttribute
{
    private protected override string? Read(object? value, out object? result)
    {
        var problem = DateReader.Day(value, out var day);
        result = day;
        return problem;
    }
}

/// <summary>For keys and values: a hashtable, or an object such as ConvertFrom-Json makes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntriesAttribute : ReadingAttribute
{
    /// <summary>Whether an entry without a value is refused: in a filter it would match everything.</summary>
    public bool IsFilter { get; set; }

    private protected override bool IsScalar => false;

    private protected override string? Read(object? value, out object? result)
    {
        result =
            value as IDictionary
            ?? PlainValues
                .EntriesOf(value)
                ?.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        return result is not IDictionary read
                ? $"{ValueText.Given(value)} has no keys and values. Use a hashtable, such as @{{ plan = 'pro' }}, or an object."
            : IsFilter && EmptyKey(read) is { } key
                ? $"The value of '{key}' is empty and would match everything. Give a value, or omit the key."
            : null;
    }

    private static string? EmptyKey(IDictionary entries) =>
        PlainValues
            .Entries(entries)
            .FirstOrDefault(entry =>
                ValueReader.IsEmpty(entry.Value)
                || (PSValue.Items(entry.Value) is { } values && (!values.Any() || values.Any(ValueReader.IsEmpty)))
            )
            .Key;
}

/// <summary>For several groups of keys and values.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntriesListAttribute : ItemTransformationAttribute
{
    private protected override Type Item => typeof(IDictionary);

    private static readonly EntriesAttribute One = new();

    private protected override Array ToArray(IEnumerable<object?> items) =>
        items.Select(item => (IDictionary)One.Transform(null!, item)!).ToArray();
}

/// <summary>
/// For text that a row needs. A list or an object would be left out, or become the name of its type.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Whether a column is empty where another one says what is meant: that of a parameter in one parameter set among
    /// several.
    /// </summary>
    public bool OrEmpty { get; set; }

    /// <summary>Whether several texts may be given.</summary>
    public bool Each { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return Each && PSValue.Items(value) is { } items
                ? items
                    .Select(item =>
                        PSValue.Items(item) is null ? Transform(engineIntrinsics, item) : throw Refused(item)
                    )
                    .ToArray()
            : OrEmpty && ValueReader.IsEmpty(value) ? new UnreadText()
            : value is PSObject or (IEnumerable and not string) ? throw Refused(value)
            : inputData;
    }

    private static RefusedArgumentException Refused(object? value) => new($"{ValueText.Given(value)} is not text.");
}

/// <summary>
/// For text that $null clears. The parameter's type is object, because a function turns $null into an empty string where the
/// type is string: what mocks, proxies and implicit remoting make of a cmdlet are functions.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NullableTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSValue.ValueOrCustom(inputData) is null ? null
        : ValueReader.Read(inputData, typeof(string), out var text) is { } problem
            ? throw new RefusedArgumentException(problem)
        : text;
}

/// <summary>
/// Lets a parameter be taken from the columns of piped rows, and not from a live object of Polar, which binds its id only. On a
/// cmdlet, for a parameter that it inherits.
/// </summary>
/// <param name="inherited">On a cmdlet: the parameter.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class FromRowAttribute(string? inherited = null) : Attribute
{
    /// <summary>The inherited parameter; null on a parameter itself.</summary>
    public string? Inherited => inherited;

    /// <summary>Whether a parameter is marked, itself or by its cmdlet.</summary>
    internal static bool Marks(PropertyInfo property) =>
        property.IsDefined(typeof(FromRowAttribute))
        || property.ReflectedType?.GetCustomAttribute<FromRowAttribute>()?.Inherited == property.Name;
}
