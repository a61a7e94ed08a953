namespace PolarPS.Commands;

internal static partial class ErrorRecords
{
    /// <summary>Periods without figures, or without those that were wanted.</summary>
    public static ErrorRecord NoFigures(string[]? metrics) =>
        Create(
            new ArgumentException(
                metrics is null
                    ? "The periods have no figures."
                    : $"The periods have no figures of {string.Join(", ", metrics)}."
            ),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            metrics,
            "Get them with Get-PolarMetric -Metric."
        );
}
