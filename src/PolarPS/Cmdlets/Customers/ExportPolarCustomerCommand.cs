namespace PolarPS.Commands;

/// <summary>Exports customers as a CSV file. Operation customers:export.</summary>
[Cmdlet(VerbsData.Export, "PolarCustomer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPolarCustomerCommand : ExportPolarCmdlet
{
    /// <summary>Only customers of these organizations; matters with a user's token.</summary>
    [Parameter]
    [PolarId(typeof(Organization))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string[]? OrganizationId { get; set; }

    internal override string What => "customers";

    internal override Task<StreamedResponse> OpenAsync(CancellationToken cancellationToken) =>
        Client.Customers.ExportAsync(new CustomerExportQuery { OrganizationId = OrganizationId }, cancellationToken);
}
