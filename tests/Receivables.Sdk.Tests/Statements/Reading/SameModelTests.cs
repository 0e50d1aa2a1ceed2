using System.Globalization;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Statements;
using Receivables.Sdk.Tests.Statements.Fuzz;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Reading;

/// <summary>A file gives one model, in every culture and wherever its pieces fall.</summary>
public class SameModelTests
{
    // Without ICU there is but one culture; one of odd signs then stands for the others.
    private static readonly CultureInfo[] s_cultures = CultureInfo.GetCultures(CultureTypes.AllCultures).Any(c => c.Name == "tr-TR")
        ? [CultureInfo.GetCultureInfo("tr-TR"), CultureInfo.GetCultureInfo("de-DE"), CultureInfo.GetCultureInfo("zh-CN")]
        : [OddSigns()];

    [Fact]
    public void Generated_files_give_the_same_model_in_every_culture_and_in_random_pieces()
    {
        foreach (var file in KnownFile.All)
        {
            Check(file.Reader, file.Content, file.Name, pieces: 20);
        }
    }

    [CorpusFact]
    public void Files_of_banks_give_the_same_model_in_every_culture_and_in_random_pieces()
    {
        var readers = KnownFile.All.DistinctBy(f => f.Reader.Name).ToDictionary(f => f.Reader.Name, f => f.Reader);
        var seen = 0;
        foreach (var (part, family) in new[] { ("mt940", "mt940"), ("mt942", "mt940"), ("camt052", "camt"), ("camt053", "camt"), ("camt054", "camt"), ("csv", "csv") })
        {
            foreach (var file in Corpus.Files(part, f => new FileInfo(f).Length < 12_000))
            {
                Check(readers[family], File.ReadAllBytes(file), file, pieces: 1);
                seen++;
            }
        }

        Assert.True(seen > 200);
    }

    private static CultureInfo OddSigns()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NegativeSign) = (",", ".", "~");
        (culture.DateTimeFormat.DateSeparator, culture.DateTimeFormat.ShortDatePattern) = (".", "yyyy/dd/MM");
        return culture;
    }

    private static void Check(IStatementReader reader, byte[] bytes, string name, int pieces)
    {
        var expected = In(CultureInfo.InvariantCulture, () => Shape(reader.Read, bytes));
        foreach (var culture in s_cultures)
        {
            Assert.True(expected == In(culture, () => Shape(reader.Read, bytes)), $"{name} in {culture}");
        }

        var random = new SampleRandom((uint)bytes.Length);
        for (var i = 0; i < pieces; i++)
        {
            Assert.True(expected == Shape((file, _) => [.. reader.ReadAsync(Chunks.Pipe(file, random)).ToBlockingEnumerable()], bytes), $"{name} in random pieces");
        }
    }

    private static string Shape(Func<ReadOnlyMemory<byte>, Action<Diagnostic>?, IReadOnlyList<BankStatement>> read, byte[] bytes)
    {
        try
        {
            return StatementShape.Of(read(bytes, null));
        }
        catch (StatementFormatException e)
        {
            return e.Diagnostic.ToString();
        }
    }

    private static string In(CultureInfo culture, Func<string> read)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return read();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }
}
