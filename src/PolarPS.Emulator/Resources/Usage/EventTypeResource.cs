using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Event types: how the names of events are shown.</summary>
internal sealed class EventTypeResource : Resource
{
    private static readonly Schema Update = new ObjectSchema(
        "EventTypeUpdate",
        Field.Required("label", Form.Text(1, 128)),
        Field.Clearable("label_property_selector", Form.Text(1, 256))
    );

    public EventTypeResource(EmulatorCore core)
        : base(core, "event-types", "events") { }

    public override View View { get; } =
        View.Members("created_at", "modified_at", "id", "name", "label", "label_property_selector", "organization_id");

    public override IEnumerable<Operation> Operations =>
        [
            Reading("list", "GET", "/v1/event-types/", List),
            UpdateOperation("/v1/event-types/{id}", Update, (context, row) => Apply(row, context.Body)),
        ];

    public string Label(string organizationId, string name) =>
        FindType(organizationId, name)?.Row.Text("label") ?? EventResource.Label(name);

    /// <summary>What an event is called: by its own metadata, where the type says so.</summary>
    public string Label(EventEntry entry)
    {
        var type = FindType(entry.OrganizationId, entry.Name);
        if (type?.Row.Text("label_property_selector") is { } selector)
        {
            using var document = JsonDocument.Parse(entry.Metadata);
            var value = document.RootElement;
            foreach (var name in selector.Split('.'))
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                {
                    return type.Row.Text("label")!;
                }
            }

            if (value.ValueKind == JsonValueKind.String)
            {
                return value.GetString()!;
            }
        }

        return type?.Row.Text("label") ?? EventResource.Label(entry.Name);
    }

    private Document? FindType(string organizationId, string name) =>
        Documents.Items.FirstOrDefault(type => type.OrganizationId == organizationId && type.Row.Text("name") == name);

    // A type is written down the first time that it is listed, so that it has an id to change it by.
    private Document Ensure(EventGroup group)
    {
        if (FindType(group.OrganizationId, group.Name) is { } known)
        {
            return known;
        }

        var row = NewRow(group.OrganizationId);
        row["name"] = group.Name;
        row["label"] = EventResource.Label(group.Name);
        row["label_property_selector"] = null;
        return Core.Store.Insert(Kind, row);
    }

    private Reply List(OperationContext context)
    {
        var query = new QueryReader(context.Query);
        var groups = Core.Events.Groups(context, query, out _);
        var keys = new Dictionary<string, Func<EventGroup, IComparable?>>(EventGroup.Keys)
        {
            ["label"] = group => group.Label,
        };
        var sorted = Paging.Sort(context, groups, "-last_seen", keys);
        return Paging.Run(
            query,
            sorted,
            group =>
            {
                // What Polar itself tells has no type that a shop could change.
                var item = group.IsSystem
                    ? new JsonObject
                    {
                        ["id"] = null,
                        ["created_at"] = null,
                        ["modified_at"] = null,
                        ["name"] = group.Name,
                        ["label"] = group.Label,
                        ["label_property_selector"] = null,
                        ["organization_id"] = group.OrganizationId,
                    }
                    : Ensure(group).ToObject(View);
                item["source"] = group.IsSystem ? "system" : "user";
                item["occurrences"] = group.Occurrences;
                item["first_seen"] = Timestamps.Format(group.First);
                item["last_seen"] = Timestamps.Format(group.Last);
                return Json.ToBytes(item);
            }
        );
    }
}
