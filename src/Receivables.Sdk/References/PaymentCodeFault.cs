namespace Receivables.Sdk.References;

/// <summary>Why the text of a payment QR code is not valid, or why a payment does not fit into one.</summary>
public enum PaymentCodeFault
{
    /// <summary>There is no fault.</summary>
    None,

    /// <summary>It does not begin as such a code does, or its closing mark is missing.</summary>
    Header,

    /// <summary>A version that is not known here.</summary>
    Version,

    /// <summary>A character set that is not known here, or a character that the code may not hold.</summary>
    CharacterSet,

    /// <summary>More lines, or more bytes or characters in all, than the code may have; or a line break or control character inside a field.</summary>
    Size,

    /// <summary>The bank's BIC is missing where it must stand, or is none.</summary>
    Bic,

    /// <summary>The account is no IBAN, or none of the countries that the code is for.</summary>
    Iban,

    /// <summary>A name is missing or too long.</summary>
    Name,

    /// <summary>An address has a missing or too long part, or no two-letter country.</summary>
    Address,

    /// <summary>The amount is not written as the code wants it, out of range, or has too many decimals.</summary>
    Amount,

    /// <summary>A currency that the code does not carry.</summary>
    Currency,

    /// <summary>The purpose is no code of one to four letters and digits.</summary>
    Purpose,

    /// <summary>The reference is too long, its check digits do not hold, or its type does not go with the account.</summary>
    Reference,

    /// <summary>A text is too long, or stands beside a structured reference where only one may.</summary>
    Text,
}
