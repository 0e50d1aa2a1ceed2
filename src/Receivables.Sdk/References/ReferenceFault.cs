namespace Receivables.Sdk.References;

/// <summary>Why a text is no reference of a type, or why none can be made of a base.</summary>
public enum ReferenceFault
{
    /// <summary>There is no fault.</summary>
    None,

    /// <summary>There is nothing but separators.</summary>
    Empty,

    /// <summary>A character that the type does not have.</summary>
    Character,

    /// <summary>Too few or too many characters for the type.</summary>
    Length,

    /// <summary>The letters or signs that the type begins with are missing.</summary>
    Prefix,

    /// <summary>The parts do not stand as the type wants them.</summary>
    Form,

    /// <summary>Nothing but zeros.</summary>
    AllZeros,

    /// <summary>The check digits do not hold.</summary>
    CheckDigits,

    /// <summary>The digit that tells the length does not agree with the length.</summary>
    LengthDigit,

    /// <summary>A model (Slovenia, Croatia) or modulus (Norway) that is not known here.</summary>
    Model,

    /// <summary>A card (Denmark) that is not known or carries no reference.</summary>
    Card,

    /// <summary>A creditor number that is not 8 digits (Denmark).</summary>
    Creditor,
}

/// <summary>Stable codes and English sentences for <see cref="ReferenceFault"/>.</summary>
public static class ReferenceFaults
{
    /// <summary>The stable code of a fault, such as <c>checkDigits</c>; programs translate by it.</summary>
    /// <param name="fault">The fault.</param>
    public static string ToCode(this ReferenceFault fault) => fault switch
    {
        ReferenceFault.None => "none",
        ReferenceFault.Empty => "empty",
        ReferenceFault.Character => "character",
        ReferenceFault.Length => "length",
        ReferenceFault.Prefix => "prefix",
        ReferenceFault.Form => "form",
        ReferenceFault.AllZeros => "allZeros",
        ReferenceFault.CheckDigits => "checkDigits",
        ReferenceFault.LengthDigit => "lengthDigit",
        ReferenceFault.Model => "model",
        ReferenceFault.Card => "card",
        ReferenceFault.Creditor => "creditor",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    /// <summary>A fault in an English sentence, without the reference itself.</summary>
    /// <param name="fault">The fault.</param>
    public static string ToText(this ReferenceFault fault) => fault switch
    {
        ReferenceFault.None => "There is no fault.",
        ReferenceFault.Empty => "There are no digits or letters.",
        ReferenceFault.Character => "It holds a character that this type does not have.",
        ReferenceFault.Length => "It has too few or too many characters for this type.",
        ReferenceFault.Prefix => "It does not begin as this type does.",
        ReferenceFault.Form => "Its parts do not stand as this type wants them.",
        ReferenceFault.AllZeros => "It is nothing but zeros.",
        ReferenceFault.CheckDigits => "Its check digits do not hold.",
        ReferenceFault.LengthDigit => "Its length digit does not agree with its length.",
        ReferenceFault.Model => "Its model is not known.",
        ReferenceFault.Card => "Its card is not known or carries no reference.",
        ReferenceFault.Creditor => "Its creditor number is not 8 digits.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
