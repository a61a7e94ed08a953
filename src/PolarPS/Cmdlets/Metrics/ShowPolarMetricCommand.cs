using PolarPS.Views;

namespace PolarPS.Commands;

/// <summary>Draws metrics in the terminal, as lines of text. It takes what operation metrics:get gave, and sends nothing.</summary>
[Cmdlet(VerbsCommon.Show, "PolarMetric")]
[OutputType(typeof(string))]
public sealed class ShowPolarMetricCommand : MetricSeriesCmdlet
{
    internal const string BarStyle = "Bar";
    internal const string LineStyle = "Sparkline";

    private const int MostWithBars = 3;
    private const int WidestChart = 400;

    /// <summary>How to draw: Bar or Sparkline. Without it bars for up to three metrics.</summary>
    [Parameter]
    [ValidateSet(BarStyle, LineStyle)]
    public string? Style { get; set; }

    /// <summary>How many columns the chart may take; without it those of the console, or 80.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(MetricChart.LeastWidth, WidestChart)]
    public int Width { get; set; }

    /// <summary>Draws with ASCII only; without it where the console has no UTF-8.</summary>
    [Parameter]
    public SwitchParameter Ascii { get; set; }

    internal override void Show(IReadOnlyList<IReadOnlyList<MetricSeries>> runs)
    {
        var chart = new MetricChart(
            IsBound(nameof(Width)) ? Width : MetricChart.ConsoleWidth(),
            IsBound(nameof(Ascii)) ? Ascii : !MetricChart.ConsoleHasBlocks()
        );
        var isFirst = true;
        foreach (var run in runs)
        {
            var hasBars = Style is null
                ? run.Count <= MostWithBars
                : BarStyle.Equals(Style, StringComparison.OrdinalIgnoreCase);
            foreach (var lines in hasBars ? run.Select(chart.Bars) : [chart.Lines(run)])
            {
                if (!isFirst)
                {
                    WriteObject(string.Empty);
                }

                isFirst = false;
                WriteObject(lines, enumerateCollection: true);
            }
        }
    }
}
