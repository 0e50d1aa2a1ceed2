namespace Receivables.Sdk.Statements;

/// <summary>Slash codes, <c>/EREF/…/NAME/…/REMI/…/</c>, as Dutch banks, KBC, HSBC and others write them.</summary>
/// <remarks>Only a known code between slashes begins a field, so that values may hold slashes; an unknown one begins a field at the very start.</remarks>
internal static class SlashCodes
{
    /// <summary>Reads a text that holds codes.</summary>
    /// <returns>Whether there was one where codes may begin.</returns>
    internal static bool TryRead(ReadOnlySpan<char> text, Narrative into)
    {
        // Some banks leave out the very first slash.
        if (text.Length > 5 && text[4] == '/' && IsKnown(text[..4]) && HasCode(text, 5))
        {
            text = string.Concat("/", text);
        }

        var at = FindFirst(text, out var length);
        if (at < 0)
        {
            return false;
        }

        ReadOnlySpan<char> remittance = default;
        var before = text[..at];
        var marks = new TextMarks(text, at + 1, '/');
        while (at >= 0)
        {
            var key = text.Slice(at + 1, length - 2);
            var next = Find(text, ref marks, out var nextLength);
            var value = next < 0 ? text[(at + length)..] : text[Math.Min(at + length, next)..next];
            if (key is "REMI" or "PY" or "EI" or "USTD")
            {
                remittance = remittance.IsEmpty ? Remittance(value, into) : string.Concat(remittance, " ", Remittance(value, into));
            }
            else if (key is "OCMT" or "CHGS" && value.IndexOf('/') is > 0 and var end && !value[(end + 1)..].TrimStart('/').IsWhiteSpace())
            {
                // An amount ends with a slash; what stands behind it is text for the payee.
                Assign(key, value[..end], into);
                remittance = remittance.IsEmpty ? value[(end + 1)..] : string.Concat(remittance, " ", value[(end + 1)..]);
            }
            else
            {
                Assign(key, value, into);
            }

            (at, length) = (next, nextLength);
        }

        into.Remittance = TextBlanks.Collapse(before.IsWhiteSpace() ? remittance : remittance.IsWhiteSpace() ? before : string.Concat(before.Trim(), " ", remittance));
        return true;
    }

    /// <summary>Whether a text is a party's account in a code and then lines that begin with a slash (banks in North Macedonia).</summary>
    internal static bool IsLedger(ReadOnlySpan<char> text, NarrativeLines lines)
    {
        if (lines.LineCount < 3 || !(text.StartsWith("/BENM/", StringComparison.Ordinal) || text.StartsWith("/ORDP/", StringComparison.Ordinal)))
        {
            return false;
        }

        return lines.Line(0).Length > 6 && char.IsAsciiDigit(lines.Line(0)[6]) && lines.Line(1).StartsWith("/", StringComparison.Ordinal) && CodeLength(lines.Line(1), 0) == 0;
    }

    /// <summary>Reads such a text: account, name, the parties' references, purpose.</summary>
    internal static void ReadLedger(NarrativeLines lines, Narrative into)
    {
        into.SetAccount(lines.Line(0)[6..]);
        into.Name = TextBlanks.Collapse(lines.Line(1)[1..]);
        var text = "";
        for (var i = 2; i < lines.LineCount; i++)
        {
            var line = lines.Line(i).Trim();
            line = line is "/EMPTY/" ? default : line.TrimStart('/');
            if (!line.IsEmpty)
            {
                text = text.Length == 0 ? line.ToString() : string.Concat(text, " ", line);
            }
        }

        into.Remittance = TextBlanks.Collapse(text);
    }

    // At the start, or behind text when the code is one that only banks write.
    private static int FindFirst(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        if (text.Length < 4)
        {
            return -1;
        }

        if (text[0] == '/')
        {
            var end = text[1..].IndexOf('/');
            if (end is >= 2 and <= 8 && IsCode(text.Slice(1, end)))
            {
                length = end + 2;
                return 0;
            }
        }

        var marks = new TextMarks(text, 0, '/');
        var at = Find(text, ref marks, out length);
        return at >= 0 && text.Slice(at + 1, length - 2) is "TRTP" or "EREF" or "REMI" or "MARF" or "ORDP" or "BENM" or "CNTP" or "OCMT" ? at : -1;
    }

    private static bool HasCode(ReadOnlySpan<char> text, int from)
    {
        var marks = new TextMarks(text, from, '/');
        return Find(text, ref marks, out _) >= 0;
    }

    private static int Find(ReadOnlySpan<char> text, ref TextMarks marks, out int length)
    {
        length = 0;
        var at = marks.Next();
        while (at >= 0)
        {
            length = CodeLength(text, at);
            if (length > 0)
            {
                return at;
            }

            at = marks.Next();
        }

        return -1;
    }

    // The length of the code that begins with the slash at a place, with both slashes; 0 when none does.
    private static int CodeLength(ReadOnlySpan<char> text, int at)
    {
        var key = text[(at + 1)..];
        if (key.Length > 4 && key[4] == '/' && IsKnown(key[..4]))
        {
            return 6;
        }

        if (key.Length > 3 && key[3] == '/' && IsKnown(key[..3]))
        {
            return 5;
        }

        // Two letters, and one more for a line of an address, are a code only beside the ones that the same bank writes.
        var isCiti = text.StartsWith("/PT/", StringComparison.Ordinal);
        if (key.Length > 3 && key[3] == '/' && isCiti && key[..2] is "BO" or "BE" or "BN" && char.IsAsciiDigit(key[2]))
        {
            return 5;
        }

        return key.Length > 2 && key[2] == '/' && ((isCiti && key[..2] is "PY" or "EI" or "BI" or "BO" or "BE" or "BN") || (key[..2] is "VA" && text.Contains("/OGB/", StringComparison.Ordinal)))
            ? 4
            : 0;
    }

    internal static bool IsKnown(ReadOnlySpan<char> key) => key is
        "TRTP" or "EREF" or "MARF" or "CSID" or "REMI" or "IBAN" or "BIC" or "NAME" or "BENM" or "ORDP" or "CNTP" or "PREF" or "RTRN" or "PURP" or "TRCD"
        or "ISDT" or "ADDR" or "SVCL" or "IACC" or "BBAN" or "ACCW" or "ULTC" or "ULTD" or "ULTB" or "OCMT" or "CHGS" or "EXCH" or "OGB" or "OSDR"
        or "KREF" or "IREF" or "INIT" or "NRTX" or "CHGT" or "CORG";

    private static bool IsCode(ReadOnlySpan<char> key)
    {
        foreach (var c in key)
        {
            if (!char.IsAsciiLetterUpper(c))
            {
                return false;
            }
        }

        return true;
    }

    internal static void Assign(ReadOnlySpan<char> key, ReadOnlySpan<char> value, Narrative into)
    {
        value = value.Trim().TrimEnd('/').Trim();
        switch (key)
        {
            case "ORDP" or "BO" or "BO1" when into.OrderingParty is null && !IsNumber(value):
                into.OrderingParty = TextBlanks.Collapse(value);
                break;
            case "BENM" or "BE" or "BN" when into.Beneficiary is null && !IsNumber(value):
                into.Beneficiary = TextBlanks.Collapse(value);
                break;
            case "CNTP":
                Party(value, into);
                break;
            case "NAME" when into.Name is null:
                into.SetName(value);
                break;
            case "IBAN" or "BBAN":
                SetAccount(value, into);
                break;
            case "ACCW":
                var comma = value.IndexOf(',');
                SetAccount(comma < 0 ? value : value[..comma], into);
                into.Bic ??= comma < 0 ? null : Pooled(value[(comma + 1)..], into);
                break;
            case "BIC":
                into.Bic ??= Pooled(value, into);
                break;
            case "ADDR":
                into.Address ??= TextBlanks.Collapse(value);
                break;
            case "EREF":
                into.EndToEndId ??= TextBlanks.IsFiller(value) ? null : Text(value);
                break;
            case "KREF":
                into.CustomerReference ??= Text(value);
                break;
            case "MARF":
                into.MandateId ??= Text(value);
                break;
            case "CSID":
                into.CreditorId ??= Pooled(value, into);
                break;
            case "TRTP":
                into.BookingText ??= Pooled(value, into);
                break;
            case "TRCD":
                into.Proprietary ??= Pooled(value, into);
                break;
            case "RTRN":
                into.ReturnReason ??= Pooled(value, into);
                break;
            case "PURP":
                into.Purpose ??= Pooled(value.StartsWith("CD/", StringComparison.Ordinal) ? value[3..] : value, into);
                break;
            case "ULTC" or "ULTD" or "ULTB":
                into.UltimateName ??= TextBlanks.Collapse(value.StartsWith("NAME/", StringComparison.Ordinal) ? value[5..].TrimEnd('/') : value);
                break;
            case "OCMT":
                into.Original ??= Text(value);
                break;
            case "CHGS":
                into.Charges ??= Text(value);
                break;
            case "EXCH":
                into.Rate ??= Text(value);
                break;
            default:
                into.AddOther(key, value);
                break;
        }
    }

    // ING: account, bank, name and place, separated by slashes.
    private static void Party(ReadOnlySpan<char> value, Narrative into)
    {
        var marks = new TextMarks(value, 0, '/');
        int first = marks.Next(), second = first < 0 ? -1 : marks.Next();
        if (second >= 0 && marks.Next() < 0 && into.TrySetKnown(value[..first], value[(first + 1)..second], value[(second + 1)..]))
        {
            return;
        }

        var rest = value;
        for (var part = 0; part < 4 && !rest.IsEmpty; part++)
        {
            var slash = part < 3 ? rest.IndexOf('/') : -1;
            var text = slash < 0 ? rest : rest[..slash];
            switch (part)
            {
                case 0:
                    SetAccount(text, into);
                    break;
                case 1:
                    into.Bic ??= Pooled(text, into);
                    break;
                case 2 when into.Name is null:
                    into.SetName(text);
                    break;
                case 2:
                    break;
                default:
                    into.Address ??= TextBlanks.Collapse(text.Trim('/'));
                    break;
            }

            rest = slash < 0 ? default : rest[(slash + 1)..];
        }
    }

    // USTD//text, or STRD/issuer/reference.
    private static ReadOnlySpan<char> Remittance(ReadOnlySpan<char> value, Narrative into)
    {
        value = value.Trim();
        if (value.StartsWith("USTD/", StringComparison.Ordinal))
        {
            value = value[5..];
        }
        else if (value.StartsWith("STRD/", StringComparison.Ordinal))
        {
            value = value[5..].TrimEnd('/');
            var slash = value.LastIndexOf('/');
            into.StructuredReference ??= RemittanceReferences.Canonical(value[(slash + 1)..].Trim(), slash < 0 ? default : value[..slash]);
            return value[(slash + 1)..].Trim();
        }

        return value.Trim('/').Trim();
    }

    /// <summary>Whether the second line of <c>:61:</c> is nothing but the bank's code for the entry, <c>/TRCD/00100/</c>, as with nearly every entry of ING.</summary>
    /// <param name="line">The line.</param>
    /// <param name="code">The code: digits.</param>
    internal static bool IsCodeAlone(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> code)
    {
        code = line.Length > 7 && line[^1] == '/' && line.StartsWith("/TRCD/"u8) ? line[6..^1] : default;
        foreach (var b in code)
        {
            if (!char.IsAsciiDigit((char)b))
            {
                return false;
            }
        }

        return !code.IsEmpty;
    }

    /// <summary>Reads the codes of the second line of <c>:61:</c>, as far as the entry's own text did not say more.</summary>
    /// <returns>Whether there was one.</returns>
    internal static bool TryReadSupplement(ReadOnlySpan<char> text, Narrative into)
    {
        var marks = new TextMarks(text, 0, '/');
        var at = Find(text, ref marks, out var length);
        if (at != 0)
        {
            return false;
        }

        while (at >= 0)
        {
            var next = Find(text, ref marks, out var nextLength);
            Assign(text.Slice(at + 1, length - 2), next < 0 ? text[(at + length)..] : text[Math.Min(at + length, next)..next], into);
            (at, length) = (next, nextLength);
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange('0', '9');

    private static void SetAccount(ReadOnlySpan<char> value, Narrative into)
    {
        if (!into.HasAccount)
        {
            into.SetAccount(value);
        }
    }

    private static string? Text(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        return value.IsEmpty ? null : value.ToString();
    }

    private static string? Pooled(ReadOnlySpan<char> value, Narrative into)
    {
        value = value.Trim();
        return value.IsEmpty ? null : into.Pool.Get(value);
    }
}
