using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Storage;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.Workflows;
using Xunit;

namespace Receivables.Sdk.Tests.Workflows;

/// <summary>Several that plan and send at once, each by the plan that it happens to have.</summary>
public class ParallelReminderLaws
{
    private static readonly LedgerId Main = new("main");
    private static readonly LocalDate First = new(2026, 3, 2);

    private static readonly ReminderPolicy Policy = PolicyFile.Parse("""
        {"version":1,"levels":[{"daysAfterDue":3,"fee":{"EUR":"5.00"},"channel":"email","fallback":["letter"]},{"daysAfterPrevious":2,"fee":{"EUR":"7.00"}},{"kind":"handover","daysAfterPrevious":2}]}
        """);

    private static DocumentIssued Invoice(int number, LocalDate due) =>
        new() { Id = new DocumentId("I" + number), Kind = DocumentKind.Invoice, Customer = new CustomerId("C" + (number % 2)), Issued = due.PlusDays(-14), Due = due, Amount = 100m };

    private static InMemoryStore Opened()
    {
        var store = new InMemoryStore();
        Append(store, "opening", [
            new LedgerOpened { Currency = Currency.EUR },
            new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C0"), Email = "a@example.org" } },
            new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C1"), Email = "b@example.org" } },
            Invoice(0, First.PlusDays(-3)),
            Invoice(1, First.PlusDays(-2)),
        ]);
        return store;
    }

    private static void Append(InMemoryStore store, string key, IReadOnlyList<LedgerEvent> events) =>
        Assert.IsType<ChangeResult.Stored>(store.AppendAsync(new LedgerChange { Ledger = Main, IdempotencyKey = key, Events = events }, default).AsTask().GetAwaiter().GetResult());

    private static IReadOnlyList<SentReminder> Sent(InMemoryStore store) => store.ReadBookAsync(Main).GetAwaiter().GetResult().Book.Snapshot(First.PlusDays(60)).Reminders;

    // Between what a workflow reads and what it appends, somebody else may do something.
    private sealed class InterleavingStore(InMemoryStore store) : ILedgerStore
    {
        internal Action? Meanwhile { get; set; }

        public ValueTask<ChangeResult> AppendAsync(LedgerChange change, CancellationToken cancellationToken)
        {
            // A change without events is only a question.
            var meanwhile = change.Events.Count > 0 ? Meanwhile : null;
            Meanwhile = meanwhile is null ? Meanwhile : null;
            meanwhile?.Invoke();
            return store.AppendAsync(change, cancellationToken);
        }

        public IAsyncEnumerable<StoredEvent> ReadAsync(LedgerId ledger, long after, CancellationToken cancellationToken) => store.ReadAsync(ledger, after, cancellationToken);
    }

    private sealed class RefusingStore : ILedgerStore
    {
        public ValueTask<ChangeResult> AppendAsync(LedgerChange change, CancellationToken cancellationToken) => new(new ChangeResult.Conflict(change.ExpectedVersion ?? 0));

        public async IAsyncEnumerable<StoredEvent> ReadAsync(LedgerId ledger, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }
    }

    // A worker has a plan, however old, and goes through it one action at a time.
    private sealed class Worker(InMemoryStore store, int number)
    {
        private readonly InterleavingStore _ledger = new(store);
        private ReminderRound? _round;
        private RoundPlan? _plan;
        private int _next;
        private int _asked;

        internal List<ReminderAction> Won { get; } = [];

        private ReminderRound Round => _round ??= new ReminderRound(new ReminderEngine(Policy), _ledger, store, store);

        // Enough to plan anew and to send what is planned.
        internal void Hurry(LocalDate today)
        {
            for (var i = 0; i < 4; i++)
            {
                StepAsync(today).GetAwaiter().GetResult();
            }
        }

        // What others do while the worker's next reminder is on its way into the ledger.
        internal void Step(LocalDate today, Action meanwhile)
        {
            _ledger.Meanwhile = meanwhile;
            StepAsync(today).GetAwaiter().GetResult();
            _ledger.Meanwhile = null;
        }

        internal async Task StepAsync(LocalDate today, ReminderFacts? facts = null)
        {
            if (_plan is null || _next >= _plan.Plan.Actions.Count)
            {
                (_plan, _next) = (await Round.PlanAsync(Main, today, facts), 0);
                return;
            }

            var action = _plan.Plan.Actions[_next++];
            if (await Round.SendAsync(Main, $"{number}-{_asked++}", action, new CommitEvidence(today), _plan.Version))
            {
                Won.Add(action);
            }
        }
    }

    [Fact]
    public void Of_all_that_plan_and_send_one_reminds_of_an_instalment_at_a_level() => Law.ForAll(
        from steps in Gen.Choose(0, 9).ArrayOf(60) from intruders in Gen.Choose(0, 3).ArrayOf(60) select (steps, intruders),
        x =>
        {
            var store = Opened();
            var workers = Enumerable.Range(0, 4).Select(i => new Worker(store, i)).ToList();
            var (today, issued) = (First, 2);
            foreach (var (step, intruder) in x.steps.Zip(x.intruders))
            {
                // Now and then a day passes, or an invoice falls due and the plans of the others are no longer those of the ledger.
                if (step == 8)
                {
                    today = today.PlusDays(1);
                }
                else if (step == 9)
                {
                    Append(store, "invoice-" + issued, [Invoice(issued++, today.PlusDays(-4))]);
                }
                else
                {
                    workers[step % 4].Step(today, () => workers[intruder].Hurry(today));
                }
            }

            var won = workers.SelectMany(w => w.Won).ToList();
            Assert.Equal(won.Count, won.Select(a => a.Id).Distinct().Count());
            var lines = won.SelectMany(a => a.Lines.Select(l => (l.Invoice, l.Instalment, l.Level, l.Cycle))).ToList();
            Assert.Equal(lines.Count, lines.Distinct().Count());
            Assert.Equal(won.SelectMany(a => a.Lines.Select(l => (l.Invoice, l.Level, (ActionId?)a.Id))).Order(), Sent(store).Select(r => (r.Invoice, r.Level, r.Action)).Order());
        });

    [Fact]
    public async Task A_store_that_refuses_every_attempt_is_told()
    {
        var store = Opened();
        var (plan, version) = await new ReminderRound(new ReminderEngine(Policy), store, store).PlanAsync(Main, First);
        var refusing = new ReminderRound(new ReminderEngine(Policy), new RefusingStore(), store);
        await Assert.ThrowsAsync<InvalidOperationException>(() => refusing.SendAsync(Main, "1", Assert.Single(plan.Actions), new CommitEvidence(First), version));
    }

    [Fact]
    public async Task With_a_clock_what_is_sent_says_when_it_became_known()
    {
        var (store, now) = (Opened(), NodaTime.Text.InstantPattern.General.Parse("2026-03-02T09:30:00Z").Value);
        var round = new ReminderRound(new ReminderEngine(Policy), store, store, null, new DeskTests.StoppedClock(now));
        var (plan, version) = await round.PlanAsync(Main, First);
        Assert.True(await round.SendAsync(Main, "1", Assert.Single(plan.Actions), new CommitEvidence(First), version));
        await foreach (var stored in store.ReadAsync(Main, version, default))
        {
            Assert.Equal(now, Assert.IsType<ReminderSent>(stored.Event).RecordedAt);
            version = stored.Version;
        }

        Assert.Equal(6, version);
    }

    [Fact]
    public async Task Of_many_at_once_one_sends_each_reminder()
    {
        var store = Opened();
        var workers = Enumerable.Range(0, 8).Select(i => new Worker(store, i)).ToList();
        await Task.WhenAll(workers.Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 6; i++)
            {
                await w.StepAsync(First.PlusDays(5));
            }
        })));
        var won = workers.SelectMany(w => w.Won).Select(a => a.Id).ToList();
        Assert.Equal(2, won.Count);
        Assert.Equal(2, won.Distinct().Count());
    }

    [Fact]
    public async Task A_message_that_came_back_goes_out_once_on_the_next_channel()
    {
        var store = Opened();
        var round = new ReminderRound(new ReminderEngine(Policy), store, store);
        var (plan, version) = await round.PlanAsync(Main, First);
        var action = Assert.Single(plan.Actions);
        Assert.True(await round.SendAsync(Main, "1", action, new CommitEvidence(First), version));
        var facts = new ReminderFacts { Deliveries = [new DeliveryReport(action.Id, "email", DeliveryStatus.Bounced, First)] };
        (plan, version) = await round.PlanAsync(Main, First, facts);
        var again = Assert.Single(plan.Actions);
        Assert.Equal((action.Id, "letter"), (again.Id, again.Channel));
        Assert.True(await round.SendAsync(Main, "2", again, new CommitEvidence(First), version));
        Assert.Empty((await round.PlanAsync(Main, First, facts)).Plan.Actions);
        Assert.Equal(["email", "letter"], Sent(store).Select(r => r.Channel).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_ledger_says_became_of_a_reminder_counts()
    {
        var store = Opened();
        var round = new ReminderRound(new ReminderEngine(Policy), store, store);
        var (plan, version) = await round.PlanAsync(Main, First);
        var action = Assert.Single(plan.Actions);
        Assert.True(await round.SendAsync(Main, "1", action, new CommitEvidence(First), version));
        Append(store, "came back", [new ReminderConcluded { Action = action.Id, On = First.PlusDays(1), Outcome = ReminderOutcome.Failed }]);
        Assert.Empty((await round.PlanAsync(Main, First)).Plan.Actions);
        Assert.Contains((await round.PlanAsync(Main, First.PlusDays(1))).Plan.Actions, a => a.Id == action.Id && a.Channel == "letter");
    }

    [Fact]
    public async Task What_was_taken_back_goes_out_again_once()
    {
        var store = Opened();
        var round = new ReminderRound(new ReminderEngine(Policy), store, store);
        var (plan, version) = await round.PlanAsync(Main, First);
        var action = Assert.Single(plan.Actions);
        Assert.True(await round.SendAsync(Main, "1", action, new CommitEvidence(First), version));
        Append(store, "taken back", [new ReminderConcluded { Action = action.Id, On = First, Outcome = ReminderOutcome.Cancelled }]);
        (plan, version) = await round.PlanAsync(Main, First.PlusDays(1));
        var again = plan.Actions.Single(a => a.Id == action.Id);
        Assert.True(await round.SendAsync(Main, "2", again, new CommitEvidence(First.PlusDays(1)), version));
        Assert.DoesNotContain((await round.PlanAsync(Main, First.PlusDays(1))).Plan.Actions, a => a.Id == action.Id);
        Assert.Equal(First.PlusDays(1), Assert.Single(Sent(store)).Sent);
    }
}
