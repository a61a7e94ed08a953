namespace PolarPS.Commands;

// Those of OAuth.
internal static partial class ErrorRecords
{
    /// <summary>An OAuth client that was given without what the operation needs of it.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="lacks">What it lacks, and why it is needed.</param>
    /// <param name="advice">How to give it.</param>
    public static ErrorRecord IncompleteClient(string clientId, string lacks, string advice) =>
        Create(new ArgumentException(lacks), "PolarInvalidArgument", ErrorCategory.InvalidArgument, clientId, advice);
}
