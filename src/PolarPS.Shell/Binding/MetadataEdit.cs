namespace PolarPS.Commands;

/// <summary>Changes some keys of an object's metadata and keeps the others, where an <see cref="IMetadataEditor"/> is to.</summary>
/// <typeparam name="T">The kind of object.</typeparam>
/// <param name="cmdlet">The cmdlet; one that is no editor wants nothing.</param>
internal sealed class MetadataEdit<T>(PolarWriteCmdlet<T> cmdlet)
    where T : PolarObject
{
    /// <summary>The parameter with keys to add.</summary>
    public const string Add = nameof(IMetadataEditor.AddMetadata);

    private const string Remove = nameof(IMetadataEditor.RemoveMetadata);

    private readonly IMetadataEditor? _editor = cmdlet as IMetadataEditor;

    /// <summary>Whether some keys are to be changed, and the others kept.</summary>
    public bool IsWanted => cmdlet.IsBound(Add) || cmdlet.IsBound(Remove);

    private IDictionary? Added => (IDictionary?)PlainValues.Of(_editor?.AddMetadata);

    /// <summary>Sees to it that the metadata is not also set as a whole.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    public void CheckAlone()
    {
        if (IsWanted && cmdlet.IsBound("Metadata"))
        {
            throw new ArgumentException(
                $"-Metadata sets all keys, and -{Add} and -{Remove} keep the others. Use one or the other."
            );
        }
    }

    /// <summary>Puts the metadata of an object, with the keys that are to be changed, into the body.</summary>
    /// <param name="current">The object, read just now; null for one that is to be made.</param>
    /// <param name="body">The body.</param>
    /// <exception cref="ArgumentException">There is too much of it, or Polar would refuse a key or a value.</exception>
    public void Merge(T? current, RequestBody body)
    {
        if (!IsWanted || _editor is null)
        {
            return;
        }

        var merged = MetadataChange.Apply((current as IHasMetadata)?.Metadata, Added, _editor.RemoveMetadata);
        body.CheckField("metadata", merged);
        FieldPath.Set(body, "metadata", merged);
    }

    /// <summary>The change in a prompt.</summary>
    /// <returns>Such as <c>add the metadata plan = 'pro'; remove the metadata 'tier'</c>.</returns>
    public override string ToString() =>
        string.Join(
            "; ",
            new[]
            {
                Added is { Count: > 0 } add ? $"add the metadata {ValueText.Of(add)}" : null,
                _editor?.RemoveMetadata is { Length: > 0 } remove
                    ? $"remove the metadata {cmdlet.NamesOf(remove)}"
                    : null,
            }.Where(text => text is not null)
        );
}
