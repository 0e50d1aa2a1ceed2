using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>An invoice is disputed: from <see cref="Opened"/> to the day before <see cref="Resolved"/>.</summary>
public sealed record DisputeOpened : LedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>The first day.</summary>
    public required LocalDate Opened { get; init; }

    /// <summary>The day from which it no longer stands; null while open.</summary>
    public LocalDate? Resolved { get; init; }

    /// <summary>How much is disputed, above zero, in the invoice's currency; null for all that is open. Several together are never more than what is open.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => Opened;
}

/// <summary>The customer promised to pay.</summary>
public sealed record PromiseMade : LedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>When the promise was made.</summary>
    public required LocalDate Made { get; init; }

    /// <summary>The last day to keep it.</summary>
    public required LocalDate Until { get; init; }

    /// <summary>How much, above zero, in the invoice's currency; null for all that is open.</summary>
    public decimal? Amount { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => Made;
}

/// <summary>No reminders go to a customer for a while.</summary>
public sealed record HoldPlaced : LedgerEvent
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The first day.</summary>
    public required LocalDate From { get; init; }

    /// <summary>The last day; null while it lasts.</summary>
    public LocalDate? Until { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => From;
}

/// <summary>A payment plan was agreed for an invoice.</summary>
public sealed record PlanAgreed : LedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>When it was agreed.</summary>
    public required LocalDate Agreed { get; init; }

    /// <summary>Its parts, at least one.</summary>
    public required IReadOnlyList<InstalmentTerm> Instalments { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => Agreed;
}

/// <summary>A direct debit will collect an invoice.</summary>
public sealed record DirectDebitAnnounced : LedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>The day of collection.</summary>
    public required LocalDate CollectOn { get; init; }

    /// <summary>The beginning: an announced collection counts before its day, and nothing says since when.</summary>
    public override LocalDate EffectiveDate => LocalDate.MinIsoValue;
}

/// <summary>An invoice was given to a collection agency or bailiff.</summary>
public sealed record HandedOver : DatedLedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>To whom.</summary>
    public string? To { get; init; }
}

/// <summary>A reminder was sent for an instalment.</summary>
public sealed record ReminderSent : LedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>The instalment, from 1; 1 for an invoice without any.</summary>
    public int Instalment { get; init; } = 1;

    /// <summary>The level, from 1.</summary>
    public required int Level { get; init; }

    /// <summary>When it was sent.</summary>
    public required LocalDate Sent { get; init; }

    /// <summary>How it was sent.</summary>
    public string? Channel { get; init; }

    /// <summary>The planned action that it carried out.</summary>
    public ActionId? Action { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => Sent;
}
