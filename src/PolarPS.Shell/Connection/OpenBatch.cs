using System.Net.Http;

namespace PolarPS;

/// <summary>
/// A block of Invoke-PolarBatch while it runs: what its runspace changes over the batch's connection goes through the batch. Over other
/// connections, and from runspaces that the block has started, nothing is changed, as the journal would not know of it.
/// </summary>
internal sealed class OpenBatch : IDisposable
{
    private static readonly AsyncLocal<OpenBatch?> Flow = new();

    private readonly Session _session = Session.Current;
    private readonly IWriteScope _scope;
    private volatile bool _isClosed;

    /// <summary>Opens it; it is closed on the same thread.</summary>
    public OpenBatch(PolarConnection connection, IWriteScope scope)
    {
        Connection = connection;
        _scope = scope;
        Flow.Value = this;
    }

    /// <summary>The connection that cmdlets use within it unless they are told another.</summary>
    public PolarConnection Connection { get; }

    /// <summary>What a cmdlet is in, on its runspace's thread.</summary>
    public static BatchSight Look() =>
        Flow.Value is { _isClosed: false } open
            ? new BatchSight(open, ReferenceEquals(open._session, Session.Current))
            : default;

    /// <summary>What sees the changes that are sent over a connection from here; null for nothing.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="isHere">Whether they come from the block's own runspace.</param>
    public IWriteScope? ScopeOf(PolarConnection connection, bool isHere) =>
        _isClosed ? null
        : !isHere
            ? new OutOfSight(
                "The block of a batch has started another runspace, whose changes the journal would not see in order. Change things in the block itself."
            )
        : ReferenceEquals(Connection, connection) ? _scope
        : new OutOfSight(
            $"The batch's connection is {Connection}, and its journal sees no other. Within the block, change things over that one only: omit -Connection."
        );

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        _isClosed = true;
        Flow.Value = null;
    }

    private sealed class OutOfSight(string reason) : IWriteScope
    {
        public Task<HttpResponseMessage> SendAsync(ScopedWrite write, CancellationToken cancellationToken) =>
            throw BatchRun.Refuse(write.Request, BatchProblem.OutOfSight, reason);
    }
}

/// <summary>The block of a batch that a cmdlet is in, if any.</summary>
/// <param name="Open">The batch; null for none.</param>
/// <param name="IsHere">Whether the block runs in this runspace, and has not only started it.</param>
internal readonly record struct BatchSight(OpenBatch? Open, bool IsHere)
{
    /// <summary>The connection that is used unless another is given; null for no particular one.</summary>
    public PolarConnection? Connection => IsHere ? Open?.Connection : null;

    /// <summary>What sees the changes that are sent over a connection; null for nothing.</summary>
    public IWriteScope? ScopeOf(PolarConnection connection) => Open?.ScopeOf(connection, IsHere);
}
