using System.Diagnostics;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>The emulator's host as a process of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private HostProcess(Process process, JsonNode ready)
    {
        _process = process;
        Ready = ready;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri((string)ready["url"]!),
        };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (string)ready["accessToken"]!
        );
    }

    /// <summary>What the host said when it was ready.</summary>
    public JsonNode Ready { get; }

    public HttpClient Client { get; }

    public static async Task<HostProcess> StartAsync(params string[] arguments)
    {
        var process =
            Process.Start(HostStart([.. arguments, "--wait-stdin"]))
            ?? throw new InvalidOperationException("The host did not start.");
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return new HostProcess(
            process,
            JsonNode.Parse(line ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()))!
        );
    }

    /// <summary>Runs the host to its end; for what it does not start with.</summary>
    public static Task<ProgramRun> RunAsync(params string[] arguments) =>
        ProgramRun.ToEndAsync(HostStart(arguments), Patience);

    /// <summary>Closes its input and waits for its end.</summary>
    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async Task ControlAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, "/__emulator/" + path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo HostStart(string[] arguments) =>
        new("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "PolarPS.Emulator.Host.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
}
