using System.Text;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Tells camt messages by their first bytes.</summary>
internal static class CamtSignature
{
    private const int DeclarationLength = 256;

    /// <summary>How sure it is that a file is a camt message.</summary>
    internal static FormatMatch Detect(ReadOnlySpan<byte> start, CamtTree tree)
    {
        var hint = DeclaredEncoding(start);
        var detected = EncodingDetector.Detect(start[..EvidenceLength(start, hint)], false, hint);
        var utf8 = SourceText.Readable(start, detected);
        if (CamtWrapping.Find(utf8) is not null)
        {
            return FormatMatch.Certain;
        }

        var nesting = new XmlNesting(StatementReaderOptions.Default.MaxDepth);
        var xml = new XmlTokenizer(utf8, isLast: false, nesting, tree.Names, StatementReaderOptions.Default.MaxRecordBytes);
        while (true)
        {
            switch (xml.Read())
            {
                case XmlToken.StartTag when tree.Info(tree.Step(CamtTree.Outside, xml.NameId)).Kind == CamtTree.NodeKind.Group:
                    return FormatMatch.Certain;
                case XmlToken.Text when nesting.Depth == 0 && xml.Text.TrimStart(" \t\r\n\0\uFEFF"u8).Length > 0:
                    return FormatMatch.No;
                case XmlToken.Error when NamesMessage(utf8):
                    // XML that is broken, or has a document type, in front of the message: the reader says what is wrong with it.
                    return FormatMatch.Certain;
                case XmlToken.NeedMore or XmlToken.Error or XmlToken.End:
                    return FormatMatch.No;
            }
        }
    }

    private static bool NamesMessage(ReadOnlySpan<byte> utf8) =>
        utf8.IndexOf("BkToCstmrStmt"u8) >= 0 || utf8.IndexOf("BkToCstmrAcctRpt"u8) >= 0 || utf8.IndexOf("BkToCstmrDbtCdtNtfctn"u8) >= 0;

    /// <summary>How much of the start may tell the encoding: of UTF-8 only what stands before the first byte beyond ASCII, for a text that is no UTF-8 then is one text, not the file.</summary>
    internal static int EvidenceLength(ReadOnlySpan<byte> start, TextEncoding? declared)
    {
        if (declared != TextEncoding.Utf8 || start is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return start.Length;
        }

        var high = start.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        return high < 0 || start[..high].Contains((byte)0) ? start.Length : high;
    }

    /// <summary>The encoding that the XML declaration names; null when it is none that is known.</summary>
    internal static TextEncoding? DeclaredEncoding(ReadOnlySpan<byte> start)
    {
        var head = start[..Math.Min(DeclarationLength, start.Length)];
        var end = head.IndexOf("?>"u8);
        var at = end < 0 ? -1 : head[..end].IndexOf("encoding"u8);
        if (at < 0)
        {
            // What XML 1.0 (section 4.3.3) says of a document that says nothing.
            return TextEncoding.Utf8;
        }

        var value = head[(at + 8)..end].TrimStart(" \t\r\n="u8);
        if (value is not [var quote and ((byte)'"' or (byte)'\''), ..] || value[1..].IndexOf(quote) is not (> 0 and var length))
        {
            return null;
        }

        return TextEncoding.TryParse(Encoding.ASCII.GetString(value.Slice(1, length)), out var encoding) ? encoding : null;
    }
}
