using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Where a field lies in the span that the tokenizer reads, without quotes and blanks around it.</summary>
internal readonly record struct CsvPlace(int Start, int Length);

/// <summary>The fields of a row that is <see cref="CsvRow.IsSimple"/>, found in one pass: each is a slice of the record, and what is asked for is looked up.</summary>
/// <param name="span">The span that the tokenizer reads.</param>
/// <param name="places">The places of the row's fields in it.</param>
internal readonly ref struct CsvPlainFields(ReadOnlySpan<byte> span, ReadOnlySpan<CsvPlace> places)
{
    private readonly ReadOnlySpan<byte> _span = span;
    private readonly ReadOnlySpan<CsvPlace> _places = places;

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
    private CsvPlace PlaceOf(int field) => (uint)field < (uint)_places.Length ? _places[field] : default;
}
