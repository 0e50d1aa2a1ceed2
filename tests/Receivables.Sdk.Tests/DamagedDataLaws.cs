using System.Reflection;
using System.Text;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Calendars;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Serialization;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests;

/// <summary>Files that hosts write by hand, damaged: each is refused in the way its reader documents, or read to something that works.</summary>
public class DamagedDataLaws
{
    private static readonly LedgerSnapshot Ledger = LedgerBook.Create(LedgerGenerator.ValidEvents.Sample(1, 20).First()).Snapshot(new LocalDate(2026, 3, 31));

    private const string Policy = """
        {"version":1,"name":"all","revision":2,"effectiveFrom":"2026-01-01","migrate":true,"levelMap":{"1":1},"grouping":"customer","graceDays":3,"bankLatencyDays":1,"quietDays":2,
         "pressure":{"max":4,"days":30},"minimumAmount":{"EUR":"5.00"},"minimumPercent":"10","unappliedCredit":"covers","promise":"amount",
         "window":{"from":"08:00","to":"20:00","zone":"Europe/Amsterdam","channels":["phone"]},"calendar":"NL","language":"nl","languages":["nl","en"],
         "freshness":{"maxImportDays":1,"importDays":["mon","tue"]},"feeCap":{"EUR":"40.00"},"planBreachDays":3,"law":"enforce","clause":true,
         "texts":{"own":{"nl":{"subject":"a","body":"b"},"en":{"subject":"a","body":"b"}}},
         "levels":[{"level":1,"kind":"preDueNotice","daysBeforeDue":7},
          {"level":2,"kind":"reminder","daysAfterDue":14,"channel":"email","fallback":["letter"],"template":"friendly","fee":{"EUR":"5.00"},"feePer":"invoice"},
          {"level":3,"kind":"formalNotice","daysAfterPrevious":14,"anchor":"previous","interest":"statutory","fixedSum":"statutory","costs":"statutory","deadlineDays":14,"mandatory":true,
           "when":{"all":[{"customerKind":"consumer"},{"not":{"country":"NL"}},{"any":[{"hasEmail":true},{"openAtLeast":{"EUR":"100.00"}},{"daysOverdueAtLeast":30}]}]}},
          {"level":4,"kind":"reminder","daysAfterPrevious":14,"approval":"fourEyes","repeatEveryDays":30,"repeatMax":3,"minimumAmount":{"EUR":"10.00"}}],
         "profiles":{"strategic":{"graceDays":5,"levels":[{"level":1,"kind":"task","daysAfterDue":21,"channel":"phone","template":"call"}]},"other":{"extends":"strategic"}},
         "groups":{"retail":{"quietDays":4}},"customers":{"C1":{"extends":"strategic"}},"invoices":{"I1":{"minimumAmount":{"EUR":"1.00"}}},"entities":{"B":{"graceDays":1}}}
        """;

    private const string Settings = """{"automaticErrorTarget":"0.001","discountGraceDays":3,"feeTolerance":{"EUR":"15.00"},"amountTolerance":{"EUR":"0.05"},"threads":1}""";

    private static readonly List<byte[]> LateTables = [.. Resources("LatePayment.Data.")];

    private static IEnumerable<byte[]> Resources(string folder)
    {
        var assembly = typeof(Money).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Receivables.Sdk." + folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return bytes;
        }
    }

    private static readonly FsCheck.Gen<Dice> Chances = Gen.Choose(0, int.MaxValue - 1).Select(seed => new Dice((ulong)seed));

    [Fact]
    public void Tables_of_calendars() => Law.ForAll(
        Chances,
        dice =>
        {
            var json = Resources("Calendars.Data.").Single();
            using var whole = System.Text.Json.JsonDocument.Parse(json, new System.Text.Json.JsonDocumentOptions { CommentHandling = System.Text.Json.JsonCommentHandling.Skip });
            var calendars = whole.RootElement.GetProperty("calendars").EnumerateArray().ToList();
            var one = calendars[dice.Below(calendars.Count)].GetRawText();
            var damaged = JsonWear.Wear(Encoding.UTF8.GetBytes($$"""{"version":1,"asOf":"2026-01-01","calendars":[{{one}}]}"""), dice);
            try
            {
                foreach (var calendar in BusinessCalendar.ReadTable(damaged))
                {
                    Assert.NotNull(calendar.HolidaysOf(calendar.FirstYear));
                    Assert.NotNull(calendar.Name);
                    _ = calendar.IsBusinessDay(new LocalDate(calendar.LastYear, 12, 31));
                }
            }
            catch (FormatException e)
            {
                Assert.NotEmpty(e.Message);
            }
        },
        cases: 400);

    [Fact]
    public void Tables_of_late_payment() => Law.ForAll(
        Chances,
        dice =>
        {
            var damaged = JsonWear.Wear(dice.Of(LateTables), dice);
            LatePaymentTables tables;
            try
            {
                tables = LatePaymentTables.BuiltIn.With(damaged);
            }
            catch (FormatException e)
            {
                Assert.NotEmpty(e.Message);
                return;
            }

            var calculator = new LatePaymentCalculator(tables);
            Assert.NotNull(tables.RunningOut(new LocalDate(2026, 1, 1)));
            foreach (var country in tables.Countries.Select(c => c.Country))
            {
                foreach (var party in new[] { PartyKind.Business, PartyKind.Consumer })
                {
                    var claim = new LatePaymentClaim { Country = country, Party = party, Principal = new Money(1000m, Currency.EUR), Due = new LocalDate(2024, 2, 28), HasClause = true, FormalNotice = new LocalDate(2024, 3, 1), Received = new LocalDate(2024, 1, 31) };
                    var asOf = new LocalDate(2025, 3, 1);
                    if (calculator.NoticeFor(country, party) is { } notice)
                    {
                        foreach (var delivery in notice.Delivery)
                        {
                            claim = claim with { Notice = calculator.Term(notice, new LocalDate(2024, 3, 1), delivery.Channel).ValueOrDefault };
                        }
                    }

                    Assert.NotNull(calculator.Interest(claim, asOf));
                    Assert.NotNull(calculator.FixedSum(claim, asOf));
                    Assert.NotNull(calculator.Costs(claim, claim.Principal, asOf));
                }
            }
        },
        cases: 600);

    [Fact]
    public void Policies() => Law.ForAll(
        Chances,
        dice =>
        {
            var problems = PolicyFile.Read(JsonWear.Wear(Encoding.UTF8.GetBytes(Policy), dice), out var policy);
            Assert.Equal(policy is null, problems.Count > 0);
            Assert.All(problems, p => Assert.True(p.Line >= 1 && p.Column >= 1 && p.Code.Length > 0 && p.Path.StartsWith('$')));
            if (policy is not null)
            {
                var engine = new ReminderEngine(policy);
                Assert.NotNull(engine.Plan(Ledger).Actions);
                Assert.NotNull(engine.Simulate(Ledger, Ledger.AsOf, Ledger.AsOf.PlusDays(20)).Actions);
                Assert.NotNull(PolicyLint.Check(policy, Ledger.AsOf));
                Assert.NotNull(PolicyDescription.ToText(policy));
            }
        },
        cases: 600);

    [Fact]
    public void Settings_of_the_matcher() => Law.ForAll(
        Chances,
        dice =>
        {
            var problems = MatchingSettings.Read(JsonWear.Wear(Encoding.UTF8.GetBytes(Settings), dice), out var options);
            Assert.Equal(options is null, problems.Count > 0);
            if (options is not null)
            {
                Assert.NotNull(new PaymentMatcher(Ledger, options));
            }
        },
        cases: 400);

    [Fact]
    public void Lines_of_ledgers() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents from dice in Chances select (events, dice),
        x =>
        {
            var lines = x.events.Select(LedgerFileWriter.ToLine).ToList();
            for (var i = x.dice.Between(1, 6); i > 0; i--)
            {
                var at = x.dice.Below(lines.Count);
                lines[at] = Encoding.UTF8.GetString(JsonWear.Wear(Encoding.UTF8.GetBytes(lines[at]), x.dice)).ReplaceLineEndings(" ");
            }

            var result = new LedgerFileReader().ReadBook(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            Assert.All(result.Faults, f => Assert.True(f.Line >= 1 && f.Column >= 1 && f.Code.StartsWith("LED", StringComparison.Ordinal)));
            if (result.Book is { } book)
            {
                Assert.NotNull(book.Snapshot(new LocalDate(2026, 3, 31)));
                Assert.NotNull(book.Snapshot(new LocalDate(9999, 12, 31), Instant.FromUtc(2026, 2, 1, 0, 0)).Movements.ToList());
            }
        },
        cases: 300);
}
