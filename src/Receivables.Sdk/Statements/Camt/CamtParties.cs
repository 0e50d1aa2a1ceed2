namespace Receivables.Sdk.Statements.Camt;

/// <summary>Reads the other side of a transaction.</summary>
internal sealed class CamtParties(CamtTexts texts)
{
    // The schemas allow far less: seven lines of 70 characters at most.
    private const int MaxAddress = 2048;

    private const byte Creditor = CamtField.CreditorName - CamtField.DebtorName;

    /// <summary>Reads one side; null when the source says nothing of it.</summary>
    /// <param name="detail">The fields of the detail.</param>
    /// <param name="isDebtor">Whether the other side is the debtor.</param>
    internal Counterparty? Read(CamtFields detail, bool isDebtor)
    {
        var side = isDebtor ? (byte)0 : Creditor;
        var ultimate = texts.Text(detail[isDebtor ? CamtField.UltimateDebtorName : CamtField.UltimateCreditorName]);
        var name = texts.Pooled(detail[CamtField.DebtorName + side]);
        var bic = texts.Pooled(detail[CamtField.DebtorBic + side]);
        var account = detail[CamtField.DebtorIban + side];
        account = account.IsEmpty ? detail[CamtField.DebtorAccount + side] : account;
        Iban? iban = Iban.TryParseElectronic(account, out var parsed) ? parsed : null;
        var written = iban is null ? texts.Text(account) : null;
        if (ultimate is null && name is null && bic is null && account.IsEmpty)
        {
            return null;
        }

        iban ??= Iban.TryParse(written, out parsed) ? parsed : null;
        return new Counterparty
        {
            Name = name,
            Iban = iban,
            Account = iban is null ? written : null,
            Bic = bic,
            UltimateName = ultimate,
            Address = detail.Has(CamtField.DebtorAddress + side) || detail.Has(CamtField.DebtorAddressMore + side) ? Address(detail, side) : null,
        };
    }

    // One line: parts of one street or town by a blank, the rest by a comma.
    private string? Address(CamtFields detail, byte side)
    {
        Span<byte> line = stackalloc byte[MaxAddress];
        var length = 0;
        foreach (var item in detail.Range)
        {
            if (item.Field == CamtField.DebtorAddress + side || item.Field == CamtField.DebtorAddressMore + side)
            {
                var separator = length == 0 ? default : item.Field == CamtField.DebtorAddressMore + side ? " "u8 : ", "u8;
                var part = detail.Bytes(item);
                if (separator.Length + part.Length > line.Length - length)
                {
                    break;
                }

                separator.CopyTo(line[length..]);
                part.CopyTo(line[(length + separator.Length)..]);
                length += separator.Length + part.Length;
            }
        }

        return texts.Pooled(line[..length]);
    }
}
