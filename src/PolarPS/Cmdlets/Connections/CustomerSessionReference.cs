using System.ComponentModel;
using System.Security;

namespace PolarPS.Commands;

/// <summary>A customer's session for -CustomerSession: its token, which is not shown, and where it was created.</summary>
[TypeConverter(typeof(ReadingConverter))]
public sealed class CustomerSessionReference
{
    internal CustomerSessionReference(string token, string text, PolarConnection? origin, DateTimeOffset? expiresAt)
    {
        Token = token;
        Text = text;
        Origin = origin;
        ExpiresAt = expiresAt;
    }

    /// <summary>When the session ends; null if not known.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    internal string Token { get; }

    internal PolarConnection? Origin { get; }

    private string Text { get; }

    /// <summary>Whose session it is; never the token.</summary>
    /// <returns>Such as <c>session of ada@example.com</c>.</returns>
    public override string ToString() => Text;
}

/// <summary>
/// Takes a customer's session: the object from New-PolarCustomerSession, another object that holds such a token, or the token
/// as a SecureString.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CustomerSessionTransformationAttribute : ArgumentTransformationAttribute
{
    private const string Kinds =
        "-CustomerSession takes what New-PolarCustomerSession returns, or the token of a customer's session as a SecureString.";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        ConnectionStore.BeginConnecting(PolarSide.Customer);
        var value = PSValue.ValueOrCustom(inputData);
        return value switch
        {
            CustomerSessionReference => value,
            null => throw new RefusedArgumentException("-CustomerSession is $null. " + Kinds),
            string => throw new RefusedArgumentException(
                "The token of a session must be a SecureString, to stay out of history and logs. " + Kinds
            ),
            SecureString token => new CustomerSessionReference(Secrets.Text(token)!, "customer's session", null, null),
            PSCredential credential => Transform(engineIntrinsics, credential.Password),
            CustomerSession session => Of(session, session.Token, $"session of {session}", session.ExpiresAt),
            CustomerSeatClaim claim => Of(claim, claim.CustomerSessionToken, "session of the seat's holder", null),
            CustomerEmailUpdateVerification update => Of(update, update.Token, "session with the new address", null),
            Checkout checkout => Of(checkout, checkout.CustomerSessionToken, $"session of {checkout}", null),
            _ when PSValue.IsCopyOf(value, typeof(CustomerSession)) => OfCopy(value),
            _ => throw new RefusedArgumentException($"{ValueText.Given(value)} is no customer's session. " + Kinds),
        };
    }

    private static CustomerSessionReference Of(
        PolarObject item,
        string? token,
        string text,
        DateTimeOffset? expiresAt
    ) =>
        string.IsNullOrEmpty(token)
            ? throw new RefusedArgumentException("The object holds no token of a customer's session. " + Kinds)
            : new CustomerSessionReference(token!, text, SessionOrigins.Of(item), expiresAt);

    private static CustomerSessionReference OfCopy(object copy) =>
        PSValue.Property(copy, nameof(CustomerSession.Token)) is string { Length: > 0 } token
            ? new CustomerSessionReference(
                token,
                "customer's session",
                null,
                PSValue.Property(copy, nameof(CustomerSession.ExpiresAt)) as DateTimeOffset?
            )
            : throw new RefusedArgumentException("The copy holds no token of a customer's session. " + Kinds);
}
