namespace PolarPS.Commands;

/// <summary>The classes of the module's cmdlets.</summary>
internal static class CmdletTypes
{
    private static readonly Lazy<Dictionary<string, Type>> ByName = new(() =>
        ModuleRoot
            .Cmdlets.GetTypes()
            .Select(type => (Type: type, Name: NameOf(type)))
            .Where(pair => pair.Name is not null)
            .ToDictionary(pair => pair.Name!, pair => pair.Type, StringComparer.OrdinalIgnoreCase)
    );

    // By the side and what they get, in words: "checkout link".
    private static readonly Lazy<Dictionary<(PolarSide Side, string Kind), string>> Getters = new(() =>
        ByName
            .Value.Select(pair =>
                (Command: pair.Key, Side: Sides.Of(pair.Value), Model: ModelOf(pair.Value, typeof(GetPolarCmdlet<>)))
            )
            .Where(pair => pair.Model is not null)
            .ToDictionary(pair => (pair.Side, Kinds.NameOf(pair.Model!)), pair => pair.Command)
    );

    /// <summary>The class of a cmdlet of this module, also where its name has the module's before it; null for other commands.</summary>
    public static Type? Find(string command) =>
        ByName.Value.TryGetValue(command.Substring(command.LastIndexOf('\\') + 1), out var type) ? type : null;

    /// <summary>The cmdlet that gets objects of a kind by their ids, such as Get-PolarProduct; null where there is none.</summary>
    /// <param name="kind">The kind in words, as <see cref="Kinds.NameOf"/> has it.</param>
    /// <param name="side">Which side of Polar it is for.</param>
    public static string? GetterOf(string kind, PolarSide side = PolarSide.Seller) =>
        Getters.Value.TryGetValue((side, kind), out var command) ? command : null;

    /// <summary>What the cmdlet looks names up for.</summary>
    public static NameUse NameUseOf(Type cmdlet) =>
        ModelOf(cmdlet, typeof(PolarWriteCmdlet<>)) is null ? NameUse.Read : NameUse.Write;

    // The kind that a cmdlet is for, if it derives from a generic base; else null.
    private static Type? ModelOf(Type cmdlet, Type generic)
    {
        for (var type = cmdlet; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == generic)
            {
                return type.GetGenericArguments()[0];
            }
        }

        return null;
    }

    private static string? NameOf(Type type) =>
        (CmdletAttribute?)Attribute.GetCustomAttribute(type, typeof(CmdletAttribute)) is { } name
            ? $"{name.VerbName}-{name.NounName}"
            : null;
}
