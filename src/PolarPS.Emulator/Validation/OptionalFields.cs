namespace PolarPS.Emulator;

/// <summary>
/// Fields that may be given to something new, may be changed later, and are answered as they are stored, told once for
/// all three. A resource has a set for each place in its forms and answers where such fields stand side by side.
/// </summary>
internal sealed class OptionalFields
{
    public OptionalFields(params (string Name, Schema Schema)[] fields)
    {
        Names = fields.Select(static field => field.Name).ToArray();
        ForCreation = fields.Select(static field => Field.Nullable(field.Name, field.Schema)).ToArray();
        ForUpdate = fields.Select(static field => Field.Clearable(field.Name, field.Schema)).ToArray();
    }

    /// <summary>Their names, in the order in which they are answered.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>As something new has them: null where they are absent.</summary>
    public IReadOnlyList<Field> ForCreation { get; }

    /// <summary>As an update has them: unchanged where they are absent, and null is allowed.</summary>
    public IReadOnlyList<Field> ForUpdate { get; }
}
