namespace PolarPS.Commands;

/// <summary>
/// Makes a filter over events, for meters and for Get-PolarEvent; sends nothing. It is part of the operations meters:create,
/// meters:update and events:list.
/// </summary>
[Cmdlet(VerbsCommon.New, "PolarMeterFilter", DefaultParameterSetName = ExpressionSet)]
[OutputType(typeof(MeterFilter))]
[Makes(typeof(MeterFilter))]
public sealed class NewPolarMeterFilterCommand : ScreenCmdlet
{
    private const string ExpressionSet = "Expression";
    private const string ClauseSet = "Clause";
    private const string AllSet = "All";
    private const string AnySet = "Any";

    /// <summary>The filter as text: name = 'api.call' and metadata.tokens > 100.</summary>
    [Parameter(
        ParameterSetName = ExpressionSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "Filter, such as name = 'api.call'; or: every event"
    )]
    [MeterFilterTransformation]
    [ValidateNotNull]
    public MeterFilter? Expression { get; set; }

    /// <summary>What is compared: name, source, timestamp, or a key of the metadata.</summary>
    [Parameter(
        ParameterSetName = ClauseSet,
        Mandatory = true,
        HelpMessage = "name, source, timestamp, or a key of the metadata such as tokens"
    )]
    [ValidateNotNullOrEmpty]
    public string Property { get; set; } = string.Empty;

    /// <summary>How it is compared; without it eq.</summary>
    [Parameter(ParameterSetName = ClauseSet)]
    [ArgumentCompleter(typeof(FilterOperatorCompleter))]
    [ValidateNotNullOrEmpty]
    public string Operator { get; set; } = "eq";

    /// <summary>With what: text, a whole number of 32 bits, a boolean; for timestamp also a time.</summary>
    [Parameter(ParameterSetName = ClauseSet, Mandatory = true, HelpMessage = "Text; numbers on the command line")]
    [AllowEmptyString]
    [ValidateNotNull]
    public object? Value { get; set; }

    /// <summary>Filters, as text or objects, that all have to match.</summary>
    [Parameter(
        ParameterSetName = AllSet,
        Mandatory = true,
        HelpMessage = "Filter, such as name = 'api.call'; all have to match"
    )]
    [MeterFilterListTransformation]
    [ValidateNotNullOrEmpty]
    public MeterFilter[] All { get; set; } = [];

    /// <summary>Filters, as text or objects, of which one has to match.</summary>
    [Parameter(
        ParameterSetName = AnySet,
        Mandatory = true,
        HelpMessage = "Filter, such as name = 'api.call'; one has to match"
    )]
    [MeterFilterListTransformation]
    [ValidateNotNullOrEmpty]
    public MeterFilter[] Any { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ClauseSet:
                WriteClause();
                break;
            case AllSet:
                WriteObject(MeterFilter.All([.. Clauses(All)]));
                break;
            case AnySet:
                WriteObject(MeterFilter.Any([.. Clauses(Any)]));
                break;
            default:
                WriteObject(Expression);
                break;
        }
    }

    // One comparison stays one, however it is wrapped.
    private static IEnumerable<MeterFilterClause> Clauses(IEnumerable<MeterFilter> filters) =>
        filters.Select(filter => filter.Clauses is { Count: 1 } only ? only[0] : MeterFilterClause.Group(filter));

    private void WriteClause()
    {
        var property = Property.StartsWith("metadata.", StringComparison.Ordinal)
            ? Property.Substring("metadata.".Length)
            : Property;
        try
        {
            WriteObject(MeterFilter.All(MeterFilterTransformationAttribute.Comparison(property, Operator, Value)));
        }
        catch (RefusedArgumentException refused)
        {
            ThrowTerminatingError(
                ErrorRecords.InvalidArgument(
                    new ArgumentException($"-Value: {refused.Message}"),
                    new ErrorSubject("filter", Property, IsNew: true)
                )
            );
        }
    }
}

/// <summary>The same for several filters.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MeterFilterListTransformationAttribute : ItemTransformationAttribute
{
    private protected override Type Item => typeof(MeterFilter);

    private protected override Array ToArray(IEnumerable<object?> items) =>
        items.Select(MeterFilterTransformationAttribute.FilterOf).ToArray();
}
