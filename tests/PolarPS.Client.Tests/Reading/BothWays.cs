using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace PolarPS.Client.Tests.Reading;

/// <summary>A type that is read by generated code, and by the metadata that it stands in for.</summary>
internal abstract partial class BothWays
{
    /// <summary>Every type that has a reader, by its name.</summary>
    public static IReadOnlyDictionary<string, BothWays> All { get; } =
        typeof(ModelReaders)
            .GetProperties(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(property => property.Name, Of);

    public abstract Type Type { get; }

    public abstract JsonTypeInfo Metadata { get; }

    public string Name => Type.Name + string.Concat(Type.GenericTypeArguments.Select(type => "Of" + type.Name));

    /// <summary>What the generated code reads alone; null where it gives up.</summary>
    public abstract object? Generated(byte[] utf8);

    /// <summary>What System.Text.Json reads where everything fits.</summary>
    public abstract object? Strict(MemoryStream utf8);

    /// <summary>What the client read before there was generated code.</summary>
    public abstract object? Tolerant(MemoryStream utf8);

    /// <summary>What the client reads.</summary>
    public abstract object? Whole(byte[] utf8);

    public string? Differences(string json) => Differences(Encoding.UTF8.GetBytes(json));

    /// <summary>What is not the same both ways; null if everything is.</summary>
    /// <param name="utf8">A document, or what is none.</param>
    public string? Differences(byte[] utf8)
    {
        var (today, failure) = Try(() => Tolerant(new MemoryStream(utf8)));
        var (now, failureNow) = Try(() => Whole(utf8));
        return failure?.GetType() != failureNow?.GetType() || failure?.Message != failureNow?.Message
            ? $"{failure?.Message ?? "no exception"} became {failureNow?.Message ?? "none"}"
            : Deep.Difference(today, now) ?? DifferencesOfGenerated(utf8);
    }

    /// <summary>
    /// The same of the generated code alone: it reads what metadata reads at once, no more and no less. Only what is no text
    /// it may leave to metadata.
    /// </summary>
    public string? DifferencesOfGenerated(byte[] utf8)
    {
        var (strict, misfit) = Try(() => Strict(new MemoryStream(utf8)));
        var generated = Generated(utf8);
        if (generated is null)
        {
            return strict is null || !IsText(utf8) ? null : "generated code gave up";
        }

        return strict is null
            ? $"generated code reads what metadata does not: {misfit?.Message}"
            : Deep.Difference(strict, generated);
    }

    // With a byte order mark it is none that JSON allows.
    private static bool IsText(byte[] utf8) =>
        Utf8.IsValid(utf8)
        && !utf8.AsSpan().StartsWith(Encoding.UTF8.Preamble)
        && !HalfCharacter().IsMatch(Encoding.UTF8.GetString(utf8));

    [GeneratedRegex(@"\\ud[89ab]..(?!\\ud[c-f])")]
    private static partial Regex HalfCharacter();

    private static (object? Result, Exception? Failure) Try(Func<object?> read)
    {
        try
        {
            return (read(), null);
        }
        catch (Exception exception)
        {
            return (null, exception);
        }
    }

    private static BothWays Of(PropertyInfo property) =>
        (BothWays)
            Activator.CreateInstance(
                typeof(Pair<>).MakeGenericType(property.PropertyType.GenericTypeArguments),
                property.GetValue(null)
            )!;

    private sealed class Pair<T>(ModelReader<T> reader) : BothWays
        where T : class
    {
        public override Type Type => typeof(T);

        public override JsonTypeInfo Metadata => ModelReader<T>.Metadata;

        public override object? Generated(byte[] utf8) => reader.TryRead(utf8, out var model) ? model : null;

        public override object? Strict(MemoryStream utf8) => JsonSerializer.Deserialize(utf8, ModelReader<T>.Metadata);

        public override object? Tolerant(MemoryStream utf8) => TolerantJson.Read(utf8, ModelReader<T>.Metadata);

        public override object? Whole(byte[] utf8)
        {
            // Not from its first byte on, and with something behind it, as in an array of a pool.
            byte[] larger = [.. "{]"u8, .. utf8, .. "x}"u8];
            return reader.Read(new ArraySegment<byte>(larger, 2, utf8.Length));
        }
    }
}
