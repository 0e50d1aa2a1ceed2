using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Serialization;
using Receivables.Sdk.Storage;
using Receivables.Sdk.Tests.Architecture;
using Receivables.Sdk.Workflows;
using Xunit;

namespace Receivables.Sdk.Tests.Workflows;

/// <summary>From the bank to the reminder, through the ports, on the sample seller.</summary>
public class LoopTests
{
    private static readonly LedgerId Main = new("main");
    private static readonly LocalDate Today = new(2026, 3, 31);

    private static string Sample(string name) => Repository.Path("samples/data/" + name);

    internal static async Task<List<LedgerEvent>> SampleEvents()
    {
        var events = new List<LedgerEvent>();
        await using var file = File.OpenRead(Sample("ledger.jsonl"));
        await foreach (var line in new LedgerFileReader().ReadAsync(file))
        {
            Assert.Empty(line.Faults);
            events.Add(line.Event!);
        }

        return events;
    }

    private static async Task<InMemoryStore> StoreWithLedger()
    {
        var store = new InMemoryStore();
        var events = await SampleEvents();
        Assert.IsType<ChangeResult.Stored>(await store.AppendAsync(new LedgerChange { Ledger = Main, IdempotencyKey = "opening", Events = events }, default));
        return store;
    }

    private static async Task<ImportResult> Import(InMemoryStore store, string key, params string[] files)
    {
        var streams = files.Select(f => KeyValuePair.Create(f, (Stream)File.OpenRead(Sample(f)))).ToList();
        try
        {
            return await new StatementImporter(store).ImportAsync(Main, key, streams);
        }
        finally
        {
            streams.ForEach(s => s.Value.Dispose());
        }
    }

    // A bank may send several statements of one day in one file: what they hold are different payments, however alike.
    [Theory]
    [InlineData("HUUR MAART", "HUUR APRIL")]
    [InlineData("HUUR MAART", "HUUR MAART")]
    public async Task Equal_amounts_of_one_day_in_two_statements_of_a_file_are_two_payments(string first, string second)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(Statement("1/1", "0,00", "100,00", first) + Statement("2/1", "100,00", "200,00", second));
        using var stream = new MemoryStream(bytes);

        var result = await new StatementImporter(new InMemoryStore()).ImportAsync(Main, "1", [new("day.sta", stream)]);

        Assert.Equal((2, 0, 0), (result.New.Count, result.KnownCount, result.Doubtful.Count));

        static string Statement(string number, string opening, string closing, string text) =>
            $":20:X\n:25:NL91ABNA0417164300EUR\n:28C:{number}\n:60F:C260315EUR{opening}\n:61:2603150315C100,00NTRFNONREF\n:86:/TRTP/SEPA OVERBOEKING/IBAN/NL02RABO0123456789/NAME/A JANSEN/REMI/{text}\n:62F:C260315EUR{closing}\n-\n";
    }

    [Fact]
    public async Task A_file_imported_twice_adds_nothing_and_another_format_is_asked_about()
    {
        var store = new InMemoryStore();
        var first = await Import(store, "1", "bank-2026-03.xml");
        var second = await Import(store, "2", "bank-2026-03.xml");
        var other = await Import(store, "3", "bank-2026-03.sta");

        Assert.NotEmpty(first.New);
        Assert.Equal((0, first.New.Count, 0), (second.New.Count, second.KnownCount, second.Doubtful.Count));
        Assert.Equal((0, first.New.Count), (other.New.Count, other.KnownCount + other.Doubtful.Count));
    }

    // Whoever uploads what the bank offers, all at once, imports a day once.
    [Theory]
    [InlineData("bank-2026-03.sta", "bank-2026-03.xml", "bank-2026-03.csv")]
    [InlineData("bank-2026-03.csv", "bank-2026-03.sta", "bank-2026-03.xml")]
    [InlineData("bank-2026-03.xml", "bank-2026-03.xml", "bank-2026-03.sta")]
    public async Task Files_imported_together_bring_what_they_bring_one_after_the_other(params string[] files)
    {
        var (once, apart) = (new InMemoryStore(), new InMemoryStore());
        var together = await Import(once, "1", files);
        var single = new List<ImportResult>();
        foreach (var file in files)
        {
            single.Add(await Import(apart, file + single.Count, file));
        }

        Assert.Equal(single[0].New.Select(t => t.Id), together.New.Select(t => t.Id));
        Assert.Equal(single.SelectMany(s => s.New).Select(t => t.Id), together.New.Select(t => t.Id));

        // Of two that raise one question it is asked once.
        Assert.Subset(single.SelectMany(s => s.Doubtful).Select(t => t.Id).ToHashSet(), together.Doubtful.Select(t => t.Id).ToHashSet());
        Assert.Equal(single.Sum(s => s.KnownCount + s.Doubtful.Count), together.KnownCount + together.Doubtful.Count);
    }

    [Fact]
    public async Task The_loop_posts_once_however_often_it_runs()
    {
        var store = await StoreWithLedger();
        var import = await Import(store, "1", "bank-2026-03.xml");
        var cash = new CashApplication(store, store);

        var first = await cash.RunAsync(Main, "run-1", import.New, Today);
        var (book, version) = await store.ReadBookAsync(Main);
        var second = await cash.RunAsync(Main, "run-2", import.New, Today);

        Assert.True(first.PostedCount > 0);
        Assert.Empty(book.Faults);
        Assert.Equal(0, second.PostedCount);
        Assert.Equal(version, (await store.ReadBookAsync(Main)).Version);
        Assert.NotEmpty(await ((IMatchStore)store).ReadAsync(Main, MatchReview.Waiting, default));
    }

    [Fact]
    public async Task A_confirmed_suggestion_is_posted_once()
    {
        var store = await StoreWithLedger();
        var import = await Import(store, "1", "bank-2026-03.xml");
        var cash = new CashApplication(store, store);
        var run = await cash.RunAsync(Main, "run-1", import.New, Today);
        var suggested = run.Matches.First(m => m.Decision == MatchDecision.Suggested);

        var confirmed = Assert.IsType<DeskResult.Recorded>(await cash.ConfirmAsync(Main, suggested, "anna", Today));
        Assert.Equal(confirmed, await cash.ConfirmAsync(Main, suggested, "anna", Today));
        Assert.Contains(await ((IMatchStore)store).ReadAsync(Main, MatchReview.Posted, default), m => m.Match.Transaction.Id == suggested.Transaction.Id && m.By == "anna");
    }

    [Fact]
    public async Task A_reminder_is_recorded_once_and_planning_again_plans_nothing_more()
    {
        var store = await StoreWithLedger();
        var engine = new ReminderEngine(PolicyFile.Parse(await File.ReadAllTextAsync(Sample("policy.json"))));
        var round = new ReminderRound(engine, store, store, store);

        var (plan, version) = await round.PlanAsync(Main, Today);
        Assert.NotEmpty(plan.Actions);
        Assert.Equal(plan.Actions.Select(a => a.Id), (await round.PlanAsync(Main, Today)).Plan.Actions.Select(a => a.Id));
        foreach (var action in plan.Actions)
        {
            Assert.True(await round.SendAsync(Main, "one-" + action.Id, action, new CommitEvidence(Today), version));
            Assert.False(await round.SendAsync(Main, "two-" + action.Id, action, new CommitEvidence(Today), version));
            Assert.True(await round.SendAsync(Main, "one-" + action.Id, action, new CommitEvidence(Today), version));
        }

        Assert.Empty((await round.PlanAsync(Main, Today)).Plan.Actions);
    }

    [Fact]
    public async Task Nobody_is_reminded_whose_likely_payment_waits_for_a_person()
    {
        var store = await StoreWithLedger();
        var import = await Import(store, "1", "bank-2026-03.xml");
        await new CashApplication(store, store).RunAsync(Main, "run-1", import.New, Today);
        var engine = new ReminderEngine(PolicyFile.Parse(await File.ReadAllTextAsync(Sample("policy.json"))));

        var plan = (await new ReminderRound(engine, store, store, store).PlanAsync(Main, Today)).Plan;
        var waiting = (await ((IMatchStore)store).ReadAsync(Main, MatchReview.Waiting, default)).Where(m => m.Match is { Decision: MatchDecision.Suggested, Customer: not null }).Select(m => m.Match.Customer!.Value).ToHashSet();
        Assert.NotEmpty(waiting);
        Assert.DoesNotContain(plan.Actions, a => waiting.Contains(a.Customer));
    }

    [Fact]
    public async Task What_a_person_turned_down_is_learnt_and_not_proposed_again()
    {
        var store = await StoreWithLedger();
        var import = await Import(store, "1", "bank-2026-03.xml");
        var cash = new CashApplication(store, store, null, store);
        var first = await cash.RunAsync(Main, "run-1", import.New, Today);
        var waiting = first.Matches.First(m => m.Decision == MatchDecision.Suggested && m.Confidence is not null);

        await cash.DeclineAsync(Main, waiting, "anna", Today);
        await cash.DeclineAsync(Main, waiting, "anna", Today);
        var second = await cash.RunAsync(Main, "run-2", import.New, Today);

        Assert.Single(await ((ILearningStore)store).ReadAsync(Main, default));
        Assert.DoesNotContain(second.Matches, m => m.Transaction.Id == waiting.Transaction.Id && MatchAnswer.Of(m).Equals(MatchAnswer.Of(waiting)));
        var other = first.Matches.First(m => m.Decision == MatchDecision.Suggested && m.Outcome != MatchOutcome.None && m != waiting && m.Allocations.Count > 0);
        Assert.IsType<DeskResult.Recorded>(await cash.ConfirmAsync(Main, other, "anna", Today));
        Assert.IsType<MatchConfirmed>((await ((ILearningStore)store).ReadAsync(Main, default))[^1]);
    }

    [Fact]
    public async Task What_was_posted_is_undone_once_and_not_posted_unseen_again()
    {
        var store = await StoreWithLedger();
        var import = await Import(store, "1", "bank-2026-03.xml");
        var cash = new CashApplication(store, store);
        var before = (await store.ReadBookAsync(Main)).Book.Snapshot(LocalDate.MaxIsoValue);
        var first = await cash.RunAsync(Main, "run-1", import.New, Today);
        var posted = first.Matches.Where(m => m.Decision == MatchDecision.Automatic && m.Outcome is not (MatchOutcome.None or MatchOutcome.AlreadyPosted)).ToList();
        foreach (var match in Enumerable.Reverse(posted))
        {
            var key = "undo-" + match.Transaction.Id;
            var undone = await cash.UndoAsync(Main, key, match.Transaction.Id, "anna", Today, "wrong");
            Assert.IsType<DeskResult.Recorded>(undone);
            Assert.Equal(undone, await cash.UndoAsync(Main, key, match.Transaction.Id, "anna", Today, "wrong"));
            Assert.Equal("nothingPosted", Assert.Single(Assert.IsType<DeskResult.Refused>(await cash.UndoAsync(Main, key + "2", match.Transaction.Id, "anna", Today)).Problems).Code);
        }

        var (book, version) = await store.ReadBookAsync(Main);
        Assert.Empty(book.Faults);
        Assert.Equal(Ledger.LedgerBookLaws.Print(before), Ledger.LedgerBookLaws.Print(book.Snapshot(LocalDate.MaxIsoValue)));
        Assert.Equal(posted.Count, (await ((IMatchStore)store).ReadAsync(Main, MatchReview.Undone, default)).Count);

        Assert.Equal(0, (await cash.RunAsync(Main, "run-2", import.New, Today)).PostedCount);
        Assert.Equal(version, (await store.ReadBookAsync(Main)).Version);
        var confirmed = Assert.IsType<DeskResult.Recorded>(await cash.ConfirmAsync(Main, posted[0], "anna", Today));
        Assert.Equal(confirmed, await cash.ConfirmAsync(Main, posted[0], "anna", Today));
    }
}
