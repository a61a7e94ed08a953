using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Makes a parameter take an address as <see cref="SettingsTransformationAttribute"/> does, and nothing for an empty cell of
/// a CSV file.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly SettingsTransformationAttribute Settings = new(typeof(AddressInput))
    {
        From = typeof(Address),
    };

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        CustomerCells.IsEmpty(inputData) ? null : Settings.Transform(engineIntrinsics, inputData);
}

/// <summary>Makes a parameter that takes a hashtable take nothing for an empty cell of a CSV file.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmptyCellTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        CustomerCells.IsEmpty(inputData) ? null : inputData;
}

/// <summary>Takes a tax number as text, or the number and its kind as customers have them, of which the number is sent.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TaxIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            IEnumerable pair and not (string or IDictionary) => pair.Cast<object?>().FirstOrDefault(),
            _ => inputData,
        };
}

/// <summary>Cells of CSV files.</summary>
internal static class CustomerCells
{
    public static bool IsEmpty(object? value) => value is null or "" or PSObject { BaseObject: "" };
}
