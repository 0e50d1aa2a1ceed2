using System.Diagnostics.CodeAnalysis;

namespace Receivables.Sdk;

/// <summary>
/// A currency of ISO 4217, with its own number of decimals: 2 for <c>EUR</c>, 0 for <c>JPY</c>, 3 for <c>KWD</c>, 4 for <c>CLF</c>.
/// </summary>
/// <remarks>
/// The whole active list (ISO 4217 list one, as of amendment 180 of 2026) is known, and the withdrawn codes that old statements and
/// ledgers still carry (<c>DEM</c>, <c>HRK</c>, <c>BGN</c> …), see <see cref="IsHistoric"/>. Decimals are those of ISO 4217,
/// not those of CLDR. <c>default</c> is <c>XXX</c>, "no currency". A value is four bytes, immutable and safe to share between threads.
/// </remarks>
public readonly struct Currency : IEquatable<Currency>, IComparable<Currency>, ISpanParsable<Currency>
{
    // Five bits a letter, A = 1: ordering by the packed code is ordering by the letters.
    private readonly ushort _code;
    private readonly byte _digits;
    private readonly byte _flags;

    private Currency(ushort code, byte digits, byte flags) => (_code, _digits, _flags) = (code, digits, flags);

    /// <summary>The euro.</summary>
    public static Currency EUR => Known("EUR"u8);

    /// <summary>The US dollar.</summary>
    public static Currency USD => Known("USD"u8);

    /// <summary>The pound sterling.</summary>
    public static Currency GBP => Known("GBP"u8);

    /// <summary>The Swiss franc.</summary>
    public static Currency CHF => Known("CHF"u8);

    /// <summary>The Japanese yen, without decimals.</summary>
    public static Currency JPY => Known("JPY"u8);

    /// <summary>The Chinese yuan renminbi.</summary>
    public static Currency CNY => Known("CNY"u8);

    /// <summary>No currency, ISO code <c>XXX</c>; equal to <c>default</c>.</summary>
    public static Currency None => default;

    /// <summary>The three letters of ISO 4217.</summary>
    public string Code => _code == 0 ? "XXX" : string.Create(3, _code, static (s, c) =>
    {
        s[0] = (char)('A' - 1 + (c >> 10));
        s[1] = (char)('A' - 1 + ((c >> 5) & 31));
        s[2] = (char)('A' - 1 + (c & 31));
    });

    /// <summary>The three letters in fifteen bits, five for each from A = 1; 0 for no currency. Stored keys are made of it: it never changes.</summary>
    internal ushort PackedCode => _code;

    /// <summary>The number of decimals of the minor unit, 0 to 4; 0 where ISO 4217 gives none (gold, test codes, <c>XXX</c>).</summary>
    public int MinorUnitDigits => _digits;

    /// <summary>Whether the code was withdrawn from ISO 4217 (its decimals are those it had).</summary>
    public bool IsHistoric => (_flags & 1) != 0;

    /// <summary>Every currency known here, in order of code.</summary>
    public static IReadOnlyList<Currency> All
    {
        get
        {
            var table = CurrencyTable.Rows;
            var all = new Currency[table.Length / 4];
            for (var i = 0; i < all.Length; i++)
            {
                _ = TryParse(table.Slice(i * 4, 3), out all[i]);
            }

            return all;
        }
    }

    /// <summary>Reads a code from UTF-8 bytes: exactly three ASCII letters in upper case.</summary>
    /// <param name="utf8Code">The bytes.</param>
    /// <param name="currency">The currency, or <see cref="None"/>.</param>
    /// <returns>Whether the code is one of ISO 4217.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8Code, out Currency currency)
    {
        currency = default;
        if (utf8Code.Length != 3)
        {
            return false;
        }

        var row = CurrencyTable.Find(utf8Code[0], utf8Code[1], utf8Code[2]);
        if (row < 0)
        {
            return false;
        }

        var kind = CurrencyTable.Rows[row + 3];
        var code = (ushort)(((utf8Code[0] - 'A' + 1) << 10) | ((utf8Code[1] - 'A' + 1) << 5) | (utf8Code[2] - 'A' + 1));
        currency = kind switch
        {
            (byte)'-' => utf8Code.SequenceEqual("XXX"u8) ? default : new Currency(code, 0, 0),
            >= (byte)'a' => new Currency(code, (byte)(kind - 'a'), 1),
            _ => new Currency(code, (byte)(kind - '0'), 0),
        };
        return true;
    }

    /// <summary>Reads a code: exactly three ASCII letters in upper case; nothing around them is accepted.</summary>
    /// <param name="s">The text.</param>
    /// <param name="result">The currency, or <see cref="None"/>.</param>
    /// <returns>Whether the code is one of ISO 4217.</returns>
    public static bool TryParse(ReadOnlySpan<char> s, out Currency result)
    {
        result = default;
        if (s.Length != 3 || s[0] > 'Z' || s[1] > 'Z' || s[2] > 'Z')
        {
            return false;
        }

        return TryParse([(byte)s[0], (byte)s[1], (byte)s[2]], out result);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Currency)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out Currency result) => TryParse(s.AsSpan(), out result);

    /// <summary>Reads a code, or throws.</summary>
    /// <param name="s">Three letters, <c>EUR</c>.</param>
    /// <exception cref="FormatException">The text is no code of ISO 4217.</exception>
    public static Currency Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s.AsSpan(), out var currency) ? currency : throw new FormatException("Not a currency code of ISO 4217.");
    }

    static Currency IParsable<Currency>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Currency>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Currency result) => TryParse(s, out result);

    static Currency ISpanParsable<Currency>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<Currency>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Currency result) => TryParse(s, out result);

    /// <inheritdoc/>
    public bool Equals(Currency other) => _code == other._code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Currency other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _code;

    /// <summary>Orders by code, ordinal.</summary>
    public int CompareTo(Currency other) => _code.CompareTo(other._code);

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    /// <summary>Whether both are the same currency.</summary>
    public static bool operator ==(Currency left, Currency right) => left.Equals(right);

    /// <summary>Whether the currencies differ.</summary>
    public static bool operator !=(Currency left, Currency right) => !left.Equals(right);

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(Currency left, Currency right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(Currency left, Currency right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/> or is equal.</summary>
    public static bool operator <=(Currency left, Currency right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/> or is equal.</summary>
    public static bool operator >=(Currency left, Currency right) => left.CompareTo(right) >= 0;

    private static Currency Known(ReadOnlySpan<byte> code)
    {
        _ = TryParse(code, out var currency);
        return currency;
    }
}
