using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Text;

/// <summary>Short stretches of bytes in registers: sixty-four at a time, without a call and without a loop.</summary>
internal static class ShortBytes
{
    /// <summary>How many bytes a register holds.</summary>
    internal static int Width => Vector512<byte>.Count;

    /// <summary>Whether the machine loads a part of a register.</summary>
    internal static bool HasRegisters => Avx512BW.IsSupported;

    /// <summary>The bytes from a place on, with zeros behind the last one; what lies behind it is not read. Only with <see cref="HasRegisters"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe Vector512<byte> Load(ReadOnlySpan<byte> bytes, int at)
    {
        fixed (byte* start = &MemoryMarshal.GetReference(bytes))
        {
            var valid = Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)Math.Min(bytes.Length - at, byte.MaxValue)));
            return Avx512BW.MaskLoad(start + at, valid, Vector512<byte>.Zero);
        }
    }

    /// <summary>Whether two stretches are the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Same(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one.Length == other.Length && (HasRegisters && one.Length <= Width ? Load(one, 0) == Load(other, 0) : one.SequenceEqual(other));

    /// <summary>Whether a text has two blanks side by side.</summary>
    internal static bool HasDoubleBlank(ReadOnlySpan<byte> text)
    {
        if (!HasRegisters)
        {
            return text.IndexOf("  "u8) >= 0;
        }

        var before = 0ul;
        for (var at = 0; at < text.Length; at += Width)
        {
            var blanks = Vector512.Equals(Load(text, at), Vector512.Create((byte)' ')).ExtractMostSignificantBits();
            if ((blanks & ((blanks << 1) | before)) != 0)
            {
                return true;
            }

            before = blanks >> 63;
        }

        return false;
    }
}
