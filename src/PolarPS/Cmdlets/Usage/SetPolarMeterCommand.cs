namespace PolarPS.Commands;

/// <summary>Changes meters: what is given, and nothing else. Operation meters:update.</summary>
[Cmdlet(VerbsCommon.Set, "PolarMeter", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Meter))]
public sealed class SetPolarMeterCommand : SetMetadataCmdlet<Meter, MeterUpdate>
{
    /// <summary>The ids of meters, or meters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Meter)]
    [PolarId(typeof(Meter), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Meter>))]
    [Alias("MeterId")]
    public string[] Id { get; set; } = [];

    /// <summary>The name, which customers see on their invoice; 3 characters or more.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Name { get; set; }

    /// <summary>Which events it counts, as long as it has counted none.</summary>
    [Parameter]
    [MeterFilterTransformation]
    [ValidateNotNull]
    [Field]
    public MeterFilter? Filter { get; set; }

    /// <summary>How it counts them, as long as it has counted none: count, sum, max, min, avg or unique.</summary>
    [Parameter]
    [AggregationTransformation]
    [ArgumentCompleter(typeof(AggregationCompleter))]
    [ValidateNotNull]
    [Field]
    public MeterAggregation? Aggregation { get; set; }

    /// <summary>The metadata whose values are counted; together with -Aggregation.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Property { get; set; }

    /// <summary>What it counts: scalar, token or custom.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MeterUnitCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Unit { get; set; }

    /// <summary>What a custom unit is called, such as GB.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field]
    public object? CustomLabel { get; set; }

    /// <summary>How many counted units make one displayed unit of a custom one, such as 1000; $null for one.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? CustomMultiplier { get; set; }

    /// <summary>Archives it, so that it no longer bills; with :$false brings it back.</summary>
    [Parameter]
    [Field]
    public SwitchParameter IsArchived { get; set; }

    internal override string[] Ids => Id;

    internal override string TextOf(string parameter, object? value) =>
        parameter switch
        {
            nameof(Filter) => ValueText.Of(Filter?.ToText()),
            nameof(Aggregation) => AggregationTransformationAttribute.Complete(Aggregation!, Property).ToString(),
            _ => base.TextOf(parameter, value),
        };

    internal override void Shape(RequestBody body)
    {
        if (Filter is not null)
        {
            body.SetField("filter", Filter);
        }

        if (Aggregation is not null)
        {
            body.SetField("aggregation", AggregationTransformationAttribute.Complete(Aggregation, Property));
        }
        else if (Property is not null)
        {
            throw new ArgumentException("-Property belongs to -Aggregation: give both.");
        }
    }

    internal override Task<Meter> UpdateAsync(
        PolarClient client,
        string id,
        MeterUpdate body,
        CancellationToken cancellationToken
    ) => client.Meters.UpdateAsync(id, body, cancellationToken);

    internal override Task<Meter> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Meters.GetAsync(id, cancellationToken);
}
