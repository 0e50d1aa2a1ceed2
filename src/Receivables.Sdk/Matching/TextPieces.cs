using System.Buffers;
using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>A run of digits or of letters in a text.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="IsDigits">Digits, else letters.</param>
/// <param name="IsJoined">Whether what stands before it is a separator that may stand inside a number.</param>
/// <param name="IsGlued">Whether nothing stands before it but the piece before.</param>
internal readonly record struct TextPiece(int Start, int End, bool IsDigits, bool IsJoined, bool IsGlued)
{
    internal int Length => End - Start;
}

/// <summary>A text folded and cut into runs of digits and of letters, with dates and amounts told apart. Reused from text to text.</summary>
internal sealed class TextPieces
{
    /// <summary>More pieces than any remittance of 280 characters that means something; what follows is not looked at.</summary>
    internal const int Most = 128;

    private static readonly SearchValues<char> s_separators = SearchValues.Create(" -./_,+*#:\n\r\t\\|()");

    private readonly TextPiece[] _pieces = new TextPiece[Most];
    private readonly bool[] _isDate = new bool[Most];
    private readonly bool[] _isAmount = new bool[Most];
    private char[] _folded = new char[512];

    internal int Count { get; private set; }

    internal string Text { get; private set; } = "";

    internal TextPiece this[int index] => _pieces[index];

    internal ReadOnlySpan<char> Folded => _folded.AsSpan(0, Text.Length);

    internal bool IsDate(int piece) => _isDate[piece];

    internal bool IsAmount(int piece) => _isAmount[piece];

    /// <summary>Whether a currency stands before or after an amount: then it is no number that was cut up.</summary>
    internal bool IsSurelyAmount(int piece)
    {
        if (!_isAmount[piece])
        {
            return false;
        }

        var (first, last) = (piece, piece);
        while (first > 0 && _isAmount[first - 1] && Gap(first).Length <= 1)
        {
            first--;
        }

        while (last + 1 < Count && _isAmount[last + 1] && Gap(last + 1).Length <= 1)
        {
            last++;
        }

        return (first > 0 && IsCurrency(first - 1) && Gap(first).Length <= 2) || (last + 1 < Count && IsCurrency(last + 1) && Gap(last + 1).Length <= 2) || (_pieces[first].Start is var start and > 0 && _folded.AsSpan(Math.Max(0, start - 2), Math.Min(2, start)).ContainsAny('€', '$', '£'));
    }

    private bool IsCurrency(int piece) => !_pieces[piece].IsDigits && _pieces[piece].Length == 3 && Currency.TryParse(Chars(piece), out _);

    internal ReadOnlySpan<char> Chars(int piece) => _folded.AsSpan(_pieces[piece].Start, _pieces[piece].Length);

    /// <summary>The text between a piece and the one before it.</summary>
    internal ReadOnlySpan<char> Gap(int piece) => piece == 0 ? default : _folded.AsSpan(_pieces[piece - 1].End, _pieces[piece].Start - _pieces[piece - 1].End);

    internal void Read(string text)
    {
        Text = text;
        if (_folded.Length < text.Length)
        {
            _folded = new char[Math.Max(text.Length, _folded.Length * 2)];
        }

        for (var i = 0; i < text.Length; i++)
        {
            _folded[i] = CharacterFolding.Fold(text[i]);
        }

        Cut(Folded);
        MarkDates();
        MarkAmounts();
    }

    private void Cut(ReadOnlySpan<char> text)
    {
        Count = 0;
        var at = 0;
        var end = 0;
        while (at < text.Length && Count < Most)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            var isDigits = char.IsAsciiDigit(text[at]);
            while (at < text.Length && char.IsLetterOrDigit(text[at]) && char.IsAsciiDigit(text[at]) == isDigits)
            {
                at++;
            }

            var gap = text[end..start];
            _isDate[Count] = false;
            _isAmount[Count] = false;
            _pieces[Count] = new TextPiece(start, at, isDigits, Count > 0 && gap.Length <= 3 && !gap.ContainsAnyExcept(s_separators), Count > 0 && gap.IsEmpty);
            Count++;
            end = at;
        }
    }

    // 9.2.2026, 09/02/26, 2026-02-09: three numbers between two like separators that a calendar allows.
    private void MarkDates()
    {
        for (var i = 0; i + 2 < Count; i++)
        {
            var (a, b, c) = (Number(i), Number(i + 1), Number(i + 2));
            if (a < 0 || b < 0 || c < 0 || Gap(i + 1) is not [var first and ('.' or '/' or '-')] || Gap(i + 2) is not [var second] || first != second)
            {
                continue;
            }

            var (la, lb, lc) = (_pieces[i].Length, _pieces[i + 1].Length, _pieces[i + 2].Length);
            var dayFirst = la <= 2 && lb <= 2 && (lc == 2 || (lc == 4 && c is >= 1990 and <= 2100)) && ((a is >= 1 and <= 31 && b is >= 1 and <= 12) || (a is >= 1 and <= 12 && b is >= 1 and <= 31));
            var yearFirst = la == 4 && lb == 2 && lc == 2 && a is >= 1990 and <= 2100 && b is >= 1 and <= 12 && c is >= 1 and <= 31;
            // Further numbers behind the same separator make a list of endings: 4409/10/11/12.
            if ((dayFirst || yearFirst) && !Continues(i, first) && !Continues(i + 3, first))
            {
                _isDate[i] = _isDate[i + 1] = _isDate[i + 2] = true;
            }
        }
    }

    private bool Continues(int piece, char separator) =>
        piece > 0 && piece < Count && _pieces[piece].IsDigits && _pieces[piece - 1].IsDigits && Gap(piece) is [var between] && between == separator;

    // 1.234,56 and 121.00: two digits after a point or comma, and no digit after them.
    private void MarkAmounts()
    {
        for (var i = 1; i < Count; i++)
        {
            if (!_pieces[i].IsDigits || _pieces[i].Length != 2 || _isDate[i] || !_pieces[i - 1].IsDigits || _pieces[i - 1].Length > 7 || Gap(i) is not [',' or '.'])
            {
                continue;
            }

            if (i + 1 < Count && _pieces[i + 1].IsDigits && Gap(i + 1).Length <= 1)
            {
                continue;
            }

            // No amount starts with a zero but one below a unit.
            if (_pieces[i - 1].Length > 1 && _folded[_pieces[i - 1].Start] == '0')
            {
                continue;
            }

            _isAmount[i] = _isAmount[i - 1] = true;
            for (var j = i - 1; j > 0 && _pieces[j].Length == 3 && _pieces[j - 1].IsDigits && _pieces[j - 1].Length <= 3 && Gap(j) is ['.' or ',' or '\'' or ' ']; j--)
            {
                _isAmount[j - 1] = true;
            }
        }
    }

    private int Number(int piece)
    {
        var p = _pieces[piece];
        if (!p.IsDigits || p.Length > 4)
        {
            return -1;
        }

        var value = 0;
        foreach (var c in Chars(piece))
        {
            value = (value * 10) + c - '0';
        }

        return value;
    }
}
