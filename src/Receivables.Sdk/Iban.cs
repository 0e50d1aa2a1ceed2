using System.Diagnostics.CodeAnalysis;

namespace Receivables.Sdk;

/// <summary>An International Bank Account Number (ISO 13616): country, two check digits by mod 97, and the national account number.</summary>
/// <remarks>
/// The length must be that of its country (SWIFT IBAN registry, release 99 of 2025) and the check digits must hold and be 02 to 98, as ISO 13616
/// makes them: 00, 01 and 99 leave the same rest as 97, 98 and 02, and are in no IBAN. Kept in electronic
/// form: upper case, no blanks. <c>default</c> is empty. Immutable and safe to share between threads.
/// </remarks>
public readonly struct Iban : IEquatable<Iban>, ISpanParsable<Iban>
{
    // Country and length, from the SWIFT IBAN registry.
    private static ReadOnlySpan<byte> Lengths =>
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30"u8;

    private readonly string? _value;

    private Iban(string value) => _value = value;

    /// <summary>The electronic form: upper case, no blanks; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The ISO 3166 country code, the first two letters; empty for <c>default</c>.</summary>
    public string CountryCode => _value?[..2] ?? "";

    /// <summary>The national account number, what follows the check digits; empty for <c>default</c>.</summary>
    public string Bban => _value?[4..] ?? "";

    /// <summary>The printed form, in groups of four.</summary>
    public string ToPrintString()
    {
        var value = Value;
        return string.Create(value.Length + Math.Max(0, (value.Length - 1) / 4), value, static (target, source) =>
        {
            for (int i = 0, at = 0; i < source.Length; i++)
            {
                if (i > 0 && i % 4 == 0)
                {
                    target[at++] = ' ';
                }

                target[at++] = source[i];
            }
        });
    }

    /// <summary>Reads an IBAN as people write it: blanks (thin and no-break ones, too) between the characters and lower case are accepted.</summary>
    /// <param name="s">The text; a leading word <c>IBAN</c> is not accepted.</param>
    /// <param name="result">The IBAN, or <c>default</c>.</param>
    /// <returns>Whether country, length and check digits hold.</returns>
    public static bool TryParse(ReadOnlySpan<char> s, out Iban result)
    {
        result = default;
        Span<char> buffer = stackalloc char[34];
        var length = 0;
        foreach (var c in s)
        {
            if (c is ' ' or '\u00a0' or '\u2009' or '\u202f')
            {
                continue;
            }

            if (length == buffer.Length || !char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }

            buffer[length++] = c >= 'a' ? (char)(c - 32) : c;
        }

        var candidate = buffer[..length];
        if (!IsValidElectronic(candidate))
        {
            return false;
        }

        result = new Iban(candidate.ToString());
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Iban)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out Iban result) => TryParse(s.AsSpan(), out result);

    /// <summary>Reads an IBAN, or throws.</summary>
    /// <exception cref="FormatException">Country, length or check digits do not hold. The message does not repeat the number.</exception>
    public static Iban Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, out var iban) ? iban : throw new FormatException("Not an IBAN: country, length or check digits do not hold.");
    }

    /// <summary>The check digits that make an IBAN of a country and a national number.</summary>
    /// <param name="countryCode">Two letters in upper case.</param>
    /// <param name="bban">The national account number, letters in upper case and digits.</param>
    /// <param name="result">The IBAN, or <c>default</c> when the length is not that of the country.</param>
    /// <returns>Whether the parts make an IBAN.</returns>
    public static bool TryCreate(ReadOnlySpan<char> countryCode, ReadOnlySpan<char> bban, out Iban result)
    {
        result = default;
        if (countryCode.Length != 2 || bban.Length > 30)
        {
            return false;
        }

        Span<char> text = stackalloc char[4 + bban.Length];
        countryCode.CopyTo(text);
        text[2] = text[3] = '0';
        bban.CopyTo(text[4..]);
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c))
            {
                return false;
            }
        }

        var check = 98 - Mod97(text);
        text[2] = (char)('0' + (check / 10));
        text[3] = (char)('0' + (check % 10));
        if (!IsValidElectronic(text))
        {
            return false;
        }

        result = new Iban(text.ToString());
        return true;
    }

    /// <summary>Reads an IBAN in electronic form from UTF-8 bytes: upper case, no blanks.</summary>
    internal static bool TryParseElectronic(ReadOnlySpan<byte> utf8, out Iban result)
    {
        Span<char> text = stackalloc char[34];
        result = default;
        if (utf8.Length > text.Length || System.Text.Ascii.ToUtf16(utf8, text, out var length) != System.Buffers.OperationStatus.Done || !IsValidElectronic(text[..length]))
        {
            return false;
        }

        result = new Iban(text[..length].ToString());
        return true;
    }

    /// <summary>Whether upper-case text without blanks is an IBAN; nothing is allocated.</summary>
    internal static bool IsValidElectronic(ReadOnlySpan<char> text) =>
        text.Length >= 15 && LengthOf(text[0], text[1]) == text.Length
        && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[3]) && text[2..4] is not ("00" or "01" or "99") && IsUpperAlphanumeric(text[4..]) && Mod97(text) == 1;

    static Iban IParsable<Iban>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Iban>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Iban result) => TryParse(s, out result);

    static Iban ISpanParsable<Iban>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<Iban>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Iban result) => TryParse(s, out result);

    /// <inheritdoc/>
    public bool Equals(Iban other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Iban other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The electronic form.</summary>
    public override string ToString() => Value;

    /// <summary>Whether both are the same account number.</summary>
    public static bool operator ==(Iban left, Iban right) => left.Equals(right);

    /// <summary>Whether the account numbers differ.</summary>
    public static bool operator !=(Iban left, Iban right) => !left.Equals(right);

    private static int LengthOf(char a, char b)
    {
        var table = Lengths;
        for (var i = 0; i < table.Length; i += 4)
        {
            if (table[i] == a && table[i + 1] == b)
            {
                return ((table[i + 2] - '0') * 10) + table[i + 3] - '0';
            }
        }

        return -1;
    }

    private static bool IsUpperAlphanumeric(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c))
            {
                return false;
            }
        }

        return true;
    }

    // ISO 7064 mod 97-10 with the first four characters moved to the end.
    private static int Mod97(ReadOnlySpan<char> text)
    {
        return (int)(Append(text[..4], Append(text[4..], 0)) % 97);

        static ulong Append(ReadOnlySpan<char> part, ulong number)
        {
            foreach (var c in part)
            {
                // Divided only when two more digits would not fit.
                number = number < ulong.MaxValue / 100 - 1 ? number : number % 97;
                number = c <= '9' ? (number * 10) + c - '0' : (number * 100) + c - 'A' + 10;
            }

            return number;
        }
    }
}
