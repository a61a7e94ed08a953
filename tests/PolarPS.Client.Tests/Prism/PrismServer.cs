using System;
using System.Diagnostics;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using PolarPS.Client.Tests.Conformance;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests.Prism;

/// <summary>One Prism for all tests of a class, and what they have to know of the client.</summary>
public sealed partial class PrismServer : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(5);

    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _log = new();
    private Process? _process;

    /// <summary>Leads to Prism.</summary>
    internal HttpMessageInvoker Invoker { get; } =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    internal Uri? Address { get; private set; }

    internal OperationChecks? Checks { get; private set; }

    public async Task InitializeAsync()
    {
        if ((DescriptionFile.Missing ?? PrismInstallation.SkipReason) is not null)
        {
            return;
        }

        Start(await PrismInstallation.EnsureAsync());
        Checks = await OperationChecks.DiscoverAsync();
        try
        {
            Address = await _address.Task.WaitAsync(StartTime);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException(
                $"Prism does not listen after {StartTime.TotalSeconds:0} seconds: {Log()}"
            );
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Invoker.Dispose();
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        _process?.Dispose();
    }

    private void Start(string script)
    {
        // It looks for a free port itself, and says which.
        string[] arguments =
        [
            script,
            "mock",
            "--errors",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            ApiDescription.Instance.Source,
        ];
        var start = new ProcessStartInfo(PrismInstallation.Node!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Exited += (_, _) =>
            _address.TrySetException(new InvalidOperationException($"Prism ended before it listened: {Log()}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
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
