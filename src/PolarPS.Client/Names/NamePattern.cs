namespace PolarPS.Client;

/// <summary>
/// A name, with wildcards read as PowerShell reads them: <c>*</c> is any text, <c>?</c> one character, <c>[a-c]</c> one of
/// some, and a backtick makes the next character an ordinary one. Matches whole names, in any case.
/// </summary>
internal sealed class NamePattern
{
    private const int LongestPiece = 100;

    private readonly string _text;
    private readonly bool[] _isSpecial;
    private readonly List<Token> _tokens = [];

    /// <summary>Reads a text; every text can be read.</summary>
    /// <param name="text">The text.</param>
    /// <param name="wildcards">Whether it may have wildcards. Without them every character means itself.</param>
    public NamePattern(string text, bool wildcards)
    {
        _text = text;
        _isSpecial = new bool[text.Length];
        for (var index = 0; index < text.Length; index++)
        {
            var start = index;
            var letter = text[index];
            if (!wildcards)
            {
                _tokens.Add(new Token(letter));
                continue;
            }

            // The first character within brackets is never the one that closes them.
            var end = letter == '[' && index + 2 < text.Length ? text.IndexOf(']', index + 2) : -1;
            if (letter == '`' && index + 1 < text.Length)
            {
                _tokens.Add(new Token(text[++index]));
                HasEscapes = true;
            }
            else if (letter is '*' or '?')
            {
                _tokens.Add(letter == '*' ? Token.Any : Token.One);
                HasWildcards = true;
            }
            else if (end > 0)
            {
                _tokens.Add(new Token(text.Substring(index + 1, end - index - 1)));
                HasWildcards = true;
                index = end;
            }
            else
            {
                _tokens.Add(new Token(letter));
                continue;
            }

            for (var special = start; special <= index; special++)
            {
                _isSpecial[special] = true;
            }
        }
    }

    /// <summary>Whether there are wildcards.</summary>
    public bool HasWildcards { get; }

    /// <summary>Whether a backtick makes a character an ordinary one.</summary>
    public bool HasEscapes { get; }

    /// <summary>Whether a name fits as a whole, in any case.</summary>
    public bool Matches(string? name)
    {
        if (name is null)
        {
            return false;
        }

        // Where the last * stands, and up to where it takes the name.
        var star = -1;
        var taken = 0;
        var token = 0;
        var position = 0;
        while (position < name.Length)
        {
            if (token < _tokens.Count && _tokens[token].IsAny)
            {
                star = token++;
                taken = position;
            }
            else if (token < _tokens.Count && _tokens[token].Fits(name[position]))
            {
                token++;
                position++;
            }
            else if (star >= 0)
            {
                token = star + 1;
                position = ++taken;
            }
            else
            {
                return false;
            }
        }

        return _tokens.Skip(token).All(left => left.IsAny);
    }

    /// <summary>
    /// A piece that every name has that fits, or that is the text as it stands: for a filter of the server's, which is to find
    /// too much rather than too little.
    /// </summary>
    /// <param name="atStart">Whether it has to be what the names begin with.</param>
    /// <param name="caseless">Whether it must have no letters, because the filter tells upper from lower case.</param>
    /// <returns>The longest; null where there is none.</returns>
    public string? Piece(bool atStart, bool caseless) =>
        Pieces(atStart)
            .Where(piece => !string.IsNullOrWhiteSpace(piece) && (!caseless || !piece.Any(HasCase)))
            .OrderByDescending(piece => piece.Length)
            .FirstOrDefault();

    private IEnumerable<string> Pieces(bool atStart)
    {
        var start = 0;
        while (start < _text.Length && !(atStart && start > 0))
        {
            var end = start;
            while (end < _text.Length && !Separates(end) && end - start < LongestPiece)
            {
                end++;
            }

            if (end > start && char.IsHighSurrogate(_text[end - 1]))
            {
                end--;
            }

            yield return _text.Substring(start, end - start);
            start = end + 1;
        }
    }

    // A filter may take the backslash for an escape, and none finds a control character.
    private bool Separates(int index) => _isSpecial[index] || _text[index] == '\\' || char.IsControl(_text[index]);

    private static bool HasCase(char letter) => char.ToUpperInvariant(letter) != char.ToLowerInvariant(letter);

    private readonly struct Token
    {
        public static readonly Token Any = new(TokenKind.Any);
        public static readonly Token One = new(TokenKind.One);

        private readonly TokenKind _kind;
        private readonly char _letter;
        private readonly string _set;

        public Token(char letter)
            : this(TokenKind.Letter) => _letter = char.ToUpperInvariant(letter);

        public Token(string set)
            : this(TokenKind.Set) => _set = set.ToUpperInvariant();

        private Token(TokenKind kind)
        {
            _kind = kind;
            _letter = '\0';
            _set = string.Empty;
        }

        public bool IsAny => _kind == TokenKind.Any;

        public bool Fits(char letter) =>
            _kind switch
            {
                TokenKind.One => true,
                TokenKind.Letter => char.ToUpperInvariant(letter) == _letter,
                TokenKind.Set => IsInSet(char.ToUpperInvariant(letter)),
                _ => false,
            };

        private bool IsInSet(char letter)
        {
            for (var index = 0; index < _set.Length; index++)
            {
                var isRange = index + 2 < _set.Length && _set[index + 1] == '-';
                if (isRange ? letter >= _set[index] && letter <= _set[index + 2] : letter == _set[index])
                {
                    return true;
                }

                index += isRange ? 2 : 0;
            }

            return false;
        }
    }

    private enum TokenKind
    {
        Letter,
        One,
        Any,
        Set,
    }
}
