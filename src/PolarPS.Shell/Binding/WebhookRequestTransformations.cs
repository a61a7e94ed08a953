using System.Collections.Specialized;

namespace PolarPS.Commands;

/// <summary>
/// Takes the body of a delivery as text or as bytes, and refuses what was parsed: no one can tell from it what was signed.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebhookBodyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value switch
        {
            null or string or byte[] => value,
            byte => throw new RefusedArgumentException(
                "One byte is no body: the pipeline takes an array apart. Give the bytes with -Body."
            ),
            IList { Count: > 0 } items when BytesIn(items) is { } bytes => bytes,
            _ => throw new RefusedArgumentException(
                $"{ValueText.Given(inputData)} is not the raw body of a request. Use its text or its bytes as they arrived, in Azure "
                    + "Functions $Request.RawBody: what was parsed and is written again as JSON does not verify."
            ),
        };
    }

    // A function makes a list of objects out of bytes that it writes.
    private static byte[]? BytesIn(IList items)
    {
        var bytes = new byte[items.Count];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (PSValue.ValueOrCustom(items[i]) is not byte one)
            {
                return null;
            }

            bytes[i] = one;
        }

        return bytes;
    }
}

/// <summary>
/// Takes the headers of a request in the forms in which listeners and frameworks have them: a hashtable or another dictionary, the
/// headers of HttpListener and HttpClient, or an object with a property for each. Values can be lists.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebhookHeaderAttribute : ReadingAttribute
{
    private protected override bool IsScalar => false;

    private protected override string? Read(object? value, out object? result)
    {
        var headers = new Hashtable(StringComparer.Ordinal);
        result = headers;
        if (Entries(value) is not { } entries)
        {
            return $"{ValueText.Given(value)} has no headers. Use a hashtable or another dictionary, the headers of a request, or an object with a property for each.";
        }

        foreach (var (name, content) in entries)
        {
            // Names that differ in case only stay apart: two of one header are an error later.
            headers[name] = Texts(content).ToArray();
        }

        return null;
    }

    /// <summary>The headers as the verifier takes them.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Pairs(IDictionary headers) =>
        PlainValues
            .Entries(headers)
            .SelectMany(entry => Texts(entry.Value).Select(text => new KeyValuePair<string, string>(entry.Key, text)));

    private static IEnumerable<(string Name, object? Content)>? Entries(object? value) =>
        value switch
        {
            NameValueCollection collection => collection
                .AllKeys.Where(name => name is not null)
                .Select(name => (name!, (object?)collection.GetValues(name))),
            IDictionary or PSObject => PlainValues.EntriesOf(value)!.Select(entry => (entry.Key, entry.Value)),
            // Dictionaries of frameworks, and the headers of HttpClient: what they list are pairs.
            IEnumerable items and not string => Pairs(items),
            _ => null,
        };

    private static List<(string Name, object? Content)>? Pairs(IEnumerable items)
    {
        var pairs = new List<(string, object?)>();
        foreach (var item in items)
        {
            if (item is null || PSValue.Property(item, "Key") is not string name)
            {
                return null;
            }

            pairs.Add((name, PSValue.Property(item, "Value")));
        }

        return pairs;
    }

    private static IEnumerable<string> Texts(object? content) =>
        PSValue.Items(content) is { } items
            ? items.Where(item => item is not null).Select(LanguagePrimitives.ConvertTo<string>)
        : PSValue.ValueOrCustom(content) is { } one ? [LanguagePrimitives.ConvertTo<string>(one)]
        : [];
}
