using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;

namespace PolarPS.Commands;

/// <summary>
/// Sends any request to Polar, with the connection's authentication, retries and errors: for what has no cmdlet yet. Serves
/// every operation of the API.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "PolarRequest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = OnceSet
)]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class InvokePolarRequestCommand : PolarCmdlet
{
    private const string OnceSet = "Once";
    private const string PaginateSet = "Paginate";
    private const int LargestPage = 100;

    /// <summary>The path, such as /v1/products/, encoded as it is to be sent; a query may follow.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The method.</summary>
    [Parameter(ParameterSetName = OnceSet)]
    [ArgumentCompleter(typeof(MethodCompleter))]
    [ValidateNotNullOrEmpty]
    public string Method { get; set; } = "GET";

    /// <summary>The body: JSON text, or a hashtable or object that becomes JSON.</summary>
    [Parameter(ParameterSetName = OnceSet, ValueFromPipeline = true)]
    [AllowNull]
    public object? Body { get; set; }

    /// <summary>The query, by name; a list as value repeats the name.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    public IDictionary? Query { get; set; }

    /// <summary>Reads all pages of a list and writes its items one by one.</summary>
    [Parameter(ParameterSetName = PaginateSet, Mandatory = true)]
    public SwitchParameter Paginate { get; set; }

    /// <summary>Writes the answer as text.</summary>
    [Parameter(ParameterSetName = OnceSet)]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Try(
            new ErrorSubject("request", Path, IsNew: true),
            () =>
            {
                if (Paginate)
                {
                    WritePages();
                }
                else
                {
                    SendOnce();
                }
            }
        );

    private void SendOnce()
    {
        var method = Method.ToUpperInvariant();
        var path = BuildPath(new QueryBuilder());
        var json = BodyText();
        if (
            method is not ("GET" or "HEAD")
            && !ShouldProcess(
                $"{Redactor.Redact(path)} in {UsedConnection}",
                $"Send {method}{(json is null ? "" : " " + Redactor.Redact(json))}"
            )
        )
        {
            return;
        }

        var response = Await(token => Client.SendAsync(method, path, json, token));
        Write(response);
    }

    private void Write(RawResponse response)
    {
        if (Raw)
        {
            WriteObject(response.Text);
        }
        else if (response.Text.Length > 0)
        {
            if (response.MediaType is "application/json")
            {
                using var document = response.ReadJson();
                WriteObject(CustomObjects.Of(document.RootElement), enumerateCollection: true);
            }
            else
            {
                WriteObject(response.Text);
            }
        }
    }

    private void WritePages() =>
        ForEachPage(
            new RawList(this).Reader.ReadAsync(StopToken),
            page =>
            {
                foreach (var item in page.Items)
                {
                    WriteObject(CustomObjects.Of(item.Value));
                }
            }
        );

    private string BuildPath(QueryBuilder query)
    {
        foreach (DictionaryEntry entry in Query ?? new Hashtable())
        {
            var name = entry.Key.ToString()!;
            switch (PlainValues.Of(entry.Value))
            {
                case IEnumerable values and not string:
                    query.Add(name, values.Cast<object?>().Select(QueryText));
                    break;
                case var value:
                    query.Add(name, QueryText(value));
                    break;
            }
        }

        var text = query.ToString();
        return Path.Contains('?') && text.Length > 0 ? Path + "&" + text.Substring(1) : Path + text;
    }

    private static string QueryText(object? value) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            DateTime time => PlainJson.TimeText(new DateTimeOffset(time)),
            DateTimeOffset time => PlainJson.TimeText(time),
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty,
        };

    private string? BodyText()
    {
        var value = PlainValues.Of(Body);
        switch (value)
        {
            case null:
                return null;
            case string text:
                try
                {
                    using var document = JsonDocument.Parse(text);
                    return text;
                }
                catch (JsonException exception)
                {
                    throw new ArgumentException("The body is text that is not JSON: " + exception.Message, exception);
                }
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonSettings.WriterOptions))
        {
            PlainJson.Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>A list whose items are known only as JSON.</summary>
    private sealed class RawList(InvokePolarRequestCommand command)
    {
        public PageReader<Item> Reader { get; } =
            new(new RawQuery(), (number, size, token) => FetchAsync(command, number, size, token), item => item.Key);

        private static async Task<FetchedPage<Item>> FetchAsync(
            InvokePolarRequestCommand command,
            int number,
            int size,
            CancellationToken cancellationToken
        )
        {
            var path = command.BuildPath(new QueryBuilder().Add("page", (long)number).Add("limit", (long)size));
            var response = await command.Client.SendAsync("GET", path, null, cancellationToken).ConfigureAwait(false);
            using var document = response.ReadJson();
            var root = document.RootElement;
            if (
                root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("items", out var items)
                || items.ValueKind != JsonValueKind.Array
                || !root.TryGetProperty("pagination", out var position)
            )
            {
                throw new PolarResponseException(
                    "The answer is not a list of pages; leave -Paginate out.",
                    new FailedCall("GET", Redactor.Redact(path), StatusCode: response.StatusCode)
                );
            }

            var read = items.EnumerateArray().Select(item => new Item(item.Clone())).ToList();
            var more = position.TryGetProperty("has_next_page", out var next) && next.ValueKind == JsonValueKind.True;
            var last = position.TryGetProperty("max_page", out var max) ? max.GetInt32() : number + (more ? 1 : 0);
            var total = position.TryGetProperty("total_count", out var count) ? count.GetInt64() : -1;
            return new FetchedPage<Item>(number, path, read, total, last);
        }
    }

    private sealed class RawQuery : ListQuery
    {
        internal override void AddFilters(QueryBuilder query) { }
    }

    private sealed class Item(JsonElement value)
    {
        public JsonElement Value { get; } = value;

        public string? Key =>
            Value.ValueKind == JsonValueKind.Object
            && Value.TryGetProperty("id", out var id)
            && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
    }
}
