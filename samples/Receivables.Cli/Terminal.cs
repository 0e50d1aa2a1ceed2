using System.Text;
using Spectre.Console;

namespace Receivables.Cli;

/// <summary>Where the program reads and writes: the real streams, or a test's.</summary>
internal sealed class Terminal(Stream input, Stream output, TextWriter error, bool isErrorTerminal, bool isOutputTerminal, int? width = null)
{
    internal static Terminal System
    {
        get
        {
            var error = new StreamWriter(new Mute(Console.OpenStandardError()), new UTF8Encoding(false)) { AutoFlush = true };
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
        if (!isOutputTerminal || width is not null)
        {
            console.Profile.Width = width ?? 160;
        }

        return console;
    }

    /// <summary>The error stream, which is let go where nobody can be told: it is closed, or its disk is full.</summary>
    private sealed class Mute(Stream stream) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                stream.Write(buffer);
                stream.Flush();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // There is no third stream.
            }
        }
    }
}
