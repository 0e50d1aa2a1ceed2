using System.Runtime.InteropServices;
using NodaTime;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>What an entry means: one transaction, or one for each of its details when they add up to it.</summary>
internal sealed class CamtEntryMapper(StatementAssembler assembler, DiagnosticBag diagnostics, CamtTexts texts, CamtAmounts amounts)
{
    private readonly CamtFields _entry = new();
    private readonly CamtFields _fields = new();
    private readonly CamtFields _batchFields = new();
    private readonly CamtTransactionMapper _transactions = new(texts, amounts);
    private readonly List<CamtDetail> _details = [];
    private readonly List<(int From, int To)> _batches = [];

    /// <summary>Whether an entry of the statement could not be read.</summary>
    internal bool IsEntryLost { get; set; }

    /// <summary>Maps an entry.</summary>
    internal void Map(CamtRecord record, CamtEntryContext context)
    {
        context.Entries++;
        var place = record.Location;
        texts.Place = place;
        FindGroups(record);
        if (!amounts.TryRead(record, _entry.IndexOf(CamtField.Amount), place, "entry", out var amount) || ReadDirection(record, amount) is not { } direction)
        {
            IsEntryLost = true;
            diagnostics.Error(CamtCodes.EntryLost, "The entry cannot be read, and is left out.", place);
            return;
        }

        var booking = Date(CamtField.BookingDate, place);
        var value = Date(CamtField.ValueDate, place);
        TellSwapped(booking, context.Header, place);
        var facts = new CamtEntryFacts
        {
            Amount = direction == CamtDirection.Debit ? -amount : amount,
            Status = Status(place),
            IsReversal = CamtValues.IsTrue(_entry[CamtField.Reversal]),
            BookingDate = booking ?? value,
            IsBookingDateFromValueDate = booking is null && value is not null,
            ValueDate = value,
            Number = context.Entries,
            OwnAccount = context.Header.Account,
        };
        Measure(record, facts, direction);
        if (_transactions.Begin(record, _entry) && !context.HasToldRemittance)
        {
            context.HasToldRemittance = true;
            diagnostics.Warning(CamtCodes.RemittanceInEntry, "The remittance stands in the entry itself, where no version of the schema has it.", place);
        }

        context.Totals.Add(facts.Amount.Amount, facts.Status == TransactionStatus.Booked, _details.Count);
        CheckBatches(record, context, facts);
        if (_details.Count < 2)
        {
            AddOne(record, context, facts);
        }
        else
        {
            AddSeveral(record, facts, place);
        }
    }

    private void AddOne(CamtRecord record, CamtEntryContext context, in CamtEntryFacts facts)
    {
        var (from, to) = _details.Count == 1 ? (_details[0].From, _details[0].To) : (0, 0);
        _fields.Set(record, from, to);
        var entryCharges = EntryCharges(record, facts.Amount.Currency);
        if (_details.Count == 1)
        {
            CheckDetail(record, context, facts, entryCharges);
        }

        var slice = new CamtSlice(record, 0, record.Location.Length, record.Location.Line);
        Add(slice, from, to, facts, facts.Amount, entryCharges, _details.Count == 0 ? BatchOf(record, 0, facts) : null, null);
    }

    // What one detail says was moved is the entry, but for charges: two entries that are wrong by the same show in no sum.
    private void CheckDetail(CamtRecord record, CamtEntryContext context, in CamtEntryFacts facts, Money? entryCharges)
    {
        var detail = _details[0];
        var place = detail.Places.Amount > 0 ? detail.Places.Amount : detail.Places.TransactionAmount;
        if (place == 0 || amounts.Read(record, place - 1) is not { } stated || stated.Currency != facts.Amount.Currency || stated.Magnitude == facts.Amount.Magnitude)
        {
            return;
        }

        Money? foreign = null;
        var own = detail.Places.HasCharges ? CamtDetails.Charges(record, detail.From, detail.To, amounts, stated.Currency, out foreign)?.Amount ?? 0m : 0m;
        if (foreign is not null || (entryCharges is { } charges && charges.Currency != stated.Currency) || IsOneOfMany(record, detail))
        {
            // Charges in another currency, or transactions that are not listed, may be what lacks.
            return;
        }

        var difference = stated.Magnitude - facts.Amount.Magnitude;
        var whole = entryCharges?.Amount ?? 0m;
        if (Math.Abs(difference.Amount) is var by && by != Math.Abs(own) && by != Math.Abs(whole) && by != Math.Abs(own + whole))
        {
            context.DiffersFromDetail(difference);
        }
    }

    // Whether the batch says that it has more transactions than this one.
    private bool IsOneOfMany(CamtRecord record, in CamtDetail detail)
    {
        if (detail.Batch < 0)
        {
            return false;
        }

        _batchFields.Set(record, _batches[detail.Batch].From, _batches[detail.Batch].To);
        return CamtValues.Count(_batchFields[CamtField.BatchCount]) > 1;
    }

    private void AddSeveral(CamtRecord record, in CamtEntryFacts facts, SourceLocation place)
    {
        var entryCharges = EntryCharges(record, facts.Amount.Currency);
        var split = CamtDetails.Decide(_details, facts.Amount.Amount, entryCharges is { } c ? Signed(c, facts) : 0m);
        if (split == CamtSplit.None)
        {
            AddTogether(record, facts, entryCharges, place);
            return;
        }

        if (split == CamtSplit.NetOfEntryCharges)
        {
            diagnostics.Info(CamtCodes.ChargesOnLastDetail, "The charges of the whole entry are put on its last detail, so that the transactions add up to it.", place);
        }

        TransactionBatch? batch = null;
        var batchNumber = int.MinValue;
        for (var i = 0; i < _details.Count; i++)
        {
            var detail = _details[i];
            if (detail.Batch != batchNumber)
            {
                batchNumber = detail.Batch;
                batch = BatchOf(record, batchNumber, facts, isNeeded: true);
            }

            var isCharged = split == CamtSplit.NetOfEntryCharges && i == _details.Count - 1;
            var amount = detail.Amount!.Value - (split == CamtSplit.NetOfCharges ? detail.Charges : isCharged ? Signed(entryCharges!.Value, facts) : 0m);
            _fields.Set(record, detail.From, detail.To);
            Add(SliceOf(record, detail), detail.From, detail.To, facts, new Money(amount, facts.Amount.Currency), isCharged ? entryCharges : null, batch, null);
        }
    }

    // The details stay with the entry as its parts, with the amounts that they have.
    private void AddTogether(CamtRecord record, in CamtEntryFacts facts, Money? entryCharges, SourceLocation place)
    {
        diagnostics.Info(CamtCodes.DetailsDoNotAddUp, "The details do not add up to the entry: it stays one transaction, and they are its parts.", place);
        var parts = new BankTransaction[_details.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var detail = _details[i];
            _fields.Set(record, detail.From, detail.To);
            var amount = detail.Amount is { } known ? new Money(known, facts.Amount.Currency) : ForeignAmount(record, facts);
            parts[i] = _transactions.Map(SliceOf(record, detail), detail.From, detail.To, _entry, _fields, facts, amount, null, null, null);
        }

        _fields.Clear(record);
        var slice = new CamtSlice(record, 0, record.Location.Length, record.Location.Line);
        Add(slice, 0, 0, facts, facts.Amount, entryCharges, BatchOf(record, 0, facts), parts);
    }

    private void Add(in CamtSlice slice, int from, int to, in CamtEntryFacts facts, Money amount, Money? entryCharges, TransactionBatch? batch, BankTransaction[]? parts)
    {
        var transaction = _transactions.Map(slice, from, to, _entry, _fields, facts, amount, entryCharges, batch, parts);
        if (!facts.IsReversal || facts.Status != TransactionStatus.Booked)
        {
            assembler.Add(transaction);
            return;
        }

        // Some banks give a reversal the direction of what it reverses: then the other side is the other party, too.
        var otherBatch = batch is null ? null : batch with { Total = -batch.Total };
        BankTransaction[]? otherParts = parts is null ? null : [.. parts.Select(p => p.WithAmount(-p.Amount))];
        var opposite = _transactions.Map(slice, from, to, _entry, _fields, facts, -amount, entryCharges, otherBatch, otherParts);
        assembler.Add(new OpenTransaction(AmountReading.OppositeSign, transaction, _ => opposite));
    }

    private Money ForeignAmount(CamtRecord record, in CamtEntryFacts facts)
    {
        var written = amounts.Read(record, _fields.IndexOf(CamtField.Amount)) ?? amounts.Read(record, _fields.IndexOf(CamtField.TransactionAmount));
        var isDebit = (CamtDirection.Read(_fields[CamtField.Direction]) ?? (facts.Amount.IsNegative ? CamtDirection.Debit : CamtDirection.Credit)) == CamtDirection.Debit;
        return written is { } amount ? (isDebit ? -amount : amount) : default;
    }

    // Where details and batches lie, and the entry's own fields around them.
    private void FindGroups(CamtRecord record)
    {
        _entry.Clear(record);
        _details.Clear();
        _batches.Clear();
        var items = record.Items;
        var outside = 0;
        var isInDetail = false;
        for (var i = 0; i < items.Length; i++)
        {
            var field = items[i].Field;
            if (field is < CamtField.Direction or > CamtField.DetailEnd)
            {
                continue;
            }

            switch (field)
            {
                case CamtField.Batch:
                    _batches.Add((i, i + 1));
                    break;
                case >= CamtField.BatchMessageId and <= CamtField.BatchDirection when _batches.Count > 0:
                    _batches[^1] = (_batches[^1].From, i + 1);
                    break;
                case CamtField.Detail:
                    _entry.Add(outside, i);
                    _details.Add(new CamtDetail { From = i, To = i + 1, Batch = _batches.Count - 1 });
                    isInDetail = true;
                    break;
                case CamtField.DetailEnd when _details.Count > 0:
                    CollectionsMarshal.AsSpan(_details)[^1].To = i;
                    isInDetail = false;
                    outside = i + 1;
                    break;
                default:
                    if (isInDetail)
                    {
                        CollectionsMarshal.AsSpan(_details)[^1].Places.See(field, i);
                    }

                    break;
            }
        }

        _entry.Add(outside, items.Length);
    }

    private void Measure(CamtRecord record, in CamtEntryFacts facts, int entryDirection)
    {
        var currency = facts.Amount.Currency;
        for (var i = 0; i < _details.Count && _details.Count > 1; i++)
        {
            ref var detail = ref CollectionsMarshal.AsSpan(_details)[i];
            var sign = detail.Places.Direction > 0 ? CamtDirection.Read(record.Bytes(record.Items[detail.Places.Direction - 1])) ?? entryDirection : entryDirection;
            detail.Amount = AmountIn(record, detail.Places, currency) is { } amount ? sign * amount : null;
            detail.Charges = detail.Places.HasCharges ? CamtDetails.Charges(record, detail.From, detail.To, amounts, currency, out _)?.Amount ?? 0m : 0m;
        }
    }

    // What a detail moves in the entry's currency: its amount, else the transaction's, the counter value's, the instructed one.
    private decimal? AmountIn(CamtRecord record, in CamtDetailPlaces places, Currency currency)
    {
        foreach (var place in (ReadOnlySpan<int>)[places.Amount, places.TransactionAmount, places.CounterValueAmount, places.InstructedAmount])
        {
            if (place > 0 && amounts.Read(record, place - 1) is { } amount && amount.Currency == currency)
            {
                return amount.Amount;
            }
        }

        return null;
    }

    // A missing direction is that of the details, when each of them has one and they say the same.
    private int? ReadDirection(CamtRecord record, Money amount)
    {
        var text = _entry[CamtField.Direction];
        if (CamtDirection.Read(text) is { } direction)
        {
            if (!CamtDirection.IsStandard(text))
            {
                diagnostics.Info(CamtCodes.NoDirection, "The direction of the entry is written in another way than CRDT or DBIT.", record.Location, CamtAmounts.Slice(text));
            }

            return direction;
        }

        if (text.IsEmpty && _details.Count > 0 && DirectionOfDetails(record, amount) is { } derived)
        {
            diagnostics.Info(CamtCodes.NoDirection, "The entry does not say whether it is a credit or a debit; its details do.", record.Location);
            return derived;
        }

        diagnostics.Error(CamtCodes.NoDirection, "The direction of the entry is neither CRDT nor DBIT.", record.Location, CamtAmounts.Slice(text));
        return null;
    }

    private int? DirectionOfDetails(CamtRecord record, Money amount)
    {
        var sum = 0m;
        foreach (var detail in _details)
        {
            if (detail.Places.Direction == 0 || CamtDirection.Read(record.Bytes(record.Items[detail.Places.Direction - 1])) is not { } sign
                || AmountIn(record, detail.Places, amount.Currency) is not { } part)
            {
                return null;
            }

            sum += sign * part;
        }

        return sum == 0m || Math.Abs(sum) != amount.Amount ? null : Math.Sign(sum);
    }

    // Programs that make files of tables take day and month for each other where both may be a month.
    private void TellSwapped(LocalDate? booking, StatementHeader header, SourceLocation place)
    {
        if (booking is { Day: <= 12 } date && date.Day != date.Month && header is { From: { } from, To: { } to } && (date < from || date > to)
            && new LocalDate(date.Year, date.Day, date.Month) is var other && other >= from && other <= to)
        {
            diagnostics.Warning(
                CamtCodes.SwappedDate, "The booking date lies outside of the statement's period, and within it with day and month the other way round; it was read as it is written.", place, CamtAmounts.Slice(_entry[CamtField.BookingDate]));
        }
    }

    private LocalDate? Date(CamtField field, SourceLocation place)
    {
        var text = _entry[field];
        if (text.IsEmpty)
        {
            return null;
        }

        if (CamtValues.TryParseDate(text, out var date))
        {
            return date;
        }

        diagnostics.Error(CamtCodes.BadDate, "A date of the entry does not exist; it is left out.", place, CamtAmounts.Slice(text));
        return null;
    }

    private TransactionStatus Status(SourceLocation place)
    {
        var text = _entry[CamtField.Status];
        if (text.IsEmpty || text.SequenceEqual("BOOK"u8))
        {
            return TransactionStatus.Booked;
        }

        if (text.SequenceEqual("PDNG"u8))
        {
            return TransactionStatus.Pending;
        }

        if (text.SequenceEqual("INFO"u8))
        {
            return TransactionStatus.Information;
        }

        if (text.SequenceEqual("FUTR"u8))
        {
            return TransactionStatus.Expected;
        }

        diagnostics.Warning(CamtCodes.UnknownStatus, "The status of the entry is none of BOOK, PDNG, FUTR and INFO; it is taken for booked.", place, CamtAmounts.Slice(text));
        return TransactionStatus.Booked;
    }

    private Money? EntryCharges(CamtRecord record, Currency currency)
    {
        if (!_entry.Has(CamtField.ChargeAmount) && !_entry.Has(CamtField.ChargesTotal))
        {
            return null;
        }

        var end = _details.Count > 0 ? _details[0].From : record.Count;
        return CamtDetails.Charges(record, 0, end, amounts, currency, out var other) ?? other;
    }

    private static decimal Signed(Money charges, in CamtEntryFacts facts) => charges.Currency == facts.Amount.Currency ? charges.Amount : 0m;

    private static CamtSlice SliceOf(CamtRecord record, in CamtDetail detail)
    {
        var (begin, end) = (record.Items[detail.From], record.Items[detail.To]);
        return new CamtSlice(record, begin.Start, end.Start, begin.Length);
    }

    private TransactionBatch? BatchOf(CamtRecord record, int number, in CamtEntryFacts facts, bool isNeeded = false)
    {
        _batchFields.Clear(record);
        if (number >= 0 && number < _batches.Count)
        {
            _batchFields.Add(_batches[number].From, _batches[number].To);
        }
        else if (!isNeeded)
        {
            return null;
        }

        var id = Id(_batchFields, CamtField.BatchPaymentId) ?? Id(_batchFields, CamtField.BatchMessageId)
            ?? Id(_entry, CamtField.ServicerReference) ?? Id(_entry, CamtField.EntryReference)
            ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"#{facts.Number}");
        return new TransactionBatch(id) { Count = CamtValues.Count(_batchFields[CamtField.BatchCount]), Total = facts.Amount };
    }

    private string? Id(CamtFields fields, CamtField field) => texts.Reference(fields[field]);

    // A batch states its total for all its transactions; only where all of them stand here can it be checked.
    private void CheckBatches(CamtRecord record, CamtEntryContext context, in CamtEntryFacts facts)
    {
        for (var b = 0; b < _batches.Count && _details.Count > 1; b++)
        {
            _batchFields.Set(record, _batches[b].From, _batches[b].To);
            if (amounts.Read(record, _batchFields.IndexOf(CamtField.BatchTotal)) is not { } stated)
            {
                continue;
            }

            var (count, sum, isWhole) = (0, 0m, true);
            foreach (var detail in _details)
            {
                if (detail.Batch == b)
                {
                    count++;
                    isWhole &= detail.Amount is not null;
                    sum += detail.Amount ?? 0m;
                }
            }

            if (isWhole && count > 1 && CamtValues.Count(_batchFields[CamtField.BatchCount]) == count)
            {
                context.CheckBatch(stated, new Money(sum, facts.Amount.Currency));
            }
        }
    }
}
