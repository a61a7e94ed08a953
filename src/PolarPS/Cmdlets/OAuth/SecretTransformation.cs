using System;
using System.Management.Automation;
using System.Net;
using System.Security;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Takes a secret as a SecureString, or as the password of a credential; explains how to pass one that is plain text, which would
/// stay in the history and in logs. No message repeats it.
/// </summary>
/// <param name="what">What it is called, such as <c>code</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTransformationAttribute(string what) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value switch
        {
            null or SecureString { Length: > 0 } => value,
            SecureString => throw new RefusedArgumentException($"The {what} is empty."),
            PSCredential credential => Transform(engineIntrinsics, credential.Password),
            OAuth2Pkce pkce => Secrets.Secure(pkce.Verifier),
            string => throw Secrets.Plain(what),
            _ => throw new RefusedArgumentException(
                $"The {what} must be a SecureString, or the password of a PSCredential."
            ),
        };
    }
}

/// <summary>Secrets between PowerShell, which has them as SecureStrings, and the client, which sends them.</summary>
internal static class Secrets
{
    /// <summary>A secret as it is sent; null for none.</summary>
    public static string? Text(SecureString? secret) =>
        secret is null ? null : new NetworkCredential(string.Empty, secret).Password.Trim();

    /// <summary>A secret as it is kept.</summary>
    public static SecureString Secure(string text) => new NetworkCredential(string.Empty, text).SecurePassword;

    /// <summary>The refusal of a secret that is plain text.</summary>
    /// <param name="what">What it is called.</param>
    public static RefusedArgumentException Plain(string what) =>
        new(
            $"The {what} must be a SecureString, to stay out of history and logs: (Read-Host -AsSecureString), (Get-Secret name), "
                + "or ConvertTo-SecureString $text -AsPlainText -Force."
        );
}
