using System.Xml.Linq;

namespace PolarPS;

/// <summary>
/// Makes Polar's objects again of the copies that jobs, remoting and Import-Clixml deliver, so that their times are times, their
/// views apply and cmdlets take them for what they are. PolarPS.types.ps1xml names it, as LiveConverter; a session without the module gets
/// PowerShell's ordinary copies.
/// </summary>
public class PolarObjectConverter : ReadOnlyConverter
{
    private const string Copied = "Deserialized.";

    // Copies hold what was computed, too; on the live object it would hide what is computed there. A job's objects are made on
    // a thread without a session, which knows no type data, so its names are read from where they are declared.
    private static readonly Lazy<HashSet<string>> Computed = new(ReadComputed);

    /// <inheritdoc/>
    public override bool CanConvertFrom(object? sourceValue, Type destinationType) =>
        ModelOf(sourceValue) is { } model && destinationType.IsAssignableFrom(model);

    /// <inheritdoc/>
    public sealed override object ConvertFrom(
        object? sourceValue,
        Type destinationType,
        IFormatProvider? formatProvider,
        bool ignoreCase
    )
    {
        var model =
            ModelOf(sourceValue) ?? throw new PSInvalidCastException("This is no copy of an object from Polar.");
        var copy = PSObject.AsPSObject(sourceValue);
        var item = Activator.CreateInstance(model)!;
        SessionSetup.Ensure();
        var live = PSObject.AsPSObject(item);
        foreach (var property in copy.Properties)
        {
            if (model.GetProperty(property.Name) is { } known)
            {
                if (known.GetSetMethod(nonPublic: true) is not null)
                {
                    known.SetValue(item, ValueFor(known.PropertyType, property.Value));
                }
            }
            else if (!Computed.Value.Contains(property.Name) && live.Properties[property.Name] is null)
            {
                // A field that this version does not know, or that someone added.
                live.Properties.Add(new PSNoteProperty(property.Name, property.Value));
            }
        }

        return item;
    }

    private static HashSet<string> ReadComputed()
    {
        var file = Path.Combine(ModuleRoot.Folder, "PolarPS.types.ps1xml");
        return new(
            XDocument.Load(file).Descendants("CodeProperty").Select(property => property.Element("Name")!.Value),
            StringComparer.OrdinalIgnoreCase
        );
    }

    private static Type? ModelOf(object? value) =>
        PSValue.ValueOrCustom(value) is PSObject copy
        && copy.TypeNames.FirstOrDefault() is { } name
        && name.StartsWith(Copied, StringComparison.Ordinal)
        && typeof(PolarObject).Assembly.GetType(name.Substring(Copied.Length)) is { IsAbstract: false } model
        && typeof(PolarObject).IsAssignableFrom(model)
            ? model
            : null;

    private static object? ValueFor(Type type, object? value)
    {
        var bare = PSValue.ValueOrCustom(value);
        type = Nullable.GetUnderlyingType(type) ?? type;
        return bare switch
        {
            null => null,
            _ when type.IsInstanceOfType(bare) && type != typeof(object) => bare,
            _ when type == typeof(DateTimeOffset) => TimeOf(bare),
            _ when type == typeof(object) => PlainOf(bare),
            IDictionary entries when typeof(IDictionary).IsAssignableFrom(type) => DictionaryOf(type, entries),
            IEnumerable items and not string when typeof(IList).IsAssignableFrom(type) => ListOf(type, items),
            _ => LanguagePrimitives.ConvertTo(bare, type, CultureInfo.InvariantCulture),
        };
    }

    private static DateTimeOffset TimeOf(object value) =>
        value switch
        {
            DateTime time => new DateTimeOffset(time),
            string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            // As PowerShell copies a DateTimeOffset where nobody has told it how.
            PSObject copy
                when PSValue.Property(copy, "UtcDateTime") is DateTime utc
                    && PSValue.Property(copy, "Offset") is TimeSpan offset => new DateTimeOffset(
                DateTime.SpecifyKind(utc, DateTimeKind.Utc)
            ).ToOffset(offset),
            _ => throw new PSInvalidCastException($"A {value.GetType().Name} is no time."),
        };

    // Free-form values: dictionaries and lists of them arrive as PowerShell's own kinds.
    private static object? PlainOf(object? value)
    {
        switch (PSValue.ValueOrCustom(value))
        {
            case IDictionary entries:
                return DictionaryOf(typeof(PolarDictionary<object?>), entries);
            case IEnumerable items and not string:
                return items.Cast<object?>().Select(PlainOf).ToList();
            case var plain:
                return plain;
        }
    }

    private static object DictionaryOf(Type type, IDictionary entries)
    {
        var dictionary = (IDictionary)Activator.CreateInstance(type)!;
        var valueType = ItemTypeOf(type);
        foreach (DictionaryEntry entry in entries)
        {
            dictionary.Add(entry.Key, ValueFor(valueType, entry.Value));
        }

        return dictionary;
    }

    private static object ListOf(Type type, IEnumerable items)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        var itemType = ItemTypeOf(type);
        foreach (var item in items)
        {
            list.Add(ValueFor(itemType, item));
        }

        return list;
    }

    // The last of T in PolarList<T>, PolarDictionary<T> and what derives from them.
    private static Type ItemTypeOf(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.IsGenericType)
            {
                return current.GetGenericArguments().Last();
            }
        }

        return typeof(object);
    }
}
