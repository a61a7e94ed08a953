namespace PolarPS.Commands;

/// <summary>
/// By the types of parameters, what reads them where the parameters' attributes are missing: see <see cref="ReadingConverter"/>.
/// </summary>
internal static class ValueReaders
{
    /// <summary>
    /// Makes them. Always the strictest reading of the type: a proxy in front of a cmdlet must not let through what the cmdlet refuses.
    /// </summary>
    public static IReadOnlyDictionary<Type, ArgumentTransformationAttribute> All() =>
        new Dictionary<Type, ArgumentTransformationAttribute>
        {
            [typeof(OrderReference)] = new OrderReferenceTransformationAttribute(),
            [typeof(CustomerSessionReference)] = new CustomerSessionTransformationAttribute(),
            [typeof(ActivationReference)] = new ActivationTransformationAttribute { Strict = true },
            [typeof(OAuthClientReference)] = new OAuthClientTransformationAttribute(),
            [typeof(OAuthTokenReference)] = new OAuthTokenTransformationAttribute(),
            [typeof(SeatSource)] = new SeatSourceTransformationAttribute(),
            [typeof(LicenseKeyText)] = new LicenseKeyTextTransformationAttribute(),
            [typeof(Member)] = new MemberTransformationAttribute(),
            [typeof(PriceInput)] = new PriceTransformationAttribute(),
            [typeof(PriceTierInput)] = new TierTransformationAttribute(typeof(PriceTierInput)),
            [typeof(SeatTierInput)] = new TierTransformationAttribute(typeof(SeatTierInput)),
            [typeof(AttachedCustomFieldInput)] = new CustomFieldTransformationAttribute(),
            [typeof(CustomFieldOption)] = new CustomFieldOptionTransformationAttribute(),
            [typeof(MeterFilter)] = new MeterFilterTransformationAttribute(),
            [typeof(MeterAggregation)] = new AggregationTransformationAttribute(),
            [typeof(LicenseKeyExpiration)] = new ExpirationTransformationAttribute(),
        };
}
