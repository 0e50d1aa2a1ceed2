using System.Text;
using FsCheck.Fluent;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Statements;
using Receivables.Sdk.Tests.Statements.Fuzz;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Csv;

/// <summary>The short way of plain rows reads what the long one reads: in files as they are written, and in files that were changed anywhere.</summary>
public class CsvPlainRowsTests
{
    private static readonly CsvStatementReader Short = new();
    private static readonly CsvStatementReader Long = new() { ReadsPlainRows = false };

    private static readonly byte[][] Snippets =
        [.. new[] { "\"\"", "-", "+", "1.234,56", "0,00", "-0,00", "Bij", "Af", "€", "\u00e9", "RF18539007547034", "+++090/9337/55493+++", "NOTPROVIDED", "SVWZ+", "EREF+", ";", ",", "\n", "20260131", "31-02-2026", "123456", "USD", "=\"0123\"", " " }.Select(Encoding.UTF8.GetBytes)];

    // Some have columns for marks, some two columns, a status, identifiers, fields that nobody knows.
    private static string Write(SampleMonth month, int layout) => layout switch
    {
        0 => CsvWriter.Ing(month),
        1 => CsvWriter.Rabobank(month),
        2 => CsvWriter.Kbc(month),
        _ => TwoColumns(month),
    };

    private static string TwoColumns(SampleMonth month)
    {
        var text = new StringBuilder("Date,Value date,Description,Counterparty,Counterparty account,Debit,Credit,Balance,Status,Remark\n");
        var balance = month.Opening;
        foreach (var row in month.Rows)
        {
            balance += row.Amount;
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{row.BookingDate:uuuu-MM-dd},{row.ValueDate:uuuu-MM-dd},{row.Remittance},{row.Name},{row.Iban},{(row.Amount < 0 ? -row.Amount : ""):0.00},{(row.Amount > 0 ? row.Amount : ""):0.00},{balance:0.00},Booked,{row.EndToEndId}\n");
        }

        return text.ToString();
    }

    [Fact]
    public void Both_ways_read_the_same() => Law.ForAll(
        from seed in Gen.Choose(1, 10_000)
        from rows in Gen.Choose(0, 40)
        from layout in Gen.Choose(0, 3)
        from changes in Gen.Choose(0, 4)
        select (seed, rows, layout, changes),
        x =>
        {
            var file = Encoding.UTF8.GetBytes(Write(SampleMonth.Create(x.seed, x.rows), x.layout));
            var random = new SampleRandom((uint)x.seed);
            for (var i = 0; i < x.changes; i++)
            {
                file = Mutator.Mutate(file, Snippets, random);
            }

            Assert.Equal(Read(Long, file), Read(Short, file));
        },
        400);

    [CorpusFact]
    public void Both_ways_read_the_same_in_every_file_of_a_bank()
    {
        foreach (var file in Corpus.Files("csv", f => f.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)))
        {
            var bytes = File.ReadAllBytes(file);
            Assert.True(Read(Long, bytes) == Read(Short, bytes), file);
        }
    }

    [Fact]
    public void Balances_in_whole_units_prove_what_decimals_prove() => Law.ForAll(
        (from amount in Gen.Choose(-300, 300)
         from amountScale in Gen.Frequency((6, Gen.Constant(2)), (1, Gen.Choose(0, 4)))
         from balanceScale in Gen.Frequency((6, Gen.Constant(2)), (1, Gen.Choose(0, 4)))
         from isOff in Gen.Frequency((12, Gen.Constant(0)), (1, Gen.Choose(-3, 3)))
         from hasBalance in Gen.Frequency((8, Gen.Constant(true)), (1, Gen.Constant(false)))
         select (Amount: new decimal(Math.Abs(amount), 0, 0, amount < 0, (byte)amountScale), balanceScale, isOff, hasBalance)).ListOf(),
        rows => Assert.All((bool[])[false, true], isFalling =>
        {
            var (fast, plain) = (new RunningBalance(), new PlainBalance());
            var (balance, before) = (100.00m, 0m);
            foreach (var (amount, scale, isOff, hasBalance) in rows)
            {
                balance += (isFalling ? -before : amount) + isOff;
                before = amount;
                decimal? stated = hasBalance ? decimal.Round(balance, scale) : null;
                fast.Add(amount, stated);
                plain.Add(amount, stated);
            }

            foreach (var isDescending in (bool[])[false, true])
            {
                Assert.Equal(plain.Finish(isDescending), fast.Finish(isDescending));
            }

            Assert.Equal((plain.Links, plain.UnprovedRows), (fast.Links, fast.UnprovedRows));
        }));

    [Fact]
    public void The_fields_of_a_simple_row_are_found_in_one_pass_as_one_by_one() => Law.ForAll(
        from quote in Gen.Elements((byte)'"', (byte)0)
        from parts in Gen.Elements("\"", "\"a\"", "\" b \"", "\"\"", "=\"01\"", ";", ";", ";", " ", "\t", "=", "x", "123,45", "\0", "\n").ArrayOf()
        select (quote, Bytes: Encoding.Latin1.GetBytes(string.Concat(parts))),
        x =>
        {
            var tokenizer = new CsvTokenizer((byte)';', x.quote);
            while (tokenizer.TryRead(x.Bytes, isLast: true))
            {
                var row = new CsvRow(x.Bytes, tokenizer, x.quote, new CsvScratch());
                if (row.IsSimple)
                {
                    var fields = row.PlainFields(new CsvPlaces(row.Count));
                    for (var i = -1; i <= row.Count; i++)
                    {
                        Assert.Equal(Encoding.Latin1.GetString(row[i]), Encoding.Latin1.GetString(fields[i]));
                    }
                }
            }
        },
        1000);

    [Fact]
    public void Blanks_around_a_field_are_passed_over_however_many_they_are() => Law.ForAll(
        from blank in Gen.Elements(' ', '\t', '\0')
        from before in Gen.Choose(0, 40)
        from after in Gen.Choose(0, 40)
        from text in Gen.Elements("", "a", "a b", "1,00")
        from quote in Gen.Elements("", "\"")
        select (Field: quote + new string(blank, before) + text + new string(blank, after) + quote, text),
        x =>
        {
            var bytes = Encoding.Latin1.GetBytes($"y;{x.Field};z");
            var tokenizer = new CsvTokenizer((byte)';', (byte)'"');
            Assert.True(tokenizer.TryRead(bytes, isLast: true));
            var row = new CsvRow(bytes, tokenizer, (byte)'"', new CsvScratch());
            Assert.Equal(x.text, Encoding.Latin1.GetString(row[1]));
            Assert.Equal(x.text, Encoding.Latin1.GetString(row.PlainFields(new CsvPlaces(row.Count))[1]));
        },
        500);

    [Fact]
    public void Amounts_read_at_once_are_those_read_digit_by_digit() => Law.ForAll(
        from before in Gen.Elements("", ";", "0123456789012345", "-9999999999999999,")
        from text in Gen.Frequency(
            (4, from sign in Gen.Elements("", "", "-", "+")
                from whole in Gen.Choose(0, int.MaxValue)
                from cut in Gen.Choose(0, 10)
                from rest in Gen.Elements("", ",5", ",05", ".75", ",123456", ",")
                select sign + whole.ToString(System.Globalization.CultureInfo.InvariantCulture)[..Math.Min(cut, whole.ToString(System.Globalization.CultureInfo.InvariantCulture).Length)] + rest),
            (1, Gen.Elements("0", "9", ",", ".", "-", "+", " ", "a", "/", ":", "\u00ff").ArrayOf().Select(string.Concat)))
        from sign in Gen.Elements('.', ',', '\0')
        select (Bytes: Encoding.Latin1.GetBytes(before + text), text.Length, sign),
        x =>
        {
            var isPlain = new CsvNumberFormat(x.sign).TryReadPlain(x.Bytes.AsSpan()[^x.Length..], out var expected);
            if (CsvWideNumber.CanRead(x.Bytes.Length, x.Length))
            {
                Assert.Equal(isPlain, CsvWideNumber.TryRead(x.Bytes, x.Length, x.sign, out var number));
                Assert.Equal(expected, number);
            }
        },
        2000);

    private static string Read(CsvStatementReader reader, byte[] file)
    {
        var diagnostics = new List<Diagnostic>();
        try
        {
            return StatementShape.Of(reader.Read(file, diagnostics.Add)) + string.Join('\n', diagnostics);
        }
        catch (StatementFormatException e)
        {
            return e.Diagnostic + string.Join('\n', diagnostics);
        }
    }

    // All balances at once, in decimals.
    private sealed class PlainBalance
    {
        private readonly List<(decimal Amount, decimal? Balance)> _rows = [];

        internal int Links => Math.Max(0, _rows.Count(r => r.Balance is not null) - 1);

        internal int UnprovedRows => Links == 0 ? _rows.Count : _rows.Count - (_rows.FindLastIndex(r => r.Balance is not null) - _rows.FindIndex(r => r.Balance is not null));

        internal void Add(decimal amount, decimal? balance) => _rows.Add((amount, balance));

        internal (RowOrder Order, decimal Opening, decimal Closing, decimal? Difference) Finish(bool isDescendingByDate)
        {
            var stated = Enumerable.Range(0, _rows.Count).Where(i => _rows[i].Balance is not null).ToList();
            if (stated.Count == 0 || (stated.Count == 1 && _rows.Count > 1))
            {
                return default;
            }

            decimal Sum(int from, int to) => _rows[from..to].Sum(r => r.Amount);
            var pairs = stated.Zip(stated.Skip(1)).ToList();
            var ascending = pairs.ConvertAll(p => _rows[p.Second].Balance!.Value - _rows[p.First].Balance!.Value - Sum(p.First + 1, p.Second + 1));
            var descending = pairs.ConvertAll(p => _rows[p.Second].Balance!.Value - _rows[p.First].Balance!.Value + Sum(p.First, p.Second));
            int up = ascending.Count(d => d == 0), down = descending.Count(d => d == 0);
            var isDescending = up == down ? isDescendingByDate : down > up;
            var (first, last) = (stated[0], stated[^1]);
            var (firstBalance, lastBalance) = (_rows[first].Balance!.Value, _rows[last].Balance!.Value);
            static decimal? Off(List<decimal> differences) => differences.Exists(d => d != 0) ? differences.Find(d => d != 0) : null;
            return isDescending
                ? (RowOrder.Descending, lastBalance - Sum(last, _rows.Count), firstBalance + Sum(0, first), Off(descending))
                : (RowOrder.Ascending, firstBalance - Sum(0, first + 1), lastBalance + Sum(last + 1, _rows.Count), Off(ascending));
        }
    }
}
