namespace PolarPS.Client.Models;

/// <summary>
/// Whether a license key is valid. Valid is only what Polar's answer itself calls granted, of the key that was asked about; not
/// valid is only what Polar refuses in its own words. Anything else is an exception: then it is not known.
/// </summary>
public sealed class LicenseKeyVerdict
{
    private const string Granted = "granted";

    private LicenseKeyVerdict(LicenseKey? licenseKey, string? reason)
    {
        LicenseKey = licenseKey;
        Reason = reason;
    }

    /// <summary>Whether the key is granted, and is what was asked for.</summary>
    public bool IsValid => LicenseKey is not null;

    /// <summary>The license key, with the requested activation; null if it is not valid.</summary>
    public LicenseKey? LicenseKey { get; }

    /// <summary>Why it is not valid, in Polar's words; null when it is.</summary>
    public string? Reason { get; }

    /// <summary>Asks, and reads the answer.</summary>
    /// <param name="body">The key, and the conditions it must meet.</param>
    /// <param name="path">Where to, for exceptions.</param>
    /// <param name="validate">Sends it.</param>
    internal static async Task<LicenseKeyVerdict> AskAsync(
        LicenseKeyValidate body,
        string path,
        Func<Task<LicenseKey>> validate
    )
    {
        try
        {
            return Judge(body, path, await validate().ConfigureAwait(false));
        }
        catch (PolarNotFoundException exception)
            when (exception is { ErrorName: "ResourceNotFound", Detail.Length: > 0 })
        {
            return new LicenseKeyVerdict(null, exception.Detail);
        }
        catch (PolarValidationException exception)
            when (exception is { StatusCode: 400, ErrorName: "BadRequest", Detail.Length: > 0, Errors.Count: 0 })
        {
            // Less is left than the requested increment.
            return new LicenseKeyVerdict(null, exception.Detail);
        }
    }

    private static LicenseKeyVerdict Judge(LicenseKeyValidate body, string path, LicenseKey key)
    {
        if (key.Status is null || key.Key is null)
        {
            throw Unclear(body, path, "does not say which license key it is about, or whether the key is granted");
        }

        if (
            key.Key != body.Key
            || Differs(body.OrganizationId, key.OrganizationId)
            || Differs(body.BenefitId, key.BenefitId)
            || Differs(body.CustomerId, key.CustomerId)
            || (body.ActivationId is not null && Differs(body.ActivationId, key.Activation?.Id ?? string.Empty))
        )
        {
            throw Unclear(body, path, "is about a different license key, benefit, customer or activation");
        }

        return key.Status == Granted
            ? new LicenseKeyVerdict(key, null)
            : new LicenseKeyVerdict(null, $"The license key is {key.Status}.");
    }

    private static bool Differs(string? asked, string? answered) =>
        asked is not null
        && answered is not null
        && !string.Equals(asked, answered, StringComparison.OrdinalIgnoreCase);

    private static PolarResponseException Unclear(LicenseKeyValidate body, string path, string what) =>
        new(
            $"The response {what}. Whether the key is valid is not known.",
            // The usage may have been added.
            new FailedCall("POST", path, 200, Outcome: body.IncrementUsage is > 0 ? FailedCall.NotKnown : null)
        );
}
