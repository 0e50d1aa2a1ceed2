using NodaTime;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Storage;
using Xunit;

namespace Receivables.Sdk.TestKit.Storage;

/// <summary>What every <see cref="IImportStore"/> must do. Derive from it in a test project, give it your adapter, and run.</summary>
public abstract class ImportStoreContract
{
    private static readonly LedgerId First = new("contract-first");
    private static readonly LedgerId Second = new("contract-second");

    /// <summary>A store without any transaction of the ledgers <c>contract-first</c> and <c>contract-second</c>.</summary>
    protected abstract ValueTask<IImportStore> CreateAsync();

    /// <summary>What was imported is known by its id and by every further key, and nothing else is.</summary>
    [Fact]
    public async Task What_was_imported_is_known_by_every_key()
    {
        var store = await CreateAsync();
        var known = Transactions(2);
        Assert.Equal(2, await store.AddAsync(Change("k1", known), default));
        var found = await store.FindKnownAsync(First, [.. known.SelectMany(KeysOf), "never heard of"], default);
        Assert.Equal(known.SelectMany(t => KeysOf(t).Select(k => (k, t.Id))).OrderBy(x => x.k, StringComparer.Ordinal), found.Select(f => (f.Key, f.Value)).OrderBy(x => x.Key, StringComparer.Ordinal));
        Assert.Empty(await store.FindKnownAsync(First, [], default));
    }

    /// <summary>A transaction that is known is passed over; the rest of its import is stored.</summary>
    [Fact]
    public async Task What_is_known_is_passed_over()
    {
        var store = await CreateAsync();
        var all = Transactions(3);
        await store.AddAsync(Change("k1", all[..2]), default);
        Assert.Equal(1, await store.AddAsync(Change("k2", all), default));
        Assert.Equal(all.Select(t => t.Id), (await store.FindKnownAsync(First, [.. all.Select(t => t.Id.Value)], default)).Values.Order());
    }

    /// <summary>A command that is sent again gets its first answer and stores nothing, whatever it carries then.</summary>
    [Fact]
    public async Task A_repeated_command_gets_its_first_answer()
    {
        var store = await CreateAsync();
        var all = Transactions(3);
        Assert.Equal(2, await store.AddAsync(Change("k1", all[..2]), default));
        Assert.Equal(2, await store.AddAsync(Change("k1", all), default));
        Assert.Empty(await store.FindKnownAsync(First, [all[2].Id.Value], default));
    }

    /// <summary>What an import stored is read again by the key of its command, in its order, with ids and keys: what was new then, and nothing else.</summary>
    [Fact]
    public async Task What_an_import_stored_is_read_again()
    {
        var store = await CreateAsync();
        var all = Transactions(4);
        Assert.Null(await store.ReadAsync(First, "k1", default));
        await store.AddAsync(Change("k1", [all[1], all[0]]), default);
        await store.AddAsync(Change("k2", all), default);
        await store.AddAsync(Change("k1", all), default);
        await store.AddAsync(Change("k3", []), default);
        Assert.Equal([all[1].Id, all[0].Id], (await store.ReadAsync(First, "k1", default))!.Select(t => t.Id));
        Assert.Equal(all[2..].Select(t => (t.Id, t.Amount, t.BookingDate, t.BankReference, t.Remittance)), (await store.ReadAsync(First, "k2", default))!.Select(t => (t.Id, t.Amount, t.BookingDate, t.BankReference, t.Remittance)));
        Assert.Equal(all[2..].SelectMany(t => t.Keys), (await store.ReadAsync(First, "k2", default))!.SelectMany(t => t.Keys));
        Assert.Empty((await store.ReadAsync(First, "k3", default))!);
        Assert.Null(await store.ReadAsync(Second, "k1", default));
    }

    /// <summary>Nothing of one ledger is known in another, keys of commands neither.</summary>
    [Fact]
    public async Task Ledgers_are_kept_apart()
    {
        var store = await CreateAsync();
        var all = Transactions(1);
        await store.AddAsync(Change("k1", all), default);
        Assert.Empty(await store.FindKnownAsync(Second, [all[0].Id.Value], default));
        Assert.Equal(1, await store.AddAsync(Change("k1", all) with { Ledger = Second }, default));
    }

    /// <summary>Of many that import one transaction at once, one is told that it is new.</summary>
    [Fact]
    public async Task Of_many_at_once_one_is_new()
    {
        var store = await CreateAsync();
        var all = Transactions(1);
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await store.AddAsync(Change("race" + i, all), default))));
        Assert.Equal(1, added.Sum());
        var same = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await store.AddAsync(Change("same", Transactions(2)), default))));
        Assert.All(same, s => Assert.Equal(1, s));
    }

    private static IEnumerable<string> KeysOf(BankTransaction transaction) => transaction.Keys.Select(k => k.Value).Prepend(transaction.Id.Value);

    // Booked transactions with the import keys that a reader gives them, in order of id.
    internal static BankTransaction[] Transactions(int count)
    {
        var keys = new ImportKeyScope();
        keys.Begin(new StatementHeader { Format = default, Account = new StatementAccount { Number = "1000200030" } });
        var transactions = Enumerable.Range(1, count).Select(i => new BankTransaction
        {
            Amount = new Money(i, Currency.EUR),
            BookingDate = new LocalDate(2026, 2, 9),
            BankReference = "BANK-2026-0000" + i,
            Remittance = "contract " + i,
        }).ToArray();
        foreach (var transaction in transactions)
        {
            keys.Assign(transaction);
        }

        return [.. transactions.OrderBy(t => t.Id)];
    }

    private static ImportChange Change(string key, BankTransaction[] transactions) => new() { Ledger = First, IdempotencyKey = key, Transactions = transactions };
}
