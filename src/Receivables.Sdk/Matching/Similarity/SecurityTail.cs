using System.Buffers;
using System.Collections.Frozen;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>The tails by which data vendors tell a firm's securities apart: SP.ADR, INH O.N., DL-,001, Class A.</summary>
internal static class SecurityTail
{
    private static readonly FrozenSet<string> s_marks =
        "ADR ADRS GDR GDRS ADS SP SPON SPONS SPONSORED UNSPONSORED UNSP SHS SH SHARE SHARES ORD ORDINARY CLASS CL INH NAM NA ON VZ ST PFD PREF CDI NVDR FGN FOREIGN REGS REG CLASE SER SERIES CERT BEARER REGISTERED COM STK"
            .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_sure = "ADR ADRS GDR GDRS SHS SHARES INH NVDR REGS CDI ORD".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // Currencies as German exchanges abbreviate them before a nominal value.
    private static readonly FrozenSet<string> s_units = "DL EO LS SF HD RP SK DK NK ZY RC YC YN BA BP IR CD AD SD WN KC RB RL MP PP AS KK UF".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private const int LongestMark = 16;

    private const string Separators = " ./-,+";

    private static readonly SearchValues<char> s_separators = SearchValues.Create(Separators);

    /// <summary>The name without such a tail; the name as it is where nothing at its end is surely one.</summary>
    internal static string Cut(string name)
    {
        if (!MayEndInTail(name))
        {
            return name;
        }

        var words = name.Split(Separators.ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        var keep = words.Length;
        var isSure = false;
        for (var next = ""; keep > 1; keep--)
        {
            var word = words[keep - 1].ToUpperInvariant();
            var digits = word.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
            var isNominal = digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9') && (digits.Length == word.Length || s_units.Contains(word[..^digits.Length]));
            var isUnit = s_units.Contains(word) && next.Length > 0;
            if (!isNominal && !isUnit && word.Length > 1 && !s_marks.Contains(word))
            {
                break;
            }

            // O.N., ohne Nennwert; Class A; DL1.
            isSure |= s_sure.Contains(word) || isUnit || (isNominal && digits.Length < word.Length) || (word == "O" && next == "N") || (word is "CLASS" or "CL" && next.Length > 0);
            next = word;
        }

        return isSure ? string.Join(' ', words.AsSpan(0, keep)) : name;
    }

    // Whether the last word can belong to a tail: a mark, a single letter, or one that ends in a digit.
    private static bool MayEndInTail(string name)
    {
        var word = name.AsSpan().TrimEnd(Separators);
        word = word[(word.LastIndexOfAny(s_separators) + 1)..];
        if (word.Length <= 1 || char.IsAsciiDigit(word[^1]))
        {
            return !word.IsEmpty;
        }

        if (word.Length > LongestMark)
        {
            return false;
        }

        Span<char> upper = stackalloc char[word.Length];
        return s_marks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(upper[..word.ToUpperInvariant(upper)]);
    }
}
