using System.Globalization;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Xunit;

namespace Receivables.Sdk.Tests.Statements;

/// <summary>Schemes of keys beside each other: those of an older one are computed for what was read under the current.</summary>
public class ImportKeySchemeTests
{
    public static TheoryData<string> Files => [.. TestFiles.Below("keys").Concat(TestFiles.Below("odd")).Select(f => f.Name).Where(n => !n.EndsWith(".tsv", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_scope_computes_the_keys_that_readers_of_its_scheme_gave(string name)
    {
        foreach (var (transaction, keys) in await Compute(name, new ImportKeyScope(1)))
        {
            Assert.Equal((1, transaction.Id), (keys.Scheme, keys.Id));
            Assert.Equal(transaction.Keys, keys.Keys);
        }
    }

    // The host read under scheme 1, stored the ids, and reads the same file with a package whose current scheme is the second one.
    [Theory]
    [InlineData("keys/month.sta")]
    [InlineData("keys/month.xml")]
    [InlineData("keys/month.csv")]
    public async Task An_upgrade_to_another_scheme_imports_nothing_again(string name)
    {
        var stored = (await Compute(name, new ImportKeyScope(1))).Select(p => p.Transaction.Id).ToHashSet();
        var upgraded = await Compute(name, new ImportKeyScope(new Second()));
        Assert.NotEmpty(upgraded);
        Assert.All(upgraded, p => Assert.Equal((2, false), (p.Keys.Scheme, stored.Contains(p.Keys.Id))));
        Assert.Equal(upgraded.Count, upgraded.Select(p => p.Keys.Id).Distinct().Count());
        Assert.All(await Compute(name, new ImportKeyScope(1)), p => Assert.Contains(p.Keys.Id, stored));
    }

    [Fact]
    public void The_current_scheme_is_the_last_that_can_be_computed()
    {
        Assert.Equal(ImportKeyScope.SchemeNumber, ImportKeyScope.Schemes[^1]);
        Assert.Equal(ImportKeyScope.Schemes.Order().Distinct(), ImportKeyScope.Schemes);
        Assert.Equal(ImportKeyScope.SchemeNumber, new ImportKeyScope().Scheme);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImportKeyScope(ImportKeyScope.SchemeNumber + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImportKeyScope(0));
    }

    [Fact]
    public void Keys_of_another_scheme_are_not_assigned_and_none_are_computed_outside_of_a_statement()
    {
        var transaction = new BankTransaction { Amount = new Money(1m, Currency.EUR) };
        Assert.Throws<InvalidOperationException>(() => new ImportKeyScope().Compute(transaction));
        var scope = new ImportKeyScope(new Second());
        scope.Begin(new StatementHeader { Format = StatementFormat.Csv, Account = new StatementAccount { Number = "1" } });
        Assert.Throws<InvalidOperationException>(() => scope.Assign(transaction));
        Assert.StartsWith("2-", scope.Compute(transaction).Id.Value, StringComparison.Ordinal);
    }

    private static async Task<List<(BankTransaction Transaction, TransactionKeys Keys)>> Compute(string name, ImportKeyScope scope)
    {
        var bytes = TestFiles.Below(name.Split('/')[0]).Single(f => f.Name == name).Bytes;
        var computed = new List<(BankTransaction, TransactionKeys)>();
        await foreach (var file in new StatementFileReader().ReadAsync(name, new MemoryStream(bytes)))
        {
            foreach (var statement in file.Statements)
            {
                scope.Begin(statement.Header);
                computed.AddRange(statement.Transactions.Select(t => (t, scope.Compute(t))));
            }
        }

        return computed;
    }

    /// <summary>A scheme for this test alone: the amount and the text, and nothing else.</summary>
    private sealed class Second : ImportKeyScheme
    {
        internal override int Number => 2;

        internal override ulong CommonHash(string accountKey, BankTransaction transaction) => (ulong)transaction.Amount.Amount.GetHashCode();

        internal override ulong WholeHash(string accountKey, BankTransaction transaction) => CommonHash(accountKey, transaction) ^ OccurrenceHash.OfRemittance(transaction.Remittance);

        internal override TransactionId Id(string accountKey, BankTransaction transaction, int ordinal) =>
            new(string.Create(CultureInfo.InvariantCulture, $"2-{accountKey}-{WholeHash(accountKey, transaction):x16}-{ordinal}"));

        internal override IReadOnlyList<ImportKey> Keys(string accountKey, BankTransaction transaction, int commonOrdinal) =>
            [new ImportKey(ImportKeyKind.FormatIndependent, string.Create(CultureInfo.InvariantCulture, $"2f-{accountKey}-{transaction.Amount.ToAmountString()}-{commonOrdinal}"))];
    }
}
