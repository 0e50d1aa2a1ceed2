using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Storage;
using Receivables.Sdk.TestKit.Storage;
using Xunit;

namespace Receivables.Sdk.Tests.Storage;

public sealed class InMemoryLedgerStoreTests : LedgerStoreContract
{
    protected override ValueTask<ILedgerStore> CreateAsync() => new(new InMemoryStore());
}

public sealed class InMemoryImportStoreTests : ImportStoreContract
{
    protected override ValueTask<IImportStore> CreateAsync() => new(new InMemoryStore());
}

public sealed class InMemoryMatchStoreTests : MatchStoreContract
{
    protected override ValueTask<IMatchStore> CreateAsync() => new(new InMemoryStore());
}

public sealed class InMemoryReminderStoreTests : ReminderStoreContract
{
    protected override ValueTask<IReminderStore> CreateAsync() => new(new InMemoryStore());
}

public sealed class InMemoryLearningStoreTests : LearningStoreContract
{
    protected override ValueTask<ILearningStore> CreateAsync() => new(new InMemoryStore());
}

public sealed class InMemoryApprovalStoreTests : ApprovalStoreContract
{
    protected override ValueTask<IApprovalStore> CreateAsync() => new(new InMemoryStore());
}

public sealed class InMemoryReconciliationStoreTests : ReconciliationStoreContract
{
    protected override ValueTask<IReconciliationStore> CreateAsync() => new(new InMemoryStore());
}

public class InMemoryStoreTests
{
    private static readonly LedgerId Ledger = new("L1");

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
