namespace Receivables.Sdk;

/// <summary>The table of ISO 4217 as bytes: three letters and a kind, sorted by the letters.</summary>
/// <remarks>
/// Kind: a digit is the number of decimals, <c>-</c> means that ISO 4217 gives none ("N.A."), a letter marks a withdrawn code
/// (<c>a</c> = 0 decimals, <c>c</c> = 2). Source: ISO 4217 maintenance agency, lists one and three. Recent changes: HRK to EUR 2023,
/// SLE for SLL, VED, ZWG 2024, XCG for ANG 2025, XAD 2025, BGN to EUR 2026-01-01.
/// </remarks>
internal static class CurrencyTable
{
    internal static ReadOnlySpan<byte> Rows =>
        "ADPaAED2AFN2ALL2AMD2ANGcAOA2ARS2ATScAUD2AWG2AZN2BAM2BBD2"u8 +
        "BDT2BEFaBGNcBHD3BIF0BMD2BND2BOB2BOV2BRL2BSD2BTN2BWP2BYN2"u8 +
        "BYRaBZD2CAD2CDF2CHE2CHF2CHW2CLF4CLP0CNY2COP2COU2CRC2CUCc"u8 +
        "CUP2CVE2CYPcCZK2DEMcDJF0DKK2DOP2DZD2EEKcEGP2ERN2ESPaETB2"u8 +
        "EUR2FIMcFJD2FKP2FRFcGBP2GEL2GHS2GIP2GMD2GNF0GRDaGTQ2GYD2"u8 +
        "HKD2HNL2HRKcHTG2HUF2IDR2IEPcILS2INR2IQD3IRR2ISK0ITLaJMD2"u8 +
        "JOD3JPY0KES2KGS2KHR2KMF0KPW2KRW0KWD3KYD2KZT2LAK2LBP2LKR2"u8 +
        "LRD2LSL2LTLcLUFaLVLcLYD3MAD2MDL2MGA2MKD2MMK2MNT2MOP2MROc"u8 +
        "MRU2MTLcMUR2MVR2MWK2MXN2MXV2MYR2MZMcMZN2NAD2NGN2NIO2NLGc"u8 +
        "NOK2NPR2NZD2OMR3PAB2PEN2PGK2PHP2PKR2PLN2PTEaPYG0QAR2ROLc"u8 +
        "RON2RSD2RUB2RURcRWF0SAR2SBD2SCR2SDG2SEK2SGD2SHP2SITcSKKc"u8 +
        "SLE2SLLcSOS2SRD2SSP2STDcSTN2SVC2SYP2SZL2THB2TJS2TMT2TND3"u8 +
        "TOP2TRLaTRY2TTD2TWD2TZS2UAH2UGX0USD2USN2UYI0UYU2UYW4UZS2"u8 +
        "VED2VEFcVES2VND0VUV0WST2XAD-XAF0XAG-XAU-XBA-XBB-XBC-XBD-"u8 +
        "XCD2XCG2XDR-XOF0XPD-XPF0XPT-XSU-XTS-XUA-XXX-YER2ZAR2ZMKc"u8 +
        "ZMW2ZWG2ZWLc"u8;

    /// <summary>The offset of the row of a code, or -1.</summary>
    internal static int Find(byte a, byte b, byte c)
    {
        var rows = Rows;
        int low = 0, high = (rows.Length / 4) - 1;
        var wanted = (a << 16) | (b << 8) | c;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var at = middle * 4;
            var found = (rows[at] << 16) | (rows[at + 1] << 8) | rows[at + 2];
            if (found == wanted)
            {
                return at;
            }

            if (found < wanted)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }
}
