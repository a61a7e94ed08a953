using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace PolarPS.Client.Tests;

/// <summary>What a program can see of an assembly, as text: a block for each type, a line for each member, all in order.</summary>
internal sealed class SurfaceText
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    private static readonly Comparer<(string Name, string Line)> ByNameThenText = Comparer<(
        string Name,
        string Line
    )>.Create(
        static (one, other) =>
            string.CompareOrdinal(one.Name, other.Name) is not 0 and var order
                ? order
                : string.CompareOrdinal(one.Line, other.Line)
    );

    private readonly NullabilityInfoContext _nullability = new();

    public static string Of(Assembly assembly)
    {
        var surface = new SurfaceText();
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(IsWritten).OrderBy(FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            var members = surface.Members(type);
            foreach (var (_, line) in members.OrderBy(static member => member, ByNameThenText))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static bool IsWritten(MemberInfo member) => !member.IsDefined(typeof(CompilerGeneratedAttribute), false);

    private static bool IsSeen(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true };

    private static string Head(Type type)
    {
        var kind =
            type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsSubclassOf(typeof(Delegate)) ? "delegate"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        if (type.IsEnum)
        {
            return $"{kind} {FullName(type)} : {Name(type.GetEnumUnderlyingType())}";
        }

        var bases = new List<string>();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            bases.Add(Name(parent));
        }

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var own = type.GetInterfaces().Except(inherited).Where(other => other.IsVisible);
        bases.AddRange(own.Select(Name).Order(StringComparer.Ordinal));
        return $"{kind} {FullName(type)}"
            + (bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}")
            + Constraints(type);
    }

    private IEnumerable<(string Name, string Line)> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(static field => (field.Name, $"{field.Name} = {Literal(field.GetRawConstantValue())}"));
        }

        return
        [
            .. type.GetConstructors(Declared)
                .Where(IsSeen)
                .Select(made => ("", $"{Access(made)}new({Parameters(made)})")),
            .. type.GetFields(Declared)
                .Where(static field => field.IsPublic || field.IsFamily)
                .Select(field => (field.Name, Field(field))),
            .. type.GetProperties(Declared)
                .Where(static property => IsSeen(property.GetMethod) || IsSeen(property.SetMethod))
                .Where(IsWritten)
                .Select(property => (property.Name, Property(property))),
            .. type.GetEvents(Declared)
                .Where(static raised => IsSeen(raised.AddMethod))
                .Select(raised => (raised.Name, $"event {Name(raised.EventHandlerType!)} {raised.Name}")),
            .. type.GetMethods(Declared)
                .Where(static method => IsSeen(method) && IsWritten(method))
                .Where(static method =>
                    !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)
                )
                .Select(method => (method.Name, Method(method))),
        ];
    }

    private string Field(FieldInfo field)
    {
        var access = field.IsFamily ? "protected " : "";
        var kind =
            field.IsLiteral ? "const "
            : field.IsStatic ? "static "
            : "";
        var value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "";
        return $"{access}{kind}{Name(_nullability.Create(field))} {field.Name}{value}";
    }

    private string Property(PropertyInfo property)
    {
        var getter = IsSeen(property.GetMethod) ? property.GetMethod : null;
        var setter = IsSeen(property.SetMethod) ? property.SetMethod : null;
        var outer = getter ?? setter!;
        var isInit =
            setter?.ReturnParameter.GetRequiredCustomModifiers().Any(static type => type.Name == "IsExternalInit")
            == true;
        var accessors = string.Concat(
            getter is null ? "" : "get; ",
            setter is null
                ? ""
                : (setter.IsFamily && !outer.IsFamily ? "protected " : "") + (isInit ? "init; " : "set; ")
        );
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var required = property.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        return $"{Access(outer)}{required}{Name(_nullability.Create(property))} {name} {{ {accessors}}}";
    }

    private string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(static argument => argument.Name))}>"
            : "";
        var result = Name(_nullability.Create(method.ReturnParameter));
        var constraints = string.Concat(method.GetGenericArguments().Select(Constraint));
        return $"{Access(method)}{result} {method.Name}{generic}({Parameters(method)}){constraints}";
    }

    private static string Access(MethodBase method)
    {
        var access = method.IsFamily ? "protected " : "";
        var isOverride = method is MethodInfo made && made.GetBaseDefinition().DeclaringType != made.DeclaringType;
        return access
            + (
                method.IsStatic ? "static "
                : isOverride ? "override "
                : method is { IsVirtual: false } or { IsFinal: true } || method.DeclaringType!.IsInterface ? ""
                : method.IsAbstract ? "abstract "
                : "virtual "
            );
    }

    private string Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        return isExtension + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private string Parameter(ParameterInfo parameter)
    {
        var passed =
            parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params "
            : parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef ? "ref "
            : "";
        var value = !parameter.HasDefaultValue ? "" : " = " + Default(parameter);
        return $"{passed}{Name(_nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Default(ParameterInfo parameter) =>
        parameter.RawDefaultValue is null
        && parameter.ParameterType.IsValueType
        && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? "default"
            : Literal(parameter.RawDefaultValue);

    private static string Literal(object? value) =>
        value switch
        {
            null => "null",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static string Constraints(Type type) => string.Concat(type.GetGenericArguments().Select(Constraint));

    private static string Constraint(Type parameter)
    {
        if (!parameter.IsGenericParameter)
        {
            return "";
        }

        var kinds = parameter.GenericParameterAttributes;
        var isStruct = kinds.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var all = new List<string>();
        if (isStruct)
        {
            all.Add("struct");
        }

        if (kinds.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            all.Add("class");
        }

        all.AddRange(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Name));
        if (kinds.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
        {
            all.Add("new()");
        }

        return all.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", all)}";
    }

    private static string FullName(Type type) =>
        type.DeclaringType is { } outer ? $"{FullName(outer)}.{Name(type)}" : $"{type.Namespace}.{Name(type)}";

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        return Nullable.GetUnderlyingType(type) is { } plain
            ? Name(plain) + "?"
            : Name(type, type.GetGenericArguments().Select(Name));
    }

    // As the type was written: with the marks of what may be null, in its arguments too.
    private static string Name(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        if (Nullable.GetUnderlyingType(type) is { } plain)
        {
            return Name(plain) + "?";
        }

        var name =
            info.ElementType is { } element && type.IsArray ? Name(element) + "[]"
            : info.GenericTypeArguments.Length > 0 ? Name(type, info.GenericTypeArguments.Select(Name))
            : Name(type);
        var mayBeNull = info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable;
        return mayBeNull && !type.IsValueType ? name + "?" : name;
    }

    private static string Name(Type type, IEnumerable<string> arguments)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : $"{type.Name[..tick]}<{string.Join(", ", arguments)}>";
    }
}
