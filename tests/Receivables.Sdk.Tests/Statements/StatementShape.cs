using System.Globalization;
using System.Text;
using NodaTime.Text;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Tests.Statements;

/// <summary>What was read as text, whatever the format, so that two readings can be compared field by field.</summary>
internal static class StatementShape
{
    /// <summary>The whole model, the same text in every culture.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="withPlaces">Whether places in the source are a part of it.</param>
    internal static string Of(IEnumerable<BankStatement> statements, bool withPlaces = true)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var text = new StringBuilder();
            foreach (var statement in statements)
            {
                Append(text, statement, withPlaces);
            }

            return text.ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static void Append(StringBuilder text, BankStatement s, bool withPlaces)
    {
        text.AppendLine(string.Join('|', s.Format, s.Account.Iban, s.Account.Number, s.Account.Bic, s.Account.Currency, s.Account.Owner, s.Header.StatementId, s.Header.Number,
            Date(s.Closing.From), Date(s.Closing.To), s.Closing.Information?.ReplaceLineEndings(" "), s.Verdict is IntegrityVerdict.Proven proven ? string.Join('+', proven.Proofs) : s.Verdict.ToString()));
        foreach (var b in new[] { s.Closing.Opening, s.Closing.Closing }.Concat(s.Closing.OtherBalances))
        {
            text.AppendLine("  = " + b?.Kind + " " + Date(b?.Date) + " " + b?.Amount);
        }

        foreach (var t in s.Transactions)
        {
            Append(text, t, withPlaces, "  ");
        }

        foreach (var d in s.Diagnostics)
        {
            text.AppendLine("  ! " + d.Severity + " " + d.Code + " " + d.Slice + (withPlaces ? " " + d.Location : " " + d.Location.Line));
        }
    }

    private static void Append(StringBuilder text, BankTransaction t, bool withPlaces, string indent)
    {
        text.Append(indent).AppendLine(string.Join('|', t.Amount, Date(t.BookingDate), t.IsBookingDateFromValueDate, Date(t.ValueDate), t.Status, t.IsReversal, t.Counterparty, t.Remittance, t.StructuredReference,
            t.EndToEndId, t.BankReference, t.CustomerReference, t.Code?.ToString(), t.Code?.Gvc, t.Code?.Proprietary, t.Details is { } d ? string.Join('/', d.MandateId, d.CreditorId, d.ReturnReason, d.Charges,
                d.Original, d.Batch, d.Uetr, d.Purpose, d.BookingText, string.Join(';', d.Documents), string.Join(';', d.OtherFields)) : "",
            t.Line, withPlaces ? t.Offset + "+" + t.Length + "+" + t.RawText : "", t.Id, string.Join(',', t.Keys)));
        foreach (var part in t.Details?.Parts ?? [])
        {
            Append(text, part, withPlaces, indent + "    ");
        }
    }

    private static string Date(NodaTime.LocalDate? date) => date is { } d ? LocalDatePattern.Iso.Format(d) : "-";
}
