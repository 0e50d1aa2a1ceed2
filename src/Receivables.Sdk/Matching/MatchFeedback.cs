using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Makes the events of the log from what a person said about an answer.</summary>
public static class MatchFeedback
{
    /// <summary>A person confirmed an answer.</summary>
    /// <param name="proposal">What the matcher had answered.</param>
    /// <param name="answer">What the transaction pays; null confirms what was answered.</param>
    /// <param name="ledger">The ledger on which it was answered, to see whose account it is and which habits show.</param>
    /// <param name="on">The business date on which it was said.</param>
    /// <param name="by">Who said it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="proposal"/> or <paramref name="ledger"/> is null.</exception>
    public static MatchConfirmed Confirm(MatchResult proposal, MatchAnswer? answer, LedgerSnapshot ledger, LocalDate on, string? by = null)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(ledger);
        var proposed = MatchAnswer.Of(proposal);
        answer ??= proposed;
        var payer = proposal.Transaction.Counterparty;
        var isProposal = proposal.Decision is MatchDecision.Automatic or MatchDecision.Suggested;
        return new MatchConfirmed
        {
            Transaction = proposal.Transaction.Id,
            Answer = answer,
            On = on,
            By = by,
            Account = payer?.AccountText,
            Name = payer?.Name,
            Payer = payer?.AccountText is { } account ? OwnerOf(ledger, account, answer.Customer) : null,
            Proposed = isProposal ? proposal.Decision : null,
            IsAsProposed = isProposal && answer.Equals(proposed),
            DroppedPrefix = DroppedPrefix(proposal, answer, ledger),
            DiscountDaysLate = DiscountDaysLate(proposal, answer, ledger),
        };
    }

    /// <summary>A person turned an answer down.</summary>
    /// <param name="proposal">What the matcher had answered.</param>
    /// <param name="answer">The answer turned down, one of its alternatives; null for the answer itself.</param>
    /// <param name="on">The business date on which it was said.</param>
    /// <param name="by">Who said it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="proposal"/> is null.</exception>
    public static MatchRejected Reject(MatchResult proposal, MatchAnswer? answer, LocalDate on, string? by = null)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        var proposed = MatchAnswer.Of(proposal);
        answer ??= proposed;
        var payer = proposal.Transaction.Counterparty;
        return new MatchRejected
        {
            Transaction = proposal.Transaction.Id,
            Answer = answer,
            On = on,
            By = by,
            Account = payer?.AccountText,
            Name = payer?.Name,
            Proposed = answer.Equals(proposed) && proposal.Decision is MatchDecision.Automatic or MatchDecision.Suggested ? proposal.Decision : null,
        };
    }

    // The one customer whose account it is, where that is not the one whose documents are paid.
    private static CustomerId? OwnerOf(LedgerSnapshot ledger, string account, CustomerId? customer)
    {
        var key = AliasBook.AccountKey(account);
        var owners = ledger.Customers.Where(c => c.Ibans.Any(i => i.Value == key) || c.BankAccounts.Any(a => AliasBook.AccountKey(a) == key)).Select(c => c.Id).Distinct().Take(2).ToList();
        return owners is [var owner] && owner != customer ? owner : null;
    }

    // What stands in the document's number before the part that the text has.
    private static string? DroppedPrefix(MatchResult proposal, MatchAnswer answer, LedgerSnapshot ledger)
    {
        foreach (var evidence in proposal.Explanation)
        {
            if (evidence.Code != EvidenceCode.NumberTail || AliasBook.AccountKey(evidence.Detail) is not { Length: > 0 } tail)
            {
                continue;
            }

            foreach (var part in answer.Parts)
            {
                if (Find(ledger, part.Document)?.Number is { } number && AliasBook.AccountKey(number) is var full && full.Length > tail.Length && full.EndsWith(tail, StringComparison.Ordinal))
                {
                    return full[..^tail.Length];
                }
            }
        }

        return null;
    }

    private static int? DiscountDaysLate(MatchResult proposal, MatchAnswer answer, LedgerSnapshot ledger)
    {
        if ((proposal.Transaction.ValueDate ?? proposal.Transaction.BookingDate) is not { } paid)
        {
            return null;
        }

        var late = answer.Parts.Where(p => p.Kind == AllocationKind.Discount).Select(p => Find(ledger, p.Document))
            .Where(d => d is { CashDiscounts.Count: > 0 }).Select(d => Period.DaysBetween(d!.CashDiscounts.Max(s => s.Until), paid)).ToList();
        return late.Count > 0 && late.Max() > 0 ? late.Max() : null;
    }

    private static OpenItem? Find(LedgerSnapshot ledger, DocumentId id) => ledger.OpenItems.FirstOrDefault(i => i.Id == id) ?? ledger.SettledItems.FirstOrDefault(i => i.Id == id);
}
