using System.Text;
using Receivables.Sdk.Reminders;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

public class PolicyFileTests
{
    internal const string Standard = """
        {"version":1,"name":"standard","grouping":"customer","graceDays":0,"minimumAmount":{"EUR":"5.00"},"unappliedCredit":"covers","calendar":"none",
         "levels":[
          {"level":1,"kind":"reminder","daysAfterDue":14,"channel":"email","template":"friendly"},
          {"level":2,"kind":"reminder","daysAfterPrevious":14,"channel":"email","template":"firm","fee":{"EUR":"5.00"}},
          {"level":3,"kind":"formalNotice","daysAfterPrevious":14,"channel":"letter","template":"final","interest":"statutory"},
          {"level":4,"kind":"handover","daysAfterPrevious":14,"channel":"agency","template":"handover"}],
         "profiles":{"strategic":{"levels":[{"level":1,"kind":"task","daysAfterDue":21,"channel":"phone","template":"call"}]}}}
        """;

    private static IReadOnlyList<PolicyProblem> Problems(string json) => PolicyFile.Read(Encoding.UTF8.GetBytes(json), out _);

    [Fact]
    public void The_standard_policy_is_read()
    {
        var policy = PolicyFile.Parse(Standard);
        Assert.Equal("standard", policy.Name);
        Assert.Equal(4, policy.Levels.Count);
        Assert.Equal(new Money(5m, Currency.EUR), policy.Levels[1].Fee.In(Currency.EUR));
        Assert.Equal(StatutoryClaim.Statutory, policy.Levels[2].Interest);
        Assert.Equal(ReminderKind.Task, policy.Profiles["strategic"].Levels![0].Kind);
    }

    [Fact]
    public void All_but_version_and_levels_has_a_default()
    {
        var policy = PolicyFile.Parse("""{"version":1,"levels":[{},{}]}""");
        Assert.Equal("default", policy.Name);
        Assert.Equal(1, policy.Levels[0].Level);
        Assert.Equal(14, policy.Levels[0].WaitAfterDue);
        Assert.Equal(14, policy.Levels[1].WaitAfterPrevious);
        Assert.Equal("email", policy.Levels[0].ChannelOrDefault);
    }

    [Fact]
    public void Every_kind_of_fault_is_told_at_once_with_its_path()
    {
        var problems = Problems("""
            {"version":2,"nmae":"x","graceDays":-1,"minimumAmount":{"EUR":5,"XYZ":"1.00","JPY":"1.5"},"grouping":"nobody","feeCap":{"EUR":"8.00"},
             "languages":["nl","fr"],"texts":{"own":{"nl":{"subject":"a","body":"b"}}},
             "levels":[
              {"level":1,"daysAfterDue":-3,"colour":"red"},
              {"level":3,"fee":{"EUR":"9.00"},"repeatEveryDays":0},
              {"level":3,"kind":"preDueNotice","daysAfterDue":3}],
             "profiles":{"a":{"extends":"b"},"b":{"extends":"a"},"c":{"extends":"nobody"},"a":{}},
             "pressure":{"max":0,"days":7},"freshness":{"maxImportDays":-1,"importDays":[]},"minimumPercent":"101","effectiveFrom":"2026-02-30",
             "window":{"from":"19:00","to":"8","zone":"Mars/Olympus","colour":1},"promise":"half","levelMap":{"2":1},
             "entities":{"X":{"extends":"nobody","graceDays":-1,"levels":[{"fee":{"EUR":"1.00"},"repeatEveryDays":7}]}}}
            """);
        Assert.Equal(
            [
                "POL008 $.version", "POL002 $.nmae", "POL006 $.graceDays", "POL005 $.minimumAmount.EUR", "POL007 $.minimumAmount.XYZ", "POL006 $.minimumAmount.JPY",
                "POL007 $.grouping", "POL012 $.texts.own", "POL006 $.levels[0].daysAfterDue", "POL002 $.levels[0].colour", "POL009 $.levels[1].level", "POL011 $.levels[1].fee",
                "POL006 $.levels[1].repeatEveryDays", "POL013 $.levels[1].repeatEveryDays", "POL013 $.levels[2].kind", "POL013 $.levels[2].daysAfterDue",
                "POL003 $.profiles.a", "POL010 $.profiles.a.extends", "POL010 $.profiles.b.extends", "POL010 $.profiles.c.extends",
                "POL006 $.pressure.max", "POL006 $.freshness.maxImportDays", "POL006 $.freshness.importDays", "POL006 $.minimumPercent", "POL005 $.effectiveFrom",
                "POL005 $.window.to", "POL007 $.window.zone", "POL002 $.window.colour", "POL007 $.promise", "POL006 $.levelMap.2",
                "POL010 $.entities.X.extends", "POL006 $.entities.X.graceDays", "POL011 $.entities.X.levels[0].fee",
            ],
            problems.Select(p => p.Code + " " + p.Path));
        Assert.All(problems, p => Assert.True(p.Line > 0 && p.Column > 0));
    }

    [Fact]
    public void The_fee_of_a_level_that_repeats_counts_each_time()
    {
        const string Level = """{"version":1,"feeCap":{"EUR":"20.00"},"levels":[{"fee":{"EUR":"5.00"},"repeatEveryDays":7,"repeatMax":MAX}]}""";
        Assert.Empty(Problems(Level.Replace("MAX", "4", StringComparison.Ordinal)));
        Assert.Equal("POL011", Assert.Single(Problems(Level.Replace("MAX", "5", StringComparison.Ordinal))).Code);
    }

    [Fact]
    public void The_hours_and_companies_of_a_policy_are_read()
    {
        var policy = PolicyFile.Parse("""
            {"version":1,"promise":"amount","window":{"from":"09:00","to":"17:30","zone":"Europe/Paris","channels":["phone"]},"levels":[{}],
             "entities":{"BE01":{"graceDays":5}}}
            """);
        Assert.Equal((PromiseScope.Amount, 5), (policy.Promise, policy.Entities["BE01"].GraceDays));
        Assert.Equal((new NodaTime.LocalTime(9, 0), new NodaTime.LocalTime(17, 30), "Europe/Paris", "phone"), (policy.Window!.From, policy.Window.To, policy.Window.Zone, policy.Window.Channels.Single()));
        Assert.Equal("POL004", Assert.Single(Problems("""{"version":1,"levels":[{}],"window":{"from":"09:00"}}""")).Code);
    }

    [Theory]
    [InlineData("", "POL001")]
    [InlineData("{", "POL001")]
    [InlineData("[]", "POL005")]
    [InlineData("{}", "POL004")]
    [InlineData("""{"version":1,"levels":[]}""", "POL009")]
    [InlineData("""{"version":1,"levels":{}}""", "POL005")]
    [InlineData("""{"version":1,"levels":[3]}""", "POL005")]
    [InlineData("""{"version":1,"levels":[{}]} x""", "POL001")]
    public void What_is_no_policy_is_told(string json, string code) => Assert.Equal(code, Problems(json)[0].Code);

    [Fact]
    public void A_calendar_is_one_that_the_host_knows()
    {
        const string Policy = """{"version":1,"graceDays":-1,"calendar":"Mars","levels":[{}]}""";
        Assert.Equal(["POL006 $.graceDays", "POL007 $.calendar"], Problems(Policy).Select(p => p.Code + " " + p.Path));
        var known = PolicyFile.Read(System.Text.Encoding.UTF8.GetBytes(Policy.Replace("-1", "1", StringComparison.Ordinal)), out var policy, _ => Receivables.Sdk.Calendars.BusinessCalendar.Of("NL"));
        Assert.Empty(known);
        Assert.Throws<ArgumentException>(() => new ReminderEngine(policy!));
    }

    [Fact]
    public void A_problem_knows_its_place()
    {
        var problem = Assert.Single(Problems("{\"version\":1,\n \"levels\":[{}],\n  \"x\":1}"));
        Assert.Equal((3, 7), (problem.Line, problem.Column));
    }
}
