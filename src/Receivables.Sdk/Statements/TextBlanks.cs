using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements;

/// <summary>Text for people: no blanks at the ends, one where the bank has several.</summary>
internal static class TextBlanks
{
    /// <summary>The text, or null when nothing is left.</summary>
    internal static string? Collapse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return null;
        }

        if (IsCollapsed(text))
        {
            return text.ToString();
        }

        var buffer = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        var wasBlank = false;
        foreach (var c in text)
        {
            var isBlank = c is ' ' or '\t' or '\r' or '\n';
            if (!isBlank || !wasBlank)
            {
                buffer[length++] = isBlank ? ' ' : c;
            }

            wasBlank = isBlank;
        }

        return buffer[..length].ToString();
    }

    /// <summary>Whether a text surely has neither two blanks side by side nor tabs and line ends.</summary>
    internal static bool IsCollapsed(ReadOnlySpan<char> text)
    {
        ref var start = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var last = text.Length - Vector256<ushort>.Count - 1;
        if (last < 0)
        {
            return IsCollapsedShort(text);
        }

        for (var i = 0; ; i = Math.Min(i + Vector256<ushort>.Count, last))
        {
            var part = Vector256.LoadUnsafe(ref start, (nuint)i);
            var next = Vector256.LoadUnsafe(ref start, (nuint)i + 1);
            var blank = Vector256.Create((ushort)' ');
            // A control character is at most as great as a blank, and is none; where the pair has one of them it is looked at closely.
            var pairs = Vector256.LessThanOrEqual(part, blank) & Vector256.LessThanOrEqual(next, blank);
            var controls = Vector256.LessThan(part, blank) | Vector256.LessThan(next, blank);
            if ((pairs | controls) != Vector256<ushort>.Zero)
            {
                return false;
            }

            if (i == last)
            {
                return true;
            }
        }
    }

    private static bool IsCollapsedShort(ReadOnlySpan<char> text)
    {
        var wasBlank = false;
        foreach (var c in text)
        {
            if (c <= ' ' && (wasBlank || c != ' '))
            {
                return false;
            }

            wasBlank = c == ' ';
        }

        return true;
    }

    /// <summary>Whether a reference says that there is none.</summary>
    internal static bool IsFiller(ReadOnlySpan<char> reference)
    {
        // Few others have the second letter of one of them.
        return reference.Length is < 2 or > 16 || (reference[1] | 0x20) is not ('o' or 'r' or 'a' or ' ' or '.' or '-' or '+')
            ? reference.IsEmpty
            : IsFillerPlainly(reference);
    }

    /// <summary>The same of a text that is ASCII.</summary>
    internal static bool IsFiller(ReadOnlySpan<byte> reference)
    {
        if (reference.Length is < 2 or > 16 || (reference[1] | 0x20) is not ('o' or 'r' or 'a' or ' ' or '.' or '-' or '+'))
        {
            return reference.IsEmpty;
        }

        if (reference.SequenceEqual("NOTPROVIDED"u8))
        {
            return true;
        }

        Span<char> chars = stackalloc char[16];
        AsciiText.Widen(reference, chars);
        return IsFillerPlainly(chars[..reference.Length]);
    }

    [SkipLocalsInit]
    private static bool IsFillerPlainly(ReadOnlySpan<char> reference)
    {
        Span<char> solid = stackalloc char[16];
        var length = 0;
        foreach (var c in reference)
        {
            if (c is not (' ' or '.' or '-' or '+'))
            {
                solid[length++] = c is >= 'a' and <= 'z' ? (char)(c - 32) : c;
            }
        }

        return solid[..length] is "" or "NONREF" or "NOREF" or "NOTPROVIDED" or "NOTAVAIL" or "NOTAVAILABLE" or "EREF" or "KREF" or "MREF" or "PREF" or "MARF";
    }
}
