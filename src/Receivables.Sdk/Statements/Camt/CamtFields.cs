namespace Receivables.Sdk.Statements.Camt;

/// <summary>Finds the fields of a group in a record: of each kind the first.</summary>
internal sealed class CamtFields
{
    private readonly int[] _first = new int[(int)CamtField.Count];
    private CamtRecord _record = new();
    private (int From, int To) _range;

    /// <summary>Begins anew.</summary>
    internal void Clear(CamtRecord record)
    {
        _record = record;
        _range = default;
        Array.Clear(_first);
    }

    /// <summary>Begins anew with a range of a record.</summary>
    internal void Set(CamtRecord record, int from, int to)
    {
        Clear(record);
        _range = (from, to);
        var items = record.Items;
        for (var i = to - 1; i >= from; i--)
        {
            _first[(int)items[i].Field] = i + 1;
        }
    }

    /// <summary>Adds the fields of a range of a record.</summary>
    internal void Add(int from, int to)
    {
        var items = _record.Items;
        _range = (from, to);
        for (var i = from; i < to; i++)
        {
            ref var first = ref _first[(int)items[i].Field];
            first = first == 0 ? i + 1 : first;
        }
    }

    /// <summary>Whether there is such a field.</summary>
    internal bool Has(CamtField field) => _first[(int)field] != 0;

    /// <summary>Whether there is any of some fields.</summary>
    internal bool HasAny(CamtField first, CamtField last) => _first.AsSpan((int)first, last - first + 1).ContainsAnyExcept(0);

    /// <summary>The bytes of all fields of some kinds; false when others stand between them.</summary>
    internal bool TryBlock(CamtField first, CamtField last, out ReadOnlySpan<byte> block)
    {
        var (from, to) = (int.MaxValue, 0);
        foreach (var at in _first.AsSpan((int)first, last - first + 1))
        {
            from = at > 0 && at <= from ? at - 1 : from;
            to = Math.Max(to, at);
        }

        block = default;
        if (to == 0)
        {
            return true;
        }

        // Lines of an address are several.
        var items = _record.Items;
        while (to < _range.To && items[to].Field >= first && items[to].Field <= last)
        {
            to++;
        }

        for (var i = from; i < to; i++)
        {
            if (items[i].Field < first || items[i].Field > last)
            {
                return false;
            }
        }

        block = _record.Block(from, to);
        return true;
    }

    /// <summary>The place of the field in the record; -1 when there is none.</summary>
    internal int IndexOf(CamtField field) => _first[(int)field] - 1;

    /// <summary>The place in the record of the first of two fields; -1 when there is neither.</summary>
    internal int FirstOf(CamtField one, CamtField other)
    {
        var (first, second) = (IndexOf(one), IndexOf(other));
        return first < 0 || (second >= 0 && second < first) ? second : first;
    }

    /// <summary>The lines of a party's address in the order of the source: they stand together.</summary>
    /// <param name="side">What lies between the debtor's fields and this party's.</param>
    internal ReadOnlySpan<CamtRecord.Item> Address(byte side)
    {
        var from = FirstOf(CamtField.DebtorAddress + side, CamtField.DebtorAddressMore + side);
        if (from < 0)
        {
            return default;
        }

        var to = from + 1;
        while (to < _range.To && (_record.Items[to].Field == CamtField.DebtorAddress + side || _record.Items[to].Field == CamtField.DebtorAddressMore + side))
        {
            to++;
        }

        return _record.Items[from..to];
    }

    /// <summary>The bytes of one of them.</summary>
    internal ReadOnlySpan<byte> Bytes(scoped in CamtRecord.Item item) => _record.Bytes(item);

    /// <summary>The text of a field; empty when there is none.</summary>
    internal ReadOnlySpan<byte> this[CamtField field] => _first[(int)field] is > 0 and var at ? _record.Bytes(_record.Items[at - 1]) : default;
}
