using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>What undoes what is scheduled for a subscription, and what makes it go on, by its state.</summary>
public class ScheduledChangeTests
{
    [Theory]
    [InlineData("active", false, false, false, "")]
    [InlineData("active", true, false, false, "cancel_at_period_end")]
    [InlineData("trialing", true, false, false, "cancel_at_period_end")]
    [InlineData("past_due", true, false, false, "cancel_at_period_end")]
    [InlineData("active", false, true, false, "pause_at_period_end")]
    [InlineData("trialing", false, true, false, "")]
    [InlineData("active", false, false, true, "pending_update")]
    [InlineData("active", true, false, true, "cancel_at_period_end pending_update")]
    [InlineData("active", false, true, true, "pause_at_period_end pending_update")]
    [InlineData("paused", false, false, true, "pending_update")]
    [InlineData("paused", true, true, false, "")]
    [InlineData("canceled", true, false, true, "")]
    [InlineData("unpaid", true, true, true, "")]
    [InlineData("incomplete_expired", false, false, true, "")]
    [InlineData("of_tomorrow", true, true, false, "")]
    [InlineData(null, true, true, false, "")]
    public void WhatIsScheduledIsUndone(string? status, bool cancel, bool pause, bool pending, string expected)
    {
        var changes = SubscriptionUpdate.UndoScheduled(With(status, cancel, pause, pending));
        Assert.Equal(expected, string.Join(' ', changes.SelectMany(change => change.FieldNames())));
    }

    [Theory]
    [InlineData("paused", false, false, false, "resume")]
    [InlineData("paused", false, false, true, "resume")]
    [InlineData("active", true, false, false, "cancel_at_period_end")]
    [InlineData("active", false, true, true, "pause_at_period_end")]
    [InlineData("past_due", true, false, false, "cancel_at_period_end")]
    [InlineData("active", false, false, true, null)]
    [InlineData("active", false, false, false, null)]
    [InlineData("past_due", false, false, false, null)]
    [InlineData("canceled", true, false, false, null)]
    public void ASubscriptionGoesOn(string status, bool cancel, bool pause, bool pending, string? expected)
    {
        var change = SubscriptionUpdate.Continue(With(status, cancel, pause, pending));
        Assert.Equal(expected, change?.FieldNames().Single());
    }

    [Fact]
    public void APendingChangeOfOneThatHasEndedIsNotUndone()
    {
        var ended = With("active", false, false, pending: true);
        ended.EndedAt = DateTimeOffset.UnixEpoch;
        Assert.Empty(SubscriptionUpdate.UndoScheduled(ended));
        Assert.True(SubscriptionUpdate.HasEnded(ended));
    }

    private static Subscription With(string? status, bool cancel, bool pause, bool pending) =>
        new()
        {
            Status = status,
            CancelAtPeriodEnd = cancel,
            PauseAtPeriodEnd = pause,
            PendingUpdate = pending ? new PendingSubscriptionUpdate() : null,
        };
}
