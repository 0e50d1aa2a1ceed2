namespace Receivables.Sdk.References;

/// <summary>What is known of a type of reference: its name, its country, and how much its check digits can tell.</summary>
/// <remarks>
/// A valid check digit alone is weak evidence: of random digits of the right length, one in ten passes a one-digit check. The rates were
/// measured over random references of usual length, and a test measures them again. Norway's are those of a reader that takes either
/// modulus; Slovenia's are those of model 12, where the weight 11 leaves one digit of thirteen unguarded. Immutable and safe to share between threads.
/// </remarks>
/// <param name="Type">The type.</param>
/// <param name="Name">The stable name that files and commands use, such as <c>be-ogm</c>.</param>
/// <param name="Country">ISO 3166 alpha-2; null for the international one.</param>
/// <param name="MinLength">The fewest characters of the bare reference.</param>
/// <param name="MaxLength">The most characters of the bare reference.</param>
/// <param name="RandomAcceptance">The chance that random characters of the right form pass the check, 0 to 1.</param>
/// <param name="UndetectedSubstitution">The chance that one wrong digit goes unseen, 0 to 1.</param>
/// <param name="UndetectedTransposition">The chance that two different neighbouring digits, swapped, go unseen, 0 to 1.</param>
public sealed record ReferenceScheme(
    ReferenceType Type,
    string Name,
    string? Country,
    int MinLength,
    int MaxLength,
    double RandomAcceptance,
    double UndetectedSubstitution,
    double UndetectedTransposition)
{
    /// <summary>Every type, in the order of <see cref="ReferenceType"/>.</summary>
    public static IReadOnlyList<ReferenceScheme> All { get; } =
    [
        new(ReferenceType.Iso11649, "iso11649", null, 5, 25, 0.0103, 0, 0),
        new(ReferenceType.BelgianOgm, "be-ogm", "BE", 12, 12, 0.0103, 0, 0),
        new(ReferenceType.SwissQrr, "ch-qrr", "CH", 2, 27, 0.1, 0, 0.022),
        new(ReferenceType.Finnish, "fi", "FI", 4, 20, 0.1, 0, 0.111),
        new(ReferenceType.NorwegianKid, "no-kid", "NO", 2, 25, 0.18, 0.1, 0.11),
        new(ReferenceType.SwedishOcr, "se-ocr", "SE", 2, 25, 0.1, 0, 0.022),
        new(ReferenceType.DanishFik, "dk-fik", "DK", 15, 16, 0.1, 0, 0.022),
        new(ReferenceType.DutchBetalingskenmerk, "nl-betalingskenmerk", "NL", 7, 16, 0.1, 0.017, 0.017),
        new(ReferenceType.Slovenian, "si", "SI", 1, 27, 0.1, 0.1, 0.018),
        new(ReferenceType.Croatian, "hr", "HR", 1, 27, 0.1, 0.016, 0.016),
        new(ReferenceType.Estonian, "ee", "EE", 2, 20, 0.1, 0, 0.111),
    ];

    /// <summary>The scheme of a type.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static ReferenceScheme Of(ReferenceType type) =>
        (uint)type < (uint)All.Count ? All[(int)type] : throw new ArgumentOutOfRangeException(nameof(type));

    /// <summary>Looks a scheme up by its stable name, exactly as written there.</summary>
    /// <param name="name">The name, such as <c>ch-qrr</c>.</param>
    /// <returns>The scheme, or null when there is none of that name.</returns>
    public static ReferenceScheme? Find(string? name)
    {
        foreach (var scheme in All)
        {
            if (string.Equals(scheme.Name, name, StringComparison.Ordinal))
            {
                return scheme;
            }
        }

        return null;
    }
}
