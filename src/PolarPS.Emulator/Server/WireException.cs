namespace PolarPS.Emulator;

/// <summary>What came is no HTTP that the server speaks; the connection ends with this status.</summary>
internal sealed class WireException : Exception
{
    public WireException(int status, string message)
        : base(message) => Status = status;

    public int Status { get; }
}
