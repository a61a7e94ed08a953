using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Client;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>What comes of the answers to the operations of sales and usage.</summary>
public sealed class BillingAnswerTests
{
    private const string Id = "a4b638df-dae6-430f-ac24-39517283824b";

    [ExampleFact]
    public void ExamplesComeOutWhole()
    {
        Assert.Empty(Mirror.Losses(ExampleFiles.Read("subscription.json"), PolarJson.Default.Subscription));
        Assert.Empty(Mirror.Losses(ExampleFiles.Read("order.json"), PolarJson.Default.Order));
        Assert.Empty(Mirror.Losses(ExampleFiles.Read("event.json"), PolarJson.Default.PolarEvent));
        Assert.Empty(Mirror.Losses(ExampleFiles.Read("meter.json"), PolarJson.Default.Meter));
        Assert.Empty(Mirror.Losses(ExampleFiles.Read("customer.json"), PolarJson.Default.Customer));
    }

    [ExampleFact]
    public void TheComparisonSeesWhatIsLost()
    {
        var changed = JsonNode.Parse(ExampleFiles.Read("order.json"))!;
        changed["new_field"] = 1;
        changed["customer"]!["email_verified"] = "perhaps";

        var differences = Mirror.Losses(changed.ToJsonString(), PolarJson.Default.Order);

        Assert.Contains(differences, difference => difference.StartsWith("$.new_field", StringComparison.Ordinal));
        Assert.Contains(differences, difference => difference.Contains("email_verified", StringComparison.Ordinal));
    }

    [ExampleFact]
    public async Task AnOrderReadsAsOneLine()
    {
        var call = new Stub(ExampleFiles.Read("order.json"));

        var order = await call.Client.Orders.GetAsync(Id);

        Assert.Equal(
            $"{order.InvoiceNumber}: {Money.Format(order.TotalAmount, order.Currency)} ({order.Status})",
            order.ToString()
        );
        Assert.Equal("FR", order.BillingAddress?.Country);
        Assert.StartsWith("12 Rue des Lilas, ", order.BillingAddress?.ToString(), StringComparison.Ordinal);
        Assert.Equal(["FR32123456789", "eu_vat"], order.Customer?.TaxId);
    }

    [ExampleFact]
    public async Task AMeterReadsAsItsGrammar()
    {
        var call = new Stub(ExampleFiles.Read("meter.json"));

        var meter = await call.Client.Meters.GetAsync(Id);

        Assert.Equal(
            "name eq \"inference.completed\" and (model like \"nw-large\" or _llm.total_tokens gte 100)",
            meter.Filter?.ToString()
        );
        Assert.Equal("sum(_llm.total_tokens)", meter.Aggregation?.ToString());
        Assert.Equal(100L, meter.Filter?.Clauses?[1].Clauses?[1].Value);
    }

    [ExampleFact]
    public async Task WhatAMeterCountsCanBeSentAsItCame()
    {
        var example = JsonNode.Parse(ExampleFiles.Read("meter.json"))!;
        var call = new Stub(example.ToJsonString());
        var meter = await call.Client.Meters.GetAsync(Id);

        await call.Client.Meters.UpdateAsync(
            Id,
            new MeterUpdate { Filter = meter.Filter, Aggregation = meter.Aggregation }
        );

        var sent = JsonNode.Parse(call.Requests[1].Body!)!;
        Assert.True(JsonNode.DeepEquals(example["filter"], sent["filter"]));
        Assert.True(JsonNode.DeepEquals(example["aggregation"], sent["aggregation"]));
    }

    [ExampleFact]
    public async Task MetadataOfAnEventIsPlain()
    {
        var call = new Stub(ExampleFiles.Read("event.json"));

        var read = await call.Client.Events.GetAsync(Id);

        var llm = Assert.IsType<PolarDictionary<object?>>(read.Metadata?["_llm"]);
        Assert.Equal(1156L, llm["total_tokens"]);
        Assert.Null(llm["prompt"]);
        Assert.Equal("0.384", Assert.IsType<PolarDictionary<object?>>(read.Metadata?["_cost"])["amount"]);
        Assert.Equal("inference.completed", read.ToString());
    }

    [Fact]
    public async Task AReceiptIsNullUntilItIsMade()
    {
        var call = Stub.InTurn(
            () => new HttpResponseMessage(HttpStatusCode.Accepted),
            () => Stub.Answer("""{"url":"https://files.example/r?sig=1"}""")
        );

        Assert.Null(await call.Client.Orders.GetReceiptAsync(Id));
        var receipt = await call.Client.Orders.GetReceiptAsync(Id);

        Assert.Equal("https://files.example/r?sig=1", receipt?.Url);
        Assert.DoesNotContain("sig", receipt?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReceiptThatCannotBeIsAnError()
    {
        var call = Stub.Answering("""{"error":"ResourceNotFound","detail":"Not found"}""", 404);

        await Assert.ThrowsAsync<PolarNotFoundException>(() => call.Client.Orders.GetReceiptAsync(Id));
    }

    [Fact]
    public async Task AnInvoiceIsAcceptedWithANullBody()
    {
        var call = Stub.Answering("null", 202);

        await call.Client.Orders.GenerateInvoiceAsync(Id);

        Assert.Equal($"POST /v1/orders/{Id}/invoice", Assert.Single(call.Lines));
    }

    [Theory]
    [InlineData("attachment; filename=\"orders.csv\"", "orders.csv")]
    [InlineData("attachment; filename=orders.csv; filename*=UTF-8''commandes%20%C3%A9t%C3%A9.csv", "commandes été.csv")]
    [InlineData("attachment; filename=\"../../etc/cron.d/x\"", "x")]
    [InlineData("attachment; filename=\"C:\\\\x\\\\y.csv\"", "y.csv")]
    [InlineData("attachment; filename=\"..\"", null)]
    [InlineData("attachment", null)]
    [InlineData(null, null)]
    public async Task AnExportIsHandedOverAsItComesIn(string? disposition, string? fileName)
    {
        var call = Stub.InTurn(() => Stub.Csv("email,amount\r\na@b.example,1\r\n", disposition));

        using var export = await call.Client.Orders.ExportAsync();

        using var reader = new StreamReader(export.Content, Encoding.UTF8);
        Assert.Equal("email,amount\r\na@b.example,1\r\n", await reader.ReadToEndAsync());
        Assert.Equal(fileName, export.FileName);
        Assert.Equal("text/csv", export.MediaType);
    }

    [Fact]
    public async Task AnExportIsNotReadBeforeItIsWanted()
    {
        var body = new Tap();
        var call = Stub.InTurn(() =>
        {
            var content = new StreamContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
        });

        var export = await call.Client.Subscriptions.ExportAsync();
        var before = body.Reads;
        export.Dispose();

        Assert.Equal(0, before);
        Assert.True(body.Closed);
    }

    [Fact]
    public async Task AnExportThatIsRefusedIsAnError()
    {
        var call = Stub.Answering(
            """{"error":"RequestValidationError","detail":[{"type":"timezone_aware","loc":["query","created_after"],"msg":"Input should have timezone info"}]}""",
            422
        );

        var error = await Assert.ThrowsAsync<PolarValidationException>(() => call.Client.Orders.ExportAsync());

        Assert.Equal("created_after", Assert.Single(error.Errors).Field);
    }

    [Fact]
    public async Task EventsAreReadWithACountOrWithout()
    {
        var counted = Stub.InTurn(
            () => Stub.Answer(EventPage("\"total_count\":2,\"max_page\":2", "1")),
            () => Stub.Answer(EventPage("\"total_count\":2,\"max_page\":2", "2"))
        );
        var uncounted = Stub.InTurn(
            () => Stub.Answer(EventPage("\"has_next_page\":true", "1")),
            () => Stub.Answer(EventPage("\"has_next_page\":false", "2"))
        );

        Assert.Equal(["1", "2"], await IdsAsync(counted.Client.Events.List(new EventQuery { PageSize = 1 })));
        Assert.Equal(
            ["1", "2"],
            await IdsAsync(uncounted.Client.Events.List(new EventQuery { PageSize = 1, CursorPagination = true }))
        );
        Assert.Equal(
            [
                "GET /v1/events/?cursor_pagination=true&page=1&limit=1",
                "GET /v1/events/?cursor_pagination=true&page=2&limit=1",
            ],
            uncounted.Lines
        );
        Assert.Equal(-1, await uncounted.Client.Events.List().CountAsync());
    }

    [Fact]
    public async Task ALastPageThatTurnsOutToBeEmptyEndsTheList()
    {
        var call = Stub.InTurn(
            () => Stub.Answer(EventPage("\"has_next_page\":true", "1")),
            () => Stub.Answer("""{"items":[],"pagination":{"has_next_page":false}}""")
        );

        Assert.Equal(["1"], await IdsAsync(call.Client.Events.List(new EventQuery { PageSize = 1 })));
        Assert.Equal(2, call.Requests.Count);
    }

    [Fact]
    public async Task MetricsAreThereAsPropertiesAndBySlug()
    {
        var call = new Stub(
            """
            {
              "periods": [
                {"timestamp":"2026-11-01T00:00:00Z","revenue":1999,"churn_rate":0.05,"orders":null,"brand_new":7,"also_new":1e300,"note":"x"}
              ],
              "totals": {"revenue":1999.5},
              "metrics": {"revenue":{"slug":"revenue","display_name":"Revenue","type":"currency"},"orders":null}
            }
            """
        );

        var metrics = await call.Client.Metrics.GetAsync(new MetricsQuery());

        var period = Assert.Single(metrics.Periods!);
        Assert.Equal(1999m, period.Revenue);
        Assert.Equal(0.05m, period["churn_rate"]);
        Assert.Null(period.Orders);
        Assert.Null(period["orders"]);
        Assert.Null(period["no_such_metric"]);
        Assert.Equal(["brand_new", "churn_rate", "revenue"], period.Values().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(1999.5m, metrics.Totals?.Revenue);
        Assert.Equal("Revenue", metrics.Metrics?["revenue"].ToString());
    }

    [Fact]
    public void EveryMetricHasItsSlug()
    {
        var metrics = typeof(MetricValues).GetProperties().Where(item => item.PropertyType == typeof(decimal?));
        foreach (var metric in metrics.Where(item => item.GetIndexParameters().Length == 0))
        {
            var totals = new MetricsTotals();
            metric.SetValue(totals, 5m);

            var value = Assert.Single(totals.Values());
            Assert.Equal(JsonSettings.FieldName(metric.Name), value.Key);
            Assert.Equal(5m, value.Value);
        }
    }

    [Fact]
    public void AFilterWithoutClausesIsEveryEvent()
    {
        Assert.Equal("every event", MeterFilter.All().ToString());
        Assert.Equal(
            "(a eq \"b\") or c ne false",
            MeterFilter
                .Any(
                    MeterFilterClause.Group(MeterFilter.All(MeterFilterClause.Where("a", "eq", "b"))),
                    MeterFilterClause.Where("c", "ne", false)
                )
                .ToString()
        );
        string[] aggregations =
        [
            MeterAggregation.Count().ToString(),
            MeterAggregation.Max("p").ToString(),
            MeterAggregation.Min("p").ToString(),
            MeterAggregation.Average("p").ToString(),
            MeterAggregation.Unique("p").ToString(),
        ];
        Assert.Equal(["count()", "max(p)", "min(p)", "avg(p)", "unique(p)"], aggregations);
    }

    [Theory]
    [InlineData(402, "PaymentFailed", typeof(PolarPaymentException))]
    [InlineData(402, "PaymentActionRequired", typeof(PolarPaymentException))]
    [InlineData(403, "AlreadyCanceledSubscription", typeof(PolarPermissionException))]
    [InlineData(403, "InactiveSubscription", typeof(PolarPermissionException))]
    [InlineData(404, "ResourceNotFound", typeof(PolarNotFoundException))]
    [InlineData(409, "SubscriptionLocked", typeof(PolarConflictException))]
    [InlineData(409, "SubscriptionNotScheduledToCancel", typeof(PolarConflictException))]
    [InlineData(412, "OrderNotDraft", typeof(PolarConflictException))]
    [InlineData(422, "MissingInvoiceBillingDetails", typeof(PolarValidationException))]
    public async Task ARefusalIsOfItsKind(int status, string error, Type kind)
    {
        var call = Stub.Answering($$"""{"error":"{{error}}","detail":"No."}""", status);

        var thrown = await Assert.ThrowsAnyAsync<PolarException>(() =>
            call.Client.Subscriptions.UpdateAsync(Id, SubscriptionUpdate.Uncancel())
        );

        Assert.IsType(kind, thrown);
        Assert.Equal(error, thrown.ErrorName);
        Assert.Equal("No.", thrown.Detail);
    }

    [Fact]
    public void ThingsReadAsOneLine()
    {
        object[] things =
        [
            new Subscription
            {
                Product = new Product { Name = "Pro" },
                Customer = new Customer { Email = "lea@client.example" },
                Status = "active",
            },
            new Subscription { Id = "s" },
            new SubscriptionMeter
            {
                Meter = new Meter { Name = "Calls" },
                ConsumedUnits = 1200.5m,
                CreditedUnits = 1000,
            },
            new OrderItem { Label = "Pro plan" },
            new Refund
            {
                Amount = 1000,
                Currency = "usd",
                Status = "succeeded",
            },
            new Dispute
            {
                Amount = 4900,
                Currency = "usd",
                Status = "needs_response",
            },
            new Payment
            {
                Amount = 500,
                Currency = "jpy",
                Method = "card",
                Status = "failed",
            },
            new PaymentMethodMetadata { Brand = "visa", Last4 = "4242" },
            new CustomerMeter { MeterId = "m", Balance = -3m },
            new MeterQuantity { Timestamp = DateTimeOffset.UnixEpoch, Quantity = 2.5m },
            new EventsIngestResponse { Inserted = 98, Duplicates = 2 },
            new MetricsIntervalLimit { MinDays = 1, MaxDays = 366 },
        ];

        Assert.Equal(
            [
                "Pro for lea@client.example (active)",
                "s",
                "Calls: 1200.5 of 1000",
                "Pro plan",
                "$10.00 (succeeded)",
                "$49.00 (needs_response)",
                "¥500 by card (failed)",
                "visa 4242",
                "m: -3 left",
                "1970-01-01 00:00:00Z: 2.5",
                "98 inserted, 2 duplicates",
                "1 to 366 days",
            ],
            things.Select(thing => thing.ToString()!)
        );
    }

    private static string EventPage(string pagination, string id) =>
        $$$"""{"items":[{"id":"{{{id}}}","name":"call"}],"pagination":{{{{pagination}}}}}""";

    private static async Task<List<string?>> IdsAsync(PagedList<PolarEvent> list)
    {
        var ids = new List<string?>();
        await foreach (var item in list)
        {
            ids.Add(item.Id);
        }

        return ids;
    }

    /// <summary>A stream that counts how often it is read.</summary>
    private sealed class Tap : MemoryStream
    {
        public int Reads { get; private set; }

        public bool Closed { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Reads++;
            return base.Read(buffer, offset, count);
        }

        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            System.Threading.CancellationToken cancellationToken = default
        )
        {
            Reads++;
            return base.ReadAsync(buffer, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            Closed = true;
            base.Dispose(disposing);
        }
    }
}
