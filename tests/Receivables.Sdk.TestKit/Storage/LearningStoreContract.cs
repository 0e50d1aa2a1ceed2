using NodaTime;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Storage;
using Xunit;

namespace Receivables.Sdk.TestKit.Storage;

/// <summary>What every <see cref="ILearningStore"/> must do. Derive from it in a test project, give it your adapter, and run.</summary>
public abstract class LearningStoreContract
{
    private static readonly LedgerId First = new("contract-first");
    private static readonly LedgerId Second = new("contract-second");

    /// <summary>A store without any log of the ledgers <c>contract-first</c> and <c>contract-second</c>.</summary>
    protected abstract ValueTask<ILearningStore> CreateAsync();

    /// <summary>What was added is read in the order in which it was, whatever its dates.</summary>
    [Fact]
    public async Task What_was_added_is_read_in_its_order()
    {
        var store = await CreateAsync();
        Assert.Equal(1, await store.AddAsync(Change("k1", Said("b", 2)), default));
        Assert.Equal(2, await store.AddAsync(Change("k2", Said("a", 1), Said("c", 3)), default));
        Assert.Equal([Said("b", 2), Said("a", 1), Said("c", 3)], await store.ReadAsync(First, default));
    }

    /// <summary>A command that is sent again gets its first answer and adds nothing, whatever it carries then.</summary>
    [Fact]
    public async Task A_repeated_command_gets_its_first_answer()
    {
        var store = await CreateAsync();
        Assert.Equal(1, await store.AddAsync(Change("k1", Said("a", 1)), default));
        Assert.Equal(1, await store.AddAsync(Change("k1", Said("b", 1), Said("c", 1)), default));
        Assert.Equal([Said("a", 1)], await store.ReadAsync(First, default));
    }

    /// <summary>Nothing of one ledger is seen in another, keys of commands neither.</summary>
    [Fact]
    public async Task Ledgers_are_kept_apart()
    {
        var store = await CreateAsync();
        await store.AddAsync(Change("k1", Said("a", 1)), default);
        Assert.Empty(await store.ReadAsync(Second, default));
        Assert.Equal(1, await store.AddAsync(Change("k1", Said("b", 1)) with { Ledger = Second }, default));
        Assert.Equal([Said("a", 1)], await store.ReadAsync(First, default));
    }

    private static LearningChange Change(string key, params LearningEvent[] events) => new() { Ledger = First, IdempotencyKey = key, Events = events };

    private static LearningEvent Said(string alias, int day) => new AliasRevoked { Alias = alias, On = new LocalDate(2026, 3, day) };
}
