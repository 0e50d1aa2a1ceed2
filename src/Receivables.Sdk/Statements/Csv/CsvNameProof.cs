namespace Receivables.Sdk.Statements.Csv;

/// <summary>What the rows of a file must show before a layout is believed that only the names of its columns told: dates, amounts, and where their signs are.</summary>
internal static class CsvNameProof
{
    private const string CardWords = "card karte carte tarjeta kaart carta cartao karta karty kort 卡 merchant purchasedby";

    /// <summary>The layout, with the column of marks that the rows show; null where they do not bear it out.</summary>
    /// <param name="layout">The layout of a profile of no bank.</param>
    /// <param name="rows">The first rows behind its header.</param>
    internal static CsvLayout? Confirm(CsvLayout layout, IEnumerable<string[]> rows)
    {
        var data = rows.Where(r => Array.Exists(r, f => f.Length > 0)).ToList();
        if (data.Count == 0)
        {
            return layout.Unknown == 0 ? layout : null;
        }

        // "Valuta" is the value date in one bank's Italian and the currency in another's.
        if (layout is { Currency: < 0, ValueDate: >= 0 } && AreCurrencies(data, layout.ValueDate))
        {
            layout = layout.WithCurrencyForValueDate();
        }

        if (layout.Account >= 0 && AreAccountsOfOthers(layout, data))
        {
            layout = layout.WithAccountsOfOthers();
        }

        var forms = CsvDateFormat.CreateAll([.. CsvDateFormat.Common, .. CsvDateFormat.CommonWithoutYear]);
        var transactions = data.FindAll(r => forms.Any(f => f.TryRead(System.Text.Encoding.UTF8.GetBytes(At(r, layout.BookingDate)), out _)) && HasAmount(layout, r));
        var areRows = transactions.Count > 0 && transactions.Count * 2 >= data.Count;
        if (HasCharges(layout, transactions) || !(areRows || (layout.Unknown == 0 && (transactions.Count > 0 || !data.Exists(r => HasAmount(layout, r))))))
        {
            return null;
        }

        return layout.Sign switch
        {
            CsvSignModel.Mark => AreMarks(layout, transactions, layout.Mark) ? layout : null,
            CsvSignModel.Signed => ConfirmSigns(layout, data, transactions),
            _ => layout,
        };
    }

    // Issuers of cards write what was spent without a sign, and what was given back with one. They name the day of the purchase beside that of
    // the booking, the merchant, and who bought; a bank that does so, too, has a balance.
    private static bool MayBeOfCard(CsvLayout layout, IReadOnlyList<string> names)
    {
        var folded = names.Select(CsvLabel.Fold).ToList();
        return folded.Exists(n => CardWords.Split(' ').Any(w => n.Contains(w, StringComparison.Ordinal)))
            || (layout.Balance < 0 && folded.Exists(n => n is "transdate" or "transactiondate" or "purchasedate") && folded.Exists(n => n is "postdate" or "posteddate" or "postingdate" or "clearingdate" or "dateposted"));
    }

    // A column that is not known may be the sign, unless amounts have their own or the balance proves them.
    private static CsvLayout? ConfirmSigns(CsvLayout layout, List<string[]> data, List<string[]> transactions)
    {
        var numbers = transactions.ConvertAll(r => CsvNumberText.TryParse(At(r, layout.Amount), out var number, out _) ? number : default);
        if (numbers.Count > 0 && numbers.TrueForAll(n => n.IsMarked))
        {
            return layout;
        }

        // Where credits alone are marked, the amounts without a mark are debits.
        var areCreditsMarked = numbers.Exists(n => n is { IsMarked: true, IsNegative: false });
        if (!areCreditsMarked && numbers.Exists(n => n.IsNegative) && !MayBeOfCard(layout, layout.Names))
        {
            return layout;
        }

        foreach (var column in layout.Texts)
        {
            if (column.Role is CsvColumnRole.Other or CsvColumnRole.BookingText && transactions.Count > 0 && AreMarks(layout, transactions, column.Index))
            {
                return layout.WithMark(column.Index);
            }
        }

        // Marks may stand in a column without a name.
        for (var i = 0; i < layout.Names.Count && transactions.Count > 0; i++)
        {
            if (string.IsNullOrWhiteSpace(layout.Names[i]) && AreMarks(layout, transactions, i))
            {
                return layout.WithMark(i);
            }
        }

        return (layout.Unknown == 0 && !areCreditsMarked && !MayBeOfCard(layout, layout.Names)) || CsvEvidence.BalanceProves(layout, data) ? layout : null;
    }

    private static bool AreMarks(CsvLayout layout, List<string[]> rows, int column)
    {
        var marks = layout.Profile.Marks.Debit.Concat(layout.Profile.Marks.Credit).Select(w => w.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        return rows.TrueForAll(r => marks.Contains(At(r, column).ToUpperInvariant()));
    }

    // A column of accounts beside one of names is of the other sides where each account goes with one name alone, or some rows have none;
    // our own account stands in all rows, with many names. Of one row the place behind the name decides.
    private static bool AreAccountsOfOthers(CsvLayout layout, List<string[]> rows)
    {
        var name = layout.Texts.FirstOrDefault(t => t.Role == CsvColumnRole.CounterpartyName, new CsvTextColumn(CsvColumnRole.Other, -1, ""));
        if (name.Index < 0 || layout.Texts.Any(t => t.Role == CsvColumnRole.CounterpartyAccount))
        {
            return false;
        }

        var pairs = rows.Where(r => HasAmount(layout, r)).Select(r => (Account: At(r, layout.Account), Name: At(r, name.Index))).Distinct().ToList();
        var accounts = pairs.Where(p => p.Account.Length > 0).CountBy(p => p.Account).ToList();
        return accounts.Count > 1 ? accounts.TrueForAll(a => a.Value == 1) : pairs.Count == 1 ? layout.Account == name.Index + 1 : pairs.Exists(p => p.Account.Length == 0) && accounts.Count == 1;
    }

    private static bool AreCurrencies(List<string[]> rows, int column) =>
        rows.Exists(r => At(r, column).Length > 0) && rows.TrueForAll(r => At(r, column) is "" or { Length: 3 } && (At(r, column).Length == 0 || Currency.TryParse(At(r, column), out _)));

    private static bool HasAmount(CsvLayout layout, string[] row) =>
        layout.Sign == CsvSignModel.TwoColumns ? IsAmount(At(row, layout.Debit)) || IsAmount(At(row, layout.Credit)) : IsAmount(At(row, layout.Amount));

    private static bool IsAmount(string text) => text.Length > 0 && CsvNumberText.TryParse(text, out var number, out _) && number.Digits.Length > 0;

    // Whether charges are a part of the amount is the bank's habit.
    private static bool HasCharges(CsvLayout layout, List<string[]> rows) =>
        layout.Charges >= 0 && rows.Exists(r => At(r, layout.Charges).AsSpan().IndexOfAnyInRange('1', '9') >= 0);

    private static string At(string[] row, int index) => (uint)index < (uint)row.Length ? row[index] : "";
}
