namespace Receivables.Sdk.Statements;

/// <summary>References that a purpose names in words, as Commerzbank writes them: <c>End-to-End-Ref.: 4711 CORE / Mandatsref.: M1 Gläubiger-ID: DE98…</c></summary>
/// <remarks>The value is the word behind the label. Where a reference holds blanks nobody can tell its end, so the text stays as it is, too.</remarks>
internal static class SpelledLabels
{
    /// <summary>Takes the references of a purpose without keywords.</summary>
    internal static void Read(ReadOnlySpan<char> purpose, Narrative into)
    {
        if (!purpose.Contains(':'))
        {
            return;
        }

        into.EndToEndId ??= WordBehind(purpose, "End-to-End-Ref.:").ToStringOrNull();
        into.MandateId ??= WordBehind(purpose, "Mandatsref.:", "Mandatsref:", "Mandatsreferenz:").ToStringOrNull();
        into.CustomerReference ??= WordBehind(purpose, "Kundenreferenz:", "Kundenref.:").ToStringOrNull();
        var creditor = WordBehind(purpose, "Gläubiger-ID:", "Glaeubiger-ID:", "Creditor-ID:");
        into.CreditorId ??= creditor.IsEmpty ? null : into.Pool.Get(creditor);
    }

    private static ReadOnlySpan<char> WordBehind(ReadOnlySpan<char> text, params ReadOnlySpan<string> labels)
    {
        foreach (var label in labels)
        {
            var at = text.IndexOf(label, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || (at > 0 && text[at - 1] != ' '))
            {
                continue;
            }

            var value = text[(at + label.Length)..].TrimStart(' ');
            var end = value.IndexOf(' ');
            var rest = end < 0 ? default : value[end..].TrimStart(' ');
            value = end < 0 ? value : value[..end];

            // Nothing stands between two labels: the word is the next one, or the "CORE /" before it.
            return value.EndsWith(':') || rest.StartsWith("/ ") ? default : value;
        }

        return default;
    }

    private static string? ToStringOrNull(this ReadOnlySpan<char> value) => value.IsEmpty ? null : value.ToString();
}
