namespace Receivables.Sdk.Statements;

/// <summary>Brings account numbers that mean the same account to the same text.</summary>
internal static class AccountKey
{
    /// <summary>Letters and digits only, upper case; empty for null.</summary>
    internal static string Of(string? number)
    {
        if (string.IsNullOrEmpty(number))
        {
            return "";
        }

        Span<char> buffer = number.Length <= 128 ? stackalloc char[number.Length] : new char[number.Length];
        var length = 0;
        foreach (var c in number)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                buffer[length++] = c >= 'a' ? (char)(c - 32) : c;
            }
        }

        return buffer[..length].ToString();
    }
}
