using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Client;
using PolarPS.Client.Tests.Emulator;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>Which deliveries are believed, and what is read of them.</summary>
public sealed class WebhooksTests
{
    private const string Secret = "whsec_mT4kQ9vB2nX7cZ1aS6dF3gH8jK5lP0oI9uY2r1EwQ7t";
    private const string Body =
        $$$"""{"type":"order.paid","timestamp":"2026-11-06T10:05:25Z","api_version":"{{{ApiVersion.Tested}}}","data":{"id":"1"}}""";
    private const string Seconds = "1793959526";

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1793959526);

    public static TheoryData<string> Deliveries =>
        ["webhook-order-paid.standard.json", "webhook-customer-state.legacy.json"];

    [ExampleTheory]
    [MemberData(nameof(Deliveries))]
    public void SampleDeliveriesAreBelieved(string name)
    {
        var sample = Sample.Read(name);

        var read = sample.Verifier(0).Read(sample.Headers, sample.Body);

        Assert.Equal(sample.Headers["webhook-id"], read.Id);
        Assert.Equal((string)JsonNode.Parse(sample.Body)!["type"]!, read.Type);
        Assert.Equal(ApiVersion.Tested, read.ApiVersion);
        Assert.NotNull(read.Timestamp);
    }

    [ExampleTheory]
    [MemberData(nameof(Deliveries))]
    public void WhatWasTamperedWithIsNot(string name)
    {
        var sample = Sample.Read(name);
        var verifier = sample.Verifier(0);

        Refuses(WebhookFault.WrongSignature, () => verifier.Read(sample.Headers, sample.Body + " "));
        Refuses(WebhookFault.WrongSignature, () => verifier.Read(sample.Headers, sample.Body.Replace('2', '3')));
        Refuses(WebhookFault.WrongSignature, () => verifier.Read(sample.With("webhook-id", "other"), sample.Body));
        Refuses(
            WebhookFault.WrongSignature,
            () =>
                verifier.Read(
                    sample.With(
                        "webhook-timestamp",
                        (sample.Seconds + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)
                    ),
                    sample.Body
                )
        );
        var signature = sample.Headers["webhook-signature"];
        for (var index = 0; index < signature.Length; index++)
        {
            var letters = signature.ToCharArray();
            letters[index] = letters[index] == 'A' ? 'B' : 'A';
            var changed = sample.With("webhook-signature", new string(letters));
            Refuses(WebhookFault.WrongSignature, () => verifier.Read(changed, sample.Body));
        }

        Refuses(
            WebhookFault.WrongSignature,
            () => new WebhookVerifier(sample.Secret + "x", clock: sample.Clock(0)).Read(sample.Headers, sample.Body)
        );
    }

    [ExampleTheory]
    [MemberData(nameof(Deliveries))]
    public void OldOnesAndThoseOfTheFutureAreNot(string name)
    {
        var sample = Sample.Read(name);

        Assert.NotNull(sample.Verifier(300).Read(sample.Headers, sample.Body));
        Assert.NotNull(sample.Verifier(-300).Read(sample.Headers, sample.Body));
        Refuses(WebhookFault.OutsideTolerance, () => sample.Verifier(301).Read(sample.Headers, sample.Body));
        Refuses(WebhookFault.OutsideTolerance, () => sample.Verifier(-301).Read(sample.Headers, sample.Body));
        Refuses(
            WebhookFault.OutsideTolerance,
            () =>
                new WebhookVerifier(sample.Secret, TimeSpan.FromSeconds(10), sample.Clock(11)).Read(
                    sample.Headers,
                    sample.Body
                )
        );
        Assert.NotNull(
            new WebhookVerifier(sample.Secret, TimeSpan.MaxValue, sample.Clock(1e9)).Read(sample.Headers, sample.Body)
        );
    }

    [ExampleFact]
    public void ASampleComesOutWhole()
    {
        var sample = Sample.Read("webhook-order-paid.standard.json");

        var read = sample.Verifier(0).Read(sample.Headers, sample.Body);

        var order = Assert.IsType<Order>(read.Data);
        Assert.Equal(4410, order.TotalAmount);
        Assert.Empty(Mirror.Losses(JsonNode.Parse(sample.Body)!["data"]!.ToJsonString(), PolarJson.Default.Order));
        Assert.Equal($"order.paid: {order}", read.ToString());
        Assert.Empty(read.UnknownFields());
    }

    [Theory]
    [InlineData("webhook-id", "webhook-timestamp", "webhook-signature")]
    [InlineData("Webhook-Id", "Webhook-Timestamp", "Webhook-Signature")]
    [InlineData("WEBHOOK-ID", "WEBHOOK-TIMESTAMP", "WEBHOOK-SIGNATURE")]
    public void HeadersMayBeInAnyCase(string id, string timestamp, string signature)
    {
        var headers = new Dictionary<string, string>
        {
            ["Host"] = "shop.example",
            [id] = "e1",
            [timestamp] = Seconds,
            [signature] = Sign(Encoding.UTF8.GetBytes(Secret)),
        };

        Assert.Equal("e1", Verifier().Verify(headers, Encoding.UTF8.GetBytes(Body)));
    }

    [Theory]
    [InlineData("v1,AAAA {0}")]
    [InlineData("{0} v1,AAAA")]
    [InlineData("v1a,AAAA v2,BBBB {0} v1,")]
    [InlineData("v1,AAAA, {0}")]
    [InlineData("  {0}  ")]
    public void OneRightSignatureOfSeveralIsEnough(string several)
    {
        var signature = string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            several,
            Sign(Encoding.UTF8.GetBytes(Secret))
        );

        Verifier().Verify("e1", Seconds, signature, Encoding.UTF8.GetBytes(Body));
    }

    [Fact]
    public void SignaturesInSeveralHeadersAreAllRead()
    {
        KeyValuePair<string, string>[] headers =
        [
            new("webhook-id", "e1"),
            new("webhook-timestamp", Seconds),
            new("webhook-signature", "v1,AAAA"),
            new("webhook-signature", Sign(Encoding.UTF8.GetBytes(Secret))),
        ];

        Assert.Equal("1", ((Order)Verifier().Read(headers, Body).Data!).Id);
    }

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("Webhook-Timestamp")]
    public void AHeaderThatCountsMayNotBeThereTwice(string name)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("webhook-id", "e1"),
            new("webhook-timestamp", Seconds),
            new("webhook-signature", Sign(Encoding.UTF8.GetBytes(Secret))),
        ];
        Assert.Equal("e1", Verifier().Read(headers, Body).Id);
        headers.Add(
            new(name, headers.First(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value)
        );

        Refuses(WebhookFault.RepeatedHeader, () => Verifier().Read(headers, Body));
    }

    [Fact]
    public void OneRightSecretOfSeveralIsEnough()
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var signature = Sign(Encoding.UTF8.GetBytes(Secret));

        new WebhookVerifier(["whsec_b3RoZXI=", Secret], clock: () => Then).Verify("e1", Seconds, signature, body);
        Refuses(
            WebhookFault.WrongSignature,
            () => new WebhookVerifier(["whsec_b3RoZXI="], clock: () => Then).Verify("e1", Seconds, signature, body)
        );
        // One that is empty would let anyone sign, whatever the others are.
        Assert.Throws<ArgumentException>(() => new WebhookVerifier([Secret, "whsec_"]));
        Assert.Throws<ArgumentException>(() => new WebhookVerifier(Array.Empty<string>()));
    }

    [Theory]
    [InlineData("v2,{0}")]
    [InlineData("{0}")]
    [InlineData("V1,{0}")]
    [InlineData("v1,{0}=")]
    [InlineData("v1,")]
    [InlineData("v1")]
    public void OtherSchemesAreNotBelieved(string form)
    {
        var bare = Sign(Encoding.UTF8.GetBytes(Secret)).Substring(3);
        var signature = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, bare);

        Refuses(
            WebhookFault.WrongSignature,
            () => Verifier().Verify("e1", Seconds, signature, Encoding.UTF8.GetBytes(Body))
        );
    }

    [Fact]
    public void ASecretThatDecodesIsTriedInBothWays()
    {
        var secret = "whsec_" + Convert.ToBase64String(Enumerable.Range(1, 32).Select(item => (byte)item).ToArray());
        var verifier = new WebhookVerifier(secret, clock: () => Then);

        verifier.Verify("e1", Seconds, Sign(Encoding.UTF8.GetBytes(secret)), Encoding.UTF8.GetBytes(Body));
        verifier.Verify(
            "e1",
            Seconds,
            Sign([.. Enumerable.Range(1, 32).Select(item => (byte)item)]),
            Encoding.UTF8.GetBytes(Body)
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\r\n")]
    [InlineData("\u00a0\u2003")]
    [InlineData("whsec_")]
    [InlineData("WHSEC_")]
    [InlineData(" whsec_ \n")]
    [InlineData("whsec_====")]
    [InlineData("whsec_whsec_")]
    [InlineData("polar_whs_")]
    [InlineData("polar_whs_  ")]
    [InlineData("whsec_\0")]
    public void WhatHoldsNoSecretIsRefused(string? secret)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new WebhookVerifier(secret!));
        Assert.Contains("anyone could sign", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AToleranceIsNotNegative() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WebhookVerifier(Secret, TimeSpan.FromSeconds(-1)));

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public void AMissingHeaderIsNamed(string name)
    {
        var headers = new Dictionary<string, string>
        {
            ["webhook-id"] = "e1",
            ["webhook-timestamp"] = Seconds,
            ["webhook-signature"] = Sign(Encoding.UTF8.GetBytes(Secret)),
        };
        headers[name] = " ";
        var blank = Refuses(WebhookFault.MissingHeader, () => Verifier().Read(headers, Body));
        headers.Remove(name);
        var missing = Refuses(WebhookFault.MissingHeader, () => Verifier().Read(headers, Body));

        Assert.Contains(name, blank.Message, StringComparison.Ordinal);
        Assert.Contains(name, missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-1793959526")]
    [InlineData("1793959526.5")]
    [InlineData(" 1793959526")]
    [InlineData("99999999999999999999")]
    public void ATimeThatIsNoneIsRefused(string timestamp) =>
        Refuses(
            WebhookFault.BadTimestamp,
            () => Verifier().Verify("e1", timestamp, "v1,AAAA", Encoding.UTF8.GetBytes(Body))
        );

    [Fact]
    public void ATimeBeyondAllTimesIsRefused()
    {
        const string Never = "9223372036854775807";
        var signature = Sign(Encoding.UTF8.GetBytes(Secret), Never);

        Refuses(
            WebhookFault.OutsideTolerance,
            () => Verifier().Verify("e1", Never, signature, Encoding.UTF8.GetBytes(Body))
        );
    }

    [Fact]
    public void NoTextHasTheSecret()
    {
        var error = Refuses(
            WebhookFault.WrongSignature,
            () => Verifier().Verify("e1", Seconds, "v1,AAAA", Encoding.UTF8.GetBytes(Body))
        );

        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Verifier().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Secret,
            new WebhookEndpoint { Secret = Secret, Url = "https://shop.example" }.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"content\":\"New order\"}")]
    [InlineData("{\"type\":\"order.paid\"}")]
    [InlineData("{\"type\":\"order.paid\",\"data\":null}")]
    [InlineData("{\"type\":\"\",\"data\":{}}")]
    [InlineData("{\"type\":5,\"data\":{}}")]
    [InlineData("{\"type\":\"order.paid\",\"data\":{")]
    [InlineData("<html>")]
    public void WhatIsNoEventIsRefused(string body)
    {
        Refuses(WebhookFault.NotAnEvent, () => WebhookEvent.Parse(body));
        Assert.Throws<ArgumentNullException>(() => WebhookEvent.Parse(null!));
    }

    [Fact]
    public void ATypeOfTomorrowIsData()
    {
        var read = WebhookEvent.Parse(
            """{"type":"payout.paid","timestamp":"2026-11-06T10:05:25Z","api_version":"2027-04","data":{"id":"1","amounts":[1,2.5],"in":{"a":null}},"extra":true}"""
        );

        var data = Assert.IsType<PolarMetadata>(read.Data);
        Assert.Equal("1", data["id"]);
        Assert.Equal([1L, 2.5], Assert.IsType<List<object?>>(data["amounts"]));
        Assert.Equal(true, read.UnknownFields()["extra"]);
        Assert.Null(read.Id);
    }

    [Fact]
    public void AValueThatDoesNotFitDoesNotSpoilTheEvent()
    {
        var read = WebhookEvent.Parse(
            """{"type":"order.paid","timestamp":"soon","data":{"id":"1","total_amount":"lots","currency":"usd"}}"""
        );

        var order = Assert.IsType<Order>(read.Data);
        Assert.Equal("usd", order.Currency);
        Assert.Equal("lots", order.UnknownFields()["total_amount"]);
        Assert.Null(read.Timestamp);
    }

    [Fact]
    public void AMigrationSaysFromWhere()
    {
        var read = WebhookEvent.Parse(
            $$"""{"type":"subscription.migrated","timestamp":"2026-11-06T10:05:25Z","api_version":"{{ApiVersion.Tested}}","data":{"id":"1"},"provider":"stripe","provider_subscription_id":"sub_1"}"""
        );

        Assert.IsType<Subscription>(read.Data);
        Assert.Equal("stripe", read.Provider);
        Assert.Equal("sub_1", read.ProviderSubscriptionId);
        Assert.Empty(read.UnknownFields());
    }

    [DescribedFact]
    public void EveryDescribedTypeIsKnown()
    {
        var described = ApiDescription.Instance.Webhooks.Keys;

        Assert.Equal(described.Order(StringComparer.Ordinal), WebhookEvent.Types.Order(StringComparer.Ordinal));
        Assert.Equal(42, WebhookEvent.Types.Count);
    }

    [Theory]
    [InlineData("order.", typeof(Order))]
    [InlineData("subscription.", typeof(Subscription))]
    [InlineData("refund.", typeof(Refund))]
    [InlineData("product.", typeof(Product))]
    [InlineData("discount.", typeof(Discount))]
    [InlineData("organization.", typeof(Organization))]
    [InlineData("benefit.", typeof(Benefit))]
    public void DataIsOfItsClass(string group, Type type)
    {
        var types = WebhookEvent.Types.Where(item => item.StartsWith(group, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(types);
        Assert.All(
            types,
            item => Assert.IsType(type, WebhookEvent.Parse($$$"""{"type":"{{{item}}}","data":{"id":"1"}}""").Data)
        );
    }

    private static WebhookVerifier Verifier() => new(Secret, clock: () => Then);

    private static string Sign(byte[] key, string timestamp = Seconds) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"e1.{timestamp}.{Body}")));

    private static WebhookVerificationException Refuses(WebhookFault fault, Action act)
    {
        var error = Assert.Throws<WebhookVerificationException>(act);
        Assert.Equal(fault, error.Fault);
        return error;
    }

    /// <summary>A delivery with all that belongs to it.</summary>
    private sealed record Sample(string Secret, Dictionary<string, string> Headers, string Body)
    {
        public long Seconds =>
            long.Parse(Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture);

        public static Sample Read(string name)
        {
            var file = JsonNode.Parse(ExampleFiles.Read(name))!;
            return new Sample(
                (string)file["secret"]!,
                file["headers"]!.AsObject().ToDictionary(header => header.Key, header => (string)header.Value!),
                (string)file["body"]!
            );
        }

        public Func<DateTimeOffset> Clock(double secondsLater) =>
            () => DateTimeOffset.FromUnixTimeSeconds(Seconds).AddSeconds(secondsLater);

        public WebhookVerifier Verifier(double secondsLater) => new(Secret, clock: Clock(secondsLater));

        public Dictionary<string, string> With(string name, string value) => new(Headers) { [name] = value };
    }
}
