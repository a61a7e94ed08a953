using Xunit;

namespace PolarPS.Client.Tests;

public class PublicSurface
{
    private const string Accept = "POLARPS_ACCEPT_SURFACE";
    private const int LinesShown = 40;

    [Theory]
    [InlineData(typeof(PolarClient))]
    [InlineData(typeof(PolarHttpClient))]
    public void IsAsRecorded(Type type)
    {
        var package = type.Assembly.GetName().Name!;
        var record = Repository.PathOf("src", package, "PublicSurface.txt");
        var now = SurfaceText.Of(type.Assembly);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(record, now);
        }

        var recorded = File.Exists(record) ? File.ReadAllText(record).ReplaceLineEndings("\n") : "";
        Assert.True(now == recorded, Message(package, record, Difference(recorded, now)));
    }

    [Fact]
    public void ADifferenceNamesTheTypeAndWhatCameAndWent() =>
        Assert.Equal(
            ["class B", "  -     int Old { get; }", "  +     int New { get; }", "  + class C"],
            Difference(
                "class A\n    int Same\nclass B\n    int Old { get; }\n",
                "class A\n    int Same\nclass B\n    int New { get; }\nclass C\n"
            )
        );

    private static string Message(string package, string record, List<string> difference)
    {
        var shown = difference.Take(LinesShown);
        if (difference.Count > LinesShown)
        {
            shown = shown.Append($"... and {difference.Count - LinesShown} lines more");
        }

        return $"The public surface of {package} is not the one in {record}:\n{string.Join("\n", shown)}\n"
            + $"If that is meant, run this test with {Accept}=1, which rewrites the file, and commit it.";
    }

    // Types and members are compared by name, not by position: one line more is one line of difference.
    private static List<string> Difference(string recorded, string now)
    {
        var (before, after) = (Types(recorded), Types(now));
        var lines = new List<string>();
        foreach (var type in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            if (!after.ContainsKey(type) || !before.ContainsKey(type))
            {
                lines.Add((after.ContainsKey(type) ? "  + " : "  - ") + type);
                continue;
            }

            var gone = before[type].Except(after[type]).Select(static line => "  - " + line);
            var come = after[type].Except(before[type]).Select(static line => "  + " + line);
            var changes = gone.Concat(come).ToList();
            if (changes.Count > 0)
            {
                lines.Add(type);
                lines.AddRange(changes);
            }
        }

        return lines;
    }

    private static Dictionary<string, List<string>> Types(string surface)
    {
        var types = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var members = new List<string>();
        foreach (var line in surface.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == ' ')
            {
                members.Add(line);
            }
            else
            {
                types[line] = members = [];
            }
        }

        return types;
    }
}
