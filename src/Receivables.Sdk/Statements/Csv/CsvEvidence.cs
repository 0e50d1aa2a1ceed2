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
        var rows = CsvRecognizer.ReadRows(start, isWhole, decoder, layout.Delimiter, layout.Quote, layout.FirstDataRow + (isStated ? FewRows : MaxRows), layout.IsRowQuoted);
        var data = rows.Skip(layout.FirstDataRow).ToList();
        if (layout.IsRowQuoted)
        {
            diagnostics.Warning(CsvCodes.QuotedRows, "Whole rows stand within quotes, as if each were one field; they were read without them.", SourceLocation.Start);
        }

        dates = FormsOf(layout, data, dates, out var otherForm);
        var isDateProved = otherForm is not null;
        isInverted |= layout.Sign == CsvSignModel.TwoColumns && layout.Balance < 0 && AreCreditsNegative(layout, data);
        var (found, proofs) = DecimalSignOf(layout, data);
        var sign = profile.DecimalSign ?? found;

        // One odd amount must not turn all others.
        if (proofs > 1 && found is '.' or ',' && found != sign)
        {
            (sign, otherForm) = (found, otherForm is null ? $"'{found}' is the decimal sign" : $"{otherForm}, '{found}' is the decimal sign");
        }

        if (!isDateProved && MayHaveMonthFirst(layout, data, dates))
        {
            diagnostics.Warning(
                CsvCodes.DateOrderNotProved, $"Dates have no leading zeros, as those of the layout have ({dates[0]}): another program wrote them. Where it put the month first nothing in the file shows it.", SourceLocation.Start);
        }

        if (profile.DecimalSign is { } stated && found == CsvNumberFormat.Unknown && AreGroupedAlone(layout, data, stated))
        {
            sign = CsvNumberFormat.Unknown;
        }

        if (otherForm is not null)
        {
            diagnostics.Warning(CsvCodes.OtherForm, $"The rows are not written as the profile says, and all in one other form: {otherForm}.", SourceLocation.Start);
        }

        // Whole numbers prove nothing about those behind the start of the file.
        char[] signs = sign == CsvNumberFormat.Unknown ? ['.', ','] : sign == '\0' ? ['.'] : [sign];
        var letters = LettersOf(layout, data);
        var mayBeInverted = profile.IsGeneric && layout.Sign == CsvSignModel.Signed;
        var decided = sign == CsvNumberFormat.Unknown ? '\0' : sign;
        var isProved = false;
        var isOpposite = false;
        if (layout.Balance >= 0)
        {
            var holding = new List<(char Sign, bool IsTurned)>();
            foreach (var s in signs)
            {
                foreach (var isTurned in (ReadOnlySpan<bool>)[false, true])
                {
                    // A layout that states its signs is doubted only where they do not add up.
                    if (isTurned && isProved && !mayBeInverted)
                    {
                        break;
                    }

                    var links = BalanceHolds(layout, data, new CsvNumberFormat(s, letters), isInverted, isTurned);
                    isProved |= links > 0 && !isTurned;
                    if (links >= (isTurned && !mayBeInverted ? 3 : 2))
                    {
                        holding.Add((s, isTurned));
                    }
                }
            }

            if (holding is [var only])
            {
                decided = sign == '\0' ? sign : only.Sign;
                isProved = true;
                isOpposite = only.IsTurned;
                if (signs.Length > 1 || only.IsTurned)
                {
                    TellProof(layout, only.Sign, signs.Length > 1, only.IsTurned, mayBeInverted, diagnostics);
                }
            }
        }

        return new CsvValueReader(new CsvNumberFormat(decided, letters), dates, mayBeInverted ? isOpposite : isInverted, decoder)
        {
            IsOpposite = isOpposite && !mayBeInverted,
            HasBareAmounts = profile.Sign == CsvSignModel.Inverted && HasBareAmounts(layout, data),
            IsSignTaken = mayBeInverted && !isProved && HasBareAmounts(layout, data),
        };
    }

    private static void TellProof(CsvLayout layout, char sign, bool isSignProved, bool isTurned, bool mayBeInverted, DiagnosticBag diagnostics)
    {
        if (isSignProved || mayBeInverted)
        {
            // Signs other than those that are written are nothing to pass over in silence.
            if (isTurned && mayBeInverted)
            {
                diagnostics.Warning(CsvCodes.ProvedByBalance, "The running balance proves that positive amounts are debits; all signs were read so.", SourceLocation.Start);
            }
            else
            {
                diagnostics.Info(CsvCodes.ProvedByBalance, $"The running balance proves '{sign}' as the decimal sign.", SourceLocation.Start);
            }
        }

        if (isTurned && !mayBeInverted)
        {
            diagnostics.Warning(
                CsvCodes.OtherSide, $"The running balance proves that all debits and credits are the other way round than the columns say ({layout.Profile.Name}), as in the books of the account's holder; they were read so.", SourceLocation.Start);
        }
    }

    // Every amount is 1,234 where the point is the decimal sign: thousands without decimals, all of them, or three decimals that another program wrote. In
    // currencies without decimals they are thousands. Where the comma is, and whole amounts stand beside them, a bank that writes three decimals would have
    // written these with them, too.
    private static bool AreGroupedAlone(CsvLayout layout, List<string[]> rows, char stated)
    {
        var currency = rows.Select(r => Sdk.Currency.TryParse(Field(r, layout.Currency), out var c) ? c : (Currency?)null).FirstOrDefault(c => c is not null)
            ?? layout.HeaderCurrency ?? layout.Profile.Currency;
        if (currency is { MinorUnitDigits: 0 })
        {
            return false;
        }

        int whole = 0, grouped = 0, ofThree = 0;
        foreach (var field in rows.SelectMany(r => new[] { layout.Amount, layout.OtherAmount, layout.Debit, layout.Credit }.Select(i => Field(r, i))))
        {
            if (field.AsSpan().IndexOfAnyInRange('1', '9') < 0 || !CsvNumberText.TryParse(field, out var number, out _))
            {
                continue;
            }

            switch (CsvNumberFormat.FindDecimalSign(number.Digits))
            {
                case '\0':
                    whole++;
                    break;
                case not CsvNumberFormat.Unknown:
                    return false;
                default:
                    ofThree += number.Digits.Contains(stated, StringComparison.Ordinal) ? 1 : 0;
                    grouped++;
                    break;
            }
        }

        return ofThree > 0 ? whole > 0 && currency is not { MinorUnitDigits: > 2 } && !HasDecimals(rows, layout.Balance) : grouped > 0 && whole == 0;
    }

    private static bool HasDecimals(List<string[]> rows, int column) =>
        rows.Exists(r => CsvNumberText.TryParse(Field(r, column), out var number, out _) && CsvNumberFormat.FindDecimalSign(number.Digits) is not ('\0' or CsvNumberFormat.Unknown));

    // Amounts that do not say in letters what they are.
    private static bool HasBareAmounts(CsvLayout layout, List<string[]> rows) =>
        rows.Exists(r => CsvNumberText.TryParse(Field(r, layout.Amount), out var number, out _) && number is { IsMarked: false, Digits.Length: > 0 });

    // Which letter is the debit's is told by the letters that stand side by side; C alone is a credit in one language and a debit (cargo) in another.
    private static string? LettersOf(CsvLayout layout, List<string[]> rows)
    {
        var letters = new SortedSet<char>();
        foreach (var row in rows)
        {
            foreach (var column in (ReadOnlySpan<int>)[layout.Amount, layout.Debit, layout.Credit, layout.Balance])
            {
                if (Field(row, column) is { Length: > 0 } field && CsvNumberText.TryParse(field, out var number, out _) && number.Letter != 0)
                {
                    letters.Add(number.Letter);
                }
            }
        }

        return string.Concat(letters) switch
        {
            "D" or "CD" => "DC",
            "S" or "H" or "HS" => "SH",
            "DH" => "DH",
            "A" or "AD" => "DA",
            "AC" => "CA",
            _ => null,
        };
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
        layout.Balance >= 0 && ((char[])['.', ',']).Any(s => BalanceHolds(layout, rows, new CsvNumberFormat(s, LettersOf(layout, rows)), false, false) >= 2 || BalanceHolds(layout, rows, new CsvNumberFormat(s, LettersOf(layout, rows)), false, true) >= 2);

    // The profile's forms, as far as they fit; and where none of them reads a single date of a column, those that read them all.
    private static ImmutableArray<CsvDateFormat> FormsOf(CsvLayout layout, List<string[]> rows, ImmutableArray<CsvDateFormat> dates, out string? other)
    {
        other = null;
        var read = new List<byte[]>();
        var others = new List<byte[]>();
        foreach (var column in (ReadOnlySpan<int>)[layout.BookingDate, layout.ValueDate])
        {
            var fields = rows.Select(r => Field(r, column)).Where(f => f.Length > 0).Select(Encoding.UTF8.GetBytes).ToList();
            (fields.Exists(f => dates.Any(d => d.TryRead(f, out _))) && !AreOfAnotherForm(fields, dates) ? read : others).AddRange(fields);
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

    // Spreadsheets write dates anew, in the manner of their owner's country. A day beyond the twelfth would tell.
    private static bool MayHaveMonthFirst(CsvLayout layout, List<string[]> rows, ImmutableArray<CsvDateFormat> dates)
    {
        if (dates is not [var only] || only.ToString() is not ("dd/MM/yyyy" or "MM/dd/yyyy"))
        {
            return false;
        }

        bool isShort = false, isEither = false;
        foreach (var field in rows.SelectMany(r => new[] { layout.BookingDate, layout.ValueDate }.Select(i => Field(r, i))))
        {
            if (field.Length is < 8 or > 10 && !field.Contains(' ', StringComparison.Ordinal))
            {
                continue;
            }

            var parts = field.Split(' ')[0].Split('/');
            if (parts is not [{ Length: 1 or 2 } first, { Length: 1 or 2 } second, { Length: 4 }] || (Number(first), Number(second)) is not ( > 0 and var a, > 0 and var b))
            {
                continue;
            }

            if (a > 12 || b > 12)
            {
                return false;
            }

            isShort |= first.Length == 1 || second.Length == 1;
            isEither |= a != b;
        }

        return isShort && isEither;
    }

    private static int Number(string digits) => digits.All(char.IsAsciiDigit) ? digits.Aggregate(0, (n, c) => (n * 10) + c - '0') : 0;

    // Days that no month has prove the other order of day and month for those, too, that can be read in both: where several dates are none, and one other
    // form reads every one.
    private static bool AreOfAnotherForm(List<byte[]> fields, ImmutableArray<CsvDateFormat> dates)
    {
        var dated = fields.FindAll(f => f.AsSpan().IndexOfAnyInRange((byte)'0', (byte)'9') >= 0);
        return dated.FindAll(f => !dates.Any(d => d.TryRead(f, out _))).ConvertAll(Encoding.UTF8.GetString).Distinct(StringComparer.Ordinal).Count() >= 2
            && CsvDateFormat.CreateAll(CsvDateFormat.Common).Any(d => dated.TrueForAll(f => d.TryRead(f, out _)));
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

    // How many pairs of balances agree, where all do; 0 where not all do.
    private static int BalanceHolds(CsvLayout layout, List<string[]> rows, CsvNumberFormat format, bool isInverted, bool isTurned)
    {
        var chain = new RunningBalance();
        foreach (var row in rows)
        {
            if (AmountOf(layout, row, format, isInverted, isTurned) is { } value)
            {
                var hasBalance = format.Read(Field(row, layout.Balance), out var balance, out _) == CsvNumberResult.Ok;
                chain.Add(value, hasBalance ? balance : null);
            }
        }

        return chain.Holds ? chain.Links : 0;
    }

    private static decimal? AmountOf(CsvLayout layout, string[] row, CsvNumberFormat format, bool isInverted, bool isTurned)
    {
        if (layout.Amount < 0)
        {
            var amount = format.Read(Field(row, layout.Credit), out var credit, out _);
            var other = format.Read(Field(row, layout.Debit), out var debit, out _);
            var sum = (isInverted ? Math.Abs(credit) : credit) - Math.Abs(debit);
            return amount == CsvNumberResult.Ok || (amount == CsvNumberResult.Empty && other == CsvNumberResult.Ok) ? isTurned ? -sum : sum : null;
        }

        var field = Field(row, layout.Amount);
        if (format.Read(field, out var value, out _) != CsvNumberResult.Ok)
        {
            return null;
        }

        if (layout.HasMarks)
        {
            var marks = layout.Profile.Marks;
            var text = Field(row, layout.Mark);
            int? sign = CsvWordList.Contains(marks.Debit, text) ? -1 : CsvWordList.Contains(marks.Credit, text) ? 1 : null;
            value = sign is null ? 0m : sign.Value * Math.Abs(value);
            return sign is null ? null : isTurned ? -value : value;
        }

        // Letters mean the same whatever the signs do.
        var isMarked = CsvNumberText.TryParse(field, out var number, out _) && number.IsMarked;
        return (isInverted ^ isTurned) && !isMarked ? -value : value;
    }

    private static string Field(string[] row, int index) => (uint)index < (uint)row.Length ? row[index] : "";
}
