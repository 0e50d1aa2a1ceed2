namespace Receivables.Sdk;

/// <summary>The import key of a bank transaction.</summary>
/// <remarks>Any text but the empty one names a transaction; ids are compared ordinally. <c>default</c> is empty and names none. Immutable and safe to share between threads.</remarks>
public readonly record struct TransactionId : IComparable<TransactionId>
{
    private readonly string? _value;

    /// <summary>An id.</summary>
    /// <param name="value">The text of the id.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or empty.</exception>
    public TransactionId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The text of the id; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Orders by text, ordinal.</summary>
    public int CompareTo(TransactionId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The text of the id.</summary>
    public override string ToString() => Value;

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(TransactionId left, TransactionId right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(TransactionId left, TransactionId right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/> or is equal.</summary>
    public static bool operator <=(TransactionId left, TransactionId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/> or is equal.</summary>
    public static bool operator >=(TransactionId left, TransactionId right) => left.CompareTo(right) >= 0;
}
