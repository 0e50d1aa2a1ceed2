using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

public class LedgerRulesTests
{
    private static readonly LocalDate Day = new(2026, 2, 1);

    private static OpenItem Item(decimal open, decimal amount = 100m) => new()
    {
        Id = new DocumentId("I1"),
        Kind = DocumentKind.Invoice,
        Customer = new CustomerId("C1"),
        Issued = Day,
        Due = Day.PlusDays(30),
        Amount = new Money(amount, Currency.EUR),
        Open = new Money(open, Currency.EUR),
        CashDiscounts = [new CashDiscount(new Percentage(2m), Day.PlusDays(8))],
    };

    // G17: a discount only in time, and never both for the same money.
    [Fact]
    public void A_rest_is_discounted_in_time_or_written_off_and_never_both() => Law.ForAll(
        from open in Gen.Elements(100m, 50m)
        from paid in Gen.OneOf(Gen.Choose(0, 10_000), Gen.Choose(9_700, 10_000), Gen.Elements(9_799, 9_800, 9_801))
        from late in Gen.Choose(-3, 20)
        from action in Gen.Elements(Enum.GetValues<ShortPaymentAction>())
        select (open, paid: Math.Min(open, paid / 100m), late, action),
        x =>
        {
            var policy = new ShortPaymentPolicy { Action = x.action, DiscountGraceDays = 2, Tolerance = new Dictionary<Currency, decimal> { [Currency.EUR] = 5m } };
            var on = Day.PlusDays(x.late);
            var outcome = policy.Decide(Item(x.open), new Money(x.paid, Currency.EUR), on);
            Assert.Equal(x.open - x.paid, (outcome.Discount + outcome.WrittenOff + outcome.StaysOpen).Amount);
            Assert.True(outcome.Discount.IsZero || outcome.WrittenOff.IsZero);
            Assert.True(outcome.Discount.IsZero || (on <= Day.PlusDays(10) && outcome.Discount.Amount <= 2m && x.open == 100m));
            Assert.True(outcome.WrittenOff.IsZero || (x.action == ShortPaymentAction.WriteOff && outcome.WrittenOff.Amount <= 5m));
            Assert.True(outcome.Disputed.IsZero || x.action == ShortPaymentAction.Dispute);
        });

    [Fact]
    public void What_one_person_made_another_approves()
    {
        var before = LedgerBook.Create([new LedgerOpened { Currency = Currency.EUR }]).Snapshot(Day);
        var rule = new FourEyes();
        var change = rule.Review("anna", [new AllocationMade { Id = new AllocationId("A1"), To = new DocumentId("I1"), Amount = 1m, On = Day, Kind = AllocationKind.WriteOff }], before);
        Assert.Equal(ApprovalSubjects.WriteOff, change.Subjects);
        Assert.Equal(new ApprovalResult.Refused("needsApproval"), FourEyes.Approve(change, null));
        Assert.Equal(new ApprovalResult.Refused("makerIsChecker"), FourEyes.Approve(change, "Anna"));
        Assert.IsType<ApprovalResult.Approved>(FourEyes.Approve(change, "bert"));
        Assert.IsType<ApprovalResult.Approved>(FourEyes.Approve(rule.Review("anna", [new HandedOver { Invoice = new DocumentId("I1"), On = Day }], before), null));
        var bank = new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C1"), BankAccounts = ["1"] } };
        Assert.Equal(ApprovalSubjects.BankDetails, rule.Review("anna", [bank], before).Subjects);
    }

    [Fact]
    public void A_set_off_pairs_the_earliest_due_of_both_sides()
    {
        OpenItem Owed(string id, decimal open, int due) => Item(open) with { Id = new DocumentId(id), Due = Day.PlusDays(due) };
        var proposal = Assert.Single(SetOff.Propose(
            [Owed("r2", 50m, 2), Owed("r1", 30m, 1) with { Disputed = new Money(10m, Currency.EUR) }, Owed("n", 5m, 1) with { Kind = DocumentKind.CreditNote }],
            [Owed("p1", 45m, 1), Owed("other", 1m, 1) with { Customer = new CustomerId("C2") }]));
        Assert.Equal(["r1 p1 20.00", "r2 p1 25.00"], proposal.Pairs.Select(p => $"{p.Receivable} {p.Payable} {p.Amount.ToAmountString()}"));
        Assert.Equal("25.00 EUR", proposal.Net.ToString());
    }

    // G11, as far as states go: every item has one, and it says what the amounts say.
    [Fact]
    public void Every_item_has_the_state_that_its_amounts_say() => Law.ForAll(LedgerGenerator.Snapshots, snapshot =>
    {
        var states = new SettlementStates(snapshot);
        foreach (var item in snapshot.OpenItems.Concat(snapshot.SettledItems))
        {
            var state = states[item.Id];
            Assert.Equal(item.Open.IsZero, state is SettlementState.Settled or SettlementState.Overpaid or SettlementState.WrittenOff || (state == SettlementState.Reversed && item.Open.IsZero));
            Assert.Equal(item.Open.IsPositive && item.Open < item.Amount, state == SettlementState.PartlySettled);
        }
    });

    // G11: what was closed by each kind, and what is open, is the amount.
    [Fact]
    public void Closed_by_every_kind_and_open_make_the_amount() => Law.ForAll(LedgerGenerator.Snapshots, snapshot =>
    {
        var closed = snapshot.Allocations.ToLookup(a => a.To);
        var items = snapshot.OpenItems.Concat(snapshot.SettledItems).Where(i => !i.IsCredit).ToList();
        Assert.All(items, i => Assert.Equal(i.Amount.Amount, i.Open.Amount + closed[i.Id].Sum(a => a.Amount.Amount)));

        // What is recovered is at most what was written off.
        foreach (var recovered in items.Where(i => i.Kind == DocumentKind.Recovery).GroupBy(i => i.RelatedTo!.Value))
        {
            Assert.True(recovered.Sum(r => r.Amount.Amount) <= closed[recovered.Key].Where(a => a is { Kind: AllocationKind.WriteOff, From: null }).Sum(a => a.Amount.Amount));
        }
    });

    [Fact]
    public void Taking_a_person_out_keeps_every_sum() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents from date in LedgerGenerator.Dates select (events, date),
        x =>
        {
            var customer = new CustomerId("C0");
            var redacted = LedgerRedaction.Redact(x.events, customer);
            var before = LedgerBook.Create(x.events).Snapshot(x.date);
            var after = LedgerBook.Create(redacted).Snapshot(x.date);
            Assert.Equal(Sums(before), Sums(after));
            Assert.Equal(LedgerRedaction.Removed, after.Customers.Single(c => c.Id == after.Surviving(customer)).Name);
            // Nothing that a person is known by is left, in whatever event it stood.
            var text = string.Concat(redacted.Select(Receivables.Sdk.Serialization.LedgerFileWriter.ToLine));
            Assert.All(new[] { "Klant 0", "Directeur 0", "Boekhouding 0", "klant0@", "boekhouding0@" }, word => Assert.DoesNotContain(word, text));
            Assert.DoesNotContain(after.Notes, n => n.Text == "called" && before.OpenItems.Concat(before.SettledItems).Any(i => i.Id == n.Invoice && i.Customer == customer));
        });

    private static string Sums(LedgerSnapshot snapshot) => string.Join('\n',
        snapshot.OpenItems.Concat(snapshot.SettledItems).Select(i => $"{i.Id} {i.Customer} {i.Open} {i.Disputed} {string.Join(';', i.Instalments)}")
            .Concat(snapshot.Payments.Select(p => $"{p.Item.Id} {p.Item.Open} {p.Returned}")).Concat(snapshot.Allocations.Select(a => a.ToString())));
}
