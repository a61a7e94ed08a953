using System.Security;

namespace PolarPS.Commands;

/// <summary>Accepts an invitation's token as a SecureString or as text; it is kept as a SecureString.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InvitationTokenTransformationAttribute()
    : SecretTextAttribute("Expected an invitation token: the part of its link after 'token='.");

/// <summary>What the cmdlets for invited people share.</summary>
internal static class SeatInvitation
{
    /// <summary>What errors are about: never the token, which is a secret.</summary>
    public static ErrorSubject Subject { get; } = new("seat invitation", "the token of the invitation", IsNew: true);

    /// <summary>The token as it is sent.</summary>
    public static string Text(SecureString token) => Secrets.Text(token)!;
}
