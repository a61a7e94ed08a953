namespace PolarPS.Client;

/// <summary>What a name is looked up for.</summary>
public enum NameUse
{
    /// <summary>To read. Names that customers and members choose for themselves count, too.</summary>
    Read,

    /// <summary>
    /// To change, give or delete something. Only unique keys count, such as an email address, and the seller's own names,
    /// such as a product's.
    /// </summary>
    Write,
}

/// <summary>
/// Finds objects by what people know them by: a product by its name, a discount by its code, a customer by your own id of
/// it or by its email address, an order by its invoice number. Each text is looked up once, by one list request (of as many
/// pages as the list has), and remembered: make a resolver for a piece of work, not for the life of a program. Not for use
/// by several threads at a time.
/// </summary>
/// <remarks>
/// A text that has the form of an id is an id and nothing else. Otherwise unique keys come before names, and what is written
/// in the same case before what is not; external ids have to be the same letter by letter. Names of discounts are found as
/// they are written only, because Polar's list looks for them so.
/// </remarks>
public sealed class NameResolver
{
    private const int MostNamed = 10;

    private readonly PolarClient _client;
    private readonly Dictionary<Question, object> _known = [];

    /// <summary>A resolver over a client.</summary>
    /// <param name="client">The client.</param>
    public NameResolver(PolarClient client) => _client = client ?? throw new ArgumentNullException(nameof(client));

    /// <summary>Whether objects of a kind are known by more than their id.</summary>
    /// <param name="model">The class, such as <see cref="Product"/>.</param>
    /// <returns>false for payments, subscriptions and the like.</returns>
    public static bool Knows(Type model) => NamedKind.Find(model) is not null;

    /// <summary>The one object that a text means.</summary>
    /// <typeparam name="T">The kind, such as <see cref="Product"/>.</typeparam>
    /// <param name="text">An id, a key or a name. Wildcards mean nothing here.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The object.</returns>
    /// <exception cref="PolarNotFoundException">There is no such object.</exception>
    /// <exception cref="PolarAmbiguousNameException">The text fits several objects.</exception>
    /// <exception cref="ArgumentException">The kind has nothing but ids, is found only within another object, or the text is empty.</exception>
    public async Task<T> GetAsync<T>(
        string text,
        NameUse use = NameUse.Read,
        CancellationToken cancellationToken = default
    )
        where T : PolarObject =>
        (T)(await FindAsync(new Question(typeof(T), text, use), cancellationToken).ConfigureAwait(false))[0];

    /// <summary>
    /// The objects that a text with wildcards means: <c>*</c> for any text, <c>?</c> for one character, <c>[a-c]</c> for one
    /// of some, and a backtick before a character that is to mean itself. An object that has the text as it stands comes
    /// alone. Without wildcards the same as <see cref="GetAsync"/>.
    /// </summary>
    /// <typeparam name="T">The kind, such as <see cref="Product"/>.</typeparam>
    /// <param name="pattern">The text.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The objects in the order of their list; empty where the text has wildcards and nothing fits.</returns>
    /// <exception cref="PolarNotFoundException">There are no wildcards, and no such object.</exception>
    /// <exception cref="PolarAmbiguousNameException">Several objects have the text as it stands.</exception>
    /// <exception cref="ArgumentException">The kind has nothing but ids, is found only within another object, or the text is empty.</exception>
    public async Task<IReadOnlyList<T>> FindAsync<T>(string pattern, CancellationToken cancellationToken = default)
        where T : PolarObject =>
        [
            .. (
                await FindAsync(new Question(typeof(T), pattern, NameUse.Read) { Wildcards = true }, cancellationToken)
                    .ConfigureAwait(false)
            ).Cast<T>(),
        ];

    /// <summary>The one member of a customer that a text means.</summary>
    /// <param name="customerId">The customer's id.</param>
    /// <param name="text">A member's id, your own id of it, its email address or, to read, its name.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The member.</returns>
    /// <exception cref="PolarNotFoundException">There is no such customer or member.</exception>
    /// <exception cref="PolarAmbiguousNameException">The text fits several members.</exception>
    public async Task<Member> GetMemberAsync(
        string customerId,
        string text,
        NameUse use = NameUse.Read,
        CancellationToken cancellationToken = default
    ) =>
        (Member)
            (
                await FindAsync(new Question(typeof(Member), text, use) { Within = customerId }, cancellationToken)
                    .ConfigureAwait(false)
            )[0];

    /// <summary>What a text means. A failure of the kind that stays is remembered like an answer.</summary>
    internal async Task<IReadOnlyList<PolarObject>> FindAsync(Question question, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(question, out var known))
        {
            return known is PolarException problem ? throw problem : (IReadOnlyList<PolarObject>)known;
        }

        try
        {
            var found = await LookUpAsync(question, cancellationToken).ConfigureAwait(false);
            _known[question] = found;
            return found;
        }
        catch (PolarException exception) when (exception is PolarNotFoundException or PolarAmbiguousNameException)
        {
            _known[question] = exception;
            throw;
        }
    }

    /// <summary>Whether a text has the form of an id, and so is one.</summary>
    internal static bool IsId(string? text) => Guid.TryParseExact(text?.Trim(), "D", out _);

    private async Task<IReadOnlyList<PolarObject>> LookUpAsync(Question question, CancellationToken cancellationToken)
    {
        var kind =
            NamedKind.Find(question.Model)
            ?? throw new ArgumentException($"Objects of {question.Model.Name} are known by their ids only.");
        if (string.IsNullOrWhiteSpace(question.Text))
        {
            throw new ArgumentException($"The name of a {kind.Words} must not be empty.");
        }

        if (question.Within is null && kind.List is null)
        {
            throw new ArgumentException($"A {kind.Words} is found only within its customer.");
        }

        if (IsId(question.Text))
        {
            return [await ReadAsync(kind, question, cancellationToken).ConfigureAwait(false)];
        }

        var matches = new Matches(kind, question);
        await foreach (
            var item in List(kind, question, matches).WithCancellation(cancellationToken).ConfigureAwait(false)
        )
        {
            matches.Add(item);
            if (matches.IsDecided)
            {
                break;
            }
        }

        return Decide(kind, question, matches);
    }

    private async Task<PolarObject> ReadAsync(NamedKind kind, Question question, CancellationToken cancellationToken)
    {
        var id = question.Text.Trim();
        if (question.Within is { } customer)
        {
            return await _client.Members.GetAsync(customer, id, cancellationToken).ConfigureAwait(false);
        }

        return kind.Get is { } get
            ? await get(_client, id, cancellationToken).ConfigureAwait(false)
            : throw NotFound(kind, question, "id");
    }

    private IAsyncEnumerable<PolarObject> List(NamedKind kind, Question question, Matches matches) =>
        question.Within is { } customer ? _client.Members.List(customer)
        : question is { Only: NamedKind.Email } && !matches.HasWildcards && kind.Model == typeof(Customer)
            ? _client.Customers.List(new CustomerQuery { Email = question.Text })
        : kind.List!(_client, matches.Filter);

    private static List<PolarObject> Decide(NamedKind kind, Question question, Matches matches)
    {
        if (matches.Literal is not { Count: > 0 } literal)
        {
            return matches.HasWildcards ? matches.Fitting
                : matches.Fitting.Count == 1 ? matches.Fitting
                : matches.Fitting.Count > 1 ? throw Ambiguous(kind, question, matches.Fitting)
                : throw NotFound(kind, question, question.KeyWords(kind));
        }

        return literal.Count == 1 ? literal : throw Ambiguous(kind, question, literal);
    }

    private static PolarNotFoundException NotFound(NamedKind kind, Question question, string words) =>
        new($"There is no {kind.Words} with the {words} '{Redactor.Redact(question.Text)}'.", Call(kind));

    private static PolarAmbiguousNameException Ambiguous(NamedKind kind, Question question, List<PolarObject> found) =>
        new(
            $"'{Redactor.Redact(question.Text)}' fits {found.Count} {kind.Words}s: "
                + string.Join(
                    ", ",
                    found.Take(MostNamed).Select(item => $"'{Redactor.Redact(item.ToString())}' ({kind.IdOf(item)})")
                )
                + (found.Count > MostNamed ? $" and {found.Count - MostNamed} more." : "."),
            Call(kind),
            found
        );

    private static FailedCall Call(NamedKind kind) => new("GET", kind.Path, StatusCode: 200);

    /// <summary>What is asked: a text, and what it may mean.</summary>
    /// <param name="Model">The class of the kind.</param>
    /// <param name="Text">The text.</param>
    /// <param name="Use">What it is for.</param>
    internal sealed record Question(Type Model, string Text, NameUse Use)
    {
        /// <summary>Whether wildcards mean something.</summary>
        public bool Wildcards { get; init; }

        /// <summary>The words of the only key that counts, such as "code"; null for all.</summary>
        public string? Only { get; init; }

        /// <summary>The id of the customer within which to look for a member; null for other kinds.</summary>
        public string? Within { get; init; }

        /// <summary>The keys that count in words, such as "external id, email address or name".</summary>
        public string KeyWords(NamedKind kind)
        {
            var words = kind.KeysFor(Use, Only).Select(key => key.Words).ToList();
            return words.Count < 2
                ? words[0]
                : string.Join(", ", words.Take(words.Count - 1)) + " or " + words[words.Count - 1];
        }
    }

    // What has been found so far, by how well it fits.
    private sealed class Matches
    {
        private readonly IReadOnlyList<NameKey> _keys;
        private readonly string _text;
        private readonly NamePattern _pattern;
        private readonly bool _endsEarly;
        private readonly List<PolarObject>[] _literal =
        [
            [],
            [],
            [],
            [],
        ];
        private readonly List<PolarObject> _fitting = [];

        public Matches(NamedKind kind, Question question)
        {
            _text = question.Text;
            _keys = kind.KeysFor(question.Use, question.Only);
            _endsEarly = _keys.All(key => key.IsUniqueEverywhere);
            _pattern = new NamePattern(_text, question.Wildcards);
            Filter = _keys.Any(key => key.Filter == NameFilter.None)
                ? null
                : _pattern.Piece(
                    atStart: _keys.Any(key => key.Filter == NameFilter.StartsWith),
                    caseless: HasWildcards && _keys.Any(key => key.Filter == NameFilter.ContainsAsWritten)
                );
        }

        /// <summary>The text for the list's own filter; null for the whole list.</summary>
        public string? Filter { get; }

        /// <summary>Whether several may fit, or none.</summary>
        public bool HasWildcards => _pattern.HasWildcards;

        /// <summary>What has the text as it stands, of the best kind that there is: by key or by name, in its case or in another.</summary>
        public List<PolarObject> Literal => Array.Find(_literal, level => level.Count > 0) ?? [];

        /// <summary>What fits the text as a pattern.</summary>
        public List<PolarObject> Fitting => _fitting;

        /// <summary>Whether nothing better can come.</summary>
        public bool IsDecided => _endsEarly && Literal.Count > 0;

        public void Add(PolarObject item)
        {
            var level = _keys
                .Select(key => LevelOf(key, key.Value(item)))
                .Where(found => found >= 0)
                .DefaultIfEmpty(-1)
                .Min();
            if (level >= 0)
            {
                _literal[level].Add(item);
            }

            if (
                _keys.Any(key =>
                    (HasWildcards || (_pattern.HasEscapes && !key.IsCaseSensitive)) && _pattern.Matches(key.Value(item))
                )
            )
            {
                _fitting.Add(item);
            }
        }

        private int LevelOf(NameKey key, string? value)
        {
            var level = key.IsUnique ? 0 : 2;
            return string.Equals(value, _text, StringComparison.Ordinal) ? level
                : !key.IsCaseSensitive && string.Equals(value, _text, StringComparison.OrdinalIgnoreCase) ? level + 1
                : -1;
        }
    }
}
