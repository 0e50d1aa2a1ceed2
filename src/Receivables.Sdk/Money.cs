using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Receivables.Sdk;

/// <summary>
/// An exact amount in one currency. Never a float, never two currencies in one sum.
/// </summary>
/// <remarks>
/// The amount is a <see cref="decimal"/> and is kept as given: nothing is rounded unless a member says so, and more decimals than the
/// currency has are kept (<see cref="HasMinorUnitScale"/> tells). Arithmetic between different currencies throws <see cref="ArgumentException"/>;
/// a zero of another currency is no exception to that. Equality is by value and currency (<c>1.0 EUR</c> equals <c>1.00 EUR</c>).
/// <c>default</c> is zero of <see cref="Currency.None"/>. Immutable and safe to share between threads.
/// </remarks>
public readonly struct Money : IEquatable<Money>, IComparable<Money>
{
    /// <summary>An amount in a currency.</summary>
    /// <param name="amount">The amount in major units: 12.50 for twelve euros and fifty cents.</param>
    /// <param name="currency">Its currency.</param>
    public Money(decimal amount, Currency currency) => (Amount, Currency) = (amount, currency);

    /// <summary>The amount in major units.</summary>
    public decimal Amount { get; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; }

    /// <summary>Whether the amount is zero.</summary>
    public bool IsZero => Amount == 0m;

    /// <summary>Whether the amount is above zero.</summary>
    public bool IsPositive => Amount > 0m;

    /// <summary>Whether the amount is below zero.</summary>
    public bool IsNegative => Amount < 0m;

    /// <summary>The amount without its sign.</summary>
    public Money Magnitude => new(Math.Abs(Amount), Currency);

    /// <summary>Whether the amount has no more decimals than its currency.</summary>
    public bool HasMinorUnitScale => decimal.Round(Amount, Currency.MinorUnitDigits, MidpointRounding.ToZero) == Amount;

    /// <summary>Zero of a currency.</summary>
    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>An amount given in minor units: 1250 and EUR is 12.50 EUR.</summary>
    /// <param name="minorUnits">Cents, or whatever the currency's smallest unit is.</param>
    /// <param name="currency">The currency.</param>
    public static Money FromMinorUnits(long minorUnits, Currency currency)
    {
        var negative = minorUnits < 0;
        var magnitude = negative ? 0UL - (ulong)minorUnits : (ulong)minorUnits;
        return new Money(new decimal((int)magnitude, (int)(magnitude >> 32), 0, negative, (byte)currency.MinorUnitDigits), currency);
    }

    /// <summary>The amount in minor units.</summary>
    /// <exception cref="InvalidOperationException">The amount has more decimals than its currency.</exception>
    /// <exception cref="OverflowException">The amount does not fit a <see cref="long"/>.</exception>
    public long ToMinorUnits()
    {
        if (!HasMinorUnitScale)
        {
            throw new InvalidOperationException("The amount has more decimals than its currency; round it first.");
        }

        return decimal.ToInt64(Amount * PowerOfTen(Currency.MinorUnitDigits));
    }

    /// <summary>The amount rounded to the decimals of its currency.</summary>
    /// <param name="mode">How a half is rounded; claims and interest are rounded away from zero, which is the default.</param>
    public Money RoundToMinorUnits(MidpointRounding mode = MidpointRounding.AwayFromZero) =>
        new(decimal.Round(Amount, Currency.MinorUnitDigits, mode), Currency);

    /// <summary>The amount rounded to a multiple of a cash unit, such as 0.05 in CHF. <see cref="CashRounding"/> knows the units.</summary>
    /// <param name="unit">The smallest coin or note, above zero.</param>
    /// <param name="mode">How a half is rounded.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unit"/> is not above zero.</exception>
    public Money RoundToCash(decimal unit, MidpointRounding mode = MidpointRounding.AwayFromZero)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(unit);
        return new Money(decimal.Round(Amount / unit, 0, mode) * unit, Currency);
    }

    /// <summary>The same value in another currency, at a rate, rounded to that currency's decimals.</summary>
    /// <param name="target">The currency to convert to.</param>
    /// <param name="rate">Units of <paramref name="target"/> for one unit of this currency, above zero. The caller keeps the rate's date; <c>Ledger.FxRateSet</c> keeps both together.</param>
    /// <param name="mode">How a half is rounded.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is not above zero.</exception>
    public Money Convert(Currency target, decimal rate, MidpointRounding mode = MidpointRounding.AwayFromZero)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        return new Money(decimal.Round(Amount * rate, target.MinorUnitDigits, mode), target);
    }

    /// <summary>Splits the amount by weights without losing a minor unit. See <see cref="MoneySplit"/> for the rule.</summary>
    /// <typeparam name="TKey">What a share is for.</typeparam>
    /// <param name="shares">Keys and their weights; each weight is zero or above, not all zero, and keys are distinct.</param>
    /// <returns>One share for each entry, in the order given.</returns>
    /// <exception cref="ArgumentException">A weight is negative, all are zero, a key stands twice, or the amount has more decimals than its currency.</exception>
    /// <exception cref="OverflowException">The amount in minor units does not fit a <see cref="decimal"/>.</exception>
    public IReadOnlyList<Money> Split<TKey>(IReadOnlyList<KeyValuePair<TKey, decimal>> shares)
        where TKey : IComparable<TKey> => MoneySplit.ByLargestRemainder(this, shares);

    /// <summary>Adds two amounts of one currency.</summary>
    /// <exception cref="ArgumentException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) => new(left.Amount + right.In(left.Currency), left.Currency);

    /// <summary>Subtracts two amounts of one currency.</summary>
    /// <exception cref="ArgumentException">The currencies differ.</exception>
    public static Money operator -(Money left, Money right) => new(left.Amount - right.In(left.Currency), left.Currency);

    /// <summary>The amount with the other sign.</summary>
    public static Money operator -(Money value) => new(-value.Amount, value.Currency);

    /// <summary>A multiple of the amount, unrounded.</summary>
    public static Money operator *(Money value, decimal factor) => new(value.Amount * factor, value.Currency);

    /// <summary>Whether value and currency are equal.</summary>
    public static bool operator ==(Money left, Money right) => left.Equals(right);

    /// <summary>Whether value or currency differ.</summary>
    public static bool operator !=(Money left, Money right) => !left.Equals(right);

    /// <summary>Compares two amounts of one currency.</summary>
    /// <exception cref="ArgumentException">The currencies differ.</exception>
    public static bool operator <(Money left, Money right) => left.Amount < right.In(left.Currency);

    /// <summary>Compares two amounts of one currency.</summary>
    /// <exception cref="ArgumentException">The currencies differ.</exception>
    public static bool operator >(Money left, Money right) => left.Amount > right.In(left.Currency);

    /// <summary>Compares two amounts of one currency.</summary>
    /// <exception cref="ArgumentException">The currencies differ.</exception>
    public static bool operator <=(Money left, Money right) => left.Amount <= right.In(left.Currency);

    /// <summary>Compares two amounts of one currency.</summary>
    /// <exception cref="ArgumentException">The currencies differ.</exception>
    public static bool operator >=(Money left, Money right) => left.Amount >= right.In(left.Currency);

    /// <summary>The smaller of two amounts of one currency.</summary>
    /// <exception cref="ArgumentException">The currencies differ.</exception>
    public static Money Min(Money left, Money right) => left <= right ? left : right;

    /// <summary>The larger of two amounts of one currency.</summary>
    /// <exception cref="ArgumentException">The currencies differ.</exception>
    public static Money Max(Money left, Money right) => left >= right ? left : right;

    /// <inheritdoc/>
    public bool Equals(Money other) => Amount == other.Amount && Currency == other.Currency;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Money other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Amount, Currency);

    /// <summary>Compares two amounts of one currency.</summary>
    /// <exception cref="ArgumentException">The currencies differ.</exception>
    public int CompareTo(Money other) => Amount.CompareTo(other.In(Currency));

    /// <summary>
    /// The amount alone, with a full stop, no grouping and the currency's own number of decimals (<c>121.00</c>, <c>-5</c> in JPY),
    /// more only when the value has more.
    /// </summary>
    public string ToAmountString()
    {
        // "More only when the value has more": a value beyond the minor unit always shows at least the minor unit's decimals.
        return Amount.ToString(
            Currency.MinorUnitDigits switch
            {
                0 => "0.############################",
                2 => "0.00##########################",
                3 => "0.000#########################",
                _ => "0.0000########################",
            },
            CultureInfo.InvariantCulture);
    }

    /// <summary>Amount and currency, <c>121.00 EUR</c>, without any culture.</summary>
    public override string ToString() => ToAmountString() + " " + Currency.Code;

    /// <summary>Reads what <see cref="ToString"/> writes: an amount with a full stop, a blank, a currency code.</summary>
    /// <param name="s">The text.</param>
    /// <param name="result">The amount, or <c>default</c>.</param>
    /// <returns>Whether the text is of that form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, out Money result)
    {
        result = default;
        var text = s.AsSpan();
        if (text.Length < 5 || text[^4] != ' ' || !Currency.TryParse(text[^3..], out var currency)
            || !decimal.TryParse(text[..^4], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        result = new Money(amount, currency);
        return true;
    }

    /// <summary>Reads what <see cref="ToString"/> writes, or throws.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static Money Parse(string s) => TryParse(s, out var money) ? money : throw new FormatException("Not an amount and a currency code, such as '12.50 EUR'.");

    internal static decimal PowerOfTen(int digits) => digits switch { 0 => 1m, 1 => 10m, 2 => 100m, 3 => 1000m, _ => 10000m };

    private decimal In(Currency currency) => Currency == currency
        ? Amount
        : throw new ArgumentException($"Amounts in {Currency} and {currency} do not mix without a rate.");
}
