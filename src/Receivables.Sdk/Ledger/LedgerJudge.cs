using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>Judges the movements of money in order of effective date, then recoveries before allocations before reversals and returns, then id.</summary>
/// <remarks>
/// Each movement sees what is open at its moment of that order, whatever the order of the lines. One that goes beyond it is left out, and told.
/// With an instant, only what was known then is judged, so that nothing recorded later changes what was true before.
/// </remarks>
internal sealed class LedgerJudge
{
    private readonly LedgerRowStore _rows;
    private readonly LedgerFaultList? _faults;
    private readonly long[] _left;
    private readonly bool[] _counts;
    private readonly bool[] _accepted;
    private readonly PostingList _postings;
    private readonly Dictionary<int, List<Undoing>> _undone = [];
    private readonly Dictionary<int, List<Undoing>> _returned = [];
    private readonly List<Movement> _movements = [];
    private readonly List<Outflow> _outflows = [];

    // The recoveries to judge, and what of the documents that they are of is written off and not recovered, as far as judged.
    private readonly List<(int Id, int Of)> _recoveries = [];
    private readonly Dictionary<int, long> _writtenOff = [];

    // The accepted allocations of the payments that the bank took back, as far as judged.
    private readonly Dictionary<int, List<int>> _allocationsOf = [];

    private readonly LedgerUndoings _undoings;

    private LedgerJudge(LedgerRowStore rows, LedgerUndoings undoings, LedgerFaultList? faults)
    {
        _rows = rows;
        _undoings = undoings;
        _faults = faults;
        _left = new long[rows.DocumentIds.Count];
        _counts = new bool[rows.DocumentIds.Count];
        _accepted = new bool[rows.AllocationIds.Count];
        _postings = new PostingList(rows.AllocationIds.Count * 2);
    }

    /// <summary>A reversal, refund or return, with the number of what it is about.</summary>
    private readonly record struct Movement(PlacedEvent Placed, int Day, int Subject)
    {
        internal int Rank => Placed.Event switch { AllocationReversed => 0, MoneyRefunded => 1, _ => 2 };

        // A return of all that is left comes after those that name an amount.
        internal decimal Size => Placed.Event switch { MoneyRefunded e => e.Amount, PaymentReturned e => e.Amount ?? decimal.MaxValue, _ => 0m };
    }

    /// <summary>Judges a ledger.</summary>
    /// <param name="rows">The resolved rows.</param>
    /// <param name="others">The resolved other events.</param>
    /// <param name="knownAt">Only what was known then; null is everything.</param>
    /// <param name="faults">Where faults go; null keeps silent.</param>
    internal static LedgerJudgement Judge(LedgerRowStore rows, IReadOnlyList<PlacedEvent> others, Instant? knownAt, LedgerFaultList? faults)
    {
        var undoings = new LedgerUndoings(rows, others, knownAt, faults);
        var judge = new LedgerJudge(rows, undoings, faults);
        judge.CountDocuments(knownAt);
        judge.Move(judge.InOrder(others, knownAt));
        return new LedgerJudgement(judge._counts.Length, judge._postings)
        {
            Counts = judge._counts,
            Accepted = judge._accepted,
            Undone = judge._undone,
            Returned = judge._returned,
            Outflows = judge._outflows,
            Undoings = undoings,
        };
    }

    private void CountDocuments(Instant? knownAt)
    {
        for (var id = 0; id < _counts.Length; id++)
        {
            ref readonly var row = ref _rows.Documents[id];
            if (row.State == RowState.Defined && (knownAt is not { } at || RowTime.IsKnown(row.Known, row.Issued, at)) && !_undoings.HasPayment(id))
            {
                _counts[id] = true;
                _left[id] = row.Minor;
                if (row.Kind == DocumentKind.Recovery)
                {
                    var of = _rows.DocumentIds.Find(_rows.DocumentExtras[id].RelatedTo!.Value.Value);
                    _recoveries.Add((id, of));
                    _writtenOff[of] = 0;
                }
            }
        }
    }

    // Allocations as their numbers, movements as the complements of theirs, recoveries after the last allocation; in order of judgement.
    private int[] InOrder(IReadOnlyList<PlacedEvent> others, Instant? knownAt)
    {
        CollectMovements(others, knownAt);
        var isTight = FindTight();
        var keys = new int[_accepted.Length + _movements.Count + _recoveries.Count];
        var items = new int[keys.Length];
        var count = 0;
        _recoveries.Sort((a, b) => _rows.DocumentIds.Compare(a.Id, b.Id));
        for (var i = 0; i < _recoveries.Count; i++)
        {
            keys[count] = RowTime.DayKey(_rows.Documents[_recoveries[i].Id].Issued) * 3;
            items[count++] = _accepted.Length + i;
        }

        for (var id = 0; id < _accepted.Length; id++)
        {
            ref readonly var row = ref _rows.Allocations[id];
            if (row.State == RowState.Defined && _counts[row.To] && (row.From < 0 || _counts[row.From])
                && (knownAt is not { } at || RowTime.IsKnown(row.Known, row.On, at)) && (_undoings.IsEmpty || !_undoings.HasAllocation(id)))
            {
                keys[count] = (row.Day * 3) + 1;
                items[count++] = id;
            }
        }

        for (var i = 0; i < _movements.Count; i++)
        {
            keys[count] = (_movements[i].Day * 3) + 2;
            items[count++] = ~i;
        }

        Array.Resize(ref items, count);
        SortByKey(keys.AsSpan(0, count), items);
        for (int from = 0, to; from < count; from = to)
        {
            for (to = from + 1; to < count && keys[to] == keys[from]; to++)
            {
            }

            if (to - from == 1)
            {
                continue;
            }

            if (items[from] < 0 || items[from] >= _accepted.Length)
            {
                items.AsSpan(from, to - from).Sort(items[from] < 0 ? CompareMovements : (a, b) => a - b);
                continue;
            }

            // Only where money may run short does the order of ids decide anything: sorting millions of others would find nothing.
            var tight = from;
            for (var i = from; i < to; i++)
            {
                ref readonly var row = ref _rows.Allocations[items[i]];
                if (isTight[row.To] || (row.From >= 0 && isTight[row.From]))
                {
                    (items[tight], items[i]) = (items[i], items[tight]);
                    tight++;
                }
            }

            items.AsSpan(from, tight - from).Sort(_rows.AllocationIds.Compare);
        }

        return items;
    }

    // There are few days and may be millions of items: then counting beats comparing.
    private static void SortByKey(Span<int> keys, Span<int> items)
    {
        int least = int.MaxValue, most = int.MinValue;
        foreach (var key in keys)
        {
            (least, most) = (Math.Min(least, key), Math.Max(most, key));
        }

        if (keys.Length < 64 || (most - least) / 4 > keys.Length)
        {
            keys.Sort(items);
            return;
        }

        var ends = new int[most - least + 1];
        foreach (var key in keys)
        {
            ends[key - least]++;
        }

        for (var i = 1; i < ends.Length; i++)
        {
            ends[i] += ends[i - 1];
        }

        var unsorted = items.ToArray();
        for (var i = keys.Length - 1; i >= 0; i--)
        {
            items[--ends[keys[i] - least]] = unsorted[i];
        }

        // What were ends are now starts.
        for (var i = 0; i < ends.Length; i++)
        {
            keys[ends[i]..(i + 1 < ends.Length ? ends[i + 1] : keys.Length)].Fill(least + i);
        }
    }

    // Whether a document could be asked for more than it has, in some order of what is done with it.
    private bool[] FindTight()
    {
        var isTight = new bool[_left.Length];
        var used = new long[_left.Length];
        foreach (var movement in _movements)
        {
            if (movement.Placed.Event is not AllocationReversed)
            {
                isTight[movement.Subject] = true;
            }
        }

        for (var id = 0; id < _accepted.Length; id++)
        {
            ref readonly var row = ref _rows.Allocations[id];
            if (row.State == RowState.Defined)
            {
                Use(row.To, row.Minor);
                if (row.From >= 0)
                {
                    Use(row.From, row.PaidMinor);
                }
            }
        }

        return isTight;

        void Use(int document, long minor)
        {
            if (minor < 0 || minor > _rows.Documents[document].Minor - used[document])
            {
                isTight[document] = true;
            }
            else
            {
                used[document] += minor;
            }
        }
    }

    private void CollectMovements(IReadOnlyList<PlacedEvent> others, Instant? knownAt)
    {
        foreach (var placed in others)
        {
            if ((knownAt is { } at && placed.Event.KnownFrom > at) || _undoings.Has(placed.Event))
            {
                continue;
            }

            switch (placed.Event)
            {
                case AllocationReversed e:
                    var allocation = _rows.AllocationIds.Find(e.Allocation.Value);
                    if (_undoings.HasAllocation(allocation))
                    {
                        break;
                    }

                    // Never before what it undoes: an allocation may count later than its own date.
                    _movements.Add(new Movement(placed, Math.Max(RowTime.DayKey(e.On), _rows.Allocations[allocation].Day), allocation));
                    break;
                case MoneyRefunded e:
                    AddMovement(placed, e.On, e.From);
                    break;
                case PaymentReturned e:
                    _allocationsOf.TryAdd(AddMovement(placed, e.On, e.Payment), []);
                    break;
            }
        }
    }

    private int AddMovement(PlacedEvent placed, LocalDate on, DocumentId document)
    {
        var id = _rows.DocumentIds.Find(document.Value);
        if (_counts[id])
        {
            _movements.Add(new Movement(placed, Math.Max(RowTime.DayKey(on), RowTime.DayKey(_rows.Documents[id].Issued)), id));
        }
        else if (_undoings.HasPayment(id))
        {
            Fault(LedgerCodes.WasUndone, "The payment was undone; what another transaction did with it must be undone first.", placed.Line);
        }

        return id;
    }

    private int CompareMovements(int a, int b)
    {
        Movement x = _movements[~a], y = _movements[~b];
        var byId = IdTable.CompareOrdinal(IdOf(x), IdOf(y));
        if (byId != 0)
        {
            return byId;
        }

        // Nothing of the file's order decides, but which of two equals is the first.
        var bySize = x.Rank != y.Rank ? x.Rank - y.Rank : x.Size.CompareTo(y.Size);
        return bySize != 0 ? bySize : x.Placed.Line - y.Placed.Line;
    }

    private ReadOnlySpan<byte> IdOf(Movement movement) =>
        movement.Placed.Event is AllocationReversed ? _rows.AllocationIds.Bytes(movement.Subject) : _rows.DocumentIds.Bytes(movement.Subject);

    private void Move(int[] items)
    {
        foreach (var item in items)
        {
            if (item >= _accepted.Length)
            {
                Recover(_recoveries[item - _accepted.Length]);
                continue;
            }

            if (item >= 0)
            {
                Allocate(item);
                continue;
            }

            var movement = _movements[~item];
            switch (movement.Placed.Event)
            {
                case AllocationReversed:
                    Reverse(movement);
                    break;
                case MoneyRefunded e:
                    Refund(movement, e.Amount);
                    break;
                case PaymentReturned e:
                    Return(movement, e.Amount);
                    break;
            }
        }
    }

    private void Recover((int Id, int Of) recovery)
    {
        ref readonly var row = ref _rows.Documents[recovery.Id];
        if (_counts[recovery.Of] && row.Minor <= _writtenOff[recovery.Of])
        {
            _writtenOff[recovery.Of] -= row.Minor;
            return;
        }

        (_counts[recovery.Id], _left[recovery.Id]) = (false, 0);
        Fault(LedgerCodes.BeyondWhatIsLeft, "The recovery is more than was written off on an earlier day and not yet recovered.", row.Line, row.Column);
    }

    private void Allocate(int id)
    {
        ref readonly var row = ref _rows.Allocations[id];
        ref readonly var to = ref _rows.Documents[row.To];
        if (!_counts[row.To])
        {
            Fault(LedgerCodes.NoSuchDocument, "A document of the allocation was left out.", row.Line);
            return;
        }

        if (row.Minor > _left[row.To])
        {
            Fault(LedgerCodes.BeyondWhatIsOpen, "The allocation is more than the document has open.", row.Line, row.Column);
            return;
        }

        if (row.Minor < 0 && _left[row.To] - row.Minor > to.Minor)
        {
            Fault(LedgerCodes.BeyondWhatIsOpen, "The exchange difference reopens more than was closed.", row.Line, row.Column);
            return;
        }

        if (row.From >= 0 && row.PaidMinor > _left[row.From])
        {
            Fault(LedgerCodes.BeyondWhatIsLeft, "The allocation is more than its payment or credit note has left.", row.Line, row.Column);
            return;
        }

        _accepted[id] = true;
        Post(row.To, row.Day, -row.Minor);
        CountWriteOff(row, row.Minor);
        if (row.From >= 0)
        {
            Post(row.From, row.Day, -row.PaidMinor);
            if (_allocationsOf.TryGetValue(row.From, out var list))
            {
                list.Add(id);
            }
        }
    }

    private void Reverse(Movement movement)
    {
        var id = movement.Subject;
        if (!_accepted[id])
        {
            // Left out itself, and told there; or, as far as known then, never made.
            Fault(LedgerCodes.NoSuchAllocation, "The allocation was left out.", movement.Placed.Line);
            return;
        }

        ref readonly var row = ref _rows.Allocations[id];
        var undone = LedgerJudgement.UndoneBy(_undone, id, int.MaxValue);
        var minor = row.Minor - undone.Minor;
        var paid = row.PaidMinor - undone.PaidMinor;
        if (minor == 0 && paid == 0)
        {
            Fault(LedgerCodes.ReversedTwice, "The allocation was undone before.", movement.Placed.Line);
            return;
        }

        if (-minor > _left[row.To])
        {
            Fault(LedgerCodes.BeyondWhatIsOpen, "Undoing the exchange difference closes more than the document has open.", movement.Placed.Line);
            return;
        }

        if (IsWriteOff(row) && _writtenOff.TryGetValue(row.To, out var left) && minor > left)
        {
            Fault(LedgerCodes.BeyondWhatIsLeft, "What of the write-off was recovered cannot be undone.", movement.Placed.Line);
            return;
        }

        Undo(id, movement, minor, paid);
        if (row.From >= 0)
        {
            Post(row.From, movement.Day, paid);
        }
    }

    private static bool IsWriteOff(in AllocationRow row) => row is { Kind: AllocationKind.WriteOff, From: < 0 };

    private void CountWriteOff(in AllocationRow row, long minor)
    {
        if (IsWriteOff(row) && _writtenOff.TryGetValue(row.To, out var known))
        {
            _writtenOff[row.To] = known + minor;
        }
    }

    private void Refund(Movement movement, decimal amount)
    {
        var minor = Minor(amount, movement.Subject);
        if (minor > _left[movement.Subject])
        {
            Fault(LedgerCodes.BeyondWhatIsLeft, "The refund is more than is unapplied.", movement.Placed.Line, movement.Placed.Column);
            return;
        }

        Post(movement.Subject, movement.Day, -minor);
        _outflows.Add(new Outflow(movement.Placed.Event, movement.Subject, movement.Day, minor));
    }

    private void Return(Movement movement, decimal? amount)
    {
        var payment = movement.Subject;
        var standing = new List<(int Id, long Paid)>();
        Int128 left = _left[payment];
        foreach (var id in _allocationsOf[payment])
        {
            var paid = _rows.Allocations[id].PaidMinor - LedgerJudgement.UndoneBy(_undone, id, int.MaxValue).PaidMinor;
            if (paid > 0)
            {
                standing.Add((id, paid));
                left += paid;
            }
        }

        var minor = amount is { } stated ? Minor(stated, payment) : (long)left;
        if (minor > left || minor == 0)
        {
            Fault(LedgerCodes.BeyondWhatIsLeft, "The return is more than is left of the payment.", movement.Placed.Line, movement.Placed.Column);
            return;
        }

        Record(_returned, payment, new Undoing(movement.Day, minor, minor));
        _outflows.Add(new Outflow(movement.Placed.Event, payment, movement.Day, minor));
        var unapplied = Math.Min(_left[payment], minor);
        if (unapplied > 0)
        {
            Post(payment, movement.Day, -unapplied);
        }

        TakeFromAllocations(standing, movement, minor - unapplied);
    }

    private void TakeFromAllocations(List<(int Id, long Paid)> standing, Movement movement, long rest)
    {
        standing.Sort((a, b) =>
        {
            var byDate = _rows.Allocations[b.Id].On.CompareTo(_rows.Allocations[a.Id].On);
            return byDate != 0 ? byDate : _rows.AllocationIds.Compare(b.Id, a.Id);
        });
        foreach (var (id, paid) in standing)
        {
            if (rest == 0)
            {
                break;
            }

            var taken = Math.Min(paid, rest);
            rest -= taken;
            ref readonly var row = ref _rows.Allocations[id];
            var closed = row.Minor - LedgerJudgement.UndoneBy(_undone, id, int.MaxValue).Minor;
            Undo(id, movement, taken == paid ? closed : Part(closed, taken, paid), taken);
        }
    }

    // The part of what an allocation closed that goes with a part of what it paid, a half away from zero, in whole minor units.
    private static long Part(long closed, long taken, long paid) => (long)((((Int128)closed * taken * 2) + paid) / ((Int128)paid * 2));

    private void Undo(int allocation, Movement movement, long minor, long paid)
    {
        Record(_undone, allocation, new Undoing(movement.Day, minor, paid, movement.Placed.Event));
        if (minor != 0)
        {
            Post(_rows.Allocations[allocation].To, movement.Day, minor);
            CountWriteOff(_rows.Allocations[allocation], -minor);
        }
    }

    private static void Record(Dictionary<int, List<Undoing>> map, int id, Undoing part)
    {
        if (!map.TryGetValue(id, out var parts))
        {
            map.Add(id, parts = []);
        }

        parts.Add(part);
    }

    private void Post(int document, int day, long minor)
    {
        _left[document] += minor;
        _postings.Add(document, day, minor);
    }

    private long Minor(decimal amount, int document) => decimal.ToInt64(amount * Money.PowerOfTen(_rows.Documents[document].Currency.MinorUnitDigits));

    private void Fault(string code, string message, int line, int column = 1) => _faults?.Error(code, message, line, column);
}
