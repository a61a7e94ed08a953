using System.Runtime.CompilerServices;

namespace PolarPS.Views;

/// <summary>
/// Periods in columns, at the prompt: which there are depends on the metrics that were asked for, as the columns of no view of PowerShell's
/// can.
/// </summary>
internal sealed class MetricRows
{
    private const int Width = 80;
    private const int LongestName = 32;

    // Where nothing else tells how wide figures are.
    private const int UsualWidth = 14;

    // Of all metrics those that tell the most; the list has the others.
    private static readonly string[] Foremost =
    [
        "revenue",
        "orders",
        "monthly_recurring_revenue",
        "active_subscriptions",
    ];

    private static readonly ConditionalWeakTable<MetricsResponse, MetricRows> Known = new();

    private readonly List<Column> _columns = [];
    private readonly int _periodWidth;

    private MetricRows(IReadOnlyList<MetricPeriod> periods, bool isChosen, int leastWidth)
    {
        _periodWidth = Math.Max("Period".Length, periods.Max(static period => period.ToString().Length));
        var figures = periods.SelectMany(static period => period.Figures()).ToLookup(static figure => figure.Slug);
        var slugs = figures.Select(static metric => metric.Key).ToList();
        if (!isChosen && slugs.Count > Foremost.Length)
        {
            slugs = [.. Foremost.Where(figures.Contains)];
        }

        var left = Width - _periodWidth;
        foreach (var slug in slugs)
        {
            var name = VisibleText.Of(figures[slug].First().Name);
            name = name.Length > LongestName ? name.Substring(0, LongestName - 1) + "\u2026" : name;
            var width = Math.Max(leastWidth, figures[slug].Max(static figure => figure.Text.Length));
            var column = new Column(slug, name, Math.Max(name.Length, width));
            left -= column.Width + 1;
            if (left < 0 && _columns.Count > 0)
            {
                return;
            }

            _columns.Add(column);
        }
    }

    /// <summary>The names of a period's columns, and the line below them.</summary>
    public static string Heading(MetricPeriod period)
    {
        var rows = Of(period);
        return rows.Line("Period", static column => column.Name)
            + "\n"
            + rows.Line("------", static column => new string('-', column.Name.Length));
    }

    /// <summary>The figures of a period.</summary>
    public static string Row(MetricPeriod period)
    {
        var texts = period.Figures().ToDictionary(static figure => figure.Slug, static figure => figure.Text);
        return Of(period)
            .Line(period.ToString(), column => texts.TryGetValue(column.Slug, out var text) ? text : string.Empty);
    }

    // The periods of one answer have the same columns.
    private static MetricRows Of(MetricPeriod period) =>
        period.Holder is MetricsResponse { Periods: { Count: > 0 } periods } response
            ? Known.GetValue(response, _ => new MetricRows(periods, response.Asked is not null, 0))
            : new MetricRows([period], false, UsualWidth);

    private string Line(string first, Func<Column, string> text) =>
        first.PadRight(_periodWidth)
        + string.Concat(_columns.Select(column => " " + text(column).PadLeft(column.Width)));

    private sealed record Column(string Slug, string Name, int Width);
}
