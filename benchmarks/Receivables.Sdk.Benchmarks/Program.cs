using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Receivables.Sdk.Benchmarks;

// Usual runs: dotnet run -c Release --project benchmarks/Receivables.Sdk.Benchmarks -- --filter '*Mt*'
// --all-once [--filter ...]: every benchmark a single time in this process; it shows that all of them work, and measures nothing.
// --record --filter ...: measured in this process, and the table written to benchmarks/results, from where docs/performance.md quotes it.
// --record-memory: what reading 1 MB to 1 GB entry by entry holds, written there, too.
// --record-matching: how fast matching is in ledgers large and small, written there, too.
// --matching-quality measure|fit [markets]: how right matching is, with pictures for docs/matching-quality.md; or the table of confidence.
const string AllOnce = "--all-once";
const string Record = "--record";

if (args is ["--record-memory"])
{
    return await StatementMemory.RecordAsync(Path.Combine(Results(), "results")).ConfigureAwait(false);
}

if (args is ["--record-matching"])
{
    return MatchingSpeed.Record(Path.Combine(Results(), "results"));
}

if (args is ["--matching-quality", ..])
{
    return MatchingQuality.Run(args[1..]);
}

if (args.Length == 0 || args[0] is not (AllOnce or Record))
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}

var rest = args.Length > 1 ? args[1..] : ["--filter", "*"];
var job = args[0] == AllOnce ? Job.Dry : Job.Default.WithWarmupCount(3).WithIterationCount(9).WithMinIterationCount(9);
var config = args[0] == AllOnce
    ? ManualConfig.Create(DefaultConfig.Instance)
    : ManualConfig.CreateEmpty()
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddColumn(StatisticColumn.Median)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .WithArtifactsPath(Results());
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
    .Run(rest, config.AddJob(job.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.DisableLogFile))
    .ToList();
return summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.All(r => r.Success)) ? 0 : 1;

// BenchmarkDotNet writes into a folder named "results" below its artifacts path: benchmarks/results, from the folder of the solution.
static string Results() => Path.Combine(Environment.CurrentDirectory, "benchmarks");
