using System.Runtime.CompilerServices;
using Receivables.Cli.Output;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.Statements.Reading;

namespace Receivables.Cli.Commands;

/// <summary>Opens statement files and reports what is wrong with them.</summary>
internal static class StatementInput
{
    /// <summary>The options with the CSV profile that is asked for: the name of a built-in one, or a JSON file. Null when that has problems, which are told.</summary>
    internal static StatementFileReaderOptions? WithProfile(Faults faults, StatementFileReaderOptions options, string? profile)
    {
        if (profile is null)
        {
            return options;
        }

        if (CsvProfile.Find(profile) is { } builtIn)
        {
            return options with { CsvProfile = builtIn };
        }

        if (!File.Exists(profile))
        {
            throw new CommandLineException(CommandLineException.BadValue, $"There is no CSV profile and no file named {profile}.");
        }

        try
        {
            if (CsvProfile.TryParse(File.ReadAllBytes(profile), out var own, out var problems))
            {
                return options with { CsvProfile = own };
            }

            foreach (var problem in problems)
            {
                faults.Error(profile, 1, 1, "CLI016", problem.ToString());
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.CannotOpen(profile, e);
        }

        return null;
    }

    internal static async IAsyncEnumerable<StatementFile> ReadAsync(
        Faults faults, IEnumerable<string> files, StatementFileReaderOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
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
            if (faults.Open(name) is not { } stream)
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
