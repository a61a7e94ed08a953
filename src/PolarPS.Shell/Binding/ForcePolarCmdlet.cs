namespace PolarPS.Commands;

/// <summary>A cmdlet that deletes, and asks first unless -Force is given.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class ForcePolarCmdlet<T> : PolarWriteCmdlet<T>
    where T : PolarObject
{
    /// <summary>Deletes without a question; -Confirm asks nevertheless.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    internal override bool HasForce => Force;
}
