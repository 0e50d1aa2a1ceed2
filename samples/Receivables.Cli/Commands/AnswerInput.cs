using System.Text;
using Receivables.Cli.Output;
using Receivables.Sdk.Matching;

namespace Receivables.Cli.Commands;

/// <summary>Reads back what <c>match --json</c> printed: each broken line is told and left out.</summary>
internal static class AnswerInput
{
    internal static async Task<List<PostableMatch>?> ReadAsync(Faults faults, string name, CancellationToken cancellationToken)
    {
        var answers = new List<PostableMatch>();
        try
        {
            if (faults.Open(name) is not { } stream)
            {
                return null;
            }

            using var reader = new StreamReader(stream);
            for (var number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
            {
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                if (PostableMatch.TryRead(Encoding.UTF8.GetBytes(line), out var answer))
                {
                    answers.Add(answer);
                }
                else
                {
                    faults.Error(name, number, 1, "CLI014", "The line is no answer of match: it is not JSON, or a field is missing or of the wrong type.");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.CannotOpen(name, e);
            return null;
        }

        return answers;
    }
}
