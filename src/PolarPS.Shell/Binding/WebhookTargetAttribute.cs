namespace PolarPS.Commands;

/// <summary>Takes an address to which payloads may be sent: https, or http on this computer.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebhookTargetAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        if (value is null)
        {
            return null;
        }

        return Uri.TryCreate(value.ToString(), UriKind.Absolute, out var address) && WebhookSender.IsAllowed(address)
            ? address.AbsoluteUri
            : throw new RefusedArgumentException(
                $"{ValueText.Given(inputData)} is no address for payloads, which have names and addresses of customers in them. "
                    + "Use https, or http on this computer, such as http://localhost:3000/hook, without a user or password in it."
            );
    }
}
