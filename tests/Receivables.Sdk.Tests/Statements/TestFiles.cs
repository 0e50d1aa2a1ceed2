namespace Receivables.Sdk.Tests.Statements;

/// <summary>The files below <c>tests/corpus</c>, which the assembly carries.</summary>
internal static class TestFiles
{
    private const string Prefix = "corpus/";

    /// <summary>Every file of a folder with its path, in order of name.</summary>
    /// <param name="folder">The folder's path below <c>tests/corpus</c>.</param>
    internal static IEnumerable<(string Name, byte[] Bytes)> Below(string folder)
    {
        var assembly = typeof(TestFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix + folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            yield return (name[Prefix.Length..], memory.ToArray());
        }
    }
}
