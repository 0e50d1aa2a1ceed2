namespace Receivables.Sdk.Statements;

/// <summary>The codes of diagnostics that all formats share.</summary>
internal static class StatementCodes
{
    /// <summary>The file is empty.</summary>
    internal const string EmptyFile = "STM001";

    /// <summary>No reader knows the file.</summary>
    internal const string UnknownFormat = "STM002";

    /// <summary>Opening balance + booked transactions is not the closing balance.</summary>
    internal const string DoesNotAddUp = "STM003";

    /// <summary>The limit on diagnostics was passed.</summary>
    internal const string TooManyDiagnostics = "STM004";

    /// <summary>The limit on the length of a record was passed.</summary>
    internal const string RecordTooLong = "STM005";

    /// <summary>The limit on transactions was passed.</summary>
    internal const string TooManyTransactions = "STM006";

    /// <summary>A sum or count that the statement states about itself does not hold.</summary>
    internal const string SumDoesNotHold = "STM007";

    /// <summary>A chain of pages has a gap.</summary>
    internal const string ChainBroken = "STM008";

    /// <summary>The file is not of the format that was asked for.</summary>
    internal const string WrongFormat = "STM009";

    /// <summary>Opening and closing balance are in different currencies.</summary>
    internal const string CurrenciesDiffer = "STM010";

    /// <summary>Amounts that a bank's habit leaves open were read in the one way in which the balances add up.</summary>
    internal const string ReadingProved = "STM011";

    /// <summary>Amounts would add up in another reading, but the statement is too long to wait for its end.</summary>
    internal const string ReadingNotTaken = "STM012";
}
