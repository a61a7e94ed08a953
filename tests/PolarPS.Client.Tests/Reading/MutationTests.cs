using System.Text;
using System.Text.Json.Serialization;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Reading;

/// <summary>
/// Generated code and metadata read the same of whatever may come: every property of every type takes its turn with values
/// that fit it and values that do not. What is expected is what metadata reads.
/// </summary>
public sealed class MutationTests
{
    // In the place of a value. Each character is a byte, so that there can be some that are no text.
    private static readonly string[] Values =
    [
        "null",
        "true",
        "false",
        "7",
        "-0",
        "-7.5",
        "1e2",
        "1.0",
        "1E400",
        "2147483648",
        "9223372036854775808",
        "-9223372036854775809",
        "79228162514264337593543950336",
        "0.00000000000000000000000000001",
        "\"\"",
        "\"7\"",
        "\"-1.50\"",
        "\"1E-8\"",
        "\"1,5\"",
        "\"2026-10-01\"",
        "\"2026-10-01T12:30:00+02:00\"",
        "\"2026-13-01T12:30:00Z\"",
        "\"b\\u00fccher \\ud83d\\ude00 \\n\"",
        "\"\\ud83d\"",
        "\"\\u0000\"",
        "\"\xC3\xBC\"",
        "\"\xE9\"",
        "\"\xC3\"",
        "{}",
        "{\"a\":{\"b\":[1,null,\"\"]}}",
        "{\"one\":null}",
        "{\"one\":\"x\",\"ONE\":\"y\",\"one\":\"z\"}",
        "{\"one\":true,\"ONE\":false}",
        "{\"one\":1,\"ONE\":2}",
        "{\"\xE9\":\"x\"}",
        "{\"\\ud83d\":1}",
        "{\"in\":{\"\\u0001own\":1,\"\xE9\":2,\"\\ud83d\":\"\\ud83d\"}}",
        "{\"in\":{\"a\":\"\\ud83d\"}}",
        "{\"in\":[1e400,123456789012345678901234567890]}",
        "[]",
        "[null]",
        "[7]",
        "[\"x\",\"x\",null]",
        "[{}]",
        "[{\"one\":1},null]",
        "[[]]",
        "[\"\xE9\"]",
        "nul",
        "7x",
        "'a'",
        "{\"a\":1,}",
        "[1,]",
        "/* none */1",
    ];

    // In the place of the whole field.
    private static readonly Func<string, string, string>[] Fields =
    [
        (name, value) => $"\"{name}\" \n:\t {value} ",
        (name, value) => $"\"{name}\":{value},\"{name}\":{value}",
        (name, value) => $"\"{name}\":{value},\"{name}\":null",
        (name, value) => $"\"{name}\":null,\"{name}\":{value}",
        (name, value) => $"\"{name}\":{value},\"{name}\":[[7]]",
        (name, value) => $"\"{name}\":[[7]],\"{name}\":{value}",
        (name, value) => $"\"{Escaped(name)}\":{value}",
        (name, value) => $"\"{Escaped(name)}\":[[7]]",
        (name, value) => $"\"{name.ToUpperInvariant()}\":{value}",
        (name, value) => $"\"{name}x\":{value},\"x{name}\":{value},\"{name}x\":1",
        (name, value) => $"\"\\u0001{name}\":{value}",
        (name, value) => $"\"{name[..^1]}\xE9\":{value}",
        (name, value) => $"\"{name}\\ud83d\":{value}",
        (_, value) => $"\"\":{value}",
        (_, value) => $"\"unknown\":{value},\"Unknown\":1",
        (_, value) => $"\"$id\":{value},\"$ref\":\"1\",\"$type\":\"x\",\"$values\":[]",
        (_, value) => $"\"zzz\":{value},\"yyy\":null,\"\\u007azz\":2,\"b\xC3\xBC\":[\"\xE9\",1e999]",
        (_, _) => "\"zzz\":" + string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70)),
        (name, _) => $"\"{name}\":" + Nested(61),
        (name, _) => $"\"{name}\":" + Nested(62),
        (name, _) => $"\"{name}\":" + Nested(63),
        (name, _) => $"\"{name}\":" + Nested(200),
    ];

    // In the place of the whole document.
    private static readonly Func<string, string>[] Documents =
    [
        static json => json,
        static json => $" \n\t{json}\r\n ",
        static json => "\xEF\xBB\xBF" + json,
        static json => json + "x",
        static json => json + json,
        static json => json + "\0",
        static json => $"/**/{json}",
        static json => $"[{json}]",
        static json => $"\"{json.Length}\"",
        static _ => string.Empty,
        static _ => " ",
        static _ => "null",
        static _ => "{}",
        static _ => "[]",
        static _ => "[null]",
        static _ => "[7]",
        static _ => "{\"items\":null}",
        static _ => "{\"items\":[null]}",
        static _ => "{\"items\":[{}]}",
        static _ => "{\"items\":{}}",
        static _ => "{\"ITEMS\":[],\"zzz\":[{\"a\":\"\xE9\"}]}",
        static _ => "{\"pagination\":{\"zzz\":1,\"total_count\":1.5}}",
        static _ => "7",
        static _ => "<html>",
        static _ => "\xFF\xFE{\0}\0",
    ];

    [Fact]
    public void EveryRegisteredTypeHasAReader()
    {
        var registered = typeof(PolarJson)
            .GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!);

        Assert.Equal(
            registered.Select(type => type.ToString()).Order(),
            BothWays.All.Values.Select(pair => pair.Type.ToString()).Order()
        );
    }

    [Fact]
    public void WhatFitsIsReadByGeneratedCode()
    {
        var places = new HashSet<(Type Type, string Name, Type)>();
        Assert.All(
            BothWays.All.Values,
            pair =>
            {
                var specimen = Specimen.Of(pair.Metadata, out var all);
                places.UnionWith(all);
                Assert.Null(pair.Differences(specimen));
                var model = pair.Generated(Encoding.UTF8.GetBytes(specimen));
                Assert.NotNull(model);
                Assert.Empty(Deep.Unknown(model));
            }
        );
        // All there are: else what follows would leave some out.
        var models = typeof(PolarObject)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(PolarObject)) && !type.IsAbstract)
            // Counted here, and never read.
            .Where(type => type != typeof(EventSendResult));
        Assert.Empty(models.Except(places.Select(place => place.Type)).Select(type => type.Name));
        Assert.InRange(places.Count, 900, 5000);
    }

    [Fact]
    public void EveryPropertyReadsTheSameWhateverItHolds()
    {
        Func<string, string, string>[] changes =
        [
            .. Values.Select(value => (Func<string, string, string>)((name, _) => $"\"{name}\":{value}")),
            .. Fields,
        ];
        var done = new HashSet<(Type, string)>();
        var wholly = new HashSet<(Type, int)>();
        var wrong = new List<string>();
        var read = 0;
        // In the smallest document that has the property.
        foreach (var pair in BothWays.All.Values.OrderBy(pair => Specimen.Of(pair.Metadata, out _).Length))
        {
            Specimen.Of(pair.Metadata, out var places);
            foreach (var place in places.Where(place => done.Add((place.Type, place.Name))))
            {
                for (var index = 0; index < changes.Length; index++)
                {
                    var json = Encoding.Latin1.GetBytes(
                        Specimen.Changed(pair.Metadata, (place.Type, place.Name), changes[index])
                    );
                    read++;
                    // What comes out in the end takes the longest, and depends on nothing but the type of the property.
                    var difference = wholly.Add((place.PropertyType, index))
                        ? pair.Differences(json)
                        : pair.DifferencesOfGenerated(json);
                    if (difference is not null)
                    {
                        wrong.Add($"{place.Type.Name} {changes[index](place.Name, "…")}: {difference}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
        Assert.InRange(wholly.Count, 50 * changes.Length, read);
        Assert.InRange(read, 900 * changes.Length, 500_000);
    }

    [Fact]
    public void WholeDocumentsReadTheSameWhateverTheyAre()
    {
        var wrong = new List<string>();
        foreach (var pair in BothWays.All.Values)
        {
            var specimen = Specimen.Of(pair.Metadata, out _);
            foreach (var change in Documents)
            {
                var json = change(specimen);
                if (pair.Differences(Encoding.Latin1.GetBytes(json)) is { } difference)
                {
                    wrong.Add($"{pair.Name} {json[..Math.Min(json.Length, 30)]}: {difference}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void CutOffDocumentsReadTheSame()
    {
        var wrong = new List<string>();
        foreach (var pair in BothWays.All.Values)
        {
            var utf8 = Encoding.UTF8.GetBytes(Specimen.Of(pair.Metadata, out _));
            // Of the short ones everywhere, of the others in some two hundred places.
            var step = 1 + utf8.Length / 200;
            for (var length = 1; length < utf8.Length; length += step)
            {
                var part = utf8[..length];
                Assert.Null(pair.Generated(part));
                var difference = length / step % 10 == 0 ? pair.Differences(part) : pair.DifferencesOfGenerated(part);
                if (difference is not null)
                {
                    wrong.Add($"{pair.Name} cut at {length}: {difference}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void AFieldThatOccursOftenIsOneString()
    {
        var product =
            (ListEnvelope<Product>)
                BothWays
                    .All["ListEnvelopeProduct"]
                    .Generated(
                        """{"items":[{"organization_id":"8cabdca5-cf97-4f4e-851c-fddffa691a55"},{"organization_id":"8cabdca5-cf97-4f4e-851c-fddffa691a55"}]}"""u8.ToArray()
                    )!;

        Assert.Same(product.Items![0].OrganizationId, product.Items[1].OrganizationId);
    }

    [Fact]
    public void TextsThatShareAPlaceStayApart()
    {
        // More of them than there are places, some of one length with the same beginning and end.
        var texts = Enumerable
            .Range(0, 5000)
            .Select(number => $"12345678{number:D8}12345678")
            .Concat(Enumerable.Range(0, 5000).Select(number => $"t{number}"))
            .Concat(["\u00e9", "e", "\u00e9\u00e9", "\u00c3\u00a9", "", "a\tb"])
            .ToArray();
        var json =
            "["
            + string.Join(
                ',',
                texts.Select(text =>
                    $$"""{"name":"{{text.Replace("\t", "\\t", StringComparison.Ordinal)}}","metrics":["{{text.Replace("\t", "\\t", StringComparison.Ordinal)}}"]}"""
                )
            )
            + "]";

        var read =
            (PolarList<MetricDashboard>)
                BothWays.All["PolarListMetricDashboard"].Generated(Encoding.UTF8.GetBytes(json))!;

        Assert.Equal(texts, read.Select(item => item.Name));
        Assert.Equal(texts, read.Select(item => Assert.Single(item.Metrics!)));
    }

    private static string Escaped(string name) => $"\\u{(int)name[0]:x4}{name[1..]}";

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{\"in\":", depth / 2))
        + string.Concat(Enumerable.Repeat("[", depth - depth / 2))
        + string.Concat(Enumerable.Repeat("]", depth - depth / 2))
        + string.Concat(Enumerable.Repeat("}", depth / 2));
}
