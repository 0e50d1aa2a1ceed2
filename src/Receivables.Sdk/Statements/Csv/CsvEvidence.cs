using System.Collections.Immutable;
using System.Text;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>What the first rows of a file prove about its numbers, dates and signs where its profile leaves them open.</summary>
internal static class CsvEvidence
{
    private const int MaxRows = 500;

    /// <summary>The forms of the file.</summary>
    /// <param name="layout">Its columns.</param>
    /// <param name="start">The start of the file.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="decoder">Reads its texts.</param>
    /// <param name="proved">What the running balance proved, in words; null when it was not needed.</param>
    internal static CsvValueReader Weigh(CsvLayout layout, ReadOnlySpan<byte> start, bool isWhole, TextDecoder decoder, out string? proved)
    {
        proved = null;
        var profile = layout.Profile;
        ImmutableArray<CsvDateFormat> dates = [.. profile.Dates.Select(d => CsvDateFormat.TryCreate(d, out var format) ? format! : null).OfType<CsvDateFormat>()];
        var isInverted = profile.Sign == CsvSignModel.Inverted;
        if (profile.DecimalSign is { } stated && dates.Length == 1 && !profile.IsGeneric)
        {
            return new CsvValueReader(new CsvNumberFormat(stated), dates, isInverted, decoder);
        }

        var rows = CsvRecognizer.ReadRows(start, isWhole, decoder, layout.Delimiter, layout.Quote, layout.FirstDataRow + MaxRows);
        var data = rows.Skip(layout.FirstDataRow).ToList();
        dates = KeepFitting(layout, data, dates);
        var sign = profile.DecimalSign ?? DecimalSignOf(layout, data);
        char[] signs = sign == CsvNumberFormat.Unknown ? ['.', ','] : [sign];
        bool[] inversions = profile.IsGeneric && profile.Sign == CsvSignModel.Signed ? [false, true] : [isInverted];
        if (layout.Balance >= 0 && signs.Length * inversions.Length > 1)
        {
            var holding = (from s in signs from i in inversions where BalanceHolds(layout, data, s, i) select (Sign: s, IsInverted: i)).ToList();
            if (holding is [var only])
            {
                proved = signs.Length > 1 ? $"The running balance proves '{only.Sign}' as the decimal sign." : only.IsInverted ? "The running balance proves that positive amounts are debits." : null;
                return new CsvValueReader(new CsvNumberFormat(only.Sign), dates, only.IsInverted, decoder);
            }
        }

        return new CsvValueReader(new CsvNumberFormat(sign == CsvNumberFormat.Unknown ? '\0' : sign), dates, isInverted, decoder);
    }

    // A form stays when it reads as many dates as any other: where none reads all, one odd date must not decide.
    private static ImmutableArray<CsvDateFormat> KeepFitting(CsvLayout layout, List<string[]> rows, ImmutableArray<CsvDateFormat> dates)
    {
        var fields = rows.SelectMany(r => new[] { Field(r, layout.BookingDate), Field(r, layout.ValueDate) }).Where(f => f.Length > 0).Select(Encoding.UTF8.GetBytes).ToList();
        if (dates.Length < 2 || fields.Count == 0)
        {
            return dates;
        }

        var hits = dates.Select(d => fields.Count(f => d.TryRead(f, out _))).ToList();
        var read = fields.Count(f => dates.Any(d => d.TryRead(f, out _)));

        // Forms that exclude each other (dd.MM.yy and dd.MM.yyyy) may both be in use: then none reads all.
        return hits.Contains(read) ? [.. dates.Where((_, i) => hits[i] == read)] : dates;
    }

    private static char DecimalSignOf(CsvLayout layout, List<string[]> rows)
    {
        int points = 0, commas = 0, unknown = 0;
        foreach (var field in rows.SelectMany(r => new[] { layout.Amount, layout.Debit, layout.Credit, layout.Balance }.Select(i => Field(r, i))))
        {
            if (field.Length > 0 && CsvNumberText.TryParse(field, out var number, out _))
            {
                switch (CsvNumberFormat.FindDecimalSign(number.Digits))
                {
                    case '.':
                        points++;
                        break;
                    case ',':
                        commas++;
                        break;
                    case CsvNumberFormat.Unknown:
                        unknown++;
                        break;
                    default:
                        break;
                }
            }
        }

        return (points, commas, unknown) switch
        {
            ( > 0, 0, _) => '.',
            (0, > 0, _) => ',',
            (0, 0, 0) => '.',
            _ => CsvNumberFormat.Unknown,
        };
    }

    private static bool BalanceHolds(CsvLayout layout, List<string[]> rows, char sign, bool isInverted)
    {
        var format = new CsvNumberFormat(sign);
        var chain = new RunningBalance();
        foreach (var row in rows)
        {
            var amount = CsvNumberResult.Empty;
            var value = 0m;
            if (layout.Amount >= 0)
            {
                amount = format.Read(Field(row, layout.Amount), out value, out _);
            }
            else if (layout.Debit >= 0)
            {
                amount = format.Read(Field(row, layout.Credit), out var credit, out _);
                var other = format.Read(Field(row, layout.Debit), out var debit, out _);
                amount = amount == CsvNumberResult.Empty ? other : amount;
                value = credit - Math.Abs(debit);
            }

            if (amount == CsvNumberResult.Ok)
            {
                var hasBalance = format.Read(Field(row, layout.Balance), out var balance, out _) == CsvNumberResult.Ok;
                chain.Add(isInverted ? -value : value, hasBalance ? balance : null);
            }
        }

        return chain.Links >= 2 && chain.Holds;
    }

    private static string Field(string[] row, int index) => (uint)index < (uint)row.Length ? row[index] : "";
}
