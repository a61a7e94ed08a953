using System.Security;

namespace PolarPS.Commands;

/// <summary>
/// Takes a secret as a SecureString, or as a credential's password, and explains how to pass one that is plain text: that would
/// stay in the history and in logs.
/// </summary>
public abstract class SecureTextAttribute : ArgumentTransformationAttribute
{
    private protected SecureTextAttribute() { }

    /// <summary>What it is, with its article in front: "The token".</summary>
    private protected abstract string What { get; }

    /// <summary>Where one comes from that is no plain text, such as "(Get-Secret PolarToken)".</summary>
    private protected abstract string Source { get; }

    /// <summary>What to do besides, as a sentence that begins with a blank; empty for nothing.</summary>
    private protected virtual string Otherwise => string.Empty;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Read(inputData);

    /// <summary>The refusal of a secret that is plain text, which is not repeated.</summary>
    /// <param name="what">What it is, with its article in front: "The token".</param>
    /// <param name="source">Where one comes from that is no plain text.</param>
    /// <param name="otherwise">What to do besides, as a sentence that begins with a blank.</param>
    internal static RefusedArgumentException Plain(string what, string source, string otherwise = "") =>
        new(
            $"{what} must be a SecureString, to stay out of history and logs: (Read-Host -AsSecureString), "
                + $"{source}, or ConvertTo-SecureString $text -AsPlainText -Force.{otherwise}"
        );

    /// <summary>Reads one secret.</summary>
    /// <returns>A SecureString; null for null.</returns>
    private protected object? Read(object? given)
    {
        var value = PSValue.ValueOrCustom(given);
        return value switch
        {
            SecureString or null => value,
            PSCredential credential => credential.Password,
            string => throw Plain(What, Source, Otherwise),
            _ => throw new RefusedArgumentException($"{What} must be a SecureString or a PSCredential."),
        };
    }
}

/// <summary>For the secrets of webhook endpoints: one, or several while one is rotated.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebhookSecretAttribute : SecureTextAttribute
{
    private protected override string What => "The secret";

    private protected override string Source => "(Get-Secret PolarWebhook)";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        IEnumerable<object?> given = PSValue.Items(value) ?? [value];
        // A variable that holds nothing, such as of a secret that was not found, must be told from one that is wrong.
        return given
            .Select(item =>
                Read(item) as SecureString
                ?? throw new RefusedArgumentException("The secret is null: was it not found where it is kept?")
            )
            .ToArray();
    }

    /// <summary>The secrets as the verifier takes them.</summary>
    internal static IEnumerable<string> Texts(SecureString[] secrets) =>
        secrets.Select(static secret => Secrets.Text(secret)!);
}
