namespace PolarPS.Commands;

/// <summary>
/// Gets the download addresses of receipts, for sellers and customers. The request generates them; with -Wait the cmdlet polls
/// until they are there.
/// </summary>
public abstract class OrderReceiptCmdlet : PolarModelCmdlet<OrderReceipt>
{
    /// <summary>Waits until the receipt is there. Without it one that is not there yet is an error.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many seconds to wait at most for each receipt.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = 60;

    internal abstract string[] Orders { get; }

    internal override void ProcessInput()
    {
        foreach (var id in Orders)
        {
            var subject = new ErrorSubject(
                "receipt of an order",
                id,
                IfMissing: "Check the order's id, and that the order is paid: only paid orders have a receipt."
            );
            Try(subject, () => Get(id));
        }
    }

    private void Get(string id)
    {
        var receipt = Wait
            ? this.WaitFor(
                "Waiting for the receipt",
                TimeSpan.FromSeconds(TimeoutSeconds),
                token => this.OrdersOf(Client).GetReceiptAsync(id, token)
            )
            : Await(token => this.OrdersOf(Client).GetReceiptAsync(id, token));
        if (receipt is null)
        {
            var subject = new ErrorSubject("order", id);
            WriteError(ErrorRecords.NotReady(subject, "The receipt", Wait ? TimeoutSeconds : 0).About(subject, this));
        }
        else
        {
            WriteModel(receipt);
        }
    }
}
