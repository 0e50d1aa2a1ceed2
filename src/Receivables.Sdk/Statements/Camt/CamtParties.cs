using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Reads the other side of a transaction. Customers pay again and again: a party that was read lately is not made anew.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class CamtParties(CamtTexts texts)
{
    // The schemas allow far less: seven lines of 70 characters at most.
    private const int MaxAddress = 2048;

    private const byte Creditor = CamtField.CreditorName - CamtField.DebtorName;

    private readonly CamtKeptValues<Counterparty> _kept = new();

    /// <summary>Reads one side; null when the source says nothing of it.</summary>
    /// <param name="detail">The fields of the detail.</param>
    /// <param name="isDebtor">Whether the other side is the debtor.</param>
    internal Counterparty? Read(CamtFields detail, bool isDebtor)
    {
        var side = isDebtor ? (byte)0 : Creditor;
        if (!detail.TryBlock(CamtField.DebtorName + side, CamtField.UltimateDebtorName + side, out var key))
        {
            return Make(detail, side);
        }

        var bank = detail[CamtField.DebtorBic + side];
        if (key.IsEmpty && bank.IsEmpty)
        {
            return null;
        }

        if (!_kept.TryFind(key, bank, out var party))
        {
            party = Make(detail, side);
            _kept.Keep(key, bank, party);
        }

        return party;
    }

    private Counterparty? Make(CamtFields detail, byte side)
    {
        var ultimate = texts.Text(detail[CamtField.UltimateDebtorName + side]);
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
    [SkipLocalsInit]
    private string? Address(CamtFields detail, byte side)
    {
        Span<byte> line = stackalloc byte[MaxAddress];
        var length = 0;
        foreach (var item in detail.Address(side))
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

        return texts.Pooled(line[..length]);
    }
}
