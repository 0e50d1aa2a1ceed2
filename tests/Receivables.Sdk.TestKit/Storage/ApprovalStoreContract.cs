using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Storage;
using Xunit;

namespace Receivables.Sdk.TestKit.Storage;

/// <summary>What every <see cref="IApprovalStore"/> must do. Derive from it in a test project, give it your adapter, and run.</summary>
public abstract class ApprovalStoreContract
{
    private static readonly LedgerId First = new("contract-first");
    private static readonly LedgerId Second = new("contract-second");

    /// <summary>A store without any change of the ledgers <c>contract-first</c> and <c>contract-second</c>.</summary>
    protected abstract ValueTask<IApprovalStore> CreateAsync();

    /// <summary>What was saved is read in order of id, as it was, all of it or what is at one stage.</summary>
    [Fact]
    public async Task What_was_saved_is_read_in_order()
    {
        var store = await CreateAsync();
        Assert.Equal(["b", "a"], await store.SaveAsync(Change("k1", ("b", ApprovalStage.Waiting), ("a", ApprovalStage.Waiting)), default));
        Assert.Equal(["B"], await store.SaveAsync(Change("k2", ("B", ApprovalStage.Waiting)), default));
        var all = await store.ReadAsync(First, null, default);
        Assert.Equal(["B", "a", "b"], all.Select(c => c.Id));
        Assert.All(all, c => Assert.Equal(("anna", ApprovalSubjects.WriteOff, new LocalDate(2026, 3, 2)), (c.Change.Maker, c.Change.Subjects, c.On)));
        Assert.Equal(new HoldPlaced { Customer = new CustomerId("a"), From = new LocalDate(2026, 1, 1) }, Assert.Single(all[1].Change.Events));
        Assert.Empty(await store.ReadAsync(First, ApprovalStage.Approved, default));
    }

    /// <summary>A change moves forward and never back; what was decided moves no more.</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it is asked to go.</param>
    /// <param name="moves">Whether it goes.</param>
    [Theory]
    [InlineData(ApprovalStage.Waiting, ApprovalStage.Waiting, false)]
    [InlineData(ApprovalStage.Waiting, ApprovalStage.Approved, true)]
    [InlineData(ApprovalStage.Waiting, ApprovalStage.Declined, true)]
    [InlineData(ApprovalStage.Approved, ApprovalStage.Declined, false)]
    [InlineData(ApprovalStage.Approved, ApprovalStage.Waiting, false)]
    [InlineData(ApprovalStage.Declined, ApprovalStage.Approved, false)]
    public async Task A_change_moves_forward_only(ApprovalStage from, ApprovalStage to, bool moves)
    {
        var store = await CreateAsync();
        await store.SaveAsync(Change("k1", ("a", from)), default);
        Assert.Equal(moves ? ["a", "b"] : ["b"], await store.SaveAsync(Change("k2", ("a", to), ("b", to)), default));
        Assert.Equal([moves ? to : from, to], (await store.ReadAsync(First, null, default)).Select(c => c.Stage));
    }

    /// <summary>A command that is sent again gets its first answer and stores nothing, whatever it carries then.</summary>
    [Fact]
    public async Task A_repeated_command_gets_its_first_answer()
    {
        var store = await CreateAsync();
        Assert.Equal(["a"], await store.SaveAsync(Change("k1", ("a", ApprovalStage.Waiting)), default));
        Assert.Equal(["a"], await store.SaveAsync(Change("k1", ("a", ApprovalStage.Approved), ("b", ApprovalStage.Waiting)), default));
        Assert.Equal(ApprovalStage.Waiting, Assert.Single(await store.ReadAsync(First, null, default)).Stage);
    }

    /// <summary>Nothing of one ledger is seen in another, keys of commands neither.</summary>
    [Fact]
    public async Task Ledgers_are_kept_apart()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Change("k1", ("a", ApprovalStage.Waiting)), default);
        Assert.Empty(await store.ReadAsync(Second, null, default));
        Assert.Equal(["a"], await store.SaveAsync(Change("k1", ("a", ApprovalStage.Declined)) with { Ledger = Second }, default));
        Assert.Equal(ApprovalStage.Waiting, Assert.Single(await store.ReadAsync(First, null, default)).Stage);
    }

    /// <summary>Of many that decide on one change at once, one is told that it did.</summary>
    [Fact]
    public async Task Of_many_at_once_one_decides()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Change("k1", ("a", ApprovalStage.Waiting)), default);
        var moved = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(async () => await store.SaveAsync(Change("race" + i, ("a", i % 2 == 0 ? ApprovalStage.Approved : ApprovalStage.Declined)), default))));
        Assert.Single(moved, m => m.Count == 1);
    }

    private static ApprovalChange Change(string key, params (string Id, ApprovalStage Stage)[] changes) => new()
    {
        Ledger = First,
        IdempotencyKey = key,
        Changes =
        [
            .. changes.Select(c => new StagedChange(
                c.Id,
                new LocalDate(2026, 3, 2),
                new PendingChange("anna", [new HoldPlaced { Customer = new CustomerId(c.Id), From = new LocalDate(2026, 1, 1) }], ApprovalSubjects.WriteOff),
                c.Stage,
                c.Stage == ApprovalStage.Waiting ? null : "bert")),
        ],
    };
}
