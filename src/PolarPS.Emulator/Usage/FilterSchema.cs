using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>The grammar of filters over events: clauses joined by and or or, nested as deep as one likes.</summary>
internal sealed class FilterSchema : Schema
{
    private static readonly Schema Clause = new ObjectSchema(
        "FilterClause",
        Field.Required("property", Form.AnyText),
        Field.Required("operator", Form.OneOf(UsageValues.FilterOperator)),
        Field.Required("value", new ValueSchema())
    );

    private readonly ObjectSchema _own;

    public FilterSchema() =>
        _own = new ObjectSchema(
            "Filter",
            Field.Required("conjunction", Form.OneOf(UsageValues.FilterConjunction)),
            Field.Required("clauses", Form.List(new ClauseOrFilterSchema(this)))
        );

    /// <summary>How a meter aggregates.</summary>
    public static Schema Aggregation { get; } =
        new TaggedSchema(
            "func",
            new Dictionary<string, ObjectSchema>
            {
                ["count"] = new("CountAggregation", Field.Required("func", Form.Literal("count"))),
                ["sum"] = Property("sum"),
                ["max"] = Property("max"),
                ["min"] = Property("min"),
                ["avg"] = Property("avg"),
                ["unique"] = Property("unique"),
            }
        );

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems) => _own.Check(input, at, problems);

    private static ObjectSchema Property(string function) =>
        new(
            function == "unique" ? "UniqueAggregation" : "PropertyAggregation",
            Field.Required("func", Form.Literal(function)),
            Field.Required("property", Form.AnyText)
        );

    private sealed class ClauseOrFilterSchema : Schema
    {
        private readonly FilterSchema _filter;

        public ClauseOrFilterSchema(FilterSchema filter) => _filter = filter;

        public override JsonNode? Check(JsonNode? input, Location at, Problems problems) =>
            input is JsonObject given && (given.ContainsKey("conjunction") || given.ContainsKey("clauses"))
                ? _filter.Check(input, at["Filter"], problems)
                : Clause.Check(input, at["FilterClause"], problems);
    }

    // A text, a whole number that fits a column of the database, or true or false.
    private sealed class ValueSchema : Schema
    {
        private static readonly Schema Text = Form.Text(0, 1000);
        private static readonly Schema Number = Form.Integer(int.MinValue);

        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            switch (input?.GetValueKind())
            {
                case JsonValueKind.True or JsonValueKind.False:
                    return input.DeepClone();
                case JsonValueKind.Number:
                    return Number.Check(input, at["int"], problems);
                default:
                    return Text.Check(input, at["str"], problems);
            }
        }
    }
}
