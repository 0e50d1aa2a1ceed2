namespace Receivables.Sdk.Statements.Mt;

/// <summary>The field <c>:NS:</c>, lines that begin with two digits: 01–14 purpose, 15–16 name, 17 booking text, 18 journal number, 34 account.</summary>
internal static class MtNonSwift
{
    /// <summary>Reads the lines of an entry.</summary>
    internal static void Read(NarrativeLines lines, Narrative into)
    {
        string? remittance = null;
        for (var i = 0; i < lines.LineCount; i++)
        {
            var line = lines.Line(i).TrimEnd();
            if (line.Length < 2 || !char.IsAsciiDigit(line[0]) || !char.IsAsciiDigit(line[1]))
            {
                remittance = Append(remittance, line);
                continue;
            }

            var key = ((line[0] - '0') * 10) + line[1] - '0';
            var value = line[2..].Trim();
            switch (key)
            {
                case >= 1 and <= 14:
                    remittance = Append(remittance, value);
                    break;
                case 15 or 16:
                    into.Name = Append(into.Name, value);
                    break;
                case 17 when !value.IsEmpty:
                    into.BookingText = into.Pool.Get(value);
                    break;
                case 18 when !value.IsEmpty:
                    into.Proprietary = into.Pool.Get(value);
                    break;
                case 34 when !value.IsEmpty:
                    into.SetAccount(value);
                    break;
                default:
                    into.AddOther(line[..2], value);
                    break;
            }
        }

        into.Remittance = Append(into.Remittance, remittance);
    }

    /// <summary>The value of one line of a statement's own field, or null.</summary>
    internal static string? Value(NarrativeLines lines, ReadOnlySpan<char> key)
    {
        for (var i = 0; i < lines.LineCount; i++)
        {
            if (lines.Line(i).StartsWith(key, StringComparison.Ordinal))
            {
                return TextBlanks.Collapse(lines.Line(i)[2..]);
            }
        }

        return null;
    }

    private static string? Append(string? text, ReadOnlySpan<char> more)
    {
        more = more.Trim();
        return more.IsEmpty ? text : text is null ? TextBlanks.Collapse(more) : string.Concat(text, " ", TextBlanks.Collapse(more));
    }
}
