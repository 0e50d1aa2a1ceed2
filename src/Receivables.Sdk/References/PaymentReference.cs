using System.Diagnostics.CodeAnalysis;

namespace Receivables.Sdk.References;

/// <summary>A structured payment reference whose check digits hold: a type and its canonical text.</summary>
/// <remarks>
/// <para>Text is read as people write it: grouped, in lower case, with blanks, line breaks, <c>. - / ,</c> around and between the characters, and in
/// the type's own wrapping (<c>+++…+++</c> and <c>***…***</c> of Belgium, <c>+71&lt;…+…&lt;</c> of Denmark).</para>
/// <para>Equality is by type and canonical text, ordinal. <c>default</c> holds no reference. Immutable and safe to share between threads.</para>
/// </remarks>
public readonly struct PaymentReference : IEquatable<PaymentReference>
{
    private readonly string? _canonical;

    private PaymentReference(ReferenceType type, string canonical) => (Type, _canonical) = (type, canonical);

    /// <summary>The type.</summary>
    public ReferenceType Type { get; }

    /// <summary>
    /// The canonical text: upper case without separators; 12 digits for Belgium, 27 for Switzerland, no leading zeros for Finland; Slovenia and
    /// Croatia keep their model and hyphens, Denmark its code line. Empty for <c>default</c>.
    /// </summary>
    public string Canonical => _canonical ?? "";

    /// <summary>
    /// What two ways of writing the same reference have in common, for an index: the canonical text, but of a Danish code line the id alone, and
    /// without the hyphens of Slovenia and Croatia.
    /// </summary>
    public string Key => Type switch
    {
        ReferenceType.DanishFik when Canonical.Length > 0 => DanishFik.IdOf(Canonical).ToString(),
        ReferenceType.Slovenian or ReferenceType.Croatian => Canonical.Replace("-", "", StringComparison.Ordinal),
        _ => Canonical,
    };

    /// <summary>The reference as its country prints it: <c>RF18 5390 0754 7034</c>, <c>+++010/8068/17183+++</c>.</summary>
    public string ToPrintString() => Canonical is not { Length: > 0 } text ? "" : Type switch
    {
        ReferenceType.Iso11649 => ReferenceText.Group(text, 4, fromRight: false),
        ReferenceType.BelgianOgm => BelgianOgm.Print(text),
        ReferenceType.SwissQrr => SwissQrr.Print(text),
        ReferenceType.Finnish => ReferenceText.Group(text, 5, fromRight: true),
        ReferenceType.DutchBetalingskenmerk when text.Length > 7 => ReferenceText.Group(text, 4, fromRight: false),
        ReferenceType.Slovenian or ReferenceType.Croatian => PartedModel.Print(text),
        _ => text,
    };

    /// <summary>Checks a text and says what is wrong with it.</summary>
    /// <param name="s">The text.</param>
    /// <param name="type">The type that it should be of.</param>
    /// <param name="result">The reference, or <c>default</c> when there is a fault.</param>
    /// <returns><see cref="ReferenceFault.None"/>, or the first fault found.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static ReferenceFault Check(ReadOnlySpan<char> s, ReferenceType type, out PaymentReference result)
    {
        Span<char> canonical = stackalloc char[ReferenceText.MaxLength];
        var fault = Check(s, type, canonical, out var length);
        result = fault == ReferenceFault.None ? new PaymentReference(type, canonical[..length].ToString()) : default;
        return fault;
    }

    /// <summary>Reads a text as a reference of one type.</summary>
    /// <param name="s">The text.</param>
    /// <param name="type">The type.</param>
    /// <param name="result">The reference, or <c>default</c>.</param>
    /// <returns>Whether form and check digits hold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static bool TryParse(ReadOnlySpan<char> s, ReferenceType type, out PaymentReference result) =>
        Check(s, type, out result) == ReferenceFault.None;

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, ReferenceType, out PaymentReference)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, ReferenceType type, out PaymentReference result) => TryParse(s.AsSpan(), type, out result);

    /// <summary>Reads a text as a reference of one type, or throws.</summary>
    /// <param name="s">The text.</param>
    /// <param name="type">The type.</param>
    /// <exception cref="FormatException">Form or check digits do not hold. The message does not repeat the text.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static PaymentReference Parse(string s, ReferenceType type)
    {
        ArgumentNullException.ThrowIfNull(s);
        var fault = Check(s, type, out var result);
        return fault == ReferenceFault.None ? result : throw new FormatException($"Not a reference of type {ReferenceScheme.Of(type).Name}. {fault.ToText()}");
    }

    /// <summary>Reads a text as every type that it satisfies, in the order of <see cref="ReferenceType"/>.</summary>
    /// <remarks>Bare digits often satisfy several types by chance: see <see cref="ReferenceScheme.RandomAcceptance"/>.</remarks>
    /// <param name="s">The text.</param>
    /// <returns>One reference for each type; empty when there is none.</returns>
    public static IReadOnlyList<PaymentReference> ReadAll(ReadOnlySpan<char> s)
    {
        var all = new List<PaymentReference>();
        foreach (var scheme in ReferenceScheme.All)
        {
            if (TryParse(s, scheme.Type, out var reference))
            {
                all.Add(reference);
            }
        }

        return all;
    }

    /// <summary>Makes a reference: adds prefix, padding and check digits to a base.</summary>
    /// <param name="type">The type.</param>
    /// <param name="baseText">
    /// The digits (ISO 11649: letters, too) that carry the sender's own number; blanks and <c>. / ,</c> are passed over. Slovenia and Croatia:
    /// hyphens separate the parts. It is padded with zeros where the type has a fixed length.
    /// </param>
    /// <param name="options">Choices of the type; null is <see cref="ReferenceCreateOptions.Default"/>.</param>
    /// <param name="result">The reference, or <c>default</c> when there is a fault.</param>
    /// <returns><see cref="ReferenceFault.None"/>, or why no reference can be made.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static ReferenceFault TryCreate(ReferenceType type, ReadOnlySpan<char> baseText, ReferenceCreateOptions? options, out PaymentReference result)
    {
        options ??= ReferenceCreateOptions.Default;
        Span<char> canonical = stackalloc char[ReferenceText.MaxLength];
        Span<char> digits = stackalloc char[ReferenceText.MaxLength];
        result = default;
        int length;
        var fault = type switch
        {
            ReferenceType.Iso11649 => Iso11649.Create(baseText, canonical, out length),
            ReferenceType.Slovenian or ReferenceType.Croatian => CreateParted(type, baseText, options, canonical, out length),
            _ => ReferenceText.CopyDigits(baseText, digits, out var count) is var bad and not ReferenceFault.None
                ? Fail(bad, out length)
                : Create(type, digits[..count], options, canonical, out length),
        };
        if (fault == ReferenceFault.None)
        {
            // Whatever is made must be accepted when it comes back, so a base that the type refuses (all zeros) is told here.
            fault = Check(canonical[..length], type, out result);
        }

        return fault;
    }

    /// <summary>Makes a reference, or throws.</summary>
    /// <inheritdoc cref="TryCreate" path="/param[@name='type']|/param[@name='baseText']|/param[@name='options']"/>
    /// <exception cref="ArgumentException">No reference of the type can be made of the base; the message says why.</exception>
    public static PaymentReference Create(ReferenceType type, string baseText, ReferenceCreateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(baseText);
        var fault = TryCreate(type, baseText, options, out var result);
        return fault == ReferenceFault.None
            ? result
            : throw new ArgumentException($"No reference of type {ReferenceScheme.Of(type).Name} can be made of this base. {fault.ToText()}", nameof(baseText));
    }

    /// <summary>
    /// Finds references in free text that show what they are by form and check digits together: ISO 11649, the Belgian one in its wrapping or with
    /// its slashes, the Swiss one of 27 digits, the Danish code line, and the Slovenian and Croatian ones with their prefix.
    /// </summary>
    /// <param name="text">The text; references may be grouped, or cut by blanks and line breaks.</param>
    /// <returns>The matches from left to right, without overlaps. Nothing is allocated where nothing is found.</returns>
    public static IReadOnlyList<ReferenceMatch> FindIn(ReadOnlySpan<char> text)
    {
        List<ReferenceMatch>? found = null;
        for (var finder = new ReferenceFinder(text); finder.MoveNext();)
        {
            (found ??= []).Add(finder.Current);
        }

        return found ?? (IReadOnlyList<ReferenceMatch>)[];
    }

    /// <summary>
    /// Finds digits in free text that pass the check of one type. These are candidates: only the sender's list of given-out references, or the
    /// context, can confirm them. Candidates may overlap.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The type.</param>
    /// <returns>The candidates by start, the shorter first. Nothing is allocated where nothing is found.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static IReadOnlyList<ReferenceMatch> FindCandidatesIn(ReadOnlySpan<char> text, ReferenceType type)
    {
        List<ReferenceMatch>? found = null;
        for (var finder = new CandidateFinder(text, ReferenceScheme.Of(type)); finder.MoveNext();)
        {
            (found ??= []).Add(finder.Current);
        }

        return found ?? (IReadOnlyList<ReferenceMatch>)[];
    }

    /// <summary>The Finnish reference inside an ISO 11649 one, where that is how it was made: <c>RF45 1232</c> holds <c>1232</c>.</summary>
    /// <param name="result">The Finnish reference, or <c>default</c>.</param>
    /// <returns>Whether this is an ISO 11649 reference whose body is a valid Finnish one. One body of digits in ten is, by chance.</returns>
    public bool TryGetFinnish(out PaymentReference result)
    {
        result = default;
        return Type == ReferenceType.Iso11649 && Canonical.Length > 4 && TryParse(Canonical.AsSpan(4), ReferenceType.Finnish, out result);
    }

    /// <inheritdoc/>
    public bool Equals(PaymentReference other) => Type == other.Type && string.Equals(Canonical, other.Canonical, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PaymentReference other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Canonical.GetHashCode(StringComparison.Ordinal));

    /// <summary>The canonical text.</summary>
    public override string ToString() => Canonical;

    /// <summary>Whether type and canonical text are equal.</summary>
    public static bool operator ==(PaymentReference left, PaymentReference right) => left.Equals(right);

    /// <summary>Whether type or canonical text differ.</summary>
    public static bool operator !=(PaymentReference left, PaymentReference right) => !left.Equals(right);

    /// <summary>Checks without allocating; the canonical text goes into a buffer of <see cref="ReferenceText.MaxLength"/>.</summary>
    internal static ReferenceFault Check(ReadOnlySpan<char> s, ReferenceType type, Span<char> canonical, out int length) => type switch
    {
        ReferenceType.Iso11649 => Iso11649.Check(s, canonical, out length),
        ReferenceType.BelgianOgm => BelgianOgm.Check(s, canonical, out length),
        ReferenceType.SwissQrr => SwissQrr.Check(s, canonical, out length),
        ReferenceType.Finnish => SevenThreeOne.CheckFinnish(s, canonical, out length),
        ReferenceType.NorwegianKid => NorwegianKid.Check(s, canonical, out length),
        ReferenceType.SwedishOcr => SwedishOcr.Check(s, canonical, out length),
        ReferenceType.DanishFik => DanishFik.Check(s, canonical, out length),
        ReferenceType.DutchBetalingskenmerk => DutchBetalingskenmerk.Check(s, canonical, out length),
        ReferenceType.Slovenian => PartedModel.Check(s, "SI", canonical, out length),
        ReferenceType.Croatian => PartedModel.Check(s, "HR", canonical, out length),
        ReferenceType.Estonian => SevenThreeOne.CheckEstonian(s, canonical, out length),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static ReferenceFault Create(ReferenceType type, ReadOnlySpan<char> digits, ReferenceCreateOptions options, Span<char> canonical, out int length) => type switch
    {
        ReferenceType.BelgianOgm => BelgianOgm.Create(digits, canonical, out length),
        ReferenceType.SwissQrr => SwissQrr.Create(digits, canonical, out length),
        ReferenceType.Finnish => SevenThreeOne.CreateFinnish(digits, canonical, out length),
        ReferenceType.NorwegianKid => NorwegianKid.Create(digits, options.Modulus, canonical, out length),
        ReferenceType.SwedishOcr => SwedishOcr.Create(digits, options.LengthDigit, canonical, out length),
        ReferenceType.DanishFik => DanishFik.Create(digits, options.Card, options.Creditor, canonical, out length),
        ReferenceType.DutchBetalingskenmerk => DutchBetalingskenmerk.Create(digits, canonical, out length),
        ReferenceType.Estonian => SevenThreeOne.CreateEstonian(digits, canonical, out length),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static ReferenceFault CreateParted(ReferenceType type, ReadOnlySpan<char> baseText, ReferenceCreateOptions options, Span<char> canonical, out int length)
    {
        Span<char> parts = stackalloc char[ReferenceText.MaxLength];
        var count = 0;
        foreach (var c in baseText)
        {
            if (c != '-' && ReferenceText.IsSeparator(c))
            {
                continue;
            }

            if (c != '-' && !char.IsAsciiDigit(c))
            {
                return Fail(ReferenceFault.Character, out length);
            }

            if (count == 24)
            {
                return Fail(ReferenceFault.Length, out length);
            }

            parts[count++] = c;
        }

        return count == 0
            ? Fail(ReferenceFault.Empty, out length)
            : PartedModel.Create(parts[..count], type == ReferenceType.Slovenian ? "SI" : "HR", options.Model, canonical, out length);
    }

    private static ReferenceFault Fail(ReferenceFault fault, out int length)
    {
        length = 0;
        return fault;
    }
}
