using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Storage;
using Xunit;

namespace Receivables.Sdk.TestKit.Storage;

/// <summary>What every <see cref="IMatchStore"/> must do. Derive from it in a test project, give it your adapter, and run.</summary>
public abstract class MatchStoreContract
{
    private static readonly LedgerId First = new("contract-first");
    private static readonly LedgerId Second = new("contract-second");
    private readonly BankTransaction[] _transactions = ImportStoreContract.Transactions(3);

    /// <summary>A store without any match of the ledgers <c>contract-first</c> and <c>contract-second</c>.</summary>
    protected abstract ValueTask<IMatchStore> CreateAsync();

    /// <summary>What was saved is read in order of transaction id, all of it or what was decided in one way.</summary>
    [Fact]
    public async Task What_was_saved_is_read_in_order()
    {
        var store = await CreateAsync();
        Assert.Equal(3, await store.SaveAsync(Change("k1", Match(2, MatchReview.Waiting), Match(0, MatchReview.Posted), Match(1, MatchReview.Declined, "anna")), default));
        var all = await store.ReadAsync(First, null, default);
        Assert.Equal(_transactions.Select(t => t.Id), all.Select(m => m.Match.Transaction.Id));
        Assert.Equal([MatchReview.Posted, MatchReview.Declined, MatchReview.Waiting], all.Select(m => m.Review));
        Assert.Equal([null, "anna", null], all.Select(m => m.By));
        Assert.Equal(_transactions[2].Id, Assert.Single(await store.ReadAsync(First, MatchReview.Waiting, default)).Match.Transaction.Id);
    }

    /// <summary>A match that waits gives way to a later one of its transaction; one that was decided never does.</summary>
    [Fact]
    public async Task What_was_decided_stays()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Change("k1", Match(0, MatchReview.Waiting, confidence: 0.5m)), default);
        Assert.Equal(1, await store.SaveAsync(Change("k2", Match(0, MatchReview.Waiting, confidence: 0.75m)), default));
        Assert.Equal(0.75m, Assert.Single(await store.ReadAsync(First, null, default)).Match.Confidence);
        Assert.Equal(1, await store.SaveAsync(Change("k3", Match(0, MatchReview.Posted, "anna")), default));
        Assert.Equal(1, await store.SaveAsync(Change("k4", Match(0, MatchReview.Declined, "bert"), Match(1, MatchReview.Waiting)), default));
        Assert.Equal(0, await store.SaveAsync(Change("k5", Match(0, MatchReview.Waiting)), default));
        Assert.Equal((MatchReview.Posted, "anna"), Assert.Single((await store.ReadAsync(First, null, default)).Where(m => m.Match.Transaction.Id == _transactions[0].Id).Select(m => (m.Review, m.By))));
    }

    /// <summary>A match that was posted gives way to nothing but its undoing, and what was undone may be decided anew.</summary>
    [Fact]
    public async Task What_was_posted_can_be_undone_and_decided_anew()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Change("k1", Match(0, MatchReview.Posted), Match(1, MatchReview.Declined, "anna")), default);
        Assert.Equal(1, await store.SaveAsync(Change("k2", Match(0, MatchReview.Undone, "anna"), Match(1, MatchReview.Undone, "anna")), default));
        Assert.Equal(_transactions[0].Id, Assert.Single(await store.ReadAsync(First, MatchReview.Undone, default)).Match.Transaction.Id);
        Assert.Equal(1, await store.SaveAsync(Change("k3", Match(0, MatchReview.Waiting)), default));
        Assert.Equal(1, await store.SaveAsync(Change("k4", Match(0, MatchReview.Posted, "bert")), default));
        Assert.Equal("bert", Assert.Single(await store.ReadAsync(First, MatchReview.Posted, default)).By);
    }

    /// <summary>A command that is sent again gets its first answer and stores nothing, whatever it carries then.</summary>
    [Fact]
    public async Task A_repeated_command_gets_its_first_answer()
    {
        var store = await CreateAsync();
        Assert.Equal(1, await store.SaveAsync(Change("k1", Match(0, MatchReview.Waiting)), default));
        Assert.Equal(1, await store.SaveAsync(Change("k1", Match(1, MatchReview.Waiting), Match(2, MatchReview.Waiting)), default));
        Assert.Single(await store.ReadAsync(First, null, default));
    }

    /// <summary>Nothing of one ledger is seen in another, keys of commands neither.</summary>
    [Fact]
    public async Task Ledgers_are_kept_apart()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Change("k1", Match(0, MatchReview.Posted)), default);
        Assert.Empty(await store.ReadAsync(Second, null, default));
        Assert.Equal(1, await store.SaveAsync(Change("k1", Match(0, MatchReview.Declined)) with { Ledger = Second }, default));
        Assert.Equal(MatchReview.Posted, Assert.Single(await store.ReadAsync(First, null, default)).Review);
    }

    /// <summary>Of many that decide on one match at once, one decides.</summary>
    [Fact]
    public async Task Of_many_at_once_one_decides()
    {
        var store = await CreateAsync();
        await store.SaveAsync(Change("k1", Match(0, MatchReview.Waiting)), default);
        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await store.SaveAsync(Change("race" + i, Match(0, MatchReview.Posted, "worker" + i)), default))));
        Assert.Equal(1, saved.Sum());
        var winner = "worker" + Array.IndexOf(saved, 1);
        Assert.Equal(winner, Assert.Single(await store.ReadAsync(First, MatchReview.Posted, default)).By);
    }

    private ReviewedMatch Match(int transaction, MatchReview review, string? by = null, decimal? confidence = null) => new(
        new MatchResult
        {
            Transaction = _transactions[transaction],
            Decision = MatchDecision.Suggested,
            Confidence = confidence,
            Residual = _transactions[transaction].Amount,
            Outcome = MatchOutcome.OnAccount,
        },
        review,
        by);

    private static MatchChange Change(string key, params ReviewedMatch[] matches) => new() { Ledger = First, IdempotencyKey = key, Matches = matches };
}
