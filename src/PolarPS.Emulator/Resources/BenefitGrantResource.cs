using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Benefit grants: which customer has which benefit, from what, and since when.</summary>
internal sealed class BenefitGrantResource : Resource
{
    public BenefitGrantResource(EmulatorCore core)
        : base(core, "benefit-grants", "benefits")
    {
        View = View.Members(
            [
                "created_at",
                "modified_at",
                "id",
                "granted_at",
                "is_granted",
                "revoked_at",
                "is_revoked",
                "subscription_id",
                "order_id",
                "customer_id",
                "member_id",
                "benefit_id",
                "error",
                "properties",
            ],
            (document, writer) =>
            {
                var row = document.Row;
                writer.WriteDocument(
                    "customer",
                    Core.Customers.Documents.Find(row.Text("customer_id")),
                    Core.Customers.View
                );
                writer.WriteDocument("member", Core.Members.Documents.Find(row.Text("member_id")), Core.Members.View);
                writer.WriteDocument(
                    "benefit",
                    Core.Benefits.Documents.Find(row.Text("benefit_id")),
                    Core.Benefits.View
                );
            }
        );
    }

    public override View View { get; }

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/benefit-grants/",
                new ListDefinition(
                    "-created_at",
                    ListFilter.Organization(),
                    ListFilter.Field("customer_id", Form.Uuid),
                    ListFilter.Any(
                        "external_customer_id",
                        Form.AnyText,
                        document =>
                            [Core.Customers.Documents.Find(document.Row.Text("customer_id"))?.Row.Text("external_id")]
                    ),
                    ListFilter.Flag("is_granted", static row => row.Flag("is_granted"))
                ).SortedBy("created_at", "granted_at", "revoked_at")
            ),
        ];

    public Reply List(OperationContext context, Document benefit) =>
        ListRunner.Run(
            context,
            this,
            new ListDefinition(
                "-created_at",
                ListFilter.Flag("is_granted", static row => row.Flag("is_granted")),
                ListFilter.Field("customer_id", Form.Uuid),
                ListFilter.Field("member_id", Form.Uuid)
            ).SortedBy("created_at"),
            View,
            grant => grant.Row.Text("benefit_id") == benefit.Id
        );

    /// <summary>A grant in a customer's state.</summary>
    public JsonObject InState(Document grant)
    {
        var row = grant.Row;
        return new JsonObject
        {
            ["id"] = grant.Id,
            ["created_at"] = row.Text("created_at"),
            ["modified_at"] = row.Text("modified_at"),
            ["granted_at"] = row.Text("granted_at"),
            ["benefit_id"] = row.Text("benefit_id"),
            ["benefit_type"] = row.Text("benefit_type"),
            ["benefit_metadata"] = Core.Benefits.Documents.Find(row.Text("benefit_id"))!.Row.Copy("metadata"),
            ["properties"] = row.Copy("properties"),
        };
    }

    public IEnumerable<Document> Of(Document source) =>
        Core
            .Store.Referrers(source.Id, Kind)
            .Where(grant => grant.Row.Text("subscription_id") == source.Id || grant.Row.Text("order_id") == source.Id);

    /// <summary>Gives a customer, or one of its members, what a product comes with.</summary>
    public void Grant(Document customer, Document? member, Document product, Document? subscription, Document? order)
    {
        foreach (var benefit in Core.Store.Find("benefits", product.Row.Texts("benefits")).ToArray())
        {
            var source = subscription ?? order!;
            var known = Of(source)
                .FirstOrDefault(grant =>
                    grant.Row.Text("benefit_id") == benefit.Id
                    && grant.Row.Text("customer_id") == customer.Id
                    && grant.Row.Text("member_id") == member?.Id
                );
            if (known?.Row.Flag("is_granted") == true)
            {
                continue;
            }

            var row = known?.Row.Clone() ?? NewRow(customer.OrganizationId);
            var type = benefit.Row.Text("type")!;
            // An account somewhere else has to be linked first: until then nothing is granted.
            var waits = type is "discord" or "github_repository";
            row["subscription_id"] = subscription?.Id;
            row["order_id"] = order?.Id;
            row["customer_id"] = customer.Id;
            row["member_id"] = member?.Id;
            row["benefit_id"] = benefit.Id;
            row["benefit_type"] = type;
            row["granted_at"] = waits ? null : Core.Clock.Stamp();
            row["is_granted"] = !waits;
            row["revoked_at"] = null;
            row["is_revoked"] = false;
            row["error"] = null;
            row["properties"] = Properties(benefit, customer, member, known);
            if (known is null)
            {
                var grant = Core.Store.Insert(Kind, row);
                Core.Happened("benefit_grant.created", grant);
                Note("benefit.granted", customer, grant, type);
            }
            else
            {
                row["modified_at"] = Core.Clock.Stamp();
                Core.Store.Replace(known, row);
                Core.Happened("benefit_grant.updated", known);
            }
        }
    }

    /// <summary>Revokes what a subscription, an order or a seat granted.</summary>
    public void Revoke(Document source, Document? customer = null, Document? member = null)
    {
        foreach (
            var grant in Of(source)
                .Where(grant =>
                    !grant.Row.Flag("is_revoked")
                    && (customer is null || grant.Row.Text("customer_id") == customer.Id)
                    && (member is null || grant.Row.Text("member_id") == member.Id)
                )
                .ToArray()
        )
        {
            Revoke(grant);
        }
    }

    /// <summary>Takes everything away from a customer.</summary>
    public void RevokeAll(Document customer)
    {
        foreach (
            var grant in Core
                .Store.Referrers(customer.Id, Kind)
                .Where(grant => grant.Row.Text("customer_id") == customer.Id && !grant.Row.Flag("is_revoked"))
                .ToArray()
        )
        {
            Revoke(grant);
        }
    }

    /// <summary>Applies what a new period grants: credits on meters.</summary>
    public void Cycle(Document subscription)
    {
        foreach (var grant in Of(subscription).Where(grant => grant.Row.Flag("is_granted")).ToArray())
        {
            if (grant.Row.Text("benefit_type") == "meter_credit")
            {
                var benefit = Core.Benefits.Documents.Find(grant.Row.Text("benefit_id"))!;
                Credit(Core.Customers.Documents.Find(grant.Row.Text("customer_id"))!, benefit, newPeriod: true);
                Core.Happened("benefit_grant.cycled", grant);
            }
        }
    }

    protected override IEnumerable<string> References(JsonObject row)
    {
        foreach (var name in new[] { "customer_id", "member_id", "benefit_id", "subscription_id", "order_id" })
        {
            if (row.Text(name) is { } id)
            {
                yield return id;
            }
        }
    }

    private void Revoke(Document grant)
    {
        Change(
            grant,
            row =>
            {
                row["is_granted"] = false;
                row["is_revoked"] = true;
                row["revoked_at"] = Core.Clock.Stamp();
            }
        );
        if ((grant.Row["properties"] as JsonObject)?.Text("license_key_id") is { } key)
        {
            Core.LicenseKeys.SetStatus(key, "revoked");
        }

        Core.Happened("benefit_grant.revoked", grant);
        Note(
            "benefit.revoked",
            Core.Customers.Documents.Find(grant.Row.Text("customer_id"))!,
            grant,
            grant.Row.Text("benefit_type")!
        );
    }

    private JsonObject Properties(Document benefit, Document customer, Document? member, Document? known)
    {
        var properties = benefit.Row["properties"] as JsonObject ?? [];
        switch (benefit.Row.Text("type"))
        {
            case "license_keys":
                var old = (known?.Row["properties"] as JsonObject)?.Text("license_key_id");
                if (old is not null)
                {
                    Core.LicenseKeys.SetStatus(old, "granted");
                    return (JsonObject)known!.Row.Copy("properties")!;
                }

                var key = Core.LicenseKeys.Add(benefit, customer, member);
                return new JsonObject { ["license_key_id"] = key.Id, ["display_key"] = key.Row.Text("display_key") };
            case "downloadables":
                return new JsonObject { ["files"] = properties.Copy("files") };
            case "meter_credit":
                Credit(customer, benefit, newPeriod: false);
                return [];
            case "discord":
                return new JsonObject
                {
                    ["guild_id"] = properties.Text("guild_id"),
                    ["role_id"] = properties.Text("role_id"),
                };
            case "github_repository":
                return new JsonObject
                {
                    ["repository_owner"] = properties.Text("repository_owner"),
                    ["repository_name"] = properties.Text("repository_name"),
                    ["permission"] = properties.Text("permission"),
                };
            default:
                return [];
        }
    }

    private void Credit(Document customer, Document benefit, bool newPeriod)
    {
        var properties = (JsonObject)benefit.Row["properties"]!;
        Core.CustomerMeters.Credit(
            customer,
            properties.Text("meter_id")!,
            properties.Number("units")!.Value,
            properties.Flag("rollover"),
            newPeriod
        );
    }

    private void Note(string name, Document customer, Document grant, string type) =>
        Core.Events.AddSystem(
            name,
            customer,
            new JsonObject
            {
                ["benefit_id"] = grant.Row.Text("benefit_id"),
                ["benefit_grant_id"] = grant.Id,
                ["benefit_type"] = type,
            }
        );
}
