using System.Collections.Immutable;
using NodaTime;

namespace Receivables.Sdk.Matching;

/// <summary>What kind of thing was learnt.</summary>
public enum AliasKind
{
    /// <summary>An account pays for a customer.</summary>
    Account,

    /// <summary>A name pays for a customer.</summary>
    Name,

    /// <summary>A customer pays for another.</summary>
    PaysFor,

    /// <summary>A customer leaves the start of our numbers out.</summary>
    Prefix,

    /// <summary>A customer takes cash discounts late, and is let.</summary>
    Discount,
}

/// <summary>A statement that something learnt rests on, or that speaks against it.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="On">When it was said.</param>
/// <param name="By">Who said it.</param>
/// <param name="IsFor">Whether it speaks for it; what speaks against counts double.</param>
public sealed record AliasEvidence(TransactionId Transaction, LocalDate On, string? By, bool IsFor);

/// <summary>Something learnt, with what it rests on.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record LearnedAlias
{
    /// <summary>Its id, by which it is revoked: made of kind, key and customer.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of thing.</summary>
    public required AliasKind Kind { get; init; }

    /// <summary>The account without separators, the folded name, the paying customer's id, or the part of numbers left out; empty for a discount habit.</summary>
    public required string Key { get; init; }

    /// <summary>The account or name as the bank last gave it; the key for the other kinds.</summary>
    public required string Text { get; init; }

    /// <summary>The customer it leads to, or whose habit it is.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>What it rests on, in the order of the log.</summary>
    public required ImmutableArray<AliasEvidence> Evidence { get; init; }

    /// <summary>For a discount habit the most days that were let pass; else 0.</summary>
    public int Days { get; init; }

    /// <summary>How many fresh confirmations it is worth on the day asked for, in thousandths; less than nothing where more speaks against it.</summary>
    public required int Strength { get; init; }

    /// <summary>Whether the matcher uses it on the day asked for.</summary>
    public required bool IsActive { get; init; }
}
