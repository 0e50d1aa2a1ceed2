using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Serialization;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

/// <summary>What an event may not say by itself: a book in memory finds it as a ledger file does.</summary>
public class EventRuleTests
{
    private static readonly LocalDate Day = new(2026, 1, 15);
    private static readonly DocumentId Invoice = new("I1");
    private static readonly CustomerId Known = new("C1");

    public static TheoryData<string, LedgerEvent> Wrong() => new()
    {
        { "LED011", new DocumentIssued { Id = default, Kind = DocumentKind.Invoice, Customer = Known, Issued = Day, Amount = 1m } },
        { "LED011", new DocumentIssued { Id = new("I2"), Kind = DocumentKind.Invoice, Customer = default, Issued = Day, Amount = 1m } },
        { "LED015", new DocumentIssued { Id = new("I2"), Kind = DocumentKind.Invoice, Customer = Known, Issued = Day, Amount = 1m, Currency = Currency.None } },
        { "LED013", new DocumentIssued { Id = new("I2"), Kind = DocumentKind.Invoice, Customer = Known, Issued = Day, Amount = 1m, CashDiscounts = [new CashDiscount(new Percentage(101m), Day)] } },
        { "LED011", new PlanAgreed { Invoice = Invoice, Agreed = Day, Instalments = [] } },
        { "LED014", new PlanAgreed { Invoice = Invoice, Agreed = Day, Instalments = [new InstalmentTerm(Day, 0m)] } },
        { "LED012", new ReminderSent { Invoice = Invoice, Level = 0, Sent = Day } },
        { "LED012", new ReminderSent { Invoice = Invoice, Level = 1, Instalment = -1, Sent = Day } },
        { "LED014", new CreditLimitChanged { Customer = Known, On = Day, Limit = -1m } },
        { "LED035", new CreditLimitChanged { Customer = Known, On = Day, Limit = decimal.MaxValue } },
        { "LED016", new CreditLimitChanged { Customer = Known, On = Day, Insured = 0.001m } },
        { "LED016", new CustomerRecorded { Customer = new Customer { Id = new("C2"), CreditLimit = new Money(0.5m, Currency.JPY) } } },
        { "LED011", new BankDataReceived { Account = "", Until = Day } },
        { "LED011", new ReminderConcluded { Action = default, On = Day, Outcome = ReminderOutcome.Delivered } },
        { "LED011", new BookingUndone { Document = Invoice, Transaction = new("t"), On = Day, Allocations = [default] } },
        { "LED014", new AllocationMade { Id = new("A1"), To = Invoice, Amount = 1m, On = Day, Kind = AllocationKind.Discount, Rate = 0m } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_that_no_line_may_have_is_a_fault_of_the_event(string code, LedgerEvent item)
    {
        LedgerEvent[] events =
        [
            new LedgerOpened { Currency = Currency.EUR },
            new CustomerRecorded { Customer = new Customer { Id = Known } },
            new DocumentIssued { Id = Invoice, Kind = DocumentKind.Invoice, Customer = Known, Issued = Day, Amount = 10m },
            item,
        ];
        var fault = Assert.Single(LedgerBook.Create(events).Faults, f => f.Severity == LedgerFaultSeverity.Error);
        Assert.Equal((code, 4), (fault.Code, fault.Line));

        // The file says the same of its line, if not always in the same code.
        var file = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', events.Select(LedgerFileWriter.ToLine)));
        Assert.Equal([4], new LedgerFileReader().ReadBook(file).Faults.Where(f => f.Severity == LedgerFaultSeverity.Error).Select(f => f.Line).Distinct());
    }

    [Fact]
    public void Dates_before_the_first_year_have_no_line()
    {
        var book = LedgerBook.Create([new BankDataReceived { Account = "NL91ABNA0417164300", Until = LocalDate.MinIsoValue }]);
        Assert.Contains(book.Faults, f => f.Code == "LED017");
    }

    // Kept as UTF-8 it would be another id than the one that events about it name.
    [Fact]
    public void Half_of_a_surrogate_pair_is_no_id()
    {
        var document = new DocumentIssued { Id = new("x\ud83d"), Kind = DocumentKind.Invoice, Customer = Known, Issued = Day, Amount = 1m, Currency = Currency.EUR };
        Assert.Contains(LedgerBook.Create([document]).Faults, f => f.Code == "LED001");
        Assert.DoesNotContain(LedgerBook.Create([document with { Id = new("x\ud83d\ude00\ufffd") }]).Faults, f => f.Code == "LED001");
    }

    // A database's numeric(18, 4).
    [Theory]
    [InlineData("12.3400", "12.34")]
    [InlineData("12.0000", "12")]
    [InlineData("12.340", "12.340")]
    [InlineData("100.00", "100.00")]
    [InlineData("0.00010000", "0.0001")]
    public void Zeros_of_a_database_are_not_written(string given, string written)
    {
        var line = LedgerFileWriter.ToLine(new MoneyRefunded { From = new("P1"), On = Day, Amount = decimal.Parse(given, System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Contains($"\"amount\":\"{written}\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_in_two_currencies_have_no_line()
    {
        var customer = new Customer { Id = Known, CreditLimit = new Money(10m, Currency.EUR), InsuredLimit = new Money(5m, Currency.USD) };
        Assert.Throws<ArgumentException>(() => LedgerFileWriter.ToLine(new CustomerRecorded { Customer = customer }));
        Assert.Contains("\"currency\":\"USD\"", LedgerFileWriter.ToLine(new CustomerRecorded { Customer = customer with { CreditLimit = null } }), StringComparison.Ordinal);
    }
}
