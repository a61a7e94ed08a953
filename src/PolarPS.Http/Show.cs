using System.Net.Http;

namespace PolarPS.Http;

/// <summary>Small pieces of text, the same in every culture.</summary>
internal static class Show
{
    public static string Elapsed(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? Format("{0:0} ms", time.TotalMilliseconds) : Wait(time);

    public static string Wait(TimeSpan time) => Format("{0:0.0} s", time.TotalSeconds);

    public static string WholeSeconds(TimeSpan time) => Format("{0:0} s", Math.Ceiling(time.TotalSeconds));

    public static string Limit(TimeSpan time) => Format("{0:0.###} s", time.TotalSeconds);

    public static string Status(HttpResponseMessage response) =>
        Format(
            "{0} {1}",
            (int)response.StatusCode,
            string.IsNullOrEmpty(response.ReasonPhrase) ? response.StatusCode.ToString() : response.ReasonPhrase!
        );

    /// <summary>The cause in one line: the outermost message often only says that there is one.</summary>
    public static string Reason(Exception exception) =>
        exception.GetBaseException().Message.Replace("\r", string.Empty).Replace('\n', ' ').TrimEnd('.', ' ');

    private static string Format(string format, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, format, values);
}
