using System.Net.Http;

namespace PolarPS.Client;

/// <summary>How a client behaves beyond its HttpClient.</summary>
public sealed class PolarClientOptions
{
    /// <summary>
    /// Takes what happens on the wire, redacted: a kind (<c>verbose</c>, one line per attempt; <c>debug</c>, headers and
    /// bodies; <c>wait</c>, a longer wait begins) and a text. Called on any thread. Null for none. Needs PolarPS.Http below.
    /// </summary>
    public Action<string, string>? Trace { get; set; }

    /// <summary>
    /// Talks to the store beside Polar where files lie, at signed addresses; stays the caller's. It must bring no Authorization
    /// of its own. Null for none: transfers then have to name one.
    /// </summary>
    public HttpClient? StoreClient { get; set; }

    /// <summary>Whether headers and bodies are traced too.</summary>
    public bool TraceBodies { get; set; }

    /// <summary>Whether nothing shows the attempts, so that only waits are worth a text.</summary>
    internal bool TraceWaitsOnly { get; set; }

    /// <summary>The newest request that changes something; null for none since it was last set to null.</summary>
    internal WriteState? LastWrite { get; set; }

    /// <summary>Sees every request that changes something, and may answer in its place; null for none.</summary>
    internal IWriteScope? WriteScope { get; set; }
}
