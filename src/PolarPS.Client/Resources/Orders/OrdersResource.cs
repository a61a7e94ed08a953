namespace PolarPS.Client;

/// <summary>Purchases, and the periods of subscriptions, with their invoices and receipts.</summary>
public class OrdersResource : IOrderDocuments
{
    private const string Root = "/v1/orders/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected OrdersResource() => _connection = ApiConnection.StandIn;

    internal OrdersResource(ApiConnection connection) => _connection = connection;

    /// <summary>All orders, or those that match. Operation <c>orders:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Order> List(OrderQuery? query = null) =>
        new(_connection, Root, query ?? new OrderQuery(), ModelReaders.ListEnvelopeOrder, item => item.Id);

    /// <summary>One order. Operation <c>orders:get</c>.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The order.</returns>
    /// <exception cref="PolarNotFoundException">There is no such order.</exception>
    public virtual Task<Order> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Order, cancellationToken);

    /// <summary>Makes a draft of an order for a customer who is not present; <see cref="FinalizeAsync"/> charges for it. Operation <c>orders:create</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The draft.</returns>
    public virtual Task<Order> CreateAsync(OrderCreate body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.Order, cancellationToken);

    /// <summary>Changes the billing details of an order's invoice. Operation <c>orders:update</c>.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The order after the change.</returns>
    public virtual Task<Order> UpdateAsync(
        string id,
        OrderUpdate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Update(ApiPath.Of(Root, id), body), ModelReaders.Order, cancellationToken);

    /// <summary>Charges for a draft. Operation <c>orders:finalize</c>; never sent twice.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="body">How to charge; null for the customer's default payment method.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The order after the change.</returns>
    /// <exception cref="PolarPaymentException">The payment failed, or needs the customer; the order is still a draft.</exception>
    /// <exception cref="PolarConflictException">The order is no draft.</exception>
    public virtual Task<Order> FinalizeAsync(
        string id,
        OrderFinalize? body = null,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.Of(Root, id, "/finalize"), body).MovingMoney(),
            ModelReaders.Order,
            cancellationToken
        );

    /// <summary>
    /// Generates an order's invoice, which takes a few seconds, and again after its name or address has changed. Operation
    /// <c>orders:generate_invoice</c>; may be repeated.
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

    /// <summary>Where an order's invoice can be downloaded. Operation <c>orders:invoice</c>.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>An address that is valid for a few minutes.</returns>
    /// <exception cref="PolarNotFoundException">There is no such order, or its invoice has not been generated yet.</exception>
    public virtual Task<OrderInvoice> GetInvoiceAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.Of(Root, id, "/invoice")),
            ModelReaders.OrderInvoice,
            cancellationToken
        );

    /// <summary>Where an order's receipt can be downloaded. Operation <c>orders:receipt</c>.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// An address that is valid for a few minutes; null while Polar is still generating the receipt, which this call has started: ask
    /// again in some seconds.
    /// </returns>
    /// <exception cref="PolarNotFoundException">There is no such order, or it has no receipt, as it has not been paid.</exception>
    public virtual Task<OrderReceipt?> GetReceiptAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendUnlessPendingAsync(
            ApiRequest.Get(ApiPath.Of(Root, id, "/receipt")),
            ModelReaders.OrderReceipt,
            cancellationToken
        );

    /// <summary>Orders as CSV, streamed. Operation <c>orders:export</c>.</summary>
    /// <param name="query">Filters and columns; null for everything.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The text as it arrives, with a header row; dispose of it.</returns>
    public virtual Task<StreamedResponse> ExportAsync(
        OrderExportQuery? query = null,
        CancellationToken cancellationToken = default
    )
    {
        var filters = new QueryBuilder();
        query?.AddTo(filters);
        return _connection.OpenCsvAsync(ApiRequest.Get(Root + "export" + filters), cancellationToken);
    }
}
