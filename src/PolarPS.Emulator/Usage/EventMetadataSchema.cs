namespace PolarPS.Emulator;

/// <summary>The metadata of an event: as everywhere, and with two places that have a form of their own.</summary>
internal sealed class EventMetadataSchema : Schema
{
    private static readonly Schema Cost = new ObjectSchema(
        "CostMetadata",
        Field.Required("amount", new DecimalSchema(above: false, wholeDigits: 5, decimals: 12)),
        Field.Required("currency", Form.Text(0, int.MaxValue, "^usd$"))
    );

    private static readonly Schema Llm = new ObjectSchema(
        "LLMMetadata",
        Field.Required("vendor", Form.AnyText),
        Field.Required("model", Form.AnyText),
        Field.Nullable("prompt", Form.AnyText),
        Field.Nullable("response", Form.AnyText),
        Field.Required("input_tokens", Form.Integer(0)),
        Field.Optional("cached_input_tokens", Form.Integer(0)),
        Field.Required("output_tokens", Form.Integer(0)),
        Field.Required("total_tokens", Form.Integer(0))
    );

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (input is not JsonObject given)
        {
            problems.Add("dict_type", at, "An object is expected.", input);
            return null;
        }

        var plain = given.Clone();
        plain.Remove("_cost");
        plain.Remove("_llm");
        var result = Form.Metadata.Check(plain, at, problems) as JsonObject;
        if (given.TryGetPropertyValue("_cost", out var cost))
        {
            var valid = Cost.Check(cost, at["_cost"], problems);
            result?.Add("_cost", valid);
        }

        if (given.TryGetPropertyValue("_llm", out var llm))
        {
            var valid = Llm.Check(llm, at["_llm"], problems);
            result?.Add("_llm", valid);
        }

        return result;
    }
}
