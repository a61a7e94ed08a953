namespace PolarPS.Client;

/// <summary>Keeps spreadsheet programs from running what customers wrote.</summary>
public static class CsvFormulas
{
    /// <summary>
    /// Puts an apostrophe in front of every cell that a spreadsheet program would take for a formula: those that begin with
    /// <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c> or the full-width forms of them, blanks and control characters before them
    /// included. Numbers stay as they are.
    /// </summary>
    /// <param name="csv">CSV in UTF-8, as Polar exports it. Disposed of with the stream that is returned.</param>
    /// <returns>The same CSV, to be read once from its beginning.</returns>
    /// <exception cref="ArgumentNullException">There is no stream.</exception>
    public static Stream Escape(Stream csv) => new Guard(csv ?? throw new ArgumentNullException(nameof(csv)));

    private sealed class Guard(Stream source) : ForwardStream(source)
    {
        // No number is longer; a longer cell needs not be held to know that it is none.
        private const int LongestNumber = 64;
        private const byte Quote = (byte)'"';

        private readonly byte[] _input = new byte[32 * 1024];
        private readonly List<byte> _output = new(33 * 1024);

        // The beginning of a cell, while it is not clear what it is.
        private readonly List<byte> _held = new(LongestNumber);
        private int _taken;
        private bool _isHolding = true;
        private bool _isQuoted;
        private bool _isFirst = true;
        private bool _isOver;

        public override async Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        )
        {
            while (_taken == _output.Count && !_isOver)
            {
                Take(await Inner.ReadAsync(_input, 0, _input.Length, cancellationToken).ConfigureAwait(false));
            }

            return Give(buffer, offset, count);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (_taken == _output.Count && !_isOver)
            {
                Take(Inner.Read(_input, 0, _input.Length));
            }

            return Give(buffer, offset, count);
        }

        private int Give(byte[] buffer, int offset, int count)
        {
            count = Math.Min(count, _output.Count - _taken);
            _output.CopyTo(_taken, buffer, offset, count);
            _taken += count;
            return count;
        }

        private void Take(int read)
        {
            _output.Clear();
            _taken = 0;
            for (var i = 0; i < read; i++)
            {
                Take(_input[i]);
            }

            if (read == 0)
            {
                _isOver = true;
                Release();
            }
        }

        private void Take(byte letter)
        {
            if (letter == Quote)
            {
                if (_isHolding && _held.Count == 0 && !_isQuoted)
                {
                    // The cell begins behind it.
                    _isQuoted = true;
                    _output.Add(letter);
                    return;
                }

                _isQuoted = !_isQuoted;
            }

            // Excel also cuts at semicolons and tabs, by the user's region, and inside of quotes that are not the cell's own.
            var ends =
                letter is (byte)';' or (byte)'\t' || (!_isQuoted && letter is (byte)',' or (byte)'\n' or (byte)'\r');
            if (ends && !(_isHolding && letter == '\t' && !HasText()))
            {
                Release();
                _output.Add(letter);
                _isHolding = true;
                return;
            }

            if (!_isHolding)
            {
                _output.Add(letter);
                return;
            }

            _held.Add(letter);
            if (_held.Count >= LongestNumber)
            {
                Release();
            }
        }

        // Passes on what was held, with an apostrophe where it would be a formula.
        private void Release()
        {
            if (_isHolding)
            {
                var start = StartOfText();
                if (IsFormula(start))
                {
                    _held.Insert(start, (byte)'\'');
                }

                _output.AddRange(_held);
                _held.Clear();
                _isHolding = false;
            }

            _isFirst = false;
        }

        private bool HasText() => StartOfText() < _held.Count;

        // Behind the byte order mark, blanks, and control characters.
        private int StartOfText()
        {
            var start =
                _isFirst && _held.Count >= 3 && _held[0] == 0xEF && _held[1] == 0xBB && _held[2] == 0xBF ? 3 : 0;
            while (start < _held.Count)
            {
                if (_held[start] <= ' ' || _held[start] == 0x7F)
                {
                    start++;
                }
                else if (start + 1 < _held.Count && _held[start] == 0xC2 && _held[start + 1] == 0xA0)
                {
                    start += 2;
                }
                else
                {
                    break;
                }
            }

            return start;
        }

        private bool IsFormula(int start)
        {
            if (start >= _held.Count)
            {
                return false;
            }

            return _held[start] switch
            {
                (byte)'=' or (byte)'@' => true,
                (byte)'+' or (byte)'-' => !IsNumber(start + 1),
                0xEF => start + 2 < _held.Count
                    && _held[start + 1] == 0xBC
                    && _held[start + 2] is 0x9D or 0xA0 or 0x8B or 0x8D,
                _ => false,
            };
        }

        // Digits and, among them, decimal signs: -19.99 is money and no formula.
        private bool IsNumber(int start)
        {
            var end = _held.Count;
            while (end > start && _held[end - 1] is Quote or (byte)' ')
            {
                end--;
            }

            if (end <= start || _held.Count >= LongestNumber)
            {
                return false;
            }

            for (var i = start; i < end; i++)
            {
                if (_held[i] is not ((>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)','))
                {
                    return false;
                }
            }

            return _held[start] is >= (byte)'0' and <= (byte)'9';
        }
    }
}
