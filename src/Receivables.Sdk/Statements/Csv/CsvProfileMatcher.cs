using System.Collections.Immutable;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Tells whether a row is the header of a profile, or rows have the form of one without a header.</summary>
internal sealed class CsvProfileMatcher
{
    private const int TellingColumns = 8;

    private readonly (CsvColumn Column, CsvLabel[] Labels)[] _columns;
    private readonly ImmutableArray<CsvDateFormat> _dates;

    internal CsvProfileMatcher(CsvProfile profile)
    {
        Profile = profile;
        _columns = [.. profile.Columns.Select(c => (c, c.Labels.Select(l => new CsvLabel(l)).ToArray()))];
        _dates = CsvDateFormat.CreateAll(profile.Dates);
    }

    internal CsvProfile Profile { get; }

    /// <summary>Whether a folded header may be one of the profile's.</summary>
    internal bool Knows(string folded) => _columns.Any(c => Array.Exists(c.Labels, l => l.Matches(folded, out _)));

    /// <summary>The folded labels of each column that must be there, of those without placeholders.</summary>
    internal IEnumerable<List<string>> Keys() =>
        _columns.Where(c => !c.Column.IsOptional && Array.TrueForAll(c.Labels, l => l.Plain is not null)).Select(c => c.Labels.Select(l => l.Plain!).Distinct().ToList());

    /// <summary>The role of the column of a folded header; null when the profile has none of that name.</summary>
    internal CsvColumnRole? RoleOf(string folded)
    {
        foreach (var (column, labels) in _columns)
        {
            if (Array.Exists(labels, l => l.Matches(folded, out _)))
            {
                return column.Role;
            }
        }

        return null;
    }

    /// <summary>The layout, when the row is the profile's header; null when not.</summary>
    internal CsvLayout? MatchHeader(IReadOnlyList<string> names, IReadOnlyList<string> folded, byte delimiter, int row)
    {
        var known = new List<(CsvColumnRole, int)>();
        var isTaken = new bool[folded.Count];
        Currency? currency = null;
        foreach (var (column, labels) in _columns)
        {
            // The text of a transaction may also say whether it is a debit, or no transaction at all.
            var index = Find(folded, column.Role is CsvColumnRole.Mark or CsvColumnRole.Status ? new bool[folded.Count] : isTaken, labels, out var named);
            if (index >= 0 && folded[index].Length == 0 && known.Count > 0 && Array.FindIndex([.. folded], known[^1].Item2 + 1, f => f.Length == 0) is >= 0 and var behind && !isTaken[behind])
            {
                // Of columns without a name the one behind the column that the profile names before it.
                index = behind;
            }

            if (index < 0)
            {
                if (column.IsOptional)
                {
                    continue;
                }

                return null;
            }

            isTaken[index] = true;
            currency ??= named ?? (IsMoney(column.Role) ? CsvCurrencyNames.FindSign(names[index]) : null);
            known.Add((column.Role, index));
        }

        if (Profile.Sign == CsvSignModel.ByColumns)
        {
            return MatchNames(names, folded, known, currency, delimiter, row);
        }

        var unknown = new List<(string, int)>();
        for (var i = 0; i < folded.Count; i++)
        {
            // A second column of a name that is known (the currency of the balance beside that of the amount) says nothing new.
            if (!isTaken[i] && folded[i].Length > 0 && !Knows(folded[i]))
            {
                unknown.Add((names[i], i));
            }
        }

        // A profile of no bank must know every column: what it does not know may be the sign.
        // A layout of many columns of its own is told by them, whatever else a long report holds.
        var isFit = Profile.IsGeneric ? unknown.Count == 0 : unknown.Count * 2 <= known.Count || _columns.Count(c => !c.Column.IsOptional) >= TellingColumns;
        return isFit ? CsvLayout.Create(Profile, Profile.Sign, delimiter, row + 1, known, unknown, names, currency) : null;
    }

    // The columns that the file has tell how amounts get their sign. What remains is kept under its name; the rows must prove the rest.
    private CsvLayout? MatchNames(
        IReadOnlyList<string> names, IReadOnlyList<string> folded, List<(CsvColumnRole Role, int Index)> known, Currency? currency, byte delimiter, int row)
    {
        bool Has(CsvColumnRole role) => known.Exists(k => k.Role == role);
        var sign = Has(CsvColumnRole.Debit) && Has(CsvColumnRole.Credit) ? CsvSignModel.TwoColumns : Has(CsvColumnRole.Mark) ? CsvSignModel.Mark : CsvSignModel.Signed;
        known.RemoveAll(k => k.Role switch
        {
            CsvColumnRole.Debit or CsvColumnRole.Credit => sign != CsvSignModel.TwoColumns,
            CsvColumnRole.Amount or CsvColumnRole.Mark => sign == CsvSignModel.TwoColumns,
            _ => false,
        });
        if (!Has(CsvColumnRole.Amount) && sign != CsvSignModel.TwoColumns)
        {
            return null;
        }

        var unknown = new List<(string, int)>();
        for (var i = 0; i < folded.Count; i++)
        {
            if (folded[i].Length == 0 || known.Exists(k => k.Index == i))
            {
                continue;
            }

            // A text in several columns: Verwendungszweck 1, Verwendungszweck 2.
            var role = RoleOf(folded[i]) ?? (RoleOf(folded[i].TrimEnd("0123456789".ToCharArray())) is CsvColumnRole.Remittance ? CsvColumnRole.Remittance : null);
            if (role is CsvColumnRole.Amount or CsvColumnRole.Debit or CsvColumnRole.Credit && sign != CsvSignModel.TwoColumns)
            {
                // Two columns that may be the amount: which of them is the account's is not said.
                return null;
            }

            if (role == CsvColumnRole.Remittance)
            {
                known.Add((CsvColumnRole.Remittance, i));
            }
            else
            {
                unknown.Add((names[i], i));
            }
        }

        var hasText = Has(CsvColumnRole.Remittance) || Has(CsvColumnRole.CounterpartyName) || Has(CsvColumnRole.BookingText) || Has(CsvColumnRole.CustomerReference) || Has(CsvColumnRole.BankReference);
        return hasText ? CsvLayout.Create(Profile, sign, delimiter, row + 1, known, unknown, names, currency) : null;
    }

    private static bool IsMoney(CsvColumnRole role) => role is CsvColumnRole.Amount or CsvColumnRole.Debit or CsvColumnRole.Credit or CsvColumnRole.Balance;

    /// <summary>The layout, when all rows have the form of the profile's columns; null when not.</summary>
    internal CsvLayout? MatchShape(IReadOnlyList<string[]> rows, byte delimiter)
    {
        // Rows that go on with the text of the row before are of no shape.
        if (Profile.HasContinuationRows && rows.Count > 0 && IsOfShape(rows[0]))
        {
            rows = [.. rows.Where(r => r.Length == 0 || r[0].Length > 0)];
        }

        if (Profile.HasTitleRow)
        {
            rows = [.. rows.Skip(1)];
        }

        if (rows.Count == 0 || Profile.Delimiter is { } own && own != delimiter || !rows.All(IsOfShape))
        {
            return null;
        }

        var known = Profile.Columns.Select((c, i) => (c.Role, i)).ToList();
        return CsvLayout.Create(Profile, Profile.Sign, delimiter, Profile.HasTitleRow ? 1 : 0, known, [], [.. Profile.Columns.Select(c => c.Labels.Count > 0 ? c.Labels[0] : "")], null);
    }

    private static int Find(IReadOnlyList<string> folded, bool[] isTaken, CsvLabel[] labels, out Currency? currency)
    {
        // The first label of a profile that stands there wins, then the first column.
        foreach (var label in labels)
        {
            for (var i = 0; i < folded.Count; i++)
            {
                if (!isTaken[i] && label.Matches(folded[i], out currency))
                {
                    return i;
                }
            }
        }

        currency = null;
        return -1;
    }

    private bool IsOfShape(string[] row)
    {
        var least = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            least = _columns[i].Column.IsOptional ? least : i + 1;
        }

        if (row.Length < least || row.Skip(_columns.Length).Any(f => f.Length > 0))
        {
            return false;
        }

        var hasAmount = false;
        for (var i = 0; i < _columns.Length; i++)
        {
            var field = i < row.Length ? row[i] : "";
            if (!FitsColumn(_columns[i].Column, field, ref hasAmount))
            {
                return false;
            }
        }

        return hasAmount;
    }

    private bool FitsColumn(CsvColumn column, string field, ref bool hasAmount)
    {
        if (field.Length == 0)
        {
            return column.IsEmpty || column.IsOptional || (column.Texts.Count == 0 && column.Role is not (CsvColumnRole.BookingDate or CsvColumnRole.Amount or CsvColumnRole.Mark or CsvColumnRole.Currency or CsvColumnRole.Account));
        }

        if (column.Texts.Count > 0 && !column.Texts.Contains(field))
        {
            return false;
        }

        switch (column.Role)
        {
            case CsvColumnRole.BookingDate or CsvColumnRole.ValueDate:
                var bytes = System.Text.Encoding.UTF8.GetBytes(field);
                return _dates.Any(d => d.TryRead(bytes, out _));
            case CsvColumnRole.Amount or CsvColumnRole.Debit or CsvColumnRole.Credit or CsvColumnRole.Balance:
                var result = new CsvNumberFormat(Profile.DecimalSign ?? '\0').Read(field, out _, out _);
                hasAmount |= column.Role != CsvColumnRole.Balance && result == CsvNumberResult.Ok;
                return result is CsvNumberResult.Ok or CsvNumberResult.Empty;
            case CsvColumnRole.Currency:
                return Currency.TryParse(field, out _);
            case CsvColumnRole.Account:
                return field.Count(char.IsAsciiDigit) >= 5;
            case CsvColumnRole.Mark:
                return CsvWordList.Contains(Profile.Marks.Debit, field) || CsvWordList.Contains(Profile.Marks.Credit, field);
            default:
                return !column.IsEmpty;
        }
    }
}
