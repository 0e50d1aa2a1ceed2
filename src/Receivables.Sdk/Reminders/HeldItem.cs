using System.Globalization;
using NodaTime;

namespace Receivables.Sdk.Reminders;

/// <summary>Why an instalment is in no action. The first that applies is told, in this order.</summary>
public enum HeldReason
{
    /// <summary>The policy has no level for this customer, or nobody knows whose the item is.</summary>
    NoPolicy,

    /// <summary>It is not overdue.</summary>
    NotOverdue,

    /// <summary>It was handed over.</summary>
    HandedOver,

    /// <summary>Nothing undisputed is left.</summary>
    Dispute,

    /// <summary>The customer has promised to pay.</summary>
    Promise,

    /// <summary>The customer is on hold.</summary>
    Hold,

    /// <summary>A payment plan runs.</summary>
    Plan,

    /// <summary>A direct debit will collect it.</summary>
    DirectDebit,

    /// <summary>What was collected can still be taken back.</summary>
    RefundWindow,

    /// <summary>The last level was sent.</summary>
    LevelsExhausted,

    /// <summary>The days of grace are not over.</summary>
    InGrace,

    /// <summary>The next level is not due yet, the day is none to send on, or the customer was contacted too recently.</summary>
    Cadence,

    /// <summary>The bank data is older than the policy allows.</summary>
    BankDataStale,

    /// <summary>A likely payment of the customer is not applied yet.</summary>
    PendingPayment,

    /// <summary>Open credits cover what is overdue.</summary>
    UnappliedCredit,

    /// <summary>The amount is below the least that the policy reminds.</summary>
    BelowMinimum,

    /// <summary>The law asks for something else first.</summary>
    LawRequires,
}

/// <summary>An open instalment that is in no action, and why.</summary>
/// <param name="Invoice">The document.</param>
/// <param name="Instalment">The instalment, from 1.</param>
/// <param name="Customer">Whose it is; null when nobody knows.</param>
/// <param name="Reason">The first reason that applies.</param>
/// <param name="Until">The last day on which the reason holds; null where only new facts end it.</param>
/// <param name="Note">The words of the ledger, such as the reason of a dispute; null where there are none.</param>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record HeldItem(DocumentId Invoice, int Instalment, CustomerId? Customer, HeldReason Reason, LocalDate? Until = null, string? Note = null)
{
    /// <summary>The day to look again; null where only new facts change the answer.</summary>
    public LocalDate? LookAgain => Until is { } until && until < LocalDate.MaxIsoValue ? until.PlusDays(1) : null;

    /// <summary>The stable code of the reason, as the command line prints it.</summary>
    public string Code => Reason switch
    {
        HeldReason.NoPolicy => "noPolicy",
        HeldReason.NotOverdue => "notOverdue",
        HeldReason.HandedOver => "handedOver",
        HeldReason.Dispute => "dispute",
        HeldReason.Promise => "promise",
        HeldReason.Hold => "hold",
        HeldReason.Plan => "plan",
        HeldReason.DirectDebit => "directDebit",
        HeldReason.RefundWindow => "refundWindow",
        HeldReason.LevelsExhausted => "levelsExhausted",
        HeldReason.InGrace => "inGrace",
        HeldReason.Cadence => "cadence",
        HeldReason.BankDataStale => "bankDataStale",
        HeldReason.PendingPayment => "pendingPayment",
        HeldReason.UnappliedCredit => "unappliedCredit",
        HeldReason.BelowMinimum => "belowMinimum",
        _ => "lawRequires",
    };

    /// <summary>The note, or the reason in English.</summary>
    public string Text => Note is { Length: > 0 } note ? note : Reason switch
    {
        HeldReason.NoPolicy => "The policy has no level for this customer.",
        HeldReason.NotOverdue => "Not overdue.",
        HeldReason.HandedOver => "Handed over for collection.",
        HeldReason.Dispute => "Disputed.",
        HeldReason.Promise => "The customer has promised to pay.",
        HeldReason.Hold => "The customer is on hold.",
        HeldReason.Plan => "A payment plan runs.",
        HeldReason.DirectDebit => "A direct debit will collect it.",
        HeldReason.RefundWindow => "What was collected can still be taken back.",
        HeldReason.LevelsExhausted => "The last level was sent.",
        HeldReason.InGrace => "Within the days of grace.",
        HeldReason.Cadence => "The next level is not due yet.",
        HeldReason.BankDataStale => "The bank data is too old to tell who has paid.",
        HeldReason.PendingPayment => "A likely payment is not applied yet.",
        HeldReason.UnappliedCredit => "Open credits cover what is overdue.",
        HeldReason.BelowMinimum => "Below the least amount that is reminded.",
        _ => "The law asks for something else first.",
    };

    /// <summary>The reason as a value, with its facts.</summary>
    public CodedReason ToReason() => new(Code, Until is { } until ? [new ReasonArgument("until", until)] : [], Text);

    /// <summary>Document, instalment and code.</summary>
    public override string ToString() => $"{Invoice}/{Instalment.ToString(CultureInfo.InvariantCulture)}: {Code}";
}
