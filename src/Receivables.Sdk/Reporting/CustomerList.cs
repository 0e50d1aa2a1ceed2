using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Receivables.Sdk.Reporting;

/// <summary>Which columns of a customer's list mean what.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
/// <param name="Number">The header of the document's number.</param>
/// <param name="Date">The header of the date; null where there is none.</param>
/// <param name="Amount">The header of the amount.</param>
public sealed record CustomerListColumns(string Number, string? Date, string Amount)
{
    /// <summary>The separator; a comma by default.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The decimal mark, a full stop or a comma; a full stop by default. The other of the two, an apostrophe and blanks group digits.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>The pattern of dates in NodaTime's notation; <c>uuuu-MM-dd</c> by default.</summary>
    public string DatePattern { get; init; } = "uuuu-MM-dd";

    /// <summary>Whether the customer's list has what it owes as negative; not by default.</summary>
    public bool IsNegated { get; init; }
}

/// <summary>A customer's own list of what it owes, from a CSV file.</summary>
/// <remarks>Nothing is guessed: a row that cannot be read is in <see cref="Faults"/>, by its line. Immutable and safe to share between threads.</remarks>
/// <param name="Lines">The rows.</param>
/// <param name="Faults">The line numbers of rows that could not be read, from 1; 1 when a header is missing.</param>
public sealed record CustomerList(ImmutableArray<ReconciliationLine> Lines, ImmutableArray<int> Faults)
{
    /// <summary>Reads a list (RFC 4180, with the separator given).</summary>
    /// <param name="text">The text, with a header row.</param>
    /// <param name="columns">Which columns mean what.</param>
    /// <param name="currency">The currency of the amounts.</param>
    public static CustomerList FromCsv(string text, CustomerListColumns columns, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(columns);
        var rows = Rows(text, columns.Separator).Where(r => r.Fields.Any(f => f.Length > 0)).ToList();
        var header = rows.Count > 0 ? rows[0].Fields.ConvertAll(f => f.Trim()) : [];
        int number = header.IndexOf(columns.Number), amount = header.IndexOf(columns.Amount), date = columns.Date is null ? -1 : header.IndexOf(columns.Date);
        if (number < 0 || amount < 0 || (columns.Date is not null && date < 0))
        {
            return new CustomerList([], [1]);
        }

        var pattern = LocalDatePattern.CreateWithInvariantCulture(columns.DatePattern);
        var lines = ImmutableArray.CreateBuilder<ReconciliationLine>();
        var faults = ImmutableArray.CreateBuilder<int>();
        foreach (var (line, fields) in rows.Skip(1))
        {
            LocalDate? on = null;
            if (fields.Count <= Math.Max(number, Math.Max(amount, date)) || !TryAmount(fields[amount], columns.DecimalMark, out var value) || (date >= 0 && !TryDate(pattern, fields[date], out on)))
            {
                faults.Add(line);
                continue;
            }

            lines.Add(new ReconciliationLine(fields[number].Trim(), on, new Money(columns.IsNegated ? -value : value, currency)));
        }

        return new CustomerList(lines.ToImmutable(), faults.ToImmutable());
    }

    private static bool TryDate(LocalDatePattern pattern, string text, out LocalDate? date)
    {
        var result = pattern.Parse(text.Trim());
        date = result.Success ? result.Value : null;
        return result.Success;
    }

    private static bool TryAmount(string text, char mark, out decimal value)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
        {
            if (c == mark)
            {
                bare.Append('.');
            }
            else if (c is not (' ' or '\u00A0' or '\u202F' or '\'' or '.' or ','))
            {
                bare.Append(c);
            }
        }

        return decimal.TryParse(bare.ToString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    private static IEnumerable<(int Line, List<string> Fields)> Rows(string text, char separator)
    {
        var (fields, field, line, start, quoted) = (new List<string>(), new StringBuilder(), 1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            line += c == '\n' ? 1 : 0;
            if (quoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append(text[i++]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c == separator)
            {
                EndField();
            }
            else if (c == '\n')
            {
                EndField();
                yield return (start, fields);
                (fields, start) = ([], line);
            }
            else if (c is not ('\r' or '\uFEFF'))
            {
                field.Append(c);
            }
        }

        EndField();
        yield return (start, fields);

        void EndField()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }
}
