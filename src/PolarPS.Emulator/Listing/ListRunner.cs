using System.Text;
using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Answers list requests: narrows, sorts, cuts out a page.</summary>
internal static class ListRunner
{
    private const int DefaultLimit = 10;
    private const int MaximumLimit = 100;

    private static readonly Schema PageNumber = Form.Positive();
    private static readonly byte[] Head = Json.FromText("{\"items\":[");

    /// <param name="context">The request.</param>
    /// <param name="resource">Whose documents are listed.</param>
    /// <param name="definition">What they can be narrowed and sorted by.</param>
    /// <param name="view">How each is written.</param>
    /// <param name="within">Narrows the list to what the path names, such as the grants of one benefit.</param>
    public static Reply Run(
        OperationContext context,
        Resource resource,
        ListDefinition definition,
        View view,
        Func<Document, bool>? within = null
    )
    {
        var query = new QueryReader(context.Query);
        var page = (int)(query.One("page", PageNumber)?.GetValue<long>() ?? 1);
        var limit = (int)Math.Min(MaximumLimit, query.One("limit", PageNumber)?.GetValue<long>() ?? DefaultLimit);
        var tests = definition.Filters.Select(filter => filter.Read(query)).OfType<Func<Document, bool>>().ToList();
        if (definition.ByMetadata && ReadMetadata(context.Query, query) is { } byMetadata)
        {
            tests.Add(byMetadata);
        }

        if (within is not null)
        {
            tests.Add(within);
        }

        query.ThrowIfAny();
        var order = ReadSorting(context.Query, definition);
        var question = Question(context);
        Document[] Answer() => resource.Documents.Ordered(question, () => Select(context, resource, tests, order));

        var documents = Answer();
        int? claimed = null;
        foreach (var fault in context.Faults)
        {
            claimed = Upset(fault, resource, documents, order, limit, ref page) ?? claimed;
            documents = Answer();
        }

        var items = new List<byte[]>(limit);
        var end = Math.Min(documents.Length, (long)page * limit);
        for (var i = ((long)page - 1) * limit; i < end; i++)
        {
            items.Add(documents[i].Render(view));
        }

        return Reply.Ok(Envelope(items, documents.Length, claimed ?? (documents.Length + limit - 1) / limit));
    }

    /// <summary>A page: items that are already bytes, and the counts.</summary>
    public static byte[] Envelope(IReadOnlyCollection<byte[]> items, int count, int pages)
    {
        var tail = Encoding.ASCII.GetBytes(
            string.Format(
                CultureInfo.InvariantCulture,
                "],\"pagination\":{{\"total_count\":{0},\"max_page\":{1}}}}}",
                count,
                pages
            )
        );
        var body = new byte[Head.Length + items.Sum(item => item.Length) + Math.Max(0, items.Count - 1) + tail.Length];
        Buffer.BlockCopy(Head, 0, body, 0, Head.Length);
        var position = Head.Length;
        foreach (var item in items)
        {
            if (position > Head.Length)
            {
                body[position++] = (byte)',';
            }

            Buffer.BlockCopy(item, 0, body, position, item.Length);
            position += item.Length;
        }

        Buffer.BlockCopy(tail, 0, body, position, tail.Length);
        return body;
    }

    /// <summary>All documents that a request asks for, without pages.</summary>
    public static Document[] Select(OperationContext context, Resource resource, ListDefinition definition)
    {
        var query = new QueryReader(context.Query);
        var tests = definition.Filters.Select(filter => filter.Read(query)).OfType<Func<Document, bool>>().ToList();
        query.ThrowIfAny();
        return Select(context, resource, tests, ReadSorting(context.Query, definition));
    }

    private static Document[] Select(
        OperationContext context,
        Resource resource,
        List<Func<Document, bool>> tests,
        List<Sort> order
    )
    {
        var found = resource
            .Documents.Items.Where(document =>
                context.Caller.CanSee(document.OrganizationId)
                && resource.IsVisible(document)
                && tests.TrueForAll(test => test(document))
            )
            .Select(document => new Keyed(document, order))
            .ToArray();
        Array.Sort(found, (left, right) => left.CompareTo(right, order));
        return Array.ConvertAll(found, keyed => keyed.Document);
    }

    private static Func<Document, bool>? ReadMetadata(QueryString query, QueryReader reader)
    {
        var wanted = query
            .Deep("metadata")
            .ToDictionary(group => group.Key, group => new HashSet<string>(group, StringComparer.Ordinal));
        if (wanted.Values.Any(values => values.Any(value => value.IndexOf('\0') >= 0)))
        {
            reader.Refuse("value_error", "metadata", "NUL characters are not allowed.", null);
        }

        if (wanted.Count == 0)
        {
            return null;
        }

        return document =>
            document.Row["metadata"] is JsonObject metadata
            && wanted.All(pair =>
                metadata.TryGetPropertyValue(pair.Key, out var value)
                && value is not null
                && pair.Value.Contains(AsText(value))
            );
    }

    // Metadata is compared as text, whatever it is.
    private static string AsText(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static List<Sort> ReadSorting(QueryString query, ListDefinition definition)
    {
        var given = query.All("sorting");
        var order = new List<Sort>();
        foreach (var name in given.Count == 0 ? [definition.DefaultSort] : given)
        {
            var descending = name.StartsWith("-", StringComparison.Ordinal);
            if (!definition.Sorts.TryGetValue(descending ? name.Substring(1) : name, out var key))
            {
                throw Problems.Value(
                    Location.Query["sorting"],
                    "This is not a sort field. The sort fields are: " + string.Join(", ", definition.SortNames) + ".",
                    name,
                    "enum"
                );
            }

            order.Add(new Sort(descending ? name.Substring(1) : name, descending, key));
        }

        return order;
    }

    // Everything that decides which documents in which order, and nothing else: pages of one list share it.
    private static string Question(OperationContext context)
    {
        var text = new StringBuilder(context.Operation.Id).Append('\n').Append(context.Caller.OrganizationId);
        text.Append('\n').Append(context.Caller.CustomerId).Append('\n').Append(context.Caller.MemberId);
        foreach (var value in context.PathValues)
        {
            text.Append('\n').Append(value);
        }

        foreach (var pair in context.Query.Pairs)
        {
            if (pair.Key is not ("page" or "limit"))
            {
                text.Append('\n').Append(pair.Key).Append('\t').Append(pair.Value);
            }
        }

        return text.ToString();
    }

    private static int? Upset(
        FaultRule fault,
        Resource resource,
        Document[] documents,
        List<Sort> order,
        int limit,
        ref int page
    )
    {
        if (fault.RepeatPage is { } repeated)
        {
            page = repeated;
            return fault.ClaimedMaxPage;
        }

        if (fault.RemoveBetweenPages is { } removed)
        {
            foreach (var document in documents.Take((int)Math.Min(removed, ((long)page - 1) * limit)))
            {
                resource.Discard(document);
            }
        }

        if (fault.InsertBetweenPages is { } inserted && documents.Length > 0)
        {
            for (var i = 0; i < inserted; i++)
            {
                resource.InsertLike(documents[0], order[0].Name == "created_at" && !order[0].IsDescending);
            }
        }

        return fault.ClaimedMaxPage;
    }

    private sealed class Sort
    {
        public Sort(string name, bool isDescending, Func<JsonObject, IComparable?> key)
        {
            Name = name;
            IsDescending = isDescending;
            Key = key;
        }

        public string Name { get; }

        public bool IsDescending { get; }

        public Func<JsonObject, IComparable?> Key { get; }
    }

    // A document with its sort keys worked out once. A class: for a struct, .NET would have to compile what sorts it.
    private sealed class Keyed
    {
        private readonly IComparable?[] _keys;

        public Keyed(Document document, List<Sort> order)
        {
            Document = document;
            _keys = new IComparable?[order.Count];
            for (var i = 0; i < _keys.Length; i++)
            {
                _keys[i] = order[i].Key(document.Row);
            }
        }

        public Document Document { get; }

        public int CompareTo(Keyed other, List<Sort> order)
        {
            for (var i = 0; i < _keys.Length; i++)
            {
                var result = Compare(_keys[i], other._keys[i]);
                if (result != 0)
                {
                    return order[i].IsDescending ? -result : result;
                }
            }

            // Of what has the same time, the newest comes first where the newest come first.
            var sequence = Document.Sequence.CompareTo(other.Document.Sequence);
            return order[order.Count - 1] is { Name: "created_at", IsDescending: true } ? -sequence : sequence;
        }

        // Nothing counts as larger than anything, as in the database behind the API.
        private static int Compare(IComparable? left, IComparable? right)
        {
            if (left is null)
            {
                return right is null ? 0 : 1;
            }

            return right is null ? -1 : left.CompareTo(right);
        }
    }
}
