using System.Runtime.CompilerServices;

namespace PolarPS;

/// <summary>
/// Over which connection an object with a customer's token was created: its token is good there only, which the object itself does
/// not say.
/// </summary>
internal static class SessionOrigins
{
    private static readonly ConditionalWeakTable<PolarObject, PolarConnection> Known = new();

    /// <summary>Notes where an object comes from.</summary>
    public static void Note(PolarObject item, PolarConnection connection)
    {
        _ = Known.Remove(item);
        Known.Add(item, connection);
    }

    /// <summary>Where an object comes from; null for copies, and for objects of another process.</summary>
    public static PolarConnection? Of(PolarObject item) => Known.TryGetValue(item, out var origin) ? origin : null;
}
