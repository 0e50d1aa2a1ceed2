using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Camt;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Camt;

public class CamtDamageTests
{
    private static readonly byte[] Varied = CamtShape.Bytes(CamtSamples.Varied);

    [Fact]
    public void The_sample_is_proven()
    {
        var statement = Assert.Single(CamtShape.Read(Varied));
        Assert.Equal(CamtSamples.Text(CamtSamples.Amounts), CamtSamples.Text(statement.Transactions.Select(t => t.Amount.Amount)));
        Assert.IsType<IntegrityVerdict.Proven>(statement.Verdict);
        Assert.Empty(statement.Diagnostics);
    }

    [Fact]
    public void One_damaged_entry_leaves_all_others_as_they_are_and_the_diagnostic_lies_inside_the_damage() => Law.ForAll(
        from entry in Gen.Choose(0, 5)
        from at in Gen.Choose(0, 5000)
        from length in Gen.Choose(0, 6)
        from bytes in Gen.Elements((byte)'<', (byte)'>', (byte)'&', (byte)'"', (byte)'/', (byte)' ', (byte)'?', (byte)'!', (byte)'x', (byte)'7', (byte)0xE4, (byte)0).ArrayOf().Resize(4)
        from chunk in Gen.Choose(1, 200)
        select (entry, at, length, bytes, chunk),
        x =>
        {
            var whole = CamtShape.Read(Varied)[0].Transactions;
            var starts = Starts();
            var (from, to) = (starts[x.entry], Array.IndexOf(starts, starts[x.entry]) is var i && i + 1 < starts.Length ? starts[i + 1] : Varied.AsSpan().IndexOf("</Stmt>"u8));
            var at = from + (x.at % (to - from));
            var length = Math.Min(x.length, to - at);
            byte[] damaged = [.. Varied[..at], .. x.bytes, .. Varied[(at + length)..]];
            var shift = x.bytes.Length - length;

            var read = Assert.Single(CamtShape.Read(damaged));
            static string Key(BankTransaction t, long offset) => $"{t.Amount} {t.BookingDate} {t.Counterparty?.Name} {t.Remittance} {t.EndToEndId} {t.Code} {offset} {t.Length}";
            var before = whole.Where(t => t.Offset < from).Select(t => Key(t, t.Offset));
            var after = whole.Where(t => t.Offset >= to).Select(t => Key(t, t.Offset + shift));
            Assert.Equal(before, read.Transactions.Where(t => t.Offset < from).Select(t => Key(t, t.Offset)));
            Assert.Equal(after, read.Transactions.Where(t => t.Offset >= to + shift).Select(t => Key(t, t.Offset)));
            Assert.All(read.Diagnostics.Where(d => d.Code.StartsWith("CAMT", StringComparison.Ordinal)), d => Assert.InRange(d.Location.Offset, from, to + shift));
            if (read.Verdict is IntegrityVerdict.Proven)
            {
                Assert.Equal(CamtSamples.Amounts.Sum(), read.Transactions.Sum(t => t.Amount.Amount));
            }

            Assert.Equal(CamtShape.Of([read]), CamtShape.Of(CamtShape.ReadChunks(damaged, x.chunk).GetAwaiter().GetResult()));
        },
        400);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void An_end_tag_that_lost_its_last_byte_costs_its_own_entry_only(int entry)
    {
        var starts = Starts();
        var to = entry + 1 < starts.Length ? starts[entry + 1] : Varied.AsSpan().IndexOf("</Stmt>"u8);
        var whole = CamtShape.Read(Varied)[0].Transactions;
        var last = Varied.AsSpan(0, to).LastIndexOf((byte)'>');
        var read = Assert.Single(CamtShape.Read([.. Varied[..last], (byte)' ', .. Varied[(last + 1)..]]));

        Assert.Equal(whole.Where(t => t.Offset < starts[entry] || t.Offset >= to).Select(t => (t.Amount, t.Offset)), read.Transactions.Select(t => (t.Amount, t.Offset)));
        Assert.All(read.Diagnostics.Where(d => d.Code.StartsWith("CAMT", StringComparison.Ordinal)), d => Assert.InRange(d.Location.Offset, starts[entry], to));
    }

    private static int[] Starts()
    {
        var starts = new List<int>();
        for (var at = Varied.AsSpan().IndexOf("<Ntry>"u8); at >= 0;)
        {
            starts.Add(at);
            var next = Varied.AsSpan(at + 1).IndexOf("<Ntry>"u8);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return [.. starts];
    }

    [Fact]
    public void Arbitrary_bytes_never_throw_anything_else() => Law.ForAll(
        Gen.OneOf(Gen.Choose(0, 255).Select(b => new[] { (byte)b }), Gen.Elements("<Ntry>", "</Ntry>", "<Stmt>", "</Stmt>", "<BkToCstmrStmt>", "</BkToCstmrStmt>", "<a:Bal", "<Amt Ccy='EUR'>", "1.00", "</Amt>", "<NtryDtls>", "<TxDtls>", "</TxDtls>", "&amp;", "<![CDATA[", "]]>", "<!--", "<?xml?>", "\0", "<Ntry/>", "<TxDtls/>", "<Stmt/>", "<BkToCstmrStmt/>").Select(Encoding.ASCII.GetBytes)).ArrayOf().Select(parts => parts.SelectMany(p => p).ToArray()),
        bytes => { _ = ReadOrNothing(bytes); },
        500);

    private static IReadOnlyList<BankStatement> ReadOrNothing(byte[] file)
    {
        try
        {
            return CamtShape.Read(file);
        }
        catch (StatementFormatException)
        {
            return [];
        }
    }

    [Theory]
    [InlineData("", "STM001")]
    [InlineData("hello", "CAMT001")]
    [InlineData("<a/>", "CAMT001")]
    [InlineData("<a><b></a>", "CAMT001")]
    [InlineData("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><BkToCstmrStmt/>", "CAMT002")]
    [InlineData("<BkToCstmrStmt><!DOCTYPE a></BkToCstmrStmt>", "CAMT002")]
    public void What_is_no_camt_message_is_refused(string file, string code) =>
        Assert.Equal(code, Assert.Throws<StatementFormatException>(() => CamtShape.Read(CamtShape.Bytes(file))).Diagnostic.Code);

    [Fact]
    public void Depth_is_limited()
    {
        var bomb = "<BkToCstmrStmt>" + string.Concat(Enumerable.Repeat("<a>", 100_000));
        Assert.Equal(CamtCodes.TooDeep, Assert.Throws<StatementFormatException>(() => CamtShape.Read(CamtShape.Bytes(bomb))).Diagnostic.Code);
    }

    [Theory]
    [InlineData("<BkToCstmrStmt><Stmt><Id>")]
    [InlineData("<BkToCstmrStmt><Stmt><!--")]
    [InlineData("<BkToCstmrStmt><Stmt><Amt Ccy=\"")]
    [InlineData("<BkToCstmrStmt>")]
    public async Task A_token_without_end_is_limited_in_flat_memory(string start)
    {
        await using var endless = new LongStream(Encoding.ASCII.GetBytes(start));
        var error = await Assert.ThrowsAsync<StatementFormatException>(async () =>
        {
            await foreach (var part in new CamtStatementReader().ReadPartsAsync(PipeReader.Create(endless, new StreamPipeReaderOptions(bufferSize: 65536))))
            {
                _ = part;
            }
        });
        Assert.Equal(StatementCodes.RecordTooLong, error.Diagnostic.Code);
        // What was not taken from the stream cannot be held: the reader gave up long before the end.
        Assert.InRange(endless.Position, 1, 4 << 20);
    }

    [Fact]
    public void A_file_that_is_cut_keeps_the_entries_before()
    {
        var cut = Varied.AsSpan(0, Varied.AsSpan().IndexOf("1526.00"u8)).ToArray();
        var statement = Assert.Single(CamtShape.Read(cut));
        Assert.Equal(4, statement.Transactions.Count);
        Assert.Contains(statement.Diagnostics, d => d.Code == CamtCodes.Truncated);
        Assert.NotEqual(true, statement.IsBalanced);
    }
}
