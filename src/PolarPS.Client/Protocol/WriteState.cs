namespace PolarPS.Client;

/// <summary>How far a request that changes something has got.</summary>
internal enum WriteStage
{
    /// <summary>It is on its way, or waits to be.</summary>
    UnderWay,

    /// <summary>It was refused, or nothing of it was sent: nothing has changed.</summary>
    NotDone,

    /// <summary>Polar reported success.</summary>
    Done,

    /// <summary>It may have been carried out.</summary>
    Unknown,
}

/// <summary>A request that changes something, for those who stop in the middle of it.</summary>
internal sealed class WriteState(string method, string path)
{
    private volatile WriteStage _stage = WriteStage.UnderWay;

    public WriteStage Stage
    {
        get => _stage;
        set => _stage = value;
    }

    /// <summary>What was sent.</summary>
    /// <returns>Such as <c>POST /v1/refunds/</c>.</returns>
    public override string ToString() => $"{method} {path}";
}
