namespace Receivables.Sdk.Matching;

/// <summary>Looks a number up with one error: a digit wrong, missing, too many, or swapped with its neighbour.</summary>
internal static class NumberErrors
{
    // What an error costs: how rarely payers make one.
    private const int ErrorPrice = 4 * Bits.One;

    /// <summary>What one error in so many digits costs: as many neighbours as there are ways to be wrong, each a chance to hit something, and how rarely payers err.</summary>
    internal static int Price(int digits) => Bits.Log2((ulong)((digits * 20) + 20)) + ErrorPrice;

    /// <summary>Whether one number is the other with two neighbouring digits swapped.</summary>
    private static bool IsSwapped(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var same = a.CommonPrefixLength(b);
        return a.Length == b.Length && same + 1 < a.Length && a[same] == b[same + 1] && a[same + 1] == b[same] && a[(same + 2)..].SequenceEqual(b[(same + 2)..]);
    }

    /// <summary>Whether one number is the other but for one digit wrong, missing, too many, or swapped with its neighbour.</summary>
    internal static bool IsOneAway(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length < b.Length)
        {
            var longer = b;
            b = a;
            a = longer;
        }

        var same = a.CommonPrefixLength(b);
        if (a.Length != b.Length)
        {
            return a.Length == b.Length + 1 && a[(same + 1)..].SequenceEqual(b[same..]);
        }

        return same < a.Length
            && (a[(same + 1)..].SequenceEqual(b[(same + 1)..]) || IsSwapped(a, b));
    }

    /// <summary>Adds the documents whose number is some digits but for one error.</summary>
    internal static void Find(LedgerIndex index, ReadOnlySpan<char> digits, int price, string text, TextField field, int start, int end, List<DocumentHit> hits)
    {
        var telling = digits.TrimStart('0').Length;
        var weight = Bits.Digits(telling) - Price(digits.Length) - price;
        // All are on their way from memory before the first is looked at.
        Span<ulong> keys = stackalloc ulong[(digits.Length + 1) * 22];
        foreach (var key in keys[..Neighbours(index, digits, keys)])
        {
            var postings = index.Postings(key);
            if (postings.IsEmpty || index.CountPostings(key, 9) > 8)
            {
                continue;
            }

            foreach (var (item, itsField) in postings)
            {
                if (itsField == KeyField.Number)
                {
                    hits.Add(new DocumentHit(item, weight, EvidenceCode.NumberTypo, HitStrength.Weak, text, field, start, end - start));
                }
            }
        }
    }

    // The keys of all numbers that are one error away and look like a number of the ledger; how many.
    private static int Neighbours(LedgerIndex index, ReadOnlySpan<char> digits, Span<ulong> keys)
    {
        Span<char> other = stackalloc char[digits.Length + 1];
        var count = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            digits.CopyTo(other);
            for (var c = '0'; c <= '9'; c++)
            {
                if (c != digits[i])
                {
                    other[i] = c;
                    Add(index, other[..digits.Length], keys, ref count);
                }
            }

            if (i + 1 < digits.Length && digits[i] != digits[i + 1])
            {
                digits.CopyTo(other);
                (other[i], other[i + 1]) = (other[i + 1], other[i]);
                Add(index, other[..digits.Length], keys, ref count);
            }

            if (i == 0 || digits[i] != digits[i - 1])
            {
                digits[..i].CopyTo(other);
                digits[(i + 1)..].CopyTo(other[i..]);
                Add(index, other[..(digits.Length - 1)], keys, ref count);
            }
        }

        for (var i = 0; i <= digits.Length; i++)
        {
            digits[..i].CopyTo(other);
            digits[i..].CopyTo(other[(i + 1)..]);
            for (var c = '0'; c <= '9'; c++)
            {
                // Before an equal digit is the same as after it.
                if (i == 0 || digits[i - 1] != c)
                {
                    other[i] = c;
                    Add(index, other, keys, ref count);
                }
            }
        }

        return count;
    }

    // No number of the ledger looks so: most neighbours end here.
    private static void Add(LedgerIndex index, ReadOnlySpan<char> probe, Span<ulong> keys, ref int count)
    {
        probe = probe.TrimStart('0');
        if (probe.Length >= 4 && index.FitsMask(probe))
        {
            var key = KeyHash.Of(KeyForm.Digits, probe);
            index.Prefetch(key);
            keys[count++] = key;
        }
    }
}
