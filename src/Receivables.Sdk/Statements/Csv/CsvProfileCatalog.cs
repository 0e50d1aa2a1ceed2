using System.Collections.Immutable;
using System.Text.Json;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>The profiles that come with the library: one array of them in each file of <c>Data</c>, by country.</summary>
internal static class CsvProfileCatalog
{
    private const string Prefix = "Receivables.Sdk.Statements.Csv.Data.";

    private static readonly Lazy<ImmutableArray<CsvProfile>> Loaded = new(Load);
    private static readonly Lazy<CsvProfileIndex> LoadedIndex = new(() => new CsvProfileIndex(All));

    internal static ImmutableArray<CsvProfile> All => Loaded.Value;

    internal static CsvProfileIndex Index => LoadedIndex.Value;

    private static ImmutableArray<CsvProfile> Load()
    {
        var profiles = ImmutableArray.CreateBuilder<CsvProfile>();
        var assembly = typeof(CsvProfileCatalog).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var document = JsonDocument.Parse(stream);
            foreach (var element in document.RootElement.EnumerateArray())
            {
                var problems = new List<CsvProfileProblem>();
                var profile = CsvProfileJson.Read(element, problems);
                problems.AddRange(CsvProfileCheck.FindProblems(profile));
                if (problems.Count > 0)
                {
                    throw new InvalidOperationException($"The built-in profile {profile.Name} of {resource} has problems: {string.Join(" ", problems)}");
                }

                profiles.Add(profile);
            }
        }

        profiles.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return profiles.ToImmutable();
    }
}
