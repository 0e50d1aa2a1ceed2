using System.Text;
using Receivables.Sdk.Matching.Similarity;
using Receivables.Sdk.TestKit;

namespace Receivables.Sdk.Tests.Matching.Similarity;

/// <summary>The labelled pairs of names of the corpus, and how well a likeness tells them apart.</summary>
internal static class NamePairs
{
    internal static List<(int Likeness, bool IsSame)> Nomenklatura() =>
        [.. Lines("nomenklatura_name_bench_cases.csv").Select(Fields).Where(f => f[1] is "Company" or "Organization" or "LegalEntity")
            .Select(f => (NameComparison.Likeness(f[2], f[3]), f[4] == "true"))];

    internal static List<(int Likeness, bool IsSame)> FinanceDatabase() =>
        [.. Lines("financedatabase_name_pairs.tsv").Select(l => l.Split('\t')).Select(f => (NameComparison.Likeness(f[0], f[1]), f[2] == "1"))];

    internal static double BestF1(List<(int Likeness, bool IsSame)> pairs) =>
        Thresholds(pairs).Max(t => 2.0 * t.Right / (t.Found + pairs.Count(p => p.IsSame)));

    internal static double RecallAt(List<(int Likeness, bool IsSame)> pairs, double precision) =>
        Thresholds(pairs).Where(t => t.Right >= precision * t.Found).Max(t => (double)t.Right / pairs.Count(p => p.IsSame));

    private static IEnumerable<(int Found, int Right)> Thresholds(List<(int Likeness, bool IsSame)> pairs) =>
        pairs.Select(p => p.Likeness).Distinct().Select(t => (pairs.Count(p => p.Likeness >= t), pairs.Count(p => p.Likeness >= t && p.IsSame)));

    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(Corpus.Folder!, "names", file)).Skip(1);

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (isQuoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }
            else if (line[i] == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
