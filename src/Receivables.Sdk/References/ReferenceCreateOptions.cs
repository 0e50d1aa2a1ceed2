namespace Receivables.Sdk.References;

/// <summary>Choices that some types leave open when a reference is made. Each type reads its own and passes the others over.</summary>
public sealed record ReferenceCreateOptions
{
    /// <summary>The usual choices.</summary>
    public static ReferenceCreateOptions Default { get; } = new();

    /// <summary>The model of a Slovenian or Croatian reference, 0 to 12; null is 12 for Slovenia and 1 for Croatia.</summary>
    public int? Model { get; init; }

    /// <summary>The modulus of a Norwegian KID, 10 (default) or 11. With 11 one base in eleven gives a dash as its check character.</summary>
    public int Modulus { get; init; } = 10;

    /// <summary>The card of a Danish code line: <c>71</c> (default), <c>75</c>, <c>04</c> or <c>15</c>.</summary>
    public string Card { get; init; } = "71";

    /// <summary>The creditor number of a Danish code line, up to 8 digits; null leaves it out.</summary>
    public string? Creditor { get; init; }

    /// <summary>Whether a Swedish OCR number gets a length digit before its check digit. Default false.</summary>
    public bool LengthDigit { get; init; }
}
