using System.Text.Json.Serialization;

namespace PolarPS.Client;

/// <summary>The metadata by which models are read, generated at compile time.</summary>
/// <remarks>All in one place: the generator of System.Text.Json 8 fails where attributes stand on several parts of the class.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(MetadataConverter), typeof(DecimalConverter), typeof(TimeConverter)]
)]
[JsonSerializable(typeof(ListEnvelope<Product>))]
[JsonSerializable(typeof(ListEnvelope<CheckoutLink>))]
[JsonSerializable(typeof(ListEnvelope<Organization>))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(CheckoutLink))]
[JsonSerializable(typeof(Organization))]
[JsonSerializable(typeof(Discount))]
[JsonSerializable(typeof(Benefit))]
[JsonSerializable(typeof(ListEnvelope<Customer>))]
[JsonSerializable(typeof(ListEnvelope<PaymentMethod>))]
[JsonSerializable(typeof(ListEnvelope<Member>))]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(CustomerState))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(CustomerSession))]
[JsonSerializable(typeof(CustomerSeat))]
[JsonSerializable(typeof(CustomerSeatList))]
[JsonSerializable(typeof(CustomerSeatClaim))]
[JsonSerializable(typeof(CustomerSeatClaimInfo))]
[JsonSerializable(typeof(ListEnvelope<Benefit>))]
[JsonSerializable(typeof(ListEnvelope<BenefitGrant>))]
[JsonSerializable(typeof(ListEnvelope<LicenseKey>))]
[JsonSerializable(typeof(ListEnvelope<PolarFile>))]
[JsonSerializable(typeof(BenefitGrant))]
[JsonSerializable(typeof(LicenseKey))]
[JsonSerializable(typeof(LicenseKeyActivation))]
[JsonSerializable(typeof(PolarFile))]
[JsonSerializable(typeof(ListEnvelope<Checkout>))]
[JsonSerializable(typeof(ListEnvelope<CustomField>))]
[JsonSerializable(typeof(ListEnvelope<Discount>))]
[JsonSerializable(typeof(Checkout))]
[JsonSerializable(typeof(CustomField))]
[JsonSerializable(typeof(OAuth2Authorization))]
[JsonSerializable(typeof(OAuth2Token))]
[JsonSerializable(typeof(OAuth2TokenState))]
[JsonSerializable(typeof(OAuth2UserInfo))]
[JsonSerializable(typeof(OAuth2Client))]
[JsonSerializable(typeof(ListEnvelope<Subscription>))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(ListEnvelope<Order>))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(ListEnvelope<Refund>))]
[JsonSerializable(typeof(Refund))]
[JsonSerializable(typeof(ListEnvelope<Dispute>))]
[JsonSerializable(typeof(Dispute))]
[JsonSerializable(typeof(ListEnvelope<Payment>))]
[JsonSerializable(typeof(Payment))]
[JsonSerializable(typeof(OrderInvoice))]
[JsonSerializable(typeof(OrderReceipt))]
[JsonSerializable(typeof(ListEnvelope<PolarEvent>))]
[JsonSerializable(typeof(PolarEvent))]
[JsonSerializable(typeof(ListEnvelope<EventName>))]
[JsonSerializable(typeof(EventName))]
[JsonSerializable(typeof(ListEnvelope<EventType>))]
[JsonSerializable(typeof(EventType))]
[JsonSerializable(typeof(ListEnvelope<Meter>))]
[JsonSerializable(typeof(Meter))]
[JsonSerializable(typeof(ListEnvelope<CustomerMeter>))]
[JsonSerializable(typeof(CustomerMeter))]
[JsonSerializable(typeof(EventsIngestResponse))]
[JsonSerializable(typeof(MeterQuantities))]
[JsonSerializable(typeof(MeterFilter))]
[JsonSerializable(typeof(MeterAggregation))]
[JsonSerializable(typeof(MetricsResponse))]
[JsonSerializable(typeof(MetricsLimits))]
[JsonSerializable(typeof(MetricDashboard))]
[JsonSerializable(typeof(PolarList<MetricDashboard>))]
[JsonSerializable(typeof(ListEnvelope<WebhookEndpoint>))]
[JsonSerializable(typeof(WebhookEndpoint))]
[JsonSerializable(typeof(ListEnvelope<WebhookDelivery>))]
[JsonSerializable(typeof(WebhookDelivery))]
[JsonSerializable(typeof(WebhookEvent))]
[JsonSerializable(typeof(PolarMetadata))]
[JsonSerializable(typeof(PortalAuthenticatedUser))]
[JsonSerializable(typeof(PortalSession))]
[JsonSerializable(typeof(CustomerEmailUpdateVerification))]
[JsonSerializable(typeof(PaymentMethodSetup))]
[JsonSerializable(typeof(OrderPaymentStatus))]
[JsonSerializable(typeof(ListEnvelope<Downloadable>))]
[JsonSerializable(typeof(CustomerOrganizationData))]
[JsonSerializable(typeof(ListEnvelope<Wallet>))]
[JsonSerializable(typeof(Wallet))]
internal sealed partial class PolarJson : JsonSerializerContext;

/// <summary>A page of a list.</summary>
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

    /// <summary>Of lists that are not counted, in the place of the other two; else null.</summary>
    public bool? HasNextPage { get; set; }
}
