using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

/// <summary>Two records of one customer that become one, and may become two again.</summary>
public class MergeTests
{
    private static readonly CustomerId Stays = new("C1");
    private static readonly CustomerId Goes = new("C2");
    private static readonly Iban Account = Iban.Parse("NL91ABNA0417164300");

    private static LocalDate Day(int day) => new(2026, 3, day);

    private static LedgerBook Book(params LedgerEvent[] further) => LedgerBook.Create(
    [
        new LedgerOpened { Currency = Currency.EUR },
        new CustomerRecorded { Customer = new Customer { Id = Stays, Name = "Bakkerij Jansen B.V.", Aliases = ["Jansen"], Parent = new("C3"), Contacts = [new Contact { Name = "Anna" }] } },
        new CustomerRecorded { Customer = new Customer { Id = Goes, Name = "Jansen Brood", Aliases = ["Jansen"], Ibans = [Account], BankAccounts = ["77"], Contacts = [new Contact { Name = "Bert" }] } },
        new CustomerRecorded { Customer = new Customer { Id = new("C3"), Parent = Goes } },
        new DocumentIssued { Id = new("I1"), Kind = DocumentKind.Invoice, Customer = Stays, Issued = Day(1), Due = Day(2), Amount = 100m },
        new DocumentIssued { Id = new("I2"), Kind = DocumentKind.Invoice, Customer = Goes, Issued = Day(1), Due = Day(2), Amount = 10m },
        new PaymentReceived { Id = new("P2"), Customer = Goes, Received = Day(3), Amount = 30m },
        new AllocationMade { Id = new("A1"), From = new("P2"), To = new("I1"), Amount = 30m, On = Day(3), Kind = AllocationKind.Payment },
        new HoldPlaced { Customer = Goes, From = Day(4) },
        .. further,
    ]);

    private static CustomersMerged Merge(int day, string customer = "C2", string into = "C1") => new() { Customer = new(customer), Into = new(into), On = Day(day) };

    [Fact]
    public void The_one_that_stays_has_the_names_accounts_and_items_of_both()
    {
        var book = Book(Merge(10));
        Assert.Empty(book.Faults);
        Assert.Equal(["C1", "C2", "C3"], book.Snapshot(Day(9)).Customers.Select(c => c.Id.Value));

        var snapshot = book.Snapshot(Day(10));
        Assert.Equal(["C1", "C3"], snapshot.Customers.Select(c => c.Id.Value));
        var one = snapshot.Customers[0];
        Assert.Equal([Goes], one.MergedIds);
        Assert.Equal(["Jansen", "Jansen Brood"], one.Aliases);
        Assert.Equal([Account], one.Ibans);
        Assert.Equal(["77"], one.BankAccounts);
        Assert.Equal(["Anna", "Bert"], one.Contacts.Select(c => c.Name));
        // C3 was above C1 and below C2: merged, they would stand above themselves.
        Assert.All(snapshot.Customers, c => Assert.Null(c.Parent));
        Assert.All(snapshot.OpenItems, i => Assert.Equal(Stays, i.Customer));
        Assert.Equal(Stays, Assert.Single(snapshot.Payments).Item.Customer);
        Assert.Equal(Stays, Assert.Single(snapshot.Holds).Customer);
        Assert.Equal(Stays, snapshot.Surviving(Goes));
        Assert.Equal(Stays, snapshot.Surviving(Stays));
    }

    [Fact]
    public void Overview_aging_and_statement_follow()
    {
        var snapshot = Book(Merge(10)).Snapshot(Day(31));
        var overview = Assert.Single(new OverviewEngine().Customers(snapshot));
        Assert.Equal((Stays, "80.00 EUR"), (overview.Customer!.Value, overview.Balance.ToString()));
        Assert.Equal("80.00 EUR", Assert.Single(new AgingEngine().Age(snapshot).Rows).Total.ToString());
        var statement = new StatementEngine().Create(snapshot, Goes, Day(1));
        Assert.Equal(Stays, statement.Customer);
        var account = Assert.Single(statement.Accounts);
        // Within one account the payment of the one for the other moves nothing.
        Assert.Equal(["I1 100.00", "I2 10.00", "P2 -30.00"], account.Movements.Select(m => $"{m.Document} {m.Amount.ToAmountString()}"));
        Assert.Equal("80.00 EUR", account.Closing.ToString());
    }

    [Fact]
    public void Chains_end_at_the_last_and_an_undone_merge_is_two_again()
    {
        var book = Book(Merge(10), Merge(12, "C1", "C3"), new MergeUndone { Customer = Goes, On = Day(20) });
        Assert.Empty(book.Faults);
        Assert.Equal(["C1", "C1"], book.Snapshot(Day(11)).OpenItems.Select(i => i.Customer!.Value.Value));
        Assert.Equal(["C3", "C3"], book.Snapshot(Day(12)).OpenItems.Select(i => i.Customer!.Value.Value));
        Assert.Equal(["C3", "C2"], book.Snapshot(Day(20)).OpenItems.Select(i => i.Customer!.Value.Value));
        Assert.Equal(["C1", "C2"], book.Snapshot(Day(9)).OpenItems.Select(i => i.Customer!.Value.Value));
    }

    [Fact]
    public void A_release_frees_those_who_are_one_on_its_day()
    {
        var released = new HoldReleased { Customer = Stays, On = Day(15) };
        Assert.Null(Assert.Single(Book(Merge(20), released).Snapshot(Day(31)).Holds).Until);
        Assert.Equal(Day(14), Assert.Single(Book(Merge(10), released).Snapshot(Day(31)).Holds).Until);
    }

    [Fact]
    public void What_is_not_known_yet_is_not_merged_yet()
    {
        var book = Book(Merge(10) with { RecordedAt = Day(20).AtMidnight().InUtc().ToInstant() });
        Assert.Equal(3, book.Snapshot(Day(31), Day(19).AtMidnight().InUtc().ToInstant()).Customers.Count);
        Assert.Equal(2, book.Snapshot(Day(31), Day(21).AtMidnight().InUtc().ToInstant()).Customers.Count);
    }

    // What was recorded of a customer may become known after its documents and its merge.
    [Theory]
    [InlineData(25, 5)]
    [InlineData(5, 25)]
    [InlineData(25, 25)]
    public void A_merge_is_told_though_the_records_of_its_customers_are_not_known_yet(int goes, int stays)
    {
        CustomerRecorded Record(CustomerId id, int day) => new() { Customer = new Customer { Id = id, Name = "N" }, RecordedAt = Day(day).AtMidnight().InUtc().ToInstant() };
        var snapshot = LedgerBook.Create(
        [
            new LedgerOpened { Currency = Currency.EUR },
            Record(Goes, goes),
            Record(Stays, stays),
            new DocumentIssued { Id = new("I1"), Kind = DocumentKind.Invoice, Customer = Goes, Issued = Day(2), Amount = 5m },
            Merge(10) with { RecordedAt = Day(10).AtMidnight().InUtc().ToInstant() },
        ]).Snapshot(Day(15), Day(15).AtMidnight().InUtc().ToInstant());
        Assert.Equal(Stays, Assert.Single(snapshot.OpenItems).Customer);
        Assert.Equal(Stays, snapshot.Surviving(Goes));
        Assert.Equal([Goes], Assert.Single(snapshot.Customers).MergedIds);
    }

    [Theory]
    [InlineData("C1", "C1", "LED038")]
    [InlineData("C2", "C3", "LED038")]
    [InlineData("C1", "C2", "LED038")]
    [InlineData("C9", "C1", "LED021")]
    [InlineData("C1", "C9", "LED021")]
    public void A_merge_that_cannot_be_is_left_out(string customer, string into, string code)
    {
        var book = Book(Merge(10), Merge(11, customer, into));
        Assert.Equal([code], book.Faults.Select(f => f.Code));
        Assert.Equal(["C1", "C3"], book.Snapshot(Day(31)).Customers.Select(c => c.Id.Value));
    }

    [Fact]
    public void What_is_not_merged_cannot_be_parted() =>
        Assert.Equal(["LED039"], Book(new MergeUndone { Customer = Goes, On = Day(10) }).Faults.Select(f => f.Code));

    // For every date and knowledge: merging adds up, and moves no money.
    [Fact]
    public void What_the_one_that_stays_owes_is_what_all_of_them_owe() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents from date in LedgerGenerator.Dates from known in LedgerGenerator.KnowledgeCuts select (events, date, known),
        x =>
        {
            var merged = LedgerBook.Create(x.events).Snapshot(x.date, x.known);
            var apart = LedgerBook.Create(x.events.Where(e => e is not (CustomersMerged or MergeUndone))).Snapshot(x.date, x.known);
            Assert.Equal(Owed(apart, merged), Owed(merged, merged));
            Assert.Subset(merged.Customers.Select(c => c.Id).ToHashSet(), apart.Customers.Select(c => merged.Surviving(c.Id)).ToHashSet());
            Assert.All(merged.Customers.Where(c => c.MergedIds.Count == 0), c => Assert.Contains(apart.Customers, a => a.Id == c.Id));
            Assert.All(merged.Customers, c => Assert.Equal(c.Id, merged.Surviving(c.Id)));
            Assert.All(merged.Customers, c => Assert.NotEqual(c.Id, c.Parent));
        });

    private static IEnumerable<(CustomerId?, Currency, decimal)> Owed(LedgerSnapshot snapshot, LedgerSnapshot merged) =>
        snapshot.OpenItems.GroupBy(i => (Whose: i.Customer is { } c ? merged.Surviving(c) : (CustomerId?)null, i.Open.Currency))
            .Select(g => (g.Key.Whose, g.Key.Currency, g.Sum(i => i.SignedOpen.Amount))).OrderBy(g => g.Whose?.Value, StringComparer.Ordinal).ThenBy(g => g.Currency);

    // Reversible: from the day of its undoing, and before its own, a merge has never been.
    [Fact]
    public void A_merge_that_was_undone_leaves_no_trace() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents
        from date in LedgerGenerator.Dates
        from day in LedgerGenerator.Dates
        from length in Gen.Choose(0, 20)
        select (Events: events.Where(e => e is not (CustomersMerged or MergeUndone or HoldReleased)).ToList(), date, day, length),
        x =>
        {
            if (x.Events.OfType<CustomerRecorded>().Count() < 2 || (x.date >= x.day && x.date < x.day.PlusDays(x.length)))
            {
                return;
            }

            var undone = LedgerBook.Create(
            [
                .. x.Events,
                new CustomersMerged { Customer = new("C0"), Into = new("C1"), On = x.day },
                new MergeUndone { Customer = new("C0"), On = x.day.PlusDays(x.length) },
            ]);
            Assert.Empty(undone.Faults);
            Assert.Equal(LedgerBookLaws.Print(LedgerBook.Create(x.Events).Snapshot(x.date)), LedgerBookLaws.Print(undone.Snapshot(x.date)));
        });
}
