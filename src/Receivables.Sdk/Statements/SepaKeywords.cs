namespace Receivables.Sdk.Statements;

/// <summary>The words before values in a German purpose, <c>EREF+</c>, <c>SVWZ+</c> (DFÜ agreement, annex 3), and a few that banks add.</summary>
internal static class SepaKeywords
{
    /// <summary>Whether a word is one of them, without what stands behind it.</summary>
    internal static bool IsKeyword(ReadOnlySpan<char> word) => word is
        "EREF" or "KREF" or "MREF" or "CRED" or "DEBT" or "COAM" or "OAMT" or "SVWZ" or "ABWA" or "ABWE" or "IBAN" or "BIC" or "PURP" or "MDAT"
        or "SQTP" or "ORCR" or "ORMR" or "DDAT" or "BREF" or "RREF" or "ANAM" or "TAN1" or "CDTR" or "DBTR" or "MTLG";
}
