namespace PolarPS.Commands;

/// <summary>
/// What PowerShell says about a mandatory parameter when it prompts for it and the user types !?: what may be typed there, which is
/// text, and never an object. tests/Conventions.Tests.ps1 holds each to its parameter. A text that serves one parameter only stands
/// with that parameter.
/// </summary>
internal static class HelpMessages
{
    public const string Benefit = "UUID or description of a benefit";
    public const string Checkout = "UUID of a checkout";
    public const string CheckoutLink = "UUID or label of a checkout link";
    public const string CustomField = "UUID, slug or name of a custom field";
    public const string Discount = "UUID, code or name of a discount";
    public const string Dispute = "UUID of a dispute";
    public const string WebhookHandler = "Address of the handler, such as http://localhost:3000/hook";

    public const string Endpoint = "UUID or name of an endpoint";
    public const string EventType = "UUID or name of an event type";
    public const string File = "UUID or name of a file";
    public const string LicenseKey = "UUID of a license key";
    public const string Meter = "UUID or name of a meter";
    public const string MetricDashboard = "UUID or name of a metric dashboard";
    public const string Order = "UUID or invoice number of an order";
    public const string Organization = "UUID, slug or name of an organization";
    public const string Product = "UUID or name of a product";
    public const string Seat = "UUID of a seat";
    public const string Subscription = "UUID of a subscription";

    // Of people by a key that is theirs alone: a name, which they choose themselves, counts only where something is read.
    public const string Customer = "UUID, external id or email address of a customer";
    public const string Member = "UUID, external id or email address of a member";

    public const string ExternalCustomerId = "Your own id of a customer";
    public const string ExternalMemberId = "Your own id of a member";

    public const string LicenseKeyText = "Text of a license key";
    public const string ClientSecret = "Client secret of a checkout, which starts with polar_c_";
    public const string InvitationToken = "Token of a seat invitation: what follows token= in its link";
    public const string EmailUpdateToken = "Token of an email update: what follows token= in its link";
    public const string MemberObject = "Not by typing, but with an object from Get-PolarMember, or with -CustomerId";

    public const string MetricPeriods = "Not by typing, but with objects from Get-PolarMetric";
    public const string OAuthClientId = "Id of an OAuth client, which starts with polar_ci_";
    public const string OAuthClientObject = "Not by typing: an object from New-PolarOAuthClient, or a credential";
    public const string OAuthToken = "Not by typing: what Request-PolarOAuthToken returns, or a SecureString";

    public const string Email = "Email address, such as ada@example.com";
    public const string Amount = "Whole number of the currency's smallest unit: 999 for 9.99";
    public const string Count = "Whole number, 1 or more";
    public const string Options = "Options as text; on the command line also @{ Value = 's'; Label = 'Small' }";
    public const string Switch = "Not by typing: a switch, which is given on the command line";

    /// <summary>Where an id alone counts: in the customer portal there are no lists to look names up in.</summary>
    internal static class Ids
    {
        public const string BenefitGrant = "UUID of a benefit grant";
        public const string Customer = "UUID of a customer";
        public const string CustomerMeter = "UUID of a customer meter";
        public const string Downloadable = "UUID of a downloadable";
        public const string Member = "UUID of a member";
        public const string Order = "UUID of an order";
        public const string PaymentMethod = "UUID of a payment method";
        public const string Product = "UUID of a product";
        public const string Wallet = "UUID of a wallet";
    }

    /// <summary>The same where several may be read at once, and names of people count.</summary>
    internal static class Reading
    {
        public const string Benefit = HelpMessages.Benefit + Wildcards;
        public const string CheckoutLink = HelpMessages.CheckoutLink + Wildcards;
        public const string CustomField = HelpMessages.CustomField + Wildcards;
        public const string Customer = "UUID, external id, email address or name of a customer" + Wildcards;
        public const string Discount = HelpMessages.Discount + Wildcards;
        public const string WebhookHandler = "Address of the handler, such as http://localhost:3000/hook";

        public const string Endpoint = HelpMessages.Endpoint + Wildcards;
        public const string EventType = HelpMessages.EventType + Wildcards;
        public const string File = HelpMessages.File + Wildcards;
        public const string Member = "UUID, external id, email address or name of a member" + Wildcards;
        public const string Meter = HelpMessages.Meter + Wildcards;
        public const string MetricDashboard = HelpMessages.MetricDashboard + Wildcards;
        public const string Order = HelpMessages.Order + Wildcards;
        public const string Organization = HelpMessages.Organization + Wildcards;
        public const string Product = HelpMessages.Product + Wildcards;

        private const string Wildcards = "; wildcards are allowed";
    }
}
