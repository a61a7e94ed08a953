namespace PolarPS.Commands;

/// <summary>Exports orders as a CSV file, which is replaced only when the export is complete. Operation orders:export.</summary>
[Cmdlet(VerbsData.Export, "PolarOrder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(System.IO.FileInfo))]
public sealed class ExportPolarOrderCommand : ExportPolarCmdlet
{
    /// <summary>Only orders of these products.</summary>
    [Parameter]
    [PolarId(typeof(Product))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>Only orders with these statuses, such as paid.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OrderStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Only orders created at this time or later; a time without a zone is the computer's own.</summary>
    [Parameter]
    [Instant]
    public DateTimeOffset CreatedAfter { get; set; }

    /// <summary>Only orders created at this time or earlier; a time without a zone is the computer's own.</summary>
    [Parameter]
    [Instant]
    public DateTimeOffset CreatedBefore { get; set; }

    /// <summary>The time zone of the dates in the file, by its IANA name such as Europe/Paris; without it UTC.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>The columns, in order; without it those that Polar thinks best.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OrderColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Column { get; set; }

    /// <summary>Only orders of these organizations; matters with a user's token.</summary>
    [Parameter]
    [PolarId(typeof(Organization))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string[]? OrganizationId { get; set; }

    internal override string What => "orders";

    internal override Task<StreamedResponse> OpenAsync(CancellationToken cancellationToken) =>
        Client.Orders.ExportAsync(
            new OrderExportQuery
            {
                ProductId = ProductId,
                Status = Status,
                CreatedAfter = IsBound(nameof(CreatedAfter)) ? CreatedAfter : null,
                CreatedBefore = IsBound(nameof(CreatedBefore)) ? CreatedBefore : null,
                Timezone = TimeZone,
                Columns = Column,
                OrganizationId = OrganizationId,
            },
            cancellationToken
        );
}
