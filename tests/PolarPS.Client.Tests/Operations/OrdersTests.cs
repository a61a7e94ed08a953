using System.Net;
using System.Net.Http;
using System.Text;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>What comes of the answers to the operations of orders, invoices and receipts.</summary>
public sealed class OrdersTests
{
    private const string Id = "a4b638df-dae6-430f-ac24-39517283824b";

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
    public async Task AnExportThatIsRefusedIsAnError()
    {
        var call = Stub.Answering(
            """{"error":"RequestValidationError","detail":[{"type":"timezone_aware","loc":["query","created_after"],"msg":"Input should have timezone info"}]}""",
            422
        );

        var error = await Assert.ThrowsAsync<PolarValidationException>(() => call.Client.Orders.ExportAsync());

        Assert.Equal("created_after", Assert.Single(error.Errors).Field);
    }
}
