using Receivables.Cli.Output;
using Receivables.Sdk.Reminders;

namespace Receivables.Cli.Commands;

/// <summary>Reads a policy file and reports all that is wrong with it.</summary>
internal static class PolicyInput
{
    internal static ReminderEngine? Load(Faults faults, string name)
    {
        if (faults.ReadAll(name) is not { } bytes)
        {
            return null;
        }

        var problems = PolicyFile.Read(bytes, out var policy);
        foreach (var problem in problems)
        {
            faults.Error(name, problem.Line, problem.Column, problem.Code, $"{problem.Path}: {problem.Message}");
        }

        return policy is null ? null : new ReminderEngine(policy);
    }
}
