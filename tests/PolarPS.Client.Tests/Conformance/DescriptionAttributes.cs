using System;
using Xunit;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>A test that needs the API description, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DescriptionFactAttribute : FactAttribute
{
    public DescriptionFactAttribute() => Skip = ApiDescription.SkipReason!;
}

/// <summary>The same with cases, which are not looked for either then.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DescriptionTheoryAttribute : TheoryAttribute
{
    public DescriptionTheoryAttribute() => Skip = ApiDescription.SkipReason!;
}
