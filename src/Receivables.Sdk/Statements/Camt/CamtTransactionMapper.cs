namespace Receivables.Sdk.Statements.Camt;

/// <summary>Makes transactions of the fields of an entry and of one of its details.</summary>
internal sealed class CamtTransactionMapper(CamtTexts texts, CamtAmounts amounts)
{
    private readonly CamtCodeCache _codes = new(texts);
    private readonly CamtParties _parties = new(texts);
    private readonly CamtRemittance _remittance = new(texts, amounts);
    private readonly List<KeyValuePair<string, string>> _others = [];

    /// <summary>Makes a transaction.</summary>
    /// <param name="slice">Where it stands in the source.</param>
    /// <param name="from">The first field of its detail.</param>
    /// <param name="to">The end of its detail; as <paramref name="from"/> when there is none.</param>
    /// <param name="entry">The fields of the entry.</param>
    /// <param name="detail">The fields of the detail.</param>
    /// <param name="facts">What it shares with the entry's other transactions.</param>
    /// <param name="amount">Its signed amount.</param>
    /// <param name="entryCharges">The entry's charges, when they are this transaction's.</param>
    /// <param name="batch">Its batch.</param>
    /// <param name="parts">What the source says it is made of.</param>
    internal BankTransaction Map(
        in CamtSlice slice,
        int from,
        int to,
        CamtFields entry,
        CamtFields detail,
        in CamtEntryFacts facts,
        Money amount,
        Money? entryCharges,
        TransactionBatch? batch,
        IReadOnlyList<BankTransaction>? parts)
    {
        var record = slice.Record;
        texts.Place = new SourceLocation(slice.Offset, slice.Length, slice.Line, 1);
        var remittance = _remittance.Read(record, from, to);
        var information = texts.Text(detail[CamtField.Information]);
        var entryInformation = texts.Text(entry[CamtField.Information]);
        var text = remittance.Text ?? information ?? (to == from ? entryInformation : null);
        return new BankTransaction
        {
            Amount = amount,
            BookingDate = facts.BookingDate,
            IsBookingDateFromValueDate = facts.IsBookingDateFromValueDate,
            ValueDate = facts.ValueDate,
            Status = facts.Status,
            IsReversal = facts.IsReversal,
            Counterparty = _parties.Read(detail, IsFromDebtor(detail, facts, amount)),
            Remittance = text,
            StructuredReference = remittance.Reference,
            EndToEndId = texts.Reference(detail[CamtField.EndToEndId]),
            BankReference = texts.Reference(detail[CamtField.ServicerReference]) ?? texts.Reference(entry[CamtField.ServicerReference]),
            CustomerReference = texts.Reference(detail[CamtField.InstructionId]) ?? texts.Reference(detail[CamtField.PaymentInformationId]),
            Code = _codes.Read(detail.Has(CamtField.CodeDomain) || detail.Has(CamtField.CodeProprietary) ? detail : entry),
            Details = Details(record, from, to, entry, detail, facts, entryCharges, batch, parts, remittance, ReferenceEquals(text, entryInformation) ? information : entryInformation ?? (ReferenceEquals(text, information) ? null : information)),
            Offset = slice.Offset,
            Length = slice.Length,
            Line = slice.Line,
            RawText = slice.Raw,
        };
    }

    // The payer of a credit, the payee of a debit. Returns and reversals keep the roles of the first payment, and the party with our own account is never the other side.
    private static bool IsFromDebtor(CamtFields detail, in CamtEntryFacts facts, Money amount)
    {
        if (IsOwn(detail[CamtField.DebtorIban], facts.OwnAccount) || IsOwn(detail[CamtField.DebtorAccount], facts.OwnAccount))
        {
            return false;
        }

        if (IsOwn(detail[CamtField.CreditorIban], facts.OwnAccount) || IsOwn(detail[CamtField.CreditorAccount], facts.OwnAccount))
        {
            return true;
        }

        return amount.IsNegative == (facts.IsReversal || detail.Has(CamtField.ReturnReason));
    }

    private static bool IsOwn(ReadOnlySpan<byte> account, StatementAccount own) =>
        !account.IsEmpty && ((own.Iban is { } iban && System.Text.Ascii.Equals(account, iban.Value)) || (own.Number is { Length: > 0 } number && System.Text.Ascii.Equals(account, number)));

    private TransactionDetails? Details(
        CamtRecord record,
        int from,
        int to,
        CamtFields entry,
        CamtFields detail,
        in CamtEntryFacts facts,
        Money? entryCharges,
        TransactionBatch? batch,
        IReadOnlyList<BankTransaction>? parts,
        in CamtRemittance.Result remittance,
        string? bookingText)
    {
        var charges = to > from ? CamtDetails.Charges(record, from, to, amounts, facts.Amount.Currency, out var other) ?? other ?? entryCharges : entryCharges;
        var original = Original(record, detail, facts.Amount.Currency) ?? (batch is null || to == from ? Original(record, entry, facts.Amount.Currency) : null);
        var others = OtherFields(record, from, to, entry, detail, remittance);
        var mandate = texts.Reference(detail[CamtField.MandateId]);
        var result = new TransactionDetails
        {
            MandateId = mandate,
            // The creditor of a direct debit has the identifier of its scheme in the place of a party's number.
            CreditorId = mandate is null ? null : texts.Pooled(detail[CamtField.CreditorPartyId]),
            ReturnReason = texts.Pooled(detail[CamtField.ReturnReason]),
            Charges = charges is { IsZero: true } ? null : charges,
            Original = original,
            Batch = batch,
            Uetr = texts.Reference(detail[CamtField.Uetr]),
            Purpose = texts.Pooled(detail[CamtField.Purpose]),
            BookingText = bookingText,
            Documents = remittance.Documents ?? [],
            OtherFields = others,
            Parts = parts ?? [],
        };
        return IsEmpty(result) ? null : result;
    }

    private static bool IsEmpty(TransactionDetails d) =>
        d is { MandateId: null, ReturnReason: null, Charges: null, Original: null, Batch: null, Uetr: null, Purpose: null, BookingText: null }
        && d.Documents.Count == 0 && d.OtherFields.Count == 0 && d.Parts.Count == 0;

    // The first amount that is in another currency: as instructed, else as cleared. Its rate is the first that is told.
    private OriginalAmount? Original(CamtRecord record, CamtFields fields, Currency currency)
    {
        foreach (var field in (ReadOnlySpan<CamtField>)[CamtField.InstructedAmount, CamtField.TransactionAmount, CamtField.Amount])
        {
            if (amounts.Read(record, fields.IndexOf(field)) is { } amount && amount.Currency != currency)
            {
                return new OriginalAmount(amount, CamtValues.TryParseDecimal(fields[CamtField.ExchangeRate], out var rate) ? rate : null);
            }
        }

        return null;
    }

    private KeyValuePair<string, string>[] OtherFields(CamtRecord record, int from, int to, CamtFields entry, CamtFields detail, in CamtRemittance.Result remittance)
    {
        _others.Clear();
        AddOther("NtryRef", entry[CamtField.EntryReference]);
        AddOther("TxId", detail[CamtField.TransactionId]);
        AddOther("MsgId", detail[CamtField.SentMessageId]);
        AddOther("ChqNb", detail[CamtField.ChequeNumber]);
        AddOther("ClrSysRef", detail[CamtField.ClearingReference]);
        AddOther("RtrInf", detail[CamtField.ReturnInformation]);
        if (detail.Has(CamtField.InstructionId))
        {
            AddOther("PmtInfId", detail[CamtField.PaymentInformationId]);
        }

        if (detail.Has(CamtField.OtherReference))
        {
            AddProprietary(record, from, to);
        }

        if (remittance.Notes is { } notes)
        {
            _others.AddRange(notes);
        }

        return _others.Count == 0 ? [] : _others.ToArray();
    }

    private void AddProprietary(CamtRecord record, int from, int to)
    {
        var type = "Prtry";
        foreach (var item in record.Items[from..to])
        {
            if (item.Field == CamtField.OtherReferenceType)
            {
                type = texts.Pooled(record.Bytes(item)) ?? type;
            }
            else if (item.Field == CamtField.OtherReference)
            {
                AddOther(type, record.Bytes(item));
                type = "Prtry";
            }
        }
    }

    private void AddOther(string name, ReadOnlySpan<byte> value)
    {
        if (texts.Reference(value) is { } text)
        {
            _others.Add(new KeyValuePair<string, string>(name, text));
        }
    }
}
