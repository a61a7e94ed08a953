using System.Collections.Generic;
using System.Text.Json.Serialization;
using PolarPS.Client.Models;

namespace PolarPS.Client;

/// <summary>The metadata by which models are read, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(MetadataConverter), typeof(DecimalConverter)]
)]
[JsonSerializable(typeof(ListEnvelope<Product>))]
[JsonSerializable(typeof(ListEnvelope<CheckoutLink>))]
[JsonSerializable(typeof(ListEnvelope<Organization>))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(CheckoutLink))]
[JsonSerializable(typeof(Organization))]
[JsonSerializable(typeof(Discount))]
[JsonSerializable(typeof(Benefit))]
internal sealed partial class PolarJson : JsonSerializerContext;

/// <summary>A page of a list as it comes.</summary>
internal sealed class ListEnvelope<T>
{
    public List<T>? Items { get; set; }

    public ListPosition? Pagination { get; set; }
}

/// <summary>Where a page stands in its list.</summary>
internal sealed class ListPosition
{
    public long? TotalCount { get; set; }

    public int? MaxPage { get; set; }
}
