namespace Receivables.Sdk.Statements.Camt;

/// <summary>Transaction codes: there are few in a file, so each is made once.</summary>
internal sealed class CamtCodeCache(CamtTexts texts)
{
    private readonly CamtKeptValues<BankTransactionCode> _known = new();

    /// <summary>The code of an entry or detail; null when there is none.</summary>
    internal BankTransactionCode? Read(CamtFields fields)
    {
        if (!fields.TryBlock(CamtField.CodeDomain, CamtField.CodeIssuer, out var key))
        {
            return Create(fields);
        }

        if (key.IsEmpty)
        {
            return null;
        }

        if (!_known.TryFind(key, default, out var code))
        {
            code = Create(fields);
            _known.Keep(key, default, code);
        }

        return code;
    }

    // German banks write the SWIFT type, their GVC, the journal number and a text key into one code: NTRF+166+9251+997 (DK, Anlage 3, chapter 7). Some write the GVC alone.
    private BankTransactionCode? Create(CamtFields fields)
    {
        var domain = texts.Pooled(fields[CamtField.CodeDomain]);
        var proprietary = texts.Pooled(fields[CamtField.CodeProprietary]);
        if (domain is null && proprietary is null)
        {
            return null;
        }

        var issuer = texts.Pooled(fields[CamtField.CodeIssuer]);
        string? swift = null, gvc = null;
        if (proprietary?.Split('+') is [{ Length: 4 } type, { Length: 3 } number, ..] && type[0] is 'N' or 'F' or 'S' && IsNumber(number))
        {
            (swift, gvc) = (type, number);
        }
        else if (proprietary is { Length: 3 } && issuer is "ZKA" or "DK" or "DFUE" && IsNumber(proprietary))
        {
            gvc = proprietary;
        }

        return new BankTransactionCode
        {
            Domain = domain,
            Family = texts.Pooled(fields[CamtField.CodeFamily]),
            SubFamily = texts.Pooled(fields[CamtField.CodeSubFamily]),
            Proprietary = proprietary,
            Swift = swift,
            Gvc = gvc,
        };
    }

    private static bool IsNumber(string text) => text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
