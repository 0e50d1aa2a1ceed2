using NodaTime;
using Receivables.Sdk.Ledger;
using static Receivables.Sdk.Reporting.MetricFormulas;

namespace Receivables.Sdk.Reporting;

/// <summary>The metrics of one currency in one period.</summary>
internal sealed class PeriodMetrics
{
    private readonly MetricsOptions _options;
    private readonly ReceivablesHistory _history;
    private readonly IReadOnlyList<DocumentTimeline> _book;
    private readonly Dictionary<DocumentId, DocumentTimeline> _byId;
    private readonly LocalDate _from;
    private readonly LocalDate _to;

    internal PeriodMetrics(MetricsOptions options, ReceivablesHistory history, IReadOnlyList<DocumentTimeline> book, LocalDate from, LocalDate to)
    {
        (_options, _history, _book, _from, _to) = (options, history, book, from, to);
        _byId = book.ToDictionary(t => t.Document.Id);
    }

    internal IEnumerable<Metric> All()
    {
        var begin = OpenAt(Days.Add(_from, -1));
        var end = OpenAt(_to);
        var overdue = _book.Sum(t => t.OverdueAt(_to));
        var sales = Sales(_from, _to);
        var days = Period.DaysBetween(_from, _to) + 1;
        yield return DsoSimple(end, sales, days);
        yield return CountBack(end);
        yield return PerInvoice();
        yield return DsoBestPossible(Math.Max(0m, end - overdue), sales, days);
        yield return MetricFormulas.AverageDaysDelinquent(overdue, sales, days);
        foreach (var metric in Payments())
        {
            yield return metric;
        }

        var late = _book.SelectMany(t => t.PartsAt(_to)).Where(p => p.Due < _to).ToList();
        yield return Ratio(
            MetricDefinitions.DaysBeyondTerms, late.Sum(p => p.Open.Amount * Period.DaysBetween(p.Due, _to)), overdue, MetricGap.NothingDue, [new("overdue", overdue)]);
        yield return MetricFormulas.AverageCollectionPeriod(end - begin, sales, days);
        yield return Effectiveness();
        var turnover = MetricFormulas.Turnover(sales, begin, end);
        yield return turnover;
        yield return AgainstBenchmark(turnover);
        yield return Share(MetricDefinitions.PastDueRatio, overdue, end, MetricGap.NoReceivables);
        foreach (var metric in Promises().Concat(Reminders()).Concat(Latencies()).Concat(Concentration(end)))
        {
            yield return metric;
        }

        var lost = Closed(AllocationKind.WriteOff).Sum(s => s.Amount);
        yield return Share(MetricDefinitions.BadDebtRatio, lost, sales, MetricGap.NoSales);
        yield return Utilisation();
    }

    private decimal OpenAt(LocalDate date) => _book.Sum(t => Math.Max(0m, t.OpenAt(date)));

    private decimal Sales(LocalDate from, LocalDate to) => _book.Where(t => !t.IsRecovery && t.Document.Issued >= from && t.Document.Issued <= to).Sum(t => t.Document.Amount.Amount);

    private IEnumerable<DocumentTimeline.Settlement> Closed(AllocationKind kind) =>
        _book.SelectMany(t => t.Settlements).Where(s => s.Kind == kind && s.On >= _from && s.On <= _to);

    private Metric CountBack(decimal end)
    {
        var first = _history.CompleteFrom ?? _book.Min(t => t.Document.Issued);
        var months = new List<MonthlySales>();
        var last = _to;
        while (months.Count < _options.CountBackMonths && last >= first)
        {
            var start = last.With(DateAdjusters.StartOfMonth);
            months.Add(new MonthlySales(Sales(start, last), Period.DaysBetween(start, last) + 1));
            last = start.PlusDays(-1);
        }

        return DsoCountBack(end, months);
    }

    private MeasuredMetric PerInvoice()
    {
        var sum = 0m;
        foreach (var timeline in _book.Where(t => t.OpenAt(_to) > 0m))
        {
            var issued = timeline.Document.Issued;
            var month = Sales(issued.With(DateAdjusters.StartOfMonth), LocalDate.Min(issued.With(DateAdjusters.EndOfMonth), _to));

            // The month holds the document itself, so its sales are zero only where the document is.
            sum += month == 0m ? 0m : Period.DaysBetween(issued, _to) * timeline.OpenAt(_to) / month;
        }

        return new MeasuredMetric(MetricDefinitions.DsoPerInvoice, sum, [new("openInvoices", _book.Count(t => t.OpenAt(_to) > 0m))]);
    }

    private IEnumerable<Metric> Payments()
    {
        var paid = _book.SelectMany(t => t.Settlements.Select(s => (t.Document, Settlement: s)))
            .Where(x => x.Settlement.IsPaid && x.Settlement.On >= _from && x.Settlement.On <= _to).ToList();
        var total = paid.Sum(x => x.Settlement.Amount);
        var late = paid.Where(x => x.Settlement.DaysLate > 0).ToList();
        var lateTotal = late.Sum(x => x.Settlement.Amount);
        yield return Ratio(MetricDefinitions.WeightedDaysLate, late.Sum(x => x.Settlement.Amount * x.Settlement.DaysLate), lateTotal, MetricGap.NoPayments, [new("paidLate", lateTotal)]);
        yield return Ratio(MetricDefinitions.WeightedDaysToPay, paid.Sum(x => x.Settlement.Amount * Period.DaysBetween(x.Document.Issued, x.Settlement.On)), total, MetricGap.NoPayments, [new("paid", total)]);
        yield return Ratio(MetricDefinitions.AverageDaysLate, paid.Sum(x => (decimal)x.Settlement.DaysLate), paid.Count, MetricGap.NoPayments, [new("payments", paid.Count)]);
        yield return Share(MetricDefinitions.LatePaymentShare, lateTotal, total, MetricGap.NoPayments);
    }

    private Metric Effectiveness()
    {
        decimal collected = 0m, collectable = 0m;
        for (LocalDate start = _from, end = default; end != _to; start = Days.Add(end, 1))
        {
            end = LocalDate.Min(start.With(DateAdjusters.EndOfMonth), _to);
            var available = OpenAt(Days.Add(start, -1)) + Sales(start, end);
            collected += available - OpenAt(end);
            collectable += available - (OpenAt(end) - _book.Sum(t => t.OverdueAt(end)));
        }

        return CollectionEffectiveness(collected, collectable);
    }

    private Metric AgainstBenchmark(Metric turnover) => (_options.TurnoverBenchmark, turnover.ValueOrNull) switch
    {
        (null, _) => new UndefinedMetric(MetricDefinitions.TurnoverAgainstBenchmark, MetricGap.NothingToCompareWith, []),
        ({ } benchmark, { } value) => Share(MetricDefinitions.TurnoverAgainstBenchmark, value, benchmark, MetricGap.NothingToCompareWith),
        _ => new UndefinedMetric(MetricDefinitions.TurnoverAgainstBenchmark, MetricGap.NoReceivables, []),
    };

    private IEnumerable<Metric> Promises()
    {
        decimal promised = 0m, kept = 0m;
        int count = 0, keptCount = 0;
        foreach (var promise in _history.Promises.Where(p => p.Until >= _from && p.Until <= _to && _byId.ContainsKey(p.Invoice)))
        {
            var timeline = _byId[promise.Invoice];
            var openBefore = timeline.OpenAt(Days.Add(promise.Made, -1));
            var amount = Math.Min(promise.Amount?.Amount ?? openBefore, openBefore);
            var paid = timeline.Settlements.Where(s => s.IsPaid && s.On >= promise.Made && s.On <= promise.Until).Sum(s => s.Amount);
            (promised, kept, count, keptCount) = (promised + amount, kept + Math.Min(paid, amount), count + 1, keptCount + (paid >= amount ? 1 : 0));
        }

        yield return Share(MetricDefinitions.PromisesKept, keptCount, count, MetricGap.NothingDue);
        yield return Share(MetricDefinitions.PromisedAmountKept, kept, promised, MetricGap.NothingDue);
    }

    private IEnumerable<Metric> Reminders()
    {
        var sent = _history.Reminders.Where(r => _byId.ContainsKey(r.Invoice)).ToList();
        var next = sent.ToLookup(r => (r.Invoice, r.Instalment));
        foreach (var level in sent.Where(r => r.Sent >= _from && r.Sent <= _to).GroupBy(r => r.Level).OrderBy(g => g.Key))
        {
            decimal open = 0m, paid = 0m;
            foreach (var reminder in level)
            {
                var until = Days.Add(reminder.Sent, _options.ReminderDays);
                foreach (var later in next[(reminder.Invoice, reminder.Instalment)].Where(r => r.Sent > reminder.Sent))
                {
                    until = LocalDate.Min(until, later.Sent);
                }

                var timeline = _byId[reminder.Invoice];
                open += timeline.OpenAt(reminder.Sent);
                paid += timeline.Settlements.Where(s => s.IsPaid && s.On > reminder.Sent && s.On <= until).Sum(s => s.Amount);
            }

            yield return Share(MetricDefinitions.ReminderConversion(level.Key, _options.ReminderDays), paid, open, MetricGap.NothingDue);
        }
    }

    private IEnumerable<Metric> Latencies()
    {
        var rows = _history.Invoicing.Where(i => i.Issued >= _from && i.Issued <= _to && _byId.ContainsKey(i.Document)).ToList();
        var delivered = rows.Where(i => i.Delivered is not null).ToList();
        var sent = rows.Where(i => i.Sent is not null).ToList();
        yield return Ratio(MetricDefinitions.InvoicingLatency, delivered.Sum(i => (decimal)Period.DaysBetween(i.Delivered!.Value, i.Issued)), delivered.Count, MetricGap.HistoryTooShort, [new("invoices", delivered.Count)]);
        yield return Ratio(MetricDefinitions.SendingLatency, sent.Sum(i => (decimal)Period.DaysBetween(i.Issued, i.Sent!.Value)), sent.Count, MetricGap.HistoryTooShort, [new("invoices", sent.Count)]);
    }

    private IEnumerable<Metric> Concentration(decimal end)
    {
        var owed = _book.GroupBy(t => t.Document.Customer).Select(g => g.Sum(t => Math.Max(0m, t.OpenAt(_to)))).OrderDescending().ToList();
        yield return Share(MetricDefinitions.Concentration(_options.Top), owed.Take(_options.Top).Sum(), end, MetricGap.NoReceivables);
        yield return end == 0m
            ? new UndefinedMetric(MetricDefinitions.Herfindahl, MetricGap.NoReceivables, [])
            : new MeasuredMetric(MetricDefinitions.Herfindahl, owed.Sum(o => o / end * 100m * (o / end * 100m)), [new("receivables", end)]);
    }

    private Metric Utilisation()
    {
        var currency = _book[0].Document.Amount.Currency;
        var limits = _history.Customers.Where(c => c.CreditLimit is { } limit && limit.Currency == currency).DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => c.CreditLimit!.Value.Amount);
        var exposure = _book.Where(t => t.Document.Customer is { } id && limits.ContainsKey(id)).Sum(t => Math.Max(0m, t.OpenAt(_to)));
        return Share(MetricDefinitions.CreditUtilisation, exposure, limits.Values.Sum(), MetricGap.NothingToCompareWith);
    }
}
