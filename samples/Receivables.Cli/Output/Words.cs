namespace Receivables.Cli.Output;

/// <summary>The words of the command line for the library's enumerations: the member's name, its first letter small.</summary>
internal static class Words
{
    internal static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = Enum.GetName(value) ?? "";
        return name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>A code as people read it: history too short.</summary>
    internal static string Apart(string code) => string.Concat(code.Select(c => char.IsAsciiLetterUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));
}
