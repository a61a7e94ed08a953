using System.Text;
using System.Text.RegularExpressions;

namespace PolarPS.Client.Models;

/// <summary>
/// Reads a filter: comparisons joined by <c>and</c> and <c>or</c>, of which <c>and</c> binds more closely, with parentheses.
/// <c>and(…)</c> and <c>or(…)</c> name a group of any number of clauses.
/// </summary>
internal sealed class MeterFilterParser
{
    private const int MostLevels = 32;
    private const int LongestText = 1000;

    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["="] = "eq",
        ["=="] = "eq",
        ["eq"] = "eq",
        ["!="] = "ne",
        ["<>"] = "ne",
        ["ne"] = "ne",
        [">"] = "gt",
        ["gt"] = "gt",
        [">="] = "gte",
        ["ge"] = "gte",
        ["gte"] = "gte",
        ["<"] = "lt",
        ["lt"] = "lt",
        ["<="] = "lte",
        ["le"] = "lte",
        ["lte"] = "lte",
        ["like"] = "like",
        ["contains"] = "like",
        ["notlike"] = "not_like",
        ["not_like"] = "not_like",
        ["notcontains"] = "not_like",
    };

    private static readonly Regex WholeNumber = new(@"\A[+-]?[0-9]+\z", RegexOptions.CultureInvariant);

    private static readonly Regex Time = new(
        @"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.0+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant
    );

    private readonly List<Token> _tokens;
    private int _next;
    private int _level;

    private MeterFilterParser(string text) => _tokens = Split(text);

    private enum Kind
    {
        End,
        Word,
        Text,
        Number,
        Sign,
        Open,
        Close,
        Comma,
    }

    private Token Next => _tokens[_next];

    /// <summary>Reads a filter.</summary>
    /// <exception cref="MeterFilterException">The text is no filter.</exception>
    public static MeterFilter Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new MeterFilterException(
                $"The filter is empty. For a filter that matches everything, write '{MeterFilterText.EveryEvent}'.",
                1
            );
        }

        return text.Trim().Equals(MeterFilterText.EveryEvent, StringComparison.OrdinalIgnoreCase)
            ? MeterFilter.All()
            : new MeterFilterParser(text).ReadAll();
    }

    private MeterFilter ReadAll()
    {
        var clause = ReadOr();
        if (Next.Kind != Kind.End)
        {
            throw Next.Kind == Kind.Close
                ? Wrong("There is one closing parenthesis too many", Next)
                : Wrong($"Expected 'and', 'or' or the end, but found {Next}", Next);
        }

        return clause.Clauses is { } clauses
            ? new MeterFilter { Conjunction = clause.Conjunction, Clauses = clauses }
            : MeterFilter.All(clause);
    }

    private MeterFilterClause ReadOr() => ReadJoined("or", () => ReadJoined("and", ReadOperand));

    private MeterFilterClause ReadJoined(string conjunction, Func<MeterFilterClause> read)
    {
        var first = read();
        if (!Next.IsWord(conjunction))
        {
            return first;
        }

        var group = Group(conjunction);
        group.Clauses!.Add(first);
        while (Next.IsWord(conjunction))
        {
            _next++;
            group.Clauses.Add(read());
        }

        return group;
    }

    private MeterFilterClause ReadOperand()
    {
        var start = Next;
        if (++_level > MostLevels)
        {
            throw Wrong($"Parentheses go deeper than {MostLevels} levels", start);
        }

        try
        {
            if (start.Kind == Kind.Open)
            {
                _next++;
                var inner = ReadOr();
                Close(start);
                return inner;
            }

            if ((start.IsWord("and") || start.IsWord("or")) && _tokens[_next + 1].Kind == Kind.Open)
            {
                return ReadCall();
            }

            if (start.IsWord("not"))
            {
                throw Wrong("Polar's filters have no 'not' in front of a comparison: use != or 'not contains'", start);
            }

            return ReadComparison();
        }
        finally
        {
            _level--;
        }
    }

    // and(a, b), or(a), or().
    private MeterFilterClause ReadCall()
    {
        var group = Group(Next.Text.ToLowerInvariant());
        var open = _tokens[_next + 1];
        _next += 2;
        while (Next.Kind != Kind.Close)
        {
            if (group.Clauses!.Count > 0)
            {
                if (Next.Kind != Kind.Comma)
                {
                    break;
                }

                _next++;
            }

            group.Clauses.Add(ReadOr());
        }

        Close(open);
        return group;
    }

    private void Close(Token open)
    {
        if (Next.Kind != Kind.Close)
        {
            throw Next.Kind == Kind.End
                ? Wrong("This parenthesis is not closed", open)
                : Wrong($"Expected 'and', 'or' or ')', but found {Next}", Next);
        }

        _next++;
    }

    private MeterFilterClause ReadComparison()
    {
        var property = ReadProperty(out var isTime);
        var comparison = ReadOperator(out var isWildcard);
        return new MeterFilterClause
        {
            Property = property,
            Operator = comparison,
            Value = ReadValue(property, isTime, isWildcard),
        };
    }

    private string ReadProperty(out bool isTime)
    {
        var token = Next;
        isTime = false;
        if (token.Kind == Kind.Text)
        {
            // As it stands: there may be anything in the keys of metadata.
            _next++;
            return token.Text.Length > 0 ? token.Text : throw Wrong("The name of a property is empty", token);
        }

        if (token.Kind != Kind.Word || token.IsWord("and") || token.IsWord("or") || token.Text[0] == '-')
        {
            throw Wrong(
                $"Expected name, source, timestamp or metadata and a key, such as metadata.tokens, but found {token}",
                token
            );
        }

        _next++;
        var isPrefixed = token.Text.StartsWith(MeterFilterText.Metadata, StringComparison.OrdinalIgnoreCase);
        var name = isPrefixed ? token.Text.Substring(MeterFilterText.Metadata.Length) : token.Text;
        var own = MeterFilterText.OwnProperties.FirstOrDefault(known =>
            known.Equals(name, StringComparison.OrdinalIgnoreCase)
        );
        if (isPrefixed && own == name)
        {
            throw Wrong(
                $"A filter cannot reach a metadata key called '{name}': Polar takes it for the event's own",
                token
            );
        }

        if (!isPrefixed && own is not null && own != name)
        {
            throw Wrong($"'{name}' is neither {own} nor surely metadata: write {own}, or metadata.{name}", token);
        }

        if (name.Length == 0 || name[name.Length - 1] == '.' || name.Contains(".."))
        {
            throw Wrong($"'{token.Text}' lacks a key: write it as in metadata.tokens", token);
        }

        isTime = !isPrefixed && own == MeterFilterText.Timestamp;
        return name;
    }

    private string ReadOperator(out bool isWildcard)
    {
        var token = Next;
        var word = token.Kind == Kind.Word ? token.Text.TrimStart('-') : token.Text;
        isWildcard = word.EndsWith("like", StringComparison.OrdinalIgnoreCase);
        if (token.Kind is Kind.Word or Kind.Sign && Words.TryGetValue(word, out var found))
        {
            _next++;
            return found;
        }

        if (token.IsWord("not") && (_tokens[_next + 1].IsWord("contains") || _tokens[_next + 1].IsWord("like")))
        {
            isWildcard = _tokens[_next + 1].IsWord("like");
            _next += 2;
            return "not_like";
        }

        throw Wrong($"Expected a comparison (=, !=, >, >=, <, <=, contains or not contains), but found {token}", token);
    }

    private object ReadValue(string property, bool isTime, bool isWildcard)
    {
        var token = Next;
        _next++;
        switch (token.Kind)
        {
            case Kind.Text when isTime:
                throw Wrong(
                    "A timestamp is compared with a time without quotes, such as 2026-10-01T00:00:00Z, or with seconds since 1970",
                    token
                );
            case Kind.Text when isWildcard && (token.Text.Trim('*', '%') != token.Text):
                throw Wrong(
                    "Polar's 'like' looks for the text anywhere, and * and % mean nothing to it: leave them out, or write 'contains' to look for these characters",
                    token
                );
            case Kind.Text when CharactersOf(token.Text) > LongestText:
                throw Wrong(
                    $"The text has {CharactersOf(token.Text)} characters; at most {LongestText} are allowed",
                    token
                );
            case Kind.Text:
                return token.Text;
            case Kind.Number:
                return ReadNumber(property, isTime, token);
            case Kind.Word when token.IsWord("true"):
                return true;
            case Kind.Word when token.IsWord("false"):
                return false;
            case Kind.Word when token.IsWord("null"):
                throw Wrong("Polar's filters cannot ask for null", token);
            case Kind.Word:
                throw Wrong($"A text needs quotes: '{token.Text}'", token);
            default:
                throw Wrong($"Expected a text in quotes, a whole number, true or false, but found {token}", token);
        }
    }

    private static object ReadNumber(string property, bool isTime, Token token)
    {
        if (WholeNumber.IsMatch(token.Text))
        {
            return int.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? (long)whole
                : throw Wrong($"{token.Text} is too large: Polar's filters have whole numbers of 32 bits", token);
        }

        if (
            Time.IsMatch(token.Text)
            && DateTimeOffset.TryParse(token.Text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        )
        {
            return !isTime
                    ? throw Wrong($"Only timestamp is compared with a time; the text of {property} needs quotes", token)
                : time.ToUnixTimeSeconds() is var seconds and >= int.MinValue and <= int.MaxValue ? seconds
                : throw Wrong($"{token.Text} is too far away: Polar's filters have seconds of 32 bits", token);
        }

        throw Wrong(
            isTime
                ? $"'{token.Text}' is no time: write it with seconds and offset, such as 2026-10-01T00:00:00Z"
                : $"'{token.Text}' is no whole number, and Polar's filters have no others; a text needs quotes",
            token
        );
    }

    private static MeterFilterClause Group(string conjunction) => new() { Conjunction = conjunction, Clauses = [] };

    // As Polar counts: an emoji is one character.
    private static int CharactersOf(string text) => text.Count(letter => !char.IsLowSurrogate(letter));

    private static MeterFilterException Wrong(string problem, Token token) =>
        new($"{problem} (position {token.Position}).", token.Position);

    private static List<Token> Split(string text)
    {
        var tokens = new List<Token>();
        var i = 0;
        while (i < text.Length)
        {
            var letter = text[i];
            if (char.IsWhiteSpace(letter))
            {
                i++;
                continue;
            }

            var token =
                letter is '\'' or '"' ? ReadText(text, i)
                : letter is '(' ? new Token(Kind.Open, "(", i, 1)
                : letter is ')' ? new Token(Kind.Close, ")", i, 1)
                : letter is ',' ? new Token(Kind.Comma, ",", i, 1)
                : letter is '=' or '!' or '<' or '>' ? ReadSign(text, i)
                : IsDigit(letter) || (letter is '+' or '-' && i + 1 < text.Length && IsDigit(text[i + 1]))
                    ? ReadWhile(Kind.Number, text, i, IsInNumber)
                : letter is '_' or '-' || char.IsLetter(letter) ? ReadWhile(Kind.Word, text, i, IsInWord)
                : throw Strange(letter, i);
            tokens.Add(token);
            i += token.Length;
        }

        tokens.Add(new Token(Kind.End, string.Empty, text.Length, 0));
        // One more, so that there is always one behind the next.
        tokens.Add(tokens[tokens.Count - 1]);
        return tokens;
    }

    private static MeterFilterException Strange(char letter, int at) =>
        new(
            letter is '\u2018' or '\u2019' or '\u201C' or '\u201D' or '\u201E'
                ? $"Typographic quotes do not work here: use ' (position {at + 1})."
                : $"The character '{VisibleText.Of(letter.ToString())}' has no meaning here (position {at + 1}).",
            at + 1
        );

    private static Token ReadText(string text, int start)
    {
        var quote = text[start];
        var read = new StringBuilder();
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                if (i + 1 >= text.Length || text[i + 1] != quote)
                {
                    return new Token(Kind.Text, read.ToString(), start, i + 1 - start);
                }

                // A quote twice is one in the text.
                i++;
            }

            read.Append(text[i]);
        }

        throw new MeterFilterException(
            $"The text is not closed: a {quote} is missing (position {start + 1}).",
            start + 1
        );
    }

    private static Token ReadSign(string text, int start)
    {
        var two = start + 1 < text.Length && text[start + 1] is '=' or '>';
        var sign = text.Substring(start, two ? 2 : 1);
        return new Token(Kind.Sign, sign, start, sign.Length);
    }

    private static Token ReadWhile(Kind kind, string text, int start, Func<char, bool> belongs)
    {
        var end = start + 1;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        return new Token(kind, text.Substring(start, end - start), start, end - start);
    }

    private static bool IsDigit(char letter) => letter is >= '0' and <= '9';

    private static bool IsInWord(char letter) => letter is '_' or '-' or '.' || char.IsLetterOrDigit(letter);

    private static bool IsInNumber(char letter) =>
        letter is '-' or '+' or ':' or '.' or '_' || char.IsLetterOrDigit(letter);

    private sealed class Token(Kind kind, string text, int start, int length)
    {
        public Kind Kind => kind;

        /// <summary>What it says; of a text, without quotes.</summary>
        public string Text => text;

        public int Length => length;

        /// <summary>Where it begins, counted from 1.</summary>
        public int Position => start + 1;

        public bool IsWord(string word) => kind == Kind.Word && text.Equals(word, StringComparison.OrdinalIgnoreCase);

        /// <summary>What was found, in messages.</summary>
        public override string ToString() =>
            kind switch
            {
                Kind.End => "the end",
                Kind.Text => $"the text '{VisibleText.Of(text)}'",
                _ => $"'{VisibleText.Of(text)}'",
            };
    }
}
