using System.ComponentModel;
using PolarPS.Commands;

namespace PolarPS.Views;

// The types file names only classes of this assembly, which PowerShell knows as the module's own: for a class that it does not
// find there, it searches every assembly of the process, and each import pays for that.

/// <summary>What the types file says that a copy from a job, from remoting or from Import-Clixml is made into.</summary>
/// <remarks>Stands for any object from Polar. There are none of it: its converter makes an object of the copy's own class.</remarks>
[TypeConverter(typeof(LiveConverter))]
public abstract class LiveObject;

/// <summary>Names <see cref="PolarObjectConverter"/> to the types file.</summary>
public sealed class LiveConverter : PolarObjectConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object? sourceValue, Type destinationType) =>
        base.CanConvertFrom(sourceValue, destinationType == typeof(LiveObject) ? typeof(PolarObject) : destinationType);
}

/// <summary>Names <see cref="ReadingConverter"/> to the types file.</summary>
public sealed class ReaderConverter : ReadingConverter;
