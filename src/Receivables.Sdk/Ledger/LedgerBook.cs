using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>A ledger made from its events: what is open of every document, at any date, as it was known at any instant.</summary>
/// <remarks>
/// <para>The events may come in any order. Validity is judged in order of effective date, then documents before allocations before reversals and
/// returns, then id; so the result does not depend on the order of events that are free of faults. What is at fault is left out and told in
/// <see cref="Faults"/>.</para>
/// <para>Events recorded after the instant asked for change nothing: validity is judged anew from what was known then.</para>
/// <para>Immutable and safe to share between threads.</para>
/// </remarks>
public sealed class LedgerBook
{
    private readonly LedgerRowStore _rows;
    private readonly LedgerResolver _resolved;
    private readonly LedgerJudgement _judgement;
    private KnownJudgement? _known;

    internal LedgerBook(LedgerRowStore rows)
    {
        _rows = rows;
        rows.Close();
        _resolved = new LedgerResolver(rows);
        _resolved.Resolve();
        _judgement = LedgerJudge.Judge(rows, _resolved.Others, null, rows.Faults);
        _ = new CustomerMerges(rows, _resolved.Others, null, rows.Faults);
        Faults = rows.Faults.InOrder();
    }

    /// <summary>What was found wrong, in order of line; the lines are positions among the events, from 1, or the lines of the file.</summary>
    public IReadOnlyList<LedgerFault> Faults { get; }

    /// <summary>How many documents and payments count.</summary>
    public int DocumentCount => _judgement.Counts.Count(c => c);

    /// <summary>How many allocations were accepted.</summary>
    public int AllocationCount => _judgement.Accepted.Count(a => a);

    /// <summary>The numbers that stand on documents, whatever their date; upper and lower case are one. For telling that a number is used twice.</summary>
    public IReadOnlySet<string> Numbers
    {
        get
        {
            var numbers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            for (var id = 0; id < _judgement.Counts.Length; id++)
            {
                if (_judgement.Counts[id] && _rows.Documents[id].Kind != DocumentKind.Payment && _rows.Pool.Text(_rows.Documents[id].Number) is { Length: > 0 } number)
                {
                    numbers.Add(number);
                }
            }

            return numbers;
        }
    }

    /// <summary>Makes a book.</summary>
    /// <param name="events">The events, in any order; one with a value that no line of a ledger file may have is a fault, too.</param>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">A <see cref="DocumentIssued"/> says that it is a payment.</exception>
    public static LedgerBook Create(IEnumerable<LedgerEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var rows = new LedgerRowStore();
        var line = 0;
        foreach (var item in events)
        {
            ArgumentNullException.ThrowIfNull(item, nameof(events));
            line++;
            if (EventRules.Check(item) is var (code, message))
            {
                rows.Faults.Error(code, message, line, 1);
                continue;
            }

            rows.Add(item, line);
        }

        return new LedgerBook(rows);
    }

    /// <summary>Whether a document or payment counts in this ledger at all.</summary>
    public bool Contains(DocumentId document) => _rows.DocumentIds.Find(document.Value) is >= 0 and var id && _judgement.Counts[id];

    /// <summary>What is open of a document, or unapplied of a payment or credit note.</summary>
    /// <param name="document">The document or payment.</param>
    /// <param name="asOf">Everything effective on or before this date.</param>
    /// <param name="knownAt">Everything recorded at or before this instant; null is everything.</param>
    /// <returns>Zero or above for both sides; zero before the document's own date, and for one not known then.</returns>
    /// <exception cref="KeyNotFoundException">The ledger has no such document.</exception>
    public Money Open(DocumentId document, LocalDate asOf, Instant? knownAt = null)
    {
        var id = _rows.DocumentIds.Find(document.Value);
        var judgement = At(knownAt);
        // A recovery may have been lawful as far as was known then, and not as far as is known now.
        if (id < 0 || !(_judgement.Counts[id] || judgement.Counts[id]))
        {
            throw new KeyNotFoundException("The ledger has no such document.");
        }

        ref readonly var row = ref _rows.Documents[id];
        return judgement.Counts[id] && row.Issued <= asOf
            ? Money.FromMinorUnits(judgement.Open(id, row.Minor, RowTime.DayKey(asOf)), row.Currency)
            : Money.Zero(row.Currency);
    }

    /// <summary>Everything that matching, aging and reminders run on, at one moment.</summary>
    /// <param name="asOf">Everything effective on or before this date.</param>
    /// <param name="knownAt">Everything recorded at or before this instant; null is everything.</param>
    public LedgerSnapshot Snapshot(LocalDate asOf, Instant? knownAt = null) =>
        new LedgerSnapshotBuilder(_rows, _resolved, At(knownAt), asOf, knownAt).Build();

    private LedgerJudgement At(Instant? knownAt)
    {
        if (knownAt is not { } at)
        {
            return _judgement;
        }

        // The last one is kept: reports ask for many items at one instant. Replaced as a whole, so readers on other threads see either.
        var known = Volatile.Read(ref _known);
        if (known is null || known.At != at)
        {
            known = new KnownJudgement(at, LedgerJudge.Judge(_rows, _resolved.Others, at, null));
            Volatile.Write(ref _known, known);
        }

        return known.Judgement;
    }

    private sealed record KnownJudgement(Instant At, LedgerJudgement Judgement);
}
