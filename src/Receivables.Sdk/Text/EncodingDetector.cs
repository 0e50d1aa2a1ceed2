using System.Buffers;
using System.Text;

namespace Receivables.Sdk.Text;

/// <summary>What stands at the start of a file about its encoding.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="MarkLength">The length of the byte order mark to skip.</param>
internal readonly record struct DetectedEncoding(TextEncoding Encoding, int MarkLength);

/// <summary>Tells the encoding of a file by what stands in it: byte order mark, zero bytes, UTF-8 sequences, double bytes, and at last the letters that words are made of.</summary>
internal static class EncodingDetector
{
    /// <summary>The encoding.</summary>
    /// <param name="start">The start of the file; more bytes are more evidence, 64 KiB are plenty.</param>
    /// <param name="isWhole">Whether that is all of it: else the last character may be cut.</param>
    /// <param name="hint">What the file or its profile claims. It wins over evidence of letters, not over a mark, zero bytes, or valid UTF-8 beyond ASCII.</param>
    internal static DetectedEncoding Detect(ReadOnlySpan<byte> start, bool isWhole, TextEncoding? hint = null)
    {
        if (start.StartsWith("\uFEFF"u8))
        {
            return new DetectedEncoding(TextEncoding.Utf8, 3);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return new DetectedEncoding(TextEncoding.Utf16LittleEndian, 2);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return new DetectedEncoding(TextEncoding.Utf16BigEndian, 2);
        }

        return new DetectedEncoding(DetectUnmarked(start, isWhole, hint), 0);
    }

    private static TextEncoding DetectUnmarked(ReadOnlySpan<byte> start, bool isWhole, TextEncoding? hint)
    {
        if (ByZeros(start) is { } wide)
        {
            return wide;
        }

        // A claim of UTF-16 without a zero byte cannot be true.
        if (hint is { IsAsciiSuperset: false } claimed && claimed != TextEncoding.Gb18030 && claimed != TextEncoding.ShiftJis)
        {
            hint = null;
        }

        var firstHigh = start.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (firstHigh < 0)
        {
            return hint ?? TextEncoding.Utf8;
        }

        var high = start[firstHigh..];
        if ((hint == TextEncoding.Gb18030 && DoubleByteShare(high, isWhole) >= 0.5) || (hint == TextEncoding.ShiftJis && IsShiftJis(high)))
        {
            return hint.Value;
        }

        var (valid, invalid) = CountUtf8(high, isWhole);
        if (valid > 3 * invalid)
        {
            return TextEncoding.Utf8;
        }

        if (hint is { IsSingleByte: true } page)
        {
            return page;
        }

        return IsGreek(high) ? TextEncoding.Windows1253
            : IsCyrillic(high) ? TextEncoding.Windows1251
            : IsShiftJis(high) ? TextEncoding.ShiftJis
            : DoubleByteShare(high, isWhole) >= 0.8 ? TextEncoding.Gb18030
            : LetterEvidence.Judge(start);
    }

    // Text of Latin letters has its zeros all in one half of the pairs; Chinese text at least at its blanks, digits and line ends.
    private static TextEncoding? ByZeros(ReadOnlySpan<byte> start)
    {
        var sample = start[..(Math.Min(start.Length, 4096) & ~1)];
        int even = 0, odd = 0;
        for (var i = 0; i < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        var pairs = sample.Length / 2;
        return (even, odd) switch
        {
            _ when pairs < 2 => null,
            var (e, o) when o * 4 > pairs && e * 16 < o => TextEncoding.Utf16LittleEndian,
            var (e, o) when e * 4 > pairs && o * 16 < e => TextEncoding.Utf16BigEndian,
            _ => null,
        };
    }

    private static (int Valid, int Invalid) CountUtf8(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        int valid = 0, invalid = 0;
        while (bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is >= 0 and var at)
        {
            bytes = bytes[at..];
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (status == OperationStatus.Done)
            {
                valid++;
            }
            else if (status != OperationStatus.NeedMoreData || isWhole)
            {
                invalid++;
            }

            bytes = bytes[length..];
        }

        return (valid, invalid);
    }

    // Words of one alphabet whose letters all stand in the upper half of the page, small ones after capitals: Chinese pairs begin below it
    // far too often, and Western letters beyond ASCII stand alone.
    private static bool IsCyrillic(ReadOnlySpan<byte> bytes)
    {
        int letters = 0, others = 0, words = 0, falls = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b >= 0xC0)
            {
                letters++;
                words += i == 0 || bytes[i - 1] < 0x80 ? 1 : 0;
                falls += b < 0xE0 && i > 0 && bytes[i - 1] >= 0xE0 ? 1 : 0;
            }
            else if (b >= 0x80)
            {
                // Ё, ё, №, quotes and the blank that does not break.
                others += b is 0xA8 or 0xB8 or 0xB9 or 0xAB or 0xBB or 0xA0 or 0x97 ? 0 : 1;
            }
        }

        return letters >= 8 && letters >= 3 * words && others * 20 <= letters && falls * 10 <= letters;
    }

    // Words of one alphabet, too. Which of the two it is, the commonest letters of each tell: they stand where the other one has rare ones.
    private static bool IsGreek(ReadOnlySpan<byte> bytes)
    {
        int letters = 0, others = 0, words = 0, greek = 0, cyrillic = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b is >= 0xC0 or 0xA2 or 0xB8 or 0xB9 or 0xBA or 0xBC or 0xBE or 0xBF)
            {
                letters++;
                words += i == 0 || bytes[i - 1] < 0x80 ? 1 : 0;

                // Alpha, iota, omicron, tau, sigma; and а, в, и, о.
                greek += (b | 0x20) is 0xE1 or 0xE9 or 0xEF or 0xF4 or 0xF3 ? 1 : 0;
                cyrillic += (b | 0x20) is 0xE0 or 0xE2 or 0xE8 or 0xEE ? 1 : 0;
            }
            else if (b >= 0x80)
            {
                // Quotes, the euro and the blank that does not break.
                others += b is 0x80 or 0xAB or 0xBB or 0xA0 or 0x92 or 0x97 ? 0 : 1;
            }
        }

        return letters >= 8 && letters >= 3 * words && others * 20 <= letters && greek * 4 >= letters && greek > 2 * cyrillic;
    }

    // Pairs of which hardly one is broken, led by what leads kana and common characters, and often beyond ASCII in their second half, too:
    // letters of the MS-DOS pages, which lead pairs by accident, have an ASCII letter behind them.
    private static bool IsShiftJis(ReadOnlySpan<byte> bytes)
    {
        int pairs = 0, common = 0, high = 0, broken = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lead = bytes[i];
            if (lead is < 0x80 or (>= 0xA1 and <= 0xDF))
            {
                continue;
            }

            if (lead is 0x80 or 0xA0 or > 0xFC || i + 1 >= bytes.Length || bytes[i + 1] is < 0x40 or 0x7F or > 0xFC)
            {
                broken++;
                continue;
            }

            pairs++;
            common += lead is >= 0x81 and <= 0x98 ? 1 : 0;
            high += bytes[++i] >= 0x80 ? 1 : 0;
        }

        return pairs >= 4 && broken * 20 <= pairs && common * 2 >= pairs && high * 10 >= pairs * 3;
    }

    // Which share of the characters beyond ASCII stand in the two-byte zone of GB 2312; a broken one weighs as three. Letters of Europe
    // seldom stand in pairs, Chinese ones always do.
    private static double DoubleByteShare(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        int common = 0, all = 0, i = 0;
        while (i < bytes.Length)
        {
            var lead = bytes[i];
            if (lead < 0x80)
            {
                i++;
                continue;
            }

            if (i + 1 >= bytes.Length && !isWhole)
            {
                break;
            }

            var trail = i + 1 < bytes.Length ? bytes[i + 1] : (byte)0;
            var isFour = trail is >= 0x30 and <= 0x39;
            if (lead is 0x80 or 0xFF || (!isFour && trail is < 0x40 or 0x7F or 0xFF))
            {
                all += 3;
                i++;
                continue;
            }

            all++;
            common += lead is >= 0xA1 and <= 0xF7 && trail >= 0xA1 ? 1 : 0;
            i += isFour ? 4 : 2;
        }

        return all < 2 ? 0 : (double)common / all;
    }
}
