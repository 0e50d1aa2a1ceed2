using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

/// <summary>A debt that was written off and is paid after all.</summary>
public class RecoveryTests
{
    private static readonly CustomerId Customer = new("C1");
    private static readonly DocumentId Invoice = new("I1");
    private static readonly DocumentId Recovered = new("R1");

    private static LocalDate Day(int day) => new(2026, 3, day);

    // An invoice of 100 on the 1st, 80 of it written off on the 5th; a payment of 50 on the 20th.
    private static LedgerBook Book(params LedgerEvent[] further) => LedgerBook.Create(
    [
        new LedgerOpened { Currency = Currency.EUR },
        new CustomerRecorded { Customer = new Customer { Id = Customer } },
        new DocumentIssued { Id = Invoice, Kind = DocumentKind.Invoice, Customer = Customer, Issued = Day(1), Amount = 100m },
        new AllocationMade { Id = new("W1"), To = Invoice, Amount = 80m, On = Day(5), Kind = AllocationKind.WriteOff },
        new PaymentReceived { Id = new("P1"), Customer = Customer, Received = Day(20), Amount = 50m },
        .. further,
    ]);

    private static DocumentIssued Recovery(decimal amount, int day = 20, string id = "R1", string? of = "I1") => new()
    {
        Id = new(id),
        Kind = DocumentKind.Recovery,
        Customer = Customer,
        Issued = Day(day),
        Amount = amount,
        RelatedTo = of is null ? null : new(of),
    };

    private static AllocationMade Paid(decimal amount) => new() { Id = new("A1"), From = new("P1"), To = Recovered, Amount = amount, On = Day(20), Kind = AllocationKind.Payment };

    [Fact]
    public void A_recovery_is_an_item_of_its_own_and_the_write_off_stays()
    {
        var book = Book(Recovery(50m), Paid(50m));
        Assert.Empty(book.Faults);
        var snapshot = book.Snapshot(Day(31));
        Assert.Equal(new Money(20m, Currency.EUR), book.Open(Invoice, Day(31)));
        Assert.Equal(Money.Zero(Currency.EUR), book.Open(Recovered, Day(31)));
        Assert.Contains(snapshot.Allocations, a => a is { Kind: AllocationKind.WriteOff, To.Value: "I1", Amount.Amount: 80m });
        Assert.Equal(SettlementState.Settled, new SettlementStates(snapshot)[Recovered]);

        var account = Assert.Single(new StatementEngine().Create(snapshot, Customer, Day(6)).Accounts);
        Assert.Equal(["Payment -50.00 -30.00", "Recovery 50.00 20.00"], account.Movements.Select(m => $"{m.Kind} {m.Amount.ToAmountString()} {m.Balance.ToAmountString()}"));
        Assert.True(account.Difference.IsZero);

        // It is no sale, and says nothing of how the customer pays.
        var history = ReceivablesHistory.Of(snapshot);
        var metrics = new MetricsEngine().Measure(history, Day(1), Day(31)).OfType<MeasuredMetric>().ToList();
        Assert.Equal(80m, Assert.Single(metrics, m => m.Definition == MetricDefinitions.BadDebtRatio).Value);
        Assert.Null(Assert.Single(new BehaviourEngine().Judge(history)).MedianDaysLate);
    }

    [Fact]
    public void The_payment_that_recovered_may_be_taken_back() =>
        Assert.Equal(new Money(50m, Currency.EUR), Book(Recovery(50m), Paid(50m), new PaymentReturned { Payment = new("P1"), On = Day(25), Reason = "AC04" }).Open(Recovered, Day(25)));

    [Theory]
    [InlineData(80.01, 20, "I1", "LED027")]
    [InlineData(80.00, 5, "I1", "LED027")] // on the day of the write-off, documents come before it
    [InlineData(80.00, 4, "I1", "LED027")]
    [InlineData(1.00, 20, "I9", "LED022")]
    [InlineData(1.00, 20, "P1", "LED033")]
    [InlineData(1.00, 20, null, "LED011")]
    public void More_than_was_written_off_cannot_be_recovered(decimal amount, int day, string? of, string code)
    {
        var book = Book(Recovery(amount, day, of: of));
        Assert.Equal((code, 6), Assert.Single(book.Faults.Select(f => (f.Code, f.Line))));
        Assert.False(book.Contains(Recovered));
        Assert.Equal(new Money(20m, Currency.EUR), book.Open(Invoice, Day(31)));
    }

    [Fact]
    public void What_hangs_on_a_recovery_that_is_left_out_is_left_out_too() =>
        Assert.Equal([("LED027", 6), ("LED022", 7)], Book(Recovery(90m), Paid(50m)).Faults.Select(f => (f.Code, f.Line)));

    [Fact]
    public void Two_recoveries_share_what_was_written_off()
    {
        Assert.Empty(Book(Recovery(50m), Recovery(30m, id: "R2")).Faults);
        Assert.Equal([("LED027", 7)], Book(Recovery(50m), Recovery(31m, id: "R2")).Faults.Select(f => (f.Code, f.Line)));
    }

    [Fact]
    public void A_write_off_that_was_recovered_is_not_undone()
    {
        var undone = new AllocationReversed { Allocation = new("W1"), On = Day(25) };
        Assert.Empty(Book(undone).Faults);
        Assert.Equal(["LED027"], Book(Recovery(1m), undone).Faults.Select(f => f.Code));
    }
}
