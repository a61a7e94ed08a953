namespace PolarPS.Commands;

/// <summary>Creates a meter, which counts events for billing. Operation meters:create.</summary>
[Cmdlet(VerbsCommon.New, "PolarMeter", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Meter))]
public sealed class NewPolarMeterCommand : NewMetadataCmdlet<Meter, MeterCreate>
{
    /// <summary>The name, which customers see on their invoice; 3 characters or more.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        HelpMessage = "What customers see on their invoice, such as API calls; 3 characters or more"
    )]
    [ValidateNotNullOrEmpty]
    [Field]
    public string Name { get; set; } = string.Empty;

    /// <summary>Which events it counts: name = 'api.call' and metadata.tokens > 100.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "Filter, such as name = 'api.call'; or: every event")]
    [MeterFilterTransformation]
    [ValidateNotNull]
    [Field]
    public MeterFilter? Filter { get; set; }

    /// <summary>How it counts them: count, sum, max, min, avg or unique.</summary>
    [Parameter(Mandatory = true, HelpMessage = "count, or another function and a property: sum(tokens)")]
    [AggregationTransformation]
    [ArgumentCompleter(typeof(AggregationCompleter))]
    [ValidateNotNull]
    [Field]
    [Sum]
    public MeterAggregation? Aggregation { get; set; }

    /// <summary>The metadata whose values are counted: tokens, or _llm.total_tokens; not for count.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Property { get; set; }

    /// <summary>What it counts: scalar, token or custom; without it scalar, or custom where there is a label.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MeterUnitCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Unit { get; set; }

    /// <summary>What a custom unit is called, such as GB.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? CustomLabel { get; set; }

    /// <summary>How many counted units make one displayed unit of a custom one, such as 1000.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    [Field]
    public int CustomMultiplier { get; set; }

    internal override string NewName => Name;

    internal override string TextOf(string parameter, object? value) =>
        parameter switch
        {
            nameof(Filter) => ValueText.Of(Filter?.ToText()),
            nameof(Aggregation) => AggregationTransformationAttribute.Complete(Aggregation!, Property).ToString(),
            _ => base.TextOf(parameter, value),
        };

    internal override void Shape(RequestBody body)
    {
        body.SetField("filter", Filter);
        body.SetField("aggregation", AggregationTransformationAttribute.Complete(Aggregation!, Property));
        if (CustomLabel is not null && Unit is null)
        {
            body.SetField("unit", "custom");
        }
    }

    internal override Task<Meter> CreateAsync(
        PolarClient client,
        MeterCreate body,
        CancellationToken cancellationToken
    ) => client.Meters.CreateAsync(body, cancellationToken);
}
