using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>What a customer answers to a line of a statement, or to the whole.</summary>
public abstract record StatementReply
{
    private protected StatementReply()
    {
    }

    /// <summary>The line agrees with the customer's books.</summary>
    /// <param name="Document">The line.</param>
    public sealed record Agreed(DocumentId Document) : StatementReply;

    /// <summary>The line differs.</summary>
    /// <param name="Document">The line.</param>
    /// <param name="Owed">What the customer thinks is owed, signed as on the statement; null for nothing said.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Differs(DocumentId Document, Money? Owed, string? Reason) : StatementReply;

    /// <summary>The customer says that it was paid.</summary>
    /// <param name="Document">The line.</param>
    /// <param name="On">When; null where not said.</param>
    /// <param name="Reference">The reference given to the bank.</param>
    public sealed record AlreadyPaid(DocumentId Document, LocalDate? On, string? Reference) : StatementReply;
}

/// <summary>What a reply leads to. Nothing is done: the host takes it on.</summary>
public abstract record ReplyProposal
{
    private protected ReplyProposal()
    {
    }

    /// <summary>An entry for the dossier.</summary>
    /// <param name="Document">The document.</param>
    /// <param name="Entry">The entry.</param>
    public sealed record Note(DocumentId Document, DossierEntry Entry) : ReplyProposal;

    /// <summary>A dispute to open.</summary>
    /// <param name="Dispute">The dispute.</param>
    public sealed record OpenDispute(Dispute Dispute) : ReplyProposal;

    /// <summary>A payment to look for: a hint for the matching of bank transactions.</summary>
    /// <param name="Document">What it would pay.</param>
    /// <param name="Amount">What is open of it.</param>
    /// <param name="On">When the customer says it paid.</param>
    /// <param name="Reference">The reference that the customer gave.</param>
    public sealed record LookForPayment(DocumentId Document, Money Amount, LocalDate? On, string? Reference) : ReplyProposal;

    /// <summary>The reply is about a line that the statement does not have.</summary>
    /// <param name="Document">The document named.</param>
    public sealed record Unknown(DocumentId Document) : ReplyProposal;
}

/// <summary>Reads a customer's replies to a statement.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class StatementReplies
{
    /// <summary>What the replies lead to, in their order: each leaves a note, a difference opens a dispute, a payment is looked for.</summary>
    /// <param name="statement">The statement that was sent.</param>
    /// <param name="replies">The replies.</param>
    /// <param name="received">When they came.</param>
    public static IReadOnlyList<ReplyProposal> Read(StatementOfAccount statement, IEnumerable<StatementReply> replies, LocalDate received)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(replies);
        var items = statement.Accounts.SelectMany(a => a.OpenItems).ToDictionary(i => i.Document);
        return [.. replies.SelectMany(r => r switch
        {
            StatementReply.Agreed a => For(a.Document, i => [Note(i, "agreed")]),
            StatementReply.Differs d => For(d.Document, i => [Note(i, "differs: " + d.Reason), new ReplyProposal.OpenDispute(new Dispute(i.Document, received, null, DisputedOf(i, d.Owed), d.Reason))]),
            StatementReply.AlreadyPaid p => For(p.Document, i => [Note(i, "already paid: " + p.Reference), new ReplyProposal.LookForPayment(i.Document, i.Open, p.On, p.Reference)]),
            _ => (IEnumerable<ReplyProposal>)[],
        })];

        IEnumerable<ReplyProposal> For(DocumentId id, Func<StatementItem, IEnumerable<ReplyProposal>> make) =>
            items.TryGetValue(id, out var item) ? make(item) : [new ReplyProposal.Unknown(id)];

        ReplyProposal Note(StatementItem item, string text) =>
            new ReplyProposal.Note(item.Document, new DossierEntry { Date = received, Kind = DossierKind.MailIn, Amount = item.Open, Text = text.TrimEnd(' ', ':') });
    }

    // What is disputed is what we count beyond what the customer owes; null, the whole, where it said nothing of use.
    private static Money? DisputedOf(StatementItem item, Money? owed) =>
        owed is { } amount && amount.Currency == item.Open.Currency && amount < item.Open && !amount.IsNegative ? item.Open - amount : null;
}
