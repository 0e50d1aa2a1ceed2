using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Statements;

/// <summary>
/// The German manner (DFÜ agreement, annex 3, MT940): a business transaction code of three digits, then fields of a separator and two digits.
/// </summary>
/// <remarks>
/// The separator is whatever follows the code: <c>?</c> in Germany, Austria and Luxembourg, <c>~ ^ &lt; &gt;</c> with Polish and Dutch banks.
/// 00 booking text, 10 journal number, 20–29 and 60–69 purpose, 30 bank, 31 and 38 account, 32–33 name, 34 supplement to the text key.
/// </remarks>
internal sealed class GermanFields(TextPool pool)
{
    /// <summary>The length of a full purpose field.</summary>
    internal const int FieldWidth = 27;

    private char[] _purpose = new char[1024];
    private int _length;
    private int _lastLength;

    /// <summary>Whether a text begins with a code, a separator, and a field number.</summary>
    internal static bool TryDetect(ReadOnlySpan<char> text, out char separator)
    {
        text = text.TrimStart(' ');
        separator = '\0';
        if (text.Length < 4)
        {
            return false;
        }

        // Without a code: a field of the purpose or of the party, and one more.
        if (text[0] is '~' or '?' or '<' or '>' or '^' && text[1..3] is "20" or "00" or "30" or "31" or "32" && HasAnotherField(text))
        {
            separator = text[0];
            return true;
        }

        if (!IsDigits(text[..3]))
        {
            return false;
        }

        var candidate = text[3];

        // A plus also stands behind keywords: only where it closes the first field, too.
        if (candidate == '+' && text.Length >= 7 && IsDigits(text[4..6]) && text[6] == '+')
        {
            separator = candidate;
            return true;
        }

        if (char.IsAsciiLetterOrDigit(candidate) || candidate is <= ' ' or '.' or ',' or '-' or '/' or ':' or '+' or '(' or ')' or '\'' or '"' or > '~')
        {
            return false;
        }

        // The field number may be cut by the end of the line, or stand behind a blank.
        var rest = text[4..].TrimStart(' ');
        if (rest.Length > 0 && (!char.IsAsciiDigit(rest[0]) || (rest.Length > 1 && !char.IsAsciiDigit(rest[1]))))
        {
            return false;
        }

        separator = candidate;
        return true;
    }

    /// <summary>Whether two lines begin with fields of the purpose, without a code.</summary>
    internal static bool TryDetect(ReadOnlySpan<char> line, ReadOnlySpan<char> next, out char separator)
    {
        separator = line is ['~' or '?' or '<' or '>' or '^', '2' or '0', '0', ..] ? line[0] : '\0';
        return separator != '\0' && next.Length > 2 && next[0] == separator && IsDigits(next[1..3]);
    }

    /// <summary>Reads the fields.</summary>
    internal void Read(ReadOnlySpan<char> text, char separator, Narrative into)
    {
        (_length, _lastLength) = (0, 0);
        var marks = new TextMarks(text, 0, separator);
        var start = marks.Next();
        // The code stands right before the first separator, also where the bank sends it twice.
        into.Gvc = start < 3 ? null : pool.Get(text[(start - 3)..start]);
        ReadOnlySpan<char> name1 = default, name2 = default, account = default, bank = default;
        var key = KeyAt(text, start);
        start = key < 0 ? NextField(text, ref marks, out key) : start;
        // Triodos: 10 is the other account, or zeros where BIC and IBAN begin the purpose; 31 is our own.
        var isTriodos = separator == '>' && into.Gvc is "000";
        while (start >= 0)
        {
            var keyLength = text[start + 1] == ' ' ? 4 : 3;
            var next = NextField(text, ref marks, out var nextKey);
            var value = next < 0 ? text[(start + keyLength)..] : text[(start + keyLength)..next];
            // Polish banks fill empty fields with a byte of ones.
            value = value is ['\u00ff' or '\u02d9'] || (value.Length is 2 or 3 && value.Trim() is ['\u00ff' or '\u02d9']) ? default : value;
            switch (key)
            {
                case 0:
                    into.BookingText = Pooled(value);
                    break;
                case 10 when isTriodos:
                    account = value.Trim().TrimStart('0').IsEmpty ? default : value.Trim();
                    break;
                case 20 when isTriodos && account.IsEmpty && Receivables.Sdk.Bic.TryParse(value.Trim(), out _):
                    bank = value.Trim();
                    break;
                case 21 when isTriodos && account.IsEmpty && !bank.IsEmpty:
                    account = value.Trim();
                    break;
                case 31 when isTriodos:
                    into.AddOther("31", value);
                    break;
                case 10:
                    into.Proprietary = Pooled(value);
                    break;
                case (>= 20 and <= 29) or (>= 60 and <= 69):
                    AddPurpose(value);
                    break;
                case 30:
                    var word = FirstWord(value);
                    bank = word is "/" ? bank : IsDigits(word) ? AddBankCode(word, bank, into) : word;
                    break;
                case 31:
                    account = value.Trim();
                    break;
                case 32:
                    name1 = value;
                    break;
                case 33:
                    name2 = value;
                    break;
                case 34:
                    AddTextKey(value.Trim(), into);
                    break;
                case 38:
                    account = value.Trim().IsEmpty ? account : KeepBoth(account, value.Trim(), into);
                    break;
                default:
                    into.AddOther(text.Slice(start + keyLength - 2, 2), value);
                    break;
            }

            (start, key) = (next, nextKey);
        }

        SetParty(account, bank, name1, name2, into);
        var purpose = _purpose.AsSpan(0, _length);
        if (!SepaKeywords.TryRead(purpose, into, isGerman: true))
        {
            SpelledLabels.Read(purpose, into);
            into.Remittance = TextBlanks.Collapse(purpose);
        }
    }

    [SkipLocalsInit]
    internal static void SetParty(ReadOnlySpan<char> account, ReadOnlySpan<char> bank, scoped ReadOnlySpan<char> name1, scoped ReadOnlySpan<char> name2, Narrative into)
    {
        // A first part that is full was cut.
        Span<char> joined = stackalloc char[2 * FieldWidth];
        if (name1.Length == FieldWidth && name2.Length is > 0 and <= FieldWidth)
        {
            name1.CopyTo(joined);
            name2.CopyTo(joined[FieldWidth..]);
            joined = joined[..(FieldWidth + name2.Length)];
            if (TextBlanks.IsCollapsed(joined))
            {
                name1 = joined;
                name2 = default;
            }
        }

        if (name2.IsEmpty && into.TrySetKnown(account, bank, name1))
        {
            return;
        }

        into.Bic = bank.IsEmpty ? into.Bic : into.Pool.Get(bank);
        into.SetAccount(account);
        if (name2.IsEmpty)
        {
            into.SetName(name1);
        }
        else
        {
            into.Name = JoinName(name1, name2);
        }
    }

    // The next separator with a field number behind it, or -1.
    private static int NextField(ReadOnlySpan<char> text, ref TextMarks marks, out int key)
    {
        var at = marks.Next();
        while (at >= 0 && KeyAt(text, at) < 0)
        {
            at = marks.Next();
        }

        key = at < 0 ? -1 : KeyAt(text, at);
        return at;
    }

    private static bool HasAnotherField(ReadOnlySpan<char> text)
    {
        var marks = new TextMarks(text, 1, text[0]);
        return NextField(text, ref marks, out _) > 0;
    }

    // The number of the field whose separator stands here, or -1 when it is no field: then the character is text.
    private static int KeyAt(ReadOnlySpan<char> text, int at)
    {
        var i = at + 1;
        i += i < text.Length && text[i] == ' ' ? 1 : 0;
        if (i + 1 >= text.Length || !char.IsAsciiDigit(text[i]) || !char.IsAsciiDigit(text[i + 1]))
        {
            return -1;
        }

        return ((text[i] - '0') * 10) + text[i + 1] - '0';
    }

    // A full field was cut; a shorter one ended with a blank, and so does one before a keyword.
    private void AddPurpose(ReadOnlySpan<char> value)
    {
        if (_purpose.Length < _length + value.Length + 1)
        {
            Array.Resize(ref _purpose, Math.Max(_purpose.Length * 2, _length + value.Length + 1));
        }

        if (_length > 0 && (_lastLength != FieldWidth || SepaKeywords.StartsWithKeyword(value)) && _purpose[_length - 1] != ' ')
        {
            _purpose[_length++] = ' ';
        }

        value.CopyTo(_purpose.AsSpan(_length));
        _length += value.Length;
        _lastLength = value.Length;
    }

    // 34 tells why a payment came back (901, 903 and 914 stand for AC01, AC06 and MS03); other values are kept as they are.
    internal static void AddTextKey(ReadOnlySpan<char> value, Narrative into)
    {
        var reason = into.Gvc is "108" or "109" or "159" ? value switch { "901" => "AC01", "903" => "AC06", "914" => "MS03", _ => null } : null;
        into.ReturnReason ??= reason;
        if (!value.IsEmpty && value is not "000")
        {
            into.AddOther("34", value);
        }
    }

    private static ReadOnlySpan<char> KeepBoth(ReadOnlySpan<char> account, ReadOnlySpan<char> iban, Narrative into)
    {
        if (!account.IsEmpty)
        {
            into.AddOther("31", account);
        }

        return iban;
    }

    private static string? JoinName(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        if (second.IsWhiteSpace())
        {
            return TextBlanks.Collapse(first);
        }

        return TextBlanks.Collapse(first.Length == FieldWidth ? string.Concat(first, second) : string.Concat(first, " ", second));
    }

    // The bank code of before SEPA, where a BIC stands else.
    private static ReadOnlySpan<char> AddBankCode(ReadOnlySpan<char> code, ReadOnlySpan<char> bic, Narrative into)
    {
        into.AddOther("30", code);
        return bic;
    }

    // Some banks write more behind the BIC.
    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        var blank = value.IndexOf(' ');
        return blank < 0 ? value : value[..blank];
    }

    private string? Pooled(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        return value.IsEmpty ? null : pool.Get(value);
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => text.IsEmpty || (char.IsAsciiDigit(text[0]) && !text.ContainsAnyExceptInRange('0', '9'));
}
