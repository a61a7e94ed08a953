using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace PolarPS.Client;

/// <summary>
/// Reads models from JSON by generated metadata. Where a value does not fit its property, because Polar changed or an older
/// document is read, the value is kept aside under its own name instead of failing the whole answer.
/// </summary>
internal static class TolerantJson
{
    /// <summary>Marks the name of a field whose value did not fit; no name of the API begins with it.</summary>
    public const char Misfit = '\u0001';

    /// <summary>Reads a document that is in memory; null where that is what it says.</summary>
    /// <exception cref="JsonException">It is not JSON of that type at all.</exception>
    public static T? Read<T>(MemoryStream body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            body.Position = 0;
            return ReadAround(body, type);
        }
    }

    /// <summary>The same of a text.</summary>
    /// <exception cref="JsonException">It is not JSON of that type at all.</exception>
    public static T? Read<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Read(stream, type);
    }

    // Text that is no UTF-8, or has half a character, is no JsonException where a value of any kind is read.
    private static bool IsUnreadable(Exception exception) => exception is JsonException or InvalidOperationException;

    private static T? ReadAround<T>(Stream body, JsonTypeInfo<T> type)
        where T : class
    {
        // Not JSON at all ends here, with the parser's own exception.
        var root = JsonNode.Parse(body);
        try
        {
            MakeFit(root, type);
            return root.Deserialize(type);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new JsonException(
                "The JSON repeats a name in one object, or contains an incomplete or invalid character.",
                exception
            );
        }
    }

    /// <summary>
    /// Whether a value can be read as a type, after those fields below it that cannot were renamed, so that they land among
    /// the unknown fields of their object. What can hold no unknown fields, a list or a dictionary, fits as a whole or not.
    /// </summary>
    private static bool MakeFit(JsonNode? node, JsonTypeInfo type)
    {
        switch (node)
        {
            case JsonObject item when type.Kind == JsonTypeInfoKind.Object:
                foreach (var property in type.Properties.Where(property => !property.IsExtensionData))
                {
                    if (
                        item.TryGetPropertyValue(property.Name, out var value)
                        && !MakeFit(value, type.Options.GetTypeInfo(property.PropertyType))
                    )
                    {
                        item.Remove(property.Name);
                        item[Misfit + property.Name] = value;
                    }
                }

                return true;
            case JsonObject dictionary when type.Kind == JsonTypeInfoKind.Dictionary:
                return dictionary.All(entry => MakeFit(entry.Value, ItemType(type)));
            case JsonArray list when type.Kind == JsonTypeInfoKind.Enumerable:
                return list.All(item => MakeFit(item, ItemType(type)));
            default:
                return CanRead(node, type);
        }
    }

    // The last of T in List<T> and in Dictionary<string, T>.
    private static JsonTypeInfo ItemType(JsonTypeInfo type) =>
        type.Options.GetTypeInfo(type.Type.GenericTypeArguments.Last());

    private static bool CanRead(JsonNode? node, JsonTypeInfo type)
    {
        try
        {
            node.Deserialize(type);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
