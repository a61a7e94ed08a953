namespace PolarPS.Client.Models;

/// <summary>What a customer changes of their own data; only what is set is changed.</summary>
public sealed class PortalCustomerUpdate : RequestBody
{
    /// <summary>The name on invoices; null for none.</summary>
    public string? BillingName
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address on invoices; null for none.</summary>
    public AddressInput? BillingAddress
    {
        get => Get<AddressInput?>();
        set => Set(value);
    }

    /// <summary>The tax number; null for none.</summary>
    public string? TaxId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the payment method that is charged.</summary>
    public string? DefaultPaymentMethodId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>Another email address.</summary>
public sealed class CustomerEmailUpdateRequest : RequestBody
{
    /// <summary>The new address.</summary>
    public string? Email
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>That another email address is confirmed.</summary>
public sealed class CustomerEmailUpdateVerify : RequestBody
{
    /// <summary>The token from the mail. A secret.</summary>
    public string? Token
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>A payment method to save.</summary>
public sealed class CustomerPaymentMethodCreate : RequestBody
{
    /// <summary>The payment processor's token for it.</summary>
    public string? ConfirmationTokenId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Whether it is charged from now on.</summary>
    public bool? SetDefault
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>Where the customer returns to from their bank's page.</summary>
    public string? ReturnUrl
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>A payment method to save after the customer has completed the required step.</summary>
public sealed class CustomerPaymentMethodConfirm : RequestBody
{
    /// <summary>The payment processor's name of the attempt.</summary>
    public string? SetupIntentId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Whether it is charged from now on.</summary>
    public bool? SetDefault
    {
        get => Get<bool?>();
        set => Set(value);
    }
}

/// <summary>Which account or email address a benefit is for.</summary>
public sealed class BenefitGrantUpdate : RequestBody
{
    /// <summary>The kind of benefit, such as <c>discord</c>. Needed.</summary>
    public string? BenefitType
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What to set; for kinds that take something.</summary>
    public BenefitGrantPropertiesInput? Properties
    {
        get => Get<BenefitGrantPropertiesInput?>();
        set => Set(value);
    }
}

/// <summary>What a customer sets of a grant.</summary>
public sealed class BenefitGrantPropertiesInput : RequestBody
{
    /// <summary><c>discord</c>, <c>github_repository</c>: one of the customer's accounts there; null to take it off.</summary>
    public string? AccountId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>slack_shared_channel</c>: the email address to invite.</summary>
    public string? InvitedEmail
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>A member to add. <see cref="Email"/> is needed.</summary>
public sealed class PortalMemberCreate : RequestBody
{
    /// <summary>The email address.</summary>
    public string? Email
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The name; null for none.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What the member may do: <c>member</c>, which is the default, or <c>billing_manager</c>.</summary>
    public string? Role
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a member; only what is set is changed.</summary>
public sealed class PortalMemberUpdate : RequestBody
{
    /// <summary>The name, at most 256 characters; null for none.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What the member may do: <c>owner</c>, <c>billing_manager</c> or <c>member</c>.</summary>
    public string? Role
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to pay an order with; one of the two ids.</summary>
public sealed class OrderConfirmPayment : RequestBody
{
    /// <summary>The payment processor's token for a new payment method.</summary>
    public string? ConfirmationTokenId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of a saved payment method.</summary>
    public string? PaymentMethodId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Who handles the payment: <c>stripe</c>.</summary>
    public string? PaymentProcessor
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>One change that a customer makes of a subscription: Polar takes one kind at a time.</summary>
public sealed class PortalSubscriptionUpdate : RequestBody
{
    // Another product or quantity may be billed at once, and a pause that ends is.
    internal bool MayCharge => FieldNames().Any(name => name is "product_id" or "seats" or "units" or "resume");

    /// <summary>The id of the product to change to.</summary>
    public string? ProductId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The number of seats from now on.</summary>
    public int? Seats
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The number of units from now on, from 1.</summary>
    public int? Units
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>true ends it with the current period; false undoes that.</summary>
    public bool? CancelAtPeriodEnd
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>With <see cref="CancelAtPeriodEnd"/>, why: <c>customer_service</c>, <c>low_quality</c>, <c>missing_features</c>, <c>switched_service</c>, <c>too_complex</c>, <c>too_expensive</c>, <c>unused</c>, <c>other</c>; null if not said.</summary>
    public string? CancellationReason
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>With <see cref="CancelAtPeriodEnd"/>, the customer's own words; null for none.</summary>
    public string? CancellationComment
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>true pauses it when the current period ends; false undoes that.</summary>
    public bool? PauseAtPeriodEnd
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>With <see cref="PauseAtPeriodEnd"/>, when it resumes automatically; null for until it is resumed.</summary>
    public DateTimeOffset? ResumesAt
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>true ends a pause. A new period starts and is charged immediately.</summary>
    public bool? Resume
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>null drops a change that waits for the next period.</summary>
    public object? PendingUpdate
    {
        get => Get<object?>();
        set => Set(value);
    }

    internal void EnsureOneKind()
    {
        var kinds = FieldNames()
            .Select(static name =>
                name switch
                {
                    "cancellation_reason" or "cancellation_comment" => "cancel_at_period_end",
                    "resumes_at" => "pause_at_period_end",
                    _ => name,
                }
            )
            .Distinct()
            .ToList();
        if (kinds.Count > 1)
        {
            throw new ArgumentException(
                $"Polar accepts one kind of change to a subscription at a time, not {string.Join(" and ", kinds)}."
            );
        }
    }
}
