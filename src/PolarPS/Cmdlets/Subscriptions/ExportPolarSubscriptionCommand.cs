namespace PolarPS.Commands;

/// <summary>Writes subscriptions as a CSV file that Polar makes. Operation subscriptions:export.</summary>
[Cmdlet(VerbsData.Export, "PolarSubscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPolarSubscriptionCommand : ExportPolarCmdlet
{
    /// <summary>Only subscriptions with these statuses.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SubscriptionStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Only subscriptions of these products.</summary>
    [Parameter]
    [PolarId(typeof(Product))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>Only subscriptions that end with their period; with :$false only the others.</summary>
    [Parameter]
    public SwitchParameter CancelAtPeriodEnd { get; set; }

    /// <summary>Only subscriptions that began at this time or later.</summary>
    [Parameter]
    [Instant]
    public DateTimeOffset? StartedAfter { get; set; }

    /// <summary>Only subscriptions that began at this time or earlier.</summary>
    [Parameter]
    [Instant]
    public DateTimeOffset? StartedBefore { get; set; }

    /// <summary>The columns to write, in this order; without it the usual ones.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SubscriptionColumnCompleter))]
    [ValidateNotNullOrEmpty]
    [Field("columns")]
    public string[]? Column { get; set; }

    /// <summary>The time zone of the times in the file, by its IANA name; without it UTC.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field("timezone")]
    public string? TimeZone { get; set; }

    /// <summary>Only subscriptions of these organizations; matters with a user's token.</summary>
    [Parameter]
    [PolarId(typeof(Organization))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string[]? OrganizationId { get; set; }

    internal override string What => "subscriptions";

    internal override Task<StreamedResponse> OpenAsync(CancellationToken cancellationToken) =>
        Client.Subscriptions.ExportAsync(
            new SubscriptionExportQuery
            {
                Status = Status,
                ProductId = ProductId,
                CancelAtPeriodEnd = IsBound(nameof(CancelAtPeriodEnd)) ? CancelAtPeriodEnd.IsPresent : null,
                StartedAfter = StartedAfter,
                StartedBefore = StartedBefore,
                Columns = Column,
                Timezone = TimeZone,
                OrganizationId = OrganizationId,
            },
            cancellationToken
        );
}
