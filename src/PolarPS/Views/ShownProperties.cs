namespace PolarPS.Views;

/// <summary>
/// The hidden properties that views read. <c>PolarText</c> has the text to show of every other property, which works in
/// ConstrainedLanguage, where a call would not: <c>$_.PolarText.Name</c>. The others are the short list of an object that is
/// printed among objects of other kinds. Not meant for scripts.
/// </summary>
public static class ShownProperties
{
    /// <summary>Reads <c>PolarText</c>.</summary>
    /// <param name="item">An object with views.</param>
    /// <returns>A dictionary that has the text to show for any entry of a view; as a format, an entry's name gives the text as well.</returns>
    public static object PolarText(PSObject? item) => new Texts(item);

    /// <summary>Reads <c>Summary</c>, the line that stands for an object among objects of other kinds.</summary>
    /// <param name="item">An object with views.</param>
    /// <returns>Its text form, without secrets.</returns>
    public static string Summary(PSObject? item)
    {
        // Where this is shown and no view is, the session has called nothing itself: the object is from a job or from another session. From
        // its next command on it has the views.
        SessionSetup.Ensure();
        return VisibleText.Of(
            Redactor.Redact(
                PSValue.ValueOnly(item) switch
                {
                    // Without a label its text is its address.
                    CheckoutLink link => link.Label ?? link.Id,
                    var other => other?.ToString(),
                }
            )
        );
    }

    /// <summary>Reads <c>Kind</c>.</summary>
    /// <param name="item">An object from Polar.</param>
    /// <returns>What it is, in words, such as <c>checkout link</c>.</returns>
    public static string Kind(PSObject? item) =>
        PSValue.ValueOnly(item) is { } value ? Commands.Kinds.NameOf(value.GetType()) : string.Empty;

    /// <summary>Reads <c>Reference</c>.</summary>
    /// <param name="item">An object from Polar.</param>
    /// <returns>Its id; null for one without.</returns>
    public static string? Reference(PSObject? item) =>
        PSValue.ValueOnly(item) is PolarObject model && Commands.Kinds.IdOf(model) is { } id
            ? VisibleText.Of(id)
            : null;

    /// <summary>Reads <c>RowHeading</c>.</summary>
    /// <param name="item">A period of metrics.</param>
    /// <returns>The names of its columns, and the line below them.</returns>
    public static string? RowHeading(PSObject? item) =>
        PSValue.ValueOnly(item) is MetricPeriod period ? MetricRows.Heading(period) : null;

    /// <summary>Reads <c>RowText</c>.</summary>
    /// <param name="item">A period of metrics.</param>
    /// <returns>Its figures in columns.</returns>
    public static string? RowText(PSObject? item) =>
        PSValue.ValueOnly(item) is MetricPeriod period ? MetricRows.Row(period) : null;

    // The least that PowerShell asks of a dictionary when it reads one of its entries as a property.
    private sealed class Texts(PSObject? item) : IDictionary, IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) =>
            format is null ? string.Empty : this[format] as string ?? string.Empty;

        public object? this[object key]
        {
            get => key is string entry ? Shown.Of(PSValue.ValueOnly(item), entry) : null;
            set => throw new NotSupportedException();
        }

        public bool IsFixedSize => true;

        public bool IsReadOnly => true;

        public bool IsSynchronized => false;

        public object SyncRoot => this;

        public ICollection Keys => Array.Empty<string>();

        public ICollection Values => Array.Empty<object>();

        public int Count => 0;

        public bool Contains(object key) => key is string;

        public IDictionaryEnumerator GetEnumerator() => new Hashtable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void CopyTo(Array array, int index) { }

        public void Add(object key, object? value) => throw new NotSupportedException();

        public void Clear() => throw new NotSupportedException();

        public void Remove(object key) => throw new NotSupportedException();
    }
}
