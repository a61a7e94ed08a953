using System.Diagnostics;

namespace PolarPS.Commands;

/// <summary>Shows how far a transfer is, how fast it goes and how long it will take.</summary>
/// <param name="progress">The cmdlet's bars.</param>
/// <param name="activity">What is under way, such as "Uploading guide.pdf".</param>
internal sealed class TransferProgress(CmdletProgress progress, string activity) : IProgress<FileProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A rate that is measured over less jumps about.
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _shown = new();
    private readonly Stopwatch _running = new();
    private FileTransferStage? _stage;
    private long _first;
    private double _rate;
    private long _last;
    private TimeSpan _lastAt;

    /// <summary>What the bar says of a moment.</summary>
    internal readonly record struct Text(string Status, int Percent, int SecondsLeft);

    /// <inheritdoc/>
    public void Report(FileProgress value)
    {
        if (_stage != value.Stage)
        {
            _stage = value.Stage;
            _first = _last = value.Bytes;
            _rate = 0;
            _lastAt = TimeSpan.Zero;
            _running.Restart();
        }
        else if (_shown.IsRunning && _shown.Elapsed < Interval && value.Bytes != value.TotalBytes)
        {
            return;
        }

        _shown.Restart();
        var now = _running.Elapsed;
        Measure(value.Bytes, now);
        var text = TextOf(value, now >= Warming ? _rate : 0);
        progress.ShowTask(activity, text.Status, text.Percent, text.SecondsLeft);
    }

    /// <summary>Removes the bar.</summary>
    public void Hide() => progress.HideTask(activity);

    /// <summary>What the bar says.</summary>
    /// <param name="value">How far the transfer is.</param>
    /// <param name="rate">Bytes in a second; 0 where that is not known yet.</param>
    internal static Text TextOf(FileProgress value, double rate)
    {
        var done = value.TotalBytes is { } total ? $"{Size(value.Bytes)} of {Size(total)}" : Size(value.Bytes);
        var status = (value.Stage == FileTransferStage.Hashing ? "Checksums: " : string.Empty) + done;
        var left = -1;
        if (rate > 0)
        {
            status += $", {Size((long)rate)}/s";
            if (value.TotalBytes is { } whole)
            {
                left = (int)Math.Min(int.MaxValue, Math.Ceiling((whole - value.Bytes) / rate));
                status += $", {Duration(left)} left";
            }
        }

        var percent = value.TotalBytes is { } all and > 0 ? (int)Math.Min(100, value.Bytes * 100 / all) : -1;
        return new Text(status, percent, left);
    }

    // What was measured lately counts more: a line may become slow.
    private void Measure(long bytes, TimeSpan now)
    {
        var elapsed = (now - _lastAt).TotalSeconds;
        if (elapsed <= 0)
        {
            return;
        }

        var latest = (bytes - _last) / elapsed;
        var average = (bytes - _first) / Math.Max(0.001, now.TotalSeconds);
        _rate = _rate <= 0 ? average : (_rate * 0.8) + (latest * 0.2);
        (_last, _lastAt) = (bytes, now);
    }

    private static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        double size = bytes;
        var unit = 0;
        for (; size >= 1024 && unit < units.Length - 1; unit++)
        {
            size /= 1024;
        }

        return size.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    private static string Duration(int seconds) =>
        seconds >= 3600 ? FormattableString.Invariant($"{seconds / 3600} h {seconds % 3600 / 60} min")
        : seconds >= 60 ? FormattableString.Invariant($"{seconds / 60} min {seconds % 60} s")
        : FormattableString.Invariant($"{seconds} s");
}
