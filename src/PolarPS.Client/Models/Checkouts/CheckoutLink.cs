namespace PolarPS.Client.Models;

/// <summary>A permanent address that opens a checkout for one product or a choice of several.</summary>
public sealed class CheckoutLink : PolarObject, IDated, IHasMetadata
{
    /// <summary>The link's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>A label for yourself; null for none.</summary>
    public string? Label { get; set; }

    /// <summary>The address to share with customers.</summary>
    public string? Url { get; set; }

    /// <summary>The products to choose from, the first of which is preselected.</summary>
    public PolarList<Product>? Products { get; set; }

    /// <summary>The discount that is applied; null for none.</summary>
    public Discount? Discount { get; set; }

    /// <summary>The id of the discount that is applied; null for none.</summary>
    public string? DiscountId { get; set; }

    /// <summary>Whether customers may type a discount code.</summary>
    public bool? AllowDiscountCodes { get; set; }

    /// <summary>Whether a full billing address is asked for.</summary>
    public bool? RequireBillingAddress { get; set; }

    /// <summary>How many seats are preselected; null for the customer's choice.</summary>
    public int? Seats { get; set; }

    /// <summary>How many units are preselected; null for the customer's choice.</summary>
    public int? Units { get; set; }

    /// <summary>The unit of a trial period that takes the product's place: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>; null for none.</summary>
    public string? TrialInterval { get; set; }

    /// <summary>The number of units of that trial period; null for none.</summary>
    public int? TrialIntervalCount { get; set; }

    /// <summary>Where the customer goes after paying; <c>{CHECKOUT_ID}</c> in it is filled in. Null for Polar's own page.</summary>
    public string? SuccessUrl { get; set; }

    /// <summary>Where the checkout's back button leads; null for no button.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>Who handles the payment: <c>stripe</c>.</summary>
    public string? PaymentProcessor { get; set; }

    /// <summary>The part of <see cref="Url"/> that names the link. Everybody with the address has it.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization that sells.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>Documents before 2026 only: the id of the only product. Read <see cref="Products"/> instead.</summary>
    public string? ProductId { get; set; }

    /// <summary>Documents before 2026 only: the id of the only price. Read the first product's prices instead.</summary>
    public string? ProductPriceId { get; set; }

    /// <summary>Documents before 2026 only: the only product. Read <see cref="Products"/> instead.</summary>
    public Product? Product { get; set; }

    /// <summary>Documents before 2026 only: the only price. Read the first product's prices instead.</summary>
    public ProductPrice? ProductPrice { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The link's label.</summary>
    /// <returns>The label, or the address where there is none.</returns>
    private protected override string Describe() => Label ?? Url ?? Id ?? string.Empty;
}
