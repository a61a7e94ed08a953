namespace PolarPS.Client;

/// <summary>The custom fields that checkouts can ask for.</summary>
public class CustomFieldsResource
{
    private const string Root = "/v1/custom-fields/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected CustomFieldsResource() => _connection = ApiConnection.StandIn;

    internal CustomFieldsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All custom fields, or those that match. Operation <c>custom-fields:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<CustomField> List(CustomFieldQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new CustomFieldQuery(),
            ModelReaders.ListEnvelopeCustomField,
            customField => customField.Id
        );

    /// <summary>One custom field. Operation <c>custom-fields:get</c>.</summary>
    /// <param name="id">The custom field's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The custom field.</returns>
    /// <exception cref="PolarNotFoundException">There is no such custom field.</exception>
    public virtual Task<CustomField> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.CustomField, cancellationToken);

    /// <summary>Makes a custom field. Operation <c>custom-fields:create</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new custom field.</returns>
    public virtual Task<CustomField> CreateAsync(
        CustomFieldCreate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.CustomField, cancellationToken);

    /// <summary>Changes a custom field. Operation <c>custom-fields:update</c>.</summary>
    /// <param name="id">The custom field's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The custom field after the change.</returns>
    public virtual Task<CustomField> UpdateAsync(
        string id,
        CustomFieldUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Root, id), body),
            ModelReaders.CustomField,
            cancellationToken
        );

    /// <summary>Deletes a custom field; checkouts no longer ask for it. Operation <c>custom-fields:delete</c>.</summary>
    /// <param name="id">The custom field's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(ApiPath.Of(Root, id), cancellationToken);
}
