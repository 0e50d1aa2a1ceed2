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
    /// <summary>What is compared with the ledger: a bank account, a customer, a control account, as the host calls it.</summary>
    public string? Subject { get; init; }

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

    /// <summary>Explains differences: what was said of a line before gives way. Explanations of lines that agree by now are dropped.</summary>
    /// <param name="exceptions">The explanations.</param>
    /// <exception cref="InvalidOperationException">The period is signed.</exception>
    public ReconciliationPeriod Explain(params IEnumerable<ReconciliationException> exceptions)
    {
        ArgumentNullException.ThrowIfNull(exceptions);
        return WithReport(Report, exceptions);
    }

    /// <summary>The period with a new comparison, since something was booked meanwhile. Explanations of lines that still differ stay.</summary>
    /// <param name="report">The comparison.</param>
    /// <exception cref="InvalidOperationException">The period is signed.</exception>
    public ReconciliationPeriod Compared(ReconciliationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return WithReport(report, []);
    }

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

        var own = Exceptions.Where(e => string.Equals(e.By, by, StringComparison.OrdinalIgnoreCase)).Select(e => e.Key).Order(StringComparer.Ordinal).ToImmutableArray();
        return own.IsEmpty ? new SignOffResult.Signed(this with { SignedBy = by }) : new SignOffResult.Refused(SignOffRefusal.NeedsSecondPerson, own);
    }

    private ReconciliationPeriod WithReport(ReconciliationReport report, IEnumerable<ReconciliationException> added)
    {
        if (SignedBy is not null)
        {
            throw new InvalidOperationException("The period is signed.");
        }

        var differing = report.Pairs.Where(p => !p.IsAgreed).Select(p => (p.Here ?? p.There)!.Key).ToHashSet(StringComparer.Ordinal);
        return this with
        {
            Report = report,
            Exceptions = [.. added.Reverse().Concat(Exceptions).DistinctBy(e => e.Key, StringComparer.Ordinal).Where(e => differing.Contains(e.Key)).OrderBy(e => e.Key, StringComparer.Ordinal)],
        };
    }
}
