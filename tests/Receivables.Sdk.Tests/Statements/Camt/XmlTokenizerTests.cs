using System.Text;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Statements.Camt;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Camt;

public class XmlTokenizerTests
{
    private const int MaxToken = 1 << 20;
    private static readonly XmlNames Names = new(["Amt", "Ntry", "Document", "BkToCstmrDbtCdtNtfctn"]);

    // Tokens as lines; pieces of one text are put together, as the framework's reader does.
    private static string Tokens(byte[] bytes, int chunk = 0, int maxDepth = 64)
    {
        var result = new StringBuilder();
        var text = new StringBuilder();
        var nesting = new XmlNesting(maxDepth);
        int start = 0, seen = chunk == 0 ? bytes.Length : Math.Min(chunk, bytes.Length);
        while (true)
        {
            var xml = new XmlTokenizer(bytes.AsSpan(start, seen - start), seen == bytes.Length, nesting, Names, MaxToken);
            while (true)
            {
                var token = xml.Read();
                if (token is XmlToken.Text or XmlToken.CData)
                {
                    text.Append((xml.HasReferences ? Resolve(xml.Text) : Encoding.UTF8.GetString(xml.Text)).Replace("\r\n", "\n").Replace('\r', '\n'));
                    continue;
                }

                if (token == XmlToken.NeedMore)
                {
                    start += xml.TokenStart;
                    seen = Math.Min(bytes.Length, seen + chunk);
                    break;
                }

                if (nesting.Depth > (token == XmlToken.StartTag ? 1 : 0) || token == XmlToken.EndTag)
                {
                    Flush(result, text);
                }

                text.Clear();
                switch (token)
                {
                    case XmlToken.StartTag or XmlToken.EmptyTag or XmlToken.Leaf:
                        result.Append('<').Append(Encoding.UTF8.GetString(xml.Name));
                        var attributes = xml.Attributes;
                        while (attributes.Read())
                        {
                            result.Append(' ').Append(Encoding.UTF8.GetString(attributes.Name)).Append('=').Append(Resolve(attributes.Value));
                        }

                        result.AppendLine(token == XmlToken.EmptyTag ? "\n>" : "");
                        if (token == XmlToken.Leaf)
                        {
                            text.Append(Encoding.UTF8.GetString(xml.Text).Replace("\r\n", "\n").Replace('\r', '\n'));
                            Flush(result, text);
                            result.AppendLine(">");
                        }

                        break;
                    case XmlToken.EndTag:
                        result.AppendLine(">");
                        break;
                    case XmlToken.End:
                        return result.ToString();
                    default:
                        return result.AppendLine("! " + xml.Fault).ToString();
                }
            }
        }
    }

    private static string Resolve(ReadOnlySpan<byte> text)
    {
        var target = new byte[text.Length];
        return Encoding.UTF8.GetString(target, 0, XmlReferences.Resolve(text, target));
    }

    private static string Oracle(byte[] bytes)
    {
        var result = new StringBuilder();
        var text = new StringBuilder();
        using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    text.Append(reader.Depth == 0 ? "" : reader.Value);
                    break;
                case XmlNodeType.Element:
                    Flush(result, text);
                    result.Append('<').Append(reader.Name);
                    var isEmpty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute())
                    {
                        result.Append(' ').Append(reader.Name).Append('=').Append(reader.Value);
                    }

                    result.AppendLine(isEmpty ? "\n>" : "");
                    break;
                case XmlNodeType.EndElement:
                    Flush(result, text);
                    result.AppendLine(">");
                    break;
            }
        }

        return result.ToString();
    }

    private static void Flush(StringBuilder result, StringBuilder text)
    {
        if (text.Length > 0)
        {
            result.Append('"').Append(text.Replace("\n", "\\n")).AppendLine();
            text.Clear();
        }
    }

    [CorpusFact]
    public void Every_file_gives_the_tokens_of_the_frameworks_reader()
    {
        foreach (var file in new[] { "camt052", "camt053", "camt054" }.SelectMany(part => Corpus.Files(part, f => f.EndsWith(".xml", StringComparison.Ordinal))))
        {
            var bytes = File.ReadAllBytes(file);
            bytes = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
            var oracle = Oracle(bytes);
            Assert.True(oracle == Tokens(bytes), file);
            Assert.True(oracle == Tokens(bytes, 777), file);
        }
    }

    private static readonly Gen<string> Name = Gen.Elements("Amt", "Ntry", "BkToCstmrDbtCdtNtfctn", "a", "ns:Ntry", "x-1.y", "Über", "AVeryLongElementNameIndeed17", "Sixteen_letters_");

    private static readonly Gen<string> Text = Gen.Elements(
        "", "100.00", "  ", "\n    ", "a &amp; b", "&lt;&#65;&#x1F600;&gt;", "<![CDATA[<x>]]>", "<!-- note -->", "t<![CDATA[]]>t", "<?pi data?>", "Müller & Söhne".Replace("&", "&amp;"), "]", "]]", "a\r\nb", "\r", new string('x', 100));

    private static Gen<string> Element(int depth) =>
        from name in Name
        from attributes in Gen.Elements("", " Ccy=\"EUR\"", " a='1' b = \"2&amp;3\"", " x=\">\"", "\n c=\"/\"")
        from parts in depth == 0 ? Text.Select(t => new[] { t }) : Gen.OneOf(Text, Element(depth - 1)).ArrayOf().Resize(4)
        from isEmpty in Gen.Frequency((1, Gen.Constant(true)), (4, Gen.Constant(false)))
        from tail in Gen.Elements("", " ", "\n")
        select isEmpty ? $"<{name}{attributes}{tail}/>" : $"<{name}{attributes}{tail}>{string.Concat(parts)}</{name}{tail}>";

    [Fact]
    public void Generated_documents_give_the_tokens_of_the_frameworks_reader_wherever_they_are_cut() => Law.ForAll(
        from head in Gen.Elements("", "<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- c -->")
        from root in Element(4)
        from chunk in Gen.Choose(1, 40)
        select (Xml: head + "<ns:r xmlns:ns=\"u\">" + root + "</ns:r>\n", chunk),
        x =>
        {
            var bytes = Encoding.UTF8.GetBytes(x.Xml);
            var oracle = Oracle(bytes);
            Assert.Equal(oracle, Tokens(bytes));
            Assert.Equal(oracle, Tokens(bytes, x.chunk));
        },
        400);

    [Fact]
    public void Whatever_the_frameworks_reader_takes_is_taken_and_what_is_cut_stays_the_same() => Law.ForAll(
        from root in Element(3)
        from at in Gen.Choose(0, 400)
        from b in Gen.Elements('<', '>', '&', '"', '/', ' ', 'x', ';', '!', '?', '\0')
        from chunk in Gen.Choose(1, 30)
        select (Xml: "<ns:r xmlns:ns=\"u\">" + root + "</ns:r>", at, b, chunk),
        x =>
        {
            var bytes = Encoding.UTF8.GetBytes(x.Xml);
            bytes[x.at % bytes.Length] = (byte)x.b;
            var ours = Tokens(bytes);
            Assert.Equal(ours, Tokens(bytes, x.chunk));
            try
            {
                Assert.Equal(Oracle(bytes), ours);
            }
            catch (XmlException)
            {
                // We take a little more than XML allows; never less, never other tokens.
            }
        },
        600);

    [Theory]
    [InlineData("<a>", "UnexpectedEnd")]
    [InlineData("<a", "UnexpectedEnd")]
    [InlineData("<a></b>", "MismatchedEndTag")]
    [InlineData("</a>", "MismatchedEndTag")]
    [InlineData("<a b></a>", "BadAttribute")]
    [InlineData("<a b=c></a>", "BadAttribute")]
    [InlineData("<a b='1' b='2'></a>", "BadAttribute")]
    [InlineData("<a b='1'c='2'></a>", "BadAttribute")]
    [InlineData("<a b='<'></a>", "BadAttribute")]
    [InlineData("<a/ >", "BadMarkup")]
    [InlineData("< a></a>", "BadMarkup")]
    [InlineData("<1></1>", "BadMarkup")]
    [InlineData("<a><!X></a>", "BadMarkup")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "DocumentType")]
    [InlineData("<a><a><a><a><a><a><a><a><a>", "TooDeep")]
    public void What_is_not_well_formed_is_a_fault(string xml, string fault)
    {
        foreach (var chunk in new[] { 0, 1, 3 })
        {
            Assert.EndsWith("! " + fault, Tokens(Encoding.UTF8.GetBytes(xml), chunk, maxDepth: 8).TrimEnd(), StringComparison.Ordinal);
        }
    }
}
