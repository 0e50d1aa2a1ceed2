namespace Receivables.Sdk.LatePayment;

/// <summary>How sure a rule or rate of the tables is. It travels into every result.</summary>
public enum Certainty
{
    /// <summary>Read at the source that is named.</summary>
    Confirmed,

    /// <summary>Follows from confirmed figures by the rule of the law.</summary>
    Derived,

    /// <summary>General knowledge or a single source: to be verified before money is claimed on it.</summary>
    Provisional,
}
