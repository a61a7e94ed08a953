using System;
using System.Collections.Generic;

namespace PolarPS.Emulator;

/// <summary>What falls due when: renewals, ends of trials, expiries. A document has one appointment at a time.</summary>
internal sealed class Schedule
{
    private readonly SortedSet<Entry> _entries = new(new ByTime());
    private readonly Dictionary<string, Entry> _byId = new(StringComparer.Ordinal);

    /// <summary>Makes, moves or (with null) cancels a document's appointment.</summary>
    public void Set(Document document, string? at, Action<Document> due)
    {
        if (_byId.TryGetValue(document.Id, out var earlier))
        {
            _entries.Remove(earlier);
            _byId.Remove(document.Id);
        }

        if (at is not null)
        {
            var entry = new Entry(Timestamps.Parse(at), document, due);
            _entries.Add(entry);
            _byId.Add(document.Id, entry);
        }
    }

    /// <summary>Keeps every appointment up to a time, in order, with the clock at the time of each.</summary>
    public void Run(Clock clock, DateTimeOffset until)
    {
        while (_entries.Count > 0 && _entries.Min is { } next && next.At <= until)
        {
            _entries.Remove(next);
            _byId.Remove(next.Document.Id);
            if (ReferenceEquals(next.Document.Collection.Find(next.Document.Id), next.Document))
            {
                clock.Set(next.At);
                try
                {
                    next.Due(next.Document);
                }
                finally
                {
                    clock.Set(null);
                }
            }
        }
    }

    private sealed class Entry
    {
        public Entry(DateTimeOffset at, Document document, Action<Document> due)
        {
            At = at;
            Document = document;
            Due = due;
        }

        public DateTimeOffset At { get; }

        public Document Document { get; }

        public Action<Document> Due { get; }
    }

    private sealed class ByTime : IComparer<Entry>
    {
        public int Compare(Entry? x, Entry? y)
        {
            var result = x!.At.CompareTo(y!.At);
            return result != 0 ? result : x.Document.Sequence.CompareTo(y.Document.Sequence);
        }
    }
}
