using System.Collections;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Changes customers, by Polar's id or by your own: what is given, and nothing else. Operations customers:update and
/// customers:update_external.
/// </summary>
[Cmdlet(
    VerbsCommon.Set,
    "PolarCustomer",
    DefaultParameterSetName = IdSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Customer))]
public sealed class SetPolarCustomerCommand : SetPolarCmdlet<Customer, CustomerUpdate>
{
    private const string IdSet = "Id";
    private const string ExternalIdSet = "ExternalId";

    /// <summary>The ids of customers, or customers.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PolarId(typeof(Customer))]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [Alias("CustomerId")]
    public string[] Id { get; set; } = [];

    /// <summary>Your own ids of customers.</summary>
    [Parameter(ParameterSetName = ExternalIdSet, Mandatory = true)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    public string[] ExternalId { get; set; } = [];

    /// <summary>The email address; $null for none, which only a team can do with.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [FromRow]
    [Field]
    public object? Email { get; set; }

    /// <summary>The name; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [FromRow]
    [Field]
    public object? Name { get; set; }

    /// <summary>Your own id, for a customer that has none yet; it cannot be changed afterwards.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [FromRow]
    [Field("external_id")]
    public string? NewExternalId { get; set; }

    /// <summary>The kind: team makes a person a team, which cannot be undone.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(CustomerTypeCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Type { get; set; }

    /// <summary>
    /// The whole address on invoices, created with New-PolarAddress, as a hashtable, or another customer's; $null for none.
    /// </summary>
    [Parameter]
    [SettingsTransformation(typeof(AddressInput), From = typeof(Address))]
    [AllowNull]
    [FromRow]
    [Field]
    public IDictionary? BillingAddress { get; set; }

    /// <summary>The tax number; its kind follows from the country of the billing address; $null for none.</summary>
    [Parameter]
    [TaxIdTransformation]
    [AllowNull]
    [NullableText]
    [FromRow]
    [Field]
    public object? TaxId { get; set; }

    /// <summary>The language for mails and pages, such as fr or pt-BR; $null for the default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LocaleCompleter))]
    [AllowNull]
    [NullableText]
    [FromRow]
    [Field]
    public object? Locale { get; set; }

    /// <summary>Your own keys and values, in place of those stored; empty for none.</summary>
    [Parameter]
    [Entries(OrNull = true)]
    [AllowNull]
    [FromRow]
    [Field]
    public IDictionary? Metadata { get; set; }

    internal override string[] Ids => Id;

    internal override Task<Customer> UpdateAsync(
        PolarClient client,
        string id,
        CustomerUpdate body,
        CancellationToken cancellationToken
    ) => client.Customers.UpdateAsync(id, body, cancellationToken);

    internal override Task<Customer> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Customers.GetAsync(id, cancellationToken);

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        if (ParameterSetName == IdSet)
        {
            base.ProcessInput();
            return;
        }

        foreach (var externalId in ExternalId)
        {
            var subject = Subject(externalId) with { Key = "external id" };
            Try(subject, () => Update(externalId, subject));
        }
    }

    private void Update(string externalId, ErrorSubject subject)
    {
        ApiPath.CheckExternal(externalId);
        var body = Fill(new CustomerUpdateExternal());
        if (body.IsEmpty())
        {
            Fail(ErrorRecords.NothingToChange(subject));
            return;
        }

        var comparison = SaysWhatGoes(body)
            ? UpdateComparison.Of(Await(token => Client.Customers.GetExternalAsync(externalId, token)), body)
            : null;
        if (
            Confirm(
                $"{Kind} with the external id '{externalId}'",
                Changes(comparison),
                (client, token) => client.Customers.UpdateExternalAsync(externalId, body, token)
            )
        )
        {
            WriteModel(Await(token => Client.Customers.UpdateExternalAsync(externalId, body, token)));
        }
    }
}
