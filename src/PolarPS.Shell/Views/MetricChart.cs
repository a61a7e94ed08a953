using System.Text;

namespace PolarPS.Views;

/// <summary>Draws metrics with letters: bars, or lines of one row each. Colour says nothing in it, and every figure is one of Polar's.</summary>
internal sealed class MetricChart
{
    /// <summary>The narrowest chart that can be read.</summary>
    public const int LeastWidth = 40;

    // Where there is no console, or none whose width is known.
    private const int UsualWidth = 80;
    private const int MostBars = 60;
    private const int LongestName = 42;
    private const int ShortestLine = 24;

    private readonly int _width;
    private readonly bool _isAscii;

    /// <param name="width">How many columns there are.</param>
    /// <param name="isAscii">Whether only ASCII is printed.</param>
    public MetricChart(int width, bool isAscii)
    {
        _width = Math.Max(LeastWidth, width);
        _isAscii = isAscii;
    }

    /// <summary>Whether the console can show block characters; not those of code pages, as Windows PowerShell has by default.</summary>
    public static bool ConsoleHasBlocks()
    {
        try
        {
            // UTF-8, and the two orders of UTF-16.
            return Console.OutputEncoding.CodePage is 65001 or 1200 or 1201;
        }
        catch (Exception exception) when (exception is System.IO.IOException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    /// <summary>How wide the console is, without its last column, in which some consoles break the line.</summary>
    public static int ConsoleWidth()
    {
        try
        {
            return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? UsualWidth : Console.WindowWidth - 1;
        }
        catch (Exception exception) when (exception is System.IO.IOException or PlatformNotSupportedException)
        {
            return UsualWidth;
        }
    }

    /// <summary>A bar for each period, to the left of an axis where the figure is negative.</summary>
    public IEnumerable<string> Bars(MetricSeries series)
    {
        yield return Cut(series.Name, _width);
        var points = Fold(series.Points, MostBars);
        if (points.Count < series.Points.Count)
        {
            yield return Folded(series.Points.Count, points.Count, "lines");
        }

        var label = points.Max(static point => point.Label.Length);
        var text = points.Max(static point => point.Text.Length);
        var space = Math.Max(1, _width - label - text - 4);
        foreach (var point in points)
        {
            yield return $"{point.Label.PadRight(label)}  {point.Text.PadLeft(text)}  {Bar(point.Value, series, space)}".TrimEnd();
        }
    }

    /// <summary>A row for each metric: its name, its course, and its latest, lowest and highest figures.</summary>
    public IEnumerable<string> Lines(IReadOnlyList<MetricSeries> all)
    {
        var figures = all.Select(static series => Figures(series)).ToList();
        string[] heads = ["Latest", "Lowest", "Highest"];
        var widths = heads.Select((head, i) => Math.Max(head.Length, figures.Max(row => row[i].Length))).ToArray();
        var right = widths.Sum() + 4;
        var count = all.Max(static series => series.Points.Count);
        var name = Math.Min(LongestName, all.Max(series => Named(series.Name).Length));
        name = Math.Max(8, Math.Min(name, _width - right - 3 - Math.Min(count, ShortestLine)));
        var space = Math.Max(1, _width - right - name - 3);
        var points = all.Select(series => Fold(series.Points, space)).ToList();
        var line = points.Max(static folded => folded.Count);
        var first = all[0].Points;

        yield return $"{first[0].Label} to {first[first.Count - 1].Label}";
        if (line < count)
        {
            yield return Folded(count, line, "columns");
        }

        yield return Row(string.Empty, string.Empty, heads);
        for (var i = 0; i < all.Count; i++)
        {
            yield return Row(
                Cut(all[i].Name, name),
                string.Concat(points[i].Select(point => Level(point.Value, all[i]))),
                figures[i]
            );
        }

        string Row(string title, string course, string[] values) =>
            $"{title.PadRight(name)}  {course.PadRight(line)}  {values[0].PadLeft(widths[0])}  {values[1].PadLeft(widths[1])}  {values[2].PadLeft(widths[2])}".TrimEnd();
    }

    // Of each few periods the one whose figure is the furthest from zero: a figure of Polar's, with its own date.
    private static IReadOnlyList<MetricPoint> Fold(IReadOnlyList<MetricPoint> points, int most)
    {
        if (points.Count <= most)
        {
            return points;
        }

        var size = (points.Count + most - 1) / most;
        return
        [
            .. points
                .Select(static (point, i) => (Point: point, Index: i))
                .GroupBy(item => item.Index / size)
                .Select(static part =>
                    part.Select(static item => item.Point)
                        // What has no figure comes after a zero.
                        .OrderByDescending(static point => point.Value is { } value ? Math.Abs(value) : -1)
                        .First()
                ),
        ];
    }

    private static string Folded(int count, int shown, string into) =>
        string.Format(
            CultureInfo.InvariantCulture,
            "{0} periods in {1} {2}: of every {3} the one furthest from zero.",
            count,
            shown,
            into,
            (count + shown - 1) / shown
        );

    private string Bar(double? value, MetricSeries series, int space)
    {
        var range = series.High - series.Low;
        if (value is not { } number || range <= 0)
        {
            return string.Empty;
        }

        if (series.Low >= 0)
        {
            return Filled(number / range * space);
        }

        // The axis has a column of its own.
        var left = (int)Math.Round(-series.Low / range * (space - 1));
        var axis = _isAscii ? '|' : '\u2502';
        var cells = number < 0 ? Math.Min(left, Math.Max(1, (int)Math.Round(-number / -series.Low * left))) : 0;
        return new string(' ', left - cells)
            + new string(_isAscii ? '-' : '\u2591', cells)
            + axis
            + (number > 0 ? Filled(number / series.High * (space - 1 - left)) : string.Empty);
    }

    private string Filled(double cells)
    {
        if (cells <= 0)
        {
            return string.Empty;
        }

        if (_isAscii)
        {
            return new string('#', Math.Max(1, (int)Math.Round(cells)));
        }

        // The last cell is filled by eighths; what is not nothing is seen.
        var eighths = Math.Max(1, (int)Math.Round(cells * 8));
        var bar = new StringBuilder().Append('\u2588', eighths / 8);
        return (eighths % 8 == 0 ? bar : bar.Append((char)(0x2590 - (eighths % 8)))).ToString();
    }

    private char Level(double? value, MetricSeries series)
    {
        if (value is not { } number)
        {
            return ' ';
        }

        var range = series.High - series.Low;
        var level = range <= 0 ? 0 : (int)Math.Round((number - series.Low) / range * 7);
        return _isAscii ? "_.:-=+*#"[level] : (char)(0x2581 + level);
    }

    private static string[] Figures(MetricSeries series) =>
        [series.Points[series.Points.Count - 1].Text, series.Lowest?.Text ?? "-", series.Highest?.Text ?? "-"];

    // Every character can be seen, and none takes part in what is drawn.
    private string Named(string name)
    {
        var text = VisibleText.Of(name);
        return _isAscii
            ? new string([.. text.Select(static letter => letter is >= ' ' and < '\u007F' ? letter : '?')])
            : text;
    }

    private string Cut(string name, int width)
    {
        var text = Named(name);
        if (text.Length <= width)
        {
            return text;
        }

        var end = width - 1;
        end -= char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return text.Substring(0, end) + (_isAscii ? "~" : "\u2026");
    }
}
