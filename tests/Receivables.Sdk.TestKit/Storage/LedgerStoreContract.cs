using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Serialization;
using Receivables.Sdk.Storage;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;

namespace Receivables.Sdk.TestKit.Storage;

/// <summary>What every <see cref="ILedgerStore"/> must do. Derive from it in a test project, give it your adapter, and run.</summary>
public abstract class LedgerStoreContract
{
    private static readonly LedgerId First = new("contract-first");
    private static readonly LedgerId Second = new("contract-second");

    /// <summary>A store without any event of the ledgers <c>contract-first</c> and <c>contract-second</c>.</summary>
    protected abstract ValueTask<ILedgerStore> CreateAsync();

    /// <summary>What was appended is read, in order, with versions from 1.</summary>
    [Fact]
    public async Task What_was_appended_is_read_in_order()
    {
        var store = await CreateAsync();
        Assert.Equal(new ChangeResult.Stored(2), await store.AppendAsync(Change("k1", 0, "C1", "C2"), default));
        Assert.Equal(new ChangeResult.Stored(3), await store.AppendAsync(Change("k2", 2, "C3"), default));
        Assert.Equal([(1L, "C1"), (2L, "C2"), (3L, "C3")], await Read(store, First, 0));
        Assert.Equal([(3L, "C3")], await Read(store, First, 2));
        Assert.Empty(await Read(store, First, 3));
        Assert.Empty(await Read(store, First, 99));
    }

    /// <summary>A command that is sent again gets its first result and stores nothing, even when the version has moved on.</summary>
    [Fact]
    public async Task A_repeated_command_gets_its_first_result()
    {
        var store = await CreateAsync();
        var first = await store.AppendAsync(Change("k1", 0, "C1"), default);
        await store.AppendAsync(Change("k2", 1, "C2"), default);
        Assert.Equal(first, await store.AppendAsync(Change("k1", 0, "C1"), default));
        Assert.Equal(2, (await Read(store, First, 0)).Count);
    }

    /// <summary>A change that was decided on an older version stores nothing, and may be asked again with the same key.</summary>
    [Fact]
    public async Task An_older_version_is_a_conflict()
    {
        var store = await CreateAsync();
        await store.AppendAsync(Change("k1", null, "C1"), default);
        Assert.Equal(new ChangeResult.Conflict(1), await store.AppendAsync(Change("k2", 0, "C2"), default));
        Assert.Single(await Read(store, First, 0));
        Assert.Equal(new ChangeResult.Stored(2), await store.AppendAsync(Change("k2", 1, "C2"), default));
    }

    /// <summary>A change that expects a version below zero only asks: it is answered for its key and stores nothing.</summary>
    [Fact]
    public async Task A_version_that_no_ledger_has_only_asks()
    {
        var store = await CreateAsync();
        Assert.Null(await store.FindCommandAsync(First, "k1"));
        await store.AppendAsync(Change("k1", 0, "C1"), default);
        await store.AppendAsync(Change("k2", 1, "C2"), default);
        Assert.Equal(new ChangeResult.Stored(1), await store.FindCommandAsync(First, "k1"));
        Assert.Null(await store.FindCommandAsync(First, "k3"));
        Assert.Equal(2, (await Read(store, First, 0)).Count);
    }

    /// <summary>Nothing of one ledger is seen in another, keys neither.</summary>
    [Fact]
    public async Task Ledgers_are_kept_apart()
    {
        var store = await CreateAsync();
        await store.AppendAsync(Change("k1", 0, "C1"), default);
        Assert.Empty(await Read(store, Second, 0));
        Assert.Equal(new ChangeResult.Stored(1), await store.AppendAsync(Change("k1", 0, "C9") with { Ledger = Second }, default));
        Assert.Equal([(1L, "C1")], await Read(store, First, 0));
    }

    /// <summary>Of many that append on one version at once, exactly one wins; of many that send one command, all get one result.</summary>
    [Fact]
    public async Task Of_many_at_once_one_wins()
    {
        var store = await CreateAsync();
        var racing = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await store.AppendAsync(Change("race" + i, 0, "C" + i), default))));
        Assert.Single(racing, r => r is ChangeResult.Stored);
        var same = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await store.AppendAsync(Change("same", null, "C9"), default))));
        Assert.All(same, r => Assert.Equal(new ChangeResult.Stored(2), r));
        Assert.Equal(2, (await Read(store, First, 0)).Count);
    }

    /// <summary>A change without events is stored as a command and moves no version.</summary>
    [Fact]
    public async Task A_change_without_events_moves_nothing()
    {
        var store = await CreateAsync();
        Assert.Equal(new ChangeResult.Stored(0), await store.AppendAsync(Change("k1", 0), default));
        Assert.Equal(new ChangeResult.Stored(1), await store.AppendAsync(Change("k2", 0, "C1"), default));
        Assert.Equal(new ChangeResult.Stored(0), await store.AppendAsync(Change("k1", 0), default));
    }

    /// <summary>Every event comes back as it was, whatever its kind: compared as the lines of a ledger file.</summary>
    [Fact]
    public async Task Every_event_comes_back_as_it_was()
    {
        var store = await CreateAsync();
        LedgerEvent[] events = [.. Enumerable.Range(1, 40).SelectMany(seed => new LedgerSource(seed, 12).Events())];
        await store.AppendAsync(new LedgerChange { Ledger = First, IdempotencyKey = "k1", Events = events }, default);
        var read = new List<string>();
        await foreach (var stored in store.ReadAsync(First, 0, default))
        {
            read.Add(LedgerFileWriter.ToLine(stored.Event));
        }

        Assert.Equal(events.Select(LedgerFileWriter.ToLine), read);
    }

    private static LedgerChange Change(string key, long? version, params string[] customers) => new()
    {
        Ledger = First,
        IdempotencyKey = key,
        ExpectedVersion = version,
        Events = [.. customers.Select(c => new HoldPlaced { Customer = new CustomerId(c), From = new LocalDate(2026, 1, 1) })],
    };

    private static async Task<List<(long Version, string Customer)>> Read(ILedgerStore store, LedgerId ledger, long after)
    {
        var events = new List<(long, string)>();
        await foreach (var stored in store.ReadAsync(ledger, after, default))
        {
            events.Add((stored.Version, ((HoldPlaced)stored.Event).Customer.Value));
        }

        return events;
    }
}
