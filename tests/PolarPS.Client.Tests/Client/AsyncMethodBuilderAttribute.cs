namespace System.Runtime.CompilerServices;

// .NET's own is hidden here by those of the assemblies under test.
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AsyncMethodBuilderAttribute(Type builderType) : Attribute
{
    public Type BuilderType { get; } = builderType;
}
