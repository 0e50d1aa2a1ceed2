using System.Text;
using FsCheck.Fluent;
using Receivables.Sdk.Statements.Camt;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Statements;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Camt;

/// <summary>Markup that was seen before is passed in one piece; in windows too small for that, the same file is read tag by tag.</summary>
public class CamtStretchTests
{
    private static readonly byte[][] Files =
    [
        .. from version in new[] { 2, 8 }
           from indent in new[] { "", "\n  " }
           select CamtWriter.Write([SampleMonth.Create(version, 12) is var month ? month with { Rows = [.. month.Rows.Select((r, i) => i is > 2 and < 9 ? r with { Batch = "B" } : r)] } : month], version, indent),
    ];

    [Fact]
    public void A_tag_that_differs_from_those_before_it_is_read_for_what_it_is() => Law.ForAll(
        from file in Gen.Elements(Files)
        from at in Gen.Choose(0, 100_000)
        from length in Gen.Choose(0, 4)
        from piece in Gen.Elements(
            "", "x", "<", ">", "/", "&", "&amp;", " ", "\n", "<a/>", "<a></a>", "</a>", "<!-- -->", "<![CDATA[x]]>", "<?p?>", "ns:", "<Ntry>", "</Ntry>", "<TxDtls>", "</TxDtls>", "<Sts>x</Sts>",
            "<Btch><NbOfTxs>2</NbOfTxs></Btch>", "<Amt Ccy='USD'>1</Amt>", "<BkTxCd><Prtry><Cd>1</Cd></Prtry></BkTxCd>")
        from tag in Gen.Choose(0, 4)
        from chunk in Gen.Choose(1, 40)
        select (file, at, length, piece, tag, chunk),
        x =>
        {
            // Mostly between two tags, where well-formed files differ, or where a tag ends.
            var at = x.at % x.file.Length;
            at += x.tag == 0 ? 0 : Math.Max(0, x.file.AsSpan(at).IndexOf((byte)(x.tag == 4 ? '>' : '<')));
            var length = x.tag == 1 ? 0 : Math.Min(x.length, x.file.Length - at);
            byte[] bytes = [.. x.file[..at], .. Encoding.UTF8.GetBytes(x.piece), .. x.file[(at + length)..]];
            var whole = Shape(() => CamtShape.Read(bytes));
            Assert.Equal(Shape(() => CamtShape.ReadChunks(bytes, x.chunk).GetAwaiter().GetResult()), whole);
        },
        600);

    [Fact]
    public void An_end_tag_with_another_prefix_is_a_fault_although_the_local_names_agree()
    {
        var xml = CamtXml.Proven(0, 30, string.Concat(Enumerable.Repeat(CamtXml.Entry("10.00", "CRDT", "<BookgDt><Dt>2026-01-05</Dt></BookgDt>"), 3)));
        var last = xml.LastIndexOf("</BookgDt>", StringComparison.Ordinal);
        var statement = Assert.Single(CamtShape.Read(CamtShape.Bytes(xml[..last] + "</x:BookgDt>" + xml[(last + 10)..])));
        Assert.Equal(2, statement.Transactions.Count);
        Assert.Contains(statement.Diagnostics, d => d.Code == CamtCodes.Malformed);
    }

    private static string Shape(Func<IReadOnlyList<Receivables.Sdk.Statements.BankStatement>> read)
    {
        try
        {
            return CamtShape.Of(read());
        }
        catch (Receivables.Sdk.Statements.StatementFormatException e)
        {
            return e.Diagnostic.ToString();
        }
    }
}
