namespace PolarPS.Commands;

/// <summary>
/// Creates a custom field: a question that products can ask at checkout. One parameter set for each kind with limits of its
/// own. Operation custom-fields:create.
/// </summary>
[Cmdlet(
    VerbsCommon.New,
    "PolarCustomField",
    DefaultParameterSetName = Plain,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(CustomField))]
public sealed class NewPolarCustomFieldCommand : NewMetadataCmdlet<CustomField, CustomFieldCreate>
{
    private const string Plain = "Plain";

    /// <summary>The key under which answers are stored: lower-case letters, digits, hyphens and underscores.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Lowercase letters, digits, hyphens and underscores, such as company-name"
    )]
    [Text]
    [ValidatePattern("^[a-z0-9_-]+$", Options = System.Text.RegularExpressions.RegexOptions.None)]
    [Field]
    public string Slug { get; set; } = string.Empty;

    /// <summary>The name, for yourself.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "What you call the field, such as Company name"
    )]
    [Text]
    [ValidateNotNullOrEmpty]
    [Field]
    public string Name { get; set; } = string.Empty;

    /// <summary>The kind: text, number, date, checkbox or select. Limits of one type imply it.</summary>
    [Parameter(
        ParameterSetName = Plain,
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "text, number, date, checkbox or select"
    )]
    [Parameter(ParameterSetName = CustomFieldLimits.Text)]
    [Parameter(ParameterSetName = CustomFieldLimits.Number)]
    [Parameter(ParameterSetName = CustomFieldLimits.Date)]
    [Parameter(ParameterSetName = CustomFieldLimits.Select)]
    [Text]
    [ArgumentCompleter(typeof(CustomFieldTypeCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Type { get; set; }

    /// <summary>The text beside the field; without it the name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNull]
    [AllowNull]
    [Field("properties.form_label")]
    public string? FormLabel { get; set; }

    /// <summary>The help below the field.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNull]
    [AllowNull]
    [Field("properties.form_help_text")]
    public string? FormHelpText { get; set; }

    /// <summary>The text inside the empty field.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNull]
    [AllowNull]
    [Field("properties.form_placeholder")]
    public string? FormPlaceholder { get; set; }

    /// <summary>A text of several lines.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Text)]
    [Field("properties.textarea")]
    public SwitchParameter Textarea { get; set; }

    /// <summary>The fewest characters of a text.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Text)]
    [WholeNumber]
    [ValidateRange(0, int.MaxValue)]
    [Field("properties.min_length")]
    public int MinLength { get; set; }

    /// <summary>The most characters of a text.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Text)]
    [WholeNumber]
    [ValidateRange(0, int.MaxValue)]
    [Field("properties.max_length")]
    public int MaxLength { get; set; }

    /// <summary>The least number.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Number)]
    [WholeNumber(CanBeNegative = true)]
    [Field("properties.ge")]
    public int Minimum { get; set; }

    /// <summary>The greatest number.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Number)]
    [WholeNumber(CanBeNegative = true)]
    [Field("properties.le")]
    public int Maximum { get; set; }

    /// <summary>The earliest day.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Date)]
    [Day]
    [Field("properties.ge")]
    public DateTime EarliestDate { get; set; }

    /// <summary>The latest day.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Date)]
    [Day]
    [Field("properties.le")]
    public DateTime LatestDate { get; set; }

    /// <summary>The answers to choose from: texts, or @{ Value = 's'; Label = 'Small' }.</summary>
    [Parameter(ParameterSetName = CustomFieldLimits.Select, Mandatory = true, HelpMessage = HelpMessages.Options)]
    [CustomFieldOptionTransformation]
    [ValidateNotNullOrEmpty]
    [Field("properties.options")]
    public CustomFieldOption[] Option { get; set; } = [];

    internal override string NewName => Name;

    internal override void Shape(RequestBody body)
    {
        var kind = CustomFieldLimits.KindOf(ParameterSetName) ?? Type;
        if (Type is not null && kind != Type)
        {
            throw new ArgumentException($"These limits are for a {kind} field, but -Type is {Type}.");
        }

        if (kind == "select" && Option.Length == 0)
        {
            throw new ArgumentException("A select field needs options: -Option 'Small', 'Large'.");
        }

        body.SetField("type", kind);
        var properties = FieldPath.Group(body, "properties");
        if (IsBound(nameof(EarliestDate)))
        {
            CustomFieldLimits.SetDay(body, "ge", EarliestDate);
        }

        if (IsBound(nameof(LatestDate)))
        {
            CustomFieldLimits.SetDay(body, "le", LatestDate);
        }

        // An empty column of a CSV file: Polar takes no null here.
        foreach (var name in new List<string>(properties.Keys))
        {
            if (properties[name] is null)
            {
                properties.Remove(name);
            }
        }
    }

    internal override Task<CustomField> CreateAsync(
        PolarClient client,
        CustomFieldCreate body,
        CancellationToken cancellationToken
    ) => client.CustomFields.CreateAsync(body, cancellationToken);
}
