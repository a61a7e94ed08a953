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
                writer.WriteLinked("customer", row, Core.Customers);
                writer.WriteLinked("member", row, Core.Members);
                writer.WriteLinked("benefit", row, Core.Benefits);
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
                ).SortedBy(BenefitValues.GrantSort)
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

    /// <summary>
    /// Gives a customer, or one of its members, what a product comes with, and revokes what came with the product before.
    /// </summary>
    public void Grant(Document customer, Document? member, Document product, Document? subscription, Document? order)
    {
        var source = subscription ?? order!;
        var benefits = product.Row.Texts("benefits").ToArray();
        foreach (
            var outdated in Held(source, customer, member)
                .Where(grant => !benefits.Contains(grant.Row.Text("benefit_id")))
        )
        {
            TakeBack(outdated);
        }

        foreach (var benefit in Core.Store.Find("benefits", benefits).Where(Core.Benefits.IsVisible).ToArray())
        {
            var known = Of(source)
                .FirstOrDefault(grant =>
                    grant.Row.Text("benefit_id") == benefit.Id
                    && grant.Row.Text("customer_id") == customer.Id
                    && grant.Row.Text("member_id") == member?.Id
                );
            // What is granted stays; what waits for the customer to do something goes on waiting.
            if (known is not null && !known.Row.Flag("is_revoked"))
            {
                continue;
            }

            Grant(benefit, customer, member, subscription, order, known);
        }
    }

    /// <summary>Grants again what was revoked, or revokes what was granted, where its license key was changed by hand.</summary>
    public void Follow(Document key)
    {
        var grant = Documents.Items.LastOrDefault(candidate =>
            (candidate.Row["properties"] as JsonObject)?.Text("license_key_id") == key.Id
        );
        if (grant is null)
        {
            return;
        }

        var isRevoked = key.Row.Text("status") == "revoked";
        if (isRevoked && !grant.Row.Flag("is_revoked"))
        {
            TakeBack(grant);
        }
        else if (!isRevoked && !grant.Row.Flag("is_granted"))
        {
            Grant(
                Core.Benefits.Documents.Find(grant.Row.Text("benefit_id"))!,
                Core.Customers.Documents.Find(grant.Row.Text("customer_id"))!,
                Core.Members.Documents.Find(grant.Row.Text("member_id")),
                Core.Subscriptions.Documents.Find(grant.Row.Text("subscription_id")),
                Core.Orders.Documents.Find(grant.Row.Text("order_id")),
                grant
            );
        }
    }

    private void Grant(
        Document benefit,
        Document customer,
        Document? member,
        Document? subscription,
        Document? order,
        Document? known
    )
    {
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
        row["properties"] = Properties(benefit, customer, member, known, subscription is not null);
        Document grant;
        if (known is null)
        {
            grant = Core.Store.Insert(Kind, row);
        }
        else
        {
            row["modified_at"] = Core.Clock.Stamp();
            Core.Store.Replace(known, row);
            grant = known;
        }

        Note("benefit.granted", customer, grant);
        Tell("benefit_grant.created", grant);
    }

    /// <summary>Revokes what came with a subscription, an order or a seat.</summary>
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
            TakeBack(grant);
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
            TakeBack(grant, isNoted: false);
        }
    }

    /// <summary>Takes everything away from a member, who leaves.</summary>
    public void RevokeOf(Document member)
    {
        foreach (
            var grant in Documents
                .Items.Where(grant => grant.Row.Text("member_id") == member.Id && grant.Row.Flag("is_granted"))
                .ToArray()
        )
        {
            TakeBack(grant, isNoted: false);
        }
    }

    /// <summary>Takes a benefit away from all who have it.</summary>
    public void RevokeFromAll(Document benefit)
    {
        foreach (
            var grant in Core.Store.Referrers(benefit.Id, Kind).Where(grant => grant.Row.Flag("is_granted")).ToArray()
        )
        {
            TakeBack(grant, isNoted: false);
        }
    }

    /// <summary>Lets those who have a benefit have it as it is now.</summary>
    public void Update(Document benefit)
    {
        foreach (
            var grant in Core.Store.Referrers(benefit.Id, Kind).Where(grant => grant.Row.Flag("is_granted")).ToArray()
        )
        {
            if ((grant.Row["properties"] as JsonObject)?.Text("license_key_id") is { } key)
            {
                Core.LicenseKeys.Follow(benefit, key, grant.Row.Has("subscription_id"), isGrantedAgain: false);
            }
            else if (grant.Row.Text("benefit_type") == "downloadables")
            {
                Change(
                    grant,
                    row =>
                        row["properties"] = new JsonObject
                        {
                            ["files"] = ((JsonObject)benefit.Row["properties"]!).Copy("files"),
                        }
                );
            }

            Note("benefit.updated", Core.Customers.Documents.Find(grant.Row.Text("customer_id"))!, grant);
            Tell("benefit_grant.updated", grant);
        }
    }

    /// <summary>Does what a new period brings, once it is paid for: credits on meters.</summary>
    public void Cycle(Document subscription)
    {
        foreach (var grant in Of(subscription).Where(grant => grant.Row.Flag("is_granted")).ToArray())
        {
            var customer = Core.Customers.Documents.Find(grant.Row.Text("customer_id"))!;
            if (grant.Row.Text("benefit_type") == "meter_credit")
            {
                var benefit = Core.Benefits.Documents.Find(grant.Row.Text("benefit_id"))!;
                var meterId = ((JsonObject)benefit.Row["properties"]!).Text("meter_id")!;
                // The bill has reset the meter, if it was billed by it.
                if (Core.CustomerMeters.Start(customer, meterId) <= (grant.Row.Number("credited_by") ?? 0))
                {
                    Core.CustomerMeters.Reset(customer, meterId, Core.Clock.Now);
                }

                Change(
                    grant,
                    row =>
                    {
                        row["credited_by"] = Core.Events.Log.Entries.Count;
                        row["properties"] = Credit(customer, benefit);
                    }
                );
            }
            else
            {
                Change(grant, static _ => { });
            }

            Note("benefit.cycled", customer, grant);
            Tell("benefit_grant.cycled", grant);
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

    private Document[] Held(Document source, Document customer, Document? member) =>
        Of(source)
            .Where(grant =>
                grant.Row.Flag("is_granted")
                && grant.Row.Text("customer_id") == customer.Id
                && (member is null || grant.Row.Text("member_id") == member.Id)
            )
            .ToArray();

    private void TakeBack(Document grant, bool isNoted = true)
    {
        var customer = Core.Customers.Documents.Find(grant.Row.Text("customer_id"))!;
        var properties = grant.Row["properties"] as JsonObject ?? [];
        JsonNode? after = null;
        if (properties.Text("license_key_id") is { } key)
        {
            Core.LicenseKeys.SetStatus(key, "revoked");
        }
        else if (properties.Text("last_credited_meter_id") is { } meterId && !HasAnother(grant))
        {
            var units = -properties.Number("last_credited_units")!.Value;
            var rollover = (
                Core.Benefits.Documents.Find(grant.Row.Text("benefit_id"))?.Row["properties"] as JsonObject
            )?.Flag("rollover");
            Core.CustomerMeters.Credit(customer, meterId, units, rollover == true);
            after = Credited(meterId, units);
        }

        Change(
            grant,
            row =>
            {
                row["is_granted"] = false;
                row["is_revoked"] = true;
                row["revoked_at"] = Core.Clock.Stamp();
                row["granted_at"] = null;
                if (after is not null)
                {
                    row["properties"] = after;
                }
            }
        );
        if (isNoted)
        {
            Note("benefit.revoked", customer, grant);
        }

        Tell("benefit_grant.revoked", grant);
    }

    // Whether the customer has the benefit from something else as well.
    private bool HasAnother(Document grant) =>
        Core
            .Store.Referrers(grant.Row.Text("benefit_id")!, Kind)
            .Any(other =>
                other.Id != grant.Id
                && other.Row.Flag("is_granted")
                && other.Row.Text("customer_id") == grant.Row.Text("customer_id")
            );

    private JsonObject Properties(
        Document benefit,
        Document customer,
        Document? member,
        Document? known,
        bool isSubscribed
    )
    {
        var properties = benefit.Row["properties"] as JsonObject ?? [];
        switch (benefit.Row.Text("type"))
        {
            case "license_keys":
                if ((known?.Row["properties"] as JsonObject)?.Text("license_key_id") is { } old)
                {
                    Core.LicenseKeys.Follow(benefit, old, isSubscribed, isGrantedAgain: true);
                    return (JsonObject)known!.Row.Copy("properties")!;
                }

                var key = Core.LicenseKeys.Add(benefit, customer, member, isSubscribed);
                return new JsonObject { ["license_key_id"] = key.Id, ["display_key"] = key.Row.Text("display_key") };
            case "downloadables":
                return new JsonObject { ["files"] = properties.Copy("files") };
            case "meter_credit":
                return Credit(customer, benefit);
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

    private JsonObject Credit(Document customer, Document benefit)
    {
        var properties = (JsonObject)benefit.Row["properties"]!;
        var (meterId, units) = (properties.Text("meter_id")!, properties.Number("units")!.Value);
        Core.CustomerMeters.Credit(customer, meterId, units, properties.Flag("rollover"));
        return Credited(meterId, units);
    }

    private JsonObject Credited(string meterId, long units) =>
        new()
        {
            ["last_credited_meter_id"] = meterId,
            ["last_credited_units"] = units,
            ["last_credited_at"] = Timestamps.Format(Core.Clock.Now),
        };

    private void Tell(string type, Document grant)
    {
        Core.Happened(type, grant);
        Core.StateChanged(grant.Row.Text("customer_id"));
    }

    private void Note(string name, Document customer, Document grant)
    {
        var metadata = new JsonObject
        {
            ["benefit_id"] = grant.Row.Text("benefit_id"),
            ["benefit_grant_id"] = grant.Id,
            ["benefit_type"] = grant.Row.Text("benefit_type"),
        };
        if (grant.Row.Text("member_id") is { } member)
        {
            metadata["member_id"] = member;
        }

        Core.Events.AddSystem(name, customer, metadata);
    }
}
