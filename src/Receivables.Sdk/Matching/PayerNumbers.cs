namespace Receivables.Sdk.Matching;

/// <summary>Reads a text for the numbers of one payer's own documents with one error: among so few a shorter run says enough. One for each thread.</summary>
internal sealed class PayerNumbers(LedgerIndex index)
{
    private const int Shortest = 5;
    private const int Longest = 16;
    private const int MostPieces = 4;
    private const int MostRuns = 32;
    private const int MostDocuments = 400;

    private readonly (int Start, int End, int From, int Length)[] _runs = new (int, int, int, int)[MostRuns];
    private readonly char[] _digits = new char[MostRuns * Longest];
    private int _count;

    /// <summary>Goes on with another view of the same ledger.</summary>
    internal void Use(LedgerIndex view) => index = view;

    /// <summary>Adds a hit for every open document of a family, and every settled one of an amount, whose number, or the end of it, a run of the text gives but for one error.</summary>
    internal void Find(int root, TextPieces pieces, TextField field, long amount, List<DocumentHit> hits)
    {
        var price = Bits.Log2((ulong)Math.Max(1, Collect(pieces)));
        if (_count == 0)
        {
            return;
        }

        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        var (before, seen) = (hits.Count, 0);
        foreach (var member in index.Directory.Family(root))
        {
            foreach (var item in index.ItemsOf(member))
            {
                ref readonly var cell = ref index.Cell(item);
                var isOpen = cell.Role == ItemRole.Debit;
                if (!(isOpen || IsSettled(item, amount)) || !cell.Number.IsNumber)
                {
                    continue;
                }

                if (isOpen && ++seen > MostDocuments)
                {
                    // Among so many one is near to any run; the answer must not depend on which were seen.
                    hits.RemoveRange(before, hits.Count - before);
                    return;
                }

                var count = index.Digits(item, digits);
                if (count >= Shortest && NearestRun(digits[..count]) is var run and >= 0 && !Names(hits, before, item))
                {
                    var (start, end, _, length) = _runs[run];
                    var weight = Bits.Digits(length) - NumberErrors.Price(length) - price;
                    if (weight > 0)
                    {
                        hits.Add(new DocumentHit(item, weight, EvidenceCode.NumberTypo, HitStrength.Weak, pieces.Text, field, start, end - start));
                    }
                }
            }
        }
    }

    private bool IsSettled(int item, long amount) => index.Role(item) == ItemRole.Settled && Amounts.TryGet(index.Item(item).Amount, out var whole) && whole == amount;

    // Runs, alone and joined with those that separators alone divide from them; how many pieces are digits.
    private int Collect(TextPieces pieces)
    {
        _count = 0;
        var numbers = 0;
        for (var first = 0; first < pieces.Count; first++)
        {
            numbers += pieces[first].IsDigits ? 1 : 0;
            var length = 0;
            for (var i = first; i < pieces.Count && i < first + MostPieces; i++)
            {
                var piece = pieces[i];
                if (!piece.IsDigits || pieces.IsDate(i) || (i > first && !piece.IsJoined) || length + piece.Length > Longest)
                {
                    break;
                }

                length += piece.Length;
                if (length >= Shortest && _count < MostRuns)
                {
                    var at = _count * Longest;
                    for (var p = first; p <= i; p++)
                    {
                        pieces.Chars(p).CopyTo(_digits.AsSpan(at));
                        at += pieces[p].Length;
                    }

                    _runs[_count] = (pieces[first].Start, piece.End, _count * Longest, length);
                    _count++;
                }
            }
        }

        return numbers;
    }

    // The longest run that is near a number; negative for none.
    private int NearestRun(ReadOnlySpan<char> number)
    {
        var best = -1;
        for (var r = 0; r < _count; r++)
        {
            if ((best < 0 || _runs[r].Length > _runs[best].Length) && IsNear(number, _digits.AsSpan(_runs[r].From, _runs[r].Length)))
            {
                best = r;
            }
        }

        return best;
    }

    private static bool IsNear(ReadOnlySpan<char> number, ReadOnlySpan<char> run)
    {
        if (NumberErrors.IsOneAway(number, run) || (run[0] == '0' && run.TrimStart('0') is { Length: >= Shortest } padded && NumberErrors.IsOneAway(number.TrimStart('0'), padded)))
        {
            return true;
        }

        for (var length = Math.Max(Shortest, run.Length - 1); length <= run.Length + 1 && length < number.Length; length++)
        {
            if (NumberErrors.IsOneAway(number[^length..], run))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Names(List<DocumentHit> hits, int count, int item)
    {
        for (var i = 0; i < count; i++)
        {
            if (hits[i].Item == item)
            {
                return true;
            }
        }

        return false;
    }
}
