namespace Receivables.Sdk.Tests.Architecture;

/// <summary>The project's own files, found upwards from the test's folder.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    internal static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    internal static string[] Lines(string relative) => File.ReadAllLines(Path(relative));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Receivables.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The solution was not found above the test's folder.");
    }
}
