using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Csv;

public class CsvTokenizerTests
{
    private static List<(int Line, string[] Fields)> Read(byte[] bytes, int cut = int.MaxValue)
    {
        var records = new List<(int, string[])>();
        var tokenizer = new CsvTokenizer((byte)';', (byte)'"');
        var scratch = new CsvScratch();
        int from = 0, seen = Math.Min(cut, bytes.Length);
        while (true)
        {
            var isLast = seen == bytes.Length;
            var span = bytes.AsSpan(from..seen);
            tokenizer.Reset();
            while (tokenizer.TryRead(span, isLast))
            {
                var row = new CsvRow(span, tokenizer, 0, scratch);
                var ends = tokenizer.Ends;
                var start = tokenizer.Start;
                var fields = new string[ends.Length];
                for (var i = 0; i < fields.Length; i++)
                {
                    fields[i] = Encoding.Latin1.GetString(span[start..ends[i]]);
                    start = ends[i] + 1;
                }

                records.Add((tokenizer.Line, fields));
            }

            from += tokenizer.Consumed;
            if (isLast)
            {
                return records;
            }

            seen = Math.Min(seen + cut, bytes.Length);
        }
    }

    private static List<string> Show(List<(int Line, string[] Fields)> records) => [.. records.Select(r => $"{r.Line}: {string.Join('|', r.Fields)}")];

    // Text that is all quotes, delimiters and line ends, at the length of several blocks.
    private static Gen<byte[]> Hostile =>
        from parts in Gen.Elements("\"", "\"\"", ";", "a", "bc", " ", "\n", "\r\n", "\r", "\";\"", "\"\n\"", "0123456789012345678901234567890123456789012345678901234567890123").ArrayOf()
        select Encoding.Latin1.GetBytes(string.Concat(parts));

    [Fact]
    public void The_fast_tokenizer_reads_what_its_plain_twin_reads() => Law.ForAll(
        Hostile,
        bytes => Assert.Equal(Show(PlainTokenizer.Read(Encoding.Latin1.GetString(bytes))), Show(Read(bytes))),
        2000);

    [Fact]
    public void Records_do_not_depend_on_where_the_bytes_are_cut() => Law.ForAll(
        from bytes in Hostile
        from cut in Gen.Choose(1, 130)
        select (bytes, cut),
        x => Assert.Equal(Show(Read(x.bytes)), Show(Read(x.bytes, x.cut))),
        1000);

    [Fact]
    public void What_was_written_by_the_rules_is_read_again() => Law.ForAll(
        from rows in Gen.Elements("", "a", "two words", "x;y", "line\nline", "cr\r\nlf", "quo\"te", "\"", "üñ", "                                   long                                   ").NonEmptyListOf().Select(l => l.ToArray()).ArrayOf()
        from lineEnd in Gen.Elements("\n", "\r\n", "\r")
        select (rows, lineEnd),
        x =>
        {
            var text = string.Concat(x.rows.Select(r => string.Join(';', r.Select(f => '"' + f.Replace("\"", "\"\"", StringComparison.Ordinal) + '"')) + x.lineEnd));
            var bytes = Encoding.UTF8.GetBytes(text);
            var scratch = new CsvScratch();
            var tokenizer = new CsvTokenizer((byte)';', (byte)'"');
            foreach (var row in x.rows)
            {
                Assert.True(tokenizer.TryRead(bytes, true));
                var read = new CsvRow(bytes, tokenizer, (byte)'"', scratch);
                Assert.Equal(row.Length, read.Count);
                for (var i = 0; i < row.Length; i++)
                {
                    Assert.Equal(row[i].Trim(), Encoding.UTF8.GetString(read[i]));
                }
            }

            Assert.False(tokenizer.TryRead(bytes, true));
        },
        300);

    [Fact]
    public void A_quote_that_is_never_closed_takes_no_row_with_it_but_its_own()
    {
        var records = Read(Encoding.Latin1.GetBytes("a;b;c\n1;\"open;3\n4;5;6\n7;8;9"));
        Assert.Equal([["a", "b", "c"], ["1", "\"open", "3"], ["4", "5", "6"], ["7", "8", "9"]], records.Select(r => r.Fields));
        Assert.Equal([1, 2, 3, 4], records.Select(r => r.Line));
    }

    [Fact]
    public void Where_the_LF_of_a_CR_LF_is_the_last_byte_that_is_read_slowly_the_next_block_begins_anew()
    {
        var text = "a" + new string('x', 20) + "\r\n\";\";\r" + new string('x', 20) + "\";\"\r\r\na\"\n\" \"\r \r\n\"\n\"";
        Assert.Equal(Show(PlainTokenizer.Read(text)), Show(Read(Encoding.Latin1.GetBytes(text))));
    }

    [Fact]
    public void A_quote_inside_a_quoted_field_closes_it_only_before_a_delimiter()
    {
        Assert.Equal(["\"say \"x\" now\"", "2"], Read("\"say \"x\" now\";2\n"u8.ToArray()).Single().Fields);
        Assert.Equal(["\"-1.00\"\t", "HKD"], Read("\"-1.00\"\t;HKD\n"u8.ToArray()).Single().Fields);
        Assert.Equal(["27\" TV", "2"], Read("27\" TV;2\n"u8.ToArray()).Single().Fields);
    }
}

/// <summary>The rules of the tokenizer, character by character.</summary>
internal static class PlainTokenizer
{
    internal static List<(int Line, string[] Fields)> Read(string text)
    {
        var records = new List<(int, string[])>();
        int at = 0, line = 1;
        while (at < text.Length)
        {
            var start = at;
            var fields = Record(text, ref at, false, out var isUnclosed);
            if (isUnclosed && text[start..at].AsSpan().IndexOfAny('\r', '\n') >= 0)
            {
                at = start;
                fields = Record(text, ref at, true, out _);
            }

            if (at > start)
            {
                records.Add((line, fields));
            }

            line += 1 + text[start..at].Replace("\r\n", "\n", StringComparison.Ordinal).Count(c => c is '\r' or '\n');
            at += at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
        }

        return records;
    }

    private static string[] Record(string text, ref int at, bool isLineOnly, out bool isUnclosed)
    {
        var fields = new List<string>();
        isUnclosed = false;
        while (true)
        {
            var start = at;
            while (at < text.Length && text[at] is ' ' or '\t')
            {
                at++;
            }

            if (at < text.Length && text[at] == '"' && Close(text, at + 1, isLineOnly) is var end and >= 0)
            {
                at = end;
            }
            else
            {
                isUnclosed |= at < text.Length && text[at] == '"';
                at = start;
                while (at < text.Length && text[at] is not (';' or '\r' or '\n'))
                {
                    at++;
                }
            }

            fields.Add(text[start..at]);
            if (at == text.Length || text[at] != ';')
            {
                return [.. fields];
            }

            at++;
        }
    }

    private static int Close(string text, int at, bool isLineOnly)
    {
        var start = at;
        var isLoose = false;
        for (; at < text.Length && !(isLineOnly && (text[at] is (char)13 or (char)10)); at++)
        {
            if (text[at] != '"')
            {
                continue;
            }

            var isPair = at + 1 < text.Length && text[at + 1] == '"';
            var behind = at + (isPair ? 2 : 1);
            while (behind < text.Length && text[behind] is ' ' or '\t')
            {
                behind++;
            }

            if ((!isPair || (isLoose && text.AsSpan(start, at - start).IndexOfAny('\r', '\n') < 0)) && (behind == text.Length || text[behind] is ';' or '\r' or '\n'))
            {
                return behind;
            }

            isLoose |= !isPair;
            at += isPair ? 1 : 0;
        }

        return -1;
    }
}
