namespace PolarPS.Commands;

/// <summary>Creates a product. Operation products:create.</summary>
[Cmdlet(VerbsCommon.New, "PolarProduct", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Product))]
public sealed class NewPolarProductCommand : NewMetadataCmdlet<Product, ProductCreate>
{
    private PipedFiles? _files;

    /// <summary>The name that customers see.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "What customers see, 3 to 64 characters"
    )]
    [Text]
    [ValidateLength(3, 64)]
    [Field]
    public string Name { get; set; } = string.Empty;

    /// <summary>The prices, created with New-PolarPrice.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        HelpMessage = "Not by typing, but on the command line: (New-PolarPrice 999 usd)"
    )]
    [PriceTransformation(NewOnly = true)]
    [ValidateNotNullOrEmpty]
    [Field("prices")]
    [Sum]
    public PriceInput[] Price { get; set; } = [];

    /// <summary>The unit of the billing interval; without it the product is a one-time purchase.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? RecurringInterval { get; set; }

    /// <summary>How many units make one billing interval.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 999)]
    [Field]
    public int RecurringIntervalCount { get; set; }

    /// <summary>The description that customers see, in Markdown.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Field]
    public string? Description { get; set; }

    /// <summary>Who sees the product.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VisibilityCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Visibility { get; set; }

    /// <summary>The unit of the trial period.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? TrialInterval { get; set; }

    /// <summary>How many units make the trial period.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 1000)]
    [Field]
    public int TrialIntervalCount { get; set; }

    /// <summary>The unit of the interval after which usage is billed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? MeterInterval { get; set; }

    /// <summary>How many units make one usage interval.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 999)]
    [Field]
    public int MeterIntervalCount { get; set; }

    /// <summary>The images, by their files; all that are piped are for one product.</summary>
    [Parameter(ValueFromPipeline = true)]
    [PolarId(typeof(PolarFile), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<PolarFile>))]
    [ValidateNotNullOrEmpty]
    [Field("medias")]
    public string[]? Media { get; set; }

    /// <summary>The questions to ask at checkout.</summary>
    [Parameter]
    [CustomFieldTransformation]
    [ValidateNotNullOrEmpty]
    [Field("attached_custom_fields")]
    public AttachedCustomFieldInput[]? CustomField { get; set; }

    internal override string NewName => Name;

    private PipedFiles PipedFiles => _files ??= new PipedFiles(this, nameof(Media));

    internal override void ProcessInput()
    {
        if (!PipedFiles.Take())
        {
            base.ProcessInput();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PipedFiles.Complete(base.ProcessInput);
        base.EndProcessing();
    }

    internal override Task<Product> CreateAsync(
        PolarClient client,
        ProductCreate body,
        CancellationToken cancellationToken
    ) => client.Products.CreateAsync(body, cancellationToken);
}
