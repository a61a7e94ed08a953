using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace PolarPS.Views;

/// <summary>
/// Metrics as one HTML file that needs nothing else: charts as SVG within it, and the figures as tables. There is no script and no
/// address in it, and its policy lets a browser use nothing but the file's own styles, which are known by their hash.
/// </summary>
internal static class MetricReport
{
    private const int Width = 720;
    private const int Height = 220;

    // The room for the numbers beside and below the bars.
    private const int Left = 96;
    private const int Right = 8;
    private const int Top = 12;
    private const int Bottom = 24;

    // Attributes for styles would need a policy that allows any of them; so classes only.
    private const string Styles = """

        :root { color-scheme: light dark; }
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 46rem; padding: 0 1rem; }
        h1 { font-size: 1.6rem; margin: 0; }
        h2 { font-size: 1.1rem; margin: 2rem 0 0; overflow-wrap: anywhere; }
        p { margin: .25rem 0; opacity: .75; }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: currentColor; font-size: 12px; opacity: .8; }
        .bar { fill: #0f766e; }
        .below { fill: #b45309; }
        .line { stroke: currentColor; opacity: .3; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: .15rem 1.5rem .15rem 0; text-align: left; }
        td { text-align: right; }
        @media (prefers-color-scheme: dark) { .bar { fill: #2dd4bf; } .below { fill: #f59e0b; } }

        """;

    // A browser makes one line feed of any line break before it compares.
    private static readonly string Style = Styles.Replace("\r\n", "\n");

    /// <summary>Writes the whole file.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="runs">What to show.</param>
    /// <param name="now">When it is written.</param>
    public static string Write(string title, IReadOnlyList<IReadOnlyList<MetricSeries>> runs, DateTimeOffset now)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append(
                $"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{Hash(Style)}'; base-uri 'none'; form-action 'none'\">\n"
            )
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append($"<title>{Text(title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<h1>{Text(title)}</h1>\n")
            .Append($"<p>Figures as Polar gave them; money in US dollars. Written {Time(now)}.</p>\n");
        foreach (var series in runs.SelectMany(static run => run))
        {
            Write(html, series);
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder html, MetricSeries series)
    {
        var points = series.Points;
        html.Append($"<section>\n<h2>{Text(series.Name)}</h2>\n")
            .Append($"<p>{Text(points[0].Label)} to {Text(points[points.Count - 1].Label)}")
            .Append($"; latest {Text(points[points.Count - 1].Text)}</p>\n");
        Draw(html, series);
        html.Append("<details>\n<summary>Figures</summary>\n<table>\n<tr><th>Period</th><th>")
            .Append(Text(series.Name))
            .Append("</th></tr>\n");
        foreach (var point in points)
        {
            html.Append($"<tr><th>{Text(point.Label)}</th><td>{Text(point.Text)}</td></tr>\n");
        }

        html.Append("</table>\n</details>\n</section>\n");
    }

    private static void Draw(StringBuilder html, MetricSeries series)
    {
        var points = series.Points;
        var range = series.High - series.Low;
        var inner = Height - Top - Bottom;
        double Y(double value) => Top + (range <= 0 ? inner : (series.High - value) / range * inner);
        var step = (double)(Width - Left - Right) / points.Count;
        html.Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(series.Name)}\">\n");
        for (var i = 0; i < points.Count; i++)
        {
            if (points[i].Value is not { } value)
            {
                continue;
            }

            // What is not nothing is seen.
            var length = value == 0 ? 0 : Math.Max(1, Math.Abs(Y(value) - Y(0)));
            var top = value < 0 ? Y(0) : Y(0) - length;
            html.Append(
                    $"<rect class=\"{(value < 0 ? "bar below" : "bar")}\" x=\"{Number(Left + (i * step) + (step * 0.1))}\""
                )
                .Append($" y=\"{Number(top)}\" width=\"{Number(step * 0.8)}\" height=\"{Number(length)}\">")
                .Append($"<title>{Text(points[i].Label)}: {Text(points[i].Text)}</title></rect>\n");
        }

        html.Append(
            $"<line class=\"line\" x1=\"{Left}\" y1=\"{Number(Y(0))}\" x2=\"{Width - Right}\" y2=\"{Number(Y(0))}\"/>\n"
        );
        if (series is { Highest: { } highest, High: > 0 })
        {
            Label(html, Left - 8, Y(series.High) + 4, "end", highest.Text);
        }

        if (series is { Lowest: { } lowest, Low: < 0 })
        {
            Label(html, Left - 8, Y(series.Low) + 4, "end", lowest.Text);
        }

        // The zero has its place where no other number is.
        if (Math.Abs(Y(0) - Y(series.Low)) >= 14 || series.Low >= 0)
        {
            Label(html, Left - 8, Y(0) + 4, "end", "0");
        }

        Label(html, Left, Height - 6, "start", points[0].Label);
        if (points.Count > 1)
        {
            Label(html, Width - Right, Height - 6, "end", points[points.Count - 1].Label);
        }

        html.Append("</svg>\n");
    }

    private static void Label(StringBuilder html, double x, double y, string anchor, string text) =>
        html.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" text-anchor=\"{anchor}\">{Text(text)}</text>\n");

    // It is text, and nothing else: each character can be seen, and none is a part of the page.
    private static string Text(string text) => SecurityElement.Escape(VisibleText.Of(text));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset now) =>
        now.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Hash(string text)
    {
        using var sha = SHA256.Create();
        return "sha256-" + Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
