using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using PolarPS.Client;

namespace PolarPS.Commands;

/// <summary>JSON of unknown types as PowerShell's own objects, with the API's names.</summary>
internal static class CustomObjects
{
    public static object? Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var custom = new PSObject();
                foreach (var property in element.EnumerateObject())
                {
                    // Names that differ in case only would collide; the later one wins, as in ConvertFrom-Json.
                    if (custom.Properties[property.Name] is { } known)
                    {
                        known.Value = Of(property.Value);
                    }
                    else
                    {
                        custom.Properties.Add(new PSNoteProperty(property.Name, Of(property.Value)));
                    }
                }

                return custom;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(Of).ToArray();
            default:
                return PlainJson.Read(element);
        }
    }
}
