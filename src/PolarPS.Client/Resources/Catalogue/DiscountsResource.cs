namespace PolarPS.Client;

/// <summary>Discounts on prices.</summary>
public class DiscountsResource
{
    private const string Root = "/v1/discounts/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected DiscountsResource() => _connection = ApiConnection.StandIn;

    internal DiscountsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All discounts, or those that match. Operation <c>discounts:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Discount> List(DiscountQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new DiscountQuery(),
            ModelReaders.ListEnvelopeDiscount,
            discount => discount.Id
        );

    /// <summary>One discount. Operation <c>discounts:get</c>.</summary>
    /// <param name="id">The discount's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The discount.</returns>
    /// <exception cref="PolarNotFoundException">There is no such discount.</exception>
    public virtual Task<Discount> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Discount, cancellationToken);

    /// <summary>Makes a discount. Operation <c>discounts:create</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new discount.</returns>
    public virtual Task<Discount> CreateAsync(DiscountCreate body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.Discount, cancellationToken);

    /// <summary>Changes a discount. Operation <c>discounts:update</c>.</summary>
    /// <param name="id">The discount's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The discount after the change.</returns>
    public virtual Task<Discount> UpdateAsync(
        string id,
        DiscountUpdate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Update(ApiPath.Of(Root, id), body), ModelReaders.Discount, cancellationToken);

    /// <summary>Deletes a discount; subscriptions that have it keep it. Operation <c>discounts:delete</c>.</summary>
    /// <param name="id">The discount's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(ApiPath.Of(Root, id), cancellationToken);
}
