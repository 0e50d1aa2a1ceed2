using System.Globalization;
using System.Text;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>A part of an answer that a person judged.</summary>
/// <param name="Document">The document that is closed; for <see cref="AllocationKind.Credit"/> the credit note that is netted in.</param>
/// <param name="Amount">How much, in the document's currency.</param>
/// <param name="Kind">What it does.</param>
/// <param name="To">For <see cref="AllocationKind.Credit"/> the invoice that the credit note settles.</param>
public sealed record AnswerPart(DocumentId Document, Money Amount, AllocationKind Kind, DocumentId? To = null);

/// <summary>What an answer would post, without its reasons: what a person confirms or turns down.</summary>
/// <remarks>Two answers are equal when they post the same, in whatever order. Immutable and safe to share between threads.</remarks>
public sealed class MatchAnswer : IEquatable<MatchAnswer>
{
    private readonly string _key;

    /// <summary>An answer.</summary>
    /// <param name="customer">Whose account is settled; null for nobody's.</param>
    /// <param name="outcome">How the money relates to what was open.</param>
    /// <param name="parts">What is closed.</param>
    /// <param name="others">For clearings and returns the payments, for refunds what is paid back.</param>
    /// <exception cref="ArgumentNullException"><paramref name="parts"/> is null.</exception>
    public MatchAnswer(CustomerId? customer, MatchOutcome outcome, IEnumerable<AnswerPart> parts, IEnumerable<DocumentId>? others = null)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Customer = customer;
        Outcome = outcome;
        Parts = [.. parts.OrderBy(p => p.Document).ThenBy(p => p.Kind).ThenBy(p => p.To?.Value, StringComparer.Ordinal).ThenBy(p => p.Amount.Amount)];
        Others = [.. (others ?? []).Order()];
        _key = Key();
    }

    /// <summary>Whose account is settled; null for nobody's.</summary>
    public CustomerId? Customer { get; }

    /// <summary>How the money relates to what was open.</summary>
    public MatchOutcome Outcome { get; }

    /// <summary>What is closed, by document.</summary>
    public IReadOnlyList<AnswerPart> Parts { get; }

    /// <summary>For clearings and returns the payments, for refunds what is paid back; by id.</summary>
    public IReadOnlyList<DocumentId> Others { get; }

    /// <summary>What an answer of the matcher would post.</summary>
    /// <param name="result">The answer.</param>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is null.</exception>
    public static MatchAnswer Of(MatchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new MatchAnswer(result.Customer, result.Outcome, Of(result.Allocations), result.Clears.Concat(result.Reverses).Concat(result.Refunds.Select(r => r.From)));
    }

    /// <summary>What an alternative would post.</summary>
    /// <param name="alternative">The alternative.</param>
    /// <exception cref="ArgumentNullException"><paramref name="alternative"/> is null.</exception>
    public static MatchAnswer Of(MatchAlternative alternative)
    {
        ArgumentNullException.ThrowIfNull(alternative);
        return new MatchAnswer(alternative.Customer, alternative.Outcome, Of(alternative.Allocations));
    }

    /// <inheritdoc/>
    public bool Equals(MatchAnswer? other) => other is not null && _key == other._key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MatchAnswer);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    /// <summary>Customer, outcome and parts in one line, for a person.</summary>
    public override string ToString() => _key;

    private static IEnumerable<AnswerPart> Of(IReadOnlyList<MatchAllocation> allocations) => allocations.Select(a => new AnswerPart(a.Document, a.Amount, a.Kind, a.To));

    // Lengths stand before ids, so that no id can look like two.
    private string Key()
    {
        var key = new StringBuilder();
        Append(key, Customer?.Value);
        key.Append(MatchCodes.Of(Outcome));
        foreach (var part in Parts)
        {
            key.Append(' ');
            Append(key, part.Document.Value);
            Append(key, part.To?.Value);
            key.Append(CultureInfo.InvariantCulture, $"{MatchCodes.Of(part.Kind)} {part.Amount.ToAmountString()} {part.Amount.Currency.Code}");
        }

        foreach (var other in Others)
        {
            key.Append(' ');
            Append(key, other.Value);
        }

        return key.ToString();
    }

    private static void Append(StringBuilder key, string? id) => key.Append(CultureInfo.InvariantCulture, $"{id?.Length ?? 0}:{id} ");
}
