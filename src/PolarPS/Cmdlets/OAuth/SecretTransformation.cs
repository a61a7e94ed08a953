using System.Security;

namespace PolarPS.Commands;

/// <summary>Takes a secret as a SecureString, or as the password of a credential; a PKCE pair gives its verifier.</summary>
/// <param name="what">What it is called, such as <c>code</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTransformationAttribute(string what) : SecureTextAttribute
{
    private protected override string What => $"The {what}";

    private protected override string Source => "(Get-Secret name)";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSValue.ValueOrCustom(inputData) is OAuth2Pkce pkce
            ? Secrets.Secure(pkce.Verifier)
            : Read(inputData) switch
            {
                SecureString { Length: 0 } => throw new RefusedArgumentException($"The {what} is empty."),
                var secret => secret,
            };
}
