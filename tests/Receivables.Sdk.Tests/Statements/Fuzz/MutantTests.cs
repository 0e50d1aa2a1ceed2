using System.Globalization;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Statements;
using Xunit;
using Xunit.Abstractions;

namespace Receivables.Sdk.Tests.Statements.Fuzz;

/// <summary>Damaged files: nothing but diagnostics or the format exception comes out, and nothing wrong is proven.</summary>
/// <remarks>
/// <c>RECEIVABLES_FUZZ</c> sets the number of mutants, <c>RECEIVABLES_FUZZ_SEED</c> the seed. A mutant that fails is printed as base64: keep it as a file below
/// <c>tests/corpus/crashers</c>.
/// </remarks>
public class MutantTests(ITestOutputHelper output)
{
    private static int Count => Setting("RECEIVABLES_FUZZ", 7_000);

    private static uint Seed => (uint)Setting("RECEIVABLES_FUZZ_SEED", 20_260_101);

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    [Fact]
    public void Files_before_damage_are_proven()
    {
        foreach (var file in KnownFile.All)
        {
            var statement = Assert.Single(file.Reader.Read(file.Content));
            Assert.IsType<IntegrityVerdict.Proven>(statement.Verdict);
            Assert.True(file.IsTrue(statement), file.Name);
        }
    }

    [Fact]
    public void Mutants_of_known_statements_are_never_proven_with_other_entries()
    {
        var random = new SampleRandom(Seed);
        int proven = 0, refused = 0, others = 0;
        for (var i = 0; i < Count; i++)
        {
            var file = KnownFile.All[i % KnownFile.All.Count];
            var mutant = file.Mutate(random);
            foreach (var statement in Read(file.Reader, mutant, $"{file.Name}, seed {Seed}, mutant {i}", ref refused))
            {
                if (statement.Verdict is IntegrityVerdict.Proven)
                {
                    proven++;
                    var isTrue = file.IsTrue(statement);
                    others += isTrue is null ? 1 : 0;
                    Assert.True(isTrue ?? true, $"Proven with other entries: {file.Name}, seed {Seed}, mutant {i}: {Convert.ToBase64String(mutant)}");
                }
            }
        }

        output.WriteLine($"Seed {Seed}: {Count} mutants, {refused} refused, {proven} statements proven, {others} of them in themselves with balances of their own.");
        Assert.InRange(others, 0, proven / 100);
    }

    [Fact]
    public async Task The_one_call_reader_throws_for_no_mutant()
    {
        var random = new SampleRandom(Seed + 1);
        var reader = new StatementFileReader();
        for (var i = 0; i < Count / 10; i++)
        {
            var file = KnownFile.All[i % KnownFile.All.Count];
            var mutant = file.Mutate(random);
            try
            {
                await foreach (var read in reader.ReadAsync("mutant", new MemoryStream(mutant)))
                {
                    Assert.True(read.Failure is not null || read.Statements.Count > 0 || read.Diagnostics.Count > 0, $"{file.Name}, seed {Seed}, mutant {i}");
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"{file.Name}, seed {Seed}, mutant {i}: {Convert.ToBase64String(mutant)}", e);
            }
        }
    }

    [CorpusFact]
    public void Mutants_of_files_of_banks_give_statements_or_the_format_exception()
    {
        var random = new SampleRandom(Seed + 2);
        var families = KnownFile.All.DistinctBy(f => f.Reader.Name).ToDictionary(f => f.Reader.Name, f => f.Reader);
        var files = new[] { ("mt940", "mt940"), ("mt942", "mt940"), ("camt052", "camt"), ("camt053", "camt"), ("camt054", "camt"), ("csv", "csv") }
            .SelectMany(p => Corpus.Files(p.Item1, f => new FileInfo(f).Length is > 0 and < 12_000).Select(f => (Reader: families[p.Item2], Path: f, Bytes: File.ReadAllBytes(f)))).ToList();
        var refused = 0;
        for (var i = 0; i < Math.Max(Count / 5, files.Count); i++)
        {
            var (reader, path, bytes) = files[i % files.Count];
            var mutant = Mutator.Mutate(bytes, [bytes[..Math.Min(bytes.Length, 1 + random.Next(200))]], random);
            _ = Read(reader, mutant, $"{path}, seed {Seed}, mutant {i}", ref refused);
        }
    }

    [Fact]
    public void Crashers_that_were_found_stay_harmless()
    {
        var crashers = TestFiles.Below("crashers").ToList();
        Assert.NotEmpty(crashers);
        foreach (var (name, bytes) in crashers)
        {
            var refused = 0;
            foreach (var reader in KnownFile.All.Select(f => f.Reader).DistinctBy(r => r.Name))
            {
                _ = Read(reader, bytes, name, ref refused);
            }
        }
    }

    private static IReadOnlyList<BankStatement> Read(IStatementReader reader, byte[] file, string what, ref int refused)
    {
        try
        {
            return reader.Read(file);
        }
        catch (StatementFormatException)
        {
            refused++;
            return [];
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{what}: {Convert.ToBase64String(file)}", e);
        }
    }
}
