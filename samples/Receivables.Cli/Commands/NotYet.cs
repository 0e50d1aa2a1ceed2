using System.CommandLine;

namespace Receivables.Cli.Commands;

/// <summary>A command that the plan has and the program does not: it says so, and fakes nothing.</summary>
internal static class NotYet
{
    internal static Command Create(Terminal terminal, string name, string description)
    {
        var rest = new Argument<string[]>("anything") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
        var command = new Command(name, description + " (not built yet)") { rest };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(_ =>
        {
            terminal.Error.WriteLine($"receivables: NOTYET: '{name}' is not built yet.");
            return ExitStatus.Faulty;
        });
        return command;
    }
}
