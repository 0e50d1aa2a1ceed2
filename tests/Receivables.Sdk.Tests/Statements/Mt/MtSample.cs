using System.Globalization;
using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.TestKit;

namespace Receivables.Sdk.Tests.Statements.Mt;

/// <summary>Short ways to write and read MT in tests.</summary>
internal static class MtSample
{
    internal static readonly MtStatementReader Reader = new();

    internal static IReadOnlyList<BankStatement> Read(string text) => Reader.Read(Encoding.Latin1.GetBytes(text));

    /// <summary>A statement around entries, from 100.00 EUR on 1 January 2026.</summary>
    internal static BankStatement Statement(string entries, string closing = ":62F:C260131EUR100,00") => Read(Write(entries, closing)).Single();

    internal static string Write(string entries, string closing = ":62F:C260131EUR100,00") =>
        $":20:X\n:25:NL91ABNA0417164300\n:28C:1/1\n:60F:C260101EUR100,00\n{entries}\n{closing}\n-\n";

    internal static BankTransaction Entry(string entry) => Statement(entry).Transactions.Single();

    internal static BankTransaction Narrative(string text, string line = "2601050105C10,00NTRFNONREF") => Entry($":61:{line}\n:86:{text}");

    /// <summary>Reads in pieces of a size; a format exception becomes its code, behind what was read before it.</summary>
    internal static string Describe(ReadOnlyMemory<byte> file, int chunk, bool withOffsets = true, IStatementReader? reader = null)
    {
        var text = new StringBuilder();
        try
        {
            var parts = (reader ?? Reader).ReadPartsAsync(Chunks.Pipe(file, chunk)).GetAsyncEnumerator();
            while (parts.MoveNextAsync().AsTask().GetAwaiter().GetResult())
            {
                Describe(text, parts.Current, withOffsets);
            }
        }
        catch (StatementFormatException e)
        {
            text.Append("thrown ").AppendLine(e.Diagnostic.Code);
        }

        return text.ToString();
    }

    internal static void Describe(StringBuilder text, StatementPart part, bool withOffsets)
    {
        switch (part.Kind)
        {
            case StatementPartKind.Header:
                var h = part.Header!;
                text.AppendLine(CultureInfo.InvariantCulture, $"{h.Format} {h.Account} {h.StatementId} {h.Number} {h.Opening}");
                break;
            case StatementPartKind.Transaction:
                text.AppendLine(Describe(part.Transaction!, withOffsets));
                break;
            case StatementPartKind.Closing:
                var c = part.Closing!;
                text.AppendLine(CultureInfo.InvariantCulture, $"{c.From} {c.To} {c.Closing} {c.Information?.ReplaceLineEndings("\n")} {c.Verdict} {c.TransactionCount} {string.Join(',', c.OtherBalances)}");
                foreach (var d in c.Diagnostics)
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"  {d.Severity} {d.Code} {(withOffsets ? d.Location.Line : 0)}:{d.Location.Column}");
                }

                break;
            default:
                text.AppendLine(CultureInfo.InvariantCulture, $"file {part.Diagnostic!.Code}");
                break;
        }
    }

    internal static string Describe(BankTransaction t, bool withOffsets = true) => string.Create(CultureInfo.InvariantCulture,
        $"{t.BookingDate:yyyy-MM-dd} {t.ValueDate:yyyy-MM-dd} {t.Amount} {t.Status} {t.IsReversal} {t.IsBookingDateFromValueDate} {t.Code} {t.Counterparty} {t.Remittance} {t.StructuredReference} {t.EndToEndId} {t.BankReference} {t.CustomerReference} {t.Code?.Gvc} {t.Code?.Proprietary} {Describe(t.Details)} {(withOffsets ? $"{t.Line} {t.Id}" : "")}");

    private static string Describe(TransactionDetails? d) => d is null ? "" :
        $"{d.MandateId} {d.CreditorId} {d.ReturnReason} {d.Charges} {d.Original} {d.Purpose} {d.BookingText} {string.Join(';', d.OtherFields)}";
}
