using System.Diagnostics.CodeAnalysis;

namespace Receivables.Sdk;

/// <summary>A Business Identifier Code (ISO 9362): four letters or digits, a country, two characters of place, and perhaps three of branch.</summary>
/// <remarks>Only the form is checked, not whether the code was ever given out. <c>default</c> is empty. Immutable and safe to share between threads.</remarks>
public readonly struct Bic : IEquatable<Bic>, ISpanParsable<Bic>
{
    private readonly string? _value;

    private Bic(string value) => _value = value;

    /// <summary>The code in upper case, 8 or 11 characters as given; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The ISO 3166 country code; empty for <c>default</c>.</summary>
    public string CountryCode => _value?[4..6] ?? "";

    /// <summary>The institution: the first eight characters, without the branch.</summary>
    public string Institution => _value?[..8] ?? "";

    /// <summary>Reads a code; lower case is accepted.</summary>
    /// <param name="s">The text, without blanks around it.</param>
    /// <param name="result">The code, or <c>default</c>.</param>
    /// <returns>Whether the text has the form of ISO 9362.</returns>
    public static bool TryParse(ReadOnlySpan<char> s, out Bic result)
    {
        result = default;
        if (s.Length is not (8 or 11))
        {
            return false;
        }

        for (var i = 0; i < s.Length; i++)
        {
            if (i is 4 or 5 ? !char.IsAsciiLetter(s[i]) : !char.IsAsciiLetterOrDigit(s[i]))
            {
                return false;
            }
        }

        result = new Bic(s.ToString().ToUpperInvariant());
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Bic)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out Bic result) => TryParse(s.AsSpan(), out result);

    /// <summary>Reads a code, or throws.</summary>
    /// <exception cref="FormatException">The text has not the form of ISO 9362.</exception>
    public static Bic Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, out var bic) ? bic : throw new FormatException("Not a BIC of ISO 9362.");
    }

    static Bic IParsable<Bic>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Bic>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Bic result) => TryParse(s, out result);

    static Bic ISpanParsable<Bic>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<Bic>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Bic result) => TryParse(s, out result);

    /// <inheritdoc/>
    public bool Equals(Bic other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bic other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The code.</summary>
    public override string ToString() => Value;

    /// <summary>Whether both are the same code.</summary>
    public static bool operator ==(Bic left, Bic right) => left.Equals(right);

    /// <summary>Whether the codes differ.</summary>
    public static bool operator !=(Bic left, Bic right) => !left.Equals(right);
}
