using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Operations;

public sealed partial class SendingTests
{
    private static Row Change(SubscriptionUpdate change, string body, bool once = true) =>
        new(
            "subscriptions:update",
            c => c.Subscriptions.UpdateAsync(Id, change),
            $"PATCH /v1/subscriptions/{Id}",
            body,
            once
        );

    private static SubscriptionUpdateDetails TrialEndedNow()
    {
        var change = new SubscriptionUpdateDetails();
        change.EndTrialNow();
        return change;
    }

    private static Row[] SubscriptionsRows() =>
        [
            new(
                "subscriptions:list",
                c =>
                    c.Subscriptions.List(
                            new SubscriptionQuery
                            {
                                OrganizationId = ["o"],
                                ProductId = ["p1", "p2"],
                                CustomerId = ["c"],
                                ExternalCustomerId = ["x&y"],
                                DiscountId = ["d"],
                                Active = true,
                                Status = ["active", "trialing"],
                                CancelAtPeriodEnd = false,
                                CustomerCancellationReason = ["unused"],
                                CanceledAtAfter = From,
                                CanceledAtBefore = To,
                                StartedAfter = From,
                                StartedBefore = To,
                                Metadata = new Dictionary<string, object?>
                                {
                                    ["a b"] = new List<string> { "1", "2" },
                                },
                                Sorting = ["-started_at", "status"],
                            }
                        )
                        .CountAsync(),
                "GET /v1/subscriptions/?organization_id=o&product_id=p1&product_id=p2&customer_id=c&external_customer_id=x%26y&discount_id=d"
                    + "&active=true&status=active&status=trialing&cancel_at_period_end=false&customer_cancellation_reason=unused"
                    + "&canceled_at_after=2026-11-01T00%3A00%3A00Z&canceled_at_before=2026-11-02T00%3A00%3A00.005Z"
                    + "&started_after=2026-11-01T00%3A00%3A00Z&started_before=2026-11-02T00%3A00%3A00.005Z"
                    + "&metadata%5Ba%20b%5D=1&metadata%5Ba%20b%5D=2&sorting=-started_at&sorting=status&"
                    + Count
            ),
            new("subscriptions:get", c => c.Subscriptions.GetAsync(Id), $"GET /v1/subscriptions/{Id}"),
            new(
                "subscriptions:create",
                c =>
                    c.Subscriptions.CreateAsync(
                        new SubscriptionCreate
                        {
                            ProductId = "p",
                            CustomerId = "c",
                            Metadata = Metadata,
                        }
                    ),
                "POST /v1/subscriptions/",
                """{"product_id":"p","customer_id":"c","metadata":{"tier":"gold","n":5}}""",
                Once: true
            ),
            new(
                "subscriptions:create",
                c => c.Subscriptions.CreateAsync(new SubscriptionCreate { ProductId = "p", ExternalCustomerId = "x" }),
                "POST /v1/subscriptions/",
                """{"product_id":"p","external_customer_id":"x"}""",
                Once: true
            ),
            Change(
                new SubscriptionUpdateDetails
                {
                    ProductId = "p",
                    ProrationBehavior = "invoice",
                    DiscountId = null,
                    TrialEnd = From,
                    Metadata = Metadata,
                },
                """{"product_id":"p","proration_behavior":"invoice","discount_id":null,"trial_end":"2026-11-01T00:00:00Z","metadata":{"tier":"gold","n":5}}"""
            ),
            Change(TrialEndedNow(), """{"trial_end":"now"}"""),
            Change(
                new SubscriptionUpdateDetails { Metadata = Metadata, DiscountId = "d" },
                """{"metadata":{"tier":"gold","n":5},"discount_id":"d"}"""
            ),
            Change(
                new SubscriptionUpdateDetails { Metadata = Metadata },
                """{"metadata":{"tier":"gold","n":5}}""",
                once: false
            ),
            Change(
                new SubscriptionUpdateSeats { Seats = 7, ProrationBehavior = "prorate" },
                """{"seats":7,"proration_behavior":"prorate"}"""
            ),
            Change(
                new SubscriptionUpdateUnits { Units = 3, ProrationBehavior = null },
                """{"units":3,"proration_behavior":null}"""
            ),
            Change(
                new SubscriptionUpdateBillingPeriod { CurrentBillingPeriodEnd = To },
                """{"current_billing_period_end":"2026-11-02T00:00:00.005Z"}"""
            ),
            Change(SubscriptionUpdate.Cancel(), """{"cancel_at_period_end":true}"""),
            Change(
                SubscriptionUpdate.Cancel("unused", "never logged in"),
                """{"cancel_at_period_end":true,"customer_cancellation_reason":"unused","customer_cancellation_comment":"never logged in"}"""
            ),
            Change(SubscriptionUpdate.Uncancel(), """{"cancel_at_period_end":false}"""),
            Change(SubscriptionUpdate.RevokeNow(), """{"revoke":true}"""),
            Change(
                SubscriptionUpdate.RevokeNow("other", "fraud"),
                """{"revoke":true,"customer_cancellation_reason":"other","customer_cancellation_comment":"fraud"}"""
            ),
            Change(SubscriptionUpdate.Pause(), """{"pause_at_period_end":true}"""),
            Change(
                SubscriptionUpdate.Pause(From),
                """{"pause_at_period_end":true,"resumes_at":"2026-11-01T00:00:00Z"}"""
            ),
            Change(SubscriptionUpdate.Unpause(), """{"pause_at_period_end":false}"""),
            Change(SubscriptionUpdate.ResumeNow(), """{"resume":true}"""),
            Change(SubscriptionUpdate.ClearPending(), """{"pending_update":null}"""),
            new(
                "subscriptions:revoke",
                c => c.Subscriptions.RevokeAsync(Id),
                $"DELETE /v1/subscriptions/{Id}",
                Once: true
            ),
            new(
                "subscriptions:export",
                c =>
                    c.Subscriptions.ExportAsync(
                        new SubscriptionExportQuery
                        {
                            OrganizationId = ["o"],
                            ProductId = ["p"],
                            Status = ["active"],
                            CancelAtPeriodEnd = true,
                            StartedAfter = From,
                            StartedBefore = To,
                            Timezone = "Europe/Paris",
                            Columns = ["email", "amount"],
                        }
                    ),
                "GET /v1/subscriptions/export?organization_id=o&product_id=p&status=active&cancel_at_period_end=true"
                    + "&started_after=2026-11-01T00%3A00%3A00Z&started_before=2026-11-02T00%3A00%3A00.005Z"
                    + "&timezone=Europe%2FParis&columns=email&columns=amount"
            ),
        ];
}
