namespace PolarPS.Client;

/// <summary>What counts events for billing.</summary>
public class MetersResource
{
    private const string Root = "/v1/meters/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected MetersResource() => _connection = ApiConnection.StandIn;

    internal MetersResource(ApiConnection connection) => _connection = connection;

    /// <summary>All meters, or those that match. Operation <c>meters:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Meter> List(MeterQuery? query = null) =>
        new(_connection, Root, query ?? new MeterQuery(), ModelReaders.ListEnvelopeMeter, item => item.Id);

    /// <summary>One meter. Operation <c>meters:get</c>.</summary>
    /// <param name="id">The meter's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The meter.</returns>
    /// <exception cref="PolarNotFoundException">There is no such meter.</exception>
    public virtual Task<Meter> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Meter, cancellationToken);

    /// <summary>Makes a meter. Operation <c>meters:create</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new meter.</returns>
    public virtual Task<Meter> CreateAsync(MeterCreate body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.Meter, cancellationToken);

    /// <summary>Changes a meter. Operation <c>meters:update</c>.</summary>
    /// <param name="id">The meter's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The meter after the change.</returns>
    public virtual Task<Meter> UpdateAsync(
        string id,
        MeterUpdate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Update(ApiPath.Of(Root, id), body), ModelReaders.Meter, cancellationToken);

    /// <summary>What a meter counted, period by period. Operation <c>meters:quantities</c>.</summary>
    /// <param name="id">The meter's id.</param>
    /// <param name="query">The time and its periods, and what to count.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The periods and their total.</returns>
    /// <exception cref="PolarNotFoundException">There is no such meter.</exception>
    public virtual async Task<MeterQuantities> GetQuantitiesAsync(
        string id,
        MeterQuantitiesQuery query,
        CancellationToken cancellationToken = default
    )
    {
        var filters = new QueryBuilder();
        query.AddTo(filters);
        var counted = await _connection
            .SendAsync(
                ApiRequest.Get(ApiPath.Of(Root, id, "/quantities") + filters),
                ModelReaders.MeterQuantities,
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var quantity in counted.Quantities ?? [])
        {
            // Of several meters' periods each says whose it is.
            quantity.MeterId = id;
        }

        return counted;
    }
}
