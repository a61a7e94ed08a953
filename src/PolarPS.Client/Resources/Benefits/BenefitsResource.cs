namespace PolarPS.Client;

/// <summary>What buyers get.</summary>
public class BenefitsResource
{
    private const string Root = "/v1/benefits/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected BenefitsResource() => _connection = ApiConnection.StandIn;

    internal BenefitsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All benefits, or those that match. Operation <c>benefits:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Benefit> List(BenefitQuery? query = null) =>
        new(_connection, Root, query ?? new BenefitQuery(), ModelReaders.ListEnvelopeBenefit, benefit => benefit.Id);

    /// <summary>One benefit. Operation <c>benefits:get</c>.</summary>
    /// <param name="id">The benefit's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The benefit.</returns>
    /// <exception cref="PolarNotFoundException">There is no such benefit.</exception>
    public virtual Task<Benefit> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Benefit, cancellationToken);

    /// <summary>Makes a benefit. Operation <c>benefits:create</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new benefit.</returns>
    public virtual Task<Benefit> CreateAsync(BenefitCreate body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.Benefit, cancellationToken);

    /// <summary>Changes a benefit. Operation <c>benefits:update</c>.</summary>
    /// <param name="id">The benefit's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The benefit after the change.</returns>
    public virtual Task<Benefit> UpdateAsync(
        string id,
        BenefitUpdate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Update(ApiPath.Of(Root, id), body), ModelReaders.Benefit, cancellationToken);

    /// <summary>
    /// Changes a benefit, unless it is so already: Polar would grant it again to all who have it. Operation
    /// <c>benefits:update</c>, and <c>benefits:get</c> before it.
    /// </summary>
    /// <param name="id">The benefit's id.</param>
    /// <param name="body">The fields to change; properties are replaced as a whole.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The benefit after the change.</returns>
    public virtual async Task<Benefit> UpdateIfChangedAsync(
        string id,
        BenefitUpdate body,
        CancellationToken cancellationToken = default
    )
    {
        var current = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        return UpdateComparison.Of(current, body).ChangesNothing
            ? current
            : await UpdateAsync(id, body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Changes some properties of a benefit and keeps the others, unless it is so already: reads it, merges, compares, and sends
    /// nothing where nothing would change. Operation <c>benefits:update</c>, and <c>benefits:get</c> before it.
    /// </summary>
    /// <param name="id">The benefit's id.</param>
    /// <param name="change">What to change; the type may be missing.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The benefit after the change.</returns>
    /// <exception cref="ArgumentException">The change makes no sense for the benefit as it is.</exception>
    public virtual async Task<Benefit> MergeAsync(
        string id,
        BenefitUpdate change,
        CancellationToken cancellationToken = default
    )
    {
        var current = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        var update = BenefitRules.Merge(current, change);
        return UpdateComparison.Of(current, update).ChangesNothing
            ? current
            : await UpdateAsync(id, update, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a benefit and revokes it from all customers. Operation <c>benefits:delete</c>.</summary>
    /// <param name="id">The benefit's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(ApiPath.Of(Root, id), cancellationToken);

    /// <summary>The files of a benefit, and their download counts. Operation <c>benefits:files</c>.</summary>
    /// <param name="id">The benefit's id.</param>
    /// <param name="query">The extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<PolarFile> ListFiles(string id, BenefitFileQuery? query = null) =>
        new(
            _connection,
            ApiPath.Of(Root, id, "/files"),
            query ?? new BenefitFileQuery(),
            ModelReaders.ListEnvelopePolarFile,
            file => file.Id
        );

    /// <summary>Who has a benefit, or had it. Operation <c>benefits:grants</c>.</summary>
    /// <param name="id">The benefit's id.</param>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<BenefitGrant> ListGrants(string id, BenefitGrantOfBenefitQuery? query = null) =>
        new(
            _connection,
            ApiPath.Of(Root, id, "/grants"),
            query ?? new BenefitGrantOfBenefitQuery(),
            ModelReaders.ListEnvelopeBenefitGrant,
            benefitGrant => benefitGrant.Id
        );
}
