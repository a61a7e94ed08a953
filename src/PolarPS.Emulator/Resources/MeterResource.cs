using System.Collections.Generic;

namespace PolarPS.Emulator;

/// <summary>Meters: what usage is counted by.</summary>
internal sealed class MeterResource : Resource
{
    public MeterResource(EmulatorCore core)
        : base(core, "meters", "meters") { }

    public override View View { get; } =
        new(
            static (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(
                    document.Row,
                    "metadata",
                    "created_at",
                    "modified_at",
                    "id",
                    "name",
                    "unit",
                    "custom_label",
                    "custom_multiplier",
                    "filter",
                    "aggregation",
                    "organization_id",
                    "archived_at"
                );
                writer.WriteEndObject();
            }
        );

    /// <summary>A meter inside a price.</summary>
    public View InPrice { get; } =
        new(
            static (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(document.Row, "id", "name", "unit", "custom_label", "custom_multiplier");
                writer.WriteEndObject();
            }
        );

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/meters/",
                new ListDefinition(
                    "name",
                    ListFilter.Organization(),
                    ListFilter.Search("query", "name"),
                    ListFilter.Flag("is_archived", static row => row.Has("archived_at"))
                )
                {
                    ByMetadata = true,
                }.SortedBy("created_at", "name")
            ),
            GetOperation("/v1/meters/{id}"),
        ];

    /// <summary>A meter of one organization, for what points at it.</summary>
    public Document? Find(string organizationId, string id) =>
        Documents.Find(id) is { } meter && meter.OrganizationId == organizationId ? meter : null;
}
