namespace PolarPS.Commands;

/// <summary>Which command helps with an error of Polar's: by its name for the error, else by the kind of object.</summary>
internal static class Advice
{
    // {0} is the id or another key of the object. A test checks the commands and parameters against the module.
    private static readonly Dictionary<string, string> ByError = new(StringComparer.Ordinal)
    {
        // Subscriptions
        ["AlreadyCanceledSubscription"] =
            "Get-PolarSubscription -Id {0} shows when it ends. Restore-PolarSubscription -Id {0} undoes a scheduled cancellation.",
        ["InactiveSubscription"] = "Get-PolarSubscription -Id {0} shows its status.",
        ["NotBillableSubscription"] = "Get-PolarSubscription -Id {0} shows its status.",
        ["CannotPauseSubscription"] =
            "Get-PolarSubscription -Id {0} shows its status, and whether it is paused or about to end.",
        ["NoScheduledPause"] =
            "Get-PolarSubscription -Id {0} shows what is scheduled. Suspend-PolarSubscription -Id {0} schedules a pause.",
        ["NotPausedSubscription"] = "Get-PolarSubscription -Id {0} shows its status. Only a paused one can be resumed.",
        ["CannotReinstateSubscription"] =
            "Get-PolarSubscription -Id {0} shows its status. For one that has ended, open a new checkout: New-PolarCheckout.",
        ["SubscriptionLocked"] =
            "Another change is under way. Wait some seconds, look at Get-PolarSubscription -Id {0}, and run the same again.",
        ["NotASeatBasedSubscription"] =
            "Get-PolarSubscription -Id {0} shows its product and prices; only a product with a price per seat has seats.",
        ["NotAUnitBasedSubscription"] =
            "Get-PolarSubscription -Id {0} shows its product and prices; only a product with a price per unit has units.",
        ["SeatsAlreadyAssigned"] =
            "Get-PolarSeat -SubscriptionId {0} shows who has the seats. Revoke-PolarSeat frees one.",
        ["AboveMaximumSeats"] = "Get-PolarProduct shows how many seats the product's prices allow.",
        ["BelowMinimumSeats"] = "Get-PolarProduct shows how many seats the product's prices ask for.",
        ["AboveMaximumUnits"] = "Get-PolarProduct shows how many units the product's prices allow.",
        ["BelowMinimumUnits"] = "Get-PolarProduct shows how many units the product's prices ask for.",
        ["SubscriptionNotScheduledToCancel"] = "Get-PolarSubscription -Id {0} shows what is scheduled.",

        // Orders, payments and refunds
        ["PaymentFailed"] =
            "Get-PolarPayment shows why the payment failed. New-PolarCustomerSession gives the customer a page on which to change the payment method.",
        ["PaymentActionRequired"] =
            "The customer has to confirm the payment. New-PolarCustomerSession gives the customer a page on which to do so.",
        ["PaymentAlreadyInProgress"] = "Wait some seconds, then look at Get-PolarPayment before trying again.",
        ["OrderNotDraft"] = "Get-PolarOrder -Id {0} shows its status. Only a draft can be changed or completed.",
        ["OrderNotEligibleForInvoice"] = "Get-PolarOrder -Id {0} shows its status.",
        ["MissingInvoiceBillingDetails"] =
            "Set-PolarOrder -Id {0} -BillingName … -BillingAddress (New-PolarAddress …) adds what the invoice needs.",
        ["InvoiceDoesNotExist"] = "Request-PolarOrderInvoice -OrderId {0} generates the invoice.",
        ["ReceiptNotAllocated"] = "Get-PolarOrder -Id {0} shows its status. There is a receipt once it is paid.",
        ["OffSessionChargesNotEnabled"] =
            "Polar support enables charges without the customer. Until then, New-PolarCheckout lets the customer pay.",
        ["OrganizationNotReadyForPayments"] = "Get-PolarOrganization shows the state of the organization's review.",
        ["PaymentNotReady"] = "Get-PolarOrganization shows the state of the organization's review.",
        ["RefundedAlready"] = "Get-PolarRefund -OrderId {0} shows what was refunded.",
        ["RefundsBlocked"] = "Get-PolarOrder -Id {0} and Get-PolarRefund -OrderId {0} show its state.",
        ["RefundDisputedPayment"] = "Get-PolarDispute -OrderId {0} shows the dispute.",
        ["RefundPendingCreation"] =
            "A refund is being created. Look at Get-PolarRefund -OrderId {0} before trying again.",
        ["RevokeSubscriptionBenefitsProhibited"] =
            "Leave out -RevokeBenefits for the order of a subscription; Stop-PolarSubscription ends the subscription.",
        ["DisputeNotOpenError"] =
            "Get-PolarDispute -Id {0} shows its status. Only a dispute that needs a response can be accepted.",

        // Checkouts
        ["AlreadyActiveSubscriptionError"] =
            "Get-PolarSubscription -CustomerId … shows the customer's subscription; Set-PolarSubscription -Product changes it.",
        ["NotOpenCheckout"] = "Get-PolarCheckout -Id {0} shows its status. New-PolarCheckout opens another.",
        ["ExpiredCheckoutError"] = "New-PolarCheckout opens another.",
        ["NotConfirmedCheckout"] = "Get-PolarCheckout -Id {0} shows its status. Confirm-PolarCheckout confirms it.",
        ["PaymentError"] =
            "Get-PolarPayment shows why the payment failed; the checkout stays open for another payment method.",
        ["TrialAlreadyRedeemed"] = "Set-PolarCheckout -Id {0} -AllowTrial:$false continues without a trial.",
        ["DiscountRedemptionLimitReached"] =
            "Set-PolarCheckout -Id {0} -Discount $null continues without the discount.",
        ["CheckoutCustomerDeleted"] = "New-PolarCheckout opens another.",
        ["CheckoutLocked"] = "Get-PolarCheckout -Id {0} shows its status; wait some seconds before trying again.",

        // Seats, members and license keys
        ["SeatNotAvailable"] =
            "Get-PolarSeat shows who has the seats. Set-PolarSubscription -Seats buys more; Revoke-PolarSeat frees one.",
        ["SeatBasedPricingRequired"] =
            "Get-PolarProduct shows the product's prices; only one with a price per seat has seats.",
        ["SeatAlreadyAssigned"] = "Get-PolarSeat shows who has the seats.",
        ["SeatNotPending"] = "Get-PolarSeat shows the state of the seats. Only a pending invitation is sent again.",
        ["InvalidInvitationToken"] = "Send-PolarSeatInvitation sends the invitation again.",
        ["FeatureNotEnabled"] = "Get-PolarOrganization shows which features are on: FeatureSettings.",
        ["InvalidCustomerEmailUpdate"] = "Request-PolarPortalEmailUpdate sends another token to the new address.",
        ["MemberEmailMismatch"] = "Get-PolarMember shows the members of the customer and their email addresses.",
        ["AmbiguousExternalCustomerID"] =
            "Use Polar's own id: Get-PolarCustomer finds it, or connect with an organization's token.",
        ["RotateNotPermitted"] =
            "Get-PolarLicenseKey -Id {0} shows its status. Only one that is not revoked is rotated.",

        // Catalogue
        ["ProductNotDeletable"] = "Set-PolarProduct -Id {0} -IsArchived archives it instead.",
        ["BenefitNotDeletable"] = "Set-PolarProductBenefit removes a benefit from a product.",
        ["PaymentMethodInUseByActiveSubscription"] = "Get-PolarSubscription shows what the payment method pays for.",
        ["SSOEnforcementRequiresConnection"] = "Get-PolarOrganization shows the organization's settings.",
        ["DisputeAutoAcceptNotEnabled"] = "Get-PolarOrganization shows the organization's settings.",
    };

    // What customers can do that sellers cannot, or cannot where sellers can.
    private static readonly Dictionary<string, string> ByErrorOfCustomers = new(StringComparer.Ordinal)
    {
        // Subscriptions
        ["AlreadyCanceledSubscription"] =
            "Get-PolarPortalSubscription -Id {0} shows when it ends. Set-PolarPortalSubscription -Id {0} -CancelAtPeriodEnd:$false undoes a scheduled cancellation.",
        ["AlreadyActiveSubscriptionError"] =
            "Get-PolarPortalSubscription shows the subscription; Set-PolarPortalSubscription -Product changes it.",
        ["PaymentMethodRequired"] = "Save a payment method first: New-PolarPortalPaymentMethod.",
        ["UpdateSubscriptionPlanNotAllowed"] = NotAllowed,
        ["UpdateSubscriptionSeatsNotAllowed"] = NotAllowed,
        ["UpdateSubscriptionUnitsNotAllowed"] = NotAllowed,
        ["PauseResumeNotAllowed"] = NotAllowed,
        ["AboveMaximumSeats"] =
            "Get-PolarPortalSubscription -Id {0} shows the product's prices, which limit the seats.",
        ["BelowMinimumSeats"] =
            "Get-PolarPortalSubscription -Id {0} shows the product's prices, which limit the seats.",
        ["AboveMaximumUnits"] =
            "Get-PolarPortalSubscription -Id {0} shows the product's prices, which limit the units.",
        ["BelowMinimumUnits"] =
            "Get-PolarPortalSubscription -Id {0} shows the product's prices, which limit the units.",

        // Orders and payments
        ["PaymentFailed"] = "Try another payment method: Get-PolarPortalPaymentMethod lists those that are saved.",
        ["PaymentActionRequired"] =
            "The bank asks for a confirmation of the payment, which the customer portal asks for in a browser.",
        ["PaymentAlreadyInProgress"] =
            "Wait some seconds, then look at Get-PolarPortalOrderPaymentStatus -OrderId {0} before trying again.",
        ["OrderNotEligibleForRetry"] =
            "Get-PolarPortalOrder -Id {0} shows its status. Only an order of a subscription whose payment has failed is paid again.",
        ["ManualRetryLimitExceeded"] =
            "Get-PolarPortalOrder -Id {0} shows when Polar tries again: NextPaymentAttemptAt.",
        ["PaymentRetryValidationError"] = "Get-PolarPortalPaymentMethod lists the payment methods that are saved.",
    };

    private const string NotAllowed =
        "The seller decides what customers may change themselves in the customer portal; ask the seller.";

    /// <summary>All texts for sellers, for the test that holds them against the module.</summary>
    internal static IReadOnlyCollection<string> Texts => ByError.Values;

    /// <summary>All texts for customers, those for sellers included that serve both; for the same test.</summary>
    internal static IReadOnlyCollection<string> TextsForCustomers =>
        [
            .. ByErrorOfCustomers
                .Keys.Union(ByError.Keys)
                .Select(error => Find(error, isForCustomer: true))
                .OfType<string>(),
        ];

    /// <summary>The advice; null if there is none.</summary>
    public static string? For(PolarException exception, ErrorSubject subject, PolarCmdlet cmdlet)
    {
        var id = subject is { IsNew: false, Key: "id", Target: string target } ? Redactor.Redact(target) : null;
        if (exception.ErrorName is { } error && Find(error, cmdlet is IPortalCmdlet) is { } text)
        {
            return Fill(text, id);
        }

        // The object's state explains why it does not allow something.
        return
            id is not null
            && exception
                is PolarConflictException
                    or PolarPaymentException
                    or PolarValidationException
                    or PolarPermissionException { ScopeMissing: false }
            && CmdletTypes.GetterOf(subject.Kind, Sides.Of(cmdlet.GetType())) is { } command
            ? $"{command} -Id {id} shows the {subject.Kind} as it is now."
            : null;
    }

    private static string? Find(string error, bool isForCustomer) =>
        isForCustomer && ByErrorOfCustomers.TryGetValue(error, out var own) ? own
        : !ByError.TryGetValue(error, out var text) ? null
        : isForCustomer ? PortalAdvice.Of(text)
        : text;

    // Where the id is not known, the command alone helps.
    private static string Fill(string text, string? id) =>
        id is not null
            ? string.Format(CultureInfo.InvariantCulture, text, id)
            : text.Replace(" -Id {0}", string.Empty)
                .Replace(" -OrderId {0}", string.Empty)
                .Replace(" -SubscriptionId {0}", string.Empty);
}
