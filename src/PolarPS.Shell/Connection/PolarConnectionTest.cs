using System.Runtime.InteropServices;

namespace PolarPS;

/// <summary>The result of Test-PolarConnection. Contains no secret.</summary>
public sealed class PolarConnectionTest
{
    internal PolarConnectionTest(PolarConnection connection)
    {
        Connection = connection.Name;
        Environment = connection.Environment;
        BaseAddress = connection.BaseAddress;
        TokenKind = connection.TokenKind;
        OrganizationId = connection.OrganizationId;
    }

    /// <summary>Whether Polar responds and accepts the token.</summary>
    public bool Works { get; internal set; }

    /// <summary>The connection's name.</summary>
    public string Connection { get; }

    /// <summary>Where it leads.</summary>
    public string Environment { get; }

    /// <summary>Scheme, host and port.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The names of the organizations that the token has access to, ten at most; empty if it may not list them.</summary>
    public string[] Organizations { get; internal set; } = [];

    /// <summary>The customer or the member whose session it is; null for a seller's token.</summary>
    public string? Customer { get; internal set; }

    /// <summary>The organization that the connection is limited to; null for none.</summary>
    public string? OrganizationId { get; }

    /// <summary>The kind of token it uses, from its prefix.</summary>
    public string TokenKind { get; }

    /// <summary>The problem; null if there is none.</summary>
    public string? Problem { get; internal set; }

    /// <summary>What to do about it; null if there is no problem.</summary>
    public string? Advice { get; internal set; }

    /// <summary>The id of the error that a cmdlet would write; null if there is no problem.</summary>
    public string? ErrorId { get; internal set; }

    /// <summary>The requested version of the API.</summary>
    public string ApiVersion { get; } = Client.PolarClient.ApiVersion;

    /// <summary>How long it took, loading included.</summary>
    public long DurationMilliseconds { get; internal set; }

    /// <summary>The version of PolarPS.</summary>
    public string ModuleVersion { get; } = typeof(PolarConnectionTest).Assembly.GetName().Version!.ToString(3);

    /// <summary>The runtime that it ran on.</summary>
    public string Runtime { get; } = RuntimeInformation.FrameworkDescription;
}
