using System.Buffers;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>How a message is wrapped that does not stand in its file as XML of its own.</summary>
internal enum CamtWrap : byte
{
    /// <summary>Text stands before it: the headers of a transport, a line of a log.</summary>
    Behind,

    /// <summary>It stands in a CDATA section of another document.</summary>
    CData,

    /// <summary>It is the text of another document, with its brackets written as <c>&amp;lt;</c>.</summary>
    Escaped,

    /// <summary>A statement alone, without the message around it.</summary>
    Bare,
}

/// <summary>How a message is wrapped: told by where the name of the message stands.</summary>
/// <param name="Wrap">How.</param>
/// <param name="Start">Where the document starts behind other text.</param>
/// <param name="Message">The name of the message that a statement alone belongs to; else empty.</param>
internal sealed record CamtWrapping(CamtWrap Wrap, int Start, string Message)
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\0\uFEFF"u8);
    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n/>"u8);

    /// <summary>How the message is wrapped; null where it is not, or there is none.</summary>
    /// <param name="start">The start of the file, as bytes of an ASCII superset.</param>
    internal static CamtWrapping? Find(ReadOnlySpan<byte> start)
    {
        var at = FirstOf(start, "BkToCstmrStmt"u8, FirstOf(start, "BkToCstmrAcctRpt"u8, FirstOf(start, "BkToCstmrDbtCdtNtfctn"u8, -1)));
        return at < 0 ? FindBare(start) : Find(start[..at], start);
    }

    private static CamtWrapping? Find(ReadOnlySpan<byte> before, ReadOnlySpan<byte> start)
    {
        before = WithoutPrefix(before);
        if (before.EndsWith("&lt;"u8))
        {
            return new CamtWrapping(CamtWrap.Escaped, 0, "");
        }

        if (!before.EndsWith("<"u8))
        {
            return null;
        }

        var section = before.LastIndexOf("<![CDATA["u8);
        if (section >= 0 && before[section..].IndexOf("]]>"u8) < 0)
        {
            return new CamtWrapping(CamtWrap.CData, 0, "");
        }

        if (start.TrimStart(" \t\r\n\0\uFEFF"u8) is not [not (byte)'<', ..] || before.IndexOfAnyInRange((byte)0, (byte)8) >= 0)
        {
            return null;
        }

        var declaration = before.LastIndexOf("<?xml"u8);
        var document = before.LastIndexOf("Document"u8);
        var root = document < 0 ? before.Length - 1 : WithoutPrefix(before[..document]).Length - 1;
        return new CamtWrapping(CamtWrap.Behind, declaration >= 0 ? declaration : root >= 0 && before[root] == '<' ? root : before.Length - 1, "");
    }

    private static CamtWrapping? FindBare(ReadOnlySpan<byte> start)
    {
        for (var at = 0; at < start.Length;)
        {
            var tag = start[at..].IndexOf((byte)'<');
            if (tag < 0 || (at == 0 && start[..tag].IndexOfAnyExcept(Blanks) >= 0))
            {
                return null;
            }

            at += tag + 1;
            if (at < start.Length && start[at] is not ((byte)'?' or (byte)'!'))
            {
                var end = start[at..].IndexOfAny(NameEnds);
                var name = end < 0 ? default : start.Slice(at, end);
                name = name[(name.IndexOf((byte)':') + 1)..];
                var message = name.SequenceEqual("Stmt"u8) ? "BkToCstmrStmt" : name.SequenceEqual("Rpt"u8) ? "BkToCstmrAcctRpt" : name.SequenceEqual("Ntfctn"u8) ? "BkToCstmrDbtCdtNtfctn" : "";
                return message.Length > 0 && start.IndexOf("CdtDbtInd>"u8) >= 0 ? new CamtWrapping(CamtWrap.Bare, 0, message) : null;
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> WithoutPrefix(ReadOnlySpan<byte> before)
    {
        if (!before.EndsWith(":"u8))
        {
            return before;
        }

        var end = before.Length - 1;
        while (end > 0 && (char.IsAsciiLetterOrDigit((char)before[end - 1]) || before[end - 1] is (byte)'-' or (byte)'_' or (byte)'.'))
        {
            end--;
        }

        return before[..end];
    }

    private static int FirstOf(ReadOnlySpan<byte> start, ReadOnlySpan<byte> name, int other) =>
        start.IndexOf(name) is >= 0 and var at && (other < 0 || at < other) ? at : other;
}
