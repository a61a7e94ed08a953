namespace PolarPS.Client;

/// <summary>
/// Those who buy, by Polar's id or by your own. An id of yours with a slash in it cannot be part of an address; such a
/// customer is reached by Polar's id only.
/// </summary>
public class CustomersResource
{
    private const string Root = "/v1/customers/";

    private const string ExternalRoot = "/v1/customers/external/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected CustomersResource() => _connection = ApiConnection.StandIn;

    internal CustomersResource(ApiConnection connection) => _connection = connection;

    /// <summary>All customers, or those that match. Operation <c>customers:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Customer> List(CustomerQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new CustomerQuery(),
            ModelReaders.ListEnvelopeCustomer,
            customer => customer.Id
        );

    /// <summary>One customer. Operation <c>customers:get</c>.</summary>
    /// <param name="id">The customer's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The customer.</returns>
    /// <exception cref="PolarNotFoundException">There is no such customer.</exception>
    public virtual Task<Customer> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Customer, cancellationToken);

    /// <summary>Makes a customer. Operation <c>customers:create</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new customer.</returns>
    public virtual Task<Customer> CreateAsync(CustomerCreate body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.Customer, cancellationToken);

    /// <summary>Changes a customer. Operation <c>customers:update</c>.</summary>
    /// <param name="id">The customer's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The customer after the change.</returns>
    public virtual Task<Customer> UpdateAsync(
        string id,
        CustomerUpdate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Update(ApiPath.Of(Root, id), body), ModelReaders.Customer, cancellationToken);

    /// <summary>Deletes a customer: ends all subscriptions and revokes all benefits immediately. Operation <c>customers:delete</c>.</summary>
    /// <param name="id">The customer's id.</param>
    /// <param name="anonymize">Whether name, email address and the like are anonymized too.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteAsync(string id, bool anonymize = false, CancellationToken cancellationToken = default) =>
        RemoveAsync(ApiPath.Of(Root, id), anonymize, cancellationToken);

    /// <summary>One customer by your own id. Operation <c>customers:get_external</c>.</summary>
    /// <param name="externalId">Your own id of the customer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The customer.</returns>
    /// <exception cref="PolarConflictException">The token has access to several organizations, and more than one has such a customer.</exception>
    public virtual Task<Customer> GetExternalAsync(string externalId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.OfExternal(ExternalRoot, externalId)),
            ModelReaders.Customer,
            cancellationToken
        );

    /// <summary>The same as <see cref="FindExternalAsync"/>, where there has to be one.</summary>
    /// <exception cref="PolarNotFoundException">There is none.</exception>
    internal async Task<Customer> RequireExternalAsync(string externalId, CancellationToken cancellationToken) =>
        await FindExternalAsync(externalId, cancellationToken).ConfigureAwait(false)
        ?? throw new PolarNotFoundException("There is no such customer.", new FailedCall("GET", Root, StatusCode: 404));

    /// <summary>
    /// One customer by your own id, or null where there is none. One with a slash in it, which cannot be part of an address,
    /// is looked for in the list (operation <c>customers:list</c>).
    /// </summary>
    /// <param name="externalId">Your own id of the customer.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The customer; null for none.</returns>
    /// <exception cref="PolarConflictException">The token reaches several organizations, and more than one has such a customer.</exception>
    /// <exception cref="PolarAmbiguousNameException">The same, of an id with a slash in it.</exception>
    public virtual async Task<Customer?> FindExternalAsync(
        string externalId,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return externalId.IndexOf('/') < 0
                ? await GetExternalAsync(externalId, cancellationToken).ConfigureAwait(false)
                : (Customer)
                    (
                        await new NameResolver(new PolarClient(_connection))
                            .FindAsync(
                                new NameResolver.Question(typeof(Customer), externalId, NameUse.Write)
                                {
                                    Only = NamedKind.ExternalId,
                                },
                                cancellationToken
                            )
                            .ConfigureAwait(false)
                    )[0];
        }
        catch (PolarNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Changes a customer by your own id, except that id and the kind. Operation <c>customers:update_external</c>.</summary>
    /// <param name="externalId">Your own id of the customer.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The customer after the change.</returns>
    public virtual Task<Customer> UpdateExternalAsync(
        string externalId,
        CustomerUpdateExternal body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.OfExternal(ExternalRoot, externalId), body),
            ModelReaders.Customer,
            cancellationToken
        );

    /// <summary>Deletes a customer: ends all subscriptions and revokes all benefits immediately. Operation <c>customers:delete_external</c>.</summary>
    /// <param name="externalId">Your own id of the customer.</param>
    /// <param name="anonymize">Whether name, email address and the like are anonymized too.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteExternalAsync(
        string externalId,
        bool anonymize = false,
        CancellationToken cancellationToken = default
    ) => RemoveAsync(ApiPath.OfExternal(ExternalRoot, externalId), anonymize, cancellationToken);

    /// <summary>A customer with everything that is active now. Operation <c>customers:get_state</c>.</summary>
    /// <param name="id">The customer's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The customer with subscriptions, benefits and meters.</returns>
    /// <exception cref="PolarNotFoundException">There is no such customer.</exception>
    public virtual Task<CustomerState> GetStateAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.Of(Root, id, "/state")),
            ModelReaders.CustomerState,
            cancellationToken
        );

    /// <summary>A customer with everything that is active now, by your own id. Operation <c>customers:get_state_external</c>.</summary>
    /// <param name="externalId">Your own id of the customer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The customer with subscriptions, benefits and meters.</returns>
    /// <exception cref="PolarNotFoundException">There is no such customer.</exception>
    public virtual Task<CustomerState> GetStateExternalAsync(
        string externalId,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.OfExternal(ExternalRoot, externalId, "/state")),
            ModelReaders.CustomerState,
            cancellationToken
        );

    /// <summary>The saved payment methods of a customer. Operation <c>customers:list_payment_methods</c>.</summary>
    /// <param name="id">The customer's id.</param>
    /// <param name="query">The extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<PaymentMethod> ListPaymentMethods(string id, PaymentMethodQuery? query = null) =>
        new(
            _connection,
            ApiPath.Of(Root, id, "/payment-methods"),
            query ?? new PaymentMethodQuery(),
            ModelReaders.ListEnvelopePaymentMethod,
            paymentMethod => paymentMethod.Id
        );

    /// <summary>The saved payment methods of a customer, by your own id. Operation <c>customers:list_payment_methods_external</c>.</summary>
    /// <param name="externalId">Your own id of the customer.</param>
    /// <param name="query">The extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<PaymentMethod> ListPaymentMethodsExternal(
        string externalId,
        PaymentMethodQuery? query = null
    ) =>
        new(
            _connection,
            ApiPath.OfExternal(ExternalRoot, externalId, "/payment-methods"),
            query ?? new PaymentMethodQuery(),
            ModelReaders.ListEnvelopePaymentMethod,
            paymentMethod => paymentMethod.Id
        );

    /// <summary>All customers as a CSV file, read while it arrives. Operation <c>customers:export</c>.</summary>
    /// <param name="query">Which organizations; null for all that the token has access to.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file's content and name; to be disposed of.</returns>
    public virtual Task<StreamedResponse> ExportAsync(
        CustomerExportQuery? query = null,
        CancellationToken cancellationToken = default
    ) =>
        _connection.OpenCsvAsync(
            ApiRequest.Get(Root + "export" + (query ?? new CustomerExportQuery()).ToQuery()),
            cancellationToken
        );

    // The subscriptions end, and the usage of their current meter periods is billed.
    private Task RemoveAsync(string path, bool anonymize, CancellationToken cancellationToken)
    {
        var query = anonymize ? new QueryBuilder().Add("anonymize", true).ToString() : string.Empty;
        return _connection.EndAsync(ApiRequest.Delete(path + query).MovingMoney(), cancellationToken);
    }
}
