using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Text;

/// <summary>Short texts in bytes that are known to be ASCII: made into strings and compared with strings, sixteen characters at a time.</summary>
internal static class AsciiText
{
    /// <summary>The text as a string.</summary>
    internal static string ToText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "";
        }

        // Nobody else has the string yet: string.Create would write it just so, by way of a delegate.
        var text = new string('\0', bytes.Length);
        Widen(bytes, MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(text.AsSpan()), text.Length));
        return text;
    }

    /// <summary>Writes the characters of a text.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="target">Room for it.</param>
    internal static void Widen(ReadOnlySpan<byte> bytes, Span<char> target)
    {
        if (ShortBytes.HasRegisters && bytes.Length <= ShortBytes.Width)
        {
            WidenAtOnce(bytes, target[..bytes.Length]);
        }
        else
        {
            WidenStepwise(bytes, target);
        }
    }

    // How long the text is, which differs from one to the next, is no branch but whether it has more than thirty-two characters.
    private static unsafe void WidenAtOnce(ReadOnlySpan<byte> bytes, Span<char> target)
    {
        var text = ShortBytes.Load(bytes, 0);
        fixed (char* start = target)
        {
            var to = (ushort*)start;
            var count = Vector512.Create((ushort)bytes.Length);
            Avx512BW.MaskStore(to, Vector512.LessThan(Vector512<ushort>.Indices, count), Avx512BW.ConvertToVector512UInt16(text.GetLower()));
            if (bytes.Length > Vector512<ushort>.Count)
            {
                Avx512BW.MaskStore(
                    to + Vector512<ushort>.Count, Vector512.LessThan(Vector512<ushort>.Indices + Vector512.Create((ushort)Vector512<ushort>.Count), count), Avx512BW.ConvertToVector512UInt16(text.GetUpper()));
            }
        }
    }

    /// <summary>Writes the characters of a text, sixteen at a time: what a machine does that has no masks.</summary>
    internal static void WidenStepwise(ReadOnlySpan<byte> bytes, Span<char> target)
    {
        ref var from = ref MemoryMarshal.GetReference(bytes);
        ref var to = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(target[..bytes.Length]));
        if (bytes.Length >= Vector128<byte>.Count)
        {
            // The last part overlaps the one before it, so that no byte stands alone.
            var last = bytes.Length - Vector128<byte>.Count;
            for (var i = 0; ; i = Math.Min(i + Vector128<byte>.Count, last))
            {
                Wide(ref from, i).StoreUnsafe(ref to, (nuint)i);
                if (i == last)
                {
                    return;
                }
            }
        }

        if (bytes.Length >= sizeof(ulong))
        {
            var last = bytes.Length - sizeof(ulong);
            WideHalf(ref from, 0).StoreUnsafe(ref to);
            WideHalf(ref from, last).StoreUnsafe(ref to, (nuint)last);
            return;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
        }
    }

    /// <summary>Whether a text in bytes is the same as a string.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="text">The string; null is an empty one.</param>
    internal static bool Equal(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> text)
    {
        if (bytes.Length != text.Length)
        {
            return false;
        }

        ref var from = ref MemoryMarshal.GetReference(bytes);
        ref var to = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        if (bytes.Length >= Vector128<byte>.Count)
        {
            var last = bytes.Length - Vector128<byte>.Count;
            for (var i = 0; Wide(ref from, i) == Vector256.LoadUnsafe(ref to, (nuint)i); i = Math.Min(i + Vector128<byte>.Count, last))
            {
                if (i == last)
                {
                    return true;
                }
            }

            return false;
        }

        if (bytes.Length >= sizeof(ulong))
        {
            var last = bytes.Length - sizeof(ulong);
            return WideHalf(ref from, 0) == Vector128.LoadUnsafe(ref to) && WideHalf(ref from, last) == Vector128.LoadUnsafe(ref to, (nuint)last);
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            if (Unsafe.Add(ref to, i) != Unsafe.Add(ref from, i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A text of at most eight characters as a number: its bytes, with zeros behind them.</summary>
    internal static ulong Word(ReadOnlySpan<byte> bytes)
    {
        switch (bytes.Length)
        {
            case sizeof(ulong):
                return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            case >= sizeof(uint):
                // The two halves overlap, and agree where they do.
                var last = bytes.Length - sizeof(uint);
                return BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[last..]) << (8 * last));
            case 0:
                return 0;
            default:
                var end = bytes.Length - 1;
                return bytes[0] | ((ulong)bytes[bytes.Length / 2] << (8 * (bytes.Length / 2))) | ((ulong)bytes[end] << (8 * end));
        }
    }

    private static Vector256<ushort> Wide(ref byte from, int at)
    {
        var (lower, upper) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)at));
        return Vector256.Create(lower, upper);
    }

    private static Vector128<ushort> WideHalf(ref byte from, int at) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, at))).AsByte());
}
