using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Where a field lies in the span that the tokenizer reads, without quotes and blanks around it.</summary>
internal readonly record struct CsvPlace(int Start, int Length);

/// <summary>The places of the fields of one row.</summary>
/// <param name="columns">How many fields a row may have.</param>
internal sealed class CsvPlaces(int columns)
{
    private static int Width => Vector256<int>.Count;

    /// <summary>Where they start.</summary>
    internal int[] Starts { get; } = new int[(columns + Width) & -Width];

    /// <summary>How long they are.</summary>
    internal int[] Lengths { get; } = new int[(columns + Width) & -Width];

    /// <summary>Takes the fields between bounds, several at a time, where the same stands around all of them.</summary>
    /// <param name="bounds">What stands before the first field and behind each, with room for <see cref="Width"/> more to be read behind the last.</param>
    /// <param name="margin">How many bytes stand between a bound and a field.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void TakeEvenly(ReadOnlySpan<int> bounds, int margin)
    {
        ref var bound = ref MemoryMarshal.GetReference(bounds);
        ref var starts = ref MemoryMarshal.GetArrayDataReference(Starts);
        ref var lengths = ref MemoryMarshal.GetArrayDataReference(Lengths);
        for (nuint i = 0; i < (uint)(bounds.Length - 1); i += (uint)Width)
        {
            var start = Vector256.LoadUnsafe(ref bound, i) + Vector256.Create(1 + margin);
            start.StoreUnsafe(ref starts, i);
            (Vector256.LoadUnsafe(ref bound, i + 1) - Vector256.Create(margin) - start).StoreUnsafe(ref lengths, i);
        }
    }
}

/// <summary>The fields of a row that is <see cref="CsvRow.IsSimple"/>, found in one pass: each is a slice of the record, and what is asked for is looked up.</summary>
/// <param name="span">The span that the tokenizer reads.</param>
/// <param name="places">The places of the row's fields in it.</param>
/// <param name="count">How many fields the row has.</param>
/// <param name="margin">How many bytes stand on both sides of every field; -1 where they differ.</param>
internal readonly ref struct CsvPlainFields(ReadOnlySpan<byte> span, CsvPlaces places, int count, int margin)
{
    private readonly ReadOnlySpan<byte> _span = span;
    private readonly ReadOnlySpan<int> _starts = places.Starts.AsSpan(0, count);
    private readonly ReadOnlySpan<int> _lengths = places.Lengths.AsSpan(0, count);

    /// <summary>How many bytes stand on both sides of every field; -1 where they differ.</summary>
    internal int Margin => margin;

    /// <summary>How many fields there are.</summary>
    internal int Count => _starts.Length;

    /// <summary>The bytes from the start of a field to the end of another one behind it; none where the record is shorter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> Stretch(int from, int to)
    {
        var (first, last) = (PlaceOf(from), PlaceOf(to));
        return (uint)to < (uint)_starts.Length ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(_span), first.Start), last.Start + last.Length - first.Start) : default;
    }

    /// <summary>A field; empty where the record is shorter, as <see cref="CsvRow"/> has it.</summary>
    internal ReadOnlySpan<byte> this[int field]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var place = PlaceOf(field);
            return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(_span), place.Start), place.Length);
        }
    }

    /// <summary>The span up to the end of a field: what stands before the field can be read with it.</summary>
    /// <param name="field">The field.</param>
    /// <param name="length">Its length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> UpTo(int field, out int length)
    {
        var place = PlaceOf(field);
        length = place.Length;
        return MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetReference(_span), place.Start + place.Length);
    }

    /// <summary>The bytes of a field of one to seven in a word, its length above them; 0 of another one, and of one at the very start of the span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong WordOf(int field)
    {
        var bytes = UpTo(field, out var length);
        return (uint)(length - 1) >= 7 || bytes.Length < sizeof(ulong) ? 0
            : (BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]) >> (8 * (sizeof(ulong) - length))) | ((ulong)length << 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CsvPlace PlaceOf(int field) =>
        (uint)field < (uint)_starts.Length ? new CsvPlace(_starts[field], Unsafe.Add(ref MemoryMarshal.GetReference(_lengths), field)) : default;
}
