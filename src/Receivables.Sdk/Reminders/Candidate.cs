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
internal sealed class Candidate
{
    internal CustomerWork Customer { get; private set; } = null!;

    internal CustomerWork Owner { get; private set; } = null!;

    internal OpenItem Item { get; private set; } = null!;

    internal DuePart Part { get; private set; }

    /// <summary>What may be reminded of: open and not held by an amount of its own.</summary>
    internal Money Open { get; private set; }

    /// <summary>Whether anything of it is open and not disputed.</summary>
    internal bool IsUndisputed { get; private set; }

    internal InvoiceHistory? History { get; private set; }

    internal PolicyInForce InForce { get; private set; }

    internal EffectivePolicy Effective => InForce.Effective;

    internal ReminderLevel Level { get; private set; } = null!;

    internal int Cycle { get; private set; }

    internal Reached Reached { get; private set; }

    /// <summary>The claim as the law sees it; made once, when it is first asked for.</summary>
    internal LatePaymentClaim? Claim { get; set; }

    /// <summary>Becomes an instalment about which nothing is decided.</summary>
    internal Candidate Begin(
        CustomerWork customer, CustomerWork owner, OpenItem item, in DuePart part, in Money open, bool isUndisputed, InvoiceHistory? history, in PolicyInForce inForce)
    {
        (Customer, Owner, Item, Part, Open, IsUndisputed) = (customer, owner, item, part, open, isUndisputed);
        (History, InForce, Level, Cycle, Reached, Claim) = (history, inForce, null!, 0, default, null);
        return this;
    }

    /// <summary>The level that it would be reminded at.</summary>
    internal void Choose(in LevelChoice choice, in Reached reached) => (Level, Cycle, Reached) = (choice.Level, choice.Cycle, reached);
}

/// <summary>Candidates to use again: a plan has millions of instalments, and never needs more of them at once than one customer owes.</summary>
internal sealed class CandidatePool
{
    private readonly List<Candidate> _all = [];
    private int _used;

    internal Candidate Next()
    {
        if (_used == _all.Count)
        {
            _all.Add(new Candidate());
        }

        return _all[_used++];
    }

    /// <summary>Whatever was given out is done with.</summary>
    internal void Reset() => _used = 0;
}
