namespace PolarPS.Client;

/// <summary>Gives clients of a service collection by name, for programs with several connections.</summary>
public interface IPolarClientFactory
{
    /// <summary>A client over the connection that <c>AddPolarClient</c> was given under this name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>A client. It is cheap, need not be kept, and need not be disposed of.</returns>
    /// <exception cref="ArgumentException">There is no such connection, or its options cannot be right.</exception>
    PolarClient CreateClient(string name);
}
