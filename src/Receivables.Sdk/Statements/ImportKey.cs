namespace Receivables.Sdk.Statements;

/// <summary>What an <see cref="ImportKey"/> stands on.</summary>
public enum ImportKeyKind
{
    /// <summary>The bank's own reference of the transaction, where it can be trusted to be unique: known means known.</summary>
    Bank,

    /// <summary>Account, booking date, amount, currency and count, whatever the format: known means ask.</summary>
    FormatIndependent,
}

/// <summary>A further key under which a transaction may be known.</summary>
/// <param name="Kind">What it stands on.</param>
/// <param name="Value">The key; it begins with the scheme number and the kind, <c>1b-…</c> or <c>1f-…</c>.</param>
public readonly record struct ImportKey(ImportKeyKind Kind, string Value)
{
    /// <summary>The key.</summary>
    public override string ToString() => Value;
}
