using System.Collections.Immutable;
using NodaTime;

namespace Receivables.Sdk.Reporting;

/// <summary>A difference that a person has looked at and explained.</summary>
/// <param name="Key">The key of the line.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why it may stand.</param>
public sealed record ReconciliationException(string Key, string By, string Reason);

/// <summary>Why a period was not signed off.</summary>
public enum SignOffRefusal
{
    /// <summary>A difference has no explanation.</summary>
    Unexplained,

    /// <summary>Who explained a difference may not sign alone: a second person must.</summary>
    NeedsSecondPerson,

    /// <summary>It is signed already.</summary>
    AlreadySigned,
}

/// <summary>The answer to a sign-off.</summary>
public abstract record SignOffResult
{
    private protected SignOffResult()
    {
    }

    /// <summary>Signed; the period as it now is.</summary>
    /// <param name="Period">The period.</param>
    public sealed record Signed(ReconciliationPeriod Period) : SignOffResult;

    /// <summary>Not signed.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Keys">The lines that stand in the way, in order.</param>
    public sealed record Refused(SignOffRefusal Reason, ImmutableArray<string> Keys) : SignOffResult;
}

/// <summary>A reconciliation of a period, with an owner, explained exceptions and a sign-off.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ReconciliationPeriod
{
    /// <summary>The first day.</summary>
    public required LocalDate From { get; init; }

    /// <summary>The last day.</summary>
    public required LocalDate To { get; init; }

    /// <summary>Who does it.</summary>
    public required string Owner { get; init; }

    /// <summary>The comparison.</summary>
    public required ReconciliationReport Report { get; init; }

    /// <summary>The differences that were explained.</summary>
    public ImmutableArray<ReconciliationException> Exceptions { get; init; } = [];

    /// <summary>Who signed it; null while it is open.</summary>
    public string? SignedBy { get; init; }

    /// <summary>The keys of differences that nobody has explained, in order.</summary>
    public IReadOnlyList<string> Unexplained =>
        [.. Report.Pairs.Where(p => !p.IsAgreed).Select(p => (p.Here ?? p.There)!.Key).Except(Exceptions.Select(e => e.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Signs the period. Nothing unexplained may be left, and whoever explained a difference does not sign alone.</summary>
    /// <param name="by">Who signs.</param>
    public SignOffResult SignOff(string by)
    {
        ArgumentException.ThrowIfNullOrEmpty(by);
        if (SignedBy is not null)
        {
            return new SignOffResult.Refused(SignOffRefusal.AlreadySigned, []);
        }

        if (Unexplained is { Count: > 0 } keys)
        {
            return new SignOffResult.Refused(SignOffRefusal.Unexplained, [.. keys]);
        }

        var own = Exceptions.Where(e => e.By == by).Select(e => e.Key).Order(StringComparer.Ordinal).ToImmutableArray();
        return own.IsEmpty ? new SignOffResult.Signed(this with { SignedBy = by }) : new SignOffResult.Refused(SignOffRefusal.NeedsSecondPerson, own);
    }
}
