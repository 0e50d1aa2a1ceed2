using NodaTime;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>What rows around the transactions say about the account.</summary>
internal sealed class CsvMetadataReader(CsvProfile profile, CsvValueReader values)
{
    private readonly (string Label, string Holds)[] _labels = [.. profile.Metadata.Select(m => (CsvLabel.Fold(m.Label), m.Holds))];
    private string[]? _above;
    private bool _isInTable;

    internal Iban? Iban { get; private set; }

    internal string? Account { get; private set; }

    internal string? Owner { get; private set; }

    internal string? Bic { get; private set; }

    internal Currency? Currency { get; private set; }

    internal (decimal Amount, Currency? Currency, LocalDate? Date)? Opening { get; private set; }

    internal (decimal Amount, Currency? Currency, LocalDate? Date)? Closing { get; private set; }

    internal List<(decimal Amount, Currency? Currency, LocalDate? Date)> Balances { get; } = [];

    internal LocalDate? From { get; private set; }

    internal LocalDate? To { get; private set; }

    /// <summary>Whether the table has ended: what follows without a date is a summary of it.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>The table begins: a summary before it ends nothing, and no row of it is the text of a label above.</summary>
    internal void BeginTable() => (HasEnded, _isInTable, _above) = (false, true, null);

    internal static bool IsKnown(string holds) =>
        holds is "account" or "owner" or "bic" or "currency" or "opening" or "closing" or "balance" or "from" or "to" or "period" or "section" or "end" or "nothing";

    /// <summary>Reads a row, if its first text is one of the profile's labels.</summary>
    internal bool TryRead(string[] fields)
    {
        var at = Array.FindIndex(fields, f => f.Length > 0);
        if (at < 0)
        {
            return false;
        }

        var above = _above;
        _above = null;
        if (IsLabels(fields))
        {
            _above = fields;
            return true;
        }

        if (above is not null && !BeginsWithLabel(fields[at]))
        {
            ReadBelow(above, fields);
            return true;
        }

        var colon = fields[at].AsSpan().IndexOfAny(':', '：');
        var rest = colon >= 0 ? fields[at][(colon + 1)..].Trim() : "";
        var folded = CsvLabel.Fold(profile.IsGeneric && colon >= 0 ? fields[at][..colon] : fields[at]);
        foreach (var (label, holds) in _labels)
        {
            // Where no bank's file was seen, the label is the whole text: an "Account type" is no account.
            if (profile.IsGeneric ? folded == label : folded.StartsWith(label, StringComparison.Ordinal))
            {
                if (holds == "section")
                {
                    Account ??= AfterLabel(fields[at], label);
                    return true;
                }

                // Some banks put two labels and their texts in one row.
                var next = NextLabel(fields, at + 1);
                List<string> found = [.. rest.Length > 0 ? [rest] : Array.Empty<string>(), .. fields[(at + 1)..next].Where(f => f.Length > 0).Select(CsvTextReader.WithoutGuard)];
                Read(holds, found, fields[at]);
                if (next < fields.Length)
                {
                    TryRead([.. fields[next..]]);
                }

                return true;
            }
        }

        return false;
    }

    // A row of a bank's labels and nothing else: their texts stand in the row below, column by column.
    private bool IsLabels(string[] fields) =>
        !profile.IsGeneric && !_isInTable && Array.TrueForAll(fields, f => f.Length == 0 || Array.Exists(_labels, l => l.Holds is not ("section" or "end") && l.Label == CsvLabel.Fold(f)));

    // Behind a label without a text the next label has its own.
    private bool BeginsWithLabel(string field) => CsvLabel.Fold(field) is var folded && Array.Exists(_labels, l => folded.StartsWith(l.Label, StringComparison.Ordinal));

    private void ReadBelow(string[] labels, string[] fields)
    {
        for (var i = 0; i < Math.Min(labels.Length, fields.Length); i++)
        {
            if (labels[i].Length > 0 && fields[i].Length > 0)
            {
                var folded = CsvLabel.Fold(labels[i]);
                Read(Array.Find(_labels, l => l.Label == folded).Holds, [CsvTextReader.WithoutGuard(fields[i])], labels[i]);
            }
        }
    }

    // The next field that is a label as a whole, with a text behind it.
    private int NextLabel(string[] fields, int from)
    {
        for (var i = from + 1; i + 1 < fields.Length; i++)
        {
            if (fields[i].Length > 0 && fields[i + 1].Length > 0 && CsvLabel.Fold(fields[i]) is { Length: > 0 } folded && Array.Exists(_labels, l => l.Label == folded))
            {
                return i;
            }
        }

        return fields.Length;
    }

    /// <summary>The day of a balance, where one is stated.</summary>
    internal LocalDate? Day => Closing?.Date ?? Opening?.Date ?? (Balances.Count > 0 ? Balances[0].Date : null);

    /// <summary>Whether a row behind the transactions begins the statement of another account.</summary>
    internal bool BeginsSection(string[] fields)
    {
        var at = Array.FindIndex(fields, f => f.Length > 0);
        if (at < 0)
        {
            return false;
        }

        var folded = CsvLabel.Fold(fields[at]);
        return Array.Exists(_labels, l => l.Holds == "section" && folded.StartsWith(l.Label, StringComparison.Ordinal));
    }

    /// <summary>An IBAN in a row that no label explains, before the header: an export of one account often begins with it.</summary>
    internal void LookForIban(string[] fields)
    {
        foreach (var field in fields)
        {
            if (Iban is null && field.Length is >= 15 and <= 64)
            {
                TakeIban(field);
            }
        }
    }

    private void Read(string holds, List<string> found, string labelled)
    {
        var text = found.Count > 0 ? found[0].Trim() : null;
        switch (holds)
        {
            case "account" when text is not null:
                TakeIban(text);
                Account ??= text;
                break;
            case "owner":
                Owner ??= text;
                break;
            case "bic":
                Bic ??= text;
                break;
            case "currency" when text is not null:
                Currency ??= ReadCurrency(text);
                break;
            case "opening":
                Opening ??= ReadBalance(found, labelled);
                break;
            case "closing":
                Closing ??= ReadBalance(found, labelled);
                break;
            case "balance" when ReadBalance(found, labelled) is { } balance:
                Balances.Add(balance);
                break;
            case "from" when text is not null:
                From ??= values.FindDate(text);
                break;
            case "to" when text is not null:
                To ??= values.FindDate(text);
                break;
            case "period" when text is not null:
                ReadPeriod(string.Join(' ', found));
                break;
            case "end":
                HasEnded = true;
                break;
            default:
                break;
        }
    }

    // What stands behind the letters and digits of a label.
    private static string? AfterLabel(string text, string label)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (CsvLabel.Fold(text[..i]).Length == label.Length)
            {
                return text[i..].Trim(' ', ':') is { Length: > 0 } rest ? rest : null;
            }
        }

        return null;
    }

    private void TakeIban(string text)
    {
        foreach (var part in text.Split('/', ':', '(', ')', ','))
        {
            if (Sdk.Iban.TryParse(part.Trim(), out var iban))
            {
                Iban ??= iban;
                return;
            }
        }
    }

    private void ReadPeriod(string text)
    {
        foreach (var word in text.Split(' ', '~', '–', '至', '→'))
        {
            var (middle, isPair) = (word.Length / 2, word.Length is >= 13 and <= 21 && word[word.Length / 2] == '-');
            foreach (var part in isPair ? new[] { word[..middle], word[(middle + 1)..] } : [word])
            {
                if (values.FindDate(part) is { } date)
                {
                    To = From is null ? To : date;
                    From ??= date;
                }
            }
        }
    }

    private static Currency? ReadCurrency(string text) =>
        Sdk.Currency.TryParse(text.AsSpan(0, Math.Min(3, text.Length)), out var code) ? code : CsvCurrencyNames.TryParse(text, out var named) ? named : null;

    // The amount is the first field that reads as one; its currency stands with it, before or behind it. A date may stand in the label.
    private (decimal, Currency?, LocalDate?)? ReadBalance(List<string> found, string labelled)
    {
        decimal? amount = null;
        Currency? currency = null;
        LocalDate? date = values.FindDate(labelled);
        foreach (var text in found)
        {
            if (values.FindDate(text) is { } day)
            {
                date ??= day;
            }
            else if (Sdk.Currency.TryParse(text, out var code))
            {
                currency ??= code;
            }
            else if (amount is null && values.ReadAmount(text, out var value, out var glued) == CsvNumberResult.Ok)
            {
                (amount, currency) = (value, currency ?? glued);
            }
        }

        return amount is { } a ? (a, currency, date) : null;
    }
}
