using System.Text;
using Xunit;

namespace Receivables.Cli.Tests;

/// <summary>Every command once over the sample files, in the shapes that programs rely on.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bank-2026-03.sta", "mt940")]
    [InlineData("bank-2026-03.xml", "camt053")]
    [InlineData("bank-2026-03.csv", "csv")]
    public async Task Parse_prints_a_statement_that_adds_up(string file, string format)
    {
        var run = await Cli.RunAsync("parse", "--json", Sample.File(file));
        Assert.Equal((0, ""), (run.Status, run.Error));
        var statement = Assert.Single(run.Json);
        Assert.Equal(format, statement.GetProperty("format").GetString());
        Assert.True(statement.GetProperty("balanced").GetBoolean());
        Assert.Equal("NL91ABNA0417164300", statement.GetProperty("account").GetProperty("iban").GetString());
        Assert.All(statement.GetProperty("transactions").EnumerateArray(), t =>
        {
            Assert.Matches(@"^-?\d+\.\d\d$", t.GetProperty("amount").GetString()!);
            Assert.NotEmpty(t.GetProperty("keys").EnumerateArray());
        });
    }

    // People compare figures and read words; programs have four decimals and codes.
    [Fact]
    public async Task Reports_show_people_one_decimal_and_words()
    {
        string[] command = ["report", "metrics", "--ledger", Sample.Ledger, "--as-of", "2026-03-31"];
        var lines = await Cli.LinesOnTerminalAsync(200, command);
        var json = (await Cli.RunAsync([.. command, "--json"])).Json;

        Assert.Contains(json, m => m.TryGetProperty("value", out var value) && value.GetString()!.Split('.') is [_, { Length: > 1 }]);
        var values = lines.Where(l => l.Contains(" EUR ", StringComparison.Ordinal)).Select(l => l.Split('│')[3].Trim()).Where(v => v.Length > 0).ToList();
        Assert.NotEmpty(values);
        Assert.All(values, v => Assert.Matches(@"^-?\d+\.\d$", v));
        Assert.Contains(json, m => m.TryGetProperty("undefined", out var gap) && gap.GetString() == "historyTooShort");
        Assert.Contains(lines, l => l.Contains("none: history too short", StringComparison.Ordinal));
    }

    // Half a number at the edge of a cell is read as a whole one.
    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public async Task Amounts_stay_in_one_piece_on_a_narrow_terminal(int width)
    {
        string[] command = ["aging", "--ledger", Sample.Ledger, "--as-of", "2026-03-31"];
        var lines = await Cli.LinesOnTerminalAsync(width, command);
        var json = (await Cli.RunAsync([.. command, "--json"])).Json;
        Assert.All(json, row => Assert.Contains(lines, l => l.Contains(" " + row.GetProperty("total").GetString(), StringComparison.Ordinal)));
        Assert.True(width < 80 || lines.All(l => l.Length <= width));
        Assert.Equal(json.Count, lines.Count(l => l.Contains(" EUR ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Parse_refuses_a_file_of_another_format_and_reads_standard_input()
    {
        var wrong = await Cli.RunAsync("parse", "--json", "--format", "mt940", Sample.Camt);
        Assert.Equal(1, wrong.Status);
        Assert.Empty(wrong.Output);
        var input = await Cli.RunWithInputAsync(await File.ReadAllBytesAsync(Sample.Camt), "parse", "--json", "-");
        Assert.Equal(0, input.Status);
        Assert.Equal("-", Assert.Single(input.Json).GetProperty("file").GetString());
    }

    [Fact]
    public async Task Match_tells_of_the_same_days_in_two_formats()
    {
        var run = await Cli.RunAsync("match", "--json", "--ledger", Sample.Ledger, "--statements", Sample.File("bank-2026-03.sta"), Sample.Camt, Sample.Camt);
        Assert.Equal((0, 76), (run.Status, run.Json.Count));
        Assert.StartsWith($"{Sample.Camt}:1:1: warning CLI018: 38 transactions are most likely those of {Sample.File("bank-2026-03.sta")}", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Match_answers_every_transaction_and_post_closes_the_loop()
    {
        var match = await Cli.RunAsync("match", "--json", "--ledger", Sample.Ledger, "--statements", Sample.Camt);
        Assert.Equal((0, ""), (match.Status, match.Error));
        Assert.Equal(Assert.Single((await Cli.RunAsync("parse", "--json", Sample.Camt)).Json).GetProperty("transactions").GetArrayLength(), match.Json.Count);
        Assert.Contains(match.Json, m => m.GetProperty("decision").GetString() == "automatic");

        var answers = _folder.File("matches.jsonl", match.Output);
        var post = await Cli.RunAsync("post", "--json", "--ledger", Sample.Ledger, "--matches", answers);
        Assert.Equal((0, ""), (post.Status, post.Error));
        Assert.NotEmpty(post.Json);

        var after = _folder.File("after.jsonl", await File.ReadAllTextAsync(Sample.Ledger) + post.Output);
        var again = await Cli.RunAsync("match", "--json", "--ledger", after, "--statements", Sample.Camt);
        Assert.Equal((0, ""), (again.Status, again.Error));
        var posted = post.Json.Count(l => l.GetProperty("record").GetString() == "payment");
        Assert.True(posted <= again.Json.Count(m => m.GetProperty("outcome").GetString() == "alreadyPosted"));
        Assert.DoesNotContain(again.Json, m => m.GetProperty("decision").GetString() == "automatic" && m.GetProperty("outcome").GetString() is "exact" or "combined" or "partial");

        var twice = await Cli.RunAsync("post", "--json", "--ledger", after, "--matches", answers);
        Assert.Equal((0, ""), (twice.Status, twice.Output));
        Assert.True(posted <= twice.ErrorLines.Count(l => l.Contains("warning CLI013", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Appending_the_posted_lines_twice_is_told_and_changes_nothing()
    {
        var match = await Cli.RunAsync("match", "--json", "--ledger", Sample.Ledger, "--statements", Sample.Camt);
        var post = await Cli.RunAsync("post", "--json", "--ledger", Sample.Ledger, "--matches", _folder.File("m.jsonl", match.Output));
        var ledger = await File.ReadAllTextAsync(Sample.Ledger);
        var once = await Cli.RunAsync("aging", "--json", "--ledger", _folder.File("once.jsonl", ledger + post.Output), "--as-of", "2026-03-31");
        var twice = await Cli.RunAsync("aging", "--json", "--ledger", _folder.File("twice.jsonl", ledger + post.Output + post.Output), "--as-of", "2026-03-31");
        Assert.Equal((0, 1), (once.Status, twice.Status));
        Assert.Equal(once.Output, twice.Output);
    }

    [Fact]
    public async Task Aging_adds_up()
    {
        var run = await Cli.RunAsync("aging", "--json", "--ledger", Sample.Ledger, "--as-of", "2026-03-31");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.All(run.Json, row => Assert.Equal(
            decimal.Parse(row.GetProperty("total").GetString()!),
            decimal.Parse(row.GetProperty("notDue").GetString()!) + decimal.Parse(row.GetProperty("unapplied").GetString()!)
                + row.GetProperty("buckets").EnumerateArray().Sum(b => decimal.Parse(b.GetProperty("amount").GetString()!))));
        Assert.Equal("*", run.Json[^1].GetProperty("group").GetString());
    }

    [Theory]
    [InlineData("0,30")]
    [InlineData("30,30")]
    [InlineData("60,30")]
    [InlineData("x")]
    [InlineData("")]
    public async Task Buckets_must_rise(string buckets)
    {
        var run = await Cli.RunAsync("aging", "--json", "--ledger", Sample.Ledger, "--as-of", "2026-03-31", "--buckets", buckets);
        Assert.Equal(2, run.Status);
        Assert.StartsWith("receivables: CLI", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remind_puts_every_open_instalment_into_one_action_or_one_held_line()
    {
        var run = await Cli.RunAsync("remind", "--json", "--explain", "--ledger", Sample.Ledger, "--policy", Sample.Policy, "--as-of", "2026-03-31");
        Assert.Equal((0, ""), (run.Status, run.Error));
        var actions = run.Json.Where(l => l.GetProperty("type").GetString() == "action").SelectMany(a => a.GetProperty("invoices").EnumerateArray());
        var held = run.Json.Where(l => l.GetProperty("type").GetString() == "held");
        var all = actions.Concat(held).Select(i => i.GetProperty("invoice").GetString() + "/" + i.GetProperty("instalment").GetInt32()).ToList();
        Assert.NotEmpty(actions);
        Assert.Distinct(all);
    }

    [Fact]
    public async Task A_policy_tells_all_its_problems_with_their_paths()
    {
        var policy = _folder.File("policy.json", """{"version":1,"graceDays":-1,"colour":"red","levels":[{"level":1,"kind":"reminder","daysAfterDue":14,"channel":"email","template":"x","fee":{"EURO":"5.00"}}]}""");
        var run = await Cli.RunAsync("remind", "--json", "--ledger", Sample.Ledger, "--policy", policy, "--as-of", "2026-03-31");
        Assert.Equal(1, run.Status);
        Assert.Contains(run.ErrorLines, l => l.Contains("$.graceDays", StringComparison.Ordinal));
        Assert.Contains(run.ErrorLines, l => l.Contains("$.colour", StringComparison.Ordinal));
        Assert.Contains(run.ErrorLines, l => l.Contains("$.levels[0].fee", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_tell_all_their_problems_with_their_paths()
    {
        var settings = _folder.File("settings.json", """{"automaticErrorTarget":0.001,"feeTolerance":{"EURO":"1.00"},"colour":"red"}""");
        var run = await Cli.RunAsync("match", "--json", "--ledger", Sample.Ledger, "--statements", Sample.Camt, "--settings", settings);
        Assert.Equal(1, run.Status);
        Assert.Empty(run.Output);
        Assert.Equal(3, run.ErrorLines.Count(l => l.Contains(": SET002: $.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_ledger_line_that_is_not_json_is_told_with_its_place_and_the_rest_is_read()
    {
        var ledger = _folder.File("broken.jsonl", await File.ReadAllTextAsync(Sample.Ledger) + "this is no json\n");
        var run = await Cli.RunAsync("aging", "--json", "--ledger", ledger, "--as-of", "2026-03-31");
        Assert.Equal(1, run.Status);
        Assert.Matches(@"broken\.jsonl:\d+:\d+: LED\d+: ", Assert.Single(run.ErrorLines));
        Assert.Equal((await Cli.RunAsync("aging", "--json", "--ledger", Sample.Ledger, "--as-of", "2026-03-31")).Output, run.Output);
    }

    [Theory]
    [InlineData("RF18 5390 0754 7034", "iso11649", "RF18539007547034", "RF18 5390 0754 7034")]
    [InlineData("+++010/8068/17183+++", "be-ogm", "010806817183", "+++010/8068/17183+++")]
    public async Task Reference_check_reads_what_people_write(string value, string type, string canonical, string formatted)
    {
        var run = await Cli.RunAsync("reference", "check", "--json", value, "--type", type);
        var line = Assert.Single(run.Json);
        Assert.Equal((0, true, canonical, formatted), (run.Status, line.GetProperty("valid").GetBoolean(), line.GetProperty("canonical").GetString(), line.GetProperty("formatted").GetString()));
    }

    [Fact]
    public async Task An_invalid_reference_says_so_with_status_1()
    {
        var run = await Cli.RunAsync("reference", "check", "--json", "RF17539007547034", "--type", "iso11649");
        Assert.Equal((1, false), (run.Status, Assert.Single(run.Json).GetProperty("valid").GetBoolean()));
        var none = await Cli.RunAsync("reference", "check", "--json", "hello world");
        Assert.Equal((1, "{\"valid\":false}\n"), (none.Status, none.Output));
    }

    [Fact]
    public async Task Statement_runs_from_opening_to_closing()
    {
        var run = await Cli.RunAsync("statement", "--json", "--ledger", Sample.Ledger, "--customer", "C004", "--from", "2026-01-01", "--to", "2026-03-31");
        Assert.Equal((0, ""), (run.Status, run.Error));
        var account = Assert.Single(Assert.Single(run.Json).GetProperty("currencies").EnumerateArray());
        var sum = account.GetProperty("movements").EnumerateArray().Sum(m => decimal.Parse(m.GetProperty("amount").GetString()!));
        Assert.Equal(decimal.Parse(account.GetProperty("closing").GetString()!), decimal.Parse(account.GetProperty("opening").GetString()!) + sum);
    }

    [Fact]
    public async Task The_demo_prints_what_is_committed_and_leaves_its_results()
    {
        var run = await Cli.RunAsync("demo");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(await File.ReadAllTextAsync(Sample.File("demo.golden.txt")), run.Output, ignoreLineEndingDifferences: true);

        Assert.Equal(0, (await Cli.RunAsync("demo", "--out", _folder.Path("out"))).Status);
        Assert.All(["statements.jsonl", "matches.jsonl", "posted.jsonl", "aging-before.jsonl", "aging-after.jsonl", "reminders.jsonl"], f => Assert.True(new FileInfo(Path.Combine(_folder.Path("out"), f)).Length > 0, f));
    }

    [Fact]
    public async Task Default_output_is_for_people()
    {
        foreach (string[] args in new[]
        {
            new[] { "parse", Sample.Camt }, ["match", "--ledger", Sample.Ledger, "--statements", Sample.Camt], ["aging", "--ledger", Sample.Ledger, "--as-of", "2026-03-31"],
            ["remind", "--ledger", Sample.Ledger, "--policy", Sample.Policy, "--as-of", "2026-03-31"],
        })
        {
            var run = await Cli.RunAsync(args);
            Assert.Equal((0, ""), (run.Status, run.Error));
            Assert.Contains("│", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b", run.Output, StringComparison.Ordinal);
        }
    }
}
