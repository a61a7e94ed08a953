using System.Security;

namespace PolarPS.Commands;

/// <summary>
/// Notes, with the first parameter that is read, that a connection is being made: where it is not, because this parameter or
/// the next is refused, what follows in the script must not run against the connection before.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectAttemptAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        ConnectionStore.BeginConnecting();
        return inputData;
    }
}

/// <summary>For the access token.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TokenTransformationAttribute : SecureTextAttribute
{
    private protected override string What => "The token";

    private protected override string Source => "(Get-Secret PolarToken)";

    private protected override string Otherwise => " Or set POLAR_ACCESS_TOKEN.";
}
