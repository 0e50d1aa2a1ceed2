using System.Collections.Immutable;
using System.Text;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>What the first rows of a file prove about its numbers, dates and signs where its profile leaves them open, or errs.</summary>
internal static class CsvEvidence
{
    private const int MaxRows = 500;
    private const int FewRows = 40;

    /// <summary>The forms of dates that are tried where a file has none of its profile's.</summary>
    private static readonly ImmutableArray<CsvDateFormat> OtherDates =
    [
        .. new[]
        {
            "yyyy-MM-dd", "dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "dd-MM-yyyy", "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd",
            "dd.MM.yy", "dd/MM/yy", "MM/dd/yy", "dd-MM-yy", "dd MMM yyyy", "dd-MMM-yyyy", "dd MMM yy", "dd-MMM-yy",
        }.Select(Format).OfType<CsvDateFormat>(),
    ];

    /// <summary>The forms of the file.</summary>
    /// <param name="layout">Its columns.</param>
    /// <param name="start">The start of the file.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="decoder">Reads its texts.</param>
    /// <param name="proved">What the running balance proved, in words; null when it was not needed.</param>
    /// <param name="hasOtherForm">Whether the rows themselves show another form of numbers or dates than the profile states.</param>
    internal static CsvValueReader Weigh(CsvLayout layout, ReadOnlySpan<byte> start, bool isWhole, TextDecoder decoder, out string? proved, out bool hasOtherForm)
    {
        proved = null;
        var profile = layout.Profile;
        ImmutableArray<CsvDateFormat> dates = [.. profile.Dates.Select(Format).OfType<CsvDateFormat>()];
        var isInverted = profile.Sign == CsvSignModel.Inverted;
        var isStated = profile.DecimalSign is not null && dates.Length == 1 && !profile.IsGeneric;
        var rows = CsvRecognizer.ReadRows(start, isWhole, decoder, layout.Delimiter, layout.Quote, layout.FirstDataRow + (isStated ? FewRows : MaxRows));
        var data = rows.Skip(layout.FirstDataRow).ToList();
        dates = KeepFitting(layout, data, dates, out hasOtherForm);
        var sign = DecimalSignOf(layout, data, profile.DecimalSign, out var hasOtherSign);
        hasOtherForm |= hasOtherSign;
        char[] signs = sign == CsvNumberFormat.Unknown ? ['.', ','] : [sign];
        bool[] inversions = Inversions(profile);
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

    /// <summary>Whether the running balance holds over the first rows in one reading of the amounts alone: then no column that nobody knows takes part in them.</summary>
    internal static bool IsProved(CsvLayout layout, List<string[]> rows)
    {
        var data = rows.Skip(layout.FirstDataRow).ToList();
        var sign = DecimalSignOf(layout, data, layout.Profile.DecimalSign, out _);
        char[] signs = sign == CsvNumberFormat.Unknown ? ['.', ','] : [sign];
        return Inversions(layout.Profile).Count(i => signs.Any(s => BalanceHolds(layout, data, s, i))) == 1;
    }

    // What a profile of no bank leaves open.
    private static bool[] Inversions(CsvProfile profile) =>
        profile.IsGeneric && profile.Sign == CsvSignModel.Signed ? [false, true] : [profile.Sign == CsvSignModel.Inverted];

    private static CsvDateFormat? Format(string form) => CsvDateFormat.TryCreate(form, out var format) ? format : null;

    // A form stays when it reads as many dates as any other: where none reads all, one odd date must not decide. Where the profile's read no date at all, others are tried.
    private static ImmutableArray<CsvDateFormat> KeepFitting(CsvLayout layout, List<string[]> rows, ImmutableArray<CsvDateFormat> dates, out bool hasOtherForm)
    {
        hasOtherForm = false;
        var fields = rows.SelectMany(r => new[] { Field(r, layout.BookingDate), Field(r, layout.ValueDate) }).Where(f => f.Length > 0).Select(Encoding.UTF8.GetBytes).ToList();
        if (fields.Count == 0)
        {
            return dates;
        }

        var read = fields.Count(f => dates.Any(d => d.TryRead(f, out _)));
        if (read == 0)
        {
            var most = OtherDates.Max(d => fields.Count(f => d.TryRead(f, out _)));
            hasOtherForm = most * 2 > fields.Count;
            return hasOtherForm ? [.. OtherDates.Where(d => fields.Count(f => d.TryRead(f, out _)) == most)] : dates;
        }

        var hits = dates.Select(d => fields.Count(f => d.TryRead(f, out _))).ToList();

        // Forms that exclude each other (dd.MM.yy and dd.MM.yyyy) may both be in use: then none reads all.
        return hits.Contains(read) ? [.. dates.Where((_, i) => hits[i] == read)] : dates;
    }

    // What the profile states, unless all amounts that can be read in one way only say otherwise, as after a spreadsheet saved the file again.
    private static char DecimalSignOf(CsvLayout layout, List<string[]> rows, char? stated, out bool hasOtherForm)
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

        hasOtherForm = (stated == ',' && points > 0 && commas == 0) || (stated == '.' && commas > 0 && points == 0);
        return hasOtherForm ? (stated == ',' ? '.' : ',') : stated ?? (points, commas, unknown) switch
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
