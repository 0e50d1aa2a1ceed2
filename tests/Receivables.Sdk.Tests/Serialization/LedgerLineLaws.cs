using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Serialization;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Serialization;

public class LedgerLineLaws
{
    private static readonly string[] Splinters = ["\"", ",", ":", "{", "}", " ", "\\u0069", "\\", "\t", "[]", "null", "1", "\"x\":\"y\"", "\"id\":\"I\"", "é", ",\"x\":\"z\"", " , ", "\"\"", "\u0001"];

    // Lines of real ledgers, with things put in, taken out and doubled.
    private static readonly Gen<string> Lines =
        from events in LedgerGenerator.Events
        from which in Gen.Choose(0, int.MaxValue)
        from blanks in Gen.Elements("", " ")
        from first in Gen.Elements("", "", "\"x\":\"y\",", "\"x\":\"1\",\"y\":\"2\",\"x\":\"3\",", "\"record\":\"hold\",", "\"on\":\"1\",\"on\":\"2\",")
        from edits in (from at in Gen.Choose(0, 400) from length in Gen.Elements(0, 0, 1, 7) from splinter in Gen.Elements(Splinters) select (at, length, splinter)).ListOf()
        select edits.Take(edits.Count % 4).Aggregate(
            LedgerFileWriter.ToLine(events[which % events.Count]).Insert(1, first).Replace("\":", "\":" + blanks, StringComparison.Ordinal),
            (line, e) => e.at % (line.Length + 1) is var at ? line[..at] + e.splinter + line[Math.Min(line.Length, at + e.length)..] : line);

    [Fact]
    public void A_set_of_fields_holds_every_field_and_no_other()
    {
        var fields = Enum.GetValues<LedgerField>().Where(f => f != LedgerField.None).ToList();
        Assert.InRange(LedgerFieldNames.Count, fields.Count, LedgerFieldSet.Capacity);
        Assert.All(fields, f => Assert.Equal([f], fields.Where(other => new LedgerFieldSet(f).Has(other))));
        var all = new LedgerFieldSet([.. fields]);
        Assert.All(fields, f => Assert.Equal(fields.Where(other => other != f), fields.Where(all.Without(new LedgerFieldSet(f)).Has)));
        Assert.All(fields, f => Assert.Equal(f, LedgerFieldNames.Find(Encoding.UTF8.GetBytes(LedgerFieldNames.Of(f)))));
        Assert.True(all.Without(all).IsEmpty);
    }

    // The short way through plain lines is the reader of JSON, only faster.
    [Fact]
    public void The_short_way_reads_what_the_reader_of_JSON_reads() => Law.ForAll(
        Lines,
        text =>
        {
            var line = Encoding.UTF8.GetBytes(text);
            LedgerLine fast = new(), plain = new();
            Assert.Equal(plain.ReadAny(line), fast.Read(line));
            Assert.Equal(plain.Malformed, fast.Malformed);
            if (plain.Malformed is null)
            {
                Assert.Equal(plain.Seen, fast.Seen);
                Assert.All(Enum.GetValues<LedgerField>().Where(f => f != LedgerField.None), f => Assert.Equal(plain[f], fast[f]));
                Assert.Equal(plain.UnknownFields(line, default), fast.UnknownFields(line, default));
            }
        },
        cases: 2000);
}
