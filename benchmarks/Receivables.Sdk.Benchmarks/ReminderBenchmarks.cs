using BenchmarkDotNet.Attributes;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;

namespace Receivables.Sdk.Benchmarks;

/// <summary>
/// A plan of 1,000,000 open items of 200,000 customers, against the yardstick of twenty look-ups of each item in a dictionary too big for
/// any cache. The rows come in no order. RECEIVABLES_BENCH_SCALE=tiny takes a thousandth of it.
/// </summary>
[MemoryDiagnoser]
[WarmupCount(1)]
[IterationCount(5)]
public class ReminderBenchmarks
{
    private static readonly LocalDate AsOf = new(2026, 3, 2);

    // Made once for all benchmarks: to fill it takes as long as to measure.
    private static readonly Lazy<Rows> Filled = new(Fill);

    private readonly ReminderEngine _engine = new(PolicyPresets.SmallBusiness);
    private readonly ReminderEngine _claiming = new(new ReminderPolicy
    {
        Levels = [new ReminderLevel { Level = 1, Kind = ReminderKind.FormalNotice, Interest = StatutoryClaim.Statutory, FixedSum = StatutoryClaim.Statutory }],
    });

    private Dictionary<DocumentId, OpenItem> _dictionary = [];
    private LedgerSnapshot _snapshot = new() { AsOf = AsOf };
    private DocumentId[] _cold = [];

    private sealed record Rows(Dictionary<DocumentId, OpenItem> Dictionary, DocumentId[] Cold, LedgerSnapshot Snapshot);

    /// <summary>Fills the ledger.</summary>
    [GlobalSetup]
    public void Setup() => (_dictionary, _cold, _snapshot) = (Filled.Value.Dictionary, Filled.Value.Cold, Filled.Value.Snapshot);

    private static Rows Fill()
    {
        var customers = Environment.GetEnvironmentVariable("RECEIVABLES_BENCH_SCALE") == "tiny" ? 200 : 200_000;
        var random = new Random(17);
        var items = new OpenItem[customers * 5];
        var dictionary = new Dictionary<DocumentId, OpenItem>();
        var reminders = new List<SentReminder>();
        for (var i = 0; i < items.Length; i++)
        {
            var due = AsOf.PlusDays(random.Next(60) - 50);
            var amount = new Money(random.Next(1, 1_000_000) / 100m, Currency.EUR);
            items[i] = new OpenItem
            {
                Id = new DocumentId("INV-" + i.ToString("0000000")),
                Kind = DocumentKind.Invoice,
                Customer = new CustomerId("C" + random.Next(customers).ToString("000000")),
                Number = "2026-" + i,
                Issued = due.PlusDays(-30),
                Due = due,
                Amount = amount,
                Open = amount,
            };
            dictionary.Add(items[i].Id, items[i]);
            if (due.PlusDays(20) < AsOf && random.Next(2) == 0)
            {
                reminders.Add(new SentReminder(items[i].Id, 1, 1, due.PlusDays(14), "email", null));
            }
        }

        DocumentId[] cold = [.. items.Select(i => i.Id)];
        random.Shuffle(cold);
        random.Shuffle(items);
        var rows = Enumerable.Range(0, customers).Select(i => new Customer { Id = new CustomerId("C" + i.ToString("000000")), Kind = PartyKind.Business, Country = "NL", Language = "nl" }).ToArray();
        random.Shuffle(rows);
        return new Rows(dictionary, cold, new LedgerSnapshot { AsOf = AsOf, Customers = rows, OpenItems = items, Reminders = reminders });
    }

    /// <summary>The yardstick: twenty cold look-ups for each item.</summary>
    [Benchmark(Baseline = true)]
    public int TwentyColdLookUps()
    {
        var found = 0;
        for (var round = 0; round < 20; round++)
        {
            foreach (var id in _cold)
            {
                found += _dictionary.TryGetValue(id, out _) ? 1 : 0;
            }
        }

        return found;
    }

    /// <summary>The plan of a day.</summary>
    [Benchmark]
    public int Plan() => _engine.Plan(_snapshot).Actions.Count;

    /// <summary>The plan of a day under a policy that claims statutory interest and a fixed sum for everything overdue since two weeks.</summary>
    [Benchmark]
    public int PlanWithInterest() => _claiming.Plan(_snapshot).Actions.Count;
}
