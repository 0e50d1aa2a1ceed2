using System.Collections;
using System.Collections.Immutable;

namespace Receivables.Sdk.Reminders;

/// <summary>At most one amount for each currency: a minimum, a fee, a cap. A currency that is not in it has none.</summary>
/// <remarks>In order of currency code, equal by content. Immutable and safe to share between threads.</remarks>
public sealed class CurrencyAmounts : IReadOnlyList<Money>, IEquatable<CurrencyAmounts>
{
    private readonly ImmutableArray<Money> _amounts;

    /// <summary>A set of amounts.</summary>
    /// <param name="amounts">The amounts, each in a currency of its own.</param>
    /// <exception cref="ArgumentException">A currency stands twice.</exception>
    public CurrencyAmounts(params IEnumerable<Money> amounts)
    {
        _amounts = [.. amounts.OrderBy(a => a.Currency)];
        for (var i = 1; i < _amounts.Length; i++)
        {
            if (_amounts[i].Currency == _amounts[i - 1].Currency)
            {
                throw new ArgumentException("A currency stands twice.", nameof(amounts));
            }
        }
    }

    /// <summary>No amount in any currency.</summary>
    public static CurrencyAmounts None { get; } = new();

    /// <inheritdoc/>
    public int Count => _amounts.Length;

    /// <inheritdoc/>
    public Money this[int index] => _amounts[index];

    /// <summary>The amount in a currency; null when there is none.</summary>
    /// <param name="currency">The currency.</param>
    public Money? In(Currency currency)
    {
        foreach (var amount in _amounts)
        {
            if (amount.Currency == currency)
            {
                return amount;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public IEnumerator<Money> GetEnumerator() => ((IEnumerable<Money>)_amounts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(CurrencyAmounts? other) => other is not null && _amounts.AsSpan().SequenceEqual(other._amounts.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CurrencyAmounts);

    /// <inheritdoc/>
    public override int GetHashCode() => _amounts.Length == 0 ? 0 : _amounts[0].GetHashCode();

    /// <summary>The amounts with their currencies, <c>5.00 EUR, 4.00 GBP</c>.</summary>
    public override string ToString() => string.Join(", ", _amounts);
}
