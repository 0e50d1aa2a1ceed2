using NodaTime;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>An instalment, or a document that is due as a whole.</summary>
internal readonly record struct DuePart(int Number, LocalDate Due, Money Amount, Money Open)
{
    internal static DuePart Of(OpenInstalment part) => new(part.Number, part.Due, part.Amount, part.Open);

    internal static DuePart Whole(OpenItem item) => new(1, item.Due, item.Amount, item.Open);
}

/// <summary>An instalment that a plan decides about, first by its own facts, then with what it shares an action with.</summary>
internal sealed class Candidate(CustomerWork customer, CustomerWork owner, OpenItem item, in DuePart part, in Money open, bool isUndisputed, InvoiceHistory? history, in PolicyInForce inForce)
{
    internal CustomerWork Customer { get; } = customer;

    internal CustomerWork Owner { get; } = owner;

    internal OpenItem Item { get; } = item;

    internal DuePart Part { get; } = part;

    /// <summary>What may be reminded of: open and not held by an amount of its own.</summary>
    internal Money Open { get; } = open;

    /// <summary>Whether anything of it is open and not disputed.</summary>
    internal bool IsUndisputed { get; } = isUndisputed;

    internal InvoiceHistory? History { get; } = history;

    internal PolicyInForce InForce { get; } = inForce;

    internal EffectivePolicy Effective => InForce.Effective;

    internal ReminderLevel Level { get; private set; } = null!;

    internal int Cycle { get; private set; }

    internal Reached Reached { get; private set; }

    /// <summary>The claim as the law sees it; made once, when it is first asked for.</summary>
    internal LatePaymentClaim? Claim { get; set; }

    /// <summary>The level that it would be reminded at.</summary>
    internal void Choose(in LevelChoice choice, in Reached reached) => (Level, Cycle, Reached) = (choice.Level, choice.Cycle, reached);
}
