using System.Text;
using System.Text.Json;
using Xunit;

namespace Receivables.Cli.Tests;

/// <summary>Runs the command line inside the test, with its streams in memory.</summary>
internal sealed record Cli(int Status, string Output, string Error)
{
    internal IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r')).ToList();

    /// <summary>Every line of the output as JSON: a line that is none fails the test.</summary>
    internal IReadOnlyList<JsonElement> Json => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();

    internal static Task<Cli> RunAsync(params string[] args) => RunWithInputAsync([], args);

    internal static async Task<Cli> RunWithInputAsync(byte[] input, params string[] args)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter { NewLine = "\n" };
        var status = await CommandLine.RunAsync(args, new Terminal(new MemoryStream(input), output, error, isErrorTerminal: false, isOutputTerminal: false));
        return new Cli(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>The lines that people see on a terminal of a width, without colours.</summary>
    internal static async Task<IReadOnlyList<string>> LinesOnTerminalAsync(int width, params string[] args)
    {
        using var output = new MemoryStream();
        Assert.Equal(0, await CommandLine.RunAsync(args, new Terminal(Stream.Null, output, TextWriter.Null, isErrorTerminal: false, isOutputTerminal: false, width)));
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n').Select(l => l.TrimEnd()).ToList();
    }

    internal void AssertOneFault(string place, string codePrefix)
    {
        Assert.Equal(ExitStatus.Faulty, Status);
        var line = Assert.Single(ErrorLines);
        Assert.StartsWith(place + ": " + codePrefix, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }
}

/// <summary>A folder for the files of one test, removed at its end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("receivables-").FullName;

    internal string Path(string name) => System.IO.Path.Combine(_path, name);

    internal string File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    internal string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(Path(name), content);
        return Path(name);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
