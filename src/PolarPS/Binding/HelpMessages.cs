namespace PolarPS.Commands;

/// <summary>
/// What PowerShell says about a mandatory parameter when it prompts for it and the user types !?. A test holds each against its
/// parameter.
/// </summary>
internal static class HelpMessages
{
    public const string Benefit = "UUID, description or object of a benefit";
    public const string Checkout = "UUID or object of a checkout";
    public const string CheckoutLink = "UUID, label or object of a checkout link";
    public const string CustomField = "UUID, slug, name or object of a custom field";
    public const string Customer = "UUID, external id, email address or object of a customer";
    public const string Discount = "UUID, code, name or object of a discount";
    public const string Dispute = "UUID or object of a dispute";
    public const string File = "UUID, name or object of a file";
    public const string LicenseKey = "UUID or object of a license key";
    public const string Member = "UUID, external id, email address or object of a member";
    public const string Meter = "UUID, name or object of a meter";
    public const string Order = "UUID, invoice number or object of an order";
    public const string Organization = "UUID, slug, name or object of an organization";
    public const string Payment = "UUID or object of a payment";
    public const string Product = "UUID, name or object of a product";
    public const string Refund = "UUID or object of a refund";
    public const string Seat = "UUID or object of a seat";
    public const string Subscription = "UUID or object of a subscription";

    public const string ExternalCustomerId = "Your own id of a customer";
    public const string ExternalMemberId = "Your own id of a member";
    public const string MemberObject = "Object from Get-PolarMember";
    public const string LicenseKeyText = "Text or object of a license key";
    public const string ClientSecret = "Client secret of a checkout: polar_c_...";
    public const string InvitationToken = "Token of a seat invitation, as a SecureString";

    public const string Email = "Email address, such as ada@example.com";
    public const string Amount = "Whole number of the currency's smallest unit: 999 for 9.99";
    public const string Currency = "ISO 4217 code, such as usd";
    public const string Count = "Whole number, 1 or more";
    public const string Switch = "$true or $false";
    public const string Options = "Texts, or hashtables: @{ Value = 's'; Label = 'Small' }";
}
