using System.Reflection;

namespace PolarPS.Commands;

/// <summary>Why a pipeline ends early, which PowerShell keeps to itself: a later command has enough, has failed, or it is stopped.</summary>
internal static class PipelineEnd
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>What the first command that ended the pipeline of a cmdlet has thrown.</summary>
    /// <returns>A <see cref="PipelineStoppedException"/> where it is stopped; null where this PowerShell does not tell.</returns>
    public static Exception? Of(Cmdlet cmdlet)
    {
        var runtime = cmdlet.CommandRuntime;
        var pipeline = runtime?.GetType().GetProperty("PipelineProcessor", Hidden)?.GetValue(runtime);
        // The first name is that of PowerShell 7, the other one of Windows PowerShell.
        var reason =
            pipeline?.GetType().GetField("_firstTerminatingError", Hidden)
            ?? pipeline?.GetType().GetField("firstTerminatingError", Hidden);
        // Kept to be thrown again.
        return reason?.GetValue(pipeline) switch
        {
            Exception exception => exception,
            System.Runtime.ExceptionServices.ExceptionDispatchInfo thrown => thrown.SourceException,
            _ => null,
        };
    }
}
