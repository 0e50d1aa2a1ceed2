using System.Text;
using Spectre.Console;

namespace Receivables.Cli;

/// <summary>Where the program reads and writes: the real streams, or a test's.</summary>
internal sealed class Terminal(Stream input, Stream output, TextWriter error, bool isErrorTerminal, bool isOutputTerminal)
{
    internal static Terminal System
    {
        get
        {
            var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
            return new Terminal(Console.OpenStandardInput(), Console.OpenStandardOutput(), error, !Console.IsErrorRedirected, !Console.IsOutputRedirected);
        }
    }

    internal Stream Input => input;

    internal Stream Output => output;

    internal TextWriter Error => error;

    internal bool IsErrorTerminal => isErrorTerminal;

    /// <summary>Tables for people: in colour and at the terminal's width on a terminal, plain and wide elsewhere.</summary>
    internal IAnsiConsole People(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isOutputTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isOutputTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!isOutputTerminal)
        {
            console.Profile.Width = 160;
        }

        return console;
    }
}
