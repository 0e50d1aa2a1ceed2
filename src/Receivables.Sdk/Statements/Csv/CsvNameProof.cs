namespace Receivables.Sdk.Statements.Csv;

/// <summary>What the rows of a file must show before a layout is believed that only the names of its columns told: dates, amounts, and where their signs are.</summary>
internal static class CsvNameProof
{
    private const string CardWords = "card karte carte tarjeta kaart carta cartao karta karty kort 卡";

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

        var forms = CsvDateFormat.CreateAll([.. CsvDateFormat.Common, .. CsvDateFormat.CommonWithoutYear]);
        var transactions = data.FindAll(r => forms.Any(f => f.TryRead(System.Text.Encoding.UTF8.GetBytes(At(r, layout.BookingDate)), out _)) && HasAmount(layout, r));
        var areRows = transactions.Count > 0 && transactions.Count * 2 >= data.Count;
        if (HasCharges(layout, transactions) || !(areRows || layout.Unknown == 0))
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

    // Issuers of cards write what was spent without a sign, and what was given back with one.
    private static bool MayBeOfCard(CsvLayout layout) =>
        layout.Texts.Any(t => CsvLabel.Fold(t.Name) is var name && CardWords.Split(' ').Any(w => name.Contains(w, StringComparison.Ordinal)));

    // A column that is not known may be the sign, unless amounts have their own or the balance proves them.
    private static CsvLayout? ConfirmSigns(CsvLayout layout, List<string[]> data, List<string[]> transactions)
    {
        if (transactions.Exists(r => CsvNumberText.TryParse(At(r, layout.Amount), out var number, out _) && number.IsNegative) && !MayBeOfCard(layout))
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

        return (layout.Unknown == 0 && !MayBeOfCard(layout)) || CsvEvidence.BalanceProves(layout, data) ? layout : null;
    }

    private static bool AreMarks(CsvLayout layout, List<string[]> rows, int column)
    {
        var marks = layout.Profile.Marks.Debit.Concat(layout.Profile.Marks.Credit).Select(w => w.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        return rows.TrueForAll(r => marks.Contains(At(r, column).ToUpperInvariant()));
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
