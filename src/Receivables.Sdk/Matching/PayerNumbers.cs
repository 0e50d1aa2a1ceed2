using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching;

/// <summary>Reads a text for the numbers of one payer's own documents with one error: among so few a shorter run says enough. One for each thread.</summary>
internal sealed class PayerNumbers(LedgerIndex index)
{
    private const int Shortest = 5;
    private const int MostDocuments = 400;

    private readonly DigitRuns _runs = new(Shortest, longest: 16, mostPieces: 4, most: 32);

    /// <summary>Goes on with another view of the same ledger.</summary>
    internal void Use(LedgerIndex view) => index = view;

    /// <summary>Adds a hit for every open document of a family, and every settled one of an amount, whose number, or the end of it, a run of the text gives but for one error.</summary>
    internal void Find(int root, TextPieces pieces, TextField field, long amount, List<DocumentHit> hits)
    {
        _runs.Read(pieces, []);
        if (_runs.Count == 0)
        {
            return;
        }

        var price = Bits.Log2((ulong)Math.Max(1, CountNumbers(pieces)));
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
                if (count >= Shortest && _runs.LongestNear(digits[..count], IsNear) is var run and >= 0 && !CollectionsMarshal.AsSpan(hits)[..before].Names(item))
                {
                    var (start, end, length) = _runs[run];
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

    private static int CountNumbers(TextPieces pieces)
    {
        var numbers = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            numbers += pieces[i].IsDigits ? 1 : 0;
        }

        return numbers;
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
}
