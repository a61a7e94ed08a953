using System.Collections.Concurrent;
using System.Reflection;

namespace PolarPS.Commands;

/// <summary>
/// A cmdlet that describes values for other cmdlets' parameters: users know the members of such a value by the names of its parameters.
/// </summary>
/// <param name="model">The value's type.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MakesAttribute(Type model) : Attribute
{
    private static readonly ConcurrentDictionary<Type, Type?> Makers = new();

    /// <summary>The value's type.</summary>
    public Type Model { get; } = model;

    /// <summary>The cmdlet that describes such values.</summary>
    /// <param name="model">The value's type.</param>
    /// <param name="cmdlets">Where the cmdlets are.</param>
    /// <returns>The cmdlet's class; null when there is none.</returns>
    public static Type? Maker(Type model, Assembly cmdlets) =>
        Makers.GetOrAdd(
            model,
            wanted =>
                cmdlets.GetTypes().FirstOrDefault(type => type.GetCustomAttribute<MakesAttribute>()?.Model == wanted)
        );
}
