namespace Receivables.Sdk.Statements.Csv;

/// <summary>The codes of diagnostics of CSV files.</summary>
internal static class CsvCodes
{
    /// <summary>No profile fits the columns.</summary>
    internal const string UnknownLayout = "CSV001";

    /// <summary>The file does not have the columns of the profile that was asked for.</summary>
    internal const string ProfileDoesNotFit = "CSV002";

    /// <summary>An amount cannot be read; the row is no transaction.</summary>
    internal const string BadAmount = "CSV003";

    /// <summary>A date cannot be read; it is left out.</summary>
    internal const string BadDate = "CSV004";

    /// <summary>A row has no amount and no date.</summary>
    internal const string NoTransaction = "CSV005";

    /// <summary>An amount can be read in two ways and nothing in the file says which is meant.</summary>
    internal const string AmbiguousAmount = "CSV006";

    /// <summary>A date can be read in two ways and nothing in the file says which is meant.</summary>
    internal const string AmbiguousDate = "CSV007";

    /// <summary>The debit or credit mark is none that the profile knows, or it contradicts the sign.</summary>
    internal const string BadMark = "CSV008";

    /// <summary>A quote is never closed.</summary>
    internal const string UnclosedQuote = "CSV009";

    /// <summary>A currency is no code of ISO 4217.</summary>
    internal const string UnknownCurrency = "CSV010";

    /// <summary>The file names no currency.</summary>
    internal const string NoCurrency = "CSV011";

    /// <summary>The running balance proved how a sign or a number is written.</summary>
    internal const string ProvedByBalance = "CSV012";

    /// <summary>A status is none that the profile knows.</summary>
    internal const string UnknownStatus = "CSV013";

    /// <summary>A field was not written in the file's encoding.</summary>
    internal const string MixedEncoding = "CSV014";

    /// <summary>A row has more fields than the header.</summary>
    internal const string ColumnCount = "CSV015";

    /// <summary>A quoted field holds a quote that is not doubled.</summary>
    internal const string LooseQuote = "CSV016";

    /// <summary>No amount of the file is negative.</summary>
    internal const string NothingNegative = "CSV017";

    /// <summary>Dates or amounts have another form than the profile states, and the rows prove it.</summary>
    internal const string OtherForm = "CSV018";

    /// <summary>No bank's profile fits; the names of the columns told what they hold.</summary>
    internal const string KnownByNames = "CSV019";

    /// <summary>A date has no year, and nothing in the file says which.</summary>
    internal const string NoYear = "CSV020";

    /// <summary>Nothing proves what the signs of a layout of no known bank mean.</summary>
    internal const string SignNotProved = "CSV021";

    /// <summary>The running balance proved the opposite of the signs that the layout states.</summary>
    internal const string OtherSide = "CSV022";

    /// <summary>The file ends within a row.</summary>
    internal const string CutRow = "CSV023";

    /// <summary>Each row is one quoted field.</summary>
    internal const string QuotedRows = "CSV024";

    /// <summary>Nothing proves the order of day and month, and another program wrote the dates.</summary>
    internal const string DateOrderNotProved = "CSV025";
}
