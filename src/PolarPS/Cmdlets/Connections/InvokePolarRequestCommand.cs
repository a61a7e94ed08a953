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
public sealed class InvokePolarRequestCommand : PolarCmdlet, IEitherSideCmdlet
{
    private const string OnceSet = "Once";
    private const string PaginateSet = "Paginate";

    internal override string FieldAdvice => "Fix the fields named above.";

    /// <summary>The path, such as /v1/products/, already encoded; a query may follow.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "Path within the API, such as /v1/products/")]
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
    [Parameter(ParameterSetName = PaginateSet, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    public SwitchParameter Paginate { get; set; }

    /// <summary>Writes the answer as text.</summary>
    [Parameter(ParameterSetName = OnceSet)]
    public SwitchParameter Raw { get; set; }

    internal override void ProcessInput() =>
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
        var path = RawPath.Of(Path, PlainQuery);
        var json = RawBody.Of(PlainValues.Of(Body));
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
                WriteObject(CustomObjects.Of(response.ReadValue()), enumerateCollection: true);
            }
            else
            {
                WriteObject(response.Text);
            }
        }
    }

    private void WritePages() =>
        ForEachPage(
            Client.List(Path, new RawListQuery { Filter = PlainQuery }).ReadPagesAsync(StopToken),
            page =>
            {
                foreach (var item in page.Items)
                {
                    WriteObject(CustomObjects.Of(item.Plain));
                }
            }
        );

    private IDictionary? PlainQuery
    {
        get
        {
            foreach (DictionaryEntry entry in Query ?? new Hashtable())
            {
                if (LanguagePrimitives.GetEnumerable(entry.Value) is { } values and not IDictionary)
                {
                    foreach (var value in values)
                    {
                        CheckQueryValue(entry.Key, value);
                    }
                }
                else
                {
                    CheckQueryValue(entry.Key, entry.Value);
                }
            }

            return (IDictionary?)PlainValues.Of(Query);
        }
    }

    private static void CheckQueryValue(object name, object? value)
    {
        if (PSValue.ValueOrCustom(value) is PolarObject)
        {
            throw new ArgumentException($"The value of '{name}' in the query is an object; use its Id.");
        }
    }
}
