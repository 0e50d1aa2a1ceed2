using NodaTime;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.Storage;
using Xunit;

namespace Receivables.Sdk.TestKit.Storage;

/// <summary>What every <see cref="IReconciliationStore"/> must do. Derive from it in a test project, give it your adapter, and run.</summary>
public abstract class ReconciliationStoreContract
{
    private static readonly LedgerId First = new("contract-first");
    private static readonly LedgerId Second = new("contract-second");

    /// <summary>A store without any period of the ledgers <c>contract-first</c> and <c>contract-second</c>.</summary>
    protected abstract ValueTask<IReconciliationStore> CreateAsync();

    /// <summary>What was saved is read in order of id, as it was last saved.</summary>
    [Fact]
    public async Task What_was_saved_is_read_in_order()
    {
        var store = await CreateAsync();
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Change("k1", "b", 0, "anna"), default));
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Change("k2", "a", 0, "anna"), default));
        Assert.Equal(new ChangeResult.Stored(2), await store.SaveAsync(Change("k3", "b", 1, "bert"), default));
        Assert.Equal([("a", 1L, "anna"), ("b", 2L, "bert")], (await store.ReadAsync(First, default)).Select(p => (p.Id, p.Version, p.Period.Owner)));
    }

    /// <summary>A change that was decided on an older version stores nothing, and may be asked again with the same key.</summary>
    [Fact]
    public async Task An_older_version_is_a_conflict()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Change("k1", "a", 0, "anna"), default);
        Assert.Equal(new ChangeResult.Conflict(1), await store.SaveAsync(Change("k2", "a", 0, "bert"), default));
        Assert.Equal(new ChangeResult.Conflict(0), await store.SaveAsync(Change("k3", "b", 1, "bert"), default));
        Assert.Equal("anna", Assert.Single(await store.ReadAsync(First, default)).Period.Owner);
        Assert.Equal(new ChangeResult.Stored(2), await store.SaveAsync(Change("k2", "a", 1, "bert"), default));
    }

    /// <summary>A command that is sent again gets its first result and stores nothing, whatever it carries then; one that expects no version at all only asks.</summary>
    [Fact]
    public async Task A_repeated_command_gets_its_first_result()
    {
        var store = await CreateAsync();
        Assert.Equal(new ChangeResult.Conflict(0), await store.SaveAsync(Change("k1", "a", -1, "anna"), default));
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Change("k1", "a", 0, "anna"), default));
        Assert.Equal(new ChangeResult.Stored(2), await store.SaveAsync(Change("k2", "a", 1, "bert"), default));
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Change("k1", "a", -1, "carl"), default));
        Assert.Equal("bert", Assert.Single(await store.ReadAsync(First, default)).Period.Owner);
    }

    /// <summary>Nothing of one ledger is seen in another, keys of commands neither.</summary>
    [Fact]
    public async Task Ledgers_are_kept_apart()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Change("k1", "a", 0, "anna"), default);
        Assert.Empty(await store.ReadAsync(Second, default));
        Assert.Equal(new ChangeResult.Stored(1), await store.SaveAsync(Change("k1", "a", 0, "bert") with { Ledger = Second }, default));
        Assert.Equal("anna", Assert.Single(await store.ReadAsync(First, default)).Period.Owner);
    }

    private static ReconciliationChange Change(string key, string id, long version, string owner) => new()
    {
        Ledger = First,
        IdempotencyKey = key,
        Id = id,
        ExpectedVersion = version,
        Period = new ReconciliationPeriod { From = new LocalDate(2026, 3, 1), To = new LocalDate(2026, 3, 31), Owner = owner, Report = new ReconciliationReport([], []) },
    };
}
