using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Reminders;

/// <summary>Reads policies from JSON. Every problem is told, all at once, each with its JSON path and its place in the file.</summary>
/// <remarks>
/// Unknown fields, duplicate fields and amounts written as numbers are problems: a policy that is misread sends wrong letters. Nothing is
/// guessed. Thread-safe.
/// </remarks>
public static class PolicyFile
{
    /// <summary>The only version of the format.</summary>
    public const int Version = 1;

    /// <summary>Reads a policy.</summary>
    /// <param name="utf8Json">The file as UTF-8, with or without a byte order mark.</param>
    /// <param name="policy">The policy, or null when there is a problem.</param>
    /// <param name="calendars">The calendar of a name; null takes those that come with the library.</param>
    /// <returns>The problems, in order of their place; empty when there is a policy.</returns>
    public static IReadOnlyList<PolicyProblem> Read(ReadOnlySpan<byte> utf8Json, out ReminderPolicy? policy, Func<string, IBusinessCalendar?>? calendars = null)
    {
        policy = null;
        PolicyJson root;
        try
        {
            root = PolicyJson.Read(utf8Json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var json = e as JsonException;
            return [new PolicyProblem(PolicyCodes.NotJson, json?.Path ?? "$", "The policy is not JSON.", (int)(json?.LineNumber ?? 0) + 1, (int)(json?.BytePositionInLine ?? 0) + 1)];
        }

        var reader = new PolicyReader();
        var read = reader.Read(root);
        var problems = new List<PolicyProblem>(reader.Problems);
        if (read is not null)
        {
            // A value that could not be read stands at its default here, which is no second problem.
            problems.AddRange(read.Check(calendars).Where(p => !reader.Problems.Any(q => q.Path == p.Path)));
        }

        if (problems.Count == 0)
        {
            policy = read;
            return [];
        }

        var offsets = Offsets(root);
        var placed = new List<(long Offset, PolicyProblem Problem)>(problems.Count);
        foreach (var problem in problems)
        {
            var offset = Find(offsets, problem.Path);
            var (line, column) = PolicyJson.Place(utf8Json, offset);
            placed.Add((offset, problem with { Line = line, Column = column }));
        }

        return [.. placed.OrderBy(p => p.Offset).ThenBy(p => p.Problem.Path, StringComparer.Ordinal).ThenBy(p => p.Problem.Code, StringComparer.Ordinal).Select(p => p.Problem)];
    }

    /// <summary>Reads a policy, or throws with every problem.</summary>
    /// <param name="json">The file's text.</param>
    /// <exception cref="FormatException">There is a problem; the message lists them all.</exception>
    public static ReminderPolicy Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var problems = Read(Encoding.UTF8.GetBytes(json), out var policy);
        return policy ?? throw new FormatException("The policy has problems: " + string.Join("; ", problems.Select(p => $"{p.Code} {p.Path}: {p.Message}")));
    }

    private static Dictionary<string, long> Offsets(PolicyJson root)
    {
        var offsets = new Dictionary<string, long>(StringComparer.Ordinal);
        var left = new Stack<PolicyJson>([root]);
        while (left.TryPop(out var node))
        {
            offsets[node.Path] = node.Offset;
            foreach (var item in node.Items)
            {
                left.Push(item);
            }

            foreach (var (_, value) in node.Fields)
            {
                left.Push(value);
            }
        }

        return offsets;
    }

    // A field that is not there is told where its parent stands.
    private static long Find(Dictionary<string, long> offsets, string path)
    {
        while (path.Length > 1)
        {
            if (offsets.TryGetValue(path, out var offset))
            {
                return offset;
            }

            path = path[..Math.Max(1, path.LastIndexOfAny(['.', '[']))];
        }

        return offsets.GetValueOrDefault("$");
    }
}
