using System.Reflection;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>What a program's own tests put in the place of a client.</summary>
public class StandInTests
{
    private static readonly Product[] Shelf = [new() { Id = "1", Name = "Tea" }, new() { Id = "2", Name = "Cup" }];

    [Fact]
    public async Task AClassOfOnesOwnStandsIn()
    {
        PolarClient polar = new Shop();

        Assert.Equal("Tea", (await polar.Products.GetAsync("1")).Name);
        Assert.Equal(["Tea", "Cup"], await NamesAsync(polar));
        await Assert.ThrowsAsync<PolarNotFoundException>(() => polar.Products.GetAsync("3"));
    }

    [Fact]
    public async Task SoDoesAMockingLibrary()
    {
        var polar = Substitute.For<PolarClient>();
        var products = Substitute.For<ProductsResource>();
        polar.Products.Returns(products);
        products.List(Arg.Any<ProductQuery?>()).Returns(PolarTestDoubles.List(Shelf));
        products.CreateAsync(Arg.Any<ProductCreate>()).ThrowsAsync(PolarTestDoubles.NoResponse("POST"));

        Assert.Equal(["Tea", "Cup"], await NamesAsync(polar));
        var failure = await Assert.ThrowsAsync<PolarConnectionException>(() =>
            polar.Products.CreateAsync(new ProductCreate())
        );
        Assert.True(failure.OutcomeUnknown);
        await products.Received(1).CreateAsync(Arg.Any<ProductCreate>());
    }

    [Fact]
    public async Task WhatIsNotReplacedSaysSo()
    {
        PolarClient polar = new Shop();

        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => polar.Orders.GetAsync("1"));
        await Assert.ThrowsAsync<NotSupportedException>(() => polar.Products.DeleteAsync("1"));
        await Assert.ThrowsAsync<NotSupportedException>(() => polar.SendAsync("GET", "/v1/"));

        Assert.Contains("GET /v1/orders/1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryMemberOfTheClientCanBeReplaced()
    {
        var replaced = typeof(PolarClient)
            .Assembly.GetExportedTypes()
            .Where(static type =>
                type.Name.EndsWith("Resource", StringComparison.Ordinal)
                || type == typeof(PolarClient)
                || type == typeof(PortalClient)
            )
            .ToList();

        Assert.True(replaced.Count > 40, $"Only {replaced.Count} classes were found.");
        Assert.All(
            replaced,
            static type =>
            {
                Assert.False(type.IsSealed, $"{type.Name} is sealed.");
                Assert.Contains(
                    type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic),
                    static made => made.IsFamily && made.GetParameters().Length == 0
                );
                Assert.All(
                    type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly),
                    method => Assert.True(method is { IsVirtual: true, IsFinal: false }, $"{type.Name}.{method.Name}")
                );
            }
        );
    }

    [Fact]
    public async Task AListHasItsCountAndItsPages()
    {
        var items = Enumerable.Range(0, 250).Select(static number => new Product { Name = $"{number}" }).ToList();
        var list = PolarTestDoubles.List(items);

        var read = new List<string?>();
        var counts = new List<long>();
        await foreach (var page in list.ReadPagesAsync())
        {
            counts.Add(page.TotalCount);
            read.AddRange(page.Items.Select(static product => product.Name));
        }

        Assert.Equal(items.Select(static product => product.Name), read);
        Assert.True(counts.Count > 1);
        Assert.All(counts, static count => Assert.Equal(250, count));
        Assert.Equal(250, await list.CountAsync());
        Assert.Equal(0, await PolarTestDoubles.List<Product>([]).CountAsync());
    }

    [Theory]
    [InlineData(401, "invalid_token", typeof(PolarAuthenticationException))]
    [InlineData(403, "insufficient_scope", typeof(PolarPermissionException))]
    [InlineData(404, "ResourceNotFound", typeof(PolarNotFoundException))]
    [InlineData(404, null, typeof(PolarRouteNotFoundException))]
    [InlineData(422, "RequestValidationError", typeof(PolarValidationException))]
    [InlineData(429, null, typeof(PolarRateLimitException))]
    [InlineData(500, null, typeof(PolarServerException))]
    public void ARefusalIsOfTheKindThatTheClientThrows(int status, string? error, Type kind)
    {
        var refusal = PolarTestDoubles.Refusal(status, error, "So it is.", "POST");

        Assert.IsType(kind, refusal);
        Assert.Equal((status, error), (refusal.StatusCode, refusal.ErrorName));
        Assert.Equal(status >= 500, refusal.OutcomeUnknown);
        Assert.False(PolarTestDoubles.Refusal(status, error).OutcomeUnknown);
    }

    [Fact]
    public void ASuccessIsNoRefusal() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PolarTestDoubles.Refusal(200));

    private static async Task<List<string?>> NamesAsync(PolarClient polar)
    {
        var names = new List<string?>();
        await foreach (var product in polar.Products.List())
        {
            names.Add(product.Name);
        }

        return names;
    }

    private sealed class Shop : PolarClient
    {
        public override ProductsResource Products { get; } = new ShelfOfShop();
    }

    private sealed class ShelfOfShop : ProductsResource
    {
        public override PagedList<Product> List(ProductQuery? query = null) => PolarTestDoubles.List(Shelf);

        public override Task<Product> GetAsync(string id, CancellationToken cancellationToken = default) =>
            Array.Find(Shelf, product => product.Id == id) is { } product
                ? Task.FromResult(product)
                : Task.FromException<Product>(PolarTestDoubles.Refusal(404, "ResourceNotFound"));
    }
}
