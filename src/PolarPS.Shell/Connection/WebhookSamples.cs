using System.Runtime.CompilerServices;
using PolarPS.Emulator;

namespace PolarPS;

/// <summary>Payloads as Polar would send them, made of the objects of the emulator's shop.</summary>
internal static class WebhookSamples
{
    /// <summary>A payload for a type of event. Calling this loads the emulator's assembly.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The payload, as JSON text.</returns>
    public static string Create(string type)
    {
        ModuleRoot.Load(Path.Combine(ModuleRoot.Folder, "PolarPS.Emulator.dll"));
        return Make(type);
    }

    // Its own method, as it names a class of that assembly.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Make(string type) => new PolarEmulator().SampleWebhook(type);
}
