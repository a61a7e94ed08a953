using System.ComponentModel;
using System.Security;

namespace PolarPS.Commands;

/// <summary>An OAuth client for -Client and -ClientId: its public id, and what came with it of its secrets, which are not shown.</summary>
[TypeConverter(typeof(ReadingConverter))]
public sealed class OAuthClientReference
{
    internal OAuthClientReference(string clientId, string? name = null)
    {
        ClientId = clientId;
        Name = name;
    }

    /// <summary>The client's public id.</summary>
    public string ClientId { get; }

    /// <summary>The name that users see; null where it is not known.</summary>
    public string? Name { get; }

    /// <summary>The client's secret; null where it has none, or it is not known.</summary>
    internal string? Secret { get; init; }

    /// <summary>The token that manages the registration; null where it is not known.</summary>
    internal string? RegistrationToken { get; init; }

    /// <summary>How the client is registered to prove who it is; null where that is not known.</summary>
    internal string? Authentication { get; init; }

    /// <summary>The name, where it is known, and the public id; never a secret.</summary>
    /// <returns>Such as <c>'My app' (polar_ci_…)</c>.</returns>
    public override string ToString() => Name is null ? ClientId : $"'{VisibleText.Of(Name)}' ({ClientId})";
}

/// <summary>
/// Takes an OAuth client: the object from New-PolarOAuthClient, or a copy of one; a credential with the client's id and its secret or
/// registration token; or the id alone.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OAuthClientTransformationAttribute : ArgumentTransformationAttribute, IReferenceTransformation
{
    private const string RegistrationPrefix = "polar_crt_";
    private const string Expected =
        "Expected an OAuth client from New-PolarOAuthClient, a credential with its id and secret, or its id, which begins with polar_ci_.";

    // What else may come to the place of the public id, and must not be sent in an address.
    private static readonly string[] SecretPrefixes =
    [
        "polar_cs_",
        RegistrationPrefix,
        "polar_oat_",
        "polar_pat_",
        "polar_at_",
        "polar_rt_",
        "polar_ac_",
    ];

    Type IReferenceTransformation.Model => typeof(OAuth2Client);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value is null ? null
            : PSValue.Items(value) is { } items ? items.Select(item => Read(PSValue.ValueOrCustom(item))).ToArray()
            : Read(value);
    }

    private static OAuthClientReference Read(object? value) =>
        value switch
        {
            OAuthClientReference client => client,
            string id => new OAuthClientReference(Checked(id)),
            PSCredential credential => Of(credential),
            OAuth2Client client => new OAuthClientReference(Checked(client.ClientId), client.ClientName)
            {
                Secret = client.ClientSecret,
                RegistrationToken = client.RegistrationAccessToken,
                Authentication = client.TokenEndpointAuthMethod,
            },
            PolarObject other => throw new RefusedArgumentException(
                $"This is {Kinds.OneOf(other.GetType())}. {Expected}"
            ),
            PSObject row when row.Properties["ClientId"] is not null => new OAuthClientReference(
                Checked(Text(row, "ClientId")),
                Text(row, "ClientName")
            )
            {
                Secret = Text(row, "ClientSecret"),
                RegistrationToken = Text(row, "RegistrationAccessToken"),
                Authentication = Text(row, "TokenEndpointAuthMethod"),
            },
            // Not named: it may be a secret.
            _ => throw new RefusedArgumentException(Expected),
        };

    private static OAuthClientReference Of(PSCredential credential)
    {
        var password = Secrets.Token(credential.Password);
        var isToken = password!.StartsWith(RegistrationPrefix, StringComparison.Ordinal);
        return new OAuthClientReference(Checked(credential.UserName))
        {
            Secret = isToken || password.Length == 0 ? null : password,
            RegistrationToken = isToken ? password : null,
        };
    }

    private static string Checked(string? id) =>
        string.IsNullOrWhiteSpace(id)
            ? throw new RefusedArgumentException("The id of the client is missing. " + Expected)
        : Array.Exists(SecretPrefixes, prefix => id!.Trim().StartsWith(prefix, StringComparison.Ordinal))
            ? throw new RefusedArgumentException("This is a secret, and not the id of a client. " + Expected)
        : id!.Trim();

    // A secret may stand in a copy as it was protected.
    private static string? Text(PSObject row, string name) =>
        PSValue.Property(row, name) switch
        {
            string { Length: > 0 } text => text,
            SecureString { Length: > 0 } secret => Secrets.Token(secret),
            _ => null,
        };
}
