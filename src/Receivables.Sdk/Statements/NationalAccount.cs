namespace Receivables.Sdk.Statements;

/// <summary>The account part of IBANs.</summary>
internal static class NationalAccount
{
    /// <summary>The national account number within an IBAN, without codes of bank and branch; the whole national part where the country is not listed.</summary>
    /// <remarks>Positions from the SWIFT IBAN registry, release 99 of 2025.</remarks>
    internal static string NumberOf(Iban iban)
    {
        var bban = iban.Bban;
        var (start, length) = iban.CountryCode switch
        {
            "NL" => (4, 10),
            "DE" => (8, 10),
            "AT" => (5, 11),
            "CH" or "LI" => (5, 12),
            "LU" => (3, 13),
            "FR" or "MC" => (10, 11),
            "GB" or "IE" => (10, 8),
            "ES" => (10, 10),
            "IT" or "SM" => (11, 12),
            "PT" => (8, 11),
            "PL" => (8, 16),
            "DK" => (4, 10),
            "CZ" or "SK" => (4, 16),
            "LT" => (5, 11),
            "LV" => (4, 13),
            _ => (0, bban.Length),
        };
        return start + length <= bban.Length ? bban.Substring(start, length) : bban;
    }
}
