namespace PolarPS.Emulator;

/// <summary>What customers have paid in advance. Only they themselves see it, in the portal.</summary>
internal sealed class WalletResource : Resource
{
    public WalletResource(EmulatorCore core)
        : base(core, "wallets", "customer_portal") =>
        View = View.Members("id", "created_at", "modified_at", "customer_id", "balance", "currency");

    public override View View { get; }

    public override IEnumerable<Operation> Operations => [];

    /// <summary>Opens a wallet.</summary>
    /// <param name="customer">Whose it is.</param>
    /// <param name="balance">What is in it, in minor units.</param>
    /// <param name="currency">Of which currency.</param>
    public Document Add(Document customer, long balance, string currency)
    {
        var row = NewRow(customer.OrganizationId);
        row["customer_id"] = customer.Id;
        row["balance"] = balance;
        row["currency"] = currency;
        return Core.Store.Insert(Kind, row);
    }
}
