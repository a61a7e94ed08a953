namespace PolarPS.Commands;

/// <summary>Gets how far back metrics go, and how long a time may be for each length of periods. Operation metrics:limits.</summary>
[Cmdlet(VerbsCommon.Get, "PolarMetricLimit")]
[OutputType(typeof(MetricsLimits))]
public sealed class GetPolarMetricLimitCommand : PolarCmdlet
{
    internal override void ProcessInput() =>
        Try(
            new ErrorSubject("metric limits", null),
            () => WriteObject(ModelShaper.Shape(Await(token => Client.Metrics.GetLimitsAsync(token))))
        );
}
