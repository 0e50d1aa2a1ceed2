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

    [Theory]
    [InlineData("x")]
    [InlineData("crossed")]
    [InlineData("ValDt")]
    [InlineData("Ntry")]
    [InlineData("")]
    public async Task An_end_tag_that_closes_another_element_behind_equal_entries_is_never_passed_in_silence(string other)
    {
        var entry = CamtXml.Entry("10.00", "CRDT", details: CamtXml.Details(CamtXml.Detail("10.00", "CRDT", "<RltdPties><Dbtr><Pty><Nm>ACME</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>Invoice 17</Ustrd></RmtInf>")));
        var before = string.Concat(Enumerable.Repeat(entry, 8));
        foreach (var at in EndTags(entry))
        {
            var end = entry.IndexOf('>', at);
            var next = entry.IndexOf("</", end, StringComparison.Ordinal);
            var name = entry[(at + 2)..end];
            if (name == other || (other == "crossed" && next < 0))
            {
                continue;
            }

            // The name is another one, or that of the tag behind it, which has its own then.
            var changed = other != "crossed" ? entry[..(at + 2)] + other + entry[end..]
                : entry[(next + 2)..entry.IndexOf('>', next)] is var behind && behind != name ? entry[..(at + 2)] + behind + entry[end..(next + 2)] + name + entry[entry.IndexOf('>', next)..] : null;
            if (changed is null)
            {
                continue;
            }

            var bytes = CamtShape.Bytes(CamtXml.Proven(0, 100, before + changed + entry));
            foreach (var chunk in new[] { 7, 64, int.MaxValue })
            {
                var statements = chunk == int.MaxValue ? CamtShape.Read(bytes) : await CamtShape.ReadChunks(bytes, chunk);
                Assert.Contains(statements.SelectMany(s => s.Diagnostics), d => d.Severity == Receivables.Sdk.Statements.DiagnosticSeverity.Error);
                Assert.DoesNotContain(statements, s => s.Verdict is Receivables.Sdk.Statements.IntegrityVerdict.Proven);
            }
        }
    }

    private static IEnumerable<int> EndTags(string xml)
    {
        for (var at = xml.IndexOf("</", StringComparison.Ordinal); at >= 0; at = xml.IndexOf("</", at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
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
