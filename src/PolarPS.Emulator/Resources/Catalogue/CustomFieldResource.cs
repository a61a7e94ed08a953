namespace PolarPS.Emulator;

/// <summary>Custom fields: what a shop asks its customers at checkout.</summary>
internal sealed class CustomFieldResource : Resource
{
    private static readonly Schema Types = Form.OneOf(CatalogueValues.CustomFieldType);

    private static readonly Field[] Labels =
    [
        Field.Optional("form_label", Form.Text(1, int.MaxValue)),
        Field.Optional("form_help_text", Form.Text(1, int.MaxValue)),
        Field.Optional("form_placeholder", Form.Text(1, int.MaxValue)),
    ];

    private static readonly Field[] Range =
    [
        Field.Optional("ge", Form.Integer(int.MinValue)),
        Field.Optional("le", Form.Integer(int.MinValue)),
    ];

    private static readonly Dictionary<string, ObjectSchema> Properties = new()
    {
        ["text"] = new(
            "CustomFieldTextProperties",
            [
                .. Labels,
                Field.Optional("textarea", Form.Boolean),
                Field.Optional("min_length", Form.Integer(0)),
                Field.Optional("max_length", Form.Integer(0)),
            ]
        ),
        ["number"] = new("CustomFieldNumberProperties", [.. Labels, .. Range]),
        ["date"] = new("CustomFieldDateProperties", [.. Labels, .. Range]),
        ["checkbox"] = new("CustomFieldCheckboxProperties", Labels),
        ["select"] = new(
            "CustomFieldSelectProperties",
            [
                .. Labels,
                Field.Required(
                    "options",
                    Form.List(
                        new ObjectSchema(
                            "CustomFieldSelectOption",
                            Field.Required("value", Form.Text(1, int.MaxValue)),
                            Field.Required("label", Form.Text(1, int.MaxValue))
                        )
                    )
                ),
            ]
        ),
    };

    private static readonly Schema Slug = Form.Text(1, int.MaxValue, "^[a-z0-9-_]+$");

    private static readonly Schema Create = new TaggedSchema(
        "type",
        Properties.ToDictionary(
            pair => pair.Key,
            pair => new ObjectSchema(
                "CustomFieldCreate",
                Form.NewMetadata(),
                Field.Required("type", Form.Literal(pair.Key)),
                Field.Required("slug", Slug),
                Field.Required("name", Form.Text(1, int.MaxValue)),
                Field.Nullable("organization_id", Form.Uuid),
                Field.Required("properties", pair.Value)
            )
        )
    );

    private static readonly Schema Update = new TaggedSchema(
        "type",
        Properties.ToDictionary(
            pair => pair.Key,
            pair => new ObjectSchema(
                "CustomFieldUpdate",
                Field.Optional("metadata", Form.Metadata),
                Field.Clearable("name", Form.Text(1, int.MaxValue)),
                Field.Clearable("slug", Slug),
                Field.Required("type", Form.Literal(pair.Key)),
                Field.Clearable("properties", pair.Value)
            )
        )
    );

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
                ).SortedBy(CatalogueValues.CustomFieldSort)
            ),
            CreateOperation(
                "/v1/custom-fields/",
                Create,
                context =>
                {
                    var row = NewRow(context.Caller.OrganizationFor(context.Body, Core.Store));
                    Apply(row, context.Body, "organization_id");
                    CheckSlug(row);
                    return row;
                }
            ),
            GetOperation("/v1/custom-fields/{id}"),
            UpdateOperation(
                "/v1/custom-fields/{id}",
                Update,
                (context, row) =>
                {
                    if (context.Body.Text("type") != row.Text("type"))
                    {
                        throw Problems.Value(
                            Location.Body["type"],
                            "The type of a custom field cannot be changed.",
                            context.Body["type"]
                        );
                    }

                    ApplyGiven(row, context.Body);
                    CheckSlug(row);
                }
            ),
            DeleteOperation("/v1/custom-fields/{id}"),
        ];

    /// <summary>Removes the field from the products that ask it.</summary>
    public override void Discard(Document document)
    {
        foreach (var product in Core.Store.Referrers(document.Id, "products"))
        {
            var row = product.Row.Clone();
            var left = new JsonArray();
            foreach (
                var attached in product
                    .Row.Objects("attached_custom_fields")
                    .Where(attached => attached.Text("custom_field_id") != document.Id)
            )
            {
                left.Add((JsonNode)attached.Clone());
            }

            row["attached_custom_fields"] = left;
            Core.Store.Replace(product, row);
        }

        base.Discard(document);
    }

    /// <summary>Holds the answers of a buyer to the questions that a product asks.</summary>
    /// <param name="answers">What was answered, by slug.</param>
    /// <param name="product">The product; null if none is chosen yet.</param>
    /// <param name="complete">Whether what must be answered has to be answered now.</param>
    public JsonObject ReadAnswers(JsonObject answers, Document? product, bool complete)
    {
        var known = new JsonObject();
        // All that is wrong is told, each under its own slug.
        var problems = new Problems();
        var at = Location.Body["custom_field_data"];
        foreach (var attached in product?.Row.Objects("attached_custom_fields") ?? [])
        {
            var field = Documents.Find(attached.Text("custom_field_id"))!.Row;
            var slug = field.Text("slug")!;
            var type = field.Text("type")!;
            var answer = answers.TryGetPropertyValue(slug, out var given) ? given : null;
            if (given is not null)
            {
                known[slug] = given.DeepClone();
            }

            var isMissing = answer is null || (type == "checkbox" && !answers.Flag(slug));
            if (isMissing)
            {
                if (complete && attached.Flag("required"))
                {
                    problems.Add("missing", at[slug], "This field is required.", answer);
                }

                continue;
            }

            var properties = (JsonObject)field["properties"]!;
            switch (type)
            {
                case "number":
                    Form.Integer(properties.Number("ge") ?? long.MinValue, properties.Number("le") ?? long.MaxValue)
                        .Check(answer, at[slug], problems);
                    break;
                case "checkbox":
                    Form.Boolean.Check(answer, at[slug], problems);
                    break;
                case "date":
                    Form.Time.Check(answer, at[slug], problems);
                    break;
                case "select":
                    Form.OneOf(properties.Objects("options").Select(option => option.Text("value")!).ToArray())
                        .Check(answer, at[slug], problems);
                    break;
                default:
                    Form.Text(
                            (int)(properties.Number("min_length") ?? 0),
                            (int)(properties.Number("max_length") ?? int.MaxValue)
                        )
                        .Check(answer, at[slug], problems);
                    break;
            }
        }

        problems.ThrowDomainIfAny();
        return known;
    }

    private void CheckSlug(JsonObject row)
    {
        if (
            Documents.Items.Any(other =>
                other.OrganizationId == row.Text("organization_id")
                && other.Id != row.Text("id")
                && other.Row.Text("slug") == row.Text("slug")
            )
        )
        {
            throw Problems.Value(
                Location.Body["slug"],
                "Another custom field already has this slug.",
                row["slug"]?.DeepClone()
            );
        }
    }
}
