using System.Collections;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>Changes products: what is given, and nothing else. Operation products:update.</summary>
[Cmdlet(VerbsCommon.Set, "PolarProduct", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Product))]
public sealed class SetPolarProductCommand : SetPolarCmdlet<Product, ProductUpdate>
{
    /// <summary>The ids of products, or products.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PolarId(typeof(Product))]
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
    [AllowEmptyString]
    [FromRow]
    [Field]
    public string? Description { get; set; }

    /// <summary>Takes the product out of sale; with :$false puts it back.</summary>
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
    [Parameter]
    [PriceTransformation]
    [ValidateNotNullOrEmpty]
    [Field("prices")]
    public PriceInput[]? Price { get; set; }

    /// <summary>The unit of the trial period; $null for no trial.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [AllowNull]
    [FromRow]
    [Field]
    public string? TrialInterval { get; set; }

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

    /// <summary>All images, by the ids of their files, in order; empty for none.</summary>
    [Parameter]
    [PolarId(typeof(PolarFile))]
    [AllowEmptyCollection]
    [Field("medias")]
    public string[]? Media { get; set; }

    /// <summary>All questions to ask at checkout, in order; empty for none.</summary>
    [Parameter]
    [CustomFieldTransformation]
    [AllowEmptyCollection]
    [Field("attached_custom_fields")]
    public AttachedCustomFieldInput[]? CustomField { get; set; }

    /// <summary>Your own keys and values, in place of those stored; empty for none.</summary>
    [Parameter]
    [Entries(OrNull = true)]
    [AllowNull]
    [FromRow]
    [Field]
    public IDictionary? Metadata { get; set; }

    internal override string[] Ids => Id;

    internal override Task<Product> UpdateAsync(
        PolarClient client,
        string id,
        ProductUpdate body,
        CancellationToken cancellationToken
    ) => client.Products.UpdateAsync(id, body, cancellationToken);
}
