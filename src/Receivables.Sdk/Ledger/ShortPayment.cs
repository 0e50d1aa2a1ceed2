using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>What is done with the part that a payment leaves open.</summary>
public enum ShortPaymentAction
{
    /// <summary>It stays open.</summary>
    Keep,

    /// <summary>It is written off where it is within the tolerance, and stays open where it is not.</summary>
    WriteOff,

    /// <summary>A dispute is opened over it.</summary>
    Dispute,
}

/// <summary>What a short payment comes to. The parts add up to what was open before it, less what was paid.</summary>
/// <param name="Discount">The cash discount given.</param>
/// <param name="WrittenOff">The small rest that is let go; zero where there is a discount.</param>
/// <param name="Disputed">The rest over which a dispute is opened.</param>
/// <param name="StaysOpen">The rest that stays open, with what is disputed.</param>
public sealed record ShortPaymentOutcome(Money Discount, Money WrittenOff, Money Disputed, Money StaysOpen);

/// <summary>How payments that are too small are treated.</summary>
/// <remarks>A rest is never both taken as a cash discount and written off. Immutable and safe to share between threads.</remarks>
public sealed record ShortPaymentPolicy
{
    /// <summary>What is done with the rest. Default: it stays open.</summary>
    public ShortPaymentAction Action { get; init; }

    /// <summary>The largest rest that is written off, by currency; a currency that is missing has none.</summary>
    public IReadOnlyDictionary<Currency, decimal> Tolerance { get; init; } = new Dictionary<Currency, decimal>();

    /// <summary>How many days after its date a cash discount is still honoured, 0 or more. Default 0.</summary>
    public int DiscountGraceDays { get; init; }

    /// <summary>Decides what a payment that is too small comes to.</summary>
    /// <param name="item">The item before the payment.</param>
    /// <param name="paid">What was paid, zero to what is open, in the item's currency.</param>
    /// <param name="on">The day of payment.</param>
    /// <exception cref="ArgumentOutOfRangeException">More was paid than is open, or less than nothing.</exception>
    public ShortPaymentOutcome Decide(OpenItem item, Money paid, LocalDate on)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (paid.IsNegative || paid > item.Open)
        {
            throw new ArgumentOutOfRangeException(nameof(paid));
        }

        var zero = Money.Zero(item.Open.Currency);
        var rest = item.Open - paid;
        if (rest.IsZero)
        {
            return new ShortPaymentOutcome(zero, zero, zero, zero);
        }

        if (rest <= DiscountOn(item, on))
        {
            return new ShortPaymentOutcome(rest, zero, zero, zero);
        }

        return Action switch
        {
            ShortPaymentAction.WriteOff when Tolerance.TryGetValue(rest.Currency, out var most) && rest.Amount <= most => new(zero, rest, zero, zero),
            ShortPaymentAction.Dispute => new(zero, zero, rest, rest),
            _ => new(zero, zero, zero, rest),
        };
    }

    // Only of a document of which nothing is closed yet: a discount is for paying the whole in time.
    private Money DiscountOn(OpenItem item, LocalDate on)
    {
        var zero = Money.Zero(item.Open.Currency);
        return item.Open == item.Amount && item.CashDiscounts.Where(c => on <= Days.Add(c.Until, DiscountGraceDays)).OrderByDescending(c => c.Percent).FirstOrDefault() is { } step
            ? step.Percent.Of(item.Amount)
            : zero;
    }
}
