using Receivables.Cli.Output;
using Receivables.Sdk.Reminders;

namespace Receivables.Cli.Commands;

/// <summary>Reads a policy file and reports all that is wrong with it.</summary>
internal static class PolicyInput
{
    internal static ReminderEngine? Load(Faults faults, string name)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            faults.CannotOpen(name, e);
            return null;
        }

        var problems = PolicyFile.Read(bytes, out var policy);
        foreach (var problem in problems)
        {
            faults.Error(name, problem.Line, problem.Column, problem.Code, $"{problem.Path}: {problem.Message}");
        }

        if (policy is null || problems.Count > 0)
        {
            return null;
        }

        try
        {
            return new ReminderEngine(policy, EngineOptions());
        }
        catch (ArgumentException e)
        {
            faults.Error(name, 1, 1, "CLI011", e.Message);
            return null;
        }
    }

    internal static ReminderEngineOptions EngineOptions() => ReminderEngineOptions.Default;
}
