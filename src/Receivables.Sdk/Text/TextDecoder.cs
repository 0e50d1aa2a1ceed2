using System.Text;
using System.Text.Unicode;

namespace Receivables.Sdk.Text;

/// <summary>Turns the bytes of one field into text: UTF-8 where they are valid UTF-8, else by a single-byte page, so that no byte is lost even in files that mix both.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
internal sealed class TextDecoder
{
    private readonly char[] _upperHalf;

    /// <summary>A decoder.</summary>
    /// <param name="encoding">What the file is written in. Where that is UTF-8 (or an encoding that was transcoded to it), windows-1252 reads what is not valid.</param>
    internal TextDecoder(TextEncoding encoding)
    {
        Encoding = encoding;
        var page = encoding.IsSingleByte ? encoding : TextEncoding.Windows1252;
        Span<byte> bytes = stackalloc byte[128];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(128 + i);
        }

        _upperHalf = page.ToEncoding().GetChars(bytes.ToArray());
    }

    /// <summary>What the file is written in.</summary>
    internal TextEncoding Encoding { get; }

    /// <summary>The text of a field.</summary>
    internal string Decode(ReadOnlySpan<byte> bytes) => Decode(bytes, out _);

    /// <summary>The text of a field.</summary>
    /// <param name="bytes">The field.</param>
    /// <param name="isFallback">Whether the bytes are not valid in a file that is UTF-8 and were read by windows-1252: worth a diagnostic.</param>
    internal string Decode(ReadOnlySpan<byte> bytes, out bool isFallback)
    {
        isFallback = false;
        if (bytes.IsEmpty)
        {
            return "";
        }

        if (Ascii.IsValid(bytes))
        {
            // The widening copy, the fastest way for a short field.
            return System.Text.Encoding.Latin1.GetString(bytes);
        }

        if (Utf8.IsValid(bytes))
        {
            return System.Text.Encoding.UTF8.GetString(bytes);
        }

        isFallback = !Encoding.IsSingleByte;
        Span<char> text = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        DecodePage(bytes, text);
        return text.ToString();
    }

    /// <summary>One character for each byte, by the page.</summary>
    internal void DecodePage(ReadOnlySpan<byte> bytes, Span<char> target)
    {
        var upperHalf = _upperHalf;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            target[i] = b < 128 ? (char)b : upperHalf[b - 128];
        }
    }
}
