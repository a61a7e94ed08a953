namespace PolarPS.Emulator;

/// <summary>
/// A stored object. <see cref="Row"/> holds its own fields, and the ids of what it points at; what it points at is put in
/// when it is written. Rows are replaced, never edited in place, because the bytes of every view are kept until then.
/// </summary>
internal sealed class Document
{
    private readonly List<KeyValuePair<View, byte[]>> _bytes = new(1);

    public Document(Collection collection, string id, string organizationId, long sequence, JsonObject row)
    {
        Collection = collection;
        Id = id;
        OrganizationId = organizationId;
        Sequence = sequence;
        Row = row;
    }

    public Collection Collection { get; }

    public string Id { get; }

    public string OrganizationId { get; }

    /// <summary>The order of creation, which decides between equals when sorting.</summary>
    public long Sequence { get; }

    public JsonObject Row { get; internal set; }

    /// <summary>What this document points at, kept by the store.</summary>
    internal HashSet<string> Targets { get; set; } = [];

    public byte[] Render(View view)
    {
        foreach (var entry in _bytes)
        {
            if (ReferenceEquals(entry.Key, view))
            {
                return entry.Value;
            }
        }

        var bytes = view.Write(this);
        _bytes.Add(new KeyValuePair<View, byte[]>(view, bytes));
        return bytes;
    }

    internal void Forget() => _bytes.Clear();
}
