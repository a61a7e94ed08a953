namespace PolarPS.Client;

/// <summary>The customer's license keys; and what a program that was sold does with its own key, which needs no session.</summary>
public class PortalLicenseKeysResource : ILicenseKeyUse
{
    private const string Root = "/v1/customer-portal/license-keys/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalLicenseKeysResource() => _connection = ApiConnection.StandIn;

    internal PortalLicenseKeysResource(ApiConnection connection) => _connection = connection;

    /// <summary>All license keys, or those that match. Operation <c>customer_portal:license_keys:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<LicenseKey> List(PortalLicenseKeyQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new PortalLicenseKeyQuery(),
            ModelReaders.ListEnvelopeLicenseKey,
            item => item.Id
        );

    /// <summary>One license key, with where it is active. Operation <c>customer_portal:license_keys:get</c>.</summary>
    /// <param name="id">The license key's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The license key.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such license key.</exception>
    public virtual Task<LicenseKey> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.LicenseKey, cancellationToken);

    /// <summary>Rotates a license key: the old text stops working immediately, everything else stays. Never sent twice. Operation <c>customer_portal:license_keys:rotate</c>.</summary>
    /// <param name="id">The license key's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The license key with its new text.</returns>
    /// <exception cref="PolarValidationException">The key is revoked.</exception>
    public virtual Task<LicenseKey> RotateAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.Of(Root, id, "/rotate"), null),
            ModelReaders.LicenseKey,
            cancellationToken
        );

    /// <summary>
    /// Validates a license key, and adds to its usage if requested; needs no session. Operation
    /// <c>customer_portal:license_keys:validate</c>; sent again after a failure only if nothing is added to the usage.
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
            (usesUp ? ApiRequest.Post(Root + "validate", body) : ApiRequest.Ask(Root + "validate", body)).With(
                ApiRequest.NoToken
            ),
            ModelReaders.LicenseKey,
            cancellationToken
        );
    }

    /// <summary>
    /// Whether a license key is valid: the answer to <see cref="ValidateAsync"/> as a verdict; needs no session. Operation
    /// <c>customer_portal:license_keys:validate</c>; sent again after a failure only if nothing is added to the usage.
    /// </summary>
    /// <param name="body">The key, and the conditions it must meet.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Valid, or not with the reason.</returns>
    /// <exception cref="PolarException">Unknown: something other than Polar responded, or Polar's response does not say.</exception>
    public virtual Task<LicenseKeyVerdict> TestAsync(
        LicenseKeyValidate body,
        CancellationToken cancellationToken = default
    ) => LicenseKeyVerdict.AskAsync(body, Root + "validate", () => ValidateAsync(body, cancellationToken));

    /// <summary>Makes a license key active somewhere; needs no session. Operation <c>customer_portal:license_keys:activate</c>; never sent twice.</summary>
    /// <param name="body">Which key, and where.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new activation with its license key.</returns>
    /// <exception cref="PolarPermissionException">The key is disabled or expired, does not use activations, or has reached its limit.</exception>
    public virtual Task<LicenseKeyActivation> ActivateAsync(
        LicenseKeyActivate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(Root + "activate", body).With(ApiRequest.NoToken),
            ModelReaders.LicenseKeyActivation,
            cancellationToken
        );

    /// <summary>Deactivates a license key activation; needs no session. Operation <c>customer_portal:license_keys:deactivate</c>; may be repeated, it is deactivated once.</summary>
    /// <param name="body">Which activation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeactivateAsync(LicenseKeyDeactivate body, CancellationToken cancellationToken = default) =>
        _connection.EndAsync(
            ApiRequest.Post(Root + "deactivate", body, repeatable: true).With(ApiRequest.NoToken),
            cancellationToken
        );
}
