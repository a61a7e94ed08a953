using System.Diagnostics;

namespace PolarPS.Client.Tests;

/// <summary>What came of a program that ran to its end.</summary>
internal sealed record ProgramRun(int Code, string Output, string Errors)
{
    /// <summary>All that it printed.</summary>
    public string Text => Output + Errors;

    /// <summary>Runs a program, and ends it with all that it has started if it takes longer than it may.</summary>
    /// <param name="start">The program; its output is redirected here.</param>
    /// <param name="patience">How long it may take.</param>
    /// <exception cref="TimeoutException">It took longer.</exception>
    public static async Task<ProgramRun> ToEndAsync(ProcessStartInfo start, TimeSpan patience)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var name = Path.GetFileName(start.FileName);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        using var clock = new CancellationTokenSource(patience);
        try
        {
            // Both at once, or a full pipe would stop it.
            var output = process.StandardOutput.ReadToEndAsync(clock.Token);
            var errors = process.StandardError.ReadToEndAsync(clock.Token);
            await process.WaitForExitAsync(clock.Token).ConfigureAwait(false);
            return new ProgramRun(
                process.ExitCode,
                await output.ConfigureAwait(false),
                await errors.ConfigureAwait(false)
            );
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"'{name} {string.Join(' ', start.ArgumentList)}' took longer than {patience.TotalSeconds:0} seconds."
            );
        }
    }
}
