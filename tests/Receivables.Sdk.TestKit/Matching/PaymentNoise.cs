using System.Globalization;
using System.Text;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>What payers and banks do to numbers, names and texts.</summary>
internal static class PaymentNoise
{
    /// <summary>A number as payers write it, all digits kept.</summary>
    internal static string Write(Dice dice, string number) => dice.Below(10) switch
    {
        0 => string.Concat(number.Where(char.IsLetterOrDigit)),
        1 => number.Replace('-', ' ').Replace('/', ' '),
        2 => number.Replace('-', '/'),
        3 => Regroup(dice, string.Concat(number.Where(char.IsAsciiDigit))),
        4 => string.Concat(number.Where(char.IsAsciiDigit)),
        5 => number.ToLowerInvariant(),
        6 => "001*0050*" + string.Concat(number.Where(char.IsAsciiDigit)).PadLeft(10, '0'),
        _ => number,
    };

    /// <summary>The number's end, as payers shorten it.</summary>
    internal static string Shorten(string number)
    {
        var cut = number.LastIndexOfAny(['-', '/', '.']);
        return cut > 0 && cut < number.Length - 3 ? number[(cut + 1)..] : number.TrimStart('0');
    }

    /// <summary>One error: a digit wrong, swapped, missing or doubled.</summary>
    internal static string Err(Dice dice, string number)
    {
        var digits = Enumerable.Range(0, number.Length).Where(i => char.IsAsciiDigit(number[i])).ToList();
        if (digits.Count < 3)
        {
            return number;
        }

        var at = digits[dice.Between(1, digits.Count - 1)];
        return dice.Below(10) switch
        {
            < 5 => number[..at] + (char)('0' + ((number[at] - '0' + dice.Between(1, 9)) % 10)) + number[(at + 1)..],
            < 8 when char.IsAsciiDigit(number[at - 1]) => number[..(at - 1)] + number[at] + number[at - 1] + number[(at + 1)..],
            8 => number[..at] + number[(at + 1)..],
            _ => number[..at] + number[at] + number[at..],
        };
    }

    /// <summary>A name as banks print it: upper case, two or one letters for others, cut at a field's width.</summary>
    internal static string Print(Dice dice, string name)
    {
        var text = dice.Is(0.7) ? name.ToUpperInvariant() : name;
        text = dice.Is(0.5)
            ? text.Replace("Ü", "UE").Replace("Ö", "OE").Replace("Ä", "AE").Replace("ü", "ue").Replace("ö", "oe").Replace("ä", "ae").Replace("ß", "ss")
            : Plain(text);
        return text.Length > 35 ? text[..(dice.Is(0.5) ? 27 : 35)].Trim() : text;
    }

    /// <summary>Another name for the same payer.</summary>
    internal static string Vary(Dice dice, string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        switch (dice.Below(7))
        {
            case 0:
                return words.Count > 1 ? string.Join(' ', words.SkipLast(1)) : name;
            case 1:
                return words.Count > 1 ? string.Join(' ', words.Skip(1).Append(words[0])) : name;
            case 2:
                return string.Concat(words);
            case 3:
                return words.Count > 2 ? words[0] + " " + words[1][..Math.Min(4, words[1].Length)] + ". " + string.Join(' ', words.Skip(2)) : name;
            case 4:
                var at = dice.Between(1, Math.Max(1, name.Length - 2));
                return name[..at] + name[(at + 1)..];
            case 5:
                return name.Length > 20 ? name[..20] : name;
            default:
                return words.Count > 2 ? string.Join(' ', words.Take(2)) : name;
        }
    }

    /// <summary>Words and numbers that mean nothing.</summary>
    internal static string Distract(Dice dice) => dice.Below(5) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{dice.Between(1, 28):00}.{dice.Between(1, 12):00}.2026"),
        1 => string.Create(CultureInfo.InvariantCulture, $"tel 0{dice.Between(10, 99)} {dice.Between(1000000, 9999999)}"),
        2 => string.Create(CultureInfo.InvariantCulture, $"kl.nr {dice.Between(10_000, 99_999)}"),
        3 => string.Create(CultureInfo.InvariantCulture, $"order {dice.Between(1000, 999_999)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"EUR {dice.Between(10, 3000)},{dice.Between(10, 99)}"),
    };

    private static string Regroup(Dice dice, string digits)
    {
        var at = dice.Between(1, Math.Max(1, digits.Length - 1));
        return digits[..at] + (dice.Is(0.7) ? " " : ".") + digits[at..];
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(c switch
            {
                'Ü' => 'U',
                'Ö' => 'O',
                'Ä' => 'A',
                'ü' => 'u',
                'ö' => 'o',
                'ä' => 'a',
                'ß' => 's',
                'é' or 'è' => 'e',
                'É' or 'È' => 'E',
                'Ø' => 'O',
                'ø' => 'o',
                'ñ' => 'n',
                'Ñ' => 'N',
                'Å' => 'A',
                'å' => 'a',
                _ => c,
            });
        }

        return plain.ToString();
    }
}
