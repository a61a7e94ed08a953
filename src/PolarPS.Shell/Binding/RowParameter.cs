using System.Reflection;

namespace PolarPS.Commands;

/// <summary>A parameter, as rows see it.</summary>
internal sealed class RowParameter
{
    private static readonly MethodInfo ValidateMethod = typeof(ValidateArgumentsAttribute).GetMethod(
        "Validate",
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;

    private readonly IReadOnlyList<ArgumentTransformationAttribute> _transformations;
    private readonly IReadOnlyList<ValidateArgumentsAttribute> _validations;
    private readonly HashSet<string> _sets;

    private RowParameter(PropertyInfo property, IReadOnlyList<ParameterAttribute> declarations)
    {
        Property = property;
        Columns = [property.Name, .. property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []];
        _transformations = [.. property.GetCustomAttributes<ArgumentTransformationAttribute>()];
        _validations = [.. property.GetCustomAttributes<ValidateArgumentsAttribute>()];
        _sets = new HashSet<string>(
            declarations.Select(declaration => declaration.ParameterSetName),
            StringComparer.OrdinalIgnoreCase
        );
        IsFromRow = FromRowAttribute.Marks(property);
        IsDeclared = IsFromRow || declarations.Any(declaration => declaration.ValueFromPipelineByPropertyName);
        IsByValue = declarations.Any(declaration => declaration.ValueFromPipeline);
        IsMandatory = declarations.Any(declaration => declaration.Mandatory);
        IsBlankEmpty = _transformations.Any(transformation => transformation is ReadingAttribute);
        Model = _transformations.OfType<IReferenceTransformation>().FirstOrDefault()?.Model;
    }

    public PropertyInfo Property { get; }

    public string Name => Property.Name;

    /// <summary>The names that a column may have: the parameter's own, then its aliases.</summary>
    public IReadOnlyList<string> Columns { get; }

    public bool IsFromRow { get; }

    public bool IsDeclared { get; }

    public bool IsByValue { get; }

    public bool IsMandatory { get; }

    /// <summary>Whether a cell of nothing but blanks is empty: it is where numbers, dates and the like are read.</summary>
    public bool IsBlankEmpty { get; }

    /// <summary>The kind of object that the parameter takes ids of; null for none.</summary>
    public Type? Model { get; }

    public static IEnumerable<RowParameter> Of(Type cmdlet) =>
        cmdlet
            .GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Select(property => (property, declarations: property.GetCustomAttributes<ParameterAttribute>().ToList()))
            .Where(pair => pair.declarations.Count > 0 && pair.property.PropertyType != typeof(PolarConnection))
            .Select(pair => new RowParameter(pair.property, pair.declarations));

    public bool IsIn(string set) => _sets.Contains(ParameterAttribute.AllParameterSets) || _sets.Contains(set);

    /// <summary>Reads a column as PowerShell would, except for values that it would silently change.</summary>
    /// <returns>What is wrong, as a sentence; null where nothing is.</returns>
    public string? Read(object? value, out object? result)
    {
        result = value;
        try
        {
            foreach (var transformation in _transformations)
            {
                result = transformation.Transform(null!, result);
                if (result is Unread unread)
                {
                    return unread.Reason;
                }
            }

            if (ValueReader.Read(result, Property.PropertyType, out result, isCell: true) is { } problem)
            {
                return problem;
            }

            foreach (var validation in _validations)
            {
                ValidateMethod.Invoke(validation, [result, null]);
            }

            return null;
        }
        catch (RefusedArgumentException exception)
        {
            return exception.Message;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException?.Message ?? exception.Message;
        }
    }
}

/// <summary>A transformation by which a parameter takes a kind of object: itself, a copy of it, or its name.</summary>
internal interface IReferenceTransformation
{
    /// <summary>The class of the kind.</summary>
    Type Model { get; }
}
