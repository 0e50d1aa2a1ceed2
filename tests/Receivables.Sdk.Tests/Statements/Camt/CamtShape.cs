using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using NodaTime.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Camt;
using Receivables.Sdk.TestKit;

namespace Receivables.Sdk.Tests.Statements.Camt;

/// <summary>What was read as text, so that two readings can be compared field by field.</summary>
internal static class CamtShape
{
    internal static IReadOnlyList<BankStatement> Read(byte[] file, StatementReaderOptions? options = null) => new CamtStatementReader(options).Read(file);

    internal static async Task<IReadOnlyList<BankStatement>> ReadChunks(byte[] file, int size, StatementReaderOptions? options = null)
    {
        var statements = new List<BankStatement>();
        await foreach (var statement in new CamtStatementReader(options).ReadAsync(Chunks.Pipe(file, size)))
        {
            statements.Add(statement);
        }

        return statements;
    }

    internal static byte[] Bytes(string xml) => Encoding.UTF8.GetBytes(xml);

    internal static string Of(IEnumerable<BankStatement> statements, bool withPlaces = true)
    {
        var text = new StringBuilder();
        foreach (var s in statements)
        {
            text.AppendLine(string.Join('|', s.Format, s.Account.Iban, s.Account.Number, s.Account.Bic, s.Account.Currency, s.Account.Owner, s.Header.StatementId, s.Header.Number, Date(s.Closing.From), Date(s.Closing.To), s.Verdict));
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

        return text.ToString();
    }

    private static void Append(StringBuilder text, BankTransaction t, bool withPlaces, string indent)
    {
        text.Append(indent).AppendLine(string.Join('|', t.Amount, Date(t.BookingDate), Date(t.ValueDate), t.Status, t.IsReversal, t.Counterparty, t.Remittance, t.StructuredReference, t.EndToEndId,
            t.BankReference, t.CustomerReference, t.Code?.ToString(), t.Code?.Proprietary, t.Details is { } d ? string.Join('/', d.MandateId, d.CreditorId, d.ReturnReason, d.Charges, d.Original, d.Batch, d.Uetr, d.Purpose, d.BookingText,
                string.Join(';', d.Documents), string.Join(';', d.OtherFields)) : "", t.Line, withPlaces ? t.Offset + "+" + t.Length + "+" + t.RawText : "", t.Id));
        foreach (var part in t.Details?.Parts ?? [])
        {
            Append(text, part, withPlaces, indent + "    ");
        }
    }

    private static string Date(NodaTime.LocalDate? date) => date is { } d ? LocalDatePattern.Iso.Format(d) : "-";

    internal static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
