using System;
using System.Linq;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>A difference between client and description that is meant.</summary>
/// <param name="Operation">The id of the operation.</param>
/// <param name="Where">The place, as the check names it.</param>
/// <param name="Reason">Why it is better so.</param>
internal sealed record DeliberateException(string Operation, string Where, string Reason);

/// <summary>All of them. One that is no longer needed fails the test, so that the list does not outlive its reasons.</summary>
internal static class DeliberateExceptions
{
    public static readonly DeliberateException[] All = [];

    public static bool Excuse(ApiOperation operation, Problem problem) =>
        All.Any(item => item.Operation == operation.Id && item.Where == problem.Where);
}
