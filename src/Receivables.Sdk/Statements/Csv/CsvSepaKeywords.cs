namespace Receivables.Sdk.Statements.Csv;

/// <summary>Purposes with the keywords of MT940, as German banks export them: <c>EREF+E2E-17 MREF+M-1 SVWZ+Rechnung 17</c>, also without blanks between them.</summary>
internal static class CsvSepaKeywords
{
    private const int Length = 4;

    /// <summary>Whether a field has the keyword of the purpose: without it nobody can tell where a reference ends and the text for people begins.</summary>
    internal static bool MayHold(ReadOnlySpan<byte> field) => field.IndexOf("SVWZ+"u8) >= 0;

    /// <summary>Takes what they say out of the remittance, as far as no column of the file says it.</summary>
    internal static void Take(CsvDraft draft)
    {
        if (draft.Remittance is not { } text || !text.Contains("SVWZ+", StringComparison.Ordinal) || Find(text, 0) is not (>= 0 and var at))
        {
            return;
        }

        var purpose = text[..at].Trim();
        while (at >= 0)
        {
            var start = at + Length + 1;
            var next = Find(text, start);
            var value = (next < 0 ? text[start..] : text[start..next]).Trim();
            var key = text.Substring(at, Length);
            if (key is "SVWZ")
            {
                purpose = purpose.Length == 0 ? value : $"{purpose} {value}";
            }
            else if (value.Length > 0)
            {
                Assign(key, value, draft);
            }

            at = next;
        }

        draft.Remittance = purpose.Length == 0 ? null : purpose;
    }

    private static int Find(string text, int from)
    {
        for (var plus = text.IndexOf('+', Math.Min(from, text.Length)); plus >= 0; plus = text.IndexOf('+', plus + 1))
        {
            if (plus - Length >= from && SepaKeywords.IsKeyword(text.AsSpan(plus - Length, Length)))
            {
                return plus - Length;
            }
        }

        return -1;
    }

    private static void Assign(string key, string value, CsvDraft draft)
    {
        switch (key)
        {
            case "EREF" when draft.EndToEndId is null:
                draft.EndToEndId = value is "NOTPROVIDED" ? null : value;
                break;
            case "KREF" when draft.CustomerReference is null:
                draft.CustomerReference = value is "NONREF" ? null : value;
                break;
            case "MREF" when draft.MandateId is null:
                draft.MandateId = value;
                break;
            case "CRED" when draft.CreditorId is null:
                draft.CreditorId = value;
                break;
            case "ABWA" or "ABWE" when draft.UltimateName is null:
                draft.UltimateName = value;
                break;
            default:
                draft.AddOther(key, value);
                break;
        }
    }
}
