namespace PolarPS.Emulator;

/// <summary>
/// What customers have to their credit, or owe, from orders that could not be settled by themselves: it counts for the next
/// ones. The API shows it only as what orders apply of it.
/// </summary>
internal sealed class Balances
{
    private const string Kind = "balances";

    private readonly EmulatorCore _core;

    public Balances(EmulatorCore core)
    {
        _core = core;
        core.Store[Kind].References = static row => [row.Text("customer_id")!];
    }

    /// <summary>A customer's balance in a currency, in minor units; below zero for what it owes.</summary>
    public long Of(Document customer, string currency) => Find(customer, currency)?.Row.Number("amount") ?? 0;

    /// <summary>Adds to a customer's balance, or takes from it.</summary>
    public void Add(Document customer, string currency, long amount)
    {
        if (amount == 0)
        {
            return;
        }

        if (Find(customer, currency) is { } known)
        {
            var row = known.Row.Clone();
            row["amount"] = row.Number("amount") + amount;
            _core.Store.Replace(known, row);
            return;
        }

        _core.Store.Insert(
            Kind,
            new JsonObject
            {
                ["id"] = _core.Ids.NextId(),
                ["organization_id"] = customer.OrganizationId,
                ["customer_id"] = customer.Id,
                ["currency"] = currency,
                ["amount"] = amount,
            }
        );
    }

    /// <summary>Removes credit for money that has been refunded, as far as there is any.</summary>
    public void Reduce(Document customer, string currency, long amount)
    {
        if (Of(customer, currency) is var balance and > 0)
        {
            Add(customer, currency, -System.Math.Min(balance, amount));
        }
    }

    private Document? Find(Document customer, string currency) =>
        _core.Store.Referrers(customer.Id, Kind).FirstOrDefault(balance => balance.Row.Text("currency") == currency);
}
