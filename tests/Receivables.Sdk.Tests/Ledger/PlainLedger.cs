using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Tests.Ledger;

/// <summary>The slow, plain twin of the book: one list of changes, folded in the order of the contract, with decimals and dictionaries.</summary>
internal sealed class PlainLedger
{
    private readonly Dictionary<DocumentId, LedgerEvent> _documents = [];
    private readonly Dictionary<DocumentId, List<(LocalDate On, decimal Delta)>> _changes = [];
    private readonly List<(DocumentId Of, decimal Amount)> _recovered = [];
    private readonly Dictionary<AllocationId, (AllocationMade Made, decimal Amount, decimal Paid)> _standing = [];

    internal PlainLedger(IEnumerable<LedgerEvent> events, Instant? knownAt = null)
    {
        var all = events.OfType<AllocationMade>().GroupBy(a => a.Id).ToDictionary(g => g.Key, g => g.First());
        var known = WithoutUndone([.. events.Where(e => knownAt is null || e.KnownFrom <= knownAt)], all);
        foreach (var e in known)
        {
            var (id, amount) = e switch { DocumentIssued d => (d.Id, d.Amount), PaymentReceived p => (p.Id, p.Amount), _ => default };
            if (id != default && _documents.TryAdd(id, e))
            {
                _changes.Add(id, [(e.EffectiveDate, amount)]);
            }
        }

        var steps = known.Where(e => e is AllocationMade a ? ReferenceEquals(a, all[a.Id]) : e is AllocationReversed or MoneyRefunded or PaymentReturned || IsRecovery(e))
            .Select(e => (Event: e, On: On(e, all), Class: IsRecovery(e) ? -1 : e is AllocationMade ? 0 : 1, Id: Id(e), Rank: e is AllocationReversed ? 0 : e is MoneyRefunded ? 1 : 2));
        foreach (var step in steps.OrderBy(s => s.On).ThenBy(s => s.Class).ThenBy(s => s.Id, StringComparer.Ordinal).ThenBy(s => s.Rank)
            .ThenBy(s => s.Event switch { MoneyRefunded r => r.Amount, PaymentReturned r => r.Amount ?? decimal.MaxValue, _ => 0m }))
        {
            Apply(step.Event, step.On);
        }
    }

    // One undoing after the other takes its booking out of the list, and with a payment all that moved its money.
    private static List<LedgerEvent> WithoutUndone(List<LedgerEvent> known, Dictionary<AllocationId, AllocationMade> all)
    {
        var documents = known.Where(e => e is DocumentIssued or PaymentReceived).DistinctBy(e => e is DocumentIssued d ? d.Id : ((PaymentReceived)e).Id).ToList();
        foreach (var undo in known.OfType<BookingUndone>().OrderBy(u => u.KnownFrom).ToList())
        {
            var isCredit = documents.Exists(e => e is PaymentReceived p ? p.Id == undo.Document : e is DocumentIssued { Kind: DocumentKind.CreditNote } d && d.Id == undo.Document);
            if (!isCredit)
            {
                continue;
            }

            var booked = known.Where(e => e switch
            {
                PaymentCleared c => (c.Payment, c.Transaction) == (undo.Document, undo.Transaction),
                PaymentReturned r => (r.Payment, r.Transaction) == (undo.Document, undo.Transaction),
                MoneyRefunded r => (r.From, r.Transaction) == (undo.Document, undo.Transaction),
                _ => false,
            }).OrderBy(e => e.KnownFrom).ThenBy(e => e.EffectiveDate).ToList();
            var payment = documents.OfType<PaymentReceived>().FirstOrDefault(p => p.Id == undo.Document && p.Transaction == undo.Transaction);
            if (booked.Count == 0 && (payment is null || !known.Contains(payment)))
            {
                continue;
            }

            var gone = undo.Allocations.ToHashSet();
            if (booked.Count > 0)
            {
                var last = booked.LastOrDefault(e => e.KnownFrom <= undo.KnownFrom) ?? booked[0];
                known.RemoveAt(known.FindIndex(e => ReferenceEquals(e, last)));
            }
            else
            {
                gone.UnionWith(all.Values.Where(a => a.From == undo.Document).Select(a => a.Id));
                known.RemoveAll(e => ReferenceEquals(e, payment));
            }

            known.RemoveAll(e => e switch { AllocationMade a => gone.Contains(a.Id), AllocationReversed r => gone.Contains(r.Allocation), _ => false });
        }

        return known;
    }

    internal IEnumerable<DocumentId> Documents => _documents.Keys;

    internal decimal Open(DocumentId id, LocalDate asOf) => _changes.TryGetValue(id, out var changes) ? changes.Where(c => c.On <= asOf).Sum(c => c.Delta) : 0m;

    private decimal Now(DocumentId id) => Open(id, LocalDate.MaxIsoValue);

    private LocalDate On(LedgerEvent e, Dictionary<AllocationId, AllocationMade> all) => e switch
    {
        AllocationMade a => new[] { a.On, Effective(a.To), a.From is { } from ? Effective(from) : a.On }.Max(),
        AllocationReversed r => all.TryGetValue(r.Allocation, out var a) && On(a, all) > r.On ? On(a, all) : r.On,
        MoneyRefunded r => r.On > Effective(r.From) ? r.On : Effective(r.From),
        PaymentReturned r => r.On > Effective(r.Payment) ? r.On : Effective(r.Payment),
        _ => e.EffectiveDate,
    };

    private LocalDate Effective(DocumentId id) => _documents.TryGetValue(id, out var d) ? d.EffectiveDate : LocalDate.MinIsoValue;

    private static string Id(LedgerEvent e) => e switch
    {
        AllocationMade a => a.Id.Value,
        AllocationReversed r => r.Allocation.Value,
        MoneyRefunded r => r.From.Value,
        PaymentReturned r => r.Payment.Value,
        DocumentIssued d => d.Id.Value,
        _ => "",
    };

    private static bool IsRecovery(LedgerEvent e) => e is DocumentIssued { Kind: DocumentKind.Recovery };

    private static bool IsWriteOff(AllocationMade a) => a is { Kind: AllocationKind.WriteOff, From: null };

    private decimal WrittenOff(DocumentId of) =>
        _standing.Values.Where(s => s.Made.To == of && IsWriteOff(s.Made)).Sum(s => s.Amount) - _recovered.Where(r => r.Of == of).Sum(r => r.Amount);

    private Currency CurrencyOf(DocumentId id) => _documents[id] switch { DocumentIssued d => d.Currency ?? Currency.EUR, PaymentReceived p => p.Currency ?? Currency.EUR, _ => default };

    private bool IsCredit(DocumentId id) => _documents.GetValueOrDefault(id) is PaymentReceived or DocumentIssued { Kind: DocumentKind.CreditNote };

    private void Apply(LedgerEvent e, LocalDate on)
    {
        switch (e)
        {
            case DocumentIssued d when !_documents.ContainsKey(d.RelatedTo!.Value) || d.Amount > WrittenOff(d.RelatedTo.Value):
                _documents.Remove(d.Id);
                _changes.Remove(d.Id);
                break;
            case DocumentIssued d:
                _recovered.Add((d.RelatedTo!.Value, d.Amount));
                break;
            case AllocationMade a:
                Allocate(a, on);
                break;
            case AllocationReversed r when _standing.TryGetValue(r.Allocation, out var s) && (s.Amount != 0m || s.Paid != 0m):
                var isRecovered = IsWriteOff(s.Made) && _recovered.Exists(r => r.Of == s.Made.To) && s.Amount > WrittenOff(s.Made.To);
                if (Now(s.Made.To) + s.Amount >= 0m && !isRecovered)
                {
                    _standing[r.Allocation] = (s.Made, 0m, 0m);
                    _changes[s.Made.To].Add((on, s.Amount));
                    if (s.Made.From is { } from)
                    {
                        _changes[from].Add((on, s.Paid));
                    }
                }

                break;
            case MoneyRefunded r when IsCredit(r.From) && r.Amount <= Now(r.From):
                _changes[r.From].Add((on, -r.Amount));
                break;
            case PaymentReturned r when _documents.GetValueOrDefault(r.Payment) is PaymentReceived:
                Return(r, on);
                break;
        }
    }

    private void Allocate(AllocationMade a, LocalDate on)
    {
        if (_documents.GetValueOrDefault(a.To) is not DocumentIssued { Amount: var whole } || (a.From is { } f && !_documents.ContainsKey(f)) || IsCredit(a.To) || (a.From is { } g && !IsCredit(g)))
        {
            return;
        }

        var paid = 0m;
        if (a.From is { } from)
        {
            paid = a.Amount;
            if (CurrencyOf(from) != CurrencyOf(a.To))
            {
                if (a.Paid is null || a.Rate is null || Math.Abs((a.Amount * a.Rate.Value) - a.Paid.Value) > Money.FromMinorUnits(1, CurrencyOf(from)).Amount)
                {
                    return;
                }

                paid = a.Paid.Value;
            }

            if (paid > Now(from))
            {
                return;
            }
        }

        if ((a.Amount <= 0m && a.Kind != AllocationKind.Fx) || a.Amount > Now(a.To) || (a.Amount < 0m && Now(a.To) - a.Amount > whole))
        {
            return;
        }

        _standing.Add(a.Id, (a, a.Amount, paid));
        _changes[a.To].Add((on, -a.Amount));
        if (a.From is { } source)
        {
            _changes[source].Add((on, -paid));
        }
    }

    private void Return(PaymentReturned r, LocalDate on)
    {
        var mine = _standing.Values.Where(s => s.Made.From == r.Payment && s.Paid > 0m)
            .OrderByDescending(s => s.Made.On).ThenByDescending(s => s.Made.Id.Value, StringComparer.Ordinal).ToList();
        var unapplied = Now(r.Payment);
        var left = unapplied + mine.Sum(s => s.Paid);
        var rest = r.Amount ?? left;
        if (rest > left || rest == 0m)
        {
            return;
        }

        var first = Math.Min(unapplied, rest);
        _changes[r.Payment].Add((on, -first));
        rest -= first;
        foreach (var s in mine)
        {
            var taken = Math.Min(rest, s.Paid);
            var reopened = taken == s.Paid ? s.Amount : new Money(s.Amount * taken / s.Paid, CurrencyOf(s.Made.To)).RoundToMinorUnits().Amount;
            _standing[s.Made.Id] = (s.Made, s.Amount - reopened, s.Paid - taken);
            _changes[s.Made.To].Add((on, reopened));
            rest -= taken;
        }
    }
}
