using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>What a host's own evidence says of a candidate.</summary>
/// <param name="Bits">How much likelier the evidence is if the candidate is right, as a base-2 logarithm: 3 is eight times. Beyond ±20 it counts as ±20.</param>
/// <param name="Detail">Why, for a person; it stands in the explanation.</param>
public sealed record MatchSignal(decimal Bits, string Detail);

/// <summary>A host's own evidence for or against a candidate: an announced payment, a note of a call, a portal's record.</summary>
/// <remarks>
/// It is one term among others and named in the explanation (<see cref="EvidenceCode.Signal"/>); the guards on automatic answers stay, so it can never make an answer on the amount alone automatic.
/// An implementation must be pure, quick and safe to call from several threads: the same question must have the same answer, or answers would depend on their order.
/// </remarks>
public interface IMatchSignal
{
    /// <summary>Weighs a candidate.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="candidate">What it might pay.</param>
    /// <returns>The evidence; null for none.</returns>
    MatchSignal? Weigh(BankTransaction transaction, MatchAnswer candidate);
}
