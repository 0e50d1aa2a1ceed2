using System.Diagnostics;

namespace Receivables.Sdk.References;

/// <summary>The check-digit algorithms. Every method takes the characters that the digit is made over, ASCII digits (mod 97: and capitals), at least one.</summary>
internal static class CheckDigits
{
    /// <summary>The rest of ISO 7064 mod 97-10, letters as A = 10 … Z = 35, with the first <paramref name="moved"/> characters taken last.</summary>
    internal static int Mod97(ReadOnlySpan<char> text, int moved = 0)
    {
        return (int)(Append(Append(0, text[moved..]), text[..moved]) % 97);
    }

    // Divided only before the number would no longer fit.
    private static ulong Append(ulong rest, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            rest = rest > ulong.MaxValue / 200 ? rest % 97 : rest;
            rest = c <= '9' ? (rest * 10) + c - '0' : (rest * 100) + c - 'A' + 10;
        }

        return rest;
    }

    /// <summary>Luhn, ISO/IEC 7812-1 annex B: every second digit from the right counts double, less 9 above 9.</summary>
    internal static int Luhn(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (int i = body.Length - 1, twice = 1; i >= 0; i--, twice ^= 1)
        {
            var digit = (body[i] - '0') << twice;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return (10 - (sum % 10)) % 10;
    }

    /// <summary>Weights 7, 3, 1 from the right, up to the next ten.</summary>
    internal static int SevenThreeOne(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (int i = body.Length - 1, at = 0; i >= 0; i--, at = at == 2 ? 0 : at + 1)
        {
            sum += (body[i] - '0') * (at == 0 ? 7 : at == 1 ? 3 : 1);
        }

        return (10 - (sum % 10)) % 10;
    }

    /// <summary>Mod 10 recursive: the carry goes through a table of ten.</summary>
    internal static int Recursive10(ReadOnlySpan<char> body)
    {
        ReadOnlySpan<byte> table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
        var carry = 0;
        foreach (var c in body)
        {
            carry = table[(carry + c - '0') % 10];
        }

        return (10 - carry) % 10;
    }

    /// <summary>Norwegian mod 11: weights 2 to 7 again and again from the right; 10 stands for a dash.</summary>
    internal static int Norwegian11(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (int i = body.Length - 1, weight = 2; i >= 0; i--, weight = weight == 7 ? 2 : weight + 1)
        {
            sum += (body[i] - '0') * weight;
        }

        return (11 - (sum % 11)) % 11;
    }

    /// <summary>Dutch mod 11: weights 2, 4, 8, 5, 10, 9, 7, 3, 6, 1 again and again from the right; 10 becomes 1, 11 becomes 0.</summary>
    internal static int Dutch11(ReadOnlySpan<char> body)
    {
        ReadOnlySpan<byte> weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1];
        var sum = 0;
        for (int i = body.Length - 1, at = 0; i >= 0; i--, at = at == 9 ? 0 : at + 1)
        {
            sum += (body[i] - '0') * weights[at];
        }

        return (11 - (sum % 11)) switch { 10 => 1, 11 => 0, var digit => digit };
    }

    /// <summary>Mod 11 of Slovenia and Croatia: weights 2, 3, 4 … rising from the right; 10 and 11 become 0. Other characters than digits are passed over.</summary>
    internal static int Rising11(ReadOnlySpan<char> body)
    {
        int sum = 0, weight = 2;
        for (var i = body.Length - 1; i >= 0; i--)
        {
            if (char.IsAsciiDigit(body[i]))
            {
                sum += (body[i] - '0') * weight++;
            }
        }

        return (11 - (sum % 11)) switch { 10 or 11 => 0, var digit => digit };
    }

    /// <summary>The digit as a character.</summary>
    internal static char ToChar(int digit)
    {
        Debug.Assert(digit is >= 0 and <= 9);
        return (char)('0' + digit);
    }
}
