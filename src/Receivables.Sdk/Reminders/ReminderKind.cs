namespace Receivables.Sdk.Reminders;

/// <summary>What a level is. Legal effects hang on the kind, never on the number of the level.</summary>
public enum ReminderKind
{
    /// <summary>A friendly notice before the due date.</summary>
    PreDueNotice,

    /// <summary>A reminder.</summary>
    Reminder,

    /// <summary>A formal notice: it puts the debtor in default where the law asks for that.</summary>
    FormalNotice,

    /// <summary>The letter that a statute asks for before costs may be charged, such as the Dutch fourteen-day letter or the Belgian free first reminder.</summary>
    StatutoryNotice,

    /// <summary>Handing the claim over to a collection agency or bailiff.</summary>
    Handover,

    /// <summary>A proposal to write the claim off, for a person to decide.</summary>
    WriteOffProposal,

    /// <summary>A task for a person, such as a call.</summary>
    Task,
}

/// <summary>Which instalments share one action.</summary>
public enum ReminderGrouping
{
    /// <summary>One action for each customer, company of the seller, currency and kind.</summary>
    Customer,

    /// <summary>One action for each invoice and kind.</summary>
    Invoice,

    /// <summary>As <see cref="Customer"/>, and for each level.</summary>
    Level,

    /// <summary>As <see cref="Customer"/>, at the top of the customer's chain of parents.</summary>
    Parent,
}

/// <summary>What open credits of a customer do.</summary>
public enum UnappliedCreditTreatment
{
    /// <summary>No reminder while the customer's open credits in that currency cover what is overdue.</summary>
    Covers,

    /// <summary>They do not stop a reminder; the letter shows them.</summary>
    Ignore,
}

/// <summary>What a promise to pay holds.</summary>
public enum PromiseScope
{
    /// <summary>The whole invoice, whatever amount was promised.</summary>
    Invoice,

    /// <summary>The amount that was promised, less what was paid since, as a dispute does; the rest may be reminded.</summary>
    Amount,
}

/// <summary>From where the days of a level are counted.</summary>
public enum CadenceAnchor
{
    /// <summary>The instalment's due date.</summary>
    Due,

    /// <summary>The day the previous level was sent.</summary>
    Previous,

    /// <summary>The deadline that the previous level gave.</summary>
    PreviousDeadline,

    /// <summary>The due date of the customer's oldest overdue instalment in that currency.</summary>
    OldestItem,

    /// <summary>The last contact with the customer about any invoice.</summary>
    AnyContact,
}

/// <summary>How often a fee is charged.</summary>
public enum FeeUnit
{
    /// <summary>Once for each action.</summary>
    Action,

    /// <summary>Once for each invoice in the action.</summary>
    Invoice,
}

/// <summary>Whether a claim of the law is added.</summary>
public enum StatutoryClaim
{
    /// <summary>No.</summary>
    None,

    /// <summary>What the law tables give for the customer's country and kind; nothing when they refuse.</summary>
    Statutory,
}

/// <summary>Who must agree before an action is carried out.</summary>
public enum ApprovalRule
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Somebody.</summary>
    Required,

    /// <summary>Somebody else than the one who carries it out.</summary>
    FourEyes,
}

/// <summary>The words that the policy file and the command line use.</summary>
internal static class ReminderWords
{
    internal static string Of(ReminderKind kind) => kind switch
    {
        ReminderKind.PreDueNotice => "preDueNotice",
        ReminderKind.Reminder => "reminder",
        ReminderKind.FormalNotice => "formalNotice",
        ReminderKind.StatutoryNotice => "statutoryNotice",
        ReminderKind.Handover => "handover",
        ReminderKind.WriteOffProposal => "writeOffProposal",
        _ => "task",
    };

    internal static string DefaultTemplate(ReminderKind kind) => kind switch
    {
        ReminderKind.PreDueNotice => "notice",
        ReminderKind.Reminder => "friendly",
        ReminderKind.FormalNotice => "final",
        ReminderKind.StatutoryNotice => "statutory",
        ReminderKind.Handover => "handover",
        ReminderKind.WriteOffProposal => "writeOff",
        _ => "call",
    };

    internal static string DefaultChannel(ReminderKind kind) => kind switch
    {
        ReminderKind.FormalNotice or ReminderKind.StatutoryNotice => "letter",
        ReminderKind.Handover => "agency",
        ReminderKind.WriteOffProposal => "internal",
        ReminderKind.Task => "phone",
        _ => "email",
    };
}
