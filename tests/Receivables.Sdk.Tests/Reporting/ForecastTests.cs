using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Aging;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;
using static Receivables.Sdk.Tests.Reporting.Sample;

namespace Receivables.Sdk.Tests.Reporting;

public class ForecastTests
{
    private static readonly Gen<ProvisionMatrix> Matrices =
        from rates in Gen.Choose(0, 100).ArrayOf(5)
        from factor in Gen.Choose(0, 30)
        select ProvisionMatrix.FromRates(AgingScheme.Days306090, [.. rates.Select(r => new Percentage(r))], factor / 10m);

    private static LedgerSnapshot Late(int days) => new()
    {
        AsOf = AsOf,
        OpenItems = [Invoice("I1", "C1", 100m, 10), Invoice("I2", "C2", 60m, -1)],
        SettledItems = [.. Enumerable.Range(0, 20).Select(i => Invoice("S" + i, "C1", 50m, -300 + (10 * i), open: 0m))],
        Allocations = [.. Enumerable.Range(0, 20).Select(i => new StandingAllocation(new("A" + i), new("P"), new("S" + i), Eur(50m), Day(-300 + (10 * i) + days), AllocationKind.Payment))],
    };

    private static ForecastLine Line(ReceiptsForecast forecast, ForecastMethod method) => forecast.Currencies[0].Lines.Single(l => l.Method == method);

    [Fact]
    public void A_customer_who_pays_on_day_52_is_expected_then()
    {
        // Net 30 and always 22 days late: net 52.
        var forecast = new ForecastEngine().Forecast(Late(22));
        LocalDate? On(ForecastMethod method) => Line(forecast, method).Items.Single(i => i.Document.Value == "I1").On;
        Assert.Equal(Day(10), On(ForecastMethod.DueDate));
        Assert.Equal(Day(32), On(ForecastMethod.Habit));
        Assert.Equal(Day(32), On(ForecastMethod.P50));
        Assert.Equal(Day(32), On(ForecastMethod.P80));
    }

    [Fact]
    public void A_habit_of_steady_payers_is_tested_and_found_right()
    {
        var forecast = new ForecastEngine(new() { BackTests = 30 }).Forecast(Late(22));
        Assert.Equal(0m, Line(forecast, ForecastMethod.Habit).BackTest!.Error.ValueOrNull);
        Assert.True(Line(forecast, ForecastMethod.DueDate).BackTest!.Error.ValueOrNull > 50m);
    }

    [Fact]
    public void The_unpaid_count_and_what_history_never_saw_has_no_date()
    {
        // One of two paid on day 5, the other is 40 days late and open: half is reached on day 5, four fifths never.
        var snapshot = new LedgerSnapshot
        {
            AsOf = AsOf,
            OpenItems = [Invoice("I1", "C1", 100m, 10), Invoice("I2", "C1", 50m, -40)],
            SettledItems = [Invoice("S1", "C1", 150m, -90, open: 0m)],
            Allocations = [new(new("A"), new("P"), new("S1"), Eur(150m), Day(-85), AllocationKind.Payment)],
        };
        var forecast = new ForecastEngine().Forecast(snapshot);
        Assert.Equal(Day(15), Line(forecast, ForecastMethod.P50).Items.Single(i => i.Document.Value == "I1").On);
        Assert.Null(Line(forecast, ForecastMethod.P80).Items.Single(i => i.Document.Value == "I1").On);
        Assert.Equal(Eur(150m), Line(forecast, ForecastMethod.P80).Tail);
    }

    [Fact]
    public void Agreements_override_dates_and_disputes_delay()
    {
        var snapshot = Late(22) with
        {
            OpenItems = [Invoice("I1", "C1", 100m, 10), Invoice("I2", "C1", 80m, 10), Invoice("I3", "C1", 60m, 10), Invoice("I4", "C1", 40m, 10) with { Disputed = Eur(15m) }],
            Promises = [new(new("I1"), Day(-1), Day(5), Eur(70m))],
            Plans = [new(new("I2"), Day(-1), [new(Day(20), Eur(50m)), new(Day(50), Eur(50m))])],
            DirectDebits = [new(new("I3"), Day(3))],
        };
        var items = Line(new ForecastEngine().Forecast(snapshot), ForecastMethod.Habit).Items;
        Assert.Equal(
            ["I1 70.00 5 Promise", "I1 30.00 32 Method", "I2 50.00 20 Plan", "I2 30.00 50 Plan", "I3 60.00 3 DirectDebit", "I4 15.00 92 Disputed", "I4 25.00 32 Method"],
            items.Select(i => $"{i.Document} {i.Amount.ToAmountString()} {Period.DaysBetween(AsOf, i.On!.Value)} {i.Basis}"));
    }

    // A12
    [Fact]
    public void Periods_tail_and_loss_add_up_to_what_is_open() => Law.ForAll(
        from snapshot in LedgerGenerator.Snapshots
        from matrix in Matrices
        from useLosses in Gen.Elements(true, false)
        from step in Gen.Elements(ForecastStep.Week, ForecastStep.Month)
        from periods in Gen.Choose(1, 8)
        select (snapshot, options: new ForecastOptions { Losses = useLosses ? matrix : null, Step = step, Periods = periods, BackTests = 2 }),
        x =>
        {
            foreach (var currency in new ForecastEngine(x.options).Forecast(x.snapshot).Currencies)
            {
                foreach (var line in currency.Lines)
                {
                    Assert.Equal(currency.Open, line.Amounts.Aggregate(line.Tail + currency.Loss, (sum, a) => sum + a));
                    Assert.All(line.Items, i => Assert.True(i.Amount.IsPositive && i.On is not { } on || i.On > x.snapshot.AsOf));
                }

                // A date that is more certain is never an earlier one.
                var (p50, p80) = (currency.Lines.Single(l => l.Method == ForecastMethod.P50), currency.Lines.Single(l => l.Method == ForecastMethod.P80));
                var sums = (A: 0m, B: 0m);
                for (var i = 0; i < p50.Amounts.Length; i++)
                {
                    sums = (sums.A + p50.Amounts[i].Amount, sums.B + p80.Amounts[i].Amount);
                    Assert.True(sums.A >= sums.B);
                }
            }
        }, cases: 60);

    // A11
    [Fact]
    public void A_provision_never_exceeds_the_exposure_and_grows_with_each_rate() => Law.ForAll(
        from book in OpenItemGenerators.Books
        from matrix in Matrices
        from column in Gen.Choose(0, 4)
        from more in Gen.Choose(0, 100)
        select (book, matrix, column, more),
        x =>
        {
            var higher = ProvisionMatrix.FromRates(
                x.matrix.Scheme,
                [.. x.matrix.Rates.Select((r, i) => i == x.column ? new Percentage(Math.Min(100m, r.Rate.Percent + x.more)) : r.Rate)],
                x.matrix.ForwardFactor);
            foreach (var total in new AgingEngine().Age(x.book.AsOf, x.book.Items).Totals)
            {
                var provision = x.matrix.Provide(total);
                Assert.All(provision.Lines, l => Assert.True(l.Amount <= l.Exposure && !l.Amount.IsNegative));
                Assert.True(provision.Amount <= higher.Provide(total).Amount);
                Assert.Equal(total.Total - total.Unapplied, provision.Exposure);
            }
        });

    [Fact]
    public void The_matrix_of_the_standard_example()
    {
        // Rates of a published example: 0.5, 2.2, 2.7 and 4.5 percent, and 100 beyond.
        var matrix = ProvisionMatrix.FromRates(AgingScheme.Days306090, [new(0.5m), new(2.2m), new(2.7m), new(4.5m), new(100m)]);
        var report = new AgingEngine().Age(AsOf, [Invoice("1", "C", 1000m, 0), Invoice("2", "C", 1000m, -1), Invoice("3", "C", 1000m, -31), Invoice("4", "C", 1000m, -61), Invoice("5", "C", 10m, -91)]);
        Assert.Equal(Eur(5m + 22m + 27m + 45m + 10m), matrix.Provide(report.Totals[0]).Amount);
    }

    [Fact]
    public void Rates_come_from_cohorts_with_their_lineage()
    {
        var history = new ReceivablesHistory
        {
            AsOf = AsOf,
            Documents = [Invoice("I1", "C1", 100m, -200), Invoice("I2", "C1", 300m, -200), Invoice("I3", "C1", 100m, -200)],
            Closings = [new(new("I1"), Day(-100), Eur(100m), AllocationKind.WriteOff), new(new("I2"), Day(-180), Eur(300m), AllocationKind.Payment), new(new("I3"), Day(-210), Eur(100m), AllocationKind.Payment)],
        };
        var rates = ProvisionMatrix.FromHistory(AgingScheme.Days306090, history, Currency.EUR, Day(-300), Day(-100)).Rates;
        Assert.Equal([20m, 25m, 100m, 100m, 100m], rates.Select(r => r.Rate.Percent));
        Assert.Equal(["I1", "I2"], rates[1].Documents.Select(d => d.Value));
        Assert.Equal((Eur(400m), Eur(100m)), (rates[1].Reached!.Value, rates[1].Lost!.Value));
    }

    // A11
    [Fact]
    public void Rolling_money_is_collected_or_lost() => Law.ForAll(
        from snapshot in LedgerGenerator.Snapshots
        from months in Gen.Choose(1, 5)
        select (snapshot, months),
        x =>
        {
            foreach (var total in new AgingEngine().Age(x.snapshot).Totals)
            {
                var rates = RollRates.FromHistory(AgingScheme.Days306090, ReceivablesHistory.Of(x.snapshot), total.Currency, x.months);
                Assert.All(rates.Rows, r => Assert.Equal(1.0, r.Sum(), 9));
                Assert.All(rates.Expect(total), o => Assert.True(o.Collected + o.Lost == o.Open && !o.Collected.IsNegative && !o.Lost.IsNegative));
            }
        });
}
