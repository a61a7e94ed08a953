namespace PolarPS.Commands;

/// <summary>
/// Refunds orders, by default in full. An order is read again before anything is paid, so that
/// nothing is refunded twice. Operation refunds:create, which is never sent twice.
/// </summary>
[Cmdlet(VerbsCommon.New, "PolarRefund", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Refund))]
public sealed class NewPolarRefundCommand : PolarWriteCmdlet<Refund>
{
    /// <summary>The orders, or their ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Order)]
    [OrderReferenceTransformation]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [ValidateNotNullOrEmpty]
    [Alias("OrderId", "Id")]
    [Field("order_id")]
    public OrderReference[] Order { get; set; } = [];

    /// <summary>How much without tax, in minor units: 500 is $5.00; the tax is added. Without it all that is left.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MinorUnits(Cell = RowCell.Optional)]
    [FromRow]
    [ValidateRange(1L, long.MaxValue)]
    [Field]
    public long Amount { get; set; }

    /// <summary>Why.</summary>
    [Parameter(
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Such as customer_request, duplicate, fraudulent or other"
    )]
    [Text(OrEmpty = true)]
    [FromRow]
    [ArgumentCompleter(typeof(RefundReasonCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string Reason { get; set; } = string.Empty;

    /// <summary>A note for yourself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FromRow]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? Comment { get; set; }

    /// <summary>Also revokes the benefits of the order; for one-time purchases only.</summary>
    [Parameter]
    [Field]
    public SwitchParameter RevokeBenefits { get; set; }

    /// <summary>Your own keys and values.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    internal override RowColumns Columns => RowColumns.All;

    internal override string? Objection(PSObject row) => RefundRows.Objection(row);

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        if (Rows.Row is not null && Rows.IsOnCommandLine(nameof(Order)))
        {
            // Each row would refund the same orders, whichever it names.
            ThrowTerminatingError(ErrorRecords.OrdersTwice());
        }

        foreach (var reference in Order)
        {
            var subject = new ErrorSubject(
                "order",
                reference.Id,
                IfUnknown: $"Check what was already refunded before trying again: Get-PolarRefund -OrderId {reference.Id}"
            );
            Try(subject, () => Refund(reference));
        }
    }

    private void Refund(OrderReference reference)
    {
        // What is known already may do to refuse, and then nothing is asked; to pay, only what Polar says now will do.
        foreach (var known in new[] { UsedConnection.Seen.Find<Order>(reference.Id), reference.Order })
        {
            // One that was not paid then may be paid by now.
            if (known is not null && RefundText.IsPaid(known) && IsRefused(known))
            {
                return;
            }
        }

        var order = Await(token => Client.Orders.GetAsync(reference.Id, token));
        UsedConnection.Seen.Add(typeof(Order), order.Id, order.ToString(), order);
        if (IsRefused(order) || IsOfOtherCurrency(order))
        {
            return;
        }

        var body = Fill(new RefundCreate());
        body.OrderId = reference.Id;
        body.Amount = IsBound(nameof(Amount)) ? Amount : order.RefundableAmount;
        if (Confirm(RefundText.Target(order), Action(order), (client, token) => CreateAsync(client, body, token)))
        {
            var client = Client.Moving(order.Currency, Gross(order, body.Amount));
            // Whatever comes of it, the order is not as it was.
            UsedConnection.Seen.Outdate(reference.Id);
            WriteModel(Await(token => CreateAsync(client, body, token)));
        }
    }

    // With its tax, of which a part of the order carries its share; rounded up, as a limit is not to be passed.
    private static long? Gross(Order order, long? net) =>
        net is not { } amount || order.RefundableTaxAmount is not { } tax ? null
        : order.RefundableAmount is not > 0 ? amount + tax
        : amount + (long)Math.Ceiling((decimal)tax * amount / order.RefundableAmount.Value);

    private bool IsRefused(Order order)
    {
        if (RefundText.Refusal(order, IsBound(nameof(Amount)) ? Amount : null) is not { } refusal)
        {
            return false;
        }

        WriteError(ErrorRecords.NotRefundable(refusal, order.Id!).About(new ErrorSubject("order", order.Id), this));
        return true;
    }

    // An amount of a row that was meant in another currency.
    private bool IsOfOtherCurrency(Order order)
    {
        if (
            Rows.Row is not { } row
            || !IsBound(nameof(Amount))
            || RefundRows.OtherCurrency(row, order.Currency) is not { } refusal
        )
        {
            return false;
        }

        WriteError(ErrorRecords.BadRow(row, [refusal], Kind));
        return true;
    }

    private string Action(Order order) =>
        RefundText.Action(order, IsBound(nameof(Amount)) ? Amount : null)
        + (RevokeBenefits ? ", and revoke its benefits" : string.Empty);

    private static Task<Refund> CreateAsync(
        PolarClient client,
        RefundCreate body,
        CancellationToken cancellationToken
    ) => client.Refunds.CreateAsync(body, cancellationToken);
}
