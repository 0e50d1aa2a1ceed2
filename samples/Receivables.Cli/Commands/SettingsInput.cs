using Receivables.Cli.Output;
using Receivables.Sdk.Matching;

namespace Receivables.Cli.Commands;

/// <summary>Reads the settings of <c>match</c> and reports all that is wrong with them.</summary>
internal static class SettingsInput
{
    internal static MatchingOptions? Load(Faults faults, string? name)
    {
        if (name is null)
        {
            return MatchingOptions.Default;
        }

        if (faults.ReadAll(name) is not { } bytes)
        {
            return null;
        }

        var problems = MatchingSettings.Read(bytes, out var options);
        foreach (var problem in problems)
        {
            faults.Error(name, problem.Line, problem.Column, problem.Code, $"{problem.Path}: {problem.Message}");
        }

        return options;
    }
}
