using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Finds the profile of a file in its first rows: by the header, wherever it stands, else by the form of the rows.</summary>
internal static class CsvRecognizer
{
    private const int MaxRows = 64;
    private const int ShapeRows = 10;
    private const int ProofRows = 500;

    /// <summary>What stands between fields, in the order in which it is tried.</summary>
    internal static ReadOnlySpan<byte> Delimiters => ";,\t|"u8;

    /// <summary>The layout; null when no profile fits.</summary>
    /// <param name="start">The start of the file behind its byte order mark: UTF-8 or a single-byte page.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="decoder">Reads its texts.</param>
    /// <param name="own">The profiles of the host, which win.</param>
    /// <param name="builtIn">The built-in ones; null where only the host's count.</param>
    internal static CsvLayout? Find(ReadOnlySpan<byte> start, bool isWhole, TextDecoder decoder, CsvProfileIndex own, CsvProfileIndex? builtIn) =>
        Find(start, isWhole, decoder, own, builtIn, isRowQuoted: false) ?? Find(start, isWhole, decoder, own, builtIn, isRowQuoted: true);

    private static CsvLayout? Find(ReadOnlySpan<byte> start, bool isWhole, TextDecoder decoder, CsvProfileIndex own, CsvProfileIndex? builtIn, bool isRowQuoted)
    {
        var tables = new List<(byte Delimiter, List<string[]> Rows)>();
        foreach (var delimiter in CandidateDelimiters(own))
        {
            var rows = ReadRows(start, isWhole, decoder, delimiter, (byte)'"', MaxRows, isRowQuoted, out var unwrapped);
            if (!isRowQuoted || unwrapped > 0)
            {
                tables.Add((delimiter, rows));
            }
        }

        if (tables.Count == 0)
        {
            return null;
        }

        var layout = FindAmong(tables, own, start, isWhole, decoder, isRowQuoted) ?? (builtIn is null ? null : FindAmong(tables, builtIn, start, isWhole, decoder, isRowQuoted));
        layout?.IsRowQuoted = isRowQuoted;
        return layout;
    }

    /// <summary>Whether the bytes look like delimited text: rows that have the same number of fields, at least two.</summary>
    internal static bool LooksDelimited(ReadOnlySpan<byte> start, bool isWhole, TextDecoder decoder)
    {
        foreach (var delimiter in Delimiters)
        {
            var counts = ReadRows(start, isWhole, decoder, delimiter, (byte)'"', 20).ConvertAll(r => r.Length);
            if (counts.Count >= 2 && counts[^1] >= 2 && counts.Skip(counts.Count / 2).All(c => c == counts[^1]))
            {
                return true;
            }

            // Text may stand before and behind a table.
            if (counts.Where(c => c >= 3).CountBy(c => c).Any(c => c.Value >= 3 && c.Value * 3 >= counts.Count))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first rows as texts.</summary>
    internal static List<string[]> ReadRows(ReadOnlySpan<byte> start, bool isWhole, TextDecoder decoder, byte delimiter, byte quote, int most, bool isRowQuoted = false) =>
        ReadRows(start, isWhole, decoder, delimiter, quote, most, isRowQuoted, out _);

    private static List<string[]> ReadRows(ReadOnlySpan<byte> start, bool isWhole, TextDecoder decoder, byte delimiter, byte quote, int most, bool isRowQuoted, out int unwrapped)
    {
        unwrapped = 0;
        var rows = new List<string[]>();
        var tokenizer = new CsvTokenizer(delimiter, quote);
        var scratch = new CsvScratch();
        while (rows.Count < most && tokenizer.TryRead(start, isWhole))
        {
            var row = new CsvRow(start, tokenizer, quote, scratch);
            if (isRowQuoted && row.IsOneField(delimiter) && ReadRows(row[0].ToArray(), true, decoder, delimiter, quote, 1) is [var inner])
            {
                unwrapped++;
                rows.Add(inner);
                continue;
            }

            var fields = new string[row.Count];
            for (var i = 0; i < fields.Length; i++)
            {
                fields[i] = decoder.Decode(row[i]);
            }

            rows.Add(fields);
        }

        return rows;
    }

    private static byte[] CandidateDelimiters(CsvProfileIndex own)
    {
        var extra = own.All.Select(m => m.Profile.Delimiter).OfType<char>().Select(c => (byte)c);
        return [.. Delimiters.ToArray().Concat(extra).Distinct()];
    }

    private static CsvLayout? FindAmong(
        List<(byte Delimiter, List<string[]> Rows)> tables, CsvProfileIndex profiles, ReadOnlySpan<byte> start, bool isWhole, TextDecoder decoder, bool isRowQuoted)
    {
        CsvLayout? best = null;
        foreach (var (delimiter, rows) in tables)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var found = MatchRow(rows[i], i, delimiter, profiles);
                if (found is { Profile.Sign: CsvSignModel.ByColumns })
                {
                    found = CsvNameProof.Confirm(found, ReadRows(start, isWhole, decoder, delimiter, found.Quote, found.FirstDataRow + ProofRows, isRowQuoted).Skip(found.FirstDataRow));
                }

                best = Better(best, found);
            }
        }

        if (best is not null)
        {
            return best;
        }

        foreach (var (delimiter, rows) in tables)
        {
            var data = WithText(rows);
            foreach (var matcher in profiles.WithoutHeader)
            {
                // Where a bank quotes with another character its rows are other rows.
                best ??= matcher.Profile.Quote is { } quote and not '"' && matcher.Profile.Delimiter == (char)delimiter
                    ? matcher.MatchShape(WithText(ReadRows(start, isWhole, decoder, delimiter, (byte)quote, MaxRows, isRowQuoted)), delimiter)
                    : matcher.MatchShape(data, delimiter);
            }
        }

        return best;
    }

    private static List<string[]> WithText(List<string[]> rows) => [.. rows.Where(r => r.Any(f => f.Length > 0)).Take(ShapeRows)];

    private static CsvLayout? MatchRow(string[] row, int index, byte delimiter, CsvProfileIndex profiles)
    {
        // Headers are words: a row of figures or of one field is none.
        if (row.Count(f => f.Length > 0) < 2 || row.Any(f => f.Length is >= 6 and <= 40 && f.Count(char.IsAsciiDigit) * 2 > f.Length))
        {
            return null;
        }

        var folded = Array.ConvertAll(row, CsvLabel.Fold);
        CsvLayout? best = null;
        foreach (var matcher in profiles.CandidatesFor(folded))
        {
            best = Better(best, matcher.MatchHeader(row, folded, delimiter, index));
        }

        return best;
    }

    // A bank's own profile before one of no bank, then the one that knows more columns, then the earlier one.
    private static CsvLayout? Better(CsvLayout? left, CsvLayout? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        // A file of several sections has several headers; the first of them begins it.
        if (ReferenceEquals(left.Profile, right.Profile) && left.Delimiter == right.Delimiter)
        {
            return left;
        }

        if (left.Profile.IsGeneric != right.Profile.IsGeneric)
        {
            return left.Profile.IsGeneric ? right : left;
        }

        return right.Known - right.Unknown > left.Known - left.Unknown ? right : left;
    }
}
