namespace Receivables.Sdk.Statements.Camt;

/// <summary>Transaction codes: there are few in a file, so each is made once.</summary>
internal sealed class CamtCodeCache(CamtTexts texts)
{
    private const int MaxKept = 1024;

    private readonly Dictionary<(string?, string?, string?, string?, string?), BankTransactionCode> _known = [];

    /// <summary>The code of an entry or detail; null when there is none.</summary>
    internal BankTransactionCode? Read(CamtFields fields)
    {
        var key = (
            texts.Pooled(fields[CamtField.CodeDomain]), texts.Pooled(fields[CamtField.CodeFamily]), texts.Pooled(fields[CamtField.CodeSubFamily]),
            texts.Pooled(fields[CamtField.CodeProprietary]), texts.Pooled(fields[CamtField.CodeIssuer]));
        if (key is (null, _, _, null, _))
        {
            return null;
        }

        if (!_known.TryGetValue(key, out var code))
        {
            code = Create(key.Item1, key.Item2, key.Item3, key.Item4, key.Item5);
            if (_known.Count < MaxKept)
            {
                _known.Add(key, code);
            }
        }

        return code;
    }

    // German banks write the SWIFT type, their GVC, the journal number and a text key into one code: NTRF+166+9251+997 (DK, Anlage 3, chapter 7). Some write the GVC alone.
    private static BankTransactionCode Create(string? domain, string? family, string? subFamily, string? proprietary, string? issuer)
    {
        string? swift = null, gvc = null;
        if (proprietary?.Split('+') is [{ Length: 4 } type, { Length: 3 } number, ..] && type[0] is 'N' or 'F' or 'S' && IsNumber(number))
        {
            (swift, gvc) = (type, number);
        }
        else if (proprietary is { Length: 3 } && issuer is "ZKA" or "DK" or "DFUE" && IsNumber(proprietary))
        {
            gvc = proprietary;
        }

        return new BankTransactionCode { Domain = domain, Family = family, SubFamily = subFamily, Proprietary = proprietary, Swift = swift, Gvc = gvc };
    }

    private static bool IsNumber(string text) => text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
