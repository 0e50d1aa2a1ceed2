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

    /// <summary>What was saved is read in order of id, as it was last saved, all of it or what is at one stage.</summary>
    [Fact]
    public async Task What_was_saved_is_read_in_order()
    {
        var store = await CreateAsync();
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Step("k1", "b", 0, ApprovalStage.Waiting), default));
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Step("k2", "a", 0, ApprovalStage.Waiting), default));
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Step("k3", "B", 0, ApprovalStage.Waiting), default));
        Assert.Equal(new ChangeResult.Stored(2), await store.SaveAsync(Step("k4", "b", 1, ApprovalStage.Approving), default));
        var all = await store.ReadAsync(First, null, default);
        Assert.Equal([("B", 1L), ("a", 1L), ("b", 2L)], all.Select(c => (c.Id, c.Version)));
        Assert.All(all, c => Assert.Equal(("anna", ApprovalSubjects.WriteOff, new LocalDate(2026, 3, 2)), (c.Change.Maker, c.Change.Subjects, c.On)));
        Assert.Equal(new HoldPlaced { Customer = new CustomerId("a"), From = new LocalDate(2026, 1, 1) }, Assert.Single(all[1].Change.Events));
        Assert.Equal((null, null), (all[0].By, all[0].LedgerVersion));
        Assert.Equal(("bert", 7L), (all[2].By, all[2].LedgerVersion));
        Assert.Equal(["b"], (await store.ReadAsync(First, ApprovalStage.Approving, default)).Select(c => c.Id));
        Assert.Empty(await store.ReadAsync(First, ApprovalStage.Approved, default));
    }

    /// <summary>A step that was decided on an older version stores nothing, and may be asked again with the same key.</summary>
    [Fact]
    public async Task An_older_version_is_a_conflict()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Step("k1", "a", 0, ApprovalStage.Waiting), default);
        Assert.Equal(new ChangeResult.Conflict(1), await store.SaveAsync(Step("k2", "a", 0, ApprovalStage.Declined), default));
        Assert.Equal(new ChangeResult.Conflict(0), await store.SaveAsync(Step("k3", "b", 1, ApprovalStage.Declined), default));
        Assert.Equal(ApprovalStage.Waiting, Assert.Single(await store.ReadAsync(First, null, default)).Stage);
        Assert.Equal(new ChangeResult.Stored(2), await store.SaveAsync(Step("k2", "a", 1, ApprovalStage.Declined), default));
    }

    /// <summary>A command that is sent again gets its first result and stores nothing, whatever it carries then.</summary>
    [Fact]
    public async Task A_repeated_command_gets_its_first_result()
    {
        var store = await CreateAsync();
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Step("k1", "a", 0, ApprovalStage.Waiting), default));
        Assert.Equal(new ChangeResult.Stored(2), await store.SaveAsync(Step("k2", "a", 1, ApprovalStage.Approving), default));
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Step("k1", "a", 2, ApprovalStage.Declined), default));
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Step("k1", "b", 0, ApprovalStage.Waiting), default));
        Assert.Equal(ApprovalStage.Approving, Assert.Single(await store.ReadAsync(First, null, default)).Stage);
    }

    /// <summary>Nothing of one ledger is seen in another, keys of commands neither.</summary>
    [Fact]
    public async Task Ledgers_are_kept_apart()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Step("k1", "a", 0, ApprovalStage.Waiting), default);
        Assert.Empty(await store.ReadAsync(Second, null, default));
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Step("k1", "a", 0, ApprovalStage.Declined) with { Ledger = Second }, default));
        Assert.Equal(ApprovalStage.Waiting, Assert.Single(await store.ReadAsync(First, null, default)).Stage);
    }

    /// <summary>Of many that decide on one change at once, one is told that it did, and what it decided stands.</summary>
    [Fact]
    public async Task Of_many_at_once_one_decides()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Step("k1", "a", 0, ApprovalStage.Waiting), default);
        ApprovalStage[] stages = [ApprovalStage.Approving, ApprovalStage.Declined];
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => (i, Result: await store.SaveAsync(Step("race" + i, "a", 1, stages[i % 2]), default)))));
        var winner = Assert.Single(results, r => r.Result is ChangeResult.Stored);
        Assert.Equal(stages[winner.i % 2], Assert.Single(await store.ReadAsync(First, null, default)).Stage);
    }

    private static ApprovalChange Step(string key, string id, long version, ApprovalStage stage) => new()
    {
        Ledger = First,
        IdempotencyKey = key,
        ExpectedVersion = version,
        Change = new StagedChange(
            id,
            new LocalDate(2026, 3, 2),
            new PendingChange("anna", [new HoldPlaced { Customer = new CustomerId(id), From = new LocalDate(2026, 1, 1) }], ApprovalSubjects.WriteOff),
            stage,
            stage == ApprovalStage.Waiting ? null : "bert")
        { LedgerVersion = stage == ApprovalStage.Waiting ? null : 7 },
    };
}
