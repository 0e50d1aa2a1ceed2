using FsCheck;
using FsCheck.Fluent;

namespace Receivables.Sdk.Tests.Matching.Similarity;

/// <summary>Texts that may be names: words of every kind, legal forms, numbers, several scripts, and any characters at all.</summary>
internal static class NameTexts
{
    private static readonly Gen<string> Words = Gen.Frequency(
        (8, Gen.Elements("Jansen", "Bakker", "Müller", "Muller", "Acme", "Metal", "Group", "van", "de", "Газпром", "Παπα", "华为技术", "1", "II", "Forty", "Four", "A", "ß", "AE")),
        (4, Gen.Elements("B.V.", "GmbH", "Limited", "Liability", "Company", "S.r.l.", "AG", "有限公司", "ООО", "Aktiengeselschaft", "ADR", "O.N.", "DL-,001", "Class A")),
        (2, Gen.ArrayOf(Gen.Choose(0, char.MaxValue).Select(c => (char)c)).Select(a => new string(a))));

    internal static Gen<string> Any =>
        from count in Gen.Choose(0, 7)
        from words in Gen.ArrayOf(Words, count)
        from separator in Gen.Elements(" ", "-", "", "  ")
        select string.Join(separator, words);
}
