using System.Buffers;

namespace Receivables.Sdk.Statements;

/// <summary>Manners that put words before values: mBank, ABN AMRO, Knab, PostFinance, and the colon list of Penta.</summary>
internal static class BankLabels
{
    private static readonly SearchValues<char> TypeName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    private static readonly SearchValues<char> UpperOrDigit = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Reads a text in one of these manners.</summary>
    /// <returns>Whether it is in one.</returns>
    internal static bool TryRead(ReadOnlySpan<char> text, Narrative into) =>
        TryPolish(text, into) || LabelledText.TryRead(text, into) || TryDutch(text, into) || TrySwiss(text, into) || TryColons(text, into);

    // mBank: code and booking text; then "OD: name; TYT.: text; TNR: unique number", each ended by a semicolon.
    private static bool TryPolish(ReadOnlySpan<char> text, Narrative into)
    {
        if (!text.Contains("TNR:", StringComparison.Ordinal) && !text.Contains("TYT.:", StringComparison.Ordinal))
        {
            return false;
        }

        var isFirst = true;
        foreach (var range in text.Split(';'))
        {
            var part = text[range].Trim();
            var colon = part.IndexOf(':');
            var key = colon < 0 ? default : part[..colon].Trim();
            var value = colon < 0 ? part : part[(colon + 1)..].Trim();
            switch (key)
            {
                case "OD" or "DLA":
                    into.Name = TextBlanks.Collapse(value);
                    break;
                case "Z RACH." or "NA RACH.":
                    into.SetAccount(value);
                    break;
                case "TYT.":
                    into.Remittance = TextBlanks.Collapse(value);
                    break;
                case "" when isFirst:
                    into.BookingText = into.Pool.Get(value);
                    break;
                default:
                    into.AddOther(key.IsEmpty ? "86" : key, value);
                    break;
            }

            isFirst = false;
        }

        return true;
    }

    // Knab: text, then "REK: account/NAAM: name".
    private static bool TryDutch(ReadOnlySpan<char> text, Narrative into)
    {
        var account = text.IndexOf("REK: ", StringComparison.Ordinal);
        var name = text.IndexOf("/NAAM: ", StringComparison.Ordinal);
        if (account < 0 || name < account)
        {
            return TryDutchName(text, into);
        }

        into.SetAccount(text[(account + 5)..name]);
        into.Name = TextBlanks.Collapse(text[(name + 7)..]);
        into.Remittance = TextBlanks.Collapse(text[..account]);
        return true;
    }

    // A payment at a till has no account: text, then "PAS: number" and "NAAM: name".
    private static bool TryDutchName(ReadOnlySpan<char> text, Narrative into)
    {
        var card = text.IndexOf(" PAS: ", StringComparison.Ordinal);
        var name = card < 0 ? -1 : text[card..].IndexOf(" NAAM: ", StringComparison.Ordinal);
        if (name < 0)
        {
            return false;
        }

        name += card;
        into.Name = TextBlanks.Collapse(text[(name + 7)..]);
        into.Remittance = TextBlanks.Collapse(text[..name]);
        return true;
    }

    // PostFinance: booking text, "AUFTRAGGEBER: name and address", "MITTEILUNGEN: text", in the customer's language.
    private static bool TrySwiss(ReadOnlySpan<char> text, Narrative into)
    {
        var party = Label(text, 0, ["AUFTRAGGEBER:", "DONNEUR D'ORDRE:", "ORDINANTE:", "MITTENTE:", "EXPEDITEUR:"], out var partyLength);
        if (party < 0)
        {
            return false;
        }

        var message = Label(text, party, ["MITTEILUNGEN:", "COMMUNICATIONS:", "COMUNICAZIONI:"], out var messageLength);
        into.BookingText = TextBlanks.Collapse(text[..party]);
        into.Name = TextBlanks.Collapse(text[(party + partyLength)..(message < 0 ? text.Length : message)]);
        into.Remittance = message < 0 ? null : TextBlanks.Collapse(text[(message + messageLength)..]);
        return true;
    }

    private static int Label(ReadOnlySpan<char> text, int from, ReadOnlySpan<string> labels, out int length)
    {
        foreach (var label in labels)
        {
            var at = text[from..].IndexOf(label, StringComparison.Ordinal);
            if (at >= 0)
            {
                length = label.Length;
                return from + at;
            }
        }

        length = 0;
        return -1;
    }

    // Penta: "999TYPE:purpose:name:account[:purpose]".
    private static bool TryColons(ReadOnlySpan<char> text, Narrative into)
    {
        if (!text.StartsWith("999", StringComparison.Ordinal))
        {
            return false;
        }

        into.Gvc = "999";
        var first = text.IndexOf(':');
        var rest = first < 0 ? default : text[(first + 1)..];
        // Purposes hold colons, too: the account is what has the form of one.
        var account = FindAccount(rest, out var accountEnd);
        if (first < 4 || text[3..first].ContainsAnyExcept(TypeName) || account < 0)
        {
            into.Remittance = TextBlanks.Collapse(text[3..]);
            return true;
        }

        into.BookingText = into.Pool.Get(text[3..first]);
        into.SetAccount(rest[account..accountEnd]);
        var before = rest[..Math.Max(0, account - 1)];
        var name = before.LastIndexOf(':');
        into.Name = TextBlanks.Collapse(before[(name + 1)..]);
        var purpose = name < 0 ? default : before[..name];
        into.Remittance = TextBlanks.Collapse(accountEnd < rest.Length ? string.Concat(purpose, " ", rest[(accountEnd + 1)..]) : purpose);
        return true;
    }

    private static int FindAccount(ReadOnlySpan<char> text, out int end)
    {
        var start = 0;
        while (start <= text.Length)
        {
            var colon = text[start..].IndexOf(':');
            end = colon < 0 ? text.Length : start + colon;
            var part = text[start..end];
            if (part.Length is >= 15 and <= 34 && char.IsAsciiLetterUpper(part[0]) && char.IsAsciiLetterUpper(part[1]) && char.IsAsciiDigit(part[2])
                && char.IsAsciiDigit(part[3]) && !part.ContainsAnyExcept(UpperOrDigit))
            {
                return start;
            }

            start = end + 1;
        }

        end = 0;
        return -1;
    }
}
