namespace PolarPS;

/// <summary>
/// Rehearses the first request of a process on another thread, while the first cmdlet finds out what to ask, and whom: a good part of what
/// a first request takes is .NET loading and compiling HTTP, which needs to know neither.
/// </summary>
internal static class FirstRequest
{
    private static int _isRehearsed;

    /// <summary>
    /// Begins, once in a process, where there is a second processor for it. Nothing is sent. Not on Windows PowerShell, whose handler cannot
    /// do without a server.
    /// </summary>
    public static void Rehearse()
    {
        if (
            !ModuleRoot.IsWindowsPowerShell
            && Environment.ProcessorCount > 1
            && Interlocked.Exchange(ref _isRehearsed, 1) == 0
        )
        {
            _ = Task.Run(RunAsync);
        }
    }

    private static async Task RunAsync()
    {
        try
        {
            await TransportFactory.RehearseAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever goes wrong here meets the real request, too, and that one reports it.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The real request then takes as long as it would have.
        }
    }
}
