namespace PolarPS.Client.Models;

/// <summary>Where a file can be downloaded.</summary>
public sealed class FileDownload : PolarObject
{
    /// <summary>A signed address. It needs no token, and must be sent none.</summary>
    public string? Url { get; set; }

    /// <summary>The headers to send with it.</summary>
    public PolarDictionary<string>? Headers { get; set; }

    /// <summary>When the address ceases to work.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Until when it works.</summary>
    /// <returns>A text without the address: anyone who has the address can open it.</returns>
    private protected override string Describe() => FormattableString.Invariant($"until {ExpiresAt:u}");
}
