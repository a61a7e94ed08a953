using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>The cards that customers pay with. They are reached through their customers only.</summary>
internal sealed class PaymentMethodResource : Resource
{
    public PaymentMethodResource(EmulatorCore core)
        : base(core, "payment-methods", "customers")
    {
        View = View.Members(
            ["id", "created_at", "modified_at", "processor", "customer_id", "type", "method_metadata"],
            (document, writer) =>
                writer.WriteBoolean(
                    "is_default",
                    Core.Customers.Documents.Find(document.Row.Text("customer_id"))
                        ?.Row.Text("default_payment_method_id") == document.Id
                )
        );
    }

    public override View View { get; }

    public override IEnumerable<Operation> Operations => [];

    /// <summary>Gives a customer a card, which it pays with from now on.</summary>
    /// <param name="customer">Whose card it is.</param>
    /// <param name="last4">Its last digits: 4242 for one that works, 0341 for one that is refused when it is charged.</param>
    /// <param name="brand">Who issued it.</param>
    public Document Add(Document customer, string last4, string brand = "visa")
    {
        var row = NewRow(customer.OrganizationId);
        row["customer_id"] = customer.Id;
        row["processor"] = "stripe";
        row["type"] = "card";
        row["method_metadata"] = new JsonObject
        {
            ["brand"] = brand,
            ["last4"] = last4,
            ["exp_month"] = 12,
            ["exp_year"] = Core.Clock.Now.Year + 3,
            ["wallet"] = null,
        };
        var method = Core.Store.Insert(Kind, row);
        MakeDefault(customer, method.Id);
        return method;
    }

    public void MakeDefault(Document customer, string? methodId)
    {
        var row = customer.Row.Clone();
        row["default_payment_method_id"] = methodId;
        Core.Store.Replace(customer, row);
    }

    /// <summary>Whether a charge to the customer's default card goes through.</summary>
    public static bool IsGood(Document? method) =>
        method is not null && (method.Row["method_metadata"] as JsonObject)?.Text("last4") is not BadCard;

    /// <summary>The last digits of the card that is refused when it is charged later.</summary>
    public const string BadCard = "0341";

    /// <summary>
    /// Makes a card that has paid what is paid now one that is refused from now on, if the buyer's token has "decline" in it.
    /// </summary>
    public void MayTurnBad(Document? method, string? token)
    {
        if (method is not null && token?.IndexOf("decline", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            var row = method.Row.Clone();
            ((JsonObject)row["method_metadata"]!)["last4"] = BadCard;
            Core.Store.Replace(method, row);
        }
    }

    protected override IEnumerable<string> References(JsonObject row) => [row.Text("customer_id")!];
}
