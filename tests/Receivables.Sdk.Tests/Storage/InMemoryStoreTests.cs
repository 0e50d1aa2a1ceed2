using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Storage;
using Receivables.Sdk.TestKit.Storage;
using Xunit;

namespace Receivables.Sdk.Tests.Storage;

public sealed class InMemoryLedgerStoreTests : LedgerStoreContract
{
    protected override ValueTask<ILedgerStore> CreateAsync() => new(new InMemoryStore());
}

public class InMemoryStoreTests
{
    private static readonly LedgerId Ledger = new("L1");

    private static ReminderAction Action(string id) => new()
    {
        Id = new ActionId(id),
        On = new LocalDate(2026, 3, 2),
        Customer = new CustomerId("C1"),
        Level = 1,
        Kind = default,
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

    private static ReminderChange Change(string key, ReminderStage stage, params string[] ids) => new()
    {
        Ledger = Ledger,
        IdempotencyKey = key,
        Reminders = [.. ids.Select(i => new StagedReminder(Action(i), stage, "anna"))],
    };

    [Fact]
    public async Task Of_two_workers_that_send_one_reminder_one_is_told()
    {
        IReminderStore store = new InMemoryStore();
        await store.SaveAsync(Change("plan", ReminderStage.Planned, "b", "a"), default);
        Assert.Equal(["b"], (await store.SaveAsync(Change("send1", ReminderStage.Sent, "b"), default)).Select(i => i.Value));
        Assert.Empty(await store.SaveAsync(Change("send2", ReminderStage.Sent, "b"), default));
        Assert.Equal(["b"], (await store.SaveAsync(Change("send1", ReminderStage.Sent, "b"), default)).Select(i => i.Value));
        Assert.Empty(await store.SaveAsync(Change("late", ReminderStage.Cancelled, "b"), default));
        Assert.Equal(["a"], (await store.ReadAsync(Ledger, ReminderStage.Planned, default)).Select(r => r.Action.Id.Value));
        Assert.Empty(await store.ReadAsync(new LedgerId("L2"), null, default));
    }

    [Fact]
    public async Task A_book_is_read_from_a_store()
    {
        var store = new InMemoryStore();
        await store.AppendAsync(
            new LedgerChange
            {
                Ledger = Ledger,
                IdempotencyKey = "k",
                Events = [new LedgerOpened { Currency = Currency.EUR }, new PaymentReceived { Id = new DocumentId("P1"), Received = new LocalDate(2026, 1, 1), Amount = 5m }],
            },
            default);
        var (book, version) = await store.ReadBookAsync(Ledger);
        Assert.Equal(2, version);
        Assert.Equal("5.00 EUR", book.Open(new DocumentId("P1"), new LocalDate(2026, 1, 1)).ToString());
    }
}
