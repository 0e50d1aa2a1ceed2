using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Reads a plain amount of at most sixteen characters at once, from its end: how many digits it has, which differs from row to row, is no branch.</summary>
/// <remarks><see cref="CsvNumberFormat.TryReadPlain"/> is the plain way.</remarks>
internal static class CsvWideNumber
{
    private static int Width => Vector128<byte>.Count;

    /// <summary>Whether the machine can read an amount so: sixteen bytes up to its end must be there.</summary>
    internal static bool CanRead(int available, int length) => Sse41.IsSupported && available >= Width && (uint)(length - 1) < (uint)Width;

    /// <summary>Reads a sign, digits, the decimal sign, digits.</summary>
    /// <param name="bytes">The amount, behind what stands before it.</param>
    /// <param name="length">The length of the amount.</param>
    /// <param name="decimalSign">The decimal sign, or 0 where it is not known: then none is plain.</param>
    /// <param name="number">The amount.</param>
    /// <returns>Whether it is one.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, int length, char decimalSign, out CsvPlainNumber number)
    {
        var text = Vector128.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), bytes.Length - Width));
        var first = bytes[^length];
        var isNegative = first == '-';
        var start = Width - length + (isNegative || first == '+' ? 1 : 0);
        var valid = Vector128.GreaterThanOrEqual(Vector128<byte>.Indices, Vector128.Create((byte)start));
        var digits = text - Vector128.Create((byte)'0');
        var isPoint = Vector128.Equals(text, Vector128.Create((byte)decimalSign)) & valid;
        var isFine = Vector128.LessThanOrEqual(digits, Vector128.Create((byte)9)) | isPoint | ~valid;
        var points = isPoint.ExtractMostSignificantBits();
        var point = points == 0 ? -1 : BitOperations.TrailingZeroCount(points);
        number = default;
        if (isFine != Vector128<byte>.AllBitsSet || (points & (points - 1)) != 0 || point == start || start == Width || decimalSign == 0)
        {
            return false;
        }

        // What stands before the point moves up to what stands behind it.
        digits &= valid;
        var isBefore = Vector128.LessThanOrEqual(Vector128<sbyte>.Indices, Vector128.Create((sbyte)point)).AsByte();
        digits = Vector128.ConditionalSelect(isBefore, Sse2.ShiftLeftLogical128BitLane(digits, 1), digits);
        number = new CsvPlainNumber(ToNumber(digits), points == 0 ? 0 : Width - 1 - point, isNegative);
        return true;
    }

    // Pairs of digits, then pairs of pairs, then pairs of those: two numbers of eight digits.
    private static long ToNumber(Vector128<byte> digits)
    {
        var two = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((ushort)0x010A).AsSByte());
        var four = Sse2.MultiplyAddAdjacent(two, Vector128.Create(0x00010064).AsInt16());
        var eight = Sse2.MultiplyAddAdjacent(Sse41.PackUnsignedSaturate(four, four).AsInt16(), Vector128.Create(0x00012710).AsInt16());
        return (eight[0] * 100_000_000L) + eight[1];
    }
}
