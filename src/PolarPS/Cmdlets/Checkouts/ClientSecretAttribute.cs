namespace PolarPS.Commands;

/// <summary>
/// For the secret that opens a checkout without a token: as text, or as the checkout that has it. No message repeats it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ClientSecretAttribute : ArgumentTransformationAttribute
{
    private const string Prefix = "polar_c_";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value is null ? null
            : PSValue.Items(value) is { } items ? items.Select(Read).ToArray()
            : Read(value);
    }

    /// <summary>What is shown in the place of a secret.</summary>
    internal static string Mask(string secret) =>
        (secret.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix : string.Empty) + Redactor.Mark;

    private static string Read(object? value)
    {
        var bare = PSValue.ValueOnly(value);
        var text = (bare as Checkout)?.ClientSecret ?? bare as string;
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new RefusedArgumentException("Expected a checkout's client secret, or a checkout that has one.");
        }

        return Guid.TryParse(text, out _)
            ? throw new RefusedArgumentException(
                "Expected a checkout's client secret, but this is an id; use -Id for ids."
            )
            : text!.Trim();
    }
}
