using System.Text.RegularExpressions;
using Xunit;

namespace Receivables.Sdk.Tests.Architecture;

/// <summary>Every code that the sources give out has a section in the page that people read, and no section speaks of a code that is gone.</summary>
public partial class DiagnosticsTests
{
    private static readonly string[] Documented = [.. Repository.Lines("docs/diagnostics.md").Where(l => l.StartsWith("### ", StringComparison.Ordinal)).Select(l => l[4..].Trim())];

    [Fact]
    public void Every_code_has_a_section_and_every_section_a_code()
    {
        var given = new[] { "src", "samples" }.SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(given);
        Assert.Empty(given.Except(Documented).Order(StringComparer.Ordinal));
        Assert.Empty(Documented.Except(given).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_section_stands_twice() => Assert.Empty(Documented.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key));

    [GeneratedRegex("\"((?:STM|MT940|CAMT|CSV|IMP|LED|POL|SET|CLI)[0-9]{2,4})\"")]
    private static partial Regex Code();
}
