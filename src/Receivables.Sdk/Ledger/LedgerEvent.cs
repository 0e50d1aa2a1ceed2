using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>Something that happened in a ledger. The ledger is the list of its events; everything else is derived from them.</summary>
/// <remarks>
/// <para>Events are only ever added. A correction is a further event (a reversal, a return), never a change of an old one.
/// Each has two dates: from when it counts, and when it became known. So a report can be made as of a date, and as it was known then, for ever.</para>
/// <para>An amount stands without its currency where the currency is that of the document it belongs to: two currencies can then never mix.</para>
/// <para>The hierarchy is closed: every event is one of the sealed records of this namespace. Immutable and safe to share between threads.</para>
/// </remarks>
public abstract record LedgerEvent
{
    private protected LedgerEvent()
    {
    }

    /// <summary>From which date it counts; <see cref="LocalDate.MinIsoValue"/> for what has no date and counts from the beginning.</summary>
    public abstract LocalDate EffectiveDate { get; }

    /// <summary>When it became known; null is the start of <see cref="EffectiveDate"/> in UTC.</summary>
    public Instant? RecordedAt { get; init; }

    /// <summary>When it became known: <see cref="RecordedAt"/>, or the start of the effective date in UTC.</summary>
    public Instant KnownFrom => RecordedAt ?? EffectiveDate.AtMidnight().InUtc().ToInstant();
}

/// <summary>Something that happened on a day and counts from it.</summary>
public abstract record DatedLedgerEvent : LedgerEvent
{
    private protected DatedLedgerEvent()
    {
    }

    /// <summary>The day, from which it counts.</summary>
    public required LocalDate On { get; init; }

    /// <inheritdoc/>
    public sealed override LocalDate EffectiveDate => On;
}

/// <summary>A ledger was opened: whose it is and in which currency it is kept.</summary>
public sealed record LedgerOpened : LedgerEvent
{
    /// <summary>The currency of documents that name none.</summary>
    public Currency? Currency { get; init; }

    /// <summary>The seller's name.</summary>
    public string? Name { get; init; }

    /// <summary>The seller's own accounts.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>The seller's country, ISO 3166 alpha-2.</summary>
    public string? Country { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => LocalDate.MinIsoValue;
}

/// <summary>A customer and what is known of them. Personal data stands in this event alone, so it can be replaced without touching a sum.</summary>
public sealed record CustomerRecorded : LedgerEvent
{
    /// <summary>The customer.</summary>
    public required Customer Customer { get; init; }

    /// <summary>The credit limit in the ledger's currency, where <see cref="Customer.CreditLimit"/> does not say it with its own.</summary>
    public decimal? CreditLimit { get; init; }

    /// <summary>How much of it a credit insurer covers, in the ledger's currency, where <see cref="Customer.InsuredLimit"/> does not say it with its own.</summary>
    public decimal? InsuredLimit { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => LocalDate.MinIsoValue;
}

/// <summary>What is known of a customer changed: name, accounts, group, anything but the limits, for which there is <see cref="CreditLimitChanged"/>.</summary>
/// <remarks>A report as of an earlier day, or as known earlier, has what was known before.</remarks>
public sealed record CustomerChanged : DatedLedgerEvent
{
    /// <summary>The customer as it is from <see cref="DatedLedgerEvent.On"/>, under its own id; the limits in it play no part. A parent must exist.</summary>
    public required Customer Customer { get; init; }
}

/// <summary>What an entry that people make in a dossier is.</summary>
public enum NoteKind
{
    /// <summary>A comment, for colleagues.</summary>
    Comment,

    /// <summary>A note of a call, for colleagues.</summary>
    Call,

    /// <summary>A mail from the customer.</summary>
    MailIn,

    /// <summary>A mail to the customer.</summary>
    MailOut,

    /// <summary>An attachment, by reference.</summary>
    Attachment,
}

/// <summary>An entry in the dossier of a document: a comment, a call, a mail, an attachment.</summary>
public sealed record NoteWritten : LedgerEvent
{
    /// <summary>The document.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>When it was written.</summary>
    public required Instant At { get; init; }

    /// <summary>By whom.</summary>
    public string? By { get; init; }

    /// <summary>What it says.</summary>
    public string? Text { get; init; }

    /// <summary>What it is. Default a comment.</summary>
    public NoteKind Kind { get; init; }

    /// <summary>The message id of a mail, the reference of an attachment: in a dossier the same one stands once.</summary>
    public string? Reference { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => At.InUtc().Date;
}

/// <summary>Up to which day the bank data of one of the seller's accounts is in.</summary>
public sealed record BankDataReceived : LedgerEvent
{
    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>The last day covered.</summary>
    public required LocalDate Until { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => Until;
}
