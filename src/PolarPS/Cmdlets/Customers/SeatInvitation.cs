using System;
using System.Management.Automation;
using System.Net;
using System.Security;

namespace PolarPS.Commands;

/// <summary>
/// Accepts an invitation's token as a SecureString or as text. It is kept as a SecureString, because PowerShell's logs write
/// down what parameters are given.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InvitationTokenTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        switch (value)
        {
            case null or SecureString { Length: > 0 }:
                return value;
            case string text when !string.IsNullOrWhiteSpace(text):
                return new NetworkCredential(string.Empty, text.Trim()).SecurePassword;
            default:
                throw new RefusedArgumentException(
                    "Expected an invitation token: the part of its link after 'token='."
                );
        }
    }
}

/// <summary>What the cmdlets for invited people share.</summary>
internal static class SeatInvitation
{
    /// <summary>What errors are about: never the token, which is a secret.</summary>
    public static ErrorSubject Subject { get; } = new("seat invitation", "the token of the invitation", IsNew: true);

    /// <summary>The token as it is sent.</summary>
    public static string Text(SecureString token) => new NetworkCredential(string.Empty, token).Password;
}
