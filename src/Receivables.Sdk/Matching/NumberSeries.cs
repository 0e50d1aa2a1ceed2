namespace Receivables.Sdk.Matching;

/// <summary>Completes what a text shortens: ranges (1001-1005) and lists of endings (1001/02/03).</summary>
internal static class NumberSeries
{
    private const int LongestRange = 50;
    private const int MostDigits = 18;

    internal static void Complete(LedgerIndex index, TextPieces pieces, List<DocumentHit> hits, int from, TextField field)
    {
        FillRanges(index, pieces, hits, from, field);
        var named = hits.Count;
        for (var h = from; h < named; h++)
        {
            var hit = hits[h];
            if (hit.Code != EvidenceCode.Number || NumberOf(index, hit.Item) is not (var start, >= 3 and var count))
            {
                continue;
            }

            for (var p = PieceAfter(pieces, hit.End); p >= 0 && p < pieces.Count; p++)
            {
                var separator = Separator(pieces, p);
                if (!pieces[p].IsDigits || separator == '\0' || pieces.IsDate(p) || pieces.IsAmount(p))
                {
                    break;
                }

                // The start of another number is no ending.
                if (p + 1 < pieces.Count && pieces[p + 1].IsDigits && pieces.Gap(p + 1).Trim() is var next && (next.IsEmpty ? pieces.Gap(p + 1).Length <= 1 && pieces[p].Length < 3 : Separator(pieces, p + 1) != separator))
                {
                    break;
                }

                // The rest of the number as it stands, or the ending that replaces the end of the number before.
                var length = pieces[p].Length;
                var power = Power(Math.Min(length, count));
                var target = length >= count ? Value(pieces.Chars(p)[..Math.Min(MostDigits, length)]) : (start / power * power) + Value(pieces.Chars(p));
                if (target == start || (length >= count && separator != '-'))
                {
                    break;
                }

                if (separator == '-' && target > start && target - start <= LongestRange)
                {
                    AddRange(index, hits, hit, start, target, pieces, p, field);
                    start = target;
                }
                else if (length < count && length >= 2)
                {
                    // 1099/00/01 goes on with 1100 and 1101.
                    if (!Add(index, hits, hit, target, pieces, pieces[p].End, field) && target < start && Add(index, hits, hit, target + power, pieces, pieces[p].End, field))
                    {
                        start = target + power;
                    }
                }
                else
                {
                    break;
                }
            }
        }
    }

    // From one number in full to another: all between them.
    private static void FillRanges(LedgerIndex index, TextPieces pieces, List<DocumentHit> hits, int from, TextField field)
    {
        var named = hits.Count;
        for (var a = from; a < named; a++)
        {
            for (var b = from; b < named; b++)
            {
                var (first, last) = (hits[a], hits[b]);
                if (first.Code == EvidenceCode.Number && last.Code == EvidenceCode.Number && first.End < last.Start && IsRange(pieces.Folded[first.End..last.Start])
                    && NumberOf(index, first.Item) is ( > 0 and var start, >= 2) && NumberOf(index, last.Item) is (var end, >= 2) && end - start is >= 2 and <= LongestRange)
                {
                    for (var value = start + 1; value < end; value++)
                    {
                        Add(index, hits, first, value, pieces, last.End, field);
                    }
                }
            }
        }
    }

    private static bool IsRange(ReadOnlySpan<char> between) =>
        between.Trim().Trim('.') is "-" or "BIS" or "TO" or "TOT" or "TM" or "T/M" or "T.M" or "UNTIL" or "THRU" or "THROUGH" or "AU" or "A" or "AL" or "HASTA" or "TIL" or "TILL" or "DO";

    // As an integer, with the count of its digits; none where they are more than it holds.
    private static (long Value, int Count) NumberOf(LedgerIndex index, int item)
    {
        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        return index.Digits(item, digits) is var count and <= MostDigits ? (Value(digits[..count]), count) : default;
    }

    private static void AddRange(LedgerIndex index, List<DocumentHit> hits, DocumentHit first, long start, long target, TextPieces pieces, int piece, TextField field)
    {
        for (var value = start + 1; value <= target; value++)
        {
            Add(index, hits, first, value, pieces, pieces[piece].End, field);
        }
    }

    // Whether a document of the family has the number.
    private static bool Add(LedgerIndex index, List<DocumentHit> hits, DocumentHit first, long value, TextPieces pieces, int end, TextField field)
    {
        Span<char> digits = stackalloc char[20];
        value.TryFormat(digits, out var length, provider: System.Globalization.CultureInfo.InvariantCulture);
        var key = KeyHash.Of(KeyForm.Digits, digits[..length]);
        if (index.CountPostings(key, 9) > 8)
        {
            return false;
        }

        var isFound = false;
        foreach (var (item, itsField) in index.Postings(key))
        {
            if (itsField == KeyField.Number && IsSameFamily(index, item, first.Item))
            {
                isFound = true;
                var completed = new DocumentHit(item, first.Weight / 2, EvidenceCode.NumberRange, first.Strength, pieces.Text, field, first.Start, end - first.Start);
                var known = hits.FindIndex(h => h.Item == item);
                if (known < 0)
                {
                    hits.Add(completed);
                }
                else if (hits[known] is { Code: EvidenceCode.NumberTail or EvidenceCode.NumberTypo })
                {
                    // Two endings of the list read together, 38/39, are by chance the end of one of its numbers, 1003839.
                    hits[known] = completed;
                }
            }
        }

        return isFound;
    }

    private static bool IsSameFamily(LedgerIndex index, int a, int b) =>
        index.CustomerOf(a) is var x and >= 0 && index.CustomerOf(b) is var y and >= 0 && index.Directory.Root(x) == index.Directory.Root(y);

    private static int PieceAfter(TextPieces pieces, int end)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Start >= end)
            {
                return i;
            }
        }

        return -1;
    }

    // '-' for a range, '/' for a list, nothing for neither. A word between two numbers may be either: "1001 bis 1005".
    private static char Separator(TextPieces pieces, int piece)
    {
        var gap = pieces.Gap(piece).Trim();
        return gap switch
        {
            "-" => '-',
            "/" or "," or "+" or "&" or ";" => '/',
            _ => '\0',
        };
    }

    private static long Power(int digits)
    {
        var power = 1L;
        for (var i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static long Value(ReadOnlySpan<char> digits)
    {
        var value = 0L;
        foreach (var c in digits)
        {
            value = (value * 10) + c - '0';
        }

        return value;
    }
}
