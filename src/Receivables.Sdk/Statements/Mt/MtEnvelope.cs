using System.Buffers;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>What SWIFT blocks and the lines before a message say: the type of message and the bank.</summary>
internal static class MtEnvelope
{
    private static readonly SearchValues<byte> UpperOrDigit = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);

    /// <summary>The bank that sent the message, from blocks 1 and 2; null when they do not say.</summary>
    /// <param name="line">A line of blocks.</param>
    /// <param name="is942">Whether block 2 says 942; null when there is no block 2.</param>
    internal static string? Read(ReadOnlySpan<byte> line, out bool? is942)
    {
        is942 = null;
        string? bank = null;
        var first = IndexOfBlock(line, (byte)'1');
        if (first >= 0)
        {
            // F01 or F21, then the twelve characters of the logical terminal.
            bank = Terminal(line[first..], 3);
        }

        var second = IndexOfBlock(line, (byte)'2');
        if (second >= 0 && second + 4 <= line.Length)
        {
            var block = line[second..];
            is942 = block[1..4].SequenceEqual("942"u8);
            // Of a message that a bank sent us, the sender stands in block 2: behind time and date, or at once.
            if (block[0] == 'O')
            {
                bank = Terminal(block, block.Length > 14 && !block[4..14].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? 14 : 4) ?? bank;
            }
        }

        return bank;
    }

    /// <summary>The bank in a line before a message: nothing but a BIC, or a logical terminal behind a sequence number.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isSure">Whether it can be nothing else.</param>
    internal static string? ReadPreamble(ReadOnlySpan<byte> line, out bool isSure)
    {
        isSure = false;
        line = line.Trim(" \t\r\n"u8);
        if (line.Length is < 8 or > 40)
        {
            return null;
        }

        var word = line[(line.LastIndexOf((byte)' ') + 1)..];
        if (word.Length == line.Length)
        {
            return word.Length is 8 or 11 ? AsBic(word) : null;
        }

        isSure = true;
        return word.Length >= 14 && char.IsAsciiDigit((char)line[0]) ? Terminal(word, 2) : null;
    }

    /// <summary>Whether a line between messages begins a document of another kind.</summary>
    internal static bool IsXml(ReadOnlySpan<byte> line) => line.TrimStart("\uFEFF \t"u8) is var text && (text.StartsWith("<?xml"u8) || text.StartsWith("<Document"u8));

    /// <summary>How many columns a line between messages has, if it may be a row of a table; 0 where it has less than three.</summary>
    internal static int Columns(ReadOnlySpan<byte> line)
    {
        var most = 0;
        foreach (var delimiter in ";,\t|"u8)
        {
            most = Math.Max(most, line.Count(delimiter));
        }

        return most >= 2 ? most + 1 : 0;
    }

    private static int IndexOfBlock(ReadOnlySpan<byte> line, byte number)
    {
        for (var i = 0; i + 2 < line.Length; i++)
        {
            if (line[i + 1] == number && line[i + 2] == ':' && (line[i] == '{' || line[i] >= 0x80))
            {
                return i + 3;
            }
        }

        return -1;
    }

    // Eight characters, the letter of the terminal, the branch.
    private static string? Terminal(ReadOnlySpan<byte> text, int at)
    {
        if (text.Length < at + 8)
        {
            return null;
        }

        var branch = text.Length >= at + 12 ? text.Slice(at + 9, 3) : default;
        return branch.IsEmpty || branch.SequenceEqual("XXX"u8) || branch.ContainsAnyExcept(UpperOrDigit)
            ? AsBic(text.Slice(at, 8))
            : AsBic([.. text.Slice(at, 8), .. branch]);
    }

    private static string? AsBic(ReadOnlySpan<byte> text) => Bic.TryParse(System.Text.Encoding.Latin1.GetString(text), out var bic) ? bic.Value : null;
}
