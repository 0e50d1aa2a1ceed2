using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>Words of the file for values of enumerations: their names, with a small first letter.</summary>
internal static class LedgerWords
{
    internal static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>The value of a field that must be there; a word that is not known is the line's fault.</summary>
    internal static T Read<T>(ref LedgerLineFields fields, LedgerField field)
        where T : struct, Enum
    {
        if (Find<T>(fields.Id(field)) is { } value)
        {
            return value;
        }

        fields.Fail(LedgerCodes.UnknownKind, $"The value of {LedgerFieldNames.Of(field)} is not known; the line is left out.", field);
        return default;
    }

    /// <summary>The value of a field that may be missing.</summary>
    internal static T Read<T>(ref LedgerLineFields fields, LedgerField field, T missing)
        where T : struct, Enum => fields.Has(field) ? Read<T>(ref fields, field) : missing;

    /// <summary>The value of a word; null for one that is not known.</summary>
    internal static T? Find<T>(string? word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(word, Of(value), StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }
}
