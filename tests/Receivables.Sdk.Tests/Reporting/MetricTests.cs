using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;
using static Receivables.Sdk.Tests.Reporting.Sample;

namespace Receivables.Sdk.Tests.Reporting;

public class MetricTests
{
    [Fact]
    public void Golden_vectors()
    {
        // 120000 open, of it 30000 overdue, 300000 sold in 90 days.
        Assert.Equal(36m, MetricFormulas.DsoSimple(120_000m, 300_000m, 90).ValueOrNull);
        Assert.Equal(27m, MetricFormulas.DsoBestPossible(90_000m, 300_000m, 90).ValueOrNull);
        Assert.Equal(9m, MetricFormulas.AverageDaysDelinquent(30_000m, 300_000m, 90).ValueOrNull);

        // 31 days of 80000, then half of 28 days of 80000.
        Assert.Equal(45m, MetricFormulas.DsoCountBack(120_000m, [new(80_000m, 31), new(80_000m, 28), new(100_000m, 31)]).ValueOrNull);

        // A month without sales still counts its days.
        Assert.Equal(30m + 31m + 14m, MetricFormulas.DsoCountBack(50m, [new(0m, 30), new(0m, 31), new(100m, 28)]).ValueOrNull);

        // (100 + 300 - 150) / (100 + 300 - 120) = 250 / 280.
        Assert.Equal(250m * 100m / 280m, MetricFormulas.CollectionEffectiveness(100m, 300m, 150m, 120m).ValueOrNull);
        Assert.Equal(4m, MetricFormulas.Turnover(1_000m, 200m, 300m).ValueOrNull);
        Assert.Equal(-3m, MetricFormulas.AverageCollectionPeriod(-10m, 100m, 30).ValueOrNull);
    }

    [Fact]
    public void What_cannot_be_computed_says_why()
    {
        MetricGap? Gap(Metric metric) => (metric as UndefinedMetric)?.Gap;
        Assert.Equal(MetricGap.NoSales, Gap(MetricFormulas.DsoSimple(1m, 0m, 30)));
        Assert.Equal(MetricGap.HistoryTooShort, Gap(MetricFormulas.DsoCountBack(101m, [new(100m, 31)])));
        Assert.Equal(MetricGap.NothingDue, Gap(MetricFormulas.CollectionEffectiveness(0m, 0m, 0m, 0m)));
        Assert.Equal(MetricGap.NoReceivables, Gap(MetricFormulas.Turnover(100m, 0m, 0m)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricFormulas.DsoSimple(-1m, 1m, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricFormulas.DsoSimple(1m, 1m, 0));
    }

    // A9
    [Fact]
    public void Days_outstanding_behave() => Law.ForAll(
        from notOverdue in Gen.Choose(0, 100_000)
        from overdue in Gen.Choose(0, 100_000)
        from months in Gen.Choose(0, 50_000).ArrayOf(8)
        from scale in Gen.Choose(1, 1_000)
        select (NotOverdue: (decimal)notOverdue, Overdue: (decimal)overdue, months, Scale: (decimal)scale),
        x =>
        {
            var (receivables, sales) = (x.NotOverdue + x.Overdue, x.months.Sum() + 1m);
            var dso = MetricFormulas.DsoSimple(receivables, sales, 90).ValueOrNull!.Value;
            var best = MetricFormulas.DsoBestPossible(x.NotOverdue, sales, 90).ValueOrNull!.Value;
            var delinquent = MetricFormulas.AverageDaysDelinquent(x.Overdue, sales, 90).ValueOrNull!.Value;
            Assert.True(dso >= 0m && best <= dso && delinquent >= 0m);
            Assert.Equal(dso - best, delinquent, 12);
            Assert.Equal(dso, MetricFormulas.DsoSimple(receivables * x.Scale, sales * x.Scale, 90).ValueOrNull!.Value, 12);
            Assert.Equal(0m, MetricFormulas.DsoSimple(0m, sales, 90).ValueOrNull);

            var monthly = x.months.Select(m => new MonthlySales(m, 30)).ToList();
            if (MetricFormulas.DsoCountBack(receivables, monthly).ValueOrNull is { } counted)
            {
                Assert.InRange(counted, 0m, 30m * monthly.Count);
                var scaled = monthly.Select(m => new MonthlySales(m.Sales * x.Scale, m.Days)).ToList();
                Assert.Equal(counted, MetricFormulas.DsoCountBack(receivables * x.Scale, scaled).ValueOrNull!.Value, 10);
            }
            else
            {
                Assert.True(receivables > x.months.Sum());
            }
        });

    // A10
    [Fact]
    public void Collection_effectiveness_is_between_nothing_and_all() => Law.ForAll(
        from begin in Gen.Choose(0, 10_000)
        from sales in Gen.Choose(0, 10_000)
        from endShare in Gen.Choose(0, 100)
        from currentShare in Gen.Choose(0, 100)
        select (Begin: (decimal)begin, Sales: (decimal)sales, End: (begin + sales) * endShare / 100m, Current: (begin + sales) * endShare / 100m * currentShare / 100m),
        x =>
        {
            var metric = MetricFormulas.CollectionEffectiveness(x.Begin, x.Sales, x.End, x.Current);
            if (metric.ValueOrNull is { } value)
            {
                Assert.InRange(value, 0m, 100m);
                Assert.Equal(x.End == x.Current, value == 100m);
            }
            else
            {
                Assert.Equal(x.Begin + x.Sales, x.Current);
            }
        });

    [Fact]
    public void A_period_is_measured_from_documents_and_payments()
    {
        var history = new ReceivablesHistory
        {
            AsOf = AsOf,
            Documents = [Invoice("I1", "C1", 100m, -10), Invoice("I2", "C1", 50m, 20, term: 40), Invoice("I3", "C2", 200m, -50)],
            Closings = [new(new("I3"), Day(-30), Eur(150m), AllocationKind.Payment), new(new("I1"), Day(-12), Eur(40m), AllocationKind.Payment), new(new("I3"), Day(-1), Eur(50m), AllocationKind.WriteOff)],
            Promises = [new(new("I1"), Day(-9), Day(-5), Eur(60m)), new(new("I3"), Day(-35), Day(-30), Eur(150m))],
            Reminders = [new(new("I3"), 1, 1, Day(-40), null, null)],
            Customers = [new Customer { Id = new("C1"), CreditLimit = Eur(220m) }],
            Invoicing = [new(new("I1"), Day(-43), Day(-40), Day(-39))],
        };
        var metrics = new MetricsEngine(new() { TurnoverBenchmark = 8m, Top = 1 }).Measure(history, AsOf.PlusDays(-89), AsOf).ToDictionary(m => m.Definition.Code);
        decimal? Value(string code) => metrics[code].ValueOrNull;
        Assert.All(metrics.Values, m => Assert.Equal(Currency.EUR, m.Currency));
        Assert.Equal(110m / 350m * 90m, Value("dsoSimple")!.Value, 10);
        Assert.Equal(60m / 350m * 90m, Value("averageDaysDelinquent")!.Value, 10);
        Assert.Equal(20m, Value("weightedDaysLate"));
        Assert.Equal(((150m * 50m) + (40m * 28m)) / 190m, Value("weightedDaysToPay"));
        Assert.Equal((20m - 2m) / 2m, Value("averageDaysLate"));
        Assert.Equal(100m * 150m / 190m, Value("latePaymentShare"));
        Assert.Equal(10m, Value("daysBeyondTerms"));
        Assert.Equal(100m * 60m / 110m, Value("pastDueRatio"));
        Assert.Equal(50m, Value("promisesKept"));
        Assert.Equal(100m * 150m / 210m, Value("promisedAmountKept"));
        Assert.Equal(75m, Value("reminderConversion1"));
        Assert.Equal(3m, Value("invoicingLatency"));
        Assert.Equal(1m, Value("sendingLatency"));
        Assert.Equal(100m, Value("top1Share"));
        Assert.Equal(10_000m, Value("herfindahl"));
        Assert.Equal(100m * 50m / 350m, Value("badDebtRatio"));
        Assert.Equal(50m, Value("creditUtilisation"));
        Assert.Equal(350m / 55m, Value("turnover"));
        Assert.Equal(350m / 55m * 100m / 8m, Value("turnoverAgainstBenchmark")!.Value, 10);
    }

    [Fact]
    public void Payments_that_come_back_make_collection_less_effective_and_never_a_good_figure_out_of_two_bad_ones()
    {
        Assert.Equal(-20m, MetricFormulas.CollectionEffectiveness(begin: 100m, sales: 0m, endTotal: 120m, endCurrent: 0m).ValueOrNull);
        Assert.Equal(MetricGap.NothingDue, Assert.IsType<UndefinedMetric>(MetricFormulas.CollectionEffectiveness(begin: 10m, sales: 0m, endTotal: 110m, endCurrent: 30m)).Gap);
    }

    [Fact]
    public void Any_ledger_is_measured_without_a_fault() => Law.ForAll(
        from snapshot in LedgerGenerator.Snapshots
        from days in Gen.Choose(1, 100)
        select (snapshot, days),
        x =>
        {
            var history = ReceivablesHistory.Of(x.snapshot);
            foreach (var metric in new MetricsEngine().Measure(history, history.AsOf.PlusDays(1 - x.days), history.AsOf))
            {
                Assert.True(metric is MeasuredMetric or UndefinedMetric);

                // Payments that come back are collected in the other direction; nothing else in percent is below zero.
                var cameBack = metric.Definition.Code == "collectionEffectiveness" && metric.Inputs[0].Value < 0m;
                Assert.True(metric.Definition.Unit != MetricUnit.Percent || metric.ValueOrNull is null or >= 0m || cameBack, metric.ToString());
            }

            Assert.All(new BehaviourEngine().Judge(history), b => Assert.True(b.Overdue <= b.Open));
        });

    [Fact]
    public void Lateness_is_lasting_or_incidental_and_signals_name_their_rule()
    {
        var documents = Enumerable.Range(0, 8).Select(i => Invoice("I" + i, "C1", 100m, -200 + (i * 20))).Append(Invoice("I9", "C1", 500m, -60)).ToList();
        var history = new ReceivablesHistory
        {
            AsOf = AsOf,
            Documents = documents,
            Closings = [.. Enumerable.Range(0, 8).Select(i => new HistoryClosing(new("I" + i), Day(-200 + (i * 20) + (i < 5 ? 2 : 12)), Eur(100m), AllocationKind.Payment))],
            Customers = [new Customer { Id = new("C1"), CreditLimit = Eur(400m) }],
            Promises = [new(new("I9"), Day(-20), Day(-10), null)],
        };
        var line = Assert.Single(new BehaviourEngine().Judge(history));
        Assert.Equal((LatenessPattern.Lasting, BehaviourTrend.Worsening, 8), (line.Pattern, line.Trend, line.Payments));
        Assert.Equal((46m / 8m, 2, 100m), (line.DaysLate!.Value, line.MedianDaysLate!.Value, line.LateShare!.Value));
        Assert.Equal(["lateAsARule", "overLimit", "promisesBroken", "silent", "worsening"], line.Signals.Select(s => s.Code));
        Assert.Equal(SuggestedAction.LowerLimit, line.Signals[^1].Suggested);
    }
}
