using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Statements;
using Xunit;
using static Receivables.Sdk.Tests.Statements.Mt.MtSample;

namespace Receivables.Sdk.Tests.Statements.Mt;

/// <summary>What holds for every file.</summary>
public class MtLawTests
{
    private static readonly Gen<(int Seed, int Rows, MtDialect Dialect)> Months =
        from seed in Gen.Choose(1, 1_000_000)
        from rows in Gen.Choose(0, 12)
        from dialect in Gen.Elements(MtDialect.Dutch, MtDialect.German)
        select (seed, rows, dialect);

    [Fact]
    public void What_is_written_is_read() => Law.ForAll(Months, x =>
    {
        var month = SampleMonth.Create(x.Seed, x.Rows, x.Dialect == MtDialect.German ? "DE" : "NL");
        var statement = Reader.Read(MtGenerator.Write([month], x.Dialect)).Single();
        Assert.True(statement.IsBalanced);
        Assert.Empty(statement.Diagnostics);
        Assert.Equal(month.Rows.Count, statement.Transactions.Count);
        foreach (var (row, entry) in month.Rows.Zip(statement.Transactions))
        {
            Assert.Equal((row.Amount, row.BookingDate, row.ValueDate, row.BankReference), (entry.Amount.Amount, entry.BookingDate, entry.ValueDate, entry.BankReference));
            Assert.Equal((row.Name, row.Iban, row.Bic), (entry.Counterparty!.Name, entry.Counterparty.Iban!.Value.Value, entry.Counterparty.Bic));
            Assert.Equal((row.EndToEndId, row.MandateId, row.StructuredReference), (entry.EndToEndId, entry.MandateId, entry.StructuredReference));
            Assert.Equal(row.Remittance, row.StructuredReference is null ? entry.Remittance : entry.Remittance![(row.StructuredReference.Length + 1)..]);
        }
    });

    [Fact]
    public void Chunks_and_line_ends_change_nothing() => Law.ForAll(Months, x =>
    {
        var lf = MtGenerator.Write([SampleMonth.Create(x.Seed, x.Rows)], x.Dialect, "\n");
        CheckLineEndsAndChunks(lf);
    }, 20);

    [CorpusFact]
    public void Chunks_and_line_ends_change_nothing_in_files_of_banks()
    {
        foreach (var file in MtCorpusTests.Files())
        {
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(file)).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            CheckLineEndsAndChunks(Encoding.Latin1.GetBytes(text));
        }
    }

    private static void CheckLineEndsAndChunks(byte[] lf)
    {
        var text = Encoding.Latin1.GetString(lf);
        var expected = Describe(lf, 0);
        foreach (var lineEnd in new[] { "\n", "\r\n", "\r" })
        {
            var bytes = Encoding.Latin1.GetBytes(text.Replace("\n", lineEnd, StringComparison.Ordinal));
            foreach (var size in Chunks.Sizes)
            {
                Assert.Equal(expected, Describe(bytes, size));
            }
        }
    }

    [Fact]
    public void Two_files_in_one_are_what_they_are_apart() => Law.ForAll(
        from a in Months from b in Months select (a, b),
        x =>
        {
            var first = MtGenerator.Write([SampleMonth.Create(x.a.Seed, x.a.Rows)], x.a.Dialect);
            var second = MtGenerator.Write([SampleMonth.Create(x.b.Seed, x.b.Rows)], x.b.Dialect);
            Assert.Equal(Describe(first, 0, withOffsets: false) + Describe(second, 0, withOffsets: false), Describe((byte[])[.. first, .. second], 0, withOffsets: false));
        });

    [Fact]
    public void A_damaged_entry_leaves_all_others_as_they_are() => Law.ForAll(
        from month in Months
        from which in Gen.Choose(0, 11)
        from at in Gen.Choose(5, 400)
        from value in Gen.Choose(32, 126)
        from cut in Gen.Choose(0, 6)
        select (month, which, at, value, cut),
        x =>
        {
            var bytes = MtGenerator.Write([SampleMonth.Create(x.month.Seed, x.month.Rows + 2)], x.month.Dialect);
            var before = Reader.Read(bytes).Single();
            var index = x.which % before.Transactions.Count;
            var target = before.Transactions[index];
            var at = (int)target.Offset + Math.Min(x.at, target.Length - 1);
            var damaged = bytes.ToList();
            damaged[at] = (byte)x.value;
            damaged.RemoveRange(at, Math.Min(x.cut, (int)target.Offset + target.Length - at));
            var after = Reader.Read(damaged.ToArray()).Single();
            var others = before.Transactions.Where((_, i) => i != index).Select(t => Describe(t, false)).ToList();
            var found = after.Transactions.Select(t => Describe(t, false)).ToList();
            Assert.True(found.Count == others.Count || found.Count == others.Count + 1);
            if (found.Count > others.Count)
            {
                found.RemoveAt(index);
            }

            Assert.Equal(others, found);
            Assert.All(after.Diagnostics.Where(d => d.Code.StartsWith("MT94", StringComparison.Ordinal)), d => Assert.InRange(d.Location.Offset, target.Offset, target.Offset + target.Length));
        }, 300);

    [Fact]
    public void Arbitrary_bytes_give_statements_or_a_format_exception() => Law.ForAll(
        from pieces in Gen.OneOf(
            Gen.Choose(0, 255).Select(b => new string((char)b, 1)),
            Gen.Elements(":20:", ":25:", ":28C:", ":60F:", ":61:", ":62M:", ":86:", ":NS:", ":90D:", "\n", "\r", "@@", "-", "-}", "{1:F01", "{2:O942", "{4:", "C260101EUR1,00", "260101C1,00NTRFX", "?20", "/REMI/", "SVWZ+", "166?00", ":", "\u00e4", "1/1", "null")).ArrayOf()
        from chunk in Gen.Choose(1, 40)
        select (pieces, chunk),
        x =>
        {
            var bytes = Encoding.Latin1.GetBytes(string.Concat(x.pieces));
            Assert.Equal(Describe(bytes, 0), Describe(bytes, x.chunk));
        }, 3000);

    [Fact]
    public void Blanks_side_by_side_are_found_wherever_they_stand() => Law.ForAll(
        from length in Gen.Choose(0, 70)
        from blanks in Gen.Choose(0, Math.Max(0, length - 1)).ListOf(3)
        from blank in Gen.Elements(' ', '\t', '\n')
        select new string([.. Enumerable.Range(0, length).Select(i => blanks.Contains(i) ? blank : 'x')]),
        text => Assert.Equal(!text.Contains("  ", StringComparison.Ordinal) && text.IndexOfAny(['\t', '\n']) < 0, TextBlanks.IsCollapsed(text)));

    [Fact]
    public void A_line_end_is_found_wherever_it_stands() => Law.ForAll(
        from length in Gen.Choose(0, 140)
        from end in Gen.Choose(0, 140)
        from mark in Gen.Elements((byte)'\r', (byte)'\n')
        select Enumerable.Range(0, length).Select(i => i == end ? mark : (byte)'x').ToArray(),
        line => Assert.Equal(line.AsSpan().IndexOfAny((byte)'\r', (byte)'\n'), LineEnds.IndexOfEnd(line)));
}
