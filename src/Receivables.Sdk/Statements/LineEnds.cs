using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Receivables.Sdk.Statements;

/// <summary>Line ends in bytes: CR LF, LF and CR.</summary>
internal static class LineEnds
{
    /// <summary>Where the first CR or LF is; -1 when there is none.</summary>
    internal static int IndexOfEnd(ReadOnlySpan<byte> rest)
    {
        ref var start = ref MemoryMarshal.GetReference(rest);
        var last = rest.Length - Vector256<byte>.Count;
        if (last < 0)
        {
            return IndexOfEndShort(rest);
        }

        for (var i = 0; ; i = Math.Min(i + Vector256<byte>.Count, last))
        {
            var part = Vector256.LoadUnsafe(ref start, (nuint)i);
            var ends = (Vector256.Equals(part, Vector256.Create((byte)'\n')) | Vector256.Equals(part, Vector256.Create((byte)'\r'))).ExtractMostSignificantBits();
            if (ends != 0)
            {
                return i + BitOperations.TrailingZeroCount(ends);
            }

            if (i == last)
            {
                return -1;
            }
        }
    }

    // Less than 32 bytes: two parts that overlap.
    private static int IndexOfEndShort(ReadOnlySpan<byte> rest)
    {
        ref var start = ref MemoryMarshal.GetReference(rest);
        var last = rest.Length - Vector128<byte>.Count;
        if (last >= 0)
        {
            var ends = Ends(Vector128.LoadUnsafe(ref start)) | (Ends(Vector128.LoadUnsafe(ref start, (nuint)last)) << last);
            return ends == 0 ? -1 : BitOperations.TrailingZeroCount(ends);
        }

        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] is (byte)'\n' or (byte)'\r')
            {
                return i;
            }
        }

        return -1;
    }

    private static uint Ends(Vector128<byte> part) =>
        (Vector128.Equals(part, Vector128.Create((byte)'\n')) | Vector128.Equals(part, Vector128.Create((byte)'\r'))).ExtractMostSignificantBits();
}
