using System.Security;

namespace PolarPS.Commands;

/// <summary>
/// Accepts a secret as a SecureString or as text. It is kept as a SecureString, because PowerShell's logs write down what
/// parameters are given.
/// </summary>
/// <param name="expected">What is said about any other value, which is not repeated.</param>
[AttributeUsage(AttributeTargets.Property)]
public abstract class SecretTextAttribute(string expected) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value switch
        {
            null or SecureString { Length: > 0 } => value,
            string text when !string.IsNullOrWhiteSpace(text) => Secrets.Secure(text.Trim()),
            _ => throw new RefusedArgumentException(expected),
        };
    }
}
