using System.Net.Http;
using PolarPS.Client.Models;
using PolarPS.Emulator;
using PolarPS.Http;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Client, transport and emulator together: every operation once, and some of what goes wrong on the way.</summary>
public sealed class EndToEndTests : IDisposable
{
    private readonly PolarEmulator _emulator = new();
    private readonly HttpClient _http;
    private readonly PolarClient _client;

    public EndToEndTests() => (_http, _client) = Connect(_emulator.AccessToken);

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Products()
    {
        var created = await _client.Products.CreateAsync(
            new ProductCreate
            {
                Name = "Sextant",
                Description = "Finds *the way*.",
                Visibility = "private",
                Prices =
                [
                    new PriceInput
                    {
                        AmountType = "fixed",
                        PriceCurrency = "usd",
                        PriceAmount = 4900,
                    },
                ],
                Metadata = new Dictionary<string, object?>
                {
                    ["tier"] = "pro",
                    ["rank"] = 2,
                    ["ratio"] = 0.5,
                    ["on"] = true,
                },
            }
        );
        Assert.Equal("Sextant", created.Name);
        Assert.Equal("$49.00", created.Prices!.ToString());
        Assert.Equal("tier=pro; rank=2; ratio=0.5; on=True", created.Metadata!.ToString());
        Assert.Equal(_emulator.OrganizationId, created.OrganizationId);
        Assert.Empty(created.UnknownFields());

        var read = await _client.Products.GetAsync(created.Id!);
        Assert.Equal(created.CreatedAt, read.CreatedAt);
        Assert.Null(read.ModifiedAt);
        Assert.True(read.IsDeletable);

        var updated = await _client.Products.UpdateAsync(
            created.Id!,
            new ProductUpdate
            {
                Description = null,
                Prices =
                [
                    PriceInput.Keep(created.Prices[0].Id!),
                    new PriceInput
                    {
                        AmountType = "fixed",
                        PriceCurrency = "eur",
                        PriceAmount = 4500,
                    },
                ],
            }
        );
        Assert.Equal("Sextant", updated.Name);
        Assert.Null(updated.Description);
        Assert.NotNull(updated.ModifiedAt);
        Assert.Equal(["$49.00", "€45.00"], updated.Prices!.Select(price => price.ToString()).Order());
        Assert.Contains(updated.Prices!, price => price.Id == created.Prices[0].Id);

        var benefit = await AnyBenefit();
        var given = await _client.Products.UpdateBenefitsAsync(created.Id!, [benefit]);
        Assert.Equal(benefit, Assert.Single(given.Benefits!).Id);
        Assert.Empty((await _client.Products.UpdateBenefitsAsync(created.Id!, [])).Benefits!);

        await _client.Products.DeleteAsync(created.Id!);
        var gone = await Assert.ThrowsAsync<PolarNotFoundException>(() => _client.Products.GetAsync(created.Id!));
        Assert.Equal((404, "ResourceNotFound"), (gone.StatusCode, gone.ErrorName));
    }

    [Fact]
    public async Task ListsOfProducts()
    {
        _emulator.AddProducts(250);
        var all = await ReadAll(_client.Products.List());

        Assert.InRange(all.Count, 251, 300);
        Assert.Equal(all.Count, all.Select(product => product.Id).Distinct().Count());
        Assert.Equal(all.Count, await _client.Products.List().CountAsync());
        Assert.Equal(
            all.Select(product => product.CreatedAt).OrderDescending(),
            all.Select(product => product.CreatedAt)
        );

        var some = await ReadAll(_client.Products.List(new ProductQuery { First = 7, Skip = 100 }));
        Assert.Equal(all.Skip(100).Take(7).Select(product => product.Id), some.Select(product => product.Id));

        var sorted = await ReadAll(_client.Products.List(new ProductQuery { Sorting = ["-name"], PageSize = 40 }));
        Assert.Equal(all.Count, sorted.Count);

        var found = await ReadAll(
            _client.Products.List(
                new ProductQuery
                {
                    Id = [all[3].Id!, all[5].Id!],
                    IsArchived = all[3].IsArchived == all[5].IsArchived ? all[3].IsArchived : null,
                }
            )
        );
        Assert.Equal(new[] { all[3].Id, all[5].Id }.Order(), found.Select(product => product.Id).Order());

        var tagged = await _client.Products.CreateAsync(
            new ProductCreate
            {
                Name = "Odd & sods [x]=1",
                Prices = [new PriceInput { AmountType = "fixed", PriceAmount = 0 }],
                Metadata = new Dictionary<string, object?> { ["a&b=c [d]"] = "x&y=z +%", ["flag"] = true },
            }
        );
        var byMetadata = new ProductQuery
        {
            Metadata = new Dictionary<string, object?>
            {
                ["a&b=c [d]"] = new[] { "other", "x&y=z +%" },
                ["flag"] = true,
            },
        };
        Assert.Equal(tagged.Id, Assert.Single(await ReadAll(_client.Products.List(byMetadata))).Id);
        var byName = new ProductQuery { Query = "& sods [x]=" };
        Assert.Equal(tagged.Id, Assert.Single(await ReadAll(_client.Products.List(byName))).Id);
    }

    [Fact]
    public async Task CheckoutLinks()
    {
        var product = (
            await ReadAll(
                _client.Products.List(
                    new ProductQuery
                    {
                        First = 1,
                        IsArchived = false,
                        Visibility = ["public"],
                    }
                )
            )
        )[0];
        var created = await _client.CheckoutLinks.CreateAsync(
            new CheckoutLinkCreate
            {
                Products = [product.Id!],
                Label = "Quay",
                SuccessUrl = "https://northwind.example/thanks?checkout_id={CHECKOUT_ID}",
                AllowDiscountCodes = false,
            }
        );
        Assert.Equal("Quay", created.Label);
        Assert.Equal(product.Id, Assert.Single(created.Products!).Id);
        Assert.EndsWith(created.ClientSecret!, created.Url!, StringComparison.Ordinal);
        Assert.Empty(created.UnknownFields());

        var updated = await _client.CheckoutLinks.UpdateAsync(
            created.Id!,
            new CheckoutLinkUpdate { Label = null, AllowDiscountCodes = true }
        );
        Assert.Null(updated.Label);
        Assert.True(updated.AllowDiscountCodes);
        Assert.Equal(created.SuccessUrl, updated.SuccessUrl);
        Assert.Equal(created.Id, (await _client.CheckoutLinks.GetAsync(created.Id!)).Id);

        var listed = await ReadAll(_client.CheckoutLinks.List(new CheckoutLinkQuery { ProductId = [product.Id!] }));
        Assert.Contains(listed, link => link.Id == created.Id);

        await _client.CheckoutLinks.DeleteAsync(created.Id!);
        await Assert.ThrowsAsync<PolarNotFoundException>(() => _client.CheckoutLinks.DeleteAsync(created.Id!));
    }

    [Fact]
    public async Task Organizations()
    {
        var own = Assert.Single(await ReadAll(_client.Organizations.List()));
        Assert.Equal(_emulator.OrganizationId, own.Id);
        Assert.Equal(own.Name, (await _client.Organizations.GetAsync(own.Id!)).Name);

        var settings = own.SubscriptionSettings!;
        settings.PreventTrialAbuse = settings.PreventTrialAbuse != true;
        var updated = await _client.Organizations.UpdateAsync(
            own.Id!,
            new OrganizationUpdate { Email = "ahoy@northwind.example", SubscriptionSettings = settings }
        );
        Assert.Equal("ahoy@northwind.example", updated.Email);
        Assert.Equal(settings.PreventTrialAbuse, updated.SubscriptionSettings!.PreventTrialAbuse);
        Assert.Equal(own.Name, updated.Name);

        var (http, user) = Connect(_emulator.CreateUserToken());
        using (http)
        {
            var created = await user.Organizations.CreateAsync(
                new OrganizationCreate { Name = "Southwind", Slug = "southwind" }
            );
            Assert.Equal("southwind", created.Slug);
            var found = await ReadAll(user.Organizations.List(new OrganizationQuery { Slug = "southwind" }));
            Assert.Equal(created.Id, Assert.Single(found).Id);
        }
    }

    [Fact]
    public async Task ARawRequest()
    {
        var answer = await _client.SendAsync("GET", "/v1/products/?limit=1");

        Assert.Equal((200, "application/json"), (answer.StatusCode, answer.MediaType));
        Assert.Contains("\"total_count\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusalsNameTheField()
    {
        var error = await Assert.ThrowsAsync<PolarValidationException>(() =>
            _client.Products.CreateAsync(
                new ProductCreate { Name = "x", Prices = [new PriceInput { AmountType = "fixed", PriceAmount = -1 }] }
            )
        );

        Assert.Equal(422, error.StatusCode);
        Assert.Contains(error.Errors, field => field.Field == "name");
        Assert.Contains(error.Errors, field => field.Location.EndsWith("price_amount", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TokensAreRefusedInTheirOwnWays()
    {
        var (expiredHttp, expired) = Connect(_emulator.CreateExpiredToken());
        var (scopedHttp, scoped) = Connect(_emulator.CreateAccessToken("products:read"));
        using (expiredHttp)
        using (scopedHttp)
        {
            var refused = await Assert.ThrowsAsync<PolarAuthenticationException>(() =>
                expired.Products.List().CountAsync()
            );
            Assert.True(refused.TokenRefused);

            Assert.InRange(await scoped.Products.List().CountAsync(), 1, 1000);
            var forbidden = await Assert.ThrowsAsync<PolarPermissionException>(() =>
                scoped.CheckoutLinks.List().CountAsync()
            );
            Assert.True(forbidden.ScopeMissing);
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task AReadIsRepeatedUntilItSucceeds(int status)
    {
        _emulator.Faults.Add(
            new FaultRule
            {
                Status = status,
                Times = 1,
                RetryAfter = status == 503 ? "0" : null,
            }
        );

        Assert.InRange(await _client.Products.List().CountAsync(), 1, 1000);
        Assert.Equal(2, _emulator.RequestCount);
    }

    [Fact]
    public async Task ACreationIsNotRepeatedAndItsOutcomeIsUnknown()
    {
        var before = await _client.Products.List().CountAsync();
        _emulator.Faults.Add(new FaultRule { Method = "POST", DropAfterRead = true });

        var error = await Assert.ThrowsAsync<PolarConnectionException>(() =>
            _client.Products.CreateAsync(
                new ProductCreate
                {
                    Name = "Sextant",
                    Prices = [new PriceInput { AmountType = "fixed", PriceAmount = 0 }],
                }
            )
        );

        Assert.True(error.OutcomeUnknown);
        Assert.True(error.Reached);
        Assert.Equal(1, error.Attempts);
        Assert.Equal(before + 1, await _client.Products.List().CountAsync());
    }

    [Fact]
    public async Task ADeletionWhoseAnswerIsLostSucceeds()
    {
        var link = (await ReadAll(_client.CheckoutLinks.List()))[0];
        _emulator.Faults.Add(
            new FaultRule
            {
                Method = "DELETE",
                DropAfterRead = true,
                Times = 1,
            }
        );

        await _client.CheckoutLinks.DeleteAsync(link.Id!);

        await Assert.ThrowsAsync<PolarNotFoundException>(() => _client.CheckoutLinks.GetAsync(link.Id!));
    }

    [Fact]
    public async Task AnAnswerThatIsNotJsonIsNoAnswer()
    {
        _emulator.Faults.Add(new FaultRule { MalformedJson = true });

        var read = await Assert.ThrowsAsync<PolarResponseException>(() => _client.Products.List().CountAsync());
        var write = await Assert.ThrowsAsync<PolarResponseException>(() =>
            _client.Organizations.UpdateAsync(_emulator.OrganizationId, new OrganizationUpdate { Name = "Northwind" })
        );

        Assert.False(read.OutcomeUnknown);
        Assert.True(write.OutcomeUnknown);
    }

    [Fact]
    public async Task AnAnswerWithOddFieldsReadsThroughTheTransportToo()
    {
        _emulator.Faults.Add(
            new FaultRule
            {
                Status = 200,
                Body = """{"id":"x","is_archived":"no","prices":[{"price_amount":"many"}],"zzz":1}""",
            }
        );

        var product = await _client.Products.GetAsync(_emulator.OrganizationId);

        Assert.Equal("x", product.Id);
        Assert.Equal("no", product.UnknownFields()["is_archived"]);
        Assert.Equal(1L, product.UnknownFields()["zzz"]);
        Assert.Equal("many", product.Prices![0].UnknownFields()["price_amount"]);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(150, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 30)]
    [InlineData(3, 5)]
    public async Task ListsThatChangeMeanwhileAreWhole(int added, int removed)
    {
        _emulator.AddProducts(450);
        var before = (await ReadAll(_client.Products.List())).Select(product => product.Id!).ToList();
        _emulator.Faults.Add(
            new FaultRule
            {
                Path = "/v1/products/",
                InsertBetweenPages = added > 0 ? added : null,
                RemoveBetweenPages = removed > 0 ? removed : null,
                Times = 12,
            }
        );

        var read = (await ReadAll(_client.Products.List())).Select(product => product.Id!).ToList();

        _emulator.Faults.Clear();
        var after = (await ReadAll(_client.Products.List())).Select(product => product.Id!).ToHashSet();
        var stayed = before.Where(after.Contains).ToList();
        Assert.Equal(read.Distinct(), read);
        Assert.Equal(stayed, read.Where(stayed.ToHashSet().Contains));
        Assert.True(stayed.Count > 50);
    }

    [Fact]
    public async Task AListThatIsNotDeliveredIsAnError()
    {
        _emulator.AddProducts(450);
        _emulator.Faults.Add(new FaultRule { RepeatPage = 1, ClaimedMaxPage = 5000 });

        var error = await Assert.ThrowsAsync<PolarListException>(() => ReadAll(_client.Products.List()));

        Assert.Equal(100, error.ItemsRead);
        Assert.InRange(_emulator.RequestCount, 2, 12);
    }

    private static async Task<List<T>> ReadAll<T>(PagedList<T> list)
        where T : class
    {
        var items = new List<T>();
        await foreach (var item in list)
        {
            items.Add(item);
        }

        return items;
    }

    private async Task<string> AnyBenefit() =>
        (await ReadAll(_client.Products.List())).SelectMany(product => product.Benefits!).First().Id!;

    private (HttpClient Http, PolarClient Client) Connect(string token)
    {
        var http = PolarHttp.Create(
            new Dictionary<string, object?>
            {
                ["BaseAddress"] = new Uri("https://polar.test"),
                ["Token"] = (Func<string?>)(() => token),
                ["InnermostHandler"] = _emulator.CreateHandler(),
            }
        );
        return (http, new PolarClient(http));
    }
}
