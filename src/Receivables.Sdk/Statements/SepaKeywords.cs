namespace Receivables.Sdk.Statements;

/// <summary>SEPA keywords in a purpose, <c>EREF+ MREF+ SVWZ+</c>, as German banks write them; also with a colon.</summary>
internal static class SepaKeywords
{
    /// <summary>Reads a text that holds keywords.</summary>
    /// <param name="text">The text in one piece.</param>
    /// <param name="into">What it says.</param>
    /// <param name="isGerman">Whether the text is known to be a purpose; else at least one keyword with a plus is wanted.</param>
    /// <returns>Whether there was a keyword.</returns>
    internal static bool TryRead(ReadOnlySpan<char> text, Narrative into, bool isGerman)
    {
        // Colons count only where the bank itself writes them so: two keywords.
        var hasColons = isGerman && text.Contains(':') && HasTwoColons(text);
        var marks = new TextMarks(text, 0, '+', hasColons ? ':' : '+');
        var at = Find(text, ref marks, out var length);
        if (at < 0)
        {
            return false;
        }

        // What stands before the first keyword is text, and so is what SVWZ holds.
        var before = text[..at];
        ReadOnlySpan<char> purpose = default;
        while (at >= 0)
        {
            var next = Find(text, ref marks, out var nextLength);
            var value = next < 0 ? text[(at + length)..] : text[(at + length)..next];
            if (text.Slice(at, 4) is "SVWZ" or "MTLG")
            {
                purpose = purpose.IsEmpty ? value : string.Concat(purpose, " ", value.Trim());
            }
            else
            {
                Assign(text.Slice(at, length - 1), value.Trim(), into);
            }

            (at, length) = (next, nextLength);
        }

        into.Remittance = before.IsWhiteSpace() ? TextBlanks.Collapse(purpose)
            : purpose.IsWhiteSpace() ? TextBlanks.Collapse(before) : TextBlanks.Collapse(string.Concat(before.Trim(), " ", purpose.Trim()));
        return true;
    }

    /// <summary>Whether a text begins with a keyword and a plus.</summary>
    internal static bool StartsWithKeyword(ReadOnlySpan<char> text) =>
        text.Length > 4 && ((text[4] == '+' && IsKeyword(text[..4])) || (text[3] == '+' && text[..3] is "BIC"));

    private static bool HasTwoColons(ReadOnlySpan<char> text)
    {
        var marks = new TextMarks(text, 0, ':');
        var first = Find(text, ref marks, out _);
        return first >= 0 && (first == 0 || Find(text, ref marks, out _) >= 0);
    }

    // A keyword begins the text or stands behind a blank.
    private static int Find(ReadOnlySpan<char> text, ref TextMarks marks, out int length)
    {
        for (var at = marks.Next(); at >= 0; at = marks.Next())
        {
            for (var word = 4; word >= 3; word--)
            {
                var start = at - word;
                if (start >= 0 && (start == 0 || text[start - 1] == ' ') && IsKeyword(text[start..at]))
                {
                    length = word + 1;
                    return start;
                }
            }
        }

        length = 0;
        return -1;
    }

    /// <summary>Whether a word is one of them, without what stands behind it.</summary>
    internal static bool IsKeyword(ReadOnlySpan<char> word) => word is
        "EREF" or "KREF" or "MREF" or "CRED" or "DEBT" or "COAM" or "OAMT" or "SVWZ" or "ABWA" or "ABWE" or "IBAN" or "BIC" or "PURP" or "MDAT"
        or "SQTP" or "ORCR" or "ORMR" or "DDAT" or "BREF" or "RREF" or "ANAM" or "TAN1" or "CDTR" or "DBTR" or "MTLG";

    private static void Assign(ReadOnlySpan<char> key, ReadOnlySpan<char> value, Narrative into)
    {
        if (value.IsEmpty)
        {
            return;
        }

        switch (key)
        {
            case "EREF" when into.EndToEndId is null:
                into.EndToEndId = value.ToString();
                break;
            case "KREF" when into.CustomerReference is null:
                into.CustomerReference = value.ToString();
                break;
            case "MREF" when into.MandateId is null:
                into.MandateId = value.ToString();
                break;
            case "CRED" when into.CreditorId is null:
                into.CreditorId = into.Pool.Get(value);
                break;
            case "ABWA" or "ABWE" when into.UltimateName is null:
                into.UltimateName = TextBlanks.Collapse(value);
                break;
            case "IBAN" when !into.HasAccount:
                into.SetAccount(value);
                break;
            case "BIC" when into.Bic is null:
                into.Bic = into.Pool.Get(value);
                break;
            case "PURP" when into.Purpose is null:
                into.Purpose = into.Pool.Get(value);
                break;
            case "OAMT" when into.Original is null:
                into.Original = value.ToString();
                break;
            default:
                into.AddOther(key, value);
                break;
        }
    }
}
