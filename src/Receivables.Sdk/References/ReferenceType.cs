namespace Receivables.Sdk.References;

/// <summary>A kind of structured payment reference. <see cref="ReferenceScheme"/> gives each one's name, country and strength.</summary>
public enum ReferenceType
{
    /// <summary>ISO 11649 creditor reference, <c>RF…</c>; check digits by mod 97.</summary>
    Iso11649,

    /// <summary>Belgium: gestructureerde mededeling, communication structurée (OGM, VCS); 12 digits, mod 97.</summary>
    BelgianOgm,

    /// <summary>Switzerland and Liechtenstein: QR reference, before 2022 ESR/BVR; 27 digits, mod 10 recursive.</summary>
    SwissQrr,

    /// <summary>Finland: viitenumero; 4 to 20 digits, weights 7-3-1.</summary>
    Finnish,

    /// <summary>Norway: KID; 2 to 25 digits, mod 10 (Luhn) or mod 11.</summary>
    NorwegianKid,

    /// <summary>Sweden: OCR number of Bankgirot; 2 to 25 digits, Luhn, perhaps with a length digit.</summary>
    SwedishOcr,

    /// <summary>Denmark: FIK code line of the cards 71, 75, 04 and 15; Luhn.</summary>
    DanishFik,

    /// <summary>The Netherlands: betalingskenmerk; 7, 9 to 14 or 16 digits, mod 11 with weights.</summary>
    DutchBetalingskenmerk,

    /// <summary>Slovenia: <c>SI</c> and a model of two digits; mod 11.</summary>
    Slovenian,

    /// <summary>Croatia: poziv na broj, <c>HR</c> and a model of two digits; mod 11.</summary>
    Croatian,

    /// <summary>Estonia: viitenumber; 2 to 20 digits, weights 7-3-1.</summary>
    Estonian,
}
