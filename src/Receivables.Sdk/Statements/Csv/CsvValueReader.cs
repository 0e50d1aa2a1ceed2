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
}

/// <summary>The forms of numbers and dates of one file, as its profile states them or its rows prove them.</summary>
internal sealed class CsvValueReader(CsvNumberFormat numbers, ImmutableArray<CsvDateFormat> dates, bool isInverted, TextDecoder decoder)
{
    private readonly byte[] _lastText = new byte[16];
    private int _lastLength;
    private LocalDate _lastDate;

    /// <summary>Whether what was spent is positive.</summary>
    internal bool IsInverted => isInverted;

    /// <summary>What reads texts.</summary>
    internal TextDecoder Decoder => decoder;

    internal CsvNumberResult ReadAmount(ReadOnlySpan<byte> field, out decimal value, out Currency? currency) => numbers.Read(field, decoder, out value, out currency);

    internal CsvNumberResult ReadAmount(string text, out decimal value, out Currency? currency) => numbers.Read(text, out value, out currency);

    internal CsvDateResult ReadDate(ReadOnlySpan<byte> field, out LocalDate date)
    {
        date = default;
        if (field.IsEmpty)
        {
            return CsvDateResult.Empty;
        }

        // Rows of one day follow each other.
        if (field.Length == _lastLength && field.SequenceEqual(_lastText.AsSpan(0, _lastLength)))
        {
            date = _lastDate;
            return CsvDateResult.Ok;
        }

        var isFound = false;
        foreach (var format in dates)
        {
            if (format.TryRead(field, out var read))
            {
                if (isFound && read != date)
                {
                    return CsvDateResult.Ambiguous;
                }

                (date, isFound) = (read, true);
            }
        }

        if (isFound && field.Length <= _lastText.Length)
        {
            field.CopyTo(_lastText);
            (_lastLength, _lastDate) = (field.Length, date);
        }

        return isFound ? CsvDateResult.Ok : CsvDateResult.Invalid;
    }

    /// <summary>The first date that stands in a text; null where there is none, or it may be two.</summary>
    internal LocalDate? FindDate(string text)
    {
        foreach (var word in text.Split(' ', ';', '[', ']', '(', ')'))
        {
            if (word.Length is >= 6 and <= 10 && ReadDate(Encoding.UTF8.GetBytes(word.TrimEnd(':', '.', ',')), out var date) == CsvDateResult.Ok)
            {
                return date;
            }
        }

        return null;
    }
}
