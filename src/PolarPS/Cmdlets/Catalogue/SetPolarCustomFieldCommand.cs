namespace PolarPS.Commands;

/// <summary>
/// Changes custom fields: what is given, and nothing else. Operation custom-fields:update; where the rest of a field has to
/// be known for it, custom-fields:get.
/// </summary>
[Cmdlet(
    VerbsCommon.Set,
    "PolarCustomField",
    DefaultParameterSetName = "Plain",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(CustomField))]
public sealed class SetPolarCustomFieldCommand : SetMetadataCmdlet<CustomField, CustomFieldUpdate>
{
    /// <summary>The ids of custom fields, or custom fields.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.CustomField)]
    [PolarId(typeof(CustomField), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<CustomField>))]
    [Alias("CustomFieldId")]
    public string[] Id { get; set; } = [];

    /// <summary>The name, for yourself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Name { get; set; }

    /// <summary>The key under which answers are stored from now on: lower-case letters, digits, hyphens and underscores.</summary>
    [Parameter]
    [ValidatePattern("^[a-z0-9_-]+$", Options = System.Text.RegularExpressions.RegexOptions.None)]
    [Field]
    public string? Slug { get; set; }

    /// <summary>The text beside the field; $null for the name.</summary>
    [Parameter]
    [EmptyIsNull]
    [AllowNull]
    [NullableText]
    [Field("properties.form_label")]
    public object? FormLabel { get; set; }

    /// <summary>The help below the field; $null for none.</summary>
    [Parameter]
    [EmptyIsNull]
    [AllowNull]
    [NullableText]
    [Field("properties.form_help_text")]
    public object? FormHelpText { get; set; }

    /// <summary>The text inside the empty field; $null for none.</summary>
    [Parameter]
    [EmptyIsNull]
    [AllowNull]
    [NullableText]
    [Field("properties.form_placeholder")]
    public object? FormPlaceholder { get; set; }

    /// <summary>A text of several lines; with :$false of one.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Text)]
    [Field("properties.textarea")]
    public SwitchParameter Textarea { get; set; }

    /// <summary>The fewest characters of a text; $null for no limit.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Text)]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field("properties.min_length")]
    public int? MinLength { get; set; }

    /// <summary>The most characters of a text; $null for no limit.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Text)]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field("properties.max_length")]
    public int? MaxLength { get; set; }

    /// <summary>The least number; $null for no limit.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Number)]
    [WholeNumber(OrNull = true, CanBeNegative = true)]
    [AllowNull]
    [Field("properties.ge")]
    public int? Minimum { get; set; }

    /// <summary>The greatest number; $null for no limit.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Number)]
    [WholeNumber(OrNull = true, CanBeNegative = true)]
    [AllowNull]
    [Field("properties.le")]
    public int? Maximum { get; set; }

    /// <summary>The earliest day; $null for no limit.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Date)]
    [Day(OrNull = true)]
    [AllowNull]
    [Field("properties.ge")]
    public DateTime? EarliestDate { get; set; }

    /// <summary>The latest day; $null for no limit.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Date)]
    [Day(OrNull = true)]
    [AllowNull]
    [Field("properties.le")]
    public DateTime? LatestDate { get; set; }

    /// <summary>All answers to choose from: texts, or @{ Value = 's'; Label = 'Small' }.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Select, Mandatory = true, HelpMessage = HelpMessages.Options)]
    [CustomFieldOptionTransformation]
    [ValidateNotNullOrEmpty]
    [Field("properties.options")]
    public CustomFieldOption[]? Option { get; set; }

    internal override string[] Ids => Id;

    internal override string TextOf(string parameter, object? value) =>
        value is DateTime day ? DateReader.Text(day) : base.TextOf(parameter, value);

    internal override void Shape(RequestBody body)
    {
        if (IsBound(nameof(EarliestDate)))
        {
            CustomFieldLimits.SetDay(body, "ge", EarliestDate);
        }

        if (IsBound(nameof(LatestDate)))
        {
            CustomFieldLimits.SetDay(body, "le", LatestDate);
        }
    }

    // Polar wants the kind with every change. It never changes, so that it may be remembered.
    internal override bool NeedsCurrent(string id, CustomFieldUpdate body)
    {
        body.Type = UsedConnection.Seen.Find<CustomField>(id)?.Type;
        return body.Type is null || body.FieldNames().Contains("properties");
    }

    // The other properties are merged with what is there, so that none goes.
    internal override bool SaysWhatGoes(RequestBody body) =>
        IsShown && (IsBound(nameof(Option)) || IsBound(nameof(Metadata)));

    // Polar replaces the properties as a whole.
    internal override void Complete(CustomField current, CustomFieldUpdate body)
    {
        body.Type = current.Type;
        if (!body.FieldNames().Contains("properties"))
        {
            return;
        }

        var given = FieldPath.Group(body, "properties");

        if (CustomFieldLimits.KindOf(ParameterSetName) is { } kind && kind != current.Type)
        {
            throw new ArgumentException(
                $"These limits are for a {kind} field, but '{current}' is a {current.Type} field."
            );
        }

        var properties = current.Properties?.ToFields() ?? [];
        foreach (var property in given)
        {
            properties[property.Key] = property.Value;
        }

        body.SetField(
            "properties",
            properties.Where(property => property.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value)
        );
    }

    internal override Task<CustomField> UpdateAsync(
        PolarClient client,
        string id,
        CustomFieldUpdate body,
        CancellationToken cancellationToken
    ) => client.CustomFields.UpdateAsync(id, body, cancellationToken);

    internal override Task<CustomField> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.CustomFields.GetAsync(id, cancellationToken);
}
