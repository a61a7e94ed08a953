namespace PolarPS.Client;

/// <summary>The customer's own data, email address and payment methods.</summary>
public class PortalCustomerResource
{
    private const string Root = "/v1/customer-portal/customers/me";

    // Not that of a connection's token, which is not sent.
    private const string InvalidToken = "InvalidCustomerEmailUpdate";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalCustomerResource() => _connection = ApiConnection.StandIn;

    internal PortalCustomerResource(ApiConnection connection) => _connection = connection;

    /// <summary>The customer. Operation <c>customer_portal:customers:get</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The customer.</returns>
    public virtual Task<Customer> GetAsync(CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(Root), ModelReaders.Customer, cancellationToken);

    /// <summary>
    /// Changes the customer's data. Operation <c>customer_portal:customers:update</c>; not sent twice where it changes the payment
    /// method, since an overdue payment may be tried with the new one.
    /// </summary>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The customer after the change.</returns>
    public virtual Task<Customer> UpdateAsync(PortalCustomerUpdate body, CancellationToken cancellationToken = default)
    {
        var repeatable = !body.FieldNames().Contains("default_payment_method_id");
        return _connection.SendAsync(
            ApiRequest.Update(Root, body, repeatable).MovingMoney(!repeatable),
            ModelReaders.Customer,
            cancellationToken
        );
    }

    /// <summary>
    /// Asks for another email address: Polar writes to it, with a token to confirm. Operation
    /// <c>customer_portal:customers:request_email_update</c>; never sent twice.
    /// </summary>
    /// <param name="email">The new address.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When Polar has accepted it.</returns>
    public virtual Task RequestEmailUpdateAsync(string email, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Post(Root + "/email-update/request", new CustomerEmailUpdateRequest { Email = email }),
            cancellationToken
        );

    /// <summary>
    /// Finds out whether a token from such a mail is still valid; needs no session. Operation
    /// <c>customer_portal:customers:check_email_update</c>.
    /// </summary>
    /// <param name="token">The token from the mail.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is valid.</returns>
    /// <exception cref="PolarAuthenticationException">The token is invalid or has expired.</exception>
    public virtual Task CheckEmailUpdateAsync(string token, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest
                .Get(Root + "/email-update/check" + new QueryBuilder().Add("token", token))
                .With(ApiRequest.NoToken),
            cancellationToken,
            mayBeJson: false
        );

    /// <summary>
    /// Whether a token from such a mail is still valid: the answer to <see cref="CheckEmailUpdateAsync"/> as a value; needs no
    /// session. Operation <c>customer_portal:customers:check_email_update</c>.
    /// </summary>
    /// <param name="token">The token from the mail.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>true, or false where the token is unknown, has expired or was used.</returns>
    /// <exception cref="PolarException">Unknown: Polar's response does not say.</exception>
    public virtual async Task<bool> TestEmailUpdateAsync(string token, CancellationToken cancellationToken = default)
    {
        try
        {
            await CheckEmailUpdateAsync(token, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PolarAuthenticationException exception) when (exception.ErrorName == InvalidToken)
        {
            return false;
        }
    }

    /// <summary>
    /// Confirms another email address; needs no session. Operation <c>customer_portal:customers:verify_email_update</c>; never sent
    /// twice, the token is single use.
    /// </summary>
    /// <param name="token">The token from the mail.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A token for a session of the customer with the new address.</returns>
    /// <exception cref="PolarAuthenticationException">The token is invalid or has expired.</exception>
    public virtual Task<CustomerEmailUpdateVerification> VerifyEmailUpdateAsync(
        string token,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest
                .Post(Root + "/email-update/verify", new CustomerEmailUpdateVerify { Token = token })
                .With(ApiRequest.NoToken),
            ModelReaders.CustomerEmailUpdateVerification,
            cancellationToken
        );

    /// <summary>The customer's saved payment methods. Operation <c>customer_portal:customers:list_payment_methods</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<PaymentMethod> ListPaymentMethods(PaymentMethodQuery? query = null) =>
        new(
            _connection,
            Root + "/payment-methods",
            query ?? new PaymentMethodQuery(),
            ModelReaders.ListEnvelopePaymentMethod,
            item => item.Id
        );

    /// <summary>
    /// One payment method. Polar has no operation for a single one; it is looked for in the list. Operation
    /// <c>customer_portal:customers:list_payment_methods</c>.
    /// </summary>
    /// <param name="id">The payment method's id.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The payment method.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such payment method.</exception>
    public virtual Task<PaymentMethod> GetPaymentMethodAsync(
        string id,
        CancellationToken cancellationToken = default
    ) => ListPaymentMethods().FindAsync(id, "payment method", Root + "/payment-methods", cancellationToken);

    /// <summary>Saves a payment method. Operation <c>customer_portal:customers:add_payment_method</c>; never sent twice.</summary>
    /// <param name="body">The payment processor's token for it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The payment method, or what the customer has to do before it is saved.</returns>
    /// <exception cref="PolarValidationException">The payment processor refused it.</exception>
    public virtual Task<PaymentMethodSetup> AddPaymentMethodAsync(
        CustomerPaymentMethodCreate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            // What is overdue is charged to a new default.
            ApiRequest.Post(Root + "/payment-methods", body).MovingMoney(body.SetDefault == true),
            ModelReaders.PaymentMethodSetup,
            cancellationToken
        );

    /// <summary>Saves a payment method after the customer has completed the required step. Operation <c>customer_portal:customers:confirm_payment_method</c>; never sent twice.</summary>
    /// <param name="body">The payment processor's name of the attempt.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The payment method, or what remains to be done.</returns>
    public virtual Task<PaymentMethodSetup> ConfirmPaymentMethodAsync(
        CustomerPaymentMethodConfirm body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(Root + "/payment-methods/confirm", body).MovingMoney(body.SetDefault == true),
            ModelReaders.PaymentMethodSetup,
            cancellationToken
        );

    /// <summary>Deletes a payment method. Operation <c>customer_portal:customers:delete_payment_method</c>.</summary>
    /// <param name="id">The payment method's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="PolarValidationException">A subscription in force needs it.</exception>
    public virtual Task DeletePaymentMethodAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(ApiPath.Of(Root + "/payment-methods/", id), cancellationToken);
}
