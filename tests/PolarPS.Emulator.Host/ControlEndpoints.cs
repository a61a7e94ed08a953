using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace PolarPS.Emulator.Host;

/// <summary>What tests ask of the host itself, beside the API: which requests came, and what shall go wrong.</summary>
internal sealed class ControlEndpoints
{
    private const string Root = "/__emulator/";

    private static readonly JsonSerializerOptions Writing = new(JsonSerializerDefaults.Web);

    private readonly PolarEmulator _emulator;

    public ControlEndpoints(PolarEmulator emulator) => _emulator = emulator;

    public static bool Serves(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Root.TrimEnd('/'), StringComparison.Ordinal);

    public async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        try
        {
            switch (request.Method + " " + request.Path.Value!.Replace(Root, string.Empty, StringComparison.Ordinal))
            {
                case "GET requests":
                    await WriteAsync(context, _emulator.Requests.Select(Describe)).ConfigureAwait(false);
                    break;
                case "DELETE requests":
                    _emulator.ClearRequests();
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                case "GET faults":
                    await WriteAsync(context, _emulator.Faults.Select(rule => new { rule, hits = rule.Hits }))
                        .ConfigureAwait(false);
                    break;
                case "POST faults":
                    using (var reader = new StreamReader(request.Body))
                    {
                        _emulator.Faults.AddRange(FaultRule.Parse(await reader.ReadToEndAsync().ConfigureAwait(false)));
                    }

                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                case "DELETE faults":
                    _emulator.Faults.Clear();
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                case "GET mails":
                    await WriteAsync(context, _emulator.Mails).ConfigureAwait(false);
                    break;
                case "POST products":
                    _emulator.AddProducts(int.Parse(request.Query["count"].ToString(), CultureInfo.InvariantCulture));
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                default:
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    break;
            }
        }
        catch (Exception error)
            when (error is JsonException or FormatException or OverflowException or ArgumentException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(error.Message).ConfigureAwait(false);
        }
    }

    private static object Describe(EmulatorRequestRecord record) =>
        new
        {
            time = record.Time,
            method = record.Method,
            path = record.Path,
            query = record.Query,
            headerNames = record.HeaderNames,
            headers = record.Headers,
            body = record.Body,
            status = record.StatusCode,
        };

    private static Task WriteAsync(HttpContext context, object value) =>
        context.Response.WriteAsJsonAsync(value, Writing, context.RequestAborted);
}
