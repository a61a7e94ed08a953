namespace PolarPS.Emulator;

/// <summary>A letter that Polar would have sent: the emulator keeps it, because what it holds is needed to go on.</summary>
public sealed class EmulatorMail
{
    internal EmulatorMail(string to, string kind, string token)
    {
        To = to;
        Kind = kind;
        Token = token;
    }

    /// <summary>The address that it was for.</summary>
    public string To { get; }

    /// <summary>What it is about: seat_invitation or email_update.</summary>
    public string Kind { get; }

    /// <summary>What it holds.</summary>
    public string Token { get; }
}
