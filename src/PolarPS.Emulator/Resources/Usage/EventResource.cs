// Long because events have two lists, three filters of their own and an ingest that answers for each of them.
using System.Text;
using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Events: what customers did, told by the shop, and what happened to them here, told by Polar itself.</summary>
internal sealed class EventResource : Resource
{
    private static readonly Schema Source = Form.OneOf(UsageValues.EventSource);

    private static readonly Schema FilterForm = new FilterSchema();

    private static readonly Schema Ingest = new ObjectSchema(
        "EventsIngest",
        Field.Required(
            "events",
            Form.List(
                new UnionSchema(
                    static body =>
                        body.ContainsKey("customer_id") ? "EventCreateCustomer"
                        : body.ContainsKey("external_customer_id") ? "EventCreateExternalCustomer"
                        : null,
                    new ObjectSchema(
                        "EventCreateCustomer",
                        [
                            .. IngestFields(),
                            Field.Required("customer_id", Form.Uuid),
                            Field.Nullable("member_id", Form.Uuid),
                        ]
                    ),
                    new ObjectSchema(
                        "EventCreateExternalCustomer",
                        [
                            .. IngestFields(),
                            Field.Required("external_customer_id", Form.AnyText),
                            Field.Nullable("external_member_id", Form.AnyText),
                        ]
                    )
                )
            )
        )
    );

    public EventResource(EmulatorCore core)
        : base(core, "events", "events") { }

    public EventLog Log { get; } = new();

    // Events are no documents: see EventLog.
    public override View View { get; } = View.Members();

    public override IEnumerable<Operation> Operations =>
        [
            Reading("list", "GET", "/v1/events/", List),
            Writing("ingest", "POST", "/v1/events/ingest", Ingest, Take),
            Reading("list_names", "GET", "/v1/events/names", ListNames),
            Reading(
                "get",
                "GET",
                "/v1/events/{id}",
                context =>
                    Log.Find(Guid.Parse(context.Id)) is { } entry && context.Caller.CanSee(entry.OrganizationId)
                        ? Reply.Ok(Write(entry))
                        : throw ApiException.NotFound()
            ),
        ];

    /// <summary>Whether the metadata of an event has one of the values wanted under each key.</summary>
    public static bool HasMetadata(EventEntry entry, ILookup<string, string> wanted)
    {
        if (wanted.Count == 0)
        {
            return true;
        }

        using var document = JsonDocument.Parse(entry.Metadata);
        foreach (var pair in wanted)
        {
            var value = document.RootElement;
            foreach (var name in pair.Key.Split('.'))
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                {
                    return false;
                }
            }

            if (!pair.Contains(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()))
            {
                return false;
            }
        }

        return true;
    }

    public Document? CustomerOf(EventEntry entry) =>
        entry.CustomerId is { } id ? Core.Customers.Documents.Find(id)
        : entry.ExternalCustomerId is { } external ? Core.Customers.FindByExternalId(entry.OrganizationId, external)
        : null;

    public string? ExternalCustomerOf(EventEntry entry) =>
        entry.ExternalCustomerId ?? CustomerOf(entry)?.Row.Text("external_id");

    /// <summary>Notes something that happened to a customer.</summary>
    /// <param name="name">What happened.</param>
    /// <param name="customer">To whom.</param>
    /// <param name="metadata">What there is to know of it.</param>
    /// <param name="time">When; null for now.</param>
    public EventEntry AddSystem(string name, Document customer, JsonObject metadata, DateTimeOffset? time = null)
    {
        var entry = new EventEntry(
            Guid.Parse(Core.Ids.NextId()),
            customer.OrganizationId,
            time ?? Core.Clock.Now,
            Log.Share(name),
            Json.ToBytes(metadata)
        )
        {
            IsSystem = true,
            CustomerId = customer.Id,
            Arrived = Core.Clock.Now,
        };
        Append(entry);
        return entry;
    }

    private void Append(EventEntry entry)
    {
        Log.Add(entry);
        Core.Store.Undo(Log.RemoveLast);
    }

    /// <summary>Notes what a shop tells, unless it was told already.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(EventEntry entry)
    {
        if (entry.ExternalId is { } externalId && Log.Has(entry.OrganizationId, externalId))
        {
            return false;
        }

        Append(entry);
        if (CustomerOf(entry) is { } customer)
        {
            if (!customer.Row.Has("first_user_event_at"))
            {
                var row = customer.Row.Clone();
                row["first_user_event_at"] = Timestamps.Format(entry.Timestamp);
                Core.Store.Replace(customer, row);
            }

            Core.CustomerMeters.Count(entry, customer);
        }

        return true;
    }

    /// <summary>A readable name for a name like chart.tile_opened.</summary>
    public static string Label(string name)
    {
        var words = name.Replace('.', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words.Substring(1);
    }

    private static Field[] IngestFields() =>
        [
            Field.Optional("timestamp", new OffsetTimeSchema()),
            Field.Required("name", Form.Text(0, 128)),
            Field.Nullable("organization_id", Form.Uuid),
            Field.Nullable("external_id", Form.OptionalText),
            Field.Nullable("parent_id", Form.OptionalText),
            Field.Default("metadata", new EventMetadataSchema(), static () => new JsonObject()),
        ];

    private Reply Take(OperationContext context)
    {
        // Everything is looked at before anything is kept.
        var problems = new Problems();
        var entries = new List<EventEntry>();
        var now = Core.Clock.Now;
        var index = -1;
        foreach (var given in context.Body.Objects("events"))
        {
            index++;
            var external = given.ContainsKey("external_customer_id");
            var at = Location.Body["events"][index];
            var organizationId = OrganizationOf(context.Caller, given, at, problems);
            var time = given.Text("timestamp") is { } text ? Timestamps.Parse(text) : now;
            if (time > now)
            {
                problems.Add(
                    "value_error",
                    at[external ? "EventCreateExternalCustomer" : "EventCreateCustomer"]["timestamp"],
                    "An event cannot be in the future.",
                    given["timestamp"]
                );
            }

            if (organizationId is null)
            {
                continue;
            }

            var customer = given.Text("customer_id");
            if (customer is not null && Core.Customers.Find(organizationId, customer) is null)
            {
                problems.Add("customer_id", at["customer_id"], "There is no such customer.", given["customer_id"]);
            }

            if (
                given.Text("member_id") is { } member
                && Core.Members.Documents.Find(member)?.OrganizationId != organizationId
            )
            {
                problems.Add("member_id", at["member_id"], "There is no such member.", given["member_id"]);
            }

            entries.Add(
                new EventEntry(
                    Guid.Parse(Core.Ids.NextId()),
                    organizationId,
                    time,
                    Log.Share(given.Text("name")!),
                    Json.ToBytes(given["metadata"])
                )
                {
                    Arrived = now,
                    CustomerId = customer is null ? null : Log.Share(customer),
                    ExternalCustomerId = given.Text("external_customer_id") is { } shared ? Log.Share(shared) : null,
                    MemberId = given.Text("member_id"),
                    ExternalMemberId = given.Text("external_member_id"),
                    ExternalId = given.Text("external_id"),
                    Parent = given.Text("parent_id"),
                }
            );
        }

        problems.ThrowDomainIfAny();
        var inserted = entries.Count(Add);
        return Reply.Json(200, new JsonObject { ["inserted"] = inserted, ["duplicates"] = entries.Count - inserted });
    }

    private string? OrganizationOf(Caller caller, JsonObject given, Location at, Problems problems)
    {
        var named = given.Text("organization_id");
        if (caller.Subject == Subjects.Organization)
        {
            if (named is null)
            {
                return caller.OrganizationId;
            }

            problems.Add(
                "organization_token",
                at["organization_id"],
                "The organization token already determines the organization: omit this field.",
                given["organization_id"]
            );
            return null;
        }

        named ??= caller.OrganizationId;
        if (named is null)
        {
            problems.Add("missing", at["organization_id"], "This field is required.", given);
        }
        else if (Core.Organizations.Documents.Find(named) is null || !caller.CanSee(named))
        {
            problems.Add("organization_id", at["organization_id"], "There is no such organization.", named);
            return null;
        }

        return named;
    }

    private Reply List(OperationContext context)
    {
        var query = new QueryReader(context.Query);
        var filter = ReadFilter(query, context.Query.Last("filter"));
        var from = Time(query, "start_timestamp");
        var to = Time(query, "end_timestamp");
        var organizations = query.Many("organization_id", Form.Uuid);
        var customers = query.Many("customer_id", Form.Uuid);
        var externalCustomers = query.Many("external_customer_id", Form.AnyText);
        var meterId = query.One("meter_id", Form.Uuid)?.GetValue<string>();
        var names = query.Many("name", Form.AnyText);
        var sources = query.Many("source", Source);
        var text = query.One("query", Form.AnyText)?.GetValue<string>();
        var parent = query.One("parent_id", Form.Uuid)?.GetValue<string>();
        var depth = query.One("depth", Form.Integer(0, 5))?.GetValue<long>();
        var cursor = query.One("cursor_pagination", Form.Boolean)?.GetValue<bool>() ?? false;
        if (text is { Length: > 0 } && (text.Length < 3 || organizations is null))
        {
            query.Refuse(
                "value_error",
                "query",
                "A search needs at least three characters, and one organization to search in.",
                text
            );
        }

        var page = Paging.Page(query);
        var limit = Paging.Limit(query);
        query.ThrowIfAny();
        JsonObject? meter = null;
        if (meterId is not null)
        {
            meter =
                Core.Meters.Documents.Find(meterId) is { } found && context.Caller.CanSee(found.OrganizationId)
                    ? (JsonObject)found.Row["filter"]!
                    : throw Problems.Value(Location.Query["meter_id"], "There is no such meter.", meterId);
        }

        var metadata = context.Query.Deep("metadata");
        var matching = Log.Entries.Where(entry =>
            context.Caller.CanSee(entry.OrganizationId)
            && (organizations?.Contains(entry.OrganizationId) ?? true)
            && (from is null || entry.Timestamp >= from)
            && (to is null || entry.Timestamp <= to)
            && (names?.Contains(entry.Name) ?? true)
            && (sources?.Contains(entry.IsSystem ? "system" : "user") ?? true)
            && (customers is null || (CustomerOf(entry) is { } customer && customers.Contains(customer.Id)))
            && (
                externalCustomers is null
                || (ExternalCustomerOf(entry) is { } external && externalCustomers.Contains(external))
            )
            && (filter is null || MeterMath.Matches(filter, entry))
            && (meter is null || MeterMath.Matches(meter, entry))
            && (text is not { Length: > 0 } || Mentions(entry, text))
            && IsBelow(entry, parent, depth)
            && HasMetadata(entry, metadata)
        );
        var sorted = Paging.Sort(
            context,
            matching,
            "-timestamp",
            new Dictionary<string, Func<EventEntry, IComparable?>> { ["timestamp"] = entry => entry.Timestamp }
        );
        var shown = sorted.Skip((int)Math.Min(int.MaxValue, (page - 1L) * limit)).Take(limit).Select(Write).ToArray();
        if (!cursor)
        {
            return Reply.Ok(ListRunner.Envelope(shown, sorted.Count, (sorted.Count + limit - 1) / limit));
        }

        return Reply.Ok(
            Json.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("items");
                foreach (var item in shown)
                {
                    writer.WriteRawValue(item, skipInputValidation: true);
                }

                writer.WriteEndArray();
                writer.WriteStartObject("pagination");
                writer.WriteBoolean("has_next_page", (long)page * limit < sorted.Count);
                writer.WriteEndObject();
                writer.WriteEndObject();
            })
        );
    }

    private static DateTimeOffset? Time(QueryReader query, string name) =>
        query.One(name, Form.Time) is { } time && time.GetValue<string>() is { } text ? Timestamps.Parse(text) : null;

    private static JsonObject? ReadFilter(QueryReader query, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        JsonNode? node;
        try
        {
            node = JsonNode.Parse(text!);
        }
        catch (JsonException)
        {
            query.Refuse("json_invalid", "filter", "The filter is not valid JSON.", text);
            return null;
        }

        var problems = new Problems();
        var filter = FilterForm.Check(node, Location.Query["filter"], problems) as JsonObject;
        problems.ThrowIfAny();
        return filter;
    }

    private bool Mentions(EventEntry entry, string text) =>
        entry.Name.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0
        || Encoding.UTF8.GetString(entry.Metadata).IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0
        || ExternalCustomerOf(entry)?.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0
        || CustomerOf(entry)?.Row.Text("email")?.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0;

    // Below a parent: its children, or as many generations of them as the depth says. Without a parent the depth counts
    // from the events that have none.
    private bool IsBelow(EventEntry entry, string? parent, long? depth)
    {
        if (parent is null && depth is null)
        {
            return true;
        }

        var generation = 0L;
        for (var above = Log.FindParent(entry); above is not null; above = Log.FindParent(above))
        {
            generation++;
            if (parent is not null && above.Id.ToString("D") == parent)
            {
                return generation <= Math.Max(1, depth ?? 1);
            }

            if (generation > 1000)
            {
                return false;
            }
        }

        return parent is null && generation <= depth;
    }

    private Reply ListNames(OperationContext context)
    {
        var query = new QueryReader(context.Query);
        var groups = Groups(context, query, out _);
        var sorted = Paging.Sort(context, groups, "-last_seen", EventGroup.Keys);
        return Paging.Run(
            query,
            sorted,
            group =>
                Json.ToBytes(
                    new JsonObject
                    {
                        ["name"] = group.Name,
                        ["label"] = Core.EventTypes.Label(group.OrganizationId, group.Name),
                        ["source"] = group.IsSystem ? "system" : "user",
                        ["occurrences"] = group.Occurrences,
                        ["first_seen"] = Timestamps.Format(group.First),
                        ["last_seen"] = Timestamps.Format(group.Last),
                    }
                )
        );
    }

    /// <summary>The names that occur among the events that a request asks about.</summary>
    public List<EventGroup> Groups(OperationContext context, QueryReader query, out IReadOnlyList<string>? sources)
    {
        var organizations = query.Many("organization_id", Form.Uuid);
        var customers = query.Many("customer_id", Form.Uuid);
        var externalCustomers = query.Many("external_customer_id", Form.AnyText);
        var text = query.One("query", Form.AnyText)?.GetValue<string>();
        var wanted = query.Many("source", Source);
        var rootsOnly = query.One("root_events", Form.Boolean)?.GetValue<bool>() ?? false;
        var parent = query.One("parent_id", Form.Uuid)?.GetValue<string>();
        sources = wanted;
        query.ThrowIfAny();
        return Log
            .Entries.Where(entry =>
                context.Caller.CanSee(entry.OrganizationId)
                && (organizations?.Contains(entry.OrganizationId) ?? true)
                && (wanted?.Contains(entry.IsSystem ? "system" : "user") ?? true)
                && (customers is null || (CustomerOf(entry) is { } customer && customers.Contains(customer.Id)))
                && (
                    externalCustomers is null
                    || (ExternalCustomerOf(entry) is { } external && externalCustomers.Contains(external))
                )
                && (text is not { Length: > 0 } || entry.Name.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0)
                && (!rootsOnly || Log.FindParent(entry) is null)
                && IsBelow(entry, parent, null)
            )
            .GroupBy(entry => (entry.OrganizationId, entry.Name, entry.IsSystem))
            .Select(group => new EventGroup(
                group.Key.OrganizationId,
                group.Key.Name,
                group.Key.IsSystem,
                group.Count(),
                group.Min(entry => entry.Timestamp),
                group.Max(entry => entry.Timestamp),
                Core.EventTypes.Label(group.Key.OrganizationId, group.Key.Name)
            ))
            .ToList();
    }

    private byte[] Write(EventEntry entry)
    {
        var customer = CustomerOf(entry);
        return Json.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", entry.Id.ToString("D"));
            writer.WriteString("timestamp", Timestamps.Format(entry.Timestamp));
            writer.WriteString("organization_id", entry.OrganizationId);
            writer.WriteString("customer_id", customer?.Id);
            writer.WriteDocument("customer", customer, Core.Customers.View);
            writer.WriteString("external_customer_id", ExternalCustomerOf(entry));
            writer.WriteString("member_id", entry.MemberId);
            writer.WriteString("external_member_id", entry.ExternalMemberId);
            writer.WriteNumber("child_count", Children(entry));
            writer.WriteString("parent_id", Log.FindParent(entry)?.Id.ToString("D"));
            writer.WriteString("label", Core.EventTypes.Label(entry));
            writer.WriteString("name", entry.Name);
            writer.WriteString("source", entry.IsSystem ? "system" : "user");
            writer.WritePropertyName("metadata");
            writer.WriteRawValue(entry.Metadata, skipInputValidation: true);
            writer.WriteEndObject();
        });
    }

    private int Children(EventEntry entry)
    {
        var id = entry.Id.ToString("D");
        return Log.Children(id) + (entry.ExternalId is { } externalId ? Log.Children(externalId) : 0);
    }

    // A time that says which offset it means.
    private sealed class OffsetTimeSchema : Schema
    {
        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            var before = problems.Count;
            var result = Form.Time.Check(input, at, problems);
            if (problems.Count == before)
            {
                var text = input!.GetValue<string>().Trim();
                var clock = text.Length > 10 ? text.Substring(10) : string.Empty;
                if (clock.IndexOfAny(['+', '-']) < 0 && !clock.EndsWith("z", StringComparison.OrdinalIgnoreCase))
                {
                    problems.Add("timezone_aware", at, "The time needs an offset, such as Z.", input);
                }
            }

            return result;
        }
    }
}

/// <summary>All events of one name.</summary>
internal sealed class EventGroup
{
    public static readonly Dictionary<string, Func<EventGroup, IComparable?>> Keys = new()
    {
        ["name"] = group => group.Name,
        ["occurrences"] = group => group.Occurrences,
        ["first_seen"] = group => group.First,
        ["last_seen"] = group => group.Last,
    };

    public EventGroup(
        string organizationId,
        string name,
        bool isSystem,
        int occurrences,
        DateTimeOffset first,
        DateTimeOffset last,
        string label
    )
    {
        OrganizationId = organizationId;
        Name = name;
        IsSystem = isSystem;
        Occurrences = occurrences;
        First = first;
        Last = last;
        Label = label;
    }

    public string OrganizationId { get; }

    public string Name { get; }

    public bool IsSystem { get; }

    public int Occurrences { get; }

    public DateTimeOffset First { get; }

    public DateTimeOffset Last { get; }

    public string Label { get; }
}
