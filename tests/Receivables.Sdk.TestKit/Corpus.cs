using Xunit;

namespace Receivables.Sdk.TestKit;

/// <summary>The collection of bank files that <c>RECEIVABLES_CORPUS</c> names; not part of the project.</summary>
public static class Corpus
{
    /// <summary>The folder, or null when there is none.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable("RECEIVABLES_CORPUS") is { Length: > 0 } folder && Directory.Exists(folder) ? Path.GetFullPath(folder) : null;

    /// <summary>Every file below a part of the collection (<c>mt940</c>, <c>camt053</c>, <c>csv</c> …), in order of name.</summary>
    /// <param name="part">The part's folder.</param>
    /// <param name="isWanted">Which files; null takes all.</param>
    public static IReadOnlyList<string> Files(string part, Func<string, bool>? isWanted = null) =>
        Folder is { } folder && Directory.Exists(Path.Combine(folder, part))
            ? [.. Directory.EnumerateFiles(Path.Combine(folder, part), "*", SearchOption.AllDirectories).Where(isWanted ?? (_ => true)).Order(StringComparer.Ordinal)]
            : [];
}

/// <summary>A test over the collection of bank files: skipped, and counted as skipped, when the folder is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    /// <summary>Looks for the folder when tests are discovered.</summary>
    public CorpusFactAttribute()
    {
        if (Corpus.Folder is null)
        {
            Skip = "RECEIVABLES_CORPUS names no folder of bank files.";
        }
    }
}
