using NodaTime;
using Receivables.Sdk.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

/// <summary>What an acceptance takes off which disputes.</summary>
public class DisputeTests
{
    private static readonly DocumentId I1 = new("I1");

    private static LocalDate Day(int day) => new(2026, 1, day);

    private static DisputeOpened Dispute(int opened, decimal? amount, int? resolved = null) => new() { Invoice = I1, Opened = Day(opened), Amount = amount, Resolved = resolved is { } day ? Day(day) : null };

    private static DisputePartlyAccepted Accept(int day, decimal amount) => new() { Invoice = I1, On = Day(day), Accepted = amount, Reason = "shown" };

    private static DisputeResolved Resolve(int day, decimal? accepted) => new() { Invoice = I1, On = Day(day), Accepted = accepted, Reason = "closed" };

    // Of each dispute in order of opening: its amount, what was accepted of it, when it ended; then what of the invoice is disputed.
    private static string Seen(int day, params LedgerEvent[] events)
    {
        var snapshot = LedgerBook.Create(
        [
            new LedgerOpened { Currency = Currency.EUR },
            new CustomerRecorded { Customer = new Customer { Id = new("C1") } },
            new DocumentIssued { Id = I1, Kind = DocumentKind.Invoice, Customer = new("C1"), Issued = Day(1), Amount = 100m },
            .. events,
        ]).Snapshot(Day(day));
        var disputes = snapshot.Disputes.Select(d => $"{d.Amount?.ToAmountString() ?? "all"}/{d.Accepted?.ToAmountString() ?? "-"}/{d.Resolved?.Day.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}");
        return string.Join(' ', disputes) + " = " + (snapshot.OpenItems[0].Disputed?.ToAmountString() ?? "0");
    }

    [Fact]
    public void An_acceptance_is_taken_off_the_disputes_that_stand_the_earliest_first()
    {
        Assert.Equal("30.00/-/- 40.00/-/- = 70.00", Seen(8, Dispute(2, 30m), Dispute(3, 40m), Accept(9, 50m)));
        Assert.Equal("0.00/30.00/- 20.00/20.00/- = 20.00", Seen(9, Dispute(2, 30m), Dispute(3, 40m), Accept(9, 50m)));
        Assert.Equal("0.00/30.00/- 0.00/40.00/- = 0", Seen(9, Dispute(2, 30m), Dispute(3, 40m), Accept(9, 99m)));
        Assert.Equal("20.00/10.00/- = 20.00", Seen(9, Dispute(2, 30m), Accept(5, 4m), Accept(6, 6m)));
    }

    [Fact]
    public void An_acceptance_does_not_reach_disputes_to_come_nor_those_that_have_ended()
    {
        Assert.Equal("30.00/-/- = 30.00", Seen(9, Accept(5, 10m), Dispute(6, 30m)));
        Assert.Equal("20.00/10.00/- = 20.00", Seen(9, Accept(5, 10m), Dispute(5, 30m)));
        Assert.Equal("30.00/-/5 = 0", Seen(9, Dispute(2, 30m, 5), Accept(5, 10m)));
        Assert.Equal("20.00/10.00/6 = 0", Seen(9, Dispute(2, 30m, 6), Accept(5, 10m)));
        Assert.Equal("30.00/-/5 40.00/10.00/- = 40.00", Seen(9, Dispute(2, 30m, 5), Dispute(3, 50m), Accept(7, 10m)));
    }

    [Fact]
    public void A_dispute_of_all_that_is_open_takes_the_whole_acceptance_and_stays()
    {
        Assert.Equal("all/10.00/- 5.00/-/- = 100.00", Seen(9, Dispute(2, null), Dispute(3, 5m), Accept(5, 10m)));
    }

    [Fact]
    public void A_resolution_ends_what_stands_on_its_day_and_what_it_accepts_adds_to_what_was_accepted()
    {
        Assert.Equal("30.00/-/- = 30.00", Seen(7, Dispute(2, 30m), Resolve(8, 5m)));
        Assert.Equal("30.00/5.00/8 = 0", Seen(8, Dispute(2, 30m), Resolve(8, 5m)));
        Assert.Equal("20.00/15.00/8 = 0", Seen(8, Dispute(2, 30m), Accept(5, 10m), Resolve(8, 5m)));
        Assert.Equal("30.00/5.00/8 12.00/-/- = 12.00", Seen(9, Dispute(2, 30m), Resolve(8, 5m), Dispute(9, 12m)));
    }
}
