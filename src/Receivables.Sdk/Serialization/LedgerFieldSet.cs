namespace Receivables.Sdk.Serialization;

/// <summary>A set of fields of the ledger file, a bit each. Two words, because there are more fields than bits in one; those of lines of which files have millions stand in the first.</summary>
internal struct LedgerFieldSet : IEquatable<LedgerFieldSet>
{
    private ulong _first;
    private ulong _second;

    internal LedgerFieldSet(params ReadOnlySpan<LedgerField> fields)
    {
        foreach (var field in fields)
        {
            Add(field);
        }
    }

    /// <summary>How many fields a set can hold.</summary>
    internal static int Capacity => 128;

    internal readonly bool IsEmpty => (_first | _second) == 0;

    // A shift takes its count modulo 64.
    internal readonly bool Has(LedgerField field) => (((int)field < 64 ? _first : _second) & (1UL << (int)field)) != 0;

    internal void Add(LedgerField field)
    {
        if ((int)field < 64)
        {
            _first |= 1UL << (int)field;
        }
        else
        {
            _second |= 1UL << (int)field;
        }
    }

    /// <summary>The fields of this set that are not in another.</summary>
    internal readonly LedgerFieldSet Without(in LedgerFieldSet other) => new() { _first = _first & ~other._first, _second = _second & ~other._second };

    /// <inheritdoc/>
    public readonly bool Equals(LedgerFieldSet other) => (_first, _second) == (other._first, other._second);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is LedgerFieldSet other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(_first, _second);
}
