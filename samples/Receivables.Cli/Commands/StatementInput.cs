using System.Runtime.CompilerServices;
using Receivables.Cli.Output;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;

namespace Receivables.Cli.Commands;

/// <summary>Opens statement files and reports what is wrong with them.</summary>
internal static class StatementInput
{
    /// <summary>A profile is the name of a built-in one, or a file: what looks like a path is read.</summary>
    internal static StatementFileReaderOptions WithProfile(StatementFileReaderOptions options, string? profile)
    {
        if (profile is null)
        {
            return options;
        }

        if (!profile.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !File.Exists(profile))
        {
            return options with { CsvProfileName = profile };
        }

        try
        {
            return options with { CsvProfileJson = File.ReadAllText(profile) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException(CommandLineException.BadValue, $"The profile file {profile} cannot be read.");
        }
    }

    internal static async IAsyncEnumerable<StatementFile> ReadAsync(
        Terminal terminal, Faults faults, IEnumerable<string> files, StatementFileReaderOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StatementFileReader reader;
        try
        {
            reader = new StatementFileReader(options);
        }
        catch (ArgumentException e)
        {
            throw new CommandLineException(CommandLineException.BadValue, e.Message);
        }

        foreach (var name in files)
        {
            if (Open(terminal, faults, name) is not { } stream)
            {
                continue;
            }

            await using (stream.ConfigureAwait(false))
            {
                var results = reader.ReadAsync(name, stream, cancellationToken).GetAsyncEnumerator(cancellationToken);
                await using (results.ConfigureAwait(false))
                {
                    while (await MoveAsync(results, faults, name).ConfigureAwait(false))
                    {
                        Report(faults, results.Current);
                        yield return results.Current;
                    }
                }
            }
        }
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<StatementFile> results, Faults faults, string name)
    {
        try
        {
            return await results.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.CannotOpen(name, e);
            return false;
        }
    }

    private static Stream? Open(Terminal terminal, Faults faults, string name)
    {
        try
        {
            return name == "-" ? terminal.Input : new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            faults.CannotOpen(name, e);
            return null;
        }
    }

    private static void Report(Faults faults, StatementFile file)
    {
        foreach (var d in file.AllDiagnostics)
        {
            if (d.Severity == DiagnosticSeverity.Error)
            {
                faults.Error(file.Name, d.Location.Line, d.Location.Column, d.Code, d.Message);
            }
            else if (d.Severity == DiagnosticSeverity.Warning)
            {
                faults.Warning(file.Name, d.Location.Line, d.Location.Column, d.Code, d.Message);
            }
        }
    }
}
