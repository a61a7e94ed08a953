namespace PolarPS.Commands;

/// <summary>The bars of progress of one cmdlet. Once the pipeline is stopping they are left: PowerShell removes them.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="pump">Hands over to its thread.</param>
/// <param name="stop">Cancelled when the pipeline is stopped.</param>
internal sealed class CmdletProgress(ScreenCmdlet cmdlet, PipelinePump pump, CancellationToken stop)
{
    // Apart, so that they do not overwrite one another.
    private const int ListId = 1;
    private const int WaitId = 2;
    private const int TaskId = 3;

    private bool _listShown;
    private bool _waitShown;
    private bool _taskShown;

    /// <summary>Shows how far a list is that is being written. On the pipeline's thread.</summary>
    /// <param name="activity">What is listed, such as "Listing products".</param>
    /// <param name="done">How many objects there were.</param>
    /// <param name="total">How many there are.</param>
    public void ShowList(string activity, long done, long total)
    {
        _listShown = true;
        Write(ListId, activity, Count(done, total), Percent(done, total));
    }

    /// <summary>Clears what <see cref="ShowList"/> has shown.</summary>
    public void HideList(string activity) => Hide(ref _listShown, ListId, activity);

    /// <summary>Shows that the next attempt waits. From any thread.</summary>
    public void ShowWait(string text) =>
        pump.Post(() =>
        {
            _waitShown = true;
            Write(WaitId, "Polar", text);
        });

    /// <summary>Clears what <see cref="ShowWait"/> has shown.</summary>
    public void HideWait() => Hide(ref _waitShown, WaitId, "Polar");

    /// <summary>Shows the progress of a longer operation. From any thread.</summary>
    /// <param name="activity">The operation, such as "Waiting for the invoice".</param>
    /// <param name="status">How far it is.</param>
    /// <param name="percent">The same as a number; -1 where that is not known.</param>
    /// <param name="secondsLeft">How long it will take; -1 where that is not known.</param>
    public void ShowTask(string activity, string status, int percent = -1, int secondsLeft = -1) =>
        pump.Post(() =>
        {
            _taskShown = true;
            Write(TaskId, activity, status, percent, secondsLeft);
        });

    /// <summary>The same, of a number of things. From any thread.</summary>
    public void ShowTask(string activity, long done, long total) =>
        ShowTask(activity, Count(done, total), Percent(done, total));

    /// <summary>Clears what <see cref="ShowTask(string, string, int, int)"/> has shown.</summary>
    public void HideTask(string activity) => Hide(ref _taskShown, TaskId, activity);

    private static string Count(long done, long total) => FormattableString.Invariant($"{done:N0} of {total:N0}");

    private static int Percent(long done, long total) => (int)Math.Min(100, done * 100 / total);

    private void Write(int id, string activity, string status, int percent = -1, int secondsLeft = -1) =>
        cmdlet.WriteProgress(
            new ProgressRecord(id, activity, status) { PercentComplete = percent, SecondsRemaining = secondsLeft }
        );

    private void Hide(ref bool isShown, int id, string activity)
    {
        if (isShown && !stop.IsCancellationRequested)
        {
            isShown = false;
            cmdlet.WriteProgress(
                new ProgressRecord(id, activity, "done") { RecordType = ProgressRecordType.Completed }
            );
        }
    }
}
