using FsCheck.Fluent;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Reporting;

public class WornLedgerLaws
{
    private static readonly FsCheck.Gen<LedgerSnapshot> Ledgers =
        from seed in Gen.Choose(1, 1_000_000)
        from items in Gen.Choose(10, 80)
        from share in Gen.Elements(0.02, 0.1, 0.4)
        select WornMarket.Wear(PaymentMaker.Make(new MarketParameters { Seed = (ulong)seed, Items = items, Payments = 20, RareKinds = 0.3 }), new Dice((ulong)seed), share).Ledger;

    // Due dates of 9999-12-31, dates of 0001-01-01, documents of nobody, names and numbers that are missing: what a host's tables hold.
    [Fact]
    public void Whatever_is_missing_every_report_is_made() => Law.ForAll(
        Ledgers,
        worn =>
        {
            // Of two with one id the first: a ledger says each thing once.
            var ledger = worn with { OpenItems = [.. worn.OpenItems.DistinctBy(i => i.Id)], Customers = [.. worn.Customers.DistinctBy(c => c.Id)] };
            var aging = new AgingEngine().Age(ledger);
            Assert.Equal(ledger.OpenItems.Sum(i => i.SignedOpen.Amount), aging.Totals.Sum(t => t.Total.Amount));
            Assert.NotEmpty(new ForecastEngine().Forecast(ledger).Currencies);
            var history = ReceivablesHistory.Of(ledger);
            Assert.NotEmpty(new MetricsEngine().Measure(history, ledger.AsOf.PlusYears(-1).PlusDays(1), ledger.AsOf));
            Assert.All(new BehaviourEngine().Judge(history), b => Assert.True(b.Overdue <= b.Open));
            Assert.NotNull(new OverviewEngine().Items(ledger));
            Assert.NotNull(new OverviewEngine().Customers(ledger));
            Assert.NotNull(new StatementEngine().CreateAll(ledger, ledger.AsOf.PlusMonths(-2)).ToList());
            Assert.NotNull(new ActionListEngine().Create(ledger));
            Assert.NotNull(HealthCheck.Run(ledger));
            Assert.Equal(ledger.Disputes.Count, DisputeRegister.Create(ledger).Lines.Length);
            Assert.NotNull(ProvisionMatrix.FromHistory(AgingScheme.Days306090, history, Currency.EUR, ledger.AsOf.PlusYears(-1), ledger.AsOf));
            Assert.NotNull(RollRates.FromHistory(AgingScheme.Days306090, history, Currency.EUR, 3));
            foreach (var policy in PolicyPresets.All)
            {
                var engine = new ReminderEngine(policy);
                Assert.NotNull(engine.Plan(ledger).Actions);
                Assert.NotNull(engine.Simulate(ledger, ledger.AsOf, ledger.AsOf.PlusDays(40)).Actions);
            }
        },
        cases: 60);
}
