namespace PolarPS.Client;

/// <summary>The products that an organization sells.</summary>
public class ProductsResource
{
    private const string Root = "/v1/products/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected ProductsResource() => _connection = ApiConnection.StandIn;

    internal ProductsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All products, or those that match. Operation <c>products:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Product> List(ProductQuery? query = null) =>
        new(_connection, Root, query ?? new ProductQuery(), ModelReaders.ListEnvelopeProduct, product => product.Id);

    /// <summary>One product. Operation <c>products:get</c>.</summary>
    /// <param name="id">The product's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The product.</returns>
    /// <exception cref="PolarNotFoundException">There is no such product.</exception>
    public virtual Task<Product> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Product, cancellationToken);

    /// <summary>Makes a product. Operation <c>products:create</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new product.</returns>
    public virtual Task<Product> CreateAsync(ProductCreate body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.Product, cancellationToken);

    /// <summary>Changes a product. Operation <c>products:update</c>.</summary>
    /// <param name="id">The product's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The product after the change.</returns>
    public virtual Task<Product> UpdateAsync(
        string id,
        ProductUpdate body,
        CancellationToken cancellationToken = default
    )
    {
        // A second call would make the new prices a second time.
        var repeatable = body.Prices?.All(price => price.Id is not null) ?? true;
        return _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Root, id), body, repeatable),
            ModelReaders.Product,
            cancellationToken
        );
    }

    /// <summary>
    /// Changes a product, unless it is so already: reads it, compares, and sends nothing where nothing would change. New prices
    /// that are equal to present ones are kept. Operation <c>products:update</c>, and <c>products:get</c> before it.
    /// </summary>
    /// <param name="id">The product's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The product after the change.</returns>
    public virtual async Task<Product> UpdateIfChangedAsync(
        string id,
        ProductUpdate body,
        CancellationToken cancellationToken = default
    )
    {
        var current = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        var comparison = UpdateComparison.Of(current, body);
        return comparison.ChangesNothing
            ? current
            : await UpdateAsync(id, body.With(comparison.Prices), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a product that nothing has ever referred to. Operation <c>products:delete</c>.</summary>
    /// <param name="id">The product's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="PolarConflictException">Something refers to it; archive it instead.</exception>
    public virtual Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(ApiPath.Of(Root, id), cancellationToken);

    /// <summary>Says which benefits a product has. Operation <c>products:update_benefits</c>; may be repeated, it replaces the list.</summary>
    /// <param name="id">The product's id.</param>
    /// <param name="benefitIds">The ids of all its benefits, in order; empty for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The product after the change.</returns>
    public virtual Task<Product> UpdateBenefitsAsync(
        string id,
        IReadOnlyList<string> benefitIds,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(
                ApiPath.Of(Root, id, "/benefits"),
                new ProductBenefitsUpdate { Benefits = benefitIds },
                repeatable: true
            ),
            ModelReaders.Product,
            cancellationToken
        );

    /// <summary>
    /// Sets which benefits a product has, unless it has just these in this order. Operation <c>products:update_benefits</c>, and
    /// <c>products:get</c> before it.
    /// </summary>
    /// <param name="id">The product's id.</param>
    /// <param name="benefitIds">The ids of all its benefits, in order; empty for none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The product after the change.</returns>
    public virtual async Task<Product> UpdateBenefitsIfChangedAsync(
        string id,
        IReadOnlyList<string> benefitIds,
        CancellationToken cancellationToken = default
    )
    {
        var current = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        return UpdateComparison.Of(current, new ProductBenefitsUpdate { Benefits = benefitIds }).ChangesNothing
            ? current
            : await UpdateBenefitsAsync(id, benefitIds, cancellationToken).ConfigureAwait(false);
    }
}
