using System.Text;

namespace Receivables.Sdk.Text;

/// <summary>A character encoding that bank files are met in. <c>default</c> is UTF-8.</summary>
/// <remarks>Encodings come from the runtime's own tables; no provider is registered, so a host's settings neither matter nor change.</remarks>
internal readonly record struct TextEncoding
{
    private const int Utf8CodePage = 65001;
    private readonly int _codePage;

    private TextEncoding(int codePage) => _codePage = codePage;

    internal static TextEncoding Utf8 => default;

    internal static TextEncoding Utf16LittleEndian => new(1200);

    internal static TextEncoding Utf16BigEndian => new(1201);

    /// <summary>Western Europe; what a file that says ISO 8859-1 is nearly always written in, and the same for every letter that both have.</summary>
    internal static TextEncoding Windows1252 => new(1252);

    /// <summary>Central Europe.</summary>
    internal static TextEncoding Windows1250 => new(1250);

    /// <summary>Central Europe, MS-DOS; its German letters are those of cp437 and cp850, too.</summary>
    internal static TextEncoding Cp852 => new(852);

    /// <summary>China; contains GBK and GB 2312.</summary>
    internal static TextEncoding Gb18030 => new(54936);

    /// <summary>Japan.</summary>
    internal static TextEncoding ShiftJis => new(932);

    /// <summary>Cyrillic letters.</summary>
    internal static TextEncoding Windows1251 => new(1251);

    /// <summary>Greece.</summary>
    internal static TextEncoding Windows1253 => new(1253);

    /// <summary>Turkey.</summary>
    internal static TextEncoding Windows1254 => new(1254);

    /// <summary>The Baltic states.</summary>
    internal static TextEncoding Windows1257 => new(1257);

    /// <summary>The number of the code page.</summary>
    internal int CodePage => _codePage == 0 ? Utf8CodePage : _codePage;

    /// <summary>The name that IANA gives it, in lower case.</summary>
    internal string Name => _codePage == 0 ? "utf-8" : ToEncoding().WebName;

    public override string ToString() => Name;

    /// <summary>Whether a byte below 128 is that ASCII character wherever it stands: then records and fields are found in the bytes as they are.</summary>
    internal bool IsAsciiSuperset => _codePage is 0 or not (1200 or 1201 or 932 or 54936);

    /// <summary>Whether every byte is one character.</summary>
    internal bool IsSingleByte => _codePage != 0 && IsAsciiSuperset;

    /// <summary>Reads a name as XML declarations and profiles write it, in any case; ISO 8859-1 is read as windows-1252, as browsers do (WHATWG Encoding, 2024).</summary>
    internal static bool TryParse(ReadOnlySpan<char> name, out TextEncoding encoding)
    {
        Span<char> key = stackalloc char[24];
        encoding = default;
        var length = 0;
        foreach (var c in name)
        {
            if (c is '-' or '_' or ' ')
            {
                continue;
            }

            if (length == key.Length || !char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }

            key[length++] = char.ToLowerInvariant(c);
        }

        var codePage = key[..length] switch
        {
            "utf8" or "usascii" or "ascii" => Utf8CodePage,
            "utf16" or "utf16le" or "unicode" => 1200,
            "utf16be" => 1201,
            "windows1252" or "cp1252" or "iso88591" or "latin1" => 1252,
            "iso885915" or "latin9" => 28605,
            "windows1250" or "cp1250" => 1250,
            "iso88592" or "latin2" => 28592,
            "cp852" or "ibm852" => 852,
            "cp850" or "ibm850" => 850,
            "cp437" or "ibm437" => 437,
            "windows1251" or "cp1251" => 1251,
            "windows1253" or "cp1253" => 1253,
            "windows1254" or "cp1254" or "iso88599" => 1254,
            "windows1257" or "cp1257" => 1257,
            "shiftjis" or "sjis" or "windows31j" or "cp932" or "ms932" => 932,
            "gb18030" or "gbk" or "gb2312" or "cp936" => 54936,
            _ => 0,
        };
        encoding = codePage == Utf8CodePage ? default : new TextEncoding(codePage);
        return codePage != 0;
    }

    /// <summary>The runtime's encoding; bytes that are no character become U+FFFD.</summary>
    internal Encoding ToEncoding() => CodePage switch
    {
        Utf8CodePage => Encoding.UTF8,
        1200 => Encoding.Unicode,
        1201 => Encoding.BigEndianUnicode,
        // These would read what is no character as a question mark, which nobody could tell from a real one.
        _ => CodePagesEncodingProvider.Instance.GetEncoding(_codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!,
    };

    /// <summary>How many bytes of a source in this encoding stand behind transcoded text: what turns a place in the text into a place in the file.</summary>
    /// <remarks>A byte that was no character counts as the one byte it was.</remarks>
    internal long SourceLength(ReadOnlySpan<byte> utf8)
    {
        if (_codePage == 0)
        {
            return utf8.Length;
        }

        if (IsSingleByte)
        {
            return CountCharacters(utf8);
        }

        if (_codePage is 1200 or 1201)
        {
            return 2L * Encoding.UTF8.GetCharCount(utf8);
        }

        // Encoding the replacement character would count the four bytes that gb18030 has for it.
        long length = 0;
        var replacement = "\uFFFD"u8;
        var pairs = ToEncoding();
        while (utf8.IndexOf(replacement) is >= 0 and var at)
        {
            length += pairs.GetByteCount(Encoding.UTF8.GetString(utf8[..at])) + 1;
            utf8 = utf8[(at + replacement.Length)..];
        }

        return length + pairs.GetByteCount(Encoding.UTF8.GetString(utf8));
    }

    private static long CountCharacters(ReadOnlySpan<byte> utf8)
    {
        long count = 0;
        foreach (var b in utf8)
        {
            count += (b & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }
}
