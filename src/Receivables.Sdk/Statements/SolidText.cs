using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Statements;

/// <summary>Texts without their blanks, one byte for each character: what is compared where only what a text says matters.</summary>
internal static class SolidText
{
    /// <summary>What may be written behind the last byte.</summary>
    internal const int Slack = 32;

    /// <summary>Writes the characters of a text that are no blanks, with sixteen zeros behind them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">Room for the text and <see cref="Slack"/> bytes.</param>
    /// <returns>How many there are; -1 where one of them is beyond ASCII.</returns>
    internal static int Squeeze(ReadOnlySpan<char> text, Span<byte> target)
    {
        ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var to = ref MemoryMarshal.GetReference(target);
        var length = Avx512Vbmi2.VL.IsSupported && Avx512BW.IsSupported ? SqueezeWide(ref from, text.Length, ref to)
            : Bmi2.X64.IsSupported && text.Length >= Vector128<ushort>.Count ? SqueezeWords(ref from, text.Length, ref to)
            : SqueezePlainly(text, ref to);
        if (length >= 0)
        {
            Vector128<byte>.Zero.StoreUnsafe(ref to, (nuint)length);
        }

        return length;
    }

    /// <summary>The longest text that fits two registers.</summary>
    internal const int MaxOfRegisters = 128;

    /// <summary>Whether texts up to <see cref="MaxOfRegisters"/> are squeezed in registers, without memory between writing and reading.</summary>
    internal static bool HasRegisters => Avx512Vbmi2.IsSupported && Avx512Vbmi.IsSupported && Avx512BW.IsSupported;

    /// <summary>The characters of a text of at most <see cref="MaxOfRegisters"/> that are no blanks.</summary>
    /// <returns>Whether all of the text is ASCII.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TrySqueeze(ReadOnlySpan<char> text, out SolidRegisters solid)
    {
        ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var first = Vector512.Create(LoadAsBytes(ref from, 0, text.Length), LoadAsBytes(ref from, 32, text.Length));
        if (text.Length <= Vector512<byte>.Count)
        {
            solid = new SolidRegisters(first);
            return first.ExtractMostSignificantBits() == 0;
        }

        var second = Vector512.Create(LoadAsBytes(ref from, 64, text.Length), LoadAsBytes(ref from, 96, text.Length));
        solid = new SolidRegisters(first, second);
        return (first | second).ExtractMostSignificantBits() == 0;
    }

    /// <summary>The same of bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TrySqueeze(ReadOnlySpan<byte> text, out SolidRegisters solid)
    {
        var first = Load(text, 0);
        if (text.Length <= Vector512<byte>.Count)
        {
            solid = new SolidRegisters(first);
            return first.ExtractMostSignificantBits() == 0;
        }

        var second = Load(text, Vector512<byte>.Count);
        solid = new SolidRegisters(first, second);
        return (first | second).ExtractMostSignificantBits() == 0;
    }

    /// <summary>The plain way, character by character.</summary>
    internal static int SqueezePlainly(ReadOnlySpan<char> text, ref byte to)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (c >= 128)
            {
                return -1;
            }

            Unsafe.Add(ref to, length) = (byte)c;
            length += IsBlank(c) ? 0 : 1;
        }

        return length;
    }

    /// <summary>Thirty-two characters at a time, with AVX-512; what lies behind the text is not read.</summary>
    internal static int SqueezeWide(ref ushort from, int count, ref byte to)
    {
        var length = 0;
        for (var at = 0; at < count; at += Vector512<ushort>.Count)
        {
            var part = LoadAsBytes(ref from, at, count);
            if (part.ExtractMostSignificantBits() != 0)
            {
                return -1;
            }

            var keep = ~(Vector256.Equals(part, Vector256.Create((byte)' ')) | Vector256.LessThanOrEqual(part - Vector256.Create((byte)9), Vector256.Create((byte)4)));
            Avx512Vbmi2.VL.Compress(Vector256<byte>.Zero, keep, part).StoreUnsafe(ref to, (nuint)length);
            length += BitOperations.PopCount(keep.ExtractMostSignificantBits());
        }

        return length;
    }

    /// <summary>Eight characters at a time, with BMI2; of eight at least.</summary>
    internal static int SqueezeWords(ref ushort from, int count, ref byte to)
    {
        int length = 0, last = count - Vector128<ushort>.Count;
        var beyond = Vector128<ushort>.Zero;
        for (var at = 0; at < count; at += Vector128<ushort>.Count)
        {
            // The last step reads some characters again, and keeps none of them twice.
            var wide = Vector128.LoadUnsafe(ref from, (nuint)Math.Min(at, last));
            beyond |= wide;
            var part = Vector128.Narrow(wide, wide).AsUInt64().ToScalar();
            var keep = ~(Vector128.Equals(wide, Vector128.Create((ushort)' ')) | Vector128.LessThanOrEqual(wide - Vector128.Create((ushort)9), Vector128.Create((ushort)4)))
                & Vector128.GreaterThanOrEqual(Vector128<ushort>.Indices, Vector128.Create((ushort)Math.Max(0, at - last)));
            var mask = Vector128.Narrow(keep, keep).AsUInt64().ToScalar();
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length), Bmi2.X64.ParallelBitExtract(part, mask));
            length += BitOperations.PopCount(mask) / 8;
        }

        return Vector128.GreaterThanAny(beyond, Vector128.Create((ushort)127)) ? -1 : length;
    }

    // Thirty-two characters; what lies behind the text is not read and stands as blanks, and what is no byte becomes 255.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<byte> LoadAsBytes(ref ushort from, int at, int count)
    {
        var valid = Vector512.LessThan(Vector512<ushort>.Indices, Vector512.Create((ushort)Math.Clamp(count - at, 0, Vector512<ushort>.Count)));
        fixed (ushort* start = &Unsafe.Add(ref from, at))
        {
            return Avx512BW.ConvertToVector256ByteWithSaturation(Avx512BW.MaskLoad(start, valid, Vector512.Create((ushort)' ')));
        }
    }

    // Sixty-four bytes; what lies behind the text is not read and stands as blanks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<byte> Load(ReadOnlySpan<byte> text, int at)
    {
        fixed (byte* start = text)
        {
            return Avx512BW.MaskLoad(start + at, Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)Math.Min(text.Length - at, byte.MaxValue))), Vector512.Create((byte)' '));
        }
    }

    private static bool IsBlank(char c) => (c == ' ') | ((uint)(c - 9) <= 4);
}

/// <summary>The characters of a short text that are no blanks, with zeros behind them.</summary>
internal readonly ref struct SolidRegisters
{
    /// <summary>Squeezes a text that is ASCII, with blanks behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SolidRegisters(Vector512<byte> text) => First = Squeeze(text, out Length);

    /// <summary>The same of a text in two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SolidRegisters(Vector512<byte> first, Vector512<byte> second)
    {
        var (start, end) = (Squeeze(first, out var count), Squeeze(second, out var more));

        // What comes second moves up to the end of what comes first.
        var places = Vector512<byte>.Indices - Vector512.Create((byte)count);
        var isSecond = Vector512.GreaterThanOrEqual(Vector512<byte>.Indices, Vector512.Create((byte)count));
        var moved = Avx512Vbmi.PermuteVar64x8(end, places);
        First = Vector512.ConditionalSelect(isSecond, moved, start);
        Second = Vector512.AndNot(moved, isSecond);
        Length = count + more;
    }

    /// <summary>How many there are.</summary>
    internal readonly int Length;

    /// <summary>The first sixty-four.</summary>
    internal readonly Vector512<byte> First;

    /// <summary>The others.</summary>
    internal readonly Vector512<byte> Second;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Squeeze(Vector512<byte> text, out int length)
    {
        var keep = ~(Vector512.Equals(text, Vector512.Create((byte)' ')) | Vector512.LessThanOrEqual(text - Vector512.Create((byte)9), Vector512.Create((byte)4)));
        length = BitOperations.PopCount(keep.ExtractMostSignificantBits());
        return Avx512Vbmi2.Compress(Vector512<byte>.Zero, keep, text);
    }
}
