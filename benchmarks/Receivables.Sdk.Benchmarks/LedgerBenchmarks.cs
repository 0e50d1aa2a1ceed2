using System.Text.Json;
using BenchmarkDotNet.Attributes;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Serialization;

namespace Receivables.Sdk.Benchmarks;

/// <summary>Loading a ledger file against a bare pass of <see cref="Utf8JsonReader"/>, and what is open of an item against dictionary look-ups.</summary>
[MemoryDiagnoser]
public class LedgerBenchmarks
{
    // So many that what one look-up brought into the cache is gone when it comes up again.
    private const int LookUps = 250_000;

    private readonly LocalDate _asOf = new(2026, 6, 30);
    private byte[] _file = [];
    private LedgerBook _book = LedgerBook.Create([]);
    private DocumentId[] _ids = [];
    private Dictionary<string, decimal> _dictionary = [];

    /// <summary>Makes the file, a million documents and a million and a half allocations; with <c>RECEIVABLES_BENCH_SCALE=tiny</c> a thousandth.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var documents = Environment.GetEnvironmentVariable("RECEIVABLES_BENCH_SCALE") == "tiny" ? 1_000 : 1_000_000;
        _file = LedgerFileSource.Create(documents);
        _book = new LedgerFileReader().ReadBook(_file).Book!;
        // In an order that no cache likes.
        _ids = [.. Enumerable.Range(0, documents / 2).Select(i => new DocumentId("I" + ((i * 7919L) % (documents / 2)).ToString("0000000", System.Globalization.CultureInfo.InvariantCulture)))];
        _dictionary = _ids.ToDictionary(i => new string(i.Value), _ => 1m);
    }

    /// <summary>Every token of every line, nothing else.</summary>
    [Benchmark(Baseline = true)]
    public int BarePass() => CountTokens(_file);

    /// <summary>The file into a judged book.</summary>
    [Benchmark]
    public int Load() => new LedgerFileReader().ReadBook(_file).Book!.DocumentCount;

    /// <summary>A cold dictionary look-up.</summary>
    [Benchmark(OperationsPerInvoke = LookUps)]
    public decimal Dictionary()
    {
        var sum = 0m;
        for (var i = 0; i < LookUps; i++)
        {
            sum += _dictionary[_ids[(i * 499) % _ids.Length].Value];
        }

        return sum;
    }

    /// <summary>What an item has open at a date, the item being as cold.</summary>
    [Benchmark(OperationsPerInvoke = LookUps)]
    public decimal Open()
    {
        var sum = 0m;
        for (var i = 0; i < LookUps; i++)
        {
            sum += _book.Open(_ids[(i * 499) % _ids.Length], _asOf).Amount;
        }

        return sum;
    }

    internal static int CountTokens(ReadOnlySpan<byte> file)
    {
        var tokens = 0;
        while (!file.IsEmpty)
        {
            var end = file.IndexOf((byte)'\n');
            var reader = new Utf8JsonReader(file[..end]);
            while (reader.Read())
            {
                tokens++;
            }

            file = file[(end + 1)..];
        }

        return tokens;
    }
}
