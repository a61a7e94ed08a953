using System;
using System.Linq;
using System.Management.Automation;

namespace PolarPS.Commands;

/// <summary>
/// For paths as text, which may have wildcards. Anything else from the pipeline is left to the parameter for literal paths, which
/// takes what Get-ChildItem and Get-Item give: its name may have brackets in it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilePathAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value switch
        {
            null or string => value,
            _ when PSValue.Items(value) is { } items => items.Select(TextOf).ToArray(),
            _ => TextOf(value),
        };
    }

    private static string TextOf(object? item) =>
        PSValue.ValueOrCustom(item) switch
        {
            string text => text,
            // On the command line: -Path (Get-Item guide.pdf).
            System.IO.FileInfo file => WildcardPattern.Escape(file.FullName),
            _ => throw RefusedArgumentException.ForNext($"{ValueText.Given(item)} is not the path of a file."),
        };
}
