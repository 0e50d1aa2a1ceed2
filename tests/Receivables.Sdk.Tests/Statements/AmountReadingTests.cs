using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.TestKit;
using Xunit;
using static Receivables.Sdk.Tests.Statements.Mt.MtSample;

namespace Receivables.Sdk.Tests.Statements;

/// <summary>Where a bank's habit leaves sign or decimals open, the balances tell the reading, or the standard's stands.</summary>
public class AmountReadingTests
{
    private enum Kind
    {
        Plain,
        Reversal,
        NoDecimalSign,
        Both,
    }

    private static string Line(Kind kind, int cents, bool isCredit)
    {
        var mark = (kind is Kind.Reversal or Kind.Both ? "R" : "") + (isCredit ? "C" : "D");
        var amount = kind is Kind.NoDecimalSign or Kind.Both ? cents.ToString(CultureInfo.InvariantCulture) : (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ',');
        return $":61:2601050105{mark}{amount}NTRFNONREF";
    }

    private static decimal Value(Kind kind, int cents, bool isCredit, bool isOpposite, bool isMinor)
    {
        var units = kind is Kind.NoDecimalSign or Kind.Both && !isMinor ? cents : cents / 100m;
        var isPositive = isCredit ^ (kind is Kind.Reversal or Kind.Both && !isOpposite);
        return isPositive ? units : -units;
    }

    private static string Closing(decimal amount) =>
        ":62F:" + (amount < 0m ? "D" : "C") + "260131EUR" + Math.Abs(amount).ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ',');

    [Theory]
    [InlineData("RC10,00", "-10", null)]
    [InlineData("RC10,00", "10", "STM011")]
    [InlineData("RD10,00", "10", null)]
    [InlineData("RD10,00", "-10", "STM011")]
    [InlineData("C1050", "1050", null)]
    [InlineData("C1050", "10.5", "STM011")]
    [InlineData("RD1050", "-10.5", "STM011")]
    [InlineData("C10,50", "10.5", null)]
    public void One_entry_is_read_as_the_balances_say(string entry, string sum, string? code)
    {
        var value = decimal.Parse(sum, CultureInfo.InvariantCulture);
        var statement = Statement($":61:2601050105{entry}NTRFNONREF", Closing(100m + value));
        Assert.Equal(value, Assert.Single(statement.Transactions).Amount.Amount);
        Assert.True(statement.IsBalanced);
        Assert.Equal(code, statement.Diagnostics.SingleOrDefault(d => d.Code.StartsWith("STM", StringComparison.Ordinal))?.Code);
        Assert.All(statement.Transactions, t => Assert.NotEqual(default, t.Id));
    }

    [Fact]
    public void The_one_reading_that_adds_up_is_taken_and_else_the_standards_stands() => Law.ForAll(
        from entries in (from kind in Gen.Elements(Kind.Plain, Kind.Reversal, Kind.NoDecimalSign, Kind.Both)
                         from cents in Gen.Choose(0, 400)
                         from isCredit in Gen.Elements(true, false)
                         select (kind, cents, isCredit)).ListOf()
        from isOpposite in Gen.Elements(true, false)
        from isMinor in Gen.Elements(true, false)
        from off in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Choose(-3, 3)))
        select (entries, isOpposite, isMinor, off),
        x =>
        {
            decimal[] Under(bool isOpposite, bool isMinor) => [.. x.entries.Select(e => Value(e.kind, e.cents, e.isCredit, isOpposite, isMinor))];
            var closing = 100m + Under(x.isOpposite, x.isMinor).Sum() + x.off;
            var hasReversals = x.entries.Any(e => e.kind is Kind.Reversal or Kind.Both);
            var hasIntegers = x.entries.Any(e => e.kind is Kind.NoDecimalSign or Kind.Both);
            var others = new[] { (true, false), (false, true), (true, true) }
                .Where(r => (!r.Item1 || hasReversals) && (!r.Item2 || hasIntegers) && 100m + Under(r.Item1, r.Item2).Sum() == closing).ToList();
            var standard = Under(false, false);
            var expected = 100m + standard.Sum() != closing && others.Count == 1 ? Under(others[0].Item1, others[0].Item2) : standard;

            var statement = Statement(string.Join('\n', x.entries.Select(e => Line(e.kind, e.cents, e.isCredit))), Closing(closing));
            Assert.Equal(expected, statement.Transactions.Select(t => t.Amount.Amount));
            Assert.Equal(100m + expected.Sum() == closing, statement.IsBalanced);
            Assert.Equal(!expected.SequenceEqual(standard) || (others.Count == 1 && 100m + standard.Sum() != closing), statement.Diagnostics.Any(d => d.Code == StatementCodes.ReadingProved));
            Assert.Distinct(statement.Transactions.Select(t => t.Id));
        },
        200);

    [Fact]
    public void A_statement_that_is_too_long_to_wait_is_given_as_the_standard_reads_it_and_that_is_said()
    {
        var entries = string.Join('\n', Enumerable.Repeat(":61:2601050105C0,01NTRFNONREF", AmountReadings.MostHeld).Prepend(":61:2601050105RC5,00NTRFNONREF").Append(":61:2601050105RC1,00NTRFNONREF"));
        var statement = Statement(entries, Closing(100m + 6m + (AmountReadings.MostHeld * 0.01m)));
        Assert.Equal((-5m, -1m, false), (statement.Transactions[0].Amount.Amount, statement.Transactions[^1].Amount.Amount, statement.IsBalanced));
        Assert.Contains(statement.Diagnostics, d => d.Code == StatementCodes.ReadingNotTaken);
        Assert.Equal(AmountReadings.MostHeld + 2, statement.Transactions.Count);
    }

    [Fact]
    public void Balances_in_between_keep_what_was_read_and_where_the_chunks_fall_does_not_matter()
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(Write(":61:2601050105RC10,00NTRFNONREF\n:61:2601060106C1,00NTRFNONREF", Closing(111m)) + Write(":61:2601050105RC10,00NTRFNONREF", Closing(90m)));
        var whole = Describe(bytes, 0);
        Assert.Equal([10m, 1m, -10m], Reader.Read(bytes).SelectMany(s => s.Transactions).Select(t => t.Amount.Amount));
        Assert.All(Chunks.Sizes, size => Assert.Equal(whole, Describe(bytes, size)));
    }

    [Fact]
    public void What_waits_for_a_closing_balance_is_handed_over_when_a_fault_ends_the_read()
    {
        const string Entries = ":61:2601050105RC10,00NTRFNONREF\n:61:2601060106C1,00NTRFNONREF\n:61:2601079999C1,00NTRFNONREF";
        var bytes = System.Text.Encoding.Latin1.GetBytes(Write(Entries, Closing(112m)));
        foreach (var (options, code) in ((StatementReaderOptions, string)[])
            [(new() { MaxTransactions = 2 }, StatementCodes.TooManyTransactions), (new() { IsStrict = true }, "MT94003")])
        {
            var read = Describe(bytes, 0, reader: new MtStatementReader(options));
            Assert.Contains($"thrown {code}", read, StringComparison.Ordinal);
            Assert.Equal(2, read.Split('\n').Count(line => line.Contains("NTRF", StringComparison.Ordinal)));
            Assert.All(Chunks.Sizes, size => Assert.Equal(read, Describe(bytes, size, reader: new MtStatementReader(options))));
        }
    }
}
