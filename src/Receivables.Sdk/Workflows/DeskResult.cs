using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Workflows;

/// <summary>Why a change cannot be.</summary>
/// <param name="Code">A stable code: that of a <see cref="DraftProblem"/>, of a <see cref="LedgerFault"/>, of <see cref="ApprovalResult.Refused"/>, or one that the member names.</param>
/// <param name="Text">English text for people, without personal data.</param>
public sealed record DeskProblem(string Code, string Text)
{
    /// <summary>Which event or draft of the change, from 1; 0 for the change as a whole.</summary>
    public int Item { get; init; }

    /// <summary>The property of a draft; null where it is not about one.</summary>
    public string? Field { get; init; }
}

/// <summary>What came of a change that a person asked for.</summary>
public abstract record DeskResult
{
    private DeskResult()
    {
    }

    /// <summary>The ledger has it. A repeated command gets the first command's version.</summary>
    /// <param name="Version">The ledger's version after it.</param>
    public sealed record Recorded(long Version) : DeskResult;

    /// <summary>It waits for a second person.</summary>
    /// <param name="Id">The id under which it waits: the command's idempotency key.</param>
    /// <param name="Subjects">Why it needs one.</param>
    public sealed record Waits(string Id, ApprovalSubjects Subjects) : DeskResult;

    /// <summary>It is not recorded, for all these reasons.</summary>
    /// <param name="Problems">At least one.</param>
    public sealed record Refused(IReadOnlyList<DeskProblem> Problems) : DeskResult;
}
