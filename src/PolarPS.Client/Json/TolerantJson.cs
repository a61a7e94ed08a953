using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client;

/// <summary>
/// Reads models from JSON by generated metadata. Where a value does not fit its property, because Polar changed or an older
/// document is read, the value is kept aside under its own name instead of failing the whole answer.
/// </summary>
internal static class TolerantJson
{
    /// <summary>Marks the name of a field whose value did not fit; no name of the API begins with it.</summary>
    public const char Misfit = '\u0001';

    private const int MostMisfits = 1000;

    public static async ValueTask<T?> ReadAsync<T>(
        Stream body,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException exception) when (body.CanSeek && exception.Path is not null)
        {
            body.Position = 0;
            return ReadAround(body, type);
        }
    }

    /// <summary>Reads a text; null where it is not JSON of that type at all.</summary>
    public static T? Read<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        try
        {
            return JsonSerializer.Deserialize(stream, type);
        }
        catch (JsonException exception) when (exception.Path is not null)
        {
            stream.Position = 0;
            return ReadAround(stream, type);
        }
    }

    private static T? ReadAround<T>(Stream body, JsonTypeInfo<T> type)
        where T : class
    {
        // Not JSON at all ends here, with the parser's own exception.
        var root = JsonNode.Parse(body);
        for (var count = 0; ; count++)
        {
            try
            {
                return root.Deserialize(type);
            }
            catch (JsonException exception)
                when (exception.Path is not null && count < MostMisfits && SetAside(root, exception.Path)) { }
        }
    }

    // Renames the nearest field on the way to the misfit, so that it lands among the object's unknown fields.
    private static bool SetAside(JsonNode? root, string path)
    {
        JsonObject? owner = null;
        string? field = null;
        var node = root;
        foreach (var step in Steps(path))
        {
            if (node is JsonObject item && item.ContainsKey(step) && step[0] != Misfit)
            {
                owner = item;
                field = step;
                node = item[step];
            }
            else if (node is JsonArray list && int.TryParse(step, out var index) && index >= 0 && index < list.Count)
            {
                node = list[index];
            }
            else
            {
                break;
            }
        }

        // The envelope of a list has no place for misfits: an answer without items is not a list.
        if (owner is null || ReferenceEquals(owner, root) && field is "items" or "pagination")
        {
            return false;
        }

        var value = owner[field!];
        owner.Remove(field!);
        owner[Misfit + field] = value;
        return true;
    }

    // The steps of "$.items[0].prices[1].unit_amount" or "$['a b'].c".
    private static System.Collections.Generic.IEnumerable<string> Steps(string path)
    {
        var position = 1;
        while (position < path.Length)
        {
            int end;
            if (path[position] == '.')
            {
                end = path.IndexOfAny(['.', '['], position + 1);
                end = end < 0 ? path.Length : end;
                yield return path.Substring(position + 1, end - position - 1);
            }
            else if (path[position] == '[' && position + 1 < path.Length && path[position + 1] == '\'')
            {
                end = path.IndexOf("']", position + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    yield break;
                }

                yield return path.Substring(position + 2, end - position - 2);
                end += 2;
            }
            else
            {
                end = path.IndexOf(']', position);
                if (end < 0)
                {
                    yield break;
                }

                yield return path.Substring(position + 1, end - position - 1);
                end++;
            }

            position = end;
        }
    }
}
