using NodaTime;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Storage;
using Xunit;

namespace Receivables.Sdk.TestKit.Storage;

/// <summary>What every <see cref="IReminderStore"/> must do. Derive from it in a test project, give it your adapter, and run.</summary>
public abstract class ReminderStoreContract
{
    private static readonly LedgerId First = new("contract-first");
    private static readonly LedgerId Second = new("contract-second");

    /// <summary>A store without any reminder of the ledgers <c>contract-first</c> and <c>contract-second</c>.</summary>
    protected abstract ValueTask<IReminderStore> CreateAsync();

    /// <summary>What was saved is read in order of id, all of it or what is at one stage; the answer is in the order of the command.</summary>
    [Fact]
    public async Task What_was_saved_is_read_in_order()
    {
        var store = await CreateAsync();
        Assert.Equal(["b", "a"], await Save(store, "k1", ReminderStage.Planned, "b", "a"));
        Assert.Equal(["c"], await Save(store, "k2", ReminderStage.Approved, "c"));
        Assert.Equal([("a", ReminderStage.Planned), ("b", ReminderStage.Planned), ("c", ReminderStage.Approved)], await Read(store));
        Assert.Equal([("c", ReminderStage.Approved)], await Read(store, ReminderStage.Approved));
    }

    /// <summary>A reminder moves forward and never back; what was sent or cancelled moves no more.</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it is asked to go.</param>
    /// <param name="moves">Whether it goes.</param>
    [Theory]
    [InlineData(ReminderStage.Planned, ReminderStage.Planned, false)]
    [InlineData(ReminderStage.Planned, ReminderStage.Approved, true)]
    [InlineData(ReminderStage.Planned, ReminderStage.Sent, true)]
    [InlineData(ReminderStage.Planned, ReminderStage.Cancelled, true)]
    [InlineData(ReminderStage.Approved, ReminderStage.Planned, false)]
    [InlineData(ReminderStage.Approved, ReminderStage.Sent, true)]
    [InlineData(ReminderStage.Approved, ReminderStage.Cancelled, true)]
    [InlineData(ReminderStage.Sent, ReminderStage.Approved, false)]
    [InlineData(ReminderStage.Sent, ReminderStage.Sent, false)]
    [InlineData(ReminderStage.Sent, ReminderStage.Cancelled, false)]
    [InlineData(ReminderStage.Cancelled, ReminderStage.Approved, false)]
    [InlineData(ReminderStage.Cancelled, ReminderStage.Sent, false)]
    public async Task A_reminder_moves_forward_only(ReminderStage from, ReminderStage to, bool moves)
    {
        var store = await CreateAsync();
        await Save(store, "k1", from, "a");
        Assert.Equal(moves ? ["a", "b"] : ["b"], await Save(store, "k2", to, "a", "b"));
        Assert.Equal([("a", moves ? to : from), ("b", to)], await Read(store));
    }

    /// <summary>A command that is sent again gets its first answer and stores nothing, whatever it carries then.</summary>
    [Fact]
    public async Task A_repeated_command_gets_its_first_answer()
    {
        var store = await CreateAsync();
        Assert.Equal(["a"], await Save(store, "k1", ReminderStage.Planned, "a"));
        Assert.Equal(["a"], await Save(store, "k2", ReminderStage.Sent, "a"));
        Assert.Equal(["a"], await Save(store, "k2", ReminderStage.Sent, "a", "b"));
        Assert.Equal(["a"], await Save(store, "k1", ReminderStage.Planned, "c"));
        Assert.Equal([("a", ReminderStage.Sent)], await Read(store));
    }

    /// <summary>Nothing of one ledger is seen in another, keys of commands neither.</summary>
    [Fact]
    public async Task Ledgers_are_kept_apart()
    {
        var store = await CreateAsync();
        await Save(store, "k1", ReminderStage.Planned, "a");
        Assert.Empty(await store.ReadAsync(Second, null, default));
        Assert.Equal(["a"], (await store.SaveAsync(Change("k1", ReminderStage.Sent, "a") with { Ledger = Second }, default)).Select(i => i.Value));
        Assert.Equal([("a", ReminderStage.Planned)], await Read(store));
    }

    /// <summary>Of many workers that send one reminder at once, one is told that it did.</summary>
    [Fact]
    public async Task Of_many_at_once_one_sends()
    {
        var store = await CreateAsync();
        await Save(store, "k1", ReminderStage.Approved, "a");
        var moved = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await Save(store, "race" + i, ReminderStage.Sent, "a"))));
        Assert.Single(moved, m => m.Count == 1);
        Assert.All(moved.Where(m => m.Count != 1), Assert.Empty);
    }

    private static ReminderAction Action(string id) => new()
    {
        Id = new ActionId(id),
        On = new LocalDate(2026, 3, 2),
        Customer = new CustomerId("C1"),
        Level = 1,
        Kind = ReminderKind.Reminder,
        Channel = "email",
        Language = "nl",
        Template = "friendly",
        Lines = [],
        Amount = new Money(1m, Currency.EUR),
        Fees = Money.Zero(Currency.EUR),
        Interest = Money.Zero(Currency.EUR),
        OpenCredits = Money.Zero(Currency.EUR),
        Reasons = [],
    };

    private static ReminderChange Change(string key, ReminderStage stage, params string[] ids) =>
        new() { Ledger = First, IdempotencyKey = key, Reminders = [.. ids.Select(i => new StagedReminder(Action(i), stage, "anna"))] };

    private static async Task<List<string>> Save(IReminderStore store, string key, ReminderStage stage, params string[] ids) =>
        [.. (await store.SaveAsync(Change(key, stage, ids), default)).Select(i => i.Value)];

    private static async Task<List<(string, ReminderStage)>> Read(IReminderStore store, ReminderStage? stage = null) =>
        [.. (await store.ReadAsync(First, stage, default)).Select(r => (r.Action.Id.Value, r.Stage))];
}
