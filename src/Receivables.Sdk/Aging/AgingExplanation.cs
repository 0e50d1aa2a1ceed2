using System.Collections.Immutable;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Aging;

/// <summary>A change between two reports and the events that made it.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
/// <param name="Change">The change.</param>
/// <param name="Events">
/// What counts in one of the two reports and not in the other, and concerns the item; in the order given. Where no such event concerns the item itself, those
/// of the documents that it is joined with: an allocation counts once both sides are there, a recovery while its write-off stands. Empty where time alone
/// has moved the item, and, with
/// <see cref="UnappliedTreatment.NettedOldestFirst"/>, where credit of the same customer was netted elsewhere.
/// </param>
public sealed record AgingExplanation(AgingChange Change, ImmutableArray<LedgerEvent> Events);

/// <summary>Finds the events behind changes: those that one report counts and the other does not.</summary>
internal sealed class ChangeCauses
{
    private readonly Dictionary<DocumentId, LedgerEvent> _documents = [];
    private readonly Dictionary<AllocationId, AllocationMade> _allocations = [];
    private readonly Dictionary<DocumentId, List<DocumentId>> _joined = [];
    private readonly Dictionary<CustomerId, List<DocumentId>> _accounts = [];
    private readonly Dictionary<CustomerId, List<CustomerId>> _merged = [];
    private readonly Dictionary<DocumentId, List<LedgerEvent>> _causes = [];

    internal ChangeCauses(AgingReport before, AgingReport after, IReadOnlyList<LedgerEvent> events)
    {
        foreach (var item in events)
        {
            Link(item);
        }

        foreach (var item in events.Where(e => StageIn(before, e) != StageIn(after, e)))
        {
            foreach (var document in Concerned(item).Distinct())
            {
                ListAt(_causes, document).Add(item);
            }
        }
    }

    internal AgingExplanation Explain(AgingChange change) =>
        new(change, _causes.TryGetValue(change.Document, out var direct) ? [.. direct] : change.Kind == AgingChangeKind.Column ? [] : Nearest(change.Document));

    // 0 does not count, 1 counts, 2 is over: a dispute may carry the day on which it ended.
    // An allocation counts once both its sides do, whatever its own date; what was undone never counted, whatever the day on which it was.
    private int StageIn(AgingReport report, LedgerEvent item) =>
        (item.EffectiveDate > report.AsOf && item is not BookingUndone) || (report.KnownAt is { } known && item.KnownFrom > known) ? 0
        : item switch
        {
            AllocationMade e => Math.Min(StageOf(report, e.To), e.From is { } from ? StageOf(report, from) : 1),
            AllocationReversed e => _allocations.TryGetValue(e.Allocation, out var undone) ? StageIn(report, undone) : 1,
            DisputeOpened { Resolved: { } resolved } when resolved <= report.AsOf => 2,
            _ => 1,
        };

    private int StageOf(AgingReport report, DocumentId document) => _documents.TryGetValue(document, out var made) ? StageIn(report, made) : 0;

    private static List<T> ListAt<TKey, T>(Dictionary<TKey, List<T>> map, TKey key)
        where TKey : notnull => map.TryGetValue(key, out var list) ? list : map[key] = [];

    // An undoing names the allocation, a customer's record nobody's document: what they reach is linked first.
    private void Link(LedgerEvent item)
    {
        switch (item)
        {
            case AllocationMade e:
                _allocations.TryAdd(e.Id, e);
                if (e.From is { } from)
                {
                    Join(from, e.To);
                }

                break;
            case DocumentIssued e:
                _documents.TryAdd(e.Id, e);
                ListAt(_accounts, e.Customer).Add(e.Id);
                if (e is { Kind: DocumentKind.Recovery, RelatedTo: { } writtenOff })
                {
                    Join(e.Id, writtenOff);
                }

                break;
            case CustomersMerged e:
                ListAt(_merged, e.Customer).Add(e.Into);
                ListAt(_merged, e.Into).Add(e.Customer);
                break;
            case PaymentReceived e:
                _documents.TryAdd(e.Id, e);
                if (e.Customer is { } payer)
                {
                    ListAt(_accounts, payer).Add(e.Id);
                }

                break;
        }
    }

    private void Join(DocumentId one, DocumentId other)
    {
        ListAt(_joined, one).Add(other);
        ListAt(_joined, other).Add(one);
    }

    private IEnumerable<DocumentId> Concerned(LedgerEvent item) => item switch
    {
        DocumentIssued e => [e.Id],
        PaymentReceived e => [e.Id],
        AllocationMade e => e.From is { } from ? [e.To, from] : [e.To],
        AllocationReversed e => _allocations.TryGetValue(e.Allocation, out var undone) ? Concerned(undone) : [],
        PaymentReturned e => [e.Payment, .. _joined.GetValueOrDefault(e.Payment) ?? []],
        PaymentCleared e => [e.Payment],
        MoneyRefunded e => [e.From],
        DisputeOpened e => [e.Invoice],
        BookingUndone e => [e.Document, .. _joined.GetValueOrDefault(e.Document) ?? [], .. e.Allocations.SelectMany(a => _allocations.TryGetValue(a, out var gone) ? Concerned(gone) : [])],
        DisputePartlyAccepted e => [e.Invoice],
        DisputeResolved e => [e.Invoice],
        CustomerRecorded e => AccountOf(e.Customer.Id),
        CustomerChanged e => AccountOf(e.Customer.Id),
        CustomersMerged e => AccountOf(e.Customer),
        MergeUndone e => AccountOf(e.Customer),
        _ => [],
    };

    // A merge moves what came by earlier merges, too, and may stand or fall with them.
    private IEnumerable<DocumentId> AccountOf(CustomerId customer)
    {
        var seen = new HashSet<CustomerId> { customer };
        var open = new Queue<CustomerId>(seen);
        while (open.TryDequeue(out var next))
        {
            foreach (var document in _accounts.GetValueOrDefault(next) ?? [])
            {
                yield return document;
            }

            foreach (var other in (_merged.GetValueOrDefault(next) ?? []).Where(seen.Add))
            {
                open.Enqueue(other);
            }
        }
    }

    // What happened to a document may let an allocation of its neighbour stand or fall, and so on from neighbour to neighbour: the first ring that has events tells.
    private ImmutableArray<LedgerEvent> Nearest(DocumentId document)
    {
        var seen = new HashSet<DocumentId> { document };
        List<DocumentId> ring = [document];
        while (ring.Count > 0)
        {
            ring = [.. ring.SelectMany(d => _joined.GetValueOrDefault(d) ?? []).Where(seen.Add)];
            var found = ring.SelectMany(d => _causes.GetValueOrDefault(d) ?? []).Distinct().ToImmutableArray();
            if (!found.IsEmpty)
            {
                return found;
            }
        }

        return [];
    }
}
