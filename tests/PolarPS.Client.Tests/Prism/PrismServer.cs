using System.Net.Http;
using PolarPS.Client.Tests.Conformance;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests.Prism;

/// <summary>One Prism for all tests of a class, and what they have to know of the client.</summary>
public sealed class PrismServer : IAsyncLifetime, IDisposable
{
    private PrismProcess? _prism;

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

        _prism = await PrismProcess.StartAsync("mock", refuses: true);
        Checks = await OperationChecks.DiscoverAsync();
        Address = await _prism.AddressAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Invoker.Dispose();
        _prism?.Dispose();
    }
}
