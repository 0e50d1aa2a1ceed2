using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using BenchmarkDotNet.Attributes;
using CsvHelper;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.TestKit.Statements;

namespace Receivables.Sdk.Benchmarks;

/// <summary>A CSV export to transactions, against the generated records of CsvHelper over the same bytes.</summary>
/// <remarks>The file: the layout of ING (NL), eleven columns, semicolons, every field quoted, decimal commas, a running balance; about 200 bytes a row.</remarks>
[MemoryDiagnoser]
public class CsvBenchmarks
{
    private byte[] _file = [];

    private static int Rows => Environment.GetEnvironmentVariable("RECEIVABLES_BENCH_SCALE") == "tiny" ? 200 : 100_000;

    /// <summary>Writes the file and checks that all see the same sum.</summary>
    [GlobalSetup]
    public void Write()
    {
        _file = Encoding.UTF8.GetBytes(TestKit.Statements.CsvWriter.Ing(SampleMonth.Create(1, Rows)));
        var sum = Records();
        if (sum != LeanRecords() || sum != Parts().GetAwaiter().GetResult())
        {
            throw new InvalidOperationException("The readers do not see the same amounts.");
        }
    }

    /// <summary>The columns of the file as CsvHelper's generated records: all that the statement reader reads, without its checks.</summary>
    [Benchmark(Baseline = true, Description = "CsvHelper 34, generated records, all columns")]
    public decimal Records()
    {
        var sum = 0m;
        using var reader = CsvReader.Create(new MemoryStream(_file), Options);
        foreach (var record in reader.GetRecords<IngRecord>())
        {
            sum += record.Mark == "Af" ? -record.Amount : record.Amount;
        }

        return sum;
    }

    /// <summary>A date, an amount and four strings, no more.</summary>
    [Benchmark(Description = "CsvHelper 34, generated records, six columns")]
    public decimal LeanRecords()
    {
        var sum = 0m;
        using var reader = CsvReader.Create(new MemoryStream(_file), Options);
        foreach (var record in reader.GetRecords<LeanRecord>())
        {
            sum += record.Mark == "Af" ? -record.Amount : record.Amount;
        }

        return sum;
    }

    /// <summary>The statement reader: transactions with import keys, the running balance checked.</summary>
    [Benchmark(Description = "CsvStatementReader, parts streamed")]
    public async Task<decimal> Parts()
    {
        var sum = 0m;
        var pipe = PipeReader.Create(new MemoryStream(_file), new StreamPipeReaderOptions(bufferSize: 65536));
        await foreach (var part in new CsvStatementReader().ReadPartsAsync(pipe))
        {
            sum += part.Transaction?.Amount.Amount ?? 0m;
        }

        return sum;
    }

    /// <summary>Records and fields, nothing made of them.</summary>
    [Benchmark(Description = "CsvTokenizer, records only")]
    public int Tokens()
    {
        var tokenizer = new CsvTokenizer((byte)';', (byte)'"');
        var count = 0;
        while (tokenizer.TryRead(_file, isLast: true))
        {
            count += tokenizer.Count;
        }

        return count;
    }

    private static CsvHelper.CsvReaderOptions Options => CsvHelper.CsvReaderOptions.Default with { Separator = ';', FormatProvider = CultureInfo.GetCultureInfo("nl-NL") };
}

/// <summary>All columns of the file.</summary>
[CsvRecord]
public partial record IngRecord
{
    [CsvColumn("Datum"), CsvFormat("yyyyMMdd")]
    public DateOnly Date { get; set; }

    [CsvColumn("Naam / Omschrijving")]
    public string Name { get; set; } = "";

    [CsvColumn("Rekening")]
    public string Account { get; set; } = "";

    [CsvColumn("Tegenrekening")]
    public string Counterparty { get; set; } = "";

    [CsvColumn("Code")]
    public string Code { get; set; } = "";

    [CsvColumn("Af Bij")]
    public string Mark { get; set; } = "";

    [CsvColumn("Bedrag (EUR)")]
    public decimal Amount { get; set; }

    [CsvColumn("Mutatiesoort")]
    public string Type { get; set; } = "";

    [CsvColumn("Mededelingen")]
    public string Remittance { get; set; } = "";

    [CsvColumn("Saldo na mutatie")]
    public decimal Balance { get; set; }
}

/// <summary>The six columns that nobody can do without.</summary>
[CsvRecord]
public partial record LeanRecord
{
    [CsvColumn("Datum"), CsvFormat("yyyyMMdd")]
    public DateOnly Date { get; set; }

    [CsvColumn("Naam / Omschrijving")]
    public string Name { get; set; } = "";

    [CsvColumn("Tegenrekening")]
    public string Counterparty { get; set; } = "";

    [CsvColumn("Af Bij")]
    public string Mark { get; set; } = "";

    [CsvColumn("Bedrag (EUR)")]
    public decimal Amount { get; set; }

    [CsvColumn("Mededelingen")]
    public string Remittance { get; set; } = "";
}
