namespace Receivables.Sdk.Ledger;

/// <summary>The codes of faults of events and of the lines of a ledger file.</summary>
internal static class LedgerCodes
{
    internal const string NotJson = "LED001";
    internal const string NotAnObject = "LED002";
    internal const string LineTooLong = "LED003";
    internal const string DuplicateKey = "LED004";
    internal const string MisplacedByteOrderMark = "LED005";
    internal const string UnknownRecord = "LED006";
    internal const string UnknownKind = "LED007";
    internal const string UnknownVersion = "LED008";
    internal const string NoLedgerRecord = "LED009";
    internal const string SecondLedgerRecord = "LED010";
    internal const string FieldMissing = "LED011";
    internal const string WrongType = "LED012";
    internal const string NotAnAmount = "LED013";
    internal const string NotPositive = "LED014";
    internal const string UnknownCurrency = "LED015";
    internal const string TooManyDecimals = "LED016";
    internal const string NoSuchDate = "LED017";
    internal const string EndsBeforeItBegins = "LED018";
    internal const string DueBeforeIssued = "LED019";
    internal const string IdUsedTwice = "LED020";
    internal const string NoSuchCustomer = "LED021";
    internal const string NoSuchDocument = "LED022";
    internal const string NoSuchAllocation = "LED023";
    internal const string AllocationWithoutTo = "LED024";
    internal const string PaymentWithoutCustomer = "LED025";
    internal const string BeyondWhatIsOpen = "LED026";
    internal const string BeyondWhatIsLeft = "LED027";
    internal const string ReversedTwice = "LED028";
    internal const string CurrenciesDiffer = "LED029";
    internal const string RateDoesNotHold = "LED030";
    internal const string InstalmentsDoNotAddUp = "LED031";
    internal const string CircleOfParents = "LED032";
    internal const string WrongSide = "LED033";
    internal const string NoCurrency = "LED034";
    internal const string AmountTooLarge = "LED035";
    internal const string TooManyFaults = "LED036";
    internal const string NotAnIban = "LED037";
    internal const string CannotMerge = "LED038";
    internal const string NotMerged = "LED039";
    internal const string NothingToUndo = "LED040";
    internal const string WasUndone = "LED041";
}
