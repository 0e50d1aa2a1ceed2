using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements;

/// <summary>Import keys: golden ones that never change, and the counting of equals.</summary>
public class ImportKeyTests
{
    private static BankTransaction Transaction(decimal amount, string text = "Rechnung 1", int day = 5, string? bankReference = null) => new()
    {
        Amount = new Money(amount, Currency.EUR),
        BookingDate = new LocalDate(2026, 1, day),
        ValueDate = new LocalDate(2026, 1, day),
        Remittance = text,
        BankReference = bankReference,
        Code = new BankTransactionCode { Swift = "NTRF" },
        Counterparty = new Counterparty { Name = "Müller & Söhne", Iban = Iban.Parse("DE89370400440532013000") },
    };

    private static StatementHeader Header(string number) => new()
    {
        Format = StatementFormat.Mt940,
        Account = new StatementAccount { Iban = Iban.Parse("NL91ABNA0417164300") },
        StatementId = "X",
        Number = number,
        Opening = new StatementBalance(new LocalDate(2026, 1, 1), new Money(1m, Currency.EUR)),
    };

    [Theory]
    [InlineData("12.50", "Rechnung 1")]
    [InlineData("12.5", "Rechnung 1")]
    [InlineData("12.500", " Rech\r\nnung1 ")]
    public void The_keys_of_scheme_1_never_change(string amount, string text)
    {
        var transaction = Transaction(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), text, bankReference: "B000000001");
        var scope = new ImportKeyScope();
        scope.Begin(Header("1"));
        scope.Assign(transaction);
        Assert.Equal(GoldenId, transaction.Id.Value);
        Assert.StartsWith(GoldenBankKey, transaction.Keys[0].Value, StringComparison.Ordinal);
        Assert.Equal("1f-NL91ABNA0417164300-2026-01-05-12.50-EUR-1", transaction.Keys[1].Value);
    }

    private const string GoldenId = "1-dd71355d7773eb5fc778b640ecb530b1-1";
    private const string GoldenBankKey = "1b-NL91ABNA0417164300-1d8f61953edc22411d365e085f90";

    [Fact]
    public void Counting_agrees_with_a_plain_count() => Law.ForAll(
        from library in (from amount in Gen.Choose(1, 4) from text in Gen.Choose(0, 2) from day in Gen.Choose(1, 2) select (amount, text, day)).ArrayOf().ArrayOf(4)
        from picks in Gen.Choose(0, 3).ArrayOf()
        select (library, picks),
        x =>
        {
            var statements = x.picks.Select(number => (number, entries: x.library[number]));
            var scope = new ImportKeyScope();
            var counts = new Dictionary<(int, int, int), int>();
            var common = new Dictionary<(int, int), int>();
            var begun = new Dictionary<string, (Dictionary<(int, int, int), int> Own, Dictionary<(int, int), int> Common)>();
            foreach (var (number, entries) in statements)
            {
                scope.Begin(Header(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                var key = entries.Length == 0 ? "" : $"{number} {entries[0]}";
                var isRepeated = begun.TryGetValue(key, out var before);
                if (!isRepeated)
                {
                    before = (new(counts), new(common));
                    begun[key] = before;
                }

                // A repeated statement counts on from where its original began.
                var (own, shared) = isRepeated ? (new(before.Own), new(before.Common)) : (counts, common);
                foreach (var (amount, text, day) in entries)
                {
                    var transaction = Transaction(amount, $"Text {text}", day);
                    scope.Assign(transaction);
                    own[(amount, text, day)] = own.GetValueOrDefault((amount, text, day)) + 1;
                    shared[(amount, day)] = shared.GetValueOrDefault((amount, day)) + 1;
                    Assert.EndsWith($"-{own[(amount, text, day)]}", transaction.Id.Value, StringComparison.Ordinal);
                    Assert.EndsWith($"-{shared[(amount, day)]}", transaction.Keys[^1].Value, StringComparison.Ordinal);
                }
            }
        }, 300);

    [Fact]
    public void Many_entries_are_each_counted_once()
    {
        var scope = new ImportKeyScope();
        scope.Begin(Header("1"));
        for (var i = 0; i < 20_000; i++)
        {
            var transaction = Transaction(i % 5_000 / 100m, $"{i % 10_000}");
            scope.Assign(transaction);
            Assert.EndsWith(i < 10_000 ? "-1" : "-2", transaction.Id.Value, StringComparison.Ordinal);
            Assert.EndsWith($"-{(i / 5_000) + 1}", transaction.Keys[^1].Value, StringComparison.Ordinal);
        }
    }
}
