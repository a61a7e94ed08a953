namespace PolarPS.Commands;

/// <summary>Accepts the token that confirms an email address as a SecureString or as text; it is kept as a SecureString.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmailUpdateTokenTransformationAttribute()
    : SecretTextAttribute("Expected the token of an email update: the part of its link after 'token='.");

/// <summary>What the cmdlets for such a token share.</summary>
internal static class EmailUpdateToken
{
    /// <summary>What errors are about: never the token, which is a secret.</summary>
    public static ErrorSubject Subject { get; } = new("email update", "the token of the email update", IsNew: true);
}
