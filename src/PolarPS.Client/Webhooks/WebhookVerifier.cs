using System.Runtime.CompilerServices;
using System.Text;

namespace PolarPS.Client;

/// <summary>
/// Tells whether a delivery comes from Polar, by the secret of the endpoint that it arrived at. Polar uses secrets in two
/// ways and does not say in which; both are tried. Safe to share between threads.
/// </summary>
public sealed class WebhookVerifier
{
    private readonly List<byte[]> _keys = [];
    private readonly TimeSpan _tolerance;
    private readonly Func<DateTimeOffset> _clock;

    /// <summary>A verifier for one endpoint.</summary>
    /// <param name="secret">The endpoint's secret, whole, as Polar shows it.</param>
    /// <param name="tolerance">How far the time of signing may be from now, either way; null for 300 seconds.</param>
    /// <param name="clock">Tells the time; null for the computer's own clock.</param>
    /// <exception cref="ArgumentException">There is no secret in it: it is empty, blank, or nothing but its prefix.</exception>
    public WebhookVerifier(string secret, TimeSpan? tolerance = null, Func<DateTimeOffset>? clock = null)
        : this([secret], tolerance, clock) { }

    /// <summary>
    /// A verifier that takes several secrets: the new and the old one while a secret is rotated, or those of several endpoints.
    /// </summary>
    /// <param name="secrets">The secrets, each whole, as Polar shows it.</param>
    /// <param name="tolerance">How far the time of signing may be from now, either way; null for 300 seconds.</param>
    /// <param name="clock">Tells the time; null for the computer's own clock.</param>
    /// <exception cref="ArgumentException">
    /// There is no secret, or there is nothing in one of them: it is empty, blank, or nothing but its prefix.
    /// </exception>
    public WebhookVerifier(IEnumerable<string> secrets, TimeSpan? tolerance = null, Func<DateTimeOffset>? clock = null)
    {
        foreach (var secret in secrets ?? throw new ArgumentNullException(nameof(secrets)))
        {
            _keys.AddRange(WebhookKeys.Of(secret));
        }

        if (_keys.Count == 0)
        {
            throw new ArgumentException("There is no secret.", nameof(secrets));
        }

        if (tolerance is TimeSpan given && given < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), "The tolerance is negative.");
        }

        _tolerance = tolerance ?? TimeSpan.FromSeconds(300);
        _clock = clock ?? (() => DateTimeOffset.UtcNow);
    }

    /// <summary>Verifies a delivery and reads it.</summary>
    /// <param name="headers">The request's headers, their names in any case.</param>
    /// <param name="body">The request's body, byte for byte as it arrived.</param>
    /// <returns>The event, with its id.</returns>
    /// <exception cref="WebhookVerificationException">The delivery is not to be trusted, or is not an event.</exception>
    public WebhookEvent Read(IEnumerable<KeyValuePair<string, string>> headers, byte[] body)
    {
        var id = Verify(headers, body);
        var read = WebhookEvent.Parse(Encoding.UTF8.GetString(body));
        read.Id = id;
        read.Verified = true;
        return read;
    }

    /// <summary>Verifies a delivery whose body was read as text, and reads it.</summary>
    /// <param name="headers">The request's headers, their names in any case.</param>
    /// <param name="body">The request's body, unchanged: also white space and escapes count.</param>
    /// <returns>The event, with its id.</returns>
    /// <exception cref="WebhookVerificationException">The delivery is not to be trusted, or is not an event.</exception>
    public WebhookEvent Read(IEnumerable<KeyValuePair<string, string>> headers, string body) =>
        Read(headers, Encoding.UTF8.GetBytes(body));

    /// <summary>Verifies a delivery without reading it.</summary>
    /// <param name="headers">The request's headers, their names in any case.</param>
    /// <param name="body">The request's body, byte for byte as it arrived.</param>
    /// <returns>The event's id, which stays the same when it is delivered again.</returns>
    /// <exception cref="WebhookVerificationException">The delivery is not to be trusted.</exception>
    public string Verify(IEnumerable<KeyValuePair<string, string>> headers, byte[] body)
    {
        string? id = null;
        string? timestamp = null;
        var signatures = new List<string>();
        foreach (var header in headers ?? throw new ArgumentNullException(nameof(headers)))
        {
            if (Is(header.Key, "webhook-id"))
            {
                id = Once(id, header);
            }
            else if (Is(header.Key, "webhook-timestamp"))
            {
                timestamp = Once(timestamp, header);
            }
            else if (Is(header.Key, "webhook-signature") && header.Value is not null)
            {
                signatures.Add(header.Value);
            }
        }

        Verify(
            Present(id, "webhook-id"),
            Present(timestamp, "webhook-timestamp"),
            Present(string.Join(" ", signatures), "webhook-signature"),
            body
        );
        return id!;
    }

    /// <summary>Verifies a delivery by its parts.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970.</param>
    /// <param name="signature">The header <c>webhook-signature</c>: one or several signatures, separated by spaces.</param>
    /// <param name="body">The request's body, byte for byte as it arrived.</param>
    /// <exception cref="WebhookVerificationException">The delivery is not to be trusted.</exception>
    public void Verify(string id, string timestamp, string signature, byte[] body)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            throw new WebhookVerificationException(
                WebhookFault.BadTimestamp,
                "The header webhook-timestamp is not a whole number of seconds."
            );
        }

        if (!IsSigned(id, timestamp, signature, body ?? throw new ArgumentNullException(nameof(body))))
        {
            throw new WebhookVerificationException(
                WebhookFault.WrongSignature,
                "No signature of the delivery is valid: the secret is for another endpoint, the body is not byte for byte what arrived, "
                    + "or the delivery is not from Polar."
            );
        }

        // The difference as a number: no time is too far away for that.
        var age = (_clock().ToUnixTimeMilliseconds() / 1000.0) - seconds;
        if (Math.Abs(age) > _tolerance.TotalSeconds)
        {
            throw new WebhookVerificationException(
                WebhookFault.OutsideTolerance,
                age > 0
                    ? "The delivery was signed too long ago: it may be an old one that someone else is replaying."
                    : "The delivery was signed in the future: a clock is wrong."
            );
        }
    }

    /// <summary>What this is, without the secret.</summary>
    /// <returns>The name of the class.</returns>
    public override string ToString() => nameof(WebhookVerifier);

    private static bool Is(string name, string expected) =>
        string.Equals(name, expected, StringComparison.OrdinalIgnoreCase);

    private static string Present(string? value, string name) =>
        string.IsNullOrWhiteSpace(value)
            ? throw new WebhookVerificationException(WebhookFault.MissingHeader, $"The header {name} is missing.")
            : value!;

    // Of two, one would be verified, and the other perhaps used.
    private static string? Once(string? before, KeyValuePair<string, string> header) =>
        before is null
            ? header.Value
            : throw new WebhookVerificationException(
                WebhookFault.RepeatedHeader,
                $"The delivery has the header {header.Key.ToLowerInvariant()} more than once."
            );

    private bool IsSigned(string id, string timestamp, string signature, byte[] body)
    {
        var signed = WebhookKeys.Signed(id, timestamp, body);
        var found = false;
        foreach (var key in _keys)
        {
            var expected = WebhookKeys.Sign(key, signed);
            foreach (var given in signature.Split(' '))
            {
                // Two headers of the same name may have been joined by a comma on their way.
                found |= AreSame(expected, given.TrimEnd(','));
            }
        }

        return found;
    }

    // Takes the same time wherever the first difference is, so that nobody can find a signature letter by letter.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static bool AreSame(string expected, string given)
    {
        if (expected.Length != given.Length)
        {
            return false;
        }

        var difference = 0;
        for (var index = 0; index < expected.Length; index++)
        {
            difference |= expected[index] ^ given[index];
        }

        return difference == 0;
    }
}
