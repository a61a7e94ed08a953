namespace PolarPS.Emulator;

/// <summary>An export: the columns that there are, and those that there are without being asked for.</summary>
internal sealed class ExportTable
{
    private readonly Schema _names;
    private readonly string[] _usual;
    private readonly Dictionary<string, (string Header, Func<ExportRow, string?> Cell)> _columns;

    public ExportTable(
        KnownList names,
        string[] usual,
        params (string Name, string Header, Func<ExportRow, string?> Cell)[] columns
    )
    {
        _names = Form.OneOf(names);
        _usual = usual;
        _columns = columns.ToDictionary(
            static column => column.Name,
            static column => (column.Header, column.Cell),
            StringComparer.Ordinal
        );
    }

    /// <param name="context">The request, which may name columns and a time zone.</param>
    /// <param name="name">What the file is called, before the days that it is limited to.</param>
    /// <param name="bounds">The parameters of these days.</param>
    /// <param name="documents">What there is to export.</param>
    /// <param name="read">Makes a row of it.</param>
    public Reply Write(
        OperationContext context,
        string name,
        string[] bounds,
        IEnumerable<Document> documents,
        Func<Document, ExportRow> read
    )
    {
        var query = new QueryReader(context.Query);
        var zone = query.TimeZone("value_error");
        var columns = query.Many("columns", _names)?.ToArray() ?? _usual;
        foreach (var bound in bounds)
        {
            if (query.One(bound, Form.Time) is JsonValue time && time.TryGetValue<string>(out var text))
            {
                var day = TimeZoneInfo.ConvertTime(Timestamps.Parse(text), zone);
                name += day.ToString("-yyyy-MM-dd", CultureInfo.InvariantCulture);
            }
        }

        query.ThrowIfAny();
        return Csv.Write(
            name + ".csv",
            Array.ConvertAll(columns, column => _columns[column].Header),
            documents.Select(document =>
            {
                var row = read(document);
                row.Zone = zone;
                return columns.Select(column => _columns[column].Cell(row));
            })
        );
    }
}

/// <summary>What the cells of an export are taken from.</summary>
internal sealed class ExportRow
{
    public ExportRow(JsonObject row, JsonObject? customer, JsonObject? product, JsonObject? discount = null)
    {
        Row = row;
        Customer = customer;
        Product = product;
        Discount = discount;
    }

    public JsonObject Row { get; }

    public JsonObject? Customer { get; }

    public JsonObject? Product { get; }

    public JsonObject? Discount { get; }

    /// <summary>The zone in which times are told.</summary>
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public string? Time(string name) => Csv.Time(Row.Text(name), Zone);

    public string? Amount(string name) => Csv.Amount(Row.Number(name));
}
