using System.Globalization;
using System.Text.Json;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class MatchMemoryLaws
{
    private static readonly LocalDate[] Days = [new(2023, 12, 31), new(2025, 6, 1), new(2028, 3, 1), new(2040, 1, 1)];

    [Fact]
    public void A_replayed_log_gives_the_state_that_grew_event_by_event() => Law.ForAll(LearningEvents.Logs, log =>
    {
        var grown = log.Aggregate(MatchMemory.Empty, (memory, learned) => memory.With(learned));
        var replayed = MatchMemory.Replay(log);

        Assert.Equal(log, grown.Events);
        Assert.Equal(State(grown), State(replayed));
        Assert.Equal(State(grown), State(MatchMemory.Replay(grown.Events)));
    });

    [Fact]
    public void What_is_written_is_read_again() => Law.ForAll(LearningEvents.Logs, log =>
    {
        var read = log.Select(learned =>
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                LearningJson.Write(writer, learned);
            }

            Assert.DoesNotContain((byte)'\n', stream.ToArray());
            Assert.True(LearningJson.TryRead(stream.ToArray(), out var again));
            return again!;
        }).ToList();
        Assert.Equal(log, read);
    });

    [Fact]
    public void What_is_learnt_fades_and_never_comes_back_by_itself() => Law.ForAll(LearningEvents.Logs, log =>
    {
        var memory = MatchMemory.Replay(log);
        var last = log.Count == 0 ? Days[0] : log.Max(e => e.On);
        var before = memory.Aliases(last).ToDictionary(a => a.Id);
        foreach (var days in new[] { 1, 200, 400, 3000, 20_000 })
        {
            var after = memory.Aliases(last.PlusDays(days)).ToDictionary(a => a.Id);
            Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
            Assert.All(after.Values, a => Assert.True(Math.Abs(a.Strength) <= Math.Abs(before[a.Id].Strength) && (before[a.Id].IsActive || !a.IsActive)));
        }

        Assert.DoesNotContain(memory.Aliases(last.PlusDays(20_000)), a => a.IsActive);
    });

    [Fact]
    public void What_is_active_has_enough_confirmations_and_nothing_after_them_to_the_contrary() => Law.ForAll(LearningEvents.Logs, log =>
    {
        var memory = MatchMemory.Replay(log);
        foreach (var day in Days)
        {
            var aliases = memory.Aliases(day);
            Assert.All(aliases.Where(a => a.IsActive), a =>
            {
                var known = a.Evidence.Where(e => e.On <= day).ToList();
                Assert.True(known.AsEnumerable().Reverse().TakeWhile(e => e.IsFor).Select(e => e.Transaction).Distinct().Count() >= 2);
                Assert.True(known.Count(e => e.IsFor) > 2 * known.Count(e => !e.IsFor) || known.Exists(e => !e.IsFor));
            });
            // An account or name leads to one customer at most.
            Assert.All(aliases.Where(a => a.IsActive && a.Kind is AliasKind.Account or AliasKind.Name).GroupBy(a => (a.Kind, a.Key)), g => Assert.Single(g, a => a.IsActive));
        }
    });

    [Fact]
    public void Revoking_leaves_nothing_of_what_was_said_before() => Law.ForAll(LearningEvents.Logs, log =>
    {
        var memory = MatchMemory.Replay(log);
        foreach (var alias in memory.Aliases(Days[^1]))
        {
            var revoked = memory.With(new AliasRevoked { Alias = alias.Id, On = alias.Evidence[^1].On });
            Assert.All(Days, d => Assert.DoesNotContain(revoked.Aliases(d), a => a.Id == alias.Id));
        }
    });

    [Fact]
    public void The_last_word_on_a_transaction_counts() => Law.ForAll(LearningEvents.Logs, log =>
    {
        var memory = MatchMemory.Replay(log);
        foreach (var transaction in Enumerable.Range(1, 8).Select(t => new TransactionId("T" + t)))
        {
            var said = log.Where(e => (e as MatchConfirmed)?.Transaction == transaction || (e as MatchRejected)?.Transaction == transaction).ToList();
            if (memory.Confirmed(transaction) is { } confirmed)
            {
                Assert.False(memory.IsRejected(transaction, confirmed));
            }

            if (said.Count > 0 && said[^1] is MatchRejected rejected)
            {
                Assert.True(memory.IsRejected(transaction, rejected.Answer));
                Assert.NotEqual(rejected.Answer, memory.Confirmed(transaction));
            }
            else if (said.Count > 0 && said[^1] is MatchConfirmed last)
            {
                Assert.Equal(last.Answer, memory.Confirmed(transaction));
            }
        }
    });

    private static string State(MatchMemory memory) => string.Join('\n', Days.SelectMany(d => memory.Aliases(d)).Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Id} {a.Text} {a.Days} {a.Strength} {a.IsActive} {string.Join(',', a.Evidence)}"))
        .Concat(memory.ErrorBounds().Select(b => b.ToString()))
        .Concat(Enumerable.Range(1, 8).Select(t => memory.Confirmed(new TransactionId("T" + t))?.ToString() ?? "-")));
}
