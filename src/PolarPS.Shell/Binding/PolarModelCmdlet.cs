namespace PolarPS.Commands;

/// <summary>A cmdlet whose output is objects of one kind.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class PolarModelCmdlet<T> : PolarCmdlet
    where T : PolarObject
{
    /// <summary>What the kind is called in messages.</summary>
    internal static string Kind { get; } = Kinds.NameOf(typeof(T));

    /// <summary>Writes an object, and remembers its name.</summary>
    internal void WriteModel(T item)
    {
        Remember(item);
        WriteObject(Show(item));
    }

    /// <summary>The object as it is written; by default with all that Polar gave.</summary>
    internal virtual PSObject Show(T item) => ModelShaper.Shape(item);

    internal static ErrorSubject Subject(object? target) => new(Kind, target);

    /// <summary>Remembers an object's name and content, for prompts and completion.</summary>
    internal void Remember(T item) => UsedConnection.Seen.Add(item);
}
