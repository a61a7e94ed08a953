using System.Collections.Generic;

namespace PolarPS.Emulator;

/// <summary>Custom fields: what a shop asks its customers at checkout.</summary>
internal sealed class CustomFieldResource : Resource
{
    private static readonly Schema Types = Form.OneOf("text", "number", "date", "checkbox", "select");

    public CustomFieldResource(EmulatorCore core)
        : base(core, "custom-fields", "custom_fields") { }

    public override View View { get; } =
        new(
            static (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(
                    document.Row,
                    "created_at",
                    "modified_at",
                    "id",
                    "metadata",
                    "type",
                    "slug",
                    "name",
                    "organization_id",
                    "properties"
                );
                writer.WriteEndObject();
            }
        );

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/custom-fields/",
                new ListDefinition(
                    "slug",
                    ListFilter.Organization(),
                    ListFilter.Search("query", "name", "slug"),
                    ListFilter.Field("type", Types)
                ).SortedBy("created_at", "slug", "name", "type")
            ),
            GetOperation("/v1/custom-fields/{id}"),
        ];
}
