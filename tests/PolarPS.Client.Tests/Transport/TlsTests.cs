using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

public class TlsTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task SelfSignedCertificateIsRefusedOnce(string method)
    {
        using var certificate = SelfSigned();
        await using var server = new LoopbackServer(
            static (_, _) => Ok,
            async (stream, stop) =>
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = certificate },
                    stop
                );
                return secure;
            }
        );
        using var client = PolarHttp.Create(Probe.Fast(server.SecureAddress));

        var probe = await new Probe(new HttpMethod(method), "/v1/things/").SendAsync(client);

        Assert.Equal((nameof(HttpRequestException), 1), (probe.Outcome, probe.Attempts));
        Assert.IsType<AuthenticationException>(probe.Failure!.InnerException);
        Assert.False(probe.MayHaveReached);
        Assert.Equal((1, 0), (server.Connections, server.Requests.Count));
        Assert.Contains("certificate", probe.Traces("verbose")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerWithoutTlsIsRefusedOnce()
    {
        await using var server = new LoopbackServer(
            static (_, _) => Ok,
            static async (stream, stop) =>
            {
                await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stop);
                return stream;
            }
        );
        using var client = PolarHttp.Create(Probe.Fast(server.SecureAddress));

        var probe = await new Probe(HttpMethod.Post, "/v1/things/").SendAsync(client);

        Assert.Equal((nameof(HttpRequestException), 1), (probe.Outcome, probe.Attempts));
        Assert.False(probe.MayHaveReached);
    }

    [Fact]
    public async Task HandshakeThatBreaksOffIsTriedAgain()
    {
        await using var server = new LoopbackServer(
            static (_, _) => Ok,
            static (_, _) => throw new System.IO.IOException("hangs up")
        );
        using var client = PolarHttp.Create(Probe.Fast(server.SecureAddress));

        var probe = await new Probe(HttpMethod.Post, "/v1/things/").SendAsync(client);

        Assert.Equal((nameof(HttpRequestException), 5), (probe.Outcome, probe.Attempts));
        Assert.False(probe.MayHaveReached);
    }

    // Over HTTP/1.1, nothing of a request is sent before its content is; only so is it known of a write whether it was sent.
    [Theory]
    [InlineData("GET", true)]
    [InlineData("POST", false)]
    [InlineData("PATCH", false)]
    [InlineData("DELETE", false)]
    public async Task OnlyWhatReadsIsOfferedOverHttp2(string method, bool offered)
    {
        var hello = new byte[4096];
        var length = 0;
        await using var server = new LoopbackServer(
            static (_, _) => Ok,
            async (stream, stop) =>
            {
                length = await stream.ReadAsync(hello, stop);
                throw new System.IO.IOException("hangs up");
            }
        );
        using var client = PolarHttp.Create(
            new TransportOptions(server.SecureAddress) { MaximumRetries = 0, UseProxy = false }
        );

        await new Probe(new HttpMethod(method), "/v1/things/").SendAsync(client);

        // Each protocol's name stands behind its length.
        Assert.True(length > 0);
        Assert.Equal(offered, hello.AsSpan(0, length).IndexOf("\u0002h2"u8) >= 0);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        // Some platforms cannot serve with a key that was never stored.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
