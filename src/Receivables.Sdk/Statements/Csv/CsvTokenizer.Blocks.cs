using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Statements.Csv;

// The comparing of blocks: where fields and records end, in numbers that later steps only have to look up. Nothing in it depends on what a record holds but its loops.
internal partial struct CsvTokenizer
{
    private const int BlockSize = 64;

    // How many blocks are compared at a time: few enough that what was found in them is near when it is asked for.
    private const int Blocks = 16;
    private const int InitialEnds = 1 + (Blocks * BlockSize) + Slack;

    // What is written and read behind the last end.
    private const int Slack = 16;

    /// <summary>What the blocks of a record show; of a block that it shares with another record, also what that one shows.</summary>
    [Flags]
    private enum Traits
    {
        None = 0,

        /// <summary>Fields in quotes.</summary>
        Quoted = 1,

        /// <summary>Fields without quotes.</summary>
        Bare = 2,

        /// <summary>Blanks at the edge of a field, or the sign that keeps spreadsheets from reading a number.</summary>
        OddEdges = 4,

        /// <summary>Quotes in a field.</summary>
        DoubledQuotes = 8,

        /// <summary>Line ends in a field.</summary>
        LineEnds = 16,
    }

    // A record that was found: the number of ends up to its last one.
    private readonly record struct Row(int Ends, Traits Traits);

    // What the last byte of the blocks before was, a bit each; of Inside all of them.
    private record struct Carry(ulong Inside, ulong Bound, ulong Quote, ulong Blank, ulong Cr);

    // The next block begins at a record: no quote is open.
    private void Restart(int at)
    {
        (_block, _isOdd, _traits) = (at, false, Traits.None);
        (_row, _rowCount, _next, _taken) = (0, 0, 1, 1);
        _carry = new Carry { Bound = 1, Cr = _skipsLf ? 1u : 0 };
    }

    // Compares the next blocks; false where none is left, or the quotes of the next one are not those of RFC 4180.
    private bool Compare(ReadOnlySpan<byte> span)
    {
        if (_isOdd || _block >= span.Length)
        {
            return false;
        }

        MakeRoom();
        var whole = Math.Min(Blocks, (span.Length - _block) / BlockSize);
        if (whole > 0)
        {
            CompareBlocks(ref Unsafe.Add(ref MemoryMarshal.GetReference(span), _block), whole);
            return true;
        }

        // Behind the last bytes of the span stand zeros.
        Span<byte> tail = stackalloc byte[BlockSize];
        tail.Clear();
        span[_block..].CopyTo(tail);
        CompareBlocks(ref MemoryMarshal.GetReference(tail), 1);
        return true;
    }

    // What differs from block to block is computed, not decided: a branch would be as good as drawn.
    private void CompareBlocks(ref byte bytes, int count)
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var ends = ref MemoryMarshal.GetArrayDataReference(_ends);
        var (inside, boundBefore, quoteBefore, blankBefore, crBefore) = _carry;
        var (taken, rowCount, before) = (_taken, 0, _traits);
        var last = _block + (count * BlockSize);
        for (; _block < last; _block += BlockSize)
        {
            Find(ref bytes, out var delimiters, out var lf, out var cr, out var quotes, out var blanks);
            bytes = ref Unsafe.Add(ref bytes, BlockSize);

            // From an opening quote on, up to the closing one, which is outside.
            inside ^= PrefixXor(quotes);

            // The LF of a CR LF ends nothing.
            var pairs = lf & ((cr << 1) | crBefore);
            var lineEnds = (lf | cr) & ~pairs;
            var structural = (delimiters | lineEnds) & ~inside;
            var bounds = structural | (pairs & ~inside);
            var behindBound = (bounds << 1) | boundBefore;
            var behindQuote = (quotes << 1) | quoteBefore;
            var behindBlank = (blanks << 1) | blankBefore;

            // A quote opens behind a bound, or it is the second of two; what stands behind a closing one is an end, or the second of two.
            var opening = quotes & inside;
            if (((opening & ~(behindBound | behindQuote)) | (behindQuote & ~(inside | structural | quotes))) != 0)
            {
                _isOdd = true;
                break;
            }

            var bare = structural & ~behindQuote;
            var traits = (Traits)((Any(structural & behindQuote) * (uint)Traits.Quoted) + (Any(bare) * (uint)Traits.Bare));
            var oddEdges = (blanks & ((behindQuote & inside) | behindBound) & ~bounds) | (behindBlank & ((quotes & ~inside) | bare) & ~behindBound);
            var doubled = opening & behindQuote;
            var quotedLineEnds = lineEnds & inside;
            if ((oddEdges | doubled | quotedLineEnds) != 0)
            {
                traits |= (Traits)((Any(oddEdges) * (uint)Traits.OddEdges) + (Any(doubled) * (uint)Traits.DoubledQuotes) + (Any(quotedLineEnds) * (uint)Traits.LineEnds));
            }

            (boundBefore, quoteBefore, blankBefore, crBefore) = (bounds >> 63, quotes >> 63, blanks >> 63, cr >> 63);
            inside = (ulong)((long)inside >> 63);

            // One row is written whether there is one or not: most blocks have one or none.
            lineEnds &= structural;
            var isEnd = Any(lineEnds);
            Unsafe.Add(ref rows, rowCount) = new Row(taken + BitOperations.PopCount(structural & (lineEnds ^ (lineEnds - 1))), before | traits);
            rowCount += (int)isEnd;
            before = (Traits)((uint)before & (isEnd - 1)) | traits;
            for (lineEnds &= lineEnds - 1; lineEnds != 0; lineEnds &= lineEnds - 1)
            {
                Unsafe.Add(ref rows, rowCount++) = new Row(taken + BitOperations.PopCount(structural & (lineEnds ^ (lineEnds - 1))), traits);
            }

            Write(ref Unsafe.Add(ref ends, taken), structural, _block);
            taken += BitOperations.PopCount(structural);
        }

        _carry = new Carry(inside, boundBefore, quoteBefore, blankBefore, crBefore);
        (_taken, _rowCount, _traits) = (taken, rowCount, before);
    }

    // 1 where a bit is set.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Any(ulong bits) => (uint)((bits | (0 - bits)) >> 63);

    // What is left of a record without its end moves to the front.
    private void MakeRoom()
    {
        var rest = _ends.AsSpan(_next, _taken - _next);
        rest.CopyTo(_ends.AsSpan(1));
        (_row, _rowCount, _next, _taken) = (0, 0, 1, 1 + rest.Length);
        if (_ends.Length - _taken < (Blocks * BlockSize) + Slack)
        {
            Array.Resize(ref _ends, _ends.Length + rest.Length + InitialEnds);
        }

        if (_rows.Length == 0)
        {
            _rows = new Row[(Blocks * BlockSize) + 1];
        }
    }

    // The places of the bits of a block; what is written behind them is not meant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref int target, ulong bits, int block)
    {
        if (Avx512Vbmi2.IsSupported && Avx512BW.IsSupported)
        {
            // Each bit becomes a byte, each byte that is set its own place.
            var byteOfBit = Vector512.Create(
                0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303, 0x0404040404040404, 0x0505050505050505, 0x0606060606060606, 0x0707070707070707UL).AsByte();
            var bytes = Avx512BW.Shuffle(Vector512.Create(bits).AsByte(), byteOfBit) & Vector512.Create(0x8040201008040201).AsByte();
            var places = Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~Vector512.Equals(bytes, Vector512<byte>.Zero), Vector512<byte>.Indices);
            (Avx512F.ConvertToVector512Int32(places.GetLower().GetLower()) + Vector512.Create(block)).StoreUnsafe(ref target);
            if (BitOperations.PopCount(bits) <= Slack)
            {
                return;
            }
        }

        // Eight at a time, whether there are so many or not.
        do
        {
            Put(ref target, 0, block, ref bits);
            Put(ref target, 1, block, ref bits);
            Put(ref target, 2, block, ref bits);
            Put(ref target, 3, block, ref bits);
            Put(ref target, 4, block, ref bits);
            Put(ref target, 5, block, ref bits);
            Put(ref target, 6, block, ref bits);
            Put(ref target, 7, block, ref bits);

            target = ref Unsafe.Add(ref target, 8);
        }
        while (bits != 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref int target, int at, int block, ref ulong bits)
    {
        Unsafe.Add(ref target, at) = block + BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
    }

    // What the bytes of a block are, a bit for each of them. The sign of ="0123" counts among the blanks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Find(ref byte block, out ulong delimiters, out ulong lf, out ulong cr, out ulong quotes, out ulong blanks)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref block);
            delimiters = Vector512.Equals(bytes, Vector512.Create(_delimiter)).ExtractMostSignificantBits();
            lf = Vector512.Equals(bytes, Vector512.Create(Lf)).ExtractMostSignificantBits();
            cr = Vector512.Equals(bytes, Vector512.Create(Cr)).ExtractMostSignificantBits();
            quotes = _quote == 0 ? 0 : Vector512.Equals(bytes, Vector512.Create(_quote)).ExtractMostSignificantBits();
            blanks = (Vector512.LessThanOrEqual(bytes, Vector512.Create((byte)' ')) | Vector512.Equals(bytes, Vector512.Create((byte)'='))).ExtractMostSignificantBits();
            return;
        }

        var low = Vector256.LoadUnsafe(ref block);
        var high = Vector256.LoadUnsafe(ref block, 32);
        delimiters = Mask(low, high, _delimiter);
        lf = Mask(low, high, Lf);
        cr = Mask(low, high, Cr);
        quotes = _quote == 0 ? 0 : Mask(low, high, _quote);
        blanks = Mask(low, high, (byte)'=')
            | Mask(Vector256.LessThanOrEqual(low, Vector256.Create((byte)' ')), Vector256.LessThanOrEqual(high, Vector256.Create((byte)' ')));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high, byte value) =>
        Mask(Vector256.Equals(low, Vector256.Create(value)), Vector256.Equals(high, Vector256.Create(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high) => low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);

    // Bit n is set where an odd number of bits up to n are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        }

        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
