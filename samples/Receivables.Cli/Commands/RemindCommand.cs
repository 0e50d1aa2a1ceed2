using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using Receivables.Cli.Output;
using Receivables.Sdk.Reminders;

namespace Receivables.Cli.Commands;

/// <summary><c>receivables remind</c>: plans reminders, and says what is held and why.</summary>
internal static class RemindCommand
{
    internal static Command Create(Terminal terminal)
    {
        var ledger = LedgerInput.File();
        var policy = new Option<string>("--policy") { Description = "The policy file (JSON).", Required = true };
        var asOf = LedgerInput.AsOf(required: true);
        var until = LedgerInput.OptionalDate("--until", "Simulate day by day up to this date.");
        var explain = new Option<bool>("--explain") { Description = "Also say which instalments are held, and why." };
        var knownAt = LedgerInput.KnownAt();
        var json = CommonOptions.Json();
        var command = new Command("remind", "Plans reminders by a policy.") { ledger, policy, asOf, until, explain, knownAt, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var from = parsed.GetRequiredValue(asOf);
            if (parsed.GetValue(until) is { } last && last < from)
            {
                throw new CommandLineException(CommandLineException.BadValue, "--until lies before --as-of.");
            }

            var faults = new Faults(terminal);
            var engine = PolicyInput.Load(faults, parsed.GetRequiredValue(policy));
            var book = await LedgerInput.LoadAsync(terminal, faults, parsed.GetRequiredValue(ledger), cancellationToken).ConfigureAwait(false);
            if (engine is null || book is null)
            {
                return faults.Status;
            }

            // What comes to pass after the first day is known to a simulation as far as the ledger knows it now.
            var snapshot = book.Snapshot(from, parsed.GetValue(knownAt));
            var (actions, held) = parsed.GetValue(until) is { } end
                ? Of(engine.Simulate(snapshot, from, end))
                : Of(engine.Plan(snapshot));
            await PrintAsync(terminal, actions, parsed.GetValue(explain) ? held : [], parsed.GetValue(json)).ConfigureAwait(false);
            return faults.Status;
        });
        return command;
    }

    private static (IReadOnlyList<ReminderAction> Actions, IReadOnlyList<HeldItem> Held) Of(ReminderPlan plan) => (plan.Actions, plan.Held);

    private static (IReadOnlyList<ReminderAction> Actions, IReadOnlyList<HeldItem> Held) Of(ReminderSimulation simulation) => (simulation.Actions, simulation.Held);

    private static async Task PrintAsync(Terminal terminal, IReadOnlyList<ReminderAction> actions, IReadOnlyList<HeldItem> held, bool asJson)
    {
        if (asJson)
        {
            await using var lines = new JsonLines(terminal.Output);
            foreach (var action in actions)
            {
                lines.Write(w => ReminderJson.Write(w, action));
            }

            foreach (var item in held)
            {
                lines.Write(w => ReminderJson.Write(w, item));
            }

            return;
        }

        await using var people = new StreamWriter(terminal.Output, leaveOpen: true);
        ReminderTable.Write(terminal.People(people), actions, held);
    }
}
