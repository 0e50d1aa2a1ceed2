namespace Receivables.Sdk.Ledger;

/// <summary>What needs a second person.</summary>
[Flags]
public enum ApprovalSubjects
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A new document.</summary>
    NewDocument = 1,

    /// <summary>A change of a customer's accounts; a merge is one, since the customer that stays gets the other's accounts.</summary>
    BankDetails = 2,

    /// <summary>A write-off.</summary>
    WriteOff = 4,

    /// <summary>A fee or interest let go, a discount given or a charge borne without a rule: anything but a write-off that closes a claim without money.</summary>
    Waiver = 8,

    /// <summary>An allocation of money by hand, its reversal, and the undoing of a booking.</summary>
    ManualAllocation = 16,

    /// <summary>Money given back.</summary>
    Refund = 32,

    /// <summary>All of it.</summary>
    All = NewDocument | BankDetails | WriteOff | Waiver | ManualAllocation | Refund,
}

/// <summary>A change that waits for a second person.</summary>
/// <param name="Maker">Who made it.</param>
/// <param name="Events">What it would record.</param>
/// <param name="Subjects">Why it needs approval; none when it needs none.</param>
public sealed record PendingChange(string Maker, IReadOnlyList<LedgerEvent> Events, ApprovalSubjects Subjects);

/// <summary>What came of approving a change.</summary>
public abstract record ApprovalResult
{
    private ApprovalResult()
    {
    }

    /// <summary>The events may be recorded.</summary>
    /// <param name="Events">The events.</param>
    /// <param name="Checker">Who approved; null where no approval was needed.</param>
    public sealed record Approved(IReadOnlyList<LedgerEvent> Events, string? Checker) : ApprovalResult;

    /// <summary>They may not.</summary>
    /// <param name="Code">A stable code: <c>needsApproval</c>, or <c>makerIsChecker</c>.</param>
    public sealed record Refused(string Code) : ApprovalResult;
}

/// <summary>The rule of four eyes: what one person made, another approves.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record FourEyes
{
    /// <summary>What needs a second person. Default everything.</summary>
    public ApprovalSubjects Subjects { get; init; } = ApprovalSubjects.All;

    /// <summary>Refunds up to this amount need none, by currency. Default none.</summary>
    public IReadOnlyDictionary<Currency, decimal> RefundsWithout { get; init; } = new Dictionary<Currency, decimal>();

    /// <summary>Looks at a change.</summary>
    /// <param name="maker">Who makes it.</param>
    /// <param name="events">What it would record.</param>
    /// <param name="before">The ledger before it: what a customer's accounts were, and in which currency a refund is.</param>
    public PendingChange Review(string maker, IReadOnlyList<LedgerEvent> events, LedgerSnapshot before)
    {
        ArgumentException.ThrowIfNullOrEmpty(maker);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(before);
        return new PendingChange(maker, events, events.Aggregate(ApprovalSubjects.None, (all, e) => all | SubjectOf(e, before)) & Subjects);
    }

    /// <summary>Lets a change through, or not.</summary>
    /// <param name="change">The change.</param>
    /// <param name="checker">Who approves it; null for nobody.</param>
    public static ApprovalResult Approve(PendingChange change, string? checker)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.Subjects == ApprovalSubjects.None ? new ApprovalResult.Approved(change.Events, checker)
            : string.IsNullOrEmpty(checker) ? new ApprovalResult.Refused("needsApproval")
            : string.Equals(change.Maker, checker, StringComparison.OrdinalIgnoreCase) ? new ApprovalResult.Refused("makerIsChecker")
            : new ApprovalResult.Approved(change.Events, checker);
    }

    private ApprovalSubjects SubjectOf(LedgerEvent item, LedgerSnapshot before) => item switch
    {
        DocumentIssued => ApprovalSubjects.NewDocument,
        CustomerRecorded e => HasOtherAccounts(e.Customer, before) ? ApprovalSubjects.BankDetails : ApprovalSubjects.None,
        CustomerChanged e => HasOtherAccounts(e.Customer, before) ? ApprovalSubjects.BankDetails : ApprovalSubjects.None,
        CustomersMerged or MergeUndone => ApprovalSubjects.BankDetails,
        AllocationMade { Kind: AllocationKind.WriteOff } e => IsOfCharge(e.To, before) ? ApprovalSubjects.Waiver : ApprovalSubjects.WriteOff,
        AllocationMade { From: null } => ApprovalSubjects.Waiver,
        AllocationMade or AllocationReversed or BookingUndone => ApprovalSubjects.ManualAllocation,
        MoneyRefunded e => IsSmall(e, before) ? ApprovalSubjects.None : ApprovalSubjects.Refund,
        _ => ApprovalSubjects.None,
    };

    private static bool HasOtherAccounts(Customer customer, LedgerSnapshot before)
    {
        var known = before.Customers.FirstOrDefault(c => c.Id == customer.Id);
        return !customer.Ibans.ToHashSet().SetEquals(known?.Ibans ?? []) || !customer.BankAccounts.ToHashSet().SetEquals(known?.BankAccounts ?? []);
    }

    // To write a fee or interest off is to waive it.
    private static bool IsOfCharge(DocumentId document, LedgerSnapshot before) =>
        before.OpenItems.FirstOrDefault(i => i.Id == document)?.Kind is DocumentKind.FeeClaim or DocumentKind.InterestClaim;

    private bool IsSmall(MoneyRefunded refund, LedgerSnapshot before) =>
        before.OpenItems.FirstOrDefault(i => i.Id == refund.From) is { } item
        && RefundsWithout.TryGetValue(item.Open.Currency, out var most) && refund.Amount <= most;
}
