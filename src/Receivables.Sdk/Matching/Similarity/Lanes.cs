using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>As many 32-bit words as a register holds: what a kernel over several texts at once is written in, once for all widths.</summary>
/// <typeparam name="T">The register.</typeparam>
internal interface ILanes<T>
    where T : struct, ILanes<T>
{
    static abstract int Count { get; }

    static abstract T All(uint value);

    static abstract T operator &(T a, T b);

    static abstract T operator |(T a, T b);

    static abstract T operator ^(T a, T b);

    static abstract T operator ~(T a);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator <<(T a, int bits);

    /// <summary>The lowest bit of each word: whether a bit of the original is set.</summary>
    static abstract T Bit(T a, int bit);

    static abstract T PopCount(T a);

    /// <summary>All bits of the words that are greater than a number, none of the others.</summary>
    static abstract T GreaterThan(T a, int value);

    /// <summary>Reads a byte for each word.</summary>
    static abstract T Widen(ref readonly byte from);

    /// <summary>For each word the entry of a table of 64 that it names.</summary>
    static abstract T Look(ref readonly uint table, T codes);

    static abstract void Store(T a, ref int to);
}

/// <summary>Sixteen words: AVX-512, where a table of 64 words is four registers.</summary>
internal readonly struct Lanes512(Vector512<uint> value) : ILanes<Lanes512>
{
    private readonly Vector512<uint> _value = value;

    internal static bool IsFast => Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Avx512BW.IsSupported;

    public static int Count => 16;

    public static Lanes512 All(uint value) => new(Vector512.Create(value));

    public static Lanes512 operator &(Lanes512 a, Lanes512 b) => new(a._value & b._value);

    public static Lanes512 operator |(Lanes512 a, Lanes512 b) => new(a._value | b._value);

    public static Lanes512 operator ^(Lanes512 a, Lanes512 b) => new(a._value ^ b._value);

    public static Lanes512 operator ~(Lanes512 a) => new(~a._value);

    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a._value + b._value);

    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a._value - b._value);

    public static Lanes512 operator <<(Lanes512 a, int bits) => new(a._value << bits);

    public static Lanes512 Bit(Lanes512 a, int bit) => new((a._value >>> bit) & Vector512.Create(1u));

    public static Lanes512 PopCount(Lanes512 a)
    {
        // Each byte by its two halves, then the four bytes of a word together.
        var nibbles = Vector512.Create(Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
        var bytes = a._value.AsByte();
        var low = bytes & Vector512.Create((byte)15);
        var high = (a._value >>> 4).AsByte() & Vector512.Create((byte)15);
        var counts = (Avx512BW.Shuffle(nibbles, low) + Avx512BW.Shuffle(nibbles, high)).AsUInt32();
        return new((counts * Vector512.Create(0x01010101u)) >>> 24);
    }

    public static Lanes512 GreaterThan(Lanes512 a, int value) => new(Vector512.GreaterThan(a._value.AsInt32(), Vector512.Create(value)).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Widen(ref readonly byte from) =>
        new(Avx512F.ConvertToVector512UInt32(Vector128.LoadUnsafe(in from)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Look(ref readonly uint table, Lanes512 codes)
    {
        var low = Avx512F.PermuteVar16x32x2(Vector512.LoadUnsafe(in table), codes._value, Vector512.LoadUnsafe(in table, 16));
        var high = Avx512F.PermuteVar16x32x2(Vector512.LoadUnsafe(in table, 32), codes._value, Vector512.LoadUnsafe(in table, 48));
        return new(Vector512.ConditionalSelect(Vector512.GreaterThan(codes._value.AsInt32(), Vector512.Create(31)).AsUInt32(), high, low));
    }

    public static void Store(Lanes512 a, ref int to) => a._value.AsInt32().StoreUnsafe(ref to);
}

/// <summary>Eight words: AVX2, whose gather reads the table.</summary>
internal readonly struct Lanes256(Vector256<uint> value) : ILanes<Lanes256>
{
    private readonly Vector256<uint> _value = value;

    internal static bool IsFast => Vector256.IsHardwareAccelerated && Avx2.IsSupported;

    public static int Count => 8;

    public static Lanes256 All(uint value) => new(Vector256.Create(value));

    public static Lanes256 operator &(Lanes256 a, Lanes256 b) => new(a._value & b._value);

    public static Lanes256 operator |(Lanes256 a, Lanes256 b) => new(a._value | b._value);

    public static Lanes256 operator ^(Lanes256 a, Lanes256 b) => new(a._value ^ b._value);

    public static Lanes256 operator ~(Lanes256 a) => new(~a._value);

    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a._value + b._value);

    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a._value - b._value);

    public static Lanes256 operator <<(Lanes256 a, int bits) => new(a._value << bits);

    public static Lanes256 Bit(Lanes256 a, int bit) => new((a._value >>> bit) & Vector256.Create(1u));

    public static Lanes256 PopCount(Lanes256 a)
    {
        var nibbles = Vector256.Create(Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
        var low = a._value.AsByte() & Vector256.Create((byte)15);
        var high = (a._value >>> 4).AsByte() & Vector256.Create((byte)15);
        var counts = (Avx2.Shuffle(nibbles, low) + Avx2.Shuffle(nibbles, high)).AsUInt32();
        return new((counts * Vector256.Create(0x01010101u)) >>> 24);
    }

    public static Lanes256 GreaterThan(Lanes256 a, int value) => new(Vector256.GreaterThan(a._value.AsInt32(), Vector256.Create(value)).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Widen(ref readonly byte from) =>
        new(Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in from)).AsByte()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes256 Look(ref readonly uint table, Lanes256 codes)
    {
        // The table is on the stack of the caller and does not move.
        fixed (uint* entries = &table)
        {
            return new(Avx2.GatherVector256(entries, codes._value.AsInt32(), sizeof(uint)));
        }
    }

    public static void Store(Lanes256 a, ref int to) => a._value.AsInt32().StoreUnsafe(ref to);
}

/// <summary>Four words: every platform; in hardware on any x86-64 or Arm64, in software elsewhere.</summary>
internal readonly struct Lanes128(Vector128<uint> value) : ILanes<Lanes128>
{
    private readonly Vector128<uint> _value = value;

    public static int Count => 4;

    public static Lanes128 All(uint value) => new(Vector128.Create(value));

    public static Lanes128 operator &(Lanes128 a, Lanes128 b) => new(a._value & b._value);

    public static Lanes128 operator |(Lanes128 a, Lanes128 b) => new(a._value | b._value);

    public static Lanes128 operator ^(Lanes128 a, Lanes128 b) => new(a._value ^ b._value);

    public static Lanes128 operator ~(Lanes128 a) => new(~a._value);

    public static Lanes128 operator +(Lanes128 a, Lanes128 b) => new(a._value + b._value);

    public static Lanes128 operator -(Lanes128 a, Lanes128 b) => new(a._value - b._value);

    public static Lanes128 operator <<(Lanes128 a, int bits) => new(a._value << bits);

    public static Lanes128 Bit(Lanes128 a, int bit) => new((a._value >>> bit) & Vector128.Create(1u));

    public static Lanes128 PopCount(Lanes128 a)
    {
        var v = a._value;
        v -= (v >>> 1) & Vector128.Create(0x55555555u);
        v = (v & Vector128.Create(0x33333333u)) + ((v >>> 2) & Vector128.Create(0x33333333u));
        v = (v + (v >>> 4)) & Vector128.Create(0x0F0F0F0Fu);
        return new((v * Vector128.Create(0x01010101u)) >>> 24);
    }

    public static Lanes128 GreaterThan(Lanes128 a, int value) => new(Vector128.GreaterThan(a._value.AsInt32(), Vector128.Create(value)).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Widen(ref readonly byte from)
    {
        ref var first = ref Unsafe.AsRef(in from);
        return new(Vector128.Create(first, (uint)Unsafe.Add(ref first, 1), Unsafe.Add(ref first, 2), Unsafe.Add(ref first, 3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Look(ref readonly uint table, Lanes128 codes)
    {
        ref var first = ref Unsafe.AsRef(in table);
        var c = codes._value;
        return new(Vector128.Create(
            Unsafe.Add(ref first, (int)c.GetElement(0)),
            Unsafe.Add(ref first, (int)c.GetElement(1)),
            Unsafe.Add(ref first, (int)c.GetElement(2)),
            Unsafe.Add(ref first, (int)c.GetElement(3))));
    }

    public static void Store(Lanes128 a, ref int to) => a._value.AsInt32().StoreUnsafe(ref to);
}
