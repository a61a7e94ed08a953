using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace PolarPS.Client.Tests.Prism;

/// <summary>Prism as a process that listens on the loopback address.</summary>
internal sealed partial class PrismProcess : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(5);

    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    private PrismProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Exited += (_, _) =>
            _address.TrySetException(new InvalidOperationException($"Prism ended before it listened: {Log()}"));
    }

    /// <summary>Starts one; it reads the description.</summary>
    /// <param name="command">What it is to be: mock or proxy.</param>
    /// <param name="refuses">Whether it refuses what it objects to (--errors), instead of saying so in a header.</param>
    /// <param name="further">What else the command takes.</param>
    public static async Task<PrismProcess> StartAsync(string command, bool refuses, params string[] further)
    {
        // It looks for a free port itself, and says which.
        string[] arguments =
        [
            await PrismInstallation.EnsureAsync(),
            command,
            .. refuses ? new[] { "--errors" } : [],
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            ApiDescription.Instance.Source,
            .. further,
        ];
        var start = new ProcessStartInfo(PrismInstallation.Node!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        var prism = new PrismProcess(start);
        prism._process.Start();
        prism._process.BeginOutputReadLine();
        prism._process.BeginErrorReadLine();
        return prism;
    }

    /// <summary>Where it listens; waits until it does.</summary>
    public async Task<Uri> AddressAsync()
    {
        try
        {
            return await _address.Task.WaitAsync(StartTime);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException(
                $"Prism does not listen after {StartTime.TotalSeconds:0} seconds: {Log()}"
            );
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    // Its output is always taken, or it would come to a halt; after the start it is of no further use.
    private void Note(string? line)
    {
        if (line is null || _address.Task.IsCompleted)
        {
            return;
        }

        lock (_log)
        {
            _log.AppendLine(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    private string Log()
    {
        lock (_log)
        {
            return _log.ToString();
        }
    }

    [GeneratedRegex(@"listening on (http://[\w.:]+)")]
    private static partial Regex Listening();
}
