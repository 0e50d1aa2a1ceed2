namespace Receivables.Sdk.Tests.Architecture;

/// <summary>The table of rooms, and what breaks it.</summary>
internal sealed record Rooms(string Root, IReadOnlyDictionary<string, IReadOnlySet<string>> MayUse)
{
    /// <summary>Reads the table out of the page that people read.</summary>
    internal static Rooms FromDocument(string root, IEnumerable<string> lines)
    {
        var table = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var cells in lines.Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Select(l => l.Split('|', StringSplitOptions.TrimEntries)))
        {
            if (cells.Length >= 5 && cells[1] is not ("room" or "") && !cells[1].StartsWith('-'))
            {
                table.Add(cells[1], cells[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal));
            }
        }

        return new Rooms(root, table);
    }

    internal string? RoomOf(string ns) => ns == Root ? "(root)" : AssemblyScan.IsWithin(ns, Root) ? ns[(Root.Length + 1)..] : null;

    /// <summary>Arrows that the table does not have, and namespaces that are no room.</summary>
    internal IEnumerable<string> Violations(IEnumerable<Use> uses, IEnumerable<string> namespaces)
    {
        foreach (var ns in namespaces.Where(ns => !MayUse.ContainsKey(RoomOf(ns)!)))
        {
            yield return $"{ns} is no room of the table";
        }

        foreach (var use in uses)
        {
            if (RoomOf(use.FromNamespace) is { } from && RoomOf(use.ToNamespace) is { } to && from != to
                && MayUse.TryGetValue(from, out var allowed) && !allowed.Contains(to))
            {
                yield return $"{from} uses {to}: {use.FromType} -> {use.ToType}.{use.Member}";
            }
        }
    }

    /// <summary>A circle in the table itself, or in the arrows as they are.</summary>
    internal static string? Circle(IReadOnlyDictionary<string, IReadOnlySet<string>> arrows)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        return arrows.Keys.Order(StringComparer.Ordinal).Select(Visit).FirstOrDefault(c => c is not null);

        string? Visit(string room)
        {
            if (path.Contains(room))
            {
                return string.Join(" -> ", path.SkipWhile(r => r != room).Append(room));
            }

            if (!done.Add(room))
            {
                return null;
            }

            path.Add(room);
            var circle = arrows.GetValueOrDefault(room, new HashSet<string>()).Order(StringComparer.Ordinal).Select(Visit).FirstOrDefault(c => c is not null);
            path.RemoveAt(path.Count - 1);
            return circle;
        }
    }

    internal IReadOnlyDictionary<string, IReadOnlySet<string>> Arrows(IEnumerable<Use> uses) =>
        uses.Select(u => (From: RoomOf(u.FromNamespace), To: RoomOf(u.ToNamespace)))
            .Where(a => a.From is not null && a.To is not null && a.From != a.To)
            .GroupBy(a => a.From!, a => a.To!)
            .ToDictionary(g => g.Key, g => (IReadOnlySet<string>)g.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
}
