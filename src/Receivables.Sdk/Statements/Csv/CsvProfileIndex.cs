using System.Collections.Frozen;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Profiles by the names of their columns: a row is compared only with those that have one of its names where they must.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
internal sealed class CsvProfileIndex
{
    private readonly FrozenDictionary<string, CsvProfileMatcher[]> _byLabel;
    private readonly CsvProfileMatcher[] _others;

    internal CsvProfileIndex(IEnumerable<CsvProfile> profiles)
    {
        All = [.. profiles.Select(p => new CsvProfileMatcher(p))];
        WithHeader = [.. All.Where(m => m.Profile.HasHeader)];
        WithoutHeader = [.. All.Where(m => !m.Profile.HasHeader)];
        var uses = WithHeader.SelectMany(m => m.Keys()).SelectMany(k => k).CountBy(l => l).ToDictionary();
        var byLabel = new Dictionary<string, List<CsvProfileMatcher>>();
        var others = new List<CsvProfileMatcher>();
        foreach (var matcher in WithHeader)
        {
            // The column that the fewest other profiles have, too.
            var key = matcher.Keys().MinBy(k => k.Sum(l => uses[l]));
            if (key is null)
            {
                others.Add(matcher);
                continue;
            }

            foreach (var label in key)
            {
                (byLabel.TryGetValue(label, out var list) ? list : byLabel[label] = []).Add(matcher);
            }
        }

        _byLabel = byLabel.ToFrozenDictionary(p => p.Key, p => p.Value.ToArray());
        _others = [.. others];
    }

    internal IReadOnlyList<CsvProfileMatcher> All { get; }

    internal IReadOnlyList<CsvProfileMatcher> WithHeader { get; }

    internal IReadOnlyList<CsvProfileMatcher> WithoutHeader { get; }

    /// <summary>The profiles whose header a row of folded names may be.</summary>
    internal IEnumerable<CsvProfileMatcher> CandidatesFor(IReadOnlyList<string> folded)
    {
        // A name with a lost character can be any.
        if (folded.Any(f => f.Contains('\uFFFD')))
        {
            return WithHeader;
        }

        var found = new List<CsvProfileMatcher>(_others);
        foreach (var name in folded)
        {
            if (_byLabel.TryGetValue(name, out var matchers))
            {
                found.AddRange(matchers.Where(m => !found.Contains(m)));
            }
        }

        return found;
    }
}
