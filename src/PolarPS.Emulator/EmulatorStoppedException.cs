namespace PolarPS.Emulator;

/// <summary>The emulator has been stopped, and answers no more.</summary>
public sealed class EmulatorStoppedException : InvalidOperationException
{
    /// <summary>Says so.</summary>
    public EmulatorStoppedException()
        : base("The emulator has been stopped.") { }
}
