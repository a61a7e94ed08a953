namespace PolarPS.Commands;

/// <summary>Changes products: what is given, and nothing else. Operation products:update.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "PolarProduct",
    DefaultParameterSetName = AllPrices,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Product))]
[FromRow(nameof(Metadata))]
public sealed class SetPolarProductCommand : SetMetadataCmdlet<Product, ProductUpdate>
{
    private const string AllPrices = "AllPrices";
    private const string SomePrices = "SomePrices";

    private int _kept;
    private PipedFiles? _files;

    /// <summary>The ids of products, or products.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Product)]
    [PolarId(typeof(Product), Each = true, LeavesTo = typeof(PolarFile))]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [Alias("ProductId")]
    public string[] Id { get; set; } = [];

    /// <summary>The name that customers see.</summary>
    [Parameter]
    [ValidateLength(3, 64)]
    [FromRow]
    [Field]
    public string? Name { get; set; }

    /// <summary>The description that customers see, in Markdown; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [FromRow]
    [Field]
    public object? Description { get; set; }

    /// <summary>Archives the product; with :$false restores it.</summary>
    [Parameter]
    [FromRow]
    [Field]
    public SwitchParameter IsArchived { get; set; }

    /// <summary>Who sees the product.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VisibilityCompleter))]
    [ValidateNotNullOrEmpty]
    [FromRow]
    [Field]
    public string? Visibility { get; set; }

    /// <summary>All prices that the product is to have, existing and new ones; those left out are archived.</summary>
    [Parameter(ParameterSetName = AllPrices)]
    [PriceTransformation]
    [ValidateNotNullOrEmpty]
    [Field("prices")]
    public PriceInput[]? Price { get; set; }

    /// <summary>New prices, created with New-PolarPrice, beside those that the product has.</summary>
    [Parameter(ParameterSetName = SomePrices)]
    [PriceTransformation(NewOnly = true)]
    [ValidateNotNullOrEmpty]
    [Field("prices")]
    public PriceInput[]? AddPrice { get; set; }

    /// <summary>Prices of the product, or their ids, that new customers are no longer to get; the others stay.</summary>
    [Parameter(ParameterSetName = SomePrices)]
    [PolarId(typeof(ProductPrice))]
    [ArgumentCompleter(typeof(ProductPriceCompleter))]
    [ValidateNotNullOrEmpty]
    [Field("prices")]
    public string[]? RemovePrice { get; set; }

    /// <summary>The unit of the trial period; $null for no trial.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [AllowNull]
    [NullableText]
    [FromRow]
    [Field]
    public object? TrialInterval { get; set; }

    /// <summary>How many units make the trial period; $null for no trial.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [FromRow]
    [Field]
    public int? TrialIntervalCount { get; set; }

    /// <summary>The unit of the billing interval; Polar allows it for products from before 2025 only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? RecurringInterval { get; set; }

    /// <summary>How many units make one billing interval; as RecurringInterval.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 999)]
    [Field]
    public int RecurringIntervalCount { get; set; }

    /// <summary>All images, by their files, in order, piped ones too; empty for none.</summary>
    [Parameter(ValueFromPipeline = true)]
    [PolarId(typeof(PolarFile), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<PolarFile>))]
    [AllowEmptyCollection]
    [Field("medias")]
    public string[]? Media { get; set; }

    /// <summary>All questions to ask at checkout, in order; empty for none.</summary>
    [Parameter]
    [CustomFieldTransformation]
    [AllowEmptyCollection]
    [Field("attached_custom_fields")]
    public AttachedCustomFieldInput[]? CustomField { get; set; }

    internal override string[] Ids => Id;

    private PipedFiles PipedFiles => _files ??= new PipedFiles(this, nameof(Media));

    internal override void Assign() => PipedFiles.LeaveTextTo(nameof(Id));

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

    // Polar reviews the organization after each update, also after one that changes nothing.
    internal override bool HoldsBack => true;

    internal override void Shape(RequestBody body)
    {
        if (AddPrice is not null || RemovePrice is not null)
        {
            // Until the product is read.
            ((ProductUpdate)body).Prices = AddPrice ?? [];
        }
    }

    internal override void Complete(Product current, ProductUpdate body)
    {
        if (body.Prices is not { } prices)
        {
            return;
        }

        var change =
            ParameterSetName == SomePrices
                ? PriceChange.Modify(current, AddPrice ?? [], RemovePrice ?? [])
                : PriceChange.Replace(current, prices);
        _kept = change.Kept.Count;
        body.Prices = change.Prices;
    }

    // The prices that stay are sent before those that are added.
    internal override long ElementOf(string parameter, long index) =>
        parameter == nameof(AddPrice) ? System.Math.Max(0, index - _kept) : index;

    internal override string? ChangeText(string parameter, UpdateComparison? comparison)
    {
        if (
            parameter is not (nameof(Price) or nameof(AddPrice) or nameof(RemovePrice))
            || comparison?.Prices is not { } prices
        )
        {
            return null;
        }

        return prices.ChangesNothing
            ? "keep the prices"
            : string.Join(
                "; ",
                new[]
                {
                    Prices("add", [.. prices.Added.Select(price => price.ToText())]),
                    Prices("archive", [.. prices.Archived.Select(price => price.ToText())]),
                }.Where(text => text.Length > 0)
            );
    }

    private static string Prices(string action, string[] prices) =>
        prices.Length switch
        {
            0 => string.Empty,
            1 => $"{action} the price {prices[0]}",
            _ => $"{action} the prices {string.Join(", ", prices)}",
        };

    internal override Task<Product> UpdateAsync(
        PolarClient client,
        string id,
        ProductUpdate body,
        CancellationToken cancellationToken
    ) => client.Products.UpdateAsync(id, body, cancellationToken);

    internal override Task<Product> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Products.GetAsync(id, cancellationToken);
}
