using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Calendars;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.TestKit.Ledger;

/// <summary>Generators of payment terms.</summary>
public static class TermsGen
{
    /// <summary>Single steps; those that need a calendar among them.</summary>
    public static Gen<TermsStep> Steps { get; } = Gen.OneOf(
        Gen.Choose(0, 120).Select(n => (TermsStep)new TermsStep.Days(n)),
        Gen.Choose(-10, -1).Select(n => (TermsStep)new TermsStep.Days(n)),
        Gen.Choose(0, 30).Select(n => (TermsStep)new TermsStep.BusinessDays(n)),
        Gen.Choose(0, 12).Select(n => (TermsStep)new TermsStep.Months(n)),
        Gen.Constant<TermsStep>(new TermsStep.EndOfMonth()),
        Gen.Choose(1, 3).Select(n => (TermsStep)new TermsStep.MonthAhead(n)),
        Gen.Choose(1, 31).Select(n => (TermsStep)new TermsStep.DayOfMonth(n)),
        Gen.Choose(1, 31).Select(n => (TermsStep)new TermsStep.CutOff(n)),
        from days in Gen.Choose(1, 31).NonEmptyListOf()
        from skipped in Gen.Choose(1, 11).ListOf()
        select (TermsStep)new TermsStep.PayDays(days, skipped));

    /// <summary>Rules of up to four steps.</summary>
    public static Gen<TermsRule> Rules { get; } =
        from count in Gen.Choose(0, 4) from steps in Steps.ArrayOf(count) select new TermsRule(steps);

    /// <summary>Terms with discounts, instalments, bases and rolls.</summary>
    public static Gen<PaymentTerms> Terms { get; } = Of(Rules);

    /// <summary>Terms whose steps, up to ten to a rule, are anywhere in their ranges: to be written and read, not to be applied.</summary>
    public static Gen<PaymentTerms> AnyTerms { get; } = Of(
        from count in Gen.Choose(0, 10)
        from steps in Gen.OneOf(
            Edged(-366, 3660).Select(n => (TermsStep)new TermsStep.Days(n)),
            Edged(0, 366).Select(n => (TermsStep)new TermsStep.BusinessDays(n)),
            Edged(0, 120).Select(n => (TermsStep)new TermsStep.Months(n)),
            Gen.Constant<TermsStep>(new TermsStep.EndOfMonth()),
            Edged(1, 120).Select(n => (TermsStep)new TermsStep.MonthAhead(n)),
            Edged(1, 31).Select(n => (TermsStep)new TermsStep.DayOfMonth(n)),
            Edged(1, 31).Select(n => (TermsStep)new TermsStep.CutOff(n)),
            from days in Edged(1, 31).NonEmptyListOf()
            from skipped in Edged(1, 12).ListOf()
            select (TermsStep)new TermsStep.PayDays(days, skipped.Distinct().Take(11))).ArrayOf(count)
        select new TermsRule(steps));

    private static Gen<int> Edged(int least, int most) => Gen.OneOf(Gen.Elements(least, least + 1, most - 1, most), Gen.Choose(least, most));

    private static Gen<PaymentTerms> Of(Gen<TermsRule> generator) =>
        from due in generator
        from discounts in (from percent in Gen.Choose(1, 200) from rule in generator select new TermsDiscount(new Percentage(percent / 10m), rule)).ListOf()
        from kind in Gen.Choose(0, 3)
        from shares in Gen.Choose(1, 20).ArrayOf(4)
        from rules in generator.ArrayOf(4)
        from basis in Gen.Elements(Enum.GetValues<TermsBasis>())
        from roll in Gen.Elements(Enum.GetValues<RollConvention>())
        from isPrepaid in Gen.Elements(true, false, false)
        select new PaymentTerms
        {
            Due = kind == 0 ? due : TermsRule.Immediately,
            Basis = basis,
            Roll = roll,
            IsPrepaid = isPrepaid,
            Discounts = [.. discounts.Take(3)],
            Parts = kind switch
            {
                1 => [.. shares.Zip(rules, (s, r) => new TermsPart(r) { Percent = new Percentage(s) }), new TermsPart(due)],
                2 => [new TermsPart(rules[0]) { Percent = new Percentage(33.3m) }, new TermsPart(rules[1]) { Percent = new Percentage(66.7m) }],
                3 => [new TermsPart(rules[0]) { Amount = shares[0] / 100m }, new TermsPart(rules[1]), new TermsPart(rules[2])],
                _ => [],
            },
        };
}
