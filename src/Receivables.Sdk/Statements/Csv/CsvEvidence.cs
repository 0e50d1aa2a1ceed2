using System.Collections.Immutable;
using System.Text;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>What the first rows of a file prove about its numbers, dates and signs where its profile leaves them open.</summary>
internal static class CsvEvidence
{
    private const int MaxRows = 500;
    private const int FewRows = 50;

    /// <summary>The forms of the file.</summary>
    /// <param name="layout">Its columns.</param>
    /// <param name="start">The start of the file.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="decoder">Reads its texts.</param>
    /// <param name="diagnostics">Takes what the file proved.</param>
    internal static CsvValueReader Weigh(CsvLayout layout, ReadOnlySpan<byte> start, bool isWhole, TextDecoder decoder, DiagnosticBag diagnostics)
    {
        var profile = layout.Profile;
        var dates = CsvDateFormat.CreateAll(profile.Dates);
        var isInverted = profile.Sign == CsvSignModel.Inverted;
        var isStated = profile.DecimalSign is not null && dates.Length == 1 && !profile.IsGeneric;
        var rows = CsvRecognizer.ReadRows(start, isWhole, decoder, layout.Delimiter, layout.Quote, layout.FirstDataRow + (isStated ? FewRows : MaxRows));
        var data = rows.Skip(layout.FirstDataRow).ToList();
        dates = FormsOf(layout, data, dates, out var otherForm);
        isInverted |= layout.Sign == CsvSignModel.TwoColumns && layout.Balance < 0 && AreCreditsNegative(layout, data);
        var (found, proofs) = DecimalSignOf(layout, data);
        var sign = profile.DecimalSign ?? found;

        // One odd amount must not turn all others.
        if (proofs > 1 && found is '.' or ',' && found != sign)
        {
            (sign, otherForm) = (found, otherForm is null ? $"'{found}' is the decimal sign" : $"{otherForm}, '{found}' is the decimal sign");
        }

        if (otherForm is not null)
        {
            diagnostics.Info(CsvCodes.OtherForm, $"The rows are not written as the profile says, and all in one other form: {otherForm}.", SourceLocation.Start);
        }

        // Whole numbers prove nothing about those behind the start of the file.
        char[] signs = sign == CsvNumberFormat.Unknown ? ['.', ','] : sign == '\0' ? ['.'] : [sign];
        bool[] inversions = profile.IsGeneric && layout.Sign == CsvSignModel.Signed ? [false, true] : [isInverted];
        if (layout.Balance >= 0 && signs.Length * inversions.Length > 1)
        {
            var holding = (from s in signs from i in inversions where BalanceHolds(layout, data, s, i) select (Sign: s, IsInverted: i)).ToList();
            if (holding is [var only])
            {
                if (signs.Length > 1 || only.IsInverted)
                {
                    var proved = signs.Length > 1 ? $"'{only.Sign}' as the decimal sign" : "that positive amounts are debits";
                    diagnostics.Info(CsvCodes.ProvedByBalance, $"The running balance proves {proved}.", SourceLocation.Start);
                }

                return new CsvValueReader(new CsvNumberFormat(sign == '\0' ? sign : only.Sign), dates, only.IsInverted, decoder);
            }
        }

        return new CsvValueReader(new CsvNumberFormat(sign == CsvNumberFormat.Unknown ? '\0' : sign), dates, isInverted, decoder);
    }

    // The issuer of a card has debits without a sign and credits with a minus, all of them: the columns say which is which.
    private static bool AreCreditsNegative(CsvLayout layout, List<string[]> rows)
    {
        bool Are(int column, bool isNegative)
        {
            var signs = rows.Select(r => Field(r, column)).Where(f => f.AsSpan().IndexOfAnyInRange('1', '9') >= 0 && CsvNumberText.TryParse(f, out _, out _))
                .Select(f => CsvNumberText.TryParse(f, out var number, out _) && number.IsNegative).ToList();
            return signs.Count > 0 && signs.TrueForAll(s => s == isNegative);
        }

        return Are(layout.Credit, isNegative: true) && Are(layout.Debit, isNegative: false);
    }

    /// <summary>Whether the running balance holds in one reading of decimal sign and sign at least.</summary>
    internal static bool BalanceProves(CsvLayout layout, List<string[]> rows) =>
        layout.Balance >= 0 && ((char[])['.', ',']).Any(s => BalanceHolds(layout, rows, s, false) || BalanceHolds(layout, rows, s, true));

    // The profile's forms, as far as they fit; and where none of them reads a single date of a column, those that read them all.
    private static ImmutableArray<CsvDateFormat> FormsOf(CsvLayout layout, List<string[]> rows, ImmutableArray<CsvDateFormat> dates, out string? other)
    {
        other = null;
        var read = new List<byte[]>();
        var others = new List<byte[]>();
        foreach (var column in (ReadOnlySpan<int>)[layout.BookingDate, layout.ValueDate])
        {
            var fields = rows.Select(r => Field(r, column)).Where(f => f.Length > 0).Select(Encoding.UTF8.GetBytes).ToList();
            (fields.Exists(f => dates.Any(d => d.TryRead(f, out _))) ? read : others).AddRange(fields);
        }

        var kept = KeepFitting(read, dates);
        var dated = others.FindAll(f => f.AsSpan().IndexOfAnyInRange((byte)'0', (byte)'9') >= 0);
        if (dated.Count == 0)
        {
            return kept;
        }

        foreach (var forms in new[] { CsvDateFormat.Common, CsvDateFormat.CommonWithoutYear })
        {
            var fitting = CsvDateFormat.CreateAll(forms).Where(d => dated.TrueForAll(f => d.TryRead(f, out _))).ToImmutableArray();
            if (fitting.Length > 0)
            {
                other = $"dates are {string.Join(" or ", fitting)}";
                return read.Count > 0 ? [.. kept, .. fitting] : fitting;
            }
        }

        return kept;
    }

    // A form stays when it reads as many dates as any other: where none reads all, one odd date must not decide.
    private static ImmutableArray<CsvDateFormat> KeepFitting(List<byte[]> fields, ImmutableArray<CsvDateFormat> dates)
    {
        if (dates.Length < 2 || fields.Count == 0)
        {
            return dates;
        }

        var hits = dates.Select(d => fields.Count(f => d.TryRead(f, out _))).ToList();
        var read = fields.Count(f => dates.Any(d => d.TryRead(f, out _)));

        // Forms that exclude each other (dd.MM.yy and dd.MM.yyyy) may both be in use: then none reads all.
        return hits.Contains(read) ? [.. dates.Where((_, i) => hits[i] == read)] : dates;
    }

    private static (char Sign, int Proofs) DecimalSignOf(CsvLayout layout, List<string[]> rows)
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
            ( > 0, 0, _) => ('.', points),
            (0, > 0, _) => (',', commas),
            (0, 0, 0) => ('\0', 0),
            _ => (CsvNumberFormat.Unknown, 0),
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
