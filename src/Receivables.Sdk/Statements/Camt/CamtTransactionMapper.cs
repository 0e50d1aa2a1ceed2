namespace Receivables.Sdk.Statements.Camt;

/// <summary>Makes transactions of the fields of an entry and of one of its details.</summary>
internal sealed class CamtTransactionMapper(CamtTexts texts, CamtAmounts amounts)
{
    private readonly CamtCodeCache _codes = new(texts);
    private readonly CamtParties _parties = new(texts);
    private readonly CamtRemittance _remittance = new(texts, amounts);
    private readonly List<KeyValuePair<string, string>> _others = [];
    private KeyValuePair<string, string>[] _entryOthers = [];
    private string? _entryInformation;
    private CamtRemittance.Result _entryRemittance;
    private TransactionDetails? _shared;

    /// <summary>Begins an entry: what its transactions share is made once.</summary>
    /// <param name="record">Its record.</param>
    /// <param name="entry">Its fields outside of details.</param>
    /// <returns>Whether there is a remittance among them.</returns>
    internal bool Begin(CamtRecord record, CamtFields entry)
    {
        _shared = null;
        _entryRemittance = _remittance.Read(record, entry, record.Count);
        _entryInformation = texts.Text(entry[CamtField.Information]);
        var reference = entry[CamtField.EntryReference];
        _entryOthers = reference.SequenceEqual(entry[CamtField.ServicerReference]) || texts.Reference(reference) is not { } text
            ? []
            : [new KeyValuePair<string, string>("NtryRef", text)];
        return entry.Has(CamtField.Unstructured) || entry.Has(CamtField.Structured);
    }

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
        var remittance = detail.Has(CamtField.Unstructured) || detail.Has(CamtField.Structured) ? _remittance.Read(record, detail, to) : _entryRemittance;
        var information = texts.Text(detail[CamtField.Information]);
        var text = remittance.Text ?? information ?? (to == from ? _entryInformation : null);
        var bookingText = ReferenceEquals(text, _entryInformation) ? information : _entryInformation ?? (ReferenceEquals(text, information) ? null : information);
        var entryTexts = new EntryTexts
        {
            Counterparty = _parties.Read(detail, IsFromDebtor(detail, facts, amount)),
            Remittance = text,
            StructuredReference = remittance.Reference,
            EndToEndId = texts.Reference(detail[CamtField.EndToEndId]),
            BankReference = texts.Reference(detail[CamtField.ServicerReference]) ?? texts.Reference(entry[CamtField.ServicerReference]),
            CustomerReference = texts.Reference(detail[CamtField.InstructionId]) ?? texts.Reference(detail[CamtField.PaymentInformationId]),
            Code = _codes.Read(detail.Has(CamtField.CodeDomain) || detail.Has(CamtField.CodeProprietary) ? detail : entry),
            Details = Details(record, from, to, entry, detail, facts, entryCharges, batch, parts, remittance, bookingText),
            RawText = slice.Raw,
        };
        return new BankTransaction(
            ExactAmount.Of(amount.Amount), amount.Currency, facts.BookingDate, facts.ValueDate, entryTexts, new SourceLocation(slice.Offset, slice.Length, slice.Line, 1),
            facts.Status, facts.IsBookingDateFromValueDate, facts.IsReversal);
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

        var isReturn = facts.IsReversal || detail.Has(CamtField.ReturnReason);
        var isFromDebtor = amount.IsNegative == isReturn;

        // A bank that turns the roles round in a return names the other side alone.
        return isReturn && !Names(detail, isFromDebtor) && Names(detail, !isFromDebtor) ? !isFromDebtor : isFromDebtor;
    }

    private static bool Names(CamtFields detail, bool isDebtor) => isDebtor
        ? detail.Has(CamtField.DebtorName) || detail.Has(CamtField.DebtorIban) || detail.Has(CamtField.DebtorAccount)
        : detail.Has(CamtField.CreditorName) || detail.Has(CamtField.CreditorIban) || detail.Has(CamtField.CreditorAccount);

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
        var hasCharges = detail.Has(CamtField.ChargeAmount) || detail.Has(CamtField.ChargesTotal);
        var original = Original(record, detail, facts.Amount.Currency) ?? (batch is null || to == from ? Original(record, entry, facts.Amount.Currency) : null);
        if (!hasCharges && entryCharges is null && (original ?? remittance.Documents ?? remittance.Notes ?? (object?)parts) is null
            && ReferenceEquals(bookingText, _entryInformation) && !detail.HasAny(CamtField.PaymentInformationId, CamtField.Purpose))
        {
            return Shared(batch);
        }

        var charges = hasCharges ? CamtDetails.Charges(record, from, to, amounts, facts.Amount.Currency, out var other) ?? other ?? entryCharges : entryCharges;
        var mandate = texts.Reference(detail[CamtField.MandateId]);
        var reason = texts.Pooled(detail[CamtField.ReturnReason]);
        var uetr = texts.Reference(detail[CamtField.Uetr]);
        var purpose = texts.Pooled(detail[CamtField.Purpose]);
        var others = OtherFields(record, from, to, detail, remittance);
        charges = charges is { IsZero: true } ? null : charges;
        if ((mandate ?? reason ?? uetr ?? purpose ?? (object?)original ?? remittance.Documents ?? (object?)parts) is null && charges is null
            && ReferenceEquals(others, _entryOthers) && ReferenceEquals(bookingText, _entryInformation))
        {
            return Shared(batch);
        }

        return new TransactionDetails
        {
            MandateId = mandate,
            // The creditor of a direct debit has the identifier of its scheme in the place of a party's number.
            CreditorId = mandate is null ? null : texts.Pooled(detail[CamtField.CreditorPartyId]),
            ReturnReason = reason,
            Charges = charges,
            Original = original,
            Batch = batch,
            Uetr = uetr,
            Purpose = purpose,
            BookingText = bookingText,
            Documents = remittance.Documents is { } documents ? documents : [],
            OtherFields = others,
            Parts = parts ?? [],
        };
    }

    // What most details of a batch have: the batch, and what the entry says.
    private TransactionDetails? Shared(TransactionBatch? batch)
    {
        if (batch is null && _entryOthers.Length == 0 && _entryInformation is null)
        {
            return null;
        }

        if (_shared is null || !ReferenceEquals(_shared.Batch, batch))
        {
            _shared = new TransactionDetails { Batch = batch, OtherFields = _entryOthers, BookingText = _entryInformation };
        }

        return _shared;
    }

    // The first amount that is in another currency: as instructed, else as cleared. Its rate is the first that is told.
    private OriginalAmount? Original(CamtRecord record, CamtFields fields, Currency currency)
    {
        foreach (var field in (ReadOnlySpan<CamtField>)[CamtField.InstructedAmount, CamtField.TransactionAmount, CamtField.Amount])
        {
            if (amounts.IsForeign(record, fields.IndexOf(field), currency) && amounts.Read(record, fields.IndexOf(field)) is { } amount)
            {
                return new OriginalAmount(amount, CamtValues.TryParseDecimal(fields[CamtField.ExchangeRate], out var rate) ? rate : null);
            }
        }

        return null;
    }

    private KeyValuePair<string, string>[] OtherFields(CamtRecord record, int from, int to, CamtFields detail, in CamtRemittance.Result remittance)
    {
        _others.Clear();
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

        return _others.Count == 0 ? _entryOthers : [.. _entryOthers, .. _others];
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
