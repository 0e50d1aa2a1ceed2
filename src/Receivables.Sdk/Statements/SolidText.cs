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

    /// <summary>The longest text that fits a register.</summary>
    internal const int MaxShort = 64;

    /// <summary>Whether texts up to <see cref="MaxShort"/> are squeezed in a register, without memory between writing and reading.</summary>
    internal static bool HasShort => Avx512Vbmi2.IsSupported && Avx512BW.IsSupported;

    /// <summary>The characters of a text of at most <see cref="MaxShort"/> that are no blanks, in a register, with zeros behind them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="solid">The characters.</param>
    /// <returns>Whether all of the text is ASCII.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TrySqueezeShort(ReadOnlySpan<char> text, out int length, out Vector512<byte> solid)
    {
        ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var bytes = Vector512.Create(LoadAsBytes(ref from, 0, text.Length), LoadAsBytes(ref from, Vector512<ushort>.Count, text.Length));
        var keep = ~(Vector512.Equals(bytes, Vector512.Create((byte)' ')) | Vector512.LessThanOrEqual(bytes - Vector512.Create((byte)9), Vector512.Create((byte)4)));
        length = BitOperations.PopCount(keep.ExtractMostSignificantBits());
        solid = Avx512Vbmi2.Compress(Vector512<byte>.Zero, keep, bytes);
        return bytes.ExtractMostSignificantBits() == 0;
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

    private static bool IsBlank(char c) => (c == ' ') | ((uint)(c - 9) <= 4);
}
