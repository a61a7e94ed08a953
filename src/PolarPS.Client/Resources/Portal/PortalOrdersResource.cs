namespace PolarPS.Client;

/// <summary>The customer's orders, their payment, invoices and receipts.</summary>
public class PortalOrdersResource : IOrderDocuments
{
    private const string Root = "/v1/customer-portal/orders/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalOrdersResource() => _connection = ApiConnection.StandIn;

    internal PortalOrdersResource(ApiConnection connection) => _connection = connection;

    /// <summary>All orders, or those that match. Operation <c>customer_portal:orders:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Order> List(PortalOrderQuery? query = null) =>
        new(_connection, Root, query ?? new PortalOrderQuery(), ModelReaders.ListEnvelopeOrder, item => item.Id);

    /// <summary>One order. Operation <c>customer_portal:orders:get</c>.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The order.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such order.</exception>
    public virtual Task<Order> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Order, cancellationToken);

    /// <summary>Changes the billing details of an order's invoice. Operation <c>customer_portal:orders:update</c>.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The order after the change.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such order.</exception>
    public virtual Task<Order> UpdateAsync(
        string id,
        OrderUpdate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Update(ApiPath.Of(Root, id), body), ModelReaders.Order, cancellationToken);

    /// <summary>The payment status of an order. Operation <c>customer_portal:orders:get_payment_status</c>.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The state.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such order.</exception>
    public virtual Task<OrderPaymentStatus> GetPaymentStatusAsync(
        string id,
        CancellationToken cancellationToken = default
    ) => SendAsync(ApiRequest.Get(ApiPath.Of(Root, id, "/payment-status")), id, cancellationToken);

    /// <summary>Tries again to pay for an order. Operation <c>customer_portal:orders:confirm_retry_payment</c>; never sent twice.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="body">What to pay with.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How it went, or what the customer has to do.</returns>
    /// <exception cref="PolarConflictException">A payment is in progress.</exception>
    /// <exception cref="PolarRateLimitException">The limit of attempts is reached; waiting does not help.</exception>
    /// <exception cref="PolarValidationException">The order is not to be paid.</exception>
    public virtual Task<OrderPaymentStatus> ConfirmRetryPaymentAsync(
        string id,
        OrderConfirmPayment body,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(ApiRequest.Post(ApiPath.Of(Root, id, "/confirm-payment"), body).MovingMoney(), id, cancellationToken);

    /// <summary>
    /// Generates an order's invoice, which takes a few seconds, and again after its name or address has changed. Operation
    /// <c>customer_portal:orders:generate_invoice</c>; may be repeated.
    /// </summary>
    /// <param name="id">The order's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When Polar has accepted the task; <see cref="GetInvoiceAsync"/> then says when it is done.</returns>
    /// <exception cref="PolarConflictException">The order is a draft or void.</exception>
    /// <exception cref="PolarValidationException">The name or the address for the invoice is missing.</exception>
    public virtual Task GenerateInvoiceAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.Of(Root, id, "/invoice"), body: null, repeatable: true),
            cancellationToken
        );

    /// <summary>Where an order's invoice can be downloaded. Operation <c>customer_portal:orders:invoice</c>.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>An address that is valid for a few minutes.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such order, or its invoice has not been generated yet.</exception>
    public virtual Task<OrderInvoice> GetInvoiceAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.Of(Root, id, "/invoice")),
            ModelReaders.OrderInvoice,
            cancellationToken
        );

    /// <summary>Where an order's receipt can be downloaded. Operation <c>customer_portal:orders:receipt</c>.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// An address that is valid for a few minutes; null while Polar is still generating the receipt, which this call has started: ask
    /// again in some seconds.
    /// </returns>
    /// <exception cref="PolarNotFoundException">The customer has no such order, or it has not been paid.</exception>
    public virtual Task<OrderReceipt?> GetReceiptAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendUnlessPendingAsync(
            ApiRequest.Get(ApiPath.Of(Root, id, "/receipt")),
            ModelReaders.OrderReceipt,
            cancellationToken
        );

    private async Task<OrderPaymentStatus> SendAsync(ApiRequest request, string id, CancellationToken cancellationToken)
    {
        var status = await _connection
            .SendAsync(request, ModelReaders.OrderPaymentStatus, cancellationToken)
            .ConfigureAwait(false);
        // Of several asked for one after the other, which is it?
        status.OrderId ??= id;
        return status;
    }
}
