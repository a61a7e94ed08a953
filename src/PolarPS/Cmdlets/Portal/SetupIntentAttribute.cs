namespace PolarPS.Commands;

/// <summary>
/// Accepts the id of a setup intent as text, or what New-PolarPortalPaymentMethod returned: the id is the part of its client
/// secret before <c>_secret</c>. The rest, which is the secret, goes no further, and no message repeats it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SetupIntentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSValue.ValueOrCustom(inputData) switch
        {
            null => null,
            string text => IdOf(text),
            PaymentMethodSetup { ClientSecret: { } secret } => IdOf(secret),
            PaymentMethodSetup => throw new RefusedArgumentException(
                "This payment method has nothing left to confirm: it has no client secret."
            ),
            _ => throw new RefusedArgumentException(
                "Expected the id of a setup intent, or what New-PolarPortalPaymentMethod returned."
            ),
        };

    private static string IdOf(string text)
    {
        var end = text.IndexOf("_secret", StringComparison.Ordinal);
        var id = (end < 0 ? text : text.Substring(0, end)).Trim();
        return id.Length > 0 ? id : throw new RefusedArgumentException("The id of the setup intent is empty.");
    }
}
