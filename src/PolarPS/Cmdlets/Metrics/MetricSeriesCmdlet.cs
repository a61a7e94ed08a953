using PolarPS.Views;

namespace PolarPS.Commands;

/// <summary>Takes periods of metrics, all of them, and shows them: nothing is asked of Polar.</summary>
public abstract class MetricSeriesCmdlet : ScreenCmdlet
{
    private readonly List<MetricPeriod> _periods = [];

    /// <summary>The periods, from Get-PolarMetric.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = HelpMessages.MetricPeriods)]
    [ValidateNotNullOrEmpty]
    public MetricPeriod[] InputObject { get; set; } = [];

    /// <summary>Only these of the metrics; wildcards work.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MetricCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Metric { get; set; }

    internal abstract void Show(IReadOnlyList<IReadOnlyList<MetricSeries>> runs);

    /// <inheritdoc/>
    protected override void ProcessRecord() => _periods.AddRange(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var runs = MetricSeries.Of(_periods, MetricNaming.Filter(Metric));
        if (runs.Count > 0)
        {
            Show(runs);
        }
        else if (_periods.Count > 0)
        {
            WriteError(ErrorRecords.NoFigures(Metric));
        }
    }
}
