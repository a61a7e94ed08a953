using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PolarPS.Client.Models;

/// <summary>
/// Your own keys and values on one of Polar's objects: text, long, double, bool. Reads as <c>key=value; …</c> where only text
/// fits, such as a column of a CSV file.
/// </summary>
public sealed class PolarMetadata : Dictionary<string, object?>
{
    /// <summary>Empty metadata.</summary>
    public PolarMetadata()
        : base(StringComparer.Ordinal) { }

    /// <summary>The keys and values, separated by semicolons.</summary>
    /// <returns>One line of text, the same in every culture.</returns>
    public override string ToString() =>
        string.Join(
            "; ",
            this.Select(entry => entry.Key + "=" + Convert.ToString(entry.Value, CultureInfo.InvariantCulture))
        );
}
