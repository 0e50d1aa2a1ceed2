using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Storage;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.Workflows;
using Xunit;

namespace Receivables.Sdk.Tests.Workflows;

/// <summary>People who approve and turn down one change at once, while others write to the ledger, call by call in every order.</summary>
public class ApprovalLaws
{
    private static readonly LedgerId Main = new("main");
    private static readonly LocalDate Today = new(2026, 3, 31);

    private static AllocationMade WriteOff(string id, decimal amount) =>
        new() { Id = new AllocationId(id), To = new DocumentId("I1"), Amount = amount, On = Today, Kind = AllocationKind.WriteOff, By = "anna", Reason = "small" };

    private static async Task<InMemoryStore> WaitingAsync()
    {
        var store = new InMemoryStore();
        await store.AppendAsync(
            new LedgerChange
            {
                Ledger = Main,
                IdempotencyKey = "opening",
                Events =
                [
                    new LedgerOpened { Currency = Currency.EUR },
                    new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C1") } },
                    new DocumentIssued { Id = new DocumentId("I1"), Kind = DocumentKind.Invoice, Customer = new CustomerId("C1"), Issued = new LocalDate(2026, 1, 10), Amount = 100m },
                ],
            },
            default);
        Assert.IsType<DeskResult.Waits>(await new LedgerDesk(store, store).RecordAsync(Main, "w1", "anna", Today, [WriteOff("A1", 60m)]));
        return store;
    }

    private static async Task<bool> IsRecorded(InMemoryStore store) => (await store.ReadBookAsync(Main)).Book.Open(new DocumentId("I1"), Today).Amount == 40m;

    [Fact]
    public void Whoever_prevails_the_ledger_and_the_store_say_the_same() => Law.ForAll(
        Gen.Choose(0, 3).ListOf(30),
        order =>
        {
            var store = WaitingAsync().GetAwaiter().GetResult();
            var turns = new Turns([.. order]);
            LedgerDesk Desk(int person) => new(turns.For(person, store), turns.For(person, store));
            DeskResult? first = null, second = null;
            bool? declined = null;
            turns.Run(
                async () => first = await Desk(0).ApproveAsync(Main, "w1", "bert"),
                async () => second = await Desk(1).ApproveAsync(Main, "w1", "carl"),
                async () => declined = await Desk(2).DeclineAsync(Main, "w1", "dora"),
                async () =>
                {
                    // Somebody writes half of the invoice off without asking: with that the change is unlawful; then that is taken back.
                    var desk = new LedgerDesk(turns.For(3, store), turns.For(3, store), new FourEyes { Subjects = ApprovalSubjects.None });
                    await desk.RecordAsync(Main, "x", "eve", Today, [WriteOff("A2", 50m) with { On = Today.PlusDays(-1) }]);
                    await desk.RecordAsync(Main, "y", "eve", Today, [new AllocationReversed { Allocation = new AllocationId("A2"), On = Today.PlusDays(-1) }]);
                });

            var recorded = IsRecorded(store).GetAwaiter().GetResult();
            Assert.Equal(recorded, first is DeskResult.Recorded || second is DeskResult.Recorded);
            Assert.False(recorded && declined == true);
            var stage = Assert.Single(((IApprovalStore)store).ReadAsync(Main, null, default).AsTask().GetAwaiter().GetResult());
            Assert.Equal((recorded, declined), (stage.Stage == ApprovalStage.Approved, stage.Stage == ApprovalStage.Declined));
            Assert.True(first!.Equals(second) || !(first is DeskResult.Recorded && second is DeskResult.Recorded));

            // What was decided stays decided, and what nobody decided can be.
            var desk = new LedgerDesk(store, store);
            Assert.Equal(declined != true, desk.ApproveAsync(Main, "w1", "fred").GetAwaiter().GetResult() is DeskResult.Recorded);
            Assert.False(desk.DeclineAsync(Main, "w1", "fred").GetAwaiter().GetResult());
        },
        cases: 300);

    [Fact]
    public async Task An_approval_that_was_interrupted_before_it_was_marked_cannot_be_turned_down_any_more()
    {
        var store = await WaitingAsync();
        await store.AppendAsync(new LedgerChange { Ledger = Main, IdempotencyKey = "w1", Events = [WriteOff("A1", 60m)] }, default);
        var desk = new LedgerDesk(store, store);
        Assert.False(await desk.DeclineAsync(Main, "w1", "dora"));
        Assert.Empty(await desk.WorkAsync(Main));
        Assert.Equal(new DeskResult.Recorded(4), await desk.ApproveAsync(Main, "w1", "bert"));
    }

    [Fact]
    public async Task An_approval_that_was_interrupted_before_it_was_recorded_is_finished_or_turned_down_once_the_ledger_moved_on()
    {
        var store = await WaitingAsync();
        var waiting = Assert.Single(await ((IApprovalStore)store).ReadAsync(Main, null, default));
        var interrupted = waiting with { Stage = ApprovalStage.Approving, By = "bert", LedgerVersion = 3 };
        await store.SaveAsync(new ApprovalChange { Ledger = Main, IdempotencyKey = "cut", ExpectedVersion = 1, Change = interrupted }, default);
        var desk = new LedgerDesk(store, store);
        Assert.Single(await desk.WorkAsync(Main));
        Assert.False(await desk.DeclineAsync(Main, "w1", "dora"));
        await store.AppendAsync(new LedgerChange { Ledger = Main, IdempotencyKey = "more", Events = [WriteOff("A9", 1m)] }, default);
        Assert.True(await desk.DeclineAsync(Main, "w1", "dora"));

        store = await WaitingAsync();
        await store.SaveAsync(new ApprovalChange { Ledger = Main, IdempotencyKey = "cut", ExpectedVersion = 1, Change = interrupted }, default);
        Assert.IsType<DeskResult.Recorded>(await new LedgerDesk(store, store).ApproveAsync(Main, "w1", "carl"));
        Assert.Equal("bert", Assert.Single(await ((IApprovalStore)store).ReadAsync(Main, ApprovalStage.Approved, default)).By);
    }
}
