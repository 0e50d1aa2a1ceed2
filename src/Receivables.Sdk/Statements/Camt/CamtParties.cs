using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Reads the other side of a transaction. Customers pay again and again: a party that was read lately is not made anew.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class CamtParties(CamtTexts texts)
{
    // The schemas allow far less: seven lines of 70 characters at most.
    private const int MaxAddress = 2048;
    private const int MaxKept = 384;
    private const int Kept = 1024;

    private const byte Creditor = CamtField.CreditorName - CamtField.DebtorName;

    private readonly (byte[] Key, Counterparty? Party)[] _kept = new (byte[], Counterparty?)[Kept];

    /// <summary>Reads one side; null when the source says nothing of it.</summary>
    /// <param name="detail">The fields of the detail.</param>
    /// <param name="isDebtor">Whether the other side is the debtor.</param>
    [SkipLocalsInit]
    internal Counterparty? Read(CamtFields detail, bool isDebtor)
    {
        var side = isDebtor ? (byte)0 : Creditor;
        Span<byte> key = stackalloc byte[MaxKept];
        var length = WriteKey(detail, side, key);
        if (length is 0 or > MaxKept)
        {
            return length == 0 ? null : Make(detail, side);
        }

        key = key[..length];
        // Two places for each: the one that was asked for last stands first.
        var at = CamtCodeCache.Hash(key) % Kept & ~1u;
        ref var first = ref _kept[at];
        if (first.Key is not null && key.SequenceEqual(first.Key))
        {
            return first.Party;
        }

        ref var second = ref _kept[at + 1];
        (first, second) = (second, first);
        if (first.Key is null || !key.SequenceEqual(first.Key))
        {
            first = (key.ToArray(), Make(detail, side));
        }

        return first.Party;
    }

    // Everything that the party is made of, each field behind its number; 0 when there is nothing, more than fits when it is too long to be kept.
    private static int WriteKey(CamtFields detail, byte side, Span<byte> key)
    {
        var length = 0;
        for (var field = CamtField.DebtorName + side; field <= CamtField.UltimateDebtorName + side; field++)
        {
            if (!detail.Has(field) || field == CamtField.DebtorPartyId + side)
            {
                continue;
            }

            if (field == CamtField.DebtorAddress + side || field == CamtField.DebtorAddressMore + side)
            {
                if (field == CamtField.DebtorAddressMore + side && detail.Has(CamtField.DebtorAddress + side))
                {
                    continue;
                }

                foreach (var item in detail.Address(side))
                {
                    length = Append(key, length, item.Field, detail.Bytes(item));
                }
            }
            else
            {
                length = Append(key, length, field, detail[field]);
            }
        }

        return length;
    }

    private static int Append(Span<byte> key, int length, CamtField field, ReadOnlySpan<byte> text)
    {
        if (length > MaxKept || text.Length + 2 > MaxKept - length)
        {
            return MaxKept + 1;
        }

        key[length] = (byte)field;
        text.CopyTo(key[(length + 1)..]);
        key[length + 1 + text.Length] = 0x1F;
        return length + text.Length + 2;
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
