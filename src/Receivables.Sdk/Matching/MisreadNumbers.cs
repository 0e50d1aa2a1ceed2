using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching;

/// <summary>
/// In a list of numbers of which some name documents of a payer: the documents that the others mean but for one error each, where their amounts make up the sum. One for each thread.
/// </summary>
internal sealed class MisreadNumbers
{
    /// <summary>At most so many numbers of a list are taken for misread.</summary>
    internal const int Most = 3;

    private const int Shortest = 4;
    private const int Longest = 20;
    private const int MostItems = 5000;
    private const int MostCandidates = 256;
    private const int MostInThrees = 64;

    private readonly TextPieces _pieces = new();
    private readonly bool[] _isTaken = new bool[TextPieces.Most];
    private readonly DigitRuns _runs = new(Shortest, Longest, mostPieces: 6, most: 64);
    private readonly List<Candidate> _candidates = [];

    private readonly record struct Candidate(int Item, long Open, int Run);

    /// <summary>The misread documents, if there is one way to choose them.</summary>
    /// <param name="index">The ledger.</param>
    /// <param name="state">What is open.</param>
    /// <param name="payment">The payment; its text is read.</param>
    /// <param name="root">Whose documents they are.</param>
    /// <param name="named">The documents that the text names.</param>
    /// <param name="left">What the others have open together.</param>
    /// <param name="found">They, each with the place in the text.</param>
    /// <returns>How many choices there were to hit the sum by chance; 0 where no choice or more than one makes it.</returns>
    internal int Find(LedgerIndex index, RunState state, PaymentEvidence payment, int root, List<DocumentHit> named, long left, List<DocumentHit> found)
    {
        var text = payment.Transaction.Remittance!;
        _pieces.Read(text);
        for (var i = 0; i < _pieces.Count; i++)
        {
            var piece = _pieces[i];
            _isTaken[i] = _pieces.IsSurelyAmount(i) || named.Exists(h => h.Field == TextField.Remittance && h.Start < piece.End && piece.Start < h.End);
        }

        _runs.Read(_pieces, _isTaken);
        if (_runs.Count == 0 || !Gather(index, state, payment.Currency, root, named, left))
        {
            return 0;
        }

        // One and two are tried together: where either may be meant, neither is.
        Span<int> best = [-1, -1, -1];
        var choices = _candidates.Count * (_candidates.Count + 1) / 2;
        var solutions = Ones(left, best) + Pairs(left, best);
        if (solutions == 0 && _candidates.Count is > 2 and <= MostInThrees)
        {
            choices = _candidates.Count * (_candidates.Count - 1) * (_candidates.Count - 2) / 6;
            solutions = Threes(left, best);
        }

        if (solutions != 1)
        {
            return 0;
        }

        foreach (var i in best)
        {
            if (i >= 0)
            {
                var (start, end, length) = _runs[_candidates[i].Run];
                var weight = Math.Max(0, Bits.Digits(length) - NumberErrors.Price(length));
                found.Add(new DocumentHit(_candidates[i].Item, weight, EvidenceCode.NumberTypo, HitStrength.Weak, text, TextField.Remittance, start, end - start));
            }
        }

        return choices;
    }

    /// <summary>Whether the digits of an item's number are those that stand where another was named, but for one error.</summary>
    internal static bool IsNear(LedgerIndex index, int item, in DocumentHit named)
    {
        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        Span<char> run = stackalloc char[Longest];
        var length = 0;
        for (var i = named.Start; i < named.End && length < Longest; i++)
        {
            if (char.IsDigit(named.Text[i]))
            {
                run[length++] = Similarity.CharacterFolding.Fold(named.Text[i]);
            }
        }

        return length >= Shortest && index.Digits(item, digits) is var count and > 0 && NumberErrors.IsOneAway(digits[..count], run[..length]);
    }

    // The open documents that a run is near to, earliest due first; false where they are too many to say anything.
    private bool Gather(LedgerIndex index, RunState state, Currency currency, int root, List<DocumentHit> named, long left)
    {
        _candidates.Clear();
        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        var seen = 0;
        foreach (var member in index.Directory.Family(root))
        {
            foreach (var item in index.ItemsOf(member))
            {
                ref readonly var cell = ref index.Cell(item);
                if (cell.Role != ItemRole.Debit || cell.Currency != currency || !cell.Number.IsNumber)
                {
                    continue;
                }

                if (++seen > MostItems)
                {
                    return false;
                }

                var open = state.Open(item);
                if (open > 0 && open <= left && _runs.LongestNear(digits[..index.Digits(item, digits)], NumberErrors.IsOneAway) is var run and >= 0 && !CollectionsMarshal.AsSpan(named).Names(item))
                {
                    _candidates.Add(new Candidate(item, open, run));
                }
            }
        }

        _candidates.Sort((a, b) => index.CompareDue(a.Item, b.Item));
        return _candidates.Count is > 0 and <= MostCandidates;
    }

    private int Ones(long left, Span<int> best)
    {
        var solutions = 0;
        for (var i = 0; i < _candidates.Count; i++)
        {
            if (_candidates[i].Open == left && ++solutions == 1)
            {
                best[0] = i;
            }
        }

        return solutions;
    }

    private int Pairs(long left, Span<int> best)
    {
        var solutions = 0;
        for (var i = 0; i < _candidates.Count; i++)
        {
            for (var j = i + 1; j < _candidates.Count; j++)
            {
                if (_candidates[i].Open + _candidates[j].Open == left && AreApart(i, j) && ++solutions == 1)
                {
                    (best[0], best[1]) = (i, j);
                }
            }
        }

        return solutions;
    }

    private int Threes(long left, Span<int> best)
    {
        var solutions = 0;
        for (var i = 0; i < _candidates.Count; i++)
        {
            for (var j = i + 1; j < _candidates.Count; j++)
            {
                for (var k = j + 1; k < _candidates.Count; k++)
                {
                    if (_candidates[i].Open + _candidates[j].Open + _candidates[k].Open == left && AreApart(i, j) && AreApart(i, k) && AreApart(j, k) && ++solutions == 1)
                    {
                        (best[0], best[1], best[2]) = (i, j, k);
                    }
                }
            }
        }

        return solutions;
    }

    // One place names one document.
    private bool AreApart(int i, int j)
    {
        var (a, b) = (_runs[_candidates[i].Run], _runs[_candidates[j].Run]);
        return a.End <= b.Start || b.End <= a.Start;
    }
}
