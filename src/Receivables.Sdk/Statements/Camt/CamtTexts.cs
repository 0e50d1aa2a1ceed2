using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Makes strings of fields: decoded, line ends made blanks, fillers left out; strings that repeat are made once.</summary>
internal sealed class CamtTexts(TextDecoder decoder, DiagnosticBag diagnostics)
{
    private const int PoolSize = 1024;
    private const int LongestPooled = 64;

    private readonly string?[] _pool = new string?[PoolSize];

    /// <summary>The place that diagnostics about the text name.</summary>
    internal SourceLocation Place { get; set; }

    /// <summary>A text that seldom repeats.</summary>
    internal string? Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return null;
        }

        if (IsPlain(bytes))
        {
            return Encoding.Latin1.GetString(bytes);
        }

        var text = decoder.Decode(bytes, out var isFallback);
        if (isFallback)
        {
            diagnostics.Warning(CamtCodes.InvalidText, "A text is not valid UTF-8; it was read as windows-1252.", Place);
        }

        return bytes.IndexOfAnyInRange((byte)0, (byte)31) < 0 ? text : WithoutControls(text);
    }

    /// <summary>A text that often repeats: codes, banks, currencies, accounts of our own.</summary>
    internal string? Pooled(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > LongestPooled)
        {
            return Text(bytes);
        }

        ref var known = ref _pool[CamtKeptValues.Hash(bytes) % PoolSize];
        return known is not null && Ascii.Equals(bytes, known) ? known : known = Text(bytes);
    }

    /// <summary>A reference; null for the fillers that stand where there is none.</summary>
    internal string? Reference(ReadOnlySpan<byte> bytes) => IsFiller(bytes) ? null : Text(bytes);

    /// <summary>Whether a reference only says that there is none.</summary>
    internal static bool IsFiller(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return true;
        }

        if ((bytes[0] | 0x20) != 'n' || bytes.Length > 14)
        {
            return false;
        }

        return Ascii.EqualsIgnoreCase(bytes, "NOTPROVIDED"u8) || Ascii.EqualsIgnoreCase(bytes, "NONREF"u8) || Ascii.EqualsIgnoreCase(bytes, "NOTAVAIL"u8)
            || Ascii.EqualsIgnoreCase(bytes, "NOT PROVIDED"u8) || Ascii.EqualsIgnoreCase(bytes, "NOTAVAILABLE"u8) || Ascii.EqualsIgnoreCase(bytes, "NOT AVAILABLE"u8);
    }

    // Whether all is ASCII without controls, as nearly all texts are: one look for both.
    private static bool IsPlain(ReadOnlySpan<byte> bytes)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        if (bytes.Length >= Vector128<byte>.Count)
        {
            var last = (nuint)(bytes.Length - Vector128<byte>.Count);
            var odd = IsOdd(Vector128.LoadUnsafe(ref start, last));
            for (nuint i = 0; i < last; i += (nuint)Vector128<byte>.Count)
            {
                odd |= IsOdd(Vector128.LoadUnsafe(ref start, i));
            }

            return odd == Vector128<byte>.Zero;
        }

        foreach (var b in bytes)
        {
            if (b is < (byte)' ' or > 127)
            {
                return false;
            }
        }

        return true;
    }

    private static Vector128<byte> IsOdd(Vector128<byte> part) => Vector128.GreaterThan(part - Vector128.Create((byte)' '), Vector128.Create((byte)(127 - ' ')));

    // Line ends within a text are layout: one blank stands for them and the blanks around them.
    private static string WithoutControls(string text)
    {
        var result = new StringBuilder(text.Length);
        var isBroken = false;
        foreach (var c in text)
        {
            if (c is '\r' or '\n' or '\t' || (isBroken && c == ' '))
            {
                isBroken = true;
                continue;
            }

            if (isBroken)
            {
                while (result.Length > 0 && result[^1] == ' ')
                {
                    result.Length--;
                }

                result.Append(' ');
                isBroken = false;
            }

            result.Append(c);
        }

        return result.ToString();
    }
}
