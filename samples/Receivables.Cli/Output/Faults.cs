using System.Globalization;
using System.Text;

namespace Receivables.Cli.Output;

/// <summary>Prints faults, one line each, to the error stream, and remembers whether one was an error.</summary>
internal sealed class Faults(Terminal terminal)
{
    internal bool Any { get; private set; }

    internal int Status => Any ? ExitStatus.Faulty : ExitStatus.Done;

    internal void Error(string file, int line, int column, string code, string message)
    {
        Any = true;
        Write(file, line, column, code, message);
    }

    internal void Warning(string file, int line, int column, string code, string message) => Write(file, line, column, "warning " + code, message);

    internal void CannotOpen(string file, Exception e) => Error(file, 1, 1, "CLI010", e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "The file does not exist.",
        UnauthorizedAccessException => "The file may not be read, or is a folder.",
        _ => "The file cannot be opened.",
    });

    internal void CannotWrite(string file, Exception e) => Error(file, 1, 1, "CLI017", e switch
    {
        DirectoryNotFoundException => "The folder does not exist.",
        UnauthorizedAccessException => "The file may not be written, or is a folder.",
        _ => "The file cannot be written.",
    });

    /// <summary>A file to read, or standard input where it is called <c>-</c>; null where it cannot be opened, which is told.</summary>
    internal Stream? Open(string file)
    {
        try
        {
            return file == "-" ? terminal.Input : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            CannotOpen(file, e);
            return null;
        }
    }

    /// <summary>The bytes of a small file; null where it cannot be opened, which is told.</summary>
    internal byte[]? ReadAll(string file)
    {
        try
        {
            using var stream = Open(file);
            using var bytes = new MemoryStream();
            stream?.CopyTo(bytes);
            return stream is null ? null : bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CannotOpen(file, e);
            return null;
        }
    }

    internal static string Escape(string text)
    {
        if (!text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private void Write(string file, int line, int column, string code, string message) =>
        terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Escape(file)}:{Math.Max(1, line)}:{Math.Max(1, column)}: {code}: {Escape(message)}"));
}
