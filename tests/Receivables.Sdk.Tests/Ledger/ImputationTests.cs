using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

public class ImputationTests
{
    private static readonly LocalDate Today = new(2026, 3, 1);

    private static OwedPart Part(string id, string claim, DebtPart part, decimal open, int dueIn = -10) =>
        new(new DocumentId(id), new DocumentId(claim), part, new Money(open, Currency.EUR), Today.PlusDays(dueIn));

    private static string Print(IEnumerable<ImputedAmount> amounts) => string.Join(' ', amounts.Select(a => $"{a.Document}:{a.Amount.ToAmountString()}"));

    private static readonly Gen<(List<OwedPart> Owed, Money Paid, ImputationStrategy Strategy)> Cases =
        from seed in Gen.Choose(0, int.MaxValue)
        from strategy in Gen.Elements(ImputationStrategy.Netherlands, ImputationStrategy.Germany, ImputationStrategy.GermanyConsumerCredit, ImputationStrategy.France, ImputationStrategy.Belgium, ImputationStrategy.China, ImputationStrategy.Commercial)
        let random = new Random(seed)
        select (
            Enumerable.Range(0, 1 + random.Next(8)).Select(i => Part("d" + i, "d" + random.Next(i + 1), (DebtPart)random.Next(3), 0.01m * (1 + random.Next(500)), random.Next(-2, 3)) with { Burden = random.Next(2), Security = random.Next(2) }).ToList(),
            new Money(0.01m * random.Next(3000), Currency.EUR),
            strategy);

    [Theory]
    [InlineData("nl", "cost:10.00 int:5.00 main:85.00")]
    [InlineData("de-consumer-credit", "cost:10.00 main:90.00")]
    [InlineData("commercial", "main:100.00")]
    public void Within_a_debt_the_law_decides(string name, string expected)
    {
        ImputationStrategy[] all = [ImputationStrategy.Netherlands, ImputationStrategy.GermanyConsumerCredit, ImputationStrategy.Commercial];
        OwedPart[] owed = [Part("main", "main", DebtPart.Principal, 100m), Part("int", "main", DebtPart.Interest, 5m), Part("cost", "main", DebtPart.Costs, 10m)];
        Assert.Equal(expected, Print(all.Single(s => s.Name == name).Impute(new Money(100m, Currency.EUR), owed, Today)));
    }

    [Fact]
    public void Between_debts_due_comes_first_then_the_criteria_then_proportion()
    {
        OwedPart[] owed =
        [
            Part("later", "later", DebtPart.Principal, 50m, 5),
            Part("old", "old", DebtPart.Principal, 10m, -30),
            Part("heavy", "heavy", DebtPart.Principal, 10m, -5) with { Burden = 8m },
            Part("x", "x", DebtPart.Principal, 20m, -3),
            Part("y", "y", DebtPart.Principal, 10m, -3),
        ];
        Assert.Equal("heavy:10.00 old:10.00 x:6.67 y:3.33", Print(ImputationStrategy.Netherlands.Impute(new Money(30m, Currency.EUR), owed, Today)));
        Assert.Equal("old:10.00 heavy:10.00 x:6.67 y:3.33", Print(ImputationStrategy.Commercial.Impute(new Money(30m, Currency.EUR), owed, Today)));
        Assert.Equal("y:10.00 heavy:5.00", Print(ImputationStrategy.Germany.Impute(new Money(15m, Currency.EUR), owed, Today, [new DocumentId("y")])));
        var secured = owed.Select(o => o.Id.Value == "heavy" ? o with { Security = 1 } : o).ToList();
        Assert.Equal("old:10.00 x:3.33 y:1.67", Print(ImputationStrategy.China.Impute(new Money(15m, Currency.EUR), secured, Today)));
    }

    [Fact]
    public void No_more_than_was_paid_or_is_owed_and_the_order_given_plays_no_part() => Law.ForAll(Cases, x =>
    {
        var amounts = x.Strategy.Impute(x.Paid, x.Owed, Today);
        var owed = x.Owed.ToDictionary(o => o.Id, o => o.Open);
        Assert.All(amounts, a => Assert.True(a.Amount.IsPositive && a.Amount <= owed[a.Document]));
        Assert.Equal(amounts.Count, amounts.DistinctBy(a => a.Document).Count());
        Assert.Equal(Math.Min(x.Paid.Amount, x.Owed.Sum(o => o.Open.Amount)), amounts.Sum(a => a.Amount.Amount));
        Assert.Equal(Print(amounts), Print(x.Strategy.Impute(x.Paid, Enumerable.Reverse(x.Owed).ToList(), Today)));
    });

    [Fact]
    public void Currencies_do_not_mix() => Assert.Throws<ArgumentException>(() =>
        ImputationStrategy.France.Impute(new Money(1m, Currency.USD), [Part("a", "a", DebtPart.Principal, 1m)], Today));
}
