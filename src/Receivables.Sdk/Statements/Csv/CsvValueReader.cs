using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using NodaTime;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>How reading a date ended.</summary>
internal enum CsvDateResult
{
    /// <summary>The field is empty.</summary>
    Empty,

    /// <summary>It is a date.</summary>
    Ok,

    /// <summary>It is none of the profile's forms, or a day that does not exist.</summary>
    Invalid,

    /// <summary>Two forms fit, and they mean different days.</summary>
    Ambiguous,

    /// <summary>It has no year, and nothing in the file says which.</summary>
    NoYear,
}

/// <summary>The forms of numbers and dates of one file, as its profile states them or its rows prove them.</summary>
internal sealed class CsvValueReader(CsvNumberFormat numbers, ImmutableArray<CsvDateFormat> dates, bool isInverted, TextDecoder decoder)
{
    // What the lines around the rows may be written in; where two of them fit, the date is none.
    private static readonly ImmutableArray<CsvDateFormat> Others = CsvDateFormat.CreateAll(CsvDateFormat.Common);

    private const int Known = 32;

    // Dates that were read before, by their bytes.
    private readonly (UInt128 Text, LocalDate Date)[] _known = new (UInt128, LocalDate)[Known];

    /// <summary>Whether what was spent is positive; of two columns, whether debits have no sign and credits a minus.</summary>
    internal bool IsInverted => isInverted;

    /// <summary>Whether all signs are the other way round than the layout says, as a running balance proved.</summary>
    internal bool IsOpposite { get; init; }

    /// <summary>Whether signs are taken as they are written, and nothing proved what they mean.</summary>
    internal bool IsSignTaken { get; init; }

    /// <summary>Whether the first rows hold amounts that no letters beside them call a debit or a credit.</summary>
    internal bool HasBareAmounts { get; init; }

    /// <summary>Whether dates may lack the year.</summary>
    internal bool MayLackYears { get; } = dates.Any(d => !d.HasYear);

    /// <summary>What finds the years that dates lack.</summary>
    internal CsvYears Years { get; } = new();

    /// <summary>What reads texts.</summary>
    internal TextDecoder Decoder => decoder;

    internal CsvNumberResult ReadAmount(ReadOnlySpan<byte> field, out decimal value, out Currency? currency) => numbers.Read(field, decoder, out value, out currency);

    /// <summary>Reads an amount of a sign, digits and the decimal sign, as nearly all are.</summary>
    /// <param name="bytes">The field, behind what stands before it.</param>
    /// <param name="length">The length of the field.</param>
    /// <param name="number">The amount.</param>
    /// <returns>Whether it is one.</returns>
    internal bool TryReadPlainAmount(ReadOnlySpan<byte> bytes, int length, out CsvPlainNumber number) =>
        CsvWideNumber.CanRead(bytes.Length, length) ? CsvWideNumber.TryRead(bytes, length, numbers.DecimalSign, out number) : numbers.TryReadPlain(bytes[^length..], out number);

    internal CsvNumberResult ReadAmount(string text, out decimal value, out Currency? currency) => numbers.Read(text, out value, out currency);

    internal CsvDateResult ReadDate(ReadOnlySpan<byte> field, out LocalDate date)
    {
        date = default;
        if (field.IsEmpty)
        {
            return CsvDateResult.Empty;
        }

        // Rows of one day follow each other.
        if (field.Length is < 8 or >= 16)
        {
            return ReadAnew(field, out date, out _);
        }

        // The bytes behind the first eight are seven at most: the length stands above them.
        var more = BinaryPrimitives.ReadUInt64LittleEndian(field[^8..]) >> 8 >> (8 * (15 - field.Length));
        var text = new UInt128(BinaryPrimitives.ReadUInt64LittleEndian(field), more | ((ulong)field.Length << 56));
        ref var place = ref _known[(int)(((ulong)text ^ (ulong)(text >> 64)) * 0x9E3779B97F4A7C15 >> 59)];
        if (place.Text == text)
        {
            date = place.Date;
            return CsvDateResult.Ok;
        }

        var result = ReadAnew(field, out date, out var isLasting);
        if (isLasting)
        {
            place = (text, date);
        }

        return result;
    }

    // A date without a year depends on those around it.
    private CsvDateResult ReadAnew(ReadOnlySpan<byte> field, out LocalDate date, out bool isLasting)
    {
        var result = Read(dates, field, out date, out var hasYear);
        isLasting = result == CsvDateResult.Ok && hasYear;
        return result == CsvDateResult.Ok && !hasYear ? Complete(ref date) : result;
    }

    private CsvDateResult Complete(ref LocalDate date)
    {
        if (Years.Complete(date) is not { } complete)
        {
            return CsvDateResult.NoYear;
        }

        date = complete;
        return CsvDateResult.Ok;
    }

    private static CsvDateResult Read(ImmutableArray<CsvDateFormat> formats, ReadOnlySpan<byte> field, out LocalDate date, out bool hasYear)
    {
        (date, hasYear) = (default, true);
        var isFound = false;
        foreach (var format in formats)
        {
            if (format.TryRead(field, out var read))
            {
                if (isFound && read != date)
                {
                    return CsvDateResult.Ambiguous;
                }

                (date, isFound, hasYear) = (read, true, format.HasYear);
            }
        }

        return isFound ? CsvDateResult.Ok : CsvDateResult.Invalid;
    }

    /// <summary>The first date that stands in a text; null where there is none, or it may be two.</summary>
    internal LocalDate? FindDate(string text)
    {
        foreach (var word in text.Split(' ', ';', '[', ']', '(', ')'))
        {
            if (word.Length is >= 6 and <= 11)
            {
                var bytes = Encoding.UTF8.GetBytes(word.TrimEnd(':', '.', ','));
                if ((Read(dates, bytes, out var date, out var hasYear) == CsvDateResult.Ok && hasYear) || Read(Others, bytes, out date, out _) == CsvDateResult.Ok)
                {
                    return date;
                }
            }
        }

        return null;
    }

    /// <summary>The fields of a row as texts.</summary>
    internal string[] ToTexts(in CsvRow row)
    {
        var fields = new string[row.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = decoder.Decode(row[i]);
        }

        return fields;
    }
}
