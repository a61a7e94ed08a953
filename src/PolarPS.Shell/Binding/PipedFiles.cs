using System.Reflection;

namespace PolarPS.Commands;

/// <summary>
/// Gathers the files that are piped to a cmdlet, one by one, for the one object that gets all of them. What they are for is done at
/// the end of the pipeline.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="parameter">The parameter that takes them.</param>
internal sealed class PipedFiles(PolarCmdlet cmdlet, string parameter)
{
    private readonly List<string> _ids = [];
    private readonly PropertyInfo _property = cmdlet.GetType().GetProperty(parameter)!;

    /// <summary>
    /// Leaves text from the pipeline to another parameter, which takes it too: text alone is no file, where the other is not given on
    /// the command line.
    /// </summary>
    /// <param name="other">The other parameter.</param>
    public void LeaveTextTo(string other)
    {
        if (
            !cmdlet.Rows.IsOnCommandLine(parameter)
            && !cmdlet.Rows.IsOnCommandLine(other)
            && cmdlet.IsBound(parameter)
            && cmdlet.IsBound(other)
        )
        {
            cmdlet.Rows.Withdraw(_property);
        }
    }

    /// <summary>Takes the files of the present input, if it is files.</summary>
    /// <returns>Whether it was.</returns>
    public bool Take()
    {
        if (
            cmdlet.Rows.IsOnCommandLine(parameter)
            || !cmdlet.IsBound(parameter)
            // A row has a column for them, and is not a file.
            || (cmdlet.Rows.Row is { } row && Kinds.KindOf(row) != typeof(PolarFile))
            || _property.GetValue(cmdlet) is not string[] { Length: > 0 } ids
        )
        {
            return false;
        }

        _ids.AddRange(ids.Where(id => !_ids.Contains(id, StringComparer.OrdinalIgnoreCase)));
        return true;
    }

    /// <summary>Gives the parameter all files that were taken, and does what they are for; nothing where there are none.</summary>
    public void Complete(Action action)
    {
        if (_ids.Count == 0)
        {
            return;
        }

        cmdlet.Rows.Give(_property, _ids.ToArray());
        try
        {
            action();
        }
        finally
        {
            cmdlet.Rows.Release();
        }
    }
}
