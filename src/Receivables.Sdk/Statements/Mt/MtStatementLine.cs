namespace Receivables.Sdk.Statements.Mt;

/// <summary>Why a statement line gives no entry.</summary>
internal enum MtLineFault : byte
{
    None,

    /// <summary>No debit or credit mark before an amount.</summary>
    Mark,

    /// <summary>An amount that can be read in no way, or in more than one.</summary>
    Amount,
}

/// <summary>The parts of <c>:61:</c>, as they stand in the bytes.</summary>
/// <remarks>
/// Value date, entry date, mark, funds code, amount, type, references, and from the second line on what is supplementary. A mark is read by its
/// letters' order: <c>RC</c> is a reversed credit, <c>CR</c> a credit with funds code R (the third letter of EUR).
/// </remarks>
internal ref struct MtStatementLine
{
    internal ReadOnlySpan<byte> ValueDate;
    internal ReadOnlySpan<byte> EntryDate;
    internal ExactAmount Amount;
    internal MtAmountOddity Oddity;

    /// <summary>What stands between the mark and the amount: a funds code, mostly nothing.</summary>
    internal ReadOnlySpan<byte> FundsCode;

    internal bool IsReversal;
    internal bool IsExpected;
    internal ReadOnlySpan<byte> Type;
    internal ReadOnlySpan<byte> CustomerReference;
    internal ReadOnlySpan<byte> BankReference;
    internal ReadOnlySpan<byte> Supplement;

    /// <summary>Reads the parts.</summary>
    /// <param name="content">What stands behind the tag, over several lines.</param>
    /// <param name="hasDoubleAt">Whether lines end in <c>@@</c>.</param>
    /// <param name="line">The parts; the amount is signed.</param>
    internal static MtLineFault Read(ReadOnlySpan<byte> content, bool hasDoubleAt, out MtStatementLine line)
    {
        line = default;
        content = content.TrimStart((byte)' ');
        var mark = FindMark(content);
        if (mark < 0)
        {
            line.ValueDate = content[..Math.Min(6, content.Length)];
            return MtLineFault.Mark;
        }

        var dates = WithoutCentury(content, mark);
        line.ValueDate = content[dates..Math.Min(dates + 6, mark)];
        line.EntryDate = content[Math.Min(dates + 6, mark)..mark].Trim(" \t"u8);
        if (line.EntryDate.Length == 8)
        {
            // The entry date, too, may have a year: it is the one that is nearest anyway.
            line.EntryDate = line.EntryDate[4..];
        }

        var i = mark;
        var first = Upper(content[i]);
        line.IsReversal = first == 'R';
        line.IsExpected = first == 'E';
        i += first is 'R' or 'E' ? 1 : 0;
        var isCredit = Upper(content[i]) == 'C' ^ line.IsReversal;
        var code = i + 1;
        i = SkipToAmount(content, code, out var hasMinus);
        line.FundsCode = content[code..i];
        if (content[i - 1] == '+' && !isCredit)
        {
            return MtLineFault.Amount;
        }

        if (!MtAmount.TryRead(content, ref i, joinsBlanks: false, out ExactAmount amount, out line.Oddity))
        {
            return MtLineFault.Amount;
        }

        if (i < content.Length && content[i] == '-')
        {
            // Behind the amount, as programs for accounts write it.
            hasMinus = true;
            i++;
        }

        // 4E2 is four hundred as a spreadsheet writes it: no type begins so.
        if ((hasMinus && isCredit) || IsExponent(content[i..]))
        {
            return MtLineFault.Amount;
        }

        // A minus behind a debit mark says the same thing twice.
        line.Oddity |= hasMinus ? MtAmountOddity.Minus : MtAmountOddity.None;
        line.Amount = amount with { IsMinus = amount.IsMinus == isCredit };
        line.ReadReferences(content[i..], hasDoubleAt);
        return MtLineFault.None;
    }

    private static bool IsExponent(ReadOnlySpan<byte> text) =>
        text.Length > 2 && text[0] is (byte)'E' or (byte)'e' && (char.IsAsciiDigit((char)text[1]) || (text[1] is (byte)'+' or (byte)'-' && char.IsAsciiDigit((char)text[2])));

    /// <summary>Whether a text can be nothing but a statement line of the standard's form.</summary>
    internal static bool IsStrict(ReadOnlySpan<byte> text)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is not (6 or 10))
        {
            return false;
        }

        var i = digits + (text[digits] == 'R' ? 1 : 0);
        if (i >= text.Length || text[i] is not ((byte)'C' or (byte)'D'))
        {
            return false;
        }

        i++;
        i += i < text.Length && char.IsAsciiLetterUpper((char)text[i]) ? 1 : 0;
        var start = i;
        return MtAmount.TryRead(text, ref i, joinsBlanks: false, out ExactAmount _, out var oddity) && i > start && (oddity & ~MtAmountOddity.Point) == 0
            && i + 4 <= text.Length && char.IsAsciiLetterUpper((char)text[i]);
    }

    // Behind the dates: at 10 or 6; elsewhere only when the dates are damaged.
    private static int FindMark(ReadOnlySpan<byte> content)
    {
        // Two dates, a mark, an amount: nearly all lines.
        if (content.Length > 11 && content[10] is (byte)'C' or (byte)'D' && char.IsAsciiDigit((char)content[11]) && char.IsAsciiDigit((char)content[6]))
        {
            return 10;
        }

        if (IsMark(content, 10) && !IsMark(content, 6))
        {
            return 10;
        }

        if (IsMark(content, 6))
        {
            return 6;
        }

        // Behind a letter it is the end of a word, whose sense it may turn round: CRED ends in a D.
        for (var i = 0; i <= 20 && i < content.Length; i++)
        {
            if ((i == 0 || !char.IsAsciiLetter((char)content[i - 1])) && IsMark(content, i))
            {
                return i;
            }
        }

        return -1;
    }

    // Some programs write years with four digits; as two of them they would be no date.
    private static int WithoutCentury(ReadOnlySpan<byte> content, int mark) =>
        mark >= 8 && content[..2] is [(byte)'2', (byte)'0'] or [(byte)'1', (byte)'9'] && !MtDates.TryRead(content, out _) && MtDates.TryRead(content[2..], out _) ? 2 : 0;

    private static bool IsMark(ReadOnlySpan<byte> content, int i)
    {
        if (i >= content.Length)
        {
            return false;
        }

        var first = Upper(content[i]);
        i += first is 'R' or 'E' ? 1 : 0;
        if (i >= content.Length || Upper(content[i]) is not ('C' or 'D'))
        {
            return false;
        }

        i = SkipToAmount(content, i + 1, out _);
        return i < content.Length && (char.IsAsciiDigit((char)content[i])
            || (content[i] is (byte)',' or (byte)'.' && i + 1 < content.Length && char.IsAsciiDigit((char)content[i + 1])));
    }

    // A funds code, and whatever a bank puts between the mark and the amount.
    private static int SkipToAmount(ReadOnlySpan<byte> content, int i, out bool hasMinus)
    {
        hasMinus = false;
        if (i + 3 < content.Length && char.IsAsciiLetterUpper((char)content[i + 1]) && Currency.TryParse(content.Slice(i, 3), out _))
        {
            // The whole code of the currency in place of its third letter.
            i += 3;
        }
        else if (i < content.Length && char.IsAsciiLetter((char)content[i]))
        {
            i++;
        }

        while (i < content.Length && content[i] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'@')
        {
            i++;
        }

        if (i < content.Length && content[i] is (byte)'-' or (byte)'+')
        {
            hasMinus = content[i] == '-';
            i++;
        }

        return i;
    }

    private void ReadReferences(ReadOnlySpan<byte> rest, bool hasDoubleAt)
    {
        var lineEnd = hasDoubleAt ? rest.IndexOf("@@"u8) : LineEnds.IndexOfEnd(rest);
        if (lineEnd >= 0)
        {
            Supplement = TrimLineEnds(rest[lineEnd..]);
            rest = rest[..lineEnd];
        }

        rest = rest.TrimStart(" \t"u8);
        Type = rest[..TypeLength(rest)];
        rest = rest[Type.Length..];
        Type = Type.TrimEnd((byte)' ');
        var slashes = rest.IndexOf("//"u8);
        if (slashes >= 0)
        {
            CustomerReference = rest[..slashes].Trim((byte)' ');
            BankReference = rest[(slashes + 2)..].Trim((byte)' ');
            // A bank that leaves out the line end goes on with its codes: "CIOB123/IACC/D3/".
            var codes = Supplement.IsEmpty ? BankReference.IndexOf("/IACC/"u8) : -1;
            if (codes > 0)
            {
                Supplement = BankReference[codes..];
                BankReference = BankReference[..codes];
            }

            return;
        }

        CustomerReference = rest.Trim((byte)' ');
        if (Supplement.StartsWith("//"u8))
        {
            // The bank's reference, wrapped into the next line.
            var end = hasDoubleAt ? Supplement.IndexOf("@@"u8) : Supplement.IndexOfAny((byte)'\n', (byte)'\r');
            BankReference = (end < 0 ? Supplement[2..] : Supplement[2..end]).Trim((byte)' ');
            Supplement = end < 0 ? default : Supplement[end..].TrimStart("\r\n@ "u8);
        }
    }

    private static ReadOnlySpan<byte> TrimLineEnds(ReadOnlySpan<byte> text)
    {
        int from = 0, to = text.Length;
        while (from < to && text[from] is (byte)'\r' or (byte)'\n' or (byte)'@' or (byte)' ')
        {
            from++;
        }

        while (to > from && text[to - 1] is (byte)'\r' or (byte)'\n' or (byte)'@' or (byte)' ')
        {
            to--;
        }

        return text[from..to];
    }

    // A letter and three characters; banks pad a shorter code with blanks, and some leave it out.
    private static int TypeLength(ReadOnlySpan<byte> rest)
    {
        if (rest.StartsWith("NONREF"u8) && (rest.Length == 6 || rest[6] is (byte)'/' or (byte)' '))
        {
            return 0;
        }

        if (rest.IsEmpty || !char.IsAsciiLetterUpper((char)rest[0]))
        {
            return 0;
        }

        var length = Math.Min(4, rest.Length);
        for (var i = 1; i < length; i++)
        {
            if (!char.IsAsciiDigit((char)rest[i]) && !char.IsAsciiLetter((char)rest[i]) && rest[i] != ' ')
            {
                return 0;
            }
        }

        // A type other than N, S or F is no type of the standard: it counts as one when something follows it.
        return rest[0] is (byte)'N' or (byte)'S' or (byte)'F' || (rest.Length > 4 && (rest[4..].StartsWith("NONREF"u8) || rest[1..4].IndexOf((byte)' ') < 0)) ? length : 0;
    }

    private static char Upper(byte b) => (char)(b is >= (byte)'a' and <= (byte)'z' ? b - 32 : b);
}
