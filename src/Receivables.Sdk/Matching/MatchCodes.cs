using System.Text.Json;

namespace Receivables.Sdk.Matching;

/// <summary>The stable words for decisions, outcomes and evidence in files: the names of the enumerations in camel case.</summary>
public static class MatchCodes
{
    /// <summary>The word for a decision.</summary>
    public static string Of(MatchDecision decision) => JsonNamingPolicy.CamelCase.ConvertName(decision.ToString());

    /// <summary>The word for an outcome.</summary>
    public static string Of(MatchOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());

    /// <summary>The word for a piece of evidence.</summary>
    public static string Of(EvidenceCode code) => JsonNamingPolicy.CamelCase.ConvertName(code.ToString());

    /// <summary>The word for a kind of thing learnt.</summary>
    public static string Of(AliasKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>The word for a kind of allocation.</summary>
    public static string Of(Ledger.AllocationKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
