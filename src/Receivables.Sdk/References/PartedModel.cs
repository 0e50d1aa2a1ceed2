namespace Receivables.Sdk.References;

/// <summary>
/// References of Slovenia and Croatia: country, a model of two digits, and up to three parts with hyphens between them, 20 digits in all. The
/// model says which parts end in a check digit (mod 11, weights rising from 2) and over what it is made.
/// </summary>
/// <remarks>
/// Models 00 to 11 are the same in both countries, as they come from the payment service of the former common state. Sources: Združenje bank
/// Slovenije, "Pravila za oblikovanje in uporabo standardiziranih referenc"; Fina, "Jedinstveni pregled osnovnih modela poziva na broj".
/// A reference that comes without country and model is taken for model 12 in Slovenia and model 01 in Croatia, the usual ones.
/// </remarks>
internal static class PartedModel
{
    private const int MaxDigits = 20;
    private const int MaxParts = 3;

    internal static ReferenceFault Check(ReadOnlySpan<char> s, string country, Span<char> canonical, out int length)
    {
        var fault = Copy(s, canonical, out length);
        if (fault != ReferenceFault.None)
        {
            return fault;
        }

        if (char.IsAsciiDigit(canonical[0]))
        {
            // Without a prefix: the usual model goes before it.
            canonical[..length].CopyTo(canonical[4..]);
            country.CopyTo(canonical);
            UsualModel(country).CopyTo(canonical[2..]);
            length += 4;
        }
        else if (!canonical[..length].StartsWith(country))
        {
            return ReferenceFault.Prefix;
        }

        if (length < 4 || !char.IsAsciiDigit(canonical[2]) || !char.IsAsciiDigit(canonical[3]))
        {
            return ReferenceFault.Model;
        }

        if (length > 4 && canonical[4] == '-')
        {
            canonical[5..length].CopyTo(canonical[4..]);
            length--;
        }

        return CheckParts(canonical[..length]);
    }

    internal static ReferenceFault Create(ReadOnlySpan<char> body, string country, int? model, Span<char> canonical, out int length)
    {
        length = 0;
        if (model is < 0 or > 99)
        {
            return ReferenceFault.Model;
        }

        country.CopyTo(canonical);
        UsualModel(country).CopyTo(canonical[2..]);
        if (model is { } given)
        {
            canonical[2] = CheckDigits.ToChar(given / 10);
            canonical[3] = CheckDigits.ToChar(given % 10);
        }

        if (ChecksOf(canonical[..4]) is not { } checks)
        {
            return ReferenceFault.Model;
        }

        var digits = body.Length - body.Count('-');
        if (digits + (checks.Length / 2) > MaxDigits || body.Count('-') >= MaxParts || (IsFixed(canonical) && digits > 12))
        {
            return ReferenceFault.Length;
        }

        if (IsFixed(canonical))
        {
            var fault = ReferenceText.CopyPadded(body, canonical.Slice(4, 12));
            canonical[16] = fault == ReferenceFault.None ? CheckDigits.ToChar(CheckDigits.Rising11(canonical.Slice(4, 12))) : '0';
            length = 17;
            return fault;
        }

        return CreateParts(body, checks, canonical, out length);
    }

    internal static string Print(string canonical) => canonical[..4] + " " + canonical[4..];

    // Every part, with its check digit where the model has one; an empty last part takes the check digit alone.
    private static ReferenceFault CreateParts(ReadOnlySpan<char> body, string checks, Span<char> canonical, out int length)
    {
        length = 4;
        Span<int> starts = stackalloc int[MaxParts];
        int part = 0, count = body.Count('-') + 1;
        foreach (var range in body.Split('-'))
        {
            starts[part++] = length;
            body[range].CopyTo(canonical[length..]);
            length += body[range].Length;
            if (FirstPartOfCheck(checks, part, count) is var first and > 0)
            {
                canonical[length] = CheckDigits.ToChar(CheckDigits.Rising11(canonical[starts[first - 1]..length]));
                length++;
            }

            if (part < count)
            {
                canonical[length++] = '-';
            }
        }

        return CheckParts(canonical[..length]);
    }

    private static ReferenceFault CheckParts(ReadOnlySpan<char> text)
    {
        if (ChecksOf(text) is not { } checks)
        {
            return ReferenceFault.Model;
        }

        var body = text[4..];
        var count = body.Count('-') + 1;
        var digits = body.Length - count + 1;
        if (digits is 0 or > MaxDigits || (IsFixed(text) && body.Length != 13))
        {
            return ReferenceFault.Length;
        }

        if (count > MaxParts || count < LeastParts(checks))
        {
            return ReferenceFault.Form;
        }

        Span<int> starts = stackalloc int[MaxParts];
        var part = 0;
        foreach (var range in body.Split('-'))
        {
            var (start, length) = range.GetOffsetAndLength(body.Length);
            if (length == 0)
            {
                return ReferenceFault.Form;
            }

            starts[part++] = start;
            if (FirstPartOfCheck(checks, part, count) is var first and > 0)
            {
                var last = start + length - 1;
                if (body[last] != CheckDigits.ToChar(CheckDigits.Rising11(body[starts[first - 1]..last])))
                {
                    return ReferenceFault.CheckDigits;
                }
            }
        }

        return ReferenceFault.None;
    }

    // Two digits for each check: the first and the last part that it is made over. Null: the model is not known.
    private static string? ChecksOf(ReadOnlySpan<char> text) => text[2..4] switch
    {
        "00" => "",
        "01" => "13",
        "02" => "2233",
        "03" => "112233",
        "04" => "1133",
        "05" => "11",
        "06" => "23",
        "07" => "22",
        "08" => "1233",
        "09" => "12",
        "10" => "1123",
        "11" => "1122",
        "12" when text[0] == 'S' => "11",
        _ => null,
    };

    // The first part of the check that a part ends in, from 1; 0 when it ends in none. A check over several parts ends in the last that is there.
    private static int FirstPartOfCheck(string checks, int part, int count)
    {
        for (var i = 0; i < checks.Length; i += 2)
        {
            if (part == Math.Min(checks[i + 1] - '0', count) && part >= checks[i] - '0')
            {
                return checks[i] - '0';
            }
        }

        return 0;
    }

    // Every check needs its first part.
    private static int LeastParts(string checks) => checks.Length == 0 ? 1 : checks[^2] - '0';

    private static bool IsFixed(ReadOnlySpan<char> text) => text[0] == 'S' && text[2..4] is "12";

    private static string UsualModel(string country) => country == "SI" ? "12" : "01";

    // Hyphens belong to the reference, but not around it and not beside each other's blanks.
    private static ReferenceFault Copy(ReadOnlySpan<char> s, Span<char> target, out int length)
    {
        length = 0;
        foreach (var c in s)
        {
            if (c != '-' && ReferenceText.IsSeparator(c))
            {
                continue;
            }

            if (c != '-' && !char.IsAsciiDigit(c) && !(char.IsAsciiLetter(c) && length < 2))
            {
                return ReferenceFault.Character;
            }

            if (c == '-' && length == 0)
            {
                continue;
            }

            if (length == 4 + MaxDigits + MaxParts)
            {
                return ReferenceFault.Length;
            }

            target[length++] = c >= 'a' ? (char)(c - 32) : c;
        }

        while (length > 0 && target[length - 1] == '-')
        {
            length--;
        }

        return length == 0 ? ReferenceFault.Empty : ReferenceFault.None;
    }
}
