using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>A query of at most 32 characters against a block of 16 texts, a text in each lane.</summary>
/// <remarks>
/// A block holds its texts' codes column by column, shorter texts filled up with code 0, which no query has. The oracle is
/// <see cref="Levenshtein"/> and <see cref="Indel"/>, text by text; every width gives the same.
/// </remarks>
internal static class LaneKernels
{
    internal const int BlockSize = 16;

    internal const int MostQuery = 32;

    internal const int Codes = 64;

    /// <summary>Insertion–deletion distances.</summary>
    internal static void Indel<T>(ReadOnlySpan<uint> table, int query, ReadOnlySpan<byte> block, ReadOnlySpan<byte> lengths, Span<int> distances)
        where T : struct, ILanes<T>
    {
        ref readonly var masks = ref MemoryMarshal.GetReference(table);
        ref readonly var codes = ref MemoryMarshal.GetReference(block);
        var columns = block.Length / BlockSize;
        for (var lane = 0; lane < BlockSize; lane += T.Count)
        {
            var s = T.All(~0u);
            for (var i = 0; i < columns; i++)
            {
                var u = s & T.Look(in masks, T.Widen(in Unsafe.Add(ref Unsafe.AsRef(in codes), (i * BlockSize) + lane)));
                s = (s + u) | (s - u);
            }

            // Both lengths less twice what they have in common.
            var length = T.Widen(in lengths[lane]) + T.All((uint)query);
            T.Store(length - (T.PopCount(~s) << 1), ref distances[lane]);
        }
    }

    /// <summary>Levenshtein distances.</summary>
    /// <param name="table">For each code the query's positions of it.</param>
    /// <param name="query">The query's length, at least 1.</param>
    /// <param name="block">The texts' codes.</param>
    /// <param name="lengths">The texts' lengths.</param>
    /// <param name="shortest">The least of these.</param>
    /// <param name="distances">Where the distances go.</param>
    internal static void Levenshtein<T>(ReadOnlySpan<uint> table, int query, ReadOnlySpan<byte> block, ReadOnlySpan<byte> lengths, int shortest, Span<int> distances)
        where T : struct, ILanes<T>
    {
        ref readonly var masks = ref MemoryMarshal.GetReference(table);
        ref readonly var codes = ref MemoryMarshal.GetReference(block);
        var columns = block.Length / BlockSize;
        var one = T.All(1);
        for (var lane = 0; lane < BlockSize; lane += T.Count)
        {
            var pv = T.All(~0u);
            var mv = T.All(0);
            var score = T.All((uint)query);
            var length = T.Widen(in lengths[lane]);
            for (var i = 0; i < columns; i++)
            {
                var eq = T.Look(in masks, T.Widen(in Unsafe.Add(ref Unsafe.AsRef(in codes), (i * BlockSize) + lane)));
                var xv = eq | mv;
                var xh = (((eq & pv) + pv) ^ pv) | eq;
                var ph = mv | ~(xh | pv);
                var mh = pv & xh;
                var step = T.Bit(ph, query - 1) - T.Bit(mh, query - 1);
                // After a text's last character its score stands.
                score += i < shortest ? step : step & T.GreaterThan(length, i);
                ph = (ph << 1) | one;
                mh <<= 1;
                pv = mh | ~(xv | ph);
                mv = ph & xv;
            }

            T.Store(score, ref distances[lane]);
        }
    }
}
