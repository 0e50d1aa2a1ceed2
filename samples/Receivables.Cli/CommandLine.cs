using System.CommandLine;
using System.CommandLine.Parsing;
using Receivables.Cli.Commands;
using Receivables.Cli.Output;

namespace Receivables.Cli;

/// <summary>Builds the commands, runs one, and turns every way to end into the exit status of <c>docs/cli.md</c>.</summary>
internal static class CommandLine
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var root = new RootCommand("Accounts receivable on the command line: read bank statements, match, post, age and remind.")
        {
            ParseCommand.Create(terminal),
            MatchCommand.Create(terminal),
            PostCommand.Create(terminal),
            AgingCommand.Create(terminal),
            RemindCommand.Create(terminal),
            ReferenceCommand.Create(terminal),
            StatementCommand.Create(terminal),
            ReportCommand.Create(terminal),
            DemoCommand.Create(terminal),
        };
        var parsed = root.Parse(args);
        try
        {
            if (parsed.Errors is [var error, ..] && !AsksForHelp(args))
            {
                throw new CommandLineException(CodeOf(parsed), MessageOf(parsed, error));
            }

            // Where a command takes any number of files, an option that it does not have would pass for one of them.
            if (parsed.Tokens.FirstOrDefault(t => t.Type == TokenType.Argument && t.Value.Length > 1 && t.Value[0] == '-') is { } unknown && !args.Contains("--"))
            {
                throw new CommandLineException(CommandLineException.Unknown, $"There is no option {unknown.Value}.");
            }

            if (parsed.Tokens.Count(t => t.Value == "-") > 1)
            {
                throw new CommandLineException(CommandLineException.BadValue, "Standard input (-) can stand for one file only.");
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (CommandLineException e)
        {
            terminal.Error.WriteLine($"receivables: {e.Code}: {Faults.Escape(e.Message)}");
            return ExitStatus.WrongCommandLine;
        }
        catch (IOException e) when (IsClosedPipe(e))
        {
            // Whoever read the output has enough.
            return ExitStatus.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Input is opened and read where its name is known; what is left is the output: a full disk, a stream that is closed.
            terminal.Error.WriteLine("receivables: CLI017: The output cannot be written.");
            return ExitStatus.Faulty;
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Faulty;
        }
    }

    private static string MessageOf(ParseResult parsed, ParseError error)
    {
        if (parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..] && !word.StartsWith('-'))
        {
            return $"There is no command {word}; see receivables --help.";
        }

        // The parser lists the values that it takes in lines of their own.
        return error.Message.ReplaceLineEndings("\n").Replace(":\n\t", ": ", StringComparison.Ordinal).Replace("\n\t", ", ", StringComparison.Ordinal);
    }

    private static string CodeOf(ParseResult parsed) =>
        parsed.UnmatchedTokens.Count > 0 ? CommandLineException.Unknown : CommandLineException.Wrong;

    private static bool AsksForHelp(string[] args) => args.Any(a => a is "--help" or "-h" or "-?");

    // EPIPE on Unix, ERROR_NO_DATA and ERROR_BROKEN_PIPE on Windows.
    private static bool IsClosedPipe(IOException e) => e.HResult is 32 or unchecked((int)0x800700E8) or unchecked((int)0x8007006D) || e.InnerException is System.Net.Sockets.SocketException;
}

/// <summary>The exit status of the program.</summary>
internal static class ExitStatus
{
    internal const int Done = 0;
    internal const int Faulty = 1;
    internal const int WrongCommandLine = 2;
}

/// <summary>The command line itself is wrong: an option's value is of no use.</summary>
internal sealed class CommandLineException(string code, string message) : Exception(message)
{
    internal const string Wrong = "CLI001";
    internal const string Unknown = "CLI002";
    internal const string BadValue = "CLI003";

    internal string Code => code;
}
