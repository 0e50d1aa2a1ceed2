namespace Receivables.Sdk.Matching;

/// <summary>The runs of digits of a text that may be numbers: each alone, and joined with those that separators alone divide from it. Reused from text to text.</summary>
/// <param name="shortest">The fewest digits of a run.</param>
/// <param name="longest">The most digits of a run.</param>
/// <param name="mostPieces">The most pieces that are joined.</param>
/// <param name="most">The most runs; what follows is not looked at.</param>
internal sealed class DigitRuns(int shortest, int longest, int mostPieces, int most)
{
    private readonly (int Start, int End, int Length)[] _runs = new (int, int, int)[most];
    private readonly char[] _digits = new char[most * longest];

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Where a run starts and ends in the text, and how many digits it has.</summary>
    internal (int Start, int End, int Length) this[int run] => _runs[run];

    /// <summary>Takes the runs of a text; dates are none.</summary>
    /// <param name="pieces">The text.</param>
    /// <param name="isTaken">For each piece whether it is something else; empty where nothing is.</param>
    internal void Read(TextPieces pieces, ReadOnlySpan<bool> isTaken)
    {
        Count = 0;
        for (var first = 0; first < pieces.Count; first++)
        {
            var length = 0;
            for (var i = first; i < pieces.Count && i < first + mostPieces; i++)
            {
                var piece = pieces[i];
                if (!piece.IsDigits || pieces.IsDate(i) || (!isTaken.IsEmpty && isTaken[i]) || (i > first && !piece.IsJoined) || length + piece.Length > longest)
                {
                    break;
                }

                length += piece.Length;
                if (length >= shortest && Count < most && !GoesOn(pieces, first, i))
                {
                    var at = Count * longest;
                    for (var p = first; p <= i; p++)
                    {
                        pieces.Chars(p).CopyTo(_digits.AsSpan(at));
                        at += pieces[p].Length;
                    }

                    _runs[Count++] = (pieces[first].Start, piece.End, length);
                }
            }
        }
    }

    // Whether a run is the end of a longer number as it is written, 03/2026 in 41/03/2026, but no member of a list.
    private static bool GoesOn(TextPieces pieces, int first, int last) =>
        first > 0 && pieces[first - 1].IsDigits && pieces.Gap(first) is ['/' or '-' or '.'] && pieces[first - 1].Length != pieces[last].Length;

    /// <summary>The longest run that is near a number, of equals the first; negative for none.</summary>
    internal int LongestNear(ReadOnlySpan<char> number, Nearness isNear)
    {
        var best = -1;
        for (var r = 0; r < Count; r++)
        {
            if ((best < 0 || _runs[r].Length > _runs[best].Length) && isNear(number, _digits.AsSpan(r * longest, _runs[r].Length)))
            {
                best = r;
            }
        }

        return best;
    }

    /// <summary>Whether a run may mean a number.</summary>
    internal delegate bool Nearness(ReadOnlySpan<char> number, ReadOnlySpan<char> run);
}
