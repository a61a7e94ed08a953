using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Operations;

public sealed partial class SendingTests
{
    private static Row[] OrdersRows() =>
        [
            new(
                "orders:list",
                c =>
                    c.Orders.List(
                            new OrderQuery
                            {
                                OrganizationId = ["o"],
                                ProductId = ["p"],
                                ProductBillingType = ["one_time"],
                                DiscountId = ["d"],
                                CustomerId = ["c"],
                                ExternalCustomerId = ["x"],
                                CheckoutId = ["k"],
                                SubscriptionId = ["s"],
                                Status = ["paid"],
                                CreatedAfter = From,
                                CreatedBefore = To,
                                Metadata = Metadata,
                                Sorting = ["-created_at"],
                            }
                        )
                        .CountAsync(),
                "GET /v1/orders/?organization_id=o&product_id=p&product_billing_type=one_time&discount_id=d&customer_id=c&external_customer_id=x"
                    + "&checkout_id=k&subscription_id=s&status=paid&created_after=2026-11-01T00%3A00%3A00Z"
                    + "&created_before=2026-11-02T00%3A00%3A00.005Z&metadata%5Btier%5D=gold&metadata%5Bn%5D=5&sorting=-created_at&"
                    + Count
            ),
            new("orders:get", c => c.Orders.GetAsync(Id), $"GET /v1/orders/{Id}"),
            new(
                "orders:create",
                c =>
                    c.Orders.CreateAsync(
                        new OrderCreate
                        {
                            CustomerId = "c",
                            ProductId = "p",
                            Currency = "usd",
                            Amount = 500,
                            Units = null,
                            Description = "5,000 tokens",
                            OrganizationId = "o",
                            CustomFieldData = new Dictionary<string, object?> { ["size"] = "L" },
                            Metadata = Metadata,
                        }
                    ),
                "POST /v1/orders/",
                """{"customer_id":"c","product_id":"p","currency":"usd","amount":500,"units":null,"description":"5,000 tokens","organization_id":"o","custom_field_data":{"size":"L"},"metadata":{"tier":"gold","n":5}}""",
                Once: true
            ),
            new(
                "orders:update",
                c =>
                    c.Orders.UpdateAsync(
                        Id,
                        new OrderUpdate
                        {
                            BillingName = "Léa",
                            BillingAddress = new AddressInput
                            {
                                Line1 = "12 Rue",
                                Line2 = null,
                                PostalCode = "69003",
                                City = "Lyon",
                                State = null,
                                Country = "FR",
                            },
                        }
                    ),
                $"PATCH /v1/orders/{Id}",
                """{"billing_name":"Léa","billing_address":{"line1":"12 Rue","line2":null,"postal_code":"69003","city":"Lyon","state":null,"country":"FR"}}"""
            ),
            new("orders:finalize", c => c.Orders.FinalizeAsync(Id), $"POST /v1/orders/{Id}/finalize", Once: true),
            new(
                "orders:finalize",
                c => c.Orders.FinalizeAsync(Id, new OrderFinalize { PaymentMethodId = "m" }),
                $"POST /v1/orders/{Id}/finalize",
                """{"payment_method_id":"m"}""",
                Once: true
            ),
            new("orders:generate_invoice", c => c.Orders.GenerateInvoiceAsync(Id), $"POST /v1/orders/{Id}/invoice"),
            new("orders:invoice", c => c.Orders.GetInvoiceAsync(Id), $"GET /v1/orders/{Id}/invoice"),
            new("orders:receipt", c => c.Orders.GetReceiptAsync(Id), $"GET /v1/orders/{Id}/receipt"),
            new(
                "orders:export",
                c =>
                    c.Orders.ExportAsync(
                        new OrderExportQuery
                        {
                            OrganizationId = ["o"],
                            ProductId = ["p"],
                            Status = ["paid", "refunded"],
                            CreatedAfter = From,
                            CreatedBefore = To,
                            Timezone = "UTC",
                            Columns = ["net_amount", "email"],
                        }
                    ),
                "GET /v1/orders/export?organization_id=o&product_id=p&status=paid&status=refunded&created_after=2026-11-01T00%3A00%3A00Z"
                    + "&created_before=2026-11-02T00%3A00%3A00.005Z&timezone=UTC&columns=net_amount&columns=email"
            ),
            new("orders:export", c => c.Orders.ExportAsync(), "GET /v1/orders/export"),
            new(
                "refunds:list",
                c =>
                    c.Refunds.List(
                            new RefundQuery
                            {
                                Id = ["r"],
                                OrganizationId = ["o"],
                                OrderId = ["k"],
                                SubscriptionId = ["s"],
                                CustomerId = ["c"],
                                ExternalCustomerId = ["x"],
                                Succeeded = true,
                            }
                        )
                        .CountAsync(),
                "GET /v1/refunds/?id=r&organization_id=o&order_id=k&subscription_id=s&customer_id=c&external_customer_id=x&succeeded=true&"
                    + Count
            ),
            new(
                "refunds:create",
                c =>
                    c.Refunds.CreateAsync(
                        new RefundCreate
                        {
                            OrderId = "k",
                            Reason = "duplicate",
                            Amount = 100,
                            Comment = "twice",
                            RevokeBenefits = false,
                            Metadata = Metadata,
                        }
                    ),
                "POST /v1/refunds/",
                """{"order_id":"k","reason":"duplicate","amount":100,"comment":"twice","revoke_benefits":false,"metadata":{"tier":"gold","n":5}}""",
                Once: true
            ),
            new(
                "disputes:list",
                c =>
                    c.Disputes.List(
                            new DisputeQuery
                            {
                                OrganizationId = ["o"],
                                OrderId = ["k"],
                                Status = ["needs_response"],
                            }
                        )
                        .CountAsync(),
                "GET /v1/disputes/?organization_id=o&order_id=k&status=needs_response&" + Count
            ),
            new("disputes:get", c => c.Disputes.GetAsync(Id), $"GET /v1/disputes/{Id}"),
            new("disputes:accept", c => c.Disputes.AcceptAsync(Id), $"POST /v1/disputes/{Id}/accept", Once: true),
            new(
                "payments:list",
                c =>
                    c.Payments.List(
                            new PaymentQuery
                            {
                                OrganizationId = ["o"],
                                CheckoutId = ["k"],
                                OrderId = ["n"],
                                CustomerId = ["c"],
                                Status = ["failed"],
                                Method = ["card"],
                                CustomerEmail = ["a+b@example.com"],
                            }
                        )
                        .CountAsync(),
                "GET /v1/payments/?organization_id=o&checkout_id=k&order_id=n&customer_id=c&status=failed&method=card&customer_email=a%2Bb%40example.com&"
                    + Count
            ),
            new("payments:get", c => c.Payments.GetAsync(Id), $"GET /v1/payments/{Id}"),
        ];
}
