namespace Receivables.Sdk.Statements;

/// <summary>ABN AMRO's texts of SEPA payments: <c>SEPA OVERBOEKING IBAN: NL… BIC: … NAAM: … OMSCHRIJVING: … KENMERK: …</c>, in columns of 32 characters.</summary>
internal static class LabelledText
{
    /// <summary>Reads a text that begins with SEPA and has two labels at least.</summary>
    /// <returns>Whether it is one.</returns>
    internal static bool TryRead(ReadOnlySpan<char> text, Narrative into)
    {
        if (!text.StartsWith("SEPA ", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var at = Find(text, 0, out var key, out var length);
        if (at < 0 || Find(text, at + length, out _, out _) < 0)
        {
            return false;
        }

        into.BookingText = TextBlanks.Collapse(text[..at]);
        while (at >= 0)
        {
            var start = at + length;
            var next = Find(text, start, out var nextKey, out var nextLength);
            Assign(key, (next < 0 ? text[start..] : text[start..next]).Trim(), into);
            (at, key, length) = (next, nextKey, nextLength);
        }

        return true;
    }

    // The next label that stands behind a blank.
    private static int Find(ReadOnlySpan<char> text, int from, out string key, out int length)
    {
        while (from < text.Length)
        {
            var colon = text[from..].IndexOf(':');
            if (colon < 0)
            {
                break;
            }

            colon += from;
            var start = text[..colon].LastIndexOf(' ') + 1;
            var word = text[start..colon].TrimEnd('.');
            if (start >= from && Label(word) is { } known)
            {
                (key, length) = (known, colon + 1 - start);
                return start;
            }

            from = colon + 1;
        }

        (key, length) = ("", 0);
        return -1;
    }

    private static string? Label(ReadOnlySpan<char> word)
    {
        foreach (var label in (ReadOnlySpan<string>)["IBAN", "BIC", "NAAM", "OMSCHRIJVING", "KENMERK", "MACHTIGING", "INCASSANT", "BETALINGSKENM", "BETALINGSKENMERK", "VOOR"])
        {
            if (word.Equals(label, StringComparison.OrdinalIgnoreCase))
            {
                return label;
            }
        }

        return null;
    }

    private static void Assign(string key, ReadOnlySpan<char> value, Narrative into)
    {
        switch (key)
        {
            case "IBAN" when !into.HasAccount:
                into.SetAccount(value);
                break;
            case "BIC" when into.Bic is null:
                into.Bic = value.IsEmpty ? null : into.Pool.Get(value);
                break;
            case "NAAM" when into.Name is null:
                into.SetName(value);
                break;
            case "OMSCHRIJVING" when into.Remittance is null:
                into.Remittance = TextBlanks.Collapse(value);
                break;
            case "KENMERK" when into.EndToEndId is null:
                into.EndToEndId = TextBlanks.Collapse(value);
                break;
            case "MACHTIGING" when into.MandateId is null:
                into.MandateId = TextBlanks.Collapse(value);
                break;
            case "INCASSANT" when into.CreditorId is null:
                into.CreditorId = value.IsEmpty ? null : into.Pool.Get(value);
                break;
            case "VOOR" when into.UltimateName is null:
                into.UltimateName = TextBlanks.Collapse(value);
                break;
            case "BETALINGSKENM" or "BETALINGSKENMERK" when into.StructuredReference is null && !value.IsEmpty:
                into.StructuredReference = RemittanceReferences.Canonical(value, default);
                break;
            default:
                into.AddOther(key, value);
                break;
        }
    }
}
