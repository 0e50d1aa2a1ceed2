using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Csv;

/// <summary>Files in which the statements of several accounts follow each other, each with lines of its own about the account.</summary>
public class CsvSectionsTests
{
    private const string Comdirect =
        """
        ;
        "Umsätze Girokonto";"Zeitraum: 30 Tage";
        "Neuer Kontostand";"1.089,50 EUR";

        "Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
        "offen";"--";"Kartenverfügung";"Auftraggeber: Laden";"-5,00";
        "16.01.2026";"16.01.2026";"Übertrag / Überweisung";"Auftraggeber: Bob Buchungstext: Rechnung 7";"100,00";
        "15.01.2026";"15.01.2026";"Lastschrift / Belastung";"Empfänger: Ann Buchungstext: Miete";"-10,50";

        "Alter Kontostand";"1.000,00 EUR";

        "Umsätze Tagesgeld PLUS-Konto";"Zeitraum: 30 Tage";
        "Neuer Kontostand";"50,00 EUR";

        "Keine Umsätze vorhanden."

        "Umsätze Visa-Karte (Kreditkarte)";"Zeitraum: 30 Tage";
        "Neuer Kontostand";"-20,00 EUR";

        "Buchungstag";"Umsatztag";"Vorgang";"Referenz";"Buchungstext";"Umsatz in EUR";
        "14.01.2026";"13.01.2026";"Visa-Umsatz";"000000000001";"Laden";"-20,00";

        "Alter Kontostand";"0,00 EUR";

        """;

    private static async Task<IReadOnlyList<BankStatement>> Read(string text, int cut = 0)
    {
        var statements = new List<BankStatement>();
        await foreach (var statement in new CsvStatementReader().ReadAsync(Chunks.Pipe(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text), cut)))
        {
            statements.Add(statement);
        }

        return statements;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Each_section_is_a_statement_with_its_own_columns_and_balances(int cut)
    {
        var statements = await Read(Comdirect, cut);
        Assert.Equal(["Girokonto", "Tagesgeld PLUS-Konto", "Visa-Karte (Kreditkarte)"], statements.Select(s => s.Account.Number));
        Assert.Equal([3, 0, 1], statements.Select(s => s.Transactions.Count));
        Assert.Equal([true, null, true], statements.Select(s => s.IsBalanced));
        Assert.Equal(TransactionStatus.Pending, statements[0].Transactions[0].Status);
        Assert.Equal((1000.00m, 1089.50m), (statements[0].Closing.Opening!.Amount.Amount, statements[0].Closing.Closing!.Amount.Amount));
        Assert.Equal((-20.00m, "000000000001"), (statements[2].Transactions[0].Amount.Amount, statements[2].Transactions[0].BankReference));
        Assert.All(statements.SelectMany(s => s.Diagnostics), d => Assert.NotEqual(DiagnosticSeverity.Error, d.Severity));
    }

    [Fact]
    public async Task A_section_that_is_read_alone_has_the_keys_that_it_has_among_others()
    {
        var alone = await Read(Comdirect[..Comdirect.IndexOf("\"Umsätze Tagesgeld", StringComparison.Ordinal)]);
        var among = await Read(Comdirect);
        Assert.Equal(alone.Single().Transactions.Select(t => t.Id), among[0].Transactions.Select(t => t.Id));
    }
}
