using System.Globalization;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Ledger;

/// <summary>Terms in words.</summary>
internal static class TermsDescription
{
    internal static string Of(PaymentTerms terms, TermsLanguage words)
    {
        var sentences = new List<string>();
        if (terms.IsPrepaid)
        {
            sentences.Add(words.Prepaid);
        }

        if (terms.Parts.Count > 0)
        {
            var parts = terms.Parts.Select(p => Fill(words.Part, Share(p, words), Rule(p.Rule, terms.Basis, words)));
            sentences.Add(Fill(words.Instalments, string.Join("; ", parts)));
        }
        else if (!terms.IsPrepaid || terms.Due.Steps.Count > 0)
        {
            sentences.Add(Fill(words.Payment, Rule(terms.Due, terms.Basis, words)));
        }

        foreach (var discount in terms.Discounts)
        {
            sentences.Add(Fill(words.Discount, Number(discount.Percent.ToString(), words), Rule(discount.Rule, terms.Basis, words)));
        }

        if (terms.Roll != RollConvention.None)
        {
            sentences.Add(words.Roll(terms.Roll));
        }

        return string.Concat(sentences.Select(s => s + words.Stop)).TrimEnd();
    }

    private static string Share(TermsPart part, TermsLanguage words) =>
        part.Percent is { } percent ? Number(percent.ToString(), words)
        : part.Amount is { } amount ? Number(amount.ToString("0.00##########################", CultureInfo.InvariantCulture), words)
        : words.Rest;

    private static string Rule(TermsRule rule, TermsBasis basis, TermsLanguage words)
    {
        var from = basis switch
        {
            TermsBasis.Delivery => words.FromDelivery,
            TermsBasis.Receipt => words.FromReceipt,
            _ => words.FromInvoice,
        };
        return rule.Steps switch
        {
            [] => basis switch { TermsBasis.Delivery => words.OnDelivery, TermsBasis.Receipt => words.OnReceipt, _ => words.Immediately },
            [TermsStep.Days { Count: > 1 and var n }] => Fill(words.Within, Fill(words.DaysWithin ?? words.Days, Number(n))) + from,
            [TermsStep.BusinessDays { Count: > 1 and var n }] => Fill(words.Within, Fill(words.BusinessDaysWithin ?? words.BusinessDays, Number(n))) + from,
            [TermsStep.Months { Count: > 1 and var n }] => Fill(words.Within, Fill(words.MonthsWithin ?? words.Months, Number(n))) + from,
            [TermsStep.Days { Count: >= 0 } or TermsStep.BusinessDays or TermsStep.Months] => Fill(words.Within, Step(rule.Steps[0], words)) + from,
            _ => Steps(rule.Steps, words) + (basis == TermsBasis.Invoice ? "" : from),
        };
    }

    // Two steps that have a phrase of their own are said together.
    private static string Steps(IReadOnlyList<TermsStep> steps, TermsLanguage words)
    {
        var said = new List<string>();
        for (var i = 0; i < steps.Count; i++)
        {
            var pair = i + 1 < steps.Count ? Pair(steps[i], steps[i + 1], words) : null;
            // "30 days end of month" is how the trade says "30 days, then the end of the month".
            if (pair is null && steps[i] is TermsStep.EndOfMonth && said is [.., var last] && steps[i - 1] is TermsStep.Days { Count: >= 0 } or TermsStep.Months && i == 1)
            {
                said[^1] = last + (words.Stop == "。" ? "后" : " ") + words.EndOfMonth;
                continue;
            }

            said.Add(pair ?? Step(steps[i], words));
            i += pair is null ? 0 : 1;
        }

        return string.Join(words.Then, said);
    }

    private static string? Pair(TermsStep first, TermsStep second, TermsLanguage words) => (first, second) switch
    {
        (TermsStep.MonthAhead { Ahead: 1 }, TermsStep.EndOfMonth) => words.EndOfFollowingMonth,
        (TermsStep.MonthAhead { Ahead: 1 }, TermsStep.DayOfMonth { Day: var day }) => Fill(words.DayOfFollowingMonth, Number(day)),
        (TermsStep.EndOfMonth, TermsStep.Days { Count: > 0 } days) => Fill(words.EndOfMonthPlus, Step(days, words)),
        (TermsStep.EndOfMonth, TermsStep.Days { Count: < 0 and var count }) => Fill(words.EndOfMonthMinus, Step(new TermsStep.Days(-count), words)),
        _ => null,
    };

    private static string Step(TermsStep step, TermsLanguage words) => step switch
    {
        TermsStep.Days { Count: 1 } => words.Day,
        TermsStep.Days { Count: < 0 and var n } => Fill(words.DaysBefore, n == -1 ? words.Day : Fill(words.Days, Number(-n))),
        TermsStep.Days { Count: var n } => Fill(words.Days, Number(n)),
        TermsStep.BusinessDays { Count: 1 } => words.BusinessDay,
        TermsStep.BusinessDays { Count: var n } => Fill(words.BusinessDays, Number(n)),
        TermsStep.Months { Count: 1 } => words.Month,
        TermsStep.Months { Count: var n } => Fill(words.Months, Number(n)),
        TermsStep.EndOfMonth => words.EndOfMonth,
        TermsStep.MonthAhead { Ahead: var n } => Fill(words.StartOfMonthAhead, Number(n)),
        TermsStep.DayOfMonth { Day: var n } => Fill(words.DayOfMonth, Number(n)),
        TermsStep.CutOff { Day: var n } => Fill(words.CutOff, Number(n)),
        TermsStep.PayDays pay => Fill(words.PayDays, string.Join(", ", pay.InMonth.Select(Number)))
            + (pay.SkippedMonths.Count == 0 ? "" : ", " + Fill(words.Skipping, string.Join(", ", pay.SkippedMonths.Select(Number)))),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(string text, TermsLanguage words) =>
        text.Replace('.', words.DecimalSign).Replace("%", words.PercentGap + "%", StringComparison.Ordinal);

    private static string Fill(string template, string first, string second = "") =>
        template.Replace("{0}", first, StringComparison.Ordinal).Replace("{1}", second, StringComparison.Ordinal);
}
