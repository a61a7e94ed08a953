using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>What comes of the answers to the operations of subscriptions.</summary>
public sealed class SubscriptionsTests
{
    private const string Id = "a4b638df-dae6-430f-ac24-39517283824b";

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
