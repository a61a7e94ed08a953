namespace PolarPS.Commands;

/// <summary>Creates customers, also from the rows of a CSV file. Operation customers:create.</summary>
[Cmdlet(VerbsCommon.New, "PolarCustomer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Customer))]
public sealed class NewPolarCustomerCommand : NewOwnedCmdlet<Customer, CustomerCreate>
{
    /// <summary>The email address; only a team can do without.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? Email { get; set; }

    /// <summary>The name.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? Name { get; set; }

    /// <summary>Your own id of the customer; it cannot be changed afterwards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? ExternalId { get; set; }

    /// <summary>The kind: individual, which is the default, or team.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CustomerTypeCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? Type { get; set; }

    /// <summary>The email address of the first member, who owns the team.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? OwnerEmail { get; set; }

    /// <summary>The name of the first member.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? OwnerName { get; set; }

    /// <summary>Your own id of the first member.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? OwnerExternalId { get; set; }

    /// <summary>The address on invoices, created with New-PolarAddress, as a hashtable, or another customer's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AddressTransformation(OrNull = true, Cell = RowCell.Optional)]
    [AllowNull]
    [Field]
    public IDictionary? BillingAddress { get; set; }

    /// <summary>The tax number; its kind follows from the country of the billing address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TaxIdTransformation]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? TaxId { get; set; }

    /// <summary>The language for mails and pages, such as fr or pt-BR.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LocaleCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? Locale { get; set; }

    /// <summary>Your own keys and values.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Entries(OrNull = true, Cell = RowCell.Optional)]
    [AllowNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    internal override string NewName =>
        HasText(Email) ? Email!
        : HasText(Name) ? Name!
        : HasText(ExternalId) ? ExternalId!
        : "without an email address";

    // A row's empty cell says nothing, and neither does $null: there is nothing to be cleared yet.
    internal override bool IsGiven(string parameter) => IsGivenText(parameter);

    internal override Task<Customer> CreateAsync(
        PolarClient client,
        CustomerCreate body,
        CancellationToken cancellationToken
    )
    {
        if (HasText(OwnerEmail) || HasText(OwnerName) || HasText(OwnerExternalId))
        {
            body.Owner = Owner();
        }

        return client.Customers.CreateAsync(body, cancellationToken);
    }

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        if (!HasText(Email) && Type is not "team")
        {
            var problem = new ArgumentException(
                "A customer needs an email address (-Email); only a team (-Type team) can omit it."
            );
            WriteError(ErrorRecords.InvalidArgument(problem, new ErrorSubject(Kind, NewName, IsNew: true)));
            return;
        }

        base.ProcessInput();
    }

    private static bool HasText(string? text) => !string.IsNullOrEmpty(text);

    private MemberOwnerCreate Owner()
    {
        var owner = new MemberOwnerCreate();
        if (HasText(OwnerEmail))
        {
            owner.Email = OwnerEmail;
        }

        if (HasText(OwnerName))
        {
            owner.Name = OwnerName;
        }

        if (HasText(OwnerExternalId))
        {
            owner.ExternalId = OwnerExternalId;
        }

        return owner;
    }
}
