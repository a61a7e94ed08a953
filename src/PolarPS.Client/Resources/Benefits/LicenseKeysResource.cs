using System.Runtime.CompilerServices;

namespace PolarPS.Client;

/// <summary>The license keys of customers, as a server uses them.</summary>
public class LicenseKeysResource : ILicenseKeyUse
{
    private const string Root = "/v1/license-keys/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected LicenseKeysResource() => _connection = ApiConnection.StandIn;

    internal LicenseKeysResource(ApiConnection connection) => _connection = connection;

    /// <summary>All license keys, or those that match. Operation <c>license_keys:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<LicenseKey> List(LicenseKeyQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new LicenseKeyQuery(),
            ModelReaders.ListEnvelopeLicenseKey,
            licenseKey => licenseKey.Id
        );

    /// <summary>
    /// The license keys of customers, newest first, with where they are active. Polar's list has no filter for customers, so
    /// their grants are read (operation <c>benefit-grants:list</c>), and each key that they name (<c>license_keys:get</c>).
    /// </summary>
    /// <param name="customerIds">The customers' ids.</param>
    /// <param name="query">Filters and extent; null for everything.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The keys, each once, read while they are enumerated.</returns>
    public virtual async IAsyncEnumerable<LicenseKey> ListOfCustomersAsync(
        IReadOnlyList<string> customerIds,
        LicenseKeyQuery? query = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        if (customerIds is not { Count: > 0 })
        {
            // Without a customer it would be everybody's.
            throw new ArgumentException("At least one customer is needed.", nameof(customerIds));
        }

        query ??= new LicenseKeyQuery();
        var (left, skip) = (query.First ?? long.MaxValue, query.Skip);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var grants = new PagedList<BenefitGrant>(
            _connection,
            "/v1/benefit-grants/",
            new BenefitGrantQuery { CustomerId = customerIds, OrganizationId = query.OrganizationId },
            ModelReaders.ListEnvelopeBenefitGrant,
            grant => grant.Id
        );
        if (left <= 0)
        {
            yield break;
        }

        await foreach (var grant in grants.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (
                grant.Properties?.LicenseKeyId is not { } id
                || !IsAmong(query.BenefitId, grant.BenefitId)
                || !seen.Add(id)
                || await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } key
                || !IsAmong(query.Status, key.Status)
                || skip-- > 0
            )
            {
                continue;
            }

            yield return key;
            if (--left == 0)
            {
                yield break;
            }
        }
    }

    private static bool IsAmong(IReadOnlyList<string>? wanted, string? value) =>
        wanted is null || wanted.Contains(value, StringComparer.OrdinalIgnoreCase);

    // A grant outlives its key.
    private async Task<LicenseKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (PolarNotFoundException)
        {
            return null;
        }
    }

    /// <summary>One license key, with where it is active. Operation <c>license_keys:get</c>.</summary>
    /// <param name="id">The license key's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The license key.</returns>
    /// <exception cref="PolarNotFoundException">There is no such license key.</exception>
    public virtual Task<LicenseKey> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.LicenseKey, cancellationToken);

    /// <summary>Changes a license key. Operation <c>license_keys:update</c>.</summary>
    /// <param name="id">The license key's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The license key after the change.</returns>
    public virtual Task<LicenseKey> UpdateAsync(
        string id,
        LicenseKeyUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Root, id), body),
            ModelReaders.LicenseKey,
            cancellationToken
        );

    /// <summary>Rotates a license key: the old text stops working immediately, everything else stays. Operation <c>license_keys:rotate</c>; never sent twice.</summary>
    /// <param name="id">The license key's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The license key with its new text.</returns>
    public virtual Task<LicenseKey> RotateAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.Of(Root, id, "/rotate"), null),
            ModelReaders.LicenseKey,
            cancellationToken
        );

    /// <summary>One activation of a license key. Operation <c>license_keys:get_activation</c>.</summary>
    /// <param name="id">The license key's id.</param>
    /// <param name="activationId">The activation's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The activation with its license key.</returns>
    /// <exception cref="PolarNotFoundException">There is no such license key or activation.</exception>
    public virtual Task<LicenseKeyActivation> GetActivationAsync(
        string id,
        string activationId,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.Of(Root, id, "/activations/", activationId)),
            ModelReaders.LicenseKeyActivation,
            cancellationToken
        );

    /// <summary>
    /// Validates a license key, and adds to its usage if requested. Operation <c>license_keys:validate</c>; sent again after a
    /// failure only if nothing is added to the usage.
    /// </summary>
    /// <param name="body">The key, and the conditions it must meet.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The license key, which is valid.</returns>
    /// <exception cref="PolarNotFoundException">The key is not valid: unknown, disabled, expired, or not what was requested.</exception>
    public virtual Task<LicenseKey> ValidateAsync(
        LicenseKeyValidate body,
        CancellationToken cancellationToken = default
    )
    {
        var usesUp = body.FieldNames().Contains("increment_usage") && body.IncrementUsage is not 0;
        return _connection.SendAsync(
            usesUp ? ApiRequest.Post(Root + "validate", body) : ApiRequest.Ask(Root + "validate", body),
            ModelReaders.LicenseKey,
            cancellationToken
        );
    }

    /// <summary>
    /// Whether a license key is valid: the answer to <see cref="ValidateAsync"/> as a verdict. Operation
    /// <c>license_keys:validate</c>; sent again after a failure only if nothing is added to the usage.
    /// </summary>
    /// <param name="body">The key, and the conditions it must meet.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Valid, or not with the reason.</returns>
    /// <exception cref="PolarException">Unknown: something other than Polar responded, or Polar's response does not say.</exception>
    public virtual Task<LicenseKeyVerdict> TestAsync(
        LicenseKeyValidate body,
        CancellationToken cancellationToken = default
    ) => LicenseKeyVerdict.AskAsync(body, Root + "validate", () => ValidateAsync(body, cancellationToken));

    /// <summary>Makes a license key active somewhere. Operation <c>license_keys:activate</c>; never sent twice.</summary>
    /// <param name="body">Which key, and where.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new activation with its license key.</returns>
    /// <exception cref="PolarPermissionException">The key is disabled or expired, does not use activations, or has reached its limit.</exception>
    public virtual Task<LicenseKeyActivation> ActivateAsync(
        LicenseKeyActivate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(Root + "activate", body),
            ModelReaders.LicenseKeyActivation,
            cancellationToken
        );

    /// <summary>Deactivates a license key activation. Operation <c>license_keys:deactivate</c>; may be repeated, it is deactivated once.</summary>
    /// <param name="body">Which activation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeactivateAsync(LicenseKeyDeactivate body, CancellationToken cancellationToken = default) =>
        _connection.EndAsync(ApiRequest.Post(Root + "deactivate", body, repeatable: true), cancellationToken);
}
