using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>Asks a method on past days, with only what was known then, and compares with what came.</summary>
internal sealed class BackTester
{
    private readonly ForecastOptions _options;
    private readonly Currency _currency;
    private readonly List<Trial> _trials = [];

    internal BackTester(ForecastOptions options, ReceivablesHistory history, IReadOnlyList<DocumentTimeline> timelines, Currency currency)
    {
        (_options, _currency) = (options, currency);
        if (timelines.Count == 0)
        {
            return;
        }

        var first = history.CompleteFrom ?? timelines.Min(t => t.Document.Issued);
        for (var i = 1; i <= options.BackTests; i++)
        {
            var day = options.Step == ForecastStep.Week ? history.AsOf.PlusWeeks(-i) : history.AsOf.With(DateAdjusters.StartOfMonth).PlusMonths(1 - i).PlusDays(-1);
            if (day <= first)
            {
                break;
            }

            if (timelines.Any(t => t.OpenAt(day) > 0m))
            {
                _trials.Add(new Trial(day, options, history, timelines));
            }
        }
    }

    internal BackTest? Try(ForecastMethod method)
    {
        if (_trials.Count == 0)
        {
            return null;
        }

        decimal forecast = 0m, actual = 0m, error = 0m;
        foreach (var trial in _trials)
        {
            var expected = trial.Expect(method, _currency);
            for (var p = 0; p < trial.Periods.Length; p++)
            {
                forecast += expected[p].Amount;
                actual += trial.Actual[p];
                error += Math.Abs(expected[p].Amount - trial.Actual[p]);
            }
        }

        return new BackTest(
            [.. _trials.Select(t => t.Day)],
            new Money(forecast, _currency),
            new Money(actual, _currency),
            MetricFormulas.Share(Definition("backTestError", "Error of the forecast", "sum of differences by period, signs dropped ÷ sum paid × 100"), error, actual, MetricGap.NoPayments),
            MetricFormulas.Share(Definition("backTestBias", "Bias of the forecast", "(sum forecast − sum paid) ÷ sum paid × 100"), forecast - actual, actual, MetricGap.NoPayments));
    }

    private static MetricDefinition Definition(string code, string name, string formula) => new(code, name, formula, MetricUnit.Percent, "weighted absolute percentage error");

    /// <summary>One past day: what was open, and what came of it up to the end of the history.</summary>
    private sealed class Trial
    {
        private readonly DelayModel _model;
        private readonly PaymentSchedule _schedule;
        private readonly List<OpenItem> _open;

        internal Trial(LocalDate day, ForecastOptions options, ReceivablesHistory history, IReadOnlyList<DocumentTimeline> timelines)
        {
            Day = day;
            var known = timelines.Where(t => t.Document.Issued <= day)
                .Select(t => new DocumentTimeline(t.Document, t.Closings.Where(c => c.On <= day))).ToList();
            _model = new DelayModel(known, history.Customers, day, options.ShrinkageStrength);
            _open = [.. known.Where(t => t.OpenAt(day) > 0m).Select(t => t.ItemAt(day))];
            _schedule = new PaymentSchedule(new LedgerSnapshot { AsOf = day }, options.DisputedDelayDays);

            // Whole periods only: a period that the history does not cover to its end would count as unpaid.
            var periods = ImmutableArray.CreateBuilder<ForecastPeriod>();
            for (var at = day; periods.Count < options.Periods && ForecastEngine.NextPeriod(at, options.Step) is { } period && period.To <= history.AsOf; at = period.To)
            {
                periods.Add(period);
            }

            Periods = periods.ToImmutable();
            Actual = [.. Periods.Select(p => timelines.Where(t => t.Document.Issued <= day).SelectMany(t => t.Settlements).Where(s => s.IsPaid && s.On >= p.From && s.On <= p.To).Sum(s => s.Amount))];
        }

        internal LocalDate Day { get; }

        internal ImmutableArray<ForecastPeriod> Periods { get; }

        internal ImmutableArray<decimal> Actual { get; }

        internal ImmutableArray<Money> Expect(ForecastMethod method, Currency currency) =>
            ForecastEngine.Spread(_open.SelectMany(i => _schedule.Schedule(i, Money.Zero(currency), method, _model)), Periods, currency);
    }
}
