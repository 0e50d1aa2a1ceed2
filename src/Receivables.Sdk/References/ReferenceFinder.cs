using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.References;

/// <summary>The references in a text that show themselves by form and check digits, found one by one.</summary>
/// <remarks>A value on the stack, for one thread; nothing is allocated but the references found.</remarks>
internal ref struct ReferenceFinder
{
    private const int LongestCodeLine = 48;

    // What is looked at again: what the second of two is to the next one, and what stands before it.
    private const int Again = 2;

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    internal ReferenceFinder(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The match that the last <see cref="MoveNext"/> found.</summary>
    internal ReferenceMatch Current { get; private set; }

    /// <summary>Whether a text may hold a reference: most do not, and this is quickly told.</summary>
    /// <remarks>Every reference that shows itself has a wrapping, the letters of its standard or country at the start of a word, the 27 digits of the Swiss one, or the slashes of the Belgian one.</remarks>
    internal static bool MayHold(ReadOnlySpan<char> text)
    {
        bool mayHold;
        var isTold = Avx512BW.VL.IsSupported ? TryTellWidely(text, out mayHold)
            : text.Length > Vector256<ushort>.Count ? TryTellQuickly(text, out mayHold)
            : !(mayHold = true);
        return isTold ? mayHold : MayHoldPlainly(text);
    }

    /// <summary>The same of a text that is ASCII, in bytes; where that cannot be told at once, it may.</summary>
    internal static bool MayHold(ReadOnlySpan<byte> text)
    {
        if (!Avx512BW.IsSupported)
        {
            return true;
        }

        var (digits, signs) = (0, 0UL);
        var at = 0;
        do
        {
            var part = Load(text, at);
            var small = part | Vector512.Create((byte)0x20);
            var seen = at == 0 ? 0UL : 1;
            var r = Places(small, 'r');
            var pairs = (r & (Places(small, 'f') >> 1)) | (Places(small, 's') & (Places(small, 'i') >> 1)) | (Places(small, 'h') & (r >> 1));
            var figures = Vector512.LessThanOrEqual(part - Vector512.Create((byte)'0'), Vector512.Create((byte)9)).ExtractMostSignificantBits();
            var letters = Vector512.LessThanOrEqual(small - Vector512.Create((byte)'a'), Vector512.Create((byte)('z' - 'a'))).ExtractMostSignificantBits();
            var marks = Vector512.Equals(part, Vector512.Create((byte)'+')) | Vector512.Equals(part, Vector512.Create((byte)'*'))
                | Vector512.Equals(part, Vector512.Create((byte)'\r')) | Vector512.Equals(part, Vector512.Create((byte)'\n'));
            if (((pairs & ~seen & ~((figures | letters) << 1)) | marks.ExtractMostSignificantBits()) != 0)
            {
                return true;
            }

            signs |= Places(part, '/');
            digits += BitOperations.PopCount(figures & ~(seen * 3));
            at += Vector512<byte>.Count - Again;
        }
        while (at + Again < text.Length);

        return digits >= (signs != 0 ? BelgianOgm.Length : SwissQrr.Length);
    }

    // Thirty-two characters at a time, the last of them again with the next ones; false where there are line ends.
    private static bool TryTellWidely(ReadOnlySpan<char> text, out bool mayHold)
    {
        mayHold = false;
        var digits = 0;
        var slashes = 0u;
        for (int at = 0, count; at < text.Length; at += count < Vector256<byte>.Count ? count : count - 1)
        {
            count = Math.Min(text.Length - at, Vector256<byte>.Count);
            var part = Load(text, at, count);
            var small = part | Vector256.Create((byte)0x20);
            if ((Places(part, '\r') | Places(part, '\n')) != 0)
            {
                return false;
            }

            var r = Places(small, 'r');
            var pairs = (r & (Places(small, 'f') >> 1)) | (Places(small, 's') & (Places(small, 'i') >> 1)) | (Places(small, 'h') & (r >> 1));
            for (; pairs != 0; pairs &= pairs - 1)
            {
                var pair = at + BitOperations.TrailingZeroCount(pairs);
                mayHold |= pair == 0 || !char.IsLetterOrDigit(text[pair - 1]);
            }

            mayHold |= (Places(part, '+') | Places(part, '*')) != 0;
            slashes |= Places(part, '/');
            var figures = Vector256.LessThanOrEqual(part - Vector256.Create((byte)'0'), Vector256.Create((byte)9)).ExtractMostSignificantBits();
            digits += BitOperations.PopCount(count == Vector256<byte>.Count ? figures & (uint.MaxValue >> 1) : figures);
        }

        mayHold |= digits >= (slashes != 0 ? BelgianOgm.Length : SwissQrr.Length);
        return true;
    }

    // What lies behind the text is not read, and stands as blanks; what does not fit a byte becomes 255, which is none of the characters that are looked for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<byte> Load(ReadOnlySpan<char> text, int at, int count)
    {
        fixed (char* start = text)
        {
            return Avx512BW.ConvertToVector256ByteWithSaturation(
                Avx512BW.MaskLoad((ushort*)start + at, Vector512.LessThan(Vector512<ushort>.Indices, Vector512.Create((ushort)count)), Vector512.Create((ushort)' ')));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<byte> Load(ReadOnlySpan<byte> text, int at)
    {
        fixed (byte* start = text)
        {
            return Avx512BW.MaskLoad(start + at, Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)Math.Min(text.Length - at, Vector512<byte>.Count))), Vector512.Create((byte)' '));
        }
    }

    private static uint Places(Vector256<byte> part, char character) => Vector256.Equals(part, Vector256.Create((byte)character)).ExtractMostSignificantBits();

    private static ulong Places(Vector512<byte> part, char character) => Vector512.Equals(part, Vector512.Create((byte)character)).ExtractMostSignificantBits();

    // Sixteen characters at a time; false where there are line ends, which have to be looked at one by one.
    private static bool TryTellQuickly(ReadOnlySpan<char> text, out bool mayHold)
    {
        ref var start = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var last = text.Length - 1;
        var digits = char.IsAsciiDigit(text[last]) ? 1 : 0;
        var slashes = text[last] == '/' ? 1u : 0u;
        mayHold = text[last] is '+' or '*';
        for (var at = 0; at < last && !mayHold; at += Vector256<ushort>.Count)
        {
            // The last step reads some characters again, and counts none of them twice.
            var from = Math.Min(at, last - Vector256<ushort>.Count);
            var part = Vector256.LoadUnsafe(ref start, (nuint)from);
            var small = part | Vector256.Create((ushort)0x20);
            var next = Vector256.LoadUnsafe(ref start, (nuint)from + 1) | Vector256.Create((ushort)0x20);
            if ((Vector256.Equals(part, Vector256.Create((ushort)'\r')) | Vector256.Equals(part, Vector256.Create((ushort)'\n'))) != Vector256<ushort>.Zero)
            {
                return false;
            }

            var pairs = ((Vector256.Equals(small, Vector256.Create((ushort)'r')) & Vector256.Equals(next, Vector256.Create((ushort)'f')))
                | (Vector256.Equals(small, Vector256.Create((ushort)'s')) & Vector256.Equals(next, Vector256.Create((ushort)'i')))
                | (Vector256.Equals(small, Vector256.Create((ushort)'h')) & Vector256.Equals(next, Vector256.Create((ushort)'r')))).ExtractMostSignificantBits();
            mayHold = (Vector256.Equals(part, Vector256.Create((ushort)'+')) | Vector256.Equals(part, Vector256.Create((ushort)'*'))) != Vector256<ushort>.Zero;
            for (; pairs != 0; pairs &= pairs - 1)
            {
                var pair = from + BitOperations.TrailingZeroCount(pairs);
                mayHold |= pair == 0 || !char.IsLetterOrDigit(text[pair - 1]);
            }

            slashes |= Vector256.Equals(part, Vector256.Create((ushort)'/')).ExtractMostSignificantBits();
            var figures = Vector256.LessThanOrEqual(part - Vector256.Create((ushort)'0'), Vector256.Create((ushort)9)).ExtractMostSignificantBits();
            digits += BitOperations.PopCount(figures >> (at - from));
        }

        mayHold |= digits >= (slashes != 0 ? BelgianOgm.Length : SwissQrr.Length);
        return text[last] is not ('\r' or '\n');
    }

    // The plain way, character by character.
    internal static bool MayHoldPlainly(ReadOnlySpan<char> text)
    {
        var digits = 0;
        var hasSlash = false;
        var before = ' ';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case >= '0' and <= '9':
                    digits++;
                    break;
                case '+' or '*':
                    return true;
                case '/':
                    hasSlash = true;
                    break;
                case 'R' or 'r' or 'S' or 's' or 'H' or 'h':
                    // The letters of the ISO one may be on two lines.
                    var next = i + 1 < text.Length ? text[i + 1] : ' ';
                    var isSplit = (c | 0x20) == 'r' && text.Slice(i + 1, Math.Min(3, text.Length - i - 1)).IndexOfAny('\r', '\n') >= 0;
                    if (((c | 0x20, next | 0x20) is ('r', 'f') or ('s', 'i') or ('h', 'r') || isSplit) && !char.IsLetterOrDigit(before))
                    {
                        return true;
                    }

                    break;
                default:
                    break;
            }

            before = c;
        }

        return digits >= (hasSlash ? BelgianOgm.Length : SwissQrr.Length);
    }

    /// <summary>Looks for the next reference.</summary>
    /// <returns>Whether there is one.</returns>
    [SkipLocalsInit]
    internal bool MoveNext()
    {
        Span<char> characters = stackalloc char[ReferenceRun.Capacity];
        Span<int> positions = stackalloc int[ReferenceRun.Capacity];
        Span<ReferenceRun.Gap> gaps = stackalloc ReferenceRun.Gap[ReferenceRun.Capacity];
        var run = new ReferenceRun(characters, positions, gaps);
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            var end = c switch
            {
                'R' or 'r' => FindIso11649(run),
                '+' or '*' => FindWrapped(run),
                >= '0' and <= '9' => FindDigits(run),
                'S' or 's' => FindParted("SI", ReferenceType.Slovenian),
                'H' or 'h' => FindParted("HR", ReferenceType.Croatian),
                _ => 0,
            };
            if (end > 0)
            {
                _at = end;
                return true;
            }
        }

        return false;
    }

    // Ends are tried in this order: the text grouped by four to its last group, the first cut that holds, the first letter after digits.
    private int FindIso11649(scoped ReferenceRun run)
    {
        // Most words with an R are told by their second letter.
        if (IsAlphanumericBefore(_at) || (_at + 1 < _text.Length && char.IsAsciiLetterOrDigit(_text[_at + 1]) && (_text[_at + 1] | 0x20) != 'f'))
        {
            return 0;
        }

        if (IsCompactIso11649(out var compactEnd))
        {
            return Take(_at, compactEnd, ReferenceType.Iso11649);
        }

        run.Fill(_text, _at, Iso11649.MaxLength + 1, letters: true);
        var found = run.Characters;
        if (found.Length < Iso11649.MinLength || found[1] != 'F' || !char.IsAsciiDigit(found[2]) || !char.IsAsciiDigit(found[3])
            || run.Before(1) is ReferenceRun.Gap.Blank or ReferenceRun.Gap.Mark)
        {
            return 0;
        }

        var longest = Math.Min(found.Length, Iso11649.MaxLength);
        int first = 0, grouped = 0;
        var isGrouped = true;
        for (var count = 1; count <= longest; count++)
        {
            var gap = run.Before(count);
            if (gap != ReferenceRun.Gap.None)
            {
                var holds = count >= Iso11649.MinLength && Iso11649.CheckCompact(found[..count]) == ReferenceFault.None;
                first = holds && first == 0 ? count : first;
                grouped = holds && isGrouped && count > 4 ? count : grouped;
                if (holds && count < longest && char.IsAsciiLetterUpper(_text[_at]) && char.IsAsciiLetterLower(_text[run.EndOf(count + 1) - 1]))
                {
                    // A word in small letters does not go on a reference in capitals, though by chance the check digits may hold with it.
                    break;
                }
            }

            // Groups of four with a blank after each; a line break may stand anywhere.
            isGrouped &= gap == ReferenceRun.Gap.LineBreak || (count % 4 == 0) == (gap != ReferenceRun.Gap.None);
        }

        var end = grouped > 0 && run.Before(4) != ReferenceRun.Gap.None ? grouped : first;
        for (var count = Iso11649.MinLength; end == 0 && count < longest; count++)
        {
            end = char.IsAsciiDigit(found[count - 1]) && char.IsAsciiLetter(found[count])
                && Iso11649.CheckCompact(found[..count]) == ReferenceFault.None ? count : 0;
        }

        return end == 0 ? 0 : Take(_at, run.EndOf(end), ReferenceType.Iso11649);
    }

    // In electronic form, letters and digits without a gap: where the whole holds, nothing behind it is taken for a part.
    private readonly bool IsCompactIso11649(out int end)
    {
        end = _at;
        while (end < _text.Length && char.IsAsciiLetterOrDigit(_text[end]))
        {
            end++;
        }

        if (end - _at is < Iso11649.MinLength or > Iso11649.MaxLength)
        {
            return false;
        }

        Span<char> compact = stackalloc char[Iso11649.MaxLength];
        for (var i = _at; i < end; i++)
        {
            compact[i - _at] = _text[i] >= 'a' ? (char)(_text[i] - 32) : _text[i];
        }

        return Iso11649.CheckCompact(compact[..(end - _at)]) == ReferenceFault.None;
    }

    private int FindWrapped(scoped ReferenceRun run)
    {
        var start = _at;
        var open = start;
        while (open < _text.Length && open - start < 3 && _text[open] is '+' or '*')
        {
            open++;
        }

        if (open - start == 1)
        {
            return FindCodeLine();
        }

        run.Fill(_text, open, BelgianOgm.Length + 1, letters: false);
        if (run.Count != BelgianOgm.Length || BelgianOgm.CheckCompact(run.Characters) != ReferenceFault.None)
        {
            return 0;
        }

        var end = run.EndOf(BelgianOgm.Length);
        var close = end;
        while (close < _text.Length && (ReferenceText.IsBlank(_text[close]) || ReferenceText.IsLineBreak(_text[close])))
        {
            close++;
        }

        for (var i = 0; i < 3 && close < _text.Length && _text[close] is '+' or '*'; i++)
        {
            end = ++close;
        }

        return Take(start, end, ReferenceType.BelgianOgm);
    }

    // +71<15 digits+8 digits<; where the creditor is missing or cut the line ends with the id.
    private readonly int CodeLineEnd()
    {
        int end = 0, signs = 0, digits = 0;
        for (var i = _at; i < _text.Length && i - _at < LongestCodeLine && signs < 4; i++)
        {
            var c = _text[i];
            if (c == (signs % 2 == 0 ? '+' : '<'))
            {
                signs++;
                digits = 0;
                end = signs == 4 ? i + 1 : end;
            }
            else if (char.IsAsciiDigit(c))
            {
                digits++;
                end = (signs == 2 && digits is 15 or 16) || (signs == 3 && digits == DanishFik.CreditorLength) ? i + 1 : end;
            }
            else if (!ReferenceText.IsBlank(c) && !ReferenceText.IsLineBreak(c))
            {
                break;
            }
        }

        return end;
    }

    private int FindCodeLine() => CodeLineEnd() is var end and > 0 && _text[_at] == '+' ? Take(_at, end, ReferenceType.DanishFik) : 0;

    private int FindDigits(scoped ReferenceRun run)
    {
        if (_at > 0 && char.IsAsciiDigit(_text[_at - 1]))
        {
            return 0;
        }

        run.Fill(_text, _at, SwissQrr.Length + 1, letters: false);
        if (run.Count >= SwissQrr.Length && IsWholeQrr(run) && SwissQrr.CheckCompact(run.Characters[..SwissQrr.Length]) == ReferenceFault.None)
        {
            return Take(_at, run.EndOf(SwissQrr.Length), ReferenceType.SwissQrr);
        }

        return HasOgmSlashes(run) && BelgianOgm.CheckCompact(run.Characters[..BelgianOgm.Length]) == ReferenceFault.None
            ? Take(_at, run.EndOf(BelgianOgm.Length), ReferenceType.BelgianOgm)
            : 0;
    }

    // Blanks only between the printed groups (2, then five times 5), or one anywhere; two line breaks at most.
    private static bool IsWholeQrr(scoped ReferenceRun run)
    {
        if (run.Before(SwissQrr.Length) == ReferenceRun.Gap.None || ReferenceText.IsAllZeros(run.Characters[..SwissQrr.Length]))
        {
            return false;
        }

        int regular = 0, other = 0, breaks = 0;
        for (var i = 1; i < SwissQrr.Length; i++)
        {
            switch (run.Before(i))
            {
                case ReferenceRun.Gap.LineBreak:
                    breaks++;
                    break;
                case ReferenceRun.Gap.Blank when i % 5 == 2:
                    regular++;
                    break;
                case ReferenceRun.Gap.Blank:
                    other++;
                    break;
                case ReferenceRun.Gap.Mark:
                    return false;
            }
        }

        return breaks <= 2 && (other == 0 ? regular is 0 or 1 or >= 4 : other == 1 && regular == 0);
    }

    private readonly bool HasOgmSlashes(scoped ReferenceRun run)
    {
        if (run.Count < BelgianOgm.Length || run.Before(BelgianOgm.Length) == ReferenceRun.Gap.None || _text[run.EndOf(3)..run.EndOf(4)].IndexOf('/') < 0
            || _text[run.EndOf(7)..run.EndOf(8)].IndexOf('/') < 0)
        {
            return false;
        }

        for (var i = 1; i < BelgianOgm.Length; i++)
        {
            if (run.Before(i) is ReferenceRun.Gap.Blank or ReferenceRun.Gap.Mark && i is not (3 or 7))
            {
                return false;
            }
        }

        return true;
    }

    // The first cut that holds: model and check digits leave little room for chance. A model without check digits shows nothing.
    private int FindParted(string country, ReferenceType type)
    {
        if (IsAlphanumericBefore(_at) || _at + 5 > _text.Length || (_text[_at + 1] & ~0x20) != country[1])
        {
            return 0;
        }

        var cuts = 0;
        for (var i = _at + 2; i < _text.Length && i - _at < ReferenceText.MaxLength; i++)
        {
            var c = _text[i];
            if (!char.IsAsciiDigit(c) && c != '-' && !ReferenceText.IsBlank(c) && !ReferenceText.IsLineBreak(c))
            {
                return 0;
            }

            var isCut = char.IsAsciiDigit(c) && (i + 1 == _text.Length || (!char.IsAsciiLetterOrDigit(_text[i + 1]) && _text[i + 1] != '-'));
            if (isCut && ++cuts > 6)
            {
                return 0;
            }

            if (isCut && PaymentReference.TryParse(_text[_at..(i + 1)], type, out var reference) && !reference.Canonical.AsSpan(2).StartsWith("00")
                && !Iban.TryParse(_text[_at..(i + 1)], out _))
            {
                Current = new ReferenceMatch(_at, i + 1 - _at, reference);
                return i + 1;
            }
        }

        return 0;
    }

    private readonly bool IsAlphanumericBefore(int index) => index > 0 && char.IsLetterOrDigit(_text[index - 1]);

    private int Take(int start, int end, ReferenceType type)
    {
        if (!PaymentReference.TryParse(_text[start..end], type, out var reference))
        {
            return 0;
        }

        Current = new ReferenceMatch(start, end - start, reference);
        return end;
    }
}
