namespace PolarPS.Commands;

/// <summary>
/// Confirms and pays checkouts. Operation checkouts:client_confirm; the question reads checkouts:client_get,
/// and an id whose checkout is not known checkouts:get.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Confirm,
    "PolarCheckout",
    DefaultParameterSetName = IdSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High
)]
[OutputType(typeof(Checkout))]
public sealed class ConfirmPolarCheckoutCommand : CheckoutCmdlet
{
    private Checkout? _current;

    /// <summary>The ids of checkouts, or checkouts.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Checkout
    )]
    [PolarId(typeof(Checkout), Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<Checkout>))]
    [Alias("CheckoutId")]
    public string[] Id { get; set; } = [];

    /// <summary>The client secret of a checkout.</summary>
    [Parameter(ParameterSetName = ClientSecretSet, Mandatory = true, HelpMessage = HelpMessages.ClientSecret)]
    [ClientSecret]
    [ValidateNotNullOrEmpty]
    public string ClientSecret { get; set; } = string.Empty;

    /// <summary>The id of the token that Stripe's payment form gives; not needed if nothing is due.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? ConfirmationTokenId { get; set; }

    /// <summary>The discount code that the customer types; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? DiscountCode { get; set; }

    /// <summary>The kind of payment that is chosen, such as card; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? PaymentMethodType { get; set; }

    /// <summary>With :$false the customer forgoes the trial; Polar takes no other value.</summary>
    [Parameter]
    [Field]
    public SwitchParameter AllowTrial { get; set; }

    internal override string? CurrencyOf() => _current?.Currency;

    // Who has the token could pay with it.
    internal override string TextOf(string parameter, object? value) =>
        parameter == nameof(ConfirmationTokenId) ? Redactor.Mark : base.TextOf(parameter, value);

    internal override RowColumns Columns => RowColumns.All;

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        if (ParameterSetName == ClientSecretSet)
        {
            Try(SecretSubject(ClientSecret), () => Pay(ClientSecret));
            return;
        }

        foreach (var id in Id)
        {
            Try(Subject(id), () => Pay(SecretOf(id)));
        }
    }

    private string SecretOf(string id)
    {
        if (UsedConnection.Seen.Find<Checkout>(id)?.ClientSecret is { } seen)
        {
            return seen;
        }

        var checkout = Await(token => Client.Checkouts.GetAsync(id, token));
        Remember(checkout);
        return checkout.ClientSecret
            ?? throw new ArgumentException("Polar returned this checkout without its client secret.");
    }

    private void Pay(string secret)
    {
        var body = Fill(new CheckoutConfirm());

        // What will be charged is asked about as it is now, and not as it was when the checkout was last seen.
        var isLimited = UsedConnection.MoneyLimit is not null;
        _current = IsShown || isLimited ? Await(token => Client.Checkouts.ClientGetAsync(secret, token)) : null;
        if (_current is not null)
        {
            Remember(_current);
        }

        if (
            Confirm(
                NameOfSecret(secret),
                Action(),
                (client, token) => client.Checkouts.ClientConfirmAsync(secret, body, token)
            )
        )
        {
            // What changes on the way may change the sum as well.
            var client = isLimited && !ChangesMore() ? Client.Moving(_current?.Currency, Sum(_current)) : Client;
            var checkout = Await(token => client.Checkouts.ClientConfirmAsync(secret, body, token));
            SessionOrigins.Note(checkout, UsedConnection);
            WriteModel(checkout);
        }
    }

    private string Action()
    {
        if (_current is null)
        {
            return "Confirm, and charge the amount due";
        }

        return ChangesMore()
            ? $"{Changes()}. Confirm, and {Charge(_current)}, or the amount after these changes"
            : $"Confirm, and {Charge(_current)}";
    }

    private bool ChangesMore() =>
        FieldMap
            .FieldsOf(GetType())
            .Any(field => field.Property.Name != nameof(ConfirmationTokenId) && IsBound(field.Property.Name));

    // What is charged at once, where it is known.
    private static long? Sum(Checkout? checkout) =>
        checkout is null ? null
        : checkout.TrialEnd is not null || checkout.IsPaymentRequired == false ? 0
        : checkout.TaxAmount is null ? null
        : checkout.TotalAmount;

    private static string Charge(Checkout checkout)
    {
        var who = checkout.CustomerEmail is { Length: > 0 } email ? email + " " : string.Empty;
        var sum = Money.Format(checkout.TotalAmount, checkout.Currency);
        return checkout.TrialEnd is { } end
                ? $"charge nothing until the trial ends on {end.LocalDateTime.ToString("d", CultureInfo.CurrentCulture)}"
            : checkout.IsPaymentRequired == false ? "charge nothing now"
            : checkout.TaxAmount is null ? $"charge {who}{sum} and the tax"
            : $"charge {who}{sum}";
    }
}
