using NodaTime;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Xunit;

namespace Receivables.Sdk.Tests.Statements;

public class StatementImportTests
{
    private static StatementFile File(string name, string number, int from, int to, decimal opening, decimal closing, params (int Day, decimal Amount)[] rows)
    {
        var scope = new ImportKeyScope();
        var header = new StatementHeader { Format = StatementFormat.Csv, Account = new StatementAccount { Number = "1" }, Number = number, Opening = Balance(from, opening) };
        scope.Begin(header);
        var transactions = rows.Select(r => new BankTransaction { Amount = new Money(r.Amount, Currency.EUR), BookingDate = new LocalDate(2026, 3, r.Day) }).ToList();
        transactions.ForEach(scope.Assign);
        return new StatementFile(name)
        {
            Statements =
            [
                new BankStatement
                {
                    Header = header,
                    Transactions = transactions,
                    Closing = new StatementClosing
                    {
                        From = new LocalDate(2026, 3, from), To = new LocalDate(2026, 3, to), Opening = header.Opening, Closing = Balance(to, closing),
                        Verdict = new IntegrityVerdict.Proven(["balance"]),
                    },
                },
            ],
        };
    }

    private static StatementBalance Balance(int day, decimal amount) => new(new LocalDate(2026, 3, day), new Money(amount, Currency.EUR));

    private static IEnumerable<string> Codes(params StatementFile[] files) => StatementImport.Examine(files).Select(f => f.Diagnostic.Code);

    [Fact]
    public void Statements_that_go_on_where_the_last_one_ended_are_fine_in_any_order()
    {
        Assert.Empty(Codes(File("a", "1", 1, 2, 0, 10, (1, 10)), File("b", "2", 3, 4, 10, 15, (3, 5))));
        Assert.Empty(Codes(File("b", "2", 3, 4, 10, 15, (3, 5)), File("a", "1", 1, 2, 0, 10, (1, 10))));
    }

    [Fact]
    public void A_missing_statement_is_a_gap() => Assert.Equal(["IMP005"], Codes(File("a", "1", 1, 2, 0, 10, (1, 10)), File("b", "3", 5, 6, 12, 17, (5, 5))));

    [Fact]
    public void Shared_days_are_an_overlap() => Assert.Equal(["IMP006"], Codes(File("a", "1", 1, 10, 0, 10, (1, 4), (8, 6)), File("b", "2", 5, 12, 4, 11, (8, 6), (12, 1))));

    [Fact]
    public void The_same_statement_again_is_a_repetition() => Assert.Equal(["IMP007"], Codes(File("a", "1", 1, 2, 0, 10, (1, 10)), File("copy", "1", 1, 2, 0, 10, (1, 10))));

    [Fact]
    public void An_equal_payment_behind_a_mid_day_start_is_told() => Assert.Equal(["IMP008"], Codes(File("a", "1", 1, 1, 0, 10, (1, 10)), File("b", "2", 1, 1, 10, 20, (1, 10))));
}
