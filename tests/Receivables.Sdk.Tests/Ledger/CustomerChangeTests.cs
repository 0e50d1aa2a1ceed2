using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

public class CustomerChangeTests
{
    private static readonly CustomerId C1 = new("C1");

    private static LocalDate Day(int day) => new(2026, 1, day);

    private static LedgerBook Book(params LedgerEvent[] further) => LedgerBook.Create(
    [
        new LedgerOpened { Currency = Currency.EUR },
        new CustomerRecorded { Customer = new Customer { Id = C1, Name = "First", Country = "NL", Parent = new("C2") }, CreditLimit = 100m, InsuredLimit = 60m },
        new CustomerRecorded { Customer = new Customer { Id = new("C2") } },
        new CustomerRecorded { Customer = new Customer { Id = new("C3") } },
        .. further,
    ]);

    private static CustomerChanged Change(int day, string name, string? parent = null) =>
        new() { On = Day(day), Customer = new Customer { Id = C1, Name = name, Parent = parent is null ? null : new CustomerId(parent) } };

    private static Customer Seen(LedgerBook book, int day, Instant? known = null) => book.Snapshot(Day(day), known).Customers.Single(c => c.Id == C1);

    [Fact]
    public void From_its_day_the_last_change_stands_in_place_of_what_was_recorded()
    {
        var book = Book(Change(20, "Third", "C3"), Change(10, "Second"));
        Assert.Empty(book.Faults);
        Assert.Equal(["First", "Second", "Second", "Third"], new[] { 9, 10, 19, 20 }.Select(d => Seen(book, d).Name));
        Assert.Equal(["C2", null, null, "C3"], new[] { 9, 10, 19, 20 }.Select(d => Seen(book, d).Parent?.Value));
        Assert.Equal(["NL", null], new[] { 9, 10 }.Select(d => Seen(book, d).Country));
    }

    [Fact]
    public void A_change_leaves_the_limits_as_they_are()
    {
        var seen = Seen(Book(Change(10, "Second")), 10);
        Assert.Equal((new Money(100m, Currency.EUR), new Money(60m, Currency.EUR)), (seen.CreditLimit!.Value, seen.InsuredLimit!.Value));
        seen = Seen(Book(Change(10, "Second"), new CreditLimitChanged { Customer = C1, On = Day(5), Limit = 50m }), 10);
        Assert.Equal((new Money(50m, Currency.EUR), null), (seen.CreditLimit!.Value, seen.InsuredLimit));
        seen = Seen(LedgerBook.Create(
        [
            new LedgerOpened { Currency = Currency.EUR },
            new CustomerRecorded { Customer = new Customer { Id = C1, CreditLimit = new Money(7m, Currency.USD), InsuredLimit = new Money(5m, Currency.USD) } },
            Change(10, "Second"),
        ]), 10);
        Assert.Equal((new Money(7m, Currency.USD), new Money(5m, Currency.USD)), (seen.CreditLimit!.Value, seen.InsuredLimit!.Value));
    }

    [Fact]
    public void A_change_counts_once_it_is_known_and_of_two_on_one_day_the_one_that_became_known_later()
    {
        var late = Day(25).AtMidnight().InUtc().ToInstant();
        var book = Book(Change(10, "Corrected") with { RecordedAt = late }, Change(10, "Second"));
        Assert.Equal("Second", Seen(book, 30, late - Duration.FromSeconds(1)).Name);
        Assert.Equal("Corrected", Seen(book, 30, late).Name);
    }

    // What a snapshot says of a customer that is one with no other is what the last change by then said, or what was recorded.
    [Fact]
    public void What_is_known_of_a_customer_is_the_last_that_was_said() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents from date in LedgerGenerator.Dates from known in LedgerGenerator.KnowledgeCuts select (events, date, known),
        x =>
        {
            foreach (var seen in LedgerBook.Create(x.events).Snapshot(x.date, x.known).Customers.Where(c => c.MergedIds.Count == 0))
            {
                var recorded = x.events.OfType<CustomerRecorded>().Single(e => e.Customer.Id == seen.Id);
                var said = x.events.OfType<CustomerChanged>().Where(e => e.Customer.Id == seen.Id && e.On <= x.date && (x.known is not { } at || e.KnownFrom <= at)).ToList();
                var last = said.Where(e => e.On == said.Max(o => o.On)).ToList();
                var names = last.Where(e => e.KnownFrom == last.Max(o => o.KnownFrom)).Select(e => e.Customer.Name).DefaultIfEmpty(recorded.Customer.Name);
                Assert.Contains(seen.Name, names);
                if (!x.events.OfType<CreditLimitChanged>().Any(e => e.Customer == seen.Id))
                {
                    Assert.Equal((recorded.CreditLimit, recorded.Customer.InsuredLimit?.Amount ?? recorded.InsuredLimit), (seen.CreditLimit?.Amount, seen.InsuredLimit?.Amount));
                }
            }
        },
        cases: 300);
}
