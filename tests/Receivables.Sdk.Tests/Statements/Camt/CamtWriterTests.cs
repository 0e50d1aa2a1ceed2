using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Camt;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.TestKit.Statements;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Camt;

public class CamtWriterTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(13)]
    public void A_month_comes_back_as_it_was_written(int version)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var month = SampleMonth.Create(seed, 40);
            month = month with { Rows = [.. month.Rows.Select((r, i) => i % 10 < 4 ? r with { Batch = "B" + (i / 10), BookingDate = month.Rows[i / 10 * 10].BookingDate, ValueDate = month.Rows[i / 10 * 10].ValueDate } : r)] };
            var statement = Assert.Single(CamtShape.Read(CamtWriter.Write([month], version, seed % 2 == 0 ? "\n  " : "")));
            Assert.Equal(["balance"], Assert.IsType<IntegrityVerdict.Proven>(statement.Verdict).Proofs);
            Assert.DoesNotContain(statement.Diagnostics, d => d.Severity != DiagnosticSeverity.Info);
            Assert.Equal((month.Iban, month.Bic, month.From, month.To), (statement.Account.Iban!.Value.Value, statement.Account.Bic, statement.Closing.From!.Value, statement.Closing.To!.Value));
            if (version >= 3)
            {
                Assert.Equal(month.Rows.Select(Text), statement.Transactions.Select(Text));
            }
            else
            {
                // Without directions of their own, details of both directions do not add up in .02.
                Assert.Equal(month.Rows.Sum(r => r.Amount), statement.Transactions.Sum(t => t.Amount.Amount));
            }
        }
    }

    private static string Text(SampleRow r) => string.Join('|', r.BookingDate, r.ValueDate, r.Amount.ToString("0.00"), r.Name, r.Iban, r.Bic, r.Remittance, r.BankReference, r.EndToEndId, r.MandateId, r.CreditorId, r.StructuredReference, r.Batch, r.ReturnReason);

    private static string Text(BankTransaction t) => string.Join('|', t.BookingDate, t.ValueDate, t.Amount.Amount.ToString("0.00"), t.Counterparty!.Name, t.Counterparty.Iban, t.Counterparty.Bic, t.Remittance, t.BankReference, t.EndToEndId, t.MandateId,
        t.Details?.CreditorId, t.StructuredReference, t.Batch?.Id, t.ReturnReason);

    [Fact]
    public void The_same_month_in_another_format_has_the_same_key_of_no_format()
    {
        var month = SampleMonth.Create(3, 25);
        var camt = new CamtStatementReader().Read(CamtWriter.Write([month]))[0].Transactions;
        var mt = new MtStatementReader().Read(MtGenerator.Write([month], MtDialect.Dutch))[0].Transactions;
        static IEnumerable<string> Keys(IEnumerable<BankTransaction> transactions) => transactions.SelectMany(t => t.Keys).Where(k => k.Kind == ImportKeyKind.FormatIndependent).Select(k => k.Value);
        Assert.Equal(Keys(mt), Keys(camt));
        Assert.Equal(mt.Select(t => (t.Amount, t.BookingDate, t.Counterparty?.Name, t.Counterparty?.Iban, t.EndToEndId, t.MandateId)), camt.Select(t => (t.Amount, t.BookingDate, t.Counterparty?.Name, t.Counterparty?.Iban, t.EndToEndId, t.MandateId)));
    }
}
