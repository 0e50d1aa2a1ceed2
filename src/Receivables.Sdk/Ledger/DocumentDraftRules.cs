namespace Receivables.Sdk.Ledger;

/// <summary>What a lawful document is: the one place that knows.</summary>
internal static class DocumentDraftRules
{
    /// <summary>The amount that is stated, or the sum of the lines; null when there is neither, or the sum is beyond what a decimal holds.</summary>
    internal static decimal? Total(DocumentDraft draft)
    {
        if (draft.Amount is not null || draft.Lines.Count == 0)
        {
            return draft.Amount;
        }

        return TrySum(draft.Lines.Select(l => l.Amount));
    }

    internal static IReadOnlyList<DraftProblem> Check(DocumentDraft draft, IReadOnlySet<string>? numbersInUse)
    {
        var problems = new List<DraftProblem>();
        CheckHead(draft, numbersInUse, problems);
        CheckAmount(draft, problems);
        CheckDates(draft, problems);
        CheckDiscounts(draft, problems);
        return problems;
    }

    private static void CheckHead(DocumentDraft draft, IReadOnlySet<string>? numbersInUse, List<DraftProblem> problems)
    {
        if (draft.Kind == DocumentKind.Payment || !Enum.IsDefined(draft.Kind))
        {
            problems.Add(new("kindUnlawful", nameof(draft.Kind), "A payment is received, not issued."));
        }

        if (draft.Customer is not { Value.Length: > 0 })
        {
            problems.Add(new("customerMissing", nameof(draft.Customer), "The document has no customer."));
        }

        if (draft.Number is not null && string.IsNullOrWhiteSpace(draft.Number))
        {
            problems.Add(new("numberEmpty", nameof(draft.Number), "The number is empty."));
        }
        else if (draft.Number is not null && numbersInUse?.Contains(draft.Number) == true)
        {
            problems.Add(new("numberInUse", nameof(draft.Number), "The number stands on another document."));
        }

        if (draft.Kind is DocumentKind.InterestClaim or DocumentKind.FeeClaim or DocumentKind.Recovery && draft.RelatedTo is not { Value.Length: > 0 })
        {
            problems.Add(new("claimMissing", nameof(draft.RelatedTo), "A claim of interest or a fee names what it accrued on, and a recovery what was written off."));
        }
    }

    private static void CheckAmount(DocumentDraft draft, List<DraftProblem> problems)
    {
        if (draft.Currency is not { } currency || currency == Currency.None)
        {
            problems.Add(new("currencyMissing", nameof(draft.Currency), "The document has no currency."));
            currency = Currency.None;
        }

        if (Total(draft) is not { } total)
        {
            problems.Add(new("amountMissing", nameof(draft.Amount), "The document has neither an amount nor lines that add up."));
            return;
        }

        if (total <= 0m)
        {
            problems.Add(new("amountNotPositive", nameof(draft.Amount), "The amount is not above zero; the kind of document gives the side."));
        }

        if (currency != Currency.None && (!Fits(total, currency) || draft.Lines.Any(l => !Fits(l.Amount, currency)) || draft.Instalments.Any(i => !Fits(i.Amount, currency))))
        {
            problems.Add(new("tooManyDecimals", nameof(draft.Amount), $"An amount has more decimals than {currency.Code}, or is beyond what a ledger keeps exactly."));
        }

        if (draft.Lines.Count > 0 && TrySum(draft.Lines.Select(l => l.Amount)) != total)
        {
            problems.Add(new("linesDoNotAddUp", nameof(draft.Lines), "The lines do not add up to the amount."));
        }

        if (draft.Instalments.Count > 0 && TrySum(draft.Instalments.Select(i => i.Amount)) != total)
        {
            problems.Add(new("instalmentsDoNotAddUp", nameof(draft.Instalments), "The instalments do not add up to the amount."));
        }

        if (draft.Instalments.Any(i => i.Amount <= 0m))
        {
            problems.Add(new("instalmentNotPositive", nameof(draft.Instalments), "An instalment is not above zero."));
        }
    }

    private static void CheckDates(DocumentDraft draft, List<DraftProblem> problems)
    {
        if (draft.Issued is not { } issued)
        {
            problems.Add(new("issuedMissing", nameof(draft.Issued), "The document has no date of issue."));
            return;
        }

        if (draft.Due < issued)
        {
            problems.Add(new("dueBeforeIssued", nameof(draft.Due), "The due date is before the date of issue."));
        }

        if (draft.Instalments.Any(i => i.Due < issued))
        {
            problems.Add(new("instalmentBeforeIssued", nameof(draft.Instalments), "An instalment is due before the date of issue."));
        }
    }

    private static void CheckDiscounts(DocumentDraft draft, List<DraftProblem> problems)
    {
        var steps = draft.CashDiscounts;
        if (steps.Any(s => s.Percent.Percent is <= 0m or > 100m))
        {
            problems.Add(new("discountOutOfRange", nameof(draft.CashDiscounts), "A cash discount is above 0 and at most 100 percent."));
        }

        if (steps.Any(s => s.Until < draft.Issued))
        {
            problems.Add(new("discountBeforeIssued", nameof(draft.CashDiscounts), "A cash discount ends before the date of issue."));
        }

        var inOrder = steps.OrderBy(s => s.Until).ToList();
        if (inOrder.Zip(inOrder.Skip(1)).Any(p => p.First.Until == p.Second.Until || p.First.Percent <= p.Second.Percent))
        {
            problems.Add(new("discountsDoNotFall", nameof(draft.CashDiscounts), "A later step of the cash discount must be a smaller one."));
        }
    }

    private static bool Fits(decimal value, Currency currency) =>
        ScaledAmount.TryCreate(value, isAsWritten: false, out var amount) && amount.ToMinorUnits(currency.MinorUnitDigits, out _) is null;

    private static decimal? TrySum(IEnumerable<decimal> amounts)
    {
        var sum = 0m;
        foreach (var amount in amounts)
        {
            if (decimal.Abs(amount) > ScaledAmount.Largest || decimal.Abs(sum) > ScaledAmount.Largest)
            {
                return null;
            }

            sum += amount;
        }

        return sum;
    }
}
