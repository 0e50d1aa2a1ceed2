namespace Receivables.Sdk.Aging;

/// <summary>From which date ages are counted.</summary>
public enum AgingBasis
{
    /// <summary>The due date, each instalment by its own.</summary>
    Due,

    /// <summary>The date of issue, the whole document at once, instalments or not.</summary>
    Issued,
}

/// <summary>Where open credit notes and payments stand.</summary>
public enum UnappliedTreatment
{
    /// <summary>In a column of their own, never netted: what is overdue stays visible.</summary>
    OwnColumn,

    /// <summary>In the column of their own date of issue or receipt, negative.</summary>
    ByOwnDate,

    /// <summary>
    /// Taken off what the same customer owes in the same currency, oldest date first (ties by document id), as if applied; what is left of
    /// them stands in the column of its own. Nothing is applied in the ledger.
    /// </summary>
    NettedOldestFirst,

    /// <summary>In the column of what is not due, negative.</summary>
    InNotDue,
}

/// <summary>Where disputed money stands.</summary>
public enum DisputedTreatment
{
    /// <summary>In its bucket; the row says how much of the total it is.</summary>
    OfWhich,

    /// <summary>In a column of its own, taken out of the buckets. The total is the same.</summary>
    OwnColumn,
}

/// <summary>How an aging report is made.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record AgingOptions
{
    /// <summary>By due date in 30, 60 and 90 days by customer, unapplied money in its own column, disputed as an of-which.</summary>
    public static AgingOptions Default => new();

    /// <summary>The columns; 30, 60 and 90 days by default.</summary>
    public AgingScheme Scheme { get; init; } = AgingScheme.Days306090;

    /// <summary>From which date ages are counted; the due date by default.</summary>
    public AgingBasis Basis { get; init; }

    /// <summary>What makes a row; the customer by default.</summary>
    public AgingDimension GroupBy { get; init; } = AgingDimension.Customer;

    /// <summary>Where unapplied money stands; in its own column by default.</summary>
    public UnappliedTreatment Unapplied { get; init; }

    /// <summary>Where disputed money stands; in its bucket by default.</summary>
    public DisputedTreatment Disputed { get; init; }
}
