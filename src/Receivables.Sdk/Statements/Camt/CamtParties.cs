namespace Receivables.Sdk.Statements.Camt;

/// <summary>Reads the other side of a transaction.</summary>
internal sealed class CamtParties(CamtTexts texts)
{
    private const byte Creditor = CamtField.CreditorName - CamtField.DebtorName;

    /// <summary>Reads one side; null when the source says nothing of it.</summary>
    /// <param name="detail">The fields of the detail.</param>
    /// <param name="isDebtor">Whether the other side is the debtor.</param>
    internal Counterparty? Read(CamtFields detail, bool isDebtor)
    {
        var side = isDebtor ? (byte)0 : Creditor;
        var ultimate = texts.Text(detail[isDebtor ? CamtField.UltimateDebtorName : CamtField.UltimateCreditorName]);
        var name = texts.Text(detail[CamtField.DebtorName + side]);
        var bic = texts.Pooled(detail[CamtField.DebtorBic + side]);
        var account = detail[CamtField.DebtorIban + side];
        var written = texts.Text(account.IsEmpty ? detail[CamtField.DebtorAccount + side] : account);
        if (ultimate is null && name is null && bic is null && written is null)
        {
            return null;
        }

        Iban? iban = Iban.TryParse(written, out var parsed) ? parsed : null;
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
        string? address = null;
        foreach (var item in detail.Range)
        {
            if (item.Field == CamtField.DebtorAddress + side || item.Field == CamtField.DebtorAddressMore + side)
            {
                var part = texts.Pooled(detail.Bytes(item));
                address = address is null ? part : address + (item.Field == CamtField.DebtorAddressMore + side ? " " : ", ") + part;
            }
        }

        return address;
    }
}
