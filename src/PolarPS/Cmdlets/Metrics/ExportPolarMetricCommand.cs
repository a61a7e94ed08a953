namespace PolarPS.Commands;

/// <summary>Exports metrics as a CSV file, which is replaced only when the export is complete. Operations metrics:export and metrics:limits.</summary>
[Cmdlet(VerbsData.Export, "PolarMetric", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(System.IO.FileInfo))]
public sealed class ExportPolarMetricCommand : ExportPolarCmdlet, IMetricSelection
{
    /// <summary>The metrics, such as monthly_recurring_revenue; wildcards fit those that this version knows. Without it all.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MetricCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Metric { get; set; }

    /// <summary>How long a period is; without it a month, or what fits the time.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MetricIntervalCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Interval { get; set; }

    /// <summary>The first day, as yyyy-MM-dd, in the time zone of -TimeZone.</summary>
    [Parameter]
    [Day]
    public DateTime From { get; set; }

    /// <summary>The last day, as yyyy-MM-dd, in the time zone of -TimeZone; without it today.</summary>
    [Parameter]
    [Day]
    public DateTime To { get; set; }

    /// <summary>The time zone in which days begin, by its IANA name such as Europe/Paris; without it UTC.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>Only of these products.</summary>
    [Parameter]
    [PolarId(typeof(Product))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>Only of these customers.</summary>
    [Parameter]
    [PolarId(typeof(Customer))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    public string[]? CustomerId { get; set; }

    /// <summary>Only of one-time purchases or only of subscriptions.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BillingTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? BillingType { get; set; }

    /// <summary>Only of these organizations; matters with a user's token.</summary>
    [Parameter]
    [PolarId(typeof(Organization))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string[]? OrganizationId { get; set; }

    internal override string What => "metrics";

    internal override async Task<StreamedResponse> OpenAsync(CancellationToken cancellationToken)
    {
        var query = MetricSelection.QueryFor(this, MetricNaming.Expand(Metric));
        var today = MetricSelection.Today(this);
        return await Client
            .Metrics.ExportAsync(
                await Client.Metrics.CompleteAsync(query, today, cancellationToken).ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
