using System.IO.Pipelines;
using System.Numerics;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>Reads lines straight into the rows of a book: documents, payments and allocations, of which there are millions, never become objects.</summary>
internal sealed class LedgerBookLoader(PipeReader reader, LedgerFileOptions options) : LedgerLineSplitter(reader, options)
{
    private readonly LedgerFileOptions _options = options;
    private readonly LedgerLine _line = new();
    private readonly LedgerRecordMapper _mapper = new();
    // Where escapes are resolved, as long as the longest line so far; four, because a row holds up to four texts of its line at once.
    private byte[] _scratch = [];
    private byte[] _scratch2 = [];
    private byte[] _scratch3 = [];
    private byte[] _scratch4 = [];
    private readonly LedgerRowStore _rows = new() { IsAsWritten = true };

    internal LedgerFileResult Finish()
    {
        if (IsRefused)
        {
            return new LedgerFileResult(null, _rows.Faults.InOrder());
        }

        var book = new LedgerBook(_rows);
        return new LedgerFileResult(book, book.Faults);
    }

    protected override void OnFault(string code, string message, int column) => Fault(LedgerFaultSeverity.Error, code, message, column);

    protected override void OnLine(ReadOnlySpan<byte> line)
    {
        if (!_line.Read(line))
        {
            var (code, message, at) = _line.Malformed!.Value;
            Fault(LedgerFaultSeverity.Error, code, message, Before + at + 1);
            return;
        }

        FitScratch(line.Length);
        var fields = new LedgerLineFields(_line, line);
        var record = LedgerRecord.Find(fields.Id(LedgerField.Record, _scratch));
        if (fields.Fault is null && record is null)
        {
            Fault(LedgerFaultSeverity.Warning, LedgerCodes.UnknownRecord, "The record is not known; the line is left out.", Before + fields.At(LedgerField.Record) + 1);
            return;
        }

        if (fields.Fault is null)
        {
            Add(record!, ref fields);
        }

        if (fields.Fault is { } fault)
        {
            IsRefused |= fault.Code == LedgerCodes.UnknownVersion;
            var severity = fault.Code == LedgerCodes.UnknownKind ? LedgerFaultSeverity.Warning : LedgerFaultSeverity.Error;
            Fault(severity, fault.Code, fault.Message, Before + fault.At + 1);
        }
    }

    private void FitScratch(int length)
    {
        if (_scratch.Length < length)
        {
            length = (int)BitOperations.RoundUpToPowerOf2((uint)length);
            (_scratch, _scratch2, _scratch3, _scratch4) = (new byte[length], new byte[length], new byte[length], new byte[length]);
        }
    }

    private void Add(LedgerRecord record, ref LedgerLineFields fields)
    {
        switch (record.Rows)
        {
            case LedgerRowKind.Document:
                AddDocument(record.Kind, ref fields);
                break;
            case LedgerRowKind.Payment:
                AddPayment(ref fields);
                break;
            case LedgerRowKind.Allocation:
                AddAllocation(ref fields);
                break;
            default:
                if (_mapper.Map(record, ref fields, Warn) is { } item)
                {
                    _rows.Add(item, LineNumber, ColumnOfAmount(fields));
                }

                break;
        }
    }

    private void AddDocument(DocumentKind kind, ref LedgerLineFields fields)
    {
        // Everything is read before anything is added: a line at fault leaves no trace.
        var row = new DocumentRow
        {
            Kind = kind,
            Issued = fields.Date(LedgerField.Issued),
            Amount = fields.Amount(LedgerField.Amount),
            StatedCurrency = fields.CurrencyOrNull(LedgerField.Currency),
            Known = RowTime.Ticks(fields.InstantOrNull(LedgerField.Recorded)),
            Line = LineNumber,
            Column = ColumnOfAmount(fields),
        };
        row.Due = fields.DateOrNull(LedgerField.Due) ?? row.Issued;
        var extras = Extras(ref fields);
        var id = fields.Id(LedgerField.Id, _scratch);
        var customer = fields.Id(LedgerField.Customer, _scratch2);
        var number = fields.Bytes(LedgerField.Number, _scratch3);
        var reference = fields.Bytes(LedgerField.Reference, _scratch4);
        if (fields.Fault is null)
        {
            row.Customer = _rows.CustomerIds.Intern(customer);
            row.Number = fields.Has(LedgerField.Number) ? _rows.Pool.Add(number) : 0;
            row.Reference = fields.Has(LedgerField.Reference) ? _rows.Pool.Add(reference) : 0;
            _rows.Add(_rows.DocumentIds.Intern(id), row, extras);
        }
    }

    private DocumentExtras? Extras(ref LedgerLineFields fields)
    {
        if (!fields.Has(LedgerField.OrderNumber) && !fields.Has(LedgerField.ContractNumber) && !fields.Has(LedgerField.OtherNumbers)
            && !fields.Has(LedgerField.CashDiscount) && !fields.Has(LedgerField.Instalments) && !fields.Has(LedgerField.Invoice) && !fields.Has(LedgerField.Entity))
        {
            return null;
        }

        return new DocumentExtras(
            fields.Text(LedgerField.OrderNumber),
            fields.Text(LedgerField.ContractNumber),
            fields.Texts(LedgerField.OtherNumbers),
            _mapper.CashDiscounts(ref fields),
            _mapper.Terms(ref fields),
            fields.Text(LedgerField.Invoice) is { Length: > 0 } related ? new DocumentId(related) : null,
            LedgerRecordMapper.EntityOf(ref fields));
    }

    private void AddPayment(ref LedgerLineFields fields)
    {
        var row = new DocumentRow
        {
            Kind = DocumentKind.Payment,
            Issued = fields.Date(LedgerField.Received),
            Amount = fields.Amount(LedgerField.Amount),
            StatedCurrency = fields.CurrencyOrNull(LedgerField.Currency),
            Known = RowTime.Ticks(fields.InstantOrNull(LedgerField.Recorded)),
            Line = LineNumber,
            Column = ColumnOfAmount(fields),
        };
        row.Due = row.Issued;
        var id = fields.Id(LedgerField.Id, _scratch);
        var customer = fields.Bytes(LedgerField.Customer, _scratch2);
        var transaction = fields.Bytes(LedgerField.Transaction, _scratch3);
        var method = fields.Bytes(LedgerField.Method, _scratch4);
        if (fields.Fault is null)
        {
            row.Customer = customer.IsEmpty ? -1 : _rows.CustomerIds.Intern(customer);
            row.Number = fields.Has(LedgerField.Transaction) ? _rows.Pool.Add(transaction) : 0;
            row.Reference = fields.Has(LedgerField.Method) ? _rows.Pool.Add(method) : 0;
            _rows.Add(_rows.DocumentIds.Intern(id), row, DocumentExtras.Of(LedgerRecordMapper.EntityOf(ref fields)));
        }
    }

    private void AddAllocation(ref LedgerLineFields fields)
    {
        var kind = LedgerRecordMapper.AllocationKindOf(ref fields);
        if (!fields.Has(LedgerField.To))
        {
            fields.Fail(LedgerCodes.AllocationWithoutTo, LedgerRecordMapper.WithoutTo, LedgerField.To);
        }

        var row = new AllocationRow
        {
            Kind = kind,
            Amount = fields.Amount(LedgerField.Amount, mayBeNegative: kind == AllocationKind.Fx),
            On = fields.Date(LedgerField.On),
            HasPaid = fields.Has(LedgerField.Paid),
            Known = RowTime.Ticks(fields.InstantOrNull(LedgerField.Recorded)),
            Line = LineNumber,
            Column = ColumnOfAmount(fields),
            From = -1,
            Origin = (byte)((int?)LedgerRecordMapper.OriginOf(ref fields) + 1 ?? 0),
        };
        row.Paid = row.HasPaid ? fields.Amount(LedgerField.Paid) : default;
        var extras = fields.Has(LedgerField.Rate) || fields.Has(LedgerField.By) || fields.Has(LedgerField.Reason)
            ? new AllocationExtras(fields.RateOrNull(LedgerField.Rate), fields.Text(LedgerField.By), fields.Text(LedgerField.Reason))
            : null;
        var id = fields.Id(LedgerField.Id, _scratch);
        var to = fields.Id(LedgerField.To, _scratch2);
        var from = fields.Bytes(LedgerField.From, _scratch3);
        if (fields.Fault is null)
        {
            row.From = from.IsEmpty ? -1 : _rows.DocumentIds.Intern(from);
            row.To = _rows.DocumentIds.Intern(to);
            _rows.Add(_rows.AllocationIds.Append(id), row, extras);
        }
    }

    private ushort ColumnOfAmount(in LedgerLineFields fields) =>
        (ushort)Math.Min(ushort.MaxValue, fields.Has(LedgerField.Amount) ? Before + fields.At(LedgerField.Amount) + 1 : 1);

    private void Warn(string code, string message, int at) => Fault(LedgerFaultSeverity.Warning, code, message, Before + at + 1);

    private void Fault(LedgerFaultSeverity severity, string code, string message, int column)
    {
        if (_rows.Faults.Count >= _options.MaxFaults)
        {
            (severity, code, message, IsRefused) = (LedgerFaultSeverity.Error, LedgerCodes.TooManyFaults, "The file has more faults than the limit; the rest is not read.", true);
        }

        if (severity == LedgerFaultSeverity.Error)
        {
            _rows.Faults.Error(code, message, LineNumber, column);
        }
        else
        {
            _rows.Faults.Warning(code, message, LineNumber, column);
        }
    }
}
