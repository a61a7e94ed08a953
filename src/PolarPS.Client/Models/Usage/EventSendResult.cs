namespace PolarPS.Client.Models;

/// <summary>What came of sending events in batches.</summary>
public sealed class EventSendResult : PolarObject
{
    /// <summary>How many Polar has now: those that were new, and those that it had already.</summary>
    public long Sent => Inserted + Duplicates;

    /// <summary>How many were new.</summary>
    public long Inserted { get; private set; }

    /// <summary>How many Polar had already, by their external ids, and left out.</summary>
    public long Duplicates { get; private set; }

    /// <summary>How many were refused: by Polar, or before they were sent.</summary>
    public long Refused { get; private set; }

    /// <summary>How many were not sent: because of a failure, or because a question was answered with no.</summary>
    public long Unsent { get; private set; }

    /// <summary>How many may have been sent: no answer came.</summary>
    public long OutcomeUnknown { get; private set; }

    /// <summary>How many requests had an end.</summary>
    public long Batches { get; private set; }

    /// <summary>Adds what came of a batch.</summary>
    /// <param name="result">The batch's result.</param>
    public void Add(EventBatchResult result)
    {
        Inserted += result.Inserted;
        Duplicates += result.Duplicates;
        Refused += result.Refused.Count;
        Batches++;
        if (result.Failure is { OutcomeUnknown: true })
        {
            OutcomeUnknown += result.Failed.Count;
        }
        else
        {
            Unsent += result.Failed.Count;
        }
    }

    /// <summary>Counts an event that was refused before it was sent.</summary>
    internal void AddRefused() => Refused++;

    /// <summary>Counts events that were not to be sent.</summary>
    internal void AddUnsent(long count) => Unsent += count;

    /// <summary>The counts in words.</summary>
    /// <returns>Such as <c>500 sent: 498 inserted, 2 duplicates; 1 refused</c>.</returns>
    private protected override string Describe() =>
        string.Format(
            CultureInfo.InvariantCulture,
            "{0} sent: {1} inserted, {2} duplicates; {3} refused{4}{5}",
            Sent,
            Inserted,
            Duplicates,
            Refused,
            Unsent > 0 ? $", {Unsent} not sent" : string.Empty,
            OutcomeUnknown > 0 ? $", {OutcomeUnknown} with an unknown outcome" : string.Empty
        );
}
