using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Brings what was learnt, and a host's signals, into a run as evidence.</summary>
internal sealed class KnownEvidence
{
    // A habit or a pays-for relation: some times likelier than of any other customer, never decisive.
    private const int Habit = 3 * Bits.One;
    private const int Otherwise = -8 * Bits.One;
    private const decimal MostSignal = 20m;

    private readonly MatchKnowledge _knowledge;
    private readonly IReadOnlyList<IMatchSignal> _signals;
    private readonly Dictionary<(AliasKind Kind, string Key, CustomerId Customer), LearnedAlias> _active;

    internal KnownEvidence(MatchKnowledge knowledge, LocalDate asOf)
    {
        _knowledge = knowledge;
        _signals = knowledge.Memory.Announced.Any() ? [new AnnouncedPayments(knowledge.Memory.Announced), .. knowledge.Signals] : knowledge.Signals;
        _active = knowledge.Memory.Aliases(asOf).Where(a => a.IsActive).ToDictionary(a => (a.Kind, a.Key, a.Customer));
    }

    internal bool IsEmpty => _knowledge.Signals.Count == 0 && _knowledge.Memory.Events.Count == 0;

    /// <summary>The ledger with the accounts and names that were learnt: they then find their customers as known ones do.</summary>
    internal LedgerSnapshot Apply(LedgerSnapshot ledger)
    {
        var learned = _active.Values.Where(a => a.Kind is AliasKind.Account or AliasKind.Name).ToLookup(a => a.Customer);
        return learned.Count == 0 ? ledger : ledger with
        {
            Customers = [.. ledger.Customers.Select(c => !learned.Contains(c.Id) ? c : c with
            {
                BankAccounts = [.. c.BankAccounts, .. learned[c.Id].Where(a => a.Kind == AliasKind.Account).Select(a => a.Text)],
                Aliases = [.. c.Aliases, .. learned[c.Id].Where(a => a.Kind == AliasKind.Name).Select(a => a.Text)],
            })],
        };
    }

    /// <summary>Adds what is known of a hypothesis; false if a person turned it down.</summary>
    internal bool Weigh(LedgerIndex index, PaymentEvidence payment, Hypothesis h)
    {
        var transaction = payment.Transaction;
        var knows = _knowledge.Memory.Knows(transaction.Id);
        if (knows || _signals.Count > 0)
        {
            var answer = Answer(index, h);
            if (knows && _knowledge.Memory.IsRejected(transaction.Id, answer))
            {
                return false;
            }

            if (_knowledge.Memory.Confirmed(transaction.Id) is { } confirmed)
            {
                if (!confirmed.Equals(answer))
                {
                    Hold(h, Otherwise, confirmed.Customer?.Value ?? "");
                }
            }
            else if (knows)
            {
                // Somebody turned another answer down and has not said what is right.
                Hold(h, 0, "");
            }

            foreach (var signal in _signals)
            {
                if (signal.Weigh(transaction, answer) is { } said)
                {
                    h.Add(EvidenceCode.Signal, decimal.ToInt32(decimal.Round(Math.Clamp(said.Bits, -MostSignal, MostSignal) * Bits.One)), said.Detail);
                }
            }
        }

        if (h.Customer >= 0)
        {
            var payer = transaction.Counterparty;
            var customer = index.Directory.Id(h.Customer);
            if (_knowledge.Memory.IsRefused(payer?.AccountText, payer?.Name, customer))
            {
                Hold(h, Otherwise, customer.Value);
            }

            AddAliases(index, payment, h, customer);
        }

        return true;
    }

    /// <summary>Whether a person turned an answer down.</summary>
    internal bool IsRejected(MatchResult result) => _knowledge.Memory.Knows(result.Transaction.Id) && _knowledge.Memory.IsRejected(result.Transaction.Id, MatchAnswer.Of(result));

    private static void Hold(Hypothesis h, int weight, string detail)
    {
        h.IsHeld = true;
        h.Add(EvidenceCode.ConfirmedOtherwise, weight, detail);
    }

    private void AddAliases(LedgerIndex index, PaymentEvidence payment, Hypothesis h, CustomerId customer)
    {
        if (_active.Count == 0)
        {
            return;
        }

        // The weight is that of the account or name itself; this says where it is known from.
        var payer = payment.Transaction.Counterparty;
        if (payer?.AccountText is { } account && Find(AliasKind.Account, AliasBook.AccountKey(account), customer) is { } byAccount)
        {
            h.Add(EvidenceCode.LearnedPayer, 0, Describe(byAccount));
        }

        if (payer?.Name is { } name && Find(AliasKind.Name, AliasBook.NameKey(name), customer) is { } byName)
        {
            h.Add(EvidenceCode.LearnedPayer, 0, Describe(byName));
        }

        foreach (var owner in payment.AccountOwners)
        {
            if (Find(AliasKind.PaysFor, index.Directory.Id(owner).Value, customer) is { } paysFor)
            {
                h.Add(EvidenceCode.LearnedPaysFor, Habit, Describe(paysFor));
            }
        }

        if (h.Terms.Exists(t => t.Code == EvidenceCode.LateDiscount) && Find(AliasKind.Discount, "", customer) is { } late)
        {
            h.Add(EvidenceCode.LearnedHabit, Habit, Describe(late));
        }

        if (h.Terms.Find(t => t.Code == EvidenceCode.NumberTail) is { Code: EvidenceCode.NumberTail } tail && DroppedPrefix(index, h, tail) is { } prefix && Find(AliasKind.Prefix, prefix, customer) is { } drops)
        {
            h.Add(EvidenceCode.LearnedHabit, Habit, Describe(drops));
        }
    }

    private static string? DroppedPrefix(LedgerIndex index, Hypothesis h, MatchEvidence tail)
    {
        var end = AliasBook.AccountKey(tail.Detail);
        foreach (var part in h.Parts)
        {
            if (index.Item(part.Item).Number is { } number && AliasBook.AccountKey(number) is var full && full.Length > end.Length && full.EndsWith(end, StringComparison.Ordinal))
            {
                return full[..^end.Length];
            }
        }

        return null;
    }

    private LearnedAlias? Find(AliasKind kind, string key, CustomerId customer) => _active.GetValueOrDefault((kind, key, customer));

    private static string Describe(LearnedAlias alias) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{alias.Text}: {alias.Evidence.Count(e => e.IsFor)} confirmations, the last on {NodaTime.Text.LocalDatePattern.Iso.Format(alias.Evidence.Max(e => e.On))}");

    private static MatchAnswer Answer(LedgerIndex index, Hypothesis h) => new(
        h.Customer >= 0 ? index.Directory.Id(h.Customer) : null,
        h.Outcome,
        h.Parts.Select(p => new AnswerPart(index.Item(p.Item).Id, Amounts.ToMoney(p.Amount, index.Item(p.Item).Open.Currency), p.Kind, p.To >= 0 ? index.Item(p.To).Id : null)),
        h.Clears.Select(c => c.Id));
}
