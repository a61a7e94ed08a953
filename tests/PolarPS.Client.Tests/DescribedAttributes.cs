using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>A test that needs the API description, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DescribedFactAttribute : FactAttribute
{
    public DescribedFactAttribute() => Skip = DescriptionFile.Missing!;
}

/// <summary>The same with cases, which are not looked for either then.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DescribedTheoryAttribute : TheoryAttribute
{
    public DescribedTheoryAttribute() => Skip = DescriptionFile.Missing!;
}

/// <summary>A test that needs the examples beside the description, and is skipped with the reason where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ExampleFactAttribute : FactAttribute
{
    public ExampleFactAttribute() => Skip = ExampleFiles.Missing!;
}

/// <summary>The same with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ExampleTheoryAttribute : TheoryAttribute
{
    public ExampleTheoryAttribute() => Skip = ExampleFiles.Missing!;
}
