using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Receivables.Sdk.Storage;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Matching;
using Receivables.Sdk.TestKit.Reminders;
using Receivables.Sdk.Tests.Architecture;
using Receivables.Sdk.Tests.Workflows;
using Xunit;

namespace Receivables.Sdk.Tests.Storage;

/// <summary>What a host's database gives back is what it was given.</summary>
public class StoredJsonTests
{
    private static async Task<List<BankTransaction>> Read(string path)
    {
        var transactions = new List<BankTransaction>();
        await using var stream = File.OpenRead(path);
        await foreach (var file in new StatementFileReader(new StatementFileReaderOptions { Reading = new StatementReaderOptions { RawText = RawText.Entry } }).ReadAsync(path, stream))
        {
            transactions.AddRange(file.Statements.SelectMany(s => s.Transactions));
        }

        return transactions;
    }

    private static BankTransaction Again(BankTransaction value) => StoredJson.TryRead(StoredJson.Write(value), out BankTransaction? read) ? read : throw new InvalidOperationException();

    private static MatchResult Again(MatchResult value) => StoredJson.TryRead(StoredJson.Write(value), out MatchResult? read) ? read : throw new InvalidOperationException();

    private static ReminderAction Again(ReminderAction value) => StoredJson.TryRead(StoredJson.Write(value), out ReminderAction? read) ? read : throw new InvalidOperationException();

    private static ReconciliationPeriod Again(ReconciliationPeriod value) => StoredJson.TryRead(StoredJson.Write(value), out ReconciliationPeriod? read) ? read : throw new InvalidOperationException();

    private static void Same<T>(T value, Func<T, T> again, Func<T, byte[]> write)
    {
        var read = again(value);
        Assert.Equal(PublicShape.Of(value), PublicShape.Of(read));
        Assert.Equal(write(value), write(read));
    }

    [Theory]
    [InlineData("bank-2026-03.xml")]
    [InlineData("bank-2026-03.sta")]
    [InlineData("bank-2026-03.csv")]
    public async Task Transactions_of_files(string name)
    {
        var transactions = await Read(Repository.Path("samples/data/" + name));
        Assert.NotEmpty(transactions);
        Assert.All(transactions, t => Same(t, Again, StoredJson.Write));
        Assert.All(transactions, t => Assert.True(t.Id != default && t.Keys.SequenceEqual(Again(t).Keys)));
    }

    [CorpusFact]
    public async Task Transactions_of_every_file_of_the_corpus()
    {
        var count = 0;
        foreach (var path in new[] { "mt940", "mt942", "camt052", "camt053", "camt054", "csv" }.SelectMany(part => Corpus.Files(part, p => new FileInfo(p).Length < 300_000)))
        {
            foreach (var transaction in (await Read(path)).Take(40))
            {
                Same(transaction, Again, StoredJson.Write);
                count++;
            }
        }

        Assert.True(count > 1000);
    }

    [Fact]
    public void A_transaction_without_a_file_or_keys()
    {
        var bare = new BankTransaction { Amount = new Money(-0.10m, Currency.JPY) };
        Same(bare, Again, StoredJson.Write);
        Assert.Equal(default, Again(bare).Id);
        Same(
            new BankTransaction
            {
                Amount = new Money(79228162514264337593543950335m, Currency.EUR),
                BookingDate = LocalDate.MaxIsoValue,
                Details = new TransactionDetails
                {
                    Charges = new Money(0.5m, Currency.EUR),
                    Original = new OriginalAmount(new Money(1.123m, Currency.USD), 1.0000000001m),
                    OtherFields = [new("\ud83d\ude00", "\u0000\"\\")],
                    Parts = [new BankTransaction { Amount = default }],
                    Documents = [new RemittanceDocument("CINV", "1") { Amount = default(Money), Date = LocalDate.MinIsoValue }],
                },
            },
            Again,
            StoredJson.Write);
    }

    [Fact]
    public async Task Answers()
    {
        var book = LedgerBook.Create(await LoopTests.SampleEvents());
        var transactions = await Read(Repository.Path("samples/data/bank-2026-03.xml"));
        var answers = new PaymentMatcher(book.Snapshot(new LocalDate(2026, 3, 31))).Match(transactions);
        Assert.Contains(answers, a => a.Alternatives.Count > 0 && a.Explanation.Any(e => e.Field != TextField.None));
        foreach (var answer in answers)
        {
            Same(answer, Again, StoredJson.Write);
            Assert.Equal(MatchAnswer.Of(answer), MatchAnswer.Of(Again(answer)));
        }
    }

    [Fact]
    public void Reminders() => Law.ForAll(ReminderWorlds.Rich, world =>
    {
        foreach (var action in new ReminderEngine(world.Policy).Plan(world.Snapshot).Actions)
        {
            Same(action, Again, StoredJson.Write);
        }
    });

    [Fact]
    public void Periods()
    {
        var day = new LocalDate(2026, 3, 1);
        ReconciliationLine[] here = [new("A1", day, new Money(5m, Currency.EUR)), new("A2", null, new Money(6m, Currency.EUR), "x"), new("", day, new Money(7m, Currency.JPY))];
        ReconciliationLine[] there = [new("A1", day.PlusDays(1), new Money(5.01m, Currency.EUR)), new("A3", null, new Money(6m, Currency.USD), "y")];
        var period = new ReconciliationPeriod { From = day, To = day.PlusDays(30), Owner = "anna", Subject = "1100", Report = Reconciliation.Compare(here, there) };
        Same(period, Again, StoredJson.Write);
        var signed = Assert.IsType<SignOffResult.Signed>(period.Explain([.. period.Unexplained.Select(k => new ReconciliationException(k, "anna", "looked at"))]).SignOff("bert")).Period;
        Same(signed, Again, StoredJson.Write);
        Assert.NotEmpty(signed.Exceptions);
    }

    // What somebody changed by hand, or a disk, is read as something that can be used, or refused: nothing else.
    [Fact]
    public async Task Damaged_texts_are_refused_or_read()
    {
        var transactions = await Read(Repository.Path("samples/data/bank-2026-03.xml"));
        var book = LedgerBook.Create(await LoopTests.SampleEvents());
        var answers = new PaymentMatcher(book.Snapshot(new LocalDate(2026, 3, 31))).Match(transactions);
        var actions = new ReminderEngine(PolicyFile.Parse(await File.ReadAllTextAsync(Repository.Path("samples/data/policy.json")))).Plan(book.Snapshot(new LocalDate(2026, 3, 31))).Actions;
        Law.ForAll(
            Gen.Choose(0, int.MaxValue - 1).Select(seed => new Dice((ulong)seed)),
            dice =>
            {
                if (StoredJson.TryRead(JsonWear.Wear(StoredJson.Write(answers[dice.Below(answers.Count)]), dice), out MatchResult? match))
                {
                    _ = PublicShape.Of(match);
                }

                if (StoredJson.TryRead(JsonWear.Wear(StoredJson.Write(actions[dice.Below(actions.Count)]), dice), out ReminderAction? action))
                {
                    _ = PublicShape.Of(action);
                }
            },
            500);
        Assert.False(StoredJson.TryRead("null"u8, out BankTransaction? nothing));
        Assert.Null(nothing);
        Assert.False(StoredJson.TryRead(""u8, out MatchResult? _));
    }
}
