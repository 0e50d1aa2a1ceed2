namespace Receivables.Sdk.Statements.Camt;

/// <summary>The codes of diagnostics about camt messages; <c>docs/diagnostics.md</c> says more of each.</summary>
internal static class CamtCodes
{
    internal const string NotCamt = "CAMT001";
    internal const string DocumentType = "CAMT002";
    internal const string TooDeep = "CAMT003";
    internal const string Malformed = "CAMT004";
    internal const string EntryLost = "CAMT005";
    internal const string Truncated = "CAMT006";
    internal const string BadAmount = "CAMT007";
    internal const string NoDirection = "CAMT008";
    internal const string BadDate = "CAMT009";
    internal const string BadCurrency = "CAMT010";
    internal const string NoCurrency = "CAMT011";
    internal const string BalanceWithoutDirection = "CAMT012";
    internal const string UnknownStatus = "CAMT014";
    internal const string DetailsDoNotAddUp = "CAMT015";
    internal const string NegativeAmount = "CAMT016";
    internal const string InvalidText = "CAMT017";
    internal const string OutsideText = "CAMT018";
    internal const string ChargesOnLastDetail = "CAMT020";
    internal const string RemittanceInEntry = "CAMT021";
    internal const string LooseAmpersand = "CAMT022";
    internal const string OddAmount = "CAMT023";
    internal const string Wrapped = "CAMT024";
    internal const string SwappedDate = "CAMT025";
}
