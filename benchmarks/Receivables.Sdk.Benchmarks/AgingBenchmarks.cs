using BenchmarkDotNet.Attributes;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Benchmarks;

/// <summary>Aging of a large book by customer, against the least that any report must do: one sum for each customer.</summary>
/// <remarks>The bar is four times the bare pass over the same items in the same run. <c>RECEIVABLES_BENCH_SCALE=tiny</c> shrinks the book.</remarks>
[MemoryDiagnoser]
public class AgingBenchmarks
{
    private readonly AgingEngine _engine = new();
    private readonly LocalDate _asOf = new(2026, 3, 31);
    private OpenItem[] _items = [];

    /// <summary>A million items of fifty thousand customers, a tenth of them credits, a tenth in instalments.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var count = Environment.GetEnvironmentVariable("RECEIVABLES_BENCH_SCALE") == "tiny" ? 2_000 : 1_000_000;
        var random = new Random(1);
        _items = new OpenItem[count];
        for (var i = 0; i < count; i++)
        {
            _items[i] = Item(random, i, count / 20);
        }
    }

    /// <summary>The bare pass.</summary>
    [Benchmark(Baseline = true)]
    public int SumByCustomer()
    {
        var sums = new Dictionary<CustomerId, decimal>();
        foreach (var item in _items)
        {
            ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sums, item.Customer!.Value, out _);
            sum += item.IsCredit ? -item.Open.Amount : item.Open.Amount;
        }

        return sums.Count;
    }

    /// <summary>The report, with totals and the way back from each cell to its items.</summary>
    [Benchmark]
    public int Age() => _engine.Age(_asOf, _items).Rows.Length;

    private OpenItem Item(Random random, int i, int customers)
    {
        var amount = Money.FromMinorUnits(random.Next(100, 1_000_000), Currency.EUR);
        var due = _asOf.PlusDays(random.Next(-150, 60));
        var half = Money.FromMinorUnits(amount.ToMinorUnits() / 2, Currency.EUR);
        var credit = random.Next(10) == 0;
        return new OpenItem
        {
            Id = new DocumentId("I" + i),
            Kind = credit ? DocumentKind.CreditNote : DocumentKind.Invoice,
            Customer = new CustomerId("C" + random.Next(customers)),
            Issued = due.PlusDays(-30),
            Due = due,
            Amount = amount,
            Open = amount,
            Instalments = credit || random.Next(10) != 0 ? [] : [new OpenInstalment(1, due, half, half), new OpenInstalment(2, due.PlusDays(30), amount - half, amount - half)],
        };
    }
}
