using System.Globalization;
using System.Text;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Ledger;

/// <summary>
/// Our own notation of terms: clauses with semicolons between them. <c>net RULE</c>, <c>part SHARE RULE</c>, <c>discount P% RULE</c>, <c>prepaid</c>,
/// <c>from delivery|receipt</c>, <c>roll CONVENTION</c>; a share is <c>30%</c>, <c>100.00</c> or <c>rest</c>.
/// </summary>
internal static class TermsNotation
{
    internal static string Write(PaymentTerms terms)
    {
        var text = new StringBuilder();
        if (terms.Parts.Count == 0)
        {
            text.Append("net ").Append(terms.Due.Notation);
        }

        foreach (var part in terms.Parts)
        {
            Clause(text, "part ");
            text.Append(part.Percent?.ToString() ?? part.Amount?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "rest");
            text.Append(' ').Append(part.Rule.Notation);
        }

        foreach (var discount in terms.Discounts)
        {
            Clause(text, "discount ").Append(discount.Percent).Append(' ').Append(discount.Rule.Notation);
        }

        if (terms.IsPrepaid)
        {
            Clause(text, "prepaid");
        }

        if (terms.Basis != TermsBasis.Invoice)
        {
            Clause(text, terms.Basis == TermsBasis.Delivery ? "from delivery" : "from receipt");
        }

        if (terms.Roll != RollConvention.None)
        {
            Clause(text, "roll ").Append(NameOf(terms.Roll));
        }

        return text.ToString();
    }

    /// <summary>The terms, or null when the text is not in this notation.</summary>
    internal static PaymentTerms? Read(string text)
    {
        TermsRule? due = null;
        var parts = new List<TermsPart>();
        var discounts = new List<TermsDiscount>();
        var terms = new PaymentTerms();
        foreach (var clause in text.Split(';', StringSplitOptions.TrimEntries))
        {
            var words = clause.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["net", .. var rest] when due is null && ReadRule(rest) is { } rule:
                    due = rule;
                    break;
                case ["part", var share, .. var rest] when ReadRule(rest) is { } rule && ReadPart(share, rule) is { } part:
                    parts.Add(part);
                    break;
                case ["discount", var share, .. var rest] when ReadRule(rest) is { } rule && ReadPercent(share) is { } percent:
                    discounts.Add(new TermsDiscount(percent, rule));
                    break;
                case ["prepaid"] when !terms.IsPrepaid:
                    terms = terms with { IsPrepaid = true };
                    break;
                case ["from", "invoice" or "delivery" or "receipt"] when terms.Basis == TermsBasis.Invoice:
                    terms = terms with { Basis = words[1] switch { "invoice" => TermsBasis.Invoice, "delivery" => TermsBasis.Delivery, _ => TermsBasis.Receipt } };
                    break;
                case ["roll", var name] when ReadRoll(name) is { } roll:
                    terms = terms with { Roll = roll };
                    break;
                default:
                    return null;
            }
        }

        if (due is null ? parts.Count == 0 && !terms.IsPrepaid : parts.Count > 0)
        {
            return null;
        }

        return Build(terms with { Due = due ?? TermsRule.Immediately }, discounts, parts);
    }

    /// <summary>Puts discounts and parts in, or gives null where they do not hold together.</summary>
    internal static PaymentTerms? Build(PaymentTerms terms, List<TermsDiscount> discounts, List<TermsPart> parts)
    {
        try
        {
            return terms with { Discounts = discounts, Parts = parts };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static TermsPart? ReadPart(string share, TermsRule rule) =>
        share == "rest" ? new TermsPart(rule)
        : ReadPercent(share) is { } percent ? new TermsPart(rule) { Percent = percent }
        : decimal.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? new TermsPart(rule) { Amount = amount }
        : null;

    private static Percentage? ReadPercent(string text) =>
        text is [.., '%'] && decimal.TryParse(text.AsSpan(..^1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? new Percentage(percent) : null;

    private static TermsRule? ReadRule(string[] words)
    {
        if (words is [] or ["0d"])
        {
            return words.Length == 0 ? null : TermsRule.Immediately;
        }

        var steps = new List<TermsStep>();
        try
        {
            for (var i = 0; i < words.Length; i++)
            {
                var next = i + 1 < words.Length ? words[i + 1] : "";
                TermsStep? step = words[i] switch
                {
                    "eom" => new TermsStep.EndOfMonth(),
                    "month" when Number(next) is { } n => new TermsStep.MonthAhead(n),
                    "day" when Number(next) is { } n => new TermsStep.DayOfMonth(n),
                    "cut" when Number(next) is { } n => new TermsStep.CutOff(n),
                    "pay" when Numbers(next) is { } days => PayDays(days, words, i),
                    [.. var n, 'b', 'd'] when Number(n) is { } count => new TermsStep.BusinessDays(count),
                    [.. var n, 'd'] when Number(n) is { } count => new TermsStep.Days(count),
                    [.. var n, 'm'] when Number(n) is { } count => new TermsStep.Months(count),
                    _ => null,
                };
                if (step is null || steps.Count == 10)
                {
                    return null;
                }

                steps.Add(step);
                i += step switch
                {
                    TermsStep.PayDays { SkippedMonths.Count: > 0 } => 3,
                    TermsStep.MonthAhead or TermsStep.DayOfMonth or TermsStep.CutOff or TermsStep.PayDays => 1,
                    _ => 0,
                };
            }
        }
        catch (ArgumentException)
        {
            // A number out of the range of its step.
            return null;
        }

        return new TermsRule(steps);
    }

    private static TermsStep.PayDays PayDays(List<int> days, string[] words, int at) =>
        at + 3 < words.Length && words[at + 2] == "skip" && Numbers(words[at + 3]) is { } skipped ? new(days, skipped) : new(days);

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static List<int>? Numbers(string text)
    {
        var numbers = new List<int>();
        foreach (var item in text.Split(','))
        {
            if (Number(item) is not { } number)
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static RollConvention? ReadRoll(string name)
    {
        foreach (var convention in Enum.GetValues<RollConvention>())
        {
            if (NameOf(convention) == name)
            {
                return convention;
            }
        }

        return null;
    }

    private static string NameOf(RollConvention convention) => convention switch
    {
        RollConvention.None => "none",
        RollConvention.Following => "following",
        RollConvention.ModifiedFollowing => "modified-following",
        RollConvention.Preceding => "preceding",
        RollConvention.ModifiedPreceding => "modified-preceding",
        _ => "nearest",
    };

    private static StringBuilder Clause(StringBuilder text, string word) => text.Append(text.Length > 0 ? "; " : "").Append(word);
}
