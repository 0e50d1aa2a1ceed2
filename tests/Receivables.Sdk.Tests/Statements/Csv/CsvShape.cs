using System.Globalization;
using System.Text;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Tests.Statements.Csv;

/// <summary>A statement as text, offsets and lengths aside: two files that say the same have the same shape.</summary>
internal static class CsvShape
{
    internal static string Of(BankStatement statement)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{statement.Account} {statement.Header.Number} {statement.Closing.From} {statement.Closing.To} {statement.Closing.Opening} {statement.Closing.Closing} {Verdict(statement)}");
        foreach (var t in statement.Transactions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{t.Line} {Transaction(t)}");
        }

        foreach (var d in statement.Diagnostics)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{d.Location.Line} {d.Location.Column} {d.Severity} {d.Code} {d.Message} {d.Slice}");
        }

        return text.ToString();
    }

    internal static string Transaction(BankTransaction t) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{t.Id} {t.BookingDate} {t.ValueDate} {t.Amount} {t.Status} {t.Counterparty} {t.Remittance} {t.StructuredReference} {t.EndToEndId} {t.BankReference} {t.CustomerReference} {t.Code} {t.Details?.Original} {t.Details?.Charges} {t.Details?.BookingText} {string.Join(',', t.Details?.OtherFields ?? [])} {t.MandateId} {t.ReturnReason}");

    private static string Verdict(BankStatement statement) =>
        statement.Verdict is IntegrityVerdict.Proven proven ? string.Join('+', proven.Proofs) : statement.Verdict.ToString();
}
