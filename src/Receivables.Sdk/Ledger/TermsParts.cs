using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>What a term counts from.</summary>
public enum TermsBasis
{
    /// <summary>The date of the invoice.</summary>
    Invoice,

    /// <summary>The day of delivery.</summary>
    Delivery,

    /// <summary>The day on which the customer received the invoice.</summary>
    Receipt,
}

/// <summary>The dates that terms may count from.</summary>
/// <param name="Issued">The date of the invoice.</param>
public sealed record TermsDates(LocalDate Issued)
{
    /// <summary>The day of delivery; null when it is not known.</summary>
    public LocalDate? Delivered { get; init; }

    /// <summary>The day on which the invoice was received; null when it is not known.</summary>
    public LocalDate? Received { get; init; }

    /// <summary>The date of a basis.</summary>
    /// <param name="basis">What is counted from.</param>
    /// <exception cref="ArgumentException">That date is not known.</exception>
    public LocalDate Of(TermsBasis basis) => basis switch
    {
        TermsBasis.Invoice => Issued,
        TermsBasis.Delivery => Delivered ?? throw new ArgumentException("The terms count from delivery, whose date is not known.", nameof(basis)),
        TermsBasis.Receipt => Received ?? throw new ArgumentException("The terms count from receipt, whose date is not known.", nameof(basis)),
        _ => throw new ArgumentOutOfRangeException(nameof(basis)),
    };
}

/// <summary>A step of a cash discount.</summary>
/// <param name="Percent">The discount, above 0 and at most 100.</param>
/// <param name="Rule">Up to when it is given.</param>
public sealed record TermsDiscount(Percentage Percent, TermsRule Rule);

/// <summary>How large an instalment is: exactly one of a percentage, an amount, or (neither given) an even share of the rest.</summary>
/// <param name="Rule">When it is due.</param>
public sealed record TermsPart(TermsRule Rule)
{
    /// <summary>So much percent of the whole, above 0 and at most 100.</summary>
    public Percentage? Percent { get; init; }

    /// <summary>An amount in the invoice's currency, above 0.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Whether it takes an even share of what the other parts leave.</summary>
    public bool IsRest => Percent is null && Amount is null;
}

/// <summary>An instalment with its date and amount.</summary>
/// <param name="Number">From 1, in order of due date.</param>
/// <param name="Due">When it is due.</param>
/// <param name="Amount">The amount; the sign is that of the whole.</param>
public sealed record TermsInstalment(int Number, LocalDate Due, Money Amount);

/// <summary>What terms make of one invoice.</summary>
/// <param name="Due">The due date of the whole: that of the last instalment.</param>
/// <param name="Instalments">The instalments by due date; one for an invoice that is due as a whole. They add up exactly.</param>
/// <param name="Discounts">The discount steps by their last day.</param>
public sealed record TermsSchedule(LocalDate Due, IReadOnlyList<TermsInstalment> Instalments, IReadOnlyList<CashDiscount> Discounts);
