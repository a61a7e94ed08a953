using System.Net.Sockets;
using System.Text.Json;

namespace PolarPS.Emulator.Host;

/// <summary>
/// The emulator on its own server, in a process for tests, benchmarks and other languages' clients. Adds what these need and nobody
/// else does: a command line, tokens of all kinds, and control over the same port.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        HostOptions options;
        try
        {
            options = HostOptions.Parse(args);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or IOException or JsonException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 2;
        }

        var emulator = new PolarEmulator(options.Emulator);
        emulator.Faults.AddRange(options.Faults);
        var control = new ControlEndpoints(emulator);
        EmulatorServer server;
        try
        {
            server = EmulatorServer.Start(
                (request, stop) =>
                    ControlEndpoints.Serves(request)
                        ? control.AnswerAsync(request, stop)
                        : emulator.HandleAsync(request, stop),
                options.Port
            );
        }
        catch (SocketException error)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 2;
        }

        using (server)
        {
            await Console.Out.WriteLineAsync(ReadyLine(server, emulator)).ConfigureAwait(false);
            await Console.Out.FlushAsync().ConfigureAwait(false);
            await (options.WaitForInput ? EndOfInputAsync() : Task.Delay(Timeout.Infinite)).ConfigureAwait(false);
        }

        return 0;
    }

    private static string ReadyLine(EmulatorServer server, PolarEmulator emulator) =>
        JsonSerializer.Serialize(
            new
            {
                url = server.Url.GetLeftPart(UriPartial.Authority),
                accessToken = emulator.AccessToken,
                readOnlyToken = emulator.CreateAccessToken([.. EmulatorScopes.ReadOnly]),
                expiredToken = emulator.CreateExpiredToken(),
                userToken = emulator.CreateUserToken(),
                organizationId = emulator.OrganizationId,
            }
        );

    private static async Task EndOfInputAsync()
    {
        var buffer = new byte[1024];
        using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false) > 0) { }
    }
}
