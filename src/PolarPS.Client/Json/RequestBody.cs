using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>
/// A request body that knows which of its fields were set. Exactly those are sent: a property never assigned is left out,
/// one assigned null is sent as null, which clears the field on the server.
/// </summary>
public abstract class RequestBody
{
    private readonly Dictionary<string, object?> _fields = new(StringComparer.Ordinal);

    /// <summary>Whether no field has been set; an update with such a body would change nothing.</summary>
    /// <returns>true when nothing would be sent.</returns>
    public bool IsEmpty() => _fields.Count == 0;

    /// <summary>The names of the fields that would be sent, as the API spells them.</summary>
    /// <returns>Names in the order in which they were first set.</returns>
    public IReadOnlyCollection<string> FieldNames() => _fields.Keys;

    /// <summary>
    /// Sets a field that has no property here, under the API's own name: a way to reach what Polar added after this version.
    /// </summary>
    /// <param name="name">The field's name as the API spells it, such as <c>recurring_interval</c>.</param>
    /// <param name="value">A string, boolean, number, date, <see cref="RequestBody"/>, dictionary, list, or null.</param>
    public void SetField(string name, object? value)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("A field needs a name.", nameof(name));
        }

        _fields[name] = value;
    }

    /// <summary>The body as JSON text.</summary>
    /// <returns>A JSON object.</returns>
    /// <exception cref="ArgumentException">Metadata that Polar would refuse, or a value that JSON has no form for.</exception>
    public string ToJson() => Encoding.UTF8.GetString(ToUtf8());

    internal Dictionary<string, object?> ToFields() => new(_fields, StringComparer.Ordinal);

    internal byte[] ToUtf8() => PlainJson.ToUtf8(this);

    /// <summary>Refuses what Polar would refuse without saying where the error is.</summary>
    /// <exception cref="ArgumentException">A value that Polar would refuse.</exception>
    internal virtual void CheckField(string name, object? value)
    {
        if (MetadataRules.Cover(name))
        {
            MetadataRules.Check(value);
        }
    }

    internal void WriteTo(Utf8JsonWriter writer, int depth)
    {
        writer.WriteStartObject();
        foreach (var field in _fields)
        {
            CheckField(field.Key, field.Value);
            writer.WritePropertyName(field.Key);
            PlainJson.Write(writer, field.Value, depth + 1);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads a field through its property.</summary>
    /// <typeparam name="T">The property's type.</typeparam>
    /// <param name="property">The property's name; the compiler fills it in.</param>
    /// <returns>The value set, or the type's default.</returns>
    protected T? Get<T>([CallerMemberName] string property = "") =>
        _fields.TryGetValue(JsonSettings.FieldName(property), out var value) && value is T typed ? typed : default;

    /// <summary>Sets a field through its property; null is kept, and sent.</summary>
    /// <param name="value">The value to send.</param>
    /// <param name="property">The property's name; the compiler fills it in.</param>
    protected void Set(object? value, [CallerMemberName] string property = "") =>
        _fields[JsonSettings.FieldName(property)] = value;
}
