using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PolarPS.Emulator.Host;

/// <summary>The emulator on a port of this computer, for tests, benchmarks and other languages' clients.</summary>
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
        await using var app = Build(options, emulator);
        await app.StartAsync().ConfigureAwait(false);
        await Console.Out.WriteLineAsync(ReadyLine(app, emulator)).ConfigureAwait(false);
        await Console.Out.FlushAsync().ConfigureAwait(false);

        if (options.WaitForInput)
        {
            _ = StopWithInputAsync(app);
        }

        await app.WaitForShutdownAsync().ConfigureAwait(false);
        return 0;
    }

    private static WebApplication Build(HostOptions options, PolarEmulator emulator)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(server =>
        {
            // Too large a body is the emulator's to refuse, in the API's words.
            server.Limits.MaxRequestBodySize = null;
            server.AddServerHeader = false;
            server.Listen(IPAddress.Loopback, options.Port);
        });
        if (options.Compress)
        {
            builder.Services.AddResponseCompression(compression =>
            {
                compression.Providers.Add<BrotliCompressionProvider>();
                compression.Providers.Add<GzipCompressionProvider>();
                compression.MimeTypes = ["application/json", "text/plain", "text/csv"];
            });
        }

        var app = builder.Build();
        if (options.Compress)
        {
            app.UseResponseCompression();
        }

        var bridge = new EmulatorBridge(emulator, TimeSpan.FromMilliseconds(options.LatencyMilliseconds));
        var control = new ControlEndpoints(emulator);
        app.Run(context =>
            ControlEndpoints.Serves(context) ? control.AnswerAsync(context) : bridge.AnswerAsync(context)
        );
        return app;
    }

    private static string ReadyLine(WebApplication app, PolarEmulator emulator)
    {
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        return JsonSerializer.Serialize(
            new
            {
                url = address,
                accessToken = emulator.AccessToken,
                readOnlyToken = emulator.CreateAccessToken([.. EmulatorScopes.ReadOnly]),
                expiredToken = emulator.CreateExpiredToken(),
                userToken = emulator.CreateUserToken(),
                organizationId = emulator.OrganizationId,
            }
        );
    }

    private static async Task StopWithInputAsync(WebApplication app)
    {
        var buffer = new byte[1024];
        using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false) > 0) { }

        app.Lifetime.StopApplication();
    }
}
