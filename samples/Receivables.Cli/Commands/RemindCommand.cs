using System.CommandLine;
using NodaTime;
using Receivables.Cli.Output;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;

namespace Receivables.Cli.Commands;

/// <summary><c>receivables remind</c>: plans reminders, says what is held and why, rehearses, looks a policy over, compares two.</summary>
internal static class RemindCommand
{
    // How far a comparison looks ahead when nobody says.
    private const int ComparisonDays = 90;

    internal static Command Create(Terminal terminal)
    {
        var ledger = LedgerInput.File();
        var policy = new Option<string>("--policy") { Description = "The policy file (JSON).", Required = true };
        var asOf = LedgerInput.AsOf(required: true);
        var until = LedgerInput.OptionalDate("--until", "Simulate day by day up to this date.");
        var explain = new Option<bool>("--explain") { Description = "Also say which instalments are held, and why." };
        var lint = new Option<bool>("--lint") { Description = "Look the policy over instead: levels nobody reaches, fees a law will not allow, missing texts." };
        var compare = new Option<string?>("--compare") { Description = "Compare with this policy instead, from --as-of to --until (90 days by default)." };
        var knownAt = LedgerInput.KnownAt();
        var json = CommonOptions.Json();
        var command = new Command("remind", "Plans reminders by a policy.") { ledger, policy, asOf, until, explain, lint, compare, knownAt, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (from, last) = (parsed.GetRequiredValue(asOf), parsed.GetValue(until));
            if (last < from)
            {
                throw new CommandLineException(CommandLineException.BadValue, "--until lies before --as-of.");
            }

            if (parsed.GetValue(lint) && parsed.GetValue(compare) is not null)
            {
                throw new CommandLineException(CommandLineException.BadValue, "--lint looks over one policy and --compare another: ask for one of them.");
            }

            var faults = new Faults(terminal);
            var engine = PolicyInput.Load(faults, parsed.GetRequiredValue(policy));
            var other = parsed.GetValue(compare) is { } name ? PolicyInput.Load(faults, name) : null;
            var book = await LedgerInput.LoadAsync(faults, parsed.GetRequiredValue(ledger), cancellationToken).ConfigureAwait(false);
            if (engine is null || book is null || (parsed.GetValue(compare) is not null && other is null))
            {
                return faults.Status;
            }

            var snapshot = book.Snapshot(from, parsed.GetValue(knownAt));
            if (parsed.GetValue(lint))
            {
                await ReportCommand.PrintAsync(terminal, [.. PolicyLint.Check(engine.Policy, from).Select(PolicyJson.Of)], parsed.GetValue(json)).ConfigureAwait(false);
            }
            else if (other is not null)
            {
                var ahead = Math.Min(ComparisonDays, Period.DaysBetween(from, LocalDate.MaxIsoValue));
                await PrintAsync(terminal, PolicyComparison.Rehearse(engine, other, snapshot, last ?? from.PlusDays(ahead)), parsed.GetValue(json)).ConfigureAwait(false);
            }
            else
            {
                await PrintAsync(terminal, engine, snapshot, last, parsed.GetValue(explain), parsed.GetValue(json)).ConfigureAwait(false);
            }

            return faults.Status;
        });
        return command;
    }

    private static async Task PrintAsync(Terminal terminal, PolicyComparison comparison, bool asJson)
    {
        if (asJson)
        {
            await ReportCommand.PrintAsync(terminal, PolicyJson.Of(comparison), asJson).ConfigureAwait(false);
            return;
        }

        await using var people = new StreamWriter(terminal.Output, leaveOpen: true);
        ComparisonTable.Write(terminal.People(people), comparison);
    }

    private static async Task PrintAsync(Terminal terminal, ReminderEngine engine, LedgerSnapshot snapshot, LocalDate? until, bool explain, bool asJson)
    {
        var (actions, held) = until is { } end ? Of(engine.Simulate(snapshot, snapshot.AsOf, end)) : Of(engine.Plan(snapshot));
        IReadOnlyList<HeldItem> told = explain ? held : [];
        if (!asJson)
        {
            await using var people = new StreamWriter(terminal.Output, leaveOpen: true);
            ReminderTable.Write(terminal.People(people), actions, told);
            return;
        }

        await using var lines = new JsonLines(terminal.Output);
        foreach (var action in actions)
        {
            lines.Write(w => ReminderJson.Write(w, action));
        }

        foreach (var item in told)
        {
            lines.Write(w => ReminderJson.Write(w, item));
        }
    }

    private static (IReadOnlyList<ReminderAction> Actions, IReadOnlyList<HeldItem> Held) Of(ReminderPlan plan) => (plan.Actions, plan.Held);

    private static (IReadOnlyList<ReminderAction> Actions, IReadOnlyList<HeldItem> Held) Of(ReminderSimulation simulation) => (simulation.Actions, simulation.Held);
}
