using System.Buffers;
using System.Net.Http;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Client;
using PolarPS.Client.Tests.Transport;
using PolarPS.Http;
using Xunit;

namespace PolarPS.Client.Tests.Reading;

/// <summary>Bodies lie in arrays of a pool, which go back with their answer: nothing may be read from them afterwards.</summary>
public sealed class BodyPoolTests
{
    /// <summary>The class is compiled into both.</summary>
    public static TheoryData<string> Assemblies { get; } =
        new() { typeof(PolarClient).Assembly.GetName().Name!, typeof(PolarHttp).Assembly.GetName().Name! };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task ABodyGoesBackOnceWithItsAnswer(string assembly)
    {
        var pool = new Pool();
        var body = await Body.Read(assembly, pool, new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 5000))));
        var response = new HttpResponseMessage { Content = body.Content };
        var stream = await body.Content.ReadAsStreamAsync();
        Assert.Equal('x', stream.ReadByte());
        Assert.Single(pool.Rented);
        Assert.Empty(pool.Returned);

        response.Dispose();
        response.Dispose();
        body.Content.Dispose();

        Assert.Same(Assert.Single(pool.Rented), Assert.Single(pool.Returned));
        // Nobody else finds in it what Polar answered, and nobody reads from it what is another's.
        Assert.False(pool.Rented[0].AsSpan().ContainsAnyExcept((byte)0));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => body.Content.ReadAsStreamAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => body.Content.CopyToAsync(new MemoryStream()));
        Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task WhatABodyHasOutgrownGoesBackAtOnce(string assembly)
    {
        var pool = new Pool();
        var text = string.Concat(Enumerable.Range(0, 90_000).Select(number => (char)('a' + number * 7 % 26)));

        var body = await Body.Read(assembly, pool, new MemoryStream(Encoding.UTF8.GetBytes(text)), isAnnounced: false);

        Assert.InRange(pool.Rented.Count, 2, 4);
        Assert.Equal(pool.Rented.SkipLast(1), pool.Returned);
        Assert.Equal(text, await body.Content.ReadAsStringAsync());
        Assert.All(pool.Returned, array => Assert.False(array.AsSpan().ContainsAnyExcept((byte)0)));
        body.Content.Dispose();
        Assert.Equal(pool.Rented, pool.Returned);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task AnAnnouncedBodyIsOneArray(string assembly)
    {
        var pool = new Pool();

        using var content = (
            await Body.Read(assembly, pool, new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 300_000))))
        ).Content;

        Assert.Single(pool.Rented);
        Assert.Equal(300_000, (await content.ReadAsStringAsync()).Length);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task AHugeBodyIsInSeveralArrays(string assembly)
    {
        foreach (var isAnnounced in new[] { true, false })
        {
            var pool = new Pool();
            var bytes = new byte[5_000_000];
            new Random(7).NextBytes(bytes);

            var body = await Body.Read(assembly, pool, new MemoryStream(bytes), isAnnounced);

            // No array that is too large for the pool, and not much more memory than there are bytes.
            Assert.All(pool.Rented, array => Assert.InRange(array.Length, 1, 1024 * 1024));
            Assert.InRange(pool.Rented.Sum(array => array.Length), 5_000_000, 8_000_000);
            using (var copy = new MemoryStream())
            {
                await body.Content.CopyToAsync(copy);
                Assert.True(copy.ToArray().AsSpan().SequenceEqual(bytes));
            }

            var stream = Assert.IsType<MemoryStream>(await body.Content.ReadAsStreamAsync());
            Assert.True(stream.TryGetBuffer(out var whole));
            Assert.True(whole.AsSpan().SequenceEqual(bytes));
            body.Content.Dispose();
            Assert.Equal(pool.Rented.Order(new ByHash()), pool.Returned.Order(new ByHash()));
            Assert.All(pool.Returned, array => Assert.False(array.AsSpan().ContainsAnyExcept((byte)0)));
        }
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task ABodyThatWasGivenUpIsNotReused(string assembly)
    {
        // Whoever is still reading it may write into the array later on.
        var pool = new Pool();
        var stream = new BrokenStream();
        Body? body = null;

        await Assert.ThrowsAsync<IOException>(async () =>
            await Body.Read(assembly, pool, stream, isAnnounced: false, made => body = made)
        );
        body!.Content.Dispose();

        Assert.Single(pool.Rented);
        Assert.Empty(pool.Returned);
    }

    [Fact]
    public async Task ConcurrentListsDoNotSeeEachOther()
    {
        // Bodies of all sizes, so that arrays change hands; each row names its list.
        var stub = new Stub(
            async (request, cancellationToken) =>
            {
                await Task.Yield();
                return Stub.Answer(PageOf(request.RequestUri!));
            }
        );

        await Hold(stub.Client);
    }

    [Fact]
    public async Task ConcurrentListsDoNotSeeEachOtherOverTheTransport()
    {
        // Half of the answers say how long they are.
        await using var server = new LoopbackServer(
            (request, index) =>
            {
                var target = request.Line.Split(' ')[1];
                var body = PageOf(new Uri("https://polar.test" + target));
                return index % 2 == 0
                    ? Replies.Status(200, body, "Content-Type: application/json")
                    : Chunked(Encoding.UTF8.GetBytes(body));
            }
        );
        using var http = PolarHttp.Create(Probe.Fast(server.Address));

        await Hold(new PolarClient(http));
    }

    [Fact]
    public async Task WhatIsKeptIsACopy()
    {
        var stub = new Stub(request =>
            request.RequestUri!.AbsolutePath.EndsWith("kept", StringComparison.Ordinal)
                ? Stub.Answer("""{"id":"kept","name":"Kept as it is","zzz":{"a":["kept"]},"metadata":{"k":"kept"}}""")
            : request.RequestUri.AbsolutePath.EndsWith("wrong", StringComparison.Ordinal)
                ? Stub.Answer("""{"error":"ResourceNotFound","detail":"Kept detail"}""", 404)
            : Stub.Answer(
                $$$"""{"id":"other","name":"{{{new string('o', 200)}}}","zzz":{"a":["{{{new string('o', 90)}}}"]}}"""
            )
        );
        var product = await stub.Client.Products.GetAsync("kept");
        var failure = await Assert.ThrowsAsync<PolarNotFoundException>(() => stub.Client.Products.GetAsync("wrong"));
        var raw = await stub.Client.SendAsync("GET", "/v1/products/kept");
        var (shown, text) = (failure.ToString(), raw.Text);
        var unknown = product.Unknown!["zzz"].GetRawText();

        for (var count = 0; count < 200; count++)
        {
            await stub.Client.Products.GetAsync("other");
        }

        Assert.Equal("Kept as it is", product.Name);
        Assert.Equal("kept", product.Metadata!["k"]);
        Assert.Equal("""{"a":["kept"]}""", product.Unknown["zzz"].GetRawText());
        Assert.Equal(unknown, product.Unknown["zzz"].GetRawText());
        Assert.Contains("Kept detail", failure.Message, StringComparison.Ordinal);
        Assert.Equal(shown, failure.ToString());
        Assert.Equal(text, raw.Text);
        Assert.StartsWith("""{"id":"kept",""", raw.Text, StringComparison.Ordinal);
    }

    private static Reply Chunked(byte[] body) =>
        async (stream, stop) =>
        {
            await stream.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(),
                stop
            );
            foreach (var chunk in body.Chunk(7000))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), stop);
                await stream.WriteAsync((byte[])[.. chunk, .. "\r\n"u8], stop);
            }

            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), stop);
            return true;
        };

    private static string PageOf(Uri address)
    {
        var query = System.Web.HttpUtility.ParseQueryString(address.Query);
        return PageOf(
            query["query"]!,
            int.Parse(query["page"]!, CultureInfo.InvariantCulture),
            int.Parse(query["limit"]!, CultureInfo.InvariantCulture)
        );
    }

    private static string PageOf(string name, int page, int limit)
    {
        const int Total = 500;
        var rows = Enumerable
            .Range((page - 1) * limit, Math.Max(0, Math.Min(limit, Total - (page - 1) * limit)))
            .Select(number =>
                $$$"""{"id":"{{{name}}}-{{{number}}}","name":"{{{name}}}","description":"{{{new string(name[0], number * 37 % 900)}}}","zzz":"{{{name}}}","metadata":{"list":"{{{name}}}"}}"""
            );
        return $$$"""{"items":[{{{string.Join(',', rows)}}}],"pagination":{"total_count":{{{Total}}},"max_page":{{{(Total + limit - 1) / limit}}}}}""";
    }

    private static async Task Hold(PolarClient client)
    {
        var lists = Enumerable
            .Range(0, 24)
            .Select(async number =>
            {
                var name = $"{(char)('a' + number)}{number}";
                var products = new List<Product>();
                await foreach (var product in client.Products.List(new ProductQuery { Query = name }))
                {
                    products.Add(product);
                }

                Assert.Equal(500, products.Count);
                for (var index = 0; index < products.Count; index++)
                {
                    var product = products[index];
                    Assert.Equal($"{name}-{index}", product.Id);
                    Assert.Equal(name, product.Name);
                    Assert.Equal(new string(name[0], index * 37 % 900), product.Description);
                    Assert.Equal(name, product.Metadata!["list"]);
                    Assert.Equal(name, product.UnknownFields()["zzz"]);
                }
            });
        await Task.WhenAll(lists);
    }

    private sealed class Pool : ArrayPool<byte>
    {
        public List<byte[]> Rented { get; } = [];

        public List<byte[]> Returned { get; } = [];

        public override byte[] Rent(int minimumLength)
        {
            Rented.Add(new byte[minimumLength]);
            return Rented[^1];
        }

        public override void Return(byte[] array, bool clearArray = false) => Returned.Add(array);
    }

    private sealed class ByHash : IComparer<byte[]>
    {
        public int Compare(byte[]? first, byte[]? second) =>
            RuntimeHelpers.GetHashCode(first).CompareTo(RuntimeHelpers.GetHashCode(second));
    }

    /// <summary>The content of either assembly, as it is read from the network.</summary>
    private sealed class Body(HttpContent content)
    {
        public HttpContent Content => content;

        public static async Task<Body> Read(
            string assembly,
            ArrayPool<byte> pool,
            Stream source,
            bool isAnnounced = true,
            Action<Body>? made = null
        )
        {
            var code = new[] { typeof(PolarClient), typeof(PolarHttp) }
                .Select(type => type.Assembly)
                .Single(known => known.GetName().Name == assembly);
            var type = code.GetType("PolarPS.BufferedContent", throwOnError: true)!;
            var body = new Body(
                (HttpContent)
                    type.GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, [typeof(ArrayPool<byte>)])!
                        .Invoke([pool])
            );
            made?.Invoke(body);
            var network = new StreamContent(source);
            network.Headers.ContentLength = isAnnounced ? source.Length : null;
            var whole = await (Task<bool>)
                code.GetType("PolarPS.BodyReader", throwOnError: true)!
                    .GetMethod("ReadAsync", BindingFlags.Public | BindingFlags.Static)!
                    .Invoke(null, [network, body.Content, 64L * 1024 * 1024, CancellationToken.None])!;
            Assert.True(whole);
            return body;
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        private int _reads;

        public override bool CanSeek => false;

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => _reads++ == 0 ? Task.FromResult(100) : Task.FromException<int>(new IOException("Cut off."));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(ReadAsync([], 0, 0, cancellationToken));
    }
}
