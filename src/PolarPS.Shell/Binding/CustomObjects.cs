namespace PolarPS.Commands;

/// <summary>What came as JSON of unknown types, as PowerShell's own objects with the API's names.</summary>
internal static class CustomObjects
{
    /// <summary>Makes them of plain values: of a dictionary a custom object, of a list an array.</summary>
    public static object? Of(object? plain)
    {
        switch (plain)
        {
            case Dictionary<string, object?> fields:
                var custom = new PSObject();
                foreach (var field in fields)
                {
                    // Names that differ in case only would collide; the later one wins, as in ConvertFrom-Json.
                    if (custom.Properties[field.Key] is { } known)
                    {
                        known.Value = Of(field.Value);
                    }
                    else
                    {
                        custom.Properties.Add(new PSNoteProperty(field.Key, Of(field.Value)));
                    }
                }

                return custom;
            case List<object?> items:
                return items.Select(Of).ToArray();
            default:
                return plain;
        }
    }
}
