namespace Receivables.Sdk.Tests.Architecture;

/// <summary>What no room may touch: clocks, ambient culture, chance, files, console, environment.</summary>
internal static class BannedMembers
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "System.Console", "System.Environment", "System.Random", "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.FileStream",
        "System.Security.Cryptography.RandomNumberGenerator", "NodaTime.SystemClock", "System.TimeZoneInfo",
    };

    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.TimeProvider.get_System", "System.Guid.NewGuid", "System.Threading.Thread.get_CurrentThread",
        "System.Globalization.CultureInfo.get_CurrentCulture", "System.Globalization.CultureInfo.get_CurrentUICulture",
        "System.Globalization.NumberFormatInfo.get_CurrentInfo", "System.Globalization.DateTimeFormatInfo.get_CurrentInfo",
        "System.String.Normalize", "System.StringNormalizationExtensions.Normalize", "System.StringComparer.get_CurrentCulture", "System.StringComparer.get_CurrentCultureIgnoreCase",
    };

    // Without a culture or a comparison these take the ambient one.
    private static readonly HashSet<string> Overloads = new(StringComparer.Ordinal)
    {
        "System.String.ToUpper/0", "System.String.ToLower/0", "System.Char.ToUpper/1", "System.Char.ToLower/1", "System.String.Compare/2",
        "System.Decimal.ToString/0", "System.Decimal.Parse/1", "System.Double.ToString/0", "System.Double.Parse/1", "System.DateTime.Parse/1",
    };

    // The compiler's own iterators compare thread ids.
    private const string MadeByTheCompiler = "System.Environment.get_CurrentManagedThreadId/0";

    internal static IEnumerable<string> In(IEnumerable<Use> uses)
    {
        foreach (var use in uses)
        {
            var type = use.ToNamespace + "." + use.ToType;
            var member = use.Member is null ? null : type + "." + use.Member;
            if (member == MadeByTheCompiler)
            {
                continue;
            }

            if (Types.Contains(type) || (member is not null && (Overloads.Contains(member) || Members.Contains(member.Split('/')[0]))))
            {
                yield return $"{use.FromNamespace}.{use.FromType} uses {member ?? type}";
            }
        }
    }
}
