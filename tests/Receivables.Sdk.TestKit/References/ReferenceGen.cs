using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.References;

namespace Receivables.Sdk.TestKit.References;

/// <summary>Generators of structured payment references, and of the ways people write them.</summary>
public static class ReferenceGen
{
    /// <summary>Every type.</summary>
    public static Gen<ReferenceType> Types { get; } = Gen.Elements(Enum.GetValues<ReferenceType>());

    /// <summary>Digits of a length between two bounds, short ones and zeros more often than chance has them.</summary>
    /// <param name="min">The fewest.</param>
    /// <param name="max">The most.</param>
    public static Gen<string> Digits(int min, int max) =>
        from length in Gen.OneOf(Gen.Choose(min, max), Gen.Elements(min, max))
        from digits in Gen.Elements("0123456789000999".ToCharArray()).ArrayOf(length)
        select new string(digits);

    /// <summary>Valid references of one type, made of bases of every length.</summary>
    /// <param name="type">The type.</param>
    public static Gen<PaymentReference> Of(ReferenceType type)
    {
        var (min, max) = type switch
        {
            ReferenceType.Iso11649 => (1, 21),
            ReferenceType.BelgianOgm => (1, 10),
            ReferenceType.SwissQrr => (1, 26),
            ReferenceType.Finnish => (3, 19),
            ReferenceType.NorwegianKid => (1, 24),
            ReferenceType.SwedishOcr => (1, 23),
            ReferenceType.DanishFik => (1, 14),
            ReferenceType.DutchBetalingskenmerk => (1, 15),
            ReferenceType.Slovenian => (1, 12),
            ReferenceType.Croatian => (1, 12),
            _ => (1, 19),
        };
        return from digits in Digits(min, max)
               from modulus in Gen.Elements(10, 11)
               from hasLengthDigit in Gen.Elements(true, false)
               from card in Gen.Elements("71", "75", "04", "15")
               from creditor in Gen.Elements<string?>(null, "12345678", "42")
               let fault = PaymentReference.TryCreate(
                   type,
                   digits,
                   new ReferenceCreateOptions { Modulus = modulus, LengthDigit = hasLengthDigit, Card = card, Creditor = creditor },
                   out var reference) == ReferenceFault.None
                   ? reference
                   : PaymentReference.Create(type, "1234567")
               select fault;
    }

    /// <summary>Valid references of every type.</summary>
    public static Gen<PaymentReference> Any { get; } = Types.SelectMany(Of);

    /// <summary>A reference as people may write it: canonical or printed, in either case, blanks or a line break thrown in.</summary>
    /// <param name="reference">The reference.</param>
    public static Gen<string> Written(PaymentReference reference) =>
        from text in Gen.Elements(reference.Canonical, reference.ToPrintString())
        from isLower in Gen.Elements(true, false)
        let first = text.StartsWith("+++", StringComparison.Ordinal) ? 3 : 1
        from at in Gen.Choose(first, Math.Max(first, text.Length - first))
        from gap in Gen.Elements("", " ", "\n", "\r\n", ".", " /", "\u00a0")
        let cased = isLower ? text.ToLowerInvariant() : text
        select cased.Insert(Math.Min(at, cased.Length), gap);
}
