using System.Buffers.Text;
using System.Text;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>References in text: the five entities of XML and characters by their number.</summary>
internal static class XmlReferences
{
    // The longest is a character with leading zeros; no bank writes more.
    private const int MaxLength = 16;

    /// <summary>The length of the reference at the start; 0 when more bytes are needed to tell, -1 when it is none.</summary>
    internal static int Measure(ReadOnlySpan<byte> text)
    {
        var end = text[..Math.Min(MaxLength, text.Length)].IndexOf((byte)';');
        if (end < 0)
        {
            return text.Length < MaxLength && MayContinue(text[1..]) ? 0 : -1;
        }

        return Value(text[1..end]) < 0 ? -1 : end + 1;
    }

    /// <summary>Copies text with its references resolved.</summary>
    /// <param name="text">The text; an ampersand that begins no reference stays as it is.</param>
    /// <param name="target">At least as long: no reference is shorter than what it stands for.</param>
    /// <returns>The length written.</returns>
    internal static int Resolve(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var written = 0;
        while (text.IndexOf((byte)'&') is >= 0 and var at)
        {
            text[..at].CopyTo(target[written..]);
            written += at;
            text = text[at..];
            if (Measure(text) <= 0)
            {
                target[written++] = (byte)'&';
                text = text[1..];
                continue;
            }

            var end = text.IndexOf((byte)';');
            written += new Rune(Value(text[1..end])).EncodeToUtf8(target[written..]);
            text = text[(end + 1)..];
        }

        text.CopyTo(target[written..]);
        return written + text.Length;
    }

    private static bool MayContinue(ReadOnlySpan<byte> name)
    {
        foreach (var b in name)
        {
            if (b != '#' && !char.IsAsciiLetterOrDigit((char)b))
            {
                return false;
            }
        }

        return true;
    }

    // The character, or -1. Only what XML 1.0 calls a character (production 2) may be given by number.
    private static int Value(ReadOnlySpan<byte> name)
    {
        if (name is [(byte)'#', .. var number])
        {
            int value, used;
            var isNumber = number is [(byte)'x', .. var hex]
                ? Utf8Parser.TryParse(hex, out value, out used, 'X') && used == hex.Length
                : Utf8Parser.TryParse(number, out value, out used) && used == number.Length && number[0] is >= (byte)'0' and <= (byte)'9';
            return isNumber && IsCharacter(value) ? value : -1;
        }

        return name.SequenceEqual("amp"u8) ? '&'
            : name.SequenceEqual("lt"u8) ? '<'
            : name.SequenceEqual("gt"u8) ? '>'
            : name.SequenceEqual("apos"u8) ? '\''
            : name.SequenceEqual("quot"u8) ? '"'
            : -1;
    }

    private static bool IsCharacter(int value) =>
        value is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);
}
