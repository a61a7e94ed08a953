namespace PolarPS.Emulator;

/// <summary>Tells those who wait that it is over. Without a timer a source holds nothing that needs disposing of.</summary>
internal sealed class Stopping
{
    private readonly Action _cancel;

    public Stopping()
    {
        var source = new CancellationTokenSource();
        Token = source.Token;
        _cancel = source.Cancel;
    }

    public CancellationToken Token { get; }

    public bool IsOver => Token.IsCancellationRequested;

    public void End() => _cancel();
}
