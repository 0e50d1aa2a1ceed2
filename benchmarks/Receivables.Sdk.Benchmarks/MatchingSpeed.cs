using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FuzzySharp;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit.Matching;

namespace Receivables.Sdk.Benchmarks;

/// <summary>How fast matching is, in one run of three minutes over ledgers that are made once: index, batches on one and two threads, one payment, one change, small ledgers, and what each asks of memory.</summary>
/// <remarks>Beside the three baselines of the same run: a cold look-up in a dictionary, a scalar Myers comparison, a token set of FuzzySharp. <c>RECEIVABLES_BENCH_SCALE=tiny</c> shrinks everything.</remarks>
internal static class MatchingSpeed
{
    private const int Ledgers = 1_000;
    private static readonly int s_scale = MatchingData.IsTiny ? 500 : 1;

    /// <summary>Measures and writes the table.</summary>
    internal static int Record(string folder)
    {
        var table = new SpeedTable();
        var large = MatchingData.Market(1_000_000 / s_scale, 100_000 / s_scale);
        Baselines(table, large);
        var matcher = Index(table, large);
        Changes(table, large);
        var perPayment = Batches(table, large, matcher);
        Growth(table, perPayment);
        One(table, large, matcher);
        SmallLedgers(table);
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors.")
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Medium mix: {large.Ledger.OpenItems.Count:N0} open and {large.Ledger.SettledItems.Count:N0} settled items of {large.Ledger.Customers.Count:N0} customers, {large.Transactions.Count:N0} payments. A look-up is one of a number in a dictionary of all numbers, in no order, in the same run.")
            .AppendLine()
            .Append(table);
        File.WriteAllText(Path.Combine(folder, "Matching.md"), text.ToString());
        return 0;
    }

    private static void Baselines(SpeedTable table, Market market)
    {
        var (numbers, asked) = MatchingData.Numbers(market, 100_000);
        var lookUp = Warm(() => _ = MatchingData.ColdLookUps(numbers, asked)) / asked.Length;
        table.LookUp = lookUp;
        table.Add("one cold look-up in a dictionary of all numbers (B5)", SpeedTable.Time(lookUp), "");
        var names = BenchmarkNames.Make(20_000);
        var query = names[17];
        var myers = new ScalarMyers(query);
        table.Add("one name compared by scalar Myers (B4)", SpeedTable.Time(Warm(() => _ = names.Sum(myers.Distance)) / names.Length), "");
        table.Add("one name compared by FuzzySharp's token set (B6)", SpeedTable.Time(Warm(() => _ = names.Take(2_000).Sum(n => Fuzz.TokenSetRatio(query, n))) / Math.Min(2_000, names.Length)), "");
    }

    private static PaymentMatcher Index(SpeedTable table, Market market)
    {
        PaymentMatcher? matcher = null;
        var items = market.Ledger.OpenItems.Count + market.Ledger.SettledItems.Count;
        var best = Best(3, () =>
        {
            matcher = null;
            matcher = MatchingData.Matcher(market, 1);
        });
        table.Add("index, one thread", string.Create(CultureInfo.InvariantCulture, $"{items / best * 1000:0.00} M items/s"), "≥ 1.5 M items/s", best / items);
        matcher = null;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        matcher = MatchingData.Matcher(market, 1);
        table.Add("kept by the index for each item", string.Create(CultureInfo.InvariantCulture, $"{(double)(GC.GetTotalMemory(forceFullCollection: true) - before) / items:0} B"), "≤ 256 B");
        return matcher;
    }

    // What one document more, less or part-paid costs, and that the next matcher sees it.
    private static void Changes(SpeedTable table, Market market)
    {
        var ledger = market.Ledger with { SettledItems = [], Payments = [] };
        var index = new MatchingIndex(ledger);
        var dice = new Dice(5);
        var chosen = Enumerable.Range(0, 20_000 / s_scale).Select(_ => ledger.OpenItems[dice.Below(ledger.OpenItems.Count)]).DistinctBy(i => i.Id).ToList();
        var parts = chosen.ConvertAll(i => i with { Open = i.Open - Receivables.Sdk.Money.FromMinorUnits(1, i.Open.Currency) });
        Change("part-pay one item", parts, index.Put);
        Change("remove one item", parts, i => index.Remove(i.Id));
        Change("add one item", chosen, index.Put);

        void Change(string what, List<OpenItem> items, Action<OpenItem> act)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var item in items)
            {
                act(item);
                _ = index.Matcher;
            }

            table.Add(what, SpeedTable.Time(Stopwatch.GetElapsedTime(start).TotalNanoseconds / items.Count), "≤ 5 µs", Stopwatch.GetElapsedTime(start).TotalNanoseconds / items.Count);
        }
    }

    private static double Batches(SpeedTable table, Market market, PaymentMatcher one)
    {
        var payments = market.Transactions.Count;
        var two = MatchingData.Matcher(market, 2);
        _ = one.Match(market.Transactions);
        _ = two.Match(market.Transactions);
        var (single, twice) = (double.MaxValue, double.MaxValue);
        // In turns, so that both see the same machine.
        for (var round = 0; round < 3; round++)
        {
            single = Math.Min(single, Best(1, () => _ = one.Match(market.Transactions)));
            twice = Math.Min(twice, Best(1, () => _ = two.Match(market.Transactions)));
        }

        table.Add("a batch, one thread", SpeedTable.Time(single), "", single / payments);
        table.Add("a batch, two threads", SpeedTable.Time(twice), "≤ 1 s", twice / payments);
        table.Add("gain by the second thread", string.Create(CultureInfo.InvariantCulture, $"{single / twice:0.00} ×"), "≥ 1.8 ×");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var answers = one.Match(market.Transactions);
        var allocated = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / payments;
        var alive = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(answers);
        answers = null;
        var kept = (double)(alive - GC.GetTotalMemory(forceFullCollection: true)) / payments;
        table.Add("allocated for a payment, of which the answer keeps", string.Create(CultureInfo.InvariantCulture, $"{allocated:N0} B, {kept:N0} B"), "the answer");
        return single / payments;
    }

    private static void Growth(SpeedTable table, double perPaymentOfLarge)
    {
        var small = MatchingData.Market(MatchingData.IsTiny ? 500 : 10_000, MatchingData.IsTiny ? 100 : 1_000);
        var matcher = MatchingData.Matcher(small, 1);
        var perPayment = Best(20, () => _ = matcher.Match(small.Transactions)) / small.Transactions.Count;
        table.Add("a batch against 10,000 items, a payment", SpeedTable.Time(perPayment), "", perPayment);
        table.Add("growth of a payment's time from 10,000 to 1,000,000 items", string.Create(CultureInfo.InvariantCulture, $"{perPaymentOfLarge / perPayment:0.0} ×"), "< 2 ×");
    }

    private static void One(SpeedTable table, Market market, PaymentMatcher matcher)
    {
        var times = new List<double>();
        foreach (var transaction in market.Transactions.Take(20_000))
        {
            var start = Stopwatch.GetTimestamp();
            _ = matcher.Match(transaction);
            times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        times.Sort();
        table.Add("one payment alone, median", SpeedTable.Time(times[times.Count / 2]), "≤ 10 µs", times[times.Count / 2]);
        table.Add("one payment alone, 99 of 100 within", SpeedTable.Time(times[times.Count * 99 / 100]), "≤ 1 ms");
    }

    // Every one indexed, matched and dropped.
    private static void SmallLedgers(SpeedTable table)
    {
        var markets = Enumerable.Range(0, 20).Select(i => PaymentMaker.Make(new MarketParameters { Seed = 40 + (ulong)i, Items = 2_000 / Math.Min(10, s_scale), Payments = 50 })).ToList();
        var ledgers = Ledgers / Math.Min(50, s_scale);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var single = Best(1, () =>
        {
            for (var i = 0; i < ledgers; i++)
            {
                MatchOne(i);
            }
        });
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        // As a host with many ledgers does: each on one thread.
        var together = Best(1, () => Parallel.For(0, ledgers, MatchOne));
        table.Add("1,000 ledgers of 2,000 items, 50 payments each, indexed, matched and dropped, one after the other", SpeedTable.Time(single), "");
        table.Add("the same, as many side by side as there are processors", SpeedTable.Time(together), "≤ 3 s");
        table.Add("allocated for one of them", string.Create(CultureInfo.InvariantCulture, $"{allocated / (double)ledgers / 1048576:0.00} MB"), "≤ 1 MB in use");

        void MatchOne(int i)
        {
            var market = markets[i % markets.Count];
            _ = new PaymentMatcher(market.Ledger, new MatchingOptions { Threads = 1 }).Match(market.Transactions);
        }
    }

    // The shortest of five runs of code that has run for a second before, so that it is compiled for good.
    private static double Warm(Action act)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 1;)
        {
            act();
        }

        return Best(5, act);
    }

    // The shortest of some runs, in nanoseconds.
    private static double Best(int runs, Action act)
    {
        var best = double.MaxValue;
        for (var i = 0; i < runs; i++)
        {
            GC.Collect();
            var start = Stopwatch.GetTimestamp();
            act();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return best;
    }

    /// <summary>The table as it is filled, told on the way.</summary>
    private sealed class SpeedTable
    {
        private readonly StringBuilder _rows = new("| What | Seen | In look-ups | Bar |\n|---|---:|---:|---:|\n");

        /// <summary>One cold look-up in nanoseconds.</summary>
        internal double LookUp { get; set; }

        internal void Add(string what, string seen, string bar, double nanoseconds = 0)
        {
            var lookUps = nanoseconds > 0 ? (nanoseconds / LookUp).ToString("0.0", CultureInfo.InvariantCulture) : "";
            _rows.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {seen} | {lookUps} | {bar} |");
            Console.WriteLine($"{what}: {seen} {lookUps}");
        }

        internal static string Time(double nanoseconds) => nanoseconds switch
        {
            < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0} ns"),
            < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e3:0.0} µs"),
            < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e6:0.0} ms"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e9:0.00} s"),
        };

        public override string ToString() => _rows.ToString();
    }
}
