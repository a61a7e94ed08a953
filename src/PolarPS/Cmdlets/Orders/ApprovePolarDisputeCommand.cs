namespace PolarPS.Commands;

/// <summary>
/// Accepts disputes: the customers keep the money, which cannot be undone. Operation disputes:accept, which is never
/// sent twice.
/// </summary>
[Cmdlet(VerbsLifecycle.Approve, "PolarDispute", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Dispute))]
public sealed class ApprovePolarDisputeCommand : PolarActionCmdlet<Dispute>
{
    /// <summary>The ids of disputes, or disputes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Dispute)]
    [PolarId(typeof(Dispute), Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<Dispute>))]
    [Alias("Id")]
    public string[] DisputeId { get; set; } = [];

    internal override string[] Ids => DisputeId;

    internal override string Action(Dispute? item) =>
        item is null
            ? "Accept the dispute (cannot be undone): the customer keeps the money"
            : $"Accept the dispute (cannot be undone): {item.Customer?.ToString() ?? "the customer"} keeps "
                + $"{Money.Format(item.Amount + (item.TaxAmount ?? 0), item.Currency)} of order {item.OrderId}";

    internal override async Task<Dispute> SendAsync(PolarClient client, string id, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(client, Client) && UsedConnection.MoneyLimit is not null)
        {
            var dispute = await client.Disputes.GetAsync(id, cancellationToken).ConfigureAwait(false);
            client = client.Moving(dispute.Currency, dispute.Amount + (dispute.TaxAmount ?? 0));
        }

        return await client.Disputes.AcceptAsync(id, cancellationToken).ConfigureAwait(false);
    }

    internal override Task<Dispute>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Disputes.GetAsync(id, cancellationToken);
}
