namespace PolarPS.Commands;

/// <summary>
/// Changes customers, by Polar's id or by your own: what is given, and nothing else; by your own id it also creates those that
/// are missing. Operations customers:update, customers:update_external and customers:create.
/// </summary>
[Cmdlet(
    VerbsCommon.Set,
    "PolarCustomer",
    DefaultParameterSetName = IdSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Customer))]
[FromRow(nameof(Metadata))]
public sealed class SetPolarCustomerCommand : SetMetadataCmdlet<Customer, CustomerUpdate>
{
    private const string IdSet = "Id";
    private const string ExternalIdSet = "ExternalId";

    private bool _isNew;

    /// <summary>The ids of customers, or customers.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Customer
    )]
    [PolarId(typeof(Customer), Each = true, OrColumn = nameof(ExternalId))]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [Alias("CustomerId")]
    public string[] Id { get; set; } = [];

    /// <summary>Your own ids of customers.</summary>
    [Parameter(
        ParameterSetName = ExternalIdSet,
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.ExternalCustomerId
    )]
    [ExternalId("customer", InRows = true)]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [Alias("ExternalCustomerId", "CustomerExternalId")]
    public string[] ExternalId { get; set; } = [];

    /// <summary>Creates the customer if none has the external id; needs an email address.</summary>
    [Parameter(ParameterSetName = ExternalIdSet)]
    public SwitchParameter CreateIfMissing { get; set; }

    /// <summary>The email address; it cannot be removed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
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
    /// The whole address on invoices, created with New-PolarAddress, as a hashtable, or another customer's; it cannot be removed.
    /// </summary>
    [Parameter]
    [SettingsTransformation(typeof(AddressInput), From = typeof(Address))]
    [ValidateNotNullOrEmpty]
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

    internal override string[] Ids => Id;

    internal override Task<Customer> UpdateAsync(
        PolarClient client,
        string id,
        CustomerUpdate body,
        CancellationToken cancellationToken
    ) => client.Customers.UpdateAsync(id, body, cancellationToken);

    internal override Task<Customer> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Customers.GetAsync(id, cancellationToken);

    // What creates something answers for every column.
    internal override RowColumns Columns => CreateIfMissing ? RowColumns.All : RowColumns.Declared;

    // A row may have both ids, as an export of customers has.
    internal override bool GoesWith(string parameter) =>
        base.GoesWith(parameter) || parameter is nameof(Id) or nameof(ExternalId);

    // There is nothing to be cleared yet where a customer is made.
    internal override bool IsGiven(string parameter) =>
        _isNew ? parameter != nameof(NewExternalId) && IsGivenText(parameter) : base.IsGiven(parameter);

    internal override void ProcessInput()
    {
        if (ParameterSetName == IdSet)
        {
            base.ProcessInput();
            return;
        }

        foreach (var externalId in ExternalId)
        {
            Try(Subject(externalId) with { Key = "external id" }, () => CreateOrUpdate(externalId));
        }
    }

    private void CreateOrUpdate(string externalId)
    {
        if (!CreateIfMissing)
        {
            ExternalIds.Check(externalId);
            var change = Fill(new CustomerUpdateExternal());
            if (IsNothing(change))
            {
                Fail(ErrorRecords.NothingToChange(Subject(externalId) with { Key = "external id" }));
                return;
            }

            Update(
                externalId,
                IsShown || MetadataEdit.IsWanted
                    ? Await(token => Client.Customers.GetExternalAsync(externalId, token))
                    : null,
                change,
                (client, token) => client.Customers.UpdateExternalAsync(externalId, change, token)
            );
            return;
        }

        var found = Await(token => Client.Customers.FindExternalAsync(externalId, token));
        if (Id.Length > 0 && !Id.Contains(found?.Id, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"The row has the id {Id[0]}, but "
                    + (found is null ? "no customer has the external id." : $"the external id is that of {found.Id}.")
            );
        }

        if (found is null)
        {
            Create(externalId);
            return;
        }

        var body = Fill(new CustomerUpdate());
        Update(externalId, found, body, (client, token) => client.Customers.UpdateAsync(found.Id!, body, token));
    }

    private void Update(
        string externalId,
        Customer? known,
        RequestBody body,
        Func<PolarClient, CancellationToken, Task<Customer>> send
    )
    {
        UpdateComparison? comparison = null;
        if (known is not null)
        {
            Remember(known);
            comparison = Compare(known, body);
            // Read anyway, and a script that makes sure of its customers runs again and again.
            if (CreateIfMissing && comparison.ChangesNothing)
            {
                Leave(NameOf(known.Id!), known);
                return;
            }
        }

        var name = known is null
            ? $"{Kind} with the external id '{externalId}'"
            : $"{Kind} '{known}' (external id '{externalId}', {known.Id})";
        if (Confirm(name, Changes(comparison), send))
        {
            UsedConnection.Seen.Outdate(known?.Id ?? externalId);
            WriteModel(Await(token => send(Client, token)));
        }
    }

    private void Create(string externalId)
    {
        _isNew = true;
        try
        {
            var body = Fill(new CustomerCreate { ExternalId = externalId });
            MetadataEdit.Merge(null, body);
            if (!IsGivenText(nameof(Email)))
            {
                throw new ArgumentException(
                    "No customer has the external id, and a new one needs an email address (-Email)."
                );
            }

            if (
                Confirm(
                    $"{Kind} '{Email}' (external id '{externalId}')",
                    "Create",
                    (client, token) => client.Customers.CreateAsync(body, token)
                )
            )
            {
                WriteModel(Await(token => Client.Customers.CreateAsync(body, token)));
            }
        }
        finally
        {
            _isNew = false;
        }
    }
}
