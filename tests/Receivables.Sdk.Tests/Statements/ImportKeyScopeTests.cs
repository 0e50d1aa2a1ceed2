using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements;

public class ImportKeyScopeTests
{
    private static readonly LocalDate Day = new(2026, 3, 2);

    private static StatementHeader Header(string number, string iban = "NL91ABNA0417164300", decimal opening = 100m) => new()
    {
        Format = StatementFormat.Mt940,
        Account = new StatementAccount { Iban = Iban.Parse(iban) },
        Number = number,
        Opening = new StatementBalance(Day, new Money(opening, Currency.EUR)),
    };

    private static BankTransaction Payment(decimal amount, string text = "Invoice 1", string? bankReference = null, LocalDate? on = null) => new()
    {
        Amount = new Money(amount, Currency.EUR),
        BookingDate = on ?? Day,
        ValueDate = on ?? Day,
        Remittance = text,
        BankReference = bankReference,
    };

    private static List<BankTransaction> Read(params (StatementHeader Header, BankTransaction[] Transactions)[] statements)
    {
        var scope = new ImportKeyScope();
        foreach (var (header, transactions) in statements)
        {
            scope.Begin(header);
            foreach (var transaction in transactions)
            {
                scope.Assign(transaction);
            }
        }

        return [.. statements.SelectMany(s => s.Transactions)];
    }

    [Fact]
    public void Keys_of_scheme_1_never_change()
    {
        var read = Read((Header("1"), [Payment(12.50m, "Factuur 2026-00123", "TRX0012345"), Payment(12.5m, " Factuur  2026-\r\n00123 ", "TRX0012345")]));

        Assert.Equal("1-c060a959ec6f7b187d896492fce96b6a-1", read[0].Id.Value);
        Assert.Equal("1-c060a959ec6f7b187d896492fce96b6a-2", read[1].Id.Value);
        Assert.StartsWith("1b-NL91ABNA0417164300-6941bf3e83c8f8c277072d441526", read[0].Keys[0].Value, StringComparison.Ordinal);
        Assert.Equal("1f-NL91ABNA0417164300-2026-03-02-12.50-EUR-1", read[0].Keys[1].Value);
        Assert.Equal([ImportKeyKind.Bank, ImportKeyKind.FormatIndependent], read[0].Keys.Select(k => k.Kind));
    }

    [Fact]
    public void Two_equal_payments_of_a_day_have_two_ids() =>
        Assert.Distinct(Read((Header("1"), [Payment(10m), Payment(10m)])).Select(t => t.Id));

    [Fact]
    public void Equal_payments_are_counted_over_the_distinct_statements_of_a_file()
    {
        var read = Read((Header("1"), [Payment(10m)]), (Header("2", opening: 110m), [Payment(10m)]));
        Assert.Equal(["1", "2"], read.Select(t => t.Id.Value.Split('-')[^1]));
    }

    [Fact]
    public void A_repeated_statement_gets_the_ids_of_its_original_again()
    {
        var read = Read(
            (Header("1"), [Payment(10m)]),
            (Header("2", opening: 110m), [Payment(10m), Payment(10m), Payment(7m)]),
            (Header("3", opening: 137m), [Payment(10m)]),
            (Header("2", opening: 110m), [Payment(10m), Payment(10m), Payment(7m)]),
            (Header("4", opening: 147m), [Payment(10m)]));
        Assert.Equal(["1", "2", "3", "1", "4", "2", "3", "1", "5"], read.Select(t => t.Id.Value.Split('-')[^1]));
    }

    [Fact]
    public void The_account_keeps_ids_apart() =>
        Assert.Distinct(Read((Header("1"), [Payment(10m)]), (Header("1", "NL20INGB0001234567"), [Payment(10m)])).Select(t => t.Id));

    [Fact]
    public void A_short_reference_and_one_that_a_batch_shares_make_no_bank_key()
    {
        var detail = Payment(1m, bankReference: "LONGENOUGH1");
        var batched = new BankTransaction { Amount = detail.Amount, BookingDate = Day, BankReference = detail.BankReference, Details = new TransactionDetails { Batch = new TransactionBatch("B") } };
        var read = Read((Header("1"), [Payment(10m, bankReference: "0001"), batched]));
        Assert.All(read, t => Assert.Equal(ImportKeyKind.FormatIndependent, Assert.Single(t.Keys).Kind));
    }

    [Fact]
    public void Ids_of_different_transactions_differ_and_of_the_same_ones_do_not() => Law.ForAll(
        from amounts in Gen.Choose(-3, 3).NonEmptyListOf()
        from texts in Gen.Elements("a", "b", "ab", "").ListOf(amounts.Count)
        select amounts.Zip(texts).ToList(),
        rows =>
        {
            BankTransaction[] Make() => [.. rows.Select(r => Payment(r.First, r.Second))];
            var first = Read((Header("1"), Make()));
            Assert.Distinct(first.Select(t => t.Id));
            Assert.Distinct(first.Select(t => t.Keys[^1].Value));
            Assert.Equal(first.Select(t => t.Id), Read((Header("1"), Make())).Select(t => t.Id));

            // In another order the same ids are given, each to a transaction that says the same.
            var reversed = Read((Header("1"), [.. Make().Reverse()]));
            Assert.Equal(first.Select(t => t.Id.Value).Order(), reversed.Select(t => t.Id.Value).Order());
        });

    [Fact]
    public void The_counter_counts_as_a_plain_dictionary_does() => Law.ForAll(
        from most in Gen.Elements(40, 5_000)
        from hashes in Gen.Choose(0, most).ListOf()
        from times in Gen.Elements(1, 30)
        select Enumerable.Range(0, times).SelectMany(t => hashes.Select(h => Spread((ulong)h + ((ulong)t << 8)))).ToList(),
        hashes =>
        {
            var counter = new OccurrenceCounter();
            counter.BeginStatement(0, false);
            var plain = new Dictionary<ulong, int>();
            foreach (var hash in hashes)
            {
                plain[hash] = plain.GetValueOrDefault(hash) + 1;
                Assert.Equal((plain[hash], plain[hash]), counter.Next(hash ^ 0xA5A5A5A5_00000000, hash));
            }
        });

    // All bits of a hash depend on all of what is hashed.
    private static ulong Spread(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    // Of many days, and all of one day, whose hashes agree in their upper bits.
    [Theory]
    [InlineData(0, 16)]
    [InlineData(3, 22)]
    public void Counting_takes_few_bytes_an_entry(int same, int most)
    {
        foreach (var count in (int[])[100_000, 140_000, 200_000, 280_000, 400_000])
        {
            long bytes = 0;
            for (var table = 0; table < 8; table++)
            {
                var set = new OccurrenceTable(table, 8);
                for (var i = 0; i < count / 8; i++)
                {
                    Assert.True(set.TryAdd(Spread((ulong)i) >> same, 1, 2, out _, out _));
                }

                bytes += set.ByteCount;
            }

            Assert.InRange(bytes, 11L * count, (long)most * count);
        }
    }
}
