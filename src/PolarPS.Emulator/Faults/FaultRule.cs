using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace PolarPS.Emulator;

/// <summary>
/// An injected fault: which requests it affects, how often, and what happens to them. Several rules can
/// affect one request; of several that replace the response, the first one applies.
/// </summary>
public sealed class FaultRule
{
    private object _gate = new();
    private IdGenerator? _chance;
    private Regex? _glob;
    private int _matched;
    private int _fired;

    /// <summary>The operation it applies to, by its name in the API, such as refunds:create; null for any.</summary>
    public string? Operation { get; set; }

    /// <summary>The method it applies to; null for any.</summary>
    public string? Method { get; set; }

    /// <summary>
    /// The path it applies to: a prefix such as /v1/products, or a pattern in which * matches anything; null for any.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>How many requests it affects; null for all that match.</summary>
    public int? Times { get; set; }

    /// <summary>How many matching requests pass first.</summary>
    public int After { get; set; }

    /// <summary>The probability that it affects a matching request, from 0 to 1; null for always.</summary>
    public double? Probability { get; set; }

    /// <summary>The seed of the random numbers, so that a run can be repeated.</summary>
    public int Seed { get; set; }

    /// <summary>Responds with this status instead of the operation's.</summary>
    public int? Status { get; set; }

    /// <summary>The Retry-After header of that response: seconds, or a date.</summary>
    [JsonConverter(typeof(TextOrJsonConverter))]
    public string? RetryAfter { get; set; }

    /// <summary>The body of that response; null for none. In JSON it can be written directly, without quoting it as a string.</summary>
    [JsonConverter(typeof(TextOrJsonConverter))]
    public string? Body { get; set; }

    /// <summary>The type of that body; null for JSON if it looks like JSON and plain text otherwise.</summary>
    public string? ContentType { get; set; }

    /// <summary>
    /// Whether the operation is carried out although its response is replaced, like a gateway that timed out on a write that
    /// happened.
    /// </summary>
    public bool Perform { get; set; }

    /// <summary>The delay of the response.</summary>
    public int DelayMilliseconds { get; set; }

    /// <summary>Closes the connection before the body is read: nothing happened.</summary>
    public bool DropBeforeRead { get; set; }

    /// <summary>Carries out the operation, then closes the connection without a response.</summary>
    public bool DropAfterRead { get; set; }

    /// <summary>Closes the connection in the middle of the response body.</summary>
    public bool TruncateBody { get; set; }

    /// <summary>Responds with truncated JSON, although all announced bytes are sent.</summary>
    public bool MalformedJson { get; set; }

    /// <summary>Responds with a redirect (307, or <see cref="Status"/>) to this address.</summary>
    public string? RedirectTo { get; set; }

    /// <summary>Lists return this page, whichever was requested.</summary>
    public int? RepeatPage { get; set; }

    /// <summary>The number of pages that lists claim to have; null for the true one.</summary>
    public int? ClaimedMaxPage { get; set; }

    /// <summary>This many new objects appear before each page after the first.</summary>
    public int? InsertBetweenPages { get; set; }

    /// <summary>This many objects of earlier pages disappear before each page after the first.</summary>
    public int? RemoveBetweenPages { get; set; }

    /// <summary>How many requests it has affected.</summary>
    [JsonIgnore]
    public int Hits
    {
        get
        {
            lock (_gate)
            {
                return _fired;
            }
        }
    }

    internal bool ChangesLists =>
        RepeatPage is not null
        || ClaimedMaxPage is not null
        || InsertBetweenPages is not null
        || RemoveBetweenPages is not null;

    internal bool AnswersInstead => Status is not null || RedirectTo is not null;

    /// <summary>Reads rules from JSON: one object, or an array of them, with the names of this class in any case.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The rules.</returns>
    public static IReadOnlyList<FaultRule> Parse(string json)
    {
        if (json is null)
        {
            throw new ArgumentNullException(nameof(json));
        }

        return json.TrimStart().StartsWith("[", StringComparison.Ordinal)
            ? JsonSerializer.Deserialize(json, FaultJson.Default.ListFaultRule)!
            : [JsonSerializer.Deserialize(json, FaultJson.Default.FaultRule)!];
    }

    /// <summary>What it does, in a few words.</summary>
    /// <returns>Such as <c>503, Retry-After 2</c>.</returns>
    public override string ToString()
    {
        var effects = new List<string>();
        if (AnswersInstead)
        {
            effects.Add(
                (Status ?? 307).ToString(CultureInfo.InvariantCulture)
                    + (RedirectTo is null ? string.Empty : " to " + Redactor.Redact(RedirectTo))
                    + (Perform ? " though carried out" : string.Empty)
            );
        }

        Say(RetryAfter is not null && AnswersInstead, "Retry-After " + RetryAfter);
        Say(DelayMilliseconds > 0, $"{DelayMilliseconds} ms late");
        Say(DropBeforeRead, "closed before the body is read");
        Say(DropAfterRead && !DropBeforeRead, "carried out, then closed");
        Say(TruncateBody, "breaks off");
        Say(MalformedJson, "broken JSON");
        Say(RepeatPage is not null, $"page {RepeatPage} again and again");
        Say(ClaimedMaxPage is not null, $"claims {ClaimedMaxPage} pages");
        Say(InsertBetweenPages is not null, $"{InsertBetweenPages} new between pages");
        Say(RemoveBetweenPages is not null, $"{RemoveBetweenPages} fewer between pages");
        return string.Join(", ", effects);

        void Say(bool applies, string text)
        {
            if (applies)
            {
                effects.Add(text);
            }
        }
    }

    /// <summary>The same rule, with nothing counted yet.</summary>
    internal FaultRule Copy()
    {
        var copy = (FaultRule)MemberwiseClone();
        copy._gate = new object();
        copy._chance = null;
        copy._matched = 0;
        copy._fired = 0;
        return copy;
    }

    /// <summary>Rejects invalid rules.</summary>
    /// <exception cref="ArgumentException">It says what is wrong.</exception>
    internal void Check()
    {
        Refuse(Status is < 200 or > 599, $"Status must be from 200 to 599, not {Status}.");
        Refuse(Times < 1, $"Times must be 1 or more, not {Times}.");
        Refuse(After < 0, $"After must be 0 or more, not {After}.");
        Refuse(
            Probability is not (null or (>= 0 and <= 1)),
            FormattableString.Invariant($"Probability must be from 0 to 1, not {Probability}.")
        );
        Refuse(DelayMilliseconds < 0, $"DelayMilliseconds must be 0 or more, not {DelayMilliseconds}.");
        Refuse(RepeatPage < 1, $"RepeatPage must be 1 or more, not {RepeatPage}.");
        Refuse(ClaimedMaxPage < 0, $"ClaimedMaxPage must be 0 or more, not {ClaimedMaxPage}.");
        Refuse(InsertBetweenPages < 1, $"InsertBetweenPages must be 1 or more, not {InsertBetweenPages}.");
        Refuse(RemoveBetweenPages < 1, $"RemoveBetweenPages must be 1 or more, not {RemoveBetweenPages}.");
        Refuse(
            Path is { } path && !path.StartsWith("/", StringComparison.Ordinal) && path.IndexOf('*') < 0,
            $"Path must begin with a slash or be a pattern with *, not '{Path}'."
        );
        Refuse(
            Method is { } method && (method.Length == 0 || !method.All(char.IsLetter)),
            $"Method must be a word such as POST, not '{Method}'."
        );
        Refuse(
            !AnswersInstead && (Body ?? ContentType ?? RetryAfter) is not null,
            "Body, ContentType and RetryAfter need a Status."
        );
        Refuse(Perform && !AnswersInstead, "Perform needs a Status.");
        Refuse(
            ToString().Length == 0,
            "A rule needs at least one fault: Status, DelayMilliseconds, DropBeforeRead, DropAfterRead, "
                + "TruncateBody, MalformedJson, RedirectTo, RepeatPage, ClaimedMaxPage, InsertBetweenPages or "
                + "RemoveBetweenPages."
        );
    }

    private static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new ArgumentException(message);
        }
    }

    /// <summary>Whether it affects this request; counts it if so.</summary>
    /// <param name="request">The request.</param>
    /// <param name="operation">The operation of the request; null for none.</param>
    internal bool Befalls(EmulatorRequest request, string? operation)
    {
        if (Operation is not null && Operation != operation)
        {
            return false;
        }

        if (Method is not null && !string.Equals(Method, request.Method, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (!FitsPath(request.Path) || (ChangesLists && !FitsList(request)))
        {
            return false;
        }

        lock (_gate)
        {
            _matched++;
            if (_matched <= After || (Times is { } times && _fired >= times))
            {
                return false;
            }

            if (Probability is { } probability)
            {
                _chance ??= new IdGenerator(Seed);
                if (_chance.NextFraction() >= probability)
                {
                    return false;
                }
            }

            _fired++;
            return true;
        }
    }

    private bool FitsPath(string path)
    {
        if (Path is null)
        {
            return true;
        }

        if (Path.IndexOf('*') < 0)
        {
            return path.StartsWith(Path, StringComparison.Ordinal);
        }

        _glob ??= new Regex(
            "^" + Regex.Escape(Path).Replace("\\*", ".*") + "$",
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)
        );
        return _glob.IsMatch(path);
    }

    // Changes between pages happen only when a later page is requested.
    private bool FitsList(EmulatorRequest request)
    {
        if (request.Method != "GET")
        {
            return false;
        }

        if (InsertBetweenPages is null && RemoveBetweenPages is null)
        {
            return true;
        }

        return int.TryParse(
                new QueryString(request.Query).Last("page"),
                NumberStyles.Integer,
                CultureInfo.InvariantCulture,
                out var page
            )
            && page > 1;
    }
}

/// <summary>How rules are read, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(List<FaultRule>))]
internal sealed partial class FaultJson : JsonSerializerContext;
