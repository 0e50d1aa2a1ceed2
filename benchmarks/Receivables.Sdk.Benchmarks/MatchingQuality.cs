using System.Diagnostics;
using System.Globalization;
using System.Text;
using FuzzySharp;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit.Matching;

namespace Receivables.Sdk.Benchmarks;

/// <summary>Measures how right and how sure matching is on generated markets, beside two baselines; fits the table of confidence; draws the pictures of docs/matching-quality.md.</summary>
internal static class MatchingQuality
{
    // Fitting and measuring share no seed, no numbering scheme and, but for Dutch, no language.
    private const ulong FittingSeed = 5_000;
    private const ulong MeasuringSeed = 1_020_000;
    private static readonly Difficulty[] s_mixes = [Difficulty.Easy, Difficulty.Medium, Difficulty.Hard];

    internal static int Run(string[] args)
    {
        var markets = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 24;
        switch (args.Length > 0 ? args[0] : "measure")
        {
            case "fit":
                Fit(markets);
                return 0;
            case "measure":
                Measure(markets);
                return 0;
            default:
                Console.Error.WriteLine("--matching-quality measure|fit [markets of each mix]");
                return 2;
        }
    }

    // One market in three is small: the odds of a few documents lie elsewhere than those of many.
    private static MarketParameters Fitting(Difficulty mix, int i)
    {
        var items = (i % 6) switch { 0 => 120, 3 => 400, _ => 1500 };
        return new() { Seed = FittingSeed + (ulong)i, Difficulty = mix, Items = items, Payments = items / 4, RareKinds = 0.1, KnownAccounts = i % 2 == 0 ? 0.5 : 0.35, NoName = i % 5 == 0 ? 0.1 : 0.05, RoundAmounts = i % 4 == 0 ? 0.6 : 0.4 };
    }

    private static MarketParameters Measuring(Difficulty mix, int i) => new()
    {
        Seed = MeasuringSeed + (ulong)i,
        Difficulty = mix,
        Items = 1500,
        Payments = 380,
        RareKinds = 0.1,
        Languages = [3, 4, 5, 6, 0],
        Schemes = MarketParameters.TestingSchemes,
        KnownAccounts = 0.4,
        NoName = 0.1,
        RoundAmounts = 0.5,
        Distractors = 0.4,
    };

    private static void Measure(int markets)
    {
        var report = new StringBuilder("| mix | payments | automatic | of these wrong | automatic rate | right first | right among three | calibration error | package rules: automatic rate (wrong) | token set: right first |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        var latencies = new List<double>();
        foreach (var mix in s_mixes)
        {
            var score = new MatchScore();
            var kinds = new SortedDictionary<string, (int All, int Automatic, int First, int Three)>(StringComparer.Ordinal);
            var (rules, rulesWrong, answerable, tokenRight, tokenAll) = (0, 0, 0, 0, 0);
            for (var i = 0; i < markets; i++)
            {
                var market = PaymentMaker.Make(Measuring(mix, i));
                var matcher = new PaymentMatcher(market.Ledger);
                var results = matcher.Match(market.Transactions);
                score.Add(market, results);
                Count(kinds, market, results);
                var packageRules = new PackageRules(market.Ledger);
                for (var t = 0; t < results.Count; t++)
                {
                    var truth = market.Truths[t];
                    answerable += MatchScore.IsAnswerable(truth) ? 1 : 0;
                    if (packageRules.Find(market.Transactions[t]) is { } item)
                    {
                        var isRight = truth.Parts is [var part] && part.Document == item.Id && part.Kind == AllocationKind.Payment && part.Amount == market.Transactions[t].Amount;
                        rules += 1;
                        rulesWrong += isRight ? 0 : 1;
                    }

                    if (i == 0 && t % 8 == 0 && MatchScore.IsAnswerable(truth) && truth.Parts.Count > 0)
                    {
                        tokenAll++;
                        tokenRight += TokenSet(market, t) is { } id && truth.Parts.Count == 1 && truth.Parts[0].Document == id ? 1 : 0;
                    }

                    if (i > 0)
                    {
                        var start = Stopwatch.GetTimestamp();
                        _ = matcher.Match(market.Transactions[t]);
                        latencies.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                    }
                }
            }

            report.AppendLine(CultureInfo.InvariantCulture, $"| {mix.ToString().ToLowerInvariant()} | {score.All:N0} | {score.Automatic:N0} | {score.WrongAutomatic} | {Share(score.AutomaticAnswerable, score.Answerable)} | {Share(score.First, score.Answerable)} | {Share(score.AmongThree, score.Answerable)} | {100 * score.CalibrationError():F2} % | {Share(rules - rulesWrong, answerable)} ({rulesWrong}) | {Share(tokenRight, tokenAll)} |");
            File.WriteAllText(Path.Combine("docs", $"reliability-{mix.ToString().ToLowerInvariant()}.svg"), ReliabilityPlot.Draw(score.Told, mix.ToString().ToLowerInvariant()));
            Console.WriteLine($"{mix}: {score.Told.Count} answers with a confidence");
            foreach (var (kind, x) in kinds)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   {kind,-24} {x.All,6} automatic {Share(x.Automatic, x.All),8} first {Share(x.First, x.All),8} three {Share(x.Three, x.All),8}"));
            }

            foreach (var (result, truth) in score.Wrong)
            {
                Console.WriteLine("   WRONG " + Describe(result, truth));
            }
        }

        latencies.Sort();
        report.AppendLine(CultureInfo.InvariantCulture, $"\nOne payment alone, against 1,500 open items: median {latencies[latencies.Count / 2]:F0} µs, 99 of 100 within {latencies[latencies.Count * 99 / 100]:F0} µs.");
        Console.WriteLine(report);
        File.WriteAllText(Path.Combine("benchmarks", "results", "matching-quality.md"), report.ToString());
    }

    private static void Count(SortedDictionary<string, (int All, int Automatic, int First, int Three)> kinds, Market market, IReadOnlyList<MatchResult> results)
    {
        for (var i = 0; i < results.Count; i++)
        {
            var truth = market.Truths[i];
            var isRight = MatchScore.IsRight(results[i], truth);
            var kind = truth.Recipe.Split(',')[0];
            var x = kinds.GetValueOrDefault(kind);
            kinds[kind] = (x.All + 1, x.Automatic + (results[i].Decision == MatchDecision.Automatic ? 1 : 0), x.First + (isRight ? 1 : 0),
                x.Three + (isRight || MatchScore.IsShown(results[i], truth) ? 1 : 0));
        }
    }

    // Brute force: the open document whose number and customer's name are likest to text and payer.
    private static DocumentId? TokenSet(Market market, int t)
    {
        var names = market.Ledger.Customers.ToDictionary(c => c.Id, c => c.Name);
        var asked = $"{market.Transactions[t].Remittance} {market.Transactions[t].StructuredReference} {market.Transactions[t].Counterparty?.Name}".ToUpperInvariant();
        return market.Ledger.OpenItems.Where(i => !i.IsCredit)
            .MaxBy(i => (Fuzz.TokenSetRatio(asked, $"{i.Number} {names[i.Customer!.Value]}".ToUpperInvariant()), i.Open == market.Transactions[t].Amount ? 1 : 0))?.Id;
    }

    // Right and all first candidates by class and bin of odds over the fitting markets, whatever was decided of them, so that the table at hand does not choose what the next is made of; then made monotone.
    private static void Fit(int markets)
    {
        var (classes, bins) = (Enum.GetValues<CalibrationClass>(), Calibration.Bins);
        var right = new int[classes.Length, bins];
        var all = new int[classes.Length, bins];
        var gate = new Lock();
        Parallel.ForEach(s_mixes.SelectMany(mix => Enumerable.Range(0, markets).Select(i => Fitting(mix, i))), parameters =>
        {
            var market = PaymentMaker.Make(parameters);
            var results = new PaymentMatcher(market.Ledger, new MatchingOptions { Threads = 1 }).Match(market.Transactions);
            lock (gate)
            {
                for (var t = 0; t < results.Count; t++)
                {
                    if (results[t].Calibrated is { } calibrated)
                    {
                        var (kind, bin) = ((int)calibrated.Class, Calibration.BinOf(calibrated.Odds));
                        all[kind, bin]++;
                        right[kind, bin] += IsFirstRight(results[t], market.Truths[t]) ? 1 : 0;
                    }
                }
            }
        });

        foreach (var kind in classes)
        {
            var row = Monotone.Fit([.. Enumerable.Range(0, bins).Select(b => (right[(int)kind, b], all[(int)kind, b]))]);
            Console.WriteLine($"        /* {kind,-14} */ {string.Join(", ", row)}, // {string.Join(" ", Enumerable.Range(0, bins).Select(b => $"{right[(int)kind, b]}/{all[(int)kind, b]}"))}");
        }
    }

    private static bool IsFirstRight(MatchResult result, Truth truth) =>
        result.Decision != MatchDecision.Unmatched ? MatchScore.IsRight(result, truth)
        : result.Alternatives is [var first, ..] && truth.Moves.Count == 0 && MatchScore.IsRight(first.Customer, first.Outcome, first.Allocations, truth);

    private static string Describe(MatchResult result, Truth truth) =>
        $"[{truth.Recipe}] {result.Transaction.Amount} '{result.Transaction.Remittance}' '{result.Transaction.Counterparty?.Name}' {result.Outcome} {result.Customer} {string.Join(";", result.Allocations.Select(a => a.Document.Value + ":" + a.Amount))} clears {string.Join(";", result.Clears)} reverses {string.Join(";", result.Reverses)} truth {truth.Outcome} {truth.Customer} {string.Join(";", truth.Parts.Select(p => p.Document.Value + ":" + p.Amount))} {string.Join(";", truth.Moves)} | {string.Join(", ", result.Explanation.Select(e => e.Code + " " + e.Weight))}";

    private static string Share(int part, int of) => string.Create(CultureInfo.InvariantCulture, $"{(of == 0 ? 0 : 100.0 * part / of):F1} %");
}

/// <summary>Shares of right answers that never fall with the odds.</summary>
internal static class Monotone
{
    /// <summary>
    /// In ten thousand. A bin has the least share of all runs of bins from some bin at or below it to one at or above it, with the first bin of the run chosen best: the least-squares fit that never falls, in its
    /// max-min form. Right r of n count as (r + 1/2) of (n + 1), so that a few right answers make nothing sure, however sure the bins above are. The empty bins at the start have half the odds of the one above for each
    /// step down. Everything is kept between 1 and 9,999.
    /// </summary>
    internal static int[] Fit((int Right, int All)[] bins)
    {
        var row = new int[bins.Length];
        var first = Array.FindIndex(bins, b => b.All > 0);
        if (first < 0)
        {
            // Never seen: as if one in two.
            Array.Fill(row, 5000);
            return row;
        }

        for (var b = 0; b < bins.Length; b++)
        {
            var share = b >= first ? MaxMin(bins, first, b) : Halve(MaxMin(bins, first, first), first - b);
            row[b] = Math.Clamp((int)Math.Floor(share * 10_000), 1, 9_999);
        }

        return row;
    }

    private static double MaxMin((int Right, int All)[] bins, int first, int b)
    {
        var most = 0.0;
        for (var i = first; i <= b; i++)
        {
            var least = 1.0;
            for (var j = b; j < bins.Length; j++)
            {
                var (right, all) = (0.5, 1.0);
                for (var k = i; k <= j; k++)
                {
                    (right, all) = (right + bins[k].Right, all + bins[k].All);
                }

                least = Math.Min(least, right / all);
            }

            most = Math.Max(most, least);
        }

        return most;
    }

    private static double Halve(double share, int times) => share / (share + ((1 - share) * Math.Pow(2, times)));
}
