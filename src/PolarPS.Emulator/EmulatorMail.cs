namespace PolarPS.Emulator;

/// <summary>An email that Polar would have sent: the emulator keeps it, because its content is needed to continue.</summary>
public sealed class EmulatorMail
{
    internal EmulatorMail(string to, string kind, string token)
    {
        To = to;
        Kind = kind;
        Token = token;
    }

    /// <summary>The recipient.</summary>
    public string To { get; }

    /// <summary>The kind: seat_invitation or email_update.</summary>
    public string Kind { get; }

    /// <summary>The token in it.</summary>
    public string Token { get; }
}
