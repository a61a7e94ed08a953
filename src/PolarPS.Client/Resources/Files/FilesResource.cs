using System.Net.Http;

namespace PolarPS.Client;

/// <summary>The files that Polar stores: for buyers, and of products and organizations.</summary>
public class FilesResource
{
    private const string Root = "/v1/files/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected FilesResource() => _connection = ApiConnection.StandIn;

    /// <summary>Reaches the store beside Polar; null where there is none.</summary>
    internal HttpClient? StoreClient => _connection.StoreClient;

    internal FilesResource(ApiConnection connection) => _connection = connection;

    /// <summary>All files that were uploaded whole, or those that match. Operation <c>files:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<PolarFile> List(FileQuery? query = null) =>
        new(_connection, Root, query ?? new FileQuery(), ModelReaders.ListEnvelopePolarFile, file => file.Id);

    /// <summary>
    /// One file by its id. Polar has no operation for that, so it is asked for in the list (operation <c>files:list</c>).
    /// </summary>
    /// <param name="id">The file's id.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The file.</returns>
    /// <exception cref="PolarNotFoundException">There is no such file, or its upload was not completed.</exception>
    public virtual async Task<PolarFile> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        var query = new FileQuery { Ids = [id ?? throw new ArgumentNullException(nameof(id))] };
        await foreach (var file in List(query).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(file.Id, id, StringComparison.OrdinalIgnoreCase))
            {
                return file;
            }
        }

        throw new PolarNotFoundException("There is no such file.", new FailedCall("GET", Root, StatusCode: 404));
    }

    /// <summary>Announces a new file, and returns where to upload its parts. Operation <c>files:create</c>; never sent twice.</summary>
    /// <param name="body">What it is, and how it is cut into parts.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file, with where its parts go.</returns>
    public virtual Task<PolarFile> CreateAsync(FileCreate body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.PolarFile, cancellationToken);

    /// <summary>Completes a file whose parts have all been uploaded. Operation <c>files:uploaded</c>; never sent twice.</summary>
    /// <param name="id">The file's id.</param>
    /// <param name="body">What was uploaded.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file, complete.</returns>
    public virtual Task<PolarFile> UploadedAsync(
        string id,
        FileUploadCompleted body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.Of(Root, id, "/uploaded"), body),
            ModelReaders.PolarFile,
            cancellationToken
        );

    /// <summary>Changes the names of a file. Operation <c>files:update</c>.</summary>
    /// <param name="id">The file's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file after the change.</returns>
    public virtual Task<PolarFile> UpdateAsync(
        string id,
        FileUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(ApiRequest.Update(ApiPath.Of(Root, id), body), ModelReaders.PolarFile, cancellationToken);

    /// <summary>Deletes a file. Operation <c>files:delete</c>.</summary>
    /// <param name="id">The file's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(ApiPath.Of(Root, id), cancellationToken);
}
