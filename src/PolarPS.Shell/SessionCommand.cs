using System.Reflection;

namespace PolarPS;

/// <summary>
/// Runs cmdlets of Microsoft.PowerShell.Utility in the session that runs this, in the middle of what it does. Whatever the session's
/// preferences are, they ask and say nothing.
/// </summary>
internal static class SessionCommand
{
    private const string Utility = "Microsoft.PowerShell.Utility\\";

    /// <summary>A file of the module's folder, as these cmdlets take it: no pattern, and the file system's wherever the session is.</summary>
    public static string PathOf(string file) =>
        @"Microsoft.PowerShell.Core\FileSystem::" + WildcardPattern.Escape(Path.Combine(ModuleRoot.Folder, file));

    /// <summary>Runs one for its effect.</summary>
    /// <returns>Whether it succeeded. A session that may not do this goes without.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    public static bool TryRun(string command, params (string Name, object Value)[] parameters)
    {
        try
        {
            using var shell = Create(command, parameters);
            shell.AddParameter("WhatIf", false).AddParameter("Confirm", false).Invoke();
            return !shell.HadErrors;
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            return false;
        }
    }

    /// <summary>Runs one for what it returns; nothing if it fails.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    public static PSObject[] Run(string command, params (string Name, object Value)[] parameters)
    {
        try
        {
            using var shell = Create(command, parameters);
            return [.. shell.Invoke()];
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            return [];
        }
    }

    private static PowerShell Create(string command, (string Name, object Value)[] parameters)
    {
        var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        _ = Find(command) is { } cmdlet ? shell.AddCommand(cmdlet) : shell.AddCommand(Utility + command);
        shell
            .AddParameter("ErrorAction", ActionPreference.Ignore)
            .AddParameter("Verbose", false)
            .AddParameter("Debug", false);
        foreach (var (name, value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        return shell;
    }

    // The cmdlet by its class: by its name it would make PowerShell look for its module and import it, which takes the first cmdlet of a
    // session as long as its whole call. Null where the class is not as it is known; then the name has to do.
    private static CmdletInfo? Find(string command)
    {
        try
        {
            var classes = Assembly.Load(new AssemblyName("Microsoft.PowerShell.Commands.Utility"));
            return
                classes.GetType($"Microsoft.PowerShell.Commands.{command.Replace("-", string.Empty)}Command")
                    is { } type
                ? new CmdletInfo(command, type)
                : null;
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            return null;
        }
    }
}
